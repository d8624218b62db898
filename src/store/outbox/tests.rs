use super::*;
use crate::history::tests::{apply, memory, said};
use heliograph_model::Change;

const ONE: PeerId = PeerId::User(1);
const TWO: PeerId = PeerId::Channel(2);

fn written(random_id: i64, chat: PeerId) -> Outgoing {
    let mut message = said(chat, 0, "words");
    message.id = MessageId::Pending(1000 + random_id as u64);
    let task = Task::Send { message: Box::new(message), files: vec!["/tmp/a b".into()], after: 0 };
    Outgoing { random_id, chat, task, progress: Progress::Waiting, since: 1 }
}

fn heads(connection: &Connection) -> Vec<i64> {
    next(connection).unwrap().iter().map(|outgoing| outgoing.random_id).collect()
}

fn row(connection: &Connection) -> Vec<i64> {
    all(connection).unwrap().iter().map(|outgoing| outgoing.random_id).collect()
}

#[test]
fn each_chat_has_its_own_row() {
    let room = memory();
    for (id, chat) in [(11, ONE), (21, TWO), (12, ONE), (22, TWO)] {
        put(&room, &written(id, chat)).unwrap();
    }
    // The same once more is the same.
    put(&room, &written(11, ONE)).unwrap();
    assert_eq!(all(&room).unwrap()[0], written(11, ONE));
    assert_eq!((heads(&room), row(&room)), (vec![11, 21], vec![11, 21, 12, 22]));
    // While the first is on its way, the second waits.
    set(&room, 11, Progress::OnTheWay, 5).unwrap();
    assert_eq!(heads(&room), [21]);
    remove(&room, 11).unwrap();
    assert_eq!(heads(&room), [21, 12]);
    // What failed holds nobody up.
    set(&room, 12, Progress::Failed(SendFailure::Wait(7)), 6).unwrap();
    put(&room, &written(13, ONE)).unwrap();
    assert_eq!(heads(&room), [21, 13]);
    assert_eq!(all(&room).unwrap()[1].progress, Progress::Failed(SendFailure::Wait(7)));
}

#[test]
fn what_arrived_leaves_with_its_message() {
    let room = memory();
    put(&room, &written(11, ONE)).unwrap();
    assert_eq!(random_id(&room, 1011).unwrap(), Some(11));
    let message = Message { outgoing: true, ..said(ONE, 50, "words") };
    apply(&room, &[Change::Sent { pending: MessageId::Pending(1011), message }]);
    assert!(row(&room).is_empty());
    assert_eq!(crate::history::some(&room, ONE, &[50]).unwrap().len(), 1);
}

#[test]
fn what_was_on_its_way_for_too_long_asks_people() {
    let room = memory();
    for id in [11, 12] {
        put(&room, &written(id, ONE)).unwrap();
        set(&room, id, Progress::OnTheWay, id * 100).unwrap();
    }
    let unknown = give_up(&room, 1150).unwrap();
    assert_eq!(unknown.iter().map(|outgoing| outgoing.random_id).collect::<Vec<_>>(), [11]);
    // Until then nothing behind it goes out.
    put(&room, &written(13, ONE)).unwrap();
    assert!(heads(&room).is_empty());
    // With its own number it may be repeated at its place; with a new one it is something new.
    assert!(retry(&room, 11, 11, 2000).unwrap());
    assert_eq!((heads(&room), row(&room)), (vec![11], vec![11, 12, 13]));
    set(&room, 11, Progress::Failed(SendFailure::Refused), 2001).unwrap();
    assert!(retry(&room, 11, 99, 2002).unwrap());
    assert_eq!(row(&room), [12, 13, 99]);
    assert!(!retry(&room, 11, 98, 2003).unwrap());
}

#[test]
fn what_has_not_gone_out_can_be_changed() {
    let room = memory();
    put(&room, &written(11, ONE)).unwrap();
    let other = Task::Read(7);
    assert!(edit(&room, 11, &other).unwrap());
    assert_eq!(all(&room).unwrap()[0].task, other);
    set(&room, 11, Progress::OnTheWay, 2).unwrap();
    assert!(!edit(&room, 11, &Task::Read(8)).unwrap());
}
