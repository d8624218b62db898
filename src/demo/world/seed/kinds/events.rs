//! Everything that can happen in a chat.

use super::super::{Body, DAY, HOUR};
use super::Kinds;
use crate::world::Deed;
use grammers_tl_types::enums::{ChatTheme, MessageAction, PhoneCallDiscardReason};
use grammers_tl_types::{enums, types};

impl Kinds<'_> {
    fn deed(&mut self, who: usize, deed: Deed) -> usize {
        self.send(who, "", Body::Service(deed))
    }

    fn raw(&mut self, who: usize, action: impl Into<MessageAction>) {
        self.deed(who, Deed::Raw(Box::new(action.into())));
    }

    pub(super) fn events(&mut self) {
        let (robin, theo, ilse) = (self.person(0), self.person(2), self.person(3));
        self.deed(1, Deed::GroupCreated { title: "Every kind".to_owned(), people: vec![robin, theo] });
        self.deed(1, Deed::Renamed("Every kind, renamed".to_owned()));
        self.deed(2, Deed::Renamed("Every kind".to_owned()));
        let photo = self.seeder.face(crate::drawing::Style::Emblem);
        self.deed(1, Deed::NewPhoto(photo));
        self.deed(1, Deed::PhotoGone);
        self.deed(1, Deed::Added(vec![theo]));
        self.deed(1, Deed::Added(vec![theo, ilse, robin]));
        self.deed(1, Deed::Added(vec![robin]));
        self.deed(0, Deed::Added(vec![ilse]));
        self.deed(3, Deed::Added(vec![ilse]));
        self.deed(2, Deed::JoinedByLink(robin));
        self.raw(3, MessageAction::ChatJoinedByRequest);
        self.deed(1, Deed::Removed(theo));
        self.deed(2, Deed::Removed(theo));
        let group = self.seeder.state.groups.keys().next().copied().unwrap_or_default();
        self.deed(1, Deed::MigratedFrom { title: "Every kind, when it was small".to_owned(), group });
        let said = self.say(2, "This is going to be pinned.");
        let pinned = self.deed(0, Deed::Pinned);
        self.seeder.answering(pinned, said);
        let view = self.seeder.view(self.date);
        let picture = self.send(2, "", view);
        let pinned = self.deed(1, Deed::Pinned);
        self.seeder.answering(pinned, picture);
        self.deed(1, Deed::Cleared);
        self.deed(4, Deed::SignedUp);
        self.calls();
        self.deed(1, Deed::Ttl(7 * DAY));
        self.deed(0, Deed::Ttl(0));
        self.deed(3, Deed::Todone { done: vec![1], undone: Vec::new() });
        self.deed(3, Deed::Todone { done: Vec::new(), undone: vec![1, 2] });
        self.raw(2, MessageAction::ScreenshotTaken);
        for emoticon in ["🌊", ""] {
            let theme: ChatTheme = types::ChatTheme { emoticon: emoticon.to_owned() }.into();
            self.raw(1, types::MessageActionSetChatTheme { theme });
        }
        let (from_id, to_id) = (self.place(2).peer(), self.place(0).peer());
        let wallpaper = types::WallPaperNoFile { id: 1, default: true, dark: false, settings: None }.into();
        self.raw(1, types::MessageActionSetChatWallPaper { same: false, for_both: false, wallpaper });
        self.raw(2, types::MessageActionGeoProximityReached { from_id, to_id, distance: 120 });
        self.topics();
        self.money();
        let title = types::TextWithEntities { text: "Wax the stairs".to_owned(), entities: Vec::new() }.into();
        self.raw(4, types::MessageActionTodoAppendTasks { list: vec![types::TodoItem { id: 4, title }.into()] });
        self.raw(5, types::MessageActionNewCreatorPending { new_creator_id: theo });
        self.raw(5, types::MessageActionChangeCreator { new_creator_id: theo });
        self.raw(1, types::MessageActionNoForwardsToggle { prev_value: false, new_value: true });
        self.raw(1, types::MessageActionNoForwardsToggle { prev_value: true, new_value: false });
        self.raw(
            1,
            types::MessageActionCustomAction { message: "The tide has turned, and the server says so.".to_owned() },
        );
        self.raw(1, MessageAction::Empty);
        let gone = self.say(1, "Words between what happened.");
        self.react(gone, "👍", &[2]);
    }

    fn calls(&mut self) {
        for (who, video, reason, duration) in [
            (1, false, Some(PhoneCallDiscardReason::Hangup), Some(187)),
            (0, true, Some(PhoneCallDiscardReason::Hangup), Some(3_725)),
            (1, false, Some(PhoneCallDiscardReason::Missed), None),
            (0, true, Some(PhoneCallDiscardReason::Missed), None),
            (2, false, Some(PhoneCallDiscardReason::Busy), None),
        ] {
            self.raw(who, types::MessageActionPhoneCall { video, call_id: 1, reason, duration });
        }
        let call = || -> enums::InputGroupCall { types::InputGroupCall { id: 1, access_hash: 1 }.into() };
        self.raw(1, types::MessageActionGroupCall { call: call(), duration: None });
        self.raw(1, types::MessageActionGroupCall { call: call(), duration: Some(1_920) });
        let schedule_date = self.date + 5 * HOUR;
        self.raw(1, types::MessageActionGroupCallScheduled { call: call(), schedule_date });
        let users = vec![self.person(0), self.person(3)];
        self.raw(1, types::MessageActionInviteToGroupCall { call: call(), users });
    }

    fn topics(&mut self) {
        let title = "Nets and knots".to_owned();
        let create = types::MessageActionTopicCreate {
            title_missing: false,
            title: title.clone(),
            icon_color: 0x6f_b9_f0,
            icon_emoji_id: None,
        };
        self.raw(1, create);
        for (title, closed, hidden) in [
            (Some("Knots".to_owned()), None, None),
            (None, Some(true), None),
            (None, Some(false), None),
            (None, None, Some(true)),
        ] {
            self.raw(1, types::MessageActionTopicEdit { title, icon_emoji_id: None, closed, hidden });
        }
    }

    fn money(&mut self) {
        self.raw(1, types::MessageActionGameScore { game_id: 1, score: 4_096 });
        let sent = types::MessageActionPaymentSent {
            recurring_init: false,
            recurring_used: false,
            currency: "EUR".to_owned(),
            total_amount: 129_900,
            invoice_slug: None,
            subscription_until_date: None,
        };
        self.raw(0, sent);
        let charge = types::PaymentCharge { id: "1".to_owned(), provider_charge_id: "1".to_owned() };
        let refunded = types::MessageActionPaymentRefunded {
            peer: self.place(0).peer(),
            currency: "XTR".to_owned(),
            total_amount: 50,
            payload: None,
            charge: charge.into(),
        };
        self.raw(1, refunded);
        let allowed = types::MessageActionBotAllowed {
            attach_menu: false,
            from_request: false,
            domain: Some("keepers.example".to_owned()),
            app: None,
        };
        self.raw(0, allowed);
        self.raw(0, types::MessageActionWebViewDataSent { text: "Book a boat".to_owned() });
        let photo = || types::PhotoEmpty { id: 1 }.into();
        self.raw(2, types::MessageActionSuggestProfilePhoto { photo: photo() });
        let birthday = types::Birthday { day: 21, month: 6, year: None }.into();
        self.raw(2, types::MessageActionSuggestBirthday { birthday });
        let peers = vec![self.place(3).peer()];
        self.raw(0, types::MessageActionRequestedPeer { button_id: 1, peers });
        let premium = types::MessageActionGiftPremium {
            currency: "EUR".to_owned(),
            amount: 1_299,
            days: 90,
            crypto_currency: None,
            crypto_amount: None,
            message: None,
        };
        self.raw(3, premium);
        let stars = types::MessageActionGiftStars {
            currency: "EUR".to_owned(),
            amount: 199,
            stars: 100,
            crypto_currency: None,
            crypto_amount: None,
            transaction_id: None,
        };
        self.raw(3, stars);
        self.raw(1, types::MessageActionGiveawayLaunch { stars: None });
        self.raw(1, types::MessageActionGiveawayResults { stars: false, winners_count: 3, unclaimed_count: 0 });
        self.raw(4, types::MessageActionBoostApply { boosts: 2 });
        for stars in [25, 0] {
            self.raw(1, types::MessageActionPaidMessagesPrice { broadcast_messages_allowed: false, stars });
        }
    }
}
