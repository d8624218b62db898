//! Signing in by a QR code.

use super::*;

fn export(except_ids: Vec<i64>) -> functions::auth::ExportLoginToken {
    functions::auth::ExportLoginToken { api_id: 1, api_hash: "x".into(), except_ids }
}

fn accept(token: &[u8]) -> functions::auth::AcceptLoginToken {
    functions::auth::AcceptLoginToken { token: token.to_vec() }
}

fn token_in(answer: enums::auth::LoginToken) -> Vec<u8> {
    let enums::auth::LoginToken::Token(token) = answer else { panic!("a token: {answer:?}") };
    token.token
}

fn told_to_ask(stage: &Stage, key: i64) -> bool {
    let pushed = stage.pushed(key);
    matches!(pushed.as_slice(), [enums::Updates::UpdateShort(short)] if matches!(short.update, enums::Update::LoginToken))
}

/// Signs in at the datacenter of the account, whatever it asks for.
fn enter(stage: &Stage, key: i64, phone: &str) -> i64 {
    let account = stage.api.world.accounts().into_iter().find(|account| account.phone == phone).unwrap();
    let hash = hash_in(&stage.on(key, account.dc, &send_code(phone)).unwrap());
    stage.on(key, account.dc, &sign_in(phone, &hash, &account.code)).unwrap();
    stage.pushed.0.lock().unwrap().clear();
    account.user_id
}

#[test]
fn another_session_says_yes() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let token = token_in(stage.call(2, &export(vec![])).unwrap());
    assert_ne!(token, token_in(stage.call(3, &export(vec![])).unwrap()));
    assert_eq!(stage.call(9, &accept(&token)).map(|_| ()), Err("401 AUTH_KEY_UNREGISTERED".to_owned()));
    assert_eq!(stage.call(1, &accept(b"nothing")).map(|_| ()), Err("400 AUTH_TOKEN_INVALIDX".to_owned()));
    let enums::Authorization::Authorization(new) = stage.call(1, &accept(&token)).unwrap();
    assert_eq!(stage.call(1, &accept(&token)).map(|_| ()), Err("400 AUTH_TOKEN_ALREADY_ACCEPTED".to_owned()));
    assert!(told_to_ask(&stage, 2) && stage.pushed(3).is_empty());
    let enums::auth::LoginToken::Success(success) = stage.call(2, &export(vec![])).unwrap() else { panic!("in") };
    let enums::auth::Authorization::Authorization(authorization) = success.authorization else { panic!("in") };
    assert_eq!(authorization.user.id(), me);
    assert!(stage.call(2, &functions::updates::GetState {}).is_ok());
    assert!(matches!(stage.heard(1).as_slice(), [enums::Update::NewAuthorization(told)] if told.hash == new.hash));
    // It counts once.
    assert_eq!(stage.call(1, &accept(&token)).map(|_| ()), Err("400 AUTH_TOKEN_INVALIDX".to_owned()));
}

#[test]
fn tokens_run_out_and_spare_those_who_are_in() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let except = token_in(stage.call(2, &export(vec![me])).unwrap());
    assert_eq!(stage.call(1, &accept(&except)).map(|_| ()), Err("400 AUTH_TOKEN_EXCEPTION".to_owned()));
    let first = token_in(stage.call(2, &export(vec![])).unwrap());
    stage.call(2, &export(vec![])).unwrap();
    assert!(stage.call(1, &accept(&first)).is_err(), "another one was asked for");
    stage.api.world.set_sign_in_times(|times| times.token = 0);
    let late = token_in(stage.call(2, &export(vec![])).unwrap());
    assert_eq!(stage.call(1, &accept(&late)).map(|_| ()), Err("400 AUTH_TOKEN_EXPIRED".to_owned()));
    let import = functions::auth::ImportLoginToken { token: late };
    assert_eq!(stage.call(2, &import).map(|_| ()), Err("400 AUTH_TOKEN_EXPIRED".to_owned()));
    let unknown = functions::auth::ImportLoginToken { token: vec![1] };
    assert_eq!(stage.call(2, &unknown).map(|_| ()), Err("400 AUTH_TOKEN_INVALID".to_owned()));
}

#[test]
fn an_account_of_another_datacenter_is_entered_there() {
    let stage = Stage::lifelike();
    let me = enter(&stage, 1, "+15550100121");
    let token = token_in(stage.call(2, &export(vec![])).unwrap());
    let import = functions::auth::ImportLoginToken { token: token.clone() };
    assert_eq!(token_in(stage.call(2, &import).unwrap()), token, "not accepted yet");
    stage.on(1, FILES, &accept(&token)).unwrap();
    assert!(told_to_ask(&stage, 2));
    let enums::auth::LoginToken::MigrateTo(elsewhere) = stage.call(2, &export(vec![])).unwrap() else {
        panic!("sent on")
    };
    assert_eq!((elsewhere.dc_id, &elsewhere.token), (FILES, &token));
    let enums::auth::LoginToken::Success(success) = stage.on(50, FILES, &import).unwrap() else { panic!("in") };
    let enums::auth::Authorization::Authorization(authorization) = success.authorization else { panic!("in") };
    assert_eq!(authorization.user.id(), me);
    assert!(stage.on(50, FILES, &functions::updates::GetState {}).is_ok());
    assert!(stage.call(2, &functions::updates::GetState {}).is_err());
}

#[test]
fn a_password_is_owed_all_the_same() {
    let stage = Stage::lifelike();
    let account = stage.api.world.accounts().into_iter().find(|account| account.recovery).unwrap();
    let hash = hash_in(&stage.call(1, &send_code(&account.phone)).unwrap());
    assert!(stage.call(1, &sign_in(&account.phone, &hash, &account.code)).is_err());
    super::two_steps::give(&stage, 1, account.password.as_deref().unwrap()).unwrap();
    let token = token_in(stage.call(2, &export(vec![])).unwrap());
    stage.call(1, &accept(&token)).unwrap();
    let needed = Err("401 SESSION_PASSWORD_NEEDED".to_owned());
    assert_eq!(stage.call(2, &export(vec![])).map(|_| ()), needed);
    assert_eq!(stage.call(2, &export(vec![])).map(|_| ()), needed, "still");
    super::two_steps::give(&stage, 2, account.password.as_deref().unwrap()).unwrap();
    assert!(stage.call(2, &functions::updates::GetState {}).is_ok());
}
