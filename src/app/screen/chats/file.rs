//! A file in a message: its name and size, and how its download stands.

use super::Message;
use super::preview;
use crate::download::{Downloads, State};
use crate::theme::{Look, fonts};
use crate::widget::Element;
use crate::widget::control::{self, Kind};
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::text::line;
use crate::words::{Words, fl, number};
use heliograph_model::{Document, PeerId};
use iced::widget::{column, container, space};
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
    done: u64,
    per_second: f64,
}

impl Speeds {
    /// A download begins.
    pub fn watch(&mut self, key: (PeerId, i32), now: Instant) {
        let _ = self.rows.insert(key, Pace { at: now, done: 0, per_second: 0.0 });
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
        let passed = now.saturating_duration_since(self.at);
        // Too short a time says nothing.
        if passed < Duration::from_millis(400) {
            return;
        }
        let speed = done.saturating_sub(self.done) as f64 / passed.as_secs_f64();
        // Smoothed, so that it can be read.
        self.per_second = if self.per_second > 0.0 { self.per_second * 0.7 + speed * 0.3 } else { speed };
        (self.at, self.done) = (now, done);
    }
}

/// The row of a file.
pub fn view<'a>(
    look: Look,
    words: &Words,
    document: &'a Document,
    message: i32,
    state: State<'a>,
    speed: Option<u64>,
) -> Element<'a, Message> {
    let palette = look.palette;
    let name = preview::document_name(words, &document.name);
    let download = |icon, label: String| {
        control::icon_button(look, icon, label)
            .kind(Kind::Primary)
            .size(44.0)
            .round()
            .id(format!("download:{message}"))
            .on_press(Message::DownloadWanted(message))
    };
    let cancel = |label: String| {
        control::icon_button(look, Icon::Cross, label)
            .kind(Kind::Primary)
            .size(44.0)
            .round()
            .id(format!("cancel:{message}"))
            .on_press(Message::DownloadCancelled(message))
    };
    let size = if document.file.size > 0 { number::bytes(document.file.size) } else { fl!(words, "size-unknown") };
    let (button, second, color) = match state {
        State::Idle => (download(Icon::Download, fl!(words, "download")), size, palette.muted),
        State::Running { done, total } => {
            let total = if total > 0 { total } else { document.file.size };
            let mut second = number::bytes_of(done.min(total.max(done)), total.max(done));
            if let Some(speed) = speed {
                second = number::beside(second, fl!(words, "per-second", amount = number::bytes(speed)));
            }
            (cancel(fl!(words, "download-cancel")), second, palette.muted)
        }
        State::AskingWhere => (cancel(fl!(words, "download-cancel")), fl!(words, "download-where"), palette.muted),
        State::EnterPath { .. } => (cancel(fl!(words, "download-cancel")), fl!(words, "download-where"), palette.muted),
        State::Saved(path) => {
            let place = path.parent().unwrap_or(path).display().to_string();
            let second = fl!(words, "download-saved", place = place);
            (download(Icon::Check, fl!(words, "download-again")), second, palette.muted)
        }
        State::Failed(why) => (download(Icon::Retry, fl!(words, "retry")), why.to_owned(), palette.danger),
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
    let title = line(look.body(), palette.text).push(name, Some(fonts::SEMIBOLD), None);
    let lines = flow::column(look, []).push(title).push(second).push(bar).width(Fill);
    let head = flow::row(look, []).push(button).push(lines).spacing(12).align_y(Center);
    match state {
        State::EnterPath { path, error } => {
            let field = control::field(look, fl!(words, "download-path"), path)
                .id("save-path")
                .on_input(move |path| Message::PathEdited(message, path))
                .on_submit(Message::SaveWanted(message))
                .error(error.map(str::to_owned));
            let save = control::button(look, fl!(words, "download-save"))
                .kind(Kind::Primary)
                .compact()
                .id("save")
                .on_press(Message::SaveWanted(message));
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
        let mut pace = Pace { at: start, done: 0, per_second: 0.0 };
        pace.take(500, start + Duration::from_millis(100));
        assert_eq!(pace.per_second, 0.0);
        pace.take(1_000, start + Duration::from_secs(1));
        assert_eq!(pace.per_second, 1000.0);
        pace.take(3_000, start + Duration::from_secs(2));
        assert_eq!(pace.per_second, 1300.0);
    }
}
