//! What was begun and not sent stands on all devices, and nobody loses what they type.

use crate::stage::{KEEPERS, Stage, User};
use heliograph_demo::{Disturbance, Mishap};
use heliograph_model::{FormattedText, PeerId};
use heliograph_store::Drafts;
use heliograph_telegram::Event;

fn words(text: &str) -> FormattedText {
    FormattedText::plain(text)
}

/// How the drafts of the chat stand once this is so.
async fn until(user: &mut User, chat: PeerId, test: impl Fn(&Drafts) -> bool) -> Drafts {
    let is_it = |event: &Event| matches!(event, Event::Draft { chat: c, drafts, .. } if *c == chat && test(drafts));
    match user.heard.next(is_it).await {
        Event::Draft { drafts, .. } => *drafts,
        _ => unreachable!(),
    }
}

fn says(drafts: &Drafts, text: &str) -> bool {
    drafts.current.as_ref().is_some_and(|draft| draft.text.text == text)
}

async fn two(stage: &Stage) -> (User, User, PeerId) {
    let (mut one, mut two) = (stage.sign_in(0, "one").await, stage.sign_in(0, "two").await);
    one.settle().await;
    two.settle().await;
    let keepers = one.chat(KEEPERS).await.id;
    two.chat(KEEPERS).await;
    (one, two, keepers)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_kept_here_and_comes_to_the_other_device() {
    let stage = Stage::new().await;
    let (mut one, mut two, keepers) = two(&stage).await;
    one.account.typed(keepers, words("half a"), None, 1);
    one.account.typed(keepers, words("half a thought"), None, 2);
    until(&mut one, keepers, |drafts| says(drafts, "half a thought") && !drafts.synced).await;
    until(&mut one, keepers, |drafts| says(drafts, "half a thought") && drafts.synced).await;
    let there = until(&mut two, keepers, |drafts| says(drafts, "half a thought")).await;
    assert!(there.synced && there.loser.is_none());
    // What the server tells us of our own is not another one's.
    one.heard.listen().await;
    let spurious = one.heard.all.iter().any(|e| matches!(e, Event::Draft { drafts, .. } if drafts.loser.is_some()));
    assert!(!spurious);
    // Sent here, it is gone there.
    one.account.typed(keepers, words(""), None, 3);
    one.say(keepers, "half a thought").await.unwrap();
    until(&mut two, keepers, |drafts| drafts.current.is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_went_elsewhere_goes_here_with_the_next_connection_though_nobody_told() {
    let stage = Stage::new().await;
    let (mut one, mut two, keepers) = two(&stage).await;
    one.account.typed(keepers, words("half a thought"), None, 1);
    one.account.left(keepers);
    until(&mut one, keepers, |drafts| says(drafts, "half a thought") && drafts.synced).await;
    until(&mut two, keepers, |drafts| says(drafts, "half a thought")).await;
    // One that the cloud still has stays.
    let theo = one.chat("Theo").await.id;
    one.account.typed(theo, words("for later"), None, 1);
    one.account.left(theo);
    until(&mut one, theo, |drafts| says(drafts, "for later") && drafts.synced).await;
    stage.scenario.disturb_updates(Disturbance { after: 0, times: 1, mishap: Mishap::Miss });
    two.account.typed(keepers, words(""), None, 2);
    two.account.left(keepers);
    until(&mut two, keepers, |drafts| drafts.current.is_none() && drafts.synced).await;
    stage.scenario.calm();
    // What comes later moves the date on from which the difference tells.
    stage.server.world().advance(5);
    two.say(keepers, "Something else").await.unwrap();
    one.heard.message("Something else").await;
    stage.scenario.cut_connections();
    until(&mut one, keepers, |drafts| drafts.current.is_none()).await;
    one.heard.listen().await;
    let drafts = one.account.drafts().await.unwrap();
    let kept: Vec<_> =
        drafts.into_iter().filter(|(_, drafts)| drafts.current.is_some()).map(|(chat, _)| chat).collect();
    assert_eq!(kept, [theo]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_keeps_the_words_and_the_other_draft_can_be_brought_back() {
    let stage = Stage::new().await;
    let (mut one, two, keepers) = two(&stage).await;
    one.account.typed(keepers, words("mine"), None, 1);
    two.account.typed(keepers, words("from the phone"), None, 1);
    two.account.left(keepers);
    let drafts = until(&mut one, keepers, |drafts| drafts.loser.is_some()).await;
    assert!(says(&drafts, "mine"));
    assert_eq!(drafts.loser.unwrap().text.text, "from the phone");
    one.account.bring_back_draft(keepers);
    let drafts = until(&mut one, keepers, |drafts| says(drafts, "from the phone")).await;
    assert_eq!(drafts.loser.unwrap().text.text, "mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_without_a_connection_outlives_the_program_and_reaches_the_cloud() {
    let stage = Stage::new().await;
    let (one, mut two, keepers) = two(&stage).await;
    stage.scenario.refuse_connections(true);
    stage.scenario.cut_connections();
    one.account.typed(keepers, words("in a tunnel"), None, 1);
    // At once: the program is closed.
    one.account.shut_down().await;
    drop(one);
    let (account, _heard) = stage.open("one").await;
    let stored = account.drafts().await.unwrap();
    assert!(stored.iter().any(|(chat, drafts)| *chat == keepers && says(drafts, "in a tunnel")));
    stage.scenario.refuse_connections(false);
    until(&mut two, keepers, |drafts| says(drafts, "in a tunnel")).await;
}
