//! Changes without a number as updates.

use super::super::View;
use super::super::view::notify_settings;
use crate::world::{News, Place, Room, notify::Kind};
use grammers_tl_types::{enums, types};

/// The update that tells of this news as things stand now; nothing where what it speaks of is gone.
pub(crate) fn news_update(view: &mut View<'_>, news: &News) -> Option<enums::Update> {
    let (state, me) = (view.state, view.me);
    let account = state.accounts.get(&me)?;
    Some(match news {
        News::Draft(place) => {
            let draft = state.chat(me, *place).and_then(|chat| chat.draft.clone());
            let draft = match draft {
                Some(draft) => enums::DraftMessage::Message(*draft),
                None => types::DraftMessageEmpty { date: Some(state.now()) }.into(),
            };
            types::UpdateDraftMessage { peer: view.name(*place), top_msg_id: None, saved_peer_id: None, draft }.into()
        }
        News::ChatPinned { place, folder, pinned } => types::UpdateDialogPinned {
            pinned: *pinned,
            folder_id: (*folder != 0).then_some(*folder),
            peer: dialog_peer(view, *place),
        }
        .into(),
        News::PinsOrdered { folder } => {
            let pins = state.pins_of(me, *folder).to_vec();
            let order = pins.into_iter().map(|place| dialog_peer(view, place)).collect();
            types::UpdatePinnedDialogs { folder_id: (*folder != 0).then_some(*folder), order: Some(order) }.into()
        }
        News::UnreadMark { place, unread } => {
            let peer = dialog_peer(view, *place);
            types::UpdateDialogUnreadMark { unread: *unread, peer, saved_peer_id: None }.into()
        }
        News::NotifyChat(place) => {
            let notify_settings = view.notify(*place);
            let peer = types::NotifyPeer { peer: view.name(*place) }.into();
            types::UpdateNotifySettings { peer, notify_settings }.into()
        }
        News::NotifyKind(kind) => {
            let notify_settings = notify_settings(account.notify.get(*kind as usize)?);
            let peer = match kind {
                Kind::Users => enums::NotifyPeer::NotifyUsers,
                Kind::Groups => enums::NotifyPeer::NotifyChats,
                Kind::Broadcasts => enums::NotifyPeer::NotifyBroadcasts,
            };
            types::UpdateNotifySettings { peer, notify_settings }.into()
        }
        News::Filter(id) => {
            let filter = account.filters.iter().find(|filter| super::super::folders::id_of(filter) == Some(*id));
            types::UpdateDialogFilter { id: *id, filter: filter.cloned() }.into()
        }
        News::FiltersOrdered => {
            let order = account.filters.iter().map(|filter| super::super::folders::id_of(filter).unwrap_or(0));
            types::UpdateDialogFilterOrder { order: order.collect() }.into()
        }
        News::Reactions(number) => {
            let letter = state.letters.get(*number)?;
            let place = letter.room.seen_by(me);
            let msg_id = letter.id_for(me)?;
            let empty = || {
                types::MessageReactions {
                    min: false,
                    can_see_list: false,
                    reactions_as_tags: false,
                    results: Vec::new(),
                    recent_reactions: None,
                    top_reactors: None,
                }
                .into()
            };
            let reactions = view.reactions(place, letter).unwrap_or_else(empty);
            let peer = view.name(place);
            types::UpdateMessageReactions { peer, msg_id, top_msg_id: None, saved_peer_id: None, reactions }.into()
        }
        News::Poll { poll } => {
            let poll = state.polls.get(poll)?;
            let results = view.results(poll);
            types::UpdateMessagePoll {
                peer: None,
                msg_id: None,
                top_msg_id: None,
                poll_id: poll.id,
                poll: Some(view.poll(poll)),
                results,
            }
            .into()
        }
        News::Scheduled(id) => types::UpdateNewScheduledMessage { message: view.scheduled(*id)? }.into(),
        News::ScheduledGone { place, ids, sent } => types::UpdateDeleteScheduledMessages {
            peer: view.name(*place),
            messages: ids.clone(),
            sent_messages: (!sent.is_empty()).then(|| sent.clone()),
        }
        .into(),
        News::ContentsRead { channel, ids } => {
            view.name(Place::Channel(*channel));
            types::UpdateChannelReadMessagesContents {
                channel_id: *channel,
                top_msg_id: None,
                saved_peer_id: None,
                messages: ids.clone(),
            }
            .into()
        }
        News::Views { channel, id } => {
            let place = Place::Channel(*channel);
            let (_, letter) = state.letter_at(me, place, *id)?;
            view.name(place);
            types::UpdateChannelMessageViews { channel_id: *channel, id: *id, views: letter.views }.into()
        }
        News::Ttl(place) => {
            let ttl_period = state.rules_of(Room::of(me, *place)).and_then(|rules| rules.ttl);
            types::UpdatePeerHistoryTtl { peer: view.name(*place), ttl_period }.into()
        }
        News::Room(Place::Channel(channel_id)) => {
            view.name(Place::Channel(*channel_id));
            types::UpdateChannel { channel_id: *channel_id }.into()
        }
        News::Room(Place::Group(chat_id)) => {
            view.name(Place::Group(*chat_id));
            types::UpdateChat { chat_id: *chat_id }.into()
        }
        News::Room(Place::User(_)) => return None,
        News::Participants(group) => {
            view.name(Place::Group(*group));
            types::UpdateChatParticipants { participants: view.participants(*group)? }.into()
        }
        News::DefaultBans(place) => {
            let room = Room::of(me, *place);
            types::UpdateChatDefaultBannedRights {
                peer: view.name(*place),
                default_banned_rights: state.default_bans(room).into(),
                version: state.roster(room).map_or(1, |roster| roster.version + 1),
            }
            .into()
        }
        News::StickerSets => types::UpdateStickerSets { masks: false, emojis: false }.into(),
        News::RecentStickers => enums::Update::RecentStickers,
        News::FavedStickers => enums::Update::FavedStickers,
        News::SavedGifs => enums::Update::SavedGifs,
        News::RecentReactions => enums::Update::RecentReactions,
        News::SavedPinned { place, pinned } => {
            let peer = dialog_peer(view, *place);
            types::UpdateSavedDialogPinned { pinned: *pinned, peer }.into()
        }
        News::Name(person) => {
            view.name(Place::User(*person));
            let (first, last) = state.called(me, *person)?;
            let (first_name, last_name) = (first.to_owned(), last.to_owned());
            let username = state.people.get(person)?.username.clone();
            let usernames = username
                .map(|username| {
                    let editable = *person == me;
                    types::Username { editable, active: true, deletable: false, expired: false, username }.into()
                })
                .into_iter()
                .collect();
            types::UpdateUserName { user_id: *person, first_name, last_name, usernames }.into()
        }
        News::Person(person) => {
            view.name(Place::User(*person));
            types::UpdateUser { user_id: *person }.into()
        }
        News::Privacy(key) => {
            let rules = account.circle.rules(key);
            super::super::privacy::name_those_in(view, &rules);
            types::UpdatePrivacy { key: key.clone(), rules }.into()
        }
        News::Blocked(place) => {
            let blocked = account.circle.blocks(*place);
            types::UpdatePeerBlocked { blocked, blocked_my_stories_from: false, peer_id: view.name(*place) }.into()
        }
        News::PeerSettings(place) => {
            let settings = super::super::peers::peer_settings(view, *place);
            types::UpdatePeerSettings { peer: view.name(*place), settings }.into()
        }
        News::ThreadRead { channel, top, max_id } => {
            view.name(Place::Channel(*channel));
            types::UpdateReadChannelDiscussionInbox {
                channel_id: *channel,
                top_msg_id: *top,
                read_max_id: *max_id,
                broadcast_id: None,
                broadcast_post: None,
            }
            .into()
        }
    })
}

/// A chat as the lists of pinned and marked ones name it.
pub(crate) fn dialog_peer(view: &mut View<'_>, place: Place) -> enums::DialogPeer {
    types::DialogPeer { peer: view.name(place) }.into()
}
