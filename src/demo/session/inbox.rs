//! What a session has received: the rules for message ids and sequence numbers.
//!
//! <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>

use std::collections::BTreeMap;
use std::time::Duration;

/// A message may be this much older than the server's clock, and this much newer.
const OLDEST: Duration = Duration::from_secs(300);
const NEWEST: Duration = Duration::from_secs(30);
/// How many message ids a session remembers.
const MOST_REMEMBERED: usize = 4096;

/// The error codes of `bad_msg_notification`.
pub(crate) mod code {
    pub(crate) const ID_TOO_LOW: i32 = 16;
    pub(crate) const ID_TOO_HIGH: i32 = 17;
    pub(crate) const ID_NOT_A_CLIENTS: i32 = 18;
    pub(crate) const CONTAINER_REPEATED: i32 = 19;
    pub(crate) const TOO_OLD_TO_KNOW: i32 = 20;
    pub(crate) const SEQUENCE_TOO_LOW: i32 = 32;
    pub(crate) const SEQUENCE_TOO_HIGH: i32 = 33;
    pub(crate) const EVEN_EXPECTED: i32 = 34;
    pub(crate) const ODD_EXPECTED: i32 = 35;
    pub(crate) const SALT: i32 = 48;
    pub(crate) const CONTAINER: i32 = 64;
}

/// Whether a message has to be acknowledged, which shows in its sequence number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Requests.
    Related,
    /// Containers and acknowledgements.
    Unrelated,
    /// Service messages that clients number one way or the other.
    Either,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nothing more is to come.
    Settled,
    /// A call that is being carried out, or whose answer is kept back for good.
    Running,
    /// A call that was answered by this message of ours.
    Answered { by: i64, failed: bool },
    /// A call whose answer is no longer kept although nobody acknowledged it.
    Forgotten,
}

/// What to do with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Act on it.
    New,
    /// It was here before.
    Repeated(Status),
    /// Tell the client that it is ignored.
    Bad(i32),
}

/// The message ids that came.
#[derive(Debug, Default)]
pub(crate) struct Inbox {
    seen: BTreeMap<i64, Status>,
    /// Ids up to this one were forgotten.
    floor: i64,
    /// Id and sequence number of the content-related message with the highest id.
    highest: Option<(i64, i32)>,
}

/// Checks the id of an outer message against the clock (time since 1970).
pub(crate) fn check_time(msg_id: i64, now: Duration) -> Result<(), i32> {
    if msg_id & 3 != 0 {
        return Err(code::ID_NOT_A_CLIENTS);
    }
    let seconds = msg_id >> 32;
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    if seconds < now - OLDEST.as_secs() as i64 {
        return Err(code::ID_TOO_LOW);
    }
    if seconds > now + NEWEST.as_secs() as i64 {
        return Err(code::ID_TOO_HIGH);
    }
    Ok(())
}

impl Inbox {
    /// Judges a message and remembers a new one as `status`.
    pub(crate) fn take(&mut self, msg_id: i64, seq_no: i32, content: Content, status: Status) -> Verdict {
        if msg_id & 3 != 0 {
            return Verdict::Bad(code::ID_NOT_A_CLIENTS);
        }
        if let Some(status) = self.seen.get(&msg_id) {
            return Verdict::Repeated(*status);
        }
        if msg_id <= self.floor {
            return Verdict::Bad(code::TOO_OLD_TO_KNOW);
        }
        let odd = seq_no & 1 == 1;
        match content {
            Content::Related if !odd => return Verdict::Bad(code::ODD_EXPECTED),
            Content::Unrelated if odd => return Verdict::Bad(code::EVEN_EXPECTED),
            _ => {}
        }
        if odd {
            match self.highest {
                Some((id, highest)) if msg_id > id && seq_no <= highest => {
                    return Verdict::Bad(code::SEQUENCE_TOO_LOW);
                }
                Some((id, highest)) if msg_id < id && seq_no >= highest => {
                    return Verdict::Bad(code::SEQUENCE_TOO_HIGH);
                }
                Some((id, _)) if msg_id < id => {}
                _ => self.highest = Some((msg_id, seq_no)),
            }
        }
        self.seen.insert(msg_id, status);
        while self.seen.len() > MOST_REMEMBERED {
            if let Some((oldest, _)) = self.seen.pop_first() {
                self.floor = oldest;
            }
        }
        Verdict::New
    }

    /// What is known of a message.
    pub(crate) fn status(&self, msg_id: i64) -> Option<Status> {
        self.seen.get(&msg_id).copied()
    }

    /// Notes what became of a message.
    pub(crate) fn set(&mut self, msg_id: i64, status: Status) {
        if let Some(known) = self.seen.get_mut(&msg_id) {
            *known = status;
        }
    }

    /// The byte of `msgs_state_info` for this id.
    pub(crate) fn state_byte(&self, msg_id: i64) -> u8 {
        match self.seen.get(&msg_id) {
            Some(Status::Settled) => 4,
            Some(Status::Running) => 4 + 32,
            Some(Status::Answered { .. } | Status::Forgotten) => 4 + 64,
            None if msg_id <= self.floor => 1,
            None if self.seen.last_key_value().is_some_and(|(last, _)| msg_id > *last) => 3,
            None => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: i64) -> i64 {
        (1_700_000_000 << 32) + n * 4
    }

    #[test]
    fn ids_have_to_be_of_this_moment() {
        let now = Duration::from_secs(1_700_000_000);
        assert_eq!(check_time(id(0), now), Ok(()));
        assert_eq!(check_time(id(0) + 1, now), Err(18));
        assert_eq!(check_time(id(0) - (299 << 32), now), Ok(()));
        assert_eq!(check_time(id(0) - (301 << 32), now), Err(16));
        assert_eq!(check_time(id(0) + (29 << 32), now), Ok(()));
        assert_eq!(check_time(id(0) + (31 << 32), now), Err(17));
        assert_eq!(check_time(i64::MIN, now), Err(16));
        assert_eq!(check_time(i64::MAX - 3, now), Err(17));
    }

    #[test]
    fn sequence_numbers_rise_with_the_ids() {
        let mut inbox = Inbox::default();
        let mut take = |n, seq, content| inbox.take(id(n), seq, content, Status::Settled);
        assert_eq!(take(10, 3, Content::Related), Verdict::New);
        assert_eq!(take(11, 4, Content::Related), Verdict::Bad(35));
        assert_eq!(take(11, 5, Content::Unrelated), Verdict::Bad(34));
        assert_eq!(take(11, 3, Content::Related), Verdict::Bad(32));
        assert_eq!(take(11, 1, Content::Either), Verdict::Bad(32));
        assert_eq!(take(9, 5, Content::Related), Verdict::Bad(33));
        assert_eq!(take(9, 1, Content::Related), Verdict::New, "an earlier message that came late");
        assert_eq!(take(12, 5, Content::Related), Verdict::New);
        assert_eq!(take(13, 6, Content::Unrelated), Verdict::New);
        assert_eq!(take(14, 6, Content::Either), Verdict::New);
        assert_eq!(take(12, 5, Content::Related), Verdict::Repeated(Status::Settled));
    }

    #[test]
    fn memory_is_bounded_and_old_ids_are_not_taken_again() {
        let mut inbox = Inbox::default();
        for n in 0..(MOST_REMEMBERED as i64 + 10) {
            assert_eq!(inbox.take(id(n), 2, Content::Unrelated, Status::Settled), Verdict::New);
        }
        assert_eq!(inbox.seen.len(), MOST_REMEMBERED);
        assert_eq!(inbox.take(id(3), 2, Content::Unrelated, Status::Settled), Verdict::Bad(20));
        assert_eq!(inbox.state_byte(id(3)), 1);
        assert_eq!(inbox.state_byte(id(20)), 4);
        assert_eq!(inbox.state_byte(id(20) + 1), 2);
        assert_eq!(inbox.state_byte(id(100_000)), 3);
    }
}
