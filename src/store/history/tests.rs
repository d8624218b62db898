use super::*;
use crate::migrations::{STEPS, migrate};
use crate::{Draft, Drafts, Outgoing, Progress, Task, drafts, outbox};
use crate::{ListedChats, changes, chats, search, tally};
use heliograph_model::{Change, Chat, FormattedText};

pub(crate) fn memory() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection, STEPS).unwrap();
    connection
}

pub(crate) fn said(chat: PeerId, id: i32, text: &str) -> Message {
    Message {
        id: MessageId::Server(id),
        chat,
        sender: PeerId::User(77),
        date: 1_790_000_000 + i64::from(id) * 10,
        text: FormattedText::plain(text),
        ..Message::default()
    }
}

pub(crate) fn ingest<T>(connection: &Connection, work: impl FnOnce(&mut Ingest<'_>) -> Result<T, Error>) -> T {
    let transaction = connection.unchecked_transaction().unwrap();
    let mut ingest = Ingest::new(&transaction);
    let result = work(&mut ingest).unwrap();
    ingest.finish().unwrap();
    transaction.commit().unwrap();
    result
}

pub(crate) fn apply(connection: &Connection, changes: &[Change]) {
    ingest(connection, |ingest| changes::apply(ingest, changes));
}

const CHAT: PeerId = PeerId::Channel(5);

fn fetched(ids: impl IntoIterator<Item = i32>, complete: bool, newest: bool) -> HistoryPage {
    let messages = ids.into_iter().map(|id| said(CHAT, id, "words")).collect();
    HistoryPage { messages, peers: vec![], complete, newest }
}

fn keep(connection: &Connection, place: Place, page: &HistoryPage) {
    ingest(connection, |ingest| save_page(ingest, CHAT, place, page));
}

fn ids(messages: &[Message]) -> Vec<i32> {
    messages.iter().filter_map(|message| message.id.server()).collect()
}

#[test]
fn a_hole_is_never_papered_over() {
    let connection = memory();
    keep(&connection, Place::Newest, &fetched(90..=100, false, true));
    keep(&connection, Place::Around(40), &fetched(35..=45, false, false));
    let page = |place, limit| page(&connection, CHAT, place, limit).unwrap();
    let newest = page(Place::Newest, 50);
    assert_eq!(ids(&newest.messages), (90..=100).collect::<Vec<_>>());
    assert!(newest.newest && newest.verified && newest.hole_before && !newest.complete);
    assert_eq!(ids(&page(Place::Before(100), 4).messages), [96, 97, 98, 99]);
    // Before 90 lies the hole.
    let before = page(Place::Before(90), 10);
    assert!(before.messages.is_empty() && before.hole_before);
    let after = page(Place::After(42), 10);
    assert_eq!(ids(&after.messages), [43, 44, 45]);
    assert!(after.hole_after && !after.newest);
    let around = page(Place::Around(40), 6);
    assert_eq!(ids(&around.messages), [37, 38, 39, 40, 41, 42]);
    // The hole is filled, the chat begins.
    keep(&connection, Place::Before(90), &fetched(46..=89, false, false));
    keep(&connection, Place::Before(35), &fetched([3, 7], true, false));
    let whole = page(Place::Newest, 500);
    assert_eq!(whole.messages.len(), 68);
    assert!(whole.complete && whole.newest && !whole.hole_before);
}

#[test]
fn a_message_that_stands_alone_is_shown_alone() {
    let connection = memory();
    ingest(&connection, |ingest| save_fetched(ingest, &said(CHAT, 50, "alone")));
    let around = page(&connection, CHAT, Place::Around(50), 20).unwrap();
    assert_eq!(ids(&around.messages), [50]);
    assert!(around.hole_before && around.hole_after && !around.verified);
    assert!(page(&connection, CHAT, Place::Newest, 20).unwrap().messages.is_empty());
}

#[test]
fn what_is_missing_from_an_answer_is_gone_here_too() {
    let connection = memory();
    keep(&connection, Place::Newest, &fetched(1..=20, true, true));
    keep(&connection, Place::Before(15), &fetched([10, 12, 14], false, false));
    let rest = page(&connection, CHAT, Place::Newest, 50).unwrap();
    assert_eq!(ids(&rest.messages), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16, 17, 18, 19, 20]);
    // One that came by itself while the answer was on its way stays.
    apply(&connection, &[Change::NewMessage(said(CHAT, 21, "new"))]);
    keep(&connection, Place::Newest, &fetched(16..=20, false, true));
    assert_eq!(ids(&page(&connection, CHAT, Place::After(19), 50).unwrap().messages), [20, 21]);
}

#[test]
fn what_was_missed_in_one_chat_casts_no_doubt_on_others() {
    let connection = memory();
    let other = PeerId::User(9);
    keep(&connection, Place::Newest, &fetched(1..=3, true, true));
    let page = HistoryPage { messages: vec![said(other, 7, "words")], peers: vec![], complete: true, newest: true };
    ingest(&connection, |ingest| save_page(ingest, other, Place::Newest, &page));
    apply(&connection, &[Change::Missed(CHAT)]);
    let newest = |chat| super::page(&connection, chat, Place::Newest, 9).unwrap();
    let (doubted, trusted) = (newest(CHAT), newest(other));
    assert_eq!((ids(&doubted.messages), doubted.verified, doubted.newest), (vec![1, 2, 3], false, false));
    assert!(trusted.verified && trusted.newest);
}

#[test]
fn an_older_answer_does_not_undo_an_edit() {
    let connection = memory();
    keep(&connection, Place::Newest, &fetched(1..=3, true, true));
    let edited = Message { edited: Some(1_790_000_500), ..said(CHAT, 2, "better words") };
    apply(&connection, &[Change::Edited(edited.clone())]);
    keep(&connection, Place::Newest, &fetched(1..=3, true, true));
    assert_eq!(some(&connection, CHAT, &[2]).unwrap(), [edited]);
}

#[test]
fn a_day_is_found_where_it_is_certain() {
    let connection = memory();
    let date = |id: i64| 1_790_000_000 + id * 10;
    keep(&connection, Place::Around(40), &fetched(30..=50, false, false));
    let at = |date| page(&connection, CHAT, Place::Date(date), 4).unwrap();
    assert_eq!(ids(&at(date(40) - 5).messages), [38, 39, 40, 41]);
    // Older ones may exist that are not here.
    assert!(at(date(3)).messages.is_empty());
    assert!(at(date(99)).messages.is_empty());
    keep(&connection, Place::Before(30), &fetched(1..=29, true, false));
    assert_eq!(ids(&at(0).messages), [1, 2]);
}

/// The server's truth, as simple as can be.
#[derive(Clone, Default)]
struct Truth {
    messages: std::collections::BTreeMap<i32, Message>,
    read: i32,
}

impl Truth {
    fn unread(&self) -> u32 {
        self.messages.range(self.read + 1..).filter(|(_, message)| !message.outgoing).count() as u32
    }

    fn answer(&self, place: Place, limit: usize) -> HistoryPage {
        let all: Vec<&Message> = self.messages.values().collect();
        let at = |id: i32| all.partition_point(|message| message.id < MessageId::Server(id));
        let (from, to) = match place {
            Place::Newest => (all.len().saturating_sub(limit), all.len()),
            Place::Before(id) => (at(id).saturating_sub(limit), at(id)),
            Place::After(id) => (at(id + 1), (at(id + 1) + limit).min(all.len())),
            Place::Around(id) => (at(id).saturating_sub(limit / 2), (at(id) + limit - limit / 2).min(all.len())),
            Place::Date(_) => unreachable!(),
        };
        HistoryPage {
            messages: all[from..to].iter().map(|message| (*message).clone()).collect(),
            peers: vec![],
            complete: from == 0,
            newest: to == all.len(),
        }
    }
}

/// What was done here and the server does not know yet, as simple as can be.
#[derive(Default)]
struct Ours {
    unsent: Vec<Outgoing>,
    drafts: std::collections::BTreeMap<PeerId, Drafts>,
}

impl Ours {
    fn write(&mut self, connection: &Connection, chat: PeerId, word: u64) {
        let message =
            Message { id: MessageId::Pending(word), outgoing: true, ..said(chat, 0, &format!("word{word}x")) };
        let task = Task::Send { message: Box::new(message), files: Vec::new(), after: 0 };
        let random_id = i64::try_from(word).unwrap() + 7_000;
        let outgoing = Outgoing { random_id, chat, task, progress: Progress::Waiting, since: 1 };
        outbox::put(connection, &outgoing).unwrap();
        self.unsent.push(outgoing);
    }

    /// It went out, and has this number now.
    fn sent(&mut self, at: usize, number: i32) -> (Change, Message) {
        let Task::Send { message, .. } = self.unsent.remove(at).task else { unreachable!() };
        let pending = message.id;
        let message = Message { id: MessageId::Server(number), ..*message };
        (Change::Sent { pending, message: message.clone() }, message)
    }

    fn begin(&mut self, connection: &Connection, chat: PeerId, word: u64, emptied: bool) {
        let text = if emptied { String::new() } else { format!("begun{word}") };
        let draft = Draft { text: FormattedText::plain(text), reply: None, date: i64::try_from(word).unwrap() };
        let drafts = self.drafts.entry(chat).or_default();
        drafts.typed(draft.clone());
        assert_eq!(drafts::change(connection, chat, |drafts| drafts.typed(draft)).unwrap(), *drafts);
    }

    fn check(&self, connection: &Connection, when: &str) {
        let stored = outbox::all(connection).unwrap();
        assert_eq!(stored, self.unsent, "{when}");
        let begun: Vec<_> =
            self.drafts.clone().into_iter().filter(|(_, drafts)| *drafts != Drafts::default()).collect();
        let mut stored = drafts::all(connection).unwrap();
        stored.sort_by_key(|(chat, _)| *chat);
        assert_eq!(stored, begun, "{when}");
    }
}

/// Share of the long run that CI does.
pub(crate) fn effort() -> f64 {
    std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse().ok()).unwrap_or(0.1)
}

#[test]
fn whatever_the_server_says_the_store_tells_no_lies() {
    let rounds = ((400.0 * effort()) as u64).max(12);
    for seed in 1..=rounds {
        one_life(seed);
    }
}

fn one_life(seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) % below
    };
    let connection = memory();
    let chats = [PeerId::User(1), PeerId::Group(2), PeerId::Channel(3)];
    let mut truths: Vec<Truth> = vec![Truth::default(); 3];
    // Truth before we came.
    let (mut common, mut own) = (0, 0);
    let mut waiting: Vec<Change> = Vec::new();
    let mut word = 0_u64;
    let mut ours = Ours::default();
    for step in 0..90 {
        let which = random(3) as usize;
        let (chat, truth) = (chats[which], &mut truths[which]);
        let known: Vec<i32> = truth.messages.keys().copied().collect();
        let any = |random: &mut dyn FnMut(u64) -> u64| known.get(random(known.len().max(1) as u64) as usize).copied();
        match random(13) {
            // We write, and it goes out later, or not at all; or something is only begun.
            10 => {
                word += 1;
                ours.write(&connection, chat, word);
            }
            11 if step > 8 => {
                let arrives = ours.unsent.iter().position(|outgoing| outgoing.chat == chat);
                if let Some(arrives) = arrives {
                    let counter = if which == 2 { &mut own } else { &mut common };
                    *counter += 1;
                    // The answer comes behind the updates before it; news of the same may come after it.
                    apply(&connection, &std::mem::take(&mut waiting));
                    let (sent, message) = ours.sent(arrives, *counter);
                    truth.messages.insert(*counter, message.clone());
                    match random(3) {
                        0 => {
                            apply(&connection, &[sent]);
                            waiting.push(Change::NewMessage(message));
                        }
                        1 => {
                            ingest(&connection, |ingest| changes::sent(ingest, &message));
                            waiting.push(sent);
                        }
                        _ => waiting.push(sent),
                    }
                }
            }
            12 => {
                word += 1;
                ours.begin(&connection, chat, word, random(4) == 0);
            }
            0..4 => {
                let counter = if which == 2 { &mut own } else { &mut common };
                *counter += 1 + random(2) as i32;
                word += 1;
                let mut message = said(chat, *counter, &format!("word{word}x"));
                message.outgoing = random(4) == 0;
                truth.messages.insert(*counter, message.clone());
                // Before the first step of ours nobody tells us.
                if step > 8 {
                    waiting.push(Change::NewMessage(message));
                }
            }
            4 => {
                if let Some(id) = any(&mut random) {
                    word += 1;
                    let message = truth.messages.get_mut(&id).unwrap();
                    message.text = FormattedText::plain(format!("word{word}x"));
                    message.edited = Some(1_800_000_000 + step);
                    let edited = message.clone();
                    if step > 8 {
                        waiting.push(Change::Edited(edited));
                    }
                }
            }
            5 => {
                if let Some(id) = any(&mut random) {
                    truth.messages.remove(&id);
                    let chat = matches!(chat, PeerId::Channel(_)).then_some(chat);
                    if step > 8 {
                        waiting.push(Change::Deleted { chat, messages: vec![id] });
                    }
                }
            }
            6 => {
                if let Some(id) = any(&mut random).filter(|id| *id > truth.read) {
                    truth.read = id;
                    let unread = Some(truth.unread());
                    if step > 8 {
                        waiting.push(Change::ReadInbox { chat, up_to: id, unread });
                    }
                }
            }
            // What was missed is told, or too much was missed.
            7 if step > 8 => {
                match random(8) {
                    0 | 1 => {
                        // What our own requests answer is not among what was missed.
                        waiting.retain(|change| matches!(change, Change::Sent { .. }));
                        // They come before it, or after it though they were sent before it.
                        let at = random(waiting.len() as u64 + 1) as usize;
                        waiting.insert(at, Change::Refetch);
                        apply(&connection, &std::mem::take(&mut waiting));
                    }
                    // In the channel only.
                    2 => {
                        let channel = chats[2];
                        waiting.retain(|change| match change {
                            Change::NewMessage(message) | Change::Edited(message) => message.chat != channel,
                            Change::Deleted { chat, .. } => *chat != Some(channel),
                            Change::ReadInbox { chat, .. } => *chat != channel,
                            _ => true,
                        });
                        let at = random(waiting.len() as u64 + 1) as usize;
                        waiting.insert(at, Change::Missed(channel));
                        apply(&connection, &std::mem::take(&mut waiting));
                    }
                    _ => apply(&connection, &std::mem::take(&mut waiting)),
                }
            }
            _ if step > 8 => {
                // Answers come in order with the updates before them.
                apply(&connection, &std::mem::take(&mut waiting));
                let id = any(&mut random).unwrap_or(1);
                let place = match random(4) {
                    0 => Place::Newest,
                    1 => Place::Before(id),
                    2 => Place::After(id),
                    _ => Place::Around(id),
                };
                let answer = truths[which].answer(place, 1 + random(5) as usize);
                ingest(&connection, |ingest| save_page(ingest, chat, place, &answer));
            }
            _ => {}
        }
        if waiting.is_empty() && step > 8 {
            check(&connection, &chats, &truths, &format!("seed {seed}, step {step}"));
            ours.check(&connection, &format!("seed {seed}, step {step}"));
        }
    }
    apply(&connection, &waiting);
    ours.check(&connection, &format!("seed {seed}"));
    // The list is fetched: rows and counts are the server's; live changes keep them so.
    let rows = |truths: &[Truth]| -> Vec<Chat> {
        let mut rows: Vec<Chat> = chats
            .iter()
            .zip(truths)
            .map(|(id, truth)| Chat {
                id: *id,
                last: truth.messages.values().next_back().cloned(),
                unread: truth.unread(),
                mentions: 0,
                reactions: 0,
                read_inbox: truth.read,
                read_outbox: 0,
                pinned: false,
                muted: false,
            })
            .collect();
        rows.sort_by_key(|chat| std::cmp::Reverse(chat.date()));
        rows
    };
    let listed = ListedChats { chats: rows(&truths), peers: vec![], first: true, last: true, ..ListedChats::default() };
    ingest(&connection, |ingest| chats::save(ingest, &listed));
    for (which, chat) in chats.into_iter().enumerate() {
        let answer = truths[which].answer(Place::Newest, 1000);
        ingest(&connection, |ingest| save_page(ingest, chat, Place::Newest, &answer));
    }
    let mut late = 0;
    let mut archived = [false; 3];
    for _ in 0..40 {
        let which = random(3) as usize;
        let (chat, truth) = (chats[which], &mut truths[which]);
        let known: Vec<i32> = truth.messages.keys().copied().collect();
        let any = known.get(random(known.len().max(1) as u64) as usize).copied();
        let change = match (random(4), any) {
            (3, Some(_)) => {
                archived[which] ^= true;
                Change::Archived(vec![(chat, archived[which])])
            }
            (0, _) | (_, None) => {
                let counter = if which == 2 { &mut own } else { &mut common };
                *counter += 1;
                late += 1;
                let mut message = said(chat, *counter, "late");
                message.date = 1_795_000_000 + late;
                message.outgoing = random(3) == 0;
                truth.messages.insert(*counter, message.clone());
                Change::NewMessage(message)
            }
            (1, Some(id)) => {
                truth.messages.remove(&id);
                Change::Deleted { chat: (which == 2).then_some(chat), messages: vec![id] }
            }
            (_, Some(id)) => {
                let up_to = id.max(truth.read);
                truth.read = up_to;
                Change::ReadInbox { chat, up_to, unread: None }
            }
        };
        apply(&connection, &[change.clone(), Change::ReadOutbox { chat, up_to: 0 }]);
        let stored = chats::first(&connection, 10).unwrap().chats;
        for row in rows(&truths) {
            let listed = stored.iter().any(|chat| chat.id == row.id);
            let archived = chats.iter().zip(archived).any(|(chat, archived)| *chat == row.id && archived);
            assert_eq!(listed, !archived, "seed {seed}, after {change:?}");
            let here = chats::one(&connection, row.id).unwrap().unwrap();
            assert_eq!(
                (here.unread, &here.last, here.read_inbox),
                (row.unread, &row.last, row.read_inbox),
                "seed {seed}, after {change:?}"
            );
        }
    }
}

fn check(connection: &Connection, chats: &[PeerId], truths: &[Truth], when: &str) {
    let mut here = 0;
    for (chat, truth) in chats.iter().zip(truths) {
        let Some(number) = find_chat(connection, *chat).unwrap() else { continue };
        let whole = ranges(connection, number).unwrap();
        for stretch in whole.stretches().iter().filter(|stretch| stretch.verified) {
            let (stored, _) = between(connection, number, (stretch.first, stretch.last), 1000, false).unwrap();
            let expected: Vec<Message> =
                truth.messages.range(stretch.first..=stretch.last).map(|(_, message)| message.clone()).collect();
            assert_eq!(stored, expected, "{when}, {chat:?}, {whole:?}");
        }
        for place in [Place::Newest, Place::Before(12), Place::After(3), Place::Around(9)] {
            let page = page(connection, *chat, place, 6).unwrap();
            let (Some(first), Some(last)) = (page.messages.first(), page.messages.last()) else { continue };
            if page.verified {
                let (first, last) = (first.id.server().unwrap(), last.id.server().unwrap());
                let expected: Vec<Message> = truth.messages.range(first..=last).map(|(_, m)| m.clone()).collect();
                assert_eq!(page.messages, expected, "{when}, {chat:?} at {place:?}");
                assert!(!page.complete || truth.messages.range(..first).next().is_none(), "{when}");
                assert!(!page.newest || truth.messages.range(last + 1..).next().is_none(), "{when}");
            }
        }
        // Every word is found exactly where it stands now.
        let (stored, _) = between(connection, number, (1, NOW), 10_000, false).unwrap();
        here += stored.len();
        for message in stored.iter().take(3) {
            let wanted = search::Search { text: message.text.text.clone(), limit: 9, ..search::Search::default() };
            let found = search::search(connection, &wanted).unwrap();
            assert!(found.hits.iter().any(|hit| hit.message == *message), "{when}");
            assert!(found.hits.iter().all(|hit| hit.message.text == message.text), "{when}");
        }
    }
    let tallied: u64 = tally::all(connection).unwrap().iter().map(|tally| tally.messages).sum();
    assert_eq!(tallied, here as u64, "{when}");
    let rows: i64 = connection.query_row("SELECT count(*) FROM word_index", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, here as i64, "{when}");
}
