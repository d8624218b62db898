//! One account at the window: its screen, its session, and what connects the two.

use super::events::Source;
use super::pieces::Piece;
use super::{Boot, Place};
use crate::platform::copies::AccountCopies;
use crate::preferences::ApiCredentials;
use crate::screen::rail::{Entry, Standing};
use crate::screen::{chats, opening, sign_in};
use crate::theme::Look;
use crate::widget::Element;
use crate::words::{Words, fl};
use heliograph_model::{Peer, PeerId};
use heliograph_store::{Store, key};
use heliograph_telegram::{Account, Event, Proxy};
use iced::widget::image::Handle;
use iced::widget::space;
use iced::{Size, Subscription, Task};
use std::process::Stdio;
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
    /// Its account, if it is being opened already.
    ahead: Option<opening::Ahead>,
    screen: Screen,
    session: Option<Session>,
    /// How many accounts were opened here, one after the other.
    opened: u64,
    /// What to say on the sign-in screen that comes next.
    notice: Option<String>,
    /// The sample account is entered by itself once, not again after logging out of it.
    enter_demo: bool,
    /// Nobody was ever signed in here: it was made for somebody who is about to.
    fresh: bool,
    /// Who was signed in here, in this run.
    was: Option<Peer>,
    /// It is to go as soon as it can be known what has to be put away.
    unwanted: bool,
}

/// An open account.
struct Session {
    account: Account,
    store: Store,
    source: Source,
    /// What other programs show of it.
    copies: Option<Arc<AccountCopies>>,
}

enum Screen {
    /// Nothing asked of the disk yet: the window comes first.
    Blank,
    Opening(Box<opening::Opening>),
    SignIn(Box<sign_in::SignIn>),
    Chats(Box<chats::Chats>),
}

/// What happens at a seat.
#[derive(Clone)]
pub enum Message {
    /// On the opening screen.
    Opening(opening::Message),
    /// On the sign-in screen.
    SignIn(sign_in::Message),
    /// On the chats screen.
    Chats(chats::Message),
    /// On Telegram.
    Happened(Piece),
}

/// What a seat needs of the application.
pub(super) enum Action {
    /// To run this.
    Run(Task<Message>),
    /// Its account is open, and this is who is signed in; [`Seat::proceed`] goes on from here.
    Known(Option<PeerId>),
    /// Its account did not open, and nobody wants it any more.
    Failed,
    /// To keep the person's own api_id and api_hash, and to use them.
    Api(ApiCredentials),
    /// To say this over whatever is shown.
    Say(String),
    /// To keep the list of chats so wide.
    ListWidth(f32),
    /// To show this page of the settings.
    Settings(crate::screen::settings::Page),
    /// To ask whether to add this proxy.
    Proxy(Box<Proxy>),
}

impl Seat {
    /// A seat at this place. Nothing happens before [`Seat::open`].
    pub(super) fn new(id: Id, place: Place, boot: Arc<Boot>, fresh: bool) -> Self {
        let enter_demo = id.0 == 0 && boot.demo.as_ref().is_some_and(|demo| demo.signed_in);
        Self {
            id,
            place: Arc::new(place),
            boot,
            ahead: None,
            screen: Screen::Blank,
            session: None,
            opened: 0,
            notice: None,
            enter_demo,
            fresh,
            was: None,
            unwanted: false,
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

    /// Begins to open the account before there is a window to show it in.
    pub(super) fn hurry(&mut self) {
        self.ahead = opening::Ahead::begin(self.place.clone(), self.boot.settings_now());
    }

    /// Begins to open the account, once.
    pub(super) fn open(&mut self) -> Task<Message> {
        if !matches!(self.screen, Screen::Blank) {
            return Task::none();
        }
        let (opening, task) = opening::Opening::new(self.place.clone(), self.boot.settings_now(), self.ahead.take());
        self.screen = Screen::Opening(Box::new(opening));
        task.map(Message::Opening)
    }

    /// Takes in what happened.
    pub(super) fn update(&mut self, message: Message) -> Action {
        Action::Run(match message {
            Message::Opening(message) => {
                let Screen::Opening(opening) = &mut self.screen else { return Action::Run(Task::none()) };
                match opening.update(message) {
                    opening::Action::None if self.unwanted && !opening.busy() => return Action::Failed,
                    opening::Action::None => Task::none(),
                    opening::Action::Run(_) if self.unwanted && !opening.busy() => return Action::Failed,
                    opening::Action::Run(task) => task.map(Message::Opening),
                    opening::Action::Opened(opened) => return self.opened(opened),
                }
            }
            Message::SignIn(message) => {
                let Screen::SignIn(sign_in) = &mut self.screen else { return Action::Run(Task::none()) };
                let action = sign_in.update(message);
                return self.after_sign_in(action);
            }
            Message::Chats(message) => {
                let Screen::Chats(chats) = &mut self.screen else { return Action::Run(Task::none()) };
                return after_chats(chats.update(message));
            }
            // Let go of when all of it is taken in.
            Message::Happened(Piece { events, _turn }) => {
                Task::batch(events.into_iter().map(|event| self.happened(event)))
            }
        })
    }

    fn opened(&mut self, opened: opening::Opened) -> Action {
        self.opened += 1;
        // The person may have chosen another place for the key.
        self.place = opened.place;
        let account = opened.account;
        let source = Source { seat: self.id, number: self.opened, events: opened.events };
        let me = account.me();
        self.session = Some(Session { account, store: opened.store, source, copies: None });
        Action::Known(me)
    }

    /// Its account is open: on to its chats, or to signing in.
    pub(super) fn proceed(&mut self, me: Option<PeerId>) -> Action {
        let Some(session) = &self.session else { return Action::Run(Task::none()) };
        let account = session.account.clone();
        let Some(me) = me else { return self.show_sign_in(account) };
        (self.notice, self.fresh) = (None, false);
        let connection = account.told_connection();
        let (chats, task) =
            chats::Chats::new(account, me, self.place.folder.join("downloads"), self.boot.platform.clone());
        if let Some(session) = &mut self.session {
            session.copies = Some(chats.copies());
        }
        self.screen = Screen::Chats(Box::new(chats));
        let task = task.map(Message::Chats);
        // What was told while one signed in is not told again.
        let known = connection.map(|connection| self.happened(Event::Connection(connection)));
        Action::Run(Task::batch([task, known.unwrap_or_else(Task::none)]))
    }

    fn show_sign_in(&mut self, account: Account) -> Action {
        let no_api_id = self.boot.settings.api_id == 0;
        let (mut sign_in, task) = sign_in::SignIn::new(account, self.boot.demo.clone(), no_api_id, self.notice.take());
        let action = if std::mem::take(&mut self.enter_demo) { sign_in.enter_demo() } else { sign_in::Action::None };
        self.screen = Screen::SignIn(Box::new(sign_in));
        match self.after_sign_in(action) {
            Action::Run(entering) => Action::Run(Task::batch([task.map(Message::SignIn), entering])),
            action => action,
        }
    }

    fn after_sign_in(&mut self, action: sign_in::Action) -> Action {
        match action {
            sign_in::Action::None => Action::Run(Task::none()),
            sign_in::Action::Run(task) => Action::Run(task.map(Message::SignIn)),
            sign_in::Action::SignedIn(me) => Action::Known(Some(me)),
            sign_in::Action::Api(own) => Action::Api(own),
            sign_in::Action::Connection => Action::Settings(crate::screen::settings::Page::Connection),
            sign_in::Action::Demo => Action::Run(Task::future(demo_beside()).discard()),
        }
    }

    fn happened(&mut self, event: Event) -> Task<Message> {
        if event == Event::SignedOut {
            return self.leave(fl!(Words, "sign-in-signed-out-elsewhere"));
        }
        match &mut self.screen {
            Screen::Chats(chats) => match chats.event(event) {
                chats::Action::Run(task) => task.map(Message::Chats),
                chats::Action::None
                | chats::Action::Say(_)
                | chats::Action::ListWidth(_)
                | chats::Action::Settings(_)
                | chats::Action::Proxy(_) => Task::none(),
            },
            Screen::SignIn(sign_in) => {
                let action = match event {
                    Event::Connection(connection) => sign_in.connection(connection),
                    Event::LoginTokenAccepted => sign_in.token_accepted(),
                    _ => sign_in::Action::None,
                };
                match action {
                    sign_in::Action::Run(task) => task.map(Message::SignIn),
                    _ => Task::none(),
                }
            }
            Screen::Blank | Screen::Opening(_) => Task::none(),
        }
    }

    /// Ends the session and begins again with nothing: what is left of the old account would only be in the way.
    pub(super) fn leave(&mut self, notice: String) -> Task<Message> {
        let Some(session) = self.session.take() else { return Task::none() };
        if let Screen::Chats(chats) = &self.screen {
            self.was = Some(chats.who().0.clone());
        }
        self.notice = Some(notice);
        let leaving = session.leave(self.place.clone());
        let (opening, task) = opening::Opening::after(self.place.clone(), self.boot.settings_now(), leaving);
        self.screen = Screen::Opening(Box::new(opening));
        task.map(Message::Opening)
    }

    /// Begins again as the program that this is started as now, unless somebody is signed in already.
    pub(super) fn begin_anew(&mut self, boot: Arc<Boot>) -> Task<Message> {
        self.boot = boot;
        if !matches!(self.screen, Screen::SignIn(_)) {
            return Task::none();
        }
        let Some(session) = self.session.take() else { return Task::none() };
        let ended = async move { session.account.shut_down().await };
        let (opening, task) = opening::Opening::anew(self.place.clone(), self.boot.settings_now(), ended);
        self.screen = Screen::Opening(Box::new(opening));
        task.map(Message::Opening)
    }

    /// Logs out, if somebody is signed in, and removes what was kept here: for a seat that goes.
    pub(super) fn dissolve(self) -> impl Future<Output = ()> + Send + 'static {
        let Self { place, session, .. } = self;
        async move {
            match session {
                Some(session) => session.leave(place).await,
                // Not opened: all that there can be of a fresh one is its key.
                None => remove_key(&place).await,
            }
        }
    }

    /// Says that nobody wants it any more. Whether it can go at once; else it goes when its account is open.
    pub(super) fn unwant(&mut self) -> bool {
        self.unwanted = true;
        !matches!(&self.screen, Screen::Opening(opening) if opening.busy())
    }

    /// Whether it is about to go.
    pub(super) fn unwanted(&self) -> bool {
        self.unwanted
    }

    /// Whether nothing is lost with it: nobody is signed in.
    pub(super) fn is_empty(&self) -> bool {
        match &self.screen {
            Screen::SignIn(_) => true,
            Screen::Blank | Screen::Opening(_) => self.fresh,
            Screen::Chats(_) => false,
        }
    }

    /// Whether it was found at the start without anybody signed in.
    pub(super) fn left_over(&self) -> bool {
        !self.fresh && self.was.is_none()
    }

    /// Who is signed in.
    pub(super) fn me(&self) -> Option<PeerId> {
        self.session.as_ref()?.account.me()
    }

    /// The screen of its chats, where somebody is signed in.
    pub(super) fn chats(&self) -> Option<&chats::Chats> {
        match &self.screen {
            Screen::Chats(chats) => Some(chats),
            Screen::Blank | Screen::Opening(_) | Screen::SignIn(_) => None,
        }
    }

    /// Opens the chat with this public name.
    pub(super) fn open_name(&mut self, name: String) -> Action {
        match &mut self.screen {
            Screen::Chats(chats) => after_chats(chats.open_name(name)),
            Screen::Blank | Screen::Opening(_) | Screen::SignIn(_) => Action::Run(Task::none()),
        }
    }

    /// The account, whether or not somebody is signed in.
    pub(super) fn account(&self) -> Option<Account> {
        self.session.as_ref().map(|session| session.account.clone())
    }

    /// The account that somebody is signed in to.
    pub(super) fn signed_in(&self) -> Option<Account> {
        self.session.as_ref().map(|session| session.account.clone()).filter(|account| account.me().is_some())
    }

    /// Who is signed in, as far as we were told, and their photo.
    pub(super) fn who(&self) -> Option<(&Peer, Option<&Handle>)> {
        self.chats().map(chats::Chats::who)
    }

    /// What the rail says of it.
    pub(super) fn entry(&self, current: Id) -> Entry<'_> {
        let (who, standing) = match &self.screen {
            Screen::Chats(chats) => (Some((chats.who().0, chats.face())), Standing::SignedIn(chats.unread())),
            Screen::Blank => (None, Standing::Opening),
            Screen::Opening(opening) if opening.busy() => (None, Standing::Opening),
            Screen::Opening(_) => (None, Standing::Closed),
            Screen::SignIn(_) => (None, Standing::SignedOut),
        };
        let who = who.or(self.was.as_ref().map(|was| (was, None)));
        Entry { id: self.id, who, standing, current: self.id == current }
    }

    /// What ends the connections of its account at the end of the program.
    pub(super) fn farewell(&mut self) -> Option<impl Future<Output = ()> + Send + 'static> {
        let session = self.session.take()?;
        let (place, fresh) = (self.place.clone(), self.fresh);
        Some(async move {
            if fresh && session.account.me().is_none() {
                session.leave(place).await;
            } else {
                session.account.shut_down().await;
            }
        })
    }

    /// It comes to the front of a window that has the focus, or goes behind. Says whether it had the focus, and what is
    /// to be done; nothing where nobody is signed in.
    pub(super) fn turned(&mut self, front: bool) -> Option<(bool, Task<Message>)> {
        match &mut self.screen {
            Screen::Chats(chats) => {
                let (had, task) = chats.turned(front);
                Some((had, task.map(Message::Chats)))
            }
            Screen::Blank | Screen::Opening(_) | Screen::SignIn(_) => None,
        }
    }

    /// What Escape does on it, if anything.
    pub(super) fn on_escape(&self) -> Option<Message> {
        match &self.screen {
            Screen::Blank | Screen::Opening(_) => None,
            Screen::SignIn(_) => Some(Message::SignIn(sign_in::Message::Back)),
            Screen::Chats(chats) => chats.on_escape().map(Message::Chats),
        }
    }

    /// Its screen, in a window of this size.
    pub(super) fn view(&self, look: Look, size: Size, list: f32) -> Element<'_, Message> {
        match &self.screen {
            Screen::Blank => space().into(),
            Screen::Opening(opening) => opening.view(look, WORDS, size).map(Message::Opening),
            Screen::SignIn(sign_in) => sign_in.view(look, WORDS, size).map(Message::SignIn),
            Screen::Chats(chats) => chats.view(look, &WORDS, size.width, list).map(Message::Chats),
        }
    }

    /// What it listens to by itself. Only the one in `front` hears what is done in the window.
    pub(super) fn subscription(&self, front: bool) -> Subscription<Message> {
        let of_screen = match &self.screen {
            Screen::Blank | Screen::Opening(_) => Subscription::none(),
            Screen::SignIn(sign_in) => sign_in.subscription().map(Message::SignIn),
            Screen::Chats(chats) => chats.subscription(front).map(Message::Chats),
        };
        let of_account = self.session.as_ref().map(|session| session.source.subscription().map(Message::Happened));
        Subscription::batch([of_screen].into_iter().chain(of_account))
    }
}

fn after_chats(action: chats::Action) -> Action {
    match action {
        chats::Action::None => Action::Run(Task::none()),
        chats::Action::Run(task) => Action::Run(task.map(Message::Chats)),
        chats::Action::Say(words) => Action::Say(words),
        chats::Action::ListWidth(width) => Action::ListWidth(width),
        chats::Action::Settings(page) => Action::Settings(page),
        chats::Action::Proxy(proxy) => Action::Proxy(proxy),
    }
}

async fn remove_key(place: &Place) {
    if let Err(error) = key::destroy(place.key_storage, &place.folder, &place.id).await {
        tracing::warn!("removing the account's key, which opens nothing any more: {error}");
    }
}

/// Opens the demo in a window of its own. It has its own folder, and nothing of it stays.
async fn demo_beside() {
    let command = std::env::current_exe().map(|program| {
        let mut command = tokio::process::Command::new(program);
        command.arg("--demo=signed-in").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    });
    match command.and_then(|mut command| command.spawn()) {
        // Waited for, so that nothing of it is left behind while we run.
        Ok(mut child) => drop(child.wait().await),
        Err(error) => tracing::warn!(%error, "the demo cannot be started"),
    }
}

impl Session {
    /// Logs out and removes what was kept.
    async fn leave(self, place: Arc<Place>) {
        if let Some(copies) = self.copies {
            // One that cannot be removed goes at the end of the program.
            let _ = tokio::task::spawn_blocking(move || copies.clear()).await;
        }
        if self.account.me().is_some()
            && let Err(error) = self.account.log_out().await
        {
            tracing::warn!("logging out: {error}");
        }
        self.account.shut_down().await;
        // The file before its key: a file without a key would stand in the way of the next one who signs in. But if it
        // stays, nobody shall read it.
        if let Err(error) = self.store.destroy().await {
            tracing::warn!("removing the account's file: {error}");
        }
        remove_key(&place).await;
    }
}
