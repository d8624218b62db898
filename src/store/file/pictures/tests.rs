use super::*;
use crate::history::tests::said;
use crate::{Batch, DataKey, Draft, Outgoing, Progress, Task};
use heliograph_model::{Change, FileKind, FileLocation, FormattedText, Media, Message, MessageId, PeerId, Photo};
use std::fs;
use std::path::{Path, PathBuf};

mod failing;

const CHAT: PeerId = PeerId::Channel(5);
const NOW: i64 = 1_790_000_000;
const DAY: i64 = 24 * 3600;

struct Room {
    root: tempfile::TempDir,
    key: DataKey,
}

impl Room {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap(), key: DataKey::random().unwrap() }
    }

    fn media(&self) -> PathBuf {
        self.root.path().join("1/media")
    }

    async fn open(&self) -> Store {
        Store::open(&self.root.path().join("1"), &self.key).await.unwrap()
    }

    /// The files that are left: they go right after the answer, before anything else is done.
    async fn left(&self, store: &Store) -> Vec<PathBuf> {
        store.set_current(NOW).await.unwrap();
        self.files()
    }

    fn files(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.media()) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}

fn with_photo(chat: PeerId, id: i32, photo: i64) -> Message {
    let file = FileLocation {
        dc: 4,
        kind: FileKind::Photo,
        id: photo,
        access_hash: 1,
        file_reference: Vec::new().into(),
        thumb: "x".into(),
        size: 9,
    };
    let photo = Photo { id: photo, file, width: 8, height: 4, stripped: None, spoiler: false };
    Message { media: Some(Media::Photo(photo)), ..said(chat, id, "look") }
}

fn shown(chat: PeerId, message: i32, id: i64) -> Picture {
    Picture::Shown { chat, message, kind: FileKind::Photo, id, thumb: "x".into() }
}

async fn apply(store: &Store, change: Change) {
    store.apply(Batch { changes: vec![change], ..Batch::default() }).await.unwrap();
}

/// A message and its picture.
async fn keep(store: &Store, chat: PeerId, message: i32, photo: i64, bytes: &[u8]) {
    apply(store, Change::NewMessage(with_photo(chat, message, photo))).await;
    assert!(store.keep_picture(shown(chat, message, photo), bytes.to_vec(), NOW).await.unwrap());
}

async fn get(store: &Store, picture: Picture) -> Option<Vec<u8>> {
    store.picture(picture, NOW).await.unwrap()
}

#[tokio::test]
async fn a_picture_is_there_again_and_nobody_else_sees_it() {
    let room = Room::new();
    let store = room.open().await;
    let bytes: Vec<u8> = b"recognisable ".repeat(4000);
    assert_eq!(get(&store, shown(CHAT, 1, 10)).await, None);
    keep(&store, CHAT, 1, 10, &bytes).await;
    assert_eq!(get(&store, shown(CHAT, 1, 10)).await.as_deref(), Some(&bytes[..]));
    assert_eq!(get(&store, shown(CHAT, 1, 11)).await, None);
    assert!(!store.keep_picture(shown(CHAT, 1, 10), bytes.clone(), NOW).await.unwrap(), "it is here already");
    store.close().await.unwrap();
    let files = room.files();
    assert_eq!(files.len(), 1);
    let name = files[0].file_name().unwrap().to_str().unwrap();
    assert!(name.len() == 32 && name.chars().all(|c| c.is_ascii_hexdigit()), "{name}");
    let sealed = fs::read(&files[0]).unwrap();
    assert!(!sealed.windows(8).any(|part| part == b"recognis"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&room.media()), mode(&files[0])), (0o700, 0o600));
    }
    let store = room.open().await;
    store.tidy_pictures(NOW).await.unwrap();
    assert_eq!(get(&store, shown(CHAT, 1, 10)).await, Some(bytes));
}

#[tokio::test]
async fn what_was_cut_changed_or_exchanged_is_never_shown() {
    let room = Room::new();
    let store = room.open().await;
    for (message, spoil) in (1..).zip(["cut", "changed", "exchanged", "removed", "emptied"]) {
        let photo = i64::from(message) * 10;
        keep(&store, CHAT, message, photo, &[7; 5000]).await;
        let mine = room.files().into_iter().next().unwrap();
        let mut sealed = fs::read(&mine).unwrap();
        match spoil {
            "cut" => fs::write(&mine, &sealed[..4000]).unwrap(),
            "changed" => {
                sealed[2500] ^= 1;
                fs::write(&mine, &sealed).unwrap();
            }
            "exchanged" => {
                keep(&store, CHAT, 99, 990, &[8; 5000]).await;
                let other = room.files().into_iter().find(|path| *path != mine).unwrap();
                fs::write(&other, &sealed).unwrap();
                assert_eq!(get(&store, shown(CHAT, 99, 990)).await, None);
                fs::remove_file(&mine).unwrap();
            }
            "removed" => fs::remove_file(&mine).unwrap(),
            _ => fs::write(&mine, []).unwrap(),
        }
        assert_eq!(get(&store, shown(CHAT, message, photo)).await, None, "{spoil}");
        assert_eq!(room.left(&store).await, Vec::<PathBuf>::new(), "{spoil}: it is gone");
        assert_eq!(store.used_by_pictures().await.unwrap(), []);
        // And may come again.
        assert!(store.keep_picture(shown(CHAT, message, photo), vec![7; 5000], NOW).await.unwrap());
        assert_eq!(get(&store, shown(CHAT, message, photo)).await, Some(vec![7; 5000]));
        store.clear_pictures(Clear::All).await.unwrap();
    }
}

#[tokio::test]
async fn what_belongs_to_nothing_that_stands_here_is_not_kept() {
    let room = Room::new();
    let store = room.open().await;
    let keep = async |picture| store.keep_picture(picture, vec![1; 100], NOW).await.unwrap();
    assert!(!keep(shown(CHAT, 1, 10)).await, "no such chat");
    apply(&store, Change::NewMessage(with_photo(CHAT, 1, 10))).await;
    assert!(!keep(shown(CHAT, 2, 10)).await, "no such message");
    assert!(!keep(shown(CHAT, 1, 11)).await, "it shows another");
    apply(&store, Change::NewMessage(Message { fleeting: true, ..with_photo(CHAT, 3, 30) })).await;
    assert!(!keep(shown(CHAT, 3, 30)).await, "it may be seen for a moment only");
    assert!(!keep(Picture::Face { peer: PeerId::User(1), photo: 5 }).await, "nobody knows them");
    let large = vec![1; LARGEST + 1];
    assert!(!store.keep_picture(shown(CHAT, 1, 10), large, NOW).await.unwrap());
    assert_eq!(room.files(), Vec::<PathBuf>::new());
    assert!(keep(shown(CHAT, 1, 10)).await);
}

#[tokio::test]
async fn a_picture_goes_with_the_last_message_that_shows_it() {
    let room = Room::new();
    let store = room.open().await;
    keep(&store, CHAT, 1, 10, &[1; 100]).await;
    keep(&store, CHAT, 2, 20, &[2; 100]).await;
    // The same photo in another message: seen there, too.
    apply(&store, Change::NewMessage(with_photo(CHAT, 3, 10))).await;
    assert!(get(&store, shown(CHAT, 3, 10)).await.is_some());
    apply(&store, Change::Deleted { chat: Some(CHAT), messages: vec![1, 2] }).await;
    assert_eq!(get(&store, shown(CHAT, 2, 20)).await, None);
    assert!(get(&store, shown(CHAT, 3, 10)).await.is_some());
    assert_eq!(room.left(&store).await.len(), 1);
    // Its time is up.
    apply(&store, Change::NewMessage(Message { lifetime: Some(60), ..with_photo(CHAT, 4, 40) })).await;
    assert!(store.keep_picture(shown(CHAT, 4, 40), vec![4; 100], NOW).await.unwrap());
    store.expire(NOW + DAY).await.unwrap();
    assert_eq!(get(&store, shown(CHAT, 4, 40)).await, None);
    // It says something else now.
    apply(&store, Change::Edited(with_photo(CHAT, 3, 50))).await;
    assert_eq!(get(&store, shown(CHAT, 3, 10)).await, None);
    assert_eq!(room.left(&store).await, Vec::<PathBuf>::new());
}

#[tokio::test]
async fn the_newest_face_of_somebody_is_kept() {
    let room = Room::new();
    let store = room.open().await;
    let peer = PeerId::User(7);
    let known = crate::StoredPeer { id: peer, access_hash: None, min: true };
    store.save_peers(vec![known]).await.unwrap();
    for photo in [1, 2] {
        let face = Picture::Face { peer, photo };
        assert!(store.keep_picture(face.clone(), vec![photo as u8; 50], NOW).await.unwrap());
        assert_eq!(get(&store, face).await, Some(vec![photo as u8; 50]));
    }
    assert_eq!(get(&store, Picture::Face { peer, photo: 1 }).await, None);
    let used = Used { chat: peer, kind: PictureKind::Faces, pictures: 1, bytes: 4096 };
    assert_eq!(store.used_by_pictures().await.unwrap(), [used]);
}

#[tokio::test]
async fn what_is_old_or_too_much_goes_and_what_is_used_stays() {
    let room = Room::new();
    let store = room.open().await;
    for message in 1..=10 {
        keep(&store, CHAT, message, message.into(), &[9; 8000]).await;
    }
    // Used later than the others, which is noted.
    let later = NOW + 2 * DAY;
    assert!(store.picture(shown(CHAT, 1, 1), later).await.unwrap().is_some());
    store.limit_pictures(Limits { bytes: Some(50_000), age: Some(100 * DAY) }, later).await.unwrap();
    let used = store.used_by_pictures().await.unwrap();
    assert_eq!(used, [Used { chat: CHAT, kind: PictureKind::Photos, pictures: 5, bytes: 5 * 8192 }]);
    assert!(store.picture(shown(CHAT, 1, 1), later).await.unwrap().is_some(), "used last");
    assert!(store.picture(shown(CHAT, 2, 2), later).await.unwrap().is_none(), "used first");
    assert_eq!(room.left(&store).await.len(), 5);
    store.limit_pictures(Limits { bytes: Some(50_000), age: Some(DAY) }, later).await.unwrap();
    assert_eq!(room.left(&store).await.len(), 1);
    store.clear_pictures(Clear::Kind(PictureKind::Faces)).await.unwrap();
    assert_eq!(room.left(&store).await.len(), 1);
    store.clear_pictures(Clear::Kind(PictureKind::Photos)).await.unwrap();
    assert_eq!((room.files(), store.used_by_pictures().await.unwrap()), (Vec::new(), Vec::new()));
}

/// A sticker and the still of a film, which both are files; and a face.
async fn keep_other_kinds(store: &Store, chat: PeerId) {
    let face = Picture::Face { peer: chat, photo: 1 };
    store.save_peers(vec![crate::StoredPeer { id: chat, access_hash: None, min: true }]).await.unwrap();
    assert!(store.keep_picture(face, vec![1; 50], NOW).await.unwrap());
    for (message, thumb) in [(100, ""), (101, "m")] {
        let mut said = with_photo(chat, message, message.into());
        if let Some(Media::Photo(photo)) = &mut said.media {
            photo.file.kind = FileKind::Document;
        }
        apply(store, Change::NewMessage(said)).await;
        let picture =
            Picture::Shown { chat, message, kind: FileKind::Document, id: message.into(), thumb: thumb.into() };
        assert!(store.keep_picture(picture, vec![2; 50], NOW).await.unwrap());
    }
}

#[tokio::test]
async fn what_is_here_is_told_and_removed_by_kind_and_by_chat() {
    let room = Room::new();
    let store = room.open().await;
    let other = PeerId::User(6);
    keep(&store, CHAT, 1, 10, &[9; 8000]).await;
    keep(&store, other, 1, 11, &[9; 50]).await;
    keep_other_kinds(&store, CHAT).await;
    let kinds = |storage: &Storage, chat: PeerId| {
        let mut kinds: Vec<PictureKind> =
            storage.pictures.iter().filter(|used| used.chat == chat).map(|used| used.kind).collect();
        kinds.sort_unstable();
        kinds
    };
    let storage = store.storage().await.unwrap();
    assert_eq!(
        kinds(&storage, CHAT),
        [PictureKind::Faces, PictureKind::Photos, PictureKind::Stills, PictureKind::Stickers]
    );
    assert_eq!(storage.messages, [(other, 1), (CHAT, 3)]);
    assert!(storage.database > 0 && storage.limits == Limits::default());
    store.clear_pictures(Clear::Kind(PictureKind::Stickers)).await.unwrap();
    let storage = store.storage().await.unwrap();
    assert_eq!(kinds(&storage, CHAT), [PictureKind::Faces, PictureKind::Photos, PictureKind::Stills]);
    store.clear_pictures(Clear::Chat(CHAT)).await.unwrap();
    let storage = store.storage().await.unwrap();
    assert_eq!(kinds(&storage, CHAT), [PictureKind::Faces], "it is who the chat is, not what it shows");
    assert_eq!(kinds(&storage, other), [PictureKind::Photos]);
    assert_eq!(room.left(&store).await.len(), 2);
}

#[tokio::test]
async fn limits_are_kept_and_never_touch_what_was_written_here() {
    let room = Room::new();
    let store = room.open().await;
    keep(&store, CHAT, 1, 10, &[9; 8000]).await;
    let draft = Draft { text: FormattedText::plain("half a sentence"), reply: Some(1), date: NOW };
    store.set_draft(CHAT, draft).await.unwrap();
    let mut waiting = with_photo(CHAT, 1, 10);
    waiting.id = MessageId::Pending(1);
    let task = Task::Send { message: Box::new(waiting), files: vec!["/home/me/photo.jpg".into()], after: 1 };
    let outgoing = Outgoing { random_id: 77, chat: CHAT, task, progress: Progress::Waiting, since: NOW };
    store.put_outgoing(outgoing).await.unwrap();
    let unsent = (store.outbox().await.unwrap(), store.drafts().await.unwrap());
    assert!(unsent.0.len() == 1 && unsent.1.len() == 1);
    let none = Limits { bytes: Some(0), age: Some(1) };
    store.limit_pictures(none, NOW + 2 * DAY).await.unwrap();
    assert_eq!(room.left(&store).await, Vec::<PathBuf>::new());
    store.close().await.unwrap();
    let store = room.open().await;
    assert_eq!(store.storage().await.unwrap().limits, none, "they hold after the next start");
    assert_eq!((store.outbox().await.unwrap(), store.drafts().await.unwrap()), unsent);
    assert_eq!(store.messages(CHAT, vec![1]).await.unwrap().len(), 1);
    let all = Limits { bytes: None, age: None };
    store.limit_pictures(all, NOW).await.unwrap();
    assert!(store.keep_picture(shown(CHAT, 1, 10), vec![9; 8000], NOW).await.unwrap());
    store.tidy_pictures(NOW + 10_000 * DAY).await.unwrap();
    assert_eq!(store.storage().await.unwrap().pictures.len(), 1);
    store.clear().await.unwrap();
    assert_eq!(store.storage().await.unwrap().limits, Limits::default(), "whoever signs in next chooses anew");
}

#[tokio::test]
async fn after_a_crash_files_and_rows_are_brought_together() {
    let room = Room::new();
    let store = room.open().await;
    keep(&store, CHAT, 1, 10, &[1; 100]).await;
    let lost = room.files();
    keep(&store, CHAT, 2, 20, &[2; 100]).await;
    store.close().await.unwrap();
    // Ended before the row was written, before the file was whole, and after a file was lost.
    fs::remove_file(&lost[0]).unwrap();
    fs::write(room.media().join("0123456789abcdef0123456789abcdef"), b"x").unwrap();
    fs::write(room.media().join("00000000000000000000000000000000.new"), b"x").unwrap();
    let store = room.open().await;
    // What is just coming is none of that.
    let coming = store.shelf.write(b"coming").unwrap();
    store.tidy_pictures(NOW).await.unwrap();
    assert!(store.shelf.has(&coming.name));
    drop(coming);
    assert_eq!(room.left(&store).await.len(), 1);
    assert_eq!(store.used_by_pictures().await.unwrap()[0].pictures, 1);
    assert_eq!(get(&store, shown(CHAT, 2, 20)).await, Some(vec![2; 100]));
}

#[tokio::test]
async fn nothing_is_left_after_signing_out() {
    let room = Room::new();
    let store = room.open().await;
    keep(&store, CHAT, 1, 10, &[1; 100]).await;
    store.clear().await.unwrap();
    assert!(!room.media().exists());
    assert_eq!(get(&store, shown(CHAT, 1, 10)).await, None);
    // What was still being fetched comes too late.
    assert!(!store.keep_picture(shown(CHAT, 1, 10), vec![1; 100], NOW).await.unwrap());
    assert_eq!(room.files(), Vec::<PathBuf>::new());
    keep(&store, CHAT, 1, 10, &[1; 100]).await;
    let late = store.clone();
    store.destroy().await.unwrap();
    assert!(!room.root.path().join("1").exists());
    assert!(late.shelf.write(b"late").is_err());
    assert!(!room.root.path().join("1").exists());
}
