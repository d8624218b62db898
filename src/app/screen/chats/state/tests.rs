use super::super::history::Purpose;
use super::*;
use heliograph_model::{ChatPage, HistoryPage, Place, SendFailure};

const ME: PeerId = PeerId::User(1);
const THEO: PeerId = PeerId::User(2);
const KEEPERS: PeerId = PeerId::Channel(9);

fn message(chat: PeerId, id: i32, outgoing: bool) -> Message {
    Message {
        id: MessageId::Server(id),
        chat,
        sender: if outgoing { ME } else { THEO },
        outgoing,
        date: 1000 + i64::from(id),
        edited: None,
        text: FormattedText::plain(format!("m{id}")),
        media: None,
        service: None,
        delivery: Delivery::Sent,
        ..Message::default()
    }
}

fn state() -> State {
    let mut state = State::new(ME);
    let chat = |id| Chat {
        id,
        last: Some(message(id, 10, false)),
        unread: 2,
        mentions: 0,
        reactions: 0,
        read_inbox: 8,
        read_outbox: 0,
        pinned: false,
        muted: false,
    };
    state.roster.first_page(ChatPage { chats: vec![chat(THEO), chat(KEEPERS)], peers: vec![], next: None });
    let messages = (1..=10).map(|id| message(KEEPERS, id, false)).collect();
    let history = state.history(KEEPERS);
    let asked = history.begin_whole(Place::Newest, Purpose::Show).unwrap();
    let _ = history.came(asked.number, HistoryPage { messages, peers: vec![], complete: true, newest: true });
    state
}

fn unread(state: &State, chat: PeerId) -> u32 {
    state.roster.get(chat).unwrap().unread
}

#[test]
fn a_new_message_counts_once_and_comes_up() {
    let mut state = state();
    let new = Change::NewMessage(message(THEO, 11, false));
    let after = state.apply(vec![new.clone(), new]);
    assert_eq!(after, After::default());
    assert_eq!(unread(&state, THEO), 3);
    assert_eq!(state.roster.order()[0], THEO);
    let _ = state.apply(vec![Change::NewMessage(message(KEEPERS, 12, false))]);
    assert_eq!(state.roster.order()[0], KEEPERS);
    assert_eq!(state.histories[&KEEPERS].last().unwrap().text.text, "m12");
    let _ = state.apply(vec![Change::NewMessage(message(THEO, 13, true))]);
    assert_eq!(unread(&state, THEO), 3, "our own from another device is not unread");
}

#[test]
fn a_chat_that_turns_up_is_there_and_the_list_is_asked_again() {
    let mut state = state();
    let stranger = PeerId::User(77);
    let mut first = message(stranger, 1, false);
    first.date = 5000;
    let after = state.apply(vec![Change::NewMessage(first)]);
    assert!(after.roster);
    assert_eq!(after.strange, [stranger], "it may be in the archive");
    assert_eq!(state.roster.order()[0], stranger);
    assert_eq!(unread(&state, stranger), 1);
    let after = state.apply(vec![Change::NewMessage(message(stranger, 2, false))]);
    assert!(!after.roster && after.strange.is_empty(), "it is asked once");
}

#[test]
fn what_is_in_the_archive_is_in_the_list_only_when_it_comes_out_of_it() {
    let mut state = state();
    let archived = |archived| Change::Archived(vec![(KEEPERS, archived)]);
    assert!(!state.apply(vec![archived(true)]).roster);
    assert!(!state.roster.order().contains(&KEEPERS));
    let after = state.apply(vec![Change::NewMessage(message(KEEPERS, 20, false))]);
    assert!(!after.roster && after.strange.is_empty() && !state.roster.order().contains(&KEEPERS));
    assert_eq!(state.roster.get(KEEPERS).unwrap().last.as_ref().unwrap().text.text, "m20", "it is known what it is");
    assert!(!state.apply(vec![archived(false)]).roster);
    assert!(state.roster.order().contains(&KEEPERS));
    // Of one that was never seen only the list tells where it stands.
    assert!(state.apply(vec![Change::Archived(vec![(PeerId::User(78), false)])]).roster);
    assert!(!state.apply(vec![Change::Archived(vec![(PeerId::User(79), true)])]).roster);
}

#[test]
fn edits_and_deletions_reach_list_and_conversation() {
    let mut state = state();
    let mut edited = message(KEEPERS, 10, false);
    edited.text = FormattedText::plain("better");
    let _ = state.apply(vec![Change::Edited(edited)]);
    assert_eq!(state.roster.get(KEEPERS).unwrap().last.as_ref().unwrap().text.text, "better");
    assert_eq!(state.histories[&KEEPERS].last().unwrap().text.text, "better");

    let after = state.apply(vec![Change::Deleted { chat: Some(KEEPERS), messages: vec![10, 3] }]);
    assert!(!after.roster);
    assert_eq!(state.roster.get(KEEPERS).unwrap().last.as_ref().unwrap().text.text, "m9");
    assert_eq!(unread(&state, KEEPERS), 1, "one of the two unread ones is gone");
    assert_eq!(unread(&state, THEO), 2);

    // Without a channel it concerns people and small groups; nothing of theirs is here, so the list is asked again.
    let after = state.apply(vec![Change::Deleted { chat: None, messages: vec![10, 9] }]);
    assert!(after.roster);
    assert_eq!(state.histories[&KEEPERS].last().unwrap().text.text, "m9");
}

#[test]
fn our_message_is_there_at_once_then_sent_then_read() {
    let mut state = state();
    let pending = state.write(THEO, FormattedText::plain("hello"), None, 2000, 55);
    assert_eq!(state.roster.order()[0], THEO);
    assert_eq!(state.histories[&THEO].get(pending).unwrap().delivery, Delivery::Sending);
    let second = state.write(THEO, FormattedText::plain("again"), None, 2000, 55);
    assert!(second > pending, "in the order of writing");

    // The update may come before the answer, or after it.
    let mut ours = message(THEO, 11, true);
    ours.date = 2001;
    let _ = state.apply(vec![Change::Sent { pending, message: ours.clone() }]);
    let _ = state.apply(vec![Change::Sent { pending, message: ours.clone() }]);
    assert!(state.histories[&THEO].get(pending).is_none() && state.histories[&THEO].get(second).is_some());
    assert_eq!(state.roster.get(THEO).unwrap().last.as_ref().unwrap().id, second, "the later one still waits");
    assert!(!state.is_read(&ours));
    let _ = state.apply(vec![Change::ReadOutbox { chat: THEO, up_to: 11 }]);
    assert!(state.is_read(&ours));
}

#[test]
fn a_failed_message_keeps_its_words_and_can_be_tried_again() {
    let mut state = state();
    let pending = state.write(THEO, FormattedText::plain("hello"), None, 2000, 1);
    state.progressed(THEO, pending, &Delivery::Failed(SendFailure::Offline));
    let last = |state: &State| state.roster.get(THEO).unwrap().last.clone().unwrap().delivery;
    assert_eq!(last(&state), Delivery::Failed(SendFailure::Offline));
    assert_eq!(state.retry(THEO, pending).unwrap().text, "hello");
    assert_eq!(last(&state), Delivery::Sending);
    assert!(state.retry(THEO, pending).is_none());
}

#[test]
fn reading_counts_down_and_never_up() {
    let mut state = state();
    state.read(KEEPERS, 9, None);
    assert_eq!(unread(&state, KEEPERS), 1);
    state.read(KEEPERS, 5, None);
    assert_eq!(unread(&state, KEEPERS), 1, "an older mark says nothing");
    let _ = state.apply(vec![Change::ReadInbox { chat: KEEPERS, up_to: 10, unread: None }]);
    assert_eq!(unread(&state, KEEPERS), 0);
    // Of this one no message is here; the last one says that all was read.
    state.read(THEO, 10, None);
    assert_eq!(unread(&state, THEO), 0);
    let _ = state.apply(vec![Change::ReadInbox { chat: THEO, up_to: 10, unread: Some(4) }]);
    assert_eq!(unread(&state, THEO), 4, "the server knows");
}

#[test]
fn writing_ends_by_itself_by_a_message_and_by_stopping() {
    let mut state = state();
    let typing = |stopped| Change::Typing { chat: KEEPERS, who: THEO, stopped };
    let first = state.apply(vec![typing(false)]).typing[0];
    let second = state.apply(vec![typing(false)]).typing[0];
    assert_eq!(state.typing(KEEPERS).len(), 1);
    state.typing_ended(first.0, first.1, first.2);
    assert_eq!(state.typing(KEEPERS).len(), 1, "a newer sign came");
    state.typing_ended(second.0, second.1, second.2);
    assert_eq!(state.typing(KEEPERS).len(), 0);
    let _ = state.apply(vec![typing(false), Change::NewMessage(message(KEEPERS, 11, false))]);
    assert_eq!(state.typing(KEEPERS).len(), 0);
    let _ = state.apply(vec![typing(false), typing(true)]);
    assert_eq!(state.typing(KEEPERS).len(), 0);
    let _ = state.apply(vec![Change::Typing { chat: KEEPERS, who: ME, stopped: false }]);
    assert_eq!(state.typing(KEEPERS).len(), 0, "we know that we write");
}

#[test]
fn much_missed_means_fetching_again() {
    assert!(state().apply(vec![Change::Refetch]).refetch);
}

/// What there is to see of it.
fn seen(state: &State) -> impl PartialEq + std::fmt::Debug {
    let chats: Vec<_> = state.roster.order().iter().map(|id| state.roster.get(*id).cloned()).collect();
    let mut histories: Vec<_> = state
        .histories
        .iter()
        .map(|(chat, history)| (*chat, history.rows().to_vec(), history.messages().cloned().collect::<Vec<_>>()))
        .collect();
    histories.sort_by_key(|(chat, ..)| *chat);
    let mut calls: Vec<_> = state.calls.iter().map(|(chat, calls)| (*chat, calls.clone())).collect();
    calls.sort_by_key(|(chat, _)| *chat);
    let typing: Vec<Vec<PeerId>> = [THEO, KEEPERS, GROUP].map(|chat| state.typing(chat).collect()).into();
    (chats, histories, calls, typing)
}

const GROUP: PeerId = PeerId::Group(5);

/// A channel and a group with their messages, somebody of whom nothing is here.
fn world() -> State {
    let mut state = state();
    state.roster.add(Chat { id: GROUP, ..state.roster.get(KEEPERS).unwrap().clone() });
    let messages = (1..=10).map(|id| message(GROUP, id, id % 4 == 0)).collect();
    let history = state.history(GROUP);
    let asked = history.begin_whole(Place::Newest, Purpose::Show).unwrap();
    let _ = history.came(asked.number, HistoryPage { messages, peers: vec![], complete: true, newest: true });
    state.calls.insert(GROUP, Calls { mentions: vec![9], reactions: vec![4, 8] });
    state
}

/// Whatever can happen there, always the same.
fn happenings(seed: u64, count: usize) -> Vec<Change> {
    let mut seed = seed;
    let mut dice = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((seed >> 33) % below).unwrap()
    };
    let one = |_| {
        let chat = [THEO, KEEPERS, GROUP, PeerId::User(70)][dice(4) as usize];
        let id = 1 + dice(40);
        let said = Message { mentioned: dice(3) == 0, unheard: dice(2) == 0, ..message(chat, id, dice(4) == 0) };
        let channel = matches!(chat, PeerId::Channel(_)).then_some(chat);
        let some = vec![id, 1 + dice(40), id];
        match dice(12) {
            0 => Change::Edited(Message { text: FormattedText::plain("edited"), ..said }),
            1 | 2 => Change::Deleted { chat: channel, messages: some },
            3 => Change::Heard { chat: channel, messages: some },
            4 => Change::ReadInbox { chat, up_to: id, unread: (dice(3) == 0).then_some(7) },
            5 => Change::ReadOutbox { chat, up_to: id },
            6 => Change::Typing { chat, who: THEO, stopped: dice(2) == 0 },
            7 => Change::Pinned { chat, messages: some, pinned: dice(2) == 0 },
            8 => Change::Views { chat, message: id, views: Some(dice(90).unsigned_abs()), forwards: None },
            _ => Change::NewMessage(said),
        }
    };
    (0..count).map(one).collect()
}

#[test]
fn at_once_or_one_by_one_it_comes_to_the_same() {
    for seed in 0..60 {
        let changes = happenings(seed, 150);
        let (mut at_once, mut one_by_one, mut in_pieces) = (world(), world(), world());
        let _ = at_once.apply(changes.clone());
        for piece in changes.chunks(7) {
            let _ = in_pieces.apply(piece.to_vec());
        }
        for change in changes {
            let _ = one_by_one.apply(vec![change]);
        }
        assert_eq!(seen(&at_once), seen(&one_by_one), "seed {seed}");
        assert_eq!(seen(&in_pieces), seen(&one_by_one), "seed {seed}");
    }
}

#[test]
fn rows_are_made_once_for_all_that_comes_at_once() {
    let mut state = state();
    let before = state.histories[&KEEPERS].made;
    let all = (11..=510).map(|id| Change::NewMessage(message(KEEPERS, id, id % 3 == 0))).collect();
    let _ = state.apply(all);
    let history = &state.histories[&KEEPERS];
    assert_eq!(history.messages().count(), 510);
    assert_eq!(history.made - before, history.rows().len(), "each row once");
}

#[test]
fn a_conversation_that_is_flooded_is_cut_where_nobody_looks() {
    let mut state = world();
    let visible = |first: i32, at_end| {
        let key = |id| Key { message: MessageId::Server(id), part: super::super::rows::Part::Message };
        Visible { first: key(first), last: key(first + 5), fully: None, at_end }
    };
    let flood = |state: &mut State, chat, from: i32, visible| {
        for from in (from..from + 5000).step_by(500) {
            let _ = state.apply((from..from + 500).map(|id| Change::NewMessage(message(chat, id, false))).collect());
            let _ = state.cut(Some((KEEPERS, visible)));
        }
        state.histories[&chat].messages().count()
    };
    // At the end one sees all that comes; what is not open is as it would be.
    assert!(flood(&mut state, KEEPERS, 11, Some(visible(5, true))) <= 1300);
    assert_eq!(state.histories[&KEEPERS].last().unwrap().id, MessageId::Server(5010));
    assert!(flood(&mut state, GROUP, 11, None) <= 1300);
    assert_eq!(state.histories[&GROUP].last().unwrap().id, MessageId::Server(5010));
    assert_eq!((unread(&state, KEEPERS), unread(&state, GROUP)), (5002, 5002), "none is lost for that");
    // Further up one stays where one is.
    assert!(flood(&mut state, KEEPERS, 5011, Some(visible(4900, false))) <= 1300);
    let history = &state.histories[&KEEPERS];
    assert!(history.get(MessageId::Server(4900)).is_some() && !history.is_newest());
}

#[test]
fn only_what_shows_in_messages_says_so() {
    let mut state = world();
    let mut shown = |change| state.apply(vec![change]).shown;
    // Ours ends the run before it, theirs goes on with none.
    assert!(!shown(Change::NewMessage(message(KEEPERS, 11, true))));
    assert!(!shown(Change::NewMessage(message(KEEPERS, 12, false))));
    assert!(
        shown(Change::NewMessage(message(KEEPERS, 13, false))),
        "the one before is not the last of its run any more"
    );
    assert!(shown(Change::NewMessage(message(KEEPERS, 13, false))), "it is another one than before");
    assert!(!shown(Change::NewMessage(message(THEO, 11, false))), "nothing of that chat is here");
    assert!(!shown(Change::Typing { chat: KEEPERS, who: THEO, stopped: false }));
    assert!(!shown(Change::ReadInbox { chat: KEEPERS, up_to: 12, unread: None }));
    assert!(shown(Change::ReadOutbox { chat: KEEPERS, up_to: 12 }));
    assert!(!shown(Change::ReadOutbox { chat: KEEPERS, up_to: 12 }), "known");
    assert!(shown(Change::Edited(message(KEEPERS, 5, false))));
    assert!(!shown(Change::Edited(message(KEEPERS, 500, false))), "it is not here");
    assert!(shown(Change::Views { chat: KEEPERS, message: 5, views: Some(3), forwards: None }));
    assert!(shown(Change::Deleted { chat: None, messages: vec![3] }));
    assert!(!shown(Change::Deleted { chat: None, messages: vec![300] }));
    assert!(shown(Change::Refetch) && shown(Change::Missed(KEEPERS)));
}
