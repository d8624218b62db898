//! The server: two datacenters on two ports over one world.

pub(crate) mod bulk;
mod connection;
mod distance;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::api::Api;
use crate::key::{AuthKeys, RsaKey, binding};
use crate::rpc::{Methods, Push, RpcError};
use crate::scenario::Scenario;
use crate::session::{Moment, Sessions};
use crate::transport::ProxySecret;
use crate::world::{CodeWay, DemoAccount, World, WorldKind};

/// The datacenter where accounts live.
const HOME: i32 = 2;
/// The datacenter where files lie.
const FILES: i32 = 4;
/// Beyond this many sockets new ones are closed at once.
const MOST_CONNECTIONS: usize = 1024;
/// How much memory the bodies of waiting calls may take, in KiB.
const MOST_BODIES: usize = 128 * 1024;

/// How to start a [`Server`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the home datacenter listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether that may be an address that other computers reach. The server is no place for real messages.
    pub allow_remote: bool,
    /// Two worlds of the same seed are the same.
    pub seed: u64,
    /// Which world.
    pub world: WorldKind,
    /// Whether its people do nothing by themselves.
    pub quiet: bool,
    /// The moment (unix seconds) around which the world is built; the system's clock without it.
    pub now: Option<i64>,
    /// Scripted trouble, from the first moment on.
    pub scenario: Scenario,
    /// Also takes clients that believe to speak to an MTProxy with this secret, and leads them to the datacenter that
    /// they name.
    pub mtproxy_secret: Option<ProxySecret>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            allow_remote: false,
            seed: 1,
            world: WorldKind::Lifelike,
            quiet: false,
            now: None,
            scenario: Scenario::default(),
            mtproxy_secret: None,
        }
    }
}

/// What all connections share.
pub(crate) struct Hub {
    rsa: RsaKey,
    datacenters: Vec<i32>,
    secret: Option<ProxySecret>,
    keys: AuthKeys,
    sessions: Arc<Sessions>,
    scenario: Scenario,
    methods: Arc<dyn Methods>,
    stop: watch::Sender<bool>,
    /// KiB left for the bodies of calls.
    bodies: Arc<Semaphore>,
    connections: Arc<Semaphore>,
}

impl Hub {
    pub(crate) fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    pub(crate) fn methods(&self) -> &dyn Methods {
        self.methods.as_ref()
    }

    /// Binds a temporary key. The updates of the device go to its sessions too from now on.
    pub(crate) fn bind(&self, asked: &binding::Asked<'_>) -> Result<i64, RpcError> {
        let device = binding::bind(&self.keys, asked)?;
        self.sessions.bind(device, asked.key.id());
        Ok(device)
    }

    /// Now, as far as messages are concerned.
    pub(crate) fn moment(&self) -> Moment {
        Moment { epochs: self.scenario.epochs(), ..clock() }
    }

    /// Resolves when the server stops.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stop = self.stop.subscribe();
        async move {
            // An error means that the server itself is gone, which is as good.
            let _ = stop.wait_for(|stopped| *stopped).await;
        }
    }
}

/// The system's clock.
fn clock() -> Moment {
    Moment { now: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(), epochs: Default::default() }
}

/// A running server. Dropping it stops it.
pub struct Server {
    front: Front,
    api: Arc<Api>,
    world: Arc<World>,
    life: Option<JoinHandle<()>>,
}

impl Server {
    /// Builds the world and starts to listen, on tasks of the current runtime.
    ///
    /// # Errors
    /// When a port cannot be had, or other computers would reach it and [`Options::allow_remote`] is not set.
    pub async fn start(options: Options) -> std::io::Result<Server> {
        if !options.listen.ip().is_loopback() && !options.allow_remote {
            let why = "a demo server listens beyond this computer only when told to";
            return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, why));
        }
        let listeners = listen(options.listen).await?;
        let datacenters = addresses(&listeners)?;
        let now = options.now.unwrap_or_else(|| clock().seconds());
        let (kind, seed) = (options.world, options.seed);
        // It draws pictures and writes thousands of messages: not on the runtime's own threads.
        let built = tokio::task::spawn_blocking(move || World::new(kind, seed, now)).await;
        let world = Arc::new(built.map_err(std::io::Error::other)?);
        if let Some(limits) = options.scenario.limits() {
            world.set_limits(limits);
        }
        let sessions = Arc::new(Sessions::new(clock, options.scenario.clone()));
        let push: Arc<dyn Push> = sessions.clone();
        let api = Arc::new(Api::new(world.clone(), push, datacenters));
        let front = Front::open(listeners, api.clone(), sessions, options.scenario, options.mtproxy_secret)?;
        let life = (!options.quiet).then(|| api.start_life());
        Ok(Self { front, api, world, life })
    }

    /// Where the home datacenter listens.
    pub fn address(&self) -> SocketAddr {
        self.front.home_address
    }

    /// All datacenters, the home one first.
    pub fn datacenters(&self) -> Vec<(i32, SocketAddr)> {
        self.front.datacenters.clone()
    }

    /// The server's RSA key as PKCS#1 `RSA PUBLIC KEY`.
    pub fn public_key_pem(&self) -> String {
        self.front.hub.rsa.public_pem()
    }

    /// Who can sign in.
    pub fn accounts(&self) -> Vec<DemoAccount> {
        self.world.accounts()
    }

    /// One line of JSON with all that a client needs to know: `address`, `dc_id`, `datacenters`, `public_key_pem`,
    /// `accounts`.
    pub fn descriptor(&self) -> String {
        #[derive(Serialize)]
        struct Datacenter {
            id: i32,
            address: String,
        }
        #[derive(Serialize)]
        struct Account {
            phone: String,
            code: String,
            password: Option<String>,
            way: CodeWay,
            recovery: bool,
            dc: i32,
        }
        #[derive(Serialize)]
        struct Descriptor {
            address: String,
            dc_id: i32,
            datacenters: Vec<Datacenter>,
            public_key_pem: String,
            accounts: Vec<Account>,
        }
        let datacenter = |(id, address): &(i32, SocketAddr)| Datacenter { id: *id, address: address.to_string() };
        let account = |a: DemoAccount| Account {
            phone: a.phone,
            code: a.code,
            password: a.password,
            way: a.way,
            recovery: a.recovery,
            dc: a.dc,
        };
        let descriptor = Descriptor {
            address: self.address().to_string(),
            dc_id: HOME,
            datacenters: self.front.datacenters.iter().map(datacenter).collect(),
            public_key_pem: self.public_key_pem(),
            accounts: self.accounts().into_iter().map(account).collect(),
        };
        // Strings and numbers only: this cannot fail.
        serde_json::to_string(&descriptor).unwrap_or_default()
    }

    /// What the server keeps.
    pub fn world(&self) -> Arc<World> {
        self.world.clone()
    }

    /// What answers; tests let people say something through it.
    pub fn api(&self) -> Arc<Api> {
        self.api.clone()
    }

    /// The handle on its scripted trouble.
    pub fn scenario(&self) -> Scenario {
        self.front.hub.scenario.clone()
    }

    /// Closes listeners and connections, and waits until they are closed.
    pub async fn stop(mut self) {
        if let Some(life) = self.life.take() {
            life.abort();
        }
        self.front.close().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(life) = &self.life {
            life.abort();
        }
    }
}

/// The listeners and connections, whatever methods are behind them. Dropping it closes them.
struct Front {
    hub: Arc<Hub>,
    home_address: SocketAddr,
    datacenters: Vec<(i32, SocketAddr)>,
    listeners: Vec<JoinHandle<()>>,
    /// Ends when the last connection has ended.
    connections_gone: mpsc::Receiver<()>,
}

impl Front {
    fn open(
        listeners: Vec<(i32, TcpListener)>,
        methods: Arc<dyn Methods>,
        sessions: Arc<Sessions>,
        scenario: Scenario,
        secret: Option<ProxySecret>,
    ) -> std::io::Result<Self> {
        let datacenters = addresses(&listeners)?;
        let home = datacenters.iter().find(|(dc, _)| *dc == HOME);
        let home_address = home.map(|(_, address)| *address).ok_or_else(|| std::io::Error::other("no home"))?;
        let rsa = RsaKey::demo().ok_or_else(|| std::io::Error::other("the demo key is damaged"))?;
        let hub = Arc::new(Hub {
            rsa,
            datacenters: datacenters.iter().map(|(dc, _)| *dc).collect(),
            secret,
            keys: AuthKeys::default(),
            sessions,
            scenario,
            methods,
            stop: watch::Sender::new(false),
            bodies: Arc::new(Semaphore::new(MOST_BODIES)),
            connections: Arc::new(Semaphore::new(MOST_CONNECTIONS)),
        });
        let (alive, connections_gone) = mpsc::channel(1);
        let listeners = listeners
            .into_iter()
            .map(|(dc, listener)| tokio::spawn(accept(hub.clone(), dc, listener, alive.clone())))
            .collect();
        Ok(Self { hub, home_address, datacenters, listeners, connections_gone })
    }

    async fn close(&mut self) {
        self.hub.stop.send_replace(true);
        for listener in self.listeners.drain(..) {
            listener.abort();
            // Being aborted is an error by design here.
            let _ = listener.await;
        }
        let gone = async { while self.connections_gone.recv().await.is_some() {} };
        if timeout(Duration::from_secs(5), gone).await.is_err() {
            tracing::warn!("a connection did not end in time");
        }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.hub.stop.send_replace(true);
        for listener in &self.listeners {
            listener.abort();
        }
    }
}

/// The home datacenter where it was asked for, the other one on a free port beside it.
async fn listen(home: SocketAddr) -> std::io::Result<Vec<(i32, TcpListener)>> {
    let files = SocketAddr::new(home.ip(), 0);
    Ok(vec![(HOME, TcpListener::bind(home).await?), (FILES, TcpListener::bind(files).await?)])
}

fn addresses(listeners: &[(i32, TcpListener)]) -> std::io::Result<Vec<(i32, SocketAddr)>> {
    listeners.iter().map(|(dc, listener)| Ok((*dc, listener.local_addr()?))).collect()
}

/// Takes connections until it is aborted.
async fn accept(hub: Arc<Hub>, dc: i32, listener: TcpListener, alive: mpsc::Sender<()>) {
    loop {
        let stream: TcpStream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of descriptors, most likely: some may be free again soon.
                tracing::warn!(%error, "accept");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        if hub.scenario.refuses() {
            continue;
        }
        let Ok(place) = hub.connections.clone().try_acquire_owned() else { continue };
        let (hub, alive) = (hub.clone(), alive.clone());
        tokio::spawn(async move {
            let stream = match hub.scenario.distance().is_zero() {
                true => Ok(stream),
                false => distance::apart(stream, &hub.scenario).await,
            };
            match stream {
                Ok(stream) => connection::serve(&hub, dc, stream).await,
                Err(error) => tracing::warn!(%error, "a line of some length cannot be laid"),
            }
            drop((place, alive));
        });
    }
}

#[cfg(test)]
mod tests;
