//! What a draft answers is shown above the composer, wherever it was begun.

use super::*;
use heliograph_store::{Draft, Drafts};

fn begin(scene: &mut Scene, reply: Option<i32>) {
    let draft = Draft { text: FormattedText::plain("On my way"), reply, date: 1_790_000_000 };
    let drafts = Box::new(Drafts { current: Some(draft), ..Drafts::default() });
    scene.happened(Event::Draft { chat: KEEPERS, drafts, number: 0 });
}

#[test]
fn what_is_answered_is_named_and_can_be_dropped() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    begin(&mut scene, Some(38));
    scene.keepers(31..=40);
    assert!(scene.has("draft-reply") && scene.says("Answering Mara Lindqvist"));
    scene.click("drop-reply");
    assert!(!scene.has("draft-reply"));
    let draft = scene.screen.draft_of(KEEPERS).unwrap();
    assert_eq!((draft.reply, draft.text.text.as_str()), (None, "On my way"), "the words stay");
}

#[test]
fn what_is_answered_and_not_in_view_is_fetched_and_said_to_be_gone_if_it_is() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    begin(&mut scene, Some(3));
    scene.keepers(31..=40);
    assert!(scene.has("draft-reply") && scene.says("Reply"));
    assert_eq!(scene.screen.answered_by_draft(), Some((KEEPERS, 3)));
    let said = message(KEEPERS, 3, THEO, "who has the ladder", 1_700_000_000);
    let found = Messages { messages: vec![said], peers: Vec::new() };
    scene.update(Message::AnsweredCame(KEEPERS, vec![3], Ok(found)));
    assert!(scene.says("who has the ladder"));
    scene.update(Message::AnsweredCame(KEEPERS, vec![3], Ok(Messages::default())));
    assert!(scene.says("Deleted message"));
}
