//! Updates that mean a change to what is on screen.

use super::{message, peer, poll, preview, reaction};
use grammers_tl_types as tl;
use heliograph_model::{Change, PeerId};

/// The number of the archive (core.telegram.org/api/folders#peer-folders).
pub(crate) const ARCHIVE: i32 = 1;

/// What an update changes; `None` for those that this version does not draw.
pub(crate) fn change(update: &tl::enums::Update, me: Option<PeerId>) -> Option<Change> {
    use tl::enums::Update as U;
    Some(match update {
        U::NewMessage(u) => Change::NewMessage(message::message(&u.message, me)?),
        U::NewChannelMessage(u) => Change::NewMessage(message::message(&u.message, me)?),
        U::EditMessage(u) => Change::Edited(message::message(&u.message, me)?),
        U::EditChannelMessage(u) => Change::Edited(message::message(&u.message, me)?),
        U::DeleteMessages(u) if !u.messages.is_empty() => Change::Deleted { chat: None, messages: u.messages.clone() },
        U::DeleteChannelMessages(u) if !u.messages.is_empty() => {
            Change::Deleted { chat: Some(PeerId::Channel(u.channel_id)), messages: u.messages.clone() }
        }
        // Read states of topics and threads are not those of the chat.
        U::ReadHistoryInbox(u) if u.top_msg_id.is_none() => Change::ReadInbox {
            chat: peer::id(&u.peer),
            up_to: u.max_id,
            unread: u32::try_from(u.still_unread_count).ok(),
        },
        U::ReadHistoryOutbox(u) => Change::ReadOutbox { chat: peer::id(&u.peer), up_to: u.max_id },
        U::ReadChannelInbox(u) => Change::ReadInbox {
            chat: PeerId::Channel(u.channel_id),
            up_to: u.max_id,
            unread: u32::try_from(u.still_unread_count).ok(),
        },
        U::ReadChannelOutbox(u) => Change::ReadOutbox { chat: PeerId::Channel(u.channel_id), up_to: u.max_id },
        U::MessageReactions(u) => {
            let (reactions, min) = reaction::reactions(&u.reactions);
            Change::Reactions { chat: peer::id(&u.peer), message: u.msg_id, reactions, min }
        }
        U::MessagePoll(u) => poll::change(u),
        U::WebPage(u) => previewed(&u.webpage)?,
        U::ChannelWebPage(u) => previewed(&u.webpage)?,
        U::ChannelMessageViews(u) => Change::Views {
            chat: PeerId::Channel(u.channel_id),
            message: u.id,
            views: u32::try_from(u.views).ok(),
            forwards: None,
        },
        U::ChannelMessageForwards(u) => Change::Views {
            chat: PeerId::Channel(u.channel_id),
            message: u.id,
            views: None,
            forwards: u32::try_from(u.forwards).ok(),
        },
        U::PinnedMessages(u) => {
            Change::Pinned { chat: peer::id(&u.peer), messages: u.messages.clone(), pinned: u.pinned }
        }
        U::PinnedChannelMessages(u) => {
            Change::Pinned { chat: PeerId::Channel(u.channel_id), messages: u.messages.clone(), pinned: u.pinned }
        }
        U::FolderPeers(u) => {
            let places = u
                .folder_peers
                .iter()
                .map(|tl::enums::FolderPeer::Peer(place)| (peer::id(&place.peer), place.folder_id == ARCHIVE));
            Change::Archived(places.collect())
        }
        U::ReadMessagesContents(u) if !u.messages.is_empty() => {
            Change::Heard { chat: None, messages: u.messages.clone() }
        }
        U::ChannelReadMessagesContents(u) if !u.messages.is_empty() => {
            Change::Heard { chat: Some(PeerId::Channel(u.channel_id)), messages: u.messages.clone() }
        }
        U::UserTyping(u) => {
            let who = PeerId::User(u.user_id);
            typing(who, who, &u.action)?
        }
        U::ChatUserTyping(u) => typing(PeerId::Group(u.chat_id), peer::id(&u.from_id), &u.action)?,
        U::ChannelUserTyping(u) => typing(PeerId::Channel(u.channel_id), peer::id(&u.from_id), &u.action)?,
        U::UserStatus(u) => Change::Presence { who: PeerId::User(u.user_id), presence: peer::presence(&u.status) },
        _ => return None,
    })
}

fn previewed(page: &tl::enums::WebPage) -> Option<Change> {
    let (page, preview) = preview::page(page)?;
    Some(Change::Preview { page, preview })
}

fn typing(chat: PeerId, who: PeerId, action: &tl::enums::SendMessageAction) -> Option<Change> {
    use tl::enums::SendMessageAction as A;
    let stopped = match action {
        A::SendMessageCancelAction => true,
        // Watching an animated emoji, or speaking in a call, is not writing.
        A::SendMessageEmojiInteraction(_)
        | A::SendMessageEmojiInteractionSeen(_)
        | A::SpeakingInGroupCallAction
        | A::SendMessageStopDraftAction(_) => return None,
        _ => false,
    };
    Some(Change::Typing { chat, who, stopped })
}

/// Whether a device has scanned our QR code (core.telegram.org/api/qr-login).
pub(crate) fn accepts_login(updates: &tl::enums::Updates) -> bool {
    let is_it = |update: &tl::enums::Update| matches!(update, tl::enums::Update::LoginToken);
    match updates {
        tl::enums::Updates::UpdateShort(short) => is_it(&short.update),
        tl::enums::Updates::Updates(all) => all.updates.iter().any(is_it),
        tl::enums::Updates::Combined(all) => all.updates.iter().any(is_it),
        _ => false,
    }
}

/// Whether the message machinery can take this update: it holds these to be impossible and would panic.
pub(crate) fn is_sound(update: &tl::enums::Update) -> bool {
    use tl::enums::Update as U;
    let in_channel = |chat: Option<PeerId>| matches!(chat, Some(PeerId::Channel(_)));
    match update {
        U::NewMessage(u) => !in_channel(message::chat(&u.message)),
        U::EditMessage(u) => !in_channel(message::chat(&u.message)),
        U::ReadHistoryInbox(u) => !in_channel(Some(peer::id(&u.peer))),
        U::ReadHistoryOutbox(u) => !in_channel(Some(peer::id(&u.peer))),
        U::PinnedMessages(u) => !in_channel(Some(peer::id(&u.peer))),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::message::tests::{plain, to_peer};
    use heliograph_model::Presence;

    #[test]
    fn reading_typing_and_presence() {
        let inbox = tl::types::UpdateReadHistoryInbox {
            folder_id: None,
            peer: to_peer(PeerId::User(5)),
            top_msg_id: None,
            max_id: 9,
            still_unread_count: 2,
            pts: 1,
            pts_count: 1,
        };
        assert_eq!(
            change(&inbox.clone().into(), None),
            Some(Change::ReadInbox { chat: PeerId::User(5), up_to: 9, unread: Some(2) })
        );
        let topic = tl::types::UpdateReadHistoryInbox { top_msg_id: Some(3), ..inbox };
        assert_eq!(change(&topic.into(), None), None);

        let typing =
            |action| change(&tl::types::UpdateUserTyping { user_id: 5, top_msg_id: None, action }.into(), None);
        let who = PeerId::User(5);
        assert_eq!(
            typing(tl::enums::SendMessageAction::SendMessageTypingAction),
            Some(Change::Typing { chat: who, who, stopped: false })
        );
        assert_eq!(
            typing(tl::enums::SendMessageAction::SendMessageCancelAction),
            Some(Change::Typing { chat: who, who, stopped: true })
        );
        assert_eq!(typing(tl::enums::SendMessageAction::SpeakingInGroupCallAction), None);

        let online =
            tl::types::UpdateUserStatus { user_id: 5, status: tl::types::UserStatusOnline { expires: 77 }.into() };
        assert_eq!(change(&online.into(), None), Some(Change::Presence { who, presence: Presence::Online(77) }));
    }

    #[test]
    fn what_happens_to_messages_without_changing_their_words() {
        let chat = PeerId::Channel(5);
        let reactions = tl::types::MessageReactions {
            min: true,
            can_see_list: false,
            reactions_as_tags: false,
            results: vec![
                tl::types::ReactionCount { chosen_order: None, reaction: tl::enums::Reaction::Paid, count: 3 }.into(),
                tl::types::ReactionCount { chosen_order: None, reaction: tl::enums::Reaction::Empty, count: 3 }.into(),
            ],
            recent_reactions: None,
            top_reactors: None,
        };
        let felt = tl::types::UpdateMessageReactions {
            peer: to_peer(chat),
            msg_id: 9,
            top_msg_id: None,
            saved_peer_id: None,
            reactions: reactions.into(),
        };
        let Some(Change::Reactions { reactions, min: true, message: 9, .. }) = change(&felt.into(), None) else {
            panic!("no reactions")
        };
        assert_eq!((reactions.len(), reactions[0].count), (1, 3));

        let views = tl::types::UpdateChannelMessageViews { channel_id: 5, id: 9, views: 70 };
        assert_eq!(
            change(&views.into(), None),
            Some(Change::Views { chat, message: 9, views: Some(70), forwards: None })
        );
        let forwards = tl::types::UpdateChannelMessageForwards { channel_id: 5, id: 9, forwards: 7 };
        assert_eq!(
            change(&forwards.into(), None),
            Some(Change::Views { chat, message: 9, views: None, forwards: Some(7) })
        );
        let pinned = tl::types::UpdatePinnedChannelMessages {
            pinned: true,
            channel_id: 5,
            messages: vec![9],
            pts: 1,
            pts_count: 1,
        };
        assert_eq!(change(&pinned.into(), None), Some(Change::Pinned { chat, messages: vec![9], pinned: true }));
        let heard = tl::types::UpdateReadMessagesContents { messages: vec![4], pts: 1, pts_count: 1, date: None };
        assert_eq!(change(&heard.into(), None), Some(Change::Heard { chat: None, messages: vec![4] }));
        let nothing = tl::types::WebPageEmpty { id: 6, url: None };
        let nothing = tl::types::UpdateWebPage { webpage: nothing.into(), pts: 1, pts_count: 1 };
        assert_eq!(change(&nothing.into(), None), Some(Change::Preview { page: 6, preview: None }));
    }

    #[test]
    fn a_poll_without_its_words_still_has_its_numbers() {
        let voters = |option: u8, chosen, voters| {
            let (option, recent_voters) = (vec![option], None);
            tl::types::PollAnswerVoters { chosen, correct: false, option, voters, recent_voters }.into()
        };
        let results = tl::types::PollResults {
            min: false,
            has_unread_votes: false,
            can_view_stats: false,
            results: Some(vec![voters(1, true, Some(4)), voters(2, false, None)]),
            total_voters: Some(4),
            recent_voters: None,
            solution: Some("Because.".into()),
            solution_entities: None,
            solution_media: None,
        };
        let (poll_id, poll, peer) = (3, None, None);
        let (msg_id, top_msg_id) = (None, None);
        let news = tl::types::UpdateMessagePoll { peer, msg_id, top_msg_id, poll_id, poll, results: results.into() };
        let Some(Change::Poll { poll: 3, answers, total: Some(4), closed: false, solution, min: false }) =
            change(&news.into(), None)
        else {
            panic!("no poll")
        };
        assert_eq!(solution.unwrap().text, "Because.");
        let told: Vec<_> = answers.iter().map(|a| (a.text.is_empty(), a.chosen, a.voters)).collect();
        assert_eq!(told, [(true, true, Some(4)), (true, false, None)]);
    }

    #[test]
    fn a_scanned_code_is_seen_however_it_is_told() {
        let update = tl::enums::Update::LoginToken;
        let short = tl::types::UpdateShort { update: update.clone(), date: 0 };
        let all = |updates| tl::types::Updates { updates, users: vec![], chats: vec![], date: 0, seq: 0 };
        assert!(accepts_login(&short.into()));
        assert!(accepts_login(&all(vec![update]).into()));
        assert!(!accepts_login(&all(vec![]).into()));
        assert!(!accepts_login(&tl::enums::Updates::TooLong));
    }

    #[test]
    fn impossible_updates_are_seen_before_they_do_harm() {
        let new =
            |chat| tl::types::UpdateNewMessage { message: plain(1, chat, "").into(), pts: 2, pts_count: 1 }.into();
        assert!(is_sound(&new(PeerId::User(1))));
        assert!(!is_sound(&new(PeerId::Channel(1))));
        // Requests that only move pts on arrive as deletions of nothing.
        let nothing = tl::types::UpdateDeleteMessages { messages: vec![], pts: 2, pts_count: 1 };
        assert_eq!(change(&nothing.into(), None), None);
    }
}
