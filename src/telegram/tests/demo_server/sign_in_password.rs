//! The two-step password, and the way in without it.

use crate::stage::Stage;
use heliograph_demo::{DemoAccount, EMAIL_CODE};
use heliograph_model::PeerId;
use heliograph_telegram::{Account, Error, SignedIn};

/// An account with a password, which can be recovered or not.
fn locked(stage: &Stage, recovery: bool) -> DemoAccount {
    let mut all = stage.server.accounts().into_iter();
    all.find(|demo| demo.password.is_some() && demo.recovery == recovery).unwrap()
}

async fn code(account: &Account, demo: &DemoAccount) -> SignedIn {
    let sent = account.request_code(&demo.phone).await.unwrap();
    account.sign_in(&sent, &demo.code).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_done_without() {
    let stage = Stage::new().await;
    let demo = locked(&stage, true);
    let (account, _heard) = stage.open("one").await;
    let SignedIn::Password { hint, recovery } = code(&account, &demo).await else { panic!("no password?") };
    assert!(hint.is_some() && recovery);
    assert_eq!(account.recover(EMAIL_CODE).await, Err(Error::RecoveryExpired), "not asked for yet");
    assert_eq!(account.request_recovery().await.unwrap(), "r***@r***.example");
    assert_eq!(account.recover("").await, Err(Error::CodeInvalid));
    assert_eq!(account.recover("000000").await, Err(Error::CodeInvalid));
    let me = account.recover(" 583140 ").await.unwrap();
    assert_eq!((me.id, account.me()), (PeerId::User(demo.user_id), Some(me.id)));
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
    // It has none now.
    let (other, _heard) = stage.open("two").await;
    assert!(matches!(code(&other, &demo).await, SignedIn::Done(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_address_there_is_no_recovery() {
    let stage = Stage::new().await;
    let demo = locked(&stage, false);
    let (account, _heard) = stage.open("one").await;
    assert!(matches!(code(&account, &demo).await, SignedIn::Password { recovery: false, .. }));
    assert_eq!(account.request_recovery().await, Err(Error::RecoveryUnavailable));
    // The password still does.
    assert!(account.check_password(demo.password.as_deref().unwrap()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_runs_out() {
    let stage = Stage::new().await;
    let demo = locked(&stage, true);
    let (account, _heard) = stage.open("one").await;
    code(&account, &demo).await;
    stage.server.world().set_sign_in_times(|times| times.code = 0);
    account.request_recovery().await.unwrap();
    assert_eq!(account.recover(EMAIL_CODE).await, Err(Error::RecoveryExpired));
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_a_password() {
    let stage = Stage::new().await;
    let demo = locked(&stage, true);
    let (account, _heard) = stage.open("one").await;
    code(&account, &demo).await;
    for (name, error) in [
        ("PASSWORD_HASH_INVALID", Error::PasswordInvalid),
        ("PHONE_PASSWORD_FLOOD", Error::PhoneFlood),
        ("FLOOD_WAIT_20", Error::FloodWait(20)),
    ] {
        stage.scenario.fail("auth.checkPassword", 1, 400, name);
        assert_eq!(account.check_password("harbour-light").await, Err(error), "{name}");
    }
    // Parameters that somebody else has used up are asked for anew.
    stage.scenario.fail("auth.checkPassword", 1, 400, "SRP_ID_INVALID");
    assert!(account.check_password(demo.password.as_deref().unwrap()).await.is_ok());
}
