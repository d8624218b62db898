//! Files, part by part (core.telegram.org/api/files#downloading-files).

mod partial;

use crate::background::Core;
use crate::connection::{InvokeError, Work};
use crate::{Error, history};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use grammers_tl_types as tl;
use heliograph_model::{Document, FileKind, FileLocation, PeerId};
use heliograph_store::{Transferring, Wish};
use partial::PartialFile;
use std::path::Path;
use std::time::Duration;

/// Bytes of a part. The largest that the server gives, and a divisor of 1 MiB, as it must be.
const PART: u64 = 512 << 10;

/// The smallest part that is worth a request.
const SMALLEST_PART: u64 = 16 << 10;

/// What a picture is taken for of which nobody knows how large it is.
const UNKNOWN: u64 = 100 << 10;

/// Parts asked for at once: enough to fill a line whose answers take a while.
const PARTS_AT_ONCE: usize = 6;

/// A file that is sent on more often than this is sent in circles.
const MOST_MOVES: u32 = 3;

/// A reference that is stale so often will not get fresh.
const MOST_REFRESHES: u32 = 2;

/// Longer than that nobody waits for the server's patience to come back.
const LONGEST_WAIT: u32 = 60;

/// Tries of one part of a long download over a bad line; the lanes themselves try, too.
const TRIES: u32 = 5;

/// Parts that a disk does not give back as they were are fetched again so often.
const MOST_LOOKS: u32 = 3;

const BETWEEN_TRIES: Duration = Duration::from_secs(1);

/// A file as the server finds it. Shared by all parts, so that each learns where it has gone from the first to ask.
pub(crate) struct Source {
    now: tokio::sync::Mutex<Now>,
    message: Option<(PeerId, i32)>,
    work: Work,
    tries: u32,
}

#[derive(Clone)]
struct Now {
    dc: i32,
    location: tl::enums::InputFileLocation,
    /// The file's table, number and size, to find it again in its message.
    kind: FileKind,
    id: i64,
    thumb: String,
    refreshes: u32,
}

impl Now {
    fn of(file: &FileLocation) -> Self {
        let FileLocation { dc, kind, id, .. } = *file;
        Self { dc, location: input(file), kind, id, thumb: file.thumb.clone(), refreshes: 0 }
    }
}

impl Source {
    /// A place that needs no reference.
    pub fn fixed(dc: i32, location: tl::enums::InputFileLocation) -> Self {
        let now = Now { dc, location, kind: FileKind::Photo, id: 0, thumb: String::new(), refreshes: 0 };
        Self { now: now.into(), message: None, work: Work::Pictures, tries: 1 }
    }

    /// A file of a message. When its reference is stale, the message is fetched again.
    pub fn of_message(file: &FileLocation, message: (PeerId, i32)) -> Self {
        Self { now: Now::of(file).into(), message: Some(message), work: Work::Pictures, tries: 1 }
    }

    fn patient(self) -> Self {
        Self { tries: TRIES, work: Work::Files, ..self }
    }

    /// One part; shorter than `limit` only at the end of the file.
    async fn part(&self, core: &Core, offset: u64, limit: u64) -> Result<Vec<u8>, Error> {
        let number = |n: u64| Error::Protocol(format!("a file has no part at {n}"));
        let offset = i64::try_from(offset).map_err(|_| number(offset))?;
        let limit = i32::try_from(limit).map_err(|_| number(limit))?;
        let (mut moves, mut tries, mut waits) = (0, 1, 0);
        loop {
            let now = self.now.lock().await.clone();
            let request = tl::functions::upload::GetFile {
                precise: false,
                cdn_supported: false,
                location: now.location,
                offset,
                limit,
            };
            let error = match core.pool().invoke_on(now.dc, self.work, &request).await {
                Ok(tl::enums::upload::File::File(file)) => return Ok(file.bytes),
                // We said that we cannot read these.
                Ok(tl::enums::upload::File::CdnRedirect(_)) => {
                    return Err(Error::Protocol("the file was sent to a CDN".into()));
                }
                Err(error) => error,
            };
            match &error {
                InvokeError::Rpc { name, value: Some(dc), .. } if name == "FILE_MIGRATE" && moves < MOST_MOVES => {
                    moves += 1;
                    self.now.lock().await.dc = i32::try_from(*dc).map_err(|_| number(0))?;
                }
                InvokeError::Rpc { name, .. } if name.starts_with("FILE_REFERENCE_") && self.message.is_some() => {
                    self.refresh(core, now.refreshes).await?;
                }
                InvokeError::Rpc { name, value: Some(seconds), .. }
                    if matches!(name.as_str(), "FLOOD_WAIT" | "FLOOD_PREMIUM_WAIT")
                        && *seconds <= LONGEST_WAIT
                        && waits < TRIES =>
                {
                    waits += 1;
                    tokio::time::sleep(Duration::from_secs((*seconds).into())).await;
                }
                // Without a connection a long download waits for one, however long that takes.
                InvokeError::Deadline | InvokeError::NotConnected | InvokeError::Dropped
                    if tries < self.tries || (self.tries > 1 && !core.is_connected()) =>
                {
                    tries += u32::from(core.is_connected());
                    tokio::time::sleep(BETWEEN_TRIES).await;
                }
                _ => return Err(Error::from_call(error, "upload.getFile")),
            }
        }
    }

    /// Takes a fresh reference from the message, unless another part has just done so.
    async fn refresh(&self, core: &Core, seen: u32) -> Result<(), Error> {
        let Some((chat, id)) = self.message else { return Err(Error::FileGone) };
        let mut now = self.now.lock().await;
        if now.refreshes != seen {
            return Ok(());
        }
        if now.refreshes >= MOST_REFRESHES {
            return Err(Error::FileGone);
        }
        let message = history::one(core, chat, id).await?.ok_or(Error::FileGone)?;
        let fresh = heliograph_store::files(&message)
            .find(|file| (file.kind, file.id) == (now.kind, now.id))
            .ok_or(Error::FileGone)?;
        let file = FileLocation { thumb: now.thumb.clone(), ..fresh.clone() };
        *now = Now { refreshes: seen + 1, ..Now::of(&file) };
        Ok(())
    }
}

fn input(file: &FileLocation) -> tl::enums::InputFileLocation {
    let FileLocation { id, access_hash, .. } = *file;
    let file_reference = file.file_reference.to_vec();
    let thumb_size = file.thumb.clone();
    match file.kind {
        FileKind::Photo => tl::types::InputPhotoFileLocation { id, access_hash, file_reference, thumb_size }.into(),
        FileKind::Document => {
            tl::types::InputDocumentFileLocation { id, access_hash, file_reference, thumb_size }.into()
        }
    }
}

/// A small file of about so many bytes (0 if nobody knows), held in memory; an error if it is larger than `most`.
pub(crate) async fn download_to_memory(
    core: &Core,
    source: Source,
    expected: u64,
    most: usize,
) -> Result<Vec<u8>, Error> {
    let length = fitting(expected);
    let mut bytes = Vec::new();
    loop {
        let offset = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let part = source.part(core, offset, length).await?;
        let last = !is_full(&part, length);
        bytes.extend(part);
        if bytes.len() > most {
            return Err(Error::Protocol("a picture is too large".into()));
        }
        if last {
            return if bytes.is_empty() { Err(Error::FileGone) } else { Ok(bytes) };
        }
    }
}

/// How much to ask for so that a file comes at once. No more: what is asked for counts as being on its way, and others
/// wait until there is room.
fn fitting(expected: u64) -> u64 {
    let expected = if expected == 0 { UNKNOWN } else { expected };
    expected.saturating_add(1).checked_next_power_of_two().unwrap_or(PART).clamp(SMALLEST_PART, PART)
}

fn is_full(part: &[u8], length: u64) -> bool {
    u64::try_from(part.len()).is_ok_and(|got| got >= length)
}

/// A file of any size, onto the disk.
pub(crate) async fn download(
    core: &Core,
    message: (PeerId, i32),
    document: &Document,
    wish: &Wish,
    into: &Path,
    progress: impl Fn(u64, u64) + Send + Sync + 'static,
) -> Result<(), Error> {
    let target = PartialFile::create(into).await?;
    let source = Source::of_message(&document.file, message).patient();
    let begun = core.store.begin_transfer(message, document, PART, wish, core.pool().server_time());
    let begun = begun.await.map_err(disk)?;
    if wish.is_called_off() {
        return Err(Error::Cancelled);
    }
    let Some(mut parts) = begun else { return at_once(core, source, document.file.size, target, &progress).await };
    let fetched = by_parts(core, source, &mut parts, into, &progress).await;
    match &fetched {
        Ok(()) => return target.finish().await,
        // It goes on with the next start.
        Err(Error::NotConnected | Error::TimedOut | Error::Cancelled | Error::SignedOut | Error::FloodWait(_)) => {}
        // It would fail again.
        Err(_) => core.store.stop_transfer(&parts).await.map_err(disk)?,
    }
    fetched
}

/// The parts that are not here yet, each kept as it comes; then the whole.
async fn by_parts(
    core: &Core,
    source: Source,
    parts: &mut Transferring,
    into: &Path,
    progress: &(impl Fn(u64, u64) + Sync),
) -> Result<(), Error> {
    let source = &source;
    for _ in 0..MOST_LOOKS {
        let here = &parts.parts;
        let size = (0..here.count()).map(|part| here.length(part)).sum();
        progress(here.done(), size);
        let missing: Vec<_> = here.missing().map(|part| (part, here.start(part), here.length(part))).collect();
        let mut coming =
            stream::iter(missing)
                .map(|(part, start, length)| async move {
                    Ok::<_, Error>((part, whole(source, core, start, length).await?))
                })
                .buffer_unordered(PARTS_AT_ONCE);
        while let Some((part, bytes)) = coming.try_next().await? {
            if !core.store.put_part(parts, part, bytes).await.map_err(disk)? {
                return Err(Error::FileGone);
            }
            progress(parts.parts.done(), size);
        }
        drop(coming);
        if core.store.unseal_transfer(parts, into).await.map_err(disk)? {
            return Ok(());
        }
    }
    Err(Error::Disk("what was written cannot be read".into()))
}

/// What the disk says is told as if it had been asked by itself.
fn disk(error: heliograph_store::Error) -> Error {
    match error {
        heliograph_store::Error::Io { source, .. } => source.into(),
        // The account was closed meanwhile.
        heliograph_store::Error::Closed => Error::Cancelled,
        error => error.into(),
    }
}

/// A part of which the length is known.
async fn whole(source: &Source, core: &Core, start: u64, length: u64) -> Result<Vec<u8>, Error> {
    let mut part = source.part(core, start, PART).await?;
    if !is_full(&part, length) {
        return Err(Error::Protocol("a file is shorter than the server said".into()));
    }
    part.truncate(usize::try_from(length).unwrap_or(usize::MAX));
    Ok(part)
}

/// The whole, of which nothing is kept meanwhile.
async fn at_once(
    core: &Core,
    source: Source,
    size: u64,
    mut target: PartialFile,
    progress: &(impl Fn(u64, u64) + Sync),
) -> Result<(), Error> {
    progress(0, size);
    let mut done = 0;
    if size == 0 {
        // Unknown: one part after the other, until one is short.
        loop {
            let part = source.part(core, done, PART).await?;
            let last = !is_full(&part, PART);
            target.write_at(done, &part).await?;
            done = done.saturating_add(u64::try_from(part.len()).unwrap_or_default());
            progress(done, 0);
            if last {
                break;
            }
        }
    } else {
        let source = &source;
        let offsets = (0..size.div_ceil(PART)).map(|part| part.saturating_mul(PART));
        let mut parts = stream::iter(offsets)
            .map(|offset| async move {
                Ok::<_, Error>((offset, whole(source, core, offset, PART.min(size.saturating_sub(offset))).await?))
            })
            .buffer_unordered(PARTS_AT_ONCE);
        while let Some((offset, part)) = parts.try_next().await? {
            target.write_at(offset, &part).await?;
            done = done.saturating_add(u64::try_from(part.len()).unwrap_or_default());
            progress(done, size);
        }
    }
    target.finish().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fit_the_rules_of_the_server() {
        // limit % 4 KiB == 0, 1 MiB % limit == 0, and no part crosses a border of 1 MiB.
        for part in [PART, SMALLEST_PART, fitting(0), fitting(1), fitting(20_000), fitting(65_536), fitting(u64::MAX)] {
            assert_eq!((part % 4096, (1 << 20) % part), (0, 0));
        }
        // All of it at once, and that there is no more is seen at once, too.
        assert_eq!((fitting(20_000), fitting(32_767), fitting(32_768)), (32 << 10, 32 << 10, 64 << 10));
        assert_eq!((fitting(3), fitting(600 << 10)), (SMALLEST_PART, PART));
    }

    #[test]
    fn each_table_has_its_location() {
        let file = FileLocation {
            dc: 4,
            kind: FileKind::Photo,
            id: 1,
            access_hash: 2,
            file_reference: [3].as_slice().into(),
            thumb: "y".into(),
            size: 9,
        };
        let tl::enums::InputFileLocation::InputPhotoFileLocation(photo) = input(&file) else { panic!("not a photo") };
        assert_eq!((photo.id, photo.access_hash, photo.thumb_size.as_str()), (1, 2, "y"));
        let document = FileLocation { kind: FileKind::Document, thumb: String::new(), ..file };
        assert!(matches!(input(&document), tl::enums::InputFileLocation::InputDocumentFileLocation(_)));
    }
}
