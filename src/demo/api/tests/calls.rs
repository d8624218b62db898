use super::*;
use crate::api::methods::KNOWN;
use crate::world::{Chance, mix};

#[test]
fn unknown_methods_and_broken_bytes_are_refused() {
    let stage = Stage::lifelike();
    assert_eq!(stage.raw(1, HOME, &[]).unwrap_err().message, "INPUT_REQUEST_INVALID");
    assert_eq!(stage.raw(1, HOME, &[1, 2, 3, 4, 5]).unwrap_err().message, "METHOD_NOT_FOUND");
    let body = functions::messages::GetEmojiStatusGroups { hash: 0 }.to_bytes();
    assert_eq!(stage.raw(1, HOME, &body).unwrap_err().message, "METHOD_NOT_FOUND");
    let body = functions::auth::ExportAuthorization { dc_id: 4 }.to_bytes();
    assert_eq!(stage.raw(1, HOME, &body[..6]).unwrap_err().message, "INPUT_REQUEST_INVALID");
}

#[test]
fn any_bytes_are_survived() {
    let stage = Stage::lifelike();
    stage.sign_in(1, 0);
    let mut chance = Chance::new(7, "bytes");
    let mut known = KNOWN.to_vec();
    known.push(functions::upload::GetFile::CONSTRUCTOR_ID);
    for id in known {
        for round in 0..60 {
            let mut body = id.to_le_bytes().to_vec();
            let length = chance.below(120);
            // Small numbers are more telling than large ones.
            body.extend((0..length).map(|place| {
                let byte = mix(chance.draw(), place as u64) as u8;
                if round % 2 == 0 && byte > 40 { 0 } else { byte }
            }));
            for key in [1, 2] {
                let _ = stage.raw(key, if round % 3 == 0 { FILES } else { HOME }, &body);
            }
        }
    }
    // Everything still stands.
    assert!(stage.sign_in(3, 1) > 0);
}

#[test]
fn strangers_are_told_to_sign_in() {
    let stage = Stage::lifelike();
    let unregistered = Err("401 AUTH_KEY_UNREGISTERED".to_owned());
    assert_eq!(stage.call(9, &functions::updates::GetState {}).map(|_| ()), unregistered);
    assert_eq!(stage.call(9, &functions::contacts::GetContacts { hash: 0 }).map(|_| ()), unregistered);
    assert_eq!(stage.call(9, &functions::messages::GetDialogFilters {}).map(|_| ()), unregistered);
    assert_eq!(stage.call(9, &history(enums::InputPeer::PeerSelf, 10)).map(|_| ()), unregistered);
    assert_eq!(stage.call(9, &message(enums::InputPeer::PeerSelf, "x", 1)).map(|_| ()), unregistered);
    let users = functions::users::GetUsers { id: vec![enums::InputUser::UserSelf] };
    assert_eq!(stage.call(9, &users).map(|_| ()), unregistered);
    assert_eq!(stage.call(9, &functions::auth::LogOut {}).map(|_| ()), unregistered);
    assert_eq!(stage.call(9, &functions::account::GetPassword {}).map(|_| ()), unregistered);
    assert_eq!(stage.call(9, &functions::auth::ExportAuthorization { dc_id: 4 }).map(|_| ()), unregistered);
    let location =
        types::InputPhotoFileLocation { id: 1, access_hash: 1, file_reference: vec![], thumb_size: "a".into() };
    let file = functions::upload::GetFile {
        precise: false,
        cdn_supported: false,
        location: location.into(),
        offset: 0,
        limit: 4096,
    };
    assert_eq!(stage.call(9, &file).map(|_| ()), unregistered);
    // These need nobody.
    let config = stage.call(9, &functions::help::GetConfig {}).unwrap();
    let enums::Config::Config(config) = config;
    assert_eq!(config.this_dc, HOME);
    let ports: Vec<_> = config
        .dc_options
        .iter()
        .map(|option| {
            let enums::DcOption::Option(option) = option;
            (option.id, option.port)
        })
        .collect();
    assert_eq!(ports, [(HOME, 4002), (FILES, 4004)]);
    assert!(stage.call(9, &functions::help::GetNearestDc {}).is_ok());
}

#[test]
fn methods_have_names() {
    assert_eq!(Api::name_of(functions::messages::GetHistory::CONSTRUCTOR_ID), Some("messages.getHistory"));
    assert_eq!(Api::name_of(functions::upload::GetFile::CONSTRUCTOR_ID), Some("upload.getFile"));
    assert_eq!(Api::name_of(7), None);
    for id in KNOWN {
        assert!(Api::name_of(*id).is_some());
    }
}
