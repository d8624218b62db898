use super::rows::{Fate, Row, Rows, fate};
use super::*;
use heliograph_model::FormattedText;

const A: PeerId = PeerId::User(5);
const B: PeerId = PeerId::Channel(6);

fn words(random_id: i64, chat: PeerId) -> Outgoing {
    let id = MessageId::Pending(random_id.unsigned_abs());
    let message = Message { id, chat, outgoing: true, text: FormattedText::plain("words"), ..Message::default() };
    let task = Task::Send { message: Box::new(message), files: vec![], after: 0 };
    Outgoing { random_id, chat, task, progress: Progress::Waiting, since: 1 }
}

fn deed(random_id: i64, chat: PeerId, task: Task) -> Outgoing {
    Outgoing { random_id, chat, task, progress: Progress::Waiting, since: 1 }
}

/// Everything that goes out now.
fn taken(rows: &mut Rows) -> Vec<i64> {
    std::iter::from_fn(|| rows.take_next(Instant::now())).map(|outgoing| outgoing.random_id).collect()
}

#[tokio::test]
async fn each_chat_goes_in_order_and_none_waits_for_another() {
    let mut rows = Rows::new(vec![words(1, A), words(2, A), words(3, B), deed(4, A, Task::Read(7)), words(5, B)]);
    assert_eq!(taken(&mut rows), [1, 3, 4]);
    assert!(taken(&mut rows).is_empty(), "those behind wait");
    rows.remove(1);
    assert_eq!(taken(&mut rows), [2]);
    // What the server refused holds nobody up.
    rows.get_mut(3).unwrap().fail(SendFailure::Refused);
    assert_eq!(taken(&mut rows), [5]);
}

#[tokio::test]
async fn what_has_no_answer_waits_for_the_difference_and_holds_up_its_chat() {
    let mut sent = words(1, A);
    sent.progress = Progress::OnTheWay;
    let mut rows = Rows::new(vec![sent, words(2, A)]);
    assert!(rows.has_lost());
    assert!(taken(&mut rows).is_empty());
    assert!(!rows.find(MessageId::Pending(1)).unwrap().may_be_touched(), "the server may have it");
    rows.caught_up();
    let again = rows.take_next(Instant::now()).unwrap();
    assert_eq!((again.random_id, again.progress), (1, Progress::OnTheWay));
    // No answer again: after a pause, or with the next connection.
    rows.get_mut(1).unwrap().lost(Instant::now() + PAUSE);
    rows.caught_up();
    assert!(taken(&mut rows).is_empty());
    assert!(rows.next_wake(Instant::now()).is_some());
    rows.forgive();
    assert_eq!(taken(&mut rows), [1]);
    rows.get_mut(1).unwrap().set(Progress::Unknown);
    assert_eq!(taken(&mut rows), [2], "those behind one that people are asked about go out");
}

#[tokio::test]
async fn the_pause_that_the_server_wants_outlives_the_connection() {
    let mut rows = Rows::new(vec![words(1, A), words(2, A), words(3, B)]);
    assert_eq!(taken(&mut rows), [1, 3]);
    let row = rows.get_mut(1).unwrap();
    row.set(Progress::Waiting);
    row.hold(Instant::now() + Duration::from_secs(60));
    rows.forgive();
    assert!(taken(&mut rows).is_empty());
    let shown: Vec<Delivery> =
        rows.messages(1000, Instant::now()).into_iter().map(|message| message.delivery).collect();
    assert!(matches!(shown[0], Delivery::Held(1059..=1060)), "{shown:?}");
    assert_eq!(shown[1..], [Delivery::Sending, Delivery::Sending]);
    let later = Instant::now() + Duration::from_secs(61);
    assert_eq!(rows.take_next(later).unwrap().random_id, 1);
}

#[tokio::test]
async fn what_has_no_meaning_any_more_is_replaced() {
    let react = |message| Task::React { message, reactions: vec![] };
    let rows = Rows::new(vec![
        deed(1, A, Task::Read(7)),
        deed(2, B, Task::Read(7)),
        deed(3, A, react(4)),
        deed(4, A, Task::Delete { messages: vec![4], for_everyone: true }),
    ]);
    assert_eq!(rows.replaced_by(A, &Task::Read(9)), [1]);
    assert!(rows.replaced_by(A, &Task::Read(6)).is_empty());
    assert_eq!(rows.replaced_by(A, &react(4)), [3]);
    assert!(rows.replaced_by(A, &react(5)).is_empty());
    assert!(rows.replaced_by(A, &Task::Delete { messages: vec![4], for_everyone: true }).is_empty());
}

#[test]
fn errors_are_of_three_kinds() {
    let server = |code| Error::Rpc { method: "messages.sendMessage", code, name: "ANY".into() };
    assert_eq!(fate(&Error::NotConnected, 99), Fate::Lost);
    assert_eq!(fate(&server(500), 0), Fate::Lost);
    assert_eq!(fate(&server(500), TRIES), Fate::Failed(SendFailure::Refused));
    assert_eq!(fate(&server(400), 0), Fate::Failed(SendFailure::Refused));
    assert_eq!(fate(&Error::FloodWait(9), 0), Fate::Held(9));
    assert_eq!(fate(&Error::NotAllowed, 0), Fate::Failed(SendFailure::NotAllowed));
}

#[test]
fn a_row_that_was_read_from_the_store_is_open_only_where_it_was_on_its_way() {
    let mut on_the_way = words(1, A);
    on_the_way.progress = Progress::OnTheWay;
    assert!(!Row::new(on_the_way).may_be_touched());
    assert!(Row::new(words(2, A)).may_be_touched());
}
