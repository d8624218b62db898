//! Letters that are to be sent later (core.telegram.org/api/scheduled-messages), and everything else that time brings.

use super::{Author, Draft, News, Notice, Place, Room, State};

/// "When the other side comes online".
pub(crate) const WHEN_ONLINE: i32 = 0x7fff_fffe;

/// A letter that waits in an account's box.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scheduled {
    pub place: Place,
    pub date: i32,
    pub draft: Draft,
}

impl State {
    /// Puts a letter into the box of an account: its number there.
    pub(crate) fn schedule(&mut self, account: i64, scheduled: Scheduled) -> Option<(i32, Notice)> {
        let date = scheduled.date;
        let mailbox = self.accounts.get_mut(&account)?;
        mailbox.last_scheduled += 1;
        let id = mailbox.last_scheduled;
        mailbox.scheduled.insert(id, scheduled);
        if date != WHEN_ONLINE {
            self.wake_at(date);
        }
        Some((id, self.tell(account, News::Scheduled(id))?))
    }

    /// Takes letters out of the box without sending them.
    pub(crate) fn unschedule(&mut self, account: i64, place: Place, ids: &[i32]) -> Vec<Notice> {
        let Some(mailbox) = self.accounts.get_mut(&account) else { return Vec::new() };
        let gone: Vec<i32> = ids
            .iter()
            .copied()
            .filter(|id| mailbox.scheduled.get(id).is_some_and(|waiting| waiting.place == place))
            .collect();
        for id in &gone {
            mailbox.scheduled.remove(id);
        }
        if gone.is_empty() {
            return Vec::new();
        }
        self.tell(account, News::ScheduledGone { place, ids: gone, sent: Vec::new() }).into_iter().collect()
    }

    /// Sends letters of the box now.
    pub(crate) fn send_scheduled(&mut self, account: i64, place: Place, ids: &[i32]) -> Vec<Notice> {
        let mut notices = Vec::new();
        let (mut gone, mut sent) = (Vec::new(), Vec::new());
        let date = self.now();
        for id in ids {
            let Some(mailbox) = self.accounts.get_mut(&account) else { return notices };
            if mailbox.scheduled.get(id).is_none_or(|waiting| waiting.place != place) {
                continue;
            }
            let Some(mut waiting) = mailbox.scheduled.remove(id) else { continue };
            let room = Room::of(account, place);
            let author = match room {
                Room::Channel(id) if self.channels.get(&id).is_some_and(|channel| channel.broadcast) => Author::Channel,
                _ => Author::Person(account),
            };
            waiting.draft.details.from_scheduled = true;
            let (letter, news) = self.post(room, author, date, waiting.draft);
            notices.extend(news);
            gone.push(*id);
            sent.extend(self.letters.get(letter).and_then(|letter| letter.id_for(account)));
        }
        if !gone.is_empty() {
            notices.extend(self.tell(account, News::ScheduledGone { place, ids: gone, sent }));
        }
        notices
    }

    /// Something is to happen at this time.
    pub(crate) fn wake_at(&mut self, date: i32) {
        self.alarm = Some(self.alarm.map_or(date, |alarm| alarm.min(date)));
    }

    /// Lets happen what is due: letters go out, old ones vanish, polls close.
    pub(crate) fn pass_time(&mut self) -> Vec<Notice> {
        let now = self.now();
        if self.alarm.is_none_or(|alarm| alarm > now) {
            return Vec::new();
        }
        self.alarm = None;
        let mut notices = Vec::new();
        let mut due: Vec<(i32, i64, Place, i32)> = Vec::new();
        let mut next: Option<i32> = None;
        let mut later = |date: i32| next = Some(next.map_or(date, |next| next.min(date)));
        for (account, mailbox) in &self.accounts {
            for (id, waiting) in &mailbox.scheduled {
                if waiting.date <= now {
                    due.push((waiting.date, *account, waiting.place, *id));
                } else if waiting.date != WHEN_ONLINE {
                    later(waiting.date);
                }
            }
        }
        let mut gone: Vec<(Room, usize)> = Vec::new();
        self.vanishing.retain(|(date, letter)| {
            if *date > now {
                later(*date);
                return true;
            }
            gone.extend(self.letters.get(*letter).map(|found| (found.room, *letter)));
            false
        });
        let mut opened = Vec::new();
        self.fading.retain(|(date, letter)| {
            if *date > now {
                later(*date);
                return true;
            }
            opened.push(*letter);
            false
        });
        let mut closed = Vec::new();
        for poll in self.polls.values_mut().filter(|poll| !poll.closed) {
            match poll.close_date {
                Some(date) if date <= now => {
                    poll.closed = true;
                    closed.push(poll.id);
                }
                Some(date) => later(date),
                None => {}
            }
        }
        if let Some(next) = next {
            self.wake_at(next);
        }
        due.sort_unstable();
        for (_, account, place, id) in due {
            notices.extend(self.send_scheduled(account, place, &[id]));
        }
        for (room, letter) in gone {
            notices.extend(self.delete(room, &[letter], None));
        }
        for number in opened {
            let Some(letter) = self.letters.get_mut(number) else { continue };
            let seconds = letter.details.media_ttl.unwrap_or_default();
            letter.body = super::Body::Gone { photo: matches!(letter.body, super::Body::Photo(_)), seconds };
            notices.extend(self.tell_of_edit(number));
        }
        for poll in closed {
            notices.extend(self.tell_of_poll(poll));
        }
        notices
    }

    /// Everybody who sees a poll hears of its results.
    pub(crate) fn tell_of_poll(&mut self, poll: i64) -> Vec<Notice> {
        let mut rooms: Vec<Room> = Vec::new();
        for letter in self.letters.iter().filter(|letter| letter.body == super::Body::Poll(poll)) {
            if !letter.copies.is_empty() && !rooms.contains(&letter.room) {
                rooms.push(letter.room);
            }
        }
        let mut people: Vec<i64> = rooms.into_iter().flat_map(|room| self.members(room)).collect();
        people.sort_unstable();
        people.dedup();
        people.into_iter().filter_map(|person| self.tell(person, News::Poll { poll })).collect()
    }
}
