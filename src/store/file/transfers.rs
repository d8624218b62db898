//! What the floors above ask of files on their way to the disk.

use super::pictures::aside;
use super::{Durability, Store, transact};
use crate::media::shelf::Shelf;
use crate::transfers::{self, Transfer, Transferring, Wish};
use crate::{DataKey, Error};
use heliograph_model::{Document, PeerId};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

impl Store {
    /// Begins to keep a message's file, in parts of so many bytes (a multiple of 16 KiB), or goes on with what is here of
    /// it. `None`: it may not be kept here, nobody wants it any more, or nobody knows how long it is.
    pub async fn begin_transfer(
        &self,
        (chat, message): (PeerId, i32),
        document: &Document,
        part: u64,
        wish: &Wish,
        now: i64,
    ) -> Result<Option<Transferring>, Error> {
        let length = document.file.size;
        if length == 0 {
            return Ok(None);
        }
        let (wanted, mine) = (document.clone(), wish.clone());
        let found = self
            .note(move |transaction| {
                if mine.is_called_off() {
                    return Ok(None);
                }
                let Some(key) = transfers::holder(transaction, chat, message, &wanted)? else { return Ok(None) };
                Ok(Some((key, transfers::resume(transaction, key, &wanted, part, mine.purpose, now)?)))
            })
            .await?;
        let Some((key, here)) = found else { return Ok(None) };
        let shelf = self.shelf.clone();
        if let Some(here) = here {
            let (here, whole) = aside(move || {
                let whole = shelf.has_room(&here.name, here.bytes());
                Ok((here, whole))
            })
            .await?;
            if whole {
                return Ok(Some(here));
            }
            tracing::warn!("parts of a file are not where they were");
        }
        let shelf = self.shelf.clone();
        let room = aside(move || shelf.room(length)).await?;
        let (wanted, mine) = (document.clone(), wish.clone());
        self.run(Durability::Fetchable, move |connection| {
            let begun = transact(connection, |transaction| {
                // Whoever calls it off does that here, before this or after it.
                if mine.is_called_off() || transfers::holder(transaction, chat, message, &wanted)? != Some(key) {
                    return Ok(None);
                }
                transfers::begin(transaction, key, &wanted, part, mine.purpose, &room, now).map(Some)
            })?;
            // Its row stands: before that nobody would find the room again.
            if begun.is_some() {
                room.keep();
            }
            Ok(begun)
        })
        .await
    }

    /// Keeps a part. It counts when its bytes are on the disk. Returns whether the file is still wanted.
    pub async fn put_part(&self, of: &mut Transferring, part: u64, bytes: Vec<u8>) -> Result<bool, Error> {
        let shelf = self.shelf.clone();
        let (name, key, whole, start) = (of.name.clone(), of.key.clone(), of.bytes(), of.parts.start(part));
        let there = aside(move || shelf.write_part(&name, &key, whole, start, &bytes)).await?;
        Ok(there && self.mark_parts(of, vec![part], true).await?)
    }

    async fn mark_parts(&self, of: &mut Transferring, parts: Vec<u64>, here: bool) -> Result<bool, Error> {
        let (message, name) = (of.message, of.name.clone());
        let now = self.note(move |transaction| transfers::mark(transaction, message, &name, &parts, here)).await?;
        let known = now.is_some();
        if let Some(now) = now {
            of.parts = now;
        }
        Ok(known)
    }

    /// Writes a file of which every part is here to where only its owner may read it. Returns whether it is there: parts
    /// that are not what was written are to be fetched again.
    pub async fn unseal_transfer(&self, of: &mut Transferring, into: &Path) -> Result<bool, Error> {
        if of.parts.missing().next().is_some() {
            return Ok(false);
        }
        let shelf = self.shelf.clone();
        let (name, key, parts, into) = (of.name.clone(), of.key.clone(), of.parts.clone(), into.to_owned());
        let damaged = aside(move || unseal(&shelf, &name, &key, &parts, &into)).await?;
        if damaged.is_empty() {
            return Ok(true);
        }
        tracing::warn!(parts = damaged.len(), "parts of a file are not what was written");
        self.mark_parts(of, damaged, false).await?;
        Ok(false)
    }

    /// It does not go on by itself any more; what is here of it stays for when it is asked for again.
    pub async fn stop_transfer(&self, of: &Transferring) -> Result<(), Error> {
        let message = of.message;
        self.note(move |transaction| transfers::stop(transaction, message)).await
    }

    /// Nobody wants a message's file any more, and nothing of it stays: it was called off, or it is where it should be.
    /// Does not wait for it.
    pub fn drop_transfer(&self, (chat, message): (PeerId, i32), wish: &Wish) {
        wish.call_off();
        self.later(move |connection| {
            transact(connection, |transaction| {
                let Some(chat) = crate::ingest::find_chat(transaction, chat)? else { return Ok(()) };
                transfers::remove(transaction, crate::ingest::key(chat, message))
            })
        });
    }

    /// Everything that was wanted and goes on by itself, the oldest first.
    pub async fn transfers(&self) -> Result<Vec<Transfer>, Error> {
        self.call(|connection| transfers::wanted(connection)).await
    }
}

/// Returns the parts that are damaged; unless there are any, the file is there.
fn unseal(shelf: &Shelf, name: &str, key: &DataKey, parts: &transfers::Parts, into: &Path) -> Result<Vec<u64>, Error> {
    let failed = |error| Error::io(format!("cannot write {}", into.display()), error);
    let damaged = (|| {
        let mut target = private(into)?;
        let mut damaged = Vec::new();
        let whole = (0..parts.count()).map(|part| parts.length(part)).sum();
        for part in 0..parts.count() {
            let start = parts.start(part);
            match shelf.read_range(name, key, whole, start..start.saturating_add(parts.length(part))) {
                Ok(bytes) if damaged.is_empty() => target.write_all(&bytes)?,
                Ok(_) => {}
                // Not there, or not what was written.
                Err(error) => {
                    tracing::debug!(%error, part, "a part cannot be read");
                    damaged.push(part);
                }
            }
        }
        if damaged.is_empty() {
            target.sync_all()?;
        }
        Ok(damaged)
    })();
    if !damaged.as_ref().is_ok_and(Vec::is_empty) {
        let _ = std::fs::remove_file(into);
    }
    damaged.map_err(failed)
}

/// Makes a file that only its owner may read, or empties the one that is there.
fn private(path: &Path) -> io::Result<File> {
    let file = crate::folder::private_options().write(true).create(true).truncate(true).open(path)?;
    #[cfg(unix)]
    {
        // One that was there before may have been open to others.
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests;
