//! What is said under a letter (core.telegram.org/api/threads).

use super::{LetterId, Place, State};

impl State {
    /// The comments under a letter that are still there, oldest first.
    pub(crate) fn comments(&self, first: LetterId) -> Vec<LetterId> {
        let all = self.threads.get(&first).map(Vec::as_slice).unwrap_or_default();
        let there = |id: &LetterId| self.letters.get(*id).is_some_and(|letter| !letter.copies.is_empty());
        all.iter().copied().filter(there).collect()
    }

    /// The copy of a channel's post in the group where it is talked about.
    pub(crate) fn copy_in(&self, post: LetterId, group: i64) -> Option<LetterId> {
        let letter = self.letters.get(post)?;
        let super::Room::Channel(channel) = letter.room else { return None };
        let id = letter.id_for(0)?;
        let from = Some((Place::Channel(channel), id));
        // The copy is written directly after the post.
        self.letters.iter().enumerate().skip(post + 1).take(4).find_map(|(number, copy)| {
            let same = copy.room == super::Room::Channel(group)
                && copy.details.forwarded.as_ref().is_some_and(|forwarded| forwarded.saved_from == from);
            (same && !copy.copies.is_empty()).then_some(number)
        })
    }

    /// The letter under which one reads comments, for a message of a group or a post of a channel: the group and the letter.
    pub(crate) fn thread_of(&self, viewer: i64, place: Place, id: i32) -> Option<(i64, LetterId)> {
        let Place::Channel(channel) = place else { return None };
        let (number, letter) = self.letter_at(viewer, place, id)?;
        match self.discussions.get(&channel) {
            Some(group) => Some((*group, self.copy_in(number, *group)?)),
            None => Some((channel, letter.details.top.unwrap_or(number))),
        }
    }

    /// The group of a channel's comments, or the channel of which a group holds the comments.
    pub(crate) fn linked_to(&self, channel: i64) -> Option<i64> {
        let group = self.discussions.get(&channel).copied();
        group.or_else(|| self.discussions.iter().find(|(_, group)| **group == channel).map(|(broadcast, _)| *broadcast))
    }

    /// The pinned chats of a folder, topmost first.
    pub(crate) fn pins_of(&self, account: i64, folder: i32) -> &[Place] {
        let account = self.accounts.get(&account);
        let pins = account.map(|account| if folder == 0 { &account.pinned } else { &account.pinned_archive });
        pins.map(Vec::as_slice).unwrap_or_default()
    }
}
