//! Logging out.

use crate::GROUP;
use heliograph_tests::Desktop;

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
