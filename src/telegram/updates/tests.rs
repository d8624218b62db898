use super::*;
use crate::connection::InvokeError;
use crate::convert::message::tests::{plain, to_peer};
use crate::{Account, Device, Event, ServerKey, Servers, Settings, SignedIn};
use heliograph_demo::{Options, Server};
use heliograph_store::{DataKey, Store};
use std::sync::OnceLock;
use tempfile::TempDir;

const ME: PeerId = PeerId::User(1);
const FRIEND: PeerId = PeerId::User(5);
const CHANNEL: i64 = 9;

fn settings(address: String, pem: &str) -> Settings {
    Settings {
        servers: Servers::Custom { address, key: ServerKey::from_pem(pem).unwrap() },
        api_id: 1,
        api_hash: "none".into(),
        ways: crate::Ways::default(),
        device: Device { model: "Test".into(), system: "Test".into(), app_version: "0".into(), language: "en".into() },
    }
}

/// Some valid key.
async fn pem() -> &'static str {
    static PEM: OnceLock<String> = OnceLock::new();
    if let Some(pem) = PEM.get() {
        return pem;
    }
    let server = Server::start(Options { quiet: true, ..Options::default() }).await.unwrap();
    PEM.get_or_init(|| server.public_key_pem())
}

/// A machine that has everything up to pts 10, and 20 in a channel; nothing answers behind it.
struct Bench {
    machine: Machine,
    events: UnboundedReceiver<Event>,
    _folder: TempDir,
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("account"), &DataKey::from_bytes([1; 32])).await.unwrap();
        let (sender, events) = tokio::sync::mpsc::unbounded_channel();
        let core = Core::start(settings("127.0.0.1:1".into(), pem().await), store, sender).await.unwrap();
        core.set_me(Some(ME));
        let known = StoredPeer { id: PeerId::Channel(CHANNEL), access_hash: Some(7), min: false };
        core.peers.load(vec![known]);
        let state = UpdateState { pts: 10, qts: 0, date: 1, seq: 0, channels: vec![(CHANNEL, 20)] };
        let mut machine = Machine::new(core, Some(state));
        let empty = tl::types::updates::DifferenceEmpty { date: 1, seq: 0 };
        machine.boxes.apply_difference(empty.into());
        Self { machine, events, _folder: folder }
    }

    fn take(&mut self, updates: Vec<tl::enums::Update>) -> Vec<Change> {
        let all = tl::types::Updates { updates, users: vec![], chats: vec![], date: 2, seq: 0 };
        self.machine.take(Feed::Updates(Box::new(all.into())));
        std::mem::take(&mut self.machine.batch.changes)
    }
}

fn message(id: i32, pts: i32) -> tl::enums::Update {
    tl::types::UpdateNewMessage { message: plain(id, FRIEND, "words").into(), pts, pts_count: 1 }.into()
}

fn numbers(changes: &[Change]) -> Vec<MessageId> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::NewMessage(message) => Some(message.id),
            _ => None,
        })
        .collect()
}

fn difference(new: Vec<i32>, other_updates: Vec<tl::enums::Update>, pts: i32) -> tl::enums::updates::Difference {
    tl::types::updates::Difference {
        new_messages: new.into_iter().map(|id| plain(id, FRIEND, "words").into()).collect(),
        new_encrypted_messages: vec![],
        other_updates,
        chats: vec![],
        users: vec![],
        state: tl::types::updates::State { pts, qts: 0, date: 3, seq: 0, unread_count: 0 }.into(),
    }
    .into()
}

#[tokio::test]
async fn order_is_kept_and_nothing_comes_twice() {
    let mut bench = Bench::new().await;
    // The later one waits for the one between.
    assert_eq!(bench.take(vec![message(102, 12)]), []);
    assert_eq!(numbers(&bench.take(vec![message(101, 11)])), [101, 102].map(MessageId::Server));
    assert_eq!(bench.take(vec![message(101, 11)]), []);
    assert!(bench.machine.boxes.get_difference().is_none());
}

#[tokio::test]
async fn an_impossible_update_costs_only_itself() {
    let mut bench = Bench::new().await;
    let impossible = tl::types::UpdateNewMessage {
        message: plain(1, PeerId::Channel(CHANNEL), "words").into(),
        pts: 12,
        pts_count: 1,
    };
    let changes = bench.take(vec![impossible.into(), message(101, 11)]);
    assert_eq!(numbers(&changes), [MessageId::Server(101)]);
    let alone = tl::types::UpdateShort {
        update: tl::types::UpdateReadHistoryOutbox {
            peer: to_peer(PeerId::Channel(CHANNEL)),
            max_id: 1,
            pts: 12,
            pts_count: 1,
        }
        .into(),
        date: 2,
    };
    bench.machine.take(Feed::Updates(Box::new(alone.into())));
    assert_eq!(bench.machine.batch.changes, []);
}

#[tokio::test]
async fn a_short_message_from_a_stranger_is_fetched_with_its_writer() {
    let mut bench = Bench::new().await;
    let short = tl::types::UpdateShortMessage {
        out: false,
        mentioned: false,
        media_unread: false,
        silent: false,
        id: 101,
        user_id: 5,
        message: "hello".into(),
        pts: 11,
        pts_count: 1,
        date: 2,
        fwd_from: None,
        via_bot_id: None,
        reply_to: None,
        entities: None,
        ttl_period: None,
    };
    bench.machine.take(Feed::Updates(Box::new(short.clone().into())));
    assert_eq!(bench.machine.batch.changes, []);
    assert_eq!(bench.machine.boxes.get_difference().map(|request| request.pts), Some(10));

    // Once the writer is known, it counts by itself.
    let mut bench = Bench::new().await;
    let mut from_me = short;
    from_me.user_id = ME.bare();
    bench.machine.take(Feed::Updates(Box::new(from_me.into())));
    assert_eq!(numbers(&bench.machine.batch.changes), [MessageId::Server(101)]);
}

#[tokio::test]
async fn what_was_missed_in_a_channel_is_asked_for_from_where_we_are() {
    let mut bench = Bench::new().await;
    let too_long = tl::types::UpdateChannelTooLong { channel_id: CHANNEL, pts: Some(99) };
    assert_eq!(bench.take(vec![too_long.into()]), []);
    assert_eq!(bench.machine.missing_since(CHANNEL), Some(20));
}

#[tokio::test]
async fn the_chat_list_shows_that_something_was_missed() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::ChannelStates(vec![(CHANNEL, 20), (77, 5)]));
    assert_eq!(bench.machine.missing_since(CHANNEL), None);
    bench.machine.take(Feed::ChannelStates(vec![(CHANNEL, 23), (77, 5)]));
    assert_eq!(bench.machine.missing_since(CHANNEL), Some(20));
    assert_eq!(bench.machine.channel_pts(77), Some(5));
}

#[tokio::test]
async fn a_gap_asks_for_the_channels_that_are_looked_at() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::Opened { channel: CHANNEL, pts: None });
    bench.machine.take(Feed::MayHaveGap);
    assert!(bench.machine.boxes.get_difference().is_some());
    assert!(bench.machine.missing_since(CHANNEL).is_some());
}

#[tokio::test]
async fn a_difference_tells_messages_before_what_happened_to_them() {
    let mut bench = Bench::new().await;
    bench.take(vec![message(101, 11)]);
    bench.machine.take(Feed::MayHaveGap);
    let gone = tl::types::UpdateDeleteMessages { messages: vec![102], pts: 13, pts_count: 1 }.into();
    bench.machine.take_difference(difference(vec![101, 102], vec![gone], 13), false);
    let changes = std::mem::take(&mut bench.machine.batch.changes);
    // The first had come by itself already.
    assert_eq!(numbers(&changes), [MessageId::Server(102)]);
    assert_eq!(changes.last(), Some(&Change::Deleted { chat: None, messages: vec![102] }));
    assert!(bench.machine.boxes.get_difference().is_none());
}

#[tokio::test]
async fn what_comes_while_something_is_missing_does_not_move_the_date_on() {
    let mut bench = Bench::new().await;
    bench.machine.catching_up = false;
    let all = |pts, date| {
        let updates = vec![message(90 + pts, pts)];
        tl::types::Updates { updates, users: vec![], chats: vec![], date, seq: 0 }
    };
    bench.machine.take(Feed::Updates(Box::new(all(11, 5).into())));
    assert_eq!(bench.machine.boxes.session_state().date, 5);
    bench.machine.take(Feed::MayHaveGap);
    bench.machine.take(Feed::Updates(Box::new(all(12, 9).into())));
    let request = bench.machine.boxes.get_difference().unwrap();
    assert_eq!(request.date, 5, "what happened at seven is asked for");
}

#[tokio::test]
async fn too_much_missed_means_fetching_again_from_the_named_state() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::MayHaveGap);
    let too_long = || tl::types::updates::DifferenceTooLong { pts: 500 }.into();
    assert!(bench.machine.take_difference(too_long(), false));
    assert_eq!(bench.machine.batch.changes, [Change::Refetch]);
    assert_eq!(bench.machine.boxes.get_difference().map(|request| request.pts), Some(500));
    // A server that says it again is not asked for ever.
    bench.machine.take_difference(too_long(), true);
    assert!(bench.machine.boxes.get_difference().is_none());
}

#[tokio::test]
async fn our_own_message_is_told_as_sent_and_moves_the_state_on() {
    let mut bench = Bench::new().await;
    let own = tl::types::Message { out: true, ..plain(101, FRIEND, "ours") };
    let pending = MessageId::Pending(1);
    bench.machine.core.sending.sent(FRIEND, 101);
    let update = tl::types::UpdateNewMessage { message: own.clone().into(), pts: 11, pts_count: 1 }.into();
    let answer = tl::types::Updates { updates: vec![update], users: vec![], chats: vec![], date: 2, seq: 0 };
    let message = crate::convert::message::message(&own.into(), Some(ME)).unwrap();
    bench.machine.take(Feed::Own {
        updates: Some(Box::new(answer.into())),
        pending,
        message: Box::new(message.clone()),
    });
    assert_eq!(std::mem::take(&mut bench.machine.batch.changes), [Change::Sent { pending, message }]);
    assert_eq!(numbers(&bench.take(vec![self::message(102, 12)])), [MessageId::Server(102)]);
}

#[tokio::test]
async fn the_state_is_stored_before_the_app_hears() {
    let mut bench = Bench::new().await;
    let all = tl::types::Updates { updates: vec![message(101, 11)], users: vec![], chats: vec![], date: 2, seq: 0 };
    bench.machine.take(Feed::Updates(Box::new(all.into())));
    bench.machine.flush().await;
    let told = loop {
        match bench.events.recv().await.unwrap() {
            Event::Changes(changes) => break changes,
            Event::Connection(_) => {}
            event => panic!("{event:?}"),
        }
    };
    assert_eq!(numbers(&told), [MessageId::Server(101)]);
    let stored = bench.machine.core.store.session().await.unwrap().updates.unwrap();
    assert_eq!((stored.pts, stored.channels), (11, vec![(CHANNEL, 20)]));
}

/// Signed in at a real server, the task falls over something and goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_fall_costs_nothing() {
    let server = Server::start(Options { quiet: true, ..Options::default() }).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("account"), &DataKey::from_bytes([1; 32])).await.unwrap();
    let settings = settings(server.address().to_string(), &server.public_key_pem());
    let (account, mut events) = Account::open(settings, store).await.unwrap();
    let demo = server.accounts().into_iter().find(|demo| demo.password.is_none()).unwrap();
    let speaker = server.accounts().into_iter().find(|other| other.user_id != demo.user_id).unwrap();
    let sent = account.request_code(&demo.phone).await.unwrap();
    assert!(matches!(account.sign_in(&sent, &demo.code).await.unwrap(), SignedIn::Done(_)));
    account.chats(None, 20).await.unwrap();

    let mut heard = async |words: &str| {
        let wait = async {
            loop {
                if let Event::Changes(changes) = events.recv().await.unwrap()
                    && changes.iter().any(|c| matches!(c, Change::NewMessage(m) if m.text.text == words))
                {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), wait).await.expect("a message did not come");
    };
    let say = |words: &str| server.api().say(speaker.user_id, "Lighthouse Keepers", &demo.phone, words);
    // The first one shows that the updates flow.
    tokio::time::timeout(Duration::from_secs(60), async {
        while account.core().store.session().await.unwrap().updates.is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .unwrap();
    say("Before");
    heard("Before").await;
    account.core().feed(Feed::Stone);
    say("During");
    heard("During").await;
    account.core().pool().throw_stone();
    say("The account's task fell");
    heard("The account's task fell").await;
    account.core().pool().panic_all();
    say("Every connection fell");
    heard("Every connection fell").await;
    say("After");
    heard("After").await;
}

#[tokio::test]
async fn what_cannot_be_read_is_narrowed_down_and_left_out_alone() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::MayHaveGap);
    let asked = |bench: &mut Bench| bench.machine.boxes.get_difference().map(|request| request.pts);
    // Down from everything to one.
    for _ in 0..4 {
        let request = bench.machine.boxes.get_difference().unwrap();
        assert_eq!(request.pts, 10);
        assert!(bench.machine.go_past(&request));
        assert_eq!(bench.machine.batch.changes, [], "nothing is given up yet");
    }
    // That one is left out, and what comes after it is asked for.
    let request = bench.machine.boxes.get_difference().unwrap();
    assert!(bench.machine.go_past(&request));
    assert_eq!(std::mem::take(&mut bench.machine.batch.changes), [Change::Refetch]);
    assert_eq!(asked(&mut bench), Some(11));
    bench.machine.take_difference(difference(vec![102], vec![], 13), false);
    assert_eq!(numbers(&bench.machine.batch.changes), [MessageId::Server(102)]);
    assert_eq!(asked(&mut bench), None);
    assert_eq!(bench.machine.boxes.session_state().pts, 13);
}

#[tokio::test]
async fn what_cannot_be_read_in_a_channel_is_left_out_alone() {
    let mut bench = Bench::new().await;
    bench.machine.ask_channel(CHANNEL);
    for _ in 0..5 {
        assert_eq!(bench.machine.missing_since(CHANNEL), Some(20));
        bench.machine.answered(CHANNEL, Err(InvokeError::Protocol("nobody can read this".into())));
    }
    assert_eq!(bench.machine.batch.changes, [Change::Missed(PeerId::Channel(CHANNEL))]);
    assert_eq!(bench.machine.missing_since(CHANNEL), Some(21));
}

#[tokio::test]
async fn a_server_of_which_nothing_can_be_read_is_not_followed_without_end() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::MayHaveGap);
    let mut steps = 0;
    while let Some(request) = bench.machine.boxes.get_difference() {
        if !bench.machine.go_past(&request) {
            break;
        }
        steps += 1;
        assert!(steps < 200);
    }
    assert_eq!(steps, 104, "asked for less four times, left out a hundred");
}

/// A message of the channel, which leads to this state.
fn in_channel(id: i32, pts: i32) -> tl::enums::Update {
    let message = plain(id, PeerId::Channel(CHANNEL), "words").into();
    tl::types::UpdateNewChannelMessage { message, pts, pts_count: 1 }.into()
}

fn channel_difference(new: &[i32], pts: i32, last: bool) -> tl::enums::updates::ChannelDifference {
    let new_messages = new.iter().map(|id| plain(*id, PeerId::Channel(CHANNEL), "words").into()).collect();
    let (other_updates, chats, users) = (vec![], vec![], vec![]);
    tl::types::updates::ChannelDifference {
        r#final: last,
        pts,
        timeout: None,
        new_messages,
        other_updates,
        chats,
        users,
    }
    .into()
}

#[tokio::test]
async fn what_happens_in_a_channel_waits_for_what_was_missed_there_and_nothing_else_does() {
    let mut bench = Bench::new().await;
    bench.machine.ask_channel(CHANNEL);
    assert_eq!(numbers(&bench.take(vec![in_channel(204, 24), message(101, 11)])), [MessageId::Server(101)]);
    bench.machine.answered(CHANNEL, Ok(channel_difference(&[201, 202], 22, false)));
    assert_eq!(numbers(&bench.take(vec![in_channel(205, 25)])), [201, 202].map(MessageId::Server), "there is more");
    assert_eq!(bench.machine.missing_since(CHANNEL), Some(22));
    // The answer knows of one that came by itself as well.
    bench.machine.answered(CHANNEL, Ok(channel_difference(&[203, 204], 24, true)));
    assert_eq!(numbers(&bench.take(vec![])), [203, 204, 205].map(MessageId::Server));
    assert_eq!(bench.machine.missing_since(CHANNEL), None);
    assert_eq!(bench.machine.channel_pts(CHANNEL), Some(25));
    assert_eq!(numbers(&bench.take(vec![in_channel(206, 26)])), [MessageId::Server(206)]);
}

#[tokio::test]
async fn what_is_missed_while_a_channel_is_asked_is_asked_for_again() {
    let mut bench = Bench::new().await;
    bench.machine.ask_channel(CHANNEL);
    bench.machine.asked(CHANNEL);
    let too_long = tl::types::UpdateChannelTooLong { channel_id: CHANNEL, pts: Some(99) };
    bench.take(vec![too_long.into(), in_channel(299, 99)]);
    bench.machine.answered(CHANNEL, Ok(channel_difference(&[201], 21, true)));
    assert_eq!(bench.machine.missing_since(CHANNEL), Some(21));
    bench.machine.answered(CHANNEL, Ok(channel_difference(&[298], 98, true)));
    assert_eq!(numbers(&bench.take(vec![])), [201, 298, 299].map(MessageId::Server));
    assert_eq!(bench.machine.missing_since(CHANNEL), None);
}

/// The channel that somebody looks at is asked what was missed, and has come so far.
async fn behind_in_the_open_channel(pts: i32) -> Bench {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::Opened { channel: CHANNEL, pts: None });
    bench.machine.ask_channel(CHANNEL);
    bench.machine.ask();
    assert_eq!(bench.machine.questions(CHANNEL), [20], "how far it is nobody knows");
    bench.machine.take(Feed::Opened { channel: CHANNEL, pts: Some(pts) });
    bench.machine.ask();
    bench
}

/// What lies after this state, up to that one.
fn slice(after: i32, pts: i32, last: bool) -> Result<tl::enums::updates::ChannelDifference, InvokeError> {
    Ok(channel_difference(&(after + 1..=pts).collect::<Vec<_>>(), pts, last))
}

#[tokio::test]
async fn slices_of_an_open_channel_are_asked_for_at_the_same_time_as_far_as_it_is_known_to_be() {
    let mut bench = behind_in_the_open_channel(220).await;
    assert_eq!(bench.machine.questions(CHANNEL), [20, 120], "there is nothing after 220 yet");
    // What waits shows that there is more.
    assert_eq!(bench.take(vec![in_channel(221, 221)]), []);
    bench.machine.ask();
    assert_eq!(bench.machine.questions(CHANNEL), [20, 120, 220]);
    // Whatever comes first, all is told in its order.
    bench.machine.slice_came(CHANNEL, 220, slice(220, 221, true));
    bench.machine.slice_came(CHANNEL, 120, slice(120, 220, false));
    assert_eq!(bench.take(vec![]), []);
    bench.machine.slice_came(CHANNEL, 20, slice(20, 120, false));
    assert_eq!(numbers(&bench.take(vec![])), (21..=221).map(MessageId::Server).collect::<Vec<_>>());
    assert_eq!((bench.machine.missing_since(CHANNEL), bench.machine.channel_pts(CHANNEL)), (None, Some(221)));
    // Never more than a few, and where nobody looks one after the other.
    let bench = behind_in_the_open_channel(100_000).await;
    assert_eq!(bench.machine.questions(CHANNEL), [20, 120, 220, 320, 420]);
    let mut bench = Bench::new().await;
    let too_long = tl::types::UpdateChannelTooLong { channel_id: CHANNEL, pts: Some(1000) };
    bench.take(vec![too_long.clone().into()]);
    bench.machine.ask();
    assert_eq!(bench.machine.questions(CHANNEL), [20]);
    // What the server tells counts as soon as somebody does.
    bench.machine.take(Feed::Opened { channel: CHANNEL, pts: None });
    bench.machine.ask();
    assert_eq!(bench.machine.questions(CHANNEL), [20, 120, 220, 320, 420]);
}

#[tokio::test]
async fn a_slice_that_does_not_begin_where_the_one_before_ended_is_asked_for_anew() {
    let mut bench = behind_in_the_open_channel(330).await;
    assert_eq!(bench.machine.questions(CHANNEL), [20, 120, 220, 320]);
    bench.machine.slice_came(CHANNEL, 120, slice(120, 220, false));
    bench.machine.slice_came(CHANNEL, 20, slice(20, 125, false));
    assert_eq!(bench.machine.questions(CHANNEL), [125], "and from now on one after the other");
    bench.machine.slice_came(CHANNEL, 125, slice(125, 225, false));
    assert_eq!(bench.machine.questions(CHANNEL), [225]);
    bench.machine.slice_came(CHANNEL, 225, slice(225, 330, true));
    assert_eq!(numbers(&bench.take(vec![])), (21..=330).map(MessageId::Server).collect::<Vec<_>>());
    assert!(bench.machine.channels.is_idle());
}

#[tokio::test]
async fn a_slice_that_was_asked_for_too_early_costs_nothing() {
    let outdated = || Err(InvokeError::rpc(400, "PERSISTENT_TIMESTAMP_INVALID"));
    let mut bench = behind_in_the_open_channel(330).await;
    bench.machine.slice_came(CHANNEL, 220, outdated());
    assert_eq!(bench.machine.questions(CHANNEL), [20, 120]);
    bench.machine.slice_came(CHANNEL, 20, slice(20, 120, false));
    bench.machine.slice_came(CHANNEL, 120, slice(120, 220, false));
    assert_eq!(bench.machine.questions(CHANNEL), [220], "it is asked again when it is its turn");
    bench.machine.slice_came(CHANNEL, 220, slice(220, 330, true));
    assert_eq!(numbers(&bench.take(vec![])), (21..=330).map(MessageId::Server).collect::<Vec<_>>());
    // Neither where something cannot be read, nor where the server wants us to wait.
    let mut bench = behind_in_the_open_channel(330).await;
    bench.machine.slice_came(CHANNEL, 20, Err(InvokeError::Protocol("nobody can read this".into())));
    assert_eq!(bench.machine.questions(CHANNEL), [20]);
    let mut bench = behind_in_the_open_channel(330).await;
    bench.machine.slice_came(CHANNEL, 20, Err(InvokeError::rpc(420, "FLOOD_WAIT_5")));
    assert_eq!(bench.machine.questions(CHANNEL), [20]);
    // Nor where all is fetched anew.
    let mut bench = behind_in_the_open_channel(330).await;
    bench.machine.slice_came(CHANNEL, 20, Err(InvokeError::rpc(400, "CHANNEL_PRIVATE")));
    assert!(bench.machine.questions(CHANNEL).is_empty());
    assert!(bench.machine.channels.is_idle());
}

#[tokio::test]
async fn what_the_server_says_of_a_channel_while_it_is_asked_is_asked_for_only_where_it_goes_further() {
    for (told, again) in [(21, false), (22, true)] {
        let mut bench = Bench::new().await;
        bench.machine.ask_channel(CHANNEL);
        bench.machine.asked(CHANNEL);
        bench.take(vec![tl::types::UpdateChannelTooLong { channel_id: CHANNEL, pts: Some(told) }.into()]);
        bench.machine.answered(CHANNEL, Ok(channel_difference(&[201], 21, true)));
        assert_eq!(bench.machine.missing_since(CHANNEL).is_some(), again, "{told}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_may_hide_something() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::Came(Unread::new(vec![1, 2, 3, 4])));
    assert!(bench.machine.boxes.get_difference().is_some());
    let mut bench = Bench::new().await;
    let all = tl::types::Updates { updates: vec![message(101, 11)], users: vec![], chats: vec![], date: 2, seq: 0 };
    let bytes = grammers_tl_types::Serializable::to_bytes(&tl::enums::Updates::from(all));
    bench.machine.take(Feed::Came(Unread::new(bytes)));
    assert_eq!(numbers(&bench.machine.batch.changes), [MessageId::Server(101)]);
}

#[tokio::test]
async fn a_channel_that_is_closed_to_us_holds_nothing_up() {
    let mut bench = Bench::new().await;
    bench.machine.ask_channel(CHANNEL);
    bench.machine.answered(CHANNEL, Err(InvokeError::rpc(400, "CHANNEL_PRIVATE")));
    assert_eq!((bench.machine.missing_since(CHANNEL), bench.machine.channel_pts(CHANNEL)), (None, None));
    assert!(bench.machine.channels.is_idle());
}

#[tokio::test]
async fn what_somebody_looks_at_is_asked_first() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::ChannelStates((100..150).map(|id| (id, 5)).collect()));
    bench.machine.take(Feed::Opened { channel: 140, pts: None });
    bench.machine.take(Feed::Opened { channel: 120, pts: None });
    for channel_id in 100..150 {
        bench.machine.ask_channel(channel_id);
    }
    bench.machine.take(Feed::MayHaveGap);
    let order = bench.machine.channels.order();
    assert_eq!((order.len(), &order[..2]), (50, &[120, 140][..]));
}

#[tokio::test]
async fn the_app_hears_of_what_comes_within_a_picture_together() {
    let mut bench = Bench::new().await;
    let (sender, mut feed) = tokio::sync::mpsc::unbounded_channel();
    let send = |id: i32| {
        let updates = vec![message(100 + id, 10 + id)];
        let all = tl::types::Updates { updates, users: vec![], chats: vec![], date: 2, seq: 0 };
        sender.send(Feed::Updates(Box::new(all.into()))).unwrap();
    };
    let far = Instant::now() + Duration::from_secs(3600);
    // The picture in which the last batch came is not over yet, however much comes.
    bench.machine.told = Instant::now() + Duration::from_secs(3600);
    (1..=3).for_each(send);
    assert_eq!(bench.machine.gather(&mut feed, far).now_or_never(), None);
    assert_eq!(numbers(&bench.machine.batch.changes), [101, 102, 103].map(MessageId::Server));
    // Now it is: what is there comes at once, and the next picture begins.
    bench.machine.told = Instant::now().checked_sub(FRAME).unwrap();
    let before = Instant::now();
    (4..=5).for_each(send);
    let gathered = tokio::time::timeout(Duration::from_secs(60), bench.machine.gather(&mut feed, far)).await;
    assert_eq!(gathered.ok(), Some(true));
    assert_eq!(numbers(&bench.machine.batch.changes), [101, 102, 103, 104, 105].map(MessageId::Server));
    assert!(bench.machine.told >= before);
    assert_eq!(FRAME, Duration::from_millis(16));
}

#[tokio::test]
async fn what_was_edited_and_deleted_in_a_channel_meanwhile_is_told() {
    let mut bench = Bench::new().await;
    bench.machine.ask_channel(CHANNEL);
    let channel = PeerId::Channel(CHANNEL);
    let edited = tl::types::UpdateEditChannelMessage {
        message: plain(7, channel, "better words").into(),
        pts: 22,
        pts_count: 1,
    };
    let deleted =
        tl::types::UpdateDeleteChannelMessages { channel_id: CHANNEL, messages: vec![8], pts: 23, pts_count: 1 };
    let difference = tl::types::updates::ChannelDifference {
        r#final: true,
        pts: 23,
        timeout: Some(30),
        new_messages: vec![plain(9, channel, "words").into()],
        other_updates: vec![edited.into(), deleted.into()],
        chats: vec![],
        users: vec![],
    };
    bench.machine.answered(CHANNEL, Ok(difference.into()));
    let changes = std::mem::take(&mut bench.machine.batch.changes);
    assert_eq!(numbers(&changes), [MessageId::Server(9)]);
    assert!(changes.iter().any(|c| matches!(c, Change::Edited(message) if message.text.text == "better words")));
    assert!(changes.contains(&Change::Deleted { chat: Some(channel), messages: vec![8] }));
    assert_eq!(bench.machine.missing_since(CHANNEL), None, "it was the last one");
    assert_eq!(bench.machine.channel_pts(CHANNEL), Some(23));
}

#[tokio::test]
async fn while_it_is_asked_what_the_account_missed_all_else_goes_on() {
    let mut bench = Bench::new().await;
    let (sender, mut feed) = tokio::sync::mpsc::unbounded_channel();
    let (Bench { machine, events, .. }, mut signed_in) = (&mut bench, true);
    sender.send(Feed::MayHaveGap).unwrap();
    let action = tl::enums::SendMessageAction::SendMessageTypingAction;
    let typing = tl::types::UpdateUserTyping { user_id: FRIEND.bare(), top_msg_id: None, action }.into();
    let updates = vec![message(101, 11), in_channel(201, 21), typing];
    let all = tl::types::Updates { updates, users: vec![], chats: vec![], date: 2, seq: 0 };
    sender.send(Feed::Updates(Box::new(all.into()))).unwrap();
    let told = async {
        loop {
            if let Event::Changes(changes) = events.recv().await.unwrap() {
                return changes;
            }
        }
    };
    // Nobody ever answers.
    let changes = tokio::select! {
        () = machine.run(&mut feed, &mut signed_in) => panic!("the machine ended"),
        told = tokio::time::timeout(Duration::from_secs(60), told) => told.expect("nothing was told"),
    };
    assert_eq!(numbers(&changes), [MessageId::Server(201)], "what stands in the account's order waits");
    assert!(changes.iter().any(|change| matches!(change, Change::Typing { .. })));
    assert!(!machine.account.is_idle());
    let stored = machine.core.store.session().await.unwrap().updates.unwrap();
    assert_eq!((stored.pts, stored.channels), (10, vec![(CHANNEL, 21)]));
}

#[tokio::test]
async fn what_came_by_itself_follows_what_the_account_missed() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::MayHaveGap);
    bench.machine.ask();
    assert_eq!(bench.take(vec![message(104, 14)]), []);
    let affected = tl::types::messages::AffectedMessages { pts: 15, pts_count: 1 };
    bench.machine.take(Feed::Affected(affected));
    let state = tl::types::updates::State { pts: 11, qts: 0, date: 3, seq: 0, unread_count: 0 };
    let slice = tl::types::updates::DifferenceSlice {
        new_messages: vec![plain(101, FRIEND, "words").into()],
        new_encrypted_messages: vec![],
        other_updates: vec![],
        chats: vec![],
        users: vec![],
        intermediate_state: state.into(),
    };
    bench.machine.account_came(Ok(slice.into())).await;
    assert_eq!(numbers(&bench.take(vec![])), [MessageId::Server(101)], "there is more");
    bench.machine.ask();
    let gone = tl::types::UpdateDeleteMessages { messages: vec![103], pts: 16, pts_count: 1 };
    assert_eq!(bench.take(vec![gone.into()]), []);
    // The answer knows of one that came by itself as well.
    bench.machine.account_came(Ok(difference(vec![102, 103, 104], vec![], 14))).await;
    bench.machine.ask();
    assert!(bench.machine.account.is_idle());
    let changes = std::mem::take(&mut bench.machine.batch.changes);
    assert_eq!(numbers(&changes), [102, 103, 104].map(MessageId::Server));
    assert_eq!(changes.last(), Some(&Change::Deleted { chat: None, messages: vec![103] }));
    assert_eq!(numbers(&bench.take(vec![message(105, 17)])), [MessageId::Server(105)]);
}

#[tokio::test]
async fn what_the_account_misses_while_it_is_asked_is_asked_for_again() {
    let mut bench = Bench::new().await;
    bench.machine.take(Feed::MayHaveGap);
    bench.machine.ask();
    // The line is cut once more: what the server said just before is lost.
    bench.machine.take(Feed::MayHaveGap);
    bench.machine.ask();
    bench.machine.account_came(Ok(difference(vec![101], vec![], 11))).await;
    assert_eq!(bench.machine.boxes.get_difference().map(|request| request.pts), Some(11));
    bench.machine.ask();
    bench.machine.account_came(Ok(difference(vec![102], vec![], 12))).await;
    assert_eq!(numbers(&bench.take(vec![])), [101, 102].map(MessageId::Server));
    assert!(bench.machine.boxes.get_difference().is_none() && bench.machine.account.is_idle());
}
