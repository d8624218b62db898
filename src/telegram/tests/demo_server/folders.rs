//! Folders of chats.

use crate::stage::{KEEPERS, PATIENCE, Stage, User};
use heliograph_demo::DemoFolder;
use heliograph_model::{Change, Folder};
use heliograph_telegram::Event;
use std::time::Duration;

fn sky() -> DemoFolder {
    DemoFolder {
        title: "🔭 Sky",
        sign: Some("⭐"),
        pinned: vec![KEEPERS],
        excluded: vec!["Theo"],
        people: true,
        ..DemoFolder::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn they_come_are_told_of_and_are_there_offline() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    assert_eq!(user.account.folders().await.unwrap(), [], "only the whole list");
    let (keepers, theo) = (user.chat(KEEPERS).await.id, user.chat("Theo").await.id);

    let api = stage.server.api();
    api.set_folder(&user.demo.phone, 2, Some(sky()));
    let told = user.heard.next(|event| matches!(event, Event::Folders(_))).await;
    let wanted = Folder {
        id: 2,
        title: "🔭 Sky".into(),
        sign: Some("⭐".into()),
        pinned: vec![keepers],
        excluded: vec![theo],
        contacts: true,
        non_contacts: true,
        exclude_archived: true,
        ..Folder::default()
    };
    assert_eq!(told, Event::Folders(vec![Folder::default(), wanted.clone()]));
    assert_eq!(user.account.folders().await.unwrap(), [Folder::default(), wanted.clone()]);
    let people = user.everything().await.peers;
    let contacts = people.iter().filter(|peer| peer.contact).count();
    assert!(contacts > 0 && contacts < people.len(), "{contacts} of {}", people.len());

    user.account.keep_folder(2).await.unwrap();
    let phone = user.demo.phone.clone();
    user.account.shut_down().await;
    drop(user);
    stage.scenario.refuse_connections(true);
    let (account, mut heard) = stage.open("one").await;
    let start = account.stored_start().await.unwrap();
    assert_eq!((start.folders, start.folder), (vec![Folder::default(), wanted], 2));

    // What was removed meanwhile is gone with the next look.
    api.set_folder(&phone, 2, None);
    stage.scenario.refuse_connections(false);
    heard.until(|event| matches!(event, Event::Connection(heliograph_model::Connection::Online))).await;
    assert_eq!(account.folders().await.unwrap(), []);
    assert_eq!(account.stored_start().await.unwrap().folders, []);
}

/// Until the chats that folders name were told of: their names, and which of them are archived.
async fn named(user: &mut User) -> (Vec<String>, Vec<heliograph_model::PeerId>) {
    match user.heard.next(|event| matches!(event, Event::Named { .. })).await {
        Event::Named { page, archived } => {
            let name = |id| page.peers.iter().find(|peer| peer.id == id).unwrap().name.clone();
            (page.chats.iter().map(|chat| name(chat.id)).collect(), archived)
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chats_that_they_name_come_from_the_archive_too_and_are_there_offline() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (keepers, theo) = (user.chat(KEEPERS).await.id, user.chat("Theo").await.id);
    let api = stage.server.api();
    api.archive(&user.demo.phone, "Theo", true);
    let listed = user.everything().await.chats;
    assert!(listed.iter().all(|chat| chat.id != theo) && listed.iter().any(|chat| chat.id == keepers));
    let folder =
        DemoFolder { title: "Two", pinned: vec!["Theo"], included: vec![KEEPERS, "Theo"], ..DemoFolder::default() };
    api.set_folder(&user.demo.phone, 2, Some(folder));
    let (mut names, archived) = named(&mut user).await;
    names.sort();
    assert_eq!((names, archived), (vec![KEEPERS.to_owned(), "Theo".to_owned()], vec![theo]));
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let start = user.account.stored_start().await.unwrap();
        // What stands in the list does not stand beside it.
        if let [theos] = start.named.chats.as_slice()
            && start.chats.chats.iter().all(|chat| chat.id != theo)
        {
            assert_eq!(theos.id, theo);
            assert!(theos.last.as_ref().is_some_and(|last| last.chat == theo));
            break;
        }
        assert!(tokio::time::Instant::now() < until, "the archived chat is kept beside the list: {:?}", start.named);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    user.account.shut_down().await;
    drop(user);
    stage.scenario.refuse_connections(true);
    let (account, _heard) = stage.open("one").await;
    let start = account.stored_start().await.unwrap();
    assert_eq!(start.named.chats.iter().map(|chat| chat.id).collect::<Vec<_>>(), [theo]);
    assert!(start.named.peers.iter().any(|peer| peer.id == theo && peer.name == "Theo"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_archived_elsewhere_leaves_the_list_and_comes_back_into_it() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let theo = user.chat("Theo").await.id;
    let api = stage.server.api();
    let place = async |user: &mut User, archived: bool| {
        let told = |event: &Event| matches!(event, Event::Changes(changes) if changes.contains(&Change::Archived(vec![(theo, archived)])));
        user.heard.until(told).await;
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            let start = user.account.stored_start().await.unwrap();
            let listed = start.chats.chats.iter().any(|chat| chat.id == theo);
            let beside = start.named.chats.iter().any(|chat| chat.id == theo);
            let found = (listed, beside, start.archived.contains(&theo));
            if found == (!archived, archived, archived) {
                break;
            }
            assert!(tokio::time::Instant::now() < until, "{archived}: {found:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    api.archive(&user.demo.phone, "Theo", true);
    place(&mut user, true).await;

    // Something comes in it: it is kept, and the list stays as it is.
    api.say(theo.bare(), "Theo", &user.demo.phone, "a word from the archive");
    let word = |event: &Event| {
        let is_word =
            |change: &Change| matches!(change, Change::NewMessage(m) if m.text.text == "a word from the archive");
        matches!(event, Event::Changes(changes) if changes.iter().any(is_word))
    };
    user.heard.until(word).await;
    let start = user.account.stored_start().await.unwrap();
    assert!(start.chats.chats.iter().all(|chat| chat.id != theo));
    assert_eq!(start.named.chats[0].last.as_ref().unwrap().text.text, "a word from the archive");

    // It was archived while nobody listened, and comes out again while somebody does.
    api.archive(&user.demo.phone, "Theo", false);
    place(&mut user, false).await;
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    user.heard.until(|event| matches!(event, Event::Connection(heliograph_model::Connection::Waiting(_)))).await;
    api.archive(&user.demo.phone, "Theo", true);
    stage.scenario.refuse_connections(false);
    place(&mut user, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_chat_stands_is_asked_by_its_name() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (keepers, theo) = (user.chat(KEEPERS).await.id, user.chat("Theo").await.id);
    stage.server.api().archive(&user.demo.phone, "Theo", true);
    user.heard.change(|change| matches!(change, Change::Archived(_))).await;
    user.account.name_chats(&[theo, keepers]);
    let (mut names, archived) = named(&mut user).await;
    names.sort();
    assert_eq!((names, archived), (vec![KEEPERS.to_owned(), "Theo".to_owned()], vec![theo]));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_chat_stands_is_asked_until_there_is_an_answer() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let theo = user.chat("Theo").await.id;
    stage.scenario.fail("messages.getPeerDialogs", 1, 400, "PEER_ID_INVALID");
    user.account.name_chats(&[theo]);
    assert_eq!(named(&mut user).await, (vec!["Theo".to_owned()], vec![]));
    assert_eq!(stage.scenario.calls("messages.getPeerDialogs"), 2);
}
