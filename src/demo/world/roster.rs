//! Who stands how in a group or channel, beyond being in it: administrators, bans, invite links, and what was done
//! (core.telegram.org/api/rights, core.telegram.org/api/invites).

use super::{Letter, Place, Room, State};
use grammers_tl_types::{enums, types};
use std::collections::BTreeMap;

/// How many doings are kept.
const LOGGED: usize = 1_000;

/// The standing of all in one group or channel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Roster {
    pub admins: BTreeMap<i64, Admin>,
    pub bans: BTreeMap<i64, Ban>,
    /// What nobody may do who is no administrator.
    pub default_bans: Option<types::ChatBannedRights>,
    /// By whom and when somebody came.
    pub came: BTreeMap<i64, (i64, i32)>,
    pub invites: Vec<Invite>,
    pub log: Vec<Logged>,
    last_logged: i64,
    /// How often the members of a small group changed.
    pub version: i32,
    /// Its creator deleted it.
    pub gone: bool,
    /// The supergroup that a small group became.
    pub migrated_to: Option<i64>,
}

/// What somebody may do for the chat.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Admin {
    pub rights: types::ChatAdminRights,
    pub rank: Option<String>,
    pub by: i64,
    pub date: i32,
}

/// What somebody may not do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ban {
    pub rights: types::ChatBannedRights,
    pub by: i64,
    pub date: i32,
}

/// A link by which one joins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Invite {
    pub hash: String,
    pub by: i64,
    pub date: i32,
    pub title: Option<String>,
    pub expires: Option<i32>,
    pub limit: Option<i32>,
    /// Who came by it and when.
    pub used: Vec<(i64, i32)>,
    pub revoked: bool,
    pub permanent: bool,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Logged {
    pub id: i64,
    pub date: i32,
    pub who: i64,
    pub doing: Doing,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Doing {
    /// What looks alike to everybody; the people are those whom it names.
    Plain(Box<enums::ChannelAdminLogEventAction>, Vec<i64>),
    Photo {
        old: Option<i64>,
        new: Option<i64>,
    },
    Pinned(i32, Box<Letter>),
    Edited(i32, Box<Letter>, Box<Letter>),
    Deleted(i32, Box<Letter>),
}

/// What one may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    ChangeInfo,
    Invite,
    Pin,
    Post,
    Edit,
    Delete,
    Ban,
    AddAdmins,
}

impl Roster {
    /// What was done is kept.
    pub(crate) fn note(&mut self, who: i64, date: i32, doing: Doing) {
        self.last_logged += 1;
        self.log.push(Logged { id: self.last_logged, date, who, doing });
        if self.log.len() > LOGGED {
            self.log.remove(0);
        }
    }
}

impl State {
    /// How all stand in a room, where anything is known of it.
    pub(crate) fn roster(&self, room: Room) -> Option<&Roster> {
        self.rosters.get(&room)
    }

    /// The same, to change it.
    pub(crate) fn roster_mut(&mut self, room: Room) -> &mut Roster {
        self.rosters.entry(room).or_default()
    }

    /// Whoever made a group or channel.
    pub(crate) fn creator_of(&self, room: Room) -> Option<i64> {
        match room {
            Room::Private(..) => None,
            Room::Group(id) => self.groups.get(&id).map(|group| group.creator),
            Room::Channel(id) => self.channels.get(&id).map(|channel| channel.creator),
        }
    }

    /// Only administrators write here.
    pub(crate) fn is_broadcast(&self, room: Room) -> bool {
        matches!(room, Room::Channel(id) if self.channels.get(&id).is_some_and(|channel| channel.broadcast))
    }

    /// Somebody is in a room.
    pub(crate) fn is_member(&self, room: Room, who: i64) -> bool {
        match room {
            Room::Private(a, b) => a == who || b == who,
            Room::Group(id) => self.groups.get(&id).is_some_and(|group| group.members.contains(&who)),
            Room::Channel(id) => self.channels.get(&id).is_some_and(|channel| channel.members.contains(&who)),
        }
    }

    /// An administrator's rights; all of them for the creator.
    pub(crate) fn admin_rights(&self, room: Room, who: i64) -> Option<types::ChatAdminRights> {
        if !self.is_member(room, who) {
            return None;
        }
        if self.creator_of(room) == Some(who) {
            return Some(all_rights());
        }
        self.roster(room)?.admins.get(&who).map(|admin| admin.rights.clone())
    }

    /// What holds against somebody now.
    pub(crate) fn ban_on(&self, room: Room, who: i64) -> Option<&Ban> {
        let ban = self.roster(room)?.bans.get(&who)?;
        let until = ban.rights.until_date;
        (until == 0 || until > self.now()).then_some(ban)
    }

    /// Somebody was removed and may not come back.
    pub(crate) fn is_kicked(&self, room: Room, who: i64) -> bool {
        self.ban_on(room, who).is_some_and(|ban| ban.rights.view_messages)
    }

    /// What those who are no administrators may not do.
    pub(crate) fn default_bans(&self, room: Room) -> types::ChatBannedRights {
        let set = self.roster(room).and_then(|roster| roster.default_bans.clone());
        // In supergroups names and pictures are the business of administrators, unless they say otherwise.
        set.unwrap_or_else(|| types::ChatBannedRights { change_info: matches!(room, Room::Channel(_)), ..no_bans() })
    }

    /// Somebody may do this here.
    pub(crate) fn may(&self, room: Room, who: i64, right: Right) -> bool {
        if matches!(room, Room::Private(..)) {
            return true;
        }
        if !self.is_member(room, who) {
            return false;
        }
        let broadcast = self.is_broadcast(room);
        if let Some(rights) = self.admin_rights(room, who) {
            let given = match right {
                Right::ChangeInfo => rights.change_info,
                Right::Invite => rights.invite_users,
                Right::Pin if broadcast => rights.edit_messages,
                Right::Pin => rights.pin_messages,
                Right::Post => !broadcast || rights.post_messages,
                // What members wrote is theirs.
                Right::Edit => broadcast && rights.edit_messages,
                Right::Delete => rights.delete_messages,
                Right::Ban => rights.ban_users,
                Right::AddAdmins => rights.add_admins,
            };
            if given {
                return true;
            }
        }
        if broadcast {
            return false;
        }
        let (bans, own) = (self.default_bans(room), self.ban_on(room, who).map(|ban| &ban.rights));
        match right {
            Right::ChangeInfo => !bans.change_info && !own.is_some_and(|own| own.change_info),
            Right::Invite => !bans.invite_users && !own.is_some_and(|own| own.invite_users),
            Right::Pin => !bans.pin_messages && !own.is_some_and(|own| own.pin_messages),
            Right::Post => !bans.send_messages && !own.is_some_and(|own| own.send_messages),
            Right::Edit | Right::Delete | Right::Ban | Right::AddAdmins => false,
        }
    }

    /// Somebody comes into a group or channel.
    pub(crate) fn enter(&mut self, room: Room, who: i64, by: i64) {
        let now = self.now();
        let newest = match room {
            Room::Private(..) => return,
            Room::Group(id) => {
                let Some(group) = self.groups.get_mut(&id) else { return };
                group.members.push(who);
                0
            }
            Room::Channel(id) => {
                let Some(channel) = self.channels.get_mut(&id) else { return };
                channel.members.push(who);
                channel.size = channel.size.saturating_add(1);
                channel.last_id
            }
        };
        let roster = self.roster_mut(room);
        roster.bans.retain(|person, ban| *person != who || !ban.rights.view_messages);
        roster.came.insert(who, (by, now));
        roster.version += 1;
        if let Some(account) = self.accounts.get_mut(&who) {
            let chat = account.chats.entry(room.seen_by(who)).or_default();
            // What was written before is no news.
            chat.read_inbox = chat.read_inbox.max(newest);
        }
    }

    /// Somebody goes, or is made to. What was said in a small group stays with him.
    pub(crate) fn exit(&mut self, room: Room, who: i64) {
        match room {
            Room::Private(..) => return,
            Room::Group(id) => {
                let Some(group) = self.groups.get_mut(&id) else { return };
                group.members.retain(|member| *member != who);
            }
            Room::Channel(id) => {
                let Some(channel) = self.channels.get_mut(&id) else { return };
                channel.members.retain(|member| *member != who);
                channel.size = channel.size.saturating_sub(1);
                let place = Place::Channel(id);
                if let Some(account) = self.accounts.get_mut(&who) {
                    account.chats.remove(&place);
                    account.pinned.retain(|pinned| *pinned != place);
                    account.pinned_archive.retain(|pinned| *pinned != place);
                    account.scheduled.retain(|_, waiting| waiting.place != place);
                }
            }
        }
        let roster = self.roster_mut(room);
        roster.admins.remove(&who);
        roster.came.remove(&who);
        roster.version += 1;
    }

    /// What was done in a channel goes into its log.
    pub(crate) fn log(&mut self, room: Room, who: i64, doing: Doing) {
        if matches!(room, Room::Channel(_)) {
            let now = self.now();
            self.roster_mut(room).note(who, now, doing);
        }
    }
}

/// Everything is allowed.
pub(crate) fn no_bans() -> types::ChatBannedRights {
    types::ChatBannedRights {
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
        until_date: i32::MAX,
    }
}

/// A creator's rights.
pub(crate) fn all_rights() -> types::ChatAdminRights {
    types::ChatAdminRights {
        change_info: true,
        post_messages: true,
        edit_messages: true,
        delete_messages: true,
        ban_users: true,
        invite_users: true,
        pin_messages: true,
        add_admins: true,
        anonymous: false,
        manage_call: true,
        other: true,
        manage_topics: true,
        post_stories: false,
        edit_stories: false,
        delete_stories: false,
        manage_direct_messages: false,
        manage_ranks: false,
        manage_linked_peers: false,
        manage_welcome_messages: false,
    }
}
