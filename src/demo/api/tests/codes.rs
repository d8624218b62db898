//! Codes by every way, and the e-mail addresses that they go to.

use super::*;
use enums::auth::{CodeType, SentCodeType};

fn told(sent: enums::auth::SentCode) -> types::auth::SentCode {
    match sent {
        enums::auth::SentCode::Code(code) => code,
        _ => panic!("a code"),
    }
}

fn resend(phone: &str, hash: &str) -> functions::auth::ResendCode {
    functions::auth::ResendCode { phone_number: phone.into(), phone_code_hash: hash.into(), reason: None }
}

fn by_email(phone: &str, hash: &str, code: &str) -> functions::auth::SignIn {
    functions::auth::SignIn {
        phone_number: phone.into(),
        phone_code_hash: hash.into(),
        phone_code: None,
        email_verification: Some(types::EmailVerificationCode { code: code.into() }.into()),
    }
}

#[test]
fn each_way_lets_in_with_its_code() {
    let stage = Stage::lifelike();
    use CodeWay::{App, Call, FlashCall, Fragment, MissedCall, Phrase, Sms, Word};
    for (key, way) in (1..).zip([App, Sms, Call, FlashCall, MissedCall, Fragment, Word, Phrase]) {
        let account = stage.by_way(way);
        let sent = told(stage.call(key, &send_code(&account.phone)).unwrap());
        let fits = match &sent.r#type {
            SentCodeType::App(code) => way == App && code.length == 5,
            SentCodeType::Sms(code) => way == Sms && code.length == 5,
            SentCodeType::Call(code) => way == Call && code.length == 5,
            SentCodeType::FlashCall(code) => way == FlashCall && code.pattern == "+155501XXXXX",
            SentCodeType::MissedCall(code) => way == MissedCall && code.prefix == "+155501" && code.length == 5,
            SentCodeType::FragmentSms(code) => way == Fragment && code.url.starts_with("https://fragment.com/"),
            SentCodeType::SmsWord(code) => way == Word && account.code.starts_with(code.beginning.as_deref().unwrap()),
            SentCodeType::SmsPhrase(code) => {
                way == Phrase && account.code.starts_with(code.beginning.as_deref().unwrap())
            }
            _ => false,
        };
        assert!(fits, "{way:?}");
        let wrong = stage.call(key, &sign_in(&account.phone, &sent.phone_code_hash, "11111")).map(|_| ());
        assert_eq!(wrong, Err("400 PHONE_CODE_INVALID".to_owned()), "{way:?}");
        assert!(stage.call(key, &sign_in(&account.phone, &sent.phone_code_hash, &account.code)).is_ok(), "{way:?}");
    }
}

#[test]
fn a_resend_goes_through_the_ways_and_ends() {
    let stage = Stage::lifelike();
    let account = stage.by_way(CodeWay::Word);
    stage.api.world.set_sign_in_times(|times| times.resend = 60);
    let word = told(stage.call(1, &send_code(&account.phone)).unwrap());
    assert_eq!((word.next_type, word.timeout), (Some(CodeType::Sms), Some(60)));
    let early = stage.call(1, &resend(&account.phone, &word.phone_code_hash)).map(|_| ()).unwrap_err();
    assert!(early.starts_with("420 FLOOD_WAIT_"), "{early}");
    stage.api.world.set_sign_in_times(|times| times.resend = 0);
    let sms = told(stage.call(1, &resend(&account.phone, &word.phone_code_hash)).unwrap());
    assert!(matches!(sms.r#type, SentCodeType::Sms(_)));
    assert_eq!((sms.next_type, sms.timeout), (None, None));
    let end = stage.call(1, &resend(&account.phone, &sms.phone_code_hash)).map(|_| ());
    assert_eq!(end, Err("406 SEND_CODE_UNAVAILABLE".to_owned()));
    // A text message has figures.
    assert!(stage.call(1, &sign_in(&account.phone, &sms.phone_code_hash, &account.code)).is_err());
    assert!(stage.call(1, &sign_in(&account.phone, &sms.phone_code_hash, "41725")).is_ok());

    let app = told(stage.call(2, &send_code("+15550100101")).unwrap());
    assert_eq!((app.next_type, app.timeout), (Some(CodeType::Sms), None));
    let sms = told(stage.call(2, &resend("+15550100101", &app.phone_code_hash)).unwrap());
    assert_eq!(sms.next_type, Some(CodeType::Call));
}

#[test]
fn codes_run_out() {
    let stage = Stage::lifelike();
    stage.api.world.set_sign_in_times(|times| times.code = 0);
    let hash = hash_in(&stage.call(1, &send_code("+15550100101")).unwrap());
    let late = stage.call(1, &sign_in("+15550100101", &hash, "41725")).map(|_| ());
    assert_eq!(late, Err("400 PHONE_CODE_EXPIRED".to_owned()));
    assert!(stage.call(1, &resend("+15550100101", &hash)).is_err());
}

#[test]
fn the_other_devices_are_told_the_code_and_of_whom_came() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let hash = hash_in(&stage.call(2, &send_code("+15550100101")).unwrap());
    let heard = stage.heard(1);
    let [enums::Update::NewMessage(new)] = heard.as_slice() else { panic!("{heard:?}") };
    let enums::Message::Message(message) = &new.message else { panic!("a message") };
    assert!(message.message.contains("41725"));
    assert_eq!(message.peer_id, types::PeerUser { user_id: 777_000 }.into());
    stage.call(2, &sign_in("+15550100101", &hash, "41725")).unwrap();
    let heard = stage.heard(1);
    assert!(matches!(heard.as_slice(), [enums::Update::NewAuthorization(new)] if new.device.is_some()), "{heard:?}");
    assert!(stage.heard(2).is_empty());
    // Nobody is there to be told any more.
    stage.call(1, &functions::auth::LogOut {}).unwrap();
    stage.call(2, &functions::auth::LogOut {}).unwrap();
    let before = stage.api.world.texts_in("+15550100101", "Telegram").len();
    stage.call(3, &send_code("+15550100101")).unwrap();
    assert_eq!(stage.api.world.texts_in("+15550100101", "Telegram").len(), before);
    assert!(me > 0);
}

#[test]
fn barred_numbers_and_new_accounts_are_refused() {
    let stage = Stage::lifelike();
    for (phone, error) in [
        ("+1 555 010 0190", "400 PHONE_NUMBER_BANNED"),
        ("+1 555 010 0191", "400 PHONE_NUMBER_FLOOD"),
        ("+1 555 010 0192", "406 PHONE_PASSWORD_FLOOD"),
    ] {
        assert_eq!(stage.call(1, &send_code(phone)).map(|_| ()), Err(error.to_owned()));
    }
    let hash = hash_in(&stage.call(1, &send_code("+46701234567")).unwrap());
    let sign_up = |hash: &str| functions::auth::SignUp {
        no_joined_notifications: false,
        phone_number: "+46701234567".into(),
        phone_code_hash: hash.into(),
        first_name: "New".into(),
        last_name: String::new(),
    };
    assert_eq!(stage.call(1, &sign_up("00")).map(|_| ()), Err("400 PHONE_CODE_EXPIRED".to_owned()));
    let refused = stage.call(1, &sign_up(&hash)).map(|_| ());
    assert_eq!(refused, Err("400 PHONE_NUMBER_APP_SIGNUP_FORBIDDEN".to_owned()));
}

#[test]
fn an_account_is_let_in_at_its_own_datacenter_only() {
    let stage = Stage::lifelike();
    let far = stage.api.world.accounts().into_iter().find(|account| account.dc == FILES).unwrap();
    assert_eq!(stage.call(1, &send_code(&far.phone)).map(|_| ()), Err("303 PHONE_MIGRATE_4".to_owned()));
    let hash = hash_in(&stage.on(2, FILES, &send_code(&far.phone)).unwrap());
    assert!(stage.on(2, FILES, &sign_in(&far.phone, &hash, &far.code)).is_ok());
    assert!(stage.on(2, FILES, &functions::updates::GetState {}).is_ok());
    let near = stage.on(3, FILES, &send_code("+15550100101")).map(|_| ());
    assert_eq!(near, Err("303 PHONE_MIGRATE_2".to_owned()));
}

#[test]
fn a_code_by_email_is_taken_from_there_only() {
    let stage = Stage::lifelike();
    let account = stage.by_way(CodeWay::Email);
    let sent = told(stage.call(1, &send_code(&account.phone)).unwrap());
    let SentCodeType::EmailCode(code) = &sent.r#type else { panic!("by e-mail") };
    assert_eq!((code.email_pattern.as_str(), code.length, code.reset_pending_date), ("e***@p***.example", 6, None));
    let hash = sent.phone_code_hash;
    assert_eq!(
        stage.call(1, &by_email(&account.phone, &hash, "000000")).map(|_| ()),
        Err("400 PHONE_CODE_INVALID".to_owned())
    );
    assert_eq!(stage.call(1, &sign_in(&account.phone, &hash, "")).map(|_| ()), Err("400 PHONE_CODE_EMPTY".to_owned()));
    assert!(stage.call(1, &by_email(&account.phone, &hash, EMAIL_CODE)).is_ok());
}

#[test]
fn an_address_that_was_given_up_is_gone_after_a_while() {
    let stage = Stage::lifelike();
    let account = stage.by_way(CodeWay::Email);
    let reset = |hash: &str| functions::auth::ResetLoginEmail {
        phone_number: account.phone.clone(),
        phone_code_hash: hash.into(),
    };
    let sent = told(stage.call(1, &send_code(&account.phone)).unwrap());
    let pending = told(stage.call(1, &reset(&sent.phone_code_hash)).unwrap());
    let SentCodeType::EmailCode(code) = &pending.r#type else { panic!("by e-mail") };
    assert!(code.reset_pending_date.is_some() && code.reset_available_period.is_none());
    let twice = stage.call(1, &reset(&pending.phone_code_hash)).map(|_| ());
    assert_eq!(twice, Err("400 TASK_ALREADY_EXISTS".to_owned()));
    // The time has come.
    stage.api.world.lock().accounts.get_mut(&account.user_id).unwrap().email_gone_at = Some(0);
    let sms = told(stage.call(1, &reset(&pending.phone_code_hash)).unwrap());
    assert!(matches!(sms.r#type, SentCodeType::Sms(_)));
    assert!(stage.call(1, &sign_in(&account.phone, &sms.phone_code_hash, "41725")).is_ok());
    let again = stage.call(2, &reset(&hash_in(&stage.call(2, &send_code(&account.phone)).unwrap()))).map(|_| ());
    assert_eq!(again, Err("400 EMAIL_INSTALL_MISSING".to_owned()));
}

#[test]
fn an_address_has_to_be_set_up_and_confirmed() {
    let stage = Stage::lifelike();
    let account = stage.by_way(CodeWay::EmailSetUp);
    let sent = told(stage.call(1, &send_code(&account.phone)).unwrap());
    assert!(matches!(sent.r#type, SentCodeType::SetUpEmailRequired(_)));
    let purpose = || {
        enums::EmailVerifyPurpose::from(types::EmailVerifyPurposeLoginSetup {
            phone_number: account.phone.clone(),
            phone_code_hash: sent.phone_code_hash.clone(),
        })
    };
    let name = |email: &str| functions::account::SendVerifyEmailCode { purpose: purpose(), email: email.into() };
    let confirm = |code: &str| functions::account::VerifyEmail {
        purpose: purpose(),
        verification: types::EmailVerificationCode { code: code.into() }.into(),
    };
    assert_eq!(stage.call(1, &confirm(EMAIL_CODE)).map(|_| ()), Err("400 EMAIL_VERIFY_EXPIRED".to_owned()));
    for (email, error) in [
        ("nobody", "400 EMAIL_INVALID"),
        ("a@b", "400 EMAIL_INVALID"),
        ("a b@c.example", "400 EMAIL_INVALID"),
        ("a@refused.example", "400 EMAIL_NOT_ALLOWED"),
    ] {
        assert_eq!(stage.call(1, &name(email)).map(|_| ()), Err(error.to_owned()));
    }
    let enums::account::SentEmailCode::Code(code) = stage.call(1, &name("selma@post.example")).unwrap();
    assert_eq!((code.email_pattern.as_str(), code.length), ("s***@p***.example", 6));
    assert_eq!(stage.call(1, &confirm("000000")).map(|_| ()), Err("400 CODE_INVALID".to_owned()));
    let enums::account::EmailVerified::Login(done) = stage.call(1, &confirm(EMAIL_CODE)).unwrap() else {
        panic!("to sign in")
    };
    let sent = told(done.sent_code);
    assert!(matches!(sent.r#type, SentCodeType::EmailCode(_)));
    assert!(stage.call(1, &by_email(&account.phone, &sent.phone_code_hash, EMAIL_CODE)).is_ok());

    // Signed in, the address can be changed.
    let purpose = || enums::EmailVerifyPurpose::LoginChange;
    let name = functions::account::SendVerifyEmailCode { purpose: purpose(), email: "new@post.example".into() };
    stage.call(1, &name).unwrap();
    let verification = types::EmailVerificationCode { code: EMAIL_CODE.into() }.into();
    let confirm = functions::account::VerifyEmail { purpose: purpose(), verification };
    assert!(matches!(stage.call(1, &confirm), Ok(enums::account::EmailVerified::Verified(_))));
    let enums::account::Password::Password(password) = stage.call(1, &functions::account::GetPassword {}).unwrap();
    assert_eq!(password.login_email_pattern.as_deref(), Some("n***@p***.example"));
}
