//! Random trouble under random use by three accounts; in the end the stores hold what the server holds, exactly.
//!
//! The accounts live in a process of their own ([`clients`]), so that its memory is theirs alone; here are the server, its
//! trouble, and the judgement. Twenty seconds, and an hour with HELIOGRAPH_EFFORT=1; HELIOGRAPH_CHAOS_SECONDS says another
//! time, HELIOGRAPH_CHAOS_SEED repeats a run.

#![allow(clippy::print_stdout, reason = "a run says what it did")]

pub mod clients;

use crate::friend::Friend;
use crate::stage::{KEEPERS, PATIENCE, Stage, User};
use clients::{Goal, Plan, device};
use grammers_tl_types::{enums, functions, types};
use heliograph_demo::{ClosingConnections, DemoAccount, Disturbance, Mishap, Rule, Scenario, Trouble};
use heliograph_model::{Chat, ChatPage, Message, PeerId, Place};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const NAME: &str = "chaos::after_random_trouble_the_stores_hold_what_the_server_holds";
/// How many accounts take part.
const ACCOUNTS: usize = 3;

/// Numbers that look random, the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than this, and 0 where nothing is less.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}

/// What a message of the run is called, whatever becomes of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    pub account: usize,
    pub number: u64,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.account, self.number)
    }
}

impl Name {
    /// Its words, in this version.
    pub fn text(self, version: Option<u64>) -> String {
        match version {
            Some(version) => format!("chaos {self} version {version}"),
            None => format!("chaos {self}"),
        }
    }

    /// The name and the version of one with these words.
    pub fn of(text: &str) -> Option<(Self, Option<u64>)> {
        let rest = text.strip_prefix("chaos ")?;
        let (name, version) = match rest.split_once(" version ") {
            Some((name, version)) => (name, Some(version.parse().ok()?)),
            None => (rest, None),
        };
        Some((Self::read(name)?, version))
    }

    fn read(text: &str) -> Option<Self> {
        let (account, number) = text.split_once('.')?;
        Some(Self { account: account.parse().ok()?, number: number.parse().ok()? })
    }
}

/// Where the accounts meet: the group of all, with each other, and each alone.
pub fn chats_of(accounts: &[DemoAccount], number: usize, all: &ChatPage) -> Vec<PeerId> {
    let keepers = all.peers.iter().find(|peer| peer.name == KEEPERS).map(|peer| peer.id);
    let mut chats: Vec<PeerId> = keepers.into_iter().collect();
    chats.extend(accounts.iter().map(|account| PeerId::User(account.user_id)));
    // Basic groups, whose messages have other numbers for everybody.
    let mut groups: Vec<PeerId> =
        all.chats.iter().map(|chat| chat.id).filter(|id| matches!(id, PeerId::Group(_))).collect();
    groups.sort();
    chats.extend(groups.into_iter().take(usize::from(number == 0) * 2));
    chats
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// How long.
fn lasts() -> Duration {
    let effort = std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    let seconds = setting("HELIOGRAPH_CHAOS_SECONDS").unwrap_or(((3600.0 * effort) as u64).max(20));
    Duration::from_secs(seconds)
}

/// One piece of trouble, and how it was called.
async fn strike(dice: &mut Dice, stage: &Stage) -> &'static str {
    const METHODS: [&str; 8] = [
        "messages.sendMessage",
        "messages.editMessage",
        "messages.getHistory",
        "updates.getDifference",
        "updates.getChannelDifference",
        "messages.getDialogs",
        "messages.sendReaction",
        "*",
    ];
    let scenario: &Scenario = &stage.scenario;
    let method = METHODS[dice.below(METHODS.len() as u64) as usize];
    let short = Duration::from_millis(50 + dice.below(2500));
    let rule = |times: u64, trouble| scenario.add(Rule { method: method.to_owned(), nth: 1, times, trouble });
    let disturb = |times: u64, mishap| scenario.disturb_updates(Disturbance { after: 0, times, mishap });
    let some = 1 + dice.below(4);
    match dice.below(19) {
        0 | 1 => {
            scenario.cut_connections();
            "cut"
        }
        2 => {
            scenario.refuse_connections(true);
            scenario.cut_connections();
            tokio::time::sleep(short).await;
            scenario.refuse_connections(false);
            "away"
        }
        3 | 4 => {
            let dc = if dice.below(2) == 0 { 2 } else { 4 };
            scenario.stall(dc, true);
            tokio::time::sleep(short).await;
            scenario.stall(dc, false);
            "stall"
        }
        5 => {
            disturb(some + 1, Mishap::Reverse);
            "reverse"
        }
        // A hole is no trouble of this run: what has no number of its own would be lost in it for good.
        6 | 7 => {
            disturb(some, Mishap::Twice);
            "twice"
        }
        8 => {
            disturb(some, Mishap::Unreadable);
            "unreadable update"
        }
        9 => {
            rule(some, Trouble::Drop);
            scenario.close_connections(ClosingConnections {
                dc: None,
                close_after_bytes: dice.below(20_000),
                times: 1,
            });
            "drop"
        }
        10 => {
            rule(some, Trouble::Error { code: 500, message: "INTERNAL".into() });
            "internal"
        }
        11 => {
            rule(1, Trouble::Error { code: 420, message: "FLOOD_WAIT_1".into() });
            "flood"
        }
        12 => {
            rule(1, Trouble::Close);
            "close"
        }
        13 => {
            rule(1, Trouble::Truncate);
            "truncate"
        }
        14 => {
            rule(1, Trouble::Random(1 + dice.below(5000) as usize));
            "noise"
        }
        15 => {
            rule(1, Trouble::UnknownBeside);
            "unknown beside"
        }
        16 => {
            scenario.change_salts();
            "salts"
        }
        17 => {
            rule(some, Trouble::DelayMs(short.as_millis() as u64));
            "delay"
        }
        _ => {
            stage.server.world().advance(dice.below(90) as i32);
            "clock"
        }
    }
}

/// What is resident of the process of the accounts, and how much of that is no file's, in KiB.
#[derive(Clone, Copy, Debug)]
struct Memory {
    whole: u64,
    own: u64,
}

impl Memory {
    fn read(said: &str) -> Self {
        let (whole, own) = said.split_once(' ').unwrap();
        Self { whole: whole.parse().unwrap(), own: own.parse().unwrap() }
    }
}

/// The process of the accounts.
struct Clients {
    child: Child,
    orders: ChildStdin,
    lines: UnboundedReceiver<String>,
    faults: Vec<String>,
}

impl Clients {
    fn start(plan: &std::path::Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME, "--nocapture"])
            .env(clients::PLAN, plan)
            // As the app decides for itself (`platform/memory.rs`), so that its memory can be told from this.
            .envs([
                ("MALLOC_ARENA_MAX", "2"),
                ("MALLOC_MMAP_THRESHOLD_", "1048576"),
                ("MALLOC_TRIM_THRESHOLD_", "1048576"),
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = unbounded_channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // The harness writes on the same line where it names the test.
                if let Some((_, said)) = line.split_once("chaos: ")
                    && sender.send(said.to_owned()).is_err()
                {
                    return;
                }
            }
        });
        let orders = child.stdin.take().unwrap();
        Self { child, orders, lines, faults: Vec::new() }
    }

    fn order(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
    }

    /// Waits until it says this; what it says with it.
    async fn says(&mut self, what: &str, patience: Duration) -> String {
        let wait = async {
            while let Some(line) = self.lines.recv().await {
                if let Some(fault) = line.strip_prefix("fault ") {
                    self.faults.push(fault.to_owned());
                } else if let Some(rest) = line.strip_prefix(what) {
                    return rest.trim().to_owned();
                } else {
                    println!("{line}");
                }
            }
            panic!("the process of the accounts ended before {what:?}")
        };
        match tokio::time::timeout(patience, wait).await {
            Ok(rest) => rest,
            Err(_) => panic!("no {what:?}; faults so far: {:?}", self.faults),
        }
    }

    async fn memory(&mut self) -> Memory {
        self.order("memory");
        Memory::read(&self.says("memory", PATIENCE * 2).await)
    }
}

impl Drop for Clients {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How far the server is with an account.
async fn goal(friend: &Friend) -> Goal {
    let enums::updates::State::State(state) = friend.call(&functions::updates::GetState {}).await.unwrap();
    let request = functions::messages::GetDialogs {
        exclude_pinned: false,
        folder_id: None,
        offset_date: 0,
        offset_id: 0,
        offset_peer: enums::InputPeer::Empty,
        limit: 500,
        hash: 0,
    };
    let dialogs = match friend.call(&request).await.unwrap() {
        enums::messages::Dialogs::Dialogs(all) => all.dialogs,
        enums::messages::Dialogs::Slice(all) => all.dialogs,
        enums::messages::Dialogs::NotModified(_) => Vec::new(),
    };
    let channels = dialogs.into_iter().filter_map(|dialog| match dialog {
        enums::Dialog::Dialog(types::Dialog { peer: enums::Peer::Channel(channel), pts: Some(pts), .. }) => {
            Some((channel.channel_id, pts))
        }
        _ => None,
    });
    Goal { pts: state.pts, channels: channels.collect() }
}

/// The drafts that the cloud has.
async fn drafts(friend: &Friend) -> BTreeMap<PeerId, String> {
    let updates = match friend.call(&functions::messages::GetAllDrafts {}).await.unwrap() {
        enums::Updates::Updates(all) => all.updates,
        enums::Updates::Combined(all) => all.updates,
        _ => Vec::new(),
    };
    let mut drafts = BTreeMap::new();
    for update in updates {
        if let enums::Update::DraftMessage(types::UpdateDraftMessage {
            peer,
            draft: enums::DraftMessage::Message(draft),
            ..
        }) = update
        {
            let chat = match peer {
                enums::Peer::User(user) => PeerId::User(user.user_id),
                enums::Peer::Chat(group) => PeerId::Group(group.chat_id),
                enums::Peer::Channel(channel) => PeerId::Channel(channel.channel_id),
            };
            drafts.insert(chat, draft.message);
        }
    }
    drafts
}

/// All of a chat, oldest first.
async fn history(account: &heliograph_telegram::Account, chat: PeerId) -> Vec<Message> {
    let mut all = Vec::new();
    let mut before = None;
    loop {
        let place = before.map_or(Place::Newest, Place::Before);
        let mut page = account.history(chat, place, 100).await.unwrap();
        before = page.messages.first().and_then(|message| message.id.server());
        page.messages.append(&mut all);
        all = page.messages;
        if page.complete || before.is_none() {
            return all;
        }
    }
}

/// What the server holds of an account.
struct Truth {
    chats: Vec<Chat>,
    histories: Vec<(PeerId, Vec<Message>)>,
    drafts: BTreeMap<PeerId, String>,
    goal: Goal,
}

impl Truth {
    async fn of(judge: &User, friend: &Friend, accounts: &[DemoAccount], number: usize) -> Self {
        let all = judge.everything().await;
        let mut histories = Vec::new();
        for chat in chats_of(accounts, number, &all) {
            if judge.account.history(chat, Place::Newest, 1).await.is_ok() {
                histories.push((chat, history(&judge.account, chat).await));
            }
        }
        Self { chats: all.chats, histories, drafts: drafts(friend).await, goal: goal(friend).await }
    }

    /// What the store has otherwise.
    async fn differences(&self, stage: &Stage, number: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut differs = |what: String| found.push(format!("account {number}: {what}"));
        let store = stage.store(&device(number)).await;
        let state = store.session().await.unwrap().updates.unwrap_or_default();
        if state.pts != self.goal.pts {
            differs(format!("pts {} for {}", state.pts, self.goal.pts));
        }
        for (id, pts) in &self.goal.channels {
            match state.channels.iter().find(|(other, _)| other == id) {
                Some((_, ours)) if ours == pts => {}
                other => differs(format!("channel {id}: pts {other:?} for {pts}")),
            }
        }
        store.close().await.unwrap();
        // Nobody connects here: what it says is what it has.
        let (account, _heard) = stage.open(&device(number)).await;
        let stored = account.stored_chats(1000).await.unwrap().chats;
        let order = |chats: &[Chat]| chats.iter().map(|chat| chat.id).collect::<Vec<_>>();
        if order(&stored) != order(&self.chats) {
            let other = order(&stored).iter().zip(order(&self.chats)).position(|(a, b)| *a != b);
            differs(format!(
                "the list is in another order, {} rows for {}, from {other:?} on",
                stored.len(),
                self.chats.len()
            ));
        }
        for truth in &self.chats {
            match stored.iter().find(|chat| chat.id == truth.id) {
                None => differs(format!("no row for {:?}", truth.id)),
                Some(chat) => {
                    let chat = &Chat {
                        read_inbox: self.mark(chat.id, chat.read_inbox, truth.read_inbox),
                        read_outbox: self.mark(chat.id, chat.read_outbox, truth.read_outbox),
                        ..chat.clone()
                    };
                    if !is_same_row(chat, truth) {
                        let slight = if is_slight_row(chat, truth) { SLIGHT } else { "" };
                        differs(format!("{slight}row\n  {chat:?}\nfor\n  {truth:?}"));
                    }
                }
            }
        }
        for (chat, truth) in &self.histories {
            let page = account.stored_history(*chat, Place::Newest, 1_000_000).await.unwrap();
            if page.hole_before || !page.newest {
                differs(format!("{chat:?} has a hole: {} messages of {}", page.messages.len(), truth.len()));
            }
            let stored: BTreeMap<_, _> = page.messages.iter().map(|message| (message.id, message)).collect();
            for message in truth {
                match stored.get(&message.id) {
                    None => differs(format!("{chat:?} lacks {:?} {:?}", message.id, message.text.text)),
                    Some(ours) if !is_same(ours, message) => {
                        let alike = Message { reactions: message.reactions.clone(), ..(*ours).clone() };
                        let slight = if is_same(&alike, message) { SLIGHT } else { "" };
                        differs(format!("{slight}message\n  {ours:?}\nfor\n  {message:?}"));
                    }
                    Some(_) => {}
                }
            }
            for (id, message) in &stored {
                if !truth.iter().any(|other| other.id == *id) {
                    differs(format!("{chat:?} still has {id:?} {:?}", message.text.text));
                }
            }
        }
        let drafts: BTreeMap<PeerId, String> = account
            .drafts()
            .await
            .unwrap()
            .into_iter()
            .filter_map(|(chat, drafts)| Some((chat, drafts.current?.text.text)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if drafts != self.drafts {
            differs(format!("drafts {drafts:?} for {:?}", self.drafts));
        }
        if !account.outgoing().await.is_empty() {
            differs(format!("{} still wait", account.outgoing().await.len()));
        }
        account.shut_down().await;
        found
    }

    /// How far a chat was read, as the server says it where that is the same: no message lies between the two. One that
    /// was deleted before it was known to be read does not count.
    fn mark(&self, chat: PeerId, ours: i32, truth: i32) -> i32 {
        let between = ours.min(truth) + 1..=ours.max(truth);
        let is_between = |message: &Message| message.id.server().is_some_and(|id| between.contains(&id));
        match self.histories.iter().find(|(other, _)| *other == chat) {
            Some((_, messages)) if !messages.iter().any(is_between) => truth,
            _ => ours,
        }
    }
}

/// Whether a message is the same. The demo server forgets what one answered when that is deleted, and tells nobody.
fn is_same(ours: &Message, truth: &Message) -> bool {
    ours == truth || (truth.reply.is_none() && Message { reply: None, ..ours.clone() } == *truth)
}

/// Whether a row is.
fn is_same_row(ours: &Chat, truth: &Chat) -> bool {
    let last = match (&ours.last, &truth.last) {
        (Some(ours), Some(truth)) => is_same(ours, truth),
        (ours, truth) => ours == truth,
    };
    last && Chat { last: None, ..ours.clone() } == Chat { last: None, ..truth.clone() }
}

/// What no number orders, and is put right by the next list or page: it may be wrong for a moment, and not for longer.
const SLIGHT: &str = "slight: ";

/// Whether the rows differ in what they count only.
fn is_slight_row(ours: &Chat, truth: &Chat) -> bool {
    let Chat { unread, mentions, reactions, read_outbox, .. } = *truth;
    is_same_row(&Chat { unread, mentions, reactions, read_outbox, ..ours.clone() }, truth)
}

/// What a window does when it starts, and when somebody reads in it: it asks for the list, for the end of what is opened,
/// and how others have reacted to what is in view.
async fn look(stage: &Stage, demo: &DemoAccount, accounts: &[DemoAccount], number: usize) {
    stage.scenario.refuse_connections(false);
    let (account, heard) = stage.open(&device(number)).await;
    let user = User { account, heard, demo: demo.clone() };
    let all = user.everything().await;
    for chat in chats_of(accounts, number, &all) {
        let _ = user.account.history(chat, Place::Newest, 100).await;
        let read = user.account.stored_history(chat, Place::Newest, 1_000_000).await.unwrap().messages;
        let read: Vec<i32> = read.iter().filter_map(|message| message.id.server()).collect();
        let _ = user.account.refresh_reactions(chat, &read).await;
    }
    // What came is being written.
    tokio::time::sleep(Duration::from_secs(3)).await;
    user.account.shut_down().await;
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
}

/// Compares what was written with what arrived.
fn faults_of_sending(ledger: &str, truths: &[Truth], number: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let mut versions: HashMap<Name, Option<u64>> = HashMap::new();
    let mut chats: HashMap<Name, i64> = HashMap::new();
    let mut gone = Vec::new();
    for line in ledger.lines() {
        let [what, name, value] = *line.split(' ').collect::<Vec<_>>() else { panic!("{line}") };
        let (name, value) = (Name::read(name).unwrap(), value.parse::<i64>().unwrap());
        match what {
            "s" => {
                versions.insert(name, None);
                chats.insert(name, value);
            }
            "e" => {
                versions.insert(name, Some(value as u64));
            }
            _ => gone.push(name),
        }
    }
    let mut arrived: HashMap<Name, (u32, Option<u64>)> = HashMap::new();
    for (chat, messages) in &truths[number].histories {
        let mut last = None;
        for message in messages.iter().filter(|message| message.outgoing) {
            let Some((name, version)) = Name::of(&message.text.text) else { continue };
            if name.account != number {
                continue;
            }
            arrived.entry(name).or_default().0 += 1;
            arrived.entry(name).or_default().1 = version;
            if last.is_some_and(|last| last > name) {
                faults.push(format!("{name} after {last:?} in {chat:?}"));
            }
            last = Some(name);
            if chats.get(&name) != Some(&chat.marked()) {
                faults.push(format!("{name} in another chat than it was written in"));
            }
        }
    }
    for (name, version) in &versions {
        match (arrived.get(name), gone.contains(name)) {
            (None, true) => {}
            (Some((1, there)), false) if there == version => {}
            (there, gone) => {
                faults.push(format!("{name}: {version:?} was written, gone: {gone}, on the server: {there:?}"))
            }
        }
    }
    println!(
        "account {number}: {} written, {} edited or taken back, {} there",
        versions.len(),
        ledger.lines().count() - versions.len(),
        arrived.len()
    );
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn after_random_trouble_the_stores_hold_what_the_server_holds() {
    if let Some(plan) = std::env::var_os(clients::PLAN) {
        return clients::live(plan.as_ref()).await;
    }
    let seed = setting("HELIOGRAPH_CHAOS_SEED").unwrap_or_else(|| {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).unwrap();
        u32::from_le_bytes(bytes).into()
    });
    let lasts = lasts();
    println!("HELIOGRAPH_CHAOS_SEED={seed} HELIOGRAPH_CHAOS_SECONDS={}", lasts.as_secs());
    let stage = Stage::new().await;
    let mut judges = Vec::new();
    let mut friends = Vec::new();
    for number in 0..ACCOUNTS {
        let judge = stage.sign_in(number, &format!("judge-{number}")).await;
        friends.push(Friend::of(&stage, &judge.demo).await);
        judge.account.shut_down().await;
        judges.push(judge.demo);
    }
    let pause = Duration::from_millis(if lasts > Duration::from_secs(120) { 500 } else { 150 });
    let plan = Plan {
        folder: stage.path(""),
        address: stage.server.address().to_string(),
        pem: stage.server.public_key_pem(),
        seed,
        pause,
        accounts: judges.clone(),
    };
    std::fs::write(stage.path("plan"), plan.write()).unwrap();
    let mut clients = Clients::start(&stage.path("plan"));
    clients.says("ready", PATIENCE * 3).await;

    let mut dice = Dice::new(seed);
    let mut struck: BTreeMap<&str, u32> = BTreeMap::new();
    let began = Instant::now();
    // Until everything has been there once.
    let warm = lasts / 3;
    let mut series = Vec::new();
    while began.elapsed() < lasts {
        tokio::time::sleep(Duration::from_millis(100 + dice.below(1500))).await;
        *struck.entry(strike(&mut dice, &stage).await).or_default() += 1;
        if began.elapsed() > warm + lasts / 12 * series.len() as u32 {
            series.push(clients.memory().await);
        }
    }
    println!("trouble: {struck:?}");
    // Updates that wait to be told in another order are told.
    tokio::time::sleep(Duration::from_secs(3)).await;
    stage.scenario.calm();
    clients.order("finish");
    clients.says("empty", PATIENCE * 12).await;
    // What was disturbed last is found when the connection comes anew.
    stage.scenario.cut_connections();
    for friend in &friends {
        let goal = goal(friend).await;
        clients.order(&goal.write());
    }
    let after = Memory::read(&clients.says("memory", PATIENCE * 10).await);
    clients.says("done", PATIENCE).await;
    let before = series.first().copied().unwrap_or(after);
    for (name, of) in
        [("resident memory", (|memory| memory.whole) as fn(&Memory) -> u64), ("its own", |memory| memory.own)]
    {
        let (first, last) = (of(&before), of(&after));
        let between: Vec<u64> = series.iter().map(of).collect();
        println!(
            "{name} in KiB: {first} after the warm-up, then {between:?}, {last} in the end: {:.3}",
            last as f64 / first as f64
        );
    }

    let mut truths = Vec::new();
    for (number, demo) in judges.iter().enumerate() {
        let (account, heard) = stage.open(&format!("judge-{number}")).await;
        let judge = User { account, heard, demo: demo.clone() };
        truths.push(Truth::of(&judge, &friends[number], &judges, number).await);
        judge.account.shut_down().await;
    }
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    let mut faults = std::mem::take(&mut clients.faults);
    for number in 0..ACCOUNTS {
        let ledger = std::fs::read_to_string(stage.path(&format!("ledger-{number}"))).unwrap();
        faults.extend(faults_of_sending(&ledger, &truths, number));
        let mut found = truths[number].differences(&stage, number).await;
        if !found.is_empty() && found.iter().all(|fault| fault.contains(SLIGHT)) {
            println!("until the next look:\n{}", found.join("\n"));
            look(&stage, &judges[number], &judges, number).await;
            found = truths[number].differences(&stage, number).await;
        }
        faults.extend(found);
    }
    assert!(faults.is_empty(), "seed {seed}, {} faults:\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
}
