use super::*;

fn part(location: enums::InputFileLocation, offset: i64, limit: i32) -> functions::upload::GetFile {
    functions::upload::GetFile { precise: false, cdn_supported: false, location, offset, limit }
}

fn bytes_in(file: enums::upload::File) -> Vec<u8> {
    let enums::upload::File::File(file) = file else { panic!("a file") };
    file.bytes
}

/// A key on the second datacenter that is signed in.
fn import(stage: &Stage, home_key: i64, key: i64) {
    let exported = stage.call(home_key, &functions::auth::ExportAuthorization { dc_id: FILES }).unwrap();
    let enums::auth::ExportedAuthorization::Authorization(exported) = exported;
    let import = functions::auth::ImportAuthorization { id: exported.id, bytes: exported.bytes };
    stage.on(key, FILES, &import).unwrap();
}

fn media(stage: &Stage, me: i64, title: &str, wanted: impl Fn(&enums::MessageMedia) -> bool) -> enums::MessageMedia {
    let page = messages_in(stage.call(1, &history(stage.peer(me, title), 100)).unwrap());
    page.into_iter()
        .find_map(|message| match message {
            enums::Message::Message(message) => message.media.filter(&wanted),
            _ => None,
        })
        .unwrap()
}

fn document(stage: &Stage, me: i64, title: &str, name: &str) -> types::Document {
    let has_name = |media: &enums::MessageMedia| match media {
        enums::MessageMedia::Document(media) => match &media.document {
            Some(enums::Document::Document(document)) => document.attributes.iter().any(
                |attribute| matches!(attribute, enums::DocumentAttribute::Filename(file) if file.file_name == name),
            ),
            _ => false,
        },
        _ => false,
    };
    match media(stage, me, title, has_name) {
        enums::MessageMedia::Document(types::MessageMediaDocument {
            document: Some(enums::Document::Document(document)),
            ..
        }) => document,
        _ => panic!("a document"),
    }
}

fn location_of(document: &types::Document) -> enums::InputFileLocation {
    types::InputDocumentFileLocation {
        id: document.id,
        access_hash: document.access_hash,
        file_reference: document.file_reference.clone(),
        thumb_size: String::new(),
    }
    .into()
}

#[test]
fn a_document_is_read_in_parts_where_it_lives() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let file = document(&stage, me, "Saved Messages", "rota-2026.csv");
    assert_eq!(file.dc_id, FILES);
    let location = location_of(&file);
    assert_eq!(stage.call(1, &part(location.clone(), 0, 4096)).map(|_| ()), Err("303 FILE_MIGRATE_4".to_owned()));
    let elsewhere = stage.on(50, FILES, &part(location.clone(), 0, 4096)).map(|_| ());
    assert_eq!(elsewhere, Err("401 AUTH_KEY_UNREGISTERED".to_owned()));
    import(&stage, 1, 50);
    for limit in [4096, 8192, 131_072] {
        let mut together = Vec::new();
        loop {
            let bytes = bytes_in(stage.on(50, FILES, &part(location.clone(), together.len() as i64, limit)).unwrap());
            let done = bytes.len() < limit as usize;
            together.extend(bytes);
            if done {
                break;
            }
        }
        assert_eq!(together.len() as i64, file.size);
        assert_eq!(Some(together), stage.api.world.file_bytes("rota-2026.csv"));
    }
}

#[test]
fn offsets_and_limits_follow_the_rules() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    import(&stage, 1, 50);
    let location = location_of(&document(&stage, me, "Saved Messages", "star-map.fits"));
    let ask = |offset, limit, precise| {
        let mut request = part(location.clone(), offset, limit);
        request.precise = precise;
        stage.on(50, FILES, &request).map(|file| bytes_in(file).len())
    };
    for (offset, limit) in [(0, 0), (0, -4096), (0, 100), (0, 12_288), (0, 2 * 1024 * 1024)] {
        assert_eq!(ask(offset, limit, false), Err("400 LIMIT_INVALID".to_owned()), "{offset} {limit}");
    }
    for (offset, limit) in [(1, 4096), (-4096, 4096), (1024 * 1024 - 4096, 8192)] {
        assert_eq!(ask(offset, limit, false), Err("400 OFFSET_INVALID".to_owned()), "{offset} {limit}");
    }
    assert_eq!(ask(1024, 1024, false), Err("400 LIMIT_INVALID".to_owned()));
    assert_eq!(ask(1024, 1024, true), Ok(1024));
    assert_eq!(ask(0, 12_288, true), Ok(12_288));
    assert_eq!(ask(49 * 1024 * 1024, 1024 * 1024, false), Ok(1024 * 1024));
    assert_eq!(ask(50 * 1024 * 1024, 524_288, false), Ok(0));
    assert_eq!(ask(i64::MAX - 4095, 4096, false), Ok(0));
}

#[test]
fn a_stale_reference_is_refused_until_the_message_is_read_again() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    import(&stage, 1, 50);
    let old = document(&stage, me, "Saved Messages", "rota-2026.csv");
    stage.api.world.expire_file_references();
    let stale = stage.on(50, FILES, &part(location_of(&old), 0, 4096)).map(|_| ());
    assert_eq!(stale, Err("400 FILE_REFERENCE_EXPIRED".to_owned()));
    let fresh = document(&stage, me, "Saved Messages", "rota-2026.csv");
    assert!(stage.on(50, FILES, &part(location_of(&fresh), 0, 4096)).is_ok());
    let mut wrong = fresh;
    wrong.access_hash ^= 1;
    let wrong = stage.on(50, FILES, &part(location_of(&wrong), 0, 4096)).map(|_| ());
    assert_eq!(wrong, Err("400 FILE_ID_INVALID".to_owned()));
}

#[test]
fn photos_have_the_sizes_that_they_announce() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    import(&stage, 1, 50);
    let media = media(&stage, me, "Lighthouse Keepers", |media| matches!(media, enums::MessageMedia::Photo(_)));
    let enums::MessageMedia::Photo(types::MessageMediaPhoto { photo: Some(enums::Photo::Photo(photo)), .. }) = media
    else {
        panic!("a photo")
    };
    let mut sizes = 0;
    for size in &photo.sizes {
        match size {
            enums::PhotoSize::Size(size) => {
                let location = types::InputPhotoFileLocation {
                    id: photo.id,
                    access_hash: photo.access_hash,
                    file_reference: photo.file_reference.clone(),
                    thumb_size: size.r#type.clone(),
                };
                let bytes = bytes_in(stage.on(50, FILES, &part(location.into(), 0, 1024 * 1024)).unwrap());
                assert_eq!(bytes.len() as i32, size.size);
                let image = image::load_from_memory(&bytes).unwrap();
                assert_eq!((image.width() as i32, image.height() as i32), (size.w, size.h));
                sizes += 1;
            }
            enums::PhotoSize::PhotoStrippedSize(size) => {
                let whole = crate::drawing::stripped::whole(&size.bytes).unwrap();
                assert!(image::load_from_memory(&whole).is_ok());
            }
            _ => panic!("a size"),
        }
    }
    assert!(sizes >= 2);
}

#[test]
fn profile_photos_come_small_and_big() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    import(&stage, 1, 50);
    for title in ["Mara Lindqvist", "Lighthouse Keepers", "Family"] {
        let place = stage.place(me, title);
        let photo_id = {
            let state = stage.api.world.lock();
            match place {
                Place::User(id) => state.people[&id].photo,
                Place::Group(id) => state.groups[&id].photo,
                Place::Channel(id) => state.channels[&id].photo,
            }
        };
        let Some(photo_id) = photo_id else { continue };
        for (big, side) in [(false, 160), (true, 640)] {
            let peer = stage.input(me, place);
            let location = types::InputPeerPhotoFileLocation { big, peer: peer.clone(), photo_id };
            let bytes = bytes_in(stage.on(50, FILES, &part(location.into(), 0, 1024 * 1024)).unwrap());
            assert_eq!(image::load_from_memory(&bytes).unwrap().width(), side);
            let other = types::InputPeerPhotoFileLocation { big, peer, photo_id: photo_id ^ 1 };
            assert!(stage.on(50, FILES, &part(other.into(), 0, 4096)).is_err());
        }
    }
}

#[test]
fn an_uploaded_document_comes_back() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(2, 1);
    let content: Vec<u8> = (0..40_000_u32).flat_map(u32::to_le_bytes).collect();
    let parts: Vec<&[u8]> = content.chunks(65_536).collect();
    for (number, bytes) in parts.iter().enumerate().rev() {
        let save = functions::upload::SaveFilePart { file_id: 5, file_part: number as i32, bytes: bytes.to_vec() };
        assert_eq!(stage.call(1, &save), Ok(true));
    }
    let send = |random_id| functions::messages::SendMedia {
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer: stage.peer(me, "Mara Lindqvist"),
        reply_to: None,
        media: types::InputMediaUploadedDocument {
            nosound_video: false,
            force_file: true,
            spoiler: false,
            file: types::InputFile {
                id: 5,
                parts: parts.len() as i32,
                name: "numbers.bin".into(),
                md5_checksum: String::new(),
            }
            .into(),
            thumb: None,
            mime_type: "application/octet-stream".into(),
            attributes: vec![],
            stickers: None,
            video_cover: None,
            video_timestamp: None,
            ttl_seconds: None,
        }
        .into(),
        message: "numbers".into(),
        random_id,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        allow_paid_stars: None,
        suggested_post: None,
    };
    stage.call(1, &send(1)).unwrap();
    assert!(stage.call(1, &send(2)).is_err(), "the parts are used up");
    let file = document(&stage, me, "Mara Lindqvist", "numbers.bin");
    assert_eq!(file.size as usize, content.len());
    let bytes = bytes_in(stage.call(1, &part(location_of(&file), 0, 1024 * 1024)).unwrap());
    assert!(bytes == content);
    assert_eq!(stage.heard(2).len(), 1);
}
