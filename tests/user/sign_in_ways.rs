//! Every way in which a code comes, and the ways around what is lost, against a server that goes them all.

use heliograph_demo::{CodeWay, DemoAccount};
use heliograph_tests::{Desktop, Screen};

/// What the demo server would send by e-mail.
const EMAIL_CODE: &str = "583140";

fn account(desktop: &Desktop, way: CodeWay) -> DemoAccount {
    let all = desktop.server().accounts();
    all.into_iter().find(|account| account.way == way && account.password.is_none()).unwrap()
}

/// At the step that follows the number.
fn asked(desktop: &Desktop, account: &DemoAccount) -> Screen {
    let mut screen = desktop.open();
    screen.write("phone", &account.phone);
    screen.click("continue");
    screen
}

fn is_in(screen: &mut Screen) {
    // It stands in the rail, which is beside chats only.
    screen.wait_find("settings");
    assert!(!screen.has("code"));
}

#[test]
fn codes_that_come_as_digits_are_sent_by_themselves() {
    let desktop = Desktop::new();
    for (way, words) in [
        (CodeWay::Sms, "as a text message"),
        (CodeWay::Call, "It speaks the code"),
        (CodeWay::MissedCall, "digits are the code"),
        (CodeWay::Fragment, "bought on Fragment"),
    ] {
        let account = account(&desktop, way);
        let mut screen = asked(&desktop, &account);
        screen.wait_for(words);
        assert_eq!(screen.has("open-fragment"), way == CodeWay::Fragment);
        screen.write("code", &account.code);
        is_in(&mut screen);
        drop(screen);
        let _gone = std::fs::remove_dir_all(desktop.account_dir());
    }
}

#[test]
fn a_word_and_a_sentence_are_typed_into_a_line() {
    let desktop = Desktop::new();
    for (way, words) in [(CodeWay::Word, "a word in a text message"), (CodeWay::Phrase, "some words in a text message")]
    {
        let account = account(&desktop, way);
        let mut screen = asked(&desktop, &account);
        screen.wait_for(words);
        screen.write("code", "surely not");
        screen.click("sign-in");
        screen.wait_for("That code was not right");
        screen.rewrite("code", &account.code);
        screen.click("sign-in");
        is_in(&mut screen);
        drop(screen);
        let _gone = std::fs::remove_dir_all(desktop.account_dir());
    }
}

#[test]
fn a_code_by_e_mail_and_the_way_without_it() {
    let desktop = Desktop::new();
    let account = account(&desktop, CodeWay::Email);
    let mut screen = asked(&desktop, &account);
    screen.wait_for("by e-mail");
    screen.click("no-email");
    screen.wait_for("removed from your account");
    screen.write("code", EMAIL_CODE);
    is_in(&mut screen);
}

#[test]
fn an_address_that_telegram_wants_is_set_up_first() {
    let desktop = Desktop::new();
    let account = account(&desktop, CodeWay::EmailSetUp);
    let mut screen = asked(&desktop, &account);
    screen.write("email", "somebody@refused.example");
    screen.click("sign-in");
    screen.wait_for("does not send codes to this address");
    screen.rewrite("email", "somebody@example.org");
    screen.click("sign-in");
    screen.wait_find("code");
    // Back to the address, which is still there, and on again.
    screen.click("go-back");
    screen.wait_until("the address is kept", |screen| screen.value("email").as_deref() == Some("somebody@example.org"));
    screen.click("sign-in");
    screen.write("code", EMAIL_CODE);
    screen.wait_find("change-number");
    screen.wait_until("the next code is asked for, or none is needed", |screen| {
        screen.value("code").as_deref() == Some("") || !screen.has("code")
    });
    if screen.has("code") {
        screen.write("code", &account.code);
    }
    is_in(&mut screen);
}

#[test]
fn a_code_comes_once_more_by_the_next_way() {
    let desktop = Desktop::new();
    let account = account(&desktop, CodeWay::App);
    let mut screen = asked(&desktop, &account);
    screen.wait_for("Send it by SMS instead");
    screen.click("resend");
    screen.wait_for("as a text message");
    screen.wait_for("Call me in 0:");
    screen.write("code", &account.code);
    is_in(&mut screen);
}

#[test]
fn leaving_the_code_cancels_it_and_keeps_the_number() {
    let desktop = Desktop::new();
    let account = account(&desktop, CodeWay::App);
    let mut screen = asked(&desktop, &account);
    screen.wait_find("code");
    let typed = screen.words().join(" ");
    screen.press(iced::keyboard::key::Named::Escape);
    screen.wait_find("phone");
    assert!(screen.value("phone").is_some_and(|number| typed.contains(number.trim())), "{typed}");
    screen.wait_until("the server heard of it", |_| desktop.scenario().calls("auth.cancelCode") == 1);
}

#[test]
fn an_expired_code_is_asked_for_anew() {
    let desktop = Desktop::new();
    let account = account(&desktop, CodeWay::App);
    desktop.scenario().fail("auth.signIn", 1, 400, "PHONE_CODE_EXPIRED");
    let mut screen = asked(&desktop, &account);
    screen.write("code", &account.code);
    screen.wait_for("This code has expired");
    screen.click("sign-in");
    screen.wait_gone("This code has expired");
    // The new code is asked for first; until then the old one stands there and nothing can be typed.
    screen.wait_gone(&account.code);
    screen.write("code", &account.code);
    is_in(&mut screen);
}

#[test]
fn refusals_of_the_server_are_named() {
    let desktop = Desktop::new();
    let account = account(&desktop, CodeWay::App);
    for (code, name, words) in [
        (400, "PHONE_NUMBER_BANNED", "banned this number"),
        (400, "PHONE_NUMBER_FLOOD", "too many tries"),
        (400, "API_ID_INVALID", "api_id"),
        (500, "INTERNAL", "INTERNAL"),
    ] {
        desktop.scenario().fail("auth.sendCode", 3, code, name);
        let mut screen = asked(&desktop, &account);
        screen.wait_for(words);
        assert!(screen.has("phone"));
        drop(screen);
        // What the client did not ask for again stays scripted: used up.
        desktop.scenario().fail("auth.sendCode", 0, code, name);
    }
}

#[test]
fn a_forgotten_password_is_recovered_by_e_mail() {
    let desktop = Desktop::new();
    let all = desktop.server().accounts();
    let account = all.into_iter().find(|account| account.recovery).unwrap();
    let mut screen = asked(&desktop, &account);
    screen.write("code", &account.code);
    screen.click("forgot");
    screen.wait_for("It signs you in and removes the password");
    screen.write("code", EMAIL_CODE);
    screen.click("sign-in");
    is_in(&mut screen);
}

#[test]
fn a_qr_code_is_shown_and_a_failed_one_asked_for_again() {
    let desktop = Desktop::new();
    let asked = || desktop.scenario().calls("auth.exportLoginToken");
    desktop.scenario().fail("auth.exportLoginToken", 1000, 400, "SOMETHING_ELSE");
    let mut screen = desktop.open();
    // Once the connection stands it is tried again by itself, which may come between: but only once, so
    // three times more are the doing of the button.
    for _ in 0..3 {
        screen.wait_find("retry-qr");
        let before = asked();
        screen.click("retry-qr");
        screen.wait_until("another one is asked for", |_| asked() > before);
    }
    assert!(!screen.has("qr-code"));
    desktop.scenario().fail("auth.exportLoginToken", 0, 400, "SOMETHING_ELSE");
    screen.wait_until("it is there", |screen| {
        if screen.has("retry-qr") {
            screen.click("retry-qr");
        }
        screen.has("qr-code")
    });
    assert!(!screen.has("retry-qr"));
}
