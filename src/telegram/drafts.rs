//! Drafts: saved as they are typed, kept the same as those in the cloud (core.telegram.org/api/drafts), and never
//! overwritten by another device while somebody types here.

use crate::background::Core;
use crate::convert::{peer, text};
use crate::sending::answering;
use crate::{Error, Event};
use grammers_tl_types as tl;
use heliograph_model::{Connection, FormattedText, PeerId};
use heliograph_store::{Draft, Drafts};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// After so long without a key, what is typed is saved here.
const SAVED_AFTER: Duration = Duration::from_millis(300);

/// After so long without a key, it is saved in the cloud.
const UPLOADED_AFTER: Duration = Duration::from_secs(2);

/// Whoever typed so long ago is typing.
const TYPING: Duration = Duration::from_secs(10);

/// What is told about drafts.
pub(crate) enum Command {
    /// This stands in the composer of a chat now; the number goes up with every change.
    Typed(PeerId, FormattedText, Option<i32>, u64),
    /// The chat was left: what stands there is saved at once.
    Left(PeerId),
    /// The cloud has this.
    Cloud(PeerId, Option<Draft>),
    /// The draft that had to give way is wanted again.
    BringBack(PeerId),
    /// Everything is saved here at once.
    Save(oneshot::Sender<()>),
    /// How the connection stands.
    Connection(Connection),
}

/// What an update says of a draft.
pub(crate) fn told(update: &tl::enums::Update) -> Option<(PeerId, Option<Draft>)> {
    let tl::enums::Update::DraftMessage(told) = update else { return None };
    // Drafts of topics are apart.
    if told.top_msg_id.is_some() || told.saved_peer_id.is_some() {
        return None;
    }
    let draft = match &told.draft {
        tl::enums::DraftMessage::Empty(_) => None,
        tl::enums::DraftMessage::Message(draft) => Some(Draft {
            text: text::formatted(draft.message.clone(), draft.entities.as_deref()),
            reply: match &draft.reply_to {
                Some(tl::enums::InputReplyTo::Message(reply)) if reply.reply_to_peer_id.is_none() => {
                    Some(reply.reply_to_msg_id)
                }
                _ => None,
            },
            date: draft.date.into(),
        }),
    };
    Some((peer::id(&told.peer), draft))
}

/// How a chat's draft stands besides what is stored.
#[derive(Default)]
struct Desk {
    /// Typed and not saved yet.
    unsaved: Option<(FormattedText, Option<i32>)>,
    save_at: Option<Instant>,
    upload_at: Option<Instant>,
    typed_at: Option<Instant>,
    /// The number of the last change that was taken in.
    number: u64,
    /// What the cloud had from us last: it tells of it as of any other.
    uploaded: Option<(FormattedText, Option<i32>)>,
}

struct Keeper {
    core: Arc<Core>,
    desks: HashMap<PeerId, Desk>,
    online: bool,
    /// Those of the cloud were asked for in this run.
    fetched: bool,
}

/// Runs until the account ends.
pub(crate) async fn run(core: Arc<Core>, mut commands: UnboundedReceiver<Command>) {
    let mut keeper = Keeper { core, desks: HashMap::new(), online: false, fetched: false };
    loop {
        let wake = keeper.next_wake();
        tokio::select! {
            command = commands.recv() => match command {
                Some(command) => keeper.obey(command).await,
                None => return,
            },
            () = sleep_until(wake) => keeper.work().await,
        }
    }
}

async fn sleep_until(wake: Option<Instant>) {
    match wake {
        Some(wake) => tokio::time::sleep_until(wake).await,
        None => std::future::pending().await,
    }
}

impl Keeper {
    fn next_wake(&self) -> Option<Instant> {
        let uploads = self.desks.values().filter_map(|desk| desk.upload_at).filter(|_| self.online && self.fetched);
        let fetch = (self.online && !self.fetched && self.core.me().is_some()).then(Instant::now);
        self.desks.values().filter_map(|desk| desk.save_at).chain(uploads).chain(fetch).min()
    }

    async fn obey(&mut self, command: Command) {
        match command {
            Command::Typed(chat, text, reply, number) => {
                let now = Instant::now();
                let desk = self.desks.entry(chat).or_default();
                desk.unsaved = Some((text, reply));
                (desk.number, desk.typed_at) = (number, Some(now));
                // The first key of a row does not wait for the last one for ever.
                desk.save_at.get_or_insert(now + SAVED_AFTER);
                desk.upload_at = Some(now + UPLOADED_AFTER);
            }
            Command::Left(chat) => {
                self.save(chat).await;
                if let Some(desk) = self.desks.get_mut(&chat) {
                    desk.typed_at = None;
                    if desk.upload_at.is_some() {
                        desk.upload_at = Some(Instant::now());
                    }
                }
            }
            Command::Cloud(chat, draft) => self.cloud(chat, draft).await,
            Command::BringBack(chat) => {
                self.save(chat).await;
                let now = self.core.pool().server_time();
                if self.tell(chat, self.core.store.bring_back_draft(chat, now).await) {
                    self.desks.entry(chat).or_default().upload_at = Some(Instant::now() + UPLOADED_AFTER);
                }
            }
            Command::Save(done) => {
                self.save_all().await;
                let _ = done.send(());
            }
            Command::Connection(connection) => {
                let online = matches!(connection, Connection::Online);
                // Drafts have no number: no difference tells surely what became of them meanwhile.
                self.fetched &= !online || self.online;
                self.online = online;
            }
        }
    }

    async fn save_all(&mut self) {
        let chats: Vec<PeerId> = self.desks.keys().copied().collect();
        for chat in chats {
            self.save(chat).await;
        }
    }

    /// Into the store, what is not there yet.
    async fn save(&mut self, chat: PeerId) {
        let Some(desk) = self.desks.get_mut(&chat) else { return };
        desk.save_at = None;
        let Some((text, reply)) = desk.unsaved.clone() else { return };
        let draft = Draft { text, reply, date: self.core.pool().server_time() };
        let saved = self.core.store.set_draft(chat, draft).await;
        let well = self.tell(chat, saved);
        if let Some(desk) = self.desks.get_mut(&chat) {
            if well {
                desk.unsaved = None;
            } else {
                desk.save_at = Some(Instant::now() + UPLOADED_AFTER);
            }
        }
    }

    /// Whoever draws hears how the drafts of a chat stand.
    fn tell(&self, chat: PeerId, drafts: Result<Drafts, heliograph_store::Error>) -> bool {
        match drafts {
            Ok(drafts) => {
                let number = self.desks.get(&chat).map_or(0, |desk| desk.number);
                self.core.tell(Event::Draft { chat, drafts: Box::new(drafts), number });
                true
            }
            Err(error) => {
                tracing::warn!(%error, "a draft is not stored");
                false
            }
        }
    }

    async fn cloud(&mut self, chat: PeerId, draft: Option<Draft>) {
        self.save(chat).await;
        let desk = self.desks.entry(chat).or_default();
        let is_ours = match (&draft, &desk.uploaded) {
            // The server leaves blanks at the ends out.
            (Some(draft), Some((text, reply))) => {
                draft.text.clone().trimmed() == text.clone().trimmed() && draft.reply == *reply
            }
            (None, Some((text, reply))) => text.text.trim().is_empty() && reply.is_none(),
            (_, None) => false,
        };
        if is_ours {
            return;
        }
        desk.uploaded = None;
        let typing = desk.typed_at.is_some_and(|typed| typed.elapsed() < TYPING);
        let told = self.core.store.cloud_draft(chat, draft, typing).await;
        let unsynced = told.as_ref().is_ok_and(|drafts| !drafts.synced && drafts.current.is_some());
        self.tell(chat, told);
        if unsynced {
            let desk = self.desks.entry(chat).or_default();
            desk.upload_at.get_or_insert(Instant::now() + UPLOADED_AFTER);
        }
    }

    async fn work(&mut self) {
        let now = Instant::now();
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        let save: Vec<PeerId> =
            self.desks.iter().filter(|(_, desk)| due(desk.save_at)).map(|(chat, _)| *chat).collect();
        for chat in save {
            self.save(chat).await;
        }
        if !self.online {
            return;
        }
        if !self.fetched {
            return self.fetch().await;
        }
        let upload: Vec<PeerId> =
            self.desks.iter().filter(|(_, desk)| due(desk.upload_at)).map(|(chat, _)| *chat).collect();
        for chat in upload {
            self.upload(chat).await;
        }
    }

    /// Those of the cloud, then those that the cloud does not have.
    async fn fetch(&mut self) {
        let updates = match self.core.invoke(&tl::functions::messages::GetAllDrafts {}).await {
            Ok(updates) => updates,
            Err(error) => {
                tracing::info!(%error, "drafts are fetched with the next connection");
                self.fetched = !matches!(error, Error::NotConnected | Error::TimedOut);
                self.online = self.fetched;
                return;
            }
        };
        self.fetched = true;
        let tl::enums::Updates::Updates(all) = updates else { return };
        let _ = self.core.learn(&all.users, &all.chats);
        let mut there = HashSet::new();
        for (chat, draft) in all.updates.iter().filter_map(told) {
            there.insert(chat);
            self.cloud(chat, draft).await;
        }
        for (chat, drafts) in self.core.store.drafts().await.unwrap_or_default() {
            match (drafts.current, drafts.synced) {
                (Some(_), false) => {
                    self.desks.entry(chat).or_default().upload_at.get_or_insert(Instant::now());
                }
                // It was there: sent or thrown away elsewhere.
                (Some(_), true) if !there.contains(&chat) => self.cloud(chat, None).await,
                _ => {}
            }
        }
    }

    async fn upload(&mut self, chat: PeerId) {
        self.save(chat).await;
        if let Some(desk) = self.desks.get_mut(&chat) {
            desk.upload_at = None;
        }
        let Ok(Drafts { current: Some(draft), synced: false, .. }) = self.core.store.draft(chat).await else { return };
        let uploaded = (draft.text.clone(), draft.reply);
        let before = match self.desks.get_mut(&chat) {
            // The update may come before the answer.
            Some(desk) => desk.uploaded.replace(uploaded),
            None => None,
        };
        match upload(&self.core, chat, &draft).await {
            Ok(()) => {
                self.tell(chat, self.core.store.draft_uploaded(chat, draft.date).await);
            }
            Err(error) => {
                tracing::info!(%error, "a draft is not in the cloud");
                let again = match error {
                    Error::NotConnected | Error::TimedOut => Some(UPLOADED_AFTER),
                    Error::FloodWait(seconds) => Some(Duration::from_secs(seconds.into())),
                    // Where one may not write, it only stands here.
                    _ => None,
                };
                if let Some(desk) = self.desks.get_mut(&chat) {
                    desk.uploaded = before;
                    desk.upload_at = again.map(|again| Instant::now() + again);
                }
            }
        }
    }
}

async fn upload(core: &Core, chat: PeerId, draft: &Draft) -> Result<(), Error> {
    let request = tl::functions::messages::SaveDraft {
        no_webpage: false,
        invert_media: false,
        reply_to: draft.reply.map(answering),
        peer: core.input_peer(chat)?,
        message: draft.text.text.clone(),
        entities: text::to_send(&draft.text, |id| core.peers.input_user(id)),
        media: None,
        effect: None,
        suggested_post: None,
        rich_message: None,
    };
    core.invoke(&request).await?;
    Ok(())
}
