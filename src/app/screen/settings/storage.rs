//! What is kept on this computer, drawn by kind and by chat; how much may be, how it is removed, and where it lies.

mod chart;

use super::card::{card, edged, heading, line, named, words as said};
use super::{Known, Settings};
use crate::screen::card::note;
use crate::screen::chats::people;
use crate::theme::{Look, Palette, fonts};
use crate::widget::avatar::avatar;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::{Element, control, flow};
use crate::words::{self, Words, fl, number};
use heliograph_model::{Peer, PeerId};
use heliograph_telegram::{Account, Clear, Error, Limits, PictureKind, Storage};
use iced::widget::{column, container, space};
use iced::{Center, Color, Fill, Pixels, Task};
use std::collections::BTreeMap;

/// So many chats are shown before more are asked for.
const CHATS: usize = 6;
/// How much may be kept, to choose from.
const BYTES: [u64; 5] = [100_000_000, 500_000_000, 1_000_000_000, 5_000_000_000, 20_000_000_000];
const DAY: i64 = 24 * 3600;
/// For how long, to choose from.
const AGES: [i64; 5] = [7 * DAY, 30 * DAY, 91 * DAY, 182 * DAY, 365 * DAY];
/// How large the face of a chat is.
const FACE: f32 = 32.0;

/// What is known of it.
#[derive(Debug, Default)]
pub(super) struct State {
    here: Here,
    /// What is being removed.
    clearing: Option<Clear>,
    /// Whether everything is to be removed is asked.
    asks: bool,
    /// All chats are shown.
    all: bool,
}

#[derive(Debug, Default)]
enum Here {
    /// It was not looked yet.
    #[default]
    Unknown,
    Known(Box<Storage>),
    /// It could not be looked.
    Failed(Error),
}

/// What happens on the page.
#[derive(Clone, Debug)]
pub enum Message {
    /// What is here.
    Came(Result<Box<Storage>, Error>),
    /// Remove everything: ask first, or not any more.
    AllAsked(bool),
    /// Remove this.
    ClearWanted(Clear),
    /// So much may stay.
    LimitsChosen(Limits),
    /// Show all chats.
    MoreWanted,
}

fn tell(message: Message) -> super::Message {
    super::Message::Storage(message)
}

/// Looks what there is.
pub(super) fn look(account: &Account) -> Task<super::Message> {
    after(account.clone(), async |_| Ok(()))
}

/// Does something, and looks again.
fn after<F>(account: Account, work: impl FnOnce(Account) -> F + Send + 'static) -> Task<super::Message>
where
    F: Future<Output = Result<(), Error>> + Send,
{
    let work = async move {
        work(account.clone()).await?;
        account.storage().await.map(Box::new)
    };
    Task::perform(work, |came| tell(Message::Came(came)))
}

impl State {
    /// Something happened on the page.
    pub fn update(&mut self, account: Option<&Account>, message: Message) -> Task<super::Message> {
        match message {
            Message::Came(came) => {
                self.clearing = None;
                self.here = match came {
                    Ok(here) => Here::Known(here),
                    Err(error) => Here::Failed(error),
                };
            }
            Message::AllAsked(asks) => self.asks = asks,
            Message::ClearWanted(what) if self.clearing.is_none() => {
                self.asks = false;
                if let Some(account) = account.cloned() {
                    self.clearing = Some(what);
                    return after(account, async move |account: Account| account.clear_pictures(what).await);
                }
            }
            Message::ClearWanted(_) => {}
            Message::LimitsChosen(limits) => {
                if let Here::Known(here) = &mut self.here {
                    here.limits = limits;
                }
                if let Some(account) = account.cloned() {
                    return after(account, async move |account: Account| account.limit_pictures(limits).await);
                }
            }
            Message::MoreWanted => self.all = true,
        }
        Task::none()
    }

    /// Takes back a question. Returns whether there was one.
    pub fn close(&mut self) -> bool {
        std::mem::take(&mut self.asks)
    }
}

/// What the chart tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Pictures(PictureKind),
    /// Parts of files that are not whole yet.
    Unfinished,
    Database,
}

impl Part {
    /// In the order of the chart.
    const ALL: [Self; 6] = [
        Self::Pictures(PictureKind::Photos),
        Self::Pictures(PictureKind::Stills),
        Self::Pictures(PictureKind::Stickers),
        Self::Pictures(PictureKind::Faces),
        Self::Unfinished,
        Self::Database,
    ];

    /// Colours that can be read as words on a card, so they can be seen there.
    fn color(self, palette: &Palette) -> Color {
        match self {
            Self::Pictures(PictureKind::Photos) => palette.name(0),
            Self::Pictures(PictureKind::Stills) => palette.name(1),
            Self::Pictures(PictureKind::Stickers) => palette.name(3),
            Self::Pictures(PictureKind::Faces) => palette.name(2),
            Self::Unfinished => palette.name(4),
            Self::Database => palette.faint,
        }
    }

    fn name(self, words: &Words, messages: u64) -> String {
        match self {
            Self::Pictures(PictureKind::Photos) => fl!(words, "settings-pictures-photos"),
            Self::Pictures(PictureKind::Stills) => fl!(words, "settings-pictures-stills"),
            Self::Pictures(PictureKind::Stickers) => fl!(words, "settings-pictures-stickers"),
            Self::Pictures(PictureKind::Faces) => fl!(words, "settings-pictures-faces"),
            Self::Unfinished => fl!(words, "settings-storage-unfinished"),
            Self::Database => fl!(words, "settings-storage-messages", count = number::whole(messages)),
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Pictures(PictureKind::Photos) => "settings-clear-photos",
            Self::Pictures(PictureKind::Stills) => "settings-clear-stills",
            Self::Pictures(PictureKind::Stickers) => "settings-clear-stickers",
            Self::Pictures(PictureKind::Faces) => "settings-clear-faces",
            Self::Unfinished => "settings-unfinished",
            Self::Database => "settings-database",
        }
    }
}

/// What a chat's pictures take, by kind.
struct OfChat {
    chat: PeerId,
    kinds: Vec<(PictureKind, u64)>,
}

impl OfChat {
    fn bytes(&self) -> u64 {
        self.kinds.iter().map(|(_, bytes)| bytes).sum()
    }
}

fn bytes_of(here: &Storage, part: Part) -> u64 {
    match part {
        Part::Pictures(kind) => here.pictures.iter().filter(|used| used.kind == kind).map(|used| used.bytes).sum(),
        Part::Unfinished => here.unfinished.iter().map(|of| of.bytes).sum(),
        Part::Database => here.database,
    }
}

/// Chats by what their pictures take, the most first; faces are of people, not of chats.
fn by_chat(here: &Storage) -> Vec<OfChat> {
    let mut chats: BTreeMap<PeerId, Vec<(PictureKind, u64)>> = BTreeMap::new();
    for used in here.pictures.iter().filter(|used| used.kind != PictureKind::Faces) {
        chats.entry(used.chat).or_default().push((used.kind, used.bytes));
    }
    let mut chats: Vec<OfChat> = chats.into_iter().map(|(chat, kinds)| OfChat { chat, kinds }).collect();
    chats.sort_by_key(|of| std::cmp::Reverse(of.bytes()));
    chats
}

pub(super) fn view<'a>(
    settings: &'a Settings,
    known: Known<'a>,
    look: Look,
    words: &Words,
    tight: bool,
) -> Element<'a, super::Message> {
    let state = &settings.storage;
    let mut page = column![].spacing(16).width(Fill);
    match &state.here {
        Here::Unknown => {}
        Here::Failed(error) => page = page.push(card(look, tight, [named(look, words::error(error), None)])),
        Here::Known(here) => {
            page = page.push(used(state, here, look, words, tight));
            page = page.push(edged(look, tight, limits(here.limits, look, words)));
            page = page.push(chats(state, here, look, words, tight));
        }
    }
    let unopened = settings
        .unopened
        .as_ref()
        .map(|what| note(look, Icon::Info, fl!(words, "settings-unopened", what = what.clone())));
    page.push(place(known, look, words, tight)).push(unopened).into()
}

/// All of it, in one bar and by kind.
fn used<'a>(state: &State, here: &Storage, look: Look, words: &Words, tight: bool) -> Element<'a, super::Message> {
    let palette = look.palette;
    let parts: Vec<(Part, u64)> =
        Part::ALL.map(|part| (part, bytes_of(here, part))).into_iter().filter(|(_, bytes)| *bytes > 0).collect();
    let all: u64 = parts.iter().map(|(_, bytes)| bytes).sum();
    let pictures = all.saturating_sub(here.database).saturating_sub(bytes_of(here, Part::Unfinished));
    let total = text(number::bytes(all))
        .size(look.size(22.0))
        .line_height(Pixels(look.size(28.0)))
        .font(fonts::SEMIBOLD)
        .color(palette.text);
    let of = match here.limits.bytes {
        Some(most) => {
            fl!(words, "settings-storage-of", size = number::bytes(pictures), limit = number::bytes(most))
        }
        None => fl!(words, "settings-storage-pictures", size = number::bytes(pictures)),
    };
    let of = text(of).size(look.body()).line_height(Pixels(look.size(20.0))).color(palette.muted);
    let head = flow::row(look, [total.into(), of.into()]).spacing(10).align_y(iced::Bottom).wrap(2);
    let head = container(head).width(Fill).align_x(flow::start(look));
    let bar = chart::bar(look, 22.0, 1.0, parts.iter().map(|(part, bytes)| (part.color(palette), *bytes)));
    let messages = here.messages.iter().map(|(_, count)| count).sum();
    let legend = parts.iter().map(|(part, bytes)| {
        let name = part.name(words, messages);
        let clear = match part {
            Part::Pictures(kind) => trash(state, look, words, part.id().into(), Clear::Kind(*kind), name.clone()),
            // One that is not wanted any more is called off where it is.
            Part::Unfinished | Part::Database => {
                space::horizontal().width(look.size(36.0)).height(look.size(36.0)).into()
            }
        };
        let size = text(number::bytes(*bytes)).size(look.body()).color(palette.muted);
        let name = said(look, name).color(palette.text);
        flow::row(look, [chart::swatch(look, part.color(palette)), name.into(), size.into(), clear])
            .spacing(10)
            .align_y(Center)
            .width(Fill)
            .into()
    });
    let legend = iced::widget::Column::with_children(legend).width(Fill);
    let mut lines = vec![column![head, bar, legend].spacing(12).width(Fill).into()];
    if pictures > 0 {
        lines.push(all_of_it(state, pictures, look, words));
    } else {
        lines.push(named(look, fl!(words, "settings-no-pictures"), Some(fl!(words, "settings-pictures-means"))));
    }
    card(look, tight, lines)
}

/// Removing everything is asked for twice.
fn all_of_it<'a>(state: &State, bytes: u64, look: Look, words: &Words) -> Element<'a, super::Message> {
    let means = Some(fl!(words, "settings-clear-all-means"));
    if state.asks {
        let no =
            control::button(look, fl!(words, "cancel")).id("settings-keep").on_press(tell(Message::AllAsked(false)));
        let yes = control::button(look, fl!(words, "settings-clear"))
            .kind(control::Kind::Danger)
            .id("settings-clear-all-sure")
            .on_press(tell(Message::ClearWanted(Clear::All)));
        let both = flow::row(look, [no.into(), yes.into()]).spacing(4);
        let question = fl!(words, "settings-clear-all-question", size = number::bytes(bytes));
        return line(look, question, means, both);
    }
    let ask = control::button(look, fl!(words, "settings-clear-all"))
        .kind(control::Kind::Ghost)
        .id("settings-clear-all")
        .busy(state.clearing == Some(Clear::All))
        .on_press(tell(Message::AllAsked(true)));
    line(look, fl!(words, "settings-pictures"), Some(fl!(words, "settings-pictures-means")), ask)
}

/// How much may stay, and for how long.
fn limits<'a>(limits: Limits, look: Look, words: &Words) -> Element<'a, super::Message> {
    let mut sizes: Vec<Option<u64>> = BYTES.into_iter().map(Some).chain([None]).collect();
    if !sizes.contains(&limits.bytes) {
        sizes.insert(0, limits.bytes);
    }
    let mut ages: Vec<Option<i64>> = AGES.into_iter().map(Some).chain([None]).collect();
    if !ages.contains(&limits.age) {
        ages.insert(0, limits.age);
    }
    let size = |bytes: Option<u64>| bytes.map_or_else(|| fl!(words, "settings-no-limit"), number::bytes);
    let sizes = sizes.into_iter().map(|bytes| control::Choice::new(bytes, size(bytes)));
    let ages = ages.into_iter().map(|age| control::Choice::new(age, age_said(age, words)));
    let most = control::select(look, fl!(words, "settings-keep-at-most"), Some(limits.bytes), sizes)
        .inline()
        .help(fl!(words, "settings-keep-at-most-means"))
        .id("settings-keep-at-most")
        .on_choose(move |bytes| tell(Message::LimitsChosen(Limits { bytes, ..limits })));
    let longest = control::select(look, fl!(words, "settings-keep-for"), Some(limits.age), ages)
        .inline()
        .help(fl!(words, "settings-keep-for-means"))
        .id("settings-keep-for")
        .on_choose(move |age| tell(Message::LimitsChosen(Limits { age, ..limits })));
    column![Element::from(most), Element::from(longest)].width(Fill).into()
}

fn age_said(age: Option<i64>, words: &Words) -> String {
    let Some(age) = age else { return fl!(words, "settings-age-any") };
    match age / DAY {
        days @ 0..=29 => fl!(words, "settings-age-days", count = days),
        days @ 30..=359 => fl!(words, "settings-age-months", count = (days / 30)),
        days => fl!(words, "settings-age-years", count = (days / 360)),
    }
}

/// What each chat takes, beside the one that takes the most.
fn chats<'a>(
    state: &State,
    here: &'a Storage,
    look: Look,
    words: &Words,
    tight: bool,
) -> Option<Element<'a, super::Message>> {
    let chats = by_chat(here);
    let most = chats.first()?.bytes().max(1);
    let count = chats.len();
    let shown = if state.all { count } else { CHATS };
    let peer = |chat: PeerId| here.peers.iter().find(|peer| peer.id == chat);
    let rows = chats.iter().take(shown).map(|of| of_chat(state, of, peer(of.chat), most, look, words));
    let more = (count > shown).then(|| {
        control::button(look, fl!(words, "settings-more-chats", count = count))
            .kind(control::Kind::Ghost)
            .id("settings-more-chats")
            .on_press(tell(Message::MoreWanted))
            .into()
    });
    let rows: Vec<_> = rows.chain(more).collect();
    let title = heading(look, fl!(words, "settings-by-chat"));
    Some(column![title, card(look, tight, rows)].spacing(8).into())
}

fn of_chat<'a>(
    state: &State,
    of: &OfChat,
    peer: Option<&'a Peer>,
    most: u64,
    look: Look,
    words: &Words,
) -> Element<'a, super::Message> {
    let palette = look.palette;
    let name = match peer {
        Some(peer) => people::name(words, peer).into_owned(),
        None => fl!(words, "unknown-peer"),
    };
    let face = peer.map(|peer| avatar(look, peer, None, FACE));
    let face = face.unwrap_or_else(|| space::horizontal().width(FACE).into());
    let clear = trash(state, look, words, chart::chat_id(of.chat), Clear::Chat(of.chat), name.clone());
    let label = crate::widget::text::line(look.body(), palette.text).push(name, None, None);
    let label = container(label).width(Fill).align_x(flow::start(look));
    let size = text(number::bytes(of.bytes())).size(look.second()).color(palette.muted);
    let above = flow::row(look, [label.into(), size.into()]).spacing(8).align_y(Center).width(Fill);
    let kinds = Part::ALL.into_iter().filter_map(|part| {
        let bytes = of.kinds.iter().find(|(kind, _)| part == Part::Pictures(*kind)).map(|(_, bytes)| *bytes)?;
        Some((part.color(palette), bytes))
    });
    let bar = chart::bar(look, 6.0, of.bytes() as f32 / most as f32, kinds);
    let lines = column![above, bar].spacing(6).width(Fill);
    flow::row(look, [face, lines.into(), clear]).spacing(12).align_y(Center).width(Fill).into()
}

/// Removes something.
fn trash<'a>(
    state: &State,
    look: Look,
    words: &Words,
    id: iced::widget::Id,
    what: Clear,
    name: String,
) -> Element<'a, super::Message> {
    control::icon_button(look, Icon::Trash, fl!(words, "settings-clear-what", what = name))
        .id(id)
        .busy(state.clearing == Some(what))
        .on_press(tell(Message::ClearWanted(what)))
        .into()
}

/// Where it lies.
fn place<'a>(known: Known<'a>, look: Look, words: &Words, tight: bool) -> Element<'a, super::Message> {
    let folder = known.folder.display().to_string();
    let copy = control::button(look, fl!(words, "settings-copy"))
        .kind(control::Kind::Ghost)
        .id("settings-copy-folder")
        .on_press(super::Message::CopyWanted(folder.clone()));
    let open = control::button(look, fl!(words, "settings-open-folder"))
        .kind(control::Kind::Ghost)
        .id("settings-open-folder")
        .on_press(super::Message::OpenWanted(folder.clone()));
    let both = flow::row(look, [copy.into(), open.into()]).spacing(4).wrap(4);
    let title = said(look, fl!(words, "settings-folder")).color(look.palette.text);
    // A path is read from left to right in every language.
    let path = text(format!("\u{2066}{folder}\u{2069}"))
        .size(look.second())
        .line_height(Pixels(look.size(16.0)))
        .width(Fill)
        .align_x(flow::start(look))
        .color(look.palette.muted);
    let named = column![title, path].spacing(2).width(Fill);
    let content: Element<'a, super::Message> = if tight {
        column![named, both].spacing(8).width(Fill).align_x(flow::start(look)).into()
    } else {
        flow::row(look, [named.into(), both]).spacing(16).align_y(Center).width(Fill).into()
    };
    card(look, tight, [content])
}

#[cfg(test)]
pub(super) mod tests;
