//! A real process that sends is killed at random moments, again and again: nothing is lost, nothing comes twice, and
//! the order stays.

use crate::stage::{KEEPERS, PATIENCE, Stage};
use heliograph_model::{FormattedText, Message, MessageId, PeerId};
use heliograph_store::{DataKey, Store};
use heliograph_telegram::{Account, Device, ServerKey, Servers, Settings, Ways};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "HELIOGRAPH_KILLING_FOLDER";
const ADDRESS: &str = "HELIOGRAPH_KILLING_ADDRESS";
const KEY: &str = "HELIOGRAPH_KILLING_KEY";
const CHAT: &str = "HELIOGRAPH_KILLING_CHAT";
const ROUND: &str = "HELIOGRAPH_KILLING_ROUND";
/// How often; a larger number makes a longer test.
const ROUNDS: &str = "HELIOGRAPH_KILLINGS";

/// The life of the child: it writes and says what is sure to be kept.
#[allow(clippy::print_stdout, reason = "the parent reads it")]
async fn live(folder: String) {
    let given = |name| std::env::var(name).unwrap();
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
    let (account, _events) = Account::open(settings, store).await.unwrap();
    let chat = PeerId::from_marked(given(CHAT).parse().unwrap()).unwrap();
    let round: u64 = given(ROUND).parse().unwrap();
    for number in 0.. {
        let text = FormattedText::plain(format!("round {round} number {number}"));
        let id = MessageId::Pending(round * 1_000_000 + number);
        account.submit(Message { id, chat, outgoing: true, text, ..Message::default() });
        // It answers in order: what was submitted before is in the store.
        let waiting = account.outgoing().await.len();
        println!("kept {number}");
        if waiting > 10 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn number(text: &str) -> Option<(u64, u64)> {
    let (round, number) = text.strip_prefix("round ")?.split_once(" number ")?;
    Some((round.parse().ok()?, number.parse().ok()?))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_while_it_sends_loses_nothing_and_repeats_nothing() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return live(folder).await;
    }
    let rounds: u64 = std::env::var(ROUNDS).ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(6);
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let keepers = user.chat(KEEPERS).await.id;
    user.account.shut_down().await;
    let demo = user.demo.clone();
    drop(user);
    drop(stage.store("one").await);
    let mut kept: Vec<(u64, u64)> = Vec::new();
    for round in 0..rounds {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killing::a_process_that_is_killed_while_it_sends_loses_nothing_and_repeats_nothing"])
            .arg("--nocapture")
            .env(FOLDER, stage.path("one"))
            .env(ADDRESS, stage.server.address().to_string())
            .env(KEY, stage.server.public_key_pem())
            .env(CHAT, keepers.marked().to_string())
            .env(ROUND, round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let reader = std::thread::spawn(move || {
            let lines = output.lines().map_while(Result::ok);
            lines.filter_map(|line| line.rsplit_once("kept ")?.1.parse::<u64>().ok()).max()
        });
        let mut byte = [0; 2];
        getrandom::fill(&mut byte).unwrap();
        tokio::time::sleep(Duration::from_millis(300 + u64::from(u16::from_le_bytes(byte)) % 1500)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        if let Some(last) = reader.join().unwrap() {
            kept.extend((0..=last).map(|number| (round, number)));
        }
    }
    let (account, heard) = stage.open("one").await;
    let user = crate::stage::User { account, heard, demo };
    let empty = async {
        while !user.account.outgoing().await.is_empty() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE * 2, empty).await.expect("the outbox gets empty");
    let there: Vec<(u64, u64)> = stage.texts(&user, KEEPERS).iter().filter_map(|text| number(text)).collect();
    println!("{rounds} killings, {} messages sure to be kept, {} arrived", kept.len(), there.len());
    assert!(there.windows(2).all(|two| two[0] < two[1]), "in order, and each once");
    let lost: Vec<_> = kept.iter().filter(|message| !there.contains(message)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(!kept.is_empty());
}
