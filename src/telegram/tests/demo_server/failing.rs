//! The disk below an account refuses single writes, some of them, or all for a while, at any moment: while it signs in,
//! receives, sends, edits, deletes, types, opens and migrates. The window hears of everything meanwhile; afterwards the
//! store is as if nothing had happened.

use crate::disk::Disk;
use crate::killing::{BETTER, Number, Said, is_deleted, is_edited, number, remains_of, sound, step_back, words};
use crate::stage::{KEEPERS, PATIENCE, Stage, User, effort, sign_in};
use heliograph_model::{Change, Delivery, FormattedText, Message, MessageId, PeerId, Place};
use heliograph_store::{DataKey, Store, Task};
use heliograph_telegram::{Account, Error, Event, Events};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How often it fails, in the long form.
const FAILURES: f64 = 300.0;

/// What the window was told.
#[derive(Default)]
struct Told {
    sent: BTreeMap<Number, Message>,
    unstored: HashSet<MessageId>,
    news: HashSet<String>,
    drafted: Option<Number>,
}

/// The device that the disk is in.
struct Machine {
    account: Account,
    store: Store,
    told: Arc<Mutex<Told>>,
    listening: tokio::task::JoinHandle<()>,
}

impl Machine {
    /// Starts the program, again and again if the disk does not let it.
    async fn start(stage: &Stage, disk: &Disk, told: Arc<Mutex<Told>>, drafted: PeerId) -> Self {
        loop {
            let store = match Store::open(&stage.path("one"), &DataKey::from_bytes([7; 32])).await {
                Ok(store) => store,
                Err(error) => {
                    assert!(disk.has_failed(), "{error}");
                    disk.heal();
                    continue;
                }
            };
            match Account::open(stage.settings(), store.clone()).await {
                Ok((account, events)) => {
                    let listening = tokio::spawn(listen(events, told.clone(), drafted));
                    return Self { account, store, told, listening };
                }
                Err(error) => {
                    assert!(disk.has_failed(), "{error}");
                    disk.heal();
                    let _ = store.close().await;
                }
            }
        }
    }

    async fn end(self) {
        self.account.shut_down().await;
        self.listening.abort();
        // What is not carried over stays in the log.
        let _ = self.store.close().await;
    }

    /// What people do again who see that it did not work.
    async fn once_more(&self, server: &[String]) {
        for message in self.account.outgoing().await {
            if matches!(message.delivery, Delivery::Failed(_) | Delivery::Unknown) {
                self.account.send_again(message.id);
            }
        }
        if !self.store.outbox().await.unwrap().is_empty() {
            return;
        }
        let there: BTreeMap<Number, bool> = server.iter().filter_map(|text| number(text)).collect();
        let sent = self.told.lock().unwrap().sent.clone();
        for (number, mut message) in sent {
            let chat = message.chat;
            match there.get(&number) {
                Some(_) if is_deleted(number) => {
                    let messages = message.id.server().into_iter().collect();
                    self.account.queue(chat, Task::Delete { messages, for_everyone: true });
                }
                Some(false) if is_edited(number) => {
                    message.text = FormattedText::plain(words(number) + BETTER);
                    self.account.queue(chat, Task::Edit(Box::new(message)));
                }
                _ => {}
            }
        }
    }
}

async fn listen(mut events: Events, told: Arc<Mutex<Told>>, drafted: PeerId) {
    while let Some(event) = events.recv().await {
        let mut told = told.lock().unwrap();
        match event {
            Event::Draft { chat, drafts, .. } if chat == drafted => {
                let draft = drafts.current.and_then(|draft| number(&draft.text.text));
                told.drafted = told.drafted.max(draft.map(|(number, _)| number));
            }
            Event::Outgoing { pending, delivery: Delivery::Failed(_), .. } => {
                told.unstored.insert(pending);
            }
            Event::Changes(changes) => {
                for change in changes {
                    match change {
                        Change::NewMessage(message) => drop(told.news.insert(message.text.text)),
                        Change::Sent { message, .. } => {
                            if let Some((number, _)) = number(&message.text.text) {
                                told.sent.insert(number, message);
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

/// Waits until nothing is wanting any more; says what is, where that takes too long.
async fn until<F: Future<Output = Result<(), String>>>(what: &str, mut wanting: impl FnMut() -> F) {
    let start = Instant::now();
    loop {
        match wanting().await {
            Ok(()) => return,
            Err(wanting) => assert!(start.elapsed() < PATIENCE * 2, "{what}: {wanting}"),
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_write_is_refused_nothing_is_lost_and_the_account_goes_on() {
    let rounds = ((FAILURES * effort()) as u64).max(9);
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let other = stage.sign_in(1, "other").await;
    let keepers = user.chat(KEEPERS).await.id;
    other.chat(KEEPERS).await;
    let drafted = user.everything().await.chats.iter().map(|chat| chat.id).find(|id| *id != keepers).unwrap();
    // So that a stretch up to now is here.
    user.account.history(keepers, Place::Newest, 20).await.unwrap();
    user.account.shut_down().await;
    let User { demo, account, .. } = user;
    drop(account);
    // Whoever had it open lets go of it.
    stage.store("one").await.close().await.unwrap();

    let disk = Disk::below(&stage.path("one"));
    println!("HELIOGRAPH_DISK_SEED={}", disk.seed());
    let told: Arc<Mutex<Told>> = Arc::default();
    let texts = || stage.server.world().texts_in(&demo.phone, KEEPERS);
    let mut machine = Machine::start(&stage, &disk, told.clone(), drafted).await;
    let mut said = Said::default();
    let mut all = BTreeSet::new();
    let (mut refused, mut restarts) = (0, 0);
    for round in 0..rounds {
        disk.fail(disk.random(80), [1, 1 + disk.random(8), u64::MAX][disk.random(3) as usize]);
        if round % 3 == 2 {
            // Ended and started again, from the file as an older program would have left it.
            machine.end().await;
            refused += disk.heal().len();
            if round % 2 == 0 {
                step_back(&stage.path("one")).await;
            }
            disk.fail(disk.random(60), [1, 1 + disk.random(8)][disk.random(2) as usize]);
            machine = Machine::start(&stage, &disk, told.clone(), drafted).await;
            restarts += 1;
        }
        let mut ours = Vec::new();
        for n in 0..4 {
            let number = (round, n);
            let id = MessageId::Pending(1_000_000 + round * 100 + n);
            let text = FormattedText::plain(words(number));
            machine.account.submit(Message {
                id,
                chat: keepers,
                outgoing: true,
                text: text.clone(),
                ..Message::default()
            });
            machine.account.typed(drafted, text, None, round * 100 + n + 1);
            other.say(keepers, &format!("news {round} {n}")).await.unwrap();
            ours.push((number, id));
            all.insert(number);
        }
        // It answers in order: what is not said to have failed is in the store.
        let waiting = machine.account.outgoing().await;
        let unstored = told.lock().unwrap().unstored.clone();
        let failed = |id: MessageId| {
            unstored.contains(&id)
                || waiting.iter().any(|message| message.id == id && matches!(message.delivery, Delivery::Failed(_)))
        };
        said.kept.extend(ours.iter().filter(|(_, id)| !failed(*id)).map(|(number, _)| *number));
        // The window hears of everything, whatever the disk does.
        until("the news", || async {
            let told = told.lock().unwrap();
            match (0..4).find(|n| !told.news.contains(&format!("news {round} {n}"))) {
                Some(n) => Err(format!("{round} {n}")),
                None => Ok(()),
            }
        })
        .await;
        // As if the process ended here.
        if round % 2 == 0 {
            said.drafted = told.lock().unwrap().drafted;
            let server = texts();
            let left = remains_of(&stage.path("one"), &said).await;
            left.check(&said, &[server, texts()].concat());
        }
        refused += disk.heal().len();

        // The disk works again: all that is wanted comes to its end, here and at the server.
        until(&format!("round {round}"), || async {
            let server = texts();
            machine.once_more(&server).await;
            let there: Vec<(Number, bool)> = server.iter().filter_map(|text| number(text)).collect();
            let expected: Vec<(Number, bool)> =
                all.iter().filter(|n| !is_deleted(**n)).map(|n| (*n, is_edited(*n))).collect();
            let mut sorted = there.clone();
            sorted.sort_unstable();
            if sorted != expected {
                let wrong: Vec<_> = sorted.iter().filter(|one| !expected.contains(one)).collect();
                let missing: Vec<_> = expected.iter().filter(|one| !sorted.contains(one)).collect();
                return Err(format!(
                    "at the server: {wrong:?} and not {missing:?}, {} of {}",
                    sorted.len(),
                    expected.len()
                ));
            }
            let outbox = machine.store.outbox().await.unwrap();
            if !outbox.is_empty() {
                return Err(format!("in the outbox: {outbox:?}"));
            }
            let page = machine.store.page(keepers, Place::Newest, 1_000_000).await.unwrap();
            let stored: Vec<&String> = page.messages.iter().map(|message| &message.text.text).collect();
            let server: Vec<&String> = server.iter().skip(server.len().saturating_sub(stored.len())).collect();
            if stored != server || !page.newest || stored.len() < 4 {
                return Err(format!("stored ({}, {}): {stored:?}, server: {server:?}", page.newest, page.verified));
            }
            let draft = machine.store.draft(drafted).await.unwrap().current;
            match draft.and_then(|draft| number(&draft.text.text)) {
                Some((draft, _)) if draft == (round, 3) => Ok(()),
                draft => Err(format!("the draft is {draft:?}")),
            }
        })
        .await;
    }
    println!(
        "{rounds} rounds, {restarts} starts, {refused} refused; {} messages of ours, {} kept at once",
        all.len(),
        said.kept.len()
    );
    assert!(refused as u64 >= rounds, "the disk has hardly failed: {refused}");
    machine.end().await;
    sound(&stage.path("one"));
}

/// The keys of a session are in the store before anybody is signed in there: else the next start would take them for
/// signed out, and remove everything.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_while_the_disk_fails_is_signed_in_after_the_next_start() {
    let rounds = ((100.0 * effort()) as u64).max(4);
    let stage = Stage::new().await;
    let demo = stage.demo(0);
    let (mut failed, mut refused) = (0, 0);
    for round in 0..rounds {
        let device = format!("device {round}");
        stage.store(&device).await.close().await.unwrap();
        let disk = Disk::below(&stage.path(&device));
        println!("round {round}: HELIOGRAPH_DISK_SEED={}", disk.seed());
        let store = stage.store(&device).await;
        let (account, _events) = Account::open(stage.settings(), store.clone()).await.unwrap();
        // One or two writes of the first that there are.
        disk.fail(disk.random(10), 1 + disk.random(2));
        let entered = async {
            let sent = account.request_code(&demo.phone).await?;
            account.sign_in(&sent, &demo.code).await
        };
        let entered = entered.await;
        refused += disk.heal().len();
        if let Err(error) = entered {
            assert!(matches!(error, Error::Store(_)), "{error}");
            failed += 1;
            sign_in(&account, &demo).await;
        }
        account.shut_down().await;
        store.close().await.unwrap();
        let (account, _heard) = stage.open(&device).await;
        assert!(!account.chats(None, 5).await.unwrap().chats.is_empty(), "{device}");
        account.shut_down().await;
    }
    println!("{rounds} rounds, {refused} writes refused, {failed} times not signed in at once");
    assert!(refused > 0);
}
