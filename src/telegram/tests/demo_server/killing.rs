//! A real process that receives, sends, edits, deletes and migrates is killed at random moments, again and again. After
//! each of them the files that it left are looked at as they lie there, and in the end the store is compared with what
//! the server has: nothing is lost, nothing comes twice, and the order stays.

mod life;
mod remains;
mod schema;

use crate::stage::{KEEPERS, PATIENCE, Stage, User, effort, eventually};
use heliograph_model::{FormattedText, MessageId, PeerId, PeerKind, Place};
use heliograph_store::Task;
use heliograph_telegram::Account;
use life::Child;
pub use life::Said;
pub use remains::{of as remains_of, sound};
pub use schema::step_back;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often, in the long form.
const KILLINGS: f64 = 500.0;

/// The name of the test, by which the child finds its life.
const TEST: &str = "killing::a_process_that_is_killed_at_any_moment_loses_nothing_and_repeats_nothing";

/// A message of the child: in which life it was written, and as which.
pub type Number = (u64, u64);

/// What the child writes.
pub fn words(number: Number) -> String {
    format!("round {} number {}", number.0, number.1)
}

/// Reads `words`, and whether they were changed since.
pub fn number(text: &str) -> Option<(Number, bool)> {
    let better = text.ends_with(BETTER);
    let (round, number) = text.trim_end_matches(BETTER).strip_prefix("round ")?.split_once(" number ")?;
    Some(((round.parse().ok()?, number.parse().ok()?), better))
}

/// What the child appends to those that it edits, and others to theirs.
pub const BETTER: &str = ", in better words";

/// Every third of a life is edited, every fifth deleted.
pub fn is_edited(number: Number) -> bool {
    number.1 % 3 == 1
}

pub fn is_deleted(number: Number) -> bool {
    number.1 % 5 == 4
}

/// A random number below `end`.
pub fn below(end: u64) -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    u64::from_le_bytes(bytes) % end
}

/// Somebody who never rests: writes, edits and deletes in the group, and another one writes to the account alone.
async fn chatter(other: Arc<Account>, keepers: PeerId, note: impl Fn(&str), over: Arc<AtomicBool>) -> u64 {
    let mut sent = Vec::new();
    let mut count = 0;
    while !over.load(Ordering::Relaxed) {
        count += 1;
        let text = FormattedText::plain(format!("news {count}"));
        let message = other.send(keepers, crate::stage::pending(), text).await.unwrap();
        note(&format!("note {count}"));
        if count % 7 == 3 {
            other.delete(keepers, &[message.id.server().unwrap()], true).await.unwrap();
        } else {
            sent.push(message);
        }
        if count % 4 == 0 {
            // An older one: it lies in the store of the child, or it does not yet.
            let mut message = sent.remove(below(sent.len() as u64) as usize);
            message.text.text.push_str(BETTER);
            other.queue(keepers, Task::Edit(Box::new(message)));
        }
        tokio::time::sleep(Duration::from_millis(10 + below(30))).await;
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_at_any_moment_loses_nothing_and_repeats_nothing() {
    if life::is_child() {
        return life::live().await;
    }
    let rounds = ((KILLINGS * effort()) as u64).max(8);
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let other = stage.sign_in(1, "other").await;
    let keepers = user.chat(KEEPERS).await.id;
    other.chat(KEEPERS).await;
    let all = user.everything().await;
    let writer = all.peers.iter().find(|peer| {
        let person = matches!(peer.kind, PeerKind::User { is_self: false, bot: false, deleted: false, .. });
        person && peer.id.bare() != other.demo.user_id && all.chats.iter().any(|chat| chat.id == peer.id)
    });
    let writer = writer.unwrap().clone();
    user.account.shut_down().await;
    let demo = user.demo.clone();
    drop(user);
    drop(stage.store("one").await);

    let over = Arc::new(AtomicBool::new(false));
    let (api, phone) = (stage.server.api(), demo.phone.clone());
    let (name, from) = (writer.name.clone(), writer.id.bare());
    let note = move |text: &str| api.say(from, &name, &phone, text);
    let talk = tokio::spawn(chatter(Arc::new(other.account), keepers, note, over.clone()));

    let mut said = Said::default();
    let mut stepped_back = 0;
    for round in 0..rounds {
        // As if an older program had been here: this one brings the file to its version first.
        if round % 4 == 3 {
            schema::step_back(&stage.path("one")).await;
            stepped_back += 1;
        }
        let child = Child::start(&stage, keepers, writer.id, round);
        // While it works, however long it takes until then: just connected, or in the midst of it.
        match round % 4 {
            0 => child.wait_until_it_says(&["edited", "deleted"]),
            2 => child.wait_until_it_says(&["online"]),
            _ => {}
        }
        std::thread::sleep(Duration::from_micros(below(if round % 2 == 0 { 700_000 } else { 150_000 })));
        said.merge(child.kill());
        let left = remains::of(&stage.path("one"), &said).await;
        left.check(&said, &stage.server.world().texts_in(&demo.phone, KEEPERS));
    }
    over.store(true, Ordering::Relaxed);
    let news = talk.await.unwrap();
    assert!(!said.kept.is_empty() && said.drafted.is_some(), "it never came to anything: {said:?}");

    // One more life, that comes to its end.
    let store = stage.store("one").await;
    let (account, events) = Account::open(stage.settings(), store.clone()).await.unwrap();
    let heard = crate::stage::Heard::new(events);
    let user = User { account, heard, demo };
    let (mut left, mut since) = (usize::MAX, Instant::now());
    while left > 0 {
        let rows = store.outbox().await.unwrap();
        if rows.len() < left {
            (left, since) = (rows.len(), Instant::now());
        }
        assert!(since.elapsed() < PATIENCE * 2, "{left} stay in the outbox, the first is {:?}", rows.first());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // Whatever happened before these is in the store when they are.
    let api = stage.server.api();
    api.say(writer.id.bare(), &writer.name, &user.demo.phone, "the end");
    api.say(writer.id.bare(), KEEPERS, &user.demo.phone, "the end");
    for chat in [keepers, writer.id] {
        let there = async {
            loop {
                let page = store.page(chat, Place::Newest, 1).await.unwrap();
                if page.messages.last().is_some_and(|message| message.text.text == "the end") {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, there).await.expect("the end is heard of");
    }

    let truth = stage.texts(&user, KEEPERS);
    let there: Vec<(Number, bool)> = truth.iter().filter_map(|text| number(text)).collect();
    println!(
        "{rounds} killings, {stepped_back} of them while it migrated; {} messages sure to be kept, {} there; \
         {} edits and {} deletions sure to be kept; {news} messages by others twice",
        said.kept.len(),
        there.len(),
        said.edited.len(),
        said.deleted.len(),
    );
    assert!(there.windows(2).all(|two| two[0].0 < two[1].0), "in order, and each once");
    let numbers: BTreeSet<Number> = there.iter().map(|(number, _)| *number).collect();
    let lost: Vec<_> = said.kept.iter().filter(|n| !is_deleted(**n) && !numbers.contains(n)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    let back: Vec<_> = said.deleted.iter().filter(|n| numbers.contains(n)).collect();
    assert!(back.is_empty(), "not deleted: {back:?}");
    let old: Vec<_> = there.iter().filter(|(n, better)| said.edited.contains(n) && !better).collect();
    assert!(old.is_empty(), "not edited: {old:?}");

    // What the store has is what the server has, wherever it says that it knows.
    for (chat, title) in [(keepers, KEEPERS), (writer.id, writer.name.as_str())] {
        let truth = stage.texts(&user, title);
        let page = store.page(chat, Place::Newest, 1_000_000).await.unwrap();
        let stored: Vec<&str> = page.messages.iter().map(|message| message.text.text.as_str()).collect();
        assert!(stored.len() > 1 && page.newest, "{title}: {} stored", stored.len());
        let known = truth.iter().skip(truth.len() - stored.len());
        let apart: Vec<_> = known.zip(&stored).filter(|(truth, stored)| truth != *stored).collect();
        let verified = page.verified;
        assert!(apart.is_empty(), "{title}, server and store (verified: {verified}): {apart:?}");
        println!("{title}: {} of {} messages in the store in one piece", stored.len(), truth.len());
    }
    let before = user.account.stored_chat(keepers).await.unwrap().unwrap();
    let now = user.chat(KEEPERS).await;
    // How many are unread is the server's to say where ours came between those of others.
    assert_eq!((before.read_inbox, &before.last), (now.read_inbox, &now.last));
    let draft = store.draft(writer.id).await.unwrap().current;
    let draft = draft.and_then(|draft| number(&draft.text.text)).map(|(number, _)| number);
    assert!(draft >= said.drafted, "{draft:?} is older than {:?}", said.drafted);
    eventually("its drafts reach the cloud", || stage.scenario.calls("messages.saveDraft") > 0).await;
    let ids: BTreeSet<MessageId> =
        store.page(keepers, Place::Newest, 1_000_000).await.unwrap().messages.iter().map(|m| m.id).collect();
    assert!(ids.iter().all(|id| id.server().is_some()));
    user.account.shut_down().await;
    drop(user);
    let _ = store.close().await;
    remains::sound(&stage.path("one"));
}
