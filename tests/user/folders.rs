//! Folders of chats.

use crate::GROUP;
use heliograph_demo::DemoFolder;
use heliograph_tests::{Desktop, Screen};
use iced::keyboard::Modifiers;

const PEOPLE: DemoFolder = DemoFolder {
    title: "People",
    sign: None,
    pinned: Vec::new(),
    included: Vec::new(),
    excluded: Vec::new(),
    people: true,
    groups: false,
    broadcasts: false,
    unread: false,
};

/// Whether the group is among the chats in view.
fn shows_group(screen: &mut Screen) -> bool {
    let list = |seen: &heliograph_tests::Seen| seen.visible.is_some_and(|place| place.x < 384.0 && place.y > 56.0);
    screen.seen().iter().any(|seen| list(seen) && seen.words.as_deref() == Some(GROUP))
}

#[test]
fn a_folder_shows_its_chats_and_is_remembered() {
    let mut desktop = Desktop::new();
    let phone = desktop.account().phone;
    let mut screen = desktop.signed_in();
    screen.wait_until("the group is listed", shows_group);
    assert!(screen.ids("folder:").is_empty(), "nothing stands there without folders");

    // Made on another device.
    desktop.server().api().set_folder(&phone, 2, Some(PEOPLE));
    screen.wait_find("folder:2");
    assert_eq!(screen.ids("folder:"), ["folder:0", "folder:2"]);
    screen.click("folder:2");
    screen.wait_until("only people are listed", |screen| !shows_group(screen) && !screen.ids("chat:").is_empty());
    screen.chord('1', Modifiers::COMMAND);
    screen.wait_until("the whole list is back", shows_group);
    screen.chord('2', Modifiers::COMMAND);
    screen.wait_until("only people are listed", |screen| !shows_group(screen) && !screen.ids("chat:").is_empty());
    let listed = screen.ids("chat:");
    drop(screen);

    desktop.stop_server();
    let mut screen = desktop.open_again_offline();
    screen.wait_find("folder:2");
    screen.wait_until("the same chats are listed", |screen| {
        let now = screen.ids("chat:");
        // What is said below the list takes the place of a row.
        now.len() > 3 && listed.starts_with(&now)
    });
    assert!(!shows_group(&mut screen));
}

#[test]
fn a_folder_shows_an_archived_chat_that_it_names_also_offline() {
    let mut desktop = Desktop::new();
    let phone = desktop.account().phone;
    let mut screen = desktop.signed_in();
    screen.wait_until("the group is listed", shows_group);
    let api = desktop.server().api();
    api.archive(&phone, GROUP, true);
    let named = DemoFolder { title: "Named", included: vec![GROUP], people: false, ..PEOPLE };
    api.set_folder(&phone, 2, Some(named));
    screen.wait_until("what is archived leaves the list", |screen| !shows_group(screen));
    screen.click("folder:2");
    screen.wait_until("the folder shows it", shows_group);
    assert_eq!(screen.ids("chat:").len(), 1);
    drop(screen);

    desktop.stop_server();
    let mut screen = desktop.open_again_offline();
    screen.wait_find("folder:2");
    screen.wait_until("the folder shows it", shows_group);
}

#[test]
fn what_is_archived_elsewhere_stays_out_of_the_list_until_it_comes_back() {
    let desktop = Desktop::new();
    let phone = desktop.account().phone;
    let mut screen = desktop.signed_in();
    screen.wait_until("the group is listed", shows_group);
    let api = desktop.server().api();
    api.archive(&phone, GROUP, true);
    screen.wait_until("what is archived leaves the list", |screen| !shows_group(screen));
    api.say(desktop.other_account().user_id, GROUP, &phone, "a word from the archive");
    api.set_folder(&phone, 2, Some(DemoFolder { title: "Named", included: vec![GROUP], people: false, ..PEOPLE }));
    screen.wait_find("folder:2");
    screen.click("folder:2");
    screen.wait_for("a word from the archive");
    screen.click("folder:0");
    screen.wait_until("the list is there without it", |screen| !shows_group(screen) && !screen.ids("chat:").is_empty());
    api.archive(&phone, GROUP, false);
    screen.wait_until("it is back", shows_group);
    screen.wait_for("a word from the archive");
}
