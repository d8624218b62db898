//! The numbered record of changes that lets a client that was away catch up (core.telegram.org/api/updates).

use super::Place;
use std::collections::VecDeque;

/// How many changes are kept; who was away for more must load afresh.
const KEPT: usize = 5_000;

/// One change of a mailbox or a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    New(i32),
    Edited(i32),
    Deleted(Vec<i32>),
    /// The owner read others' messages.
    ReadInbox {
        place: Place,
        max_id: i32,
        unread: i32,
    },
    /// Others read the owner's messages.
    ReadOutbox {
        place: Place,
        max_id: i32,
    },
    /// Messages were pinned, or are no more.
    Pinned {
        place: Place,
        ids: Vec<i32>,
        pinned: bool,
    },
    /// Messages were heard, watched or noticed.
    ContentsRead(Vec<i32>),
    /// Chats went into the archive (1) or out of it (0).
    Foldered(Vec<(Place, i32)>),
}

/// A change with its place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The state after it.
    pub pts: i32,
    /// How many steps it takes.
    pub count: i32,
    /// When, in Unix seconds.
    pub date: i32,
    pub change: Change,
}

/// The record of one mailbox or channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Journal {
    pts: i32,
    /// The state before the oldest kept entry.
    floor: i32,
    entries: VecDeque<Entry>,
    /// When the newest change was noticed.
    noticed: Option<i32>,
}

impl Default for Journal {
    /// Telegram's mailboxes begin at 1.
    fn default() -> Self {
        Self { pts: 1, floor: 1, entries: VecDeque::new(), noticed: None }
    }
}

impl Journal {
    /// The state now.
    pub(crate) fn pts(&self) -> i32 {
        self.pts
    }

    /// Writes down a change.
    pub(crate) fn record(&mut self, change: Change, date: i32) -> Entry {
        let count = match &change {
            Change::Deleted(ids) | Change::ContentsRead(ids) | Change::Pinned { ids, .. } => {
                i32::try_from(ids.len()).unwrap_or(i32::MAX)
            }
            _ => 1,
        };
        self.pts = self.pts.saturating_add(count);
        let entry = Entry { pts: self.pts, count, date, change };
        self.entries.push_back(entry.clone());
        if self.entries.len() > KEPT
            && let Some(gone) = self.entries.pop_front()
        {
            self.floor = gone.pts;
        }
        entry
    }

    /// What happened after `pts`, oldest first; nothing where that is too long ago or was never.
    pub(crate) fn since(&self, pts: i32) -> Option<Vec<&Entry>> {
        if pts < self.floor || pts > self.pts {
            return None;
        }
        let first = self.entries.partition_point(|entry| entry.pts <= pts);
        Some(self.entries.iter().skip(first).collect())
    }

    /// Forgets how it came to this: nobody was there before the server started.
    pub(crate) fn begin_here(&mut self) {
        self.floor = self.pts;
        self.entries.clear();
        self.noticed = None;
    }

    /// Says when the change that was just written down was noticed.
    pub(crate) fn notice(&mut self, date: i32) {
        self.noticed = Some(date);
    }

    /// When the newest change was noticed.
    pub(crate) fn noticed(&self) -> Option<i32> {
        self.noticed
    }
}
