//! What the server told goes to the store, and what stands there is given to those who cannot wait for the server.
//!
//! Nobody waits until it is written: whoever asked has the answer already, and what is not written is asked for again.

use crate::Error;
use crate::background::Core;
use heliograph_model::{Change, Chat, ChatPage, HistoryPage, Messages, PeerId, Place};
use heliograph_store::{Batch, Found, ListedChats, Search, Store, StoredPage};
use std::future::Future;

/// Keeps a piece of a chat's history.
pub(crate) fn keep_page(core: &Core, chat: PeerId, place: Place, page: &HistoryPage) {
    let page = page.clone();
    keep(core, move |store| async move { store.save_page(chat, place, page).await });
}

/// Keeps single messages.
pub(crate) fn keep_messages(core: &Core, messages: &Messages) {
    if messages.messages.is_empty() && messages.peers.is_empty() {
        return;
    }
    let Messages { messages, peers } = messages.clone();
    keep(core, move |store| async move { store.save_messages(messages, peers).await });
}

/// Keeps a piece of the chat list.
pub(crate) fn keep_chats(core: &Core, first: bool, page: &ChatPage) {
    let listed = ListedChats { chats: page.chats.clone(), peers: page.peers.clone(), first, last: page.next.is_none() };
    keep(core, move |store| async move { store.save_chats(listed).await });
}

/// Keeps what we did ourselves, where the server sends no news of it.
pub(crate) fn keep_changes(core: &Core, changes: Vec<Change>) {
    keep(core, move |store| async move { store.apply(Batch { changes, ..Batch::default() }).await });
}

fn keep<F>(core: &Core, save: impl FnOnce(Store) -> F)
where
    F: Future<Output = Result<(), heliograph_store::Error>> + Send + 'static,
{
    let saving = save(core.store.clone());
    tokio::spawn(async move {
        match saving.await {
            // The account was closed meanwhile.
            Ok(()) | Err(heliograph_store::Error::Closed) => {}
            Err(error) => tracing::warn!(%error, "an answer was not stored"),
        }
    });
}

/// The beginning of the chat list as it was last seen.
pub(crate) async fn chats(core: &Core, limit: usize) -> Result<ChatPage, Error> {
    let stored = core.store.chats(limit).await?;
    Ok(ChatPage { chats: stored.chats, peers: stored.peers, next: None })
}

/// One chat as it was last seen.
pub(crate) async fn chat(core: &Core, id: PeerId) -> Result<Option<Chat>, Error> {
    Ok(core.store.chat(id).await?)
}

/// A piece of a chat's history as far as it is here without a hole.
pub(crate) async fn history(core: &Core, chat: PeerId, place: Place, limit: usize) -> Result<StoredPage, Error> {
    Ok(core.store.page(chat, place, limit).await?)
}

/// Looks through everything that was ever seen here.
pub(crate) async fn search(core: &Core, wanted: Search) -> Result<Found, Error> {
    Ok(core.store.search(wanted).await?)
}
