//! The process that is killed, and what it said before.

#![allow(clippy::print_stdout, reason = "the parent reads it")]

use super::{BETTER, Number, TEST, is_deleted, is_edited, number, words};
use crate::stage::{PATIENCE, Stage};
use heliograph_model::{Change, Connection, FormattedText, Message, MessageId, PeerId};
use heliograph_store::{DataKey, Store, Task};
use heliograph_telegram::{Account, Device, Event, Events, ServerKey, Servers, Settings, Ways};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

const FOLDER: &str = "HELIOGRAPH_KILLING_FOLDER";
const ADDRESS: &str = "HELIOGRAPH_KILLING_ADDRESS";
const KEY: &str = "HELIOGRAPH_KILLING_KEY";
const CHAT: &str = "HELIOGRAPH_KILLING_CHAT";
const DRAFTED: &str = "HELIOGRAPH_KILLING_DRAFTED";
const ROUND: &str = "HELIOGRAPH_KILLING_ROUND";

/// Whether this is the process that is to be killed.
pub fn is_child() -> bool {
    std::env::var_os(FOLDER).is_some()
}

fn given(name: &str) -> String {
    std::env::var(name).unwrap()
}

fn peer(name: &str) -> PeerId {
    PeerId::from_marked(given(name).parse().unwrap()).unwrap()
}

/// The life of the child: it writes, edits, deletes, types and listens, and says what is sure to be kept.
pub async fn live() {
    let folder = given(FOLDER);
    let store = loop {
        match Store::open(folder.as_ref(), &DataKey::from_bytes([7; 32])).await {
            Ok(store) => break store,
            Err(heliograph_store::Error::InUse(_)) => {}
            Err(error) => panic!("{error}"),
        }
    };
    let settings = Settings {
        servers: Servers::Custom { address: given(ADDRESS), key: ServerKey::from_pem(&given(KEY)).unwrap() },
        api_id: 1,
        api_hash: "none".into(),
        device: Device { model: "T".into(), system: "T".into(), app_version: "0".into(), language: "en".into() },
        ways: Ways::default(),
    };
    let (account, events) = Account::open(settings, store).await.unwrap();
    let account = Arc::new(account);
    let (chat, drafted) = (peer(CHAT), peer(DRAFTED));
    tokio::spawn(listen(account.clone(), events, chat, drafted));
    let round: u64 = given(ROUND).parse().unwrap();
    for n in 0.. {
        let text = FormattedText::plain(words((round, n)));
        let id = MessageId::Pending(round * 1_000_000 + n);
        account.submit(Message { id, chat, outgoing: true, text: text.clone(), ..Message::default() });
        // It answers in order: what was submitted before is in the store.
        let mut waiting = account.outgoing().await.len();
        println!("said: kept {round} {n}");
        account.typed(drafted, text, None, n + 1);
        // As fast as the server, and a little ahead of it: also without a connection.
        if waiting > 10 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        while waiting > 60 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            waiting = account.outgoing().await.len();
        }
    }
}

/// Hears what comes, and goes on with what the server has taken.
async fn listen(account: Arc<Account>, mut events: Events, chat: PeerId, drafted: PeerId) {
    while let Some(event) = events.recv().await {
        match event {
            Event::Draft { chat, drafts, .. } if chat == drafted => {
                if let Some(((round, n), _)) = drafts.current.and_then(|draft| number(&draft.text.text)) {
                    println!("said: drafted {round} {n}");
                }
            }
            Event::Connection(Connection::Online) => println!("said: online {} 0", given(ROUND)),
            Event::Changes(changes) => {
                for change in changes {
                    match change {
                        Change::NewMessage(message) => {
                            if let Some(news) = message.text.text.strip_prefix("news ").filter(|_| message.chat == chat)
                            {
                                println!("said: heard 0 {news}");
                            }
                        }
                        Change::Sent { message, .. } => changed_one_s_mind(&account, message).await,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

async fn changed_one_s_mind(account: &Account, mut message: Message) {
    let Some((number, _)) = number(&message.text.text) else { return };
    let (chat, (round, n)) = (message.chat, number);
    if is_deleted(number) {
        let messages = message.id.server().into_iter().collect();
        account.queue(chat, Task::Delete { messages, for_everyone: true });
        account.outgoing().await;
        println!("said: deleted {round} {n}");
    } else if is_edited(number) {
        message.text.text.push_str(BETTER);
        account.queue(chat, Task::Edit(Box::new(message)));
        account.outgoing().await;
        println!("said: edited {round} {n}");
    }
}

/// What was sure to be kept.
#[derive(Debug, Default)]
pub struct Said {
    pub kept: BTreeSet<Number>,
    pub edited: BTreeSet<Number>,
    pub deleted: BTreeSet<Number>,
    pub drafted: Option<Number>,
    /// The newest message by somebody else.
    pub heard: u64,
}

impl Said {
    fn hear(&mut self, what: &str, number: Number) {
        match what {
            "kept" => drop(self.kept.insert(number)),
            "edited" => drop(self.edited.insert(number)),
            "deleted" => drop(self.deleted.insert(number)),
            "drafted" => self.drafted = self.drafted.max(Some(number)),
            "heard" => self.heard = self.heard.max(number.1),
            _ => {}
        }
    }

    pub fn merge(&mut self, later: Self) {
        self.kept.extend(later.kept);
        self.edited.extend(later.edited);
        self.deleted.extend(later.deleted);
        self.drafted = self.drafted.max(later.drafted);
        self.heard = self.heard.max(later.heard);
    }
}

/// The process from outside.
pub struct Child {
    process: std::process::Child,
    reader: JoinHandle<Said>,
    works: mpsc::Receiver<String>,
}

impl Child {
    pub fn start(stage: &Stage, chat: PeerId, drafted: PeerId, round: u64) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", TEST, "--nocapture"])
            .env(FOLDER, stage.path("one"))
            .env(ADDRESS, stage.server.address().to_string())
            .env(KEY, stage.server.public_key_pem())
            .env(CHAT, chat.marked().to_string())
            .env(DRAFTED, drafted.marked().to_string())
            .env(ROUND, round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (working, works) = mpsc::channel();
        let reader = std::thread::spawn(move || {
            let mut said = Said::default();
            for line in output.lines().map_while(Result::ok) {
                let Some((_, line)) = line.split_once("said: ") else { continue };
                let mut parts = line.split(' ');
                let what = parts.next().unwrap_or_default();
                let mut next = || parts.next().and_then(|part| part.parse().ok());
                if let (Some(round), Some(n)) = (next(), next()) {
                    said.hear(what, (round, n));
                    let _ = working.send(what.to_owned());
                }
            }
            said
        });
        Self { process, reader, works }
    }

    /// Until it has said one of these, or is dead.
    pub fn wait_until_it_says(&self, words: &[&str]) {
        while self.works.recv_timeout(PATIENCE).is_ok_and(|said| !words.contains(&said.as_str())) {}
    }

    pub fn kill(mut self) -> Said {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.reader.join().unwrap()
    }
}
