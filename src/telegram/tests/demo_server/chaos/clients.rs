//! The three accounts of the chaos run, in a process of their own: what they do, and what they hear.

use super::{Dice, Name};
use crate::stage::{Heard, PATIENCE, User, pending, sign_in};
use heliograph_demo::{CodeWay, DemoAccount};
use heliograph_model::{Change, FormattedText, Message, MessageId, PeerId, Place, ReactionKind};
use heliograph_store::{DataKey, Store, Task};
use heliograph_telegram::{Account, Device, Event, Events, Search, ServerKey, Servers, Settings, Wanted, Ways};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The pieces in which histories are asked for.
const PAGE: u32 = 100;

/// How the process is told what it needs.
pub const PLAN: &str = "HELIOGRAPH_CHAOS_PLAN";

/// What the parent says at the start, a line each.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub folder: PathBuf,
    pub address: String,
    pub pem: String,
    pub seed: u64,
    /// Between two things that an account does, on average.
    pub pause: Duration,
    pub accounts: Vec<DemoAccount>,
}

impl Plan {
    pub fn write(&self) -> String {
        let mut text = format!(
            "{}\n{}\n{}\n{}\n{}\n",
            self.folder.display(),
            self.address,
            self.pem.replace('\n', "|"),
            self.seed,
            self.pause.as_millis()
        );
        for account in &self.accounts {
            let _ = writeln!(text, "{} {} {} {}", account.phone, account.code, account.dc, account.user_id);
        }
        text
    }

    fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let mut next = || lines.next().unwrap().to_owned();
        let (folder, address, pem) = (PathBuf::from(next()), next(), next().replace('|', "\n"));
        let (seed, pause) = (next().parse().unwrap(), Duration::from_millis(next().parse().unwrap()));
        let account = |line: &str| {
            let parts: Vec<&str> = line.split(' ').collect();
            DemoAccount {
                phone: parts[0].to_owned(),
                code: parts[1].to_owned(),
                way: CodeWay::App,
                password: None,
                recovery: false,
                dc: parts[2].parse().unwrap(),
                user_id: parts[3].parse().unwrap(),
            }
        };
        Self { folder, address, pem, seed, pause, accounts: lines.map(account).collect() }
    }
}

/// The folder of the store of an account.
pub fn device(number: usize) -> String {
    format!("chaos-{number}")
}

/// What was told of messages: each may come once.
#[derive(Default)]
struct Told {
    /// In which life of the program, as what, and when.
    numbers: HashMap<(PeerId, i32), (u32, &'static str, Instant)>,
    life: u32,
    /// When that began.
    began: Option<Instant>,
    sent: HashSet<MessageId>,
    twice: Vec<String>,
    /// Lists or chats that have to be fetched again.
    refetch: bool,
    missed: HashSet<PeerId>,
    refused: HashMap<String, u32>,
}

impl Told {
    fn hear(&mut self, event: Event) {
        match event {
            Event::Changes(changes) => changes.into_iter().for_each(|change| self.change(change)),
            Event::Refused { error, .. } => *self.refused.entry(format!("{error}")).or_default() += 1,
            Event::SignedOut => self.twice.push("signed out".to_owned()),
            _ => {}
        }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::NewMessage(message) => self.came(&message, "news"),
            Change::Sent { pending, message } => {
                self.came(&message, "ours");
                if !self.sent.insert(pending) {
                    self.twice.push(format!("sent twice: {pending:?} {:?}", message.text.text));
                }
            }
            Change::Refetch => self.refetch = true,
            Change::Missed(chat) => {
                self.missed.insert(chat);
            }
            _ => {}
        }
    }

    fn came(&mut self, message: &Message, what: &'static str) {
        let Some(id) = message.id.server() else { return };
        // In another life of the program it may be told again by what was missed, where that one ended while it was fetched:
        // the store has it once.
        let now = Instant::now();
        if let Some((life, before, then)) = self.numbers.insert((message.chat, id), (self.life, what, now))
            && life == self.life
        {
            let text = &message.text.text;
            let lives = self.began.map_or(Duration::ZERO, |began| now - began);
            self.twice.push(format!(
                "told twice: {:?} {id} {text:?}, as {before} and {:?} later as {what}, {lives:?} after the start",
                message.chat,
                now - then
            ));
        }
    }
}

/// What an account has written, changed and taken back.
#[derive(Default)]
struct Ledger {
    lines: String,
    written: u64,
    edits: u64,
    gone: HashSet<Name>,
}

struct Client {
    plan: Arc<Plan>,
    number: usize,
    dice: Dice,
    account: Account,
    store: Store,
    told: Arc<Mutex<Told>>,
    chats: Vec<PeerId>,
    ledger: Ledger,
    drafts: u64,
    did: HashMap<&'static str, u64>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn open(plan: &Plan, number: usize) -> (Account, Events, Store) {
    let folder = plan.folder.join(device(number));
    std::fs::create_dir_all(&folder).unwrap();
    let store = loop {
        match Store::open(&folder, &DataKey::from_bytes([7; 32])).await {
            Ok(store) => break store,
            Err(heliograph_store::Error::InUse(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(error) => panic!("{error}"),
        }
    };
    let settings = Settings {
        servers: Servers::Custom { address: plan.address.clone(), key: ServerKey::from_pem(&plan.pem).unwrap() },
        api_id: 1,
        api_hash: "none".into(),
        device: Device { model: "T".into(), system: "T".into(), app_version: "0".into(), language: "en".into() },
        ways: Ways::default(),
    };
    let (account, events) = Account::open(settings, store.clone()).await.unwrap();
    (account, events, store)
}

fn listen(mut events: Events, told: Arc<Mutex<Told>>) {
    tokio::spawn(async move {
        while let Some(event) = events.recv().await {
            lock(&told).hear(event);
        }
    });
}

/// All of a chat.
async fn whole(account: &Account, chat: PeerId) {
    let mut before = None;
    loop {
        let place = before.map_or(Place::Newest, Place::Before);
        let Ok(page) = account.history(chat, place, PAGE).await else { return };
        before = page.messages.first().and_then(|message| message.id.server());
        if page.complete || before.is_none() {
            return;
        }
    }
}

impl Client {
    async fn start(plan: Arc<Plan>, number: usize) -> Self {
        let (account, events, store) = open(&plan, number).await;
        let demo = plan.accounts[number].clone();
        sign_in(&account, &demo).await;
        let mut user = User { account, heard: Heard::new(events), demo };
        user.settle().await;
        let all = user.everything().await;
        let mut chats = super::chats_of(&plan.accounts, number, &all);
        let (account, told) = (user.account, Arc::default());
        listen(user.heard.into_events(), Arc::clone(&told));
        let mut known = Vec::new();
        for chat in chats.drain(..) {
            if account.history(chat, Place::Newest, 1).await.is_ok() {
                whole(&account, chat).await;
                known.push(chat);
            }
        }
        let dice = Dice::new(plan.seed.wrapping_add(number as u64 + 1));
        Self {
            number,
            dice,
            account,
            store,
            told,
            chats: known,
            plan,
            ledger: Ledger::default(),
            drafts: 0,
            did: HashMap::new(),
        }
    }

    async fn live(&mut self, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            let pause = self.plan.pause.as_millis() as u64 * 2;
            tokio::time::sleep(Duration::from_millis(self.dice.below(pause))).await;
            self.fetch_again();
            self.act().await;
        }
    }

    /// What a window does when it hears that it has missed something.
    fn fetch_again(&self) {
        let (refetch, missed) = {
            let mut told = lock(&self.told);
            (std::mem::take(&mut told.refetch), std::mem::take(&mut told.missed))
        };
        for chat in if refetch { self.chats.iter().copied().collect() } else { missed } {
            let account = self.account.clone();
            tokio::spawn(async move { account.history(chat, Place::Newest, PAGE).await.map(|_| ()) });
        }
        if refetch {
            self.list();
        }
    }

    fn list(&self) {
        let account = self.account.clone();
        tokio::spawn(async move {
            let mut after = None;
            while let Ok(page) = account.chats(after, PAGE).await {
                after = page.next;
                if after.is_none() {
                    return;
                }
            }
        });
    }

    async fn act(&mut self) {
        let chat = self.chats[self.dice.below(self.chats.len() as u64) as usize];
        let what = match self.dice.below(100) {
            0..35 => self.write(chat),
            35..45 => self.edit(chat).await,
            45..51 => self.delete(chat).await,
            51..61 => self.react(chat).await,
            61..71 => self.read(chat).await,
            71..78 => self.draft(chat),
            78..82 => self.pin(chat).await,
            82..87 => self.search(chat).await,
            87..93 => self.look(chat),
            93..96 => {
                self.list();
                "list"
            }
            96..98 => {
                // As after sleep: the clock has jumped.
                self.account.reconnect_now();
                "wake"
            }
            98 => self.restart().await,
            _ => {
                let account = self.account.clone();
                tokio::spawn(async move { account.typing(chat).await });
                "typing"
            }
        };
        *self.did.entry(what).or_default() += 1;
    }

    fn write(&mut self, chat: PeerId) -> &'static str {
        let name = Name { account: self.number, number: self.ledger.written };
        self.ledger.written += 1;
        let text = FormattedText::plain(name.text(None));
        let _ = writeln!(self.ledger.lines, "s {name} {}", chat.marked());
        self.account.submit(Message { id: pending(), chat, outgoing: true, text, ..Message::default() });
        "write"
    }

    /// Messages of the chat as they stand here.
    async fn here(&self, chat: PeerId) -> Vec<Message> {
        self.account.stored_history(chat, Place::Newest, 40).await.map(|page| page.messages).unwrap_or_default()
    }

    /// One of ours, and its name.
    async fn own(&mut self, chat: PeerId) -> Option<(Name, Message)> {
        let mut own: Vec<(Name, Message)> = self
            .here(chat)
            .await
            .into_iter()
            .filter_map(|message| Some((Name::of(&message.text.text)?.0, message)))
            .filter(|(name, message)| {
                // Of which a window would know: the store can be ahead of it.
                let is_told = |id| lock(&self.told).numbers.contains_key(&(chat, id));
                name.account == self.number
                    && !self.ledger.gone.contains(name)
                    && message.id.server().is_some_and(is_told)
            })
            .collect();
        let count = own.len() as u64;
        (count > 0).then(|| own.swap_remove(self.dice.below(count) as usize))
    }

    async fn edit(&mut self, chat: PeerId) -> &'static str {
        let Some((name, mut message)) = self.own(chat).await else { return "nothing" };
        self.ledger.edits += 1;
        message.text = FormattedText::plain(name.text(Some(self.ledger.edits)));
        let _ = writeln!(self.ledger.lines, "e {name} {}", self.ledger.edits);
        self.account.queue(chat, Task::Edit(Box::new(message)));
        "edit"
    }

    async fn delete(&mut self, chat: PeerId) -> &'static str {
        let Some((name, message)) = self.own(chat).await else { return "nothing" };
        let _ = writeln!(self.ledger.lines, "d {name} 0");
        self.ledger.gone.insert(name);
        self.account
            .queue(chat, Task::Delete { messages: message.id.server().into_iter().collect(), for_everyone: true });
        "delete"
    }

    async fn react(&mut self, chat: PeerId) -> &'static str {
        let Some(message) = self.any(chat).await else { return "nothing" };
        let all = ["👍", "🔥", "❤"];
        let reactions = match self.dice.below(4) {
            0 => Vec::new(),
            number => vec![ReactionKind::Emoji(all[number as usize - 1].to_owned())],
        };
        self.account.queue(chat, Task::React { message, reactions });
        "react"
    }

    async fn any(&mut self, chat: PeerId) -> Option<i32> {
        let here: Vec<i32> = self
            .here(chat)
            .await
            .into_iter()
            .filter(|message| Name::of(&message.text.text).is_some_and(|(name, _)| !self.ledger.gone.contains(&name)))
            .filter_map(|message| message.id.server())
            .collect();
        let count = here.len() as u64;
        (count > 0).then(|| here[self.dice.below(count) as usize])
    }

    async fn read(&mut self, chat: PeerId) -> &'static str {
        let newest = self.here(chat).await.into_iter().rev().find_map(|message| message.id.server());
        let Some(newest) = newest else { return "nothing" };
        self.account.queue(chat, Task::Read(newest));
        "read"
    }

    fn draft(&mut self, chat: PeerId) -> &'static str {
        self.drafts += 1;
        let words = if self.dice.below(3) == 0 { String::new() } else { format!("half a thought {}", self.drafts) };
        self.account.typed(chat, FormattedText::plain(&words), None, self.drafts);
        if self.dice.below(2) == 0 {
            self.account.left(chat);
        }
        "draft"
    }

    async fn pin(&mut self, chat: PeerId) -> &'static str {
        // Not everybody may in a group.
        if !matches!(chat, PeerId::User(_)) {
            return "nothing";
        }
        let Some(message) = self.any(chat).await else { return "nothing" };
        let Some(pinned) =
            self.here(chat).await.iter().find(|here| here.id.server() == Some(message)).map(|here| !here.pinned)
        else {
            return "nothing";
        };
        self.account.queue(chat, Task::Pin { message, pinned });
        "pin"
    }

    async fn search(&mut self, chat: PeerId) -> &'static str {
        let text = format!("chaos {}", self.dice.below(3));
        let wanted = Search { text: text.clone(), limit: 20, ..Search::default() };
        self.account.search_stored(wanted).await.unwrap();
        let account = self.account.clone();
        tokio::spawn(async move {
            let wanted = Wanted { text, chat: Some(chat), ..Wanted::default() };
            let steps = account.search(wanted);
            futures::pin_mut!(steps);
            let all = async { while futures::StreamExt::next(&mut steps).await.is_some() {} };
            let _ = tokio::time::timeout(PATIENCE, all).await;
        });
        "search"
    }

    fn look(&mut self, chat: PeerId) -> &'static str {
        let account = self.account.clone();
        let limit = 10 + self.dice.below(60) as u32;
        tokio::spawn(async move {
            let _ = account.keep_open(Some(chat)).await;
            account.history(chat, Place::Newest, limit).await.map(|_| ())
        });
        "look"
    }

    /// The program ends and starts again.
    async fn restart(&mut self) -> &'static str {
        self.account.shut_down().await;
        let (folder, number) = (self.plan.clone(), self.number);
        // The old handles have to go before the store opens again.
        let old = std::mem::replace(&mut self.account, nobody(&folder, number).await);
        drop(old);
        self.store.clone().close().await.unwrap();
        let (account, events, store) = open(&folder, number).await;
        let spare = std::mem::replace(&mut self.account, account);
        spare.shut_down().await;
        self.store = store;
        {
            let mut told = lock(&self.told);
            told.life += 1;
            told.began = Some(Instant::now());
        }
        listen(events, self.told.clone());
        // As every window does.
        self.list();
        "restart"
    }

    /// Waits until nothing of ours waits any more.
    async fn empty(&self) -> bool {
        let empty = async {
            while !self.account.outgoing().await.is_empty() || !self.store.outbox().await.unwrap().is_empty() {
                tokio::time::sleep(Duration::from_millis(100)).await;
                self.fetch_again();
            }
            // Drafts go up a moment after they were typed.
            while self.account.drafts().await.unwrap().iter().any(|(_, drafts)| !drafts.synced) {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE * 3, empty).await.is_ok()
    }

    /// Waits until nothing was asked for a while: rows of the list are looked at a moment after they came in doubt.
    async fn rest(&self) {
        let mut quiet = 0;
        let resting = async {
            while quiet < 50 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                quiet = if self.account.connection().requests.is_empty() { quiet + 1 } else { 0 };
            }
        };
        let _ = tokio::time::timeout(PATIENCE * 2, resting).await;
    }

    /// Waits until the store is as far as this.
    async fn reach(&self, goal: &Goal) -> Result<(), String> {
        let mut last = String::new();
        let reached = async {
            loop {
                self.fetch_again();
                let state = self.store.session().await.unwrap().updates.unwrap_or_default();
                let behind: Vec<String> = goal
                    .channels
                    .iter()
                    .filter_map(|(id, pts)| {
                        let ours = state.channels.iter().find(|(other, _)| other == id)?.1;
                        (ours != *pts).then(|| format!("channel {id}: {ours} of {pts}"))
                    })
                    .collect();
                if state.pts == goal.pts && behind.is_empty() {
                    return;
                }
                last = format!("pts {} of {}; {}", state.pts, goal.pts, behind.join(", "));
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE * 2, reached).await.map_err(|_| last)
    }
}

/// An account that nobody uses, for the moment between two lives of one.
async fn nobody(plan: &Plan, number: usize) -> Account {
    let folder = plan.folder.join(format!("nobody-{number}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let spare = Plan { folder: folder.clone(), address: "127.0.0.1:9".into(), ..plan.clone() };
    open(&spare, number).await.0
}

/// How far an account's store has to be: `number pts channel:pts ...`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goal {
    pub pts: i32,
    pub channels: Vec<(i64, i32)>,
}

impl Goal {
    pub fn write(&self) -> String {
        let channels: Vec<String> = self.channels.iter().map(|(id, pts)| format!("{id}:{pts}")).collect();
        format!("{} {}", self.pts, channels.join(" "))
    }

    fn read(text: &str) -> Self {
        let mut parts = text.split_whitespace();
        let pts = parts.next().unwrap().parse().unwrap();
        let channels = parts.map(|part| part.split_once(':').unwrap());
        Self { pts, channels: channels.map(|(id, pts)| (id.parse().unwrap(), pts.parse().unwrap())).collect() }
    }
}

/// What is resident of this process, and how much of that is its own and not a file's (code, the index of a log), in KiB.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let of = |name| line(name).trim().trim_end_matches(" kB").to_owned();
    format!("{} {}", of("VmRSS:"), of("RssAnon:"))
}

fn orders() -> UnboundedReceiver<String> {
    let (sender, orders) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    orders
}

/// The life of the process: it does what its plan says, and obeys its parent.
#[allow(clippy::print_stdout, reason = "the parent reads it")]
pub async fn live(plan: &Path) {
    let plan = Arc::new(Plan::read(&std::fs::read_to_string(plan).unwrap()));
    let mut orders = orders();
    let mut clients = Vec::new();
    for number in 0..plan.accounts.len() {
        clients.push(Client::start(plan.clone(), number).await);
    }
    println!("chaos: ready {}", memory());
    let stop = Arc::new(AtomicBool::new(false));
    let lives: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            let stop = stop.clone();
            tokio::spawn(async move {
                client.live(&stop).await;
                client
            })
        })
        .collect();
    while let Some(order) = orders.recv().await {
        match order.as_str() {
            "memory" => println!("chaos: memory {}", memory()),
            _ => break,
        }
    }
    stop.store(true, Ordering::Relaxed);
    let mut clients = Vec::new();
    for life in lives {
        clients.push(life.await.unwrap());
    }
    for client in &clients {
        if !client.empty().await {
            let waiting = client.store.outbox().await.unwrap();
            println!("chaos: fault the outbox of {} does not get empty: {} wait", client.number, waiting.len());
        }
    }
    println!("chaos: empty 0");
    for client in &clients {
        let goal = Goal::read(&orders.recv().await.unwrap());
        if let Err(last) = client.reach(&goal).await {
            println!("chaos: fault account {} does not catch up: {last}", client.number);
        }
    }
    for client in &clients {
        client.rest().await;
    }
    println!("chaos: memory {}", memory());
    for client in clients {
        client.account.shut_down().await;
        let told = lock(&client.told);
        for twice in &told.twice {
            println!("chaos: fault account {}: {twice}", client.number);
        }
        let mut did: Vec<_> = client.did.iter().collect();
        did.sort();
        println!("chaos: did account {}: {did:?}, refused {:?}", client.number, told.refused);
        std::fs::write(plan.folder.join(format!("ledger-{}", client.number)), &client.ledger.lines).unwrap();
    }
    println!("chaos: done 0");
}
