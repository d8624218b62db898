//! How the steps are put together, and what all of them have.

use super::asking::{Asked, What};
use super::code::{left, may_pass};
use super::{Half, Message, SignIn, Step};
use crate::screen::card::{self, aside, card, halves, problem};
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::{self, Button, Kind};
use crate::words::{self, Words, fl};
use heliograph_model::Connection;
use heliograph_telegram::Error;
use iced::widget::{column, space};
use iced::{Fill, Size};

impl SignIn {
    /// Draws it into a window of this size.
    pub fn view(&self, look: Look, words: Words, window: Size) -> Element<'_, Message> {
        let (title, lead, content) = match &self.step {
            Step::Api => {
                let title = fl!(words, "sign-in-api-title");
                return card(look, window, title, None, self.api_step(look, words));
            }
            Step::Phone => (fl!(words, "sign-in-title"), fl!(words, "sign-in-lead"), self.phone_step(look, words)),
            Step::Code(step) => {
                (fl!(words, "sign-in-code-title"), self.code_lead(words, step), self.code_step(look, words, step))
            }
            Step::Email(step) => {
                let (title, lead) = match &step.code {
                    None => (fl!(words, "sign-in-email-title"), fl!(words, "sign-in-email-lead")),
                    Some(code) => {
                        let pattern = code.sent.pattern().to_owned();
                        (fl!(words, "sign-in-code-title"), fl!(words, "sign-in-code-email", pattern = pattern))
                    }
                };
                return card(look, window, title, lead, self.email_step(look, words, step));
            }
            Step::Password(step) => {
                let (title, lead) = (fl!(words, "sign-in-password-title"), fl!(words, "sign-in-password-lead"));
                return card(look, window, title, lead, self.password_step(look, words, step));
            }
            Step::Recovery(step) => {
                let lead = fl!(words, "sign-in-recovery-lead", pattern = step.pattern.clone());
                let title = fl!(words, "sign-in-recovery-title");
                return card(look, window, title, lead, self.recovery_step(look, words, step));
            }
        };
        if card::has_room_for_halves(look, window) {
            return halves(look, window, title, lead, content, self.qr_half(look, words));
        }
        // One half at a time. The code comes for who typed a number: no other half there.
        match (&self.step, self.half) {
            (Step::Phone, Half::Number) => {
                let content = content.push(space().height(4)).push(self.half_button(look, words));
                card(look, window, title, lead, content)
            }
            (Step::Phone, Half::Qr) => {
                let content = column![
                    space().height(16),
                    self.qr_half(look, words),
                    space().height(18),
                    self.half_button(look, words)
                ];
                card(look, window, fl!(words, "sign-in-title"), None, content)
            }
            _ => card(look, window, title, lead, content),
        }
    }

    /// The one button on, in every step. After a failure that may pass it offers to try again.
    pub(super) fn submit_button(&self, look: Look, words: Words, label: String, complete: bool) -> Button<'_, Message> {
        let question = self.next_question();
        let again = self.trouble.as_ref().is_some_and(|trouble| Some(trouble.with) == question)
            && self.refusal().is_some_and(may_pass);
        let label = if again { fl!(words, "retry") } else { label };
        let waits = question.is_some_and(|question| self.waits.until(question).is_some());
        let by_hand = self.asked().is_some() && self.asked() == question;
        let free = complete && !waits && (self.work.is_none() || by_hand);
        control::button(look, label)
            .kind(Kind::Primary)
            .width(Fill)
            .busy(by_hand)
            .on_press_maybe(free.then_some(Message::Submitted))
    }

    pub(super) fn way_back(&self, look: Look, words: Words) -> Button<'_, Message> {
        if self.work.is_some() {
            return self.cancel_button(look, words);
        }
        let (id, label) = match &self.step {
            Step::Email(step) if step.code.is_some() => ("go-back", fl!(words, "sign-in-email-change")),
            Step::Recovery(_) => ("go-back", fl!(words, "sign-in-back-to-password")),
            _ => ("change-number", fl!(words, "sign-in-change-number")),
        };
        control::button(look, label).id(id).kind(Kind::Ghost).width(Fill).on_press(Message::Back)
    }

    pub(super) fn cancel_button(&self, look: Look, words: Words) -> Button<'_, Message> {
        control::button(look, fl!(words, "cancel")).id("cancel").kind(Kind::Ghost).width(Fill).on_press(Message::Back)
    }

    /// Says why it takes so long, while something waits for a connection that is not there.
    pub(super) fn connection_line(&self, look: Look, words: Words) -> Option<Element<'_, Message>> {
        let waiting = self.work.is_some() && matches!(self.connection, Connection::Waiting(_));
        waiting.then(|| column![space().height(10), aside(look, fl!(words, "sign-in-waiting"))].into())
    }

    /// What is wrong with what was typed.
    pub(super) fn trouble_with_field(&self) -> Option<String> {
        let trouble = self.trouble.as_ref().filter(|trouble| !OF_BUTTONS.contains(&trouble.with))?;
        match &trouble.what {
            What::Words(words) => Some(words.clone()),
            What::Refused(error) if of_field(error) => Some(words::error(error)),
            What::Refused(_) => None,
        }
    }

    /// What else is in the way: said below the field, which itself is fine.
    pub(super) fn other_trouble(&self) -> Option<String> {
        if let Some(seconds) = self.next_question().and_then(|question| left(self.waits.until(question)?)) {
            return Some(words::error(&Error::FloodWait(seconds)));
        }
        let trouble = self.trouble.as_ref().filter(|trouble| !OF_BUTTONS.contains(&trouble.with))?;
        match &trouble.what {
            What::Refused(error) if !of_field(error) => Some(words::error(error)),
            _ => None,
        }
    }

    pub(super) fn other_problem(&self, look: Look) -> Option<Element<'_, Message>> {
        Some(column![space().height(10), problem(look, self.other_trouble()?)].into())
    }

    /// What went wrong with these buttons, to be said beside them.
    pub(super) fn trouble_with(&self, asked: &[Asked]) -> Option<String> {
        let wait = asked.iter().find_map(|asked| left(self.waits.until(*asked)?));
        if let (Some(seconds), false) = (wait, asked == [Asked::Resend]) {
            return Some(words::error(&Error::FloodWait(seconds)));
        }
        let trouble = self.trouble.as_ref().filter(|trouble| asked.contains(&trouble.with))?;
        match &trouble.what {
            What::Words(words) => Some(words.clone()),
            What::Refused(error) => Some(words::error(error)),
        }
    }
}

/// What these buttons meet is said below them.
const OF_BUTTONS: [Asked; 3] = [Asked::Resend, Asked::ResetEmail, Asked::RecoveryCode];

/// Whether it is about what stands in the field.
fn of_field(error: &Error) -> bool {
    matches!(
        error,
        Error::PhoneInvalid
            | Error::PhoneUnregistered
            | Error::PhoneBanned
            | Error::PhoneFlood
            | Error::CodeInvalid
            | Error::CodeExpired
            | Error::EmailInvalid
            | Error::EmailRefused
            | Error::PasswordInvalid
            | Error::RecoveryExpired
    )
}
