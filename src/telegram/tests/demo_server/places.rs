//! Every piece of a history that can be asked for.

use crate::stage::{Stage, User};
use heliograph_model::{HistoryPage, MessageId, PeerId, Place};

const LONG: &str = "Long Watch";

fn ids(page: &HistoryPage) -> Vec<i32> {
    page.messages.iter().filter_map(|message| message.id.server()).collect()
}

async fn page(user: &User, chat: PeerId, place: Place, limit: u32) -> HistoryPage {
    let page = user.account.history(chat, place, limit).await.unwrap();
    assert!(page.messages.is_sorted_by_key(|message| message.id), "{place:?}");
    assert!(page.messages.iter().all(|message| message.chat == chat), "{place:?}");
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn every_place_of_a_long_history() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let chat = user.chat(LONG).await.id;
    let edges = |page: &HistoryPage| (page.complete, page.newest);

    let newest = page(&user, chat, Place::Newest, 40).await;
    assert_eq!((ids(&newest), edges(&newest)), ((4_961..=5_000).collect(), (false, true)));
    let before = page(&user, chat, Place::Before(4_961), 40).await;
    assert_eq!((ids(&before), edges(&before)), ((4_921..=4_960).collect(), (false, false)));
    let after = page(&user, chat, Place::After(2_000), 40).await;
    assert_eq!((ids(&after), edges(&after)), ((2_001..=2_040).collect(), (false, false)));
    let around = page(&user, chat, Place::Around(2_500), 40).await;
    let numbers = ids(&around);
    assert!(numbers.contains(&2_500) && numbers.len() == 40, "{numbers:?}");
    assert_eq!(edges(&around), (false, false));
    assert!(numbers.iter().filter(|id| **id > 2_500).count().abs_diff(20) <= 1, "{numbers:?}");

    // The ends.
    let first = page(&user, chat, Place::Before(31), 40).await;
    assert_eq!((ids(&first), edges(&first)), ((1..=30).collect(), (true, false)));
    assert_eq!(edges(&page(&user, chat, Place::Before(1), 40).await), (true, false));
    let last = page(&user, chat, Place::After(4_990), 40).await;
    assert_eq!((ids(&last), edges(&last)), ((4_991..=5_000).collect(), (false, true)));
    let none = page(&user, chat, Place::After(5_000), 40).await;
    assert_eq!((ids(&none), edges(&none)), (vec![], (false, true)));
    let low = page(&user, chat, Place::Around(3), 40).await;
    assert!(ids(&low).starts_with(&[1, 2, 3]) && low.complete && !low.newest);
    let high = page(&user, chat, Place::Around(4_998), 40).await;
    assert!(ids(&high).ends_with(&[4_998, 4_999, 5_000]) && high.newest && !high.complete);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_is_found_and_a_gone_message_leaves_its_place() {
    let stage = Stage::new().await;
    let user = stage.sign_in(0, "one").await;
    let chat = user.chat(LONG).await.id;
    let middle = user.account.messages(chat, &[3_000]).await.unwrap().messages.remove(0);
    for date in [middle.date, middle.date - 1] {
        let found = page(&user, chat, Place::Date(date), 40).await;
        let first = found.messages.iter().find(|message| message.date >= date).unwrap();
        assert_eq!(first.id, MessageId::Server(3_000), "the first that is not older");
        let older = found.messages.iter().filter(|message| message.date < date).count();
        assert!(older.abs_diff(20) <= 1, "{older} older ones");
    }
    let ancient = page(&user, chat, Place::Date(1), 40).await;
    assert_eq!(ids(&ancient).first(), Some(&1));
    let future = page(&user, chat, Place::Date(i64::MAX), 40).await;
    assert_eq!(ids(&future).last(), Some(&5_000));

    // Walking through in both directions meets every message once.
    let own = user.chat("Every kind").await.id;
    let (mut up, mut down) = (Vec::new(), Vec::new());
    let mut place = Place::Newest;
    loop {
        let piece = page(&user, own, place, 33).await;
        up.splice(0..0, ids(&piece));
        if piece.complete {
            break;
        }
        place = Place::Before(up[0]);
    }
    let mut last = 0;
    loop {
        let piece = page(&user, own, Place::After(last), 33).await;
        down.extend(ids(&piece));
        last = down.last().copied().unwrap();
        if piece.newest {
            break;
        }
    }
    assert_eq!(up, down);
    assert!(up.len() > 200);
}
