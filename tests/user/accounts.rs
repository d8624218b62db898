//! Several accounts side by side.

use crate::{GROUP, open_chat};
use heliograph_model::{FormattedText, MessageId, PeerId};
use heliograph_tests::{Desktop, Screen, sign_in};
use iced::keyboard::Modifiers;
use std::time::Duration;

/// Signs in to a second account beside the one that is there.
fn add(desktop: &Desktop, screen: &mut Screen) {
    screen.click("account-menu");
    screen.click("account-add");
    sign_in(screen, &desktop.other_account());
}

/// The program with two accounts; the second one is shown.
fn two(desktop: &Desktop) -> Screen {
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    add(desktop, &mut screen);
    screen
}

fn show(screen: &mut Screen, account: usize) {
    screen.click("account-menu");
    screen.click(&format!("account:{account}"));
    screen.wait_until("the chats are listed", |screen| !screen.ids("chat:").is_empty());
}

/// Whether the avatar says who is shown.
fn shows_account(screen: &mut Screen, name: &str) -> bool {
    screen.click("account-menu");
    screen.wait_find("account-add");
    let chosen = screen.shows(name);
    screen.press(iced::keyboard::key::Named::Escape);
    screen.wait_until("the menu is closed", |screen| !screen.has("account-add"));
    chosen
}

#[test]
fn messages_arrive_in_both_and_are_counted_where_nobody_looks() {
    let desktop = Desktop::new();
    let (first, second) = (desktop.account(), desktop.other_account());
    let mut screen = two(&desktop);
    assert_eq!(desktop.kept_accounts().len(), 2);
    // Somebody writes into the group that both are in.
    let (writer, _events) = desktop.elsewhere(&desktop.account_with_password());
    let chats = desktop.run(writer.chats(None, 100)).unwrap();
    let group = chats.peers.iter().find(|peer| peer.name == GROUP).unwrap().id;
    let say = |text: &str, number| {
        desktop.run(writer.send(group, MessageId::Pending(number), FormattedText::plain(text))).unwrap();
    };
    say("The lamp is lit", 1);
    screen.wait_for("The lamp is lit");
    show(&mut screen, 0);
    screen.wait_for("The lamp is lit");
    say("And out again", 2);
    screen.wait_for("And out again");
    let texts = |phone: &str| desktop.world().texts_in(phone, GROUP);
    assert!(texts(&first.phone).iter().any(|text| text == "And out again"));
    assert!(texts(&second.phone).iter().any(|text| text == "And out again"));
    show(&mut screen, 1);
    screen.wait_for("And out again");
}

#[test]
fn shortcuts_go_from_one_to_the_other_and_the_next_start_shows_the_last() {
    let desktop = Desktop::new();
    let mut screen = two(&desktop);
    let (me, other) = (name(&desktop, 0), name(&desktop, 1));
    assert!(shows_account(&mut screen, &other) && shows_account(&mut screen, &me));
    open_chat(&mut screen, GROUP);
    screen.chord('1', Modifiers::COMMAND | Modifiers::SHIFT);
    screen.wait_until("the first account is shown", |screen| !screen.has("composer"));
    screen.chord('2', Modifiers::COMMAND | Modifiers::SHIFT);
    // The chat that was open there is still open.
    screen.wait_find("composer");
    screen.run_for(Duration::from_millis(300));
    drop(screen);
    let mut screen = desktop.open_again();
    screen.wait_until("the chats are listed", |screen| !screen.ids("chat:").is_empty());
    screen.click("account-menu");
    screen.wait_find("account:1");
    screen.wait_until("both names are known", |screen| screen.shows(&me) && screen.shows(&other));
}

#[test]
fn adding_can_be_called_off_and_leaves_nothing() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    let before = desktop.kept_accounts();
    screen.click("account-menu");
    screen.click("account-add");
    screen.write("phone", &desktop.other_account().phone);
    screen.click("continue");
    screen.wait_find("code");
    assert_eq!(desktop.kept_accounts().len(), 2);
    screen.click("account-back");
    screen.wait_for(GROUP);
    screen.wait_until("the folder is gone", |_| desktop.kept_accounts() == before);
    screen.click("account-menu");
    screen.wait_find("account-add");
    assert!(!screen.has("account:1"));
}

#[test]
fn logging_out_of_one_leaves_the_other() {
    let desktop = Desktop::new();
    let mut screen = two(&desktop);
    let kept = desktop.kept_accounts();
    screen.click("account-menu");
    screen.click("log-out");
    screen.click("log-out-confirm");
    screen.wait_until("one account is left", |_| desktop.kept_accounts().len() == 1);
    assert!(kept.contains(&"1".to_owned()) && desktop.kept_accounts() == ["1"]);
    screen.wait_for(GROUP);
    assert!(!screen.has("phone"));
    // The last one makes room for signing in.
    screen.click("account-menu");
    assert!(!screen.has("account:1"));
    screen.click("log-out");
    screen.click("log-out-confirm");
    screen.wait_find("phone");
    assert!(!screen.has("account-back"));
}

#[test]
fn the_same_account_twice_is_refused() {
    let desktop = Desktop::new();
    let account = desktop.account();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    screen.click("account-menu");
    screen.click("account-add");
    screen.write("phone", &account.phone);
    screen.click("continue");
    screen.write("code", &account.code);
    screen.press(iced::keyboard::key::Named::Enter);
    screen.wait_for("is signed in here already");
    screen.click("account-back");
    screen.wait_for(GROUP);
    screen.wait_until("one account is left", |_| desktop.kept_accounts().len() == 1);
}

#[test]
fn a_session_that_was_ended_elsewhere_takes_only_its_own_account() {
    let desktop = Desktop::new();
    let mut screen = two(&desktop);
    desktop.scenario().fail("messages.getHistory", 1, 401, "SESSION_REVOKED");
    crate::click_chat(&mut screen, GROUP);
    screen.wait_for("This session was ended");
    screen.wait_find("phone");
    screen.click("account-back");
    screen.wait_for(GROUP);
    screen.wait_until("one account is left", |_| desktop.kept_accounts() == ["1"]);
}

#[test]
fn the_rail_makes_room_for_a_conversation_in_a_narrow_window() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    open_chat(&mut screen, GROUP);
    screen.wait_find("account-menu");
    screen.resize(500.0, 800.0);
    screen.wait_until("the rail is gone", |screen| !screen.has("account-menu"));
    screen.click("back");
    screen.wait_find("account-menu");
}

fn name(desktop: &Desktop, account: usize) -> String {
    let account = if account == 0 { desktop.account() } else { desktop.other_account() };
    let (handle, _events) = desktop.elsewhere(&account);
    let me = desktop.run(handle.myself()).unwrap();
    assert!(matches!(me.id, PeerId::User(_)) && me.is_self());
    me.name
}
