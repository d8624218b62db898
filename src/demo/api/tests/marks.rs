//! Reactions, pins, mentions, what was heard; polls.

use super::passing_on::{file, forward, media, sent};
use super::*;

fn emoji(emoticon: &str) -> enums::Reaction {
    types::ReactionEmoji { emoticon: emoticon.to_owned() }.into()
}

fn react(peer: enums::InputPeer, msg_id: i32, signs: &[&str]) -> functions::messages::SendReaction {
    let reaction = Some(signs.iter().map(|sign| emoji(sign)).collect());
    functions::messages::SendReaction { big: false, add_to_recent: true, peer, msg_id, reaction }
}

fn newest(stage: &Stage, me: i64, title: &str) -> i32 {
    let place = stage.place(me, title);
    *stage.api.world.lock().ids_in(me, place).last().unwrap()
}

#[test]
fn reactions_are_counted_and_told() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let other = stage.sign_in(2, 1);
    let keepers = stage.peer(me, "Lighthouse Keepers");
    let id = sent(stage.call(1, &message(keepers.clone(), "say something", 1)).unwrap())[0].id;
    for key in [1, 2] {
        stage.heard(key);
    }
    stage.call(2, &react(stage.peer(other, "Lighthouse Keepers"), id, &["🔥", "👍"])).unwrap();
    let heard = stage.heard(1);
    let [enums::Update::MessageReactions(update)] = heard.as_slice() else { panic!("{heard:?}") };
    let enums::MessageReactions::Reactions(reactions) = &update.reactions;
    assert_eq!((update.msg_id, reactions.results.len()), (id, 2));
    let unread = functions::messages::GetUnreadReactions {
        peer: keepers.clone(),
        top_msg_id: None,
        saved_peer_id: None,
        offset_id: 0,
        add_offset: 0,
        limit: 10,
        max_id: 0,
        min_id: 0,
    };
    assert_eq!(messages_in(stage.call(1, &unread).unwrap()).len(), 1);
    let read = functions::messages::ReadReactions { peer: keepers.clone(), top_msg_id: None, saved_peer_id: None };
    stage.call(1, &read).unwrap();
    assert!(messages_in(stage.call(1, &unread).unwrap()).is_empty());
    let refused =
        |signs: &[&str]| stage.call(2, &react(stage.peer(other, "Lighthouse Keepers"), id, signs)).map(|_| ());
    assert_eq!(refused(&["🔥", "👍"]), Err("400 MESSAGE_NOT_MODIFIED".to_owned()));
    assert_eq!(refused(&["🥔"]), Err("400 REACTION_INVALID".to_owned()));
    assert_eq!(refused(&["🔥", "👍", "👎", "❤"]), Err("400 REACTIONS_TOO_MANY".to_owned()));
    let list = functions::messages::GetMessageReactionsList {
        peer: keepers,
        id,
        reaction: Some(emoji("👍")),
        offset: None,
        limit: 10,
    };
    let enums::messages::MessageReactionsList::List(list) = stage.call(1, &list).unwrap();
    assert_eq!((list.count, list.reactions.len(), list.users.len()), (1, 1, 1));
    let recent = functions::messages::GetRecentReactions { limit: 9, hash: 0 };
    let enums::messages::Reactions::Reactions(recent) = stage.call(2, &recent).unwrap() else { panic!("signs") };
    assert_eq!(recent.reactions.len(), 2);
}

#[test]
fn the_creator_says_which_reactions_there_are() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let window = stage.peer(me, "Robin's window");
    let id = newest(&stage, me, "Robin's window");
    let allow = |available_reactions| functions::messages::SetChatAvailableReactions {
        peer: window.clone(),
        available_reactions,
        reactions_limit: None,
        paid_enabled: None,
    };
    stage.call(1, &allow(types::ChatReactionsSome { reactions: vec![emoji("🔥")] }.into())).unwrap();
    assert!(stage.call(1, &react(window.clone(), id, &["👍"])).is_err());
    assert!(stage.call(1, &react(window.clone(), id, &["🔥"])).is_ok());
    stage.call(1, &allow(enums::ChatReactions::None)).unwrap();
    assert!(stage.call(1, &react(window.clone(), id, &["🔥", "👍"])).is_err());
    let channel = stage.channel(me, "Robin's window");
    let enums::messages::ChatFull::Full(full) =
        stage.call(1, &functions::channels::GetFullChannel { channel }).unwrap();
    let enums::ChatFull::ChannelFull(full) = full.full_chat else { panic!("a channel") };
    assert_eq!(full.available_reactions, Some(enums::ChatReactions::None));
    assert!(full.linked_chat_id.is_some());
}

fn pin(peer: enums::InputPeer, id: i32, unpin: bool, pm_oneside: bool) -> functions::messages::UpdatePinnedMessage {
    functions::messages::UpdatePinnedMessage { silent: false, unpin, pm_oneside, peer, id }
}

#[test]
fn pins_are_for_both_or_for_one() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let other = stage.sign_in(2, 1);
    let mara = stage.peer(me, "Mara Lindqvist");
    let first = sent(stage.call(1, &message(mara.clone(), "for both", 1)).unwrap())[0].id;
    let theirs = newest(&stage, other, "Robin Vale");
    let second = sent(stage.call(1, &message(mara.clone(), "for me", 2)).unwrap())[0].id;
    stage.heard(2);
    stage.call(1, &pin(mara.clone(), first, false, false)).unwrap();
    stage.call(1, &pin(mara.clone(), second, false, true)).unwrap();
    let heard = stage.heard(2);
    let [enums::Update::PinnedMessages(pinned), enums::Update::NewMessage(note)] = heard.as_slice() else {
        panic!("{heard:?}")
    };
    assert!(pinned.pinned && pinned.messages == [theirs]);
    assert!(matches!(&note.message, enums::Message::Service(m) if m.action == enums::MessageAction::PinMessage));
    assert_eq!(
        stage.call(1, &pin(mara.clone(), first, false, false)).map(|_| ()),
        Err("400 CHAT_NOT_MODIFIED".to_owned())
    );
    {
        let state = stage.api.world.lock();
        assert_eq!(state.pinned_in(me, Place::User(other)), [first, second]);
        assert_eq!(state.pinned_in(other, Place::User(me)), [theirs]);
    }
    let all = functions::messages::UnpinAllMessages { peer: mara, top_msg_id: None, saved_peer_id: None };
    let enums::messages::AffectedHistory::History(affected) = stage.call(1, &all).unwrap();
    assert_eq!((affected.pts_count, affected.offset), (2, 0));
    assert!(matches!(stage.heard(2).first(), Some(enums::Update::PinnedMessages(u)) if !u.pinned));
    let foreign = pin(stage.peer(me, "Astronomy Weekly"), newest(&stage, me, "Astronomy Weekly"), false, false);
    assert_eq!(stage.call(1, &foreign).map(|_| ()), Err("403 CHAT_ADMIN_REQUIRED".to_owned()));
}

#[test]
fn what_was_heard_is_told_to_who_said_it() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(11, 0);
    let other = stage.sign_in(2, 1);
    let voice =
        types::DocumentAttributeAudio { voice: true, duration: 3, title: None, performer: None, waveform: None };
    let spoken = media(stage.peer(me, "Mara Lindqvist"), file(&stage, 1, 1, vec![voice.into()]), "", 1);
    let mine = sent(stage.call(1, &spoken).unwrap())[0].id;
    let theirs = newest(&stage, other, "Robin Vale");
    for key in [1, 11, 2] {
        stage.heard(key);
    }
    let read = functions::messages::ReadMessageContents { id: vec![theirs, 999_999] };
    let enums::messages::AffectedMessages::Messages(affected) = stage.call(2, &read).unwrap();
    assert_eq!(affected.pts_count, 1);
    for key in [1, 11] {
        let heard = stage.heard(key);
        assert!(
            matches!(heard.as_slice(), [enums::Update::ReadMessagesContents(u)] if u.messages == [mine]),
            "{heard:?}"
        );
    }
    let enums::messages::AffectedMessages::Messages(affected) = stage.call(2, &read).unwrap();
    assert_eq!(affected.pts_count, 0);
}

#[test]
fn mentions_wait_until_they_are_noticed() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let other = stage.sign_in(2, 1);
    let keepers = stage.peer(me, "Lighthouse Keepers");
    let place = stage.place(me, "Lighthouse Keepers");
    let before = stage.api.world.lock().unread_mentions(me, place);
    stage.call(2, &message(stage.peer(other, "Lighthouse Keepers"), "ask @robin_vale", 1)).unwrap();
    stage
        .call(1, &functions::channels::ReadHistory { channel: stage.channel(me, "Lighthouse Keepers"), max_id: 0 })
        .unwrap();
    assert_eq!(stage.api.world.lock().unread_mentions(me, place), before + 1, "reading the history is not noticing");
    let read = functions::messages::ReadMentions { peer: keepers, top_msg_id: None };
    stage.call(1, &read).unwrap();
    assert_eq!(stage.api.world.lock().unread_mentions(me, place), 0);
}

fn words(text: &str) -> enums::TextWithEntities {
    types::TextWithEntities { text: text.to_owned(), entities: Vec::new() }.into()
}

fn poll(change: impl FnOnce(&mut types::Poll), correct: Option<Vec<i32>>) -> enums::InputMedia {
    let answers = ["tea", "soup"].map(|text| {
        let option = text.as_bytes().to_vec();
        types::PollAnswer { text: words(text), option, media: None, added_by: None, date: None }.into()
    });
    let mut poll = types::Poll {
        id: 0,
        closed: false,
        public_voters: true,
        multiple_choice: false,
        quiz: false,
        open_answers: false,
        revoting_disabled: false,
        shuffle_answers: false,
        hide_results_until_close: false,
        creator: false,
        subscribers_only: false,
        question: words("First?"),
        answers: answers.to_vec(),
        close_period: None,
        close_date: None,
        countries_iso2: None,
        hash: 0,
    };
    change(&mut poll);
    types::InputMediaPoll {
        poll: poll.into(),
        correct_answers: correct,
        attached_media: None,
        solution: None,
        solution_entities: None,
        solution_media: None,
    }
    .into()
}

fn vote(peer: enums::InputPeer, msg_id: i32, options: &[&str]) -> functions::messages::SendVote {
    let options = options.iter().map(|option| option.as_bytes().to_vec()).collect();
    functions::messages::SendVote { peer, msg_id, options }
}

#[test]
fn polls_count_votes_for_those_who_voted() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let other = stage.sign_in(2, 1);
    let (keepers, theirs) = (stage.peer(me, "Lighthouse Keepers"), stage.peer(other, "Lighthouse Keepers"));
    let id = sent(stage.call(1, &media(keepers.clone(), poll(|_| {}, None), "", 1)).unwrap())[0].id;
    for key in [1, 2] {
        stage.heard(key);
    }
    stage.call(2, &vote(theirs.clone(), id, &["soup"])).unwrap();
    let heard = stage.heard(1);
    let [enums::Update::MessagePoll(update)] = heard.as_slice() else { panic!("{heard:?}") };
    let enums::PollResults::Results(results) = &update.results;
    assert_eq!((results.total_voters, results.results.is_none()), (Some(1), true), "no results before one's own vote");
    stage.call(1, &vote(keepers.clone(), id, &["tea"])).unwrap();
    stage.call(1, &vote(keepers.clone(), id, &["soup"])).unwrap();
    let votes = functions::messages::GetPollVotes { peer: keepers.clone(), id, option: None, offset: None, limit: 1 };
    let enums::messages::VotesList::List(list) = stage.call(1, &votes).unwrap();
    assert_eq!((list.count, list.votes.len(), list.next_offset.as_deref()), (2, 1, Some("1")));
    let refused = |options: &[&str]| stage.call(1, &vote(keepers.clone(), id, options)).map(|_| ()).unwrap_err();
    assert_eq!(refused(&["cake"]), "400 OPTION_INVALID");
    assert_eq!(refused(&["tea", "soup"]), "400 OPTIONS_TOO_MUCH");
    // The poll is one, wherever it is forwarded to.
    let mara = stage.peer(me, "Mara Lindqvist");
    let copy = sent(stage.call(1, &forward(keepers, mara, vec![id], 5)).unwrap()).remove(0);
    let Some(enums::MessageMedia::Poll(copy)) = copy.media else { panic!("a poll") };
    let enums::PollResults::Results(results) = copy.results;
    assert_eq!(results.total_voters, Some(2));
}

#[test]
fn polls_have_rules() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let keepers = stage.peer(me, "Lighthouse Keepers");
    let refused = |given| stage.call(1, &media(keepers.clone(), given, "", 1)).map(|_| ()).unwrap_err();
    assert_eq!(refused(poll(|poll| poll.question = words(" "), None)), "400 POLL_QUESTION_INVALID");
    assert_eq!(refused(poll(|poll| poll.answers.clear(), None)), "400 POLL_ANSWERS_INVALID");
    assert_eq!(refused(poll(|poll| poll.quiz = true, None)), "400 QUIZ_CORRECT_ANSWERS_EMPTY");
    let doubled = |poll: &mut types::Poll| poll.answers = vec![poll.answers[0].clone(); 2];
    assert_eq!(refused(poll(doubled, None)), "400 POLL_OPTION_DUPLICATE");
    // One that closes by itself takes no votes after that.
    let request = media(keepers.clone(), poll(|poll| poll.close_period = Some(60), None), "", 2);
    let id = sent(stage.call(1, &request).unwrap())[0].id;
    stage.api.world.advance(61);
    let closed = stage.call(1, &vote(keepers.clone(), id, &["tea"])).map(|_| ());
    assert_eq!(closed, Err("400 MESSAGE_POLL_CLOSED".to_owned()));
    let quiz = media(keepers.clone(), poll(|poll| poll.quiz = true, Some(vec![1])), "", 3);
    let id = sent(stage.call(1, &quiz).unwrap())[0].id;
    stage.call(1, &vote(keepers.clone(), id, &["tea"])).unwrap();
    assert_eq!(stage.call(1, &vote(keepers, id, &["soup"])).map(|_| ()), Err("400 REVOTE_NOT_ALLOWED".to_owned()));
}
