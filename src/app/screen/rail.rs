//! The rail at the edge where reading begins: who is shown, the other accounts, and the settings.

use crate::app::seat::Id;
use crate::theme::{Look, fonts};
use crate::widget::avatar::own_avatar;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::lift::{Height, lift};
use crate::widget::text::line as single;
use crate::widget::{Element, control, flow, ground};
use crate::words::{Words, fl};
use heliograph_model::Peer;
use iced::widget::image::Handle;
use iced::widget::text::Wrapping;
use iced::widget::{column, container, mouse_area, opaque, rule, scrollable, stack};
use iced::{Center, Color, Fill, Theme, border};

/// How wide the rail is.
pub const WIDTH: f32 = 64.0;
/// So many accounts have a shortcut.
const SHORTCUTS: usize = 9;
/// So many folders have one.
const FOLDER_SHORTCUTS: usize = 8;

/// The rail's own state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rail {
    /// What stands above the rest.
    above: Above,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Above {
    #[default]
    Nothing,
    Menu,
    /// Whether to log out of this account.
    Question(Id),
}

/// What happens on the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// The menu of accounts is opened or closed.
    MenuPressed,
    /// An account was chosen.
    Chosen(Id),
    /// Another account shall be added.
    AddPressed,
    /// Log out of this account: asks first.
    LogOutPressed(Id),
    /// Do it.
    LogOutConfirmed,
    /// A folder of chats was chosen, by its number.
    FolderChosen(i32),
    /// The settings.
    SettingsPressed,
    /// Away with what stands above the rest.
    Closed,
}

/// What the rail needs of the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    None,
    /// To show this account.
    Show(Id),
    /// To add an account.
    Add,
    /// To log out of this one.
    LogOut(Id),
    /// To show this folder of chats.
    Folder(i32),
    /// To show the settings.
    Settings,
}

/// What the rail says of a folder of chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its number.
    pub id: i32,
    /// What it is called.
    pub name: String,
    /// Its sign.
    pub sign: Icon,
    /// So many chats in it have something unread that makes a sound.
    pub unread: u32,
    /// Whether it is the one that is shown.
    pub chosen: bool,
}

/// What the rail says of one account.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Which.
    pub id: Id,
    /// Who it is, where that is known.
    pub who: Option<(&'a Peer, Option<&'a Handle>)>,
    /// How it stands.
    pub standing: Standing,
    /// Whether it is the one that is shown.
    pub current: bool,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Somebody is signed in; so many messages are unread.
    SignedIn(u32),
    /// Its data is being opened.
    Opening,
    /// Something has to be done before it opens: a passphrase, a keyring.
    Closed,
    /// Nobody is signed in.
    SignedOut,
}

impl Rail {
    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        let before = std::mem::take(&mut self.above);
        match message {
            Message::MenuPressed if before == Above::Menu => Action::None,
            Message::MenuPressed => {
                self.above = Above::Menu;
                Action::None
            }
            Message::Chosen(id) => Action::Show(id),
            Message::AddPressed => Action::Add,
            Message::LogOutPressed(id) => {
                self.above = Above::Question(id);
                Action::None
            }
            Message::LogOutConfirmed => match before {
                Above::Question(id) => Action::LogOut(id),
                Above::Nothing | Above::Menu => Action::None,
            },
            Message::FolderChosen(id) => Action::Folder(id),
            Message::SettingsPressed => Action::Settings,
            Message::Closed => Action::None,
        }
    }

    /// What Escape does, if anything.
    pub fn on_escape(self) -> Option<Message> {
        (self.above != Above::Nothing).then_some(Message::Closed)
    }

    /// The rail itself; `tabs` are the folders of the account, none where it has none.
    pub fn view<'a>(self, look: Look, words: Words, entries: &[Entry<'a>], tabs: Vec<Tab>) -> Element<'a, Message> {
        let palette = look.palette;
        let current = entries.iter().find(|entry| entry.current);
        let face = current.map_or_else(|| sign(look, None, 40.0), |entry| sign(look, entry.who, 40.0));
        let others = entries.iter().filter(|entry| !entry.current).map(|entry| match entry.standing {
            Standing::SignedIn(unread) => unread,
            Standing::Opening | Standing::Closed | Standing::SignedOut => 0,
        });
        let others = others.fold(0, u32::saturating_add);
        let badge = (others > 0).then(|| {
            let placed =
                container(edged(look, control::badge(look, others, false))).width(Fill).align_x(flow::end(look));
            Element::from(placed)
        });
        let face = container(face).center(48.0);
        let face: Element<'a, Message> = stack![face].push(badge).width(48).height(48).into();
        let name = current.map_or_else(String::new, |entry| title(words, entry));
        let label = if others > 0 {
            fl!(words, "accounts-other-unread", name = name, count = others)
        } else {
            fl!(words, "accounts-menu", name = name)
        };
        let button = control::row(look, label.clone(), face)
            .id("account-menu")
            .width(48)
            .height(48)
            .padding(0)
            .radius(14.0)
            .centered()
            .on_press(Message::MenuPressed);
        let button = match self.above {
            // What the hint says stands in the menu.
            Above::Menu => button.into(),
            Above::Nothing | Above::Question(_) => control::hint(look, button, label, None, flow::behind(look)),
        };
        let label = fl!(words, "settings");
        let caption = text(label.clone()).size(look.size(10.0).min(13.0)).color(palette.muted).wrapping(Wrapping::None);
        let sign = icon(Icon::Gear, look.size(20.0).min(26.0), palette.muted);
        let settings = control::row(look, label.clone(), column![sign, caption].spacing(4).align_x(Center))
            .id("settings")
            .width(WIDTH - 8.0)
            .height(52)
            .padding(0)
            .radius(12.0)
            .centered()
            .on_press(Message::SettingsPressed);
        let settings = control::hint(look, settings, label, Some("Ctrl+,"), flow::behind(look));
        // More than there is room for are scrolled.
        let tabs = tabs.into_iter().enumerate().map(|(place, tab)| folder(look, words, tab, place));
        let tabs = column(tabs).spacing(2).width(Fill).align_x(Center);
        let bar = scrollable::Direction::Vertical(scrollable::Scrollbar::hidden());
        let tabs = scrollable(tabs).direction(bar).width(Fill).height(Fill);
        let column = column![button, tabs, settings].spacing(6).align_x(Center).width(Fill);
        let column = container(column).width(WIDTH - 1.0).height(Fill).padding([8, 0]);
        flow::row(look, [ground::under(palette.rail, column), rule::vertical(1).style(hairline(look)).into()])
            .height(Fill)
            .into()
    }

    /// What stands above everything, if anything does.
    pub fn above<'a>(self, look: Look, words: Words, entries: &[Entry<'a>]) -> Option<Element<'a, Message>> {
        match self.above {
            Above::Nothing => None,
            Above::Menu => Some(menu(look, words, entries)),
            Above::Question(_) => None,
        }
    }

    /// Whether to log out, and what that means, where that is asked.
    pub fn question<'a, M: Clone + 'a>(
        self,
        look: Look,
        words: Words,
        entries: &[Entry<'_>],
        message: impl Fn(Message) -> M,
    ) -> Option<control::Dialog<'a, M>> {
        let Above::Question(id) = self.above else { return None };
        let entry = entries.iter().find(|entry| entry.id == id)?;
        let asked = fl!(words, "accounts-log-out-question", name = title(words, entry));
        let dialog = control::dialog(look, asked)
            .icon(Icon::LogOut)
            .text(fl!(words, "log-out-means"))
            .danger(fl!(words, "log-out"), Some(message(Message::LogOutConfirmed)))
            .cancel(fl!(words, "cancel"), message(Message::Closed));
        Some(dialog.named("log-out-confirm", "log-out-cancel"))
    }
}

/// A folder of chats.
fn folder<'a>(look: Look, words: Words, tab: Tab, place: usize) -> Element<'a, Message> {
    let palette = look.palette;
    let Tab { id, name, sign, unread, chosen } = tab;
    let label = match unread {
        0 => name.clone(),
        _ => fl!(words, "folder-unread", name = name.clone(), count = unread),
    };
    let color = if chosen { palette.accent_text } else { palette.muted };
    let caption = single(look.size(10.0).min(13.0), color).push(name, None, None);
    let caption = container(caption).max_width(WIDTH - 12.0);
    let face = column![icon(sign, look.size(20.0).min(26.0), color), caption].spacing(4).align_x(Center);
    let ground = move |_: &Theme| match chosen {
        true => container::Style { border: border::rounded(12), ..container::background(palette.accent_soft) },
        false => container::Style::default(),
    };
    let face = container(face).center(Fill).style(ground);
    let badge = (unread > 0).then(|| {
        let badge = container(edged(look, control::small_badge(look, unread)));
        badge.width(Fill).align_x(flow::end(look))
    });
    let face = stack![face].push(badge).width(Fill).height(Fill);
    let button = control::row(look, label.clone(), face)
        .id(format!("folder:{id}"))
        .width(WIDTH - 8.0)
        .height(54)
        .padding(0)
        .radius(12.0)
        .on_press(Message::FolderChosen(id));
    let shortcut = (place < FOLDER_SHORTCUTS).then(|| format!("Ctrl+{}", place + 1));
    control::hint(look, button, label, shortcut.as_deref(), flow::behind(look))
}

/// The accounts, beside the avatar.
fn menu<'a>(look: Look, words: Words, entries: &[Entry<'a>]) -> Element<'a, Message> {
    let palette = look.palette;
    let rows = entries.iter().enumerate().map(|(place, entry)| account(look, words, entry, place));
    let accounts = scrollable(column(rows).spacing(2));
    let mut card = column![accounts].spacing(6);
    card = card.push(rule::horizontal(1).style(hairline(look)));
    let add = line(look, Icon::Plus, fl!(words, "accounts-add"), palette.text);
    let add = control::row(look, fl!(words, "accounts-add"), add)
        .id("account-add")
        .padding([8, 10])
        .on_press(Message::AddPressed);
    let current = entries.iter().find(|entry| entry.current);
    let leave = current.filter(|entry| matches!(entry.standing, Standing::SignedIn(_))).map(|entry| {
        let leave = line(look, Icon::LogOut, fl!(words, "log-out"), palette.danger);
        control::row(look, fl!(words, "log-out"), leave)
            .id("log-out")
            .padding([8, 10])
            .on_press(Message::LogOutPressed(entry.id))
    });
    let card = card.push(column![add].push(leave).spacing(2));
    let card = raised(look, container(card).padding(8).width(look.size(300.0)).max_height(640));
    let placed = container(card).width(Fill).height(Fill).align_x(flow::start(look));
    let placed = placed.padding(flow::padding(look, 12.0, 8.0, 12.0, WIDTH + 8.0));
    // A press anywhere else closes it, and does nothing more.
    opaque(mouse_area(placed).on_press(Message::Closed))
}

fn account<'a>(look: Look, words: Words, entry: &Entry<'a>, place: usize) -> Element<'a, Message> {
    let palette = look.palette;
    let name = title(words, entry);
    let shown = text(name.clone()).size(look.body()).font(fonts::MEDIUM).color(palette.text).wrapping(Wrapping::None);
    let below = match entry.standing {
        Standing::SignedIn(_) => {
            entry.who.and_then(|(peer, _)| peer.username.as_ref()).map(|username| format!("@{username}"))
        }
        Standing::Opening => Some(fl!(words, "opening")),
        Standing::Closed => Some(fl!(words, "accounts-closed")),
        Standing::SignedOut => Some(fl!(words, "accounts-signed-out")),
    };
    let below = below.map(|below| {
        let size = look.second();
        text(below).size(size).color(palette.muted).wrapping(Wrapping::None)
    });
    let who = container(column![shown].push(below).align_x(flow::start(look))).width(Fill).clip(true);
    let who = who.align_x(flow::start(look));
    let end: Option<Element<'a, Message>> = match entry.standing {
        _ if entry.current => Some(icon(Icon::Check, look.size(20.0), palette.accent_text)),
        Standing::SignedIn(unread) if unread > 0 => Some(control::badge(look, unread, false)),
        Standing::SignedIn(_) | Standing::Opening | Standing::Closed | Standing::SignedOut => None,
    };
    let content = flow::row(look, [sign(look, entry.who, 40.0), who.into()]).spacing(12).align_y(Center);
    let content = match end {
        Some(end) => content.push(end),
        None => content,
    };
    let row = control::row(look, name.clone(), content)
        .id(format!("account:{place}"))
        .padding([6, 10])
        .selected(entry.current)
        .on_press(Message::Chosen(entry.id));
    match shortcut(place) {
        Some(shortcut) => control::hint(look, row, name, Some(&shortcut), flow::behind(look)),
        None => row.into(),
    }
}

/// The words that an account is called by.
pub fn title(words: Words, entry: &Entry<'_>) -> String {
    match entry.who {
        Some((peer, _)) if !peer.name.is_empty() => peer.name.clone(),
        _ => fl!(words, "accounts-unknown"),
    }
}

/// The shortcut of the account at this place of the list.
fn shortcut(place: usize) -> Option<String> {
    (place < SHORTCUTS).then(|| format!("Ctrl+Shift+{}", place + 1))
}

fn sign<'a>(look: Look, who: Option<(&'a Peer, Option<&'a Handle>)>, size: f32) -> Element<'a, Message> {
    match who {
        Some((peer, photo)) => own_avatar(look, peer, photo, size),
        None => {
            let palette = look.palette;
            let person = icon(Icon::Person, size * 0.5, palette.muted);
            container(person)
                .center(size)
                .style(move |_: &Theme| container::Style {
                    border: border::rounded(size / 2.0),
                    ..container::background(palette.selected)
                })
                .into()
        }
    }
}

fn line<'a>(look: Look, sign: Icon, words: String, color: Color) -> Element<'a, Message> {
    let words = text(words).size(look.body()).color(color);
    let sign = container(icon(sign, look.size(20.0), color)).center_x(40.0);
    flow::row(look, [sign.into(), words.into()]).spacing(12).align_y(Center).into()
}

/// A badge with an edge in the colour of the rail, for where it lies on a picture.
fn edged<'a>(look: Look, badge: Element<'a, Message>) -> Element<'a, Message> {
    let palette = look.palette;
    let radius = look.size(20.0).round() / 2.0 + 2.0;
    let edge =
        move |_: &Theme| container::Style { border: border::rounded(radius), ..container::background(palette.rail) };
    container(badge).padding(2).style(edge).into()
}

fn raised<'a>(look: Look, card: iced::widget::Container<'a, Message>) -> Element<'a, Message> {
    let palette = look.palette;
    let card = card.style(move |_: &Theme| container::Style {
        border: border::rounded(14).color(palette.line).width(1),
        ..container::background(palette.raised)
    });
    opaque(lift(look, Height::Low, 14.0, card))
}

fn hairline(look: Look) -> impl Fn(&Theme) -> rule::Style {
    move |_| rule::Style { color: look.palette.line, radius: 0.0.into(), fill_mode: rule::FillMode::Full, snap: true }
}
