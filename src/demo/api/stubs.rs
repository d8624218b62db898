//! Questions to which this server has nothing to say, and says so in the right form.

use super::{Ask, Fine};
use grammers_tl_types::{enums, functions, types};

pub(crate) fn get_all_drafts(ask: &mut Ask<'_>, _: functions::messages::GetAllDrafts) -> Fine<enums::Updates> {
    ask.me()?;
    let date = ask.state.now();
    Ok(types::Updates { updates: Vec::new(), users: Vec::new(), chats: Vec::new(), date, seq: 0 }.into())
}

/// Drafts stay on the device that wrote them.
pub(crate) fn save_draft(ask: &mut Ask<'_>, request: functions::messages::SaveDraft) -> Fine<bool> {
    ask.place(&request.peer)?;
    Ok(true)
}

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

pub(crate) fn get_available_reactions(
    ask: &mut Ask<'_>,
    _: functions::messages::GetAvailableReactions,
) -> Fine<enums::messages::AvailableReactions> {
    ask.me()?;
    Ok(types::messages::AvailableReactions { hash: 0, reactions: Vec::new() }.into())
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
