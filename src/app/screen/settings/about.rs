//! What the program is, and what it is made of.

use super::card::{card, line, named};
use super::{Message, Settings};
use crate::screen::card::note;
use crate::theme::{Look, fonts};
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::{Element, control, flow};
use crate::words::{Words, fl};
use iced::widget::{column, space};
use iced::{Center, Fill, Pixels};

const NOTICE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../NOTICE.md"));

/// Pages of the web that belong to it.
const PRIVACY: &str = "https://telegram.org/privacy";
const API_TERMS: &str = "https://core.telegram.org/api/terms";

pub(super) fn view<'a>(settings: &'a Settings, look: Look, words: &Words, tight: bool) -> Element<'a, Message> {
    let palette = look.palette;
    let name = text(fl!(words, "app-name"))
        .size(look.size(20.0))
        .line_height(Pixels(look.size(28.0)))
        .font(fonts::SEMIBOLD)
        .width(Fill)
        .align_x(flow::start(look))
        .color(palette.text);
    let version = text(fl!(words, "settings-version", version = env!("CARGO_PKG_VERSION")))
        .size(look.name())
        .width(Fill)
        .align_x(flow::start(look))
        .color(palette.muted);
    let sun = icon(Icon::Sun, look.size(44.0), palette.accent);
    let head = flow::row(look, [sun, column![name, version].spacing(2).into()]).spacing(16).align_y(Center).into();
    let link = |id: &'static str, title: String, url: &'static str| {
        let open = control::button(look, fl!(words, "settings-open-link"))
            .kind(control::Kind::Ghost)
            .id(id)
            .tooltip(url)
            .on_press(Message::OpenWanted(url.to_owned()));
        line(look, title, Some(url.trim_start_matches("https://").to_owned()), open)
    };
    let toggle = control::button(
        look,
        if settings.shows_notice { fl!(words, "settings-notice-hide") } else { fl!(words, "settings-notice-show") },
    )
    .kind(control::Kind::Ghost)
    .id("settings-notice")
    .on_press(Message::NoticeWanted(!settings.shows_notice));
    let licence = line(look, fl!(words, "settings-licence"), Some(fl!(words, "settings-licence-means")), toggle);
    let unopened = settings
        .unopened
        .as_ref()
        .map(|what| note(look, Icon::Info, fl!(words, "settings-unopened", what = what.clone())));
    let notice = settings.shows_notice.then(|| card(look, tight, notice(look)));
    column![
        card(
            look,
            tight,
            [head, named(look, fl!(words, "settings-independent"), Some(fl!(words, "settings-independent-means")))]
        ),
        card(
            look,
            tight,
            [
                link("settings-privacy", fl!(words, "settings-link-privacy"), PRIVACY),
                link("settings-terms", fl!(words, "settings-link-terms"), API_TERMS)
            ]
        ),
    ]
    .push(unopened)
    .push(card(look, tight, [licence]))
    .push(notice)
    .push(space().height(1))
    .spacing(16)
    .into()
}

/// The notices that travel with the program. They are quoted, so they stay in the language that they are in.
fn notice<'a>(look: Look) -> Vec<Element<'a, Message>> {
    parts(NOTICE)
        .into_iter()
        .map(|part| match part {
            Part::Words(words) => named(look, words, None),
            Part::Work { what, licence } => named(look, what, Some(licence)),
        })
        .collect()
}

#[derive(Debug, PartialEq)]
enum Part {
    Words(String),
    Work { what: String, licence: String },
}

/// Paragraphs, and the rows of the table, without the marks of the format.
fn parts(markdown: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for block in markdown.split("\n\n").map(str::trim).filter(|block| !block.is_empty() && !block.starts_with('#')) {
        if !block.starts_with('|') {
            parts.push(Part::Words(block.replace('\n', " ").replace('`', "")));
            continue;
        }
        // The first two lines are the head of the table.
        for row in block.lines().skip(2) {
            let mut cells = row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', ""));
            let (Some(what), Some(place), Some(licence)) = (cells.next(), cells.next(), cells.next()) else { continue };
            parts.push(Part::Work { what, licence: format!("{licence} · {place}") });
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_work_of_others_is_named_with_its_licence() {
        let parts = parts(NOTICE);
        let rows = NOTICE.lines().filter(|line| line.starts_with('|')).count() - 2;
        let works: Vec<_> = parts.iter().filter(|part| matches!(part, Part::Work { .. })).collect();
        assert_eq!(works.len(), rows);
        assert!(works.iter().any(|work| {
            matches!(work, Part::Work { what, licence } if what.starts_with("Inter,") && licence.starts_with("SIL"))
        }));
        assert!(parts.iter().any(|part| matches!(part, Part::Words(words) if words.contains("SQLCipher"))));
        assert!(parts.iter().any(|part| matches!(part, Part::Words(words) if words.contains("trademark"))));
    }
}
