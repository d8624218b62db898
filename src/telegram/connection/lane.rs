//! A lane: one task with one connection to one datacenter, that keeps itself alive.

mod conversation;
mod pulse;

use super::backoff::Backoff;
use super::bulk;
use super::datacenter::{Datacenter, Denial};
use super::establish::{EstablishError, Established, establish};
use super::packet::PacketError;
use super::report::{Standing, Trouble};
use super::session::SessionError;
use super::shared::Shared;
use super::waiting::{Request, Waiting};
use super::{InvokeError, PoolEvent, Work};
use futures::FutureExt as _;
use heliograph_model::Connection;
use pulse::ClockWatch;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

/// The pause after "too many connections".
const FLOOD_PAUSE: Duration = Duration::from_secs(8);

/// A sleep is looked at so often, to see whether the machine slept meanwhile.
const LONGEST_NAP: Duration = Duration::from_secs(2);

/// What a lane is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// The home datacenter: always connected, gets the updates.
    Main,
    /// Small requests to another datacenter, connected while needed.
    Requests,
    /// Parts of files, connected while needed.
    Files,
}

impl Role {
    fn work(self) -> Work {
        match self {
            Role::Main | Role::Requests => Work::Requests,
            Role::Files => Work::Files,
        }
    }
}

/// What a lane is told.
pub(super) enum Command {
    /// Ask this.
    Ask(Request),
    /// Connect: something is to be asked soon.
    Prepare,
    /// Nobody waits for this one any more.
    Cancel(u64),
    /// What waits to connect does so at once; what is connected, or about to be, stays.
    Wake,
    /// There is another network or another way: what is connected is connected anew, and nothing is waited for.
    Reconnect,
    /// End.
    Stop,
    /// A panic, as a fault of ours would be.
    #[cfg(test)]
    Panic,
}

/// What others can see of a lane.
#[derive(Default)]
pub(super) struct Signs {
    /// Requests that it has.
    pub load: Arc<AtomicUsize>,
    /// It has a connection over which the server has answered.
    pub online: AtomicBool,
    standing: Mutex<Standing>,
}

impl Signs {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stands(&self, standing: Standing) {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = standing;
    }
}

/// The handle to a lane; dropping it ends the lane.
pub(super) struct LaneHandle {
    pub commands: UnboundedSender<Command>,
    pub signs: Arc<Signs>,
    pub task: JoinHandle<()>,
}

/// The lane itself, inside its task.
pub(super) struct Lane {
    shared: Arc<Shared>,
    dc: Arc<Datacenter>,
    role: Role,
    commands: UnboundedReceiver<Command>,
    signs: Arc<Signs>,
    waiting: Waiting,
    backoff: Backoff,
    said: Option<Connection>,
    /// It was online before: the next connection means a gap in the updates.
    was_online: bool,
}

/// Why a connection, or the lane, ended.
#[derive(Debug, thiserror::Error)]
enum End {
    #[error("told to stop")]
    Stopped,
    #[error("nothing to do")]
    Idle,
    #[error("it is connected anew")]
    Superseded,
    #[error("the server is silent")]
    Silent,
    #[error("the server rejected our messages with code {0}")]
    Rejected(i32),
    #[error("no randomness from the system")]
    NoRandomness,
    #[error(transparent)]
    Packet(#[from] PacketError),
    #[error(transparent)]
    Session(#[from] SessionError),
}

impl End {
    /// What went wrong, if something did.
    fn trouble(&self) -> Option<Trouble> {
        match self {
            End::Stopped | End::Idle | End::Superseded => None,
            End::Silent => Some(Trouble::Silent),
            End::Rejected(code) => Some(Trouble::Rejected(*code)),
            End::NoRandomness => Some(Trouble::Fault),
            End::Packet(error) => Some(Trouble::from(error)),
            End::Session(_) => Some(Trouble::Nonsense),
        }
    }
}

/// A connection in the making.
type Attempt = dyn Future<Output = Result<Established, EstablishError>> + Send;

/// What was done about a command.
#[derive(PartialEq, Eq)]
enum Heard {
    Work,
    Prepare,
    /// A request that was sent has been cancelled, by its message number.
    Dropped(i64),
    Wake,
    Reconnect,
    Stop,
}

/// How a pause ended.
#[derive(PartialEq, Eq)]
enum Pause {
    Over,
    Stop,
}

impl Lane {
    /// Starts a lane in a task of its own.
    pub fn start(shared: Arc<Shared>, dc: Arc<Datacenter>, role: Role) -> LaneHandle {
        let (commands, receiver) = unbounded_channel();
        let signs = Arc::new(Signs::default());
        let lane = Lane {
            waiting: Waiting::new(shared.requests.clone()),
            shared,
            dc,
            role,
            commands: receiver,
            signs: signs.clone(),
            backoff: Backoff::default(),
            said: None,
            was_online: false,
        };
        let task = match role {
            Role::Main | Role::Requests => tokio::spawn(lane.run()),
            Role::Files => bulk::handle().spawn(lane.run()),
        };
        LaneHandle { commands, signs, task }
    }

    /// Runs until told to stop. A panic costs the requests that are here, no more.
    async fn run(mut self) {
        loop {
            let ended = AssertUnwindSafe(self.live()).catch_unwind().await;
            self.signs.online.store(false, Ordering::Release);
            if ended.is_ok() {
                break;
            }
            tracing::error!(dc = self.dc.id, role = ?self.role, "a lane panicked and is built anew");
            self.dc.troubled(Trouble::Fault);
            self.waiting.fail_all(&InvokeError::Dropped);
            let pause = self.backoff.failed();
            if self.pause(pause).await == Pause::Stop {
                break;
            }
        }
        self.waiting.fail_all(&InvokeError::NotConnected);
    }

    /// Connects, speaks, and connects again. Returns when told to stop.
    async fn live(&mut self) {
        loop {
            // Only the main lane is connected without being asked.
            while self.role != Role::Main && self.waiting.is_empty() {
                self.signs.stands(Standing::Idle);
                let command = self.commands.recv().await;
                match self.hear(command) {
                    Heard::Stop => return,
                    Heard::Prepare => break,
                    Heard::Work | Heard::Dropped(_) | Heard::Wake | Heard::Reconnect => {}
                }
            }
            self.signs.stands(Standing::Connecting);
            self.say(Connection::Connecting);
            let attempt = Box::pin(establish(self.shared.clone(), self.dc.clone(), self.role.work()));
            let pause = match self.meanwhile(attempt).await {
                None => return,
                Some(Err(EstablishError::Superseded)) => Duration::ZERO,
                Some(Err(error)) => {
                    tracing::debug!(dc = self.dc.id, role = ?self.role, %error, "no connection");
                    self.dc.troubled(Trouble::from(&error));
                    let pause = self.backoff.failed();
                    if error.is_flood() { pause.max(FLOOD_PAUSE) } else { pause }
                }
                Some(Ok(established)) => match self.speak(established).await {
                    None => return,
                    Some(pause) => pause,
                },
            };
            if self.pause(pause).await == Pause::Stop {
                return;
            }
        }
    }

    /// Speaks over one connection until it ends; the pause before the next one, or `None` to stop.
    async fn speak(&mut self, established: Established) -> Option<Duration> {
        let key = established.credentials.key.clone();
        let began = Instant::now();
        let end = self.converse(established).await;
        let answered = self.signs.online.swap(false, Ordering::AcqRel);
        tracing::debug!(dc = self.dc.id, role = ?self.role, answered, reason = %end, "the connection ended");
        if let Some(trouble) = end.trouble() {
            self.dc.troubled(trouble);
        }
        self.waiting.disconnected();
        if answered {
            self.backoff.answered();
            if began.elapsed() >= self.shared.timings.steady {
                self.backoff.held();
            }
        }
        // Transport errors and rejections are answers of the right server.
        let reached = matches!(end, End::Packet(PacketError::Status(_)) | End::Rejected(_));
        let superseded = matches!(end, End::Superseded);
        if !answered && !reached && !superseded {
            self.dc.next_address();
        }
        if !superseded {
            self.shared.connector.tried(answered || reached);
        }
        match end {
            End::Stopped => return None,
            End::Idle | End::Superseded => return Some(Duration::ZERO),
            End::Packet(PacketError::Status(404)) => {
                if let Denial::Forgotten { was_authorized } = self.dc.denied(&key) {
                    tracing::warn!(dc = self.dc.id, "the server has forgotten our key");
                    self.shared.tell(PoolEvent::Datacenter(self.dc.record()));
                    if was_authorized && self.dc.id == self.shared.home() {
                        self.shared.signed_out();
                    }
                }
            }
            End::Packet(PacketError::Status(429)) => return Some(self.backoff.failed().max(FLOOD_PAUSE)),
            _ => {}
        }
        Some(self.backoff.failed())
    }

    /// Connects while listening; `None` if told to stop.
    async fn meanwhile(&mut self, mut work: Pin<Box<Attempt>>) -> Option<Result<Established, EstablishError>> {
        loop {
            tokio::select! {
                done = &mut work => return Some(done),
                command = self.commands.recv() => match self.hear(command) {
                    Heard::Stop => return None,
                    Heard::Reconnect => return Some(Err(EstablishError::Superseded)),
                    Heard::Work | Heard::Prepare | Heard::Dropped(_) | Heard::Wake => {}
                },
            }
        }
    }

    /// Waits before the next try, unless woken or the machine has slept.
    async fn pause(&mut self, pause: Duration) -> Pause {
        let until = Instant::now() + pause;
        let mut clock = ClockWatch::start();
        self.signs.stands(Standing::Waiting(until));
        if pause >= Duration::from_millis(500) {
            self.say(Connection::Waiting(u32::try_from(pause.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)));
        }
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || clock.jumped() {
                return Pause::Over;
            }
            tokio::select! {
                () = tokio::time::sleep(left.min(LONGEST_NAP)) => {}
                command = self.commands.recv() => match self.hear(command) {
                    Heard::Stop => return Pause::Stop,
                    Heard::Wake | Heard::Reconnect => return Pause::Over,
                    Heard::Work | Heard::Prepare | Heard::Dropped(_) => {}
                },
            }
        }
    }

    /// Does what does not depend on the connection. `None`: the pool is gone.
    fn hear(&mut self, command: Option<Command>) -> Heard {
        match command {
            Some(Command::Ask(request)) => self.waiting.add(request),
            Some(Command::Cancel(id)) => {
                if let Some(message) = self.waiting.cancel(id) {
                    return Heard::Dropped(message);
                }
            }
            Some(Command::Prepare) => return Heard::Prepare,
            Some(Command::Wake) => return Heard::Wake,
            Some(Command::Reconnect) => return Heard::Reconnect,
            Some(Command::Stop) | None => return Heard::Stop,
            #[cfg(test)]
            #[allow(clippy::panic, reason = "what the test is about")]
            Some(Command::Panic) => panic!("asked for by a test"),
        }
        Heard::Work
    }

    /// Says how the connection stands, if this is the lane that people care for and it is new.
    fn say(&mut self, connection: Connection) {
        if self.role == Role::Main && self.said != Some(connection) {
            self.said = Some(connection);
            self.shared.tell(PoolEvent::Connection(connection));
        }
    }
}
