//! What a session has sent: numbering, and what is kept until the client has acknowledged it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::wire::Message;

/// How much unacknowledged is kept, at most.
const MOST_KEPT: usize = 2048;
const MOST_KEPT_BYTES: usize = 32 * 1024 * 1024;

/// Numbers messages, and keeps those that the client has to acknowledge.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    last_id: i64,
    /// How many content-related messages were numbered.
    content_related: i32,
    kept: BTreeMap<i64, Kept>,
    kept_bytes: usize,
}

#[derive(Debug)]
struct Kept {
    message: Arc<Message>,
    answers: Option<i64>,
}

/// The message id of a server for this moment: 1 modulo 4 in an answer, else 3.
pub(crate) fn server_msg_id(now: Duration, is_answer: bool) -> i64 {
    let seconds = i64::try_from(now.as_secs()).unwrap_or_default();
    let fraction = (i64::from(now.subsec_nanos()) << 32) / 1_000_000_000;
    (seconds << 32 | fraction & !3) | if is_answer { 1 } else { 3 }
}

impl Outbox {
    /// The next message id. Ids of a session only rise.
    pub(crate) fn next_id(&mut self, now: Duration, is_answer: bool) -> i64 {
        let mut id = server_msg_id(now, is_answer);
        if id <= self.last_id {
            id = ((self.last_id | 3) + 1) | if is_answer { 1 } else { 3 };
        }
        self.last_id = id;
        id
    }

    /// The sequence number of a message that needs no acknowledgement.
    pub(crate) fn even_seq_no(&self) -> i32 {
        self.content_related.wrapping_mul(2)
    }

    /// A message that needs no acknowledgement and is not kept.
    pub(crate) fn service(&mut self, now: Duration, is_answer: bool, body: Vec<u8>) -> Arc<Message> {
        Arc::new(Message { msg_id: self.next_id(now, is_answer), seq_no: self.even_seq_no(), body })
    }

    /// A message that is kept until it is acknowledged. Gives the requests whose answers had to go for it too.
    pub(crate) fn keep(&mut self, now: Duration, answers: Option<i64>, body: Vec<u8>) -> (Arc<Message>, Vec<i64>) {
        let msg_id = self.next_id(now, answers.is_some());
        let seq_no = self.even_seq_no() | 1;
        self.content_related = self.content_related.wrapping_add(1);
        let message = Arc::new(Message { msg_id, seq_no, body });
        self.kept_bytes += message.body.len();
        self.kept.insert(msg_id, Kept { message: message.clone(), answers });
        let mut forgotten = Vec::new();
        while self.kept.len() > MOST_KEPT || (self.kept_bytes > MOST_KEPT_BYTES && self.kept.len() > 1) {
            let Some(oldest) = self.kept.first_key_value().map(|(id, _)| *id) else { break };
            forgotten.extend(self.remove(oldest));
        }
        (message, forgotten)
    }

    /// The client has it, or does not want it: it is not kept any longer. Gives the request that it answered.
    pub(crate) fn remove(&mut self, msg_id: i64) -> Option<i64> {
        let kept = self.kept.remove(&msg_id)?;
        self.kept_bytes = self.kept_bytes.saturating_sub(kept.message.body.len());
        kept.answers
    }

    /// A message that is still kept.
    pub(crate) fn get(&self, msg_id: i64) -> Option<Arc<Message>> {
        self.kept.get(&msg_id).map(|kept| kept.message.clone())
    }

    /// All answers that are not acknowledged, oldest first.
    pub(crate) fn answers(&self) -> Vec<Arc<Message>> {
        self.kept.values().filter(|kept| kept.answers.is_some()).map(|kept| kept.message.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_and_tell_their_kind_even_when_the_clock_stands_still() {
        let mut outbox = Outbox::default();
        let now = Duration::from_secs(1_700_000_000);
        let mut last = 0;
        for i in 0..1000 {
            let answer = i % 3 == 0;
            let id = outbox.next_id(now, answer);
            assert!(id > last);
            assert_eq!(id & 3, if answer { 1 } else { 3 });
            last = id;
        }
        assert_eq!(last >> 32, 1_700_000_000);
    }

    #[test]
    fn keeps_until_acknowledged_and_never_too_much() {
        let mut outbox = Outbox::default();
        let now = Duration::from_secs(1);
        let (first, _) = outbox.keep(now, Some(77), vec![0; 100]);
        assert_eq!(first.seq_no, 1);
        assert_eq!(outbox.service(now, true, vec![0; 4]).seq_no, 2);
        assert_eq!(outbox.get(first.msg_id), Some(first.clone()));
        assert_eq!(outbox.remove(first.msg_id), Some(77));
        assert_eq!(outbox.get(first.msg_id), None);
        assert_eq!(outbox.kept_bytes, 0);

        let mut forgotten = Vec::new();
        for i in 0..40 {
            forgotten.extend(outbox.keep(now, Some(i), vec![0; 1024 * 1024]).1);
        }
        assert_eq!(forgotten, (0..8).collect::<Vec<_>>(), "the oldest go");
        for i in 0..MOST_KEPT as i64 {
            outbox.keep(now, Some(i), vec![0; 4]);
        }
        assert!(outbox.kept.len() <= MOST_KEPT && outbox.kept_bytes <= MOST_KEPT_BYTES);
    }
}
