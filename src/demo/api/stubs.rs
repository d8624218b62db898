//! Questions to which this server has nothing to say, and says so in the right form.

use super::{Ask, Fine};
use grammers_tl_types::{enums, functions, types};

pub(crate) fn get_promo_data(ask: &mut Ask<'_>, _: functions::help::GetPromoData) -> Fine<enums::help::PromoData> {
    Ok(types::help::PromoDataEmpty { expires: ask.state.now().saturating_add(86_400) }.into())
}

pub(crate) fn get_terms_update(
    ask: &mut Ask<'_>,
    _: functions::help::GetTermsOfServiceUpdate,
) -> Fine<enums::help::TermsOfServiceUpdate> {
    Ok(types::help::TermsOfServiceUpdateEmpty { expires: ask.state.now().saturating_add(86_400) }.into())
}

fn no_colors() -> enums::help::PeerColors {
    types::help::PeerColors { hash: 0, colors: Vec::new() }.into()
}

pub(crate) fn get_peer_colors(_: &mut Ask<'_>, _: functions::help::GetPeerColors) -> Fine<enums::help::PeerColors> {
    Ok(no_colors())
}

pub(crate) fn get_peer_profile_colors(
    _: &mut Ask<'_>,
    _: functions::help::GetPeerProfileColors,
) -> Fine<enums::help::PeerColors> {
    Ok(no_colors())
}

pub(crate) fn get_top_peers(ask: &mut Ask<'_>, _: functions::contacts::GetTopPeers) -> Fine<enums::contacts::TopPeers> {
    ask.me()?;
    Ok(enums::contacts::TopPeers::Disabled)
}

pub(crate) fn get_sponsored_messages(
    ask: &mut Ask<'_>,
    request: functions::messages::GetSponsoredMessages,
) -> Fine<enums::messages::SponsoredMessages> {
    ask.place(&request.peer)?;
    Ok(enums::messages::SponsoredMessages::Empty)
}

pub(crate) fn translate_text(
    ask: &mut Ask<'_>,
    request: functions::messages::TranslateText,
) -> Fine<enums::messages::TranslatedText> {
    ask.me()?;
    if let Some(peer) = &request.peer {
        ask.own_place(peer)?;
    }
    // Nobody here speaks that language: as many empty texts as were asked for.
    let count = request.text.map_or_else(|| request.id.map_or(0, |ids| ids.len()), |texts| texts.len()).min(20);
    let empty = types::TextWithEntities { text: String::new(), entities: Vec::new() };
    Ok(types::messages::TranslateResult { result: vec![empty.into(); count] }.into())
}

pub(crate) fn get_quick_replies(
    ask: &mut Ask<'_>,
    _: functions::messages::GetQuickReplies,
) -> Fine<enums::messages::QuickReplies> {
    ask.me()?;
    let (messages, chats, users) = (Vec::new(), Vec::new(), Vec::new());
    Ok(types::messages::QuickReplies { quick_replies: Vec::new(), messages, chats, users }.into())
}

pub(crate) fn get_attach_menu_bots(
    ask: &mut Ask<'_>,
    _: functions::messages::GetAttachMenuBots,
) -> Fine<enums::AttachMenuBots> {
    ask.me()?;
    Ok(types::AttachMenuBots { hash: 0, bots: Vec::new(), users: Vec::new() }.into())
}

pub(crate) fn get_emoji_keywords(
    ask: &mut Ask<'_>,
    request: functions::messages::GetEmojiKeywords,
) -> Fine<enums::EmojiKeywordsDifference> {
    ask.me()?;
    let lang_code = request.lang_code;
    Ok(types::EmojiKeywordsDifference { lang_code, from_version: 0, version: 1, keywords: Vec::new() }.into())
}

pub(crate) fn get_emoji_keywords_difference(
    ask: &mut Ask<'_>,
    request: functions::messages::GetEmojiKeywordsDifference,
) -> Fine<enums::EmojiKeywordsDifference> {
    ask.me()?;
    let (lang_code, from_version) = (request.lang_code, request.from_version);
    Ok(types::EmojiKeywordsDifference { lang_code, from_version, version: 1, keywords: Vec::new() }.into())
}

pub(crate) fn get_emoji_keywords_languages(
    ask: &mut Ask<'_>,
    request: functions::messages::GetEmojiKeywordsLanguages,
) -> Fine<Vec<enums::EmojiLanguage>> {
    ask.me()?;
    let languages = request.lang_codes.into_iter().take(20);
    Ok(languages.map(|lang_code| types::EmojiLanguage { lang_code }.into()).collect())
}

fn no_groups() -> enums::messages::EmojiGroups {
    types::messages::EmojiGroups { hash: 1, groups: Vec::new() }.into()
}

pub(crate) fn get_emoji_groups(
    ask: &mut Ask<'_>,
    _: functions::messages::GetEmojiGroups,
) -> Fine<enums::messages::EmojiGroups> {
    ask.me()?;
    Ok(no_groups())
}

pub(crate) fn get_emoji_sticker_groups(
    ask: &mut Ask<'_>,
    _: functions::messages::GetEmojiStickerGroups,
) -> Fine<enums::messages::EmojiGroups> {
    ask.me()?;
    Ok(no_groups())
}

pub(crate) fn get_available_effects(
    ask: &mut Ask<'_>,
    _: functions::messages::GetAvailableEffects,
) -> Fine<enums::messages::AvailableEffects> {
    ask.me()?;
    Ok(types::messages::AvailableEffects { hash: 1, effects: Vec::new(), documents: Vec::new() }.into())
}

pub(crate) fn get_featured_emoji_stickers(
    ask: &mut Ask<'_>,
    _: functions::messages::GetFeaturedEmojiStickers,
) -> Fine<enums::messages::FeaturedStickers> {
    ask.me()?;
    let (sets, unread) = (Vec::new(), Vec::new());
    Ok(types::messages::FeaturedStickers { premium: false, hash: 0, count: 0, sets, unread }.into())
}

pub(crate) fn get_archived_stickers(
    ask: &mut Ask<'_>,
    _: functions::messages::GetArchivedStickers,
) -> Fine<enums::messages::ArchivedStickers> {
    ask.me()?;
    Ok(types::messages::ArchivedStickers { count: 0, sets: Vec::new() }.into())
}

pub(crate) fn get_split_ranges(
    ask: &mut Ask<'_>,
    _: functions::messages::GetSplitRanges,
) -> Fine<Vec<enums::MessageRange>> {
    ask.me()?;
    Ok(vec![types::MessageRange { min_id: 1, max_id: i32::MAX }.into()])
}

pub(crate) fn report_messages_delivery(
    ask: &mut Ask<'_>,
    request: functions::messages::ReportMessagesDelivery,
) -> Fine<bool> {
    ask.place(&request.peer)?;
    Ok(true)
}

pub(crate) fn get_fact_check(
    ask: &mut Ask<'_>,
    request: functions::messages::GetFactCheck,
) -> Fine<Vec<enums::FactCheck>> {
    ask.place(&request.peer)?;
    let nothing = types::FactCheck { need_check: false, country: None, text: None, hash: 0 };
    Ok(request.msg_id.iter().take(100).map(|_| nothing.clone().into()).collect())
}

pub(crate) fn get_extended_media(
    ask: &mut Ask<'_>,
    request: functions::messages::GetExtendedMedia,
) -> Fine<enums::Updates> {
    ask.place(&request.peer)?;
    let date = ask.state.now();
    Ok(types::Updates { updates: Vec::new(), users: Vec::new(), chats: Vec::new(), date, seq: 0 }.into())
}
