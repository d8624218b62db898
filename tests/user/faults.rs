//! Trouble on the way: the window stays, says what is the matter, and catches up.

use crate::{GROUP, open_chat};
use heliograph_demo::Trouble;
use heliograph_model::{FormattedText, MessageId};
use heliograph_tests::Desktop;
use iced::keyboard::key::Named;

#[test]
fn what_was_written_while_the_connection_was_cut_appears() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    let (other, _events) = desktop.elsewhere(&desktop.other_account());
    let page = desktop.run(other.chats(None, 100)).unwrap();
    let group = page.peers.iter().find(|peer| peer.name == GROUP).unwrap().id;
    for round in 1..=3_u64 {
        desktop.scenario().cut_connections();
        let text = FormattedText { text: format!("after cut {round}"), ..FormattedText::default() };
        desktop.run(other.send(group, MessageId::Pending(round), text)).unwrap();
        screen.wait_for(&format!("after cut {round}"));
    }
}

#[test]
fn a_message_written_while_the_connection_is_away_arrives_once_when_it_is_back() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    desktop.scenario().refuse_connections(true);
    desktop.scenario().cut_connections();
    screen.write("composer", "through the storm");
    screen.press(Named::Enter);
    screen.wait_for("through the storm");
    screen.run_for(std::time::Duration::from_secs(1));
    desktop.scenario().refuse_connections(false);
    screen.wait_until("the server has it", |screen| {
        if let Some(retry) = screen.ids("retry:").into_iter().next() {
            screen.click(&retry);
        }
        screen.run_for(std::time::Duration::from_millis(100));
        desktop.on_server(GROUP).contains(&"through the storm".to_owned())
    });
    screen.run_for(std::time::Duration::from_secs(1));
    assert_eq!(desktop.on_server(GROUP).iter().filter(|text| *text == "through the storm").count(), 1);
}

#[test]
fn a_failed_history_says_so_and_can_be_tried_again() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    desktop.scenario().fail("messages.getHistory", 1, 400, "CHANNEL_PRIVATE");
    let row = crate::row_of(&mut screen, GROUP).unwrap();
    screen.click(&row);
    screen.wait_for("Try again");
    screen.click("Try again");
    let newest = desktop.on_server(GROUP).into_iter().rfind(|text| !text.is_empty()).unwrap();
    screen.wait_until("the conversation is there", |screen| {
        screen.seen().iter().any(|seen| {
            seen.visible.is_some_and(|place| place.x > 384.0)
                && seen.words.as_deref().is_some_and(|words| newest.lines().next().is_some_and(|l| words.contains(l)))
        })
    });
}

#[test]
fn a_photo_that_fails_costs_that_one_only() {
    let desktop = Desktop::new();
    desktop.scenario().fail("upload.getFile", 3, 400, "LOCATION_INVALID");
    let mut screen = desktop.signed_in();
    screen.wait_until("other photos are fetched", |_| desktop.scenario().calls("upload.getFile") > 6);
    open_chat(&mut screen, GROUP);
}

#[test]
fn whatever_happens_to_answers_what_is_written_stands_there_once() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    let troubles = [
        Trouble::DelayMs(1500),
        Trouble::Error { code: 500, message: "INTERNAL".into() },
        Trouble::Error { code: 420, message: "FLOOD_WAIT_1".into() },
        Trouble::Close,
        Trouble::Truncate,
        Trouble::Random(5000),
        Trouble::UnknownBeside,
        Trouble::Unreadable,
        Trouble::ChangeSalts,
        Trouble::CutConnections,
    ];
    for (number, trouble) in troubles.into_iter().enumerate() {
        let words = format!("trouble number {number}");
        desktop.scenario().trouble("messages.sendMessage", 1, trouble);
        screen.write("composer", &words);
        screen.press(Named::Enter);
        screen.wait_for(&words);
        screen.wait_until("the server has it", |_| desktop.on_server(GROUP).contains(&words));
    }
    // Nothing is offered to be tried again, and nothing came twice.
    screen.wait_until("nothing waits", |screen| screen.ids("retry:").is_empty());
    let sent: Vec<String> = desktop.on_server(GROUP).into_iter().filter(|text| text.starts_with("trouble")).collect();
    assert_eq!(sent, (0..10).map(|number| format!("trouble number {number}")).collect::<Vec<_>>());
}

#[test]
fn a_message_of_a_kind_that_nobody_knows_hides_no_other() {
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    open_chat(&mut screen, GROUP);
    desktop.scenario().make_unreadable("riddle");
    let (speaker, phone) = (desktop.other_account().user_id, desktop.account().phone);
    let api = desktop.server().api();
    for words in ["the first is plain", "the second is a riddle", "the third is plain again"] {
        api.say(speaker, GROUP, &phone, words);
    }
    screen.wait_for("the first is plain");
    screen.wait_for("the third is plain again");
    assert!(!screen.words().iter().any(|words| words.contains("riddle")));
    api.say(speaker, GROUP, &phone, "and it goes on");
    screen.wait_for("and it goes on");
    // What is fetched again, because something is missing, comes without it as well.
    screen.wait_until("all the others are there", |screen| {
        ["first is plain", "third is plain again", "and it goes on"].iter().all(|words| screen.shows(words))
            && !screen.shows("made no sense")
    });
}
