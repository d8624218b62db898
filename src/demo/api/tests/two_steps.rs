//! The two-step password: changing it, and doing without.

use super::*;
use grammers_crypto::two_factor_auth::calculate_2fa;
use num_bigint::BigUint;
use sha2::{Digest as _, Sha256, Sha512};

fn asked(stage: &Stage, key: i64) -> types::account::Password {
    let enums::account::Password::Password(password) = stage.call(key, &functions::account::GetPassword {}).unwrap();
    password
}

/// What a client makes of a password to prove it.
fn proof(password: types::account::Password, words: &str) -> enums::InputCheckPasswordSrp {
    let Some(enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)) = password.current_algo
    else {
        return enums::InputCheckPasswordSrp::InputCheckPasswordEmpty;
    };
    let b = password.srp_b.unwrap();
    let (m1, g_a) = calculate_2fa(&algo.salt1, &algo.salt2, &algo.p, &algo.g, b, vec![7; 256], words);
    types::InputCheckPasswordSrp { srp_id: password.srp_id.unwrap(), a: g_a.to_vec(), m1: m1.to_vec() }.into()
}

/// Gives the password that is owed.
pub(super) fn give(stage: &Stage, key: i64, words: &str) -> Result<(), String> {
    let password = proof(asked(stage, key), words);
    stage.call(key, &functions::auth::CheckPassword { password }).map(|_| ())
}

/// A new password as a client makes it (core.telegram.org/api/srp#setting-a-new-2fa-password).
fn new(password: &types::account::Password, words: &str) -> types::account::PasswordInputSettings {
    let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(mut algo) =
        password.new_algo.clone()
    else {
        panic!("an algorithm")
    };
    algo.salt1.extend([9; 32]);
    let sha = |parts: &[&[u8]]| parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part)).finalize();
    let first = sha(&[&algo.salt1, words.as_bytes(), &algo.salt1]);
    let first = sha(&[&algo.salt2, &first, &algo.salt2]);
    let mut long = [0; 64];
    pbkdf2::pbkdf2_hmac::<Sha512>(&first, &algo.salt1, 100_000, &mut long);
    let x = BigUint::from_bytes_be(&sha(&[&algo.salt2, &long, &algo.salt2]));
    let v = BigUint::from(algo.g as u32).modpow(&x, &BigUint::from_bytes_be(&algo.p)).to_bytes_be();
    types::account::PasswordInputSettings {
        new_algo: Some(algo.into()),
        new_password_hash: Some([vec![0; 256 - v.len()], v].concat()),
        hint: Some("a new one".into()),
        email: None,
        new_secure_settings: None,
    }
}

fn update(
    stage: &Stage,
    current: enums::InputCheckPasswordSrp,
    new: types::account::PasswordInputSettings,
) -> Result<bool, String> {
    let request = functions::account::UpdatePasswordSettings { password: current, new_settings: new.into() };
    stage.call(1, &request)
}

/// Another device gets as far as the password.
fn owes(stage: &Stage, key: i64, phone: &str) {
    let hash = hash_in(&stage.call(key, &send_code(phone)).unwrap());
    let answer = stage.call(key, &sign_in(phone, &hash, "41725")).map(|_| ());
    assert_eq!(answer, Err("401 SESSION_PASSWORD_NEEDED".to_owned()));
}

const PHONE: &str = "+15550100101";
const EMPTY: enums::InputCheckPasswordSrp = enums::InputCheckPasswordSrp::InputCheckPasswordEmpty;

#[test]
fn a_password_is_set_changed_and_removed() {
    let stage = Stage::lifelike();
    stage.sign_in(1, 0);
    let settings = new(&asked(&stage, 1), "first words");
    assert_eq!(update(&stage, EMPTY, settings), Ok(true));
    owes(&stage, 2, PHONE);
    assert_eq!(asked(&stage, 2).hint.as_deref(), Some("a new one"));
    assert_eq!(give(&stage, 2, "other words"), Err("400 PASSWORD_HASH_INVALID".to_owned()));
    assert_eq!(give(&stage, 2, "first words"), Ok(()));

    let settings = new(&asked(&stage, 1), "second words");
    assert_eq!(update(&stage, EMPTY, settings.clone()), Err("400 PASSWORD_HASH_INVALID".to_owned()));
    let before = proof(asked(&stage, 1), "first words");
    let settings = new(&asked(&stage, 1), "second words");
    assert_eq!(update(&stage, before, settings), Err("400 SRP_ID_INVALID".to_owned()), "asked for again since");
    let password = asked(&stage, 1);
    let settings = new(&password, "second words");
    assert_eq!(update(&stage, proof(password, "first words"), settings), Ok(true));
    owes(&stage, 3, PHONE);
    assert!(give(&stage, 3, "first words").is_err());
    assert_eq!(give(&stage, 3, "second words"), Ok(()));

    let none = types::account::PasswordInputSettings {
        new_algo: Some(enums::PasswordKdfAlgo::Unknown),
        new_password_hash: Some(vec![]),
        hint: Some(String::new()),
        email: None,
        new_secure_settings: None,
    };
    assert_eq!(update(&stage, proof(asked(&stage, 1), "second words"), none), Ok(true));
    assert!(!asked(&stage, 1).has_password);
    stage.sign_in(4, 0);
}

#[test]
fn a_password_made_wrongly_is_refused() {
    let stage = Stage::lifelike();
    stage.sign_in(1, 0);
    let password = asked(&stage, 1);
    let good = new(&password, "words");
    let change = |change: &dyn Fn(&mut types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow)| {
        let mut settings = good.clone();
        if let Some(enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)) =
            &mut settings.new_algo
        {
            change(algo);
        }
        update(&stage, EMPTY, settings)
    };
    let salt = Err("400 NEW_SALT_INVALID".to_owned());
    assert_eq!(change(&|algo| algo.salt1.truncate(8)), salt);
    assert_eq!(change(&|algo| algo.salt1[0] ^= 1), salt);
    assert_eq!(change(&|algo| algo.salt2[0] ^= 1), salt);
    assert_eq!(change(&|algo| algo.g = 2), salt);
    assert_eq!(change(&|algo| algo.p[255] ^= 2), salt);
    for hash in [vec![1], vec![0; 256], vec![0xff; 256]] {
        let settings = types::account::PasswordInputSettings { new_password_hash: Some(hash), ..good.clone() };
        assert_eq!(update(&stage, EMPTY, settings), Err("400 NEW_SETTINGS_INVALID".to_owned()));
    }
    assert_eq!(update(&stage, EMPTY, good), Ok(true));
}

#[test]
fn an_address_for_a_forgotten_password_is_confirmed_first() {
    let stage = Stage::lifelike();
    stage.sign_in(1, 0);
    let mut settings = new(&asked(&stage, 1), "words");
    settings.email = Some("nobody".into());
    assert_eq!(update(&stage, EMPTY, settings.clone()), Err("400 EMAIL_INVALID".to_owned()));
    settings.email = Some("robin@vale.example".into());
    assert_eq!(update(&stage, EMPTY, settings), Err("400 EMAIL_UNCONFIRMED_6".to_owned()));
    let waiting = asked(&stage, 1);
    assert_eq!(waiting.email_unconfirmed_pattern.as_deref(), Some("r***@v***.example"));
    assert!(!waiting.has_password);
    let confirm = |code: &str| functions::account::ConfirmPasswordEmail { code: code.into() };
    assert_eq!(stage.call(1, &confirm("000000")), Err("400 CODE_INVALID".to_owned()));
    assert_eq!(stage.call(1, &functions::account::ResendPasswordEmail {}), Ok(true));
    assert_eq!(stage.call(1, &confirm(EMAIL_CODE)), Ok(true));
    assert_eq!(stage.call(1, &confirm(EMAIL_CODE)), Err("400 EMAIL_HASH_EXPIRED".to_owned()));
    let password = asked(&stage, 1);
    assert!(password.has_password && password.has_recovery);
    let settings = functions::account::GetPasswordSettings { password: proof(password, "words") };
    let enums::account::PasswordSettings::Settings(settings) = stage.call(1, &settings).unwrap();
    assert_eq!(settings.email.as_deref(), Some("robin@vale.example"));

    // Another address, thought better of; then none.
    let only = |email: &str| types::account::PasswordInputSettings {
        new_algo: None,
        new_password_hash: None,
        hint: None,
        email: Some(email.into()),
        new_secure_settings: None,
    };
    let other = update(&stage, proof(asked(&stage, 1), "words"), only("other@vale.example"));
    assert_eq!(other, Err("400 EMAIL_UNCONFIRMED_6".to_owned()));
    assert_eq!(stage.call(1, &functions::account::CancelPasswordEmail {}), Ok(true));
    assert_eq!(update(&stage, proof(asked(&stage, 1), "words"), only("")), Ok(true));
    assert!(!asked(&stage, 1).has_recovery);
}

#[test]
fn a_forgotten_password_is_recovered_by_email() {
    let stage = Stage::lifelike();
    let account = stage.api.world.accounts().into_iter().find(|account| account.recovery).unwrap();
    owes(&stage, 1, &account.phone);
    assert!(asked(&stage, 1).has_recovery);
    let check = |code: &str| functions::auth::CheckRecoveryPassword { code: code.into() };
    let recover = |code: &str| functions::auth::RecoverPassword { code: code.into(), new_settings: None };
    assert_eq!(stage.call(1, &check(EMAIL_CODE)), Err("400 PASSWORD_RECOVERY_EXPIRED".to_owned()));
    let enums::auth::PasswordRecovery::Recovery(sent) =
        stage.call(1, &functions::auth::RequestPasswordRecovery {}).unwrap();
    assert_eq!(sent.email_pattern, "r***@r***.example");
    assert_eq!(stage.call(1, &check("")), Err("400 CODE_EMPTY".to_owned()));
    assert_eq!(stage.call(1, &check("000000")), Err("400 CODE_INVALID".to_owned()));
    assert_eq!(stage.call(1, &recover("000000")).map(|_| ()), Err("400 CODE_INVALID".to_owned()));
    assert_eq!(stage.call(1, &check(EMAIL_CODE)), Ok(true));
    assert!(stage.call(1, &recover(EMAIL_CODE)).is_ok());
    assert!(!asked(&stage, 1).has_password);

    // Where no address was left.
    let ilse = stage.api.world.accounts().into_iter().find(|a| a.password.is_some() && !a.recovery).unwrap();
    owes(&stage, 2, &ilse.phone);
    let asked = stage.call(2, &functions::auth::RequestPasswordRecovery {}).map(|_| ());
    assert_eq!(asked, Err("400 PASSWORD_RECOVERY_NA".to_owned()));
    let none = stage.call(1, &functions::auth::RequestPasswordRecovery {}).map(|_| ());
    assert_eq!(none, Err("400 PASSWORD_EMPTY".to_owned()));
}

#[test]
fn a_recovered_password_can_be_a_new_one() {
    let stage = Stage::lifelike();
    let account = stage.api.world.accounts().into_iter().find(|account| account.recovery).unwrap();
    owes(&stage, 1, &account.phone);
    stage.call(1, &functions::auth::RequestPasswordRecovery {}).unwrap();
    let new_settings = Some(new(&asked(&stage, 1), "never again").into());
    let recover = functions::auth::RecoverPassword { code: EMAIL_CODE.into(), new_settings };
    assert!(stage.call(1, &recover).is_ok());
    owes(&stage, 2, &account.phone);
    assert_eq!(give(&stage, 2, "never again"), Ok(()));
}
