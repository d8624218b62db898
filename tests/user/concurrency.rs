//! The guide's own proof: nothing waits for anything else.

use crate::downloads::{document, wheel_to};
use crate::{GROUP, open_chat};
use futures::future::join_all;
use heliograph_model::{ChatPage, Document, FormattedText, Media, MessageId, PeerId};
use heliograph_telegram::{Account, Error};
use heliograph_tests::Desktop;
use iced::keyboard::key::Named;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[test]
fn history_sending_and_a_photo_at_once_take_about_one_delay() {
    let desktop = Desktop::new();
    let (account, _events) = desktop.elsewhere(&desktop.account());
    let page = desktop.run(account.chats(None, 100)).unwrap();
    let group = page.peers.iter().find(|peer| peer.name == GROUP).unwrap().id;
    let (peer, photo) = page.peers.iter().find_map(|peer| Some((peer.id, peer.photo.clone()?))).unwrap();
    // The lane to the files' datacenter is open from here on.
    desktop.run(account.profile_photo(peer, &photo)).unwrap();
    desktop.scenario().delay_all(Duration::from_millis(300));
    let mut best = f64::MAX;
    for round in 1..=3 {
        let text = FormattedText { text: format!("at once {round}"), ..FormattedText::default() };
        let (one, three) = desktop.run(async {
            let start = Instant::now();
            account.history(group, heliograph_model::Place::Newest, 10).await.unwrap();
            let one = start.elapsed();
            let start = Instant::now();
            let (history, sent, picture) = tokio::join!(
                account.history(group, heliograph_model::Place::Newest, 10),
                account.send(group, MessageId::Pending(round), text),
                account.profile_photo(peer, &photo),
            );
            assert_eq!(history.unwrap().messages.len(), 10);
            sent.unwrap();
            assert!(picture.unwrap().starts_with(&[0xff, 0xd8]));
            (one, start.elapsed())
        });
        let ratio = three.as_secs_f64() / one.as_secs_f64();
        println!("one request {one:?}, three at once {three:?}: {ratio:.2} delays");
        best = best.min(ratio);
    }
    assert!(best < 1.7, "three things at once took {best:.2} times as long as one");
}

/// The account and the clock share one thread: work that does not yield would stop the clock.
#[test]
fn a_background_clock_ticks_on_while_files_and_photos_come() {
    let desktop = Desktop::new();
    let (_, number, file) = document(&desktop, 40_000_000, 60_000_000);
    let expected = desktop.world().file_bytes(&file.name).unwrap();
    let target = desktop.downloads().join("large.bin");
    let thread = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (ticks, elapsed) = thread.block_on(async {
        let (account, _events) = desktop.session(&desktop.account()).await;
        let page = account.chats(None, 100).await.unwrap();
        let place = place_of(&account, number, &file).await;
        let photos = sixty_photos(&account, &page).await;
        let ticks = Arc::new(Mutex::new(Vec::new()));
        let ticked = ticks.clone();
        let clock = tokio::spawn(async move {
            let mut clock = tokio::time::interval(Duration::from_millis(20));
            clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
            loop {
                clock.tick().await;
                ticked.lock().unwrap().push(Instant::now());
            }
        });
        let wish = heliograph_telegram::Wish::new(heliograph_telegram::Purpose::Save);
        let start = Instant::now();
        let (saved, photos) =
            tokio::join!(account.download((place, number), &file, &wish, &target, |_, _| {}), join_all(photos));
        let elapsed = start.elapsed();
        clock.abort();
        saved.unwrap();
        assert!(photos.iter().all(Result::is_ok));
        (ticks.lock().unwrap().clone(), elapsed)
    });
    assert!(std::fs::read(&target).unwrap() == expected, "the bytes differ");
    let longest = ticks.windows(2).map(|two| two[1] - two[0]).max().unwrap_or(elapsed);
    println!("60 photos and 50 MB in {elapsed:?}: {} ticks of a clock, {longest:?} between two at most", ticks.len());
    assert!(longest * 4 < elapsed, "the clock stood still for {longest:?} of {elapsed:?}");
}

type PhotoOnItsWay = Pin<Box<dyn Future<Output = Result<Vec<u8>, Error>>>>;

/// Of peers, and where these are used up, of messages.
async fn sixty_photos(account: &Account, page: &ChatPage) -> Vec<PhotoOnItsWay> {
    let mut photos: Vec<PhotoOnItsWay> = Vec::new();
    for (peer, photo) in page.peers.iter().filter_map(|peer| Some((peer.id, peer.photo.clone()?))) {
        let account = account.clone();
        photos.push(Box::pin(async move { account.profile_photo(peer, &photo).await }));
    }
    for chat in &page.chats {
        if photos.len() >= 60 {
            break;
        }
        for message in account.history(chat.id, heliograph_model::Place::Newest, 100).await.unwrap().messages {
            if let (Some(Media::Photo(photo)), Some(number)) = (message.media, message.id.server()) {
                let (account, chat) = (account.clone(), chat.id);
                photos.push(Box::pin(async move { account.picture((chat, number), &photo.file).await }));
            }
        }
    }
    photos.truncate(60);
    assert_eq!(photos.len(), 60);
    photos
}

/// The chat that holds the document.
async fn place_of(account: &Account, number: i32, file: &Document) -> PeerId {
    let page = account.chats(None, 100).await.unwrap();
    for chat in &page.chats {
        let history = account.history(chat.id, heliograph_model::Place::Newest, 100).await.unwrap();
        let here = history.messages.iter().any(|message| {
            message.id == MessageId::Server(number)
                && matches!(&message.media, Some(Media::Document(other)) if other.id == file.id)
        });
        if here {
            return chat.id;
        }
    }
    panic!("the document is gone")
}

/// Every file is answered so late that none comes before the test is over: what works now waits for none of them.
#[test]
fn the_window_answers_while_photos_and_a_large_file_are_on_their_way() {
    let desktop = Desktop::new();
    let (title, number, _) = document(&desktop, 40_000_000, 60_000_000);
    desktop.scenario().delay("upload.getFile", Duration::from_secs(600));
    let mut screen = desktop.signed_in();
    screen.wait_until("photos are asked for", |_| desktop.scenario().calls("upload.getFile") > 2);
    open_chat(&mut screen, &title);
    wheel_to(&mut screen, &format!("download:{number}"));
    screen.click(&format!("download:{number}"));
    screen.wait_find(&format!("cancel:{number}"));
    open_chat(&mut screen, GROUP);
    screen.write("composer", "nothing waits");
    screen.press(Named::Enter);
    screen.wait_until("the server has it", |_| desktop.on_server(GROUP).contains(&"nothing waits".to_owned()));
    assert!(screen.ids("retry:").is_empty());
    open_chat(&mut screen, &title);
    wheel_to(&mut screen, &format!("cancel:{number}"));
    screen.click(&format!("cancel:{number}"));
    screen.wait_find(&format!("download:{number}"));
}

/// The clock of the program itself, while the bytes really flow.
#[test]
fn the_window_draws_while_the_bytes_flow() {
    let desktop = Desktop::new();
    let (title, number, _) = document(&desktop, 40_000_000, 60_000_000);
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, &title);
    wheel_to(&mut screen, &format!("download:{number}"));
    desktop.scenario().throttle_files(Some(10_000_000));
    screen.click(&format!("download:{number}"));
    screen.wait_find(&format!("cancel:{number}"));
    let mut rows = 0;
    while screen.has(&format!("cancel:{number}")) && rows < 5 {
        let before = screen.words();
        screen.wait_until("progress is drawn", |screen| screen.words() != before || screen.has("save-path"));
        let start = Instant::now();
        screen.click("composer");
        screen.keys("x");
        // These words stand in an empty composer only.
        screen.wait_gone("Write a message");
        println!("a click and a key while bytes flow: {:?}", start.elapsed());
        screen.press(Named::Backspace);
        screen.wait_for("Write a message");
        rows += 1;
    }
    assert!(rows > 0);
}
