//! Albums (core.telegram.org/api/files#albums-grouped-media).

use super::media::{Carried, body, fits_album};
use super::sending::{LONGEST_CAPTION, Manner, answered, may_write, send};
use super::{Ask, Fine, bad, entities};
use crate::world::Draft;
use grammers_tl_types::{enums, functions};

const MOST: usize = 10;

pub(crate) fn send_multi_media(
    ask: &mut Ask<'_>,
    request: functions::messages::SendMultiMedia,
) -> Fine<enums::Updates> {
    let place = ask.place(&request.peer)?;
    let (reply_to, common) = answered(ask, place, request.reply_to.as_ref())?;
    may_write(ask, place)?;
    if request.multi_media.is_empty() {
        return Err(bad("MEDIA_EMPTY"));
    }
    if request.multi_media.len() > MOST {
        return Err(bad("MULTI_MEDIA_TOO_LONG"));
    }
    let grouped = Some(ask.state.new_album_id());
    let mut drafts = Vec::new();
    for single in request.multi_media {
        let enums::InputSingleMedia::Media(single) = single;
        if single.message.chars().count() > LONGEST_CAPTION {
            return Err(bad("MEDIA_CAPTION_TOO_LONG"));
        }
        let entities = entities::checked(ask, &single.message, single.entities.unwrap_or_default())?;
        let Carried { body, spoiler, ttl } = body(ask, place, single.media)?;
        if !fits_album(ask, &body) {
            return Err(bad("MEDIA_INVALID"));
        }
        let mut details = common.clone();
        details.grouped = grouped;
        details.silent = request.silent;
        details.noforwards = request.noforwards;
        details.invert_media = request.invert_media;
        details.spoiler = spoiler;
        details.media_ttl = ttl;
        drafts.push((Draft { text: single.message, entities, body, reply_to, views: 1, details }, single.random_id));
    }
    let manner = Manner { schedule: request.schedule_date, clear_draft: request.clear_draft };
    send(ask, place, drafts, manner)
}
