//! People, groups and channels.

use grammers_tl_types as tl;
use heliograph_model::{Peer, PeerId, PeerKind, Presence, ProfilePhoto};
use heliograph_store::StoredPeer;

/// Accounts that only ever tell: Telegram itself, "Replies", and the sender of verification codes.
const SILENT: [i64; 3] = [777_000, 1_271_266_957, 489_000];

/// A peer as the server told of it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// What is drawn.
    pub peer: Peer,
    /// What requests need.
    pub stored: StoredPeer,
}

/// Which peer is meant.
pub(crate) fn id(peer: &tl::enums::Peer) -> PeerId {
    match peer {
        tl::enums::Peer::User(user) => PeerId::User(user.user_id),
        tl::enums::Peer::Chat(chat) => PeerId::Group(chat.chat_id),
        tl::enums::Peer::Channel(channel) => PeerId::Channel(channel.channel_id),
    }
}

/// A person or bot; `None` for the empty constructor, which says nothing.
pub(crate) fn user(user: &tl::enums::User) -> Option<Told> {
    let tl::enums::User::User(user) = user else { return None };
    let id = PeerId::User(user.id);
    let name = if user.deleted {
        String::new()
    } else {
        let parts = [user.first_name.as_deref(), user.last_name.as_deref()];
        let words: Vec<&str> = parts.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()).collect();
        words.join(" ")
    };
    let photo = match &user.photo {
        Some(tl::enums::UserProfilePhoto::Photo(photo)) => Some(ProfilePhoto {
            id: photo.photo_id,
            dc: photo.dc_id,
            stripped: photo.stripped_thumb.as_deref().map(Into::into),
        }),
        Some(tl::enums::UserProfilePhoto::Empty) | None => None,
    };
    Some(Told {
        peer: Peer {
            id,
            kind: PeerKind::User {
                is_self: user.is_self,
                bot: user.bot,
                deleted: user.deleted,
                presence: user.status.as_ref().map(presence).unwrap_or_default(),
            },
            name,
            username: username(user.username.as_ref(), user.usernames.as_ref()),
            photo,
            hue: hue(id, user.color.as_ref()),
            members: None,
            verified: user.verified,
            protected: false,
            writable: !user.deleted && !SILENT.contains(&user.id),
            contact: user.contact,
        },
        stored: StoredPeer { id, access_hash: user.access_hash, min: user.min },
    })
}

/// A group or channel; `None` for the empty constructor and for kinds that hold no messages.
pub(crate) fn chat(chat: &tl::enums::Chat) -> Option<Told> {
    match chat {
        tl::enums::Chat::Chat(chat) => {
            let id = PeerId::Group(chat.id);
            let members = u32::try_from(chat.participants_count).ok();
            let mut told = told(id, PeerKind::Group, &chat.title, Some(&chat.photo), members, None, false);
            told.peer.protected = chat.noforwards;
            told.peer.writable = !chat.left
                && !chat.deactivated
                && (chat.creator || chat.admin_rights.is_some() || !forbids(chat.default_banned_rights.as_ref()));
            Some(told)
        }
        tl::enums::Chat::Forbidden(chat) => {
            Some(told(PeerId::Group(chat.id), PeerKind::Group, &chat.title, None, None, None, false))
        }
        tl::enums::Chat::Channel(channel) => {
            let id = PeerId::Channel(channel.id);
            let kind = channel_kind(channel.megagroup || channel.gigagroup);
            let members = channel.participants_count.and_then(|count| u32::try_from(count).ok());
            let hash = Some((channel.access_hash, channel.min));
            let mut told = told(id, kind, &channel.title, Some(&channel.photo), members, hash, channel.verified);
            told.peer.username = username(channel.username.as_ref(), channel.usernames.as_ref());
            told.peer.hue = hue(id, channel.color.as_ref());
            told.peer.protected = channel.noforwards;
            told.peer.writable = takes_words(channel);
            Some(told)
        }
        tl::enums::Chat::ChannelForbidden(channel) => {
            let kind = channel_kind(channel.megagroup);
            let hash = Some((Some(channel.access_hash), false));
            Some(told(PeerId::Channel(channel.id), kind, &channel.title, None, None, hash, false))
        }
        tl::enums::Chat::Empty(_) | tl::enums::Chat::Community(_) | tl::enums::Chat::CommunityForbidden(_) => None,
    }
}

/// When somebody was last there.
pub(crate) fn presence(status: &tl::enums::UserStatus) -> Presence {
    match status {
        tl::enums::UserStatus::Empty => Presence::Unknown,
        tl::enums::UserStatus::Online(online) => Presence::Online(online.expires.into()),
        tl::enums::UserStatus::Offline(offline) => Presence::Offline(offline.was_online.into()),
        tl::enums::UserStatus::Recently(_) => Presence::Recently,
        tl::enums::UserStatus::LastWeek(_) => Presence::LastWeek,
        tl::enums::UserStatus::LastMonth(_) => Presence::LastMonth,
    }
}

/// Whether we may write in a channel or supergroup.
fn takes_words(channel: &tl::types::Channel) -> bool {
    let rights = channel.admin_rights.as_ref().map(|tl::enums::ChatAdminRights::Rights(rights)| rights);
    if channel.creator {
        return true;
    }
    if channel.broadcast {
        return rights.is_some_and(|rights| rights.post_messages);
    }
    if rights.is_some() {
        return true;
    }
    // Who is not in it may write where posts of a channel are talked about, unless the group wants members only.
    let members_only = channel.join_to_send || !channel.has_link;
    let outside = channel.left && members_only;
    !channel.gigagroup
        && !outside
        && !forbids(channel.banned_rights.as_ref())
        && !forbids(channel.default_banned_rights.as_ref())
}

/// Whether words are among what is taken away.
fn forbids(rights: Option<&tl::enums::ChatBannedRights>) -> bool {
    rights.is_some_and(|tl::enums::ChatBannedRights::Rights(rights)| {
        rights.view_messages || rights.send_messages || rights.send_plain
    })
}

fn channel_kind(many_write: bool) -> PeerKind {
    if many_write { PeerKind::Supergroup } else { PeerKind::Channel }
}

fn told(
    id: PeerId,
    kind: PeerKind,
    title: &str,
    photo: Option<&tl::enums::ChatPhoto>,
    members: Option<u32>,
    hash: Option<(Option<i64>, bool)>,
    verified: bool,
) -> Told {
    let photo = match photo {
        Some(tl::enums::ChatPhoto::Photo(photo)) => Some(ProfilePhoto {
            id: photo.photo_id,
            dc: photo.dc_id,
            stripped: photo.stripped_thumb.as_deref().map(Into::into),
        }),
        Some(tl::enums::ChatPhoto::Empty) | None => None,
    };
    let (access_hash, min) = hash.unwrap_or_default();
    Told {
        peer: Peer {
            id,
            kind,
            name: title.trim().to_owned(),
            username: None,
            photo,
            hue: hue(id, None),
            members,
            verified,
            protected: false,
            // Whoever may write says so.
            writable: false,
            contact: false,
        },
        stored: StoredPeer { id, access_hash, min },
    }
}

/// The first seven of the server's colours are the hues; others have palettes of their own that we do not draw.
fn hue(id: PeerId, color: Option<&tl::enums::PeerColor>) -> u8 {
    match color {
        Some(tl::enums::PeerColor::Color(color)) => {
            color.color.and_then(|hue| u8::try_from(hue).ok()).filter(|hue| *hue < 7).unwrap_or_else(|| id.hue())
        }
        _ => id.hue(),
    }
}

/// Collectible names come in a list of their own; the first active one counts.
fn username(name: Option<&String>, names: Option<&Vec<tl::enums::Username>>) -> Option<String> {
    name.cloned().or_else(|| {
        names?.iter().find_map(|name| {
            let tl::enums::Username::Username(name) = name;
            name.active.then(|| name.username.clone())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peers::tests::plain;
    use tl::types::{Channel, ChatBannedRights};

    fn nothing_forbidden() -> ChatBannedRights {
        ChatBannedRights {
            view_messages: false,
            send_messages: false,
            send_media: false,
            send_stickers: false,
            send_gifs: false,
            send_games: false,
            send_inline: false,
            embed_links: false,
            send_polls: false,
            change_info: false,
            invite_users: false,
            pin_messages: false,
            manage_topics: false,
            send_photos: false,
            send_videos: false,
            send_roundvideos: false,
            send_audios: false,
            send_voices: false,
            send_docs: false,
            send_plain: false,
            edit_rank: false,
            send_reactions: false,
            manage_linked_peers: false,
            until_date: 0,
        }
    }

    fn writable(channel: Channel) -> bool {
        chat(&channel.into()).unwrap().peer.writable
    }

    #[test]
    fn who_may_write() {
        let group = || plain(5, Some(1), false, "Harbour");
        let banned = |rights: ChatBannedRights| Some(rights.into());
        assert!(writable(group()));
        assert!(!writable(Channel { left: true, ..group() }));
        assert!(writable(Channel { left: true, has_link: true, ..group() }), "comments of a channel");
        assert!(!writable(Channel { left: true, has_link: true, join_to_send: true, ..group() }));
        assert!(!writable(Channel { gigagroup: true, ..group() }));
        let quiet = ChatBannedRights { send_messages: true, ..nothing_forbidden() };
        assert!(!writable(Channel { default_banned_rights: banned(quiet.clone()), ..group() }));
        assert!(!writable(Channel { banned_rights: banned(quiet.clone()), ..group() }));
        assert!(writable(Channel { creator: true, default_banned_rights: banned(quiet), ..group() }));
        let no_media = ChatBannedRights { send_media: true, ..nothing_forbidden() };
        assert!(writable(Channel { default_banned_rights: banned(no_media), ..group() }));
        let news = || Channel { broadcast: true, megagroup: false, ..group() };
        assert!(!writable(news()));
        assert!(writable(Channel { creator: true, ..news() }));
        let forbidden = tl::types::ChatForbidden { id: 6, title: "Gone".into() };
        assert!(!chat(&forbidden.into()).unwrap().peer.writable);
        assert!(chat(&Channel { noforwards: true, ..group() }.into()).unwrap().peer.protected);
    }
}
