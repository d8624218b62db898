//! Pictures small enough to be held in memory. They are kept in the store, and looked for there first, so that they are
//! there without a connection, too.

use crate::Error;
use crate::background::Core;
use crate::files::{Source, download_to_memory};
use grammers_tl_types as tl;
use heliograph_model::{FileLocation, PeerId, ProfilePhoto};
use heliograph_store::{Clear, Limits, Picture, Storage};
use std::sync::Arc;
use std::time::Duration;

/// A small profile photo has a few thousand bytes.
const USUAL_PROFILE_PHOTO: u64 = 20 << 10;
const LARGEST_PROFILE_PHOTO: usize = 1 << 20;

/// A photo of at most 1280 pixels has a few hundred thousand.
const LARGEST_PHOTO: usize = 20 << 20;

/// What is kept is put in order so long after the start, when there is less to do, and again and again after that.
const FIRST_TIDY: Duration = Duration::from_secs(15);
const NEXT_TIDY: Duration = Duration::from_secs(3600);

/// The small size of a profile photo.
pub(crate) async fn profile_photo(core: &Core, peer: PeerId, photo: &ProfilePhoto) -> Result<Vec<u8>, Error> {
    let face = Picture::Face { peer, photo: photo.id };
    if let Some(bytes) = kept(core, &face).await? {
        return Ok(bytes);
    }
    let input = core.peers.input_peer_for_photo(peer, core.me()).ok_or(Error::UnknownPeer)?;
    let location = tl::types::InputPeerPhotoFileLocation { big: false, peer: input, photo_id: photo.id };
    let source = Source::fixed(photo.dc, location.into());
    let bytes = download_to_memory(core, source, USUAL_PROFILE_PHOTO, LARGEST_PROFILE_PHOTO).await?;
    keep(core, face, &bytes);
    Ok(bytes)
}

/// A picture of a message: its photo, the still of a film, a sticker, the picture of a link.
pub(crate) async fn picture(core: &Core, message: (PeerId, i32), file: &FileLocation) -> Result<Vec<u8>, Error> {
    let (chat, id) = message;
    let shown = Picture::Shown { chat, message: id, kind: file.kind, id: file.id, thumb: file.thumb.clone() };
    if let Some(bytes) = kept(core, &shown).await? {
        return Ok(bytes);
    }
    let bytes = download_to_memory(core, Source::of_message(file, message), file.size, LARGEST_PHOTO).await?;
    keep(core, shown, &bytes);
    Ok(bytes)
}

/// What is kept of it. Without a connection nobody waits for one: those that are kept would wait, too.
async fn kept(core: &Core, picture: &Picture) -> Result<Option<Vec<u8>>, Error> {
    match core.store.picture(picture.clone(), core.pool().server_time()).await {
        Ok(Some(bytes)) => return Ok(Some(bytes)),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "a kept picture was not read"),
    }
    if core.is_connected() { Ok(None) } else { Err(Error::NotConnected) }
}

/// Keeps it. Nobody waits for that, so one after the other is kept: those that are still to come come first.
fn keep(core: &Core, picture: Picture, bytes: &[u8]) {
    let (store, bytes, now) = (core.store.clone(), bytes.to_vec(), core.pool().server_time());
    let turn = core.keeping.clone();
    tokio::spawn(async move {
        let _turn = turn.lock().await;
        match store.keep_picture(picture, bytes, now).await {
            Ok(_) | Err(heliograph_store::Error::Closed) => {}
            Err(error) => tracing::warn!(%error, "a picture was not kept"),
        }
    });
}

/// All that is kept here, and how much may be.
pub(crate) async fn storage(core: &Core) -> Result<Storage, Error> {
    Ok(core.store.storage().await?)
}

/// Removes these kept pictures.
pub(crate) async fn clear(core: &Core, what: Clear) -> Result<(), Error> {
    Ok(core.store.clear_pictures(what).await?)
}

/// So much may be kept from now on.
pub(crate) async fn limit(core: &Core, limits: Limits) -> Result<(), Error> {
    Ok(core.store.limit_pictures(limits, core.pool().server_time()).await?)
}

/// Puts what is kept in order, from time to time.
pub(crate) async fn tidy(core: Arc<Core>) {
    let mut wait = FIRST_TIDY;
    loop {
        tokio::time::sleep(wait).await;
        wait = NEXT_TIDY;
        match core.store.tidy_pictures(core.pool().server_time()).await {
            Ok(()) => {}
            Err(heliograph_store::Error::Closed) => return,
            Err(error) => tracing::warn!(%error, "the kept pictures were not put in order"),
        }
    }
}
