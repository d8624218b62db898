//! Folders of chats.

use crate::stage::{KEEPERS, Stage};
use heliograph_demo::DemoFolder;
use heliograph_model::Folder;
use heliograph_telegram::Event;

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
