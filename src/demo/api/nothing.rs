//! Questions of clients about things that nobody has here: paid stars, stories, themes, emoji for statuses, businesses.
//! Answered empty, in the right form.

use super::{Ask, Fine};
use crate::world::Place;
use grammers_tl_types::{enums, functions, types};

fn statuses(ask: &Ask<'_>) -> Fine<enums::account::EmojiStatuses> {
    ask.me()?;
    Ok(types::account::EmojiStatuses { hash: 0, statuses: Vec::new() }.into())
}

pub(crate) fn get_default_emoji_statuses(
    ask: &mut Ask<'_>,
    _: functions::account::GetDefaultEmojiStatuses,
) -> Fine<enums::account::EmojiStatuses> {
    statuses(ask)
}

pub(crate) fn get_recent_emoji_statuses(
    ask: &mut Ask<'_>,
    _: functions::account::GetRecentEmojiStatuses,
) -> Fine<enums::account::EmojiStatuses> {
    statuses(ask)
}

pub(crate) fn get_channel_default_emoji_statuses(
    ask: &mut Ask<'_>,
    _: functions::account::GetChannelDefaultEmojiStatuses,
) -> Fine<enums::account::EmojiStatuses> {
    statuses(ask)
}

pub(crate) fn get_collectible_emoji_statuses(
    ask: &mut Ask<'_>,
    _: functions::account::GetCollectibleEmojiStatuses,
) -> Fine<enums::account::EmojiStatuses> {
    statuses(ask)
}

fn no_emoji(ask: &Ask<'_>) -> Fine<enums::EmojiList> {
    ask.me()?;
    Ok(types::EmojiList { hash: 0, document_id: Vec::new() }.into())
}

pub(crate) fn get_default_profile_photo_emojis(
    ask: &mut Ask<'_>,
    _: functions::account::GetDefaultProfilePhotoEmojis,
) -> Fine<enums::EmojiList> {
    no_emoji(ask)
}

pub(crate) fn get_default_group_photo_emojis(
    ask: &mut Ask<'_>,
    _: functions::account::GetDefaultGroupPhotoEmojis,
) -> Fine<enums::EmojiList> {
    no_emoji(ask)
}

pub(crate) fn get_default_background_emojis(
    ask: &mut Ask<'_>,
    _: functions::account::GetDefaultBackgroundEmojis,
) -> Fine<enums::EmojiList> {
    no_emoji(ask)
}

pub(crate) fn get_channel_restricted_status_emojis(
    ask: &mut Ask<'_>,
    _: functions::account::GetChannelRestrictedStatusEmojis,
) -> Fine<enums::EmojiList> {
    no_emoji(ask)
}

fn no_themes(ask: &Ask<'_>) -> Fine<enums::account::Themes> {
    ask.me()?;
    Ok(types::account::Themes { hash: 0, themes: Vec::new() }.into())
}

pub(crate) fn get_themes(ask: &mut Ask<'_>, _: functions::account::GetThemes) -> Fine<enums::account::Themes> {
    no_themes(ask)
}

pub(crate) fn get_chat_themes(ask: &mut Ask<'_>, _: functions::account::GetChatThemes) -> Fine<enums::account::Themes> {
    no_themes(ask)
}

pub(crate) fn get_wall_papers(
    ask: &mut Ask<'_>,
    _: functions::account::GetWallPapers,
) -> Fine<enums::account::WallPapers> {
    ask.me()?;
    Ok(types::account::WallPapers { hash: 0, wallpapers: Vec::new() }.into())
}

pub(crate) fn get_premium_promo(
    ask: &mut Ask<'_>,
    _: functions::help::GetPremiumPromo,
) -> Fine<enums::help::PremiumPromo> {
    ask.me()?;
    Ok(types::help::PremiumPromo {
        status_text: String::new(),
        status_entities: Vec::new(),
        video_sections: Vec::new(),
        videos: Vec::new(),
        period_options: Vec::new(),
        users: Vec::new(),
    }
    .into())
}

pub(crate) fn get_stars_status(
    ask: &mut Ask<'_>,
    request: functions::payments::GetStarsStatus,
) -> Fine<enums::payments::StarsStatus> {
    ask.place(&request.peer)?;
    let balance = types::StarsAmount { amount: 0, nanos: 0 }.into();
    Ok(types::payments::StarsStatus {
        balance,
        subscriptions: None,
        subscriptions_next_offset: None,
        subscriptions_missing_balance: None,
        history: None,
        next_offset: None,
        chats: Vec::new(),
        users: Vec::new(),
    }
    .into())
}

pub(crate) fn get_stars_topup_options(
    ask: &mut Ask<'_>,
    _: functions::payments::GetStarsTopupOptions,
) -> Fine<Vec<enums::StarsTopupOption>> {
    ask.me()?;
    Ok(Vec::new())
}

pub(crate) fn get_star_gifts(
    ask: &mut Ask<'_>,
    _: functions::payments::GetStarGifts,
) -> Fine<enums::payments::StarGifts> {
    ask.me()?;
    Ok(types::payments::StarGifts { hash: 0, gifts: Vec::new(), chats: Vec::new(), users: Vec::new() }.into())
}

/// What was seen of the stories before is all there is.
const STORIES: &str = "0";

pub(crate) fn get_all_stories(
    ask: &mut Ask<'_>,
    request: functions::stories::GetAllStories,
) -> Fine<enums::stories::AllStories> {
    ask.me()?;
    let stealth_mode = types::StoriesStealthMode { active_until_date: None, cooldown_until_date: None }.into();
    let state = STORIES.to_owned();
    if request.state.as_deref() == Some(STORIES) && !request.next {
        return Ok(types::stories::AllStoriesNotModified { state, stealth_mode }.into());
    }
    let (peer_stories, chats, users) = (Vec::new(), Vec::new(), Vec::new());
    Ok(types::stories::AllStories { has_more: false, count: 0, state, peer_stories, chats, users, stealth_mode }.into())
}

pub(crate) fn get_peer_stories(
    ask: &mut Ask<'_>,
    request: functions::stories::GetPeerStories,
) -> Fine<enums::stories::PeerStories> {
    let place = ask.place(&request.peer)?;
    let mut view = ask.view()?;
    let stories = types::PeerStories { peer: view.name(place), max_read_id: None, stories: Vec::new() }.into();
    let (chats, users) = view.everyone();
    Ok(types::stories::PeerStories { stories, chats, users }.into())
}

fn no_stories() -> enums::stories::Stories {
    types::stories::Stories { count: 0, stories: Vec::new(), pinned_to_top: None, chats: Vec::new(), users: Vec::new() }
        .into()
}

pub(crate) fn get_pinned_stories(
    ask: &mut Ask<'_>,
    request: functions::stories::GetPinnedStories,
) -> Fine<enums::stories::Stories> {
    ask.place(&request.peer)?;
    Ok(no_stories())
}

pub(crate) fn get_stories_archive(
    ask: &mut Ask<'_>,
    request: functions::stories::GetStoriesArchive,
) -> Fine<enums::stories::Stories> {
    ask.place(&request.peer)?;
    Ok(no_stories())
}

pub(crate) fn get_peer_max_ids(
    ask: &mut Ask<'_>,
    request: functions::stories::GetPeerMaxIds,
) -> Fine<Vec<enums::RecentStory>> {
    ask.me()?;
    let none = types::RecentStory { live: false, max_id: None };
    Ok(request.id.iter().take(100).map(|_| none.clone().into()).collect())
}

fn no_updates(ask: &Ask<'_>) -> Fine<enums::Updates> {
    ask.me()?;
    let date = ask.state.now();
    Ok(types::Updates { updates: Vec::new(), users: Vec::new(), chats: Vec::new(), date, seq: 0 }.into())
}

pub(crate) fn get_all_read_peer_stories(
    ask: &mut Ask<'_>,
    _: functions::stories::GetAllReadPeerStories,
) -> Fine<enums::Updates> {
    no_updates(ask)
}

pub(crate) fn get_paid_reaction_privacy(
    ask: &mut Ask<'_>,
    _: functions::messages::GetPaidReactionPrivacy,
) -> Fine<enums::Updates> {
    no_updates(ask)
}

pub(crate) fn get_birthdays(
    ask: &mut Ask<'_>,
    _: functions::contacts::GetBirthdays,
) -> Fine<enums::contacts::ContactBirthdays> {
    ask.me()?;
    Ok(types::contacts::ContactBirthdays { contacts: Vec::new(), users: Vec::new() }.into())
}

pub(crate) fn get_sponsored_peers(
    ask: &mut Ask<'_>,
    _: functions::contacts::GetSponsoredPeers,
) -> Fine<enums::contacts::SponsoredPeers> {
    ask.me()?;
    Ok(enums::contacts::SponsoredPeers::Empty)
}

pub(crate) fn get_connected_bots(
    ask: &mut Ask<'_>,
    _: functions::account::GetConnectedBots,
) -> Fine<enums::account::ConnectedBots> {
    ask.me()?;
    Ok(types::account::ConnectedBots { connected_bots: Vec::new(), users: Vec::new() }.into())
}

pub(crate) fn get_business_chat_links(
    ask: &mut Ask<'_>,
    _: functions::account::GetBusinessChatLinks,
) -> Fine<enums::account::BusinessChatLinks> {
    ask.me()?;
    Ok(types::account::BusinessChatLinks { links: Vec::new(), chats: Vec::new(), users: Vec::new() }.into())
}

pub(crate) fn get_web_authorizations(
    ask: &mut Ask<'_>,
    _: functions::account::GetWebAuthorizations,
) -> Fine<enums::account::WebAuthorizations> {
    ask.me()?;
    Ok(types::account::WebAuthorizations { authorizations: Vec::new(), users: Vec::new() }.into())
}

pub(crate) fn get_reactions_notify_settings(
    ask: &mut Ask<'_>,
    _: functions::account::GetReactionsNotifySettings,
) -> Fine<enums::ReactionsNotifySettings> {
    ask.me()?;
    let contacts = || Some(enums::ReactionNotificationsFrom::Contacts);
    Ok(types::ReactionsNotifySettings {
        messages_notify_from: contacts(),
        stories_notify_from: contacts(),
        poll_votes_notify_from: contacts(),
        sound: enums::NotificationSound::Default,
        show_previews: true,
    }
    .into())
}

pub(crate) fn get_content_settings(
    ask: &mut Ask<'_>,
    _: functions::account::GetContentSettings,
) -> Fine<enums::account::ContentSettings> {
    ask.me()?;
    Ok(types::account::ContentSettings { sensitive_enabled: false, sensitive_can_change: false }.into())
}

pub(crate) fn get_timezones_list(
    _: &mut Ask<'_>,
    _: functions::help::GetTimezonesList,
) -> Fine<enums::help::TimezonesList> {
    Ok(types::help::TimezonesList { timezones: Vec::new(), hash: 0 }.into())
}

pub(crate) fn get_cdn_config(_: &mut Ask<'_>, _: functions::help::GetCdnConfig) -> Fine<enums::CdnConfig> {
    Ok(types::CdnConfig { public_keys: Vec::new() }.into())
}

pub(crate) fn get_app_update(_: &mut Ask<'_>, _: functions::help::GetAppUpdate) -> Fine<enums::help::AppUpdate> {
    Ok(enums::help::AppUpdate::NoAppUpdate)
}

pub(crate) fn get_invite_text(ask: &mut Ask<'_>, _: functions::help::GetInviteText) -> Fine<enums::help::InviteText> {
    ask.me()?;
    Ok(types::help::InviteText { message: "Come and see.".to_owned() }.into())
}

pub(crate) fn get_recent_me_urls(
    ask: &mut Ask<'_>,
    _: functions::help::GetRecentMeUrls,
) -> Fine<enums::help::RecentMeUrls> {
    ask.me()?;
    Ok(types::help::RecentMeUrls { urls: Vec::new(), chats: Vec::new(), users: Vec::new() }.into())
}

pub(crate) fn get_user_info(ask: &mut Ask<'_>, request: functions::help::GetUserInfo) -> Fine<enums::help::UserInfo> {
    ask.person(&request.user_id)?;
    Ok(enums::help::UserInfo::Empty)
}

pub(crate) fn save_app_log(_: &mut Ask<'_>, _: functions::help::SaveAppLog) -> Fine<bool> {
    Ok(true)
}

pub(crate) fn dismiss_suggestion(ask: &mut Ask<'_>, _: functions::help::DismissSuggestion) -> Fine<bool> {
    ask.me()?;
    Ok(true)
}

/// No pushed notices are sent to phones.
pub(crate) fn register_device(ask: &mut Ask<'_>, _: functions::account::RegisterDevice) -> Fine<bool> {
    ask.me()?;
    Ok(true)
}

pub(crate) fn unregister_device(ask: &mut Ask<'_>, _: functions::account::UnregisterDevice) -> Fine<bool> {
    ask.me()?;
    Ok(true)
}

pub(crate) fn update_device_locked(ask: &mut Ask<'_>, _: functions::account::UpdateDeviceLocked) -> Fine<bool> {
    ask.me()?;
    Ok(true)
}

/// Everybody may write to everybody for nothing.
pub(crate) fn get_requirements_to_contact(
    ask: &mut Ask<'_>,
    request: functions::users::GetRequirementsToContact,
) -> Fine<Vec<enums::RequirementToContact>> {
    ask.me()?;
    Ok(request.id.iter().take(200).map(|_| enums::RequirementToContact::Empty).collect())
}

fn no_words(lang_code: String, from_version: i32) -> enums::LangPackDifference {
    types::LangPackDifference { lang_code, from_version, version: from_version.max(1), strings: Vec::new() }.into()
}

pub(crate) fn get_lang_pack(
    _: &mut Ask<'_>,
    request: functions::langpack::GetLangPack,
) -> Fine<enums::LangPackDifference> {
    Ok(no_words(request.lang_code, 0))
}

pub(crate) fn get_lang_difference(
    _: &mut Ask<'_>,
    request: functions::langpack::GetDifference,
) -> Fine<enums::LangPackDifference> {
    Ok(no_words(request.lang_code, request.from_version))
}

pub(crate) fn get_lang_strings(
    _: &mut Ask<'_>,
    _: functions::langpack::GetStrings,
) -> Fine<Vec<enums::LangPackString>> {
    Ok(Vec::new())
}

pub(crate) fn get_languages(
    _: &mut Ask<'_>,
    _: functions::langpack::GetLanguages,
) -> Fine<Vec<enums::LangPackLanguage>> {
    Ok(Vec::new())
}

pub(crate) fn get_saved_star_gifts(
    ask: &mut Ask<'_>,
    request: functions::payments::GetSavedStarGifts,
) -> Fine<enums::payments::SavedStarGifts> {
    let place: Place = ask.place(&request.peer)?;
    let mut view = ask.view()?;
    view.name(place);
    let (chats, users) = view.everyone();
    Ok(types::payments::SavedStarGifts {
        count: 0,
        chat_notifications_enabled: None,
        gifts: Vec::new(),
        next_offset: None,
        chats,
        users,
    }
    .into())
}
