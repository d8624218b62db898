use super::*;
use crate::history::tests::{apply, ingest, memory, said};
use crate::{Kind, tally};
use heliograph_model::{FormattedText, HistoryPage, MessageId, OtherMedia, Place, Reaction, ReactionKind, WebPage};

const CHAT: PeerId = PeerId::Channel(5);
const FRIEND: PeerId = PeerId::User(9);

fn stored(connection: &rusqlite::Connection, chat: PeerId, id: i32) -> Message {
    history::some(connection, chat, &[id]).unwrap().remove(0)
}

#[test]
fn everything_that_happens_to_a_message() {
    let room = memory();
    let liked = |count, chosen| Reaction { kind: ReactionKind::Emoji("👍".into()), count, chosen, recent: vec![] };
    let first = Message { reactions: vec![liked(1, true)], unheard: true, ..said(CHAT, 1, "words") };
    apply(&room, &[Change::NewMessage(first)]);
    apply(
        &room,
        &[
            Change::Reactions { chat: CHAT, message: 1, reactions: vec![liked(2, false)], min: true },
            Change::Views { chat: CHAT, message: 1, views: Some(40), forwards: None },
            Change::Views { chat: CHAT, message: 1, views: None, forwards: Some(2) },
            Change::Pinned { chat: CHAT, messages: vec![1, 7], pinned: true },
            Change::Heard { chat: Some(CHAT), messages: vec![1] },
        ],
    );
    let now = stored(&room, CHAT, 1);
    assert_eq!(now.reactions, [liked(2, true)]);
    assert_eq!((now.views, now.forwards, now.pinned, now.unheard), (Some(40), Some(2), true, false));
}

#[test]
fn news_of_polls_and_previews_find_their_messages() {
    let room = memory();
    let answer = |text: &str, voters, chosen| PollAnswer {
        text: FormattedText::plain(text),
        option: [1][..].into(),
        voters,
        chosen,
        correct: false,
    };
    let poll = Poll {
        id: 77,
        question: FormattedText::plain("When?"),
        answers: vec![answer("Now", None, true)],
        quiz: false,
        multiple: false,
        public: true,
        closed: false,
        total: None,
        closes: None,
        solution: None,
        recent: vec![],
    };
    let page = WebPage { id: 88, pending: true, above: true, ..WebPage::default() };
    apply(
        &room,
        &[
            Change::NewMessage(Message { media: Some(Media::Poll(Box::new(poll.clone()))), ..said(CHAT, 1, "") }),
            Change::NewMessage(Message { media: Some(Media::Poll(Box::new(poll))), ..said(FRIEND, 2, "") }),
            Change::NewMessage(Message { preview: Some(Box::new(page)), ..said(CHAT, 3, "link") }),
            Change::Poll {
                poll: 77,
                answers: vec![answer("", Some(5), false)],
                total: Some(5),
                closed: true,
                solution: None,
                min: true,
            },
            Change::Preview {
                page: 88,
                preview: Some(Box::new(WebPage { id: 88, title: Some("Here".into()), ..WebPage::default() })),
            },
        ],
    );
    for (chat, id) in [(CHAT, 1), (FRIEND, 2)] {
        let Some(Media::Poll(poll)) = stored(&room, chat, id).media else { panic!("no poll") };
        assert_eq!((poll.answers, poll.total, poll.closed), (vec![answer("Now", Some(5), true)], Some(5), true));
    }
    let preview = stored(&room, CHAT, 3).preview.unwrap();
    assert_eq!((preview.title.as_deref(), preview.above, preview.pending), (Some("Here"), true, false));
}

#[test]
fn a_deletion_without_a_chat_finds_the_message_and_leaves_channels_alone() {
    let room = memory();
    apply(
        &room,
        &[
            Change::NewMessage(said(FRIEND, 7, "between us")),
            Change::NewMessage(said(CHAT, 7, "in public")),
            Change::Deleted { chat: None, messages: vec![7] },
        ],
    );
    assert!(history::some(&room, FRIEND, &[7]).unwrap().is_empty());
    assert_eq!(stored(&room, CHAT, 7).text.text, "in public");
    let row = chats::one(&room, FRIEND).unwrap().unwrap();
    assert_eq!((row.unread, row.last), (0, None));
}

#[test]
fn the_same_message_told_twice_counts_once() {
    let room = memory();
    let new = || Change::NewMessage(said(CHAT, 3, "words"));
    apply(&room, &[new(), new()]);
    apply(&room, &[new(), Change::NewMessage(Message { outgoing: true, ..said(CHAT, 4, "ours") })]);
    let row = chats::one(&room, CHAT).unwrap().unwrap();
    assert_eq!((row.unread, row.last.map(|last| last.id.server())), (1, Some(Some(4))));
}

#[test]
fn one_of_ours_does_not_vouch_for_what_came_after_it() {
    let room = memory();
    let own = |id| Message { outgoing: true, ..said(CHAT, id, "ours") };
    let sent = |id| Change::Sent { pending: MessageId::Pending(1), message: own(id) };
    let newest = || history::page(&room, CHAT, Place::Newest, 9).unwrap();
    let ids = |page: &crate::StoredPage| -> Vec<_> { page.messages.iter().filter_map(|m| m.id.server()).collect() };
    apply(&room, &[Change::NewMessage(said(CHAT, 1, "words"))]);
    // Sent before so much was missed, and answered after it: others may have come behind it.
    apply(&room, &[Change::Refetch, sent(5)]);
    let page = newest();
    assert_eq!((ids(&page), page.verified, page.newest, page.hole_after), (vec![5], false, false, true));
    // What is told again beside a row of the list does not either.
    let row = chats::one(&room, CHAT).unwrap().unwrap();
    ingest(&room, |ingest| again_in_list(ingest, &[Change::NewMessage(said(CHAT, 1, "words")), sent(5)], &[row]));
    assert!(!newest().verified && !newest().newest);
    // What comes by itself does.
    apply(&room, &[Change::NewMessage(said(CHAT, 9, "words"))]);
    let page = newest();
    assert_eq!((ids(&page), page.verified, page.newest, page.hole_before), (vec![9], true, true, true));
    // Where we are told of everything, ours belong to it.
    apply(&room, &[sent(12)]);
    let page = newest();
    assert_eq!((ids(&page), page.verified, page.newest), (vec![9, 12], true, true));
}

#[test]
fn how_much_is_here() {
    let room = memory();
    let game = |id| Message { media: Some(Media::Other(OtherMedia::Game)), ..said(CHAT, id, "") };
    apply(
        &room,
        &[
            Change::NewMessage(said(CHAT, 1, "a")),
            Change::NewMessage(game(2)),
            Change::NewMessage(game(3)),
            Change::Edited(said(CHAT, 3, "no game any more")),
            Change::NewMessage(said(FRIEND, 4, "b")),
            Change::Deleted { chat: None, messages: vec![4] },
        ],
    );
    let all: Vec<_> =
        tally::all(&room).unwrap().into_iter().map(|tally| (tally.chat, tally.kind, tally.messages)).collect();
    assert_eq!(all, [(CHAT, Kind::Text, 2), (CHAT, Kind::Other, 1)]);
}

#[test]
fn the_list_is_ordered_as_the_server_does() {
    let room = memory();
    let at = |chat, id, date| Change::NewMessage(Message { date, ..said(chat, id, "words") });
    let friend = |id| PeerId::User(id);
    apply(&room, &[at(friend(1), 30, 500), at(friend(2), 31, 500), at(friend(3), 29, 500), at(CHAT, 2, 600)]);
    let order: Vec<PeerId> = chats::first(&room, 9).unwrap().chats.iter().map(|chat| chat.id).collect();
    assert_eq!(order, [CHAT, friend(2), friend(1), friend(3)]);
}

#[test]
fn many_at_once_are_the_same_as_one_after_the_other() {
    let fleeting = |id| {
        let media = Some(Media::Other(OtherMedia::Game));
        Change::NewMessage(Message { fleeting: true, media, ..said(CHAT, id, "look quickly") })
    };
    let mut changes = Vec::new();
    for id in 1..=400 {
        changes.push(match id % 9 {
            0 => fleeting(id),
            1 => Change::NewMessage(Message { id: MessageId::Pending(7), ..said(CHAT, id, "not yet") }),
            2 => Change::NewMessage(said(FRIEND, id, "to a friend")),
            _ => Change::NewMessage(said(CHAT, id, &format!("number {id}"))),
        });
        if id % 50 == 0 {
            changes.push(Change::Edited(said(CHAT, id - 2, "it was another")));
            changes.push(Change::ReadInbox { chat: CHAT, up_to: id - 20, unread: None });
            changes.push(Change::Deleted { chat: Some(CHAT), messages: vec![id - 3] });
        }
    }
    let (together, single) = (memory(), memory());
    apply(&together, &changes);
    for change in changes {
        apply(&single, &[change]);
    }
    for chat in [CHAT, FRIEND] {
        let all = |room| history::page(room, chat, heliograph_model::Place::Newest, 500).unwrap();
        assert!(all(&together).messages.len() > 40);
        assert_eq!(all(&together), all(&single));
        assert_eq!(chats::one(&together, chat).unwrap(), chats::one(&single, chat).unwrap());
    }
    assert_eq!(tally::all(&together).unwrap(), tally::all(&single).unwrap());
    for text in ["number", "quickly", "umbe", "another", "yet"] {
        let hits = |room| {
            let wanted = crate::Search { text: text.into(), limit: 500, ..crate::Search::default() };
            crate::search::search(room, &wanted).unwrap().hits
        };
        assert_eq!(hits(&together), hits(&single), "{text}");
    }
}

#[test]
fn what_is_unread_is_counted_right_in_whatever_order_it_is_told() {
    let unread = |room: &_| chats::one(room, CHAT).unwrap().map(|chat| (chat.unread, chat.read_inbox));
    let start = || {
        let room = memory();
        let row = Chat {
            id: CHAT,
            last: Some(said(CHAT, 9, "words")),
            unread: 0,
            mentions: 0,
            reactions: 0,
            read_inbox: 9,
            read_outbox: 0,
            pinned: false,
            muted: false,
        };
        let listed = crate::ListedChats { chats: vec![row], first: true, last: true, ..crate::ListedChats::default() };
        ingest(&room, |ingest| chats::save(ingest, &listed));
        let page = HistoryPage { messages: vec![said(CHAT, 9, "words")], peers: vec![], complete: false, newest: true };
        ingest(&room, |ingest| history::save_page(ingest, CHAT, heliograph_model::Place::Newest, &page));
        (room, listed)
    };
    let new = |id| Change::NewMessage(said(CHAT, id, "words"));
    let read = |up_to, unread| Change::ReadInbox { chat: CHAT, up_to, unread };

    // Ours is told before one that came before it.
    let (room, _) = start();
    let own = Message { outgoing: true, ..said(CHAT, 11, "ours") };
    apply(&room, &[Change::Sent { pending: MessageId::Pending(1), message: own }, new(10), new(12)]);
    assert_eq!(unread(&room), Some((2, 9)));

    // A page was faster than the update.
    let (room, _) = start();
    let page = HistoryPage { messages: vec![said(CHAT, 10, "words")], peers: vec![], complete: false, newest: true };
    ingest(&room, |ingest| history::save_page(ingest, CHAT, heliograph_model::Place::Newest, &page));
    apply(&room, &[new(10)]);
    assert_eq!(unread(&room), Some((1, 9)));

    // A page without one that is gone was faster than the update.
    let (room, _) = start();
    apply(&room, &[new(10), new(11)]);
    let page = HistoryPage {
        messages: vec![said(CHAT, 9, "words"), said(CHAT, 11, "words")],
        peers: vec![],
        complete: false,
        newest: true,
    };
    ingest(&room, |ingest| history::save_page(ingest, CHAT, heliograph_model::Place::Newest, &page));
    apply(&room, &[Change::Deleted { chat: Some(CHAT), messages: vec![10] }]);
    assert_eq!(unread(&room), Some((1, 9)));

    // Of what was missed, messages are told first.
    let (room, _) = start();
    apply(&room, &[new(10), new(11), read(10, Some(0))]);
    assert_eq!(unread(&room), Some((1, 10)));

    // A row that is older than what was read here, and one that counts what is gone.
    let (room, listed) = start();
    let changes = [new(10), new(11), read(10, None), Change::Deleted { chat: Some(CHAT), messages: vec![11] }];
    apply(&room, &changes);
    ingest(&room, |ingest| {
        chats::save(ingest, &listed)?;
        again_in_list(ingest, &changes, &listed.chats)
    });
    assert_eq!(unread(&room), Some((0, 10)));

    // Rows that were asked for by name stay where they stand.
    let mut row = listed.chats[0].clone();
    (row.reactions, row.read_outbox, row.pinned) = (3, 7, true);
    let single = crate::ListedChats { chats: vec![row], single: true, ..crate::ListedChats::default() };
    ingest(&room, |ingest| chats::save(ingest, &single));
    let now = chats::one(&room, CHAT).unwrap().unwrap();
    assert_eq!((now.reactions, now.read_outbox, now.pinned, now.read_inbox), (3, 7, false, 10));
}

#[test]
fn what_is_in_the_archive_is_in_the_list_only_when_it_comes_out_of_it() {
    let room = memory();
    let listed = |room: &_| chats::first(room, 9).unwrap().chats.len();
    let new = |id| Change::NewMessage(said(CHAT, id, "words"));
    let archived = |archived| Change::Archived(vec![(CHAT, archived)]);
    apply(&room, &[new(1)]);
    assert_eq!(listed(&room), 1);
    apply(&room, &[archived(true), new(2)]);
    assert_eq!((listed(&room), chats::archived(&room).unwrap()), (0, vec![CHAT]));
    assert_eq!(chats::one(&room, CHAT).unwrap().unwrap().last, Some(said(CHAT, 2, "words")), "it is kept");
    apply(&room, &[archived(false)]);
    assert_eq!((listed(&room), chats::archived(&room).unwrap()), (1, vec![]));

    // A row that was asked for by name tells it too; an older answer does not say it against what happened since.
    let row = chats::one(&room, CHAT).unwrap().unwrap();
    let single = |archived| crate::ListedChats {
        chats: vec![row.clone()],
        single: true,
        archived: if archived { vec![CHAT] } else { vec![] },
        ..crate::ListedChats::default()
    };
    ingest(&room, |ingest| chats::save(ingest, &single(true)));
    apply(&room, &[new(3)]);
    assert_eq!(listed(&room), 0);
    ingest(&room, |ingest| chats::save(ingest, &single(false)));
    apply(&room, &[new(4)]);
    assert_eq!(listed(&room), 1);
    ingest(&room, |ingest| {
        chats::save(ingest, &single(true))?;
        again_in_list(ingest, &[archived(false)], std::slice::from_ref(&row))
    });
    assert_eq!(listed(&room), 1);

    // In the list that the server tells it is not archived. One of which nothing is here waits for that.
    apply(&room, &[archived(true)]);
    let whole = crate::ListedChats { chats: vec![row], first: true, last: true, ..crate::ListedChats::default() };
    ingest(&room, |ingest| chats::save(ingest, &whole));
    assert_eq!((listed(&room), chats::archived(&room).unwrap()), (1, vec![]));
    apply(&room, &[Change::Archived(vec![(PeerId::User(77), false)])]);
    assert_eq!(listed(&room), 1);
}
