use super::*;
use grammers_crypto::two_factor_auth::calculate_2fa;

const PHONE: &str = "+1 555 010 0101";

#[test]
fn wrong_codes_are_refused_and_five_must_wait() {
    let stage = Stage::lifelike();
    let hash = hash_in(&stage.call(1, &send_code(PHONE)).unwrap());
    let invalid = Err("400 PHONE_CODE_INVALID".to_owned());
    assert_eq!(stage.call(1, &sign_in(PHONE, &hash, "")).map(|_| ()), Err("400 PHONE_CODE_EMPTY".to_owned()));
    assert_eq!(stage.call(1, &sign_in(PHONE, "00", "41725")).map(|_| ()), Err("400 PHONE_CODE_EXPIRED".to_owned()));
    for _ in 0..5 {
        assert_eq!(stage.call(1, &sign_in(PHONE, &hash, "11111")).map(|_| ()), invalid);
    }
    let wait = stage.call(1, &sign_in(PHONE, &hash, "41725")).map(|_| ()).unwrap_err();
    assert!(wait.starts_with("420 FLOOD_WAIT_"), "{wait}");
    // Others are not held up.
    stage.sign_in(2, 1);
}

#[test]
fn numbers_without_an_account_may_sign_up_and_junk_may_not() {
    let stage = Stage::lifelike();
    for junk in ["", "hello", "12", "+123456789012345678", "+1555x010101"] {
        assert_eq!(stage.call(1, &send_code(junk)).map(|_| ()), Err("400 PHONE_NUMBER_INVALID".to_owned()), "{junk}");
    }
    let hash = hash_in(&stage.call(1, &send_code("+46701234567")).unwrap());
    let wrong = stage.call(1, &sign_in("+46701234567", &hash, "11111")).map(|_| ());
    assert_eq!(wrong, Err("400 PHONE_CODE_INVALID".to_owned()));
    let answer = stage.call(1, &sign_in("+46701234567", &hash, "41725")).unwrap();
    assert!(matches!(answer, enums::auth::Authorization::SignUpRequired(_)));
}

#[test]
fn a_cancelled_or_used_code_is_gone() {
    let stage = Stage::lifelike();
    let hash = hash_in(&stage.call(1, &send_code(PHONE)).unwrap());
    let cancel = functions::auth::CancelCode { phone_number: PHONE.into(), phone_code_hash: hash.clone() };
    assert_eq!(stage.call(1, &cancel), Ok(true));
    assert_eq!(stage.call(1, &sign_in(PHONE, &hash, "41725")).map(|_| ()), Err("400 PHONE_CODE_EXPIRED".to_owned()));
    let hash = hash_in(&stage.call(1, &send_code(PHONE)).unwrap());
    let again = functions::auth::ResendCode { phone_number: PHONE.into(), phone_code_hash: hash.clone(), reason: None };
    let sent = stage.call(1, &again).unwrap();
    assert!(stage.call(1, &sign_in(PHONE, &hash, "41725")).is_err());
    assert!(stage.call(1, &sign_in(PHONE, &hash_in(&sent), "41725")).is_ok());
    assert!(stage.call(2, &sign_in(PHONE, &hash_in(&sent), "41725")).is_err());
}

#[test]
fn the_password_is_owed_until_it_is_given() {
    let stage = Stage::lifelike();
    let account = stage.api.world.accounts().into_iter().find(|account| account.password.is_some()).unwrap();
    let hash = hash_in(&stage.call(1, &send_code(&account.phone)).unwrap());
    let needed = Err("401 SESSION_PASSWORD_NEEDED".to_owned());
    assert_eq!(stage.call(1, &sign_in(&account.phone, &hash, &account.code)).map(|_| ()), needed);
    assert_eq!(stage.call(1, &functions::updates::GetState {}).map(|_| ()), needed);
    let attempt = |given: &str| {
        let enums::account::Password::Password(password) = stage.call(1, &functions::account::GetPassword {}).unwrap();
        let Some(enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)) =
            password.current_algo
        else {
            panic!("an algorithm")
        };
        assert!(password.hint.is_some());
        let a = vec![7; 256];
        let (m1, g_a) = calculate_2fa(&algo.salt1, &algo.salt2, &algo.p, &algo.g, password.srp_b.unwrap(), a, given);
        let srp_id = password.srp_id.unwrap();
        let check = |srp_id| functions::auth::CheckPassword {
            password: types::InputCheckPasswordSrp { srp_id, a: g_a.to_vec(), m1: m1.to_vec() }.into(),
        };
        assert_eq!(stage.call(1, &check(srp_id ^ 1)).map(|_| ()), Err("400 SRP_ID_INVALID".to_owned()));
        stage.call(1, &check(srp_id)).map(|_| ())
    };
    assert_eq!(attempt("wrong"), Err("400 PASSWORD_HASH_INVALID".to_owned()));
    assert_eq!(attempt(account.password.as_deref().unwrap()), Ok(()));
    assert!(stage.call(1, &functions::updates::GetState {}).is_ok());
}

#[test]
fn an_authorization_travels_once_to_the_datacenter_it_is_for() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let export = |dc_id| stage.call(1, &functions::auth::ExportAuthorization { dc_id });
    assert_eq!(export(HOME).map(|_| ()), Err("400 DC_ID_INVALID".to_owned()));
    assert_eq!(export(9).map(|_| ()), Err("400 DC_ID_INVALID".to_owned()));
    let enums::auth::ExportedAuthorization::Authorization(exported) = export(FILES).unwrap();
    assert_eq!(exported.id, me);
    let import = functions::auth::ImportAuthorization { id: me, bytes: exported.bytes };
    let users = functions::users::GetUsers { id: vec![enums::InputUser::UserSelf] };
    assert!(stage.on(50, FILES, &users).is_err());
    assert!(stage.on(50, FILES, &import).is_ok());
    assert!(stage.on(50, FILES, &users).is_ok());
    assert_eq!(stage.on(51, FILES, &import).map(|_| ()), Err("400 AUTH_BYTES_INVALID".to_owned()));

    // Signing out takes it along; the other device stays.
    stage.sign_in(2, 0);
    assert!(stage.call(1, &functions::auth::LogOut {}).is_ok());
    assert_eq!(stage.call(1, &users).map(|_| ()), Err("401 AUTH_KEY_UNREGISTERED".to_owned()));
    assert_eq!(stage.on(50, FILES, &users).map(|_| ()), Err("401 AUTH_KEY_UNREGISTERED".to_owned()));
    assert!(stage.call(2, &users).is_ok());
}
