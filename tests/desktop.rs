//! The machine of a test: a demo server, a folder for the program's data, a folder for downloads.

use crate::Screen;
use heliograph::app::{self, Boot, DemoHint, Place};
use heliograph::media::allocation;
use heliograph::platform::copies::Copies;
use heliograph::platform::{Platform, clipboard, clock};
use heliograph::preferences::{self, ThemeChoice};
use heliograph_demo::{DemoAccount, Options, Scenario, Server, World, WorldKind};
use heliograph_store::{KeyStorage, Store, key};
use heliograph_telegram::{Account, Device, Events, ServerKey, Servers, Settings};
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The machine of a test. What it holds is gone when it is dropped.
pub struct Desktop {
    // Before the runtime, so that it stops while there still is one.
    server: Option<Server>,
    runtime: Runtime,
    folder: TempDir,
    clipboard: Arc<clipboard::Recorded>,
    pictures: Arc<allocation::Recorded>,
    copies: Arc<Copies>,
    opened: Arc<Mutex<Vec<PathBuf>>>,
    /// How to reach the server, also when it was stopped.
    reached: (String, String),
}

impl std::fmt::Debug for Desktop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desktop").field("folder", &self.folder.path()).finish_non_exhaustive()
    }
}

#[allow(clippy::expect_used, clippy::panic, reason = "the failing assertion of a test")]
impl Desktop {
    /// A machine with a quiet demo server: nobody does anything by themselves.
    pub fn new() -> Self {
        Self::with(WorldKind::Lifelike)
    }

    /// A machine with a quiet demo server of this world.
    pub fn with(world: WorldKind) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("desktop")
            .enable_all()
            .build()
            .expect("a runtime");
        let options = Options { quiet: true, world, ..Options::default() };
        let server = runtime.block_on(Server::start(options)).expect("the demo server starts");
        let reached = (server.address().to_string(), server.public_key_pem());
        Self::before(runtime, Some(server), reached)
    }

    /// A machine before a server that runs elsewhere, at this address and with this key.
    pub fn beyond(address: &str, key: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self::before(runtime, None, (address.to_owned(), key.to_owned()))
    }

    fn before(runtime: Runtime, server: Option<Server>, reached: (String, String)) -> Self {
        let folder = TempDir::new().expect("a folder");
        let opened: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
        let seen = opened.clone();
        let note = move |path| -> futures::future::BoxFuture<'static, bool> {
            seen.lock().unwrap_or_else(PoisonError::into_inner).push(path);
            Box::pin(async { true })
        };
        Self {
            server,
            runtime,
            copies: Arc::new(Copies::new(Some(folder.path().join("runtime")), Arc::new(note))),
            opened,
            folder,
            clipboard: Arc::default(),
            pictures: Arc::default(),
            reached,
        }
    }

    /// The demo server.
    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("the server was stopped by this test")
    }

    /// Its world.
    pub fn world(&self) -> Arc<World> {
        self.server().world()
    }

    /// Its scripted trouble.
    pub fn scenario(&self) -> Scenario {
        self.server().scenario()
    }

    /// The account that most tests use.
    pub fn account(&self) -> DemoAccount {
        self.accounts().into_iter().find(|account| account.password.is_none()).expect("an account without a password")
    }

    /// An account with a two-step password.
    pub fn account_with_password(&self) -> DemoAccount {
        self.accounts().into_iter().find(|account| account.password.is_some()).expect("an account with a password")
    }

    /// Another account than that of [`Self::account`], without a password.
    pub fn other_account(&self) -> DemoAccount {
        let first = self.account().phone;
        self.accounts()
            .into_iter()
            .find(|account| account.password.is_none() && account.phone != first)
            .expect("a second account without a password")
    }

    fn accounts(&self) -> Vec<DemoAccount> {
        self.server().accounts()
    }

    /// Where the program keeps the account.
    pub fn account_dir(&self) -> PathBuf {
        self.folder.path().join("data").join("accounts").join("1")
    }

    /// Where this test saves files.
    pub fn downloads(&self) -> PathBuf {
        let folder = self.folder.path().join("Downloads");
        std::fs::create_dir_all(&folder).expect("the download folder");
        folder
    }

    /// Every file that the program keeps.
    pub fn kept(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, all: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, all);
                } else {
                    all.push(path);
                }
            }
        }
        let mut all = Vec::new();
        walk(&self.folder.path().join("data"), &mut all);
        all
    }

    /// How to reach the server.
    pub fn settings(&self) -> Settings {
        let (address, key) = &self.reached;
        let key = ServerKey::from_pem(key).expect("the server's own key");
        Settings {
            servers: Servers::Custom { address: address.clone(), key },
            api_id: 1,
            api_hash: "0".repeat(32),
            ways: heliograph_telegram::Ways::default(),
            device: Device {
                model: "Test".to_owned(),
                system: "Test".to_owned(),
                app_version: "0".to_owned(),
                language: "en".to_owned(),
            },
        }
    }

    /// What the program has copied.
    pub fn copied(&self) -> Vec<String> {
        self.clipboard.all()
    }

    /// What the desktop was asked to show in other programs.
    pub fn opened(&self) -> Vec<PathBuf> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many pictures the program has handed to what draws them.
    pub fn pictures_taken(&self) -> usize {
        self.pictures.all().len()
    }

    /// The data folder.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn boot(&self, settings: Settings, demo: Option<DemoHint>) -> Boot {
        let (preferences_file, mut preferences) = preferences::File::open(&self.data_dir());
        // Pictures are compared when nothing moves, and by day where the test does not say otherwise.
        preferences.reduce_motion = true;
        if preferences.theme == ThemeChoice::System {
            preferences.theme = ThemeChoice::Day;
        }
        Boot {
            data_dir: self.data_dir(),
            accounts: vec![Place { id: "1".to_owned(), folder: self.account_dir(), key_storage: KeyStorage::File }],
            first: None,
            links: Vec::new(),
            instance: None,
            key_storage: Some(KeyStorage::File),
            settings,
            demo,
            preferences,
            preferences_file: preferences_file.with_keys_in(Some(KeyStorage::File)),
            platform: Platform {
                clipboard: self.clipboard.clone(),
                clock: Arc::new(clock::System),
                pictures: self.pictures.clone(),
                copies: self.copies.clone(),
                appearance: None,
            },
        }
    }

    /// Starts the program.
    pub fn open(&self) -> Screen {
        Screen::new(app::program(self.boot(self.settings(), None)), 1280.0, 800.0)
    }

    /// Starts the program as `--demo` does (or, `signed_in`, as `--demo=signed-in` does).
    pub fn open_demo(&self, signed_in: bool) -> Screen {
        let account = self.account();
        let hint = DemoHint { phone: account.phone, code: account.code, signed_in };
        Screen::new(app::program(self.boot(self.settings(), Some(hint))), 1280.0, 800.0)
    }

    /// Starts the program where nothing answers at the server's address.
    pub fn open_offline(&self) -> Screen {
        Screen::new(app::program(self.boot(self.unreachable(), None)), 1280.0, 800.0)
    }

    fn unreachable(&self) -> Settings {
        let mut settings = self.settings();
        let free = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).expect("a port");
        let address = free.local_addr().expect("an address").to_string();
        drop(free);
        if let Servers::Custom { key, .. } = settings.servers {
            settings.servers = Servers::Custom { address, key };
        }
        settings
    }

    /// Starts the program as it is started again: with every account that it has kept.
    pub fn open_again(&self) -> Screen {
        self.again(self.settings())
    }

    /// The same where nothing answers at the server's address. The server may have been stopped.
    pub fn open_again_offline(&self) -> Screen {
        self.again(self.unreachable())
    }

    fn again(&self, settings: Settings) -> Screen {
        let mut boot = self.boot(settings, None);
        let folder = |id: &str| self.data_dir().join("accounts").join(id);
        let ids = std::fs::read_dir(self.data_dir().join("accounts")).into_iter().flatten().flatten();
        let mut ids: Vec<_> = ids.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        ids.sort();
        boot.accounts =
            ids.into_iter().map(|id| Place { folder: folder(&id), id, key_storage: KeyStorage::File }).collect();
        boot.first = boot.preferences.last_account.clone();
        Screen::new(app::program(boot), 1280.0, 800.0)
    }

    /// The ids of the accounts that the program keeps.
    pub fn kept_accounts(&self) -> Vec<String> {
        let ids = std::fs::read_dir(self.data_dir().join("accounts")).into_iter().flatten().flatten();
        ids.filter_map(|entry| entry.file_name().into_string().ok()).collect()
    }

    /// Starts the program and signs in by hand.
    pub fn signed_in(&self) -> Screen {
        let mut screen = self.open();
        sign_in(&mut screen, &self.account());
        screen
    }

    /// Runs something that needs a runtime.
    pub fn run<R>(&self, work: impl Future<Output = R>) -> R {
        self.runtime.block_on(work)
    }

    /// Signs in with this account in a session of its own, without a screen: somebody else, or another device. Its
    /// background work runs beside the server.
    pub fn elsewhere(&self, account: &DemoAccount) -> (Account, Events) {
        self.run(self.session(account))
    }

    /// The same, with its background work on the runtime that this is awaited on.
    pub async fn session(&self, account: &DemoAccount) -> (Account, Events) {
        let folder = self.folder.path().join(format!("session-{}", account.phone));
        let key = key::obtain(KeyStorage::File, &folder, "session", None).await.expect("a key");
        let store = Store::open(&folder, &key).await.expect("a store");
        let (handle, events) = Account::open(self.settings(), store).await.expect("the account opens");
        let sent = handle.request_code(&account.phone).await.expect("a code is sent");
        if let heliograph_telegram::SignedIn::Password { .. } =
            handle.sign_in(&sent, &account.code).await.expect("the code is right")
        {
            let password = account.password.as_deref().expect("an account with a password");
            handle.check_password(password).await.expect("the password is right");
        }
        (handle, events)
    }

    /// What the account of the tests has in this chat, on the server.
    pub fn on_server(&self, title: &str) -> Vec<String> {
        self.world().texts_in(&self.account().phone, title)
    }

    /// Stops the server.
    pub fn stop_server(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.stop());
        }
    }
}

impl Default for Desktop {
    fn default() -> Self {
        Self::new()
    }
}

/// Types the number, the code, and the password where there is one, and waits for the chats.
pub fn sign_in(screen: &mut Screen, account: &DemoAccount) {
    screen.write("phone", &account.phone);
    screen.click("continue");
    // A whole code is sent by itself.
    screen.write("code", &account.code);
    if let Some(password) = &account.password {
        screen.write("password", password);
        screen.click("sign-in");
    }
    screen.wait_until("the chats are listed", |screen| !screen.ids("chat:").is_empty());
}
