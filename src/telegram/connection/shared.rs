//! What the pool and all its lanes share.

use super::datacenter::Datacenter;
use super::proxy::Proxied;
use super::stream::Connector;
use super::{DcKey, PoolEvent, PoolSettings};
use crate::Servers;
use crate::requests::Requests;
use crate::server_keys::{self, ServerKey};
use grammers_tl_types::{LAYER, Serializable, enums, functions};
use heliograph_store::HOME_DATACENTER;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timings {
    /// To open a stream.
    pub connect: Duration,
    /// To agree on a key.
    pub handshake: Duration,
    /// From a call to its answer.
    pub request: Duration,
    /// Between two pings.
    pub ping: Duration,
    /// The server may be silent so long while an answer is awaited, before it is asked whether it lives.
    pub patience: Duration,
    /// From a ping to any sign of life.
    pub pong: Duration,
    /// A lane for files without work is closed after this.
    pub idle_files: Duration,
    /// And one for requests.
    pub idle_requests: Duration,
    /// Acknowledgements wait so long for something to leave with.
    pub acknowledge: Duration,
    /// A connection that lived so long was a good one.
    pub steady: Duration,
    /// Between tries after an error of the server itself.
    pub server_error: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            handshake: Duration::from_secs(20),
            request: Duration::from_secs(30),
            ping: Duration::from_secs(30),
            patience: Duration::from_secs(8),
            pong: Duration::from_secs(15),
            idle_files: Duration::from_secs(60),
            idle_requests: Duration::from_secs(300),
            acknowledge: Duration::from_secs(5),
            steady: Duration::from_secs(10),
            server_error: Duration::from_secs(1),
        }
    }
}

/// Shared by the pool and its lanes.
pub(super) struct Shared {
    pub settings: PoolSettings,
    pub keys: Vec<ServerKey>,
    pub connector: Arc<dyn Connector>,
    /// The ways around, which the connector takes unless a test has another one.
    pub proxied: Arc<Proxied>,
    pub timings: Timings,
    pub requests: Requests,
    /// Whether the server has named its datacenters.
    pub configured: watch::Sender<bool>,
    pub started: Instant,
    events: UnboundedSender<PoolEvent>,
    datacenters: Mutex<HashMap<i32, Arc<Datacenter>>>,
    /// The datacenter at the address that the user gave, by our number; the others have to be named by it.
    first: i32,
    home: AtomicI32,
    home_calls_itself: AtomicI32,
    /// Someone is signed in, and that it ended was not yet said.
    signed_in: AtomicBool,
}

impl Shared {
    pub fn new(settings: PoolSettings, known: Vec<DcKey>, home: i32, events: UnboundedSender<PoolEvent>) -> Self {
        let keys = match &settings.servers {
            Servers::Production => ServerKey::production().into_iter().collect(),
            Servers::Test => ServerKey::test().into_iter().collect(),
            Servers::Custom { key, .. } => vec![key.clone()],
        };
        let proxied = settings.ways.shared();
        let signed_in = known.iter().any(|dc| dc.id == home && dc.authorized);
        let shared = Self {
            settings,
            keys,
            connector: proxied.clone(),
            proxied,
            timings: Timings::default(),
            requests: Requests::default(),
            configured: watch::Sender::new(false),
            started: Instant::now(),
            events,
            datacenters: Mutex::default(),
            // An account that has moved since was at first there, where all begin.
            first: if known.iter().any(|dc| dc.id == HOME_DATACENTER) { HOME_DATACENTER } else { home },
            home: AtomicI32::new(home),
            home_calls_itself: AtomicI32::new(home),
            signed_in: AtomicBool::new(signed_in),
        };
        for mut record in known {
            if shared.is_custom() {
                // Ports of such a server change from run to run; it names the right ones again at once.
                record.address = None;
            }
            let dc = shared.new_datacenter(record);
            shared.datacenters().insert(dc.id, dc);
        }
        shared
    }

    /// A server of the user's own: only its first address is known before it has spoken.
    pub fn is_custom(&self) -> bool {
        matches!(self.settings.servers, Servers::Custom { .. })
    }

    /// Whom to ask where the home datacenter is, if nobody can know it before.
    pub fn guide(&self) -> Option<i32> {
        (self.is_custom() && self.first != self.home()).then_some(self.first)
    }

    /// The datacenter that has the account.
    pub fn home(&self) -> i32 {
        self.home.load(Ordering::Acquire)
    }

    /// Another datacenter has the account.
    pub fn set_home(&self, dc: i32) {
        self.home.store(dc, Ordering::Release);
        self.home_calls_itself.store(dc, Ordering::Release);
    }

    /// Notes whether someone is signed in.
    pub fn set_signed_in(&self, signed_in: bool) {
        self.signed_in.store(signed_in, Ordering::Release);
    }

    /// Whether someone is signed in.
    pub fn signed_in(&self) -> bool {
        self.signed_in.load(Ordering::Acquire)
    }

    /// The server ended the account's session: said once.
    pub fn signed_out(&self) {
        if self.signed_in.swap(false, Ordering::AcqRel) {
            // No key may speak for this account when the next one signs in.
            self.withdraw_authorizations();
            self.tell(PoolEvent::Unauthorized);
        }
    }

    /// No key counts as authorized any more.
    pub fn withdraw_authorizations(&self) {
        for dc in self.all_datacenters() {
            if dc.set_authorized(false) {
                self.tell(PoolEvent::Datacenter(dc.record()));
            }
        }
    }

    /// Whether this number is the home datacenter's: ours for it, or the one by which it calls itself. With a server
    /// of the user's own ours is a guess.
    pub fn is_home(&self, dc: i32) -> bool {
        dc == self.home() || dc == self.home_calls_itself.load(Ordering::Acquire)
    }

    /// Hands an event up. Nobody listening is no error: the end is near then.
    pub fn tell(&self, event: PoolEvent) {
        let _ = self.events.send(event);
    }

    /// The datacenter with this number.
    pub fn datacenter(&self, id: i32) -> Arc<Datacenter> {
        if let Some(dc) = self.datacenters().get(&id) {
            return dc.clone();
        }
        let dc = self.new_datacenter(DcKey { id, ..DcKey::default() });
        self.datacenters().entry(id).or_insert(dc).clone()
    }

    /// All that are known.
    pub fn all_datacenters(&self) -> Vec<Arc<Datacenter>> {
        self.datacenters().values().cloned().collect()
    }

    fn datacenters(&self) -> MutexGuard<'_, HashMap<i32, Arc<Datacenter>>> {
        self.datacenters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn new_datacenter(&self, record: DcKey) -> Arc<Datacenter> {
        let (built_in, first) = match &self.settings.servers {
            Servers::Production => (server_keys::production_addresses(record.id), false),
            Servers::Test => (server_keys::test_addresses(record.id), false),
            Servers::Custom { address, .. } if record.id == self.first => (vec![address.clone()], true),
            Servers::Custom { .. } => (Vec::new(), false),
        };
        Arc::new(Datacenter::new(record, built_in, first))
    }

    /// The number of a datacenter in a key exchange (core.telegram.org/mtproto/auth_key): test servers count from
    /// 10000, and the number of a server that has not spoken yet is not known.
    pub fn number_in_exchange(&self, dc: i32) -> Option<i32> {
        match self.settings.servers {
            Servers::Production => Some(dc),
            Servers::Test => Some(dc.saturating_add(10000)),
            Servers::Custom { .. } => self.configured.borrow().then_some(dc),
        }
    }

    /// Takes over what `help.getConfig` of the home datacenter, our number `from`, says about all of them.
    pub fn configure(&self, from: i32, config: enums::Config) {
        let enums::Config::Config(config) = config;
        if from == self.home() {
            self.home_calls_itself.store(config.this_dc, Ordering::Release);
        }
        type Named = (Vec<String>, Vec<String>, Vec<String>);
        let mut named: HashMap<i32, Named> = HashMap::new();
        for enums::DcOption::Option(option) in config.dc_options {
            // CDNs and obfuscated-only ports speak something else.
            if option.cdn || option.tcpo_only {
                continue;
            }
            let (all, files, sixes) = named.entry(option.id).or_default();
            if option.ipv6 {
                // Those for files have an ordinary one beside them.
                if !option.media_only {
                    sixes.push(format!("[{}]:{}", option.ip_address, option.port));
                }
                continue;
            }
            let address = format!("{}:{}", option.ip_address, option.port);
            if option.media_only { files.push(address) } else { all.push(address) }
        }
        for (id, (mut all, files, sixes)) in named {
            // After those of IPv4: it is the first that is kept for the next start.
            all.extend(sixes);
            let dc = self.datacenter(id);
            if dc.set_addresses(all, files) {
                self.tell(PoolEvent::Datacenter(dc.record()));
            }
        }
        self.configured.send_replace(true);
    }

    /// What goes before the first request of a connection: which layer we speak and who we are
    /// (core.telegram.org/api/invoking).
    pub fn introduction(&self) -> Vec<u8> {
        let device = &self.settings.device;
        functions::InvokeWithLayer {
            layer: LAYER,
            query: functions::InitConnection {
                api_id: self.settings.api_id,
                device_model: device.model.clone(),
                system_version: device.system.clone(),
                app_version: device.app_version.clone(),
                system_lang_code: device.language.clone(),
                lang_pack: String::new(),
                lang_code: device.language.clone(),
                proxy: None,
                params: None,
                query: Nothing,
            },
        }
        .to_bytes()
    }
}

/// The place of a request that is written separately.
struct Nothing;

impl Serializable for Nothing {
    fn serialize(&self, _: &mut impl Extend<u8>) {}
}
