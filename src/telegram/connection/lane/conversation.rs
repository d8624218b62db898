//! What happens on a connection while it stands.

use super::pulse::{ClockWatch, Pulse};
use super::{End, Heard, Lane, Role};
use crate::connection::establish::Established;
use crate::connection::packet::{Inbox, Outbox, PacketError, Wire};
use crate::connection::report::Standing;
use crate::connection::session::{Incoming, Session, unix_now};
use crate::connection::{InvokeError, PoolEvent, Unread};
use grammers_tl_types::{Deserializable as _, Identifiable as _, Serializable as _, enums, functions};
use heliograph_model::Connection;
use heliograph_store::AuthKey;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::Instant;

/// No more is packed while so much waits to be written: it would only lie here.
const FULL_OUTBOX: usize = 1 << 20;

/// Acknowledgements that wait are sent alone once there are so many.
const MANY_ERRANDS: usize = 16;

/// The timers are looked at this often at least, to see whether the machine has slept. Linux says so by itself
/// (`wake.rs`); this is for the case that it does not.
const LONGEST_NAP: Duration = Duration::from_secs(if cfg!(target_os = "linux") { 60 } else { 5 });

/// The server closes the connection if it hears no ping for so long (in seconds).
const DISCONNECT_DELAY: i32 = 75;

/// One connection that stands.
struct Talk {
    session: Session,
    key: AuthKey,
    outbox: Outbox,
    pulse: Pulse,
    /// What goes before a request until the server has answered one: who we are.
    introduction: Vec<u8>,
    introduced: bool,
    /// Our own question for the datacenters' addresses.
    config: Config,
    /// The server said that the session is new to it.
    new_session: bool,
    /// Since when acknowledgements wait.
    errands_since: Option<Instant>,
    idle_since: Option<Instant>,
    /// Cancelled requests whose answers the server need not send.
    dropped: Vec<i64>,
    ping: bool,
}

#[derive(PartialEq, Eq)]
enum Config {
    NotNeeded,
    ToAsk,
    Asked(i64),
}

impl Lane {
    /// Speaks until the connection ends.
    pub(super) async fn converse(&mut self, established: Established) -> End {
        let Established { wire: Wire { stream, mut inbox, outbox }, credentials } = established;
        let Some(session) = Session::new(&credentials.key, credentials.salt, credentials.time_offset) else {
            return End::NoRandomness;
        };
        let mut talk = Talk {
            session,
            key: credentials.key,
            outbox,
            pulse: Pulse::start(self.shared.timings),
            introduction: self.shared.introduction(),
            introduced: false,
            config: if self.role == Role::Main { Config::ToAsk } else { Config::NotNeeded },
            new_session: false,
            errands_since: None,
            idle_since: None,
            dropped: Vec::new(),
            ping: false,
        };
        if self.was_online && self.role == Role::Main {
            // Asked for with the first words: on a long line that is one way there and back less.
            self.shared.tell(PoolEvent::MayHaveGap);
        }
        let (mut reader, mut writer) = tokio::io::split(stream);
        let mut clock = ClockWatch::start();
        loop {
            self.pack(&mut talk);
            let wake_at = self.next_look(&mut talk);
            let step: Result<ControlFlow<End>, PacketError> = tokio::select! {
                command = self.commands.recv() => Ok(self.hear_all(command, &mut talk)),
                read = inbox.fill(&mut reader) => read.map(|read| {
                    self.dc.received.fetch_add(read as u64, Ordering::Relaxed);
                    self.take_in(&mut inbox, &mut talk)
                }),
                written = talk.outbox.write_some(&mut writer), if talk.outbox.len() > 0 => {
                    written.map(|()| ControlFlow::Continue(()))
                }
                () = tokio::time::sleep_until(wake_at) => Ok(self.look(&mut talk, &mut clock)),
            };
            match step {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(end)) => return end,
                Err(error) => return error.into(),
            }
        }
    }

    /// Takes all commands that are there, so that what was asked at once leaves at once.
    fn hear_all(&mut self, first: Option<super::Command>, talk: &mut Talk) -> ControlFlow<End> {
        let mut next = Some(first);
        while let Some(command) = next {
            match self.hear(command) {
                Heard::Work | Heard::Prepare => {}
                Heard::Dropped(message) => {
                    // Small answers are cheaper to ignore than to call off.
                    if self.role == Role::Files {
                        talk.dropped.push(message);
                    }
                }
                Heard::Wake => {}
                Heard::Reconnect => return ControlFlow::Break(End::Superseded),
                Heard::Stop => return ControlFlow::Break(End::Stopped),
            }
            next = self.commands.try_recv().ok().map(Some);
        }
        ControlFlow::Continue(())
    }

    /// Packs what waits into packets.
    fn pack(&mut self, talk: &mut Talk) {
        while talk.outbox.len() < FULL_OUTBOX {
            let wants_acknowledgements = talk.session.errands() >= MANY_ERRANDS
                || talk.errands_since.is_some_and(|since| since.elapsed() >= self.shared.timings.acknowledge);
            let something = self.waiting.has_queued()
                || talk.config == Config::ToAsk
                || talk.ping
                || !talk.dropped.is_empty()
                || wants_acknowledgements;
            if !something {
                return;
            }
            let mut packet = talk.session.begin();
            talk.errands_since = None;
            if std::mem::take(&mut talk.ping) {
                let ping_id = i64::from(unix_now().subsec_nanos());
                let ping = functions::PingDelayDisconnect { ping_id, disconnect_delay: DISCONNECT_DELAY };
                talk.session.add(&mut packet, &[], &ping.to_bytes());
            }
            for message in talk.dropped.drain(..) {
                let drop = functions::RpcDropAnswer { req_msg_id: message };
                talk.session.add(&mut packet, &[], &drop.to_bytes());
            }
            let head = self.head(talk);
            if talk.config == Config::ToAsk {
                let body = functions::help::GetConfig {}.to_bytes();
                talk.config = Config::Asked(talk.session.add(&mut packet, &head, &body));
            }
            while !packet.is_full() && self.waiting.send_next(|body| talk.session.add(&mut packet, &head, body)) {}
            if packet.is_empty() {
                return;
            }
            let waiting = talk.outbox.len();
            talk.outbox.push(talk.session.seal(packet));
            self.dc.sent.fetch_add(talk.outbox.len().saturating_sub(waiting) as u64, Ordering::Relaxed);
            if !talk.introduced {
                talk.pulse.asked();
            }
        }
    }

    /// What goes before a request now.
    fn head(&self, talk: &Talk) -> Vec<u8> {
        let mut head = if talk.introduced { Vec::new() } else { talk.introduction.clone() };
        if self.role != Role::Main {
            head.extend_from_slice(&functions::InvokeWithoutUpdates::<i32>::CONSTRUCTOR_ID.to_le_bytes());
        }
        head
    }

    /// Takes in all packets that are there.
    fn take_in(&mut self, inbox: &mut Inbox, talk: &mut Talk) -> ControlFlow<End> {
        talk.pulse.heard();
        let mut progress = false;
        loop {
            let range = match inbox.take() {
                Ok(Some(range)) => range,
                Ok(None) => break,
                Err(error) => return ControlFlow::Break(error.into()),
            };
            let found = match talk.session.open(inbox.packet(range)) {
                Ok(found) => found,
                Err(error) => return ControlFlow::Break(error.into()),
            };
            self.dc.accepted();
            for incoming in found {
                // A pong is a sign of life, not of an answer.
                progress |= matches!(incoming, Incoming::Answer { .. });
                self.act(incoming, talk)?;
            }
        }
        if self.role == Role::Files && (progress || inbox.is_amid_packet()) {
            let since_start = u64::try_from(self.shared.started.elapsed().as_millis()).unwrap_or(u64::MAX);
            self.dc.files_progressed.store(since_start, Ordering::Relaxed);
        }
        if self.dc.tuned(&talk.key, talk.session.salt(), talk.session.time_offset()) {
            self.shared.tell(PoolEvent::Datacenter(self.dc.record()));
        }
        if talk.session.errands() > 0 && talk.errands_since.is_none() {
            talk.errands_since = Some(Instant::now());
        }
        ControlFlow::Continue(())
    }

    fn act(&mut self, incoming: Incoming, talk: &mut Talk) -> ControlFlow<End> {
        match incoming {
            Incoming::Answer { request, body } => {
                self.answered(talk);
                if talk.config == Config::Asked(request) {
                    talk.config = Config::NotNeeded;
                    if let Ok(config) = enums::Config::from_bytes(&body) {
                        self.shared.configure(self.dc.id, config);
                    }
                } else {
                    tracing::trace!(dc = self.dc.id, method = self.waiting.method(request), "answered");
                    self.waiting.answer(request, Ok(body));
                }
            }
            Incoming::Refusal { request, code, name } => {
                if matches!(name.as_str(), "CONNECTION_NOT_INITED" | "CONNECTION_LAYER_INVALID") && talk.introduced {
                    // The server has forgotten who we are: said again before the next request.
                    talk.introduced = false;
                    self.waiting.send_again(&[request]);
                    return ControlFlow::Continue(());
                }
                self.answered(talk);
                if talk.config == Config::Asked(request) {
                    talk.config = Config::NotNeeded;
                } else {
                    tracing::debug!(dc = self.dc.id, method = self.waiting.method(request), code, name, "refused");
                    self.waiting.answer(request, Err(InvokeError::rpc(code, &name)));
                }
            }
            Incoming::StaleSalt { messages } => {
                tracing::trace!(dc = self.dc.id, "a new salt");
                self.again(&messages, talk);
            }
            Incoming::Rejected { messages, code } => {
                self.again(&messages, talk);
                if self.dc.tuned(&talk.key, talk.session.salt(), talk.session.time_offset()) {
                    self.shared.tell(PoolEvent::Datacenter(self.dc.record()));
                }
                return ControlFlow::Break(End::Rejected(code));
            }
            Incoming::NewSession => {
                // The first one is for the session that we have just begun.
                if std::mem::replace(&mut talk.new_session, true) && self.role == Role::Main {
                    self.shared.tell(PoolEvent::MayHaveGap);
                }
            }
            Incoming::Pong => {}
            Incoming::Update(body) => {
                if self.role == Role::Main {
                    self.shared.tell(PoolEvent::Updates(Unread::new(body)));
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// The server has answered a request: it knows us now.
    fn answered(&mut self, talk: &mut Talk) {
        if std::mem::replace(&mut talk.introduced, true) {
            return;
        }
        self.signs.online.store(true, Ordering::Release);
        self.signs.stands(Standing::Online);
        self.say(Connection::Online);
        self.was_online = true;
    }

    fn again(&mut self, messages: &[i64], talk: &mut Talk) {
        if let Config::Asked(config) = talk.config
            && messages.contains(&config)
        {
            talk.config = Config::ToAsk;
        }
        self.waiting.send_again(messages);
    }

    /// When the timers are to be looked at.
    fn next_look(&self, talk: &mut Talk) -> Instant {
        let now = Instant::now();
        let awaiting = self.waiting.has_sent();
        let mut next = talk.pulse.next(awaiting).min(now + LONGEST_NAP);
        if let Some(since) = talk.errands_since {
            next = next.min(since + self.shared.timings.acknowledge);
        }
        if self.role == Role::Main || !self.waiting.is_empty() {
            talk.idle_since = None;
        } else {
            next = next.min(*talk.idle_since.get_or_insert(now) + self.idle_limit());
        }
        next
    }

    fn idle_limit(&self) -> Duration {
        match self.role {
            Role::Files => self.shared.timings.idle_files,
            Role::Main | Role::Requests => self.shared.timings.idle_requests,
        }
    }

    /// Looks at the timers.
    fn look(&mut self, talk: &mut Talk, clock: &mut ClockWatch) -> ControlFlow<End> {
        if talk.pulse.is_dead() {
            return ControlFlow::Break(End::Silent);
        }
        if talk.idle_since.is_some_and(|since| since.elapsed() >= self.idle_limit()) {
            return ControlFlow::Break(End::Idle);
        }
        if clock.jumped() {
            tracing::debug!(dc = self.dc.id, "the machine has slept");
            // Most likely nobody is there any more, and nobody would say so.
            return ControlFlow::Break(End::Superseded);
        }
        if talk.pulse.wants_ping(self.waiting.has_sent()) {
            talk.ping = true;
            talk.pulse.asked();
        }
        ControlFlow::Continue(())
    }
}
