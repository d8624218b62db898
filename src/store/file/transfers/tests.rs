use super::*;
use crate::file::disk::{Disk, Step};
use crate::history::tests::said;
use crate::{Batch, Clear, Limits, Purpose};
use heliograph_model::{Change, Document, FileKind, FileLocation, Media, Message, PeerId};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

const CHAT: PeerId = PeerId::Channel(5);
const NOW: i64 = 1_790_000_000;
const DAY: i64 = 24 * 3600;
const PART: u64 = 32 << 10;
/// Two whole parts and a piece.
const LENGTH: u64 = 2 * PART + 17_000;

struct Room {
    root: tempfile::TempDir,
    key: DataKey,
}

impl Room {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap(), key: DataKey::random().unwrap() }
    }

    async fn open(&self) -> Store {
        Store::open(&self.root.path().join("1"), &self.key).await.unwrap()
    }

    fn target(&self) -> PathBuf {
        self.root.path().join("target")
    }

    /// The files of parts that are left: they go right after the answer, before anything else is done.
    async fn left(&self, store: &Store) -> usize {
        store.set_current(NOW).await.unwrap();
        fs::read_dir(self.root.path().join("1/media")).map_or(0, Iterator::count)
    }
}

fn document(id: i64) -> Document {
    let file = FileLocation {
        dc: 4,
        kind: FileKind::Document,
        id,
        access_hash: 1,
        file_reference: Vec::new().into(),
        thumb: String::new(),
        size: LENGTH,
    };
    Document { id, file, name: "map.fits".into(), mime: String::new(), thumbnail: None }
}

fn with(id: i32, document: &Document) -> Message {
    Message { media: Some(Media::Document(document.clone())), ..said(CHAT, id, "look") }
}

fn content() -> Vec<u8> {
    (0..LENGTH).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn part(number: u64) -> Vec<u8> {
    let start = (number * PART) as usize;
    content()[start..(start + PART as usize).min(LENGTH as usize)].to_vec()
}

async fn apply(store: &Store, change: Change) {
    store.apply(Batch { changes: vec![change], ..Batch::default() }).await.unwrap();
}

async fn begin(store: &Store, message: i32, document: &Document, wish: &Wish) -> Option<Transferring> {
    store.begin_transfer((CHAT, message), document, PART, wish, NOW).await.unwrap()
}

fn wish() -> Wish {
    Wish::new(Purpose::Save)
}

#[tokio::test]
async fn what_came_is_there_again_and_the_rest_is_asked_for() {
    let room = Room::new();
    let store = room.open().await;
    let document = document(9);
    assert!(begin(&store, 1, &document, &wish()).await.is_none(), "the message is not here");
    apply(&store, Change::NewMessage(with(1, &document))).await;
    let mut of = begin(&store, 1, &document, &wish()).await.unwrap();
    assert_eq!(of.parts.missing().collect::<Vec<_>>(), [0, 1, 2]);
    assert!(store.put_part(&mut of, 2, part(2)).await.unwrap());
    assert!(store.put_part(&mut of, 0, part(0)).await.unwrap());
    assert!(!store.unseal_transfer(&mut of, &room.target()).await.unwrap(), "it is not whole");
    assert!(!room.target().exists());
    let done = PART + 17_000;
    assert_eq!(store.storage().await.unwrap().unfinished, [crate::Unfinished { chat: CHAT, bytes: done }]);
    // Nothing of it can be read in the file.
    let sealed = fs::read_dir(room.root.path().join("1/media")).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&sealed).unwrap();
    let piece = &content()[1000..1016];
    assert!(!bytes.windows(piece.len()).any(|window| window == piece));
    store.close().await.unwrap();

    let store = room.open().await;
    let wanted = store.transfers().await.unwrap();
    let purpose = Purpose::Save;
    assert_eq!(wanted, [crate::Transfer { chat: CHAT, message: 1, document: document.clone(), purpose, done }]);
    let mut of = begin(&store, 1, &document, &wish()).await.unwrap();
    assert_eq!((of.parts.missing().collect::<Vec<_>>(), of.parts.done()), (vec![1], done));
    assert!(store.put_part(&mut of, 1, part(1)).await.unwrap());
    assert!(store.unseal_transfer(&mut of, &room.target()).await.unwrap());
    assert_eq!(fs::read(room.target()).unwrap(), content());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(room.target()).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // It stays until somebody says that it is where it should be.
    assert_eq!(store.transfers().await.unwrap().len(), 1);
    store.drop_transfer((CHAT, 1), &wish());
    assert_eq!((store.transfers().await.unwrap().len(), room.left(&store).await), (0, 0));
}

#[tokio::test]
async fn parts_that_are_not_what_was_written_are_asked_for_again() {
    let room = Room::new();
    let store = room.open().await;
    let document = document(9);
    apply(&store, Change::NewMessage(with(1, &document))).await;
    let mut of = begin(&store, 1, &document, &wish()).await.unwrap();
    for number in 0..3 {
        store.put_part(&mut of, number, part(number)).await.unwrap();
    }
    let sealed = fs::read_dir(room.root.path().join("1/media")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&sealed).unwrap();
    bytes[PART as usize + 1000] ^= 1;
    fs::write(&sealed, bytes).unwrap();
    assert!(!store.unseal_transfer(&mut of, &room.target()).await.unwrap());
    assert!(!room.target().exists(), "half of a file is no file");
    assert_eq!(of.parts.missing().collect::<Vec<_>>(), [1]);
    let mut of = begin(&store, 1, &document, &wish()).await.unwrap();
    assert_eq!(of.parts.missing().collect::<Vec<_>>(), [1]);
    store.put_part(&mut of, 1, part(1)).await.unwrap();
    assert!(store.unseal_transfer(&mut of, &room.target()).await.unwrap());
    assert_eq!(fs::read(room.target()).unwrap(), content());

    // The whole file is gone, or was cut: from the beginning.
    fs::write(&sealed, b"short").unwrap();
    let of = begin(&store, 1, &document, &wish()).await.unwrap();
    assert_eq!((of.parts.missing().count(), room.left(&store).await), (3, 1));
}

#[tokio::test]
async fn what_is_called_off_leaves_nothing_whoever_comes_first() {
    let room = Room::new();
    let store = room.open().await;
    let document = document(9);
    apply(&store, Change::NewMessage(with(1, &document))).await;
    let first = wish();
    let mut of = begin(&store, 1, &document, &first).await.unwrap();
    store.put_part(&mut of, 0, part(0)).await.unwrap();
    store.drop_transfer((CHAT, 1), &first);
    assert!(!store.put_part(&mut of, 1, part(1)).await.unwrap(), "a part that was on its way");
    assert_eq!((store.transfers().await.unwrap().len(), room.left(&store).await), (0, 0));
    assert!(begin(&store, 1, &document, &first).await.is_none(), "it was called off before it began");
    // Another click is another wish.
    assert_eq!(begin(&store, 1, &document, &wish()).await.unwrap().parts.missing().count(), 3);
}

#[tokio::test]
async fn it_goes_with_its_message_and_what_is_protected_is_never_kept() {
    let room = Room::new();
    let store = room.open().await;
    let (one, other) = (document(9), document(10));
    for id in 1..=3 {
        apply(&store, Change::NewMessage(with(id, &one))).await;
        let mut of = begin(&store, id, &one, &wish()).await.unwrap();
        store.put_part(&mut of, 0, part(0)).await.unwrap();
    }
    assert!(begin(&store, 1, &other, &wish()).await.is_none(), "the message shows another file");
    apply(&store, Change::Edited(with(1, &other))).await;
    apply(&store, Change::Deleted { chat: Some(CHAT), messages: vec![2] }).await;
    let ids = |all: Vec<crate::Transfer>| all.into_iter().map(|transfer| transfer.message).collect::<Vec<_>>();
    assert_eq!((ids(store.transfers().await.unwrap()), room.left(&store).await), (vec![3], 1));
    apply(&store, Change::Edited(Message { protected: true, ..with(3, &one) })).await;
    assert!(begin(&store, 3, &one, &wish()).await.is_none());
    assert_eq!((store.transfers().await.unwrap().len(), room.left(&store).await), (0, 0));
}

#[tokio::test]
async fn what_goes_on_is_never_evicted_and_what_failed_is_after_a_time() {
    let room = Room::new();
    let store = room.open().await;
    for id in 1..=2 {
        apply(&store, Change::NewMessage(with(id, &document(id.into())))).await;
        let mut of = begin(&store, id, &document(id.into()), &wish()).await.unwrap();
        store.put_part(&mut of, 0, part(0)).await.unwrap();
        if id == 2 {
            store.stop_transfer(&of).await.unwrap();
        }
    }
    let going = |all: Vec<crate::Transfer>| all.into_iter().map(|transfer| transfer.message).collect::<Vec<_>>();
    assert_eq!((going(store.transfers().await.unwrap()), room.left(&store).await), (vec![1], 2));
    store.limit_pictures(Limits { bytes: Some(0), age: Some(DAY) }, NOW + DAY).await.unwrap();
    store.tidy_pictures(NOW + DAY).await.unwrap();
    assert_eq!(room.left(&store).await, 2);
    store.tidy_pictures(NOW + 2 * DAY).await.unwrap();
    assert_eq!((going(store.transfers().await.unwrap()), room.left(&store).await), (vec![1], 1));
    store.clear_pictures(Clear::All).await.unwrap();
    assert_eq!((going(store.transfers().await.unwrap()), room.left(&store).await), (vec![1], 1));
    let of = begin(&store, 1, &document(1), &wish()).await.unwrap();
    assert_eq!(of.parts.missing().collect::<Vec<_>>(), [1, 2]);
    store.clear().await.unwrap();
    assert_eq!((store.transfers().await.unwrap().len(), room.left(&store).await), (0, 0));
}

const FOLDER: &str = "HELIOGRAPH_STORE_PARTS_FOLDER";

/// The life of the child: it keeps part after part, and says which were acknowledged.
async fn live(folder: &Path) {
    let store = Store::open(folder, &DataKey::from_bytes([7; 32])).await.unwrap();
    let long = long_document();
    apply(&store, Change::NewMessage(with(1, &long))).await;
    let mut of = begin(&store, 1, &long, &wish()).await.unwrap();
    for number in of.parts.missing().collect::<Vec<_>>() {
        store.put_part(&mut of, number, vec![number as u8; PART as usize]).await.unwrap();
        println!("kept {number}");
    }
    println!("whole");
    std::future::pending::<()>().await;
}

fn long_document() -> Document {
    let mut document = document(9);
    document.file.size = 400 * PART;
    document
}

#[tokio::test]
async fn a_process_that_is_killed_keeps_every_part_that_it_had() {
    use std::io::{BufRead, BufReader};
    if let Some(folder) = std::env::var_os(FOLDER) {
        return live(Path::new(&folder)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut kept = 0;
    loop {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "file::transfers::tests::a_process_that_is_killed_keeps_every_part_that_it_had"])
            .args(["--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // It is killed in the midst of the parts that follow so many.
        let mut said = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
            said.extend(line.strip_prefix("kept ").and_then(|number| number.parse::<u64>().ok()));
            if line == "whole" || said.len() == 90 {
                break;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let store = Store::open(folder.path(), &DataKey::from_bytes([7; 32])).await.unwrap();
        let mut of = begin(&store, 1, &long_document(), &wish()).await.unwrap();
        assert!(said.iter().all(|number| of.parts.has(*number)), "{said:?}");
        let here = of.parts.count() - of.parts.missing().count() as u64;
        assert!(here >= kept && !said.is_empty());
        kept = here;
        let target = folder.path().join("target");
        if store.unseal_transfer(&mut of, &target).await.unwrap() {
            let bytes = fs::read(&target).unwrap();
            assert_eq!(bytes.len() as u64, 400 * PART);
            assert!(
                bytes.chunks(PART as usize).enumerate().all(|(at, part)| part.iter().all(|byte| *byte == at as u8))
            );
            break;
        }
        assert!(!target.exists());
        store.close().await.unwrap();
    }
}

/// The disk refuses one step after the other, or all from it on, while room is made for a file, a part is kept and the
/// whole is read.
#[tokio::test]
async fn what_the_disk_refuses_is_not_here_and_comes_when_it_works_again() {
    let stride = if crate::history::tests::effort() >= 1.0 { 1 } else { 3 };
    for failing in (0..).step_by(stride) {
        let mut failed = Vec::new();
        for times in [1, u64::MAX] {
            let room = Room::new();
            let disk = Disk::below(room.root.path());
            let store = room.open().await;
            let document = document(9);
            apply(&store, Change::NewMessage(with(1, &document))).await;
            let mut said = BTreeSet::new();
            disk.fail(failing, times);
            let begun = store.begin_transfer((CHAT, 1), &document, PART, &wish(), NOW).await;
            let begins = begun.is_ok();
            if let Ok(mut of) = begun.map(Option::unwrap) {
                for number in [1, 0, 2] {
                    match store.put_part(&mut of, number, part(number)).await {
                        Ok(kept) => assert!(kept && said.insert(number)),
                        Err(error) => assert!(matches!(error, Error::Io { .. } | Error::Database(_)), "{error}"),
                    }
                }
            }
            failed = disk.heal();
            assert!(said.len() == 3 || !failed.is_empty());
            // A file of which no row tells is not left behind, but where it could not be removed.
            if failed.contains(&Step::Remove) {
                store.tidy_pictures(NOW).await.unwrap();
            }
            assert_eq!(room.left(&store).await, usize::from(begins), "{failing}, {failed:?}");
            // Whatever was said to be here is; what was refused is asked for again.
            let mut of = begin(&store, 1, &document, &wish()).await.unwrap();
            assert!(said.iter().all(|number| of.parts.has(*number)), "{failing}, {failed:?}: {said:?}");
            for number in of.parts.missing().collect::<Vec<_>>() {
                assert!(store.put_part(&mut of, number, part(number)).await.unwrap());
            }
            assert!(store.unseal_transfer(&mut of, &room.target()).await.unwrap(), "{failing}, {failed:?}");
            assert_eq!(fs::read(room.target()).unwrap(), content());
            store.close().await.unwrap();
        }
        if failed.is_empty() {
            println!("{failing} steps");
            assert!(failing > 12);
            return;
        }
    }
}
