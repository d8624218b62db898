//! What happened in a chat, in words.

use super::people;
use super::preview;
use super::scene::Scene;
use crate::words::{date, fl, number};
use heliograph_model::{Message, PeerId, PeerKind, Service};

/// The longest piece of a message that is named in the words about it, in letters.
const PIECE: usize = 40;

/// Something that happened, in words. In many languages the verb is another one where it was done by us: a number says
/// that.
pub fn words(scene: &Scene<'_>, message: &Message, service: &Service) -> String {
    let (words, state) = (&scene.words, scene.state);
    let who = name(scene, &message.sender);
    let you = u8::from(message.sender == state.me);
    match service {
        Service::Created(title) if in_channel(scene, message) => {
            fl!(words, "service-channel-created", title = title.clone())
        }
        Service::Created(title) => fl!(words, "service-created", who = who, you = you, title = title.clone()),
        Service::Renamed(title) => fl!(words, "service-renamed", who = who, you = you, title = title.clone()),
        Service::PhotoChanged => fl!(words, "service-photo", who = who, you = you),
        Service::PhotoRemoved => fl!(words, "service-photo-removed", who = who, you = you),
        Service::Joined(people) if people.is_empty() || *people == [message.sender] => {
            fl!(words, "service-joined", who = who, you = you)
        }
        Service::Joined(people) if *people == [state.me] => fl!(words, "service-added-you", who = who),
        Service::Joined(people) => {
            fl!(words, "service-added", who = who, you = you, others = objects(scene, people))
        }
        Service::JoinedByLink => fl!(words, "service-joined-link", who = who, you = you),
        Service::JoinedByRequest => fl!(words, "service-joined-request", who = who, you = you),
        Service::Left(gone) if *gone == message.sender => fl!(words, "service-left", who = who, you = you),
        Service::Left(gone) if *gone == state.me => fl!(words, "service-removed-you", who = who),
        Service::Left(gone) => fl!(words, "service-removed", who = who, you = you, other = name(scene, gone)),
        Service::MovedTo(_) => fl!(words, "service-moved-to"),
        Service::MovedFrom(title) => fl!(words, "service-moved-from", title = title.clone()),
        Service::Pinned => match pinned(scene, message) {
            Some(what) => fl!(words, "service-pinned-what", who = who, you = you, what = what),
            None => fl!(words, "service-pinned", who = who, you = you),
        },
        Service::Cleared => fl!(words, "service-cleared"),
        Service::ContactSignedUp => fl!(words, "service-signed-up", who = who),
        Service::Call { .. } | Service::GroupCall { .. } | Service::GroupCallPlanned(_) => {
            call(scene, message, service)
        }
        Service::InvitedToCall(people) => {
            fl!(words, "service-call-invited", who = who, you = you, others = objects(scene, people))
        }
        Service::Lifetime(0) => fl!(words, "service-lifetime-off", who = who, you = you),
        Service::Lifetime(seconds) => {
            fl!(words, "service-lifetime", who = who, you = you, time = crate::words::span(*seconds))
        }
        Service::Screenshot => fl!(words, "service-screenshot", who = who, you = you),
        Service::Theme(Some(emoji)) => fl!(words, "service-theme", who = who, you = you, emoji = emoji.clone()),
        Service::Theme(None) => fl!(words, "service-theme-usual", who = who, you = you),
        Service::Wallpaper => fl!(words, "service-wallpaper", who = who, you = you),
        Service::GameScore(score) => fl!(words, "service-score", who = who, you = you, score = i64::from(*score)),
        Service::Paid(sum) => fl!(words, "service-paid", who = who, you = you, sum = sum.clone()),
        Service::Refunded(sum) => fl!(words, "service-refunded", sum = sum.clone()),
        Service::BotAllowed(Some(site)) => fl!(words, "service-bot-allowed-site", site = site.clone()),
        Service::BotAllowed(None) => fl!(words, "service-bot-allowed"),
        Service::WebApp(button) => fl!(words, "service-web-app", button = button.clone()),
        Service::Near { who, to, metres } => near(scene, *who, *to, *metres),
        Service::TopicCreated(title) => {
            fl!(words, "service-topic-created", who = who, you = you, title = title.clone())
        }
        Service::TopicRenamed(title) => {
            fl!(words, "service-topic-renamed", who = who, you = you, title = title.clone())
        }
        Service::TopicClosed(true) => fl!(words, "service-topic-closed", who = who, you = you),
        Service::TopicClosed(false) => fl!(words, "service-topic-opened", who = who, you = you),
        Service::TopicChanged => fl!(words, "service-topic-changed", who = who, you = you),
        Service::PhotoSuggested => fl!(words, "service-photo-suggested", who = who, you = you),
        Service::BirthdaySuggested => fl!(words, "service-birthday-suggested", who = who, you = you),
        Service::Shared(people) => fl!(words, "service-shared", others = objects(scene, people)),
        Service::GiftPremium(days) => fl!(words, "service-gift-premium", who = who, you = you, days = (*days)),
        Service::GiftStars(count) => fl!(words, "service-gift-stars", who = who, you = you, count = (*count)),
        Service::Gift => fl!(words, "service-gift", who = who, you = you),
        Service::GiveawayStarted => fl!(words, "service-giveaway", who = who, you = you),
        Service::GiveawayEnded(count) => fl!(words, "service-giveaway-over", count = (*count)),
        Service::Boosted(0 | 1) => fl!(words, "service-boosted", who = who, you = you),
        Service::Boosted(count) => fl!(words, "service-boosted-times", who = who, you = you, count = (*count)),
        Service::MessagePrice(0) => fl!(words, "service-price-none"),
        Service::MessagePrice(count) => fl!(words, "service-price", count = (*count)),
        Service::Checklist { done: 0, undone } => {
            fl!(words, "service-tasks-undone", who = who, you = you, tasks = tasks(scene, *undone))
        }
        Service::Checklist { done, .. } => {
            fl!(words, "service-tasks-done", who = who, you = you, tasks = tasks(scene, *done))
        }
        Service::ChecklistGrown(count) => {
            fl!(words, "service-tasks-added", who = who, you = you, tasks = tasks(scene, *count))
        }
        Service::Owner(owner) => fl!(words, "service-owner", other = name(scene, owner)),
        Service::Protection(true) => fl!(words, "service-protected", who = who, you = you),
        Service::Protection(false) => fl!(words, "service-unprotected", who = who, you = you),
        Service::Custom(said) => said.clone(),
        Service::Other => fl!(words, "service-other"),
    }
}

fn name(scene: &Scene<'_>, id: &PeerId) -> String {
    match scene.state.peers.get(id) {
        _ if *id == scene.state.me => fl!(scene.words, "you"),
        Some(peer) => people::name(&scene.words, peer).into_owned(),
        None => fl!(scene.words, "unknown-peer"),
    }
}

/// As those to whom something is done.
fn objects(scene: &Scene<'_>, people: &[PeerId]) -> String {
    let object = |id: &PeerId| match *id == scene.state.me {
        true => fl!(scene.words, "you-object"),
        false => name(scene, id),
    };
    number::list(people.iter().map(object))
}

fn tasks(scene: &Scene<'_>, count: u32) -> String {
    fl!(scene.words, "tasks", count = count)
}

fn in_channel(scene: &Scene<'_>, message: &Message) -> bool {
    matches!(scene.state.peers.get(&message.chat), Some(peer) if peer.kind == PeerKind::Channel)
}

/// The message that was pinned, in a few words, if it is here and says anything.
fn pinned(scene: &Scene<'_>, message: &Message) -> Option<String> {
    let pinned = scene.message(message.chat, message.answers()?)?;
    // One that says of itself that something was pinned would lead on and on.
    if pinned.service.is_some() {
        return None;
    }
    let what = preview::what(scene, pinned);
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    match what.char_indices().nth(PIECE) {
        _ if what.is_empty() => None,
        None => Some(what),
        Some((end, _)) => Some(format!("{}…", what.get(..end).unwrap_or_default().trim_end())),
    }
}

fn call(scene: &Scene<'_>, message: &Message, service: &Service) -> String {
    let words = &scene.words;
    match service {
        Service::Call { video, missed, declined, duration } => {
            let video = u8::from(*video);
            let what = match (missed, declined, message.outgoing) {
                (true, _, true) => fl!(words, "service-call-unanswered", video = video),
                (true, _, false) => fl!(words, "service-call-missed", video = video),
                (false, true, _) => fl!(words, "service-call-declined", video = video),
                (false, false, _) => fl!(words, "service-call", video = video),
            };
            with_length(what, *duration)
        }
        Service::GroupCall { duration: None } => {
            let you = u8::from(message.sender == scene.state.me);
            fl!(words, "service-group-call", who = name(scene, &message.sender), you = you)
        }
        Service::GroupCall { duration } => with_length(fl!(words, "service-group-call-over"), *duration),
        Service::GroupCallPlanned(at) => {
            let (day, today) = (date::day(*at, scene.zone), date::day(scene.now, scene.zone));
            let day = match day > today {
                true => fl!(words, "date-long", day = day.day(), month = day.month()),
                false => date::chip(words, day, scene.now, scene.zone),
            };
            let time = number::beside(day, date::clock(*at, scene.zone));
            fl!(words, "service-group-call-planned", time = time)
        }
        _ => fl!(words, "service-other"),
    }
}

fn with_length(what: String, seconds: Option<u32>) -> String {
    match seconds {
        Some(seconds) if seconds > 0 => number::beside(what, date::length(seconds)),
        _ => what,
    }
}

/// Two people are close to each other; in many languages the words differ where we are one of them.
fn near(scene: &Scene<'_>, who: PeerId, to: PeerId, metres: u32) -> String {
    let words = &scene.words;
    let distance = match metres {
        0..1000 => fl!(words, "unit-metres", value = metres.to_string()),
        _ => fl!(words, "unit-kilometres", value = number::decimal(f64::from(metres) / 1000.0, 1)),
    };
    if to == scene.state.me {
        return fl!(words, "service-near-you", who = name(scene, &who), distance = distance);
    }
    let you = u8::from(who == scene.state.me);
    fl!(words, "service-near", who = name(scene, &who), you = you, other = name(scene, &to), distance = distance)
}

#[cfg(test)]
mod tests {
    use super::super::message::gallery::{happening, people};
    use crate::theme::Look;
    use crate::words;
    use heliograph_model::Message;
    use std::collections::HashSet;

    #[test]
    fn everything_that_happens_has_words_of_its_own_in_every_language() {
        let room = people::room(&[]);
        let scene = room.scene(Look::day());
        for language in words::languages() {
            let _here = words::here(language);
            let all = happening::all();
            let said: HashSet<String> = all
                .iter()
                .map(|(who, service)| {
                    let message = Message { chat: people::KEEPERS, sender: *who, ..Message::default() };
                    super::words(&scene, &message, service)
                })
                .collect();
            assert_eq!(said.len(), all.len(), "{language:?}");
            assert!(said.iter().all(|words| !words.is_empty() && !words.contains("No localization")), "{language:?}");
        }
    }
}
