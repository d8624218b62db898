//! Things that happen in chats (core.telegram.org/type/MessageAction).

use super::peer;
use grammers_tl_types as tl;
use heliograph_model::{PeerId, Service};

/// What happened.
pub(crate) fn service(action: &tl::enums::MessageAction) -> Service {
    use tl::enums::MessageAction as A;
    match action {
        A::ChatCreate(a) => Service::Created(a.title.clone()),
        A::ChannelCreate(a) => Service::Created(a.title.clone()),
        A::ChatEditTitle(a) => Service::Renamed(a.title.clone()),
        A::ChatEditPhoto(_) => Service::PhotoChanged,
        A::ChatDeletePhoto => Service::PhotoRemoved,
        A::ChatAddUser(a) => Service::Joined(users(&a.users)),
        A::ChatJoinedByLink(_) | A::ChatJoinedViaCommunity(_) => Service::JoinedByLink,
        A::ChatJoinedByRequest => Service::JoinedByRequest,
        A::ChatDeleteUser(a) => Service::Left(PeerId::User(a.user_id)),
        A::ChatMigrateTo(a) => Service::MovedTo(PeerId::Channel(a.channel_id)),
        A::ChannelMigrateFrom(a) => Service::MovedFrom(a.title.clone()),
        A::PinMessage => Service::Pinned,
        A::HistoryClear => Service::Cleared,
        A::ContactSignUp => Service::ContactSignedUp,
        A::PhoneCall(call) => one_to_one(call),
        A::ConferenceCall(call) => {
            Service::Call { video: call.video, missed: call.missed, declined: false, duration: count(call.duration) }
        }
        A::GroupCall(call) => Service::GroupCall { duration: count(call.duration) },
        A::GroupCallScheduled(call) => Service::GroupCallPlanned(call.schedule_date.into()),
        A::InviteToGroupCall(a) => Service::InvitedToCall(users(&a.users)),
        A::SetMessagesTtl(a) => Service::Lifetime(u32::try_from(a.period).unwrap_or_default()),
        A::ScreenshotTaken => Service::Screenshot,
        A::SetChatTheme(a) => Service::Theme(match &a.theme {
            tl::enums::ChatTheme::Theme(theme) => Some(theme.emoticon.clone()).filter(|emoji| !emoji.is_empty()),
            tl::enums::ChatTheme::UniqueGift(_) => Some("🎁".to_owned()),
        }),
        A::SetChatWallPaper(_) => Service::Wallpaper,
        A::GameScore(a) => Service::GameScore(a.score),
        A::PaymentSent(a) => Service::Paid(money(a.total_amount, &a.currency)),
        A::PaymentSentMe(a) => Service::Paid(money(a.total_amount, &a.currency)),
        A::PaymentRefunded(a) => Service::Refunded(money(a.total_amount, &a.currency)),
        A::PaidMessagesRefunded(a) => Service::Refunded(stars(a.stars)),
        A::BotAllowed(a) => Service::BotAllowed(a.domain.clone().or_else(|| match &a.app {
            Some(tl::enums::BotApp::App(app)) => Some(app.title.clone()),
            Some(tl::enums::BotApp::NotModified) | None => None,
        })),
        A::WebViewDataSent(a) => Service::WebApp(a.text.clone()),
        A::WebViewDataSentMe(a) => Service::WebApp(a.text.clone()),
        A::GeoProximityReached(a) => Service::Near {
            who: peer::id(&a.from_id),
            to: peer::id(&a.to_id),
            metres: u32::try_from(a.distance).unwrap_or_default(),
        },
        A::TopicCreate(a) => Service::TopicCreated(a.title.clone()),
        A::TopicEdit(a) => match (&a.title, a.closed) {
            (Some(title), _) => Service::TopicRenamed(title.clone()),
            (None, Some(closed)) => Service::TopicClosed(closed),
            (None, None) => Service::TopicChanged,
        },
        A::SuggestProfilePhoto(_) => Service::PhotoSuggested,
        A::SuggestBirthday(_) => Service::BirthdaySuggested,
        A::RequestedPeer(a) => Service::Shared(a.peers.iter().map(peer::id).collect()),
        A::RequestedPeerSentMe(a) => Service::Shared(a.peers.iter().map(shared).collect()),
        A::GiftPremium(a) => Service::GiftPremium(u32::try_from(a.days).unwrap_or_default()),
        A::GiftCode(a) => Service::GiftPremium(u32::try_from(a.days).unwrap_or_default()),
        A::GiftStars(a) => Service::GiftStars(a.stars),
        A::PrizeStars(a) => Service::GiftStars(a.stars),
        A::GiftTon(_) | A::StarGift(_) | A::StarGiftUnique(_) => Service::Gift,
        A::GiveawayLaunch(_) => Service::GiveawayStarted,
        A::GiveawayResults(a) => Service::GiveawayEnded(u32::try_from(a.winners_count).unwrap_or_default()),
        A::BoostApply(a) => Service::Boosted(u32::try_from(a.boosts).unwrap_or_default()),
        A::PaidMessagesPrice(a) => Service::MessagePrice(a.stars),
        A::TodoCompletions(a) => Service::Checklist { done: length(&a.completed), undone: length(&a.incompleted) },
        A::TodoAppendTasks(a) => Service::ChecklistGrown(length(&a.list)),
        A::NewCreatorPending(a) => Service::Owner(PeerId::User(a.new_creator_id)),
        A::ChangeCreator(a) => Service::Owner(PeerId::User(a.new_creator_id)),
        A::NoForwardsToggle(a) => Service::Protection(a.new_value),
        A::CustomAction(a) => Service::Custom(a.message.clone()),
        A::Empty
        | A::SecureValuesSent(_)
        | A::SecureValuesSentMe(_)
        | A::SuggestedPostApproval(_)
        | A::SuggestedPostSuccess(_)
        | A::SuggestedPostRefund(_)
        | A::StarGiftPurchaseOffer(_)
        | A::StarGiftPurchaseOfferDeclined(_)
        | A::NoForwardsRequest(_)
        | A::PollAppendAnswer(_)
        | A::PollDeleteAnswer(_)
        | A::ManagedBotCreated(_)
        | A::ChangeCommunity(_)
        | A::GramTransfer(_)
        | A::WalletTonConnectRequest(_) => Service::Other,
    }
}

fn one_to_one(call: &tl::types::MessageActionPhoneCall) -> Service {
    use tl::enums::PhoneCallDiscardReason as R;
    let reason = call.reason.as_ref();
    Service::Call {
        video: call.video,
        missed: matches!(reason, Some(R::Missed)),
        declined: matches!(reason, Some(R::Busy)),
        duration: count(call.duration),
    }
}

fn shared(peer: &tl::enums::RequestedPeer) -> PeerId {
    match peer {
        tl::enums::RequestedPeer::User(user) => PeerId::User(user.user_id),
        tl::enums::RequestedPeer::Chat(chat) => PeerId::Group(chat.chat_id),
        tl::enums::RequestedPeer::Channel(channel) => PeerId::Channel(channel.channel_id),
    }
}

fn users(ids: &[i64]) -> Vec<PeerId> {
    ids.iter().copied().map(PeerId::User).collect()
}

fn count(number: Option<i32>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}

fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn stars(amount: i64) -> String {
    format!("⭐ {amount}")
}

/// A sum in the smallest units of a currency, as people write it (core.telegram.org/bots/payments/currencies.json).
fn money(amount: i64, currency: &str) -> String {
    const WHOLE: [&str; 14] =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV"];
    const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
    let digits = match currency {
        "XTR" => return stars(amount),
        _ if WHOLE.contains(&currency) => 0,
        _ if THOUSANDTHS.contains(&currency) => 3,
        _ => 2,
    };
    let sign = if amount < 0 { "−" } else { "" };
    let unit = 10_u64.pow(digits);
    let (whole, rest) = (amount.unsigned_abs() / unit, amount.unsigned_abs() % unit);
    match digits {
        0 => format!("{sign}{whole} {currency}"),
        2 => format!("{sign}{whole}.{rest:02} {currency}"),
        _ => format!("{sign}{whole}.{rest:03} {currency}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tl::enums::MessageAction as A;

    #[test]
    fn coming_going_and_pinning() {
        assert_eq!(service(&A::PinMessage), Service::Pinned);
        assert_eq!(service(&A::HistoryClear), Service::Cleared);
        assert_eq!(service(&A::ChatDeletePhoto), Service::PhotoRemoved);
        let by_link = tl::types::MessageActionChatJoinedByLink { inviter_id: 9 };
        assert_eq!(service(&by_link.into()), Service::JoinedByLink);
        let brought = tl::types::MessageActionChatAddUser { users: vec![7, 8] };
        assert_eq!(service(&brought.into()), Service::Joined(vec![PeerId::User(7), PeerId::User(8)]));
        let made = tl::types::MessageActionChannelCreate { title: "News".into() };
        assert_eq!(service(&made.into()), Service::Created("News".into()));
    }

    #[test]
    fn calls_end_in_their_ways() {
        use tl::enums::PhoneCallDiscardReason as R;
        let call = |reason, duration| {
            service(&tl::types::MessageActionPhoneCall { video: true, call_id: 1, reason, duration }.into())
        };
        let ended = |missed, declined, duration| Service::Call { video: true, missed, declined, duration };
        assert_eq!(call(Some(R::Hangup), Some(187)), ended(false, false, Some(187)));
        assert_eq!(call(Some(R::Missed), None), ended(true, false, None));
        assert_eq!(call(Some(R::Busy), Some(-1)), ended(false, true, None));
    }

    #[test]
    fn topics_are_renamed_closed_or_otherwise_changed() {
        let edit = |title: Option<&str>, closed, hidden| {
            let title = title.map(str::to_owned);
            service(&tl::types::MessageActionTopicEdit { title, icon_emoji_id: None, closed, hidden }.into())
        };
        assert_eq!(edit(Some("Nets"), Some(true), None), Service::TopicRenamed("Nets".into()));
        assert_eq!(edit(None, Some(false), None), Service::TopicClosed(false));
        assert_eq!(edit(None, None, Some(true)), Service::TopicChanged);
    }

    #[test]
    fn sums_are_written_for_people() {
        for (amount, currency, written) in [
            (999, "EUR", "9.99 EUR"),
            (5, "USD", "0.05 USD"),
            (-250, "USD", "−2.50 USD"),
            (1200, "JPY", "1200 JPY"),
            (1_234_567, "KWD", "1234.567 KWD"),
            (50, "XTR", "⭐ 50"),
            (i64::MIN, "EUR", "−92233720368547758.08 EUR"),
        ] {
            assert_eq!(money(amount, currency), written);
        }
    }
}
