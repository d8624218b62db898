//! The application: its window, the accounts that sit at it, and what stands above them all.

mod accounts;
mod boot;
mod choices;
mod events;
mod links;
pub mod pieces;
pub mod places;
pub mod seat;
mod sign;
mod view;

pub use boot::{Boot, DemoHint};
pub use places::Place;

use crate::platform::appearance::Preference;
use crate::platform::instance::Request;
use crate::screen::chats;
use crate::screen::rail::{self, Rail};
use crate::screen::settings::{self, Settings};
use crate::theme::fonts;
use crate::widget::control::Toasts;
use crate::words::{Words, fl};
use choices::Choices;
use iced::keyboard::{self, key};
use iced::{Program, Size, Subscription, Task, Theme, system, window};
use seat::Seat;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// The size of a new window.
const SIZE: Size = Size::new(1280.0, 800.0);
/// Below this nothing fits any more.
const MIN_SIZE: Size = Size::new(380.0, 480.0);
/// The end of the program does not wait longer for the network.
const FAREWELL: Duration = Duration::from_secs(2);

/// The state of the program.
pub struct Heliograph {
    boot: Arc<Boot>,
    choices: Choices,
    window: Option<window::Id>,
    /// Every account side by side; never empty.
    seats: Vec<Seat>,
    /// The one that is shown.
    current: seat::Id,
    /// The settings, over the account that is shown.
    settings: Option<Settings>,
    /// The one that was shown before it.
    before: Option<seat::Id>,
    /// The number of the newest one.
    last_id: u64,
    rail: Rail,
    /// So many accounts are being put away.
    leaving: usize,
    /// The window is gone, and the rest is put away.
    ended: bool,
    /// Links that wait for an account to be opened in.
    links: VecDeque<String>,
    toasts: Toasts<Message>,
}

/// What happens in the program.
#[derive(Clone)]
pub enum Message {
    /// A window is there.
    WindowOpened(window::Id),
    /// A window is gone.
    WindowClosed(window::Id),
    /// The desktop is dark or light.
    DesktopTheme(iced::theme::Mode),
    /// At a seat.
    Seat(seat::Id, Box<seat::Message>),
    /// The settings are wanted, or not any more.
    SettingsWanted,
    /// In the settings.
    Settings(settings::Message),
    /// The choices are kept, or not.
    Kept(Result<(), String>),
    /// The proxies are read, or sealed.
    Proxies(choices::Step),
    /// Larger or smaller text, by so many steps; the usual size for none.
    Zoomed(i8),
    /// On the rail.
    Rail(rail::Message),
    /// Back from an account that is not open to one that is.
    BackPressed,
    /// The shortcut of the account at this place of the list.
    NthPressed(usize),
    /// The folder at this place is wanted.
    NthFolderPressed(usize),
    /// An account was put away.
    Left,
    /// A later start asks for this.
    Called(Request),
    /// What was said is not to be shown any more.
    Unsaid(u64),
    /// A minute began: what is said in relative time is said anew.
    MinuteBegan,
    /// The desktop prefers something else.
    Prefers(Preference),
    /// Something was done that needs no answer.
    Told,
    /// The accounts that were open are put away.
    Ended,
    /// There is no more time to put anything away.
    PutAway,
}

/// Runs the program until its window is closed.
pub fn run(boot: Boot) -> iced::Result {
    let copies = boot.platform.copies.clone();
    let left = copies.clone();
    // What a crash left behind can wait for a moment; the window cannot.
    let sweeping = std::thread::Builder::new().name("copies".into()).spawn(move || left.sweep());
    if let Err(error) = sweeping {
        tracing::warn!(%error, "copies of files that were opened stay");
    }
    // The desktop's window and the fonts take their time; neither needs the other.
    if let Err(error) = std::thread::Builder::new().name("fonts".into()).spawn(fonts::load) {
        tracing::warn!(%error, "the fonts are loaded later");
    }
    let ended = daemon(boot).run();
    copies.clear();
    ended
}

/// The program without its event loop, for headless tests.
pub fn program(boot: Boot) -> impl Program<State = Heliograph, Message = Message, Theme = Theme> {
    daemon(boot)
}

fn daemon(boot: Boot) -> iced::Daemon<impl Program<State = Heliograph, Message = Message, Theme = Theme>> {
    let boot = Arc::new(boot);
    iced::daemon(move || Heliograph::new(boot.clone()), Heliograph::update, Heliograph::view)
        .settings(iced::Settings {
            id: Some(APPLICATION_ID.to_owned()),
            default_font: fonts::REGULAR,
            default_text_size: 14.into(),
            ..iced::Settings::default()
        })
        .title(|_: &Heliograph, _| fl!(Words, "app-name"))
        .theme(|state: &Heliograph, _| state.choices.look().theme())
        .style(|state: &Heliograph, _| iced::theme::Style {
            background_color: state.choices.look().palette.bg,
            text_color: state.choices.look().palette.text,
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
        let mut places = boot.accounts.clone();
        if places.is_empty() {
            places.push(Place::fresh(&boot.data_dir, &boot.settings.servers, boot.key_storage));
        }
        let mut seats: Vec<_> =
            (0..).zip(places).map(|(number, place)| Seat::new(seat::Id(number), place, boot.clone(), false)).collect();
        let first = seats.iter().find(|seat| Some(&seat.place().id) == boot.first.as_ref());
        let current = first.or(seats.first()).map_or(seat::Id(0), Seat::id);
        boot.preferences.proxies.lead(&boot.settings.ways);
        let links = boot.links.iter().cloned().collect();
        if let Some(seat) = seats.iter_mut().find(|seat| seat.id() == current) {
            seat.hurry();
        }
        let mut state = Self {
            choices: Choices::new(boot.preferences.clone(), boot.preferences_file.clone()),
            boot,
            window: None,
            last_id: seats.len() as u64,
            seats,
            current,
            settings: None,
            before: None,
            rail: Rail::default(),
            leaving: 0,
            ended: false,
            links,
            toasts: Toasts::default(),
        };
        let theme = system::theme().map(Message::DesktopTheme);
        let proxies = state.choices.read_proxies().map(Message::Proxies);
        (state, Task::batch([opened.map(Message::WindowOpened), theme, proxies]))
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::WindowOpened(id) => {
                self.window = Some(id);
                Task::batch(self.seats.iter_mut().map(|seat| {
                    let id = seat.id();
                    seat.open().map(move |message| at(id, message))
                }))
            }
            Message::WindowClosed(id) if self.window == Some(id) => {
                self.window = None;
                let all: Vec<_> = self.seats.iter_mut().filter_map(Seat::farewell).collect();
                let (kept, leaving) = (self.choices.farewell(), self.leaving);
                if all.is_empty() && leaving == 0 {
                    return Task::future(async move {
                        kept.await;
                        Message::PutAway
                    });
                }
                let late = Task::future(async {
                    tokio::time::sleep(FAREWELL).await;
                    Message::PutAway
                });
                let end = Task::future(async move {
                    kept.await;
                    futures::future::join_all(all).await;
                    Message::Ended
                });
                Task::batch([late, end])
            }
            Message::WindowClosed(_) => Task::none(),
            Message::Ended => {
                self.ended = true;
                self.end()
            }
            Message::Left => {
                self.leaving = self.leaving.saturating_sub(1);
                self.end()
            }
            Message::PutAway => iced::exit(),
            Message::DesktopTheme(mode) => {
                self.choices.prefers(|desktop| desktop.night = mode == iced::theme::Mode::Dark);
                Task::none()
            }
            Message::Prefers(preference) => {
                self.choices.prefers(|desktop| match preference {
                    Preference::Contrast(contrast) => desktop.contrast = contrast,
                    Preference::ReduceMotion(reduce) => desktop.reduce_motion = reduce,
                });
                Task::none()
            }
            Message::Told => Task::none(),
            Message::SettingsWanted => self.settings_wanted(),
            Message::Settings(message) => {
                let Some(settings) = &mut self.settings else { return Task::none() };
                let action = settings.update(self.choices.preferences(), message);
                self.after_settings(action)
            }
            Message::Kept(result) => {
                self.choices.kept(result);
                Task::none()
            }
            Message::Proxies(choices::Step::Kept(result)) => {
                self.choices.kept(result);
                Task::none()
            }
            Message::Proxies(choices::Step::Read(read)) => {
                self.choices.proxies_read(read);
                self.go_by();
                Task::none()
            }
            Message::Zoomed(steps) => self.choices.zoom(steps).map(Message::Kept),
            Message::Seat(id, message) => {
                let Some(seat) = self.seats.iter_mut().find(|seat| seat.id() == id) else { return Task::none() };
                let action = seat.update(*message);
                self.after_seat(id, action)
            }
            Message::Rail(message) => match self.rail.update(message) {
                rail::Action::None => Task::none(),
                rail::Action::Show(id) => {
                    self.settings = None;
                    self.show(id)
                }
                rail::Action::Add => self.add(),
                rail::Action::LogOut(id) => {
                    self.settings = None;
                    self.log_out(id)
                }
                rail::Action::Folder(id) => self.show_folder(id),
                rail::Action::Settings => self.settings_wanted(),
            },
            Message::BackPressed => self.go_back(),
            Message::NthPressed(place) => self.show_nth(place),
            Message::NthFolderPressed(place) => {
                let tabs = self.seat(self.current).and_then(Seat::chats).map(chats::Chats::tabs).unwrap_or_default();
                tabs.get(place).map_or_else(Task::none, |tab| self.show_folder(tab.id))
            }
            Message::Called(request) => self.called(request),
            Message::Unsaid(toast) => {
                self.toasts.close(toast);
                Task::none()
            }
            Message::MinuteBegan => Task::none(),
        }
    }

    fn after_settings(&mut self, action: settings::Action) -> Task<Message> {
        match action {
            settings::Action::None => Task::none(),
            settings::Action::Run(task) => task.map(Message::Settings),
            settings::Action::Changed(preferences) => {
                let ways = preferences.proxies != self.choices.preferences().proxies;
                let kept = self.choices.change(preferences).map(Message::Kept);
                if ways {
                    self.go_by();
                }
                kept
            }
            settings::Action::ReadProxies => self.choices.read_proxies().map(Message::Proxies),
            settings::Action::NewProxies => {
                let kept = self.choices.begin_proxies_anew().map(Message::Kept);
                self.go_by();
                kept
            }
            settings::Action::Copy(text) => self.boot.platform.clipboard.write(text).map(|()| Message::Told),
            settings::Action::Close => {
                self.settings = None;
                self.settings_closed()
            }
            settings::Action::LogOut => {
                self.settings = None;
                self.log_out(self.current)
            }
            settings::Action::AddAccount => self.add(),
        }
    }

    /// A folder of the account that is shown was chosen.
    fn show_folder(&mut self, id: i32) -> Task<Message> {
        let back = if self.settings.take().is_some() { self.settings_closed() } else { Task::none() };
        let current = self.current;
        let Some(seat) = self.seats.iter_mut().find(|seat| seat.id() == current) else { return back };
        let action = seat.update(seat::Message::Chats(chats::Message::FolderChosen(id)));
        Task::batch([back, self.after_seat(current, action)])
    }

    /// The settings come, or go.
    fn settings_wanted(&mut self) -> Task<Message> {
        match self.settings.take() {
            Some(_) => self.settings_closed(),
            None => {
                self.settings = Some(self.new_settings());
                Task::none()
            }
        }
    }

    /// One page of the settings is wanted.
    fn settings_page_wanted(&mut self, page: settings::Page) -> Task<Message> {
        self.settings = None;
        let wanted = self.settings_wanted();
        wanted.chain(Task::done(Message::Settings(settings::Message::PageChosen(page))))
    }

    fn new_settings(&self) -> Settings {
        let seat = self.seat(self.current);
        Settings::new(seat.and_then(Seat::signed_in)).over(seat.and_then(Seat::account))
    }

    /// All accounts go by the ways that are chosen from now on, also those that are opened later.
    fn go_by(&self) {
        let proxies = &self.choices.preferences().proxies;
        proxies.lead(&self.boot.settings.ways);
        for account in self.seats.iter().filter_map(Seat::account) {
            account.reconnect_now();
        }
    }

    /// Where there is a composer, one goes on writing.
    fn settings_closed(&self) -> Task<Message> {
        iced::widget::operation::focus("composer")
    }

    /// What the settings show of the account and the choices.
    fn settings_know<'a>(&'a self, seat: &'a Seat) -> settings::Known<'a> {
        let who = seat.who();
        settings::Known {
            preferences: self.choices.preferences(),
            desktop: self.choices.desktop(),
            me: who.map(|(me, _)| me),
            photo: who.and_then(|(_, photo)| photo),
            servers: &self.boot.settings.servers,
            demo: self.boot.demo.is_some(),
            key_storage: seat.place().key_storage,
            folder: &self.boot.data_dir,
            unsaved: self.choices.unsaved(),
            damaged: self.choices.damaged(),
        }
    }

    /// The end of the program, once everything is put away.
    fn end(&self) -> Task<Message> {
        if self.ended && self.leaving == 0 { iced::exit() } else { Task::none() }
    }

    fn subscription(&self) -> Subscription<Message> {
        let of_seats = self.seats.iter().map(|seat| {
            let front = seat.id() == self.current;
            seat.subscription(front).with(seat.id()).map(|(id, message)| at(id, message))
        });
        let times = self.seat(self.current).is_some_and(|seat| seat.chats().is_some());
        let minutes = times.then(|| events::minutes().map(|()| Message::MinuteBegan));
        let source = self.boot.platform.appearance.as_ref();
        let preferences = source.map(|source| source.subscription().map(Message::Prefers));
        let calls = self.boot.instance.as_ref().map(|instance| links::calls(instance).map(Message::Called));
        Subscription::batch(
            [
                window::close_events().map(Message::WindowClosed),
                system::theme_changes().map(Message::DesktopTheme),
                iced::event::listen_with(|event, _, _| match events::shortcut(&event)? {
                    events::Nth::Account(place) => Some(Message::NthPressed(place)),
                    events::Nth::Folder(place) => Some(Message::NthFolderPressed(place)),
                }),
            ]
            .into_iter()
            .chain(of_seats)
            .chain(minutes)
            .chain(preferences)
            .chain(calls)
            .chain(self.settings.as_ref().map(|settings| settings.subscription().map(Message::Settings))),
        )
    }
}

/// What the keys do wherever one is.
fn shortcut(key: &keyboard::Key, modifiers: keyboard::Modifiers) -> Option<Message> {
    if !modifiers.command() || modifiers.alt() {
        return None;
    }
    match key.as_ref() {
        keyboard::Key::Character(",") => Some(Message::SettingsWanted),
        keyboard::Key::Character("+" | "=") | keyboard::Key::Named(key::Named::ZoomIn) => Some(Message::Zoomed(1)),
        keyboard::Key::Character("-" | "_") | keyboard::Key::Named(key::Named::ZoomOut) => Some(Message::Zoomed(-1)),
        keyboard::Key::Character("0") => Some(Message::Zoomed(0)),
        _ => None,
    }
}

/// A message of this seat.
fn at(seat: seat::Id, message: seat::Message) -> Message {
    Message::Seat(seat, Box::new(message))
}
