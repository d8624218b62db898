//! The step of the code, on whichever way it comes.

use super::asking::Asked;
use super::{Message, SignIn, number};
use crate::screen::card::{aside, note, problem};
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::{self, Kind};
use crate::widget::icon::Icon;
use crate::words::{self, Words, fl};
use heliograph_telegram::{CodeKind, Error, NextCode, SentCode};
use iced::Fill;
use iced::widget::{Column, column, space};
use std::time::{Duration, Instant, SystemTime};

/// More boxes than that find no place; such a code has a line instead.
const MOST_BOXES: usize = 8;
/// Where the server does not say how long a code is, there is room for the longest usual one.
const USUAL: usize = 6;
/// And it may be as short as this.
const SHORTEST: usize = 4;

/// A code was sent and is waited for.
pub(super) struct Step {
    pub(super) sent: SentCode,
    pub(super) code: String,
    /// When it may be asked for once more.
    pub(super) resend_at: Option<Instant>,
    /// The person was asked whether to remove the e-mail address.
    pub(super) giving_up_email: bool,
}

/// How a code is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// So many boxes for digits.
    Boxes(usize),
    /// A line: for words, and for numbers that are too long for boxes.
    Line,
}

impl Step {
    pub(super) fn new(sent: SentCode) -> Self {
        let resend_at = sent.resend_after().filter(|_| sent.next().is_some()).map(|after| Instant::now() + after);
        Self { sent, code: String::new(), resend_at, giving_up_email: false }
    }

    pub(super) fn shape(&self) -> Shape {
        match self.sent.kind() {
            CodeKind::Word { .. } | CodeKind::Phrase { .. } | CodeKind::FlashCall { .. } => Shape::Line,
            _ => match self.sent.length() {
                Some(length) if length > MOST_BOXES => Shape::Line,
                length => Shape::Boxes(length.unwrap_or(USUAL).max(1)),
            },
        }
    }

    /// Whether the code may be whole.
    pub(super) fn complete(&self) -> bool {
        let typed = self.code.trim().chars().count();
        match self.shape() {
            Shape::Line => typed > 0,
            Shape::Boxes(_) => typed >= self.sent.length().unwrap_or(SHORTEST),
        }
    }

    /// Whether it is surely whole, so that nobody needs to press anything.
    pub(super) fn submits_itself(&self) -> bool {
        matches!(self.shape(), Shape::Boxes(_)) && self.sent.length().is_some() && self.complete()
    }

    /// What to say of a code that is not whole.
    pub(super) fn words_for_short(&self) -> Option<String> {
        match self.shape() {
            Shape::Boxes(_) if !self.code.is_empty() => {
                let length = self.sent.length().unwrap_or(SHORTEST);
                Some(fl!(Words, "sign-in-code-short", length = length))
            }
            _ => None,
        }
    }
}

impl SignIn {
    pub(super) fn code_step<'a>(&'a self, look: Look, words: Words, step: &'a Step) -> Column<'a, Message> {
        let wrong = self.trouble_with_field();
        let field: Element<'_, Message> = match step.shape() {
            Shape::Boxes(count) => control::code(look, &step.code, count)
                .id("code")
                .wrong(wrong.is_some())
                .on_input(Message::CodeChanged)
                .on_submit(Message::Submitted)
                .into(),
            Shape::Line => {
                let label = match step.sent.kind() {
                    CodeKind::Word { .. } => fl!(words, "sign-in-code-word-label"),
                    CodeKind::Phrase { .. } => fl!(words, "sign-in-code-phrase-label"),
                    CodeKind::FlashCall { .. } => fl!(words, "sign-in-code-number-label"),
                    _ => fl!(words, "sign-in-code-label"),
                };
                control::field(look, label, &step.code)
                    .id("code")
                    .error(wrong.clone())
                    .help(beginning(words, step.sent.kind()))
                    .on_input(Message::CodeChanged)
                    .on_submit(Message::Submitted)
                    .into()
            }
        };
        let again = self.next_question() == Some(Asked::Code);
        let label = if again { fl!(words, "sign-in-new-code") } else { fl!(words, "sign-in-submit") };
        let submit = self.submit_button(look, words, label, again || step.complete()).id("sign-in");
        let mut content = column![space().height(22)];
        if let CodeKind::Fragment { url } = step.sent.kind() {
            let open = control::button(look, fl!(words, "sign-in-code-open-fragment"))
                .id("open-fragment")
                .kind(Kind::Ghost)
                .width(Fill)
                .on_press(Message::OpenPressed(url.clone()));
            content = content.push(open).push(space().height(14));
        }
        content
            .push(field)
            .push(self.below_code(look, words, step, wrong))
            .push(space().height(22))
            .push(submit)
            .push(self.connection_line(look, words))
            .push(space().height(10))
            .push(self.resend_line(look, words, step))
            .push(self.give_up_line(look, words, step))
            .push(self.way_back(look, words))
    }

    /// What is said right below the boxes: what is wrong, or what helps.
    fn below_code<'a>(
        &'a self,
        look: Look,
        words: Words,
        step: &Step,
        wrong: Option<String>,
    ) -> Option<Element<'a, Message>> {
        let in_line = step.shape() == Shape::Line;
        let said: Element<'a, Message> = match (wrong.filter(|_| !in_line).or_else(|| self.other_trouble()), &self.demo)
        {
            (Some(words), _) => problem(look, words),
            (None, Some(demo)) if number::digits(&demo.phone) == number::digits(&self.phone) && !in_line => {
                aside(look, fl!(words, "sign-in-code-demo", code = demo.code.clone())).into()
            }
            (None, _) => return None,
        };
        Some(column![space().height(10), said].into())
    }

    /// The code once more: when, and how it will come then.
    fn resend_line<'a>(&'a self, look: Look, words: Words, step: &Step) -> Option<Element<'a, Message>> {
        let next = step.sent.next()?;
        if self.next_question() == Some(Asked::Code) {
            return None;
        }
        let left = step.resend_at.and_then(left).or_else(|| self.waits.until(Asked::Resend).and_then(left));
        let label = match (left, next) {
            (None, NextCode::Sms) => fl!(words, "sign-in-resend-sms"),
            (None, NextCode::Call) => fl!(words, "sign-in-resend-call"),
            (None, NextCode::FlashCall | NextCode::MissedCall) => fl!(words, "sign-in-resend-ring"),
            (None, NextCode::Fragment) => fl!(words, "sign-in-resend-fragment"),
            (Some(left), NextCode::Sms) => fl!(words, "sign-in-resend-sms-in", time = clock(left)),
            (Some(left), NextCode::Call) => fl!(words, "sign-in-resend-call-in", time = clock(left)),
            (Some(left), NextCode::FlashCall | NextCode::MissedCall) => {
                fl!(words, "sign-in-resend-ring-in", time = clock(left))
            }
            (Some(left), NextCode::Fragment) => fl!(words, "sign-in-resend-fragment-in", time = clock(left)),
        };
        let busy = self.asked() == Some(Asked::Resend);
        let button = control::button(look, label)
            .id("resend")
            .kind(Kind::Ghost)
            .width(Fill)
            .busy(busy)
            .on_press_maybe((left.is_none() && self.work.is_none()).then_some(Message::ResendPressed));
        let trouble = self.trouble_with(&[Asked::Resend]).map(|words| problem(look, words));
        Some(column![button].push(trouble).into())
    }

    /// The way on without the e-mail address.
    fn give_up_line<'a>(&'a self, look: Look, words: Words, step: &Step) -> Option<Element<'a, Message>> {
        let CodeKind::Email { reset_after, reset_at, .. } = step.sent.kind() else { return None };
        let trouble = self.trouble_with(&[Asked::ResetEmail]).map(|words| problem(look, words));
        if let Some(at) = reset_at {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
            let seconds = u64::try_from(*at).unwrap_or_default().saturating_sub(now);
            let time = words::wait(u32::try_from(seconds).unwrap_or(u32::MAX));
            let pending = note(look, Icon::Clock, fl!(words, "sign-in-email-pending", time = time));
            return Some(column![pending, space().height(8)].push(trouble).into());
        }
        let asking = step.giving_up_email.then(|| {
            let why = match reset_after.filter(|after| *after > Duration::ZERO) {
                Some(after) => {
                    let seconds = u32::try_from(after.as_secs()).unwrap_or(u32::MAX);
                    fl!(words, "sign-in-email-give-up-later", time = words::wait(seconds))
                }
                None => fl!(words, "sign-in-email-give-up-now"),
            };
            column![note(look, Icon::Alert, why), space().height(8)]
        });
        let label = match step.giving_up_email {
            true => fl!(words, "sign-in-email-give-up-sure"),
            false => fl!(words, "sign-in-email-give-up"),
        };
        let button = control::button(look, label)
            .id("no-email")
            .kind(if step.giving_up_email { Kind::Danger } else { Kind::Ghost })
            .width(Fill)
            .busy(self.asked() == Some(Asked::ResetEmail))
            .on_press_maybe(self.work.is_none().then_some(Message::NoEmailPressed));
        Some(column![].push(asking).push(button).push(trouble).into())
    }

    /// Where the code is to be found.
    pub(super) fn code_lead(&self, words: Words, step: &Step) -> String {
        // As the person sees it in the field, if it is that one.
        let phone = match number::digits(&self.phone) == number::digits(step.sent.phone()) {
            true => self.phone.trim().to_owned(),
            false => number::shown(step.sent.phone()),
        };
        match step.sent.kind() {
            CodeKind::App => fl!(words, "sign-in-code-app", phone = phone),
            CodeKind::Sms => fl!(words, "sign-in-code-sms", phone = phone),
            CodeKind::Call => fl!(words, "sign-in-code-call", phone = phone),
            CodeKind::FlashCall { .. } => fl!(words, "sign-in-code-flash-call", phone = phone),
            CodeKind::MissedCall { prefix, length } => {
                let prefix = format!("+{}", prefix.trim_start_matches('+'));
                let length = *length;
                fl!(words, "sign-in-code-missed-call", phone = phone, prefix = prefix, length = length)
            }
            CodeKind::Email { pattern, .. } => fl!(words, "sign-in-code-email", pattern = pattern.clone()),
            CodeKind::Fragment { .. } => fl!(words, "sign-in-code-fragment", phone = phone),
            CodeKind::Word { .. } => fl!(words, "sign-in-code-word", phone = phone),
            CodeKind::Phrase { .. } => fl!(words, "sign-in-code-phrase", phone = phone),
            CodeKind::EmailSetUp | CodeKind::Other => fl!(words, "sign-in-code-other", phone = phone),
        }
    }
}

/// How the word, the sentence or the calling number begins.
fn beginning(words: Words, kind: &CodeKind) -> Option<String> {
    match kind {
        CodeKind::Word { beginning } | CodeKind::Phrase { beginning } => {
            let beginning = beginning.clone().filter(|beginning| !beginning.trim().is_empty())?;
            Some(fl!(words, "sign-in-code-beginning", beginning = beginning))
        }
        CodeKind::FlashCall { pattern } if !pattern.trim().is_empty() => {
            Some(fl!(words, "sign-in-code-pattern", pattern = pattern.clone()))
        }
        _ => None,
    }
}

/// What is left until then, in whole seconds; nothing once it has come.
pub(super) fn left(at: Instant) -> Option<u32> {
    let left = at.saturating_duration_since(Instant::now()).as_secs_f32().ceil();
    (left > 0.0).then_some(left as u32)
}

/// Minutes and seconds, as a clock that runs down.
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Whether asking the same again is a way on.
pub(super) fn may_pass(error: &Error) -> bool {
    matches!(
        error,
        Error::NotConnected
            | Error::TimedOut
            | Error::Cancelled
            | Error::Rpc { .. }
            | Error::Disk(_)
            | Error::Store(_)
            | Error::Protocol(_)
    )
}
