//! Messages.

use super::{button, media, peer, preview, reaction, reply, service, text};
use grammers_tl_types as tl;
use heliograph_model::{Delivery, Media, Message, MessageId, OtherMedia, PeerId, WebPage};

/// A message; `None` for the empty constructor, which stands for one that is gone.
///
/// `me` is the signed-in person: private messages of our own do not say who wrote them.
pub(crate) fn message(message: &tl::enums::Message, me: Option<PeerId>) -> Option<Message> {
    match message {
        tl::enums::Message::Empty(_) => None,
        tl::enums::Message::Message(m) => {
            let chat = peer::id(&m.peer_id);
            Some(Message {
                id: MessageId::Server(m.id),
                chat,
                sender: sender(m.from_id.as_ref(), chat, m.out, me),
                // What we wrote to ourselves is ours; what we forwarded there is not.
                outgoing: m.out || (Some(chat) == me && m.fwd_from.is_none()),
                date: m.date.into(),
                edited: m.edit_date.filter(|_| !m.edit_hide).map(Into::into),
                text: text::formatted(m.message.clone(), m.entities.as_deref()),
                media: match &m.media {
                    Some(media) => media::media(media, m.date),
                    // A whole page as a message: there is no view for it yet.
                    None if m.rich_message.is_some() && m.message.is_empty() => Some(Media::Other(OtherMedia::Unknown)),
                    None => None,
                },
                service: None,
                reply: m.reply_to.as_ref().and_then(|header| reply::reply(header, chat, m.date)),
                forward: m.fwd_from.as_ref().map(reply::forward),
                via_bot: m.via_bot_id.map(PeerId::User),
                author: m.post_author.clone(),
                views: count(m.views),
                forwards: count(m.forwards),
                comments: m.replies.as_ref().and_then(reply::comments),
                reactions: m.reactions.as_ref().map(|all| reaction::reactions(all).0).unwrap_or_default(),
                album: m.grouped_id,
                buttons: m.reply_markup.as_ref().map(button::buttons).unwrap_or_default(),
                preview: page(m),
                words_first: m.invert_media,
                protected: m.noforwards,
                pinned: m.pinned,
                mentioned: m.mentioned,
                unheard: m.media_unread,
                lifetime: count(m.ttl_period),
                fleeting: m.media.as_ref().is_some_and(media::is_fleeting),
                delivery: Delivery::Sent,
            })
        }
        tl::enums::Message::Service(m) => {
            let chat = peer::id(&m.peer_id);
            let sender = sender(m.from_id.as_ref(), chat, m.out, me);
            Some(Message {
                id: MessageId::Server(m.id),
                chat,
                sender,
                outgoing: m.out,
                date: m.date.into(),
                service: Some(service::service(&m.action)),
                reply: m.reply_to.as_ref().and_then(|header| reply::reply(header, chat, m.date)),
                reactions: m.reactions.as_ref().map(|all| reaction::reactions(all).0).unwrap_or_default(),
                mentioned: m.mentioned,
                unheard: m.media_unread,
                lifetime: count(m.ttl_period),
                ..Message::default()
            })
        }
    }
}

/// The chat that a message stands in.
pub(crate) fn chat(message: &tl::enums::Message) -> Option<PeerId> {
    match message {
        tl::enums::Message::Empty(m) => m.peer_id.as_ref().map(peer::id),
        tl::enums::Message::Message(m) => Some(peer::id(&m.peer_id)),
        tl::enums::Message::Service(m) => Some(peer::id(&m.peer_id)),
    }
}

fn count(number: Option<i32>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}

fn sender(from: Option<&tl::enums::Peer>, chat: PeerId, out: bool, me: Option<PeerId>) -> PeerId {
    match (from, chat, me) {
        (Some(from), _, _) => peer::id(from),
        (None, PeerId::User(_) | PeerId::Group(_), Some(me)) if out => me,
        // The other person of a private chat, the channel itself, or an admin who hides behind the group.
        (None, chat, _) => chat,
    }
}

/// The page that its first link leads to, where words carry nothing else.
fn page(message: &tl::types::Message) -> Option<Box<WebPage>> {
    match &message.media {
        Some(tl::enums::MessageMedia::WebPage(media)) => preview::preview(media, message.invert_media),
        _ => None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use heliograph_model::Service;

    /// A message with the given fields and nothing else.
    pub(crate) fn plain(id: i32, chat: PeerId, words: &str) -> tl::types::Message {
        tl::types::Message {
            out: false,
            mentioned: false,
            media_unread: false,
            silent: false,
            post: false,
            from_scheduled: false,
            legacy: false,
            edit_hide: false,
            pinned: false,
            noforwards: false,
            invert_media: false,
            offline: false,
            video_processing_pending: false,
            paid_suggested_post_stars: false,
            paid_suggested_post_ton: false,
            id,
            from_id: None,
            from_boosts_applied: None,
            from_rank: None,
            peer_id: to_peer(chat),
            saved_peer_id: None,
            fwd_from: None,
            via_bot_id: None,
            via_business_bot_id: None,
            guestchat_via_from: None,
            reply_to: None,
            date: 1_700_000_000,
            message: words.into(),
            media: None,
            reply_markup: None,
            entities: None,
            views: None,
            forwards: None,
            replies: None,
            edit_date: None,
            post_author: None,
            grouped_id: None,
            reactions: None,
            restriction_reason: None,
            ttl_period: None,
            quick_reply_shortcut_id: None,
            effect: None,
            factcheck: None,
            report_delivery_until_date: None,
            paid_message_stars: None,
            suggested_post: None,
            schedule_repeat_period: None,
            summary_from_language: None,
            rich_message: None,
        }
    }

    pub(crate) fn to_peer(id: PeerId) -> tl::enums::Peer {
        match id {
            PeerId::User(user_id) => tl::types::PeerUser { user_id }.into(),
            PeerId::Group(chat_id) => tl::types::PeerChat { chat_id }.into(),
            PeerId::Channel(channel_id) => tl::types::PeerChannel { channel_id }.into(),
        }
    }

    const ME: PeerId = PeerId::User(1);
    const OTHER: PeerId = PeerId::User(2);
    const CHANNEL: PeerId = PeerId::Channel(3);

    fn converted(message: tl::types::Message) -> Message {
        super::message(&message.into(), Some(ME)).unwrap()
    }

    #[test]
    fn who_wrote_it() {
        let theirs = converted(plain(1, OTHER, "hello"));
        assert_eq!((theirs.sender, theirs.outgoing), (OTHER, false));
        let ours = converted(tl::types::Message { out: true, ..plain(2, OTHER, "hi") });
        assert_eq!((ours.sender, ours.outgoing), (ME, true));
        let post = converted(tl::types::Message { post: true, out: true, ..plain(3, CHANNEL, "news") });
        assert_eq!(post.sender, CHANNEL);
        let member = converted(tl::types::Message { from_id: Some(to_peer(OTHER)), ..plain(4, CHANNEL, "hm") });
        assert_eq!(member.sender, OTHER);
        let saved = converted(tl::types::Message { from_id: Some(to_peer(ME)), ..plain(5, ME, "note") });
        assert_eq!((saved.sender, saved.outgoing), (ME, true));
    }

    #[test]
    fn hidden_edits_and_answers_elsewhere_do_not_count() {
        let edited = converted(tl::types::Message { edit_date: Some(9), ..plain(1, OTHER, "") });
        assert_eq!(edited.edited, Some(9));
        let hidden = converted(tl::types::Message { edit_date: Some(9), edit_hide: true, ..plain(1, OTHER, "") });
        assert_eq!(hidden.edited, None);

        let header = tl::types::MessageReplyHeader {
            reply_to_scheduled: false,
            forum_topic: false,
            quote: false,
            reply_to_ephemeral: false,
            reply_to_msg_id: Some(5),
            reply_to_peer_id: None,
            reply_from: None,
            reply_media: None,
            reply_to_top_id: None,
            quote_text: None,
            quote_entities: None,
            quote_offset: None,
            todo_item_id: None,
            poll_option: None,
        };
        let answer = |header: tl::types::MessageReplyHeader| {
            converted(tl::types::Message { reply_to: Some(header.into()), ..plain(6, CHANNEL, "") }).answers()
        };
        assert_eq!(answer(header.clone()), Some(5));
        assert_eq!(answer(tl::types::MessageReplyHeader { forum_topic: true, ..header.clone() }), None);
        let elsewhere = tl::types::MessageReplyHeader { reply_to_peer_id: Some(to_peer(OTHER)), ..header };
        assert_eq!(answer(elsewhere), None);
    }

    #[test]
    fn what_stands_on_a_message_comes_along() {
        let forward = tl::types::MessageFwdHeader {
            imported: false,
            saved_out: false,
            from_id: None,
            from_name: Some("Hidden".into()),
            date: 7,
            channel_post: Some(3),
            post_author: Some("Vera".into()),
            saved_from_peer: None,
            saved_from_msg_id: None,
            saved_from_id: None,
            saved_from_name: None,
            saved_date: None,
            psa_type: None,
        };
        let replies = tl::types::MessageReplies {
            comments: true,
            replies: 4,
            replies_pts: 1,
            recent_repliers: Some(vec![to_peer(OTHER)]),
            channel_id: Some(9),
            max_id: Some(8),
            read_max_id: Some(5),
        };
        let post = converted(tl::types::Message {
            post: true,
            fwd_from: Some(forward.into()),
            via_bot_id: Some(77),
            post_author: Some("Nils".into()),
            views: Some(120),
            forwards: Some(-1),
            replies: Some(replies.into()),
            grouped_id: Some(5),
            noforwards: true,
            pinned: true,
            mentioned: true,
            media_unread: true,
            ttl_period: Some(60),
            ..plain(1, CHANNEL, "news")
        });
        let forward = post.forward.unwrap();
        assert_eq!((forward.from, forward.name.as_deref(), forward.post), (None, Some("Hidden"), Some(3)));
        assert_eq!((forward.author.as_deref(), forward.date), (Some("Vera"), 7));
        let comments = post.comments.unwrap();
        assert_eq!((comments.count, comments.group, comments.unread), (4, Some(PeerId::Channel(9)), true));
        assert_eq!(comments.recent, [OTHER]);
        assert_eq!((post.via_bot, post.author.as_deref()), (Some(PeerId::User(77)), Some("Nils")));
        assert_eq!((post.views, post.forwards, post.album, post.lifetime), (Some(120), None, Some(5), Some(60)));
        assert!(post.protected && post.pinned && post.mentioned && post.unheard);
    }

    #[test]
    fn things_that_happened() {
        let message = tl::types::MessageService {
            out: false,
            mentioned: false,
            media_unread: false,
            reactions_are_possible: false,
            silent: false,
            post: false,
            legacy: false,
            id: 1,
            from_id: Some(to_peer(OTHER)),
            peer_id: to_peer(CHANNEL),
            saved_peer_id: None,
            reply_to: None,
            date: 5,
            action: tl::enums::MessageAction::PinMessage,
            reactions: None,
            ttl_period: None,
        };
        let happened = super::message(&message.into(), Some(ME)).unwrap();
        assert_eq!((happened.sender, happened.service), (OTHER, Some(Service::Pinned)));
        assert_eq!(super::message(&tl::types::MessageEmpty { id: 1, peer_id: None }.into(), Some(ME)), None);
    }
}
