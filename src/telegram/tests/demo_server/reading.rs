//! The chat list and histories.

use crate::stage::{KEEPERS, Stage};
use heliograph_model::{Media, MessageId, PeerId};
use std::collections::HashSet;

#[tokio::test(flavor = "multi_thread")]
async fn the_list_to_its_end() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let all = user.everything().await;
    let ids: HashSet<PeerId> = all.chats.iter().map(|chat| chat.id).collect();
    assert_eq!(ids.len(), all.chats.len(), "a chat comes once");
    assert!(ids.len() > 40, "only {}", ids.len());
    let told: HashSet<PeerId> = all.peers.iter().map(|peer| peer.id).collect();
    assert!(ids.is_subset(&told), "everyone in the list has a name");
    assert!(ids.contains(&user.account.me().unwrap()), "Saved Messages are there");
    for chat in &all.chats {
        let sender = chat.last.as_ref().map(|last| last.sender);
        assert!(sender.is_none_or(|sender| told.contains(&sender)), "the sender of a last message has a name");
    }
    let first = all.peers.iter().find(|peer| peer.id == all.chats[0].id).unwrap();
    assert_eq!(first.name, KEEPERS);
    let unpinned: Vec<i64> = all.chats.iter().filter(|chat| !chat.pinned).map(|chat| chat.date()).collect();
    assert!(unpinned.is_sorted_by(|one, next| one >= next), "newest first");
    let first_unpinned = all.chats.iter().position(|chat| !chat.pinned).unwrap();
    assert!(all.chats[first_unpinned..].iter().all(|chat| !chat.pinned), "pinned ones stand at the top");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_to_its_beginning() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let chat = user.chat(KEEPERS).await;
    let mut messages = Vec::new();
    let mut before = None;
    loop {
        let page = user
            .account
            .history(chat.id, before.map_or(heliograph_model::Place::Newest, heliograph_model::Place::Before), 70)
            .await
            .unwrap();
        assert!(page.messages.is_sorted_by_key(|message| message.id));
        let Some(first) = page.messages.first() else {
            assert!(page.complete);
            break;
        };
        before = first.id.server();
        let complete = page.complete;
        messages.splice(0..0, page.messages);
        if complete {
            break;
        }
    }
    let ids: HashSet<MessageId> = messages.iter().map(|message| message.id).collect();
    assert_eq!(ids.len(), messages.len());
    let words: Vec<String> = messages.iter().map(|message| message.text.text.clone()).collect();
    assert_eq!(words, stage.texts(&user, KEEPERS));
    assert!(messages.iter().any(|message| message.service.is_some()));
    assert!(
        messages
            .iter()
            .any(|message| matches!(message.media, Some(Media::Voice(_) | Media::Audio(_) | Media::Document(_))))
    );
    assert!(messages.iter().any(|message| message.answers().is_some()));
    assert!(messages.iter().any(|message| !message.text.entities.is_empty()));
    let last = chat.last.unwrap();
    assert_eq!(messages.last(), Some(&last));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_read() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let all = user.everything().await;
    let mut kinds = HashSet::new();
    for chat in all.chats.iter().filter(|chat| chat.unread > 0) {
        // One of each kind: channels have a method of their own.
        if kinds.insert(matches!(chat.id, PeerId::Channel(_))) {
            let newest = chat.last.as_ref().unwrap().id.server().unwrap();
            user.account.mark_read(chat.id, newest).await.unwrap();
            let after = user.everything().await.chats.into_iter().find(|other| other.id == chat.id).unwrap();
            assert_eq!((after.unread, after.read_inbox), (0, newest));
        }
    }
    assert_eq!(kinds.len(), 2);
}
