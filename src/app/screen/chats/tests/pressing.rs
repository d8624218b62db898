//! Reactions, buttons of bots, replies and names, pressed.

use super::*;
use heliograph_model::{
    Button, ButtonAction, ButtonAnswer, Buttons, Comments, Forward, Messages, Reaction, ReactionKind, Reply,
};

fn emoji(emoji: &str) -> ReactionKind {
    ReactionKind::Emoji(emoji.into())
}

fn button(text: &str, action: ButtonAction) -> Button {
    Button { text: text.into(), action }
}

fn call(text: &str) -> Button {
    button(text, ButtonAction::Callback { data: [7].into(), password: false })
}

impl Scene {
    /// The open chat of the keepers with these messages only.
    fn with(messages: impl FnOnce(i64) -> Vec<Said>) -> Self {
        let mut scene = Self::with_chats(1280.0, 800.0);
        let now = scene.screen.now();
        scene.update(Message::Opened(KEEPERS));
        scene.history(KEEPERS, messages(now - 3600), true);
        scene.settle();
        scene
    }

    fn reactions(&self, id: i32) -> Vec<Reaction> {
        self.screen.history().unwrap().get(MessageId::Server(id)).unwrap().reactions.clone()
    }

    fn press_words(&mut self, words: &'static str) -> Vec<Message> {
        let (screen, look) = (&self.screen, self.look);
        self.stage.click_words(|| view(screen, look), words)
    }
}

#[test]
fn our_reaction_is_there_at_once() {
    let mut scene = Scene::with(|now| {
        let reactions = vec![Reaction { kind: emoji("🔥"), count: 5, chosen: false, recent: Vec::new() }];
        vec![Said { reactions, ..message(KEEPERS, 40, MARA, "what a night", now) }]
    });
    assert!(scene.says("5"));
    let pressed = scene.press_words("🔥 5");
    assert!(matches!(&pressed[..], [Message::ReactionPressed(40, kind)] if *kind == emoji("🔥")), "{pressed:?}");
    let before = scene.reactions(40);
    pressed.into_iter().for_each(|message| scene.update(message));
    let after = scene.reactions(40);
    assert!(after[0].chosen && after[0].count == 6);
    // Where it is refused, what is on screen is fetched again.
    assert_ne!(after, before);
}

#[test]
fn a_button_waits_for_its_bot_and_what_the_bot_says_is_shown() {
    let mut scene = Scene::with(|now| {
        let buttons = Buttons::Inline(vec![vec![call("Yes"), call("No")]]);
        vec![Said { buttons, ..message(KEEPERS, 40, MARA, "shall we", now) }]
    });
    scene.click("button:40:0:1");
    assert!(scene.screen.presses.waits(KEEPERS, 40, (0, 1)) && !scene.screen.presses.waits(KEEPERS, 40, (0, 0)));
    let answer = ButtonAnswer { message: Some("Really?".into()), alert: true, url: None };
    scene.update(Message::ButtonAnswered(KEEPERS, 40, (0, 1), Ok(answer)));
    assert!(!scene.screen.presses.waits(KEEPERS, 40, (0, 1)));
    assert!(scene.says("Really?"));
    scene.click(control::PRIMARY);
    assert!(!scene.says("Really?"));
    let toast = ButtonAnswer { message: Some("Noted".into()), alert: false, url: None };
    let said = scene.screen.update(Message::ButtonAnswered(KEEPERS, 40, (0, 1), Ok(toast)));
    assert!(matches!(said, Action::Say(words) if words == "Noted"));
}

#[test]
fn the_keys_of_a_bot_stand_below_the_composer_and_go_when_they_were_used() {
    let keys = |now| {
        let rows = vec![vec![button("To the pier", ButtonAction::Text)]];
        let buttons = Buttons::Keyboard { rows, once: true, persistent: false, placeholder: None };
        vec![Said { buttons, ..message(KEEPERS, 40, MARA, "where to", now) }]
    };
    let mut scene = Scene::with(keys);
    scene.click("key:0:0");
    assert!(scene.screen.state.histories[&KEEPERS].last().unwrap().text.text == "To the pier");
    assert!(!scene.has("key:0:0"));

    let mut scene = Scene::with(|now| {
        let mut all = keys(now);
        all.push(Said { buttons: Buttons::Hide, ..message(KEEPERS, 41, MARA, "thank you", now) });
        all
    });
    assert!(!scene.has("key:0:0"), "the bot took them away");
}

#[test]
fn what_is_answered_is_fetched_when_it_is_not_here_and_leads_there() {
    let mut scene = Scene::with(|now| {
        let reply = Some(Box::new(Reply { message: Some(12), ..Reply::default() }));
        vec![Said { reply, ..message(KEEPERS, 40, MARA, "that one", now) }]
    });
    assert!(scene.says("Reply") && scene.says("Message"));
    let found = Messages { messages: vec![message(KEEPERS, 12, THEO, "the old lens", 5)], peers: Vec::new() };
    scene.update(Message::AnsweredCame(KEEPERS, vec![12], Ok(found)));
    assert!(scene.says("the old lens") && scene.says("Theo"));
    let pressed = scene.press_words("the old lens");
    assert!(pressed.iter().any(|message| matches!(message, Message::MessageWanted(KEEPERS, 12))), "{pressed:?}");
    scene.update(Message::AnsweredCame(KEEPERS, vec![12], Ok(Messages::default())));
    assert!(scene.says("Deleted message"));
}

#[test]
fn forwards_and_comments_lead_to_where_they_come_from() {
    let mut scene = Scene::with(|now| {
        let forward = Some(Box::new(Forward { from: Some(WEEKLY), post: Some(5), ..Forward::default() }));
        let comments = Some(Box::new(Comments { count: 3, group: Some(THEO), ..Comments::default() }));
        vec![Said { forward, comments, ..message(KEEPERS, 40, MARA, "read this", now) }]
    });
    let pressed = scene.press_words("Forwarded from Astronomy Weekly");
    assert!(pressed.iter().any(|message| matches!(message, Message::MessageWanted(WEEKLY, 5))), "{pressed:?}");
    let pressed = scene.press_words("3 comments");
    assert!(pressed.iter().any(|message| matches!(message, Message::CommentsWanted(KEEPERS, 40, THEO))), "{pressed:?}");
}

/// Opens the menu of a message and gives what there is in it.
fn menu_of(scene: &mut Scene, id: i32) {
    let key = rows::Key { message: MessageId::Server(id), part: rows::Part::Message };
    scene.update(Message::MenuWanted(key, iced::Point::new(700.0, 300.0)));
    scene.settle();
}

fn hiding() -> FormattedText {
    FormattedText::from_utf16("the thief is the cat".into(), [(13, 7, EntityKind::Spoiler), (0, 3, EntityKind::Bold)])
}

#[test]
fn what_nobody_looked_under_is_not_copied_from_the_menu() {
    let mut scene = Scene::with(|now| vec![Said { text: hiding(), ..message(KEEPERS, 40, MARA, "", now) }]);
    for (id, opened, copied) in [
        ("menu-copy", false, "the thief is ▒▒▒ ▒▒▒"),
        ("menu-copy-formatted", false, "**the** thief is ||▒▒▒ ▒▒▒||"),
        ("menu-copy", true, "the thief is the cat"),
    ] {
        if opened {
            scene.update(Message::SpoilerOpened(MessageId::Server(40), 13));
        }
        menu_of(&mut scene, 40);
        scene.click(id);
        assert_eq!(scene.clipboard.all().last().map(String::as_str), Some(copied));
    }
}

#[test]
fn what_is_hidden_stays_so_where_it_is_quoted_and_answered() {
    let mut scene = Scene::with(|now| {
        let quoted = Reply { message: Some(40), quote: Some(hiding()), ..Reply::default() };
        let plain = Reply { message: Some(40), ..Reply::default() };
        let said = |id, reply| Said { reply: Some(Box::new(reply)), ..message(KEEPERS, id, THEO, "who knows", now) };
        vec![Said { text: hiding(), ..message(KEEPERS, 40, MARA, "", now) }, said(41, quoted), said(42, plain)]
    });
    let words = scene.words();
    let answers: Vec<_> = words.iter().filter(|words| words.contains("the thief is ▒▒▒ ▒▒▒")).collect();
    assert_eq!(answers.len(), 3, "the message and both answers: {words:?}");
}

#[test]
fn a_reaction_is_two_keys_away_and_ours_is_marked() {
    let mut scene = Scene::with(|now| vec![message(KEEPERS, 40, MARA, "what a night", now)]);
    menu_of(&mut scene, 40);
    let first = scene.bounds_of("menu-react:0");
    let second = scene.bounds_of("menu-react:1");
    assert!(first.y == second.y && first.x + first.width <= second.x + 0.5, "in one line");
    scene.press(Named::ArrowDown);
    scene.press(Named::ArrowRight);
    scene.press(Named::ArrowRight);
    scene.press(Named::Enter);
    assert_eq!(scene.reactions(40), [Reaction { kind: emoji("🔥"), count: 1, chosen: true, recent: vec![ME] }]);
    // By the same way it goes again.
    menu_of(&mut scene, 40);
    scene.click("menu-react:2");
    assert_eq!(scene.reactions(40), []);
}

#[test]
fn commands_are_said_to_bots_and_written_elsewhere_and_tags_are_searched_for() {
    use crate::widget::text::Link;
    let mut scene = Scene::with(|now| vec![message(KEEPERS, 40, MARA, "what a night", now)]);
    scene.update(Message::Led(Link::Command("/rota".into())));
    assert_eq!(scene.screen.composers[&KEEPERS].model().text(), "/rota ");
    assert_eq!(scene.screen.state.histories[&KEEPERS].last().unwrap().text.text, "what a night", "nothing is sent");
    scene.update(Message::Led(Link::Hashtag("#rota".into())));
    assert!(scene.screen.open.as_ref().unwrap().inside.as_ref().unwrap().is_on(), "in this conversation");
    scene.update(Message::Led(Link::Phone("+1 555 0100".into())));
    assert_eq!(scene.clipboard.all(), ["+1 555 0100"]);
    // A bot hears it at once.
    let bot =
        peer(THEO, PeerKind::User { is_self: false, bot: true, deleted: false, presence: Presence::Unknown }, "Bot");
    scene.screen.state.learn([bot]);
    scene.update(Message::Opened(THEO));
    scene.history(THEO, vec![message(THEO, 12, THEO, "at your service", 1_700_000_000)], true);
    scene.update(Message::Led(Link::Command("/start".into())));
    assert_eq!(scene.screen.state.histories[&THEO].last().unwrap().text.text, "/start");
}
