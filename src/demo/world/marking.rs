//! Signs on letters: reactions, pins, what was heard.

use super::{Body, Change, Details, LetterId, News, Notice, Place, Reaction, Room, Sign, State};

/// How many signs one person may put to one letter.
const MOST_SIGNS: usize = 3;

impl State {
    /// Somebody puts signs to a letter in the place of earlier ones.
    pub(crate) fn react(&mut self, who: i64, number: LetterId, signs: Vec<Sign>, big: bool) -> Vec<Notice> {
        let date = self.now();
        let Some(letter) = self.letters.get_mut(number) else { return Vec::new() };
        let own = letter.is_by(who);
        let before: Vec<Reaction> = letter.reactions.iter().filter(|reaction| reaction.who == who).cloned().collect();
        letter.reactions.retain(|reaction| reaction.who != who);
        for sign in signs.into_iter().take(MOST_SIGNS) {
            let known = before.iter().find(|reaction| reaction.sign == sign);
            let reaction = match known {
                Some(known) => known.clone(),
                None => Reaction { who, sign, date, big, unread: !own },
            };
            letter.reactions.push(reaction);
        }
        let room = letter.room;
        self.tell_room(room, |_| News::Reactions(number))
    }

    /// Signs that the author has not seen yet.
    pub(crate) fn has_unread_reactions(&self, viewer: i64, number: LetterId) -> bool {
        self.letters
            .get(number)
            .is_some_and(|letter| letter.is_by(viewer) && letter.reactions.iter().any(|reaction| reaction.unread))
    }

    /// The author has seen the signs on these letters.
    pub(crate) fn see_reactions(&mut self, viewer: i64, letters: &[LetterId]) -> bool {
        let mut any = false;
        for number in letters {
            let Some(letter) = self.letters.get_mut(*number).filter(|letter| letter.is_by(viewer)) else { continue };
            for reaction in &mut letter.reactions {
                any |= std::mem::take(&mut reaction.unread);
            }
        }
        any
    }

    /// Pins letters of one room, or takes the pins off; for one account only where `only` says so.
    pub(crate) fn pin(&mut self, room: Room, letters: &[LetterId], pinned: bool, only: Option<i64>) -> Vec<Notice> {
        let date = self.now();
        let mut changed: Vec<(i64, Vec<i32>)> = Vec::new();
        for number in letters {
            let Some(letter) = self.letters.get_mut(*number) else { continue };
            match only {
                Some(only) if pinned => letter.pinned_for = Some(only),
                Some(_) => letter.pinned_for = None,
                None => letter.pinned = pinned,
            }
            if !pinned {
                letter.pinned = false;
                letter.pinned_for = None;
            }
            for (owner, id) in letter.copies.iter().filter(|(owner, _)| only.is_none_or(|only| only == *owner)) {
                match changed.iter_mut().find(|(other, _)| other == owner) {
                    Some((_, ids)) => ids.push(*id),
                    None => changed.push((*owner, vec![*id])),
                }
            }
        }
        let mut notices = Vec::new();
        for (owner, ids) in changed {
            let place = room.seen_by(owner);
            notices.extend(self.record(room, owner, Change::Pinned { place, ids, pinned }, date));
        }
        notices
    }

    /// The numbers of the pinned messages of a chat, ascending.
    pub(crate) fn pinned_in(&self, viewer: i64, place: Place) -> Vec<i32> {
        let ids = self.ids_in(viewer, place).iter().copied();
        ids.filter(|id| self.letter_at(viewer, place, *id).is_some_and(|(_, letter)| letter.is_pinned_for(viewer)))
            .collect()
    }

    /// Something that is to be heard, watched or opened.
    pub(crate) fn is_to_be_heard(&self, body: &Body, details: &Details) -> bool {
        details.media_ttl.is_some()
            || matches!(body, Body::Document(id) if self.documents.get(id).is_some_and(|document| document.is_spoken()))
    }

    /// The viewer has heard, watched or noticed these messages: his other devices and who wrote them learn of it.
    pub(crate) fn read_contents(&mut self, viewer: i64, place: Place, ids: &[i32]) -> Vec<Notice> {
        let date = self.now();
        let (mut own, mut others): (Vec<i32>, Vec<(i64, i32)>) = (Vec::new(), Vec::new());
        let mut fading = Vec::new();
        for id in ids {
            let Some((number, _)) = self.letter_at(viewer, place, *id) else { continue };
            let Some(letter) = self.letters.get_mut(number) else { continue };
            let mentioned = letter.mentions_unread.contains(&viewer);
            letter.mentions_unread.retain(|account| *account != viewer);
            let heard = letter.unheard && !letter.is_by(viewer);
            if heard {
                letter.unheard = false;
            }
            if let Some(seconds) = letter.details.media_ttl.filter(|_| !letter.is_by(viewer)) {
                fading.push((date.saturating_add(if seconds == i32::MAX { 0 } else { seconds }), number));
            }
            if heard || mentioned {
                own.push(*id);
            }
            if heard && !matches!(place, Place::Channel(_)) {
                others.extend(letter.copies.iter().filter(|(owner, _)| *owner != viewer));
            }
        }
        for (date, number) in fading {
            self.fading.push((date, number));
            self.wake_at(date);
        }
        let mut notices = Vec::new();
        if own.is_empty() {
            return notices;
        }
        if let Place::Channel(channel) = place {
            notices.extend(self.tell(viewer, News::ContentsRead { channel, ids: own }));
            return notices;
        }
        let room = Room::of(viewer, place);
        notices.extend(self.record(room, viewer, Change::ContentsRead(own), date));
        for (owner, id) in others {
            notices.extend(self.record(room, owner, Change::ContentsRead(vec![id]), date));
        }
        notices
    }

    /// The numbers of the messages that name the viewer and that he has not noticed yet, ascending.
    pub(crate) fn unread_mention_ids(&self, viewer: i64, place: Place) -> Vec<i32> {
        let ids = self.ids_in(viewer, place).iter().copied();
        ids.filter(|id| {
            self.letter_at(viewer, place, *id).is_some_and(|(_, letter)| letter.mentions_unread.contains(&viewer))
        })
        .collect()
    }

    /// The numbers of the viewer's messages with signs that he has not seen yet, ascending.
    pub(crate) fn unread_reaction_ids(&self, viewer: i64, place: Place) -> Vec<i32> {
        let ids = self.ids_in(viewer, place).iter().copied();
        ids.filter(|id| {
            self.letter_at(viewer, place, *id).is_some_and(|(number, _)| self.has_unread_reactions(viewer, number))
        })
        .collect()
    }

    /// Who has read a letter that names him has noticed it.
    pub(crate) fn notice_mentions(&mut self) {
        let naming: Vec<usize> = (0..self.letters.len())
            .filter(|number| self.letters.get(*number).is_some_and(|letter| !letter.mentions_unread.is_empty()))
            .collect();
        for number in naming {
            let Some(letter) = self.letters.get(number) else { continue };
            let unread = |account: &i64| {
                let read = self.chat(*account, letter.room.seen_by(*account)).map_or(0, |chat| chat.read_inbox);
                letter.id_for(*account).is_some_and(|id| id > read)
            };
            let still: Vec<i64> = letter.mentions_unread.iter().copied().filter(unread).collect();
            if let Some(letter) = self.letters.get_mut(number) {
                letter.mentions_unread = still;
            }
        }
    }
}
