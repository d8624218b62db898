//! Signing in by a QR code that another device scans.

use crate::friend::Friend;
use crate::stage::{Heard, Stage, eventually};
use heliograph_demo::DemoAccount;
use heliograph_model::PeerId;
use heliograph_telegram::{Account, Error, Event, QrStep, SignedIn};
use std::time::Duration;

/// What the QR code says, and how long.
async fn shown(account: &Account) -> (String, Duration) {
    match account.qr_step().await.unwrap() {
        QrStep::Token { url, valid_for } => (url, valid_for),
        QrStep::SignedIn(_) => panic!("signed in already"),
    }
}

/// Shows a code, has it scanned, and goes on.
async fn scanned(account: &Account, heard: &mut Heard, friend: &Friend) -> Result<QrStep, Error> {
    let (url, _) = shown(account).await;
    friend.scan(&url).await.unwrap();
    heard.until(|event| *event == Event::LoginTokenAccepted).await;
    account.qr_step().await
}

fn account_on(stage: &Stage, dc: i32, password: bool) -> DemoAccount {
    stage.server.accounts().into_iter().find(|demo| demo.dc == dc && demo.password.is_some() == password).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_scanned() {
    let stage = Stage::new().await;
    let demo = stage.demo(0);
    let friend = Friend::of(&stage, &demo).await;
    let (account, mut heard) = stage.open("one").await;
    let (url, valid_for) = shown(&account).await;
    assert!(url.starts_with("tg://login?token="), "the form that phones know");
    assert!(valid_for > Duration::from_secs(20) && valid_for <= Duration::from_secs(31), "{valid_for:?}");
    let QrStep::SignedIn(SignedIn::Done(me)) = scanned(&account, &mut heard, &friend).await.unwrap() else {
        panic!("not in")
    };
    assert_eq!((me.id, account.me()), (PeerId::User(demo.user_id), Some(me.id)));
    heard.until(|event| *event == Event::Connection(heliograph_model::Connection::Online)).await;
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_renews_itself_and_the_old_one_is_void() {
    let stage = Stage::new().await;
    let friend = Friend::of(&stage, &stage.demo(0)).await;
    let (account, mut heard) = stage.open("one").await;
    stage.server.world().set_sign_in_times(|times| times.token = 0);
    let (late, valid_for) = shown(&account).await;
    assert_eq!(valid_for, Duration::ZERO);
    assert_eq!(friend.scan(&late).await, Err("AUTH_TOKEN_EXPIRED".into()));
    stage.server.world().set_sign_in_times(|times| times.token = 30);
    let (first, _) = shown(&account).await;
    let (second, _) = shown(&account).await;
    assert_ne!(first, second);
    assert!(friend.scan(&first).await.is_err());
    assert!(matches!(scanned(&account, &mut heard, &friend).await, Ok(QrStep::SignedIn(SignedIn::Done(_)))));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_of_another_datacenter_is_followed_there() {
    let stage = Stage::new().await;
    let demo = account_on(&stage, 4, false);
    let friend = Friend::of(&stage, &demo).await;
    let (account, mut heard) = stage.open("one").await;
    let QrStep::SignedIn(SignedIn::Done(me)) = scanned(&account, &mut heard, &friend).await.unwrap() else {
        panic!("not in")
    };
    assert_eq!(me.id, PeerId::User(demo.user_id));
    assert_eq!(stage.scenario.calls("auth.importLoginToken"), 1);
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
    // It is at home there after the next start, too.
    account.shut_down().await;
    drop((account, heard));
    let (account, _heard) = stage.open("one").await;
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_asked_for_at_either_datacenter() {
    let stage = Stage::new().await;
    for dc in [2, 4] {
        let demo = account_on(&stage, dc, true);
        let friend = Friend::of(&stage, &demo).await;
        let (account, mut heard) = stage.open(&format!("at {dc}")).await;
        let step = scanned(&account, &mut heard, &friend).await.unwrap();
        assert!(matches!(&step, QrStep::SignedIn(SignedIn::Password { hint: Some(_), recovery: false })), "{step:?}");
        // Asked again, as at a second update, it says the same.
        let again = account.qr_step().await.unwrap();
        assert!(matches!(again, QrStep::SignedIn(SignedIn::Password { .. })));
        let me = account.check_password(demo.password.as_deref().unwrap()).await.unwrap();
        assert_eq!(me.id, PeerId::User(demo.user_id));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_that_are_in_already_are_excepted() {
    let stage = Stage::new().await;
    let demo = stage.demo(0);
    let friend = Friend::of(&stage, &demo).await;
    let (account, _heard) = stage.open("one").await;
    account.set_others(&[PeerId::User(demo.user_id)]);
    let (url, _) = shown(&account).await;
    assert_eq!(friend.scan(&url).await, Err("AUTH_TOKEN_EXCEPTION".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_lost_on_the_way_to_another_datacenter_is_made_anew() {
    let stage = Stage::new().await;
    let friend = Friend::of(&stage, &account_on(&stage, 4, false)).await;
    let (account, mut heard) = stage.open("one").await;
    stage.scenario.fail("auth.importLoginToken", 1, 400, "AUTH_TOKEN_EXPIRED");
    let step = scanned(&account, &mut heard, &friend).await.unwrap();
    assert!(matches!(step, QrStep::Token { .. }), "{step:?}");
    heard.all.clear();
    assert!(matches!(scanned(&account, &mut heard, &friend).await, Ok(QrStep::SignedIn(SignedIn::Done(_)))));
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_tokens_are_told() {
    let stage = Stage::new().await;
    let (account, _heard) = stage.open("one").await;
    stage.scenario.fail("auth.exportLoginToken", 1, 420, "FLOOD_WAIT_12");
    assert_eq!(account.qr_step().await, Err(Error::FloodWait(12)));
    stage.scenario.fail("auth.exportLoginToken", 1, 400, "API_ID_INVALID");
    assert_eq!(account.qr_step().await, Err(Error::ApiRefused));
    stage.scenario.fail("auth.exportLoginToken", 1, 303, "NETWORK_MIGRATE_4");
    assert!(matches!(account.qr_step().await, Ok(QrStep::Token { .. })));
    // The other way in is still open, from wherever one is now.
    let demo = stage.demo(0);
    crate::stage::sign_in(&account, &demo).await;
    eventually("signed in", || account.me() == Some(PeerId::User(demo.user_id))).await;
}
