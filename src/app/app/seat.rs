//! One account at the window: its screen, its session, and what connects the two.

use super::events::Source;
use super::{Boot, Place};
use crate::screen::{chats, opening, sign_in};
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::focus::keys;
use crate::words::{Words, fl};
use heliograph_model::{Peer, PeerId};
use heliograph_store::{Store, key};
use heliograph_telegram::{Account, Event};
use iced::widget::image::Handle;
use iced::widget::{responsive, space};
use iced::{Subscription, Task};
use std::sync::Arc;

static WORDS: Words = Words;

/// Tells the seats of one run of the program apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id(pub(super) u64);

/// The seat.
pub(super) struct Seat {
    id: Id,
    place: Arc<Place>,
    boot: Arc<Boot>,
    screen: Screen,
    session: Option<Session>,
    /// How many accounts were opened here, one after the other.
    opened: u64,
    /// What to say on the sign-in screen that comes next.
    notice: Option<String>,
    /// The sample account is entered by itself once, not again after logging out of it.
    enter_demo: bool,
}

/// An open account.
struct Session {
    account: Account,
    store: Store,
    source: Source,
}

enum Screen {
    /// Nothing asked of the disk yet: the window comes first.
    Blank,
    Opening(Box<opening::Opening>),
    SignIn(Box<sign_in::SignIn>),
    Chats(Box<chats::Chats>),
}

/// What happens at a seat.
pub enum Message {
    /// On the opening screen.
    Opening(opening::Message),
    /// On the sign-in screen.
    SignIn(sign_in::Message),
    /// On the chats screen.
    Chats(chats::Message),
    /// On Telegram.
    Happened(Vec<Event>),
}

/// What a seat needs of the application.
pub(super) enum Action {
    /// To run this.
    Run(Task<Message>),
}

impl Seat {
    /// A seat at this place. Nothing happens before [`Seat::open`].
    pub(super) fn new(id: Id, place: Place, boot: Arc<Boot>, enter_demo: bool) -> Self {
        Self {
            id,
            place: Arc::new(place),
            boot,
            screen: Screen::Blank,
            session: None,
            opened: 0,
            notice: None,
            enter_demo,
        }
    }

    /// Which one it is.
    pub(super) fn id(&self) -> Id {
        self.id
    }

    /// Where its account lies.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// Begins to open the account, once.
    pub(super) fn open(&mut self) -> Task<Message> {
        if !matches!(self.screen, Screen::Blank) {
            return Task::none();
        }
        let (opening, task) = opening::Opening::new(self.place.clone(), self.boot.settings.clone());
        self.screen = Screen::Opening(Box::new(opening));
        task.map(Message::Opening)
    }

    /// Takes in what happened.
    pub(super) fn update(&mut self, message: Message) -> Action {
        Action::Run(match message {
            Message::Opening(message) => {
                let Screen::Opening(opening) = &mut self.screen else { return Action::Run(Task::none()) };
                match opening.update(message) {
                    opening::Action::None => Task::none(),
                    opening::Action::Run(task) => task.map(Message::Opening),
                    opening::Action::Opened(opened) => self.opened(opened),
                }
            }
            Message::SignIn(message) => {
                let Screen::SignIn(sign_in) = &mut self.screen else { return Action::Run(Task::none()) };
                let action = sign_in.update(message);
                self.after_sign_in(action)
            }
            Message::Chats(message) => {
                let Screen::Chats(chats) = &mut self.screen else { return Action::Run(Task::none()) };
                let action = chats.update(message);
                self.after_chats(action)
            }
            Message::Happened(events) => Task::batch(events.into_iter().map(|event| self.happened(event))),
        })
    }

    /// An account is open: on to its chats, or to signing in.
    fn opened(&mut self, opened: opening::Opened) -> Task<Message> {
        self.opened += 1;
        let account = opened.account;
        let source = Source { seat: self.id, number: self.opened, events: opened.events };
        let me = account.me();
        self.session = Some(Session { account: account.clone(), store: opened.store, source });
        match me {
            Some(me) => self.show_chats(me),
            None => self.show_sign_in(account),
        }
    }

    fn show_sign_in(&mut self, account: Account) -> Task<Message> {
        let no_api_id = self.boot.settings.api_id == 0;
        let (mut sign_in, task) = sign_in::SignIn::new(account, self.boot.demo.clone(), no_api_id, self.notice.take());
        let action = if std::mem::take(&mut self.enter_demo) { sign_in.enter_demo() } else { sign_in::Action::None };
        self.screen = Screen::SignIn(Box::new(sign_in));
        let entering = self.after_sign_in(action);
        Task::batch([task.map(Message::SignIn), entering])
    }

    fn show_chats(&mut self, me: PeerId) -> Task<Message> {
        let Some(session) = &self.session else { return Task::none() };
        self.notice = None;
        let (chats, task) = chats::Chats::new(session.account.clone(), me, self.place.folder.join("downloads"));
        self.screen = Screen::Chats(Box::new(chats));
        task.map(Message::Chats)
    }

    fn after_sign_in(&mut self, action: sign_in::Action) -> Task<Message> {
        match action {
            sign_in::Action::None => Task::none(),
            sign_in::Action::Run(task) => task.map(Message::SignIn),
            sign_in::Action::SignedIn(me) => self.show_chats(me),
        }
    }

    fn after_chats(&mut self, action: chats::Action) -> Task<Message> {
        match action {
            chats::Action::None => Task::none(),
            chats::Action::Run(task) => task.map(Message::Chats),
            chats::Action::LogOut => self.leave(fl!(Words, "sign-in-logged-out")),
        }
    }

    fn happened(&mut self, event: Event) -> Task<Message> {
        if event == Event::SignedOut {
            return self.leave(fl!(Words, "sign-in-signed-out-elsewhere"));
        }
        match &mut self.screen {
            Screen::Chats(chats) => {
                let action = chats.event(event);
                self.after_chats(action)
            }
            Screen::SignIn(sign_in) => {
                if let Event::Connection(connection) = event {
                    sign_in.connection(connection);
                }
                Task::none()
            }
            Screen::Blank | Screen::Opening(_) => Task::none(),
        }
    }

    /// Ends the session and begins again with nothing: what is left of the old account would only be in the way.
    fn leave(&mut self, notice: String) -> Task<Message> {
        let Some(session) = self.session.take() else { return Task::none() };
        self.notice = Some(notice);
        let leaving = session.leave(self.place.clone());
        let (opening, task) = opening::Opening::after(self.place.clone(), self.boot.settings.clone(), leaving);
        self.screen = Screen::Opening(Box::new(opening));
        task.map(Message::Opening)
    }

    /// What ends the connections of its account at the end of the program.
    pub(super) fn farewell(&mut self) -> Option<impl Future<Output = ()> + Send + 'static> {
        let session = self.session.take()?;
        Some(async move { session.account.shut_down().await })
    }

    /// Its screen.
    pub(super) fn view(&self, look: Look) -> Element<'_, Message> {
        match &self.screen {
            Screen::Blank => space().into(),
            Screen::Opening(opening) => {
                let view = responsive(move |size| opening.view(look, WORDS, size));
                Element::from(keys(view)).map(Message::Opening)
            }
            Screen::SignIn(sign_in) => {
                let view = responsive(move |size| sign_in.view(look, WORDS, size));
                Element::from(keys(view).on_escape(Some(sign_in::Message::Back))).map(Message::SignIn)
            }
            Screen::Chats(chats) => {
                let view = responsive(move |size| chats.view(look, &WORDS, size.width));
                Element::from(keys(view).on_escape(chats.on_escape())).map(Message::Chats)
            }
        }
    }

    /// The account that somebody is signed in to.
    pub(super) fn signed_in(&self) -> Option<Account> {
        self.session.as_ref().map(|session| session.account.clone()).filter(|account| account.me().is_some())
    }

    /// Who is signed in, as far as we were told, and their photo.
    pub(super) fn who(&self) -> Option<(&Peer, Option<&Handle>)> {
        match &self.screen {
            Screen::Chats(chats) => Some(chats.who()),
            _ => None,
        }
    }

    /// Ends the session of whoever is signed in.
    pub(super) fn log_out(&mut self) -> Task<Message> {
        self.leave(fl!(Words, "sign-in-logged-out"))
    }

    /// What it listens to by itself.
    pub(super) fn subscription(&self) -> Subscription<Message> {
        let of_screen = match &self.screen {
            Screen::Blank | Screen::Opening(_) => Subscription::none(),
            Screen::SignIn(sign_in) => sign_in.subscription().map(Message::SignIn),
            Screen::Chats(chats) => chats.subscription().map(Message::Chats),
        };
        let of_account = self.session.as_ref().map(|session| session.source.subscription().map(Message::Happened));
        Subscription::batch([of_screen].into_iter().chain(of_account))
    }

    /// Whether it shows times, which grow old.
    pub(super) fn shows_times(&self) -> bool {
        matches!(self.screen, Screen::Chats(_))
    }
}

impl Session {
    /// Logs out and removes what was kept.
    async fn leave(self, place: Arc<Place>) {
        if let Err(error) = self.account.log_out().await {
            tracing::warn!("logging out: {error}");
        }
        self.account.shut_down().await;
        // The file before its key: a file without a key would stand in the way of the next one who signs in.
        if let Err(error) = self.store.destroy().await {
            tracing::warn!("removing the account's file, which is empty: {error}");
            return;
        }
        if let Err(error) = key::destroy(place.key_storage, &place.folder, &place.id).await {
            tracing::warn!("removing the account's key, which opens nothing any more: {error}");
        }
    }
}
