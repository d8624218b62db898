//! Scripted trouble: delays, failures, lost answers, cut connections, damaged packets, disordered updates.

pub mod file;
mod trouble;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::Instant;

pub use self::trouble::{Disturbance, Flood, Mishap, Rule, Trouble};
use self::trouble::{Disturbing, Gauge, Running, spoil};
pub(crate) use self::trouble::{UNKNOWN, Wreck, make_unknown};
use crate::key::Epochs;
use crate::rpc::RpcError;
use crate::world::Limits;

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
    stalled: watch::Sender<Vec<i32>>,
}

/// How often something was asked for that the server does at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Events {
    pub(crate) cuts: u64,
    pub(crate) salt_changes: u64,
    pub(crate) forgotten_keys: u64,
    pub(crate) strandings: u64,
}

#[derive(Default)]
struct Script {
    delay_all: Duration,
    distance: Duration,
    methods: HashMap<String, Method>,
    rules: Vec<Running>,
    floods: Vec<Gauge>,
    disturbances: Vec<Disturbing>,
    closing: Vec<ClosingConnections>,
    refuse: bool,
    repeat_exchanges: u32,
    fail_exchanges: u32,
    file_rate: Option<u64>,
    /// When the file answers scheduled so far are all through.
    files_until: Option<Instant>,
    limits: Option<Limits>,
    /// Messages with these words nobody can read.
    unreadable: Vec<String>,
}

#[derive(Default)]
struct Method {
    calls: u64,
    delay: Duration,
    failures: Option<(u32, RpcError)>,
    lost_answers: u32,
}

/// Sockets that are closed after so many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingConnections {
    /// On which datacenter; on all of them without it.
    #[serde(default)]
    pub dc: Option<i32>,
    /// After how many bytes to the client.
    pub close_after_bytes: u64,
    /// How many of the next connections.
    pub times: u32,
}

/// What is to happen to one request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    /// To wait before it is answered.
    pub(crate) delay: Duration,
    /// To be answered instead of the truth.
    pub(crate) failure: Option<RpcError>,
    /// It is carried out, but nobody hears of it.
    pub(crate) lost: bool,
    /// Its answer arrives in this state.
    pub(crate) wreck: Option<Wreck>,
}

/// How a key exchange is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExchangeFate {
    Fine,
    Repeated,
    Failed,
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

    /// Whatever is said takes this long to the other side, either way; connections do not wait for each other. Those that
    /// were opened when there was no distance at all stay without one.
    pub fn set_distance(&self, one_way: Duration) {
        self.edit(|script| script.distance = one_way);
    }

    /// How long whatever is said takes to the other side.
    pub(crate) fn distance(&self) -> Duration {
        self.edit(|script| script.distance)
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

    /// What the world allows, from the start of a server with this scenario on. In a world that runs already,
    /// [`crate::World::set_limits`] does the same.
    pub fn set_limits(&self, limits: Limits) {
        self.edit(|script| script.limits = Some(limits));
    }

    /// What the world is to allow, where anything was said about it.
    pub(crate) fn limits(&self) -> Option<Limits> {
        self.edit(|script| script.limits)
    }

    /// Closes new connections as soon as they are there.
    pub fn refuse_connections(&self, refuse: bool) {
        self.edit(|script| script.refuse = refuse);
    }

    /// Closes all connections now.
    pub fn cut_connections(&self) {
        self.shared.events.send_modify(|events| events.cuts += 1);
    }

    /// All connections of now are dead from now on without anybody being told, as after a long sleep of the machine: what
    /// the client says on them is heard by nobody, and nothing comes. New ones are not.
    pub fn strand_connections(&self) {
        self.shared.events.send_modify(|events| events.strandings += 1);
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

    /// Answers the next `times` key exchanges with `dh_gen_fail`: the client has to begin anew.
    pub fn fail_key_exchanges(&self, times: u32) {
        self.edit(|script| script.fail_exchanges = times);
    }

    /// Lets something happen to certain calls of a method.
    pub fn add(&self, rule: Rule) {
        self.edit(|script| script.rules.push(Running { rule, calls: 0 }));
    }

    /// Lets it happen to the `nth` call of the method from now on, counted from 1.
    pub fn trouble(&self, method: &str, nth: u64, trouble: Trouble) {
        self.add(Rule { method: method.to_owned(), nth, times: 1, trouble });
    }

    /// Answers a device that calls too often with `FLOOD_WAIT_X`.
    pub fn limit(&self, flood: Flood) {
        self.edit(|script| script.floods.push(Gauge { flood, devices: HashMap::new() }));
    }

    /// Lets something happen to updates.
    pub fn disturb_updates(&self, disturbance: Disturbance) {
        self.edit(|script| script.disturbances.push(Disturbing { disturbance, devices: HashMap::new() }));
    }

    /// Closes connections in the middle of what they carry.
    pub fn close_connections(&self, closing: ClosingConnections) {
        self.edit(|script| script.closing.push(closing));
    }

    /// While a datacenter is stalled, it takes connections and everything that comes, and says nothing.
    pub fn stall(&self, dc: i32, stalled: bool) {
        self.shared.stalled.send_modify(|all| {
            all.retain(|other| *other != dc);
            if stalled {
                all.push(dc);
            }
        });
    }

    /// Makes every message in which these words are one of a kind that no client knows, wherever it goes: in updates, in
    /// what was missed, in histories.
    pub fn make_unreadable(&self, words: &str) {
        self.edit(|script| script.unreadable.push(words.to_owned()));
    }

    /// Ends all trouble that was scripted so far; what is counted goes on.
    pub fn calm(&self) {
        self.edit(|script| {
            script
                .methods
                .values_mut()
                .for_each(|method| *method = Method { calls: method.calls, ..Method::default() });
            let (methods, limits) = (std::mem::take(&mut script.methods), script.limits.take());
            *script = Script { methods, limits, ..Script::default() };
        });
        self.shared.stalled.send_replace(Vec::new());
    }

    /// What is sent instead of this answer.
    pub(crate) fn spoilt(&self, mut answer: Vec<u8>) -> Vec<u8> {
        self.edit(|script| script.unreadable.iter().for_each(|words| spoil(&mut answer, words)));
        answer
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

    /// Counts a device's call and says what is to happen to it.
    pub(crate) fn call(&self, device: i64, method: &str) -> Fate {
        let (mut fate, before) = self.edit(|script| {
            let mut fate = script.usual(method);
            let mut before = Vec::new();
            for trouble in script.rules.iter_mut().filter_map(|rule| rule.strikes(method)) {
                fate.suffer(trouble, &mut before);
            }
            let now = Instant::now();
            let waits: Vec<RpcError> =
                script.floods.iter_mut().filter_map(|gauge| gauge.exceeded(device, method, now)).collect();
            fate.failure = waits.into_iter().next().or(fate.failure);
            (fate, before)
        });
        for trouble in before {
            match trouble {
                Trouble::ChangeSalts => self.change_salts(),
                Trouble::ForgetKeys => {
                    self.forget_keys();
                    self.cut_connections();
                }
                _ => self.cut_connections(),
            }
        }
        if fate.failure.is_some() {
            fate.lost = false;
        }
        fate
    }

    /// What is sent to a device instead of these updates.
    pub(crate) fn updates(&self, device: i64, updates: Vec<u8>) -> Vec<Vec<u8>> {
        let updates = self.spoilt(updates);
        self.edit(|script| {
            script.disturbances.iter_mut().fold(vec![updates], |all, disturbing| {
                all.into_iter().flat_map(|updates| disturbing.disturb(device, updates)).collect()
            })
        })
    }

    /// After how many bytes this new connection is to be closed.
    pub(crate) fn lifetime(&self, dc: i32) -> Option<u64> {
        self.edit(|script| {
            let fits = |closing: &&mut ClosingConnections| closing.times > 0 && closing.dc.is_none_or(|of| of == dc);
            let closing = script.closing.iter_mut().find(fits)?;
            closing.times -= 1;
            Some(closing.close_after_bytes)
        })
    }

    /// Resolves when this datacenter is not stalled.
    pub(crate) async fn unstalled(&self, dc: i32) {
        if !self.shared.stalled.borrow().contains(&dc) {
            return;
        }
        // The sender lives in self, so that this cannot fail.
        let _ = self.shared.stalled.subscribe().wait_for(|all| !all.contains(&dc)).await;
    }

    /// How a key exchange that is complete is to end.
    pub(crate) fn exchange(&self) -> ExchangeFate {
        self.edit(|script| {
            if script.fail_exchanges > 0 {
                script.fail_exchanges -= 1;
                ExchangeFate::Failed
            } else if script.repeat_exchanges > 0 {
                script.repeat_exchanges -= 1;
                ExchangeFate::Repeated
            } else {
                ExchangeFate::Fine
            }
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

    /// Which salts and keys still count.
    pub(crate) fn epochs(&self) -> Epochs {
        let events = *self.shared.events.borrow();
        Epochs { salts: events.salt_changes, keys: events.forgotten_keys }
    }

    /// Told of every cut, stranding, change and forgetting.
    pub(crate) fn events(&self) -> watch::Receiver<Events> {
        self.shared.events.subscribe()
    }

    fn edit<T>(&self, change: impl FnOnce(&mut Script) -> T) -> T {
        change(&mut self.shared.script.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Fate {
    fn suffer(&mut self, trouble: &Trouble, before: &mut Vec<Trouble>) {
        match trouble {
            Trouble::DelayMs(ms) => self.delay += Duration::from_millis(*ms),
            Trouble::Drop => self.lost = true,
            Trouble::Error { code, message } => self.failure = Some(RpcError::new(*code, message)),
            Trouble::Close => self.wreck = Some(Wreck::Close),
            Trouble::Truncate => self.wreck = Some(Wreck::Truncate),
            Trouble::Random(bytes) => self.wreck = Some(Wreck::Random(*bytes)),
            Trouble::UnknownBeside => self.wreck = Some(Wreck::UnknownBeside),
            Trouble::GzipBomb(mib) => self.wreck = Some(Wreck::GzipBomb(*mib)),
            Trouble::Nested(depth) => self.wreck = Some(Wreck::Nested(*depth)),
            Trouble::Unreadable => self.wreck = Some(Wreck::Unreadable),
            Trouble::ChangeSalts | Trouble::ForgetKeys | Trouble::CutConnections => before.push(trouble.clone()),
        }
    }
}

impl Script {
    /// Counts a call; what happens to all calls of the method.
    fn usual(&mut self, method: &str) -> Fate {
        let delay_all = self.delay_all;
        let method = self.method(method);
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
        Fate { delay: delay_all + method.delay, failure, lost, wreck: None }
    }

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
        let fate = scenario.call(1, "help.getConfig");
        assert_eq!(fate.delay, Duration::from_millis(350));
        assert_eq!(fate.failure, Some(RpcError::new(420, "FLOOD_WAIT_5")));
        assert!(!fate.lost);
        assert!(scenario.call(1, "help.getConfig").lost);
        let fate = scenario.call(1, "help.getConfig");
        assert!(fate.failure.is_none() && !fate.lost);
        assert_eq!(scenario.call(1, "users.getUsers").delay, Duration::from_millis(300));
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

    #[tokio::test]
    async fn calm_ends_all_trouble() {
        let scenario = Scenario::default();
        scenario.delay_all(Duration::from_secs(1));
        scenario.fail("help.getConfig", 3, 500, "INTERNAL");
        scenario.trouble("*", 2, Trouble::Drop);
        scenario.refuse_connections(true);
        scenario.stall(2, true);
        scenario.make_unreadable("riddle");
        scenario.disturb_updates(Disturbance { after: 0, times: 9, mishap: Mishap::Miss });
        assert!(scenario.call(1, "help.getConfig").failure.is_some());
        scenario.calm();
        assert_eq!(scenario.call(1, "help.getConfig"), Fate::default());
        assert_eq!(scenario.calls("help.getConfig"), 2);
        assert_eq!(scenario.updates(1, b"a riddle".to_vec()), [b"a riddle".to_vec()]);
        assert!(!scenario.refuses());
        scenario.unstalled(2).await;
    }

    #[test]
    fn strange_methods_do_not_fill_the_memory() {
        let scenario = Scenario::default();
        for i in 0..5000 {
            scenario.call(1, &format!("unknown #{i:08x}"));
        }
        assert!(scenario.edit(|script| script.methods.len()) <= 2001);
    }
}
