use super::*;
use crate::{AuthKey, HOME_DATACENTER, UpdateState};

struct Room {
    root: tempfile::TempDir,
    key: DataKey,
}

impl Room {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap(), key: DataKey::random().unwrap() }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("accounts/1")
    }

    async fn open(&self) -> Store {
        Store::open(&self.folder(), &self.key).await.unwrap()
    }
}

fn datacenter(id: i32) -> Datacenter {
    Datacenter {
        id,
        address: Some(format!("127.0.0.1:{}", 4000 + id)),
        auth_key: Some(AuthKey::new([id as u8; 256])),
        salt: i64::MIN + i64::from(id),
        time_offset: -id,
        authorized: id == 2,
    }
}

fn peer(id: PeerId, access_hash: Option<i64>, min: bool) -> StoredPeer {
    StoredPeer { id, access_hash, min }
}

fn state(pts: i32, channels: &[(i64, i32)]) -> UpdateState {
    UpdateState { pts, qts: 2, date: 3, seq: 4, channels: channels.to_vec() }
}

#[tokio::test]
async fn a_session_is_there_again_after_closing() {
    let room = Room::new();
    let store = room.open().await;
    assert_eq!(store.session().await.unwrap(), Session { home: HOME_DATACENTER, ..Session::default() });
    store.save_datacenter(datacenter(4)).await.unwrap();
    store.save_datacenter(Datacenter { id: 2, ..Datacenter::default() }).await.unwrap();
    store.save_datacenter(datacenter(2)).await.unwrap();
    store.set_home(4).await.unwrap();
    store.set_me(Some(PeerId::User(7_000_000_000))).await.unwrap();
    let batch = Batch {
        state: Some(state(1, &[(5, 50), (2_500_000_000, 60)])),
        peers: vec![peer(PeerId::Channel(2_500_000_000), Some(-9), false)],
        ..Batch::default()
    };
    store.apply(batch.clone()).await.unwrap();
    store.close().await.unwrap();

    let store = room.open().await;
    let session = store.session().await.unwrap();
    assert_eq!(
        session,
        Session {
            home: 4,
            me: Some(PeerId::User(7_000_000_000)),
            datacenters: vec![datacenter(2), datacenter(4)],
            updates: batch.state,
        }
    );
    assert_eq!(store.peers().await.unwrap(), batch.peers);
    store.set_me(None).await.unwrap();
    assert_eq!(store.session().await.unwrap().me, None);
}

#[tokio::test]
async fn a_handle_that_is_dropped_closes_the_file_for_the_next() {
    let room = Room::new();
    for pass in 0..3 {
        let store = room.open().await;
        assert_eq!(store.session().await.unwrap().datacenters.len(), pass);
        store.save_datacenter(datacenter(pass as i32)).await.unwrap();
    }
}

#[tokio::test]
async fn another_key_does_not_open_it_and_nothing_is_changed() {
    let room = Room::new();
    let store = room.open().await;
    store.set_home(4).await.unwrap();
    store.close().await.unwrap();
    let before = fs::read(room.folder().join(DATABASE)).unwrap();
    let wrong = Store::open(&room.folder(), &DataKey::random().unwrap()).await;
    assert!(matches!(wrong, Err(Error::WrongKey(_))), "{wrong:?}");
    assert_eq!(fs::read(room.folder().join(DATABASE)).unwrap(), before);
    assert_eq!(room.open().await.session().await.unwrap().home, 4);
}

#[tokio::test]
async fn another_key_leaves_what_a_crash_left_as_it_is() {
    let room = Room::new();
    let store = room.open().await;
    store.set_home(4).await.unwrap();
    // As a killed process leaves it: with its log.
    let crashed = room.root.path().join("crashed");
    fs::create_dir(&crashed).unwrap();
    let names = [DATABASE.to_owned(), format!("{DATABASE}-wal")];
    for name in &names {
        fs::copy(room.folder().join(name), crashed.join(name)).unwrap();
    }
    let files = || names.each_ref().map(|name| fs::read(crashed.join(name)).unwrap());
    let before = files();
    assert!(!before[1].is_empty());
    let wrong = Store::open(&crashed, &DataKey::random().unwrap()).await;
    assert!(matches!(wrong, Err(Error::WrongKey(_))), "{wrong:?}");
    assert!(files() == before);
    let right = Store::open(&crashed, &room.key).await.unwrap();
    assert_eq!(right.session().await.unwrap().home, 4);
}

#[tokio::test]
async fn a_file_that_is_none_of_ours_is_left_alone() {
    let room = Room::new();
    fs::create_dir_all(room.folder()).unwrap();
    let path = room.folder().join(DATABASE);
    let strange = b"something else altogether".repeat(400);
    fs::write(&path, &strange).unwrap();
    assert!(matches!(Store::open(&room.folder(), &room.key).await, Err(Error::WrongKey(_))));
    assert_eq!(fs::read(&path).unwrap(), strange);
}

#[tokio::test]
async fn nothing_stands_in_the_files_as_it_is() {
    let room = Room::new();
    let store = room.open().await;
    let mut dc = datacenter(2);
    dc.address = Some("recognisable.example:443".into());
    store.save_datacenter(dc).await.unwrap();
    // Both while it is open, with its log beside it, and after.
    for open in [true, false] {
        let mut seen = 0;
        for entry in fs::read_dir(room.folder()).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            seen += bytes.len();
            for secret in [&b"recognisable"[..], &[2; 64], b"SQLite format 3", b"CREATE TABLE"] {
                assert!(!bytes.windows(secret.len()).any(|part| part == secret), "open: {open}");
            }
        }
        assert!(seen > 4096);
        if open {
            store.clone().close().await.unwrap();
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::new();
    let store = room.open().await;
    store.set_home(1).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&room.root.path().join("accounts")), 0o700);
    assert_eq!(mode(&room.folder()), 0o700);
    let mut names = Vec::new();
    for entry in fs::read_dir(room.folder()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        names.push(path.file_name().unwrap().to_owned());
    }
    assert!(names.iter().any(|name| name == "account.db-wal"), "{names:?}");
    store.close().await.unwrap();

    // Opened to others meanwhile: closed again.
    let path = room.folder().join(DATABASE);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(room.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    let _store = room.open().await;
    assert_eq!((mode(&path), mode(&room.folder())), (0o600, 0o700));
}

#[tokio::test]
async fn only_one_has_it_open() {
    let room = Room::new();
    let store = room.open().await;
    let second = Store::open(&room.folder(), &room.key).await;
    assert!(matches!(second, Err(Error::InUse(_))), "{second:?}");
    // Not even with another key, and the first goes on undisturbed.
    assert!(matches!(Store::open(&room.folder(), &DataKey::random().unwrap()).await, Err(Error::InUse(_))));
    store.set_home(3).await.unwrap();
    store.close().await.unwrap();
    assert_eq!(room.open().await.session().await.unwrap().home, 3);
}

#[tokio::test]
async fn a_min_hash_never_replaces_a_full_one() {
    let room = Room::new();
    let store = room.open().await;
    let user = PeerId::User(1);
    for (given, kept) in [
        (peer(user, None, false), (None, false)),
        (peer(user, Some(10), true), (Some(10), true)),
        (peer(user, None, false), (Some(10), true)),
        (peer(user, Some(11), true), (Some(11), true)),
        (peer(user, Some(20), false), (Some(20), false)),
        (peer(user, Some(12), true), (Some(20), false)),
        (peer(user, None, false), (Some(20), false)),
        (peer(user, Some(21), false), (Some(21), false)),
    ] {
        store.save_peers(vec![given.clone()]).await.unwrap();
        let found = store.peers().await.unwrap();
        assert_eq!((found[0].access_hash, found[0].min), kept, "after {given:?}");
    }
    store
        .save_peers(vec![peer(PeerId::Group(1), None, false), peer(PeerId::Channel(1), Some(3), false)])
        .await
        .unwrap();
    let ids: Vec<PeerId> = store.peers().await.unwrap().iter().map(|peer| peer.id).collect();
    assert_eq!(ids, [PeerId::Channel(1), PeerId::Group(1), user]);
}

#[tokio::test]
async fn a_batch_replaces_the_whole_state() {
    let room = Room::new();
    let store = room.open().await;
    for next in [state(1, &[(1, 10), (2, 20)]), state(2, &[(2, 21), (3, 30)]), state(3, &[])] {
        store.apply(Batch { state: Some(next.clone()), ..Batch::default() }).await.unwrap();
        assert_eq!(store.session().await.unwrap().updates, Some(next));
    }
}

#[tokio::test]
async fn a_change_that_fails_half_way_leaves_nothing_behind() {
    let room = Room::new();
    let store = room.open().await;
    store.apply(Batch { state: Some(state(1, &[(1, 10)])), ..Batch::default() }).await.unwrap();
    let failed: Result<(), Error> = store
        .change(|transaction| {
            session::save_update_state(transaction, &state(2, &[(1, 11)]))?;
            Err(Error::Damaged("half way".into()))
        })
        .await;
    assert!(failed.is_err());
    let panicked: Result<(), Error> = store
        .change(|transaction| {
            session::save_update_state(transaction, &state(3, &[]))?;
            panic!("on purpose")
        })
        .await;
    assert!(matches!(panicked, Err(Error::Closed)));
    assert_eq!(store.session().await.unwrap().updates, Some(state(1, &[(1, 10)])));
}

#[tokio::test]
async fn clearing_forgets_and_destroying_removes() {
    let room = Room::new();
    let store = room.open().await;
    store.save_datacenter(datacenter(2)).await.unwrap();
    store.set_me(Some(PeerId::User(1))).await.unwrap();
    store
        .apply(Batch {
            state: Some(state(1, &[(1, 1)])),
            peers: vec![peer(PeerId::User(1), Some(1), false)],
            ..Batch::default()
        })
        .await
        .unwrap();
    store.clear().await.unwrap();
    assert_eq!(store.session().await.unwrap(), Session { home: HOME_DATACENTER, ..Session::default() });
    assert!(store.peers().await.unwrap().is_empty());
    assert_eq!(fs::metadata(room.folder().join("account.db-wal")).unwrap().len(), 0);

    let other = store.clone();
    store.destroy().await.unwrap();
    assert!(!room.folder().exists() && room.folder().parent().unwrap().exists());
    assert!(matches!(other.session().await, Err(Error::Closed)));
    assert_eq!(room.open().await.session().await.unwrap().me, None);
}

#[tokio::test]
async fn a_session_made_elsewhere_takes_the_place_of_the_old() {
    let (room, old) = (Room::new(), Room::new());
    let store = old.open().await;
    store.save_datacenter(datacenter(1)).await.unwrap();
    store.save_peers(vec![peer(PeerId::User(9), Some(9), false)]).await.unwrap();
    let from = room.open().await;
    from.save_datacenter(datacenter(2)).await.unwrap();
    from.set_me(Some(PeerId::User(5))).await.unwrap();
    from.apply(Batch {
        state: Some(state(8, &[(4, 4)])),
        peers: vec![peer(PeerId::User(5), Some(6), false)],
        ..Batch::default()
    })
    .await
    .unwrap();
    store.save_session(from.session().await.unwrap(), from.peers().await.unwrap()).await.unwrap();
    assert_eq!(store.session().await.unwrap(), from.session().await.unwrap());
    assert_eq!(store.peers().await.unwrap(), from.peers().await.unwrap());
}

#[test]
fn secrets_are_not_printed() {
    let shown = format!("{:?} {:?}", datacenter(77), peer(PeerId::User(1), Some(123_456_789), false));
    assert!(shown.contains("AuthKey(..)") && !shown.contains("77, 77") && !shown.contains("123456789"), "{shown}");
}

/// The other side of a crash: what was acknowledged is there after the process is gone without a goodbye.
#[tokio::test]
async fn what_was_acknowledged_survives_a_killed_process() {
    const FOLDER: &str = "HELIOGRAPH_STORE_CRASH_TEST";
    let key = || DataKey::from_bytes([7; 32]);
    if let Some(folder) = std::env::var_os(FOLDER) {
        let store = Store::open(Path::new(&folder), &key()).await.unwrap();
        for pts in 1.. {
            store.apply(Batch { state: Some(state(pts, &[(1, pts)])), ..Batch::default() }).await.unwrap();
            println!("acknowledged {pts}");
        }
    }
    let room = tempfile::tempdir().unwrap();
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "file::tests::what_was_acknowledged_survives_a_killed_process", "--nocapture"])
        .env(FOLDER, room.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = 0;
    for line in std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap())) {
        if let Some(pts) = line.unwrap().strip_prefix("acknowledged ") {
            acknowledged = pts.parse().unwrap();
            if acknowledged == 25 {
                child.kill().unwrap();
            }
        }
    }
    child.wait().unwrap();
    assert!(acknowledged >= 25);
    let store = Store::open(room.path(), &key()).await.unwrap();
    let updates = store.session().await.unwrap().updates.unwrap();
    assert!(updates.pts >= acknowledged, "{} < {acknowledged}", updates.pts);
    assert_eq!(updates.channels, [(1, updates.pts)]);
}

/// The one that is typed next replaces a search; a search that nobody waits for must not hold up the one after it.
#[tokio::test]
async fn what_nobody_waits_for_is_broken_off_and_the_next_is_answered() {
    let room = Room::new();
    let store = room.open().await;
    let forever = store.search.read(|connection| {
        let endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";
        Ok(connection.query_row(endless, [], |row| row.get::<_, i64>(0))?)
    });
    let waited = tokio::time::timeout(Duration::from_millis(50), forever).await;
    assert!(waited.is_err());
    let found = store.search(crate::Search { text: "anything".into(), ..crate::Search::default() }).await;
    assert_eq!(found.unwrap(), crate::Found::default());
    // Closing does not wait for it either.
    let other = store.clone();
    let endless = tokio::spawn(async move {
        other
            .screen
            .read(|connection| {
                let endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";
                Ok(connection.query_row(endless, [], |row| row.get::<_, i64>(0))?)
            })
            .await
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    store.close().await.unwrap();
    assert!(endless.await.unwrap().is_err());
}

#[tokio::test]
async fn messages_are_gone_when_their_time_is_up() {
    use crate::history::tests::said;
    use heliograph_model::{Change, Message};
    let room = Room::new();
    let store = room.open().await;
    let chat = PeerId::User(3);
    let brief = Message { lifetime: Some(60), date: 1000, ..said(chat, 1, "brief") };
    let changes = vec![Change::NewMessage(brief), Change::NewMessage(said(chat, 2, "lasting"))];
    store.apply(Batch { changes, ..Batch::default() }).await.unwrap();
    assert_eq!(store.expire(1059).await.unwrap(), crate::Expired { gone: vec![], next: Some(1060) });
    assert_eq!(store.expire(1060).await.unwrap(), crate::Expired { gone: vec![(chat, 1)], next: None });
    let find = async |text: &str| {
        let wanted = crate::Search { text: text.into(), limit: 5, ..crate::Search::default() };
        store.search(wanted).await.unwrap().hits.len()
    };
    assert_eq!((find("brief").await, find("lasting").await), (0, 1));
    assert_eq!(store.place(chat).await.unwrap(), None);
    let place = crate::ScrollPlace { message: 2, offset: 12.5 };
    store.set_place(chat, Some(place)).await.unwrap();
    assert_eq!(store.place(chat).await.unwrap(), Some(place));
}

#[tokio::test]
async fn an_answer_from_before_a_change_does_not_undo_it() {
    use crate::history::tests::said;
    use heliograph_model::{Change, Chat, HistoryPage, Message, MessageId, Place};
    let room = Room::new();
    let store = room.open().await;
    let chat = PeerId::Channel(3);
    let page = || HistoryPage {
        messages: (1..=5).map(|id| said(chat, id, "zebra")).collect(),
        complete: true,
        newest: true,
        ..HistoryPage::default()
    };
    let apply = async |change: Change| store.apply(Batch { changes: vec![change], ..Batch::default() }).await.unwrap();
    let ids = async || {
        let page = store.page(chat, Place::Newest, 50).await.unwrap();
        page.messages.iter().filter_map(|message| message.id.server()).collect::<Vec<_>>()
    };
    let row = |id| Chat {
        id: chat,
        last: Some(said(chat, id, "zebra")),
        unread: 3,
        mentions: 0,
        reactions: 0,
        read_inbox: 2,
        read_outbox: 0,
        pinned: false,
        muted: false,
    };
    // Each is asked for, then something happens, then the answer is kept.
    let (asked, single, list) = (store.mark(), store.mark(), store.mark());
    apply(Change::Deleted { chat: Some(chat), messages: vec![5] }).await;
    apply(Change::Pinned { chat, messages: vec![2], pinned: true }).await;
    store.save_page(chat, Place::Newest, page(), asked).await.unwrap();
    assert_eq!(ids().await, [1, 2, 3, 4]);
    store.save_messages(vec![said(chat, 5, "zebra"), said(chat, 2, "zebra")], vec![], single).await.unwrap();
    assert_eq!(ids().await, [1, 2, 3, 4]);
    assert!(store.messages(chat, vec![2]).await.unwrap()[0].pinned);
    let listed = crate::ListedChats { chats: vec![row(5)], first: true, last: true, ..crate::ListedChats::default() };
    store.save_chats(listed, list).await.unwrap();
    let here = store.chat(chat).await.unwrap().unwrap();
    assert_eq!((here.unread, here.last.map(|last| last.id)), (2, Some(MessageId::Server(4))));
    let wanted = crate::Search { text: "zebra".into(), limit: 50, ..crate::Search::default() };
    assert_eq!(store.search(wanted).await.unwrap().hits.len(), 4);
    // A row of the list from before a message that came, and before it was read elsewhere.
    let list = store.mark();
    apply(Change::NewMessage(Message { date: 1_790_001_000, ..said(chat, 6, "new") })).await;
    let listed = crate::ListedChats { chats: vec![row(4)], first: true, last: true, ..crate::ListedChats::default() };
    store.save_chats(listed, list).await.unwrap();
    let here = store.chat(chat).await.unwrap().unwrap();
    assert_eq!((here.unread, here.last.map(|last| last.id)), (4, Some(MessageId::Server(6))));
    // What was asked for after a change is the truth.
    apply(Change::Deleted { chat: Some(chat), messages: vec![1] }).await;
    let asked = store.mark();
    store.save_page(chat, Place::Newest, page(), asked).await.unwrap();
    assert_eq!(ids().await, [1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn what_may_be_seen_for_a_moment_only_never_reaches_the_disk() {
    use crate::history::tests::said;
    use heliograph_model::{Change, Contact, Media, Message, OtherMedia, Place};
    let room = Room::new();
    let store = room.open().await;
    let chat = PeerId::User(3);
    let contact = Contact { user: None, name: "Somebody".into(), phone: "1".into() };
    let fleeting = Message { media: Some(Media::Contact(contact)), fleeting: true, ..said(chat, 1, "look") };
    store.apply(Batch { changes: vec![Change::NewMessage(fleeting)], ..Batch::default() }).await.unwrap();
    let page = store.page(chat, Place::Newest, 5).await.unwrap();
    assert_eq!(page.messages[0].media, Some(Media::Other(OtherMedia::Fleeting)));
    assert_eq!(page.messages[0].text.text, "look");
}

/// What is written gets into the file while it stays open, and the log is emptied when something is cleared meanwhile.
#[tokio::test]
async fn the_log_gets_into_the_file_meanwhile() {
    let room = Room::new();
    let store = room.open().await;
    let length = |name: &str| fs::metadata(room.folder().join(name)).map_or(0, |file| file.len());
    let mut state = 1_u64;
    let mut long_word = || {
        let mut digits = String::new();
        for _ in 0..250 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let _ = write!(digits, "{state:016x}");
        }
        digits
    };
    for batch in 0..6 {
        let said = |n| heliograph_model::Message {
            id: heliograph_model::MessageId::Server(batch * 1000 + n),
            chat: PeerId::User(9),
            date: 1_790_000_000,
            text: heliograph_model::FormattedText::plain(long_word()),
            ..heliograph_model::Message::default()
        };
        let changes = (1..=1000).map(said).map(heliograph_model::Change::NewMessage).collect();
        store.apply(Batch { changes, ..Batch::default() }).await.unwrap();
    }
    assert!(length("account.db-wal") > 4 << 20);
    let start = Instant::now();
    while length("account.db") < 8 << 20 {
        assert!(start.elapsed() < Duration::from_secs(120), "{}", length("account.db"));
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    store.clear().await.unwrap();
    assert_eq!(length("account.db-wal"), 0);
    store.close().await.unwrap();
    let store = room.open().await;
    assert_eq!(store.chats(9).await.unwrap().chats, []);
    store.close().await.unwrap();
}

#[tokio::test]
async fn what_the_writer_keeps_of_the_file_is_small_but_where_much_comes_at_once() {
    let room = Room::new();
    let store = room.open().await;
    let kept = async || {
        let kept =
            store.call(|connection| Ok(connection.query_row("PRAGMA cache_size", [], |row| row.get::<_, i64>(0))?));
        kept.await.unwrap()
    };
    let came = async |count: usize| {
        let changes =
            (1..=count).map(|id| heliograph_model::Change::Deleted { chat: None, messages: vec![id as i32] }).collect();
        store.apply(Batch { state: None, peers: vec![], changes }).await.unwrap();
    };
    assert_eq!(kept().await, -6000);
    came(MUCH).await;
    assert_eq!(kept().await, -16_000);
    came(1).await;
    assert_eq!(kept().await, -6000, "the rest is given back");
}
