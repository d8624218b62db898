//! One socket: packets in, packets out.

use std::sync::Arc;
use std::time::Duration;

use grammers_tl_types::{Serializable, enums, types};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::{Hub, bulk};
use crate::handshake::{Exchange, Kept, Refusal, Surroundings};
use crate::scenario::{Events, ExchangeFate, Scenario};
use crate::session::{Demand, Line, Outgoing, Session, call, server_msg_id};
use crate::transport::{Decoder, Encoder, Payload};
use crate::wire::{Message, decrypt, encrypt, key_id, read_plain, write_container, write_plain};

/// A packet has to be complete this long after its first byte came.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long acknowledgements wait for something to travel with.
const ACKNOWLEDGE_WITHIN: Duration = Duration::from_millis(500);
/// How many sessions one socket may carry.
const MOST_SESSIONS: usize = 16;
/// A container is closed before it holds more than this. A larger message travels alone.
const FULL_CONTAINER: usize = 512 * 1024;
const MOST_IN_CONTAINER: usize = 100;

/// Transport errors: <https://core.telegram.org/mtproto/mtproto-transports#transport-errors>.
const KEY_UNKNOWN: i32 = -404;
const DATACENTER_WRONG: i32 = -444;

/// Why a connection ends.
enum End {
    /// At once.
    Now,
    /// After this transport error.
    Telling(i32),
    /// Not at all, but it is dead.
    Stranded,
}

/// Serves a socket until it ends.
pub(super) async fn serve(hub: &Arc<Hub>, dc: i32, stream: TcpStream) {
    // Without this, small answers wait for acknowledgements of earlier ones; it is only slower if it fails.
    let _ = stream.set_nodelay(true);
    let (line, queue) = Line::new();
    let mut connection =
        Connection { hub, dc, line, exchange: Exchange::default(), sessions: Vec::new(), alive_until: None };
    connection.run(stream, queue).await;
    connection.line.end();
    for session in &connection.sessions {
        session.detach(&connection.line);
    }
}

struct Connection<'a> {
    hub: &'a Arc<Hub>,
    dc: i32,
    line: Arc<Line>,
    exchange: Exchange,
    sessions: Vec<Arc<Session>>,
    /// Set by `ping_delay_disconnect`.
    alive_until: Option<Instant>,
}

impl Connection<'_> {
    async fn run(&mut self, stream: TcpStream, queue: mpsc::Receiver<Outgoing>) {
        let (mut socket, sink) = stream.into_split();
        let mut decoder = Decoder::new(self.hub.secret.clone());
        // The writer starts when the first packet has told the transport.
        let mut unstarted = Some((sink, queue));
        let mut writer = None;
        let mut chunk = vec![0u8; 64 * 1024];
        let mut events = self.hub.scenario.events();
        let Events { cuts, strandings, .. } = *events.borrow_and_update();
        let mut ticks = interval(ACKNOWLEDGE_WITHIN);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stopped = self.hub.stopped();
        tokio::pin!(stopped);
        let mut patience = Some(Instant::now() + PATIENCE);
        let line = self.line.clone();

        let end = 'connection: loop {
            // Far enough away to be never, where nothing limits.
            let deadline = [patience, self.alive_until].into_iter().flatten().min();
            let wake = deadline.unwrap_or_else(|| Instant::now() + Duration::from_secs(24 * 3600));
            tokio::select! {
                biased;
                () = &mut stopped => break End::Now,
                () = line.ended() => break End::Now,
                changed = events.changed() => {
                    let now = *events.borrow_and_update();
                    if changed.is_err() || now.cuts != cuts {
                        break End::Now;
                    }
                    if now.strandings != strandings {
                        break End::Stranded;
                    }
                }
                () = sleep_until(wake), if deadline.is_some() => break End::Now,
                _ = ticks.tick() => {
                    let at = self.hub.moment();
                    self.sessions.iter().for_each(|session| session.flush(at));
                }
                read = socket.read(&mut chunk) => {
                    let count = match read {
                        Ok(count) if count > 0 => count,
                        _ => break End::Now,
                    };
                    decoder.extend(chunk.get(..count).unwrap_or_default());
                    loop {
                        let packet = match decoder.next_packet() {
                            Ok(Some(packet)) => packet,
                            Ok(None) => break,
                            Err(garbage) => {
                                tracing::debug!(%garbage, "connection ends");
                                break 'connection End::Now;
                            }
                        };
                        if unstarted.is_some()
                            && let Some(encoder) = decoder.encoder()
                            && let Some((sink, queue)) = unstarted.take()
                        {
                            if let Some(dc) = decoder.proxied_to() {
                                self.dc = dc;
                            }
                            let sink = Sink::new(self.hub, self.dc, sink);
                            writer = Some(tokio::spawn(write(self.hub.clone(), sink, queue, line.clone(), encoder)));
                        }
                        if !self.hub.datacenters.contains(&self.dc) {
                            break 'connection End::Telling(DATACENTER_WRONG);
                        }
                        if let Err(end) = self.packet(packet).await {
                            break 'connection end;
                        }
                    }
                    patience = decoder.is_mid_packet().then(|| Instant::now() + PATIENCE);
                }
            }
        };
        match end {
            End::Telling(code) => drop(line.send(Outgoing::Last(code.to_le_bytes().to_vec()))),
            End::Now => line.end(),
            End::Stranded => {
                line.end();
                self.sessions.drain(..).for_each(|session| session.detach(&line));
                // Until the client gives it up.
                let gone = async { while matches!(socket.read(&mut chunk).await, Ok(count) if count > 0) {} };
                tokio::select! {
                    () = &mut stopped => {}
                    () = gone => {}
                }
            }
        }
        if let Some(writer) = writer {
            let abort = writer.abort_handle();
            if timeout(Duration::from_secs(2), writer).await.is_err() {
                abort.abort();
            }
        }
    }

    async fn packet(&mut self, packet: Payload) -> Result<(), End> {
        match key_id(&packet.bytes) {
            Some(0) => self.plain(packet.bytes).await,
            Some(id) => self.encrypted(id, &packet).await,
            None => Err(End::Now),
        }
    }

    /// A step of a key exchange.
    async fn plain(&mut self, packet: Vec<u8>) -> Result<(), End> {
        let (hub, dc) = (self.hub.clone(), self.dc);
        let mut exchange = std::mem::take(&mut self.exchange);
        // Arithmetic with numbers of 2048 bits takes milliseconds: not on the runtime's own threads.
        let step = tokio::task::spawn_blocking(move || {
            let (_, body) = read_plain(&packet).ok_or(Refusal::Unexpected)?;
            let at = hub.moment();
            let keep = |key| match hub.scenario.exchange() {
                ExchangeFate::Failed => Kept::Failed,
                ExchangeFate::Fine if hub.keys.add(key) => Kept::Known,
                ExchangeFate::Fine | ExchangeFate::Repeated => Kept::Taken,
            };
            let around = Surroundings { rsa: &hub.rsa, dc, now: at.seconds(), epochs: at.epochs, keep: &keep };
            let answer = exchange.step(body, &around)?;
            Ok::<_, Refusal>((exchange, answer))
        });
        match step.await {
            Ok(Ok((exchange, answer))) => {
                self.exchange = exchange;
                let msg_id = server_msg_id(self.hub.moment().now, true);
                self.line.send(Outgoing::Packet(write_plain(msg_id, &answer)));
                Ok(())
            }
            Ok(Err(refusal)) => {
                tracing::debug!(%refusal, dc, "key exchange refused");
                let wrong_dc = refusal == Refusal::Datacenter;
                Err(End::Telling(if wrong_dc { DATACENTER_WRONG } else { KEY_UNKNOWN }))
            }
            Err(_) => Err(End::Now),
        }
    }

    async fn encrypted(&mut self, key_id: i64, payload: &Payload) -> Result<(), End> {
        let at = self.hub.moment();
        let key = self.hub.keys.find(key_id, self.dc, at.seconds(), at.epochs).ok_or(End::Telling(KEY_UNKNOWN))?;
        let packet = decrypt(key.data(), &payload.bytes).map_err(|refused| {
            tracing::debug!(%refused, "connection ends");
            End::Now
        })?;
        if payload.quick_ack {
            self.line.send(Outgoing::QuickAck(packet.receipt));
        }
        let session = self.hub.sessions.open(&key, packet.session_id);
        if !self.sessions.iter().any(|known| Arc::ptr_eq(known, &session)) {
            if self.sessions.len() >= MOST_SESSIONS {
                self.sessions.remove(0).detach(&self.line);
            }
            self.sessions.push(session.clone());
        }
        for demand in session.receive(packet, &self.line, at) {
            self.meet(&session, demand).await?;
        }
        Ok(())
    }

    async fn meet(&mut self, session: &Arc<Session>, demand: Demand) -> Result<(), End> {
        let key_id = session.key().id();
        match demand {
            Demand::Call(call) => {
                let weight = u32::try_from(call.body.len() / 1024 + 1).unwrap_or(u32::MAX);
                // Waiting here stops the reading: that is how a flood is slowed down.
                let memory = self.hub.bodies.clone().acquire_many_owned(weight).await.map_err(|_| End::Now)?;
                tokio::spawn(call::run(self.hub.clone(), session.clone(), call, memory));
            }
            Demand::DisconnectAfter(delay) => {
                self.alive_until = Some(Instant::now() + delay.min(Duration::from_secs(24 * 3600)));
            }
            Demand::DestroySession(session_id) => {
                let known = session_id != session.id() && self.hub.sessions.destroy(key_id, session_id);
                let told = if known {
                    enums::DestroySessionRes::DestroySessionOk(types::DestroySessionOk { session_id })
                } else {
                    enums::DestroySessionRes::DestroySessionNone(types::DestroySessionNone { session_id })
                };
                session.reply(self.hub.moment(), told.to_bytes());
            }
            Demand::DestroyKey => {
                session.reply(self.hub.moment(), enums::DestroyAuthKeyRes::DestroyAuthKeyOk.to_bytes());
                self.hub.keys.remove(key_id);
                self.hub.sessions.destroy_all(key_id);
            }
        }
        Ok(())
    }
}

/// Writes what is queued until the line ends.
async fn write(
    hub: Arc<Hub>,
    mut sink: Sink,
    mut queue: mpsc::Receiver<Outgoing>,
    line: Arc<Line>,
    mut encoder: Encoder,
) {
    // What came out of the queue but belongs in the next packet.
    let mut carried = None;
    loop {
        let first = match carried.take() {
            Some(outgoing) => outgoing,
            None => tokio::select! {
                biased;
                () = line.ended() => break,
                outgoing = queue.recv() => match outgoing {
                    Some(outgoing) => outgoing,
                    None => break,
                },
            },
        };
        let mut weight = first.weight();
        let (bytes, is_last) = match first {
            Outgoing::Packet(packet) => (encoder.packet(&packet), false),
            Outgoing::Last(packet) => (encoder.packet(&packet), true),
            Outgoing::QuickAck(receipt) => (encoder.quick_ack(receipt), false),
            Outgoing::Together(session, messages) => (encoder.packet(&seal(&hub, &session, &messages)), false),
            Outgoing::Message(session, message) if message.body.len() > bulk::LARGE => {
                let hub = hub.clone();
                let Some(packet) = bulk::aside(move || seal(&hub, &session, &[message])).await else { break };
                (encoder.packet(&packet), false)
            }
            Outgoing::Truncated(session, message) => {
                let mut bytes = encoder.packet(&seal(&hub, &session, &[message]));
                bytes.truncate(bytes.len() / 2);
                (bytes, true)
            }
            Outgoing::Noise(length) => (noise(length), false),
            Outgoing::Message(session, message) => {
                let mut messages = vec![message];
                while messages.len() < MOST_IN_CONTAINER {
                    match queue.try_recv() {
                        Ok(next) if weight + next.weight() > FULL_CONTAINER => {
                            carried = Some(next);
                            break;
                        }
                        Ok(Outgoing::Message(other, message)) if Arc::ptr_eq(&other, &session) => {
                            weight += message.body.len() + 64;
                            messages.push(message);
                        }
                        Ok(outgoing) => {
                            carried = Some(outgoing);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                (encoder.packet(&seal(&hub, &session, &messages)), false)
            }
        };
        let written = tokio::select! {
            biased;
            () = line.ended() => break,
            written = sink.write(&bytes) => written,
        };
        line.wrote(weight);
        if is_last || written.is_err() {
            // The client may be gone already; then nobody misses this.
            let _ = sink.socket.shutdown().await;
            break;
        }
    }
    line.end();
    if sink.is_stranded() {
        // Letting go of the socket would tell the client.
        hub.stopped().await;
    }
}

/// The sending half of a socket, with what the scenario does to it.
struct Sink {
    socket: OwnedWriteHalf,
    scenario: Scenario,
    dc: i32,
    /// How many bytes it still carries, where it is to be closed after so many.
    left: Option<u64>,
    strandings: u64,
}

impl Sink {
    fn new(hub: &Hub, dc: i32, socket: OwnedWriteHalf) -> Self {
        let strandings = hub.scenario.events().borrow().strandings;
        Self { socket, scenario: hub.scenario.clone(), dc, left: hub.scenario.lifetime(dc), strandings }
    }

    fn is_stranded(&self) -> bool {
        self.scenario.events().borrow().strandings != self.strandings
    }

    async fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.scenario.unstalled(self.dc).await;
        if self.is_stranded() {
            return std::future::pending().await;
        }
        let Some(left) = &mut self.left else { return self.socket.write_all(bytes).await };
        let fits = usize::try_from(*left).map_or(bytes, |most| bytes.get(..most).unwrap_or(bytes));
        *left -= fits.len() as u64;
        self.socket.write_all(fits).await?;
        if *left == 0 { Err(std::io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }
}

/// Bytes that are no packet.
fn noise(length: usize) -> Vec<u8> {
    let mut bytes = vec![0xa5; length];
    // Without randomness they are no packet either.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

/// One packet of one message, or of a container around several.
fn seal(hub: &Hub, session: &Session, messages: &[Arc<Message>]) -> Vec<u8> {
    let at = hub.moment();
    let key = session.key();
    let salt = key.salt(at.seconds(), at.epochs);
    match messages {
        [message] => encrypt(key.data(), key.id(), salt, session.id(), message),
        messages => {
            let (msg_id, seq_no) = session.container_header(at);
            let body = write_container(messages.iter().map(AsRef::as_ref));
            encrypt(key.data(), key.id(), salt, session.id(), &Message { msg_id, seq_no, body })
        }
    }
}
