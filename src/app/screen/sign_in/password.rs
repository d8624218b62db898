//! The step of the two-step password, and the way around a forgotten one.

use super::asking::Asked;
use super::{Message, SignIn};
use crate::screen::card::{note, problem};
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::{self, Kind};
use crate::widget::icon::Icon;
use crate::words::{Words, fl};
use iced::Fill;
use iced::widget::{Column, column, space};
use zeroize::Zeroize;

/// The account has a password.
pub(super) struct Step {
    hint: Option<String>,
    /// There is an address for a forgotten one.
    pub(super) recovery: bool,
    pub(super) password: String,
    /// In letters rather than dots.
    pub(super) shown: bool,
    /// The person has forgotten it, and there is no address: words say what can be done.
    pub(super) forgotten: bool,
}

impl Step {
    pub(super) fn new(hint: Option<String>, recovery: bool) -> Self {
        let hint = hint.filter(|hint| !hint.trim().is_empty());
        Self { hint, recovery, password: String::new(), shown: false, forgotten: false }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.password.zeroize();
    }
}

/// A code was sent to the address for a forgotten password.
pub(super) struct Recovery {
    /// The address, with most of it hidden.
    pub(super) pattern: String,
    pub(super) code: String,
    pub(super) back: Step,
}

/// How long these codes are.
const PLACES: usize = 6;

impl SignIn {
    pub(super) fn password_step<'a>(&'a self, look: Look, words: Words, step: &'a Step) -> Column<'a, Message> {
        let label = match step.shown {
            true => fl!(words, "sign-in-password-hide"),
            false => fl!(words, "sign-in-password-show"),
        };
        let field = control::field(look, fl!(words, "sign-in-password"), &step.password)
            .id("password")
            .error(self.trouble_with_field())
            .help(step.hint.as_ref().map(|hint| fl!(words, "sign-in-password-hint", hint = hint.clone())))
            .reveal(step.shown, label, Message::RevealPressed)
            .on_input(Message::PasswordChanged)
            .on_submit(Message::Submitted);
        let submit =
            self.submit_button(look, words, fl!(words, "sign-in-submit"), !step.password.is_empty()).id("sign-in");
        column![space().height(18), field]
            .push(self.other_problem(look))
            .push(space().height(22))
            .push(submit)
            .push(self.connection_line(look, words))
            .push(space().height(10))
            .push(self.forgotten_line(look, words, step))
            .push(self.way_back(look, words))
    }

    fn forgotten_line<'a>(&'a self, look: Look, words: Words, step: &Step) -> Element<'a, Message> {
        if step.forgotten {
            let told = note(look, Icon::Lock, fl!(words, "sign-in-password-no-recovery"));
            return column![told, space().height(8)].into();
        }
        let button = control::button(look, fl!(words, "sign-in-password-forgot"))
            .id("forgot")
            .kind(Kind::Ghost)
            .width(Fill)
            .busy(self.asked() == Some(Asked::RecoveryCode))
            .on_press_maybe(
                (self.work.is_none() && self.waits.until(Asked::RecoveryCode).is_none())
                    .then_some(Message::ForgotPressed),
            );
        let trouble = self.trouble_with(&[Asked::RecoveryCode]).map(|words| problem(look, words));
        column![button].push(trouble).into()
    }

    pub(super) fn recovery_step<'a>(&'a self, look: Look, words: Words, step: &'a Recovery) -> Column<'a, Message> {
        let wrong = self.trouble_with_field();
        let boxes = control::code(look, &step.code, PLACES)
            .id("code")
            .wrong(wrong.is_some())
            .on_input(Message::CodeChanged)
            .on_submit(Message::Submitted);
        let again = self.next_question() == Some(Asked::RecoveryCode);
        let label = if again { fl!(words, "sign-in-new-code") } else { fl!(words, "sign-in-submit") };
        let wrong = wrong.map(|words| column![space().height(10), problem(look, words)]);
        column![space().height(22), boxes]
            .push(wrong)
            .push(self.other_problem(look))
            .push(space().height(22))
            .push(self.submit_button(look, words, label, again || !step.code.is_empty()).id("sign-in"))
            .push(self.connection_line(look, words))
            .push(space().height(10))
            .push(self.way_back(look, words))
    }
}
