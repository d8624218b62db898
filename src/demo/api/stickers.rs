//! Stickers, emoji and animations (core.telegram.org/api/stickers).

use super::media::document;
use super::{Ask, Fine, View, bad};
use crate::world::{FileKind, News, StickerSet, hash_of, stickers::Drawer};
use grammers_tl_types::{enums, functions, types};

const MOST_KEPT: usize = 20;

fn set_of<'a>(ask: &'a Ask<'_>, input: &enums::InputStickerSet) -> Option<&'a StickerSet> {
    let sets = &ask.state.sticker_sets;
    match input {
        enums::InputStickerSet::Id(input) => sets.iter().find(|set| set.id == input.id),
        enums::InputStickerSet::ShortName(input) => {
            sets.iter().find(|set| set.name.eq_ignore_ascii_case(&input.short_name))
        }
        _ => None,
    }
}

fn described(view: &View<'_>, set: &StickerSet) -> enums::StickerSet {
    let installed = view
        .state
        .accounts
        .get(&view.me)
        .and_then(|account| account.drawer.sets.iter().find(|(id, _)| *id == set.id).map(|(_, date)| *date));
    types::StickerSet {
        archived: false,
        official: false,
        masks: false,
        emojis: set.emoji,
        text_color: false,
        channel_emoji_status: false,
        creator: false,
        installed_date: installed,
        id: set.id,
        access_hash: set.id,
        title: set.title.clone(),
        short_name: set.name.clone(),
        thumbs: None,
        thumb_dc_id: None,
        thumb_version: None,
        thumb_document_id: None,
        count: set.items.len() as i32,
        hash: set.items.len() as i32,
    }
    .into()
}

fn packs(set: &StickerSet) -> Vec<enums::StickerPack> {
    let mut packs: Vec<types::StickerPack> = Vec::new();
    for (id, emoji) in &set.items {
        match packs.iter_mut().find(|pack| pack.emoticon == *emoji) {
            Some(pack) => pack.documents.push(*id),
            None => packs.push(types::StickerPack { emoticon: emoji.clone(), documents: vec![*id] }),
        }
    }
    packs.into_iter().map(Into::into).collect()
}

fn whole(view: &View<'_>, set: &StickerSet) -> enums::messages::StickerSet {
    types::messages::StickerSet {
        set: described(view, set),
        packs: packs(set),
        keywords: Vec::new(),
        documents: set.items.iter().map(|(id, _)| view.document(*id)).collect(),
    }
    .into()
}

/// Sets that the server has by itself (animated emoji, dice ...) are empty here.
pub(crate) fn get_sticker_set(
    ask: &mut Ask<'_>,
    request: functions::messages::GetStickerSet,
) -> Fine<enums::messages::StickerSet> {
    use enums::InputStickerSet as Input;
    let view = ask.view()?;
    match set_of(ask, &request.stickerset) {
        Some(set) if request.hash != 0 && request.hash == set.items.len() as i32 => {
            Ok(enums::messages::StickerSet::NotModified)
        }
        Some(set) => Ok(whole(&view, set)),
        None if matches!(request.stickerset, Input::Id(_) | Input::ShortName(_) | Input::Empty) => {
            Err(bad("STICKERSET_INVALID"))
        }
        None => {
            let empty = StickerSet {
                id: 1,
                title: "Built in".to_owned(),
                name: "built_in".to_owned(),
                emoji: true,
                items: Vec::new(),
            };
            Ok(whole(&view, &empty))
        }
    }
}

fn installed(view: &View<'_>, emoji: bool, hash: i64) -> enums::messages::AllStickers {
    let drawer = view.state.accounts.get(&view.me).map(|account| &account.drawer.sets);
    let sets: Vec<&StickerSet> = drawer
        .into_iter()
        .flatten()
        .filter_map(|(id, _)| view.state.sticker_sets.iter().find(|set| set.id == *id && set.emoji == emoji))
        .collect();
    let now = hash_of(sets.iter().map(|set| set.items.len() as i64));
    if hash != 0 && hash == now {
        return enums::messages::AllStickers::NotModified;
    }
    types::messages::AllStickers { hash: now, sets: sets.into_iter().map(|set| described(view, set)).collect() }.into()
}

pub(crate) fn get_all_stickers(
    ask: &mut Ask<'_>,
    request: functions::messages::GetAllStickers,
) -> Fine<enums::messages::AllStickers> {
    Ok(installed(&ask.view()?, false, request.hash))
}

pub(crate) fn get_emoji_stickers(
    ask: &mut Ask<'_>,
    request: functions::messages::GetEmojiStickers,
) -> Fine<enums::messages::AllStickers> {
    Ok(installed(&ask.view()?, true, request.hash))
}

pub(crate) fn get_mask_stickers(
    ask: &mut Ask<'_>,
    _: functions::messages::GetMaskStickers,
) -> Fine<enums::messages::AllStickers> {
    ask.me()?;
    Ok(types::messages::AllStickers { hash: 0, sets: Vec::new() }.into())
}

/// Changes what the account keeps at hand, and tells its other devices.
fn keep(ask: &mut Ask<'_>, news: News, change: impl FnOnce(&mut Drawer, i32)) -> Fine<bool> {
    let (me, now) = (ask.me()?, ask.state.now());
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    change(&mut account.drawer, now);
    let notice = ask.state.tell(me, news);
    ask.notices.extend(notice);
    Ok(true)
}

pub(crate) fn install_sticker_set(
    ask: &mut Ask<'_>,
    request: functions::messages::InstallStickerSet,
) -> Fine<enums::messages::StickerSetInstallResult> {
    let id = set_of(ask, &request.stickerset).ok_or_else(|| bad("STICKERSET_INVALID"))?.id;
    keep(ask, News::StickerSets, |drawer, now| {
        drawer.sets.retain(|(known, _)| *known != id);
        if !request.archived {
            drawer.sets.insert(0, (id, now));
        }
    })?;
    Ok(enums::messages::StickerSetInstallResult::Success)
}

pub(crate) fn uninstall_sticker_set(
    ask: &mut Ask<'_>,
    request: functions::messages::UninstallStickerSet,
) -> Fine<bool> {
    let id = set_of(ask, &request.stickerset).ok_or_else(|| bad("STICKERSET_INVALID"))?.id;
    keep(ask, News::StickerSets, |drawer, _| drawer.sets.retain(|(known, _)| *known != id))
}

pub(crate) fn reorder_sticker_sets(ask: &mut Ask<'_>, request: functions::messages::ReorderStickerSets) -> Fine<bool> {
    keep(ask, News::StickerSets, |drawer, _| {
        drawer.sets.sort_by_key(|(id, _)| request.order.iter().position(|other| other == id).unwrap_or(usize::MAX));
    })
}

pub(crate) fn get_recent_stickers(
    ask: &mut Ask<'_>,
    request: functions::messages::GetRecentStickers,
) -> Fine<enums::messages::RecentStickers> {
    let view = ask.view()?;
    let recent = view.state.accounts.get(&view.me).map(|account| account.drawer.recent.clone()).unwrap_or_default();
    let hash = hash_of(recent.iter().map(|(id, _)| *id));
    if request.hash != 0 && request.hash == hash {
        return Ok(enums::messages::RecentStickers::NotModified);
    }
    Ok(types::messages::RecentStickers {
        hash,
        packs: Vec::new(),
        stickers: recent.iter().map(|(id, _)| view.document(*id)).collect(),
        dates: recent.iter().map(|(_, date)| *date).collect(),
    }
    .into())
}

pub(crate) fn save_recent_sticker(ask: &mut Ask<'_>, request: functions::messages::SaveRecentSticker) -> Fine<bool> {
    let id = sticker(ask, &request.id)?;
    keep(ask, News::RecentStickers, |drawer, now| {
        drawer.recent.retain(|(known, _)| *known != id);
        if !request.unsave {
            drawer.recent.insert(0, (id, now));
            drawer.recent.truncate(MOST_KEPT);
        }
    })
}

pub(crate) fn clear_recent_stickers(ask: &mut Ask<'_>, _: functions::messages::ClearRecentStickers) -> Fine<bool> {
    keep(ask, News::RecentStickers, |drawer, _| drawer.recent.clear())
}

fn sticker(ask: &Ask<'_>, input: &enums::InputDocument) -> Fine<i64> {
    let id = document(ask, input).map_err(|_| bad("STICKER_ID_INVALID"))?;
    let is_sticker = ask.state.documents.get(&id).is_some_and(|document| document.kind() == FileKind::Sticker);
    if is_sticker { Ok(id) } else { Err(bad("STICKER_ID_INVALID")) }
}

pub(crate) fn get_faved_stickers(
    ask: &mut Ask<'_>,
    request: functions::messages::GetFavedStickers,
) -> Fine<enums::messages::FavedStickers> {
    let view = ask.view()?;
    let faved = view.state.accounts.get(&view.me).map(|account| account.drawer.faved.clone()).unwrap_or_default();
    let hash = hash_of(faved.iter().copied());
    if request.hash != 0 && request.hash == hash {
        return Ok(enums::messages::FavedStickers::NotModified);
    }
    let stickers = faved.iter().map(|id| view.document(*id)).collect();
    Ok(types::messages::FavedStickers { hash, packs: Vec::new(), stickers }.into())
}

pub(crate) fn fave_sticker(ask: &mut Ask<'_>, request: functions::messages::FaveSticker) -> Fine<bool> {
    let id = sticker(ask, &request.id)?;
    keep(ask, News::FavedStickers, |drawer, _| {
        drawer.faved.retain(|known| *known != id);
        if !request.unfave {
            drawer.faved.insert(0, id);
            drawer.faved.truncate(5);
        }
    })
}

pub(crate) fn get_saved_gifs(
    ask: &mut Ask<'_>,
    request: functions::messages::GetSavedGifs,
) -> Fine<enums::messages::SavedGifs> {
    let view = ask.view()?;
    let gifs = view.state.accounts.get(&view.me).map(|account| account.drawer.gifs.clone()).unwrap_or_default();
    let hash = hash_of(gifs.iter().copied());
    if request.hash != 0 && request.hash == hash {
        return Ok(enums::messages::SavedGifs::NotModified);
    }
    Ok(types::messages::SavedGifs { hash, gifs: gifs.iter().map(|id| view.document(*id)).collect() }.into())
}

pub(crate) fn save_gif(ask: &mut Ask<'_>, request: functions::messages::SaveGif) -> Fine<bool> {
    let id = document(ask, &request.id).map_err(|_| bad("GIF_ID_INVALID"))?;
    if ask.state.documents.get(&id).is_none_or(|document| document.kind() != FileKind::Animation) {
        return Err(bad("GIF_ID_INVALID"));
    }
    keep(ask, News::SavedGifs, |drawer, _| {
        drawer.gifs.retain(|known| *known != id);
        if !request.unsave {
            drawer.gifs.insert(0, id);
            drawer.gifs.truncate(200);
        }
    })
}

/// Emoji for words, by their numbers; those that are nothing are passed over.
pub(crate) fn get_custom_emoji_documents(
    ask: &mut Ask<'_>,
    request: functions::messages::GetCustomEmojiDocuments,
) -> Fine<Vec<enums::Document>> {
    let view = ask.view()?;
    let is_emoji = |id: &&i64| view.state.documents.get(id).is_some_and(|document| document.kind() == FileKind::Emoji);
    Ok(request.document_id.iter().take(200).filter(is_emoji).map(|id| view.document(*id)).collect())
}

/// Stickers that stand for an emoji.
pub(crate) fn get_stickers(
    ask: &mut Ask<'_>,
    request: functions::messages::GetStickers,
) -> Fine<enums::messages::Stickers> {
    let view = ask.view()?;
    let wanted = request.emoticon.trim_end_matches('\u{fe0f}');
    let items = view.state.sticker_sets.iter().filter(|set| !set.emoji).flat_map(|set| &set.items);
    let ids: Vec<i64> = items.filter(|(_, emoji)| emoji == wanted).map(|(id, _)| *id).collect();
    let hash = hash_of(ids.iter().copied());
    if request.hash != 0 && request.hash == hash {
        return Ok(enums::messages::Stickers::NotModified);
    }
    Ok(types::messages::Stickers { hash, stickers: ids.iter().map(|id| view.document(*id)).collect() }.into())
}

/// Sets that one may like to have.
pub(crate) fn get_featured_stickers(
    ask: &mut Ask<'_>,
    _: functions::messages::GetFeaturedStickers,
) -> Fine<enums::messages::FeaturedStickers> {
    let view = ask.view()?;
    let sets: Vec<enums::StickerSetCovered> =
        view.state.sticker_sets.iter().filter(|set| !set.emoji).map(|set| covered(&view, set)).collect();
    let count = sets.len() as i32;
    Ok(types::messages::FeaturedStickers { premium: false, hash: 0, count, sets, unread: Vec::new() }.into())
}

fn covered(view: &View<'_>, set: &StickerSet) -> enums::StickerSetCovered {
    let set_described = described(view, set);
    match set.items.first() {
        Some((cover, _)) => types::StickerSetCovered { set: set_described, cover: view.document(*cover) }.into(),
        None => types::StickerSetNoCovered { set: set_described }.into(),
    }
}

pub(crate) fn search_sticker_sets(
    ask: &mut Ask<'_>,
    request: functions::messages::SearchStickerSets,
) -> Fine<enums::messages::FoundStickerSets> {
    let view = ask.view()?;
    let query = request.q.to_lowercase();
    let found = view.state.sticker_sets.iter().filter(|set| !set.emoji && set.title.to_lowercase().contains(&query));
    let sets = found.map(|set| covered(&view, set)).collect();
    Ok(types::messages::FoundStickerSets { hash: 0, sets }.into())
}
