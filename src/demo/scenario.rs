//! Scripted trouble: delays, failures, lost answers, cut connections.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::key::Epochs;
use crate::rpc::RpcError;

/// A shared handle on what a server does wrong on purpose; it may be changed while the server runs.
///
/// Methods go by their TL name, for example `messages.getHistory`; one that the server does not know goes by
/// `unknown #` and its constructor in eight hexadecimal digits.
#[derive(Clone, Default)]
pub struct Scenario {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    script: Mutex<Script>,
    events: watch::Sender<Events>,
}

/// How often something was asked for that the server does at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Events {
    pub(crate) cuts: u64,
    pub(crate) salt_changes: u64,
    pub(crate) forgotten_keys: u64,
}

#[derive(Default)]
struct Script {
    delay_all: Duration,
    methods: HashMap<String, Method>,
    refuse: bool,
    repeat_exchanges: u32,
    file_rate: Option<u64>,
    /// When the file answers scheduled so far are all through.
    files_until: Option<Instant>,
}

#[derive(Default)]
struct Method {
    calls: u64,
    delay: Duration,
    failures: Option<(u32, RpcError)>,
    lost_answers: u32,
}

/// What is to happen to one request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fate {
    /// To wait before it is answered.
    pub(crate) delay: Duration,
    /// To be answered instead of the truth.
    pub(crate) failure: Option<RpcError>,
    /// It is carried out, but nobody hears of it.
    pub(crate) lost: bool,
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scenario").finish_non_exhaustive()
    }
}

impl Scenario {
    /// Waits this long before every answer; answers of different requests do not wait for each other.
    pub fn delay_all(&self, delay: Duration) {
        self.edit(|script| script.delay_all = delay);
    }

    /// Waits this long before every answer to this method, on top of [`Self::delay_all`].
    pub fn delay(&self, method: &str, delay: Duration) {
        self.edit(|script| script.method(method).delay = delay);
    }

    /// Answers the next `times` calls of the method with this error, without carrying them out.
    pub fn fail(&self, method: &str, times: u32, code: i32, message: &str) {
        let error = RpcError::new(code, message);
        self.edit(|script| script.method(method).failures = Some((times, error)));
    }

    /// Carries the next `times` calls of the method out, but never answers them.
    pub fn drop_answers(&self, method: &str, times: u32) {
        self.edit(|script| script.method(method).lost_answers = times);
    }

    /// Closes new connections as soon as they are there.
    pub fn refuse_connections(&self, refuse: bool) {
        self.edit(|script| script.refuse = refuse);
    }

    /// Closes all connections now.
    pub fn cut_connections(&self) {
        self.shared.events.send_modify(|events| events.cuts += 1);
    }

    /// Makes every salt handed out so far wrong: the next message of each client gets `bad_server_salt`.
    pub fn change_salts(&self) {
        self.shared.events.send_modify(|events| events.salt_changes += 1);
    }

    /// Forgets all auth keys: clients get the transport error -404 and have to make a new one.
    pub fn forget_keys(&self) {
        self.shared.events.send_modify(|events| events.forgotten_keys += 1);
    }

    /// Answers the next `times` key exchanges with `dh_gen_retry` first.
    pub fn repeat_key_exchanges(&self, times: u32) {
        self.edit(|script| script.repeat_exchanges = times);
    }

    /// How often this method was asked for since the start.
    pub fn calls(&self, method: &str) -> u64 {
        self.edit(|script| script.methods.get(method).map_or(0, |method| method.calls))
    }

    /// Lets all file answers together through at this rate only; `None` lifts it.
    pub fn throttle_files(&self, bytes_per_second: Option<u64>) {
        self.edit(|script| {
            script.file_rate = bytes_per_second;
            script.files_until = None;
        });
    }

    /// Counts a call and says what is to happen to it.
    pub(crate) fn call(&self, method: &str) -> Fate {
        self.edit(|script| {
            let delay_all = script.delay_all;
            let method = script.method(method);
            method.calls += 1;
            let failure = match &mut method.failures {
                Some((times, error)) if *times > 0 => {
                    *times -= 1;
                    Some(error.clone())
                }
                _ => None,
            };
            let lost = failure.is_none() && method.lost_answers > 0;
            if lost {
                method.lost_answers -= 1;
            }
            Fate { delay: delay_all + method.delay, failure, lost }
        })
    }

    /// When a file answer of this length may go out.
    pub(crate) fn file_turn(&self, length: usize) -> Option<Instant> {
        self.edit(|script| {
            let rate = script.file_rate?.max(1);
            let now = Instant::now();
            let free = script.files_until.map_or(now, |until| until.max(now));
            let turn = free + Duration::from_secs_f64(length as f64 / rate as f64);
            script.files_until = Some(turn);
            Some(turn)
        })
    }

    /// Whether new connections are to be closed at once.
    pub(crate) fn refuses(&self) -> bool {
        self.edit(|script| script.refuse)
    }

    /// Whether this key exchange is to be answered `dh_gen_retry`.
    pub(crate) fn takes_repetition(&self) -> bool {
        self.edit(|script| {
            let repeat = script.repeat_exchanges > 0;
            script.repeat_exchanges = script.repeat_exchanges.saturating_sub(1);
            repeat
        })
    }

    /// Which salts and keys still count.
    pub(crate) fn epochs(&self) -> Epochs {
        let events = *self.shared.events.borrow();
        Epochs { salts: events.salt_changes, keys: events.forgotten_keys }
    }

    /// Told of every cut, change and forgetting.
    pub(crate) fn events(&self) -> watch::Receiver<Events> {
        self.shared.events.subscribe()
    }

    fn edit<T>(&self, change: impl FnOnce(&mut Script) -> T) -> T {
        change(&mut self.shared.script.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Script {
    fn method(&mut self, name: &str) -> &mut Method {
        // Unknown constructors come from the network: they share one entry once there are many.
        let name = if self.methods.len() < 2000 || self.methods.contains_key(name) { name } else { "unknown" };
        self.methods.entry(name.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_fails_and_loses_as_told() {
        let scenario = Scenario::default();
        scenario.delay_all(Duration::from_millis(300));
        scenario.delay("help.getConfig", Duration::from_millis(50));
        scenario.fail("help.getConfig", 1, 420, "FLOOD_WAIT_5");
        scenario.clone().drop_answers("help.getConfig", 1);
        let fate = scenario.call("help.getConfig");
        assert_eq!(fate.delay, Duration::from_millis(350));
        assert_eq!(fate.failure, Some(RpcError::new(420, "FLOOD_WAIT_5")));
        assert!(!fate.lost);
        assert!(scenario.call("help.getConfig").lost);
        let fate = scenario.call("help.getConfig");
        assert!(fate.failure.is_none() && !fate.lost);
        assert_eq!(scenario.call("users.getUsers").delay, Duration::from_millis(300));
        assert_eq!(
            (scenario.calls("help.getConfig"), scenario.calls("users.getUsers"), scenario.calls("x")),
            (3, 1, 0)
        );
    }

    #[tokio::test]
    async fn throttled_files_queue_up() {
        let scenario = Scenario::default();
        assert_eq!(scenario.file_turn(1000), None);
        scenario.throttle_files(Some(1000));
        let first = scenario.file_turn(500).unwrap();
        let second = scenario.file_turn(1000).unwrap();
        assert_eq!(second - first, Duration::from_secs(1));
        scenario.throttle_files(None);
        assert_eq!(scenario.file_turn(1000), None);
    }

    #[test]
    fn strange_methods_do_not_fill_the_memory() {
        let scenario = Scenario::default();
        for i in 0..5000 {
            scenario.call(&format!("unknown #{i:08x}"));
        }
        assert!(scenario.edit(|script| script.methods.len()) <= 2001);
    }
}
