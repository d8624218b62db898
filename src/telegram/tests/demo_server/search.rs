//! Finding what was said, with and without the server.

use crate::stage::{KEEPERS, Stage, User};
use futures::StreamExt as _;
use heliograph_model::{Message, MessageId, PeerId};
use heliograph_telegram::{Here, Only, SearchStep, There, Wanted};

fn wanted(text: &str) -> Wanted {
    Wanted { text: text.into(), ..Wanted::default() }
}

async fn both(user: &User, wanted: Wanted) -> (Here, There) {
    let steps: Vec<SearchStep> = user.account.search(wanted).collect().await;
    match <[SearchStep; 2]>::try_from(steps).unwrap() {
        [SearchStep::Here(here), SearchStep::There(there)] => (here.unwrap(), there.unwrap()),
        steps => panic!("{steps:?}"),
    }
}

fn ids(messages: &[Message]) -> Vec<(PeerId, MessageId)> {
    messages.iter().map(|message| (message.chat, message.id)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_here_yet_is_found_on_the_server_and_then_here() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    let said = user.say(keepers, "The axolotl signed the logbook").await.unwrap();
    let other = stage.sign_in(0, "two").await;
    let (here, there) = both(&other, wanted("axolotl")).await;
    assert_eq!(here.messages, [], "it was never seen on this device");
    assert_eq!(ids(&there.messages), [(keepers, said.id)]);
    assert!(there.peers.iter().any(|peer| peer.id == keepers) && there.peers.iter().any(|peer| peer.is_self()));
    // Whatever was shown once is found without the server.
    let deadline = tokio::time::Instant::now() + crate::stage::PATIENCE;
    loop {
        let (here, _) = both(&other, wanted("axolotl logbook")).await;
        if ids(&here.messages) == [(keepers, said.id)] {
            assert!(here.peers.iter().any(|peer| peer.id == keepers), "with its names");
            break;
        }
        assert!(tokio::time::Instant::now() < deadline);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn chats_and_people_are_found_by_the_beginnings_of_their_names() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    let (here, there) = both(&user, wanted("light ke")).await;
    assert_eq!(here.chats.first(), Some(&keepers));
    assert!(here.peers.iter().any(|peer| peer.id == keepers));
    assert!(there.found.is_empty(), "the server does not look for beginnings in two words");
    let (_, there) = both(&user, wanted("@Mara")).await;
    assert!(there.found.iter().all(|id| there.peers.iter().any(|peer| peer.id == *id)) && !there.found.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_is_searched_page_by_page_by_sender_and_by_kind() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let keepers = user.chat(KEEPERS).await.id;
    for number in 0..40 {
        user.say(keepers, &format!("The wombat came by, night {number}")).await.unwrap();
    }
    let everything = Wanted { chat: Some(keepers), ..wanted("wombat") };
    let (_, first) = both(&user, everything.clone()).await;
    assert!(first.total >= Some(40) && first.messages.len() < 40);
    let second = user.account.search_on_there(&everything, first.next.unwrap()).await.unwrap();
    let mut all = ids(&first.messages);
    all.extend(ids(&second.messages));
    assert_eq!(all.len(), 40);
    assert!(all.windows(2).all(|two| two[0].1 > two[1].1), "the newest first, none twice");
    let here = both(&user, everything.clone()).await.0;
    let more = user.account.search_on_here(&everything, here.next.unwrap()).await.unwrap();
    let mut found = ids(&here.messages);
    found.extend(ids(&more.messages));
    assert_eq!(found, all, "here as well, from where the first answer ended");
    let me = user.account.me().unwrap();
    let from_me = Wanted { sender: Some(me), ..everything.clone() };
    assert_eq!(both(&user, from_me).await.1.total, Some(40));
    let photos = Wanted { chat: Some(keepers), only: Only::Photos, ..Wanted::default() };
    let (_, photos) = both(&user, photos).await;
    assert!(!photos.messages.is_empty() && photos.messages.iter().all(|message| Only::Photos.is(message)));
    let late = Wanted { since: Some(all_dates(&first.messages) + 1), ..everything };
    assert!(both(&user, late).await.1.messages.is_empty());
}

fn all_dates(messages: &[Message]) -> i64 {
    messages.iter().map(|message| message.date).max().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn everywhere_goes_on_where_it_ended() {
    let stage = Stage::new().await;
    let mut user = stage.sign_in(0, "one").await;
    user.settle().await;
    let (_, first) = both(&user, wanted("the")).await;
    let more = user.account.search_on_there(&wanted("the"), first.next.unwrap()).await.unwrap();
    let (first, more) = (first.messages, more.messages);
    assert!(
        !more.is_empty()
            && first.iter().all(|message| !more.iter().any(|m| (m.chat, m.id) == (message.chat, message.id)))
    );
    assert!(first.last().unwrap().date >= more.first().unwrap().date);
}
