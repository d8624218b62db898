//! What the steps of signing in look like.

use super::{Asked, Message, Problem, SignIn, Step, number};
use crate::screen::card::{card, note, paragraph, problem};
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::{self, Button, Kind};
use crate::widget::icon::Icon;
use crate::words::{self, Words, fl};
use heliograph_model::Connection;
use heliograph_telegram::{CodeKind, Error};
use iced::widget::{Column, column, container, space, text};
use iced::{Fill, Pixels, Size};
use std::time::Instant;

impl SignIn {
    /// Draws it into a window of this size.
    pub fn view(&self, look: Look, words: Words, window: Size) -> Element<'_, Message> {
        if self.no_api_id {
            let content = column![space().height(12), paragraph(look, fl!(words, "sign-in-no-api-id"))];
            return card(look, window, fl!(words, "sign-in-no-api-id-title"), None, content);
        }
        match &self.step {
            Step::Phone => self.phone_step(look, words, window),
            Step::Code { sent, code } => self.code_step(look, words, window, sent, code),
            Step::Password { hint, password } => self.password_step(look, words, window, hint.as_deref(), password),
        }
    }

    fn phone_step(&self, look: Look, words: Words, window: Size) -> Element<'_, Message> {
        let field = control::field(look, fl!(words, "sign-in-phone"), &self.phone)
            .id("phone")
            .placeholder(fl!(words, "sign-in-phone-example"))
            .error(self.field_error())
            .on_input(Message::PhoneChanged)
            .on_submit(Message::Submitted);
        let go_on =
            self.submit_button(look, words, fl!(words, "continue"), !self.phone.trim().is_empty()).id("continue");
        let mut content = Column::new();
        if let Some(notice) = &self.notice {
            content = content.push(space().height(18)).push(note(look, Icon::LogOut, notice.clone()));
        }
        content = content
            .push(space().height(18))
            .push(field)
            .push(self.other_problem(look))
            .push(space().height(22))
            .push(go_on);
        // One place for what else there is to do, so that nothing moves when the button's work begins.
        let slot: Element<'_, Message> = if self.asked() == Some(Asked::ByHand) {
            self.cancel_button(look, words).into()
        } else if self.demo.is_some() {
            control::button(look, fl!(words, "sign-in-demo-account"))
                .id("demo-account")
                .kind(Kind::Ghost)
                .width(Fill)
                .busy(self.work.is_some())
                .on_press(Message::DemoPressed)
                .into()
        } else {
            let next = text(fl!(words, "sign-in-phone-next")).size(look.name()).color(look.palette.muted);
            container(next).center_x(Fill).center_y(look.size(40.0)).into()
        };
        content = content.push(space().height(10)).push(slot).push(self.connection_line(look, words));
        if let Some(demo) = &self.demo {
            let hint = fl!(words, "sign-in-demo-hint", phone = demo.phone.clone(), code = demo.code.clone());
            content = content.push(space().height(14)).push(note(look, Icon::Star, hint));
        }
        card(look, window, fl!(words, "sign-in-title"), fl!(words, "sign-in-lead"), content)
    }

    fn code_step<'a>(
        &'a self,
        look: Look,
        words: Words,
        window: Size,
        sent: &'a heliograph_telegram::SentCode,
        code: &'a str,
    ) -> Element<'a, Message> {
        let phone = number::shown(&self.phone);
        let lead = match sent.kind() {
            CodeKind::App => fl!(words, "sign-in-code-app", phone = phone),
            CodeKind::Sms => fl!(words, "sign-in-code-sms", phone = phone),
            CodeKind::Call | CodeKind::FlashCall { .. } | CodeKind::MissedCall { .. } => {
                fl!(words, "sign-in-code-call", phone = phone)
            }
            CodeKind::Email { .. } => fl!(words, "sign-in-code-email", phone = phone),
            _ => fl!(words, "sign-in-code-other", phone = phone),
        };
        let boxes = control::code(look, code, number::places(sent))
            .id("code")
            .wrong(self.field_error().is_some())
            .on_input(Message::CodeChanged)
            .on_submit(Message::Submitted);
        let expired = self.problem == Some(Problem::Refused(Error::CodeExpired));
        let label = if expired { fl!(words, "sign-in-new-code") } else { fl!(words, "sign-in-submit") };
        let submit = self.submit_button(look, words, label, expired || number::complete(sent, code)).id("sign-in");
        let below: Option<Element<'_, Message>> = match (self.problem_words(), &self.demo) {
            (Some(words), _) => Some(problem(look, words)),
            (None, Some(demo)) if number::digits(&demo.phone) == number::digits(&self.phone) => {
                let hint = fl!(words, "sign-in-code-demo", code = demo.code.clone());
                let line = Pixels(look.size(18.0));
                Some(text(hint).size(look.name()).line_height(line).color(look.palette.muted).into())
            }
            (None, _) => None,
        };
        let content = column![space().height(22), boxes]
            .push(below.as_ref().map(|_| space().height(10)))
            .push(below)
            .push(space().height(22))
            .push(submit)
            .push(self.connection_line(look, words))
            .push(space().height(10))
            .push(self.way_back(look, words));
        card(look, window, fl!(words, "sign-in-code-title"), lead, content)
    }

    fn password_step<'a>(
        &'a self,
        look: Look,
        words: Words,
        window: Size,
        hint: Option<&str>,
        password: &'a str,
    ) -> Element<'a, Message> {
        let hint = hint.filter(|hint| !hint.trim().is_empty());
        let field = control::field(look, fl!(words, "sign-in-password"), password)
            .id("password")
            .secure()
            .error(self.field_error())
            .help(hint.map(|hint| fl!(words, "sign-in-password-hint", hint = hint.to_owned())))
            .on_input(Message::PasswordChanged)
            .on_submit(Message::Submitted);
        let submit = self.submit_button(look, words, fl!(words, "sign-in-submit"), !password.is_empty()).id("sign-in");
        let content = column![space().height(18), field]
            .push(self.other_problem(look))
            .push(space().height(22))
            .push(submit)
            .push(self.connection_line(look, words))
            .push(space().height(10))
            .push(self.way_back(look, words));
        card(look, window, fl!(words, "sign-in-password-title"), fl!(words, "sign-in-password-lead"), content)
    }

    /// The one button on, in every step. After a failure that may pass it offers to try again.
    fn submit_button(&self, look: Look, words: Words, label: String, complete: bool) -> Button<'_, Message> {
        let label = if self.may_pass() { fl!(words, "retry") } else { label };
        let waits = matches!(self.problem, Some(Problem::Wait { .. }));
        let free = complete && !waits && self.asked() != Some(Asked::ForDemo);
        control::button(look, label)
            .kind(Kind::Primary)
            .width(Fill)
            .busy(self.asked() == Some(Asked::ByHand))
            .on_press_maybe(free.then_some(Message::Submitted))
    }

    /// Whether asking the same again is a way on.
    fn may_pass(&self) -> bool {
        matches!(
            self.problem,
            Some(Problem::Refused(
                Error::NotConnected
                    | Error::TimedOut
                    | Error::Cancelled
                    | Error::Rpc { .. }
                    | Error::Disk(_)
                    | Error::Store(_)
                    | Error::Protocol(_)
            ))
        )
    }

    fn way_back(&self, look: Look, words: Words) -> Button<'_, Message> {
        if self.work.is_some() {
            return self.cancel_button(look, words);
        }
        control::button(look, fl!(words, "sign-in-change-number"))
            .id("change-number")
            .kind(Kind::Ghost)
            .width(Fill)
            .on_press(Message::Back)
    }

    fn cancel_button(&self, look: Look, words: Words) -> Button<'_, Message> {
        control::button(look, fl!(words, "cancel")).id("cancel").kind(Kind::Ghost).width(Fill).on_press(Message::Back)
    }

    /// Says why it takes so long, while something waits for a connection that is not there.
    fn connection_line(&self, look: Look, words: Words) -> Option<Element<'_, Message>> {
        let waiting = self.work.is_some() && matches!(self.connection, Connection::Waiting(_));
        waiting.then(|| {
            let line = text(fl!(words, "sign-in-waiting")).size(look.name()).color(look.palette.muted);
            column![space().height(10), line].into()
        })
    }

    /// What is wrong with what was typed.
    fn field_error(&self) -> Option<String> {
        match self.problem {
            Some(Problem::Words(_))
            | Some(Problem::Refused(
                Error::PhoneInvalid
                | Error::PhoneBanned
                | Error::PhoneFlood
                | Error::PhoneUnregistered
                | Error::CodeInvalid
                | Error::CodeExpired
                | Error::PasswordInvalid,
            )) => self.problem_words(),
            _ => None,
        }
    }

    /// What else is in the way: said below the field, which itself is fine.
    fn other_problem(&self, look: Look) -> Option<Element<'_, Message>> {
        let words = self.problem_words().filter(|_| self.field_error().is_none())?;
        Some(column![space().height(10), problem(look, words)].into())
    }

    fn problem_words(&self) -> Option<String> {
        match self.problem.as_ref()? {
            Problem::Words(words) => Some(words.clone()),
            Problem::Refused(error) => Some(words::error(error)),
            Problem::Wait { until } => {
                let left = until.saturating_duration_since(Instant::now()).as_secs_f32().ceil();
                Some(words::error(&Error::FloodWait((left as u32).max(1))))
            }
        }
    }
}
