//! Codes by every way: what is shown of them, asking once more, calling off, running out.

use crate::stage::{Stage, by_way};
use heliograph_demo::{CodeWay, EMAIL_CODE};
use heliograph_model::PeerId;
use heliograph_telegram::{CodeKind, Error, NextCode, SignedIn};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn each_way_is_told_and_lets_in() {
    let stage = Stage::new().await;
    use CodeWay::{App, Call, Email, FlashCall, Fragment, MissedCall, Phrase, Sms, Word};
    for way in [App, Sms, Call, FlashCall, MissedCall, Email, Fragment, Word, Phrase] {
        let demo = by_way(&stage, way);
        let (account, _heard) = stage.open(&format!("{way:?}")).await;
        let sent = account.request_code(&demo.phone).await.unwrap();
        let (fits, length) = match sent.kind() {
            CodeKind::App => (way == App, Some(5)),
            CodeKind::Sms => (way == Sms, Some(5)),
            CodeKind::Call => (way == Call, Some(5)),
            CodeKind::FlashCall { pattern } => (way == FlashCall && pattern == "+155501XXXXX", None),
            CodeKind::MissedCall { prefix, length } => (way == MissedCall && prefix == "+155501", Some(*length)),
            CodeKind::Email { pattern, length, reset_after, reset_at } => {
                let told = pattern == "e***@p***.example" && reset_after.is_some() && reset_at.is_none();
                (way == Email && told, Some(*length))
            }
            CodeKind::Fragment { url } => (way == Fragment && url.starts_with("https://fragment.com/"), Some(5)),
            CodeKind::Word { beginning } => (way == Word && beginning.as_deref() == Some("l"), None),
            CodeKind::Phrase { beginning } => (way == Phrase && beginning.as_deref() == Some("the"), None),
            CodeKind::EmailSetUp | CodeKind::Other => (false, None),
        };
        assert!(fits, "{way:?}: {sent:?}");
        assert_eq!(sent.length(), length, "{way:?}");
        assert_eq!(account.sign_in(&sent, "00000").await, Err(Error::CodeInvalid), "{way:?}");
        let SignedIn::Done(me) = account.sign_in(&sent, &demo.code).await.unwrap() else { panic!("a password?") };
        assert_eq!(me.id, PeerId::User(demo.user_id));
        account.shut_down().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_for_once_more_it_comes_by_the_next_way() {
    let stage = Stage::new().await;
    let demo = by_way(&stage, CodeWay::MissedCall);
    let (account, _heard) = stage.open("one").await;
    stage.server.world().set_sign_in_times(|times| times.resend = 60);
    let missed = account.request_code(&demo.phone).await.unwrap();
    assert_eq!((missed.next(), missed.resend_after()), (Some(NextCode::Sms), Some(Duration::from_secs(60))));
    assert!(matches!(account.resend_code(&missed).await, Err(Error::FloodWait(1..=60))));
    stage.server.world().set_sign_in_times(|times| times.resend = 0);
    let sms = account.resend_code(&missed).await.unwrap();
    assert_eq!((sms.kind(), sms.next()), (&CodeKind::Sms, Some(NextCode::Call)));
    let call = account.resend_code(&sms).await.unwrap();
    assert_eq!((call.kind(), call.next(), call.resend_after()), (&CodeKind::Call, None, None));
    assert_eq!(account.resend_code(&call).await, Err(Error::CodeUnavailable));
    // Those before are void.
    assert_eq!(account.sign_in(&missed, &demo.code).await, Err(Error::CodeExpired));
    assert!(matches!(account.sign_in(&call, &demo.code).await, Ok(SignedIn::Done(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_void_when_called_off_and_after_its_time() {
    let stage = Stage::new().await;
    let demo = stage.demo(0);
    let (account, _heard) = stage.open("one").await;
    let sent = account.request_code(&demo.phone).await.unwrap();
    account.cancel_code(&sent).await.unwrap();
    assert_eq!(account.sign_in(&sent, &demo.code).await, Err(Error::CodeExpired));
    assert_eq!(account.cancel_code(&sent).await, Err(Error::CodeExpired));
    stage.server.world().set_sign_in_times(|times| times.code = 0);
    let sent = account.request_code(&demo.phone).await.unwrap();
    assert_eq!(account.sign_in(&sent, &demo.code).await, Err(Error::CodeExpired));
    assert_eq!(account.resend_code(&sent).await, Err(Error::CodeExpired));
    assert_eq!(account.sign_in(&sent, " - ").await, Err(Error::CodeInvalid), "nothing was typed");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_wrong_codes_have_to_wait() {
    let stage = Stage::new().await;
    let demo = stage.demo(0);
    let (account, _heard) = stage.open("one").await;
    let sent = account.request_code(&demo.phone).await.unwrap();
    for _ in 0..5 {
        assert_eq!(account.sign_in(&sent, "11111").await, Err(Error::CodeInvalid));
    }
    assert!(matches!(account.sign_in(&sent, &demo.code).await, Err(Error::FloodWait(1..=60))));
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_are_not_let_in() {
    let stage = Stage::new().await;
    let (account, _heard) = stage.open("one").await;
    for (phone, error) in [
        ("+1 555 010 0190", Error::PhoneBanned),
        ("+1 555 010 0191", Error::PhoneFlood),
        ("+1 555 010 0192", Error::PhoneFlood),
        ("+12", Error::PhoneInvalid),
        ("", Error::PhoneInvalid),
    ] {
        assert_eq!(account.request_code(phone).await, Err(error), "{phone}");
    }
    let sent = account.request_code("+46 70 123 45 67").await.unwrap();
    assert_eq!(account.sign_in(&sent, "41725").await, Err(Error::PhoneUnregistered));
    stage.scenario.fail("auth.signIn", 1, 400, "PHONE_NUMBER_UNOCCUPIED");
    assert_eq!(account.sign_in(&sent, "41725").await, Err(Error::PhoneUnregistered));
    stage.scenario.fail("auth.sendCode", 1, 400, "API_ID_INVALID");
    assert_eq!(account.request_code(&stage.demo(0).phone).await, Err(Error::ApiRefused));
    // The server wants it asked again, once.
    stage.scenario.fail("auth.sendCode", 1, 500, "AUTH_RESTART");
    assert!(account.request_code(&stage.demo(0).phone).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_another_datacenter_is_entered_there() {
    let stage = Stage::new().await;
    let demo = stage.server.accounts().into_iter().find(|demo| demo.dc == 4 && demo.password.is_none()).unwrap();
    let (account, mut heard) = stage.open("one").await;
    let sent = account.request_code(&demo.phone).await.unwrap();
    let SignedIn::Done(me) = account.sign_in(&sent, &demo.code).await.unwrap() else { panic!("a password?") };
    assert_eq!(me.id, PeerId::User(demo.user_id));
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
    // It hears there what happens.
    let note = heliograph_model::FormattedText::plain("a note from afar");
    let (other, _other_heard) = stage.open("two").await;
    crate::stage::sign_in(&other, &demo).await;
    other.send(me.id, crate::stage::pending(), note).await.unwrap();
    heard.message("a note from afar").await;
    // And after the next start it is looked for there at once.
    account.shut_down().await;
    drop((account, heard));
    let asked = stage.scenario.calls("auth.sendCode");
    let (account, _heard) = stage.open("one").await;
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
    assert_eq!(stage.scenario.calls("auth.sendCode"), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_devices_show_the_code() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (account, _heard) = stage.open("two").await;
    let sent = account.request_code(&user.demo.phone).await.unwrap();
    assert_eq!(sent.kind(), &CodeKind::App);
    let is_code = |change: &heliograph_model::Change| {
        matches!(change, heliograph_model::Change::NewMessage(m)
            if m.chat == PeerId::User(777_000) && m.text.text.contains("41725"))
    };
    user.heard.change(is_code).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_address_is_set_up_on_the_way_in() {
    let stage = Stage::new().await;
    let demo = by_way(&stage, CodeWay::EmailSetUp);
    let (account, _heard) = stage.open("one").await;
    let sent = account.request_code(&demo.phone).await.unwrap();
    assert_eq!(sent.kind(), &CodeKind::EmailSetUp);
    for (email, error) in [
        ("nobody", Error::EmailInvalid),
        ("@", Error::EmailInvalid),
        ("a@b", Error::EmailInvalid),
        ("someone@refused.example", Error::EmailRefused),
    ] {
        assert_eq!(account.set_up_email(&sent, email).await, Err(error), "{email}");
    }
    let code = account.set_up_email(&sent, " selma@post.example ").await.unwrap();
    assert_eq!((code.pattern(), code.length()), ("s***@p***.example", Some(6)));
    assert_eq!(account.verify_email(&sent, "").await, Err(Error::CodeInvalid));
    assert_eq!(account.verify_email(&sent, "000000").await, Err(Error::CodeInvalid));
    let sent = account.verify_email(&sent, "583 140").await.unwrap();
    assert!(matches!(sent.kind(), CodeKind::Email { pattern, .. } if pattern == "s***@p***.example"));
    assert!(matches!(account.sign_in(&sent, EMAIL_CODE).await, Ok(SignedIn::Done(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_to_which_one_has_no_access_can_be_given_up() {
    let stage = Stage::new().await;
    let demo = by_way(&stage, CodeWay::Email);
    let (account, _heard) = stage.open("one").await;
    let sent = account.request_code(&demo.phone).await.unwrap();
    let pending = account.reset_login_email(&sent).await.unwrap();
    assert!(
        matches!(pending.kind(), CodeKind::Email { reset_after: None, reset_at: Some(at), .. } if *at > 1_600_000_000)
    );
    assert_eq!(account.reset_login_email(&pending).await, Err(Error::EmailResetPending));

    let stage = Stage::new().await;
    let demo = by_way(&stage, CodeWay::Email);
    let (account, _heard) = stage.open("one").await;
    stage.server.world().set_sign_in_times(|times| times.email_reset = 0);
    let sent = account.request_code(&demo.phone).await.unwrap();
    let sms = account.reset_login_email(&sent).await.unwrap();
    assert_eq!(sms.kind(), &CodeKind::Sms);
    assert!(matches!(account.sign_in(&sms, "41725").await, Ok(SignedIn::Done(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_that_was_lost_on_the_way_is_a_yes() {
    let stage = Stage::new().await;
    let demo = stage.demo(0);
    let (account, _heard) = stage.open("one").await;
    let friend = crate::friend::Friend::of(&stage, &demo).await;
    let sent = account.request_code(&demo.phone).await.unwrap();
    stage.scenario.drop_answers("auth.signIn", 1);
    let cut = async {
        while friend.others().await.is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        stage.scenario.cut_connections();
    };
    let (signed_in, ()) = tokio::join!(account.sign_in(&sent, &demo.code), cut);
    assert!(matches!(signed_in, Ok(SignedIn::Done(me)) if me.id == PeerId::User(demo.user_id)));
    assert_eq!(stage.scenario.calls("auth.signIn"), 1);
    assert!(!account.chats(None, 20).await.unwrap().chats.is_empty());
}
