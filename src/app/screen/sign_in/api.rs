//! The number that Telegram wants to know of every program: asked for once, where none came with it.

use super::{Action, Message as Outer, SignIn};
use crate::preferences::ApiCredentials;
use crate::screen::card::{note, paragraph};
use crate::theme::Look;
use crate::widget::control::{self, Kind};
use crate::widget::flow;
use crate::widget::icon::Icon;
use crate::words::{Words, fl};
use iced::widget::{Column, column, operation, space};
use iced::{Center, Fill};
use std::fmt;

/// Where one gets them.
const PLACE: &str = "https://my.telegram.org/apps";

/// What was typed, kept when the person goes on and comes back.
#[derive(Default)]
pub(super) struct Form {
    pub(super) id: String,
    hash: String,
    id_wrong: bool,
    hash_wrong: bool,
}

// The hash is a secret.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").finish_non_exhaustive()
    }
}

/// What happens on it.
#[derive(Clone)]
pub enum Message {
    /// Typed into the number.
    IdChanged(String),
    /// Typed into the secret.
    HashChanged(String),
    /// To the page where they are given out.
    OpenPressed,
    /// Its address, to be opened elsewhere.
    CopyPressed,
    /// To the form, where the server did not take what is there.
    ChangePressed,
}

impl Form {
    fn credentials(&self) -> Option<ApiCredentials> {
        Some(ApiCredentials { id: id(&self.id)?, hash: hash(&self.hash)? })
    }
}

/// The number: digits only, and not none.
fn id(typed: &str) -> Option<i32> {
    let typed = typed.trim();
    typed.bytes().all(|b| b.is_ascii_digit()).then(|| typed.parse().ok())?.filter(|id| *id > 0)
}

/// The secret: 32 digits of a number to the base of sixteen.
fn hash(typed: &str) -> Option<String> {
    let typed = typed.trim();
    (typed.len() == 32 && typed.bytes().all(|b| b.is_ascii_hexdigit())).then(|| typed.to_ascii_lowercase())
}

impl SignIn {
    pub(super) fn update_api(&mut self, message: Message) -> Action {
        match message {
            Message::IdChanged(typed) => {
                self.api.id = typed.chars().filter(|c| !c.is_control()).take(12).collect();
                self.api.id_wrong = false;
            }
            Message::HashChanged(typed) => {
                self.api.hash = typed.chars().filter(|c| !c.is_control()).take(40).collect();
                self.api.hash_wrong = false;
            }
            Message::OpenPressed => return self.update(Outer::OpenPressed(PLACE.to_owned())),
            Message::CopyPressed => return Action::Run(iced::clipboard::write(PLACE.to_owned())),
            Message::ChangePressed => {
                self.work = None;
                self.qr.pause();
                self.trouble = None;
                self.step = super::Step::Api;
                return Action::Run(self.focus());
            }
        }
        Action::None
    }

    pub(super) fn submit_api(&mut self) -> Action {
        if let Some(credentials) = self.api.credentials() {
            return Action::Api(credentials);
        }
        self.api.id_wrong = id(&self.api.id).is_none();
        self.api.hash_wrong = hash(&self.api.hash).is_none();
        Action::Run(operation::focus(if self.api.id_wrong { "api-id" } else { "api-hash" }))
    }

    pub(super) fn api_step(&self, look: Look, words: Words) -> Column<'_, Outer> {
        let form = &self.api;
        let id = control::field(look, "api_id", &form.id)
            .id("api-id")
            .placeholder("1234567")
            .error(form.id_wrong.then(|| fl!(words, "sign-in-api-id-wrong")))
            .on_input(|typed| Outer::Api(Message::IdChanged(typed)))
            .on_submit(Outer::Submitted);
        let hash = control::field(look, "api_hash", &form.hash)
            .id("api-hash")
            .placeholder("0123456789abcdef0123456789abcdef")
            .error(form.hash_wrong.then(|| fl!(words, "sign-in-api-hash-wrong")))
            .on_input(|typed| Outer::Api(Message::HashChanged(typed)))
            .on_submit(Outer::Submitted);
        let open = control::button(look, fl!(words, "sign-in-api-open"))
            .id("api-open")
            .kind(Kind::Ghost)
            .on_press(Outer::Api(Message::OpenPressed));
        let copy = control::icon_button(look, Icon::Copy, fl!(words, "sign-in-api-copy"))
            .id("api-copy")
            .on_press(Outer::Api(Message::CopyPressed));
        let go_on = control::button(look, fl!(words, "continue"))
            .id("continue")
            .kind(Kind::Primary)
            .width(Fill)
            .on_press_maybe((!form.id.trim().is_empty() && !form.hash.trim().is_empty()).then_some(Outer::Submitted));
        column![
            space().height(12),
            paragraph(look, fl!(words, "sign-in-api-why")),
            space().height(6),
            flow::row(look, [open.into(), copy.into()]).spacing(4).align_y(Center),
            space().height(12),
            id,
            space().height(14),
            hash,
            space().height(22),
            go_on,
            space().height(10),
            self.demo_button(look, words),
            space().height(14),
            note(look, Icon::Sun, fl!(words, "sign-in-api-calm")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_looked_at_before_they_are_kept() {
        assert_eq!(id(" 12345 "), Some(12345));
        for wrong in ["", "0", "-5", "12a", "99999999999", "+1"] {
            assert_eq!(id(wrong), None, "{wrong}");
        }
        let good = "0123456789ABCDEF0123456789abcdef";
        assert_eq!(hash(good).as_deref(), Some("0123456789abcdef0123456789abcdef"));
        assert_eq!(hash(&format!(" {good}\n")), hash(good));
        for wrong in ["", "0123", "0123456789abcdef0123456789abcdeg", "0123456789abcdef0123456789abcdef0"] {
            assert_eq!(hash(wrong), None, "{wrong}");
        }
    }
}
