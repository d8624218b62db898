//! What all clones of an account share, and the life of its background work.

use crate::connection::{InvokeError, Pool, PoolEvent, PoolSettings};
use crate::drafts;
use crate::outbox::{self, Command};
use crate::peers::Peers;
use crate::sending::Sending;
use crate::updates::{self, Feed};
use crate::{Error, Event, Settings, photos, stored};
use futures::FutureExt as _;
use grammers_tl_types::{self as tl, Identifiable, RemoteCall};
use heliograph_model::{Change, Connection, Peer, PeerId};
use heliograph_store::{Datacenter, HOME_DATACENTER, Outgoing, Session, Store, UpdateState};
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

/// The account behind the handle.
pub(crate) struct Core {
    pub settings: Settings,
    pub store: Store,
    pub peers: Peers,
    pub sending: Sending,
    /// Held while a picture is kept.
    pub keeping: Arc<tokio::sync::Mutex<()>>,
    events: UnboundedSender<Event>,
    me: Mutex<Option<PeerId>>,
    /// Who is signed in elsewhere in this program.
    others: Mutex<Vec<i64>>,
    live: Mutex<Live>,
    /// What the store could not take of the connections.
    unsaved: tokio::sync::Mutex<Unsaved>,
    /// Signing in and out exclude each other.
    pub turn: tokio::sync::Mutex<()>,
    this: Weak<Core>,
}

/// The connection and the tasks of one session: from the start, or from the last log-out, to the next one.
struct Live {
    pool: Pool,
    feed: UnboundedSender<Feed>,
    outbox: UnboundedSender<Command>,
    drafts: UnboundedSender<drafts::Command>,
    tasks: Vec<AbortHandle>,
    connection: Shown,
}

/// What is to be saved of the connections.
#[derive(Default)]
struct Unsaved {
    /// By their numbers.
    datacenters: HashMap<i32, Datacenter>,
    home: Option<i32>,
}

/// What could not be saved is tried again after so long.
const SAVED_AGAIN: Duration = Duration::from_secs(5);

/// How the connection stands, and what the app was told of it.
#[derive(Clone, Copy, Default)]
struct Shown {
    pool: Connection,
    catching_up: bool,
    told: Option<Connection>,
}

impl Core {
    /// Starts the background work.
    pub async fn start(settings: Settings, store: Store, events: UnboundedSender<Event>) -> Result<Arc<Self>, Error> {
        let session = store.session().await?;
        let peers = Peers::default();
        peers.load(store.peers().await?);
        let me = session.me;
        let state = session.updates.clone();
        let outgoing = match store.outbox().await {
            // What stands in it will never be readable; the rest is.
            Err(error @ heliograph_store::Error::Damaged(_)) => {
                tracing::error!(%error, "the outbox cannot be read");
                Vec::new()
            }
            outgoing => outgoing?,
        };
        let (live, inlets) = connect(&settings, session);
        let core = Arc::new_cyclic(|this| Self {
            settings,
            store,
            peers,
            sending: Sending::default(),
            keeping: Arc::default(),
            events,
            me: Mutex::new(me),
            others: Mutex::default(),
            live: Mutex::new(live),
            unsaved: tokio::sync::Mutex::default(),
            turn: tokio::sync::Mutex::new(()),
            this: this.clone(),
        });
        outbox::reopen(&core, &outgoing);
        core.run(me, state, outgoing, inlets);
        Ok(core)
    }

    /// Starts the tasks of a session.
    fn run(self: &Arc<Self>, me: Option<PeerId>, state: Option<UpdateState>, outgoing: Vec<Outgoing>, inlets: Inlets) {
        let Inlets { pool: pool_events, feed, outbox, drafts } = inlets;
        let mut live = self.live();
        live.pool.authorized(me.is_some());
        let keeper = tokio::spawn(keep(self.clone(), pool_events, live.feed.clone())).abort_handle();
        let updates = tokio::spawn(updates::supervise(self.clone(), me.is_some(), state, feed)).abort_handle();
        let clock = tokio::spawn(stored::watch_clock(self.clone())).abort_handle();
        let tidy = tokio::spawn(photos::tidy(self.clone())).abort_handle();
        let outbox = tokio::spawn(outbox::run(self.clone(), outgoing, outbox)).abort_handle();
        let drafts = tokio::spawn(drafts::run(self.clone(), drafts)).abort_handle();
        live.tasks = vec![keeper, updates, clock, tidy, outbox, drafts];
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connections.
    pub fn pool(&self) -> Pool {
        self.live().pool.clone()
    }

    /// Who is signed in.
    pub fn me(&self) -> Option<PeerId> {
        *self.me.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes who is signed in; the caller saves it.
    pub fn set_me(&self, me: Option<PeerId>) {
        *self.me.lock().unwrap_or_else(PoisonError::into_inner) = me;
    }

    /// Notes who is signed in elsewhere in this program.
    pub fn set_others(&self, others: &[PeerId]) {
        let users = others.iter().filter_map(|id| match id {
            PeerId::User(id) => Some(*id),
            _ => None,
        });
        *self.others.lock().unwrap_or_else(PoisonError::into_inner) = users.collect();
    }

    /// Who is signed in elsewhere in this program.
    pub fn others(&self) -> Vec<i64> {
        self.others.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Hands something to the update machinery.
    pub fn feed(&self, feed: Feed) {
        // It only closes when the account ends.
        let _ = self.live().feed.send(feed);
    }

    /// Tells the outbox something.
    pub fn outbox(&self, command: Command) {
        let _ = self.live().outbox.send(command);
    }

    /// Tells those who keep the drafts something.
    pub fn drafts(&self, command: drafts::Command) {
        let _ = self.live().drafts.send(command);
    }

    /// Tells the app. Nobody listening is no error: the window is closing.
    pub fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// Tells the app of changes, if there are any.
    pub fn tell_changes(&self, changes: Vec<Change>) {
        if !changes.is_empty() {
            self.tell(Event::Changes(changes));
        }
    }

    /// Asks the home datacenter.
    pub async fn invoke<R>(&self, request: &R) -> Result<R::Return, Error>
    where
        R: RemoteCall + Identifiable,
    {
        self.invoke_raw(request).await.map_err(|error| Error::from_call(error, method::<R>()))
    }

    /// Asks the home datacenter; for those who know more of an error than its kind.
    pub async fn invoke_raw<R: RemoteCall>(&self, request: &R) -> Result<R::Return, InvokeError> {
        let pool = self.pool();
        pool.invoke(request).await
    }

    /// Names a peer in a request.
    pub fn input_peer(&self, id: PeerId) -> Result<tl::enums::InputPeer, Error> {
        self.peers.input_peer(id, self.me()).ok_or(Error::UnknownPeer)
    }

    /// Takes in the peers of an answer; their keys are saved in the background.
    pub fn learn(&self, users: &[tl::enums::User], chats: &[tl::enums::Chat]) -> Vec<Peer> {
        let learned = self.peers.learn(users, chats);
        if !learned.stored.is_empty() {
            self.feed(Feed::Peers(learned.stored));
        }
        learned.peers
    }

    /// Notes that what was missed is being fetched, or that it is all here.
    pub fn catching_up(&self, catching_up: bool) {
        let mut live = self.live();
        live.connection.catching_up = catching_up;
        self.show_connection(&mut live);
    }

    /// Whether all that happened is known.
    pub fn is_online(&self) -> bool {
        let shown = self.live().connection;
        shown.pool == Connection::Online && !shown.catching_up
    }

    /// Whether the server can be asked.
    pub fn is_connected(&self) -> bool {
        self.live().connection.pool == Connection::Online
    }

    /// What was told of the connection last.
    pub fn told_connection(&self) -> Option<Connection> {
        self.live().connection.told
    }

    fn connection_is(&self, connection: Connection) {
        let mut live = self.live();
        live.connection.pool = connection;
        self.show_connection(&mut live);
    }

    fn show_connection(&self, live: &mut Live) {
        let now = match live.connection.pool {
            Connection::Online if live.connection.catching_up => Connection::Updating,
            connection => connection,
        };
        if live.connection.told.replace(now) != Some(now) {
            let _ = live.outbox.send(Command::Connection(now));
            let _ = live.drafts.send(drafts::Command::Connection(now));
            self.tell(Event::Connection(now));
        }
    }

    /// Saves what the next start needs to be the same session: a datacenter with its key, or where home is. What the
    /// store does not take is tried again later, and before anything is built on it.
    pub async fn save_connection(&self, datacenter: Option<Datacenter>, home: Option<i32>) -> Result<(), Error> {
        let mut unsaved = self.unsaved.lock().await;
        if let Some(datacenter) = datacenter {
            unsaved.datacenters.insert(datacenter.id, datacenter);
        }
        unsaved.home = home.or(unsaved.home);
        while let Some((id, datacenter)) = unsaved.datacenters.iter().next() {
            let id = *id;
            self.store.save_datacenter(datacenter.clone()).await?;
            unsaved.datacenters.remove(&id);
        }
        if let Some(home) = unsaved.home {
            self.store.set_home(home).await?;
            unsaved.home = None;
        }
        Ok(())
    }

    /// Ends the session: everything stored is removed and a fresh one begins, in which nobody is signed in.
    /// Whoever calls holds `turn`.
    pub async fn begin_anew(&self) -> Result<(), Error> {
        let Some(this) = self.this.upgrade() else { return Ok(()) };
        let old = self.stop();
        self.set_me(None);
        self.peers.clear();
        self.sending.clear();
        old.shut_down().await;
        *self.unsaved.lock().await = Unsaved::default();
        // Even if the disk refuses, nobody is signed in any more; the error is reported after that is so.
        let cleared = self.store.clear().await;
        let session = Session { home: HOME_DATACENTER, ..Session::default() };
        let (live, inlets) = connect(&self.settings, session);
        *self.live() = live;
        this.run(None, None, Vec::new(), inlets);
        Ok(cleared?)
    }

    /// Ends the background work.
    pub fn stop(&self) -> Pool {
        let mut live = self.live();
        for task in live.tasks.drain(..) {
            task.abort();
        }
        live.pool.clone()
    }
}

/// The API's name of a method.
pub(crate) fn method<R: Identifiable>() -> &'static str {
    tl::name_for_id(R::CONSTRUCTOR_ID)
}

/// What the tasks of a session listen to.
struct Inlets {
    pool: UnboundedReceiver<PoolEvent>,
    feed: UnboundedReceiver<Feed>,
    outbox: UnboundedReceiver<Command>,
    drafts: UnboundedReceiver<drafts::Command>,
}

fn connect(settings: &Settings, session: Session) -> (Live, Inlets) {
    let (pool_events, pool_receiver) = unbounded_channel();
    let (feed, feed_receiver) = unbounded_channel();
    let (outbox, outbox_receiver) = unbounded_channel();
    let (drafts, drafts_receiver) = unbounded_channel();
    let pool_settings = PoolSettings {
        servers: settings.servers.clone(),
        api_id: settings.api_id,
        device: settings.device.clone(),
        ways: settings.ways.clone(),
    };
    let pool = Pool::start(pool_settings, session.datacenters, session.home, pool_events);
    let inlets = Inlets { pool: pool_receiver, feed: feed_receiver, outbox: outbox_receiver, drafts: drafts_receiver };
    (Live { pool, feed, outbox, drafts, tasks: Vec::new(), connection: Shown::default() }, inlets)
}

/// Takes what the connection tells, and goes on after a fall: what it fell over is lost, so what was missed is fetched.
async fn keep(core: Arc<Core>, mut events: UnboundedReceiver<PoolEvent>, feed: UnboundedSender<Feed>) {
    while AssertUnwindSafe(listen(&core, &mut events, &feed)).catch_unwind().await.is_err() {
        tracing::error!("the account's task fell over what the connection told; it goes on");
        let _ = feed.send(Feed::MayHaveGap);
    }
}

/// Never waits for the network, so that keys are saved and states shown at once. Ends with the connection.
async fn listen(core: &Arc<Core>, events: &mut UnboundedReceiver<PoolEvent>, feed: &UnboundedSender<Feed>) {
    let mut owes = false;
    loop {
        let event = tokio::select! {
            event = events.recv() => match event {
                Some(event) => event,
                None => return,
            },
            () = tokio::time::sleep(SAVED_AGAIN), if owes => {
                owes = core.save_connection(None, None).await.is_err();
                continue;
            }
        };
        match event {
            PoolEvent::Updates(updates) => {
                let _ = feed.send(Feed::Came(updates));
            }
            PoolEvent::MayHaveGap => {
                let _ = feed.send(Feed::MayHaveGap);
            }
            PoolEvent::Connection(connection) => {
                if core.is_online() {
                    stored::note_current(core).await;
                }
                core.connection_is(connection);
            }
            PoolEvent::Datacenter(datacenter) => {
                let saved = core.save_connection(Some(datacenter), None).await;
                owes = saved.is_err();
                if let Err(error) = saved {
                    tracing::warn!(%error, "a datacenter's key was not saved yet");
                }
            }
            PoolEvent::Unauthorized => {
                // It ends this task, too, so another one has to do it.
                tokio::spawn(revoked(core.clone()));
            }
            #[cfg(test)]
            #[allow(clippy::panic, reason = "what the test is about")]
            PoolEvent::Stone => panic!("a stone in the way"),
        }
    }
}

async fn revoked(core: Arc<Core>) {
    let _turn = core.turn.lock().await;
    if core.me().is_none() {
        return;
    }
    tracing::info!("the server has ended the session");
    if let Err(error) = core.begin_anew().await {
        tracing::warn!(%error, "the ended session was not removed");
    }
    core.tell(Event::SignedOut);
}
