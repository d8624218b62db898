//! Everything that can happen in a chat.

use super::Column;
use super::people::{ILSE, MARA, ME, MORNING, THEO, said};
use heliograph_model::{Message as Said, PeerId, Reply, Service};

/// Every kind, by whom.
pub fn all() -> Vec<(PeerId, Service)> {
    vec![
        (MARA, Service::Created("Lighthouse Keepers".into())),
        (ME, Service::Renamed("Lighthouse Keepers".into())),
        (MARA, Service::PhotoChanged),
        (ME, Service::PhotoRemoved),
        (MARA, Service::Joined(vec![THEO, ME])),
        (ILSE, Service::JoinedByLink),
        (ILSE, Service::JoinedByRequest),
        (MARA, Service::Left(THEO)),
        (MARA, Service::MovedTo(super::people::KEEPERS)),
        (MARA, Service::MovedFrom("Keepers".into())),
        (MARA, Service::Pinned),
        (ME, Service::Cleared),
        (THEO, Service::ContactSignedUp),
        (MARA, Service::Call { video: false, missed: true, declined: false, duration: None }),
        (MARA, Service::Call { video: true, missed: false, declined: true, duration: None }),
        (ME, Service::Call { video: true, missed: true, declined: false, duration: None }),
        (ME, Service::Call { video: false, missed: false, declined: false, duration: Some(754) }),
        (MARA, Service::GroupCall { duration: None }),
        (MARA, Service::GroupCall { duration: Some(4210) }),
        (MARA, Service::GroupCallPlanned(MORNING + 86_400 * 2)),
        (MARA, Service::InvitedToCall(vec![THEO, ILSE])),
        (MARA, Service::Lifetime(604_800)),
        (ME, Service::Lifetime(0)),
        (THEO, Service::Screenshot),
        (THEO, Service::Theme(Some("🌊".into()))),
        (ME, Service::Theme(None)),
        (THEO, Service::Wallpaper),
        (THEO, Service::GameScore(1250)),
        (ME, Service::Paid("12,50 €".into())),
        (MARA, Service::Refunded("12,50 €".into())),
        (ME, Service::BotAllowed(Some("ferry.example".into()))),
        (ME, Service::BotAllowed(None)),
        (ME, Service::WebApp("Choose a seat".into())),
        (MARA, Service::Near { who: MARA, to: ME, metres: 300 }),
        (MARA, Service::Near { who: THEO, to: ILSE, metres: 1500 }),
        (MARA, Service::TopicCreated("Lens".into())),
        (MARA, Service::TopicRenamed("North lens".into())),
        (ME, Service::TopicClosed(true)),
        (ME, Service::TopicClosed(false)),
        (MARA, Service::TopicChanged),
        (MARA, Service::PhotoSuggested),
        (ME, Service::BirthdaySuggested),
        (ME, Service::Shared(vec![MARA, THEO])),
        (MARA, Service::GiftPremium(90)),
        (ME, Service::GiftStars(250)),
        (MARA, Service::Gift),
        (MARA, Service::GiveawayStarted),
        (MARA, Service::GiveawayEnded(5)),
        (THEO, Service::Boosted(1)),
        (ME, Service::Boosted(4)),
        (MARA, Service::MessagePrice(10)),
        (MARA, Service::MessagePrice(0)),
        (THEO, Service::Checklist { done: 3, undone: 0 }),
        (ME, Service::Checklist { done: 0, undone: 1 }),
        (THEO, Service::ChecklistGrown(2)),
        (MARA, Service::Owner(THEO)),
        (MARA, Service::Protection(true)),
        (ME, Service::Protection(false)),
        (MARA, Service::Custom("The harbour is closed until Monday".into())),
        (MARA, Service::Other),
    ]
}

pub fn column() -> Column {
    let rows = all().into_iter().enumerate().map(|(number, (who, service))| {
        let reply =
            matches!(service, Service::Pinned).then(|| Box::new(Reply { message: Some(2), ..Reply::default() }));
        vec![Said { service: Some(service), reply, ..said(300 + number as i32, who, "") }]
    });
    Column { rows: rows.collect() }
}
