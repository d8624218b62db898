//! Empty states: what would be here, and what to do next.

use super::{Element, Kind, button};
use crate::theme::{Look, fonts};
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use iced::widget::{Id, column, container};
use iced::{Center, Fill, Pixels, Theme, border};

/// An empty state; made by [`empty`].
pub struct Empty<M> {
    look: Look,
    icon: Icon,
    words: String,
    more: Option<String>,
    action: Option<(String, M, Option<Id>)>,
}

/// What stands in the middle of a place where there is nothing yet.
pub fn empty<M: Clone>(look: Look, icon: Icon, words: impl Into<String>) -> Empty<M> {
    Empty { look, icon, words: words.into(), more: None, action: None }
}

impl<M: Clone> Empty<M> {
    /// A second sentence.
    pub fn more(self, words: impl Into<String>) -> Self {
        Self { more: Some(words.into()), ..self }
    }

    /// The next step.
    pub fn action(self, label: impl Into<String>, message: M) -> Self {
        Self { action: Some((label.into(), message, None)), ..self }
    }

    /// The next step, with a stable name.
    pub fn action_id(mut self, id: impl Into<Id>) -> Self {
        if let Some((_, _, name)) = &mut self.action {
            *name = Some(id.into());
        }
        self
    }
}

impl<'a, M: Clone + 'a> From<Empty<M>> for Element<'a, M> {
    fn from(empty: Empty<M>) -> Self {
        let (look, p) = (empty.look, empty.look.palette);
        let side = look.size(72.0);
        let sign = container(icon(empty.icon, look.size(32.0), p.muted)).center(side).style(move |_: &Theme| {
            container::Style { border: border::rounded(side / 2.0), ..container::background(p.hover) }
        });
        let line = Pixels(look.size(20.0));
        let words = text(empty.words).size(look.body()).line_height(line).font(fonts::MEDIUM).color(p.text).center();
        let more = empty.more.map(|more| text(more).size(look.body()).line_height(line).color(p.muted).center());
        let action = empty.action.map(|(label, message, id)| {
            let action = button(look, label).kind(Kind::Ghost).on_press(message);
            match id {
                Some(id) => action.id(id),
                None => action,
            }
        });
        let action = action.map(|action| container(action).padding([8, 0]));
        let content = column![sign, words].push(more).push(action).spacing(8).align_x(Center);
        container(container(content).max_width(look.size(320.0))).center(Fill).padding(24).into()
    }
}
