//! The sessions of an account.

use super::*;

fn list(stage: &Stage, key: i64) -> Vec<types::Authorization> {
    let enums::account::Authorizations::Authorizations(all) =
        stage.call(key, &functions::account::GetAuthorizations {}).unwrap();
    all.authorizations.into_iter().map(|enums::Authorization::Authorization(one)| one).collect()
}

fn is_in(stage: &Stage, key: i64) -> bool {
    stage.call(key, &functions::updates::GetState {}).map(|_| ()) != Err("401 AUTH_KEY_UNREGISTERED".to_owned())
}

#[test]
fn another_session_can_be_ended() {
    let stage = Stage::lifelike();
    for key in [1, 2, 3] {
        stage.sign_in(key, 0);
    }
    stage.sign_in(9, 1);
    let all = list(&stage, 1);
    assert_eq!(all.len(), 3);
    let current: Vec<_> = all.iter().filter(|one| one.current).collect();
    assert!(matches!(current.as_slice(), [one] if one.hash == 0));
    let hash = stage.api.world.lock().session_hash(2);
    assert!(all.iter().any(|one| one.hash == hash));
    // Nobody ends his own, a stranger's, or one that there is not.
    for (key, hash) in [(1, 0), (9, hash), (1, hash ^ 1), (2, hash)] {
        let end = functions::account::ResetAuthorization { hash };
        assert_eq!(stage.call(key, &end).map(|_| ()), Err("400 HASH_INVALID".to_owned()));
    }
    assert_eq!(stage.call(1, &functions::account::ResetAuthorization { hash }), Ok(true));
    assert!(is_in(&stage, 1) && !is_in(&stage, 2) && is_in(&stage, 3));
    assert_eq!(stage.pushed(2), [enums::Updates::TooLong], "so that it asks, and learns that it is out");
    assert_eq!(stage.call(1, &functions::auth::ResetAuthorizations {}), Ok(true));
    assert!(is_in(&stage, 1) && !is_in(&stage, 3) && is_in(&stage, 9));
    assert_eq!(list(&stage, 1).len(), 1);
}

#[test]
fn a_session_is_confirmed() {
    let stage = Stage::lifelike();
    stage.sign_in(1, 0);
    stage.sign_in(2, 0);
    let confirm = |hash| functions::account::ChangeAuthorizationSettings {
        confirmed: true,
        hash,
        encrypted_requests_disabled: None,
        call_requests_disabled: None,
    };
    let hash = stage.api.world.lock().session_hash(2);
    assert_eq!(stage.call(1, &confirm(hash)), Ok(true));
    assert_eq!(stage.call(1, &confirm(hash ^ 1)), Err("400 HASH_INVALID".to_owned()));
}

#[test]
fn what_was_carried_elsewhere_hears_nothing() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let export = functions::auth::ExportAuthorization { dc_id: FILES };
    let enums::auth::ExportedAuthorization::Authorization(exported) = stage.call(1, &export).unwrap();
    let import = functions::auth::ImportAuthorization { id: me, bytes: exported.bytes };
    stage.on(50, FILES, &import).unwrap();
    assert!(stage.heard(1).is_empty(), "it is no new session");
    stage.call(2, &send_code("+15550100101")).unwrap();
    assert_eq!(stage.heard(1).len(), 1);
    assert!(stage.heard(50).is_empty());
}
