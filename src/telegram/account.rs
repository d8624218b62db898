//! The handle that the app holds.

use crate::background::Core;
use crate::connection::proxy::{Proxy, ProxyTrouble, Ways};
use crate::connection::report::ConnectionReport;
use crate::outbox::Command;
use crate::server_keys::ServerKey;
use crate::{
    EmailCode, Error, QrStep, SentCode, SignedIn, acting, dialogs, drafts, files, folders, history, login, marks,
    people, photos, profile, search, sending, stored,
};
use futures::Stream;
use heliograph_model::{
    ButtonAnswer, Change, Chat, ChatCursor, ChatPage, Connection, Delivery, Document, FileLocation, Folder,
    FormattedText, HistoryPage, Message, MessageId, Messages, Peer, PeerId, Place, Poll, ProfilePhoto, ReactionKind,
};
use heliograph_store::{
    Clear, Drafts, Found, Limits, ScrollPlace, Search, Start, Storage, Store, StoredPage, Task, Transfer, Wish,
};
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// Which servers, and as which program we introduce ourselves.
#[derive(Clone)]
pub struct Settings {
    /// Where to connect to.
    pub servers: Servers,
    /// The program's number (core.telegram.org/api/obtaining_api_id).
    pub api_id: i32,
    /// The secret that belongs to it.
    pub api_hash: String,
    /// What "active sessions" shows on the other devices of the account.
    pub device: Device,
    /// Straight to the servers, or by proxies.
    pub ways: Ways,
}

// The program's secret stays out of logs.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("servers", &self.servers)
            .field("api_id", &self.api_id)
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

/// The servers to connect to.
#[derive(Clone, Debug)]
pub enum Servers {
    /// Telegram.
    Production,
    /// Telegram's test servers; their accounts are apart.
    Test,
    /// A server of one's own.
    Custom {
        /// `host:port`; the host may be a name.
        address: String,
        /// Its public key.
        key: ServerKey,
    },
}

/// What we say about the machine.
#[derive(Clone, Debug)]
pub struct Device {
    /// E.g. "Desktop".
    pub model: String,
    /// The operating system.
    pub system: String,
    /// Our version.
    pub app_version: String,
    /// The language of the interface, e.g. "en".
    pub language: String,
}

/// The stream of what happens.
pub type Events = tokio::sync::mpsc::UnboundedReceiver<Event>;

/// What happens by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The connection stands differently now.
    Connection(Connection),
    /// These changed, in this order. They are in the store already.
    Changes(Vec<Change>),
    /// The drafts of a chat stand so now.
    Draft {
        /// Where.
        chat: PeerId,
        /// How.
        drafts: Box<Drafts>,
        /// The last of the changes that were told with [`Account::typed`] that it knows of.
        number: u64,
    },
    /// A message of ours that waits got so far.
    Outgoing {
        /// Where.
        chat: PeerId,
        /// Which.
        pending: MessageId,
        /// How far.
        delivery: Delivery,
    },
    /// A message of ours that waited was sent, and is gone again already.
    Unwritten {
        /// Where.
        chat: PeerId,
        /// Which.
        pending: MessageId,
    },
    /// The server refused what was shown as done.
    Refused {
        /// Where.
        chat: PeerId,
        /// Why.
        error: Error,
    },
    /// The server has ended our session: nobody is signed in any more.
    SignedOut,
    /// The person's folders are these now, in this order, the whole list among them; none where there is nothing else.
    Folders(Vec<Folder>),
    /// Chats that folders name or that were asked for, as they are now. They may stand far down in the list.
    Named {
        /// They, and whom they name.
        page: ChatPage,
        /// Those of them that are in the archive, and so not in the list.
        archived: Vec<PeerId>,
    },
    /// Another device has scanned the QR code and said yes: [`Account::qr_step`] now tells who we are.
    LoginTokenAccepted,
}

/// One account. A clone is the same account; when the last one is dropped, its background work ends.
#[derive(Clone)]
pub struct Account(Arc<Owner>);

/// Ends the background work when the last handle is dropped: the tasks themselves hold the [`Core`].
struct Owner {
    core: Arc<Core>,
}

impl Drop for Owner {
    fn drop(&mut self) {
        drop(self.core.stop());
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("me", &self.me()).finish_non_exhaustive()
    }
}

impl Account {
    /// Starts the background work; connects by itself; never waits for the network.
    pub async fn open(settings: Settings, store: Store) -> Result<(Account, Events), Error> {
        let (events, receiver) = tokio::sync::mpsc::unbounded_channel();
        let core = Core::start(settings, store, events).await?;
        Ok((Account(Arc::new(Owner { core })), receiver))
    }

    /// Who is signed in, as stored.
    pub fn me(&self) -> Option<PeerId> {
        self.0.core.me()
    }

    /// Goes through these proxies from now on; `current` is the one in use, `None` goes straight to the servers. With
    /// `switching`, the next one is taken when one does not work. Nothing that is in flight is lost by it.
    pub fn set_proxies(&self, proxies: Vec<Proxy>, current: Option<usize>, switching: bool) {
        self.0.core.pool().set_proxies(proxies, current, switching);
    }

    /// Which of the proxies is in use.
    pub fn proxy_in_use(&self) -> Option<usize> {
        self.0.core.pool().proxy_in_use()
    }

    /// How everything about the connection stands at this moment: cheap enough to be asked for in every second.
    pub fn connection(&self) -> ConnectionReport {
        self.0.core.pool().report()
    }

    /// Calls a request off, by its number in [`ConnectionReport::requests`]. Whoever made it gets [`Error::Cancelled`].
    pub fn call_off(&self, request: u64) {
        self.0.core.pool().call_off(request);
    }

    /// How the connection stands, as [`Event::Connection`] told it last: whoever comes later begins with this.
    pub fn told_connection(&self) -> Option<Connection> {
        self.0.core.told_connection()
    }

    /// Tries to connect now, rather than when the pause is over.
    pub fn reconnect_now(&self) {
        self.0.core.pool().reconnect_now();
    }

    /// Tries a proxy, beside what is connected: how long a server behind it takes to answer.
    pub async fn check_proxy(&self, proxy: &Proxy) -> Result<Duration, ProxyTrouble> {
        self.0.core.pool().check_proxy(proxy).await
    }

    /// Who is signed in elsewhere in this program. None of them is let in by a QR code a second time.
    pub fn set_others(&self, others: &[PeerId]) {
        self.0.core.set_others(others);
    }

    /// Who is signed in, as the server knows them now.
    pub async fn myself(&self) -> Result<Peer, Error> {
        people::myself(&self.0.core).await
    }

    /// Whose public name this is (without `@`); `None` where nobody has it.
    pub async fn resolve_username(&self, name: &str) -> Result<Option<Peer>, Error> {
        people::resolve_username(&self.0.core, name).await
    }

    /// Asks the server to send a sign-in code to this phone number. If the server knows us without one,
    /// [`SentCode::signed_in`] says so.
    pub async fn request_code(&self, phone: &str) -> Result<SentCode, Error> {
        login::request_code(&self.0.core, phone).await
    }

    /// Has the code sent on the next way ([`SentCode::next`]). The code before is void.
    pub async fn resend_code(&self, sent: &SentCode) -> Result<SentCode, Error> {
        login::resend_code(&self.0.core, sent).await
    }

    /// Tells the server that the code is not wanted any more. Whether it heard is of no consequence.
    pub async fn cancel_code(&self, sent: &SentCode) -> Result<(), Error> {
        login::cancel_code(&self.0.core, sent).await
    }

    /// Signs in with the code, if no password is set.
    pub async fn sign_in(&self, sent: &SentCode, code: &str) -> Result<SignedIn, Error> {
        login::sign_in(&self.0.core, sent, code).await
    }

    /// Has a code sent to an e-mail address that becomes the account's, after
    /// [`CodeKind::EmailSetUp`](crate::CodeKind::EmailSetUp). Also sends it again, or to another address.
    pub async fn set_up_email(&self, sent: &SentCode, email: &str) -> Result<EmailCode, Error> {
        login::set_up_email(&self.0.core, sent, email).await
    }

    /// Confirms the e-mail address with the code that came there. A code to sign in with is sent then.
    pub async fn verify_email(&self, sent: &SentCode, code: &str) -> Result<SentCode, Error> {
        login::verify_email(&self.0.core, sent, code).await
    }

    /// Gives up the e-mail address that the code was sent to: the next code comes to the phone, or will when
    /// `reset_at` of [`CodeKind::Email`](crate::CodeKind::Email) has come.
    pub async fn reset_login_email(&self, sent: &SentCode) -> Result<SentCode, Error> {
        login::reset_login_email(&self.0.core, sent).await
    }

    /// Signs in with the two-step password, after [`SignedIn::Password`].
    pub async fn check_password(&self, password: &str) -> Result<Peer, Error> {
        login::check_password(&self.0.core, password).await
    }

    /// Has a code sent to the e-mail address that was left for a forgotten password; gives the address with most of it
    /// hidden.
    pub async fn request_recovery(&self) -> Result<String, Error> {
        login::request_recovery(&self.0.core).await
    }

    /// Signs in with that code in place of the password, which is removed from the account.
    pub async fn recover(&self, code: &str) -> Result<Peer, Error> {
        login::recover(&self.0.core, code).await
    }

    /// A QR code to show, or what became of it. To be asked again when it has expired, and upon
    /// [`Event::LoginTokenAccepted`].
    pub async fn qr_step(&self) -> Result<QrStep, Error> {
        login::qr_step(&self.0.core).await
    }

    /// Ends the session: the server is told if it answers within 5 seconds, everything stored is removed. Somebody can
    /// sign in with the same handle afterwards.
    pub async fn log_out(&self) -> Result<(), Error> {
        login::log_out(&self.0.core).await
    }

    /// The phone number of whoever is signed in, digits only; `None` where the server does not say it.
    pub async fn own_phone(&self) -> Result<Option<String>, Error> {
        profile::own_phone(&self.0.core).await
    }

    /// A page of the chat list, from the top or after a cursor.
    pub async fn chats(&self, after: Option<ChatCursor>, limit: u32) -> Result<ChatPage, Error> {
        dialogs::chats(&self.0.core, after, limit).await
    }

    /// The person's folders in their order, the whole list among them; none, if there is only the whole list.
    pub async fn folders(&self) -> Result<Vec<Folder>, Error> {
        folders::folders(&self.0.core).await
    }

    /// Keeps which folder is shown, for the next start.
    pub async fn keep_folder(&self, id: i32) -> Result<(), Error> {
        Ok(self.0.core.store.set_folder(id).await?)
    }

    /// Asks where these chats stand and how they are; the answer comes as [`Event::Named`].
    pub fn name_chats(&self, chats: &[PeerId]) {
        folders::name(&self.0.core, chats);
    }

    /// What can be shown before there is a connection; does not wait for the network.
    pub async fn stored_start(&self) -> Result<Start, Error> {
        stored::start(&self.0.core).await
    }

    /// Keeps where the reader is in a chat; `None`: at the end.
    pub async fn keep_place(&self, chat: PeerId, place: Option<ScrollPlace>) -> Result<(), Error> {
        stored::set_place(&self.0.core, chat, place).await
    }

    /// Keeps which chat is open, for the next start.
    pub async fn keep_open(&self, chat: Option<PeerId>) -> Result<(), Error> {
        stored::set_open(&self.0.core, chat).await
    }

    /// The beginning of the chat list as it was last seen; does not wait for the network.
    pub async fn stored_chats(&self, limit: usize) -> Result<ChatPage, Error> {
        stored::chats(&self.0.core, limit).await
    }

    /// A chat as it was last seen; does not wait for the network.
    pub async fn stored_chat(&self, id: PeerId) -> Result<Option<Chat>, Error> {
        stored::chat(&self.0.core, id).await
    }

    /// A piece of a chat's history as it is stored, without a hole in it; does not wait for the network.
    pub async fn stored_history(&self, chat: PeerId, place: Place, limit: usize) -> Result<StoredPage, Error> {
        stored::history(&self.0.core, chat, place, limit).await
    }

    /// Messages by their numbers as they are stored, with those whom they name; does not wait for the network.
    pub async fn stored_messages(&self, chat: PeerId, ids: Vec<i32>) -> Result<Messages, Error> {
        stored::messages(&self.0.core, chat, ids).await
    }

    /// Looks through every message that was ever seen here, newest first; does not wait for the network. Dropped while
    /// it is awaited, it ends.
    pub async fn search_stored(&self, wanted: Search) -> Result<Found, Error> {
        stored::search(&self.0.core, wanted).await
    }

    /// Looks for chats, people and messages: first [`SearchStep::Here`](crate::SearchStep), at once, then, if nobody
    /// has dropped it meanwhile, [`SearchStep::There`](crate::SearchStep).
    pub fn search(&self, wanted: search::Wanted) -> impl Stream<Item = search::Step> + Send + 'static + use<> {
        search::search(self.0.core.clone(), wanted)
    }

    /// More messages from among what is stored here, behind [`Here::next`](crate::Here::next).
    pub async fn search_on_here(&self, wanted: &search::Wanted, after: i64) -> Result<search::Here, Error> {
        search::here(&self.0.core, wanted, Some(after)).await
    }

    /// More messages from the server, behind [`There::next`](crate::There::next).
    pub async fn search_on_there(
        &self,
        wanted: &search::Wanted,
        after: search::Cursor,
    ) -> Result<search::There, Error> {
        search::there(&self.0.core, wanted, Some(after)).await
    }

    /// A piece of a chat's history; at most 100 messages.
    pub async fn history(&self, chat: PeerId, place: Place, limit: u32) -> Result<HistoryPage, Error> {
        history::history(&self.0.core, chat, place, limit).await
    }

    /// Messages by their numbers, oldest first; those that are gone are left out.
    pub async fn messages(&self, chat: PeerId, ids: &[i32]) -> Result<Messages, Error> {
        history::messages(&self.0.core, chat, ids).await
    }

    /// What is kept at the top of the chat, the newest first; at most 100.
    pub async fn pinned(&self, chat: PeerId, limit: u32) -> Result<Messages, Error> {
        marks::pinned(&self.0.core, chat, limit).await
    }

    /// The same as it was told last, as far as it is stored; `None`: it was never told.
    pub async fn stored_pinned(&self, chat: PeerId) -> Result<Option<Messages>, Error> {
        stored::pinned(&self.0.core, chat).await
    }

    /// What names us in the chat and we have not seen, the oldest first; at most 100.
    pub async fn mentions(&self, chat: PeerId, limit: u32) -> Result<Messages, Error> {
        marks::mentions(&self.0.core, chat, limit).await
    }

    /// Our messages in the chat with reactions that we have not seen, the oldest first; at most 100.
    pub async fn reactions(&self, chat: PeerId, limit: u32) -> Result<Messages, Error> {
        marks::reactions(&self.0.core, chat, limit).await
    }

    /// Everything that names us in the chat counts as seen.
    pub async fn read_mentions(&self, chat: PeerId) -> Result<(), Error> {
        marks::read_mentions(&self.0.core, chat).await
    }

    /// All reactions in the chat count as seen.
    pub async fn read_reactions(&self, chat: PeerId) -> Result<(), Error> {
        marks::read_reactions(&self.0.core, chat).await
    }

    /// These were listened to, or what names us in them, or the reactions to them, were seen.
    pub async fn read_contents(&self, chat: PeerId, ids: &[i32]) -> Result<(), Error> {
        marks::read_contents(&self.0.core, chat, ids).await
    }

    /// We see these posts: gives each one's number, how often it was seen, and how often it was passed on.
    pub async fn count_views(&self, chat: PeerId, ids: &[i32]) -> Result<Vec<(i32, u32, u32)>, Error> {
        marks::count_views(&self.0.core, chat, ids).await
    }

    /// Asks how others have reacted to these messages by now; [`Change::Reactions`] tells. What happened to reactions
    /// while there was no connection is told to nobody who does not ask.
    pub async fn refresh_reactions(&self, chat: PeerId, ids: &[i32]) -> Result<(), Error> {
        marks::refresh_reactions(&self.0.core, chat, ids).await
    }

    /// These are our reactions to a message from now on. [`Change::Reactions`] tells of the result.
    pub async fn react(&self, chat: PeerId, id: i32, kinds: Vec<ReactionKind>) -> Result<(), Error> {
        marks::react(&self.0.core, chat, id, &kinds).await
    }

    /// Votes for these options ([`PollAnswer::option`](heliograph_model::PollAnswer::option)); without any, takes the
    /// vote back. Gives the poll as it is then, where the server says it; [`Change::Poll`] tells of it as well.
    pub async fn vote(&self, chat: PeerId, id: i32, options: Vec<Arc<[u8]>>) -> Result<Option<Poll>, Error> {
        acting::vote(&self.0.core, chat, id, &options).await
    }

    /// Presses a button under a message: with the data of [`ButtonAction::Callback`](heliograph_model::ButtonAction),
    /// or with `None` for a game. [`Error::TimedOut`] where the bot does not answer.
    pub async fn press(&self, chat: PeerId, id: i32, data: Option<Arc<[u8]>>) -> Result<ButtonAnswer, Error> {
        acting::press(&self.0.core, chat, id, data).await
    }

    /// Keeps a message at the top of the chat, for everyone; `silent`: nobody is notified.
    pub async fn pin(&self, chat: PeerId, id: i32, silent: bool) -> Result<(), Error> {
        acting::pin(&self.0.core, chat, id, true, silent).await
    }

    /// Does not keep a message at the top of the chat any more.
    pub async fn unpin(&self, chat: PeerId, id: i32) -> Result<(), Error> {
        acting::pin(&self.0.core, chat, id, false, true).await
    }

    /// Removes messages for us or for everyone; in channels and supergroups always for everyone.
    pub async fn delete(&self, chat: PeerId, ids: &[i32], for_everyone: bool) -> Result<(), Error> {
        acting::delete(&self.0.core, chat, ids, for_everyone).await
    }

    /// The address of a message; `None` outside channels and supergroups.
    pub async fn message_link(&self, chat: PeerId, id: i32) -> Result<Option<String>, Error> {
        acting::message_link(&self.0.core, chat, id).await
    }

    /// Puts a message of ours, under a pending number, into the outbox: from there it goes out by itself, in order, once,
    /// even after the program was ended. [`Event::Outgoing`] and [`Change::Sent`] tell what becomes of it.
    pub fn submit(&self, message: Message) {
        self.0.core.outbox(Command::Send(Box::new(message), None));
    }

    /// Sends words and waits for what becomes of them. Sends of one chat keep their order; a retry under the same pending
    /// id cannot arrive twice. Whoever stops to wait does not call it off. [`Change::Sent`] tells of the result as well;
    /// the message never comes as [`Change::NewMessage`].
    pub async fn send(&self, chat: PeerId, pending: MessageId, text: FormattedText) -> Result<Message, Error> {
        let core = &self.0.core;
        let date = core.pool().server_time();
        let sender = core.me().unwrap_or(chat);
        let message = Message { id: pending, chat, sender, outgoing: true, date, text, ..Message::default() };
        let (done, result) = oneshot::channel();
        core.outbox(Command::Send(Box::new(message), Some(done)));
        result.await.unwrap_or(Err(Error::Cancelled))
    }

    /// Tries once more what did not go out, or may have: in that case the server knows the copy, if it still can.
    pub fn send_again(&self, pending: MessageId) {
        self.0.core.outbox(Command::Again(pending, None));
    }

    /// Takes a message back that did not go out. `None` if it is on its way just now, or gone.
    pub async fn take_back(&self, pending: MessageId) -> Option<Message> {
        let (answer, message) = oneshot::channel();
        self.0.core.outbox(Command::Take(pending, answer));
        message.await.ok().flatten()
    }

    /// Our messages that wait or did not go out, in their order.
    pub async fn outgoing(&self) -> Vec<Message> {
        let (answer, messages) = oneshot::channel();
        self.0.core.outbox(Command::List(answer));
        messages.await.unwrap_or_default()
    }

    /// Does something with messages that the server has: it counts as done at once, is told as [`Change`], and is told to
    /// the server when there is a connection, even after the program was ended. [`Event::Refused`] tells where that did
    /// not work out. New messages are sent with [`Account::submit`].
    pub fn queue(&self, chat: PeerId, task: Task) {
        self.0.core.outbox(Command::Do(chat, Box::new(task)));
    }

    /// This stands in the composer of a chat now: it is saved within a moment, and in the cloud after a pause.
    /// [`Event::Draft`] tells how the chat's drafts stand then. `number` goes up with every call.
    pub fn typed(&self, chat: PeerId, text: FormattedText, reply: Option<i32>, number: u64) {
        self.0.core.drafts(drafts::Command::Typed(chat, text, reply, number));
    }

    /// The chat was left: what is in its composer is saved at once, here and in the cloud.
    pub fn left(&self, chat: PeerId) {
        self.0.core.drafts(drafts::Command::Left(chat));
    }

    /// The draft that had to give way and the current one change places.
    pub fn bring_back_draft(&self, chat: PeerId) {
        self.0.core.drafts(drafts::Command::BringBack(chat));
    }

    /// All chats that have drafts, as stored.
    pub async fn drafts(&self) -> Result<Vec<(PeerId, Drafts)>, Error> {
        Ok(self.0.core.store.drafts().await?)
    }

    /// Tells the server that everything up to this message was read.
    pub async fn mark_read(&self, chat: PeerId, up_to: i32) -> Result<(), Error> {
        history::mark_read(&self.0.core, chat, up_to).await
    }

    /// Tells the others that we are writing; they show it for 6 seconds.
    pub async fn typing(&self, chat: PeerId) -> Result<(), Error> {
        sending::typing(&self.0.core, chat).await
    }

    /// The small size of a profile photo, as JPEG.
    pub async fn profile_photo(&self, peer: PeerId, photo: &ProfilePhoto) -> Result<Vec<u8>, Error> {
        photos::profile_photo(&self.0.core, peer, photo).await
    }

    /// A picture of a message: its photo, the still of a film, a sticker, the picture of a link.
    pub async fn picture(&self, message: (PeerId, i32), file: &FileLocation) -> Result<Vec<u8>, Error> {
        photos::picture(&self.0.core, message, file).await
    }

    /// All that is kept here, by kind and chat, and how much may be.
    pub async fn storage(&self) -> Result<Storage, Error> {
        photos::storage(&self.0.core).await
    }

    /// Removes these pictures that are kept here.
    pub async fn clear_pictures(&self, what: Clear) -> Result<(), Error> {
        photos::clear(&self.0.core, what).await
    }

    /// So much may be kept from now on, also after the next start; what is more goes at once.
    pub async fn limit_pictures(&self, limits: Limits) -> Result<(), Error> {
        photos::limit(&self.0.core, limits).await
    }

    /// Downloads a file of a message into `into` (only its owner may read it), calling `progress` with the bytes done
    /// and the whole size (0 if unknown). Its parts are kept as they come: whoever asks again, even after the program was
    /// killed, gets the rest only, until [`Account::drop_download`]. Dropping the future stops it and removes `into`.
    pub async fn download(
        &self,
        message: (PeerId, i32),
        document: &Document,
        wish: &Wish,
        into: &Path,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<(), Error> {
        files::download(&self.0.core, message, document, wish, into, progress).await
    }

    /// A file is not wanted any more, or it is where it should be: nothing of it is kept. Does not wait.
    pub fn drop_download(&self, message: (PeerId, i32), wish: &Wish) {
        self.0.core.store.drop_transfer(message, wish);
    }

    /// Downloads that were going on when the program ended, and those of which nobody said yet where they go.
    pub async fn transfers(&self) -> Result<Vec<Transfer>, Error> {
        Ok(self.0.core.store.transfers().await?)
    }

    #[cfg(test)]
    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.0.core
    }

    /// Ends the background work and closes the connections. The handle is of no use afterwards.
    pub async fn shut_down(&self) {
        let (done, saved) = oneshot::channel();
        self.0.core.drafts(drafts::Command::Save(done));
        let _ = saved.await;
        // It answers when all that it was told before is stored.
        let _ = self.outgoing().await;
        if let Err(error) = self.0.core.save_connection(None, None).await {
            tracing::warn!(%error, "a datacenter's key was not saved");
        }
        self.0.core.stop().shut_down().await;
    }
}
