//! Pictures small enough to be held in memory.

use crate::Error;
use crate::background::Core;
use crate::files::{Source, download_to_memory};
use grammers_tl_types as tl;
use heliograph_model::{FileLocation, PeerId, ProfilePhoto};

/// A small profile photo has a few thousand bytes.
const LARGEST_PROFILE_PHOTO: usize = 1 << 20;

/// A photo of at most 1280 pixels has a few hundred thousand.
const LARGEST_PHOTO: usize = 20 << 20;

/// The small size of a profile photo.
pub(crate) async fn profile_photo(core: &Core, peer: PeerId, photo: &ProfilePhoto) -> Result<Vec<u8>, Error> {
    let input = core.peers.input_peer_for_photo(peer, core.me()).ok_or(Error::UnknownPeer)?;
    let location = tl::types::InputPeerPhotoFileLocation { big: false, peer: input, photo_id: photo.id };
    download_to_memory(core, Source::fixed(photo.dc, location.into()), LARGEST_PROFILE_PHOTO).await
}

/// A picture of a message: its photo, the still of a film, a sticker, the picture of a link.
pub(crate) async fn picture(core: &Core, message: (PeerId, i32), file: &FileLocation) -> Result<Vec<u8>, Error> {
    download_to_memory(core, Source::of_message(file, message), LARGEST_PHOTO).await
}
