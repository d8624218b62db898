//! Every control in every state, drawn. `HELIOGRAPH_PICTURES=/tmp/pictures` keeps the sheets to be looked at.

use super::*;
use crate::theme::{Accent, Direction, Theme};
use crate::widget::stage::Picture;
use iced::widget::{Id, column, container, row as beside, space, text};
use iced::{Event, Fill, Point, Rectangle, Size, mouse};
use std::time::Duration;

/// How a control is brought into a state.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hand {
    /// Left alone.
    Away,
    Over,
    Held,
    /// The focus came by the keyboard.
    Focus,
    /// Opened by a click.
    Open,
    /// Opened by the keyboard, and one on.
    OpenByKeys,
    /// So long that what waits to be shown is shown.
    Later,
    /// The pointer rests.
    Rests,
}

type View = fn(Look) -> Element<'static, Did>;

/// One picture: what it shows, how high it is at 100 % text, and whether it must differ from the one before it.
struct Cell {
    name: &'static str,
    view: View,
    hand: Hand,
    height: f32,
}

const fn cell(name: &'static str, height: f32, hand: Hand, view: View) -> Cell {
    Cell { name, view, hand, height }
}

const LONG: &str = "Long words that do not fit into the room that there is for them and so must be cut or broken";

fn primary(look: Look) -> Button<'static, Did> {
    button(look, "Next").kind(Kind::Primary).id("it").on_press(Did::First)
}

fn name(look: Look, value: &'static str) -> Field<'static, Did> {
    field(look, "Name", value).id("it").placeholder("Mara Lindqvist").on_input(|_| Did::Typed)
}

fn text_size(look: Look) -> Slider<'static, Did> {
    slider(look, "Text size", 1.2, 0.8..=2.0).step(0.1).says("120 %").id("it")
}

fn country(look: Look) -> Select<'static, u8, Did> {
    let choices = [
        Choice::new(1, "Germany").sign("🇩🇪").note("+49"),
        Choice::new(2, "Sweden").sign("🇸🇪").note("+46"),
        Choice::new(3, "Ukraine").sign("🇺🇦").note("+380"),
        Choice::new(4, LONG).note("+1"),
    ];
    select(look, "Country", Some(2), choices).id("it").on_choose(|_| Did::First)
}

fn language(look: Look) -> Select<'static, u8, Did> {
    let choices = [Choice::new(1, "English"), Choice::new(2, "Deutsch"), Choice::new(3, "Українська")];
    select(look, "Language", Some(1), choices).inline().help("Applies at once").id("it").on_choose(|_| Did::First)
}

fn chat_menu(look: Look) -> Element<'static, Did> {
    menu(look, icon_button(look, Icon::More, "More").id("it"), move || {
        vec![
            Item::heading("Lighthouse Keepers"),
            Item::new("Mark as read", Did::First).icon(Icon::Checks).shortcut("Ctrl Shift R"),
            Item::new("Mute", Did::First).icon(Icon::Muted),
            Item::new("Pinned", Did::First).icon(Icon::Pin).chosen(true),
            Item::disabled("Archive").icon(Icon::Archive),
            Item::new("Unread", Did::First).icon(Icon::Chat).end(badge(look, 46, false)),
            Item::divider(),
            Item::new("Leave the group", Did::Second).icon(Icon::LogOut).danger(),
        ]
    })
    .into()
}

fn views(look: Look, down: bool) -> Element<'static, Did> {
    let tabs = tabs(look, "Media", 0, |_| Did::First)
        .page(0, Icon::Person, "Account", "first")
        .page(1, Icon::Bell, "Notifications", "second")
        .page(2, Icon::Lock, "Privacy and security", "third")
        .id("it");
    if down { tabs.down().into() } else { tabs.into() }
}

fn chat(look: Look, selected: bool, enabled: bool) -> Element<'static, Did> {
    let words = column![
        text("Astronomy Weekly").size(look.body()).color(look.palette.text),
        text("The Pleiades").size(look.second()).color(look.palette.muted),
    ];
    let row = row(look, "Astronomy Weekly", words.spacing(2)).id("it").selected(selected);
    row.on_press_maybe(enabled.then_some(Did::Row)).into()
}

fn question(look: Look) -> Dialog<'static, Did> {
    dialog(look, "Log out of this account?")
        .text("This computer forgets its chats and its key. Everything stays on Telegram.")
        .cancel("Cancel", Did::Second)
}

/// A small window with a dialog over it.
fn over(look: Look, dialog: Dialog<'static, Did>) -> Element<'static, Did> {
    with_dialog(look, space().width(Fill).height(Fill), Some(dialog))
}

fn sheet() -> Vec<(&'static str, Vec<Cell>)> {
    use Hand::{Away, Focus, Held, Later, Open, OpenByKeys, Over, Rests};
    let kinds = ["Primary button", "Ghost button", "Plain button", "Danger button", "Destroy button"];
    let mut rows = Vec::new();
    for name in kinds {
        let make: [View; 4] = match name {
            "Primary button" => [
                |look| primary(look).into(),
                |look| button(look, "Next").kind(Kind::Primary).id("it").into(),
                |look| primary(look).busy(true).width(200).into(),
                |look| button(look, LONG).kind(Kind::Primary).id("it").width(Fill).on_press(Did::First).into(),
            ],
            "Ghost button" => [
                |look| button(look, "Another way").kind(Kind::Ghost).id("it").on_press(Did::First).into(),
                |look| button(look, "Another way").kind(Kind::Ghost).id("it").into(),
                |look| button(look, "Another way").kind(Kind::Ghost).busy(true).on_press(Did::First).into(),
                |look| button(look, LONG).kind(Kind::Ghost).width(Fill).on_press(Did::First).into(),
            ],
            "Plain button" => [
                |look| button(look, "Copy").icon(Icon::Copy).id("it").on_press(Did::First).into(),
                |look| button(look, "Copy").icon(Icon::Copy).id("it").into(),
                |look| button(look, "Copy").icon(Icon::Copy).busy(true).on_press(Did::First).into(),
                |look| button(look, LONG).width(Fill).on_press(Did::First).into(),
            ],
            "Danger button" => [
                |look| button(look, "Log out").kind(Kind::Danger).id("it").on_press(Did::First).into(),
                |look| button(look, "Log out").kind(Kind::Danger).id("it").into(),
                |look| button(look, "Log out").kind(Kind::Danger).busy(true).on_press(Did::First).into(),
                |look| button(look, LONG).kind(Kind::Danger).width(Fill).on_press(Did::First).into(),
            ],
            _ => [
                |look| button(look, "Delete").kind(Kind::Destroy).id("it").on_press(Did::First).into(),
                |look| button(look, "Delete").kind(Kind::Destroy).id("it").into(),
                |look| button(look, "Delete").kind(Kind::Destroy).busy(true).on_press(Did::First).into(),
                |look| button(look, LONG).kind(Kind::Destroy).width(Fill).on_press(Did::First).into(),
            ],
        };
        let [usual, disabled, busy, long] = make;
        rows.push((
            name,
            vec![
                cell("normal", 44.0, Away, usual),
                cell("hover", 44.0, Over, usual),
                cell("pressed", 44.0, Held, usual),
                cell("focused", 44.0, Focus, usual),
                cell("disabled", 44.0, Away, disabled),
                cell("busy", 44.0, Later, busy),
                cell("long", 44.0, Away, long),
            ],
        ));
    }
    let outlined: View = |look| button(look, "Change").kind(Kind::Outlined).id("it").on_press(Did::First).into();
    rows.push((
        "Outlined button",
        vec![
            cell("normal", 44.0, Away, outlined),
            cell("hover", 44.0, Over, outlined),
            cell("pressed", 44.0, Held, outlined),
            cell("focused", 44.0, Focus, outlined),
            cell("disabled", 44.0, Away, |look| button(look, "Change").kind(Kind::Outlined).into()),
        ],
    ));
    let sign: View = |look| icon_button(look, Icon::Send, "Send").id("it").on_press(Did::First).into();
    rows.push((
        "Icon button",
        vec![
            cell("normal", 44.0, Away, sign),
            cell("hover", 44.0, Over, sign),
            cell("pressed", 44.0, Held, sign),
            cell("focused", 44.0, Focus, sign),
            cell("disabled", 44.0, Away, |look| icon_button(look, Icon::Send, "Send").id("it").into()),
            cell("busy", 44.0, Later, |look| {
                icon_button(look, Icon::Send, "Send").id("it").busy(true).on_press(Did::First).into()
            }),
            cell("filled", 44.0, Away, |look| {
                icon_button(look, Icon::Send, "Send").kind(Kind::Primary).round().size(40.0).on_press(Did::First).into()
            }),
        ],
    ));
    let usual: View = |look| name(look, "").into();
    rows.push((
        "Field",
        vec![
            cell("empty", 96.0, Away, usual),
            cell("hover", 96.0, Over, usual),
            cell("focused", 96.0, Focus, usual),
            cell("filled", 96.0, Away, |look| name(look, "Mara Lindqvist").clear("Empty it").into()),
            cell("error", 96.0, Away, |look| name(look, "M").error(Some("Two letters at least.".into())).into()),
            cell("help", 96.0, Away, |look| name(look, "Mara").help(Some("As others see you.".into())).into()),
            cell("disabled", 96.0, Away, |look| field(look, "Name", "Mara").into()),
        ],
    ));
    rows.push((
        "Password",
        vec![
            cell("hidden", 70.0, Away, |look| name(look, "secret").reveal(false, "Show", Did::First).into()),
            cell("shown", 70.0, Away, |look| name(look, "secret").reveal(true, "Hide", Did::First).into()),
            cell("long", 70.0, Away, |look| name(look, LONG).reveal(true, "Hide", Did::First).clear("Empty").into()),
            cell("code", 70.0, Away, |look| code(look, "123", 5).on_input(|_| Did::Typed).into()),
            cell("wrong", 70.0, Away, |look| code(look, "12345", 5).wrong(true).on_input(|_| Did::Typed).into()),
        ],
    ));
    let switch: View = |look| toggle(look, "Reduce motion", true).id("it").on_toggle(Did::Switched).into();
    rows.push((
        "Toggle",
        vec![
            cell("on", 56.0, Away, switch),
            cell("off", 56.0, Away, |look| {
                toggle(look, "Reduce motion", false).id("it").on_toggle(Did::Switched).into()
            }),
            cell("hover", 56.0, Over, switch),
            cell("pressed", 56.0, Held, switch),
            cell("focused", 56.0, Focus, switch),
            cell("disabled", 56.0, Away, |look| toggle(look, "Reduce motion", true).into()),
            cell("help", 56.0, Away, |look| {
                toggle(look, "Download photos", true).help("Up to 3 MB").on_toggle(Did::Switched).into()
            }),
        ],
    ));
    let slide: View = |look| text_size(look).on_change(|_| Did::First).into();
    rows.push((
        "Slider",
        vec![
            cell("normal", 56.0, Away, slide),
            cell("hover", 56.0, Over, slide),
            cell("pressed", 56.0, Held, slide),
            cell("focused", 56.0, Focus, slide),
            cell("disabled", 56.0, Away, |look| text_size(look).into()),
        ],
    ));
    let closed: View = |look| country(look).into();
    rows.push((
        "Select",
        vec![
            cell("normal", 260.0, Away, closed),
            cell("hover", 260.0, Over, closed),
            cell("focused", 260.0, Focus, closed),
            cell("open", 260.0, Open, closed),
            cell("searched", 260.0, OpenByKeys, |look| country(look).searchable("Search", "Nothing").into()),
            cell("error", 260.0, Away, |look| country(look).error(Some("Choose one.".into())).into()),
            cell("disabled", 260.0, Away, |look| {
                select::<u8, Did>(look, "Country", None, [Choice::new(1, "Germany")]).placeholder("None").into()
            }),
        ],
    ));
    let inline: View = |look| language(look).into();
    rows.push((
        "Select in a row",
        vec![
            cell("normal", 190.0, Away, inline),
            cell("hover", 190.0, Over, inline),
            cell("focused", 190.0, Focus, inline),
            cell("open", 190.0, Open, inline),
            cell("by keys", 190.0, OpenByKeys, inline),
        ],
    ));
    rows.push((
        "Menu",
        vec![
            cell("closed", 340.0, Away, chat_menu),
            cell("open", 340.0, Open, chat_menu),
            cell("by keys", 340.0, OpenByKeys, chat_menu),
            cell("hint", 340.0, Rests, |look| {
                icon_button(look, Icon::Find, "Search in this chat")
                    .id("it")
                    .shortcut("Ctrl F")
                    .on_press(Did::First)
                    .into()
            }),
        ],
    ));
    let across: View = |look| {
        tabs(look, "Media", 0, |_| Did::First)
            .tab(0, "Media")
            .tab(1, "Files")
            .tab(2, "Links")
            .tab(3, "Voice")
            .id("it")
            .into()
    };
    let down: View = |look| views(look, true);
    rows.push((
        "Tabs",
        vec![
            cell("across", 116.0, Away, across),
            cell("focused", 116.0, Focus, across),
            cell("signs", 116.0, Away, |look| views(look, false)),
            cell("down", 116.0, Away, down),
            cell("hover", 116.0, Over, down),
            cell("down focused", 116.0, Focus, down),
        ],
    ));
    rows.push((
        "Row",
        vec![
            cell("normal", 64.0, Away, |look| chat(look, false, true)),
            cell("hover", 64.0, Over, |look| chat(look, false, true)),
            cell("pressed", 64.0, Held, |look| chat(look, false, true)),
            cell("focused", 64.0, Focus, |look| chat(look, false, true)),
            cell("selected", 64.0, Away, |look| chat(look, true, true)),
        ],
    ));
    rows.push((
        "Badges and progress",
        vec![
            cell("badges", 60.0, Away, |look| {
                let badges = [1, 46, 128, 12_000].map(|count| badge(look, count, false));
                beside(badges).push(badge(look, 128, true)).push(badge(look, 3, true)).spacing(8).into()
            }),
            cell("bar", 60.0, Away, |look| column![progress_bar(look, Some(0.62))].into()),
            cell("begun", 60.0, Away, |look| column![progress_bar(look, Some(0.0))].into()),
            cell("nobody knows", 60.0, Later, |look| column![progress_bar(look, None)].into()),
            cell("rings", 60.0, Later, |look| {
                let ring = |part| progress_ring(look, part, look.size(40.0));
                beside([ring(Some(0.01)), ring(Some(0.3)), ring(Some(0.8)), ring(Some(1.0)), ring(None)])
                    .spacing(8)
                    .into()
            }),
            cell("cancel", 60.0, Over, |look| {
                let id = Some(Id::new("it"));
                progress_ring_with_cancel(look, Some(0.4), look.size(44.0), "Cancel", Did::First, id)
            }),
        ],
    ));
    rows.push((
        "Banner",
        vec![
            cell("info", 132.0, Away, |look| {
                banner(look, Tone::Info, "A new version is there.")
                    .action("Restart", Did::First)
                    .on_close("Close", Did::Second)
                    .into()
            }),
            cell("warning", 132.0, Away, |look| {
                banner(look, Tone::Warning, "You are offline since 09:41.").action("Try again", Did::First).into()
            }),
            cell("danger", 132.0, Away, |look| {
                let words = "The disk is full: new messages are shown, but not kept.";
                banner(look, Tone::Danger, words).title("Nothing can be saved").action("Make room", Did::First).into()
            }),
        ],
    ));
    rows.push((
        "Empty, toasts",
        vec![
            cell("empty", 260.0, Away, |look| {
                empty(look, Icon::Folder, "No files yet.")
                    .more("What is sent here is found here.")
                    .action("Send one", Did::First)
                    .into()
            }),
            cell("toasts", 260.0, Away, |look| {
                let mut toasts = Toasts::default();
                toasts.push(Toast::new("Copied"));
                toasts.push(Toast::new("Chat archived").icon(Icon::Archive).action("Undo", Did::First));
                toasts.push(Toast::new("The file could not be saved.").tone(Tone::Danger));
                at_the_bottom(toasts.view(look, "Close", |_| Did::Second))
            }),
        ],
    ));
    rows.push((
        "Dialog",
        vec![
            cell("question", 300.0, Away, |look| {
                over(look, question(look).icon(Icon::Info).primary("Go on", Some(Did::First)))
            }),
            cell("danger", 300.0, Away, |look| {
                over(look, question(look).icon(Icon::LogOut).danger("Log out", Some(Did::First)))
            }),
            cell("field", 300.0, Away, |look| over(look, question(look).content(name(look, "")).primary("Save", None))),
        ],
    ));
    rows
}

/// How wide a picture is; wider where the text is.
fn width(look: Look, row: &str) -> f32 {
    let usual: f32 = match row {
        "Dialog" | "Banner" | "Empty, toasts" => 480.0,
        "Menu" | "Tabs" => 330.0,
        _ => 260.0,
    };
    (usual * look.text.sqrt()).round()
}

fn draw(look: Look, row: &str, cell: &Cell) -> (Picture, Vec<(Rectangle, String)>) {
    let whole = matches!(row, "Dialog" | "Empty, toasts");
    let edge = if whole { 0.0 } else { 12.0 };
    let size = Size::new(width(look, row), (cell.height * look.text + 2.0 * edge).round());
    let mut stage = Stage::new(size.width, size.height);
    let view = || -> Element<'static, Did> {
        let ground = if row == "Tabs" { look.palette.rail } else { look.palette.surface };
        let content = container((cell.view)(look)).width(Fill).height(Fill).padding(edge);
        keys(content.style(move |_: &iced::Theme| container::background(ground))).into()
    };
    stage.pass(view(), Duration::ZERO);
    let middle =
        |stage: &mut Stage| stage.bounds_of(view(), "it").map(|bounds| bounds.center()).unwrap_or(Point::ORIGIN);
    match cell.hand {
        Hand::Away => {}
        Hand::Over => {
            let at = middle(&mut stage);
            stage.move_to(view(), at);
        }
        Hand::Held => {
            let at = middle(&mut stage);
            stage.move_to(view(), at);
            stage.events(view(), &[Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]);
        }
        Hand::Focus => {
            stage.press(view(), Named::Tab);
        }
        Hand::Open => {
            stage.click(view, "it");
        }
        Hand::OpenByKeys => {
            stage.press(view(), Named::Tab);
            stage.press(view(), Named::Enter);
            stage.press(view(), Named::ArrowDown);
        }
        Hand::Later => {
            stage.pass(view(), Duration::from_millis(400));
        }
        Hand::Rests => {
            let at = middle(&mut stage);
            stage.move_to(view(), at);
            stage.pass(view(), Duration::from_millis(600));
        }
    }
    let words = stage.words(view());
    (stage.picture(view(), look), words)
}

/// Pictures beside and below each other.
struct Sheet {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Sheet {
    fn new(look: Look) -> Self {
        let widest = sheet().iter().map(|(row, cells)| width(look, row) as u32 * cells.len() as u32).max().unwrap();
        Self { width: widest + 8, height: 0, pixels: Vec::new() }
    }

    fn push(&mut self, pictures: &[Picture], ground: iced::Color) {
        let height = pictures.iter().map(|picture| picture.size().height).max().unwrap_or(0);
        let start = self.pixels.len();
        let [r, g, b, a] = ground.into_rgba8();
        self.pixels.extend([r, g, b, a].repeat((self.width * (height + 4)) as usize));
        let mut x = 0;
        for picture in pictures {
            let size = picture.size();
            for (y, line) in picture.pixels().chunks_exact(size.width as usize * 4).enumerate() {
                let at = start + (y * self.width as usize + x) * 4;
                self.pixels[at..at + line.len()].copy_from_slice(line);
            }
            x += size.width as usize + 1;
        }
        self.height += height + 4;
    }

    fn save(&self, path: &std::path::Path) {
        image::save_buffer(path, &self.pixels, self.width, self.height, image::ColorType::Rgba8).unwrap();
    }
}

/// What is wrong with a picture, if anything.
fn wrong(look: Look, row: &str, picture: &Picture, words: &[(Rectangle, String)]) -> Option<String> {
    let size = picture.size();
    let window = Rectangle::with_size(Size::new(size.width as f32, size.height as f32)).expand(1.0);
    if let Some((bounds, words)) = words.iter().find(|(bounds, _)| !bounds.is_within(&window)) {
        return Some(format!("{words:?} is outside: {bounds:?} of {window:?}"));
    }
    for (at, (one, first)) in words.iter().enumerate() {
        for (other, second) in words.iter().skip(at + 1) {
            let inside = one.is_within(&other.expand(1.0)) || other.is_within(&one.expand(1.0));
            let common = one.intersection(other).is_some_and(|common| common.width > 1.0 && common.height > 1.0);
            if common && !inside {
                return Some(format!("{first:?} and {second:?} overlap: {one:?}, {other:?}"));
            }
        }
    }
    if matches!(row, "Dialog" | "Empty, toasts") {
        return None;
    }
    // Nothing touches the edge of its picture.
    let ground = if row == "Tabs" { look.palette.rail } else { look.palette.surface }.into_rgba8();
    let edge = (0..size.width).flat_map(|x| [(x, 0), (x, size.height - 1)]);
    let edge = edge.chain((0..size.height).flat_map(|y| [(0, y), (size.width - 1, y)]));
    let near = |pixel: [u8; 4]| pixel.iter().zip(ground).all(|(a, b)| a.abs_diff(b) <= 12);
    edge.into_iter()
        .find(|&(x, y)| !near(picture.at(x, y)))
        .map(|(x, y)| format!("something touches the edge at {x}, {y}"))
}

/// Draws all of it; gives what is wrong, and the sheet.
fn gallery(look: Look) -> (Vec<String>, Sheet) {
    let mut sheet = Sheet::new(look);
    let mut bad = Vec::new();
    for (row, cells) in self::sheet() {
        let drawn: Vec<_> = cells.iter().map(|cell| draw(look, row, cell)).collect();
        for (cell, (picture, words)) in cells.iter().zip(&drawn) {
            if let Some(wrong) = wrong(look, row, picture, words) {
                bad.push(format!("{row}, {}: {wrong}", cell.name));
            }
        }
        for (at, cell) in cells.iter().enumerate() {
            let (picture, _) = &drawn[at];
            if cells[..at].iter().zip(&drawn).any(|(_, (other, _))| other.pixels() == picture.pixels()) {
                bad.push(format!("{row}, {}: looks like one before it", cell.name));
            }
        }
        let pictures: Vec<_> = drawn.into_iter().map(|(picture, _)| picture).collect();
        sheet.push(&pictures, look.palette.line);
    }
    (bad, sheet)
}

fn looks() -> Vec<(String, Look)> {
    let mut looks = Vec::new();
    for (name, night, contrast) in
        [("day", false, false), ("night", true, false), ("contrast-day", false, true), ("contrast-night", true, true)]
    {
        for text in [1.0, 2.0] {
            let look = Look::of(Theme { night, contrast, accent: Accent::Amber }).with_text(text);
            looks.push((format!("{name}-{:.0}", text * 100.0), Look { reduce_motion: true, ..look }));
        }
    }
    let rtl = Look { direction: Direction::RightToLeft, reduce_motion: true, ..Look::day() };
    looks.push(("rtl-100".to_owned(), rtl));
    looks.push(("day-80".to_owned(), Look { reduce_motion: true, ..Look::day().with_text(0.8) }));
    looks
}

#[test]
fn every_control_in_every_state_fits_and_can_be_told_from_the_others() {
    let folder = std::env::var_os("HELIOGRAPH_PICTURES").map(std::path::PathBuf::from);
    let mut bad = Vec::new();
    for (name, look) in looks() {
        let (wrong, sheet) = gallery(look);
        bad.extend(wrong.into_iter().map(|wrong| format!("{name}: {wrong}")));
        if let Some(folder) = &folder {
            sheet.save(&folder.join(format!("controls-{name}.png")));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
#[ignore = "draws pictures to look at into $HELIOGRAPH_PICTURES"]
fn accents() {
    let folder = std::path::PathBuf::from(std::env::var_os("HELIOGRAPH_PICTURES").unwrap());
    for (name, night, contrast) in [("day", false, false), ("night", true, false), ("contrast", false, true)] {
        let mut sheet = Sheet { width: 1000, height: 0, pixels: Vec::new() };
        for accent in Accent::ALL {
            let look = Look::of(Theme { night, contrast, accent });
            let p = look.palette;
            let bubble = |words: &'static str, ground| {
                container(text(words).size(look.body()).color(p.text)).padding([8, 14]).style(move |_: &iced::Theme| {
                    container::Style { border: iced::border::rounded(14), ..container::background(ground) }
                })
            };
            let view: Element<'_, Did> = column![
                beside![
                    primary(look),
                    button(look, "Another way").kind(Kind::Ghost).on_press(Did::First),
                    badge(look, 46, false),
                    badge(look, 46, true),
                    bubble("The log says so", p.bubble_out),
                    bubble("The north lens is in place", p.raised),
                    container(text_size(look).on_change(|_| Did::First)).width(200),
                ]
                .spacing(16)
                .align_y(iced::Center),
                beside![
                    container(views(look, true)).width(240),
                    container(toggle(look, "Reduce motion", true).on_toggle(Did::Switched)).width(220),
                    container(chat(look, true, true)).width(220),
                    container(banner::<Did>(look, Tone::Info, "A new version is there.")).width(240),
                ]
                .spacing(16),
            ]
            .spacing(12)
            .padding(16)
            .into();
            let view =
                container(view).width(Fill).height(Fill).style(move |_: &iced::Theme| container::background(p.wall));
            sheet.push(&[Stage::new(1000.0, 210.0).picture(view, look)], p.line);
        }
        sheet.save(&folder.join(format!("accents-{name}.png")));
    }
}

#[test]
#[ignore = "draws pictures to look at into $HELIOGRAPH_PICTURES"]
fn icons() {
    let folder = std::path::PathBuf::from(std::env::var_os("HELIOGRAPH_PICTURES").unwrap());
    let rows = Icon::ALL.chunks(12).map(|icons| {
        let signs = icons.iter().map(|sign| {
            let name = text(format!("{sign:?}")).size(10);
            column![crate::widget::icon::icon(*sign, 40.0, LOOK.palette.text), name].spacing(4).width(90).into()
        });
        beside(signs).into()
    });
    let view: Element<'_, Did> = container(column(rows).spacing(12)).padding(16).into();
    Stage::new(1120.0, 560.0).picture(view, LOOK).save(&folder.join("icons.png"));
}
