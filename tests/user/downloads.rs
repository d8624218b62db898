//! Saving a file: its bytes, its name, the way to stop.

use crate::{open_chat, title};
use heliograph_model::{Document, Media};
use heliograph_tests::{Desktop, Screen};
use iced::Point;
use std::time::Duration;

/// A chat and a document of it, of at least and at most so many bytes: the title and the document.
pub(crate) fn document(desktop: &Desktop, least: u64, most: u64) -> (String, i32, Document) {
    let (account, _events) = desktop.elsewhere(&desktop.account());
    let mut after = None;
    loop {
        let page = desktop.run(account.chats(after, 100)).unwrap();
        for chat in &page.chats {
            let title = title(page.peers.iter().find(|peer| peer.id == chat.id).unwrap());
            let history = desktop.run(account.history(chat.id, heliograph_model::Place::Newest, 100)).unwrap();
            for message in history.messages.into_iter().rev() {
                if let (Some(Media::Document(file)), Some(number)) = (message.media, message.id.server())
                    && (least..=most).contains(&file.file.size)
                {
                    return (title, number, file);
                }
            }
        }
        after = page.next;
        assert!(after.is_some(), "no chat has a document of {least} to {most} bytes among its newest messages");
    }
}

/// Wheels up in the open chat to the control with this id.
pub(crate) fn wheel_to(screen: &mut Screen, id: &str) {
    screen.wait_until(&format!("“{id}” is wheeled to"), |screen| {
        if screen.find(id).is_some_and(|seen| seen.visible.is_some_and(|place| place.height > 8.0)) {
            return true;
        }
        screen.scroll_at(Point::new(830.0, 400.0), 4.0);
        screen.run_for(Duration::from_millis(20));
        false
    });
}

#[test]
fn the_saved_file_has_the_bytes_of_the_server() {
    let desktop = Desktop::new();
    let (title, number, document) = document(&desktop, 1, 4_000_000);
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, &title);
    wheel_to(&mut screen, &format!("download:{number}"));
    screen.click(&format!("download:{number}"));
    screen.wait_find("save-path");
    let prefilled = screen.value("save-path").unwrap();
    assert!(prefilled.ends_with(&heliograph_model::safe_file_name(&document.name)), "{prefilled}");
    let target = desktop.downloads().join("saved here.bin");
    screen.rewrite("save-path", target.to_str().unwrap());
    screen.click("save");
    screen.wait_until("the file is there", |_| target.exists());
    screen.wait_until("the path is no longer asked for", |screen| !screen.has("save-path"));
    assert_eq!(std::fs::read(&target).unwrap(), desktop.world().file_bytes(&document.name).unwrap());
}

#[test]
fn a_folder_that_does_not_exist_is_said_and_nothing_is_lost() {
    let desktop = Desktop::new();
    let (title, number, document) = document(&desktop, 1, 4_000_000);
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, &title);
    wheel_to(&mut screen, &format!("download:{number}"));
    screen.click(&format!("download:{number}"));
    screen.wait_find("save-path");
    screen.rewrite("save-path", "/proc/nowhere/file.bin");
    screen.click("save");
    screen.wait_for("There is no folder /proc/nowhere");
    let target = desktop.downloads().join("second try.bin");
    screen.rewrite("save-path", target.to_str().unwrap());
    screen.click("save");
    screen.wait_until("the file is there", |_| target.exists());
    assert_eq!(std::fs::read(&target).unwrap(), desktop.world().file_bytes(&document.name).unwrap());
}

#[test]
fn a_large_one_shows_how_far_it_is_and_can_be_cancelled() {
    let desktop = Desktop::new();
    let (title, number, _) = document(&desktop, 40_000_000, 60_000_000);
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, &title);
    wheel_to(&mut screen, &format!("download:{number}"));
    desktop.scenario().throttle_files(Some(2_000_000));
    screen.click(&format!("download:{number}"));
    let cancel = format!("cancel:{number}");
    screen.wait_find(&cancel);
    let first = screen.words();
    screen.wait_until("its progress moves", |screen| screen.words() != first);
    screen.click(&cancel);
    screen.wait_find(&format!("download:{number}"));
    desktop.scenario().throttle_files(None);
    screen.run_for(Duration::from_secs(1));
    let asked = desktop.scenario().calls("upload.getFile");
    screen.run_for(Duration::from_secs(2));
    assert_eq!(desktop.scenario().calls("upload.getFile"), asked, "a cancelled download goes on");
    let left: Vec<_> = desktop
        .kept()
        .into_iter()
        .filter(|path| std::fs::metadata(path).is_ok_and(|file| file.len() > 1_000_000))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
fn a_file_opened_in_another_program_is_a_copy_for_its_owner_alone() {
    let desktop = Desktop::new();
    let (title, number, document) = document(&desktop, 1, 4_000_000);
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, &title);
    let row = format!("download:{number}");
    wheel_to(&mut screen, &row);
    let place = screen.find(&row).unwrap().bounds;
    // Beside the button, on the row's words.
    screen.right_click_at(Point::new(place.x + place.width + 40.0, place.center_y()));
    screen.click("menu-open-file");
    screen.wait_until("the desktop is asked to show it", |_| !desktop.opened().is_empty());
    let opened = desktop.opened();
    let [copy] = opened.as_slice() else { panic!("{opened:?}") };
    assert!(copy.ends_with(heliograph_model::safe_file_name(&document.name)), "{}", copy.display());
    assert_eq!(std::fs::read(copy).unwrap(), desktop.world().file_bytes(&document.name).unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(copy), mode(copy.parent().unwrap())), (0o600, 0o700));
    }
    screen.wait_find(&row);
    let copy = copy.clone();
    drop(screen);
    drop(desktop);
    assert!(!copy.exists(), "it stays when the program has ended");
}

/// How far the download of this message's file is said to be, in bytes.
fn part_done(screen: &mut Screen) -> Option<f64> {
    let said = screen.words().into_iter().find(|words| words.contains(" of ") && words.contains(" MB"))?;
    let before = said.split(" of ").next()?;
    let (number, unit) = before.split_once(' ').unwrap_or((before, "MB"));
    let number: f64 = number.parse().ok()?;
    Some(if unit == "KB" || unit == "kB" { number * 1e3 } else { number * 1e6 })
}

#[test]
fn one_that_was_going_on_goes_on_at_the_next_start() {
    let desktop = Desktop::new();
    let (title, number, document) = document(&desktop, 40_000_000, 60_000_000);
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, &title);
    wheel_to(&mut screen, &format!("download:{number}"));
    desktop.scenario().throttle_files(Some(4_000_000));
    screen.click(&format!("download:{number}"));
    screen.wait_until("some of it is here", |screen| part_done(screen).is_some_and(|done| done > 4e6));
    let before = part_done(&mut screen).unwrap();
    drop(screen);
    let asked = desktop.scenario().calls("upload.getFile");

    // Nobody clicks.
    let mut screen = desktop.open_again();
    let cancel = format!("cancel:{number}");
    screen.wait_find(&cancel);
    screen.wait_until("it goes on where it was", |screen| part_done(screen).is_some_and(|done| done >= before));
    desktop.scenario().throttle_files(None);
    screen.wait_find("save-path");
    let target = desktop.downloads().join("after all.bin");
    screen.rewrite("save-path", target.to_str().unwrap());
    screen.click("save");
    screen.wait_until("the file is there", |_| target.exists());
    // While it is being saved it can only be cancelled.
    screen.wait_find(&format!("download:{number}"));
    assert!(std::fs::read(&target).unwrap() == desktop.world().file_bytes(&document.name).unwrap(), "the bytes differ");
    // Of what was here nothing was asked for again; pictures are asked for in the same way, a few of them.
    let again = desktop.scenario().calls("upload.getFile") - asked;
    let parts = document.file.size.div_ceil(512 << 10);
    assert!(again < parts, "{again} of {parts}");

    // What is saved does not come back.
    drop(screen);
    let mut screen = desktop.open_again();
    screen.wait_until("the chat is there", |screen| screen.has(&format!("download:{number}")));
    let large = |path: &std::path::PathBuf| std::fs::metadata(path).is_ok_and(|file| file.len() > 1_000_000);
    assert!(!screen.has(&cancel) && !desktop.kept().iter().any(large), "{:?}", desktop.kept());
}
