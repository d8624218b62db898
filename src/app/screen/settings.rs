//! The settings: a list of pages at the side, the chosen page beside it. In narrow windows the two take turns.
//!
//! What is chosen holds at once: the screen hands the new choices to the application, which keeps and applies them.

mod about;
mod account;
mod appearance;
mod card;
mod connection;
mod keys;
mod language;
mod proxies;
mod shortcuts;
mod storage;

use crate::platform::opener;
use crate::preferences::{Accent, Desktop, Preferences, RendererChoice, ThemeChoice};
use crate::screen::card::note;
use crate::theme::{Look, fonts};
use crate::widget::control::focus;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::{Element, control, flow};
use crate::words::{self, Language, Words, fl};
use heliograph_model::{FormattedText, Peer};
use heliograph_store::KeyStorage;
use heliograph_telegram::{Account, ConnectionReport, Error, Proxy, Servers};
use iced::widget::image::Handle;
use iced::widget::{Column, column, container, rule};
use iced::{Center, Fill, Padding, Pixels, Size, Subscription, Task, Theme, border};
use std::path::Path;
use std::time::Duration;

/// Below this width the list and the page take turns.
const NARROW: f32 = 656.0;
/// How wide the list of pages is, at 100 % text.
const LIST: f32 = 240.0;
/// Wider pages are hard to read.
const WIDEST: f32 = 944.0;

/// The state of the screen.
pub struct Settings {
    page: Page,
    /// Where only one of them fits: the list rather than the page.
    listed: bool,
    account: Option<Account>,
    /// The account whose connection is looked at, also where nobody is signed in.
    line: Option<Account>,
    /// How it stood at the last look.
    report: ConnectionReport,
    proxies: proxies::State,
    storage: storage::State,
    phone: Phone,
    asks_log_out: bool,
    leaving: bool,
    /// The text size under the pointer, before it is let go.
    text: Option<f32>,
    /// The conversation that shows the text size, and the language it is in.
    sample: (Language, [FormattedText; 3]),
    shows_notice: bool,
    /// What the desktop would not open.
    unopened: Option<String>,
}

/// The pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// Who is signed in, and where.
    Account,
    /// How the data is protected.
    Data,
    /// What the data takes, and where it lies.
    Storage,
    /// How Telegram is reached, and what waits for it.
    Connection,
    /// Theme, text size, motion, renderer.
    Appearance,
    /// The language of the interface.
    Language,
    /// What the keys do.
    Shortcuts,
    /// Version and licences.
    About,
}

impl Page {
    /// Every page, in its order.
    pub const ALL: [Self; 8] = [
        Self::Account,
        Self::Data,
        Self::Storage,
        Self::Connection,
        Self::Appearance,
        Self::Language,
        Self::Shortcuts,
        Self::About,
    ];

    pub(crate) fn sign(self) -> Icon {
        match self {
            Self::Account => Icon::Person,
            Self::Data => Icon::Lock,
            Self::Storage => Icon::Database,
            Self::Connection => Icon::Connection,
            Self::Appearance => Icon::Palette,
            Self::Language => Icon::Globe,
            Self::Shortcuts => Icon::Keyboard,
            Self::About => Icon::Info,
        }
    }

    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Account => "settings-account",
            Self::Data => "settings-data",
            Self::Storage => "settings-storage",
            Self::Connection => "settings-connection",
            Self::Appearance => "settings-appearance",
            Self::Language => "settings-language",
            Self::Shortcuts => "settings-shortcuts",
            Self::About => "settings-about",
        }
    }

    pub(crate) fn title(self, words: &Words) -> String {
        match self {
            Self::Account => fl!(words, "settings-account"),
            Self::Data => fl!(words, "settings-data"),
            Self::Storage => fl!(words, "settings-storage"),
            Self::Connection => fl!(words, "settings-connection"),
            Self::Appearance => fl!(words, "settings-appearance"),
            Self::Language => fl!(words, "settings-language"),
            Self::Shortcuts => fl!(words, "settings-shortcuts"),
            Self::About => fl!(words, "settings-about"),
        }
    }

    fn lead(self, words: &Words) -> String {
        match self {
            Self::Account => fl!(words, "settings-account-lead"),
            Self::Data => fl!(words, "settings-data-lead"),
            Self::Storage => fl!(words, "settings-storage-lead"),
            Self::Connection => fl!(words, "settings-connection-lead"),
            Self::Appearance => fl!(words, "settings-appearance-lead"),
            Self::Language => fl!(words, "settings-language-lead"),
            Self::Shortcuts => fl!(words, "settings-shortcuts-lead"),
            Self::About => fl!(words, "settings-about-lead"),
        }
    }
}

/// Our own phone number, as far as it was asked for.
#[derive(Clone, Debug, PartialEq)]
enum Phone {
    Hidden,
    Asked,
    Shown(Option<String>),
    Failed(Error),
}

/// What the application knows and the pages show.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// What is chosen.
    pub preferences: &'a Preferences,
    /// What the desktop prefers.
    pub desktop: Desktop,
    /// Who is signed in.
    pub me: Option<&'a Peer>,
    /// Their photo, round, for 48 pixels.
    pub photo: Option<&'a Handle>,
    /// Where the account is.
    pub servers: &'a Servers,
    /// The servers are the sample account's.
    pub demo: bool,
    /// Where the key to the data lies.
    pub key_storage: KeyStorage,
    /// Where the data lies.
    pub folder: &'a Path,
    /// Why the choices could not be kept.
    pub unsaved: Option<&'a str>,
    /// Where the choices lie that could not be read at the start.
    pub damaged: Option<&'a Path>,
}

/// One choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice {
    /// Day or night.
    Theme(ThemeChoice),
    /// The colour of what stands out.
    Accent(Accent),
    /// Text size, 1.0 is 100 %.
    Text(f32),
    /// Nothing moves by itself.
    ReduceMotion(bool),
    /// The language; the desktop's where there is none.
    Language(Option<Language>),
    /// What draws the window.
    Renderer(RendererChoice),
}

/// What happens on the screen.
#[derive(Clone, Debug)]
pub enum Message {
    /// A page was chosen.
    PageChosen(Page),
    /// Back, in a window in which list and page take turns or not.
    Back {
        /// They take turns.
        narrow: bool,
    },
    /// Something was chosen.
    Chosen(Choice),
    /// The text size is being dragged.
    TextDragged(f32),
    /// Where it is now is chosen.
    TextDropped,
    /// Show our own phone number.
    PhoneWanted,
    /// It came, or not.
    PhoneCame(Result<Option<String>, Error>),
    /// Log out: ask first, or not any more.
    LogOutAsked(bool),
    /// Log out.
    LogOutConfirmed,
    /// Sign in to another account.
    AccountWanted,
    /// Open this address or folder.
    OpenWanted(String),
    /// The desktop opened it, or not.
    Opened(String, bool),
    /// Copy this.
    CopyWanted(String),
    /// Show the notices, or not any more.
    NoticeWanted(bool),
    /// Try to keep the choices once more.
    SaveWanted,
    /// About the proxies.
    Proxy(proxies::Message),
    /// A look at the connection is due.
    Ticked,
    /// Connect now.
    ReconnectWanted,
    /// Call this request off.
    CallOffWanted(u64),
    /// About what is kept.
    Storage(storage::Message),
}

/// What the screen needs of the application.
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// These are the choices now.
    Changed(Preferences),
    /// Try to read the proxies once more.
    ReadProxies,
    /// Put the proxies aside that cannot be read.
    NewProxies,
    /// Put this on the clipboard.
    Copy(String),
    /// Away with the screen.
    Close,
    /// Log out of the account that is shown.
    LogOut,
    /// Sign in to another account.
    AddAccount,
}

impl Settings {
    /// The settings, of this account where somebody is signed in.
    pub fn new(account: Option<Account>) -> Self {
        let page = if account.is_some() { Page::Account } else { Page::Appearance };
        Self {
            page,
            listed: true,
            account,
            line: None,
            report: ConnectionReport::default(),
            proxies: proxies::State::default(),
            storage: storage::State::default(),
            phone: Phone::Hidden,
            asks_log_out: false,
            leaving: false,
            text: None,
            sample: sample(),
            shows_notice: false,
            unopened: None,
        }
    }

    /// With the account whose connection is looked at.
    pub fn over(mut self, line: Option<Account>) -> Self {
        self.line = line;
        self.look();
        self
    }

    /// Opened at this page.
    pub fn at(mut self, page: Page) -> Self {
        (self.page, self.listed) = (page, false);
        self
    }

    /// With the question whether to add this proxy.
    pub fn asking(mut self, proxy: &Proxy) -> Self {
        self.proxies.ask(proxy);
        self.at(Page::Connection)
    }

    fn look(&mut self) {
        if let Some(line) = &self.line {
            self.report = line.connection();
        }
    }

    /// Looks at the connection in every second, while that is what is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        if self.page != Page::Connection || self.line.is_none() {
            return Subscription::none();
        }
        iced::time::every(Duration::from_secs(1)).map(|_| Message::Ticked)
    }

    /// Something happened on the screen.
    pub fn update(&mut self, preferences: &Preferences, message: Message) -> Action {
        if self.sample.0 != words::current() {
            self.sample = sample();
        }
        match message {
            Message::PageChosen(page) => {
                (self.page, self.listed) = (page, false);
                (self.asks_log_out, self.unopened) = (false, None);
                let _ = (self.proxies.close(), self.storage.close());
                self.look();
                if page == Page::Connection {
                    return self.update_proxies(preferences, proxies::Message::TrialsWanted);
                }
                if let (Page::Storage, Some(account)) = (page, &self.account) {
                    return Action::Run(storage::look(account));
                }
            }
            Message::Back { .. } if self.asks_log_out => self.asks_log_out = false,
            Message::Back { .. } if self.page == Page::Storage && self.storage.close() => {}
            Message::Back { .. } if self.page == Page::Connection && self.proxies.close() => {}
            Message::Back { narrow: true } if !self.listed => self.listed = true,
            Message::Back { .. } => return Action::Close,
            Message::Chosen(choice) => return self.chosen(preferences, choice),
            Message::TextDragged(size) => self.text = Some(size),
            Message::TextDropped => {
                if let Some(size) = self.text.take() {
                    return self.chosen(preferences, Choice::Text(size));
                }
            }
            Message::PhoneWanted => {
                let Some(account) = self.account.clone() else { return Action::None };
                self.phone = Phone::Asked;
                return Action::Run(Task::perform(async move { account.own_phone().await }, Message::PhoneCame));
            }
            Message::PhoneCame(Ok(phone)) => self.phone = Phone::Shown(phone),
            Message::PhoneCame(Err(error)) => self.phone = Phone::Failed(error),
            Message::LogOutAsked(asks) => self.asks_log_out = asks && !self.leaving,
            Message::LogOutConfirmed if !self.leaving => {
                self.leaving = true;
                return Action::LogOut;
            }
            Message::LogOutConfirmed => {}
            Message::AccountWanted => return Action::AddAccount,
            Message::OpenWanted(what) => {
                self.unopened = None;
                return Action::Run(Task::future(async move {
                    let opened = opener::open(&what).await;
                    Message::Opened(what, opened)
                }));
            }
            Message::Opened(_, true) => {}
            Message::Opened(what, false) => {
                self.unopened = Some(what.clone());
                return Action::Copy(what);
            }
            Message::CopyWanted(what) => return Action::Copy(what),
            Message::NoticeWanted(shows) => self.shows_notice = shows,
            Message::SaveWanted => return Action::Changed(preferences.clone()),
            Message::Proxy(message) => return self.update_proxies(preferences, message),
            Message::Ticked => self.look(),
            Message::ReconnectWanted => {
                if let Some(line) = &self.line {
                    line.reconnect_now();
                }
                self.look();
            }
            Message::CallOffWanted(request) => {
                if let Some(line) = &self.line {
                    line.call_off(request);
                }
            }
            Message::Storage(message) => return Action::Run(self.storage.update(self.account.as_ref(), message)),
        }
        Action::None
    }

    fn chosen(&mut self, preferences: &Preferences, choice: Choice) -> Action {
        let mut preferences = preferences.clone();
        match choice {
            Choice::Theme(theme) => preferences.theme = theme,
            Choice::Accent(accent) => preferences.accent = accent,
            Choice::Text(size) => preferences.text = card::step(size),
            Choice::ReduceMotion(reduce) => preferences.reduce_motion = reduce,
            Choice::Language(language) => preferences.language = language.map(|language| language.id().to_owned()),
            Choice::Renderer(renderer) => preferences.renderer = renderer,
        }
        Action::Changed(preferences)
    }

    /// The screen, in a place of this size.
    pub fn view<'a>(&'a self, known: Known<'a>, look: Look, words: &'a Words, size: Size) -> Element<'a, Message> {
        let narrow = size.width < NARROW * look.text.clamp(1.0, 1.3);
        let ground = look.palette.bg;
        let shown: Element<'a, Message> = match (narrow, self.listed) {
            (true, true) => self.list(look, words, true),
            (true, false) => self.page(known, look, words, size.width, true),
            (false, _) => {
                let list = self.list(look, words, false);
                let rest = size.width - look.size(LIST).min(size.width * 0.4);
                flow::row(look, [list, self.page(known, look, words, rest, false)]).into()
            }
        };
        let shown = container(shown).width(Fill).height(Fill).style(move |_: &Theme| container::background(ground));
        focus::keys(shown).on_escape(Some(Message::Back { narrow })).into()
    }

    fn list<'a>(&'a self, look: Look, words: &Words, alone: bool) -> Element<'a, Message> {
        let palette = look.palette;
        let back = control::icon_button(look, Icon::Back, fl!(words, "settings-close"))
            .id("settings-close")
            .shortcut("Esc")
            .on_press(Message::Back { narrow: alone });
        let title = text(fl!(words, "settings"))
            .size(look.size(17.0))
            .line_height(Pixels(look.size(24.0)))
            .font(fonts::SEMIBOLD)
            .color(palette.text);
        let head = flow::row(look, [back.into(), title.into()])
            .spacing(8)
            .align_y(Center)
            .padding(flow::padding(look, 10.0, 10.0, 8.0, 10.0));
        let head = container(head).width(Fill).align_x(flow::start(look));
        let pages = Page::ALL.into_iter().map(|page| {
            let chosen = page == self.page && !alone;
            let ink = if chosen { palette.accent_text } else { palette.text };
            let sign = icon(page.sign(), look.size(18.0), if chosen { palette.accent_text } else { palette.muted });
            let name = page.title(words);
            let label =
                text(name.clone()).size(look.body()).line_height(Pixels(look.size(20.0))).color(ink).width(Fill);
            let line = flow::row(look, [sign, label.into()]).spacing(10).align_y(Center);
            let ahead = alone.then(|| icon(card::ahead(look), look.size(16.0), palette.muted));
            let line = match ahead {
                Some(ahead) => line.push(ahead),
                None => line,
            };
            let upright = if alone { 12.0 } else { 8.0 };
            let line = container(line).padding([upright, 10.0]).width(Fill).style(move |_: &Theme| {
                if chosen {
                    container::Style { border: border::rounded(10), ..container::background(palette.accent_soft) }
                } else {
                    container::Style::default()
                }
            });
            control::row(look, name, line).id(page.id()).padding(0).on_press(Message::PageChosen(page)).into()
        });
        let pages = Column::with_children(pages).padding([0, 10]).width(Fill);
        let column = column![head, card::scrolled(look, pages)];
        let ground = move |_: &Theme| container::background(palette.rail);
        if alone {
            return container(column).width(Fill).height(Fill).style(ground).into();
        }
        let list = container(column).width(Fill).height(Fill).style(ground);
        let edge = rule::vertical(1).style(move |_: &Theme| card::hairline(look));
        let list = flow::row(look, [list.into(), edge.into()]);
        container(list).width(look.size(LIST)).height(Fill).into()
    }

    fn page<'a>(
        &'a self,
        known: Known<'a>,
        look: Look,
        words: &'a Words,
        width: f32,
        alone: bool,
    ) -> Element<'a, Message> {
        let palette = look.palette;
        let tight = width < 560.0;
        let title = text(self.page.title(words))
            .size(if tight { look.size(20.0) } else { look.title() })
            .line_height(Pixels(look.size(if tight { 28.0 } else { 32.0 })))
            .font(fonts::SEMIBOLD)
            .width(Fill)
            .align_x(flow::start(look))
            .color(palette.text);
        let lead = card::words(look, self.page.lead(words)).color(palette.muted);
        let title: Element<'a, Message> = if alone {
            let back = control::icon_button(look, Icon::Back, fl!(words, "settings-back"))
                .id("settings-back")
                .shortcut("Esc")
                .on_press(Message::Back { narrow: true });
            flow::row(look, [back.into(), title.into()]).spacing(8).align_y(Center).into()
        } else {
            title.into()
        };
        let head = column![title, lead].spacing(if alone { 8 } else { 2 });
        let trouble = self.trouble(known, look, words);
        let page = match self.page {
            Page::Account => account::view(self, known, look, words, tight),
            Page::Data => keys::view(known, look, words, tight),
            Page::Storage => storage::view(self, known, look, words, tight),
            Page::Connection => connection::view(self, known, look, words, tight),
            Page::Appearance => appearance::view(self, known, look, words, tight),
            Page::Language => language::view(known, look, words, tight),
            Page::Shortcuts => shortcuts::view(look, words, tight),
            Page::About => about::view(self, look, words, tight),
        };
        let page = column![head].push(trouble).push(page).spacing(20).max_width(WIDEST).width(Fill);
        let padding = match (alone, tight) {
            (true, _) => Padding { top: 10.0, right: 16.0, bottom: 32.0, left: 16.0 },
            (false, true) => Padding::from([28.0, 24.0]),
            (false, false) => Padding { top: 32.0, right: 48.0, bottom: 48.0, left: 48.0 },
        };
        let page = container(page).padding(padding).width(Fill).align_x(flow::start(look));
        card::scrolled(look, page)
    }

    /// What is wrong with keeping the choices.
    fn trouble<'a>(&'a self, known: Known<'a>, look: Look, words: &Words) -> Option<Element<'a, Message>> {
        if let Some(why) = known.unsaved {
            let said = note(look, Icon::Warning, fl!(words, "settings-unsaved", why = why.to_owned()));
            let again = control::button(look, fl!(words, "retry"))
                .kind(control::Kind::Ghost)
                .id("settings-save")
                .on_press(Message::SaveWanted);
            return Some(column![said, again].spacing(4).into());
        }
        let place = known.damaged?.display().to_string();
        Some(note(look, Icon::Info, fl!(words, "settings-damaged", place = place)))
    }
}

/// What is said in the conversation that shows the text size.
fn sample() -> (Language, [FormattedText; 3]) {
    let words = Words;
    let said =
        [fl!(words, "settings-sample-first"), fl!(words, "settings-sample-answer"), fl!(words, "settings-sample-last")];
    (words::current(), said.map(|said| FormattedText::plain(&said)))
}

#[cfg(test)]
mod tests;
