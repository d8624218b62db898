//! Drafts, the scheduled box, folders, the archive, mutes, marks, clearing, threads, saved messages, stickers, limits.

use super::passing_on::{file, forward, media, sent, state_of};
use super::*;
use crate::world::Limits;

fn save_draft(peer: enums::InputPeer, text: &str) -> functions::messages::SaveDraft {
    functions::messages::SaveDraft {
        no_webpage: false,
        invert_media: false,
        reply_to: None,
        peer,
        message: text.to_owned(),
        entities: None,
        media: None,
        effect: None,
        suggested_post: None,
        rich_message: None,
    }
}

#[test]
fn drafts_follow_the_account() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    stage.sign_in(2, 1);
    let mara = stage.peer(me, "Mara Lindqvist");
    assert_eq!(stage.call(1, &save_draft(mara.clone(), "half")), Ok(true));
    assert!(matches!(stage.heard(11).as_slice(),
        [enums::Update::DraftMessage(u)] if matches!(&u.draft, enums::DraftMessage::Message(d) if d.message == "half")));
    assert!(stage.heard(2).is_empty() && stage.heard(1).is_empty(), "drafts are nobody else's");
    let everywhere = updates_in(stage.call(11, &functions::messages::GetAllDrafts {}).unwrap());
    assert_eq!(everywhere.len(), 1);
    let mut whole = message(mara, "whole", 1);
    whole.clear_draft = true;
    stage.call(1, &whole).unwrap();
    assert!(updates_in(stage.call(11, &functions::messages::GetAllDrafts {}).unwrap()).is_empty());
    assert!(stage.heard(11).iter().any(|u| matches!(u,
        enums::Update::DraftMessage(u) if matches!(u.draft, enums::DraftMessage::Empty(_)))));
}

#[test]
fn scheduled_messages_go_out_on_time() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    stage.sign_in(2, 1);
    let mara = stage.peer(me, "Mara Lindqvist");
    let now = stage.api.world.lock().now();
    let mut later = message(mara.clone(), "at noon", 1);
    later.schedule_date = Some(now + 600);
    let answer = updates_in(stage.call(1, &later).unwrap());
    let [enums::Update::MessageId(number), enums::Update::NewScheduledMessage(_)] = answer.as_slice() else {
        panic!("{answer:?}")
    };
    assert!(matches!(stage.heard(11).as_slice(), [enums::Update::NewScheduledMessage(_)]));
    assert!(stage.heard(2).is_empty(), "nobody else knows");
    let mut change = edit(mara.clone(), number.id, "at one");
    change.schedule_date = Some(now + 1_200);
    stage.call(1, &change).unwrap();
    stage.api.world.advance(700);
    state_of(&stage, 2);
    stage.heard(11);
    assert!(stage.heard(2).is_empty(), "put off");
    stage.api.world.advance(600);
    state_of(&stage, 2);
    let theirs = stage.heard(2);
    assert!(
        matches!(theirs.as_slice(), [enums::Update::NewMessage(u)] if text_of(&u.message) == "at one"),
        "{theirs:?}"
    );
    let own = stage.heard(1);
    assert!(
        matches!(own.as_slice(), [enums::Update::NewMessage(m), enums::Update::DeleteScheduledMessages(u)]
        if u.messages == [number.id] && u.sent_messages == Some(vec![m.message.id()])),
        "{own:?}"
    );
    let box_of = functions::messages::GetScheduledHistory { peer: mara.clone(), hash: 0 };
    assert!(messages_in(stage.call(1, &box_of).unwrap()).is_empty());
    // What is due in a moment is sent at once; what is due in years never.
    let mut soon = message(mara.clone(), "now", 2);
    soon.schedule_date = Some(stage.api.world.lock().now() + 5);
    assert_eq!(sent(stage.call(1, &soon).unwrap()).len(), 1);
    let mut never = message(mara, "never", 3);
    never.schedule_date = Some(i32::MAX - 100);
    assert_eq!(stage.call(1, &never).map(|_| ()), Err("400 SCHEDULE_DATE_TOO_LATE".to_owned()));
}

#[test]
fn the_world_wakes_by_itself_when_something_is_due() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(2, 1);
    let now = stage.api.world.lock().now();
    let mut later = message(stage.peer(me, "Mara Lindqvist"), "by itself", 1);
    later.schedule_date = Some(now + 12);
    stage.call(1, &later).unwrap();
    stage.api.world.advance(11);
    // The sleeper was set before time was moved on: it wakes within twelve seconds, whoever calls or not.
    let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let mut heard = Vec::new();
    while heard.is_empty() && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(50));
        heard = stage.heard(2);
    }
    assert!(matches!(heard.as_slice(), [enums::Update::NewMessage(_)]));
}

#[test]
fn vanishing_messages_vanish_for_both() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(2, 1);
    let mara = stage.peer(me, "Mara Lindqvist");
    let rule = |period| functions::messages::SetHistoryTtl { peer: mara.clone(), period };
    stage.call(1, &rule(100)).unwrap();
    assert!(stage.heard(2).iter().any(|u| matches!(u, enums::Update::PeerHistoryTtl(u) if u.ttl_period == Some(100))));
    let mine = sent(stage.call(1, &message(mara.clone(), "for a while", 1)).unwrap()).remove(0);
    assert_eq!(mine.ttl_period, Some(100));
    stage.heard(2);
    stage.api.world.advance(101);
    state_of(&stage, 2);
    assert!(matches!(stage.heard(2).as_slice(), [enums::Update::DeleteMessages(_)]));
    assert!(matches!(stage.heard(1).as_slice(), [enums::Update::DeleteMessages(u)] if u.messages == [mine.id]));
    assert_eq!(stage.call(1, &rule(100)).map(|_| ()), Err("400 CHAT_NOT_MODIFIED".to_owned()));
}

fn filter(id: i32, title: &str, include: Vec<enums::InputPeer>) -> functions::messages::UpdateDialogFilter {
    let filter = types::DialogFilter {
        contacts: false,
        non_contacts: false,
        groups: false,
        broadcasts: false,
        bots: false,
        exclude_muted: false,
        exclude_read: false,
        exclude_archived: false,
        title_noanimate: false,
        id,
        title: types::TextWithEntities { text: title.to_owned(), entities: Vec::new() }.into(),
        emoticon: None,
        color: None,
        pinned_peers: Vec::new(),
        include_peers: include,
        exclude_peers: Vec::new(),
    };
    functions::messages::UpdateDialogFilter { id, filter: Some(filter.into()) }
}

#[test]
fn folders_are_kept_in_order() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    let mara = stage.peer(me, "Mara Lindqvist");
    for (id, title) in [(2, "Near"), (3, "Far")] {
        assert_eq!(stage.call(1, &filter(id, title, vec![mara.clone()])), Ok(true));
    }
    assert!(matches!(stage.heard(11).as_slice(),
        [enums::Update::DialogFilter(a), enums::Update::DialogFilter(b)] if (a.id, b.id) == (2, 3)));
    let order = functions::messages::UpdateDialogFiltersOrder { order: vec![3, 2, 0] };
    assert_eq!(stage.call(1, &order), Ok(true));
    let listed = || {
        let enums::messages::DialogFilters::Filters(filters) =
            stage.call(11, &functions::messages::GetDialogFilters {}).unwrap();
        filters.filters.iter().map(|f| crate::api::folders::id_of(f).unwrap_or(0)).collect::<Vec<_>>()
    };
    assert_eq!(listed(), [3, 2, 0]);
    stage.call(1, &functions::messages::UpdateDialogFilter { id: 3, filter: None }).unwrap();
    assert_eq!(listed(), [2, 0]);
    let refused = |request: functions::messages::UpdateDialogFilter| stage.call(1, &request).unwrap_err();
    assert_eq!(refused(filter(0, "All", vec![mara.clone()])), "400 FILTER_ID_INVALID");
    assert_eq!(refused(filter(5, "  ", vec![mara.clone()])), "400 FILTER_TITLE_EMPTY");
    assert_eq!(refused(filter(5, "None", vec![])), "400 FILTER_INCLUDE_EMPTY");
}

#[test]
fn the_archive_is_a_list_of_its_own() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    let family = stage.peer(me, "Family");
    let archive = |folder_id| functions::folders::EditPeerFolders {
        folder_peers: vec![types::InputFolderPeer { peer: family.clone(), folder_id }.into()],
    };
    let before = state_of(&stage, 1).pts;
    stage.call(1, &archive(1)).unwrap();
    let heard = stage.heard(11);
    let [enums::Update::FolderPeers(update)] = heard.as_slice() else { panic!("{heard:?}") };
    assert_eq!((update.pts, update.pts_count), (before + 1, 1));
    let count = |folder_id| {
        let request = functions::messages::GetDialogs {
            exclude_pinned: false,
            folder_id,
            offset_date: 0,
            offset_id: 0,
            offset_peer: enums::InputPeer::Empty,
            limit: 500,
            hash: 0,
        };
        match stage.call(1, &request).unwrap() {
            enums::messages::Dialogs::Dialogs(page) => page.dialogs.len(),
            _ => panic!("all of them"),
        }
    };
    assert_eq!((count(Some(1)), count(None)), (1, count(Some(0)) + 1));
    assert_eq!(stage.call(1, &archive(7)).map(|_| ()), Err("400 FOLDER_ID_INVALID".to_owned()));
    stage.call(1, &archive(0)).unwrap();
    assert_eq!(count(Some(1)), 0);
}

#[test]
fn pins_of_chats_marks_and_mutes_reach_other_devices() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    let mara = stage.peer(me, "Mara Lindqvist");
    let dialog: enums::InputDialogPeer = types::InputDialogPeer { peer: mara.clone() }.into();
    let toggle = functions::messages::ToggleDialogPin { pinned: true, peer: dialog.clone() };
    assert_eq!(stage.call(1, &toggle), Ok(true));
    let mark = functions::messages::MarkDialogUnread { unread: true, parent_peer: None, peer: dialog.clone() };
    assert_eq!(stage.call(1, &mark), Ok(true));
    let settings = types::InputPeerNotifySettings {
        show_previews: None,
        silent: None,
        mute_until: Some(i32::MAX),
        sound: None,
        stories_muted: None,
        stories_hide_sender: None,
        stories_sound: None,
    };
    let peer: enums::InputNotifyPeer = types::InputNotifyPeer { peer: mara }.into();
    let mute = functions::account::UpdateNotifySettings { peer: peer.clone(), settings: settings.into() };
    assert_eq!(stage.call(1, &mute), Ok(true));
    let heard = stage.heard(11);
    assert!(
        matches!(heard.as_slice(), [
        enums::Update::DialogPinned(a),
        enums::Update::DialogUnreadMark(b),
        enums::Update::NotifySettings(_),
    ] if a.pinned && b.unread),
        "{heard:?}"
    );
    let enums::PeerNotifySettings::Settings(settings) =
        stage.call(11, &functions::account::GetNotifySettings { peer }).unwrap();
    assert_eq!(settings.mute_until, Some(i32::MAX));
    assert_eq!(stage.call(1, &functions::account::ResetNotifySettings {}), Ok(true));
    let order = functions::messages::ReorderPinnedDialogs { force: true, folder_id: 0, order: vec![dialog] };
    assert_eq!(stage.call(1, &order), Ok(true));
    let place = stage.place(me, "Mara Lindqvist");
    assert_eq!(stage.api.world.lock().pins_of(me, 0), [place]);
}

#[test]
fn histories_are_cleared_for_one_or_for_both() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let other = stage.sign_in(2, 1);
    let clear = |just_clear, revoke| functions::messages::DeleteHistory {
        just_clear,
        revoke,
        peer: stage.input(me, Place::User(other)),
        max_id: 0,
        min_date: None,
        max_date: None,
    };
    let before = state_of(&stage, 1).pts;
    let enums::messages::AffectedHistory::History(affected) = stage.call(1, &clear(true, false)).unwrap();
    assert_eq!((affected.offset, affected.pts), (0, before + affected.pts_count));
    let left = messages_in(stage.call(1, &history(stage.input(me, Place::User(other)), 5)).unwrap());
    assert!(matches!(left.as_slice(), [enums::Message::Service(m)] if m.action == enums::MessageAction::HistoryClear));
    assert!(stage.heard(2).is_empty());
    stage.call(1, &message(stage.input(me, Place::User(other)), "and again", 1)).unwrap();
    stage.heard(2);
    stage.call(1, &clear(false, true)).unwrap();
    assert!(matches!(stage.heard(2).as_slice(), [enums::Update::DeleteMessages(u)] if u.messages.len() == 1));
    assert!(stage.api.world.lock().chat(me, Place::User(other)).is_none());
}

#[test]
fn comments_stand_under_their_post() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let (window, talk) = (stage.peer(me, "Robin's window"), stage.peer(me, "Window talk"));
    let answer = sent(stage.call(1, &message(window.clone(), "what do you say?", 1)).unwrap());
    let [post, copy] = answer.as_slice() else { panic!("the post and its copy") };
    assert!(copy.pinned && copy.from_id == Some(post.peer_id.clone()));
    let discussion = functions::messages::GetDiscussionMessage { peer: window.clone(), msg_id: post.id };
    let enums::messages::DiscussionMessage::Message(first) = stage.call(1, &discussion).unwrap();
    assert_eq!((first.messages[0].id(), first.unread_count), (copy.id, 0));
    let mut comment = message(talk, "a lot", 2);
    let reply = types::InputReplyToMessage {
        reply_to_msg_id: copy.id,
        top_msg_id: None,
        reply_to_peer_id: None,
        quote_text: None,
        quote_entities: None,
        quote_offset: None,
        monoforum_peer_id: None,
        todo_item_id: None,
        poll_option: None,
    };
    comment.reply_to = Some(reply.into());
    let comment = sent(stage.call(1, &comment).unwrap()).remove(0);
    let replies = functions::messages::GetReplies {
        peer: window.clone(),
        msg_id: post.id,
        offset_id: 0,
        offset_date: 0,
        add_offset: 0,
        limit: 10,
        max_id: 0,
        min_id: 0,
        hash: 0,
    };
    let found = messages_in(stage.call(1, &replies).unwrap());
    assert_eq!(found.iter().map(enums::Message::id).collect::<Vec<_>>(), [comment.id]);
    let views = functions::messages::GetMessagesViews { peer: window, id: vec![post.id], increment: false };
    let enums::messages::MessageViews::Views(views) = stage.call(1, &views).unwrap();
    let enums::MessageViews::Views(views) = &views.views[0];
    let Some(enums::MessageReplies::Replies(replies)) = &views.replies else { panic!("replies") };
    assert!(replies.comments && replies.replies == 1 && replies.max_id == Some(comment.id));
}

#[test]
fn saved_messages_are_parted_by_where_they_come_from() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let (keepers, own) = (stage.peer(me, "Lighthouse Keepers"), stage.peer(me, "Saved Messages"));
    let place = stage.place(me, "Lighthouse Keepers");
    let newest = *stage.api.world.lock().ids_in(me, place).last().unwrap();
    stage.call(1, &forward(keepers.clone(), own, vec![newest], 1)).unwrap();
    let chats = functions::messages::GetSavedDialogs {
        exclude_pinned: false,
        parent_peer: None,
        offset_date: 0,
        offset_id: 0,
        offset_peer: enums::InputPeer::Empty,
        limit: 10,
        hash: 0,
    };
    let enums::messages::SavedDialogs::Dialogs(chats) = stage.call(1, &chats).unwrap() else { panic!("all") };
    let peers: Vec<_> = chats
        .dialogs
        .iter()
        .map(|dialog| match dialog {
            enums::SavedDialog::Dialog(dialog) => dialog.peer.clone(),
            enums::SavedDialog::MonoForumDialog(_) => panic!("a chat"),
        })
        .collect();
    assert_eq!(peers, [place.peer(), Place::User(me).peer()]);
}

#[test]
fn sets_of_stickers_are_whole() {
    let stage = Stage::lifelike();
    stage.sign_in(1, 0);
    let all = functions::messages::GetAllStickers { hash: 0 };
    let enums::messages::AllStickers::Stickers(sets) = stage.call(1, &all).unwrap() else { panic!("sets") };
    let same = functions::messages::GetAllStickers { hash: sets.hash };
    assert!(matches!(stage.call(1, &same), Ok(enums::messages::AllStickers::NotModified)));
    let enums::StickerSet::Set(set) = &sets.sets[0];
    let input: enums::InputStickerSet = types::InputStickerSetShortName { short_name: set.short_name.clone() }.into();
    let get = functions::messages::GetStickerSet { stickerset: input.clone(), hash: 0 };
    let enums::messages::StickerSet::Set(whole) = stage.call(1, &get).unwrap() else { panic!("a set") };
    assert_eq!(whole.documents.len() as i32, set.count);
    stage.call(1, &functions::messages::UninstallStickerSet { stickerset: input.clone() }).unwrap();
    let enums::messages::AllStickers::Stickers(none) = stage.call(1, &all).unwrap() else { panic!("sets") };
    assert!(none.sets.is_empty());
    let unknown = types::InputStickerSetShortName { short_name: "nothing".into() }.into();
    let get = functions::messages::GetStickerSet { stickerset: unknown, hash: 0 };
    assert_eq!(stage.call(1, &get).map(|_| ()), Err("400 STICKERSET_INVALID".to_owned()));
}

#[test]
fn a_button_is_answered_and_changes_its_message() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let bakery = stage.peer(me, "Bakery on Elm");
    let page = messages_in(stage.call(1, &history(bakery.clone(), 5)).unwrap());
    let with_buttons =
        page.iter().find(|m| matches!(m, enums::Message::Message(m) if m.reply_markup.is_some())).unwrap();
    let press = |data: &[u8]| functions::messages::GetBotCallbackAnswer {
        game: false,
        peer: bakery.clone(),
        msg_id: with_buttons.id(),
        data: Some(data.to_vec()),
        password: None,
    };
    stage.heard(1);
    stage.call(1, &press(b"coming")).unwrap();
    assert!(
        matches!(stage.heard(1).as_slice(), [enums::Update::EditMessage(_)]),
        "the bot did it, so this device hears"
    );
    assert_eq!(stage.call(1, &press(b"nothing")).map(|_| ()), Err("400 DATA_INVALID".to_owned()));
}

#[test]
fn the_server_has_limits() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let mara = stage.peer(me, "Mara Lindqvist");
    stage.api.world.set_limits(Limits { random_ids_for: 30, ..Limits::default() });
    stage.call(1, &message(mara.clone(), "once", 7)).unwrap();
    assert_eq!(stage.call(1, &message(mara.clone(), "once", 7)).map(|_| ()), Err("500 RANDOM_ID_DUPLICATE".to_owned()));
    stage.api.world.advance(31);
    assert!(stage.call(1, &message(mara.clone(), "once", 7)).is_ok(), "forgotten after its time");
    stage.api.world.set_limits(Limits { burst: 3, burst_seconds: 10, ..Limits::default() });
    for number in 0..3 {
        stage.call(1, &message(mara.clone(), "burst", 100 + number)).unwrap();
    }
    let refused = stage.call(1, &message(mara.clone(), "burst", 200)).map(|_| ()).unwrap_err();
    assert!(refused.starts_with("420 FLOOD_WAIT_"), "{refused}");
    stage.api.world.advance(11);
    assert!(stage.call(1, &message(mara.clone(), "burst", 200)).is_ok());
    // What was written two days ago stands.
    let old = sent(stage.call(1, &message(mara.clone(), "old", 300)).unwrap())[0].id;
    stage.api.world.advance(49 * 3_600);
    let expired = stage.call(1, &edit(mara, old, "older")).map(|_| ());
    assert_eq!(expired, Err("400 MESSAGE_EDIT_TIME_EXPIRED".to_owned()));
}

#[test]
fn slow_rooms_let_their_members_wait() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let place = stage.place(me, "Lighthouse Keepers");
    let keepers = stage.peer(me, "Lighthouse Keepers");
    stage.api.world.lock().rules.entry(Room::of(me, place)).or_default().slowmode = Some(30);
    stage.call(1, &message(keepers.clone(), "one", 1)).unwrap();
    let refused = stage.call(1, &message(keepers.clone(), "two", 2)).map(|_| ()).unwrap_err();
    assert!(refused.starts_with("420 SLOWMODE_WAIT_"), "{refused}");
    stage.api.world.advance(31);
    assert!(stage.call(1, &message(keepers, "two", 2)).is_ok(), "the id was not used up by the refusal");
}

#[test]
fn uploads_follow_the_rules() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let mara = stage.peer(me, "Mara Lindqvist");
    let part = |number, size| functions::upload::SaveFilePart { file_id: 5, file_part: number, bytes: vec![1; size] };
    let of_parts = |parts| match file(&stage, 1, 99, Vec::new()) {
        enums::InputMedia::UploadedDocument(mut media) => {
            let name = "a.bin".to_owned();
            media.file = types::InputFile { id: 5, parts, name, md5_checksum: String::new() }.into();
            enums::InputMedia::UploadedDocument(media)
        }
        _ => panic!("a document"),
    };
    let result = |parts, id| stage.call(1, &media(mara.clone(), of_parts(parts), "", id)).map(|_| ());
    stage.call(1, &part(0, 1_024)).unwrap();
    stage.call(1, &part(2, 10)).unwrap();
    assert_eq!(result(3, 1), Err("400 FILE_PART_1_MISSING".to_owned()));
    stage.call(1, &part(1, 2_048)).unwrap();
    assert_eq!(result(3, 1), Err("400 FILE_PART_SIZE_CHANGED".to_owned()));
    stage.call(1, &part(1, 1_024)).unwrap();
    assert_eq!(result(3, 1), Ok(()), "what was missing was sent after the refusal");
    stage.call(1, &part(0, 1_000)).unwrap();
    stage.call(1, &part(1, 1_000)).unwrap();
    assert_eq!(result(2, 2), Err("400 FILE_PART_SIZE_INVALID".to_owned()));
    stage.api.world.set_limits(Limits { largest_file: 3_000, ..Limits::default() });
    assert_eq!(stage.call(1, &part(2, 2_048)), Err("400 FILE_PARTS_INVALID".to_owned()));
}

#[test]
fn news_without_numbers_are_caught_up_by_date() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    let from = state_of(&stage, 11);
    stage.call(1, &save_draft(stage.peer(me, "Mara Lindqvist"), "away")).unwrap();
    let ask = |pts, date| functions::updates::GetDifference {
        pts,
        pts_limit: None,
        pts_total_limit: None,
        date,
        qts: 0,
        qts_limit: None,
    };
    let enums::updates::Difference::Difference(missed) = stage.call(11, &ask(from.pts, from.date)).unwrap() else {
        panic!("a difference")
    };
    assert!(matches!(missed.other_updates.as_slice(), [enums::Update::DraftMessage(_)]));
    let enums::updates::State::State(state) = missed.state;
    assert!(matches!(stage.call(11, &ask(state.pts, state.date)), Ok(enums::updates::Difference::Empty(_))));
    // In the same second as the answer, and still not lost.
    stage.call(1, &save_draft(stage.peer(me, "Mara Lindqvist"), "away still")).unwrap();
    let again = stage.call(11, &ask(state.pts, state.date)).unwrap();
    assert!(matches!(again, enums::updates::Difference::Difference(d) if d.other_updates.len() == 1));
    stage.api.world.set_limits(Limits { too_long: 2, slice: 1, ..Limits::default() });
    for number in 0..2 {
        stage.call(1, &message(stage.peer(me, "Saved Messages"), "more", 50 + number)).unwrap();
    }
    let sliced = stage.call(11, &ask(state.pts, state.date)).unwrap();
    assert!(matches!(sliced, enums::updates::Difference::Slice(d) if d.new_messages.len() == 1));
    stage.call(1, &message(stage.peer(me, "Saved Messages"), "more", 60)).unwrap();
    let long = stage.call(11, &ask(state.pts, state.date)).unwrap();
    assert!(matches!(long, enums::updates::Difference::TooLong(_)));
}
