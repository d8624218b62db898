use super::*;
use heliograph_model::{PeerId, Poll, PollAnswer, Reaction, ReactionKind, SendFailure};
use std::collections::VecDeque;
use std::sync::Arc;

const CHAT: PeerId = PeerId::Group(1);

fn message(id: i32) -> Message {
    Message {
        id: MessageId::Server(id),
        chat: CHAT,
        sender: PeerId::User(7),
        date: i64::from(id),
        text: FormattedText::plain(id.to_string()),
        ..Message::default()
    }
}

fn page(ids: impl IntoIterator<Item = i32>, complete: bool, newest: bool) -> HistoryPage {
    HistoryPage { messages: ids.into_iter().map(message).collect(), peers: Vec::new(), complete, newest }
}

fn ids(history: &History) -> Vec<i32> {
    history.numbered().filter_map(|m| m.id.server()).collect()
}

fn new(id: i32) -> Change {
    Change::NewMessage(message(id))
}

fn deleted(ids: &[i32]) -> Change {
    Change::Deleted { chat: None, messages: ids.to_vec() }
}

fn show(history: &mut History, place: Place, page: HistoryPage) -> Came {
    let asked = history.begin_whole(place, Purpose::Show).unwrap();
    history.came(asked.number, page)
}

fn refresh(history: &mut History, page: HistoryPage) -> Came {
    let asked = history.begin_whole(Place::Newest, Purpose::Refresh).unwrap();
    history.came(asked.number, page)
}

/// The newest messages, with others before them.
fn history(newest: impl IntoIterator<Item = i32>) -> History {
    let mut history = History::new(TimeZone::UTC);
    assert_eq!(show(&mut history, Place::Newest, page(newest, false, true)), Came::Replaced);
    history
}

#[test]
fn pages_join_at_both_ends_one_at_a_time() {
    let mut history = History::new(TimeZone::UTC);
    show(&mut history, Place::Around(55), page(50..=60, false, false));
    let older = history.begin_older().unwrap();
    assert_eq!(older.place, Place::Before(50));
    assert_eq!(history.begin_older(), None, "one at a time");
    let newer = history.begin_newer().unwrap();
    assert_eq!(newer.place, Place::After(60));
    assert_eq!(history.begin_newer(), None);
    assert_eq!(history.came(newer.number, page(61..=63, false, true)), Came::Joined);
    assert_eq!(history.came(older.number, page(48..50, true, false)), Came::Joined);
    assert_eq!(ids(&history), (48..=63).collect::<Vec<_>>());
    assert!(history.is_complete() && history.is_newest());
    assert_eq!((history.begin_older(), history.begin_newer()), (None, None), "that was all");
}

#[test]
fn what_was_missed_while_a_page_was_on_its_way_is_asked_for_after_it() {
    let mut history = history(1..=10);
    let first = history.begin_refresh(Place::Newest).unwrap();
    assert_eq!(history.begin_refresh(Place::Newest), None, "each page comes, however often something is missed");
    assert!(!history.take_again(), "it is still on its way");
    assert_eq!(history.came(first.number, page(1..=12, false, true)), Came::Joined);
    assert!(history.take_again() && !history.take_again());
    let second = history.begin_refresh(Place::Newest).unwrap();
    assert_ne!(first.number, second.number);
    assert_eq!(history.came(second.number, page(5..=20, false, true)), Came::Joined);
    assert!(!history.take_again());
    // Where one jumps to a message meanwhile, that comes first.
    let jump = history.begin_whole(Place::Around(7), Purpose::Show).unwrap();
    assert_eq!(history.begin_refresh(Place::Newest), None);
    assert_eq!(history.came(jump.number, page(4..=10, false, false)), Came::Joined);
    assert!(history.take_again());
}

#[test]
fn new_messages_join_only_where_the_window_reaches_the_end() {
    let mut history = History::new(TimeZone::UTC);
    show(&mut history, Place::Around(55), page(50..=60, false, false));
    history.apply(&new(90));
    assert_eq!(history.numbered().next_back().unwrap().id, MessageId::Server(60));
    assert_eq!(history.last(), None, "the newest one is elsewhere");
    let mut end = super::tests::history(50..=60);
    end.apply(&new(61));
    assert_eq!(end.last().unwrap().id, MessageId::Server(61));
}

#[test]
fn what_happened_while_a_page_was_on_its_way_is_in_it() {
    let mut history = History::new(TimeZone::UTC);
    let asked = history.begin_whole(Place::Newest, Purpose::Show).unwrap();
    let mut edited = message(15);
    edited.text = FormattedText::plain("better");
    for change in [new(21), deleted(&[12]), Change::Edited(edited)] {
        history.apply(&change);
    }
    // The page is from before all that.
    history.came(asked.number, page(10..=20, false, true));
    let expected: Vec<i32> = (10..=21).filter(|id| *id != 12).collect();
    assert_eq!(ids(&history), expected);
    assert_eq!(history.get(MessageId::Server(15)).unwrap().text.text, "better");
}

#[test]
fn a_refreshed_page_removes_what_is_gone_and_keeps_what_is_older() {
    let mut history = history(10..=20);
    assert_eq!(refresh(&mut history, page([15, 16, 18, 21], false, true)), Came::Joined);
    assert_eq!(ids(&history), [10, 11, 12, 13, 14, 15, 16, 18, 21]);
    assert!(history.is_newest());
}

#[test]
fn what_waits_stands_alone_where_nothing_is_here_and_behind_the_newest_otherwise() {
    let mut history = History::new(TimeZone::UTC);
    let waiting = Message { id: MessageId::Pending(7), ..message(0) };
    history.write(waiting);
    assert!(!history.rows().is_empty() && history.is_at_end() && !history.is_newest());
    // In the middle of the chat it has no place.
    show(&mut history, Place::Around(55), page(50..=60, false, false));
    assert!(history.newest_first().all(|message| message.id != MessageId::Pending(7)));
    let asked = history.begin_whole(Place::Newest, Purpose::Show).unwrap();
    history.came(asked.number, page(70..=80, false, true));
    assert_eq!(history.newest_first().next().unwrap().id, MessageId::Pending(7));
}

#[test]
fn a_hole_is_never_shown() {
    let mut history = history(10..=20);
    assert_eq!(refresh(&mut history, page(90..=95, false, true)), Came::Apart);
    assert_eq!(ids(&history), (10..=20).collect::<Vec<_>>(), "the reader stays where they are");
    assert!(!history.is_newest());
    history.apply(&new(96));
    assert_eq!(ids(&history).last(), Some(&20));
    assert_eq!(history.begin_newer().unwrap().place, Place::After(20));
    assert_eq!(show(&mut history, Place::Newest, page(90..=96, false, true)), Came::Replaced);
    assert_eq!(ids(&history), (90..=96).collect::<Vec<_>>());
}

#[test]
fn a_jump_calls_off_the_pages_of_the_place_that_was_left() {
    let mut history = history(100..=120);
    let older = history.begin_older().unwrap();
    show(&mut history, Place::Around(30), page(20..=40, false, false));
    assert_eq!(history.came(older.number, page(80..100, false, false)), Came::Late);
    assert_eq!(ids(&history), (20..=40).collect::<Vec<_>>());
    assert!(!history.is_newest());
}

#[test]
fn what_is_far_goes_and_comes_again() {
    let mut history = History::new(TimeZone::UTC);
    show(&mut history, Place::Newest, page(1..=100, false, true));
    assert!(!history.keep_around(MessageId::Server(1), MessageId::Server(10)), "that is not much");
    for start in [-99, -199, -299, -399] {
        let asked = history.begin_older().unwrap();
        history.came(asked.number, page(start..start + 100, false, false));
    }
    assert_eq!(history.numbered().count(), 500);
    assert!(history.keep_around(MessageId::Server(-399), MessageId::Server(-380)));
    assert_eq!(history.numbered().count(), KEPT);
    assert_eq!(ids(&history)[0], -399, "what is near stays");
    assert!(!history.is_newest());
    history.apply(&new(101));
    assert_eq!(history.numbered().count(), KEPT);
    assert_eq!(history.begin_newer().unwrap().place, Place::After(-100));
}

#[test]
fn as_much_stays_on_either_side_of_the_reader() {
    let mut history = History::new(TimeZone::UTC);
    show(&mut history, Place::Newest, page(1..=1000, true, true));
    assert!(history.keep_around(MessageId::Server(500), MessageId::Server(519)));
    let left = ids(&history);
    assert_eq!((left[0], left[left.len() - 1]), (360, 659));
    assert!(!history.is_complete() && !history.is_newest());
}

fn album(id: i32, album: i64) -> Message {
    Message { album: Some(album), ..message(id) }
}

#[test]
fn albums_are_never_cut() {
    let mut history = History::new(TimeZone::UTC);
    let mut cut = page([], false, false);
    cut.messages = (10..=12).map(|id| album(id, 5)).chain((13..=16).map(message)).collect();
    cut.messages.extend((17..=18).map(|id| album(id, 6)));
    show(&mut history, Place::Around(14), cut);
    assert_eq!(ids(&history), [13, 14, 15, 16], "the rest of them is not here");
    let newer = history.begin_newer().unwrap();
    assert_eq!(newer.place, Place::After(16));
    let mut rest = page([], false, true);
    rest.messages = (17..=19).map(|id| album(id, 6)).collect();
    history.came(newer.number, rest);
    assert_eq!(ids(&history), [13, 14, 15, 16, 17, 18, 19]);
    let last = history.rows().last().unwrap();
    assert_eq!(last.messages().len(), 3);
    assert_eq!(history.key_of(MessageId::Server(19)), Some(last.key));
    // Nor by what is let go.
    let mut long = page([], true, true);
    long.messages = (1..=1000).map(|id| album(id, i64::from(id / 7))).collect();
    let mut history = History::new(TimeZone::UTC);
    show(&mut history, Place::Newest, long);
    history.keep_around(MessageId::Server(500), MessageId::Server(519));
    let left = ids(&history);
    assert_eq!((left[0] % 7, left[left.len() - 1] % 7), (0, 6));
}

#[test]
fn a_failed_page_can_be_asked_for_again() {
    let mut history = history(50..=60);
    let asked = history.begin_older().unwrap();
    assert!(history.page_failed(asked.number, Error::TimedOut));
    assert_eq!(history.rows()[0].key.part, Part::Older, "there is a row to try again from");
    assert_eq!(history.begin_older().unwrap().place, Place::Before(50));
}

#[test]
fn our_message_waits_last_and_keeps_its_place_when_it_is_sent() {
    let mut history = history(1..=3);
    let pending = MessageId::Pending(5);
    let mut ours = message(0);
    (ours.id, ours.outgoing, ours.delivery) = (pending, true, Delivery::Sending);
    history.write(ours.clone());
    history.apply(&new(4));
    assert_eq!(history.last().unwrap().id, pending);
    assert!(!history.give_up(pending), "it is under way");
    history.progressed(pending, Delivery::Failed(SendFailure::Offline));
    assert_eq!(history.retry(pending).unwrap().text, "0", "its words are kept");
    assert!(history.retry(pending).is_none(), "it is under way");
    let mut sent = message(5);
    sent.outgoing = true;
    let sent = Change::Sent { pending, message: sent };
    history.apply(&sent);
    history.apply(&sent);
    assert_eq!(ids(&history), [1, 2, 3, 4, 5], "said twice, there once");
    assert_eq!(history.messages().count(), 5);
}

#[test]
fn what_waits_stands_at_the_end_of_the_chat_and_nowhere_else() {
    let mut history = history(1..=3);
    let ours = Message { id: MessageId::Pending(5), outgoing: true, ..message(0) };
    history.write(ours);
    assert_eq!(history.rows().last().unwrap().key.message, MessageId::Pending(5));
    show(&mut history, Place::Around(-50), page(-60..=-40, false, false));
    assert_eq!(history.rows().last().unwrap().key.message, MessageId::Server(-40));
    history.forget();
    show(&mut history, Place::Newest, page(1..=3, false, true));
    assert_eq!(history.rows().last().unwrap().key.message, MessageId::Pending(5));
}

#[test]
fn the_line_stands_above_the_first_unread_message() {
    let mut history = history(1..=9);
    let _ = history.mark_unread(6, 3);
    let line = |id| Some(Key { message: MessageId::Server(id), part: Part::Unread });
    assert_eq!(history.unread_row(), line(7));
    history.apply(&deleted(&[7]));
    assert_eq!(history.unread_row(), line(8));
    let _ = history.mark_unread(9, 0);
    assert_eq!(history.unread_row(), None);
    // The first unread one is not here.
    let mut history = super::tests::history(5..=9);
    let _ = history.mark_unread(2, 7);
    assert_eq!(history.unread_row(), None);
    let asked = history.begin_older().unwrap();
    history.came(asked.number, page(1..5, true, false));
    assert_eq!(history.unread_row(), line(3), "now it is");
}

#[test]
fn what_is_said_of_messages_reaches_them() {
    let mut history = history(1..=9);
    let poll = |voters| {
        let text = FormattedText::plain("yes");
        PollAnswer { text, option: Arc::from([1]), voters, chosen: voters.is_none(), correct: false }
    };
    let mut asked = message(5);
    asked.media = Some(heliograph_model::Media::Poll(Box::new(Poll {
        id: 77,
        question: FormattedText::plain("?"),
        answers: vec![poll(None)],
        quiz: false,
        multiple: false,
        public: false,
        closed: false,
        total: None,
        closes: None,
        solution: None,
        recent: Vec::new(),
    })));
    asked.mentioned = true;
    asked.unheard = true;
    history.apply(&Change::Edited(asked));
    let liked = Reaction { kind: ReactionKind::Paid, count: 2, chosen: false, recent: vec![] };
    for change in [
        Change::Reactions { chat: CHAT, message: 5, reactions: vec![liked.clone()], min: false },
        Change::Views { chat: CHAT, message: 5, views: Some(12), forwards: None },
        Change::Pinned { chat: CHAT, messages: vec![5], pinned: true },
        Change::Heard { chat: None, messages: vec![5] },
        Change::Poll {
            poll: 77,
            answers: vec![poll(Some(3))],
            total: Some(3),
            closed: true,
            min: true,
            solution: None,
        },
    ] {
        history.apply(&change);
    }
    let said = history.get(MessageId::Server(5)).unwrap();
    assert_eq!((&said.reactions[..], said.views, said.pinned, said.unheard), (&[liked][..], Some(12), true, false));
    let Some(heliograph_model::Media::Poll(poll)) = &said.media else { panic!("a poll") };
    assert_eq!((poll.answers[0].voters, poll.total, poll.closed), (Some(3), Some(3), true));
    assert!(poll.answers[0].chosen, "our vote was not said and stays");
}

#[test]
fn counting_is_exact_or_not_at_all() {
    let mut history = history(5..=9);
    assert_eq!(history.count_between(4, 7), Some(3), "what stands right before the window matters not");
    assert_eq!(history.count_between(3, 7), None);
    assert_eq!(history.count_between(7, i32::MAX), Some(2));
    let mut ours = message(10);
    ours.outgoing = true;
    history.apply(&Change::NewMessage(ours));
    assert_eq!(history.count_between(7, i32::MAX), Some(2));
    assert_eq!(history.unread_among(&[8, 9, 10, 400], 8), 1);
}

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

/// The truth: what the server has, what it has told, and what it was asked.
struct Server {
    messages: Vec<i32>,
    next: i32,
    /// Told, in this order, but not heard yet.
    told: VecDeque<Change>,
    /// Numbers that were told by a change that was not heard yet, so that nobody can know of them.
    unheard: Vec<i32>,
}

impl Server {
    fn answer(&self, place: Place, limit: usize) -> HistoryPage {
        let all = &self.messages;
        let at = |id: i32| all.partition_point(|known| *known < id);
        let (from, to) = match place {
            Place::Newest => (all.len().saturating_sub(limit), all.len()),
            Place::Before(id) => (at(id).saturating_sub(limit), at(id)),
            Place::After(id) => (at(id + 1), (at(id + 1) + limit).min(all.len())),
            Place::Around(id) => (at(id).saturating_sub(limit / 2), (at(id) + limit / 2).min(all.len())),
            Place::Date(_) => unreachable!(),
        };
        page(all[from..to].iter().copied(), from == 0, to == all.len())
    }
}

/// Everything that exists and that the client can know of lies in the window, as far as the window claims to reach.
fn check(history: &History, server: &Server, round: u64, step: usize) {
    let Some(window) = &history.window else { return };
    let (from, to) = window.range();
    for id in server.messages.iter().filter(|id| from <= **id && **id <= to) {
        let known = window.get(*id).is_some();
        assert!(known || server.unheard.contains(id), "round {round}, step {step}: a hole at {id} in {from}..{to}");
    }
    assert!(history.numbered().count() <= MOST + 250, "round {round}, step {step}: it grows");
}

#[test]
fn whatever_happens_what_is_shown_is_a_gapless_run_of_the_truth() {
    for round in 1..=100 {
        let mut chance = Chance(u64::wrapping_mul(round, 0x9E37_79B9_7F4A_7C15));
        let count = chance.below(1500) as i32;
        let messages: Vec<i32> = (1..=count).filter(|_| chance.below(10) > 0).collect();
        let mut server = Server { messages, next: count + 1, told: VecDeque::new(), unheard: Vec::new() };
        let mut history = History::new(TimeZone::UTC);
        // Asked for; answered by the server but not here yet.
        let mut asked: Vec<Asked> = Vec::new();
        let mut answers: Vec<(u64, HistoryPage)> = Vec::new();
        for step in 0..300 {
            match chance.below(14) {
                0 | 1 => {
                    server.messages.push(server.next);
                    server.told.push_back(new(server.next));
                    server.unheard.push(server.next);
                    server.next += 1;
                }
                2 if !server.messages.is_empty() => {
                    let gone = server.messages.remove(chance.below(server.messages.len()));
                    server.told.push_back(deleted(&[gone]));
                }
                3 | 4 => {
                    for _ in 0..=chance.below(4) {
                        let Some(change) = server.told.pop_front() else { break };
                        if let Change::NewMessage(message) = &change {
                            server.unheard.retain(|id| Some(*id) != message.id.server());
                        }
                        history.apply(&change);
                    }
                }
                5 => asked.extend(history.begin_older()),
                6 => asked.extend(history.begin_newer()),
                7 if chance.below(4) == 0 => asked.extend(history.begin_whole(Place::Newest, Purpose::Show)),
                7 => asked.extend(history.begin_whole(Place::Newest, Purpose::Refresh)),
                8 if chance.below(3) == 0 => {
                    let place = Place::Around(chance.below(server.next as usize + 5) as i32);
                    asked.extend(history.begin_whole(place, Purpose::Show));
                }
                9 | 10 if !asked.is_empty() => {
                    let asked = asked.remove(chance.below(asked.len()));
                    answers.push((asked.number, server.answer(asked.place, 20 + chance.below(80))));
                }
                11 | 12 if !answers.is_empty() => {
                    let (number, page) = answers.remove(chance.below(answers.len()));
                    let _ = history.came(number, page);
                }
                13 => {
                    let here: Vec<MessageId> = history.numbered().map(|m| m.id).collect();
                    if !here.is_empty() {
                        let first = chance.below(here.len());
                        let last = (first + chance.below(12)).min(here.len() - 1);
                        history.keep_around(here[first], here[last]);
                        assert!(history.get(here[first]).is_some() && history.get(here[last]).is_some());
                    }
                }
                _ => {}
            }
            check(&history, &server, round, step);
        }
        // When all was told and came, it is the truth.
        for (number, page) in answers {
            let _ = history.came(number, page);
        }
        for change in server.told.drain(..) {
            history.apply(&change);
        }
        server.unheard.clear();
        check(&history, &server, round, usize::MAX);
        if let Some(window) = &history.window {
            assert!(window.messages().keys().all(|id| server.messages.contains(id)), "round {round}: ghosts");
        }
    }
}

fn kept(ids: impl IntoIterator<Item = i32>, newest: bool, verified: bool) -> StoredPage {
    StoredPage { messages: ids.into_iter().map(message).collect(), newest, verified, ..StoredPage::default() }
}

#[test]
fn what_is_stored_is_shown_until_the_server_has_its_say() {
    let mut history = History::new(TimeZone::UTC);
    let asked = history.begin_whole(Place::Newest, Purpose::Show).unwrap();
    assert_eq!(history.stored(asked.number, kept(50..=60, true, true), false), Came::Replaced);
    assert!(history.is_painted() && history.is_newest() && history.whole().is_some());
    // One can go on above at once; what happens meanwhile is not lost.
    assert!(history.begin_older().is_some());
    history.apply(&deleted(&[55]));
    history.apply(&new(61));
    assert_eq!(history.came(asked.number, page((52..=60).chain([62]), false, true)), Came::Joined);
    assert_eq!(ids(&history), [50, 51, 52, 53, 54, 56, 57, 58, 59, 60, 61, 62]);
    assert!(!history.is_painted());
}

#[test]
fn the_newest_that_is_stored_need_not_be_the_newest() {
    let mut history = History::new(TimeZone::UTC);
    let asked = history.begin_whole(Place::Newest, Purpose::Show).unwrap();
    assert_eq!(history.stored(asked.number, kept(50..=60, false, false), true), Came::Replaced);
    assert!(!history.is_newest() && history.whole().is_none() && history.is_painted());
    history.apply(&new(70));
    assert_eq!(ids(&history).last(), Some(&60), "what lies between is not known");
    assert_eq!(history.begin_newer().unwrap().place, Place::After(60));
}

#[test]
fn a_stored_page_that_comes_after_the_servers_is_late() {
    let mut history = History::new(TimeZone::UTC);
    let asked = history.begin_whole(Place::Newest, Purpose::Show).unwrap();
    history.came(asked.number, page(50..=60, false, true));
    assert_eq!(history.stored(asked.number, kept(40..=59, true, true), false), Came::Late);
    assert!(!history.is_painted());
    let older = history.begin_older().unwrap();
    assert_eq!(history.stored(older.number, kept(40..=49, false, true), true), Came::Joined);
    assert!(!history.is_painted() && history.ends() == [None, None]);
    let older = history.begin_older().unwrap();
    assert_eq!(older.place, Place::Before(40));
    history.stored(older.number, kept(30..=39, false, false), true);
    assert!(history.is_painted(), "it is to be asked for again");
}
