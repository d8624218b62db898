//! The application: its windows, its screens, and what connects them to the account.

mod boot;
mod events;
mod sign;

pub use boot::{Boot, DemoHint};

use crate::preferences::{Desktop, Preferences};
use crate::screen::{chats, opening, sign_in};
use crate::theme::{Look, fonts};
use crate::widget::Element;
use crate::widget::control::focus::keys;
use crate::words::{Words, fl};
use events::Source;
use heliograph_model::PeerId;
use heliograph_store::{Store, key};
use heliograph_telegram::{Account, Event};
use iced::widget::{responsive, space};
use iced::{Program, Size, Subscription, Task, Theme, system, window};
use std::sync::Arc;
use std::time::Duration;

/// The size of a new window.
const SIZE: Size = Size::new(1280.0, 800.0);
/// Below this nothing fits any more.
const MIN_SIZE: Size = Size::new(380.0, 480.0);
/// The end of the program does not wait longer for the network.
const FAREWELL: Duration = Duration::from_secs(2);

static WORDS: Words = Words;

/// The state of the program.
pub struct Heliograph {
    boot: Arc<Boot>,
    preferences: Preferences,
    /// What the desktop prefers.
    desktop: Desktop,
    /// What comes of these two.
    look: Look,
    window: Option<window::Id>,
    screen: Screen,
    session: Option<Session>,
    /// How many accounts were opened, one after the other.
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
    Opening(opening::Opening),
    SignIn(Box<sign_in::SignIn>),
    Chats(Box<chats::Chats>),
}

/// What happens in the program.
pub enum Message {
    /// A window is there.
    WindowOpened(window::Id),
    /// A window is gone.
    WindowClosed(window::Id),
    /// The desktop is dark or light.
    DesktopTheme(iced::theme::Mode),
    /// On the opening screen.
    Opening(opening::Message),
    /// On the sign-in screen.
    SignIn(sign_in::Message),
    /// On the chats screen.
    Chats(chats::Message),
    /// On Telegram.
    Happened(Vec<Event>),
    /// A minute began: what is said in relative time is said anew.
    MinuteBegan,
    /// All is put away.
    PutAway,
}

/// Runs the program until its window is closed.
pub fn run(boot: Boot) -> iced::Result {
    daemon(boot).run()
}

/// The program without its event loop, for headless tests.
pub fn program(boot: Boot) -> impl Program<State = Heliograph, Message = Message, Theme = Theme> {
    daemon(boot)
}

fn daemon(boot: Boot) -> iced::Daemon<impl Program<State = Heliograph, Message = Message, Theme = Theme>> {
    fonts::load();
    let boot = Arc::new(boot);
    iced::daemon(move || Heliograph::new(boot.clone()), Heliograph::update, Heliograph::view)
        .settings(iced::Settings {
            id: Some(APPLICATION_ID.to_owned()),
            default_font: fonts::REGULAR,
            default_text_size: 14.into(),
            ..iced::Settings::default()
        })
        .title(|_: &Heliograph, _| fl!(Words, "app-name"))
        .theme(|state: &Heliograph, _| state.look.theme())
        .style(|state: &Heliograph, _| iced::theme::Style {
            background_color: state.look.palette.bg,
            text_color: state.look.palette.text,
        })
        .subscription(Heliograph::subscription)
}

/// By this name the desktop knows our windows; the `.desktop` file has it too.
const APPLICATION_ID: &str = "heliograph";

impl Heliograph {
    fn new(boot: Arc<Boot>) -> (Self, Task<Message>) {
        let (_id, opened) = window::open(window::Settings {
            size: SIZE,
            min_size: Some(MIN_SIZE),
            icon: sign::icon(),
            #[cfg(target_os = "linux")]
            platform_specific: window::settings::PlatformSpecific {
                application_id: APPLICATION_ID.to_owned(),
                ..window::settings::PlatformSpecific::default()
            },
            ..window::Settings::default()
        });
        let state = Self {
            look: boot.preferences.look(Desktop::default()),
            preferences: boot.preferences.clone(),
            desktop: Desktop::default(),
            window: None,
            screen: Screen::Blank,
            session: None,
            opened: 0,
            notice: None,
            enter_demo: boot.demo.as_ref().is_some_and(|demo| demo.signed_in),
            boot,
        };
        let theme = system::theme().map(Message::DesktopTheme);
        (state, Task::batch([opened.map(Message::WindowOpened), theme]))
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::WindowOpened(id) => {
                self.window = Some(id);
                if !matches!(self.screen, Screen::Blank) {
                    return Task::none();
                }
                let (opening, task) = opening::Opening::new(self.boot.clone());
                self.screen = Screen::Opening(opening);
                task.map(Message::Opening)
            }
            Message::WindowClosed(id) if self.window == Some(id) => {
                self.window = None;
                let Some(session) = self.session.take() else { return iced::exit() };
                Task::future(async move {
                    let _late = tokio::time::timeout(FAREWELL, session.account.shut_down()).await;
                    Message::PutAway
                })
            }
            Message::WindowClosed(_) => Task::none(),
            Message::PutAway => iced::exit(),
            Message::DesktopTheme(mode) => {
                self.desktop.night = mode == iced::theme::Mode::Dark;
                self.look = self.preferences.look(self.desktop);
                Task::none()
            }
            Message::Opening(message) => {
                let Screen::Opening(opening) = &mut self.screen else { return Task::none() };
                match opening.update(message) {
                    opening::Action::None => Task::none(),
                    opening::Action::Run(task) => task.map(Message::Opening),
                    opening::Action::Opened(opened) => self.opened(opened),
                }
            }
            Message::SignIn(message) => {
                let Screen::SignIn(sign_in) = &mut self.screen else { return Task::none() };
                let action = sign_in.update(message);
                self.after_sign_in(action)
            }
            Message::Chats(message) => {
                let Screen::Chats(chats) = &mut self.screen else { return Task::none() };
                let action = chats.update(message);
                self.after_chats(action)
            }
            Message::Happened(events) => Task::batch(events.into_iter().map(|event| self.happened(event))),
            Message::MinuteBegan => Task::none(),
        }
    }

    /// An account is open: on to its chats, or to signing in.
    fn opened(&mut self, opened: opening::Opened) -> Task<Message> {
        self.opened += 1;
        let account = opened.account;
        let source = Source { number: self.opened, events: opened.events };
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
        let (chats, task) = chats::Chats::new(session.account.clone(), me, self.boot.account_dir.join("downloads"));
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
        let boot = self.boot.clone();
        let leaving = async move {
            if let Err(error) = session.account.log_out().await {
                tracing::warn!("logging out: {error}");
            }
            session.account.shut_down().await;
            // The file before its key: a file without a key would stand in the way of the next one who signs in.
            if let Err(error) = session.store.destroy().await {
                tracing::warn!("removing the account's file, which is empty: {error}");
                return;
            }
            if let Err(error) = key::destroy(boot.key_storage, &boot.account_dir, &boot.account).await {
                tracing::warn!("removing the account's key, which opens nothing any more: {error}");
            }
        };
        let (opening, task) = opening::Opening::after(self.boot.clone(), leaving);
        self.screen = Screen::Opening(opening);
        task.map(Message::Opening)
    }

    fn view(&self, _window: window::Id) -> Element<'_, Message> {
        let look = self.look;
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

    fn subscription(&self) -> Subscription<Message> {
        let of_screen = match &self.screen {
            Screen::Blank | Screen::Opening(_) => Subscription::none(),
            Screen::SignIn(sign_in) => sign_in.subscription().map(Message::SignIn),
            Screen::Chats(chats) => Subscription::batch([
                chats.subscription().map(Message::Chats),
                events::minutes().map(|()| Message::MinuteBegan),
            ]),
        };
        let of_account = self.session.as_ref().map(|session| session.source.subscription().map(Message::Happened));
        Subscription::batch(
            [
                of_screen,
                window::close_events().map(Message::WindowClosed),
                system::theme_changes().map(Message::DesktopTheme),
            ]
            .into_iter()
            .chain(of_account),
        )
    }
}
