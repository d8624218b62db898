//! The disk of a process that receives and sends gets full, and has room again later: the window hears of everything, what
//! cannot be kept is said and not sent, and afterwards the store is as if nothing had happened.

use crate::stage::{KEEPERS, PATIENCE, Stage, eventually, pending};
use heliograph_model::{Change, Delivery, FormattedText, Message, MessageId, PeerId, Place, SendFailure};
use heliograph_store::{DataKey, Store, Task};
use heliograph_telegram::{Account, Device, Event, ServerKey, Servers, Settings, Ways};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

const TEST: &str = "full::a_full_disk_loses_nothing_and_the_program_goes_on";
const FOLDER: &str = "HELIOGRAPH_FULL_FOLDER";
const ADDRESS: &str = "HELIOGRAPH_FULL_ADDRESS";
const KEY: &str = "HELIOGRAPH_FULL_KEY";
const CHAT: &str = "HELIOGRAPH_FULL_CHAT";

/// No file may be written beyond this from now on, as on a full disk.
fn room(bytes: libc::rlim_t) {
    #[allow(unsafe_code, reason = "two calls of the system without memory of ours but one struct")]
    unsafe {
        // Else the process would be ended.
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
        let limit = libc::rlimit { rlim_cur: bytes, rlim_max: libc::RLIM_INFINITY };
        assert_eq!(libc::setrlimit(libc::RLIMIT_FSIZE, &limit), 0);
    }
}

/// The process whose disk it is: it does what its standard input says, and says what it hears.
#[allow(clippy::print_stdout, reason = "the parent reads it")]
async fn live(folder: String) {
    let given = |name| std::env::var(name).unwrap();
    let store = Store::open(folder.as_ref(), &DataKey::from_bytes([7; 32])).await.unwrap();
    let settings = Settings {
        servers: Servers::Custom { address: given(ADDRESS), key: ServerKey::from_pem(&given(KEY)).unwrap() },
        api_id: 1,
        api_hash: "none".into(),
        device: Device { model: "T".into(), system: "T".into(), app_version: "0".into(), language: "en".into() },
        ways: Ways::default(),
    };
    let chat = PeerId::from_marked(given(CHAT).parse().unwrap()).unwrap();
    let (account, mut events) = Account::open(settings, store.clone()).await.unwrap();
    let (orders, mut order) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            let _ = orders.send(line);
        }
    });
    let mut unsent = None;
    loop {
        tokio::select! {
            event = events.recv() => match event.unwrap() {
                Event::Connection(heliograph_model::Connection::Online) => println!("said: online"),
                Event::Outgoing { delivery: Delivery::Failed(failure), pending, .. } => {
                    unsent = Some(pending);
                    println!("said: failed {}", failure == SendFailure::Disk);
                }
                Event::Refused { .. } => println!("said: refused"),
                Event::Changes(changes) => for change in changes {
                    match change {
                        Change::NewMessage(message) => println!("said: new {}", message.text.text),
                        Change::Edited(message) => println!("said: edited {}", message.text.text),
                        Change::Deleted { .. } => println!("said: deleted"),
                        Change::Sent { message, .. } => println!("said: sent {}", message.text.text),
                        _ => {}
                    }
                },
                _ => {}
            },
            order = order.recv() => match order.as_deref() {
                Some("full") => {
                    room(1);
                    println!("said: full");
                }
                Some("room") => {
                    room(libc::RLIM_INFINITY);
                    println!("said: room");
                }
                Some("again") => account.send_again(unsent.unwrap()),
                Some("delete") => {
                    let page = store.page(chat, Place::Newest, 1).await.unwrap();
                    let messages = page.messages.iter().filter_map(|message| message.id.server()).collect();
                    account.queue(chat, Task::Delete { messages, for_everyone: true });
                }
                Some(text) if text.starts_with("type ") => account.typed(chat, FormattedText::plain(&text[5..]), None, 1),
                Some(text) if text.starts_with("send ") => {
                    let text = FormattedText::plain(&text[5..]);
                    account.submit(Message { id: pending(), chat, outgoing: true, text, ..Message::default() });
                }
                _ => {
                    account.shut_down().await;
                    store.close().await.unwrap();
                    return;
                }
            },
        }
    }
}

/// The process from outside.
struct Child {
    process: std::process::Child,
    said: tokio::sync::mpsc::UnboundedReceiver<String>,
}

impl Child {
    fn tell(&mut self, order: &str) {
        writeln!(self.process.stdin.as_mut().unwrap(), "{order}").unwrap();
    }

    /// Until it has said this.
    async fn until(&mut self, words: &str) {
        let wait = async {
            while let Some(said) = self.said.recv().await {
                if said == words {
                    return;
                }
            }
            panic!("it ended without “{words}”");
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("“{words}” was not said"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing_and_the_program_goes_on() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return live(folder).await;
    }
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let other = stage.sign_in(1, "other").await;
    let keepers = user.chat(KEEPERS).await.id;
    other.chat(KEEPERS).await;
    user.account.shut_down().await;
    let demo = user.demo.clone();
    drop(user);
    drop(stage.store("one").await);
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", TEST, "--nocapture"])
        .env(FOLDER, stage.path("one"))
        .env(ADDRESS, stage.server.address().to_string())
        .env(KEY, stage.server.public_key_pem())
        .env(CHAT, keepers.marked().to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = BufReader::new(process.stdout.take().unwrap());
    let (says, said) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            if let Some((_, line)) = line.split_once("said: ") {
                let _ = says.send(line.to_owned());
            }
        }
    });
    let mut child = Child { process, said };
    child.until("online").await;
    let before = other.say(keepers, "there is room").await.unwrap();
    let doomed = other.say(keepers, "soon gone").await.unwrap();
    child.until("new soon gone").await;

    // The window hears of everything all the same.
    child.tell("full");
    child.until("full").await;
    for number in 0..20 {
        other.say(keepers, &format!("no room {number}")).await.unwrap();
    }
    child.until("new no room 19").await;
    let mut better = before.clone();
    better.text = FormattedText::plain("there was room");
    other.account.queue(keepers, Task::Edit(Box::new(better)));
    child.until("edited there was room").await;
    other.account.delete(keepers, &[doomed.id.server().unwrap()], true).await.unwrap();
    child.until("deleted").await;
    // What cannot be kept is said, kept in the window and not sent; nothing is done that cannot be queued.
    child.tell("send written on a full disk");
    child.until("failed true").await;
    child.tell("delete");
    child.until("refused").await;
    child.tell("type a draft on a full disk");
    let texts = || stage.server.world().texts_in(&demo.phone, KEEPERS);
    assert!(!texts().iter().any(|text| text == "written on a full disk"));

    // There is room again.
    child.tell("room");
    child.until("room").await;
    child.tell("again");
    child.until("sent written on a full disk").await;
    other.say(keepers, "room again").await.unwrap();
    child.until("new room again").await;
    eventually("the draft is in the cloud", || stage.scenario.calls("messages.saveDraft") > 0).await;
    child.tell("end");
    tokio::task::spawn_blocking(move || assert!(child.process.wait().unwrap().success())).await.unwrap();

    let store = stage.store("one").await;
    let truth = texts();
    let page = store.page(keepers, Place::Newest, 1000).await.unwrap();
    let stored: Vec<&str> = page.messages.iter().map(|message| message.text.text.as_str()).collect();
    assert!(stored.len() >= 23 && page.verified, "{stored:?}");
    assert_eq!(stored, truth[truth.len() - stored.len()..]);
    assert!(page.messages.iter().all(|message| matches!(message.id, MessageId::Server(_))));
    let draft = store.draft(keepers).await.unwrap().current.unwrap();
    assert_eq!(draft.text.text, "a draft on a full disk");
    assert!(store.outbox().await.unwrap().is_empty());
    store.close().await.unwrap();
    crate::killing::sound(&stage.path("one"));
}
