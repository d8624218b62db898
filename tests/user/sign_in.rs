//! Signing in: what works, and what is said when it does not.

use crate::GROUP;
use heliograph_tests::Desktop;
use iced::keyboard::key::Named;
use std::time::Duration;

#[test]
fn with_number_and_code() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    assert!(!screen.has("phone"));
}

#[test]
fn with_the_keyboard_alone() {
    let desktop = Desktop::new();
    let account = desktop.account();
    let mut screen = desktop.open();
    screen.wait_find("phone");
    for _ in 0..10 {
        if screen.focused().as_deref() == Some("phone") {
            break;
        }
        screen.press(Named::Tab);
    }
    screen.keys(&account.phone);
    screen.press(Named::Enter);
    screen.wait_find("code");
    screen.wait_until("the code field has the keyboard", |screen| screen.focused().as_deref() == Some("code"));
    screen.keys(&account.code);
    screen.press(Named::Enter);
    screen.wait_for(GROUP);
}

#[test]
fn with_a_password() {
    let desktop = Desktop::new();
    let account = desktop.account_with_password();
    let mut screen = desktop.open();
    screen.write("phone", &account.phone);
    screen.click("continue");
    screen.write("code", &account.code);
    screen.wait_find("password");
    screen.wait_until("it has the keyboard", |screen| screen.focused().as_deref() == Some("password"));
    screen.keys("not the password");
    screen.press(Named::Enter);
    screen.wait_for("That was not the password.");
    screen.rewrite("password", account.password.as_deref().unwrap());
    screen.press(Named::Enter);
    screen.wait_until("the chats are listed", |screen| !screen.ids("chat:").is_empty());
}

#[test]
fn a_wrong_code_is_named_and_the_right_one_still_works() {
    let desktop = Desktop::new();
    let account = desktop.account();
    let wrong: String = account.code.chars().map(|c| if c == '0' { '1' } else { '0' }).collect();
    let mut screen = desktop.open();
    screen.write("phone", &account.phone);
    screen.click("continue");
    screen.write("code", &wrong);
    screen.wait_for("That code was not right.");
    screen.rewrite("code", &account.code);
    screen.wait_for(GROUP);
}

#[test]
fn a_number_that_telegram_does_not_know_is_named() {
    let desktop = Desktop::new();
    let mut screen = desktop.open();
    screen.write("phone", "+00 12");
    screen.click("continue");
    screen.wait_until("the number is refused", |screen| {
        screen.shows("That is not a phone number")
            || screen.shows("at least five digits")
            || screen.shows("No Telegram account")
    });
    assert!(screen.has("phone"));
}

#[test]
fn a_flood_wait_says_how_long() {
    let desktop = Desktop::new();
    let account = desktop.account();
    desktop.scenario().fail("auth.sendCode", 1, 420, "FLOOD_WAIT_95");
    let mut screen = desktop.open();
    screen.write("phone", &account.phone);
    screen.click("continue");
    screen.wait_for("Telegram asks to wait");
    assert!(screen.shows("2 minutes") || screen.shows("95 seconds"), "{:?}", screen.words());
}

#[test]
fn without_a_connection_it_says_so_and_goes_on_by_itself() {
    let desktop = Desktop::new();
    let account = desktop.account();
    desktop.scenario().refuse_connections(true);
    desktop.scenario().cut_connections();
    let mut screen = desktop.open();
    screen.write("phone", &account.phone);
    screen.click("continue");
    screen.wait_for("No connection");
    desktop.scenario().refuse_connections(false);
    screen.wait_until("the code is asked for", |screen| {
        if screen.has("code") {
            return true;
        }
        if screen.has("continue") {
            screen.click("continue");
        }
        screen.comes(|screen| screen.has("code"), Duration::from_secs(3))
    });
    screen.write("code", &account.code);
    screen.wait_for(GROUP);
}

#[test]
fn one_click_opens_the_sample_account() {
    let desktop = Desktop::new();
    let mut screen = desktop.open_demo(false);
    let account = desktop.account();
    screen.wait_find("demo-account");
    screen.wait_until("the number and the code that work are shown", |screen| {
        let words = screen.words().join(" ");
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        digits(&words).contains(&digits(&account.phone)) && words.contains(&account.code)
    });
    screen.click("demo-account");
    screen.wait_for(GROUP);
}

#[test]
fn the_demo_can_start_signed_in() {
    let desktop = Desktop::new();
    let mut screen = desktop.open_demo(true);
    screen.wait_for(GROUP);
}

#[test]
fn the_next_start_needs_no_code() {
    let desktop = Desktop::new();
    drop(desktop.signed_in());
    let asked = desktop.scenario().calls("auth.sendCode");
    let mut screen = desktop.open();
    screen.wait_for(GROUP);
    assert_eq!(desktop.scenario().calls("auth.sendCode"), asked);
}

#[test]
fn a_session_ended_elsewhere_asks_to_sign_in_again() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    let read = |desktop: &Desktop| -> Vec<Vec<u8>> {
        let kept: Vec<_> = desktop
            .kept()
            .into_iter()
            .filter(|path| path.components().any(|part| part.as_os_str() == "accounts"))
            .collect();
        kept.iter().filter_map(|path| std::fs::read(path).ok()).filter(|content| !content.is_empty()).collect()
    };
    let before = read(&desktop);
    assert!(before.len() >= 2, "a key and a file");
    desktop.scenario().fail("messages.getHistory", 1, 401, "SESSION_REVOKED");
    crate::click_chat(&mut screen, GROUP);
    screen.wait_find("phone");
    // The next sign-in has begun, with a key and a file of its own.
    screen.wait_until("key and files are gone", |_| !read(&desktop).iter().any(|content| before.contains(content)));
}
