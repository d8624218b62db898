//! Changes that have no number of their own: drafts, pins of chats, mutes, folders, reactions and the like. Sessions that are
//! there hear of them; who was away finds them by date in the difference.

use super::{LetterId, Notice, Place, Room, State, notify};
use grammers_tl_types::enums::PrivacyKey;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI32, Ordering};

/// How many are kept for those who are away.
const KEPT: usize = 1_000;

/// One such change, as one account sees it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum News {
    Draft(Place),
    ChatPinned {
        place: Place,
        folder: i32,
        pinned: bool,
    },
    PinsOrdered {
        folder: i32,
    },
    UnreadMark {
        place: Place,
        unread: bool,
    },
    NotifyChat(Place),
    NotifyKind(notify::Kind),
    Filter(i32),
    FiltersOrdered,
    Reactions(LetterId),
    Poll {
        poll: i64,
    },
    Scheduled(i32),
    ScheduledGone {
        place: Place,
        ids: Vec<i32>,
        sent: Vec<i32>,
    },
    ContentsRead {
        channel: i64,
        ids: Vec<i32>,
    },
    Views {
        channel: i64,
        id: i32,
    },
    Ttl(Place),
    /// A group or channel is not what it was, or the account is in it no more.
    Room(Place),
    /// The members of a small group.
    Participants(i64),
    DefaultBans(Place),
    StickerSets,
    RecentStickers,
    FavedStickers,
    SavedGifs,
    RecentReactions,
    SavedPinned {
        place: Place,
        pinned: bool,
    },
    ThreadRead {
        channel: i64,
        top: i32,
        max_id: i32,
    },
    /// Somebody is called otherwise.
    Name(i64),
    /// Something else about somebody is new.
    Person(i64),
    /// Who may see or do something is new.
    Privacy(PrivacyKey),
    Blocked(Place),
    PeerSettings(Place),
}

/// What an account was told of this kind.
#[derive(Debug, Default)]
pub(crate) struct Newspaper {
    kept: VecDeque<(i32, News)>,
    /// No date before this one is given to what comes: a client may have been told so far already.
    told: AtomicI32,
}

impl PartialEq for Newspaper {
    fn eq(&self, other: &Self) -> bool {
        self.kept == other.kept
    }
}

impl Newspaper {
    /// What came at this date or later, oldest first.
    pub(crate) fn since(&self, date: i32) -> impl Iterator<Item = &News> {
        self.kept.iter().filter(move |(came, _)| *came >= date).map(|(_, news)| news)
    }

    /// The date to tell a client that has heard everything: nothing that it knows is at it or later.
    pub(crate) fn date(&self, now: i32) -> i32 {
        let date = match self.kept.back() {
            Some((newest, _)) if *newest >= now => newest.saturating_add(1),
            _ => now,
        };
        self.told.fetch_max(date, Ordering::Relaxed);
        date
    }

    fn keep(&mut self, now: i32, news: News) {
        let date = now.max(*self.told.get_mut());
        // Only the newest of its kind tells something.
        self.kept.retain(|(_, old)| *old != news);
        self.kept.push_back((date, news));
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }
}

impl State {
    /// One account hears something.
    pub(crate) fn tell(&mut self, account: i64, news: News) -> Option<Notice> {
        let now = self.now();
        self.accounts.get_mut(&account)?.news.keep(now, news.clone());
        Some(Notice::News { account, news })
    }

    /// Everybody in a room hears something.
    pub(crate) fn tell_room(&mut self, room: Room, news: impl Fn(Place) -> News) -> Vec<Notice> {
        let members = self.members(room);
        members.into_iter().filter_map(|member| self.tell(member, news(room.seen_by(member)))).collect()
    }

    /// Everybody who sees this person hears something about him.
    pub(crate) fn tell_onlookers(&mut self, person: i64, news: &News) -> Vec<Notice> {
        let onlookers = self.onlookers(person);
        onlookers.into_iter().filter_map(|account| self.tell(account, news.clone())).collect()
    }
}
