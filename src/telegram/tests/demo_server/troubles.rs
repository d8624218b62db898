//! Each scripted trouble, as the app hears of it and as the store has it afterwards.

use crate::stage::{KEEPERS, PATIENCE, Stage, User, eventually, pending};
use heliograph_demo::{ClosingConnections, Disturbance, Flood, Mishap, Trouble};
use heliograph_model::{Change, FormattedText, Media, Message, MessageId, PeerId, PeerKind, Place};
use heliograph_telegram::{Event, Purpose, Wish};
use std::time::Duration;

/// A person with whom there is a chat that is no channel, and their name.
async fn person(user: &User) -> (PeerId, String) {
    let all = user.everything().await;
    let person = all.peers.iter().find(|peer| {
        matches!(peer.kind, PeerKind::User { is_self: false, bot: false, deleted: false, .. })
            && all.chats.iter().any(|chat| chat.id == peer.id)
    });
    let person = person.unwrap();
    (person.id, person.name.clone())
}

/// How often the store has these words at the end of a chat.
async fn stored(user: &User, chat: PeerId, words: &str) -> usize {
    let page = user.account.stored_history(chat, Place::Newest, 200).await.unwrap();
    page.messages.iter().filter(|message| message.text.text == words).count()
}

async fn until_stored(user: &User, chat: PeerId, words: &str) {
    let wait = async {
        while stored(user, chat, words).await != 1 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(
        tokio::time::timeout(PATIENCE, wait).await.is_ok(),
        "the store has {words:?} {} times",
        stored(user, chat, words).await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_to_the_answer_a_message_is_sent_once_and_stored_once() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    user.account.history(keepers, Place::Newest, 20).await.unwrap();
    let troubles = [
        Trouble::DelayMs(1500),
        Trouble::Error { code: 500, message: "INTERNAL".into() },
        Trouble::Error { code: 420, message: "FLOOD_WAIT_1".into() },
        Trouble::Close,
        Trouble::Truncate,
        Trouble::Random(5000),
        Trouble::UnknownBeside,
        Trouble::Unreadable,
        Trouble::ChangeSalts,
        Trouble::CutConnections,
    ];
    for trouble in troubles {
        let words = format!("in spite of {trouble:?}");
        stage.scenario.trouble("messages.sendMessage", 1, trouble);
        let text = FormattedText::plain(&words);
        user.account.submit(Message { id: pending(), chat: keepers, outgoing: true, text, ..Message::default() });
        let is_it = |change: &Change| matches!(change, Change::Sent { message, .. } if message.text.text == words);
        user.heard.change(is_it).await;
        until_stored(&user, keepers, &words).await;
        let told = user.heard.changes().filter(|change| is_it(change)).count();
        assert_eq!(told, 1, "{words}");
    }
    let texts = stage.texts(&user, KEEPERS);
    let sent: Vec<&String> = texts.iter().filter(|text| text.starts_with("in spite of")).collect();
    let mut once = sent.clone();
    once.dedup();
    assert_eq!((sent.len(), once.len()), (10, 10), "{sent:?}");
    assert!(user.account.outgoing().await.is_empty());
    user.heard.listen().await;
    assert!(!user.heard.words().iter().any(|words| words.starts_with("in spite of")), "none is news");
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_that_are_lost_repeated_turned_round_or_unreadable_are_told_once_and_stored_in_order() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    let (someone, name) = person(&user).await;
    user.account.history(keepers, Place::Newest, 20).await.unwrap();
    user.account.history(someone, Place::Newest, 20).await.unwrap();
    let speaker = stage.demo(1).user_id;
    let (api, phone) = (stage.server.api(), user.demo.phone.clone());
    for mishap in [Mishap::Miss, Mishap::Twice, Mishap::Reverse, Mishap::Unreadable] {
        for (chat, who, title) in [(keepers, speaker, KEEPERS), (someone, someone.bare(), name.as_str())] {
            stage.scenario.disturb_updates(Disturbance { after: 1, times: 2, mishap });
            let words: Vec<String> = (0..5).map(|number| format!("{mishap:?} in {title} {number}")).collect();
            for words in &words {
                api.say(who, title, &phone, words);
            }
            for words in &words {
                user.heard.message(words).await;
                until_stored(&user, chat, words).await;
            }
            stage.scenario.calm();
            // What could be read is told at once, and the rest when it was fetched: in the chat each has its place.
            let mut heard: Vec<String> = user.heard.words().into_iter().filter(|heard| words.contains(heard)).collect();
            heard.sort();
            assert_eq!(heard, words, "{mishap:?}");
            let page = user.account.stored_history(chat, Place::Newest, 5).await.unwrap();
            let page: Vec<String> = page.messages.into_iter().map(|message| message.text.text).collect();
            assert_eq!(page, words, "{mishap:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_read_is_left_out_and_costs_nothing_else() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    let (someone, name) = person(&user).await;
    let speaker = stage.demo(1).user_id;
    let (api, phone) = (stage.server.api(), user.demo.phone.clone());
    stage.scenario.make_unreadable("riddle");
    let says = |words: &[&str]| {
        for words in words {
            api.say(speaker, KEEPERS, &phone, words);
            api.say(someone.bare(), &name, &phone, &format!("{words}, they say"));
        }
    };
    // Live, and while the line is cut.
    says(&["First", "a riddle", "Second"]);
    for words in ["First", "First, they say", "Second", "Second, they say"] {
        user.heard.message(words).await;
    }
    // A page with something in it that nobody can read holds all the rest, and is as long as it says.
    for (limit, expected) in [(2, vec!["Second"]), (3, vec!["First", "Second"]), (1, vec!["Second"])] {
        let page = user.account.history(keepers, Place::Newest, limit).await.unwrap();
        let words: Vec<_> = page.messages.into_iter().map(|message| message.text.text).collect();
        assert_eq!((words, page.complete), (expected.into_iter().map(str::to_owned).collect(), false), "{limit}");
    }
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    says(&["Third", "another riddle", "one more riddle", "Fourth"]);
    stage.scenario.refuse_connections(false);
    for words in ["Third", "Third, they say", "Fourth", "Fourth, they say"] {
        user.heard.message(words).await;
    }
    // It goes on as if nothing had been, and the next start begins where this one ended.
    says(&["Fifth"]);
    user.heard.message("Fifth").await;
    user.heard.message("Fifth, they say").await;
    let words = user.heard.words();
    assert!(!words.iter().any(|words| words.contains("riddle")), "{words:?}");
    let mut once = words.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), words.len(), "each comes once: {words:?}");
    for (chat, words) in [(keepers, "Fourth"), (someone, "Fourth, they say"), (keepers, "Fifth")] {
        until_stored(&user, chat, words).await;
    }
    user.account.shut_down().await;
    drop(user);
    let (_account, mut heard) = stage.open("one").await;
    says(&["Sixth"]);
    heard.message("Sixth").await;
    heard.message("Sixth, they say").await;
    assert!(!heard.words().iter().any(|words| words.starts_with("Fifth")), "what was told is not told again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_is_held_back_and_goes_out_in_order() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    stage.scenario.limit(Flood { method: "messages.sendMessage".into(), calls: 3, within_ms: 600_000, wait: 2 });
    let words: Vec<String> = (0..5).map(|number| format!("burst {number}")).collect();
    for words in &words {
        let text = FormattedText::plain(words);
        user.account.submit(Message { id: pending(), chat: keepers, outgoing: true, text, ..Message::default() });
    }
    let last = words.last().unwrap();
    user.heard.change(|change| matches!(change, Change::Sent { message, .. } if message.text.text == *last)).await;
    let kept = stage.texts(&user, KEEPERS);
    assert_eq!(kept[kept.len() - words.len()..], words);
    let held = |event: &Event| matches!(event, Event::Outgoing { delivery: heliograph_model::Delivery::Held(_), .. });
    assert!(user.heard.all.iter().any(held), "the pause is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_arrives_whole_over_connections_that_end_in_the_middle() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let me = PeerId::User(user.demo.user_id);
    user.everything().await;
    let page = user.account.history(me, Place::Newest, 100).await.unwrap();
    let file = page.messages.iter().find_map(|message| match (message.id, &message.media) {
        (MessageId::Server(id), Some(Media::Document(document))) if document.name == "star-map.fits" => {
            Some((id, document.clone()))
        }
        _ => None,
    });
    let (id, file) = file.unwrap();
    stage.scenario.close_connections(ClosingConnections { dc: Some(4), close_after_bytes: 900_000, times: 4 });
    let path = stage.path("download");
    let wish = Wish::new(Purpose::Save);
    user.account.download((me, id), &file, &wish, &path, |_, _| {}).await.unwrap();
    assert!(
        std::fs::read(&path).unwrap() == stage.server.world().file_bytes("star-map.fits").unwrap(),
        "the bytes differ"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_that_says_nothing_for_a_while_loses_nothing() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    user.account.history(keepers, Place::Newest, 20).await.unwrap();
    let before = stage.scenario.calls("messages.sendMessage");
    stage.scenario.stall(2, true);
    let text = FormattedText::plain("Into the silence");
    user.account.submit(Message { id: pending(), chat: keepers, outgoing: true, text, ..Message::default() });
    stage.server.api().say(stage.demo(1).user_id, KEEPERS, &user.demo.phone, "Out of the silence");
    eventually("it was carried out", || stage.scenario.calls("messages.sendMessage") > before).await;
    stage.scenario.stall(2, false);
    user.heard.message("Out of the silence").await;
    user.heard
        .change(|change| matches!(change, Change::Sent { message, .. } if message.text.text == "Into the silence"))
        .await;
    for words in ["Into the silence", "Out of the silence"] {
        assert_eq!(stage.texts(&user, KEEPERS).iter().filter(|text| *text == words).count(), 1);
        until_stored(&user, keepers, words).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_cannot_be_agreed_on_at_once_are_agreed_on_in_the_end() {
    let stage = Stage::new().await;
    stage.scenario.fail_key_exchanges(1);
    stage.scenario.repeat_key_exchanges(1);
    let user = stage.sign_in(0, "one").await;
    assert!(!user.everything().await.chats.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_server_forgets_the_key_the_app_hears_that_nobody_is_signed_in() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    stage.scenario.forget_keys();
    stage.scenario.cut_connections();
    user.heard.until(|event| *event == Event::SignedOut).await;
}
