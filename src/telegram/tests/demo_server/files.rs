//! Pictures and files.

use crate::stage::{PATIENCE, Stage, User, eventually};
use heliograph_model::{Connection, Document, Media, MessageId, PeerId, Photo};
use heliograph_telegram::{Error, Event, Purpose, Wish};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const LARGE: &str = "star-map.fits";

/// The first message of any chat whose media is what is looked for.
async fn search<T>(user: &User, pick: impl Fn(&Media) -> Option<T>) -> (PeerId, i32, T) {
    for chat in user.everything().await.chats {
        let mut before = None;
        for _ in 0..3 {
            let page = user
                .account
                .history(chat.id, before.map_or(heliograph_model::Place::Newest, heliograph_model::Place::Before), 100)
                .await
                .unwrap();
            for message in &page.messages {
                if let (MessageId::Server(id), Some(found)) = (message.id, message.media.as_ref().and_then(&pick)) {
                    return (chat.id, id, found);
                }
            }
            before = page.messages.first().and_then(|message| message.id.server());
            if page.complete || before.is_none() {
                break;
            }
        }
    }
    panic!("no chat has it")
}

fn wish() -> Wish {
    Wish::new(Purpose::Save)
}

async fn large_file(user: &User) -> (PeerId, i32, Document) {
    search(user, |media| match media {
        Media::Document(document) if document.name == LARGE => Some(document.clone()),
        _ => None,
    })
    .await
}

async fn picture(user: &User) -> (PeerId, i32, Photo) {
    search(user, |media| match media {
        Media::Photo(photo) => Some(photo.clone()),
        _ => None,
    })
    .await
}

fn is_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.ends_with(&[0xff, 0xd9])
}

#[tokio::test(flavor = "multi_thread")]
async fn profile_photos_and_pictures() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let all = user.everything().await;
    let mut seen = 0;
    for peer in all.peers.iter().filter(|peer| peer.photo.is_some()).take(12) {
        let bytes = user.account.profile_photo(peer.id, peer.photo.as_ref().unwrap()).await.unwrap();
        assert!(is_jpeg(&bytes), "{:?}", peer.id);
        seen += 1;
    }
    assert_eq!(seen, 12);

    let (chat, id, photo) = picture(&user).await;
    let bytes = user.account.picture((chat, id), &photo.file).await.unwrap();
    assert!(is_jpeg(&bytes));
    assert_eq!(u64::try_from(bytes.len()).unwrap(), photo.file.size);
    let stripped = photo.stripped.as_deref().and_then(heliograph_telegram::stripped_to_jpeg);
    assert!(stripped.is_some_and(|jpeg| is_jpeg(&jpeg)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_reference_is_made_fresh() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (chat, id, photo) = picture(&user).await;
    stage.server.world().expire_file_references();
    // A message that does not hold the file cannot make it fresh.
    assert_eq!(user.account.picture((chat, i32::MAX), &photo.file).await, Err(Error::FileGone));
    assert!(is_jpeg(&user.account.picture((chat, id), &photo.file).await.unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_were_seen_are_there_without_the_server() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (chat, id, photo) = picture(&user).await;
    let seen = user.account.picture((chat, id), &photo.file).await.unwrap();
    let peer = user.everything().await.peers.into_iter().find(|peer| peer.photo.is_some()).unwrap();
    let face = user.account.profile_photo(peer.id, peer.photo.as_ref().unwrap()).await.unwrap();
    let until = tokio::time::Instant::now() + PATIENCE;
    while user.account.storage().await.unwrap().pictures.iter().map(|used| used.pictures).sum::<u64>() < 2 {
        assert!(tokio::time::Instant::now() < until, "both are kept");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    user.heard.until(|event| matches!(event, Event::Connection(Connection::Connecting | Connection::Waiting(_)))).await;
    assert_eq!(user.account.picture((chat, id), &photo.file).await, Ok(seen));
    assert_eq!(user.account.profile_photo(peer.id, peer.photo.as_ref().unwrap()).await, Ok(face));
    user.account.clear_pictures(heliograph_store::Clear::All).await.unwrap();
    assert_eq!(user.account.storage().await.unwrap().pictures, []);
    // Nobody waits for a connection: other pictures may be here.
    assert_eq!(user.account.picture((chat, id), &photo.file).await, Err(Error::NotConnected));
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_megabytes_arrive_whole() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (chat, id, file) = large_file(&user).await;
    let path = stage.path("download");
    let steps = Arc::new(Mutex::new(Vec::new()));
    let progress = {
        let steps = steps.clone();
        move |done, total| steps.lock().unwrap().push((done, total))
    };
    // In the middle of it all references become stale.
    let world = stage.server.world();
    let expire = {
        let (steps, world) = (steps.clone(), world.clone());
        tokio::spawn(async move {
            eventually("parts come", || steps.lock().unwrap().len() > 5).await;
            world.expire_file_references();
        })
    };
    user.account.download((chat, id), &file, &wish(), &path, progress).await.unwrap();
    expire.await.unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes == world.file_bytes(LARGE).unwrap(), "the bytes differ");
    let steps = steps.lock().unwrap();
    assert!(steps.is_sorted() && steps.len() > 50);
    assert_eq!(steps.last(), Some(&(file.file.size, file.file.size)));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_can_be_called_off() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (chat, id, file) = large_file(&user).await;
    stage.scenario.throttle_files(Some(2 << 20));
    let path = stage.path("download");
    let done = Arc::new(AtomicU64::new(0));
    let task = {
        let (account, path, done) = (user.account.clone(), path.clone(), done.clone());
        tokio::spawn(async move {
            let progress = move |bytes, _| done.store(bytes, Ordering::Relaxed);
            account.download((chat, id), &file, &wish(), &path, progress).await
        })
    };
    eventually("it begins", || done.load(Ordering::Relaxed) > 0).await;
    assert!(path.exists());
    // Small requests do not stand in line behind it.
    let answer = tokio::time::timeout(PATIENCE, user.account.chats(None, 20)).await;
    assert!(answer.is_ok_and(|page| page.is_ok()));
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert!(!path.exists());
    // What was on its way arrives, and then nothing more.
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let calls = stage.scenario.calls("upload.getFile");
        tokio::time::sleep(Duration::from_millis(500)).await;
        if stage.scenario.calls("upload.getFile") == calls {
            break;
        }
        assert!(tokio::time::Instant::now() < until, "more and more is asked for");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_goes_on_after_the_line_was_cut() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (chat, id, file) = large_file(&user).await;
    let path = stage.path("download");
    let done = Arc::new(AtomicU64::new(0));
    stage.scenario.throttle_files(Some(16 << 20));
    let task = {
        let (account, path, done) = (user.account.clone(), path.clone(), done.clone());
        tokio::spawn(async move {
            let progress = move |bytes, _| done.store(bytes, Ordering::Relaxed);
            account.download((chat, id), &file, &wish(), &path, progress).await
        })
    };
    eventually("it begins", || done.load(Ordering::Relaxed) > 4 << 20).await;
    stage.scenario.cut_connections();
    stage.scenario.throttle_files(None);
    tokio::time::timeout(PATIENCE, task).await.unwrap().unwrap().unwrap();
    assert!(std::fs::read(&path).unwrap() == stage.server.world().file_bytes(LARGE).unwrap(), "the bytes differ");
}

#[tokio::test(flavor = "multi_thread")]
async fn disks_have_errors_too() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (chat, id, file) = large_file(&user).await;
    let nowhere = stage.path("no/such/folder/file");
    let error = user.account.download((chat, id), &file, &wish(), &nowhere, |_, _| {}).await;
    assert_eq!(error, Err(Error::Disk("entity not found".into())));
}

/// A message is stored a moment after it came.
async fn stored(user: &User, chat: PeerId, id: i32) {
    let until = tokio::time::Instant::now() + PATIENCE;
    while user.account.stored_messages(chat, vec![id]).await.unwrap().messages.is_empty() {
        assert!(tokio::time::Instant::now() < until, "the message is stored");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Downloads the large file until so many bytes are here, and stops as if the program had ended then. Returns how many
/// parts were asked for.
async fn begin(stage: &Stage, user: &User, chat: PeerId, id: i32, file: &Document, wish: &Wish) -> u64 {
    stored(user, chat, id).await;
    stage.scenario.throttle_files(Some(16 << 20));
    let before = stage.scenario.calls("upload.getFile");
    let done = Arc::new(AtomicU64::new(0));
    let task = {
        let (account, done, file, wish) = (user.account.clone(), done.clone(), file.clone(), wish.clone());
        let path = stage.path("first");
        tokio::spawn(async move {
            let progress = move |bytes, _| done.store(bytes, Ordering::Relaxed);
            account.download((chat, id), &file, &wish, &path, progress).await
        })
    };
    eventually("it begins", || done.load(Ordering::Relaxed) > 6 << 20).await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert!(!stage.path("first").exists(), "half of a file is no file");
    stage.scenario.calls("upload.getFile") - before
}

/// Bytes of a part, and how many are asked for at once.
const PART: u64 = 512 << 10;
const AT_ONCE: u64 = 6;

#[tokio::test(flavor = "multi_thread")]
async fn what_came_before_the_program_ended_is_not_asked_for_again() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (chat, id, file) = large_file(&user).await;
    let asked = begin(&stage, &user, chat, id, &file, &wish()).await;
    user.account.shut_down().await;
    drop(user);
    stage.scenario.throttle_files(None);
    // A week later.
    stage.server.world().expire_file_references();

    let (account, _heard) = stage.open("one").await;
    let mut all = account.transfers().await.unwrap();
    let transfer = all.pop().unwrap();
    assert!(all.is_empty());
    assert_eq!((transfer.chat, transfer.message, transfer.purpose), (chat, id, Purpose::Save));
    assert!(transfer.done > 6 << 20, "{}", transfer.done);
    let unfinished = account.storage().await.unwrap().unfinished;
    assert_eq!(unfinished, [heliograph_telegram::Unfinished { chat, bytes: transfer.done }]);

    let first = Arc::new(AtomicU64::new(0));
    let seen = first.clone();
    let progress = move |done, _| {
        let _ = seen.compare_exchange(0, done, Ordering::Relaxed, Ordering::Relaxed);
    };
    let before = stage.scenario.calls("upload.getFile");
    let (path, again) = (stage.path("second"), wish());
    let download = account.download((chat, id), &transfer.document, &again, &path, progress);
    tokio::time::timeout(PATIENCE, download).await.unwrap().unwrap();
    assert!(std::fs::read(&path).unwrap() == stage.server.world().file_bytes(LARGE).unwrap(), "the bytes differ");
    assert_eq!(first.load(Ordering::Relaxed), transfer.done, "what is here is told first");
    // Those that were in flight, and those whose reference was stale, are asked for twice.
    let again = stage.scenario.calls("upload.getFile") - before;
    let parts = file.file.size.div_ceil(PART);
    assert!(again <= parts - transfer.done / PART + AT_ONCE, "{again} of {parts}, {} were here", transfer.done / PART);
    assert!(asked + again <= parts + 2 * AT_ONCE, "{asked} and {again} of {parts}");

    // Whole, and nobody said yet where it goes: nothing more is asked for.
    assert_eq!(account.transfers().await.unwrap().len(), 1);
    let before = stage.scenario.calls("upload.getFile");
    account.download((chat, id), &transfer.document, &wish(), &stage.path("third"), |_, _| {}).await.unwrap();
    assert_eq!(stage.scenario.calls("upload.getFile"), before);
    account.drop_download((chat, id), &wish());
    assert!(account.transfers().await.unwrap().is_empty());
    assert_eq!(account.storage().await.unwrap().unfinished, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_wanted_any_more_leaves_nothing() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let (chat, id, file) = large_file(&user).await;
    let wish = wish();
    begin(&stage, &user, chat, id, &file, &wish).await;
    assert_eq!(user.account.transfers().await.unwrap().len(), 1);
    user.account.drop_download((chat, id), &wish);
    assert!(user.account.transfers().await.unwrap().is_empty());
    let large = |entry: std::fs::DirEntry| entry.metadata().is_ok_and(|found| found.len() > file.file.size);
    let media = stage.path("one").join("media");
    let left = || std::fs::read_dir(&media).is_ok_and(|mut all| all.any(|entry| large(entry.unwrap())));
    eventually("its parts are gone", || !left()).await;
    // Whoever called it off does not get it by asking with the same wish.
    let path = stage.path("second");
    let error = user.account.download((chat, id), &file, &wish, &path, |_, _| {}).await;
    assert_eq!((error, path.exists()), (Err(Error::Cancelled), false));
}
