//! A file in a message: its name and size, and how its download stands.

use super::message::on_picture;
use super::scene::Scene;
use super::{Message, photo, preview};
use crate::download::{Downloads, State};
use crate::media::still::{self, Still};
use crate::theme::{Look, fonts};
use crate::widget::Element;
use crate::widget::control::{self, Kind};
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::text::line;
use crate::words::{Words, fl, number};
use heliograph_model::{Document, Message as Said, PeerId};
use iced::widget::{column, container, space, stack};
use iced::{Center, Fill};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How wide the row is, where there is room.
const WIDTH: f32 = 300.0;
/// How wide it is while a path is asked for.
const WIDE: f32 = 420.0;

/// How fast downloads are, as seen from the progress they report.
#[derive(Debug, Default)]
pub struct Speeds {
    rows: HashMap<(PeerId, i32), Pace>,
}

#[derive(Clone, Copy, Debug)]
struct Pace {
    at: Instant,
    /// What was here then; not known before the first word of it, as some of it may have been here before.
    done: Option<u64>,
    per_second: f64,
}

impl Speeds {
    /// A download begins.
    pub fn watch(&mut self, key: (PeerId, i32), now: Instant) {
        let _ = self.rows.insert(key, Pace { at: now, done: None, per_second: 0.0 });
    }

    /// It was called off.
    pub fn forget(&mut self, key: (PeerId, i32)) {
        let _ = self.rows.remove(&key);
    }

    /// Something happened to a download: looks how far each is.
    pub fn sample(&mut self, downloads: &Downloads, now: Instant) {
        self.rows.retain(|(chat, message), pace| match downloads.state(*chat, *message) {
            State::Running { done, .. } => {
                pace.take(done, now);
                true
            }
            _ => false,
        });
    }

    /// Bytes in a second, once that can be said.
    pub fn get(&self, key: (PeerId, i32)) -> Option<u64> {
        self.rows.get(&key).map(|pace| pace.per_second as u64).filter(|speed| *speed > 0)
    }
}

impl Pace {
    fn take(&mut self, done: u64, now: Instant) {
        let Some(before) = self.done else {
            if done > 0 {
                (self.at, self.done) = (now, Some(done));
            }
            return;
        };
        let passed = now.saturating_duration_since(self.at);
        // Too short a time says nothing.
        if passed < Duration::from_millis(400) {
            return;
        }
        let speed = done.saturating_sub(before) as f64 / passed.as_secs_f64();
        // Smoothed, so that it can be read.
        self.per_second = if self.per_second > 0.0 { self.per_second * 0.7 + speed * 0.3 } else { speed };
        (self.at, self.done) = (now, Some(done));
    }
}

/// What the row of a file shows beside how its download stands.
pub struct Face<'a> {
    /// A picture of it, under the button.
    pub cover: Option<Still>,
    /// What it is called, or how it sounds.
    pub title: Element<'a, Message>,
    /// What is said of it while nothing is done with it.
    pub idle: String,
}

/// The row of any file.
pub fn view<'a>(scene: &Scene<'a>, said: &'a Said, document: &'a Document) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let name = preview::document_name(&words, &document.name);
    let title = line(look.body(), look.palette.text).push(name, Some(fonts::SEMIBOLD), None).into();
    row(scene, said, document, Face { cover: still::cover(document), title, idle: size(&words, document) })
}

/// How large a file is.
pub fn size(words: &Words, document: &Document) -> String {
    if document.file.size > 0 { number::bytes(document.file.size) } else { fl!(words, "size-unknown") }
}

/// How the download of what is shown as a picture stands, as far as that needs words.
pub fn status<'a>(scene: &Scene<'a>, said: &'a Said, document: &'a Document) -> Option<Element<'a, Message>> {
    let needs = match scene.file(said) {
        State::Idle | State::Running { .. } => false,
        State::AskingWhere | State::EnterPath { .. } | State::Saved(_) | State::Failed(_) => true,
    };
    needs.then(|| view(scene, said, document))
}

/// What pressing a file does, the sign for it and its words; the ids of these controls begin like that.
pub struct Act {
    /// The sign.
    pub icon: Icon,
    /// What it does, in words.
    pub label: String,
    /// The stable name of the control.
    pub id: String,
    /// What it sends. `None` while the server does not have the file.
    pub message: Option<Message>,
    /// How far the download is, while it runs.
    pub part: Option<f32>,
}

/// See [`Act`].
pub fn act(scene: &Scene<'_>, said: &Said) -> Act {
    let words = scene.words;
    let number = said.id.server();
    let id = |what: &str| format!("{what}:{}", number.unwrap_or(0));
    let start = |icon, label| match scene.away {
        // It would only wait.
        true => Act { icon, label: fl!(words, "needs-connection"), id: id("download"), message: None, part: None },
        false => Act { icon, label, id: id("download"), message: number.map(Message::DownloadWanted), part: None },
    };
    let state = scene.file(said);
    match state {
        State::Idle => start(Icon::Download, fl!(words, "download")),
        State::Saved(_) => start(Icon::Check, fl!(words, "download-again")),
        State::Failed(_) => start(Icon::Retry, fl!(words, "retry")),
        State::Running { .. } | State::AskingWhere | State::EnterPath { .. } => Act {
            icon: Icon::Cross,
            label: fl!(words, "download-cancel"),
            id: id("cancel"),
            message: number.map(Message::DownloadCancelled),
            part: match state {
                State::Running { done, total } if total > 0 => Some((done as f32 / total as f32).clamp(0.0, 1.0)),
                State::Running { .. } => Some(0.0),
                _ => None,
            },
        },
    }
}

/// The button of a row: on the picture of the file where there is one.
fn button<'a>(scene: &Scene<'a>, cover: Option<Still>, act: Act) -> Element<'a, Message> {
    let look = scene.look;
    let Some((handle, cover)) = cover.and_then(|cover| Some((scene.pictures.get(cover.key)?.clone(), cover))) else {
        return control::icon_button(look, act.icon, act.label)
            .kind(Kind::Primary)
            .size(still::COVER)
            .round()
            .id(act.id)
            .on_press_maybe(act.message)
            .into();
    };
    let side = look.size(still::COVER).round();
    let frame = photo::frame(look, cover.key.form, Some(handle), String::new()).fill(true);
    let sign = container(on_picture::sign(look, act.icon, look.size(26.0).round())).center(Fill);
    let face = stack![container(frame).width(side).height(side), sign];
    let press = control::row(look, act.label.clone(), face).padding(0).radius(8.0).width(side).height(side).id(act.id);
    hint(look, press.on_press_maybe(act.message), act.label)
}

fn hint<'a>(look: Look, content: impl Into<Element<'a, Message>>, words: String) -> Element<'a, Message> {
    control::hint(look, content, words, None, iced::widget::tooltip::Position::Bottom)
}

/// The row of a file that shows itself like this.
pub fn row<'a>(scene: &Scene<'a>, said: &'a Said, document: &'a Document, face: Face<'a>) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let palette = look.palette;
    let number = said.id.server().unwrap_or(0);
    let state = scene.file(said);
    let (second, color) = match state {
        State::Idle => (face.idle, palette.muted),
        State::Running { done, total } => {
            let total = if total > 0 { total } else { document.file.size };
            let mut second = number::bytes_of(done.min(total.max(done)), total.max(done));
            if let Some(speed) = scene.speeds.get((said.chat, number)) {
                second = number::beside(second, fl!(words, "per-second", amount = number::bytes(speed)));
            }
            (second, palette.muted)
        }
        State::AskingWhere | State::EnterPath { .. } => (fl!(words, "download-where"), palette.muted),
        State::Saved(path) => {
            let place = path.parent().unwrap_or(path).display().to_string();
            (fl!(words, "download-saved", place = place), palette.muted)
        }
        State::Failed(why) => (why.to_owned(), palette.danger),
    };
    let second: Element<'a, Message> = match state {
        // Why it failed is said in full.
        State::Failed(_) => text(second).size(look.second()).color(color).into(),
        _ => line(look.second(), color).push(second, None, None).into(),
    };
    let bar = match state {
        State::Running { done, total } => {
            let part = if total > 0 { (done as f32 / total as f32).clamp(0.0, 1.0) } else { 0.0 };
            Some(
                container(control::progress_bar(look, Some(part)))
                    .padding(iced::Padding { top: 5.0, ..iced::Padding::ZERO }),
            )
        }
        _ => None,
    };
    let button = button(scene, face.cover, act(scene, said));
    let lines = flow::column(look, []).push(face.title).push(second).push(bar).width(Fill);
    let head = flow::row(look, []).push(button).push(lines).spacing(12).align_y(Center);
    match state {
        State::EnterPath { path, error } => {
            let field = control::field(look, fl!(words, "download-path"), path)
                .id("save-path")
                .on_input(move |path| Message::PathEdited(number, path))
                .on_submit(Message::SaveWanted(number))
                .error(error.map(str::to_owned));
            let save = control::button(look, fl!(words, "download-save"))
                .kind(Kind::Primary)
                .compact()
                .id("save")
                .on_press(Message::SaveWanted(number));
            let buttons = flow::row(look, []).push(space::horizontal()).push(save).spacing(8);
            container(column![head, field, buttons].spacing(10)).width(look.size(WIDE)).into()
        }
        _ => container(head).width(look.size(WIDTH)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_is_smoothed_and_needs_time() {
        let start = Instant::now();
        let mut pace = Pace { at: start, done: None, per_second: 0.0 };
        pace.take(0, start);
        pace.take(50_000_000, start);
        assert_eq!((pace.done, pace.per_second), (Some(50_000_000), 0.0), "what was here before says nothing");
        let mut pace = Pace { at: start, done: Some(0), per_second: 0.0 };
        pace.take(500, start + Duration::from_millis(100));
        assert_eq!(pace.per_second, 0.0);
        pace.take(1_000, start + Duration::from_secs(1));
        assert_eq!(pace.per_second, 1000.0);
        pace.take(3_000, start + Duration::from_secs(2));
        assert_eq!(pace.per_second, 1300.0);
    }
}
