//! The steps of an e-mail address: it is asked for, and then the code that came there.

use super::asking::Asked;
use super::{Message, SignIn};
use crate::screen::card::problem;
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control;
use crate::words::{Words, fl};
use heliograph_telegram::{EmailCode, SentCode};
use iced::widget::{Column, column, space};

/// An account that wants an address before it sends codes.
pub(super) struct Step {
    pub(super) sent: SentCode,
    pub(super) address: String,
    /// Once one was sent to the address.
    pub(super) code: Option<Code>,
}

/// The code that went to the new address.
pub(super) struct Code {
    pub(super) sent: EmailCode,
    pub(super) typed: String,
}

/// Where the server does not say.
const USUAL: usize = 6;

impl Code {
    pub(super) fn places(&self) -> usize {
        self.sent.length().unwrap_or(USUAL)
    }
}

impl SignIn {
    pub(super) fn email_step<'a>(&'a self, look: Look, words: Words, step: &'a Step) -> Column<'a, Message> {
        let wrong = self.trouble_with_field();
        let (field, label, complete): (Element<'_, Message>, _, _) = match &step.code {
            None => {
                let field = control::field(look, fl!(words, "sign-in-email"), &step.address)
                    .id("email")
                    .placeholder("name@example.org")
                    .error(wrong)
                    .on_input(Message::EmailChanged)
                    .on_submit(Message::Submitted);
                (field.into(), fl!(words, "continue"), !step.address.trim().is_empty())
            }
            Some(code) => {
                let boxes = control::code(look, &code.typed, code.places())
                    .id("code")
                    .wrong(wrong.is_some())
                    .on_input(Message::CodeChanged)
                    .on_submit(Message::Submitted);
                let wrong = wrong.map(|words| column![space().height(10), problem(look, words)]);
                let again = self.next_question() == Some(Asked::SetEmail);
                let label = if again { fl!(words, "sign-in-new-code") } else { fl!(words, "continue") };
                (column![boxes].push(wrong).into(), label, again || code.typed.chars().count() >= code.places())
            }
        };
        column![space().height(18), field]
            .push(self.other_problem(look))
            .push(space().height(22))
            .push(self.submit_button(look, words, label, complete).id("sign-in"))
            .push(self.connection_line(look, words))
            .push(space().height(10))
            .push(self.way_back(look, words))
    }
}
