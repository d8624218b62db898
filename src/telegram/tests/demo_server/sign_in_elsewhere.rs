//! What other sessions of the account do to ours.

use crate::friend::Friend;
use crate::stage::{Stage, sign_in};
use grammers_tl_types::functions;
use heliograph_model::PeerId;
use heliograph_telegram::{Error, Event};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_another_one_ends_is_over_at_once() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let friend = Friend::of(&stage, &user.demo).await;
    let others = friend.others().await;
    assert_eq!(others.len(), 1);
    friend.call(&functions::account::ResetAuthorization { hash: others[0] }).await.unwrap();
    // Nobody asked for anything here.
    user.heard.until(|event| *event == Event::SignedOut).await;
    assert_eq!(user.account.me(), None);
    assert_eq!(user.account.chats(None, 20).await.err(), Some(Error::SignedOut));
    let me = sign_in(&user.account, &user.demo).await;
    assert_eq!(me.id, PeerId::User(user.demo.user_id));
    assert!(!user.account.chats(None, 20).await.unwrap().chats.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn all_other_sessions_end_together_and_nothing_of_them_is_kept() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    let mut second = stage.sign_in(0, "two").await;
    user.settle().await;
    second.settle().await;
    let friend = Friend::of(&stage, &user.demo).await;
    friend.call(&functions::auth::ResetAuthorizations {}).await.unwrap();
    for user in [&mut user, &mut second] {
        user.heard.until(|event| *event == Event::SignedOut).await;
    }
    assert!(friend.others().await.is_empty());
    user.account.shut_down().await;
    drop(user);
    let store = stage.store("one").await;
    assert_eq!(store.session().await.unwrap().me, None);
    assert!(store.peers().await.unwrap().is_empty());
}
