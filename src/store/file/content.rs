//! What the floors above ask of the store: chats, messages, search, drafts, the outbox, places.
//!
//! Everything may be dropped while it is awaited: what is written is written, what is read is broken off.

use super::Store;
use crate::ingest::{Ingest, find_chat, ranges};
use crate::{
    Draft, Drafts, Error, Expired, Found, FoundPeers, ListedChats, Mark, Outgoing, Progress, Ranges, ScrollPlace,
    Search, Start, StoredChats, StoredPage, Tally, Task, changes, chats, drafts, folders, history, outbox, people,
    pinned, places, search, start, tally,
};
use heliograph_model::{Chat, Folder, HistoryPage, Message, Peer, PeerId, Place};
use rusqlite::Connection;

impl Store {
    /// The first rows of the chat list as it was last seen.
    pub async fn chats(&self, limit: usize) -> Result<StoredChats, Error> {
        self.screen.read(move |connection| chats::first(connection, limit)).await
    }

    /// One chat, whether it stands in the list or not.
    pub async fn chat(&self, id: PeerId) -> Result<Option<Chat>, Error> {
        self.screen.read(move |connection| chats::one(connection, id)).await
    }

    /// Something is asked of the server now: the mark goes with what is kept of the answer, so that it does not undo
    /// what happens meanwhile.
    pub fn mark(&self) -> Mark {
        self.journal.mark()
    }

    /// Keeps a piece of the chat list that was asked for at this moment.
    pub async fn save_chats(&self, listed: ListedChats, asked: Mark) -> Result<(), Error> {
        self.ingest(move |ingest| {
            chats::save(ingest, &listed)?;
            changes::again_in_list(ingest, &asked.since(), &listed.chats)
        })
        .await
    }

    /// People as they are shown; those who are not known are left out.
    pub async fn shown(&self, ids: Vec<PeerId>) -> Result<Vec<Peer>, Error> {
        self.screen.read(move |connection| people::some(connection, ids)).await
    }

    /// Keeps people as they are now.
    pub async fn save_shown(&self, peers: Vec<Peer>) -> Result<(), Error> {
        self.note(move |transaction| people::save(transaction, &peers)).await
    }

    /// A piece of a chat's history, as far as it is here without a hole.
    pub async fn page(&self, chat: PeerId, place: Place, limit: usize) -> Result<StoredPage, Error> {
        self.screen.read(move |connection| history::page(connection, chat, place, limit)).await
    }

    /// Messages of a chat by their numbers; those that are not here are left out.
    pub async fn messages(&self, chat: PeerId, ids: Vec<i32>) -> Result<Vec<Message>, Error> {
        self.screen.read(move |connection| history::some(connection, chat, &ids)).await
    }

    /// The same with those whom they name and who are known here.
    pub async fn named_messages(&self, chat: PeerId, ids: Vec<i32>) -> Result<(Vec<Message>, Vec<Peer>), Error> {
        self.screen
            .read(move |connection| {
                let messages = history::some(connection, chat, &ids)?;
                let peers = people::named(connection, &messages)?;
                Ok((messages, peers))
            })
            .await
    }

    /// What is kept at the top of a chat, newest first, with whom it names; `None`: it was never told.
    pub async fn pinned(&self, chat: PeerId) -> Result<Option<(Vec<Message>, Vec<Peer>)>, Error> {
        self.screen
            .read(move |connection| {
                let Some(messages) = pinned::get(connection, chat)? else { return Ok(None) };
                let peers = people::named(connection, &messages)?;
                Ok(Some((messages, peers)))
            })
            .await
    }

    /// Keeps which messages are at the top of a chat, as it was asked at this moment.
    pub async fn save_pinned(&self, chat: PeerId, numbers: Vec<i32>, asked: Mark) -> Result<(), Error> {
        self.note(move |transaction| {
            pinned::set(transaction, chat, &numbers)?;
            pinned::again(transaction, chat, &asked.since())
        })
        .await
    }

    /// Keeps a piece of a chat's history that was asked for at this place. What stood here within it and is not part
    /// of it is gone.
    pub async fn save_page(&self, chat: PeerId, place: Place, page: HistoryPage, asked: Mark) -> Result<(), Error> {
        self.ingest(move |ingest| {
            history::save_page(ingest, chat, place, &page)?;
            changes::again(ingest, &asked.since())
        })
        .await
    }

    /// Keeps single messages that were asked for, and whom they name.
    pub async fn save_messages(&self, messages: Vec<Message>, peers: Vec<Peer>, asked: Mark) -> Result<(), Error> {
        self.ingest(move |ingest| {
            for message in &messages {
                history::save_fetched(ingest, message)?;
            }
            changes::again(ingest, &asked.since())?;
            people::save(ingest.connection, &peers)
        })
        .await
    }

    /// What is here of a chat without a hole.
    pub async fn ranges(&self, chat: PeerId) -> Result<Ranges, Error> {
        self.screen
            .read(move |connection| match find_chat(connection, chat)? {
                Some(number) => ranges(connection, number),
                None => Ok(Ranges::default()),
            })
            .await
    }

    /// Removes the messages whose time is up (Unix seconds by the server's clock).
    pub async fn expire(&self, now: i64) -> Result<Expired, Error> {
        self.ingest(move |ingest| history::expire(ingest, now)).await
    }

    /// Looks through everything that is here. A search that nobody waits for any more ends.
    pub async fn search(&self, wanted: Search) -> Result<Found, Error> {
        self.search.read(move |connection| search::search(connection, &wanted)).await
    }

    /// Looks through the names of everyone who is known here; so many chats and people at most.
    pub async fn find_peers(&self, text: String, limit: usize) -> Result<FoundPeers, Error> {
        self.search.read(move |connection| people::find(connection, &text, limit)).await
    }

    /// How much is here, by chat and kind.
    pub async fn tallies(&self) -> Result<Vec<Tally>, Error> {
        self.screen.read(tally::all).await
    }

    /// The drafts of a chat.
    pub async fn draft(&self, chat: PeerId) -> Result<Drafts, Error> {
        self.screen.read(move |connection| drafts::get(connection, chat)).await
    }

    /// All chats that have drafts.
    pub async fn drafts(&self) -> Result<Vec<(PeerId, Drafts)>, Error> {
        self.screen.read(drafts::all).await
    }

    /// Somebody types in this chat. An empty draft means that nothing stands there any more.
    pub async fn set_draft(&self, chat: PeerId, draft: Draft) -> Result<Drafts, Error> {
        self.change_draft(chat, move |drafts| drafts.typed(draft)).await
    }

    /// The cloud has what was current at this time.
    pub async fn draft_uploaded(&self, chat: PeerId, date: i64) -> Result<Drafts, Error> {
        self.change_draft(chat, move |drafts| drafts.uploaded(date)).await
    }

    /// The cloud has another draft for this chat, or none any more. `typing`: somebody types here just now.
    pub async fn cloud_draft(&self, chat: PeerId, cloud: Option<Draft>, typing: bool) -> Result<Drafts, Error> {
        self.change_draft(chat, move |drafts| drafts.told(cloud, typing)).await
    }

    /// The draft that had to give way comes back, and the current one takes its place.
    pub async fn bring_back_draft(&self, chat: PeerId, now: i64) -> Result<Drafts, Error> {
        self.change_draft(chat, move |drafts| drafts.bring_back(now)).await
    }

    async fn change_draft(
        &self,
        chat: PeerId,
        change: impl FnOnce(&mut Drafts) + Send + 'static,
    ) -> Result<Drafts, Error> {
        self.change(move |transaction| drafts::change(transaction, chat, change)).await
    }

    /// Puts something at the end of what is to be sent in its chat. Once this has answered, it cannot be lost. The same
    /// random number twice is one and the same thing.
    pub async fn put_outgoing(&self, outgoing: Outgoing) -> Result<(), Error> {
        self.change(move |transaction| outbox::put(transaction, &outgoing)).await
    }

    /// Puts something that counts as done here at once at the end of what is to be told, in place of what it replaces,
    /// and does it: all of that or nothing, so that nothing is done here of which the server is never told.
    pub async fn put_done(
        &self,
        outgoing: Outgoing,
        replaced: Vec<i64>,
        changes: Vec<heliograph_model::Change>,
    ) -> Result<(), Error> {
        let journal = self.journal.clone();
        self.change(move |transaction| {
            journal.note(&changes);
            for random_id in replaced {
                outbox::remove(transaction, random_id)?;
            }
            outbox::put(transaction, &outgoing)?;
            let mut ingest = Ingest::new(transaction);
            changes::apply(&mut ingest, &changes)?;
            ingest.finish()
        })
        .await
    }

    /// Everything that is to be sent, in order.
    pub async fn outbox(&self) -> Result<Vec<Outgoing>, Error> {
        self.call(|connection| outbox::all(connection)).await
    }

    /// One of them.
    pub async fn outgoing(&self, random_id: i64) -> Result<Option<Outgoing>, Error> {
        self.call(move |connection| outbox::one(connection, random_id)).await
    }

    /// What may go out now: the first of each chat, unless something before it is still on its way.
    pub async fn next_outgoing(&self) -> Result<Vec<Outgoing>, Error> {
        self.call(|connection| outbox::next(connection)).await
    }

    /// It is given to the wire at this time: to be called before it is. Returns it as it stands then; `None`, if it is not
    /// wanted any more.
    pub async fn begin_outgoing(&self, random_id: i64, now: i64) -> Result<Option<Outgoing>, Error> {
        self.change(move |transaction| outbox::begin(transaction, random_id, now)).await
    }

    /// It got so far at this time. Returns whether it is still wanted.
    pub async fn set_outgoing(&self, random_id: i64, progress: Progress, now: i64) -> Result<bool, Error> {
        self.change(move |transaction| outbox::set(transaction, random_id, progress, now)).await
    }

    /// The server has it: it leaves the outbox, and the message that came of it stands in the chat, as one.
    pub async fn outgoing_answered(&self, random_id: i64, message: Option<Message>) -> Result<(), Error> {
        self.change(move |transaction| {
            outbox::remove(transaction, random_id)?;
            let mut ingest = Ingest::new(transaction);
            if let Some(message) = message {
                changes::sent(&mut ingest, &message)?;
            }
            ingest.finish()
        })
        .await
    }

    /// What was on its way before this time has an unknown fate now. Returns everything of unknown fate.
    pub async fn give_up_outgoing(&self, before: i64) -> Result<Vec<Outgoing>, Error> {
        self.change(move |transaction| outbox::give_up(transaction, before)).await
    }

    /// It goes out once more. With its own random number, if the server may have it; else with a new one.
    pub async fn retry_outgoing(&self, random_id: i64, new_id: i64, now: i64) -> Result<bool, Error> {
        self.change(move |transaction| outbox::retry(transaction, random_id, new_id, now)).await
    }

    /// It says something else now. Not, if it is on its way already.
    pub async fn edit_outgoing(&self, random_id: i64, task: Task) -> Result<bool, Error> {
        self.change(move |transaction| outbox::edit(transaction, random_id, &task)).await
    }

    /// It is not wanted any more. Returns whether it was there.
    pub async fn drop_outgoing(&self, random_id: i64) -> Result<bool, Error> {
        self.change(move |transaction| outbox::remove(transaction, random_id)).await
    }

    /// The random number of our message with this pending number.
    pub async fn random_id(&self, pending: u64) -> Result<Option<i64>, Error> {
        self.call(move |connection| outbox::random_id(connection, pending)).await
    }

    /// Where the reader was in this chat.
    pub async fn place(&self, chat: PeerId) -> Result<Option<ScrollPlace>, Error> {
        self.screen.read(move |connection| places::get(connection, chat)).await
    }

    /// The reader is here now; `None`: at the end.
    pub async fn set_place(&self, chat: PeerId, place: Option<ScrollPlace>) -> Result<(), Error> {
        self.note(move |transaction| places::set(transaction, chat, place)).await
    }

    /// What is painted before there is a connection.
    pub async fn start(&self) -> Result<Start, Error> {
        self.screen.read(start::read).await
    }

    /// The person's folders are these now.
    pub async fn set_folders(&self, folders: Vec<Folder>) -> Result<(), Error> {
        self.note(move |transaction| folders::set(transaction, &folders)).await
    }

    /// This folder is shown.
    pub async fn set_folder(&self, id: i32) -> Result<(), Error> {
        self.note(move |transaction| folders::choose(transaction, id)).await
    }

    /// This chat is open now; `None`: the list only.
    pub async fn set_open(&self, chat: Option<PeerId>) -> Result<(), Error> {
        self.note(move |transaction| start::set_open(transaction, chat)).await
    }

    /// Everything was up to date at this time, in Unix seconds.
    pub async fn set_current(&self, at: i64) -> Result<(), Error> {
        self.note(move |transaction| start::set_current(transaction, at)).await
    }

    async fn ingest<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ingest<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let words = self.words.clone();
        self.note(move |transaction| {
            let connection: &Connection = transaction;
            let mut ingest = Ingest::knowing(connection, words);
            let result = work(&mut ingest)?;
            ingest.finish()?;
            Ok(result)
        })
        .await
    }
}
