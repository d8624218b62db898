//! Forwarding, albums, media of all kinds.

use super::*;
use crate::world::FileKind;

/// A message with media.
pub(super) fn media(
    peer: enums::InputPeer,
    media: enums::InputMedia,
    caption: &str,
    random_id: i64,
) -> functions::messages::SendMedia {
    functions::messages::SendMedia {
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer,
        reply_to: None,
        media,
        message: caption.to_owned(),
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
    }
}

/// An uploaded document with these attributes.
pub(super) fn file(
    stage: &Stage,
    key: i64,
    number: i64,
    attributes: Vec<enums::DocumentAttribute>,
) -> enums::InputMedia {
    let save = functions::upload::SaveFilePart { file_id: number, file_part: 0, bytes: vec![7; 900] };
    assert_eq!(stage.call(key, &save), Ok(true));
    let name = format!("{number}.bin");
    let file = types::InputFile { id: number, parts: 1, name, md5_checksum: String::new() };
    types::InputMediaUploadedDocument {
        nosound_video: false,
        force_file: false,
        spoiler: false,
        file: file.into(),
        thumb: None,
        mime_type: "application/octet-stream".into(),
        attributes,
        stickers: None,
        video_cover: None,
        video_timestamp: None,
        ttl_seconds: None,
    }
    .into()
}

/// The messages that an answer brings.
pub(super) fn sent(updates: enums::Updates) -> Vec<types::Message> {
    let found = updates_in(updates).into_iter().filter_map(|update| match update {
        enums::Update::NewMessage(update) => Some(update.message),
        enums::Update::NewChannelMessage(update) => Some(update.message),
        _ => None,
    });
    let messages = found.filter_map(|message| match message {
        enums::Message::Message(message) => Some(message),
        _ => None,
    });
    messages.collect()
}

pub(super) fn forward(
    from_peer: enums::InputPeer,
    to_peer: enums::InputPeer,
    id: Vec<i32>,
    first_random_id: i64,
) -> functions::messages::ForwardMessages {
    functions::messages::ForwardMessages {
        silent: false,
        background: false,
        with_my_score: false,
        drop_author: false,
        drop_media_captions: false,
        noforwards: false,
        allow_paid_floodskip: false,
        from_ephemeral: false,
        from_peer,
        random_id: (0..id.len() as i64).map(|number| first_random_id + number).collect(),
        id,
        to_peer,
        top_msg_id: None,
        reply_to: None,
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        video_timestamp: None,
        allow_paid_stars: None,
        suggested_post: None,
    }
}

fn header(message: &types::Message) -> types::MessageFwdHeader {
    let Some(enums::MessageFwdHeader::Header(header)) = message.fwd_from.clone() else { panic!("a header") };
    header
}

#[test]
fn forwards_say_who_wrote_first() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(2, 1);
    let (keepers, mara, own) =
        (stage.peer(me, "Lighthouse Keepers"), stage.peer(me, "Mara Lindqvist"), stage.peer(me, "Saved Messages"));
    let page = messages_in(stage.call(1, &history(keepers.clone(), 1)).unwrap());
    let enums::Message::Message(source) = &page[0] else { panic!("a message") };
    let first = sent(stage.call(1, &forward(keepers.clone(), mara.clone(), vec![source.id], 1)).unwrap());
    assert_eq!((header(&first[0]).from_id, header(&first[0]).date), (source.from_id.clone(), source.date));
    assert!(header(&first[0]).saved_from_peer.is_none());
    // Passed on again, it is still from the first.
    let second = sent(stage.call(1, &forward(mara.clone(), own, vec![first[0].id], 2)).unwrap());
    assert_eq!(header(&second[0]).from_id, source.from_id);
    assert_eq!(header(&second[0]).saved_from_msg_id, Some(first[0].id));
    let mut nameless = forward(keepers, mara.clone(), vec![source.id], 3);
    nameless.drop_author = true;
    assert!(sent(stage.call(1, &nameless).unwrap())[0].fwd_from.is_none());
    let changed = stage.call(1, &edit(mara, first[0].id, "mine")).map(|_| ());
    assert_eq!(changed, Err("403 MESSAGE_AUTHOR_REQUIRED".to_owned()));
}

#[test]
fn albums_stay_albums_wherever_they_go() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let mara = stage.peer(me, "Mara Lindqvist");
    let multi_media = (1..4)
        .map(|number| {
            let (random_id, message) = (number, format!("n{number}"));
            let media = file(&stage, 1, number, Vec::new());
            types::InputSingleMedia { media, random_id, message, entities: None }.into()
        })
        .collect();
    let album = functions::messages::SendMultiMedia {
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer: mara.clone(),
        reply_to: None,
        multi_media,
        schedule_date: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        allow_paid_stars: None,
    };
    let together = sent(stage.call(1, &album).unwrap());
    assert_eq!(together.iter().map(|m| m.message.as_str()).collect::<Vec<_>>(), ["n1", "n2", "n3"]);
    let group = together[0].grouped_id.unwrap();
    assert!(together.iter().all(|message| message.grouped_id == Some(group)));
    let ids = together.iter().map(|message| message.id).collect();
    let again = sent(stage.call(1, &forward(mara.clone(), mara, ids, 50)).unwrap());
    let new_group = again[0].grouped_id.unwrap();
    assert!(new_group != group && again.iter().all(|message| message.grouped_id == Some(new_group)));
}

#[test]
fn documents_are_what_their_attributes_say() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let peer = stage.peer(me, "Mara Lindqvist");
    let video = |round_message, nosound| -> enums::DocumentAttribute {
        types::DocumentAttributeVideo {
            round_message,
            supports_streaming: false,
            nosound,
            duration: 2.0,
            w: 9,
            h: 9,
            preload_prefix_size: None,
            video_start_ts: None,
            video_codec: None,
        }
        .into()
    };
    let audio = |voice| -> enums::DocumentAttribute {
        types::DocumentAttributeAudio { voice, duration: 3, title: None, performer: None, waveform: None }.into()
    };
    let kinds = [
        (vec![], FileKind::File),
        (vec![video(false, false)], FileKind::Video),
        (vec![video(true, false)], FileKind::Round),
        (vec![video(false, true)], FileKind::Animation),
        (vec![audio(true)], FileKind::Voice),
        (vec![audio(false)], FileKind::Music),
    ];
    for (number, (attributes, kind)) in (10..).zip(kinds) {
        let request = media(peer.clone(), file(&stage, 1, number, attributes), "", number);
        let message = sent(stage.call(1, &request).unwrap()).remove(0);
        let Some(enums::MessageMedia::Document(media)) = &message.media else { panic!("a document") };
        let id = media.document.as_ref().unwrap().id();
        assert_eq!(stage.api.world.lock().documents[&id].kind(), kind);
        let spoken = matches!(kind, FileKind::Voice | FileKind::Round);
        assert_eq!(message.media_unread, spoken, "{kind:?}");
        assert_eq!((media.voice, media.round), (kind == FileKind::Voice, kind == FileKind::Round));
    }
}

#[test]
fn what_may_not_be_passed_on_is_not() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let (window, mara) = (stage.peer(me, "Robin's window"), stage.peer(me, "Mara Lindqvist"));
    let place = stage.place(me, "Robin's window");
    let newest = *stage.api.world.lock().ids_in(me, place).last().unwrap();
    let protect =
        |enabled| functions::messages::ToggleNoForwards { peer: window.clone(), enabled, request_msg_id: None };
    stage.call(1, &protect(true)).unwrap();
    assert_eq!(stage.call(1, &protect(true)).map(|_| ()), Err("400 CHAT_NOT_MODIFIED".to_owned()));
    let refused = |from: &enums::InputPeer, id| {
        stage.call(1, &forward(from.clone(), mara.clone(), vec![id], 70)).map(|_| ()).unwrap_err()
    };
    assert_eq!(refused(&window, newest), "400 CHAT_FORWARDS_RESTRICTED");
    let mut own = message(mara.clone(), "between us", 71);
    own.noforwards = true;
    let id = sent(stage.call(1, &own).unwrap())[0].id;
    assert_eq!(refused(&mara, id), "400 CHAT_FORWARDS_RESTRICTED");
    assert_eq!(refused(&mara, 999_999), "400 MESSAGE_ID_INVALID");
    // Others' channels make their own rules.
    let keepers = functions::messages::ToggleNoForwards {
        peer: stage.peer(me, "Astronomy Weekly"),
        enabled: true,
        request_msg_id: None,
    };
    assert_eq!(stage.call(1, &keepers).map(|_| ()), Err("400 CHAT_ADMIN_REQUIRED".to_owned()));
}

#[test]
fn media_with_a_timer_is_gone_after_it_was_opened() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let other = stage.sign_in(2, 1);
    let timed = |number| match file(&stage, 1, number, Vec::new()) {
        enums::InputMedia::UploadedDocument(mut media) => {
            media.ttl_seconds = Some(20);
            enums::InputMedia::UploadedDocument(media)
        }
        _ => panic!("a document"),
    };
    let keepers = media(stage.peer(me, "Lighthouse Keepers"), timed(1), "", 1);
    assert_eq!(stage.call(1, &keepers).map(|_| ()), Err("400 TTL_MEDIA_INVALID".to_owned()));
    let mine = sent(stage.call(1, &media(stage.peer(me, "Mara Lindqvist"), timed(2), "look", 2)).unwrap()).remove(0);
    assert!(mine.media_unread);
    let place = stage.place(other, "Robin Vale");
    let theirs = *stage.api.world.lock().ids_in(other, place).last().unwrap();
    stage.call(2, &functions::messages::ReadMessageContents { id: vec![theirs] }).unwrap();
    stage.heard(1);
    stage.api.world.advance(19);
    state_of(&stage, 2);
    assert!(stage.heard(1).is_empty(), "not yet");
    stage.api.world.advance(2);
    state_of(&stage, 2);
    let heard = stage.heard(1);
    let [enums::Update::EditMessage(update)] = heard.as_slice() else { panic!("an edit: {heard:?}") };
    let enums::Message::Message(message) = &update.message else { panic!("a message") };
    let Some(enums::MessageMedia::Document(media)) = &message.media else { panic!("a document") };
    assert!(message.message == "look" && media.document.is_none() && media.ttl_seconds == Some(20));
}

/// Any call that lets what is due happen.
pub(super) fn state_of(stage: &Stage, key: i64) -> types::updates::State {
    let enums::updates::State::State(state) = stage.call(key, &functions::updates::GetState {}).unwrap();
    state
}

#[test]
fn other_media_come_as_they_were_given() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let peer = stage.peer(me, "Mara Lindqvist");
    let point =
        |lat, long| -> enums::InputGeoPoint { types::InputGeoPoint { lat, long, accuracy_radius: None }.into() };
    let carried = |given: enums::InputMedia, number| {
        let answer = stage.call(1, &media(peer.clone(), given, "", number))?;
        Ok::<_, String>(sent(answer).remove(0).media.unwrap())
    };
    let geo = types::InputMediaGeoPoint { geo_point: point(1.5, 2.5) };
    assert!(matches!(carried(geo.into(), 1), Ok(enums::MessageMedia::Geo(_))));
    let beyond = types::InputMediaGeoPoint { geo_point: point(99.0, 2.5) };
    assert_eq!(carried(beyond.into(), 2).unwrap_err(), "400 GEO_POINT_INVALID");
    let dice = |emoji: &str| types::InputMediaDice { emoticon: emoji.to_owned() }.into();
    let Ok(enums::MessageMedia::Dice(thrown)) = carried(dice("🎲"), 3) else { panic!("dice") };
    assert!((1..=6).contains(&thrown.value));
    assert_eq!(carried(dice("🥔"), 4).unwrap_err(), "400 EMOTICON_INVALID");
    let page = |url: &str, optional| {
        types::InputMediaWebPage { force_large_media: false, force_small_media: false, optional, url: url.to_owned() }
            .into()
    };
    assert!(matches!(carried(page("https://keepers.example/a", false), 5), Ok(enums::MessageMedia::WebPage(_))));
    assert_eq!(carried(page("https://nowhere.invalid/", false), 6).unwrap_err(), "400 WEBPAGE_NOT_FOUND");
    assert_eq!(carried(enums::InputMedia::Empty, 7).unwrap_err(), "400 MEDIA_EMPTY");
}
