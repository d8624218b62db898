//! A demo server with a pool in front of it.

use crate::connection::shared::Shared;
use crate::connection::stream::{BoxStream, Connector, Target, Tcp};
use crate::connection::{DcKey, Pool, PoolEvent, PoolSettings};
use crate::requests::InFlight;
use crate::{Device, ServerKey, Servers};
use futures::future::BoxFuture;
use grammers_tl_types::{enums, functions, types};
use heliograph_demo::{DemoAccount, Options, Scenario, Server, WorldKind};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Long enough for any machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Rig {
    server: Option<Arc<Server>>,
    pub scenario: Scenario,
    pub pool: Pool,
    settings: PoolSettings,
    events: UnboundedReceiver<PoolEvent>,
    /// All events so far.
    pub seen: Vec<PoolEvent>,
}

impl Rig {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// `adjust` changes how the pool works.
    pub async fn with(adjust: impl FnOnce(&mut Shared)) -> Self {
        Self::at_home(2, adjust).await
    }

    /// `home` is what the pool believes the server's number to be.
    pub async fn at_home(home: i32, adjust: impl FnOnce(&mut Shared)) -> Self {
        Self::in_world(WorldKind::Plain, home, adjust).await
    }

    /// With the world that has files.
    pub async fn lively() -> Self {
        Self::lively_with(|_| {}).await
    }

    pub async fn lively_with(adjust: impl FnOnce(&mut Shared)) -> Self {
        Self::in_world(WorldKind::Lifelike, 2, adjust).await
    }

    async fn in_world(world: WorldKind, home: i32, adjust: impl FnOnce(&mut Shared)) -> Self {
        let options = Options { world, quiet: true, ..Options::default() };
        let server = Server::start(options).await.unwrap();
        let key = ServerKey::from_pem(&server.public_key_pem()).unwrap();
        let servers = Servers::Custom { address: server.address().to_string(), key };
        Self::new(servers, Some(Arc::new(server)), Vec::new(), home, adjust)
    }

    /// With a server that is also a proxy with this secret. The pool knows another address of it, where nobody is: only
    /// by a proxy it is reached.
    pub async fn hidden(secret: &str, adjust: impl FnOnce(&mut Shared)) -> Self {
        let mtproxy_secret = Some(secret.parse().unwrap());
        let options = Options { world: WorldKind::Plain, quiet: true, mtproxy_secret, ..Options::default() };
        let server = Server::start(options).await.unwrap();
        let key = ServerKey::from_pem(&server.public_key_pem()).unwrap();
        let servers = Servers::Custom { address: "127.0.0.1:9".into(), key };
        Self::new(servers, Some(Arc::new(server)), Vec::new(), 2, adjust)
    }

    /// Where the server listens.
    pub fn address(&self) -> std::net::SocketAddr {
        self.server.as_ref().unwrap().address()
    }

    /// Without a demo server.
    pub fn at(address: &str, adjust: impl FnOnce(&mut Shared)) -> Self {
        let key = ServerKey::production().unwrap();
        Self::new(Servers::Custom { address: address.to_owned(), key }, None, Vec::new(), 2, adjust)
    }

    /// Another pool to the same server, with what was kept.
    pub fn restart(&self, known: Vec<DcKey>) -> Self {
        Self::new(self.settings.servers.clone(), self.server.clone(), known, 2, |_| {})
    }

    fn new(
        servers: Servers,
        server: Option<Arc<Server>>,
        known: Vec<DcKey>,
        home: i32,
        adjust: impl FnOnce(&mut Shared),
    ) -> Self {
        let device =
            Device { model: "Desktop".into(), system: "Tests".into(), app_version: "0".into(), language: "en".into() };
        let settings = PoolSettings { servers, api_id: 1, device, ways: crate::Ways::default() };
        let (sender, events) = unbounded_channel();
        let mut shared = Shared::new(settings.clone(), known, home, sender);
        adjust(&mut shared);
        let scenario = server.as_ref().map(|server| server.scenario()).unwrap_or_default();
        let pool = Pool::over(shared);
        Self { server, scenario, pool, settings, events, seen: Vec::new() }
    }

    /// A pool to the same server that expects another public key.
    pub fn with_other_key(&self) -> Self {
        let address = self.server.as_ref().unwrap().address().to_string();
        let servers = Servers::Custom { address, key: ServerKey::production().unwrap() };
        Self::new(servers, self.server.clone(), Vec::new(), 2, |_| {})
    }

    pub fn account(&self) -> DemoAccount {
        let accounts = self.server.as_ref().unwrap().accounts();
        accounts.into_iter().find(|account| account.password.is_none()).unwrap()
    }

    /// Signs the first account in at home.
    pub async fn sign_in(&self) {
        let account = self.account();
        let sent = self.pool.invoke(&send_code(&account.phone)).await.unwrap();
        let enums::auth::SentCode::Code(sent) = sent else { panic!("no code was sent") };
        let sign_in = functions::auth::SignIn {
            phone_number: account.phone,
            phone_code_hash: sent.phone_code_hash,
            phone_code: Some(account.code),
            email_verification: None,
        };
        self.pool.invoke(&sign_in).await.unwrap();
        self.pool.authorized(true);
    }

    /// Another person writes to the account's first chat.
    pub fn say(&self, text: &str) {
        let server = self.server.as_ref().unwrap();
        let account = self.account();
        let other = server.accounts().into_iter().find(|other| other.user_id != account.user_id).unwrap();
        server.api().say(other.user_id, "Lighthouse Keepers", &account.phone, text);
    }

    /// The largest file among the account's notes to itself.
    pub async fn large_file(&self) -> LargeFile {
        let search = functions::messages::Search {
            peer: enums::InputPeer::PeerSelf,
            q: String::new(),
            from_id: None,
            saved_peer_id: None,
            saved_reaction: None,
            top_msg_id: None,
            filter: enums::MessagesFilter::InputMessagesFilterDocument,
            min_date: 0,
            max_date: 0,
            offset_id: 0,
            add_offset: 0,
            limit: 100,
            max_id: 0,
            min_id: 0,
            hash: 0,
        };
        let messages = match self.pool.invoke(&search).await.unwrap() {
            enums::messages::Messages::Messages(found) => found.messages,
            enums::messages::Messages::Slice(found) => found.messages,
            _ => panic!("no messages"),
        };
        let documents = messages.into_iter().filter_map(|message| match message {
            enums::Message::Message(types::Message { media: Some(enums::MessageMedia::Document(media)), .. }) => {
                media.document
            }
            _ => None,
        });
        let documents = documents.filter_map(|document| match document {
            enums::Document::Document(document) => Some(document),
            enums::Document::Empty(_) => None,
        });
        LargeFile(documents.max_by_key(|document| document.size).unwrap())
    }

    /// Waits for an event that was not waited for before.
    pub async fn wait(&mut self, wanted: impl Fn(&PoolEvent) -> bool) -> PoolEvent {
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                let event = self.events.recv().await.unwrap();
                self.seen.push(event.clone());
                if wanted(&event) {
                    return event;
                }
            }
        });
        match found.await {
            Ok(event) => event,
            Err(_) => panic!("it did not happen; seen: {:?}", self.seen),
        }
    }

    /// Takes all events that are there.
    pub fn drain(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            self.seen.push(event);
        }
    }

    /// Waits until the registry looks like this.
    pub async fn until(&self, wanted: impl Fn(&[InFlight]) -> bool) {
        eventually(|| wanted(&self.pool.requests().snapshot())).await;
    }

    pub fn key_of(&self, dc: i32) -> Option<heliograph_store::AuthKey> {
        self.pool.shared().datacenter(dc).record().auth_key
    }

    pub fn is_authorized(&self, dc: i32) -> bool {
        self.pool.shared().datacenter(dc).authorized()
    }

    /// Says that a datacenter is elsewhere.
    pub fn address_of(&self, dc: i32, address: &str) {
        self.pool.shared().datacenter(dc).set_addresses(vec![address.to_owned()], Vec::new());
    }
}

pub struct LargeFile(types::Document);

/// The length of the parts that are asked for.
pub const PART: usize = 512 << 10;

impl LargeFile {
    pub fn part(&self, number: i64) -> functions::upload::GetFile {
        functions::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: enums::InputFileLocation::InputDocumentFileLocation(types::InputDocumentFileLocation {
                id: self.0.id,
                access_hash: self.0.access_hash,
                file_reference: self.0.file_reference.clone(),
                thumb_size: String::new(),
            }),
            offset: number * PART as i64,
            limit: PART as i32,
        }
    }
}

pub async fn eventually(wanted: impl Fn() -> bool) {
    let reached = tokio::time::timeout(PATIENCE, async {
        while !wanted() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    assert!(reached.await.is_ok(), "it did not come to this");
}

pub fn send_code(phone: &str) -> functions::auth::SendCode {
    functions::auth::SendCode {
        phone_number: phone.to_owned(),
        api_id: 1,
        api_hash: "0".into(),
        settings: enums::CodeSettings::Settings(types::CodeSettings {
            allow_flashcall: false,
            current_number: false,
            allow_app_hash: false,
            allow_missed_call: false,
            allow_firebase: false,
            unknown_number: false,
            logout_tokens: None,
            token: None,
            app_sandbox: None,
        }),
    }
}

/// A request that only works for those who are signed in.
pub fn no_users() -> functions::users::GetUsers {
    functions::users::GetUsers { id: Vec::new() }
}

/// Lets connections go silent: open, but nothing comes. Counts what is written.
#[derive(Clone, Default)]
pub struct Freezer(Arc<[AtomicU64; 2]>);

impl Freezer {
    /// All connections that are open now.
    pub fn freeze(&self) {
        self.0[0].fetch_add(1, Ordering::SeqCst);
    }

    fn frozen(&self) -> u64 {
        self.0[0].load(Ordering::SeqCst)
    }

    /// Bytes, over all connections.
    pub fn written(&self) -> u64 {
        self.0[1].load(Ordering::SeqCst)
    }
}

/// Never connects to numbers of IPv6, as where a network says that it has it and does not carry it.
#[derive(Clone, Default)]
pub struct Broken6(Arc<AtomicU64>);

impl Broken6 {
    /// How often such a number was tried.
    pub fn tried(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Connector for Broken6 {
    fn connect<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, io::Result<BoxStream>> {
        if target.address.starts_with('[') {
            self.0.fetch_add(1, Ordering::SeqCst);
            return Box::pin(std::future::pending());
        }
        Tcp.connect(target)
    }
}

impl Connector for Freezer {
    fn connect<'a>(&'a self, target: Target<'a>) -> BoxFuture<'a, io::Result<BoxStream>> {
        Box::pin(async move {
            let stream = Tcp.connect(target).await?;
            let (freezer, born) = (self.clone(), self.frozen());
            Ok(Box::new(Freezing { stream, freezer, born }) as BoxStream)
        })
    }
}

struct Freezing {
    stream: BoxStream,
    freezer: Freezer,
    born: u64,
}

impl AsyncRead for Freezing {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = to.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, to);
        if self.freezer.frozen() == self.born {
            return polled;
        }
        // What comes is lost.
        to.set_filled(before);
        Poll::Pending
    }
}

impl AsyncWrite for Freezing {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        if let Poll::Ready(Ok(written)) = &polled {
            self.freezer.0[1].fetch_add(*written as u64, Ordering::SeqCst);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
