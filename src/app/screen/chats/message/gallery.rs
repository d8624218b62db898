//! Every kind of bubble, drawn by day and by night, at 100 % and 150 % text, from left to right and from right to left.
//! The pictures lie in `gallery/`; see [`crate::widget::stage::snapshot`] for how they are renewed.

pub mod happening;
mod media;
pub mod people;
mod posts;
mod talk;

use crate::screen::chats::Message;
use crate::screen::chats::scene::Scene;
use crate::theme::{Direction, Look};
use crate::widget::Element;
use crate::widget::stage::Stage;
use crate::widget::stage::snapshot::Snapshots;
use crate::words;
use heliograph_model::Message as Said;
use iced::widget::{column, container, row};
use iced::{Fill, Theme};

/// The width of one column of bubbles, at 100 % and at 150 % text.
const COLUMN: (f32, f32) = (424.0, 540.0);
/// Higher than any of them.
const HEIGHT: f32 = 4400.0;

/// One column: its messages, oldest first, those of an album together.
pub struct Column {
    rows: Vec<Vec<Said>>,
}

fn draw<'a>(scene: Scene<'a>, columns: &'a [Column], width: f32) -> Element<'a, Message> {
    let columns = columns.iter().map(|Column { rows }| {
        let mut all: Vec<Element<'a, Message>> = Vec::new();
        for (index, group) in rows.iter().enumerate() {
            let joins = |other: Option<&Vec<Said>>| {
                let (Some(one), Some(other)) = (group.first(), other.and_then(|other| other.first())) else {
                    return false;
                };
                one.service.is_none() && other.service.is_none() && one.sender == other.sender && one.chat == other.chat
            };
            let before = index.checked_sub(1).and_then(|before| rows.get(before));
            let run = (!joins(before), !joins(rows.get(index + 1)));
            let group: Vec<&Said> = group.iter().collect();
            all.push(super::album(&scene, &group, run));
        }
        container(column(all)).width(width).into()
    });
    let wall = scene.look.palette.wall;
    container(row(columns))
        .padding([12, 0])
        .width(Fill)
        .height(Fill)
        .style(move |_: &Theme| container::background(wall))
        .into()
}

#[test]
fn every_kind_of_bubble_looks_as_it_was_reviewed() {
    let mut snapshots = Snapshots::new("screen/chats/message/gallery");
    let columns = [talk::column(), posts::column(), media::column(), happening::column()];
    for (language, direction) in [("en", Direction::LeftToRight), ("ar", Direction::RightToLeft)] {
        let _here = words::here(words::language(language).unwrap());
        // Albums are mirrored with the language, and so are the pictures made for them.
        let room = people::room(&columns);
        for night in [false, true] {
            for (text, width) in [(1.0, COLUMN.0), (1.5, COLUMN.1)] {
                let look = if night { Look::night() } else { Look::day() }.with_text(text);
                let look = Look { direction, reduce_motion: true, ..look };
                let mut stage = Stage::new(width * columns.len() as f32, HEIGHT);
                // Code gets its colours a moment after it is seen first.
                let _without = stage.picture(draw(room.scene(look), &columns, width), look);
                crate::widget::text::wait_for_colors();
                let picture = stage.picture(draw(room.scene(look), &columns, width), look).trimmed(16);
                assert!((picture.size().height as f32) < HEIGHT, "it is cut off");
                let time = if night { "night" } else { "day" };
                snapshots.check(&format!("{language}-{time}-{:.0}", text * 100.0), &picture);
            }
        }
    }
    snapshots.finish();
}
