//! What the floors above ask of the kept pictures.

use super::{DATABASE, Durability, Store, log, transact};
use crate::Error;
use crate::media::{self, Clear, LARGEST, Limits, Picture, PictureKind, Storage, Used};
use crate::{people, settings, tally, transfers};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

impl Store {
    /// A picture that is kept here. One whose file is not what was written is forgotten.
    pub async fn picture(&self, picture: Picture, now: i64) -> Result<Option<Vec<u8>>, Error> {
        let wanted = picture.clone();
        let Some(place) = self.screen.read(move |connection| media::find(connection, &wanted, now)).await? else {
            return Ok(None);
        };
        let shelf = self.shelf.clone();
        let (name, key, bytes) = (place.name.clone(), place.key, place.bytes);
        let number = place.number;
        match aside(move || Ok(shelf.read(&name, &key, bytes))).await? {
            Ok(bytes) => {
                if place.to_note {
                    self.later(move |connection| {
                        transact(connection, |transaction| media::note(transaction, &picture, number, now))
                    });
                }
                Ok(Some(bytes))
            }
            Err(error) => {
                tracing::warn!(%error, "a kept picture is not what it was");
                self.note(move |transaction| media::forget(transaction, number, &place.name)).await?;
                Ok(None)
            }
        }
    }

    /// Keeps a picture, if it is small and belongs to something that stands here. Returns whether it is new.
    pub async fn keep_picture(&self, picture: Picture, bytes: Vec<u8>, now: i64) -> Result<bool, Error> {
        if bytes.is_empty() || bytes.len() > LARGEST {
            return Ok(false);
        }
        // Asked where it is written, so that what it belongs to has been written before.
        let wanted = picture.clone();
        if !self.note(move |transaction| media::may_keep(transaction, &wanted)).await? {
            return Ok(false);
        }
        let shelf = self.shelf.clone();
        let written = aside(move || shelf.write(&bytes)).await?;
        let shelf = self.shelf.clone();
        self.run(Durability::Fetchable, move |connection| {
            let new = transact(connection, |transaction| {
                let new = media::put(transaction, &picture, &written, now)?;
                media::evict_at_times(transaction, &shelf, now)?;
                Ok(new)
            })?;
            // Its row stands: before that nobody would find the file again.
            if new {
                written.keep();
            }
            Ok(new)
        })
        .await
    }

    /// How much the kept pictures take, by chat and kind, the most first.
    pub async fn used_by_pictures(&self) -> Result<Vec<Used>, Error> {
        self.screen.read(media::used).await
    }

    /// All that is here, and how much may be.
    pub async fn storage(&self) -> Result<Storage, Error> {
        let limits = *self.shelf.limits();
        let folder = self.folder.clone();
        let database = aside(move || Ok(database_bytes(&folder))).await?;
        self.screen
            .read(move |connection| {
                let pictures = media::used(connection)?;
                let mut messages: BTreeMap<_, u64> = BTreeMap::new();
                for tally in tally::all(connection)? {
                    let count = messages.entry(tally.chat).or_default();
                    *count = count.saturating_add(tally.messages);
                }
                let shown = pictures.iter().filter(|used| used.kind != PictureKind::Faces);
                let chats: BTreeSet<_> = shown.map(|used| used.chat).collect();
                let peers = people::some(connection, chats)?;
                let unfinished = transfers::unfinished(connection)?;
                Ok(Storage { pictures, unfinished, peers, messages: messages.into_iter().collect(), database, limits })
            })
            .await
    }

    /// Removes these pictures.
    pub async fn clear_pictures(&self, what: Clear) -> Result<(), Error> {
        let shelf = self.shelf.clone();
        self.note(move |transaction| media::clear(transaction, what)).await?;
        self.call(move |connection| {
            while media::remove_gone(connection, &shelf)? {}
            log::empty(connection)?;
            Ok(())
        })
        .await
    }

    /// So much may stay from now on, also after the next start; what is more goes at once.
    pub async fn limit_pictures(&self, limits: Limits, now: i64) -> Result<(), Error> {
        let shelf = self.shelf.clone();
        self.change(move |transaction| {
            settings::set(transaction, LIMITS, &limits)?;
            // While nobody else writes: of two who choose, the last one holds here as in the file.
            *shelf.limits() = limits;
            media::evict(transaction, limits, now)
        })
        .await
    }

    /// Puts the kept pictures in order: files without rows and rows without files, what is too old and too much. To be
    /// called after opening, and from time to time.
    pub async fn tidy_pictures(&self, now: i64) -> Result<(), Error> {
        let shelf = self.shelf.clone();
        let there = aside(move || shelf.names()).await?;
        let shelf = self.shelf.clone();
        let strays = self
            .note(move |transaction| {
                let strays = media::sweep(transaction, &shelf, there)?;
                let limits = *shelf.limits();
                media::evict(transaction, limits, now)?;
                Ok(strays)
            })
            .await?;
        let shelf = self.shelf.clone();
        aside(move || {
            strays.iter().for_each(|name| shelf.remove(name));
            Ok(())
        })
        .await
    }
}

/// The name of the limits among the settings.
const LIMITS: &str = "limits of pictures";

/// The limits that were chosen, if any were.
pub(super) fn limits(connection: &Connection) -> Result<Limits, Error> {
    Ok(settings::get(connection, LIMITS)?.unwrap_or_default())
}

/// What the database takes on the disk, with what stands beside it and is not yet in it.
fn database_bytes(folder: &Path) -> u64 {
    ["", "-wal", "-shm"]
        .map(|part| folder.join(format!("{DATABASE}{part}")))
        .iter()
        // One that is not there takes nothing.
        .filter_map(|path| fs::metadata(path).ok())
        .fold(0, |sum, file| file.len().saturating_add(sum))
}

/// Runs what waits for the disk away from those who wait for nothing.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Error::Closed))
}

#[cfg(test)]
mod tests;
