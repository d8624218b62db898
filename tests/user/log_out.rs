//! Logging out.

use crate::downloads::{document, wheel_to};
use crate::{GROUP, open_chat};
use heliograph_model::safe_file_name;
use heliograph_tests::{Desktop, Screen};
use iced::Point;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Every file that was kept of the account, held open: whatever comes under the same name later is another one.
struct Held {
    files: Vec<(PathBuf, File)>,
    key: Vec<u8>,
}

impl Held {
    fn of(desktop: &Desktop) -> Self {
        let all = desktop.kept().into_iter().filter(|path| path.starts_with(desktop.account_dir()));
        let all = all.chain(desktop.opened());
        // Of those that are still there: what is being written is called otherwise when it is whole.
        let files = all.filter_map(|path| Some((path.clone(), File::open(&path).ok()?))).collect();
        Self { files, key: fs::read(desktop.account_dir().join("data.key")).unwrap() }
    }

    /// The paths of those that are still there.
    fn left(&self) -> Vec<&Path> {
        use std::os::unix::fs::MetadataExt;
        let left = self.files.iter().filter(|(_, file)| file.metadata().unwrap().nlink() > 0);
        left.map(|(path, _)| path.as_path()).collect()
    }
}

/// Somebody who has pictures, and a file open in another program, and is then signed out by this.
fn nothing_stays_after(desktop: &Desktop, end: impl FnOnce(&mut Screen)) {
    let (title, number, document) = document(desktop, 1, 1_000_000);
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, &title);
    let row = format!("download:{number}");
    wheel_to(&mut screen, &row);
    let place = screen.find(&row).unwrap().bounds;
    // Beside the button, on the row's words.
    screen.right_click_at(Point::new(place.x + place.width + 40.0, place.center_y()));
    screen.click("menu-open-file");
    screen.wait_until("the desktop is asked to show it", |_| !desktop.opened().is_empty());
    let has = |name: &str| desktop.kept().iter().any(|path| path.iter().any(|part| part == name));
    screen.wait_until("a picture is kept", |_| has("media"));
    let held = Held::of(desktop);
    let copy = safe_file_name(&document.name);
    for name in ["account.db", "account.db-wal", "account.db-shm", "data.key", "media", copy.as_str()] {
        assert!(held.files.iter().any(|(path, _)| path.iter().any(|part| part == name)), "{name}: {:?}", held.left());
    }
    end(&mut screen);
    screen.wait_find("phone");
    screen.wait_until("every file is gone", |_| held.left().is_empty());
    assert!(!fs::read(desktop.account_dir().join("data.key")).is_ok_and(|key| key == held.key));
}

#[test]
fn by_oneself_leaves_nothing_behind() {
    let desktop = Desktop::new();
    nothing_stays_after(&desktop, |screen| {
        screen.click("account-menu");
        screen.click("log-out");
        screen.click("log-out-confirm");
    });
}

#[test]
fn by_another_device_leaves_nothing_behind() {
    let desktop = Desktop::new();
    nothing_stays_after(&desktop, |screen| {
        // Told with the answer to whatever is asked next.
        desktop.scenario().fail("messages.sendMessage", 1, 401, "SESSION_REVOKED");
        screen.write("composer", "still here?");
        screen.press(iced::keyboard::key::Named::Enter);
    });
}

#[test]
fn by_the_server_that_forgets_the_key_leaves_nothing_behind() {
    let desktop = Desktop::new();
    nothing_stays_after(&desktop, |_| {
        desktop.scenario().forget_keys();
        desktop.scenario().cut_connections();
    });
}

#[test]
fn while_the_program_was_not_running_leaves_nothing_behind() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    drop(screen);
    let key = fs::read(desktop.account_dir().join("data.key")).unwrap();
    let held = Held::of(&desktop);
    assert!(held.files.len() > 2 && held.key == key);
    desktop.scenario().forget_keys();
    let mut screen = desktop.open();
    screen.wait_find("phone");
    screen.wait_until("every file is gone", |_| held.left().is_empty());
}

#[test]
fn returns_to_sign_in_and_removes_what_was_kept() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    let key = |desktop: &Desktop| {
        let path = desktop.kept().into_iter().find(|path| path.ends_with("data.key"));
        std::fs::read(path.expect("the key lies in a file")).unwrap()
    };
    let before = key(&desktop);
    screen.click("account-menu");
    screen.click("log-out");
    screen.click("log-out-confirm");
    screen.wait_find("phone");
    assert_ne!(key(&desktop), before, "the key of what was kept is gone with it");
    assert!(!screen.shows(GROUP));
    assert_eq!(desktop.scenario().calls("auth.logOut"), 1);
    // The next sign-in may have begun already; nothing of the old one may be in it.
    drop(screen);
    let mut screen = desktop.open();
    screen.wait_find("phone");
    assert!(screen.ids("chat:").is_empty());
}

#[test]
fn asks_first() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    screen.click("account-menu");
    screen.click("log-out");
    screen.click("log-out-cancel");
    screen.wait_until("the question is gone", |screen| !screen.has("log-out-confirm"));
    assert_eq!(desktop.scenario().calls("auth.logOut"), 0);
    assert!(screen.shows(GROUP));
}

#[test]
fn works_without_a_connection() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    desktop.scenario().refuse_connections(true);
    desktop.scenario().cut_connections();
    screen.click("account-menu");
    screen.click("log-out");
    screen.click("log-out-confirm");
    screen.wait_find("phone");
}

#[test]
fn another_account_can_sign_in_afterwards() {
    let desktop = Desktop::new();
    let other = desktop.other_account();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    screen.click("account-menu");
    screen.click("log-out");
    screen.click("log-out-confirm");
    screen.write("phone", &other.phone);
    screen.click("continue");
    screen.write("code", &other.code);
    screen.press(iced::keyboard::key::Named::Enter);
    screen.wait_until("the chats are listed", |screen| !screen.ids("chat:").is_empty());
}
