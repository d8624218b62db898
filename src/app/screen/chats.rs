//! The main screen: the chat list, and the conversation that is open.

mod answered;
#[doc(hidden)]
pub mod bench;
mod calendar;
mod changing;
mod choosing;
mod conversation;
mod corner;
mod deleting;
mod drafts;
mod fetching;
mod file;
mod focusing;
mod folders;
mod header;
mod history;
mod input;
mod jumping;
mod leading;
mod list;
mod marks;
mod menu;
mod message;
mod open;
mod opening;
mod pages;
pub(in crate::screen) mod people;
mod photo;
mod pins;
mod pressing;
mod preview;
mod reading;
mod roster;
mod rows;
mod saving;
mod scene;
mod search;
mod service;
mod state;
mod work;
mod writing;

pub use input::{Action, Message};
pub use opening::Spot;

use crate::download::Downloads;
use crate::link::{self, Link};
use crate::media::photos::Photos;
use crate::media::pictures::Pictures;
use crate::platform::Platform;
use crate::platform::copies::AccountCopies;
use crate::preferences::LIST_WIDTHS;
use crate::theme::Look;
use crate::widget::composer::Composer;
use crate::widget::flow;
use crate::widget::{Element, control};
use crate::words::{self, Words, fl};
use file::Speeds;
use folders::Folders;
use heliograph_model::{Connection, Delivery, Message as Said, Peer, PeerId, PeerKind, Presence};
use heliograph_store::Drafts;
use heliograph_telegram::{Account, Event};
use iced::advanced::image::Handle;
use iced::{Subscription, Task, event, keyboard, mouse, window};
use jiff::tz::TimeZone;
use jumping::Stop;
use open::{Asking, Open};
use pins::Pins;
use pressing::Presses;
use reading::Reading;
use state::State;
use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Below this width of the window the list and the conversation take turns.
const NARROW: f32 = 720.0;
/// Rows of the chat list in a page.
const CHATS: u32 = 100;
/// Messages in a page.
const MESSAGES: u32 = 50;
/// The state of the screen.
pub struct Chats {
    /// How wide the list would be if its edge were let go now.
    dragged: Option<f32>,
    account: Account,
    platform: Platform,
    state: State,
    folders: Folders,
    connection: Connection,
    /// There has been no connection for more than a moment.
    away: bool,
    /// When what is shown was up to date last, where it is not now.
    current: Option<i64>,
    open: Option<Open>,
    /// Goes up with every conversation that is opened.
    session: u64,
    /// Goes up with every jump.
    jumps: u64,
    /// Goes up to bring the conversation to its end.
    seek: u64,
    /// Where the reader was in each chat.
    spots: HashMap<PeerId, Spot>,
    /// Where one was before one jumped, the last one last.
    back: Vec<Stop>,
    pins: HashMap<PeerId, Pins>,
    reading: Reading,
    composers: HashMap<PeerId, Composer>,
    /// What was begun and not sent, as stored.
    drafts: HashMap<PeerId, Drafts>,
    /// Goes up with every change in a composer: which was the last one of each chat.
    typed: HashMap<PeerId, u64>,
    photos: Photos,
    pictures: Pictures,
    downloads: Downloads,
    speeds: Speeds,
    presses: Presses,
    /// Messages that are on their way from the server.
    pages: Vec<pages::Page>,
    /// The file that is being saved to the path that was entered.
    saving: Option<(PeerId, i32)>,
    /// What is searched for above the list.
    search: search::Search,
    /// What is searched for over everything.
    palette: Option<search::Search>,
    /// Goes up with everything that is searched for.
    searches: u64,
    listed: Range<usize>,
    /// Goes up with everything that may change how a message looks.
    revision: u64,
    told_typing: Option<(PeerId, Instant)>,
    /// An address that somebody wants to open and that is not the one that they see.
    doubted: Option<leading::Doubted>,
    /// Something to say above the composer, until the next thing is done.
    notice: Option<String>,
    zone: TimeZone,
    /// Stands for whom we know nothing of.
    stranger: Peer,
}

impl Chats {
    /// The screen of this account. Files that are being fetched lie in `folder`, which is ours alone.
    pub fn new(account: Account, me: PeerId, folder: PathBuf, platform: Platform) -> (Self, Task<Message>) {
        let downloads = Downloads::new(account.clone(), folder).with_copies(&platform.copies);
        let chats = Self {
            dragged: None,
            account,
            platform,
            state: State::new(me),
            folders: Folders::default(),
            connection: Connection::default(),
            away: false,
            current: None,
            open: None,
            session: 0,
            jumps: 0,
            seek: 0,
            spots: HashMap::new(),
            back: Vec::new(),
            pins: HashMap::new(),
            reading: Reading::default(),
            composers: HashMap::new(),
            drafts: HashMap::new(),
            typed: HashMap::new(),
            photos: Photos::default(),
            pictures: Pictures::default(),
            downloads,
            speeds: Speeds::default(),
            presses: Presses::default(),
            pages: Vec::new(),
            saving: None,
            search: search::Search::default(),
            palette: None,
            searches: 0,
            listed: 0..0,
            revision: 0,
            told_typing: None,
            doubted: None,
            notice: None,
            zone: TimeZone::system(),
            stranger: stranger(),
        };
        let density = iced::window::latest().and_then(iced::window::scale_factor).map(Message::DensityKnown);
        let first = work::chats(&chats.account, None);
        let myself = work::myself(&chats.account);
        let stored = work::start(&chats.account);
        let outgoing = work::outgoing(&chats.account);
        let drafts = work::drafts(&chats.account);
        let transfers = work::transfers(&chats.account);
        (chats, Task::batch([stored, first, myself, outgoing, drafts, transfers, density]))
    }

    /// Something happened on the screen.
    pub fn update(&mut self, message: Message) -> Action {
        let action = self.take(message);
        self.folders_follow();
        action
    }

    fn take(&mut self, message: Message) -> Action {
        // All else may change a message; these are said often and do not.
        if !matches!(
            message,
            Message::Composed(_)
                | Message::Listed(_)
                | Message::Told
                | Message::ListDragged(_)
                | Message::TypingEnded(_)
        ) {
            self.revision += 1;
        }
        let task = match message {
            Message::StartCame(Ok(start)) => {
                let task = self.start_came(*start);
                self.state.waiting_come_last();
                task
            }
            Message::StartCame(Err(error)) => {
                tracing::warn!(%error, "what is stored cannot be shown");
                Task::none()
            }
            Message::ChatsCame(first, Ok(page)) => {
                self.state.learn(page.peers.iter().cloned());
                if first {
                    self.state.roster.first_page(page);
                } else {
                    self.state.roster.next_page(page);
                }
                self.state.waiting_come_last();
                Task::batch([self.more_chats(), self.faces()])
            }
            Message::ChatsCame(_, Err(error)) => {
                self.state.roster.page_failed(error);
                Task::none()
            }
            Message::FoldersCame(Ok(all)) => self.folders_came(all),
            // Asked again with the next connection.
            Message::FoldersCame(Err(_)) => Task::none(),
            Message::FolderChosen(id) => self.folder_chosen(id),
            Message::ConnectionPressed => return Action::Settings(crate::screen::settings::Page::Connection),
            Message::ChatsRetried => self.refetch_chats(),
            Message::Listed(range) => {
                self.listed = range;
                Task::batch([self.more_chats(), self.faces()])
            }
            Message::Opened(chat) => self.opened(chat),
            Message::Closed => self.closed(),
            Message::HistoryCame { chat, asked, page, blurred } => self.history_came(chat, asked, page, blurred),
            Message::StoredCame { chat, asked, page, blurred } => self.stored_came(chat, asked, page, blurred),
            Message::HistoryRetried => self.retry_history(),
            Message::Reached(_) => self.pages_near(),
            Message::Seen(visible) => self.seen(visible),
            Message::Lingered => self.lingered(),
            Message::Focused(focused) => self.focus_changed(focused),
            Message::Placed(saved) => self.placed(saved),
            Message::EndWanted => self.end_wanted(),
            Message::MessageWanted(chat, message) => self.message_wanted(chat, message),
            Message::BackWanted => self.go_back(),
            Message::MentionWanted => self.mention_wanted(),
            Message::ReactionWanted => self.reaction_wanted(),
            Message::MentionsCame(chat, calls) => self.calls_came(chat, calls, |calls| &mut calls.mentions),
            Message::ReactionsCame(chat, calls) => self.calls_came(chat, calls, |calls| &mut calls.reactions),
            Message::PinsCame(chat, pins) => self.pins_came(chat, pins),
            Message::ReplyDropped => self.reply_dropped(),
            Message::PinPressed => self.pin_pressed(),
            Message::ViewsCounted(chat, counts) => self.views_counted(chat, counts),
            Message::Calendar(message) => self.calendar(message),
            Message::Choosing(message) => self.choosing(message),
            Message::MenuWanted(key, at) => self.menu_wanted(key, at),
            Message::Menu(message) => self.menu_chosen(message),
            Message::Deleting(message) => self.deleting(message),
            Message::Deleted(chat, messages) => self.deleted(chat, messages),
            Message::MessageLinkCame(link) => self.message_link_came(link),
            Message::SpoilerOpened(message, start) => self.spoiler_opened(message, start),
            Message::Say(words) => return Action::Say(words),
            Message::Composed(action) => self.composed(action),
            Message::Submitted => self.submitted(),
            Message::DraftsCame(all) => {
                for (chat, drafts) in all {
                    self.draft_came(chat, drafts, 0);
                }
                Task::none()
            }
            Message::DraftWanted => self.draft_wanted(),
            Message::TransfersCame(transfers) => self.transfers_came(transfers),
            Message::OutgoingCame(waiting) => {
                self.state.restore(waiting);
                Task::none()
            }
            Message::SendForgotten(pending) => match self.open_chat() {
                Some(chat) => self.given_up(chat, pending),
                None => Task::none(),
            },
            Message::SendRetried(pending) => self.send_again(pending),
            Message::Marked(chat, result) => self.marked(chat, result.is_ok()),
            Message::TypingEnded(signs) => {
                for (chat, who, sign) in signs {
                    self.state.typing_ended(chat, who, sign);
                }
                Task::none()
            }
            Message::Told => Task::none(),
            Message::BlurredCame(blurred) => {
                self.pictures.add_blurred(blurred);
                Task::none()
            }
            Message::FaceCame(key, face) => {
                let next = self.photos.ended(key, face);
                self.fetch_faces(next)
            }
            Message::PictureCame(photo, picture) => {
                let taking = picture.as_ref().and_then(|picture| self.platform.pictures.allocate(picture));
                if let (Some(picture), Some(taking)) = (&picture, taking) {
                    let picture = picture.clone();
                    let taken = move |taken| Message::PictureTaken(photo, picture.clone(), taken);
                    return Action::Run(taking.map(taken));
                }
                let next = self.pictures.ended(photo, picture);
                self.fetch_pictures(next)
            }
            Message::PictureTaken(photo, picture, taken) => {
                let next = self.pictures.ended(photo, Some(picture));
                if let Some(taken) = taken {
                    self.pictures.hold(photo, taken);
                }
                self.fetch_pictures(next)
            }
            Message::DownloadWanted(message) => self.download(message),
            Message::DownloadCancelled(message) => {
                if let Some(open) = &self.open {
                    self.downloads.cancel(open.chat, message);
                    self.speeds.forget((open.chat, message));
                }
                Task::none()
            }
            Message::Downloaded(message) => {
                let task = self.downloads.update(message).map(Message::Downloaded);
                self.speeds.sample(&self.downloads, self.platform.clock.instant());
                Task::batch([task, self.save_failed()])
            }
            Message::PathEdited(message, path) => {
                if let Some(open) = &self.open {
                    self.downloads.path_changed(open.chat, message, path);
                }
                Task::none()
            }
            Message::SaveWanted(message) => match &self.open {
                Some(open) => {
                    self.saving = Some((open.chat, message));
                    self.downloads.save(open.chat, message).map(Message::Downloaded)
                }
                None => Task::none(),
            },
            Message::Led(link) => return self.led(link),
            Message::LinkAnswered(open) => return self.link_answered(open),
            Message::CodeCopied(code) => self.platform.clipboard.write(code).map(|()| Message::Told),
            Message::Revealed(id) => self.revealed(id),
            Message::AnswerChosen(id, answer) => self.answered(id, answer),
            Message::VoteWanted(id) => self.voted_for(id),
            Message::Voted(chat, id, result) => match self.voted(chat, id, result) {
                Ok(()) => Task::none(),
                Err(error) => return Action::Say(words::error(&error)),
            },
            Message::ExplanationWanted(id) => self.explained(id),
            // Drawn anew with it.
            Message::Ticked => Task::none(),
            Message::LinkPressed(url) => {
                self.notice = None;
                match link::parse(&url) {
                    Some(Link::Name(name)) => return self.open_name(name),
                    Some(Link::Proxy(proxy)) => return Action::Proxy(Box::new(proxy)),
                    // Whatever handles these is ourselves.
                    Some(Link::Other) if !url.starts_with("http") => {
                        return Action::Say(fl!(Words, "link-other-kind"));
                    }
                    Some(Link::Other) | None => work::open_link(url),
                }
            }
            Message::LinkOpened(_, true) => Task::none(),
            Message::LinkOpened(url, false) => {
                self.notice = Some(fl!(Words, "link-copied", url = url.clone()));
                self.platform.clipboard.write(url).map(|()| Message::Told)
            }
            Message::PeerWanted(peer) | Message::CommentsWanted(_, _, peer) => return self.peer_wanted(peer),
            Message::ReactionPressed(message, kind) => return self.reaction_pressed(message, &kind),
            Message::ButtonPressed(message, place) => return self.button_pressed(message, place),
            Message::ButtonAnswered(chat, message, place, answer) => {
                return self.button_answered(chat, message, place, answer);
            }
            Message::KeyPressed(message, button) => return self.key_pressed(message, button),
            Message::AlertConfirmed => {
                self.alert_confirmed();
                Task::none()
            }
            Message::Noted(words) => return Action::Say(words),
            Message::AnsweredCame(chat, numbers, found) => {
                self.answered_came(chat, &numbers, found);
                self.visible_changed()
            }
            Message::MyselfCame(Ok(me)) => {
                self.state.learn([me]);
                self.faces()
            }
            // Asked again with the next connection.
            Message::MyselfCame(Err(_)) => Task::none(),
            Message::NameCame(_, Ok(Some(peer))) => {
                let chat = peer.id;
                self.state.learn([peer]);
                self.opened(chat)
            }
            Message::NameCame(name, Ok(None)) => return Action::Say(fl!(Words, "link-nobody", name = name)),
            Message::NameCame(_, Err(error)) => return Action::Say(words::error(&error)),
            Message::Search(place, message) => return self.searching(place, message),
            Message::ListDragged(width) => {
                self.dragged = Some(width.clamp(*LIST_WIDTHS.start(), *LIST_WIDTHS.end()));
                Task::none()
            }
            Message::ListDropped => {
                return self.dragged.take().map_or(Action::None, |width| Action::ListWidth(width.round()));
            }
            Message::Escaped => self.escaped(),
            Message::DensityKnown(density) => {
                self.pictures.set_density(density);
                Task::none()
            }
        };
        Action::Run(task)
    }

    /// Something happened by itself.
    pub fn event(&mut self, event: Event) -> Action {
        // What changes say whether they are seen in a message.
        if !matches!(event, Event::Changes(_)) {
            self.revision += 1;
        }
        let action = self.hear(event);
        self.folders_follow();
        action
    }

    fn hear(&mut self, event: Event) -> Action {
        match event {
            Event::Folders(all) => Action::Run(self.folders_came(all)),
            Event::Named { page, archived } => Action::Run(self.named_came(page, &archived)),
            Event::Connection(connection) => Action::Run(self.connected(connection)),
            Event::Changes(changes) => Action::Run(self.changed(changes)),
            Event::Draft { chat, drafts, number } => {
                self.draft_came(chat, *drafts, number);
                Action::None
            }
            Event::Outgoing { chat, pending, delivery } => {
                self.progressed(chat, pending, &delivery);
                Action::None
            }
            Event::Unwritten { chat, pending } => {
                self.progressed(chat, pending, &Delivery::Unknown);
                Action::Run(self.given_up(chat, pending))
            }
            Event::Refused { error, .. } => Action::Run(Task::done(Message::Say(words::error(&error)))),
            Event::SignedOut | Event::LoginTokenAccepted => Action::None,
        }
    }

    /// Opens the chat with this public name: from the list, else the server says who that is.
    pub fn open_name(&mut self, name: String) -> Action {
        self.revision += 1;
        let has = |peer: &Peer| peer.username.as_ref().is_some_and(|username| username.eq_ignore_ascii_case(&name));
        let mut listed = self.state.roster.order().iter().filter_map(|id| self.state.peers.get(id));
        match listed.find(|peer| has(peer)).map(|peer| peer.id) {
            Some(chat) => Action::Run(self.opened(chat)),
            None => Action::Run(work::resolve(&self.account, name)),
        }
    }

    /// Escape takes back one thing at a time: what is chosen, then the conversation or the search, the later one first.
    fn escaped(&mut self) -> Task<Message> {
        match &self.open {
            _ if self.palette.is_some() => self.search_ended(search::Place::Palette),
            Some(open) if open.choosing.is_on() => {
                self.choose_nothing();
                Task::none()
            }
            Some(open) if open.inside.is_some() && !self.search.is_on_top() => self.search_ended(search::Place::Inside),
            Some(_) if !self.search.is_on_top() => self.closed(),
            None if !self.search.is_on() && self.folders.chosen().is_some() => self.folder_chosen(0),
            _ => self.search_ended(search::Place::List),
        }
    }

    /// What Escape does, if anything.
    pub fn on_escape(&self) -> Option<Message> {
        let folder = self.folders.chosen().is_some();
        (self.open.is_some() || self.search.is_on() || self.palette.is_some() || folder).then_some(Message::Escaped)
    }

    /// The screen, in a window of this width; the list beside a conversation is so wide, where there is room for both.
    pub fn view<'a>(&'a self, look: Look, words: &'a Words, width: f32, list: f32) -> Element<'a, Message> {
        use iced::Length::Fill;
        use iced::widget::container;
        let narrow = width < NARROW;
        let screen: Element<'a, Message> = match (&self.open, narrow) {
            (Some(open), true) => conversation::view(self, open, look, words, true),
            (open, _) => {
                // A conversation needs room too.
                let list = self.dragged.unwrap_or(list).min(width - NARROW / 2.0).max(*LIST_WIDTHS.start());
                let list = list::view(self, look, words, (!narrow).then(|| list.round()));
                let pane: Option<Element<'a, Message>> = (!narrow).then(|| match open {
                    Some(open) => conversation::view(self, open, look, words, false),
                    None => conversation::none(look, words),
                });
                let parts = std::iter::once(list).chain(pane);
                flow::row(look, parts).width(Fill).height(Fill).into()
            }
        };
        // Every part has its own ground; another one under all of them would be drawn for nothing.
        let screen = container(screen).width(Fill).height(Fill);
        let screen = iced::widget::stack![screen].push(search::palette::view(self, look, words));
        let in_conversation = self.open.is_some();
        let screen = control::focus::keys(screen)
            .on_shortcut(move |key, modifiers| search::shortcut(key, modifiers, in_conversation));
        let asked = self.alert(look).or_else(|| self.doubt(look)).or_else(|| conversation::asking(self, look, words));
        control::with_dialog(look, screen, asked)
    }

    /// Whether a window of this width has no room for the rail beside it.
    pub fn fills(&self, width: f32) -> bool {
        self.open.is_some() && width < NARROW
    }

    /// Our own photo, round, for 40 pixels.
    pub fn face(&self) -> Option<&Handle> {
        self.photos.get(self.peer(self.state.me)).map(|face| &face.medium)
    }

    /// Unread messages in all chats that make a sound.
    pub fn unread(&self) -> u32 {
        let chats = self.state.roster.order().iter().filter_map(|id| self.state.roster.get(*id));
        chats.filter(|chat| !chat.muted).map(|chat| chat.unread).fold(0, u32::saturating_add)
    }

    /// Who is signed in, as far as we were told, and their photo.
    pub fn who(&self) -> (&Peer, Option<&Handle>) {
        let me = self.peer(self.state.me);
        (me, self.photos.get(me).map(|face| &face.large))
    }

    /// What other programs show of the account.
    pub fn copies(&self) -> Arc<AccountCopies> {
        self.downloads.copies()
    }

    /// The screen comes to the front of a window that has the focus, or goes behind. Says whether it had the focus.
    pub fn turned(&mut self, front: bool) -> (bool, Task<Message>) {
        self.revision += 1;
        let had = self.reading.is_focused();
        (had, self.focus_changed(front))
    }

    /// What the screen listens to by itself. Only in `front` it is one's business what is done in the window.
    pub fn subscription(&self, front: bool) -> Subscription<Message> {
        // Where it was not told yet that the window has the focus, whatever is done in it says so.
        let focus = iced::event::listen_with(if self.reading.is_focused() { of_focus } else { of_focus_or_use });
        // The one clock for what must tick.
        let ticks =
            self.counts_down().then(|| iced::time::every(std::time::Duration::from_secs(1)).map(|_| Message::Ticked));
        Subscription::batch(front.then_some(focus).into_iter().chain(ticks))
    }

    /// The chat that is open.
    pub fn open_chat(&self) -> Option<PeerId> {
        self.open.as_ref().map(|open| open.chat)
    }

    /// The time by which "Yesterday" and "last seen" are said; whoever draws us again each minute keeps them right.
    fn now(&self) -> i64 {
        self.platform.clock.now().as_second()
    }

    fn peer(&self, id: PeerId) -> &Peer {
        self.state.peers.get(&id).unwrap_or(&self.stranger)
    }

    fn history(&self) -> Option<&history::History> {
        self.state.histories.get(&self.open.as_ref()?.chat)
    }
}

/// The window has the focus, or not any more.
fn of_focus(event: iced::Event, _status: event::Status, _window: window::Id) -> Option<Message> {
    match event {
        iced::Event::Window(window::Event::Focused) => Some(Message::Focused(true)),
        iced::Event::Window(window::Event::Unfocused) => Some(Message::Focused(false)),
        _ => None,
    }
}

/// The same, or something is done in the window.
fn of_focus_or_use(event: iced::Event, status: event::Status, window: window::Id) -> Option<Message> {
    match event {
        iced::Event::Keyboard(keyboard::Event::KeyPressed { .. })
        | iced::Event::Mouse(mouse::Event::ButtonPressed(_)) => Some(Message::Focused(true)),
        event => of_focus(event, status, window),
    }
}

/// Somebody whom nobody has told us about.
fn stranger() -> Peer {
    Peer {
        id: PeerId::User(0),
        kind: PeerKind::User { is_self: false, bot: false, deleted: false, presence: Presence::Unknown },
        name: String::new(),
        username: None,
        photo: None,
        hue: 0,
        members: None,
        verified: false,
        protected: false,
        writable: true,
        contact: false,
    }
}

impl std::fmt::Debug for Chats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chats").field("open", &self.open_chat()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
