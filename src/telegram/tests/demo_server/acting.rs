//! What is done with messages, and what everybody hears of it.

use crate::stage::{KEEPERS, Stage, User};
use heliograph_demo::{Disturbance, Mishap};
use heliograph_model::{Buttons, Change, Media, Message, Place, ReactionKind};
use heliograph_telegram::Error;
use std::sync::Arc;

async fn newest(user: &User, title: &str, count: u32) -> Vec<Message> {
    let chat = user.chat(title).await.id;
    user.account.history(chat, Place::Newest, count).await.unwrap().messages
}

#[tokio::test(flavor = "multi_thread")]
async fn reactions_of_which_nobody_told_us_are_learnt_by_asking() {
    let stage = Stage::new().await;
    let (mut robin, mut mara) = (stage.sign_in(0, "one").await, stage.sign_in(1, "two").await);
    robin.settle().await;
    mara.settle().await;
    let chat = robin.chat(KEEPERS).await.id;
    let id = robin.say(chat, "What do you feel?").await.unwrap().id.server().unwrap();
    mara.heard.message("What do you feel?").await;
    // They have no number: no difference tells of one that got lost.
    stage.scenario.disturb_updates(Disturbance { after: 0, times: 1, mishap: Mishap::Miss });
    mara.account.react(chat, id, vec![ReactionKind::Emoji("🔥".into())]).await.unwrap();
    let is_it = |change: &Change| matches!(change, Change::Reactions { message, .. } if *message == id);
    robin.heard.listen().await;
    assert!(!robin.heard.changes().any(is_it), "it got lost");
    robin.account.refresh_reactions(chat, &[id]).await.unwrap();
    robin.heard.change(is_it).await;
    let stored = robin.account.stored_history(chat, Place::Newest, 1).await.unwrap().messages;
    assert_eq!(stored[0].reactions.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn reactions_come_and_go() {
    let stage = Stage::new().await;
    let (mut robin, mut mara) = (stage.sign_in(0, "one").await, stage.sign_in(1, "two").await);
    robin.settle().await;
    mara.settle().await;
    let chat = robin.chat(KEEPERS).await.id;
    let said = robin.say(chat, "What do you feel?").await.unwrap();
    let id = said.id.server().unwrap();
    mara.heard.message("What do you feel?").await;
    let fire = ReactionKind::Emoji("🔥".into());
    mara.account.react(chat, id, vec![fire.clone()]).await.unwrap();
    let change =
        robin.heard.change(|change| matches!(change, Change::Reactions { message, .. } if *message == id)).await;
    let Change::Reactions { reactions, min, .. } = change else { unreachable!() };
    assert_eq!((reactions.len(), reactions[0].count, reactions[0].chosen, min), (1, 1, false, false));
    assert_eq!(reactions[0].kind, fire);
    let unseen = robin.account.reactions(chat, 10).await.unwrap();
    assert_eq!(unseen.messages.iter().map(|message| message.id).collect::<Vec<_>>(), [said.id]);
    robin.account.read_reactions(chat).await.unwrap();
    assert!(robin.account.reactions(chat, 10).await.unwrap().messages.is_empty());
    mara.account.react(chat, id, vec![]).await.unwrap();
    robin
        .heard
        .change(|change| matches!(change, Change::Reactions { message, reactions, .. } if *message == id && reactions.is_empty()))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_are_given_and_taken_back() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let chat = user.chat("Every kind").await.id;
    let all = user.account.history(chat, Place::Around(150), 100).await.unwrap().messages;
    let mut messages = all;
    messages.extend(user.account.history(chat, Place::Newest, 100).await.unwrap().messages);
    let open = messages.iter().find_map(|message| match &message.media {
        Some(Media::Poll(poll)) if !poll.voted() && !poll.closed && !poll.quiz && !poll.multiple => {
            Some((message.id.server().unwrap(), poll.clone()))
        }
        _ => None,
    });
    let (id, poll) = open.unwrap();
    let option = poll.answers[0].option.clone();
    let voted = user.account.vote(chat, id, vec![option.clone()]).await.unwrap().unwrap();
    assert!(voted.voted() && voted.answers[0].chosen && voted.answers.iter().all(|answer| answer.voters.is_some()));
    user.heard
        .change(|change| matches!(change, Change::Poll { poll: other, answers, .. } if *other == poll.id && answers[0].chosen))
        .await;
    let back = user.account.vote(chat, id, vec![]).await.unwrap().unwrap();
    assert!(!back.voted());
    let wrong: Arc<[u8]> = [9_u8, 9].as_slice().into();
    assert!(matches!(user.account.vote(chat, id, vec![wrong]).await, Err(Error::Rpc { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_are_answered() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let counting = newest(&user, "Harbour pilot", 5).await.pop().unwrap();
    assert!(matches!(counting.buttons, Buttons::Inline(_)));
    let (chat, id) = (counting.chat, counting.id.server().unwrap());
    let press = |data: &'static str| user.account.press(chat, id, Some(data.as_bytes().into()));
    let toast = press("toast").await.unwrap();
    assert!(toast.message.is_some() && !toast.alert && toast.url.is_none());
    assert!(press("alert").await.unwrap().alert);
    assert_eq!(press("url").await.unwrap().url.as_deref(), Some("https://keepers.example/pilot"));
    assert_eq!(press("silent").await.unwrap(), heliograph_model::ButtonAnswer::default());
    assert_eq!(press("late").await, Err(Error::TimedOut));
    press("edit").await.unwrap();
    let edited = user.heard.change(|change| matches!(change, Change::Edited(m) if m.id == counting.id)).await;
    let Change::Edited(edited) = edited else { unreachable!() };
    assert_eq!(edited.text.text, "And this one counts: 1");
    assert_eq!(edited.buttons, counting.buttons);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_pinned_linked_and_removed() {
    let stage = Stage::new().await;
    let (mut robin, mut mara) = (stage.sign_in(0, "one").await, stage.sign_in(1, "two").await);
    robin.settle().await;
    mara.settle().await;
    let chat = mara.chat(KEEPERS).await.id;
    let said = mara.say(chat, "Keep this at hand").await.unwrap();
    let id = said.id.server().unwrap();
    mara.account.pin(chat, id, true).await.unwrap();
    robin
        .heard
        .change(|change| matches!(change, Change::Pinned { messages, pinned: true, .. } if messages.contains(&id)))
        .await;
    let pinned = robin.account.pinned(chat, 10).await;
    // Robin learns of the chat by its list.
    let pinned = match pinned {
        Ok(pinned) => pinned,
        Err(_) => {
            robin.everything().await;
            robin.account.pinned(chat, 10).await.unwrap()
        }
    };
    assert_eq!(pinned.messages.first().map(|message| message.id), Some(said.id));
    assert!(pinned.messages.iter().all(|message| message.pinned));
    let link = robin.account.message_link(chat, id).await.unwrap().unwrap();
    assert_eq!(link, format!("https://t.me/lighthouse_keepers_demo/{id}"));
    mara.account.unpin(chat, id).await.unwrap();
    robin
        .heard
        .change(|change| matches!(change, Change::Pinned { messages, pinned: false, .. } if messages.contains(&id)))
        .await;
    mara.account.delete(chat, &[id], true).await.unwrap();
    robin.heard.change(|change| matches!(change, Change::Deleted { messages, .. } if messages.contains(&id))).await;
    mara.heard.change(|change| matches!(change, Change::Deleted { messages, .. } if messages.contains(&id))).await;
    assert!(robin.account.messages(chat, &[id]).await.unwrap().messages.is_empty());
    // In a private chat for oneself alone.
    let private = mara.chat("Robin Vale").await.id;
    let note = mara.say(private, "Only I forget this").await.unwrap().id.server().unwrap();
    robin.heard.message("Only I forget this").await;
    mara.account.delete(private, &[note], false).await.unwrap();
    assert!(mara.account.messages(private, &[note]).await.unwrap().messages.is_empty());
    let other = robin.chat("Mara Lindqvist").await;
    assert_eq!(other.last.unwrap().text.text, "Only I forget this");
    assert_eq!(mara.account.message_link(private, note).await, Ok(None));
}

#[tokio::test(flavor = "multi_thread")]
async fn mentions_and_views_are_counted() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let port = user.chat("Port of all tongues").await;
    assert!(port.unread >= 300 && port.mentions >= 5 && port.reactions == 3, "{port:?}");
    let first = user.account.mentions(port.id, 3).await.unwrap().messages;
    assert_eq!(first.len(), 3);
    assert!(first.is_sorted_by_key(|message| message.id));
    assert!(first.iter().all(|message| message.mentioned && message.unheard));
    let id = first[0].id.server().unwrap();
    user.account.read_contents(port.id, &[id]).await.unwrap();
    user.heard.change(|change| matches!(change, Change::Heard { messages, .. } if messages.contains(&id))).await;
    let next = user.account.mentions(port.id, 3).await.unwrap().messages;
    assert_eq!(next[0].id, first[1].id, "the oldest one is seen");
    user.account.read_mentions(port.id).await.unwrap();
    assert!(user.account.mentions(port.id, 3).await.unwrap().messages.is_empty());
    assert_eq!(user.account.reactions(port.id, 10).await.unwrap().messages.len(), 3);

    // Whoever counts learns it from the answer, other devices by themselves.
    let mut tablet = stage.sign_in(0, "tablet").await;
    tablet.settle().await;
    let posts = newest(&user, "Harbour Herald", 5).await;
    let chat = posts[0].chat;
    let ids: Vec<i32> = posts.iter().filter_map(|post| post.id.server()).collect();
    let counted = user.account.count_views(chat, &ids).await.unwrap();
    assert_eq!(counted.iter().map(|(id, _, _)| *id).collect::<Vec<_>>(), ids);
    assert!(counted.iter().zip(&posts).all(|((_, views, _), post)| Some(*views) == post.views.map(|views| views + 1)));
    let seen = |change: &Change| matches!(change, Change::Views { message, views: Some(_), .. } if *message == ids[0]);
    tablet.heard.change(seen).await;
}
