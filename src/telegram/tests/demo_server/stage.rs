//! A server, accounts on it, and what they hear.

use heliograph_demo::{CodeWay, DemoAccount, Options, Scenario, Server, WorldKind};
use heliograph_model::{Change, Chat, ChatPage, FormattedText, Message, MessageId, Peer, PeerId};
use heliograph_store::{DataKey, Store};
use heliograph_telegram::{Account, Device, Error, Event, Events, ServerKey, Servers, Settings, SignedIn};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

/// For whatever should come, but not at once: a loaded machine is slow.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// For whatever should not come.
pub const A_WHILE: Duration = Duration::from_millis(700);

/// The first chat of the list, a supergroup.
pub const KEEPERS: &str = "Lighthouse Keepers";

/// What the program would be registered with.
pub const API_HASH: &str = "0f9a8b7c6d5e4f30a1b2c3d4e5f60718";

/// A server whose people are quiet.
pub struct Stage {
    pub server: Server,
    pub scenario: Scenario,
    folder: TempDir,
}

/// An account and what it hears.
pub struct User {
    pub account: Account,
    pub heard: Heard,
    pub demo: DemoAccount,
}

/// The events of an account.
pub struct Heard {
    events: Events,
    /// Everything so far.
    pub all: Vec<Event>,
}

impl Stage {
    pub async fn new() -> Self {
        Self::of(WorldKind::Lifelike).await
    }

    pub async fn of(world: WorldKind) -> Self {
        Self::with(Options { quiet: true, world, ..Options::default() }).await
    }

    pub async fn with(options: Options) -> Self {
        let server = Server::start(options).await.unwrap();
        let scenario = server.scenario();
        Self { server, scenario, folder: tempfile::tempdir().unwrap() }
    }

    /// A place for files.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The store of a device.
    pub async fn store(&self, device: &str) -> Store {
        let folder = self.path(device);
        tokio::fs::create_dir_all(&folder).await.unwrap();
        let key = DataKey::from_bytes([7; 32]);
        // The store of the run before may take a moment to close.
        for _ in 0..100 {
            match Store::open(&folder, &key).await {
                Ok(store) => return store,
                Err(heliograph_store::Error::InUse(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(error) => panic!("{error}"),
            }
        }
        panic!("the store stays in use");
    }

    /// How to reach this server.
    pub fn settings(&self) -> Settings {
        Settings {
            servers: Servers::Custom {
                address: self.server.address().to_string(),
                key: ServerKey::from_pem(&self.server.public_key_pem()).unwrap(),
            },
            api_id: 1,
            api_hash: API_HASH.into(),
            ways: heliograph_telegram::Ways::default(),
            device: Device {
                model: "Test".into(),
                system: "Test".into(),
                app_version: "0".into(),
                language: "en".into(),
            },
        }
    }

    /// Starts the client on a device.
    pub async fn open(&self, device: &str) -> (Account, Heard) {
        let (account, events) = Account::open(self.settings(), self.store(device).await).await.unwrap();
        (account, Heard::new(events))
    }

    /// An account without a password; 0 is the one with the richest world.
    pub fn demo(&self, number: usize) -> DemoAccount {
        self.server.accounts().into_iter().filter(|demo| demo.password.is_none()).nth(number).unwrap()
    }

    /// Signs in on a device.
    pub async fn sign_in(&self, number: usize, device: &str) -> User {
        let demo = self.demo(number);
        let (account, heard) = self.open(device).await;
        sign_in(&account, &demo).await;
        User { account, heard, demo }
    }

    /// What the server keeps for the account in a chat, oldest first.
    pub fn texts(&self, user: &User, title: &str) -> Vec<String> {
        self.server.world().texts_in(&user.demo.phone, title)
    }
}

/// The account at home to which codes come this way.
pub fn by_way(stage: &Stage, way: CodeWay) -> DemoAccount {
    stage.server.accounts().into_iter().find(|demo| demo.way == way).unwrap()
}

/// Signs in with a code.
pub async fn sign_in(account: &Account, demo: &DemoAccount) -> Peer {
    let sent = account.request_code(&demo.phone).await.unwrap();
    match account.sign_in(&sent, &demo.code).await.unwrap() {
        SignedIn::Done(me) => me,
        SignedIn::Password { .. } => panic!("this account has a password"),
    }
}

impl User {
    /// The whole chat list.
    pub async fn everything(&self) -> ChatPage {
        let mut all = ChatPage::default();
        let mut after = None;
        loop {
            let page = self.account.chats(after, 20).await.unwrap();
            all.chats.extend(page.chats);
            all.peers.extend(page.peers);
            match page.next {
                Some(next) => after = Some(next),
                None => return all,
            }
        }
    }

    /// The chat with this name.
    pub async fn chat(&self, name: &str) -> Chat {
        let all = self.everything().await;
        let id = all.peers.iter().find(|peer| peer.name == name).unwrap().id;
        all.chats.into_iter().find(|chat| chat.id == id).unwrap()
    }

    /// Sends plain words.
    pub async fn say(&self, chat: PeerId, words: &str) -> Result<Message, Error> {
        self.account.send(chat, pending(), FormattedText::plain(words)).await
    }

    /// Makes sure that updates flow: what happens now is heard.
    pub async fn settle(&mut self) {
        self.heard.until(|event| matches!(event, Event::Connection(heliograph_model::Connection::Online))).await;
    }
}

/// How long the long tests are: 1 is the whole length.
pub fn effort() -> f64 {
    std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

/// A number for a message that nobody has yet.
pub fn pending() -> MessageId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    MessageId::Pending(NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Heard {
    pub fn new(events: Events) -> Self {
        Self { events, all: Vec::new() }
    }

    /// The stream itself, for somebody else.
    pub fn into_events(self) -> Events {
        self.events
    }

    /// Waits for an event, now or already heard.
    pub async fn until(&mut self, test: impl Fn(&Event) -> bool) -> Event {
        if let Some(event) = self.all.iter().find(|event| test(event)) {
            return event.clone();
        }
        self.next(test).await
    }

    /// Waits for an event that was not heard yet.
    pub async fn next(&mut self, test: impl Fn(&Event) -> bool) -> Event {
        let wait = async {
            loop {
                let event = self.events.recv().await.expect("the events have ended");
                self.all.push(event.clone());
                if test(&event) {
                    return event;
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("an event did not come")
    }

    /// The next event, which is not kept.
    pub async fn take(&mut self, patience: Duration) -> Event {
        tokio::time::timeout(patience, self.events.recv()).await.expect("no event came").expect("the events have ended")
    }

    /// Waits for a change, now or already heard.
    pub async fn change(&mut self, test: impl Fn(&Change) -> bool) -> Change {
        let event = self.until(|event| matches!(event, Event::Changes(all) if all.iter().any(&test))).await;
        let Event::Changes(changes) = event else { unreachable!() };
        changes.into_iter().find(test).unwrap()
    }

    /// Waits until a message with these words has come.
    pub async fn message(&mut self, words: &str) -> Message {
        match self.change(|change| matches!(change, Change::NewMessage(m) if m.text.text == words)).await {
            Change::NewMessage(message) => message,
            _ => unreachable!(),
        }
    }

    /// Takes in what comes within a while.
    pub async fn listen(&mut self) {
        let wait = async {
            while let Some(event) = self.events.recv().await {
                self.all.push(event);
            }
        };
        let _ = tokio::time::timeout(A_WHILE, wait).await;
    }

    /// All changes so far.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.all.iter().flat_map(|event| match event {
            Event::Changes(changes) => changes.as_slice(),
            _ => &[],
        })
    }

    /// The words of all new messages so far.
    pub fn words(&self) -> Vec<String> {
        self.changes()
            .filter_map(|change| match change {
                Change::NewMessage(message) => Some(message.text.text.clone()),
                _ => None,
            })
            .collect()
    }
}

/// Waits until something is so.
pub async fn eventually(what: &str, test: impl Fn() -> bool) {
    let wait = async {
        while !test() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, wait).await.is_ok(), "{what}");
}
