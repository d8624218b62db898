//! The pool: which lane a request takes, and what is done about its errors.

use super::datacenter::Datacenter;
use super::establish::probe;
use super::lane::{Command, Lane, LaneHandle, Role, Signs};
use super::network::{NetworkWatch, Occasions};
use super::proxy::{Proxy, ProxyTrouble};
use super::report::{ConnectionReport, DatacenterReport, LaneReport};
use super::session::unix_seconds;
use super::shared::Shared;
use super::waiting::{Answer, Load, Request};
use super::wake::Wakings;
use super::{DcKey, InvokeError, PoolEvent, PoolSettings, Work};
use crate::requests::{
    InFlight, Priority, RequestState, Ticket, is_known_by_random_id, is_wait, may_be_sent_twice, method_of,
    priority_of, waits_by_itself, weight,
};
use grammers_tl_types::{Deserializable as _, RemoteCall, Serializable as _, enums, functions};
use heliograph_schema::Guard;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Connections for files to one datacenter.
const FILE_LANES: usize = 3;

/// A lane for files with so many parts to fetch is worth another one beside it ...
const BUSY_FILE_LANE: usize = 3;

/// ... or with so many pictures, which are small: on a long line they are all on their way before another lane stands.
const MANY_PICTURES: usize = 100;

/// A part of a file may take so many times the deadline of a request, as long as bytes of files keep
/// coming from there.
const SLOW_FILE: u32 = 4;

/// Servers close the connection on anything longer (core.telegram.org/mtproto/service_messages#containers).
const LONGEST_REQUEST: usize = 1_000_000;

/// Tries after an error of the server itself.
const SERVER_ERROR_RETRIES: u32 = 3;

/// A request waits so often for the server's patience; then it is an error.
const MOST_WAITS: u32 = 5;

/// Lanes get so long to end by themselves.
const FAREWELL: Duration = Duration::from_secs(2);

/// The names under which a server says that the account's session has ended.
const SESSION_ENDED: [&str; 7] = [
    "AUTH_KEY_UNREGISTERED",
    "AUTH_KEY_INVALID",
    "AUTH_KEY_DUPLICATED",
    "SESSION_REVOKED",
    "SESSION_EXPIRED",
    "USER_DEACTIVATED",
    "USER_DEACTIVATED_BAN",
];

/// All connections of one account. A clone is the same pool; when the last one is dropped, its tasks end.
#[derive(Clone)]
pub(crate) struct Pool(Arc<Inner>);

struct Inner {
    shared: Arc<Shared>,
    lanes: Mutex<HashMap<(i32, Role), Vec<LaneHandle>>>,
    stopped: AtomicBool,
}

/// A request that can be given to a lane, more than once.
struct Call<'a> {
    dc: i32,
    work: Work,
    body: &'a [u8],
}

/// The way to a lane.
struct Way {
    commands: UnboundedSender<Command>,
    signs: Arc<Signs>,
}

/// Tells the lane when the caller goes away before the answer.
struct CancelOnDrop<'a> {
    way: &'a Way,
    id: u64,
    armed: bool,
}

impl Drop for CancelOnDrop<'_> {
    fn drop(&mut self) {
        if self.armed {
            let _ = self.way.commands.send(Command::Cancel(self.id));
        }
    }
}

impl Pool {
    /// Starts the pool on the current tokio runtime: connects to `home` and stays connected. `known` is what
    /// [`PoolEvent::Datacenter`] gave to keep. Never waits for the network.
    pub fn start(settings: PoolSettings, known: Vec<DcKey>, home: i32, events: UnboundedSender<PoolEvent>) -> Pool {
        Self::over(Shared::new(settings, known, home, events))
    }

    pub(super) fn over(shared: Shared) -> Pool {
        let pool = Pool(Arc::new(Inner {
            shared: Arc::new(shared),
            lanes: Mutex::default(),
            stopped: AtomicBool::new(false),
        }));
        pool.way(pool.0.shared.home(), Role::Main);
        tokio::spawn(watch_network(Arc::downgrade(&pool.0)));
        if let Some(guide) = pool.0.shared.guide() {
            tokio::spawn(find_home(Arc::downgrade(&pool.0), guide));
        }
        pool
    }

    /// What is in flight.
    #[cfg(test)]
    pub(super) fn requests(&self) -> crate::requests::Requests {
        self.0.shared.requests.clone()
    }

    /// The datacenter that has the account.
    #[cfg(test)]
    pub(super) fn home(&self) -> i32 {
        self.0.shared.home()
    }

    /// What the clock of the home datacenter shows, in Unix seconds.
    pub fn server_time(&self) -> i64 {
        let shared = &self.0.shared;
        unix_seconds() + i64::from(shared.datacenter(shared.home()).record().time_offset)
    }

    /// Asks the home datacenter. Waits while connecting, up to the deadline of a request.
    pub async fn invoke<R: RemoteCall>(&self, request: &R) -> Result<R::Return, InvokeError> {
        let home = self.0.shared.home();
        let body = request.to_bytes();
        read::<R>(&body, &self.ask(&Call { dc: home, work: Work::Requests, body: &body }).await?)
    }

    /// Asks any datacenter. Carries the account's authorization there when needed.
    pub async fn invoke_on<R: RemoteCall>(&self, dc: i32, work: Work, request: &R) -> Result<R::Return, InvokeError> {
        let body = request.to_bytes();
        if dc != self.0.shared.home() {
            self.wait_for_addresses().await?;
        }
        if self.0.shared.is_home(dc) {
            let call = Call { dc: self.0.shared.home(), work, body: &body };
            return read::<R>(&body, &self.ask(&call).await?);
        }
        let call = Call { dc, work, body: &body };
        let target = self.0.shared.datacenter(dc);
        if target.address(work).is_none() {
            return Err(InvokeError::NotConnected);
        }
        let imports = self.authorize(&target, work).await?;
        match self.ask(&call).await {
            // The key was not what we thought it was: carried there again, once.
            Err(error) if error.is("AUTH_KEY_UNREGISTERED") && self.0.shared.signed_in() => {
                if target.imports() == imports {
                    target.set_authorized(false);
                }
                self.authorize(&target, work).await?;
                read::<R>(&body, &self.ask(&call).await?)
            }
            answer => read::<R>(&body, &answer?),
        }
    }

    /// Another datacenter has the account (`PHONE_MIGRATE`, `USER_MIGRATE`, `NETWORK_MIGRATE`).
    pub async fn set_home(&self, dc: i32) {
        let old = self.0.shared.home();
        if dc == old {
            return;
        }
        let _ = self.wait_for_addresses().await;
        self.0.shared.set_home(dc);
        // The main lane is the one that gets the updates: there is one, at home.
        for key in [(old, Role::Main), (dc, Role::Requests)] {
            for lane in self.lanes().remove(&key).unwrap_or_default() {
                let _ = lane.commands.send(Command::Stop);
            }
        }
        self.way(dc, Role::Main);
    }

    /// What waits to connect does so at once.
    fn wake(&self) {
        for lane in self.lanes().values().flatten() {
            let _ = lane.commands.send(Command::Wake);
        }
    }

    /// There is another network, the machine has slept, or someone wants it now: what waits to connect does so at once,
    /// and what is connected is connected anew. Most likely it has died without a word, and to wait until that is certain
    /// would take longer.
    pub fn reconnect_now(&self) {
        for lane in self.lanes().values().flatten() {
            let _ = lane.commands.send(Command::Reconnect);
        }
    }

    /// Takes these proxies from now on; `current` is the one in use, `None` goes straight. With `switching`, the next one
    /// is taken when one does not work. What is connected is connected anew.
    pub fn set_proxies(&self, proxies: Vec<Proxy>, current: Option<usize>, switching: bool) {
        self.0.shared.proxied.set(proxies, current, switching);
        self.reconnect_now();
    }

    /// Which proxy is in use.
    pub fn proxy_in_use(&self) -> Option<usize> {
        self.0.shared.proxied.current()
    }

    /// How everything stands now.
    pub fn report(&self) -> ConnectionReport {
        let shared = &self.0.shared;
        let home = shared.home();
        let mut datacenters: Vec<DatacenterReport> = Vec::new();
        for dc in shared.all_datacenters() {
            let lanes: Vec<LaneReport> = {
                let lanes = self.lanes();
                let of = |role: Role| lanes.get(&(dc.id, role)).into_iter().flatten().map(move |lane| (role, lane));
                let all = of(Role::Main).chain(of(Role::Requests)).chain(of(Role::Files));
                let report = |(role, lane): (Role, &LaneHandle)| LaneReport {
                    files: role == Role::Files,
                    standing: lane.signs.standing(),
                    load: lane.signs.load.load(Ordering::Relaxed),
                };
                all.map(report).collect()
            };
            let received = dc.received.load(Ordering::Relaxed);
            if lanes.is_empty() && received == 0 {
                continue;
            }
            datacenters.push(DatacenterReport {
                id: dc.id,
                home: dc.id == home,
                lanes,
                in_flight: dc.gate.used(),
                received,
                sent: dc.sent.load(Ordering::Relaxed),
                trouble: dc.trouble(),
            });
        }
        datacenters.sort_by_key(|dc| (!dc.home, dc.id));
        let requests = shared.requests.snapshot();
        ConnectionReport { datacenters, requests, waits: shared.requests.waits_now(), proxy: shared.proxied.current() }
    }

    /// Calls a request off, by its number in the registry.
    pub fn call_off(&self, request: u64) {
        self.0.shared.requests.call_off(request);
    }

    /// Tries a proxy beside what is connected: how long a server behind it takes to answer.
    pub async fn check_proxy(&self, proxy: &Proxy) -> Result<Duration, ProxyTrouble> {
        probe(&self.0.shared, proxy).await
    }

    /// Notes that someone has signed in at home, or that nobody is any more.
    pub fn authorized(&self, authorized: bool) {
        let shared = &self.0.shared;
        shared.set_signed_in(authorized);
        if !authorized {
            return shared.withdraw_authorizations();
        }
        let home = shared.datacenter(shared.home());
        if home.set_authorized(true) {
            shared.tell(PoolEvent::Datacenter(home.record()));
        }
    }

    /// Ends all connections. What is in flight fails, and what comes later.
    pub async fn shut_down(&self) {
        self.0.stopped.store(true, Ordering::Release);
        let lanes: Vec<LaneHandle> = self.lanes().drain().flat_map(|(_, lanes)| lanes).collect();
        for lane in &lanes {
            let _ = lane.commands.send(Command::Stop);
        }
        for request in self.0.shared.requests.snapshot() {
            let InFlight { method, datacenter, since, bytes, state, .. } = request;
            tracing::debug!(method, datacenter, waited = ?since.elapsed(), bytes, ?state, "in flight at the end");
        }
        for mut lane in lanes {
            if tokio::time::timeout(FAREWELL, &mut lane.task).await.is_err() {
                lane.task.abort();
            }
        }
    }

    /// Asks, and asks again after errors of the server itself if that is harmless.
    async fn ask(&self, call: &Call<'_>) -> Answer {
        let method = method_of(call.body);
        let shared = &self.0.shared;
        if call.body.len() > LONGEST_REQUEST {
            return Err(InvokeError::Protocol(format!("{method} is too long to be sent")));
        }
        let priority = match call.work {
            Work::Requests => priority_of(method),
            Work::Files => Priority::Background,
            Work::Pictures => Priority::Usual,
        };
        let ticket = shared.requests.enter(method, call.dc, call.body.len(), priority);
        tokio::select! {
            answer = self.ask_patiently(call, method, &ticket, priority) => answer,
            () = ticket.called_off() => Err(InvokeError::CalledOff),
        }
    }

    /// Asks until there is an answer, or an error that trying again does not mend.
    async fn ask_patiently(
        &self,
        call: &Call<'_>,
        method: &'static str,
        ticket: &Ticket,
        priority: Priority,
    ) -> Answer {
        let shared = &self.0.shared;
        let mut deadline = Instant::now() + shared.timings.request;
        // An answer to what was asked before signing in says nothing about the session since.
        let signed_in = shared.signed_in();
        let (mut retries, mut waits) = (0, 0);
        loop {
            // Somebody was told to wait with this: asking all the same would make it longer.
            if signed_in
                && let Some(until) = shared.requests.wait_of(call.dc, method)
                && waits_by_itself(method, until)
            {
                shared.requests.set(ticket.id(), RequestState::Waiting(until));
                tokio::time::sleep_until(until.into()).await;
                deadline = deadline.max(Instant::now() + shared.timings.request);
                shared.requests.set(ticket.id(), RequestState::Queued);
            }
            let answer = self.ask_once(call, method, ticket.id(), priority, deadline).await;
            let Err(InvokeError::Rpc { code, name, value }) = &answer else { return answer };
            // The server has it already: it says so again however often it is asked.
            if name == "RANDOM_ID_DUPLICATE" {
                return answer;
            }
            if is_wait(name) {
                let until = shared.requests.wait(call.dc, method, value.unwrap_or(1));
                tracing::debug!(dc = call.dc, method, seconds = value, "the server asks for patience");
                waits += 1;
                if signed_in && waits <= MOST_WAITS && waits_by_itself(method, until) {
                    continue;
                }
                // It went out again by itself when a connection was lost, and only that is refused: what was sent before
                // may have arrived. Whoever sends has to find out, and not take it for something that never went out.
                let uncertain = is_known_by_random_id(method) && ticket.was_repeated();
                return if uncertain { Err(InvokeError::Dropped) } else { answer };
            }
            if signed_in && SESSION_ENDED.contains(&name.as_str()) && call.dc == shared.home() {
                shared.signed_out();
            }
            // Also negative ones: -503 is a timeout inside.
            let passing = (*code >= 500 || *code < 0) && may_be_sent_twice(method);
            if !passing || retries >= SERVER_ERROR_RETRIES {
                return answer;
            }
            retries += 1;
            let pause = shared.timings.server_error * retries;
            if Instant::now() + pause >= deadline {
                return answer;
            }
            shared.requests.set(ticket.id(), RequestState::Retrying(retries));
            tokio::time::sleep(pause).await;
        }
    }

    /// Gives a request to a lane and waits for its answer, or for the deadline.
    async fn ask_once(
        &self,
        call: &Call<'_>,
        method: &'static str,
        id: u64,
        priority: Priority,
        deadline: Instant,
    ) -> Answer {
        let role = self.role(call.dc, call.work);
        // What waits at the gate is not on its way yet: only what stands still there for a whole deadline has failed.
        let gate = self.0.shared.datacenter(call.dc).gate.clone();
        let room = gate.pass(priority, weight(method, call.body));
        let (began, limit) = (Instant::now(), deadline + self.0.shared.timings.request * (SLOW_FILE - 1));
        let Ok(Some(permit)) = tokio::time::timeout_at(limit, room).await else {
            return Err(InvokeError::NotConnected);
        };
        let deadline = deadline + began.elapsed();
        let way = self.way_for(call.dc, role, call.work).ok_or(InvokeError::NotConnected)?;
        let (sender, mut answer) = oneshot::channel();
        let load = Load::on(&way.signs.load);
        let body = call.body.to_vec();
        let request = Request { id, method, priority, body, answer: sender, _load: load, _permit: permit };
        way.commands.send(Command::Ask(request)).map_err(|_| InvokeError::NotConnected)?;
        let mut cancel = CancelOnDrop { way: &way, id, armed: true };
        let mut until = deadline;
        loop {
            tokio::select! {
                answer = &mut answer => {
                    cancel.armed = false;
                    return answer.unwrap_or(Err(InvokeError::NotConnected));
                }
                () = tokio::time::sleep_until(until) => {
                    match self.slow_but_alive(call, deadline) {
                        Some(later) => until = later,
                        None if way.signs.online.load(Ordering::Acquire) => return Err(InvokeError::Deadline),
                        None => return Err(InvokeError::NotConnected),
                    }
                }
            }
        }
    }

    /// What kind of lane such work takes.
    fn role(&self, dc: i32, work: Work) -> Role {
        match work {
            Work::Files | Work::Pictures => Role::Files,
            Work::Requests if dc == self.0.shared.home() => Role::Main,
            Work::Requests => Role::Requests,
        }
    }

    /// How long a part of a file may still take, if answers keep coming and the line is only slow.
    fn slow_but_alive(&self, call: &Call<'_>, deadline: Instant) -> Option<Instant> {
        let shared = &self.0.shared;
        let limit = deadline + shared.timings.request * (SLOW_FILE - 1);
        let progressed = shared.datacenter(call.dc).files_progressed.load(Ordering::Relaxed);
        let progressed = Duration::from_millis(progressed);
        let stalled = shared.started.elapsed().saturating_sub(progressed);
        let left = shared.timings.request.checked_sub(stalled)?;
        let later = (Instant::now() + left).min(limit);
        (call.work.is_files() && later > Instant::now()).then_some(later)
    }

    /// Sees to it that the account's authorization is on the key of another datacenter. Those who come while it is
    /// on its way share the one attempt. The number of imports so far.
    async fn authorize(&self, target: &Datacenter, work: Work) -> Result<u64, InvokeError> {
        let shared = &self.0.shared;
        // Before someone has signed in there is nothing to carry.
        if target.authorized() || !shared.signed_in() {
            return Ok(target.imports());
        }
        let before = target.import_attempts.load(Ordering::Acquire);
        let mut last_failure = target.import.lock().await;
        if target.authorized() {
            return Ok(target.imports());
        }
        if before != target.import_attempts.load(Ordering::Acquire)
            && let Some(failure) = &*last_failure
        {
            return Err(failure.clone());
        }
        let result = self.carry_authorization(target, work).await;
        target.import_attempts.fetch_add(1, Ordering::AcqRel);
        *last_failure = result.err();
        if let Some(failure) = &*last_failure {
            tracing::debug!(dc = target.id, %failure, "the authorization could not be carried there");
            return Err(failure.clone());
        }
        target.imported();
        shared.tell(PoolEvent::Datacenter(target.record()));
        Ok(target.imports())
    }

    async fn carry_authorization(&self, target: &Datacenter, work: Work) -> Result<(), InvokeError> {
        let mut result = Ok(());
        for _ in 0..2 {
            result = self.export_and_import(target, work).await;
            match &result {
                // The exported bytes count once: cut off in between, they must be made anew.
                Err(InvokeError::Dropped) => {}
                Err(error) if error.is("AUTH_BYTES_INVALID") => {}
                _ => break,
            }
        }
        result
    }

    async fn export_and_import(&self, target: &Datacenter, work: Work) -> Result<(), InvokeError> {
        // The way there is made, and a key agreed on, while home is asked: that takes four times there and back.
        if let Some(way) = self.way_for(target.id, self.role(target.id, work), work) {
            let _ = way.commands.send(Command::Prepare);
        }
        let export = functions::auth::ExportAuthorization { dc_id: target.id };
        let enums::auth::ExportedAuthorization::Authorization(exported) = self.invoke(&export).await?;
        let import = functions::auth::ImportAuthorization { id: exported.id, bytes: exported.bytes };
        // What comes back is our own user, which is known.
        self.ask(&Call { dc: target.id, work, body: &import.to_bytes() }).await.map(|_| ())
    }

    /// With a server of one's own, other datacenters are known once the first one has named them.
    async fn wait_for_addresses(&self) -> Result<(), InvokeError> {
        let shared = &self.0.shared;
        if !shared.is_custom() {
            return Ok(());
        }
        let mut configured = shared.configured.subscribe();
        let named = tokio::time::timeout(shared.timings.request, configured.wait_for(|configured| *configured)).await;
        match named {
            Ok(Ok(_)) => Ok(()),
            _ => Err(InvokeError::NotConnected),
        }
    }

    /// The lane to take: the least busy one, or a new one. `None` after [`Pool::shut_down`].
    fn way(&self, dc: i32, role: Role) -> Option<Way> {
        self.way_for(dc, role, if role == Role::Files { Work::Files } else { Work::Requests })
    }

    /// The same for this work: pictures rather take one that stands.
    fn way_for(&self, dc: i32, role: Role, work: Work) -> Option<Way> {
        let mut lanes = self.lanes();
        if self.0.stopped.load(Ordering::Acquire) {
            return None;
        }
        let lanes = lanes.entry((dc, role)).or_default();
        // A lane's task only ends when it is told to.
        lanes.retain(|lane| !lane.task.is_finished());
        let load = |lane: &LaneHandle| lane.signs.load.load(Ordering::Relaxed);
        let most = if role == Role::Files { FILE_LANES } else { 1 };
        let least = lanes.iter().map(load).min();
        let busy = if work == Work::Pictures { MANY_PICTURES } else { BUSY_FILE_LANE };
        if least.is_none_or(|least| least >= busy && lanes.len() < most) {
            let shared = &self.0.shared;
            lanes.push(Lane::start(shared.clone(), shared.datacenter(dc), role));
        }
        let stands = |lane: &LaneHandle| work == Work::Pictures && lane.signs.online.load(Ordering::Acquire);
        let lane = lanes.iter().min_by_key(|lane| (!stands(lane), load(lane)))?;
        Some(Way { commands: lane.commands.clone(), signs: lane.signs.clone() })
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<(i32, Role), Vec<LaneHandle>>> {
        self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn shared(&self) -> &Shared {
        &self.0.shared
    }

    /// Whether a lane for this has a connection.
    #[cfg(test)]
    pub(super) fn is_connected(&self, dc: i32, work: Work) -> bool {
        let role = if work == Work::Files { Role::Files } else { Role::Requests };
        let lanes = self.lanes();
        lanes.get(&(dc, role)).is_some_and(|lanes| lanes.iter().any(|lane| lane.signs.online.load(Ordering::Acquire)))
    }

    /// How many lanes for files there are.
    #[cfg(test)]
    pub(super) fn lanes_for_files(&self, dc: i32) -> usize {
        self.lanes().get(&(dc, Role::Files)).map_or(0, Vec::len)
    }

    /// Whoever listens falls over this.
    #[cfg(test)]
    pub fn throw_stone(&self) {
        self.0.shared.tell(PoolEvent::Stone);
    }

    /// Makes every lane panic, as a fault of ours would.
    #[cfg(test)]
    pub fn panic_all(&self) {
        for lane in self.lanes().values().flatten() {
            let _ = lane.commands.send(Command::Panic);
        }
    }
}

/// Lets the lanes know of another network and of the end of a sleep, for as long as there is a pool.
async fn watch_network(pool: Weak<Inner>) {
    // First the ear, then the look: nothing can happen between the two that nobody notices.
    let mut occasions = Occasions::start();
    let mut network = NetworkWatch::start();
    let mut wakings = Wakings::start();
    loop {
        let slept = tokio::select! {
            () = occasions.next() => false,
            () = wakings.next() => true,
        };
        let Some(inner) = pool.upgrade() else { return };
        if network.changed() || slept {
            tracing::debug!(slept, "the network may have changed");
            Pool(inner).reconnect_now();
        }
    }
}

/// Asks another datacenter where the home one is, and has it connected then.
async fn find_home(pool: Weak<Inner>, guide: i32) {
    let body = functions::help::GetConfig {}.to_bytes();
    loop {
        let Some(inner) = pool.upgrade() else { return };
        if inner.stopped.load(Ordering::Acquire) || *inner.shared.configured.borrow() {
            return;
        }
        let pool_now = Pool(inner);
        let answer = pool_now.ask(&Call { dc: guide, work: Work::Requests, body: &body }).await;
        match answer.and_then(|answer| read::<functions::help::GetConfig>(&body, &answer)) {
            Ok(config) => {
                pool_now.0.shared.configure(guide, config);
                // What waits for it connects at once. What is connected already is right.
                return pool_now.wake();
            }
            Err(error) => tracing::debug!(%error, "nobody says where home is"),
        }
        let pause = pool_now.0.shared.timings.server_error;
        drop(pool_now);
        tokio::time::sleep(pause).await;
    }
}

/// Reads an answer. Long lists take a while, so this runs in the task of the caller, not in the lane.
fn read<R: RemoteCall>(request: &[u8], body: &[u8]) -> Result<R::Return, InvokeError> {
    // Readers follow values into themselves as deep as they are told to, to the end of the stack.
    let method = request.first_chunk::<4>().map_or(0, |id| u32::from_le_bytes(*id));
    Guard::get()
        .answer(method, body)
        .map_err(|error| InvokeError::Protocol(format!("an answer cannot be read: {error}")))?;
    R::Return::from_bytes(body).map_err(|error| InvokeError::Protocol(format!("an answer cannot be read: {error}")))
}
