//! What the floors above ask of the kept pictures.

use super::{Store, transact};
use crate::Error;
use crate::media::{self, LARGEST, Limits, Picture, PictureKind, Used};

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
        self.note(move |transaction| {
            let new = media::put(transaction, &picture, &written, now)?;
            if new {
                written.keep();
                media::evict_at_times(transaction, &shelf, now)?;
            }
            Ok(new)
        })
        .await
    }

    /// How much the kept pictures take, by chat and kind, the most first.
    pub async fn used_by_pictures(&self) -> Result<Vec<Used>, Error> {
        self.screen.read(media::used).await
    }

    /// Removes the kept pictures of a kind, or all.
    pub async fn clear_pictures(&self, kind: Option<PictureKind>) -> Result<(), Error> {
        let shelf = self.shelf.clone();
        self.note(move |transaction| media::clear(transaction, kind)).await?;
        self.call(move |connection| {
            while media::remove_gone(connection, &shelf)? {}
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        })
        .await
    }

    /// So much may stay from now on.
    pub async fn limit_pictures(&self, limits: Limits, now: i64) -> Result<(), Error> {
        *self.shelf.limits() = limits;
        self.note(move |transaction| media::evict(transaction, limits, now)).await
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

/// Runs what waits for the disk away from those who wait for nothing.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Error::Closed))
}

#[cfg(test)]
mod tests;
