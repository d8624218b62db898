//! Signing in and out.

use crate::stage::{Stage, sign_in};
use heliograph_model::{Connection, PeerId};
use heliograph_telegram::{Error, Event, SignedIn};

#[tokio::test(flavor = "multi_thread")]
async fn with_a_code_after_a_wrong_one() {
    let stage = Stage::new().await;
    let demo = stage.demo(0);
    let (account, mut heard) = stage.open("one").await;
    assert_eq!(account.me(), None);
    assert_eq!(account.chats(None, 20).await.err(), Some(Error::SignedOut));

    let sent = account.request_code(&demo.phone).await.unwrap();
    assert_eq!(sent.length(), Some(demo.code.len()));
    assert_eq!(account.sign_in(&sent, "00000").await, Err(Error::CodeInvalid));
    assert_eq!(account.me(), None);
    let SignedIn::Done(me) = account.sign_in(&sent, &demo.code).await.unwrap() else { panic!("a password?") };
    assert!(me.is_self());
    assert_eq!(account.me(), Some(PeerId::User(demo.user_id)));
    heard.until(|event| *event == Event::Connection(Connection::Online)).await;
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_password_after_a_wrong_one() {
    let stage = Stage::new().await;
    let demo = stage.server.accounts().into_iter().find(|demo| demo.password.is_some()).unwrap();
    let (account, _heard) = stage.open("one").await;
    let sent = account.request_code(&demo.phone).await.unwrap();
    let next = account.sign_in(&sent, &demo.code).await.unwrap();
    assert!(matches!(next, SignedIn::Password { .. }));
    assert_eq!(account.me(), None);
    assert_eq!(account.check_password("not this one").await, Err(Error::PasswordInvalid));
    let me = account.check_password(demo.password.as_deref().unwrap()).await.unwrap();
    assert_eq!(me.id, PeerId::User(demo.user_id));
    assert_eq!(account.me(), Some(me.id));
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_nobody_has() {
    let stage = Stage::new().await;
    let (account, _heard) = stage.open("one").await;
    assert_eq!(account.request_code("no number").await, Err(Error::PhoneInvalid));
    let nobody = match account.request_code("+999 00 000 00 01").await {
        Ok(sent) => account.sign_in(&sent, &stage.demo(0).code).await.err(),
        Err(error) => Some(error),
    };
    assert_eq!(nobody, Some(Error::PhoneUnregistered));
    assert_eq!(account.me(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_asks_for_patience_or_sends_us_on() {
    let stage = Stage::new().await;
    let demo = stage.demo(0);
    let (account, _heard) = stage.open("one").await;
    stage.scenario.fail("auth.sendCode", 1, 420, "FLOOD_WAIT_31");
    assert_eq!(account.request_code(&demo.phone).await, Err(Error::FloodWait(31)));
    // It is sent there, and from there back to where the account is.
    stage.scenario.fail("auth.sendCode", 1, 303, "NETWORK_MIGRATE_4");
    let sent = account.request_code(&demo.phone).await.unwrap();
    assert!(matches!(account.sign_in(&sent, &demo.code).await, Ok(SignedIn::Done(_))));
    assert_eq!(stage.scenario.calls("auth.sendCode"), 4);
    // Nobody is sent on for ever.
    let (other, _heard) = stage.open("two").await;
    stage.scenario.fail("auth.sendCode", 9, 303, "PHONE_MIGRATE_2");
    assert!(matches!(other.request_code(&demo.phone).await, Err(Error::Rpc { .. })));
    assert_eq!(stage.scenario.calls("auth.sendCode"), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_outlives_the_program() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let me = user.account.me();
    user.account.shut_down().await;
    drop(user);

    let (account, _heard) = stage.open("one").await;
    assert_eq!(account.me(), me);
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
    assert_eq!(stage.scenario.calls("auth.signIn"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_does_not_wait_for_the_network() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let me = user.account.me();
    user.account.shut_down().await;
    drop(user);
    stage.scenario.refuse_connections(true);
    let (account, mut heard) = stage.open("one").await;
    assert_eq!(account.me(), me);
    heard.until(|event| matches!(event, Event::Connection(Connection::Waiting(_)))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn out_and_in_again_as_somebody_else() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let before = user.everything().await;
    user.account.log_out().await.unwrap();
    assert_eq!(stage.scenario.calls("auth.logOut"), 1);
    assert_eq!(user.account.me(), None);
    assert_eq!(user.account.chats(None, 20).await.err(), Some(Error::SignedOut));
    // What the other could see is not known any more.
    let chat = before.chats.iter().find(|chat| matches!(chat.id, PeerId::Channel(_))).unwrap();
    assert_eq!(user.account.history(chat.id, heliograph_model::Place::Newest, 5).await.err(), Some(Error::UnknownPeer));

    let other = stage.demo(1);
    let me = sign_in(&user.account, &other).await;
    assert_eq!((me.id, user.account.me()), (PeerId::User(other.user_id), Some(me.id)));
    assert!(!user.account.chats(None, 20).await.unwrap().chats.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn out_without_the_server() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    user.account.log_out().await.unwrap();
    assert_eq!(user.account.me(), None);
    user.account.shut_down().await;
    drop(user);
    let (account, _heard) = stage.open("one").await;
    assert_eq!(account.me(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn ended_from_elsewhere() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    stage.scenario.fail("messages.getDialogs", 1, 401, "SESSION_REVOKED");
    assert_eq!(user.account.chats(None, 20).await.err(), Some(Error::SignedOut));
    user.heard.until(|event| *event == Event::SignedOut).await;
    assert_eq!(user.account.me(), None);
    let me = sign_in(&user.account, &user.demo).await;
    assert_eq!(user.account.me(), Some(me.id));
    assert!(!user.account.chats(None, 20).await.unwrap().chats.is_empty());
}
