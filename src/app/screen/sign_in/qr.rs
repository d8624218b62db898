//! The half with the QR code: it renews itself before it expires, as long as somebody may want to scan it.

use super::{Action, Message as Outer, SignIn, Step, code};
use crate::screen::card::problem;
use crate::theme::{Look, fonts};
use crate::widget::Element;
use crate::widget::control::{self, Kind};
use crate::widget::label::text;
use crate::widget::qr::{self as picture, qr};
use crate::words::{self, Words, fl};
use heliograph_model::Connection;
use heliograph_telegram::{Error, QrStep};
use iced::widget::{Column, column, container, space};
use iced::{Background, Border, Center, Fill, Pixels, Task, task};
use std::time::{Duration, Instant};

/// A code is renewed so long before it expires.
const AHEAD: Duration = Duration::from_secs(4);
/// But no sooner than this after it came, whatever the server's clock says.
const LEAST: Duration = Duration::from_secs(5);
/// The side of the white square at 100 % text.
const SIDE: f32 = 208.0;

/// The QR code and what becomes of it.
#[derive(Default)]
pub(super) struct Qr {
    code: Option<picture::Code>,
    state: State,
}

#[derive(Default)]
enum State {
    /// Nobody needs one now.
    #[default]
    Resting,
    /// Asked for, or waiting until it is to be renewed. Dropping it calls it off.
    Busy(#[allow(dead_code, reason = "held for what its drop does")] task::Handle),
    /// It did not come.
    Failed(Error),
    /// It may not be asked for before this.
    Waits(Instant),
}

/// What happens to it.
#[derive(Clone)]
pub enum Message {
    /// What came of asking for one, or for what became of it.
    Came(Result<QrStep, Error>),
    /// It expires soon.
    Expires,
    /// A device has said yes to it.
    Accepted,
    /// Once more, by hand.
    Retried,
}

impl Qr {
    /// Calls off what is under way. The picture stays.
    pub(super) fn pause(&mut self) {
        self.state = State::Resting;
    }

    #[cfg(test)]
    pub(super) fn rests(&self) -> bool {
        matches!(self.state, State::Resting)
    }

    pub(super) fn failed(&self) -> bool {
        matches!(self.state, State::Failed(_))
    }

    pub(super) fn waits(&self) -> bool {
        matches!(self.state, State::Waits(_))
    }

    pub(super) fn wait_is_over(&self) -> bool {
        matches!(self.state, State::Waits(until) if until <= Instant::now())
    }
}

impl SignIn {
    /// Asks for a code, where one is to be seen.
    pub(super) fn go_on_with_qr(&mut self) -> Task<Outer> {
        if matches!(self.qr.state, State::Waits(until) if until > Instant::now()) {
            return Task::none();
        }
        if !matches!(self.step, Step::Phone | Step::Code(_)) || self.work.is_some() {
            self.qr.pause();
            return Task::none();
        }
        let account = self.account.clone();
        let ask = async move { account.qr_step().await };
        self.qr_busy(Task::perform(ask, |came| Outer::Qr(Message::Came(came))))
    }

    fn qr_busy(&mut self, task: Task<Outer>) -> Task<Outer> {
        let (task, handle) = task.abortable();
        self.qr.state = State::Busy(handle.abort_on_drop());
        task
    }

    pub(super) fn update_qr(&mut self, message: Message) -> Action {
        match message {
            Message::Came(Ok(QrStep::Token { url, valid_for })) => {
                self.qr.code = picture::Code::new(&url);
                let again = valid_for.saturating_sub(AHEAD).max(LEAST);
                let renew =
                    Task::perform(async move { tokio::time::sleep(again).await }, |()| Outer::Qr(Message::Expires));
                Action::Run(self.qr_busy(renew))
            }
            // Somebody is being let in: what else is under way is of no use any more.
            Message::Came(Ok(QrStep::SignedIn(signed_in))) => {
                self.qr.code = None;
                self.checked(signed_in)
            }
            Message::Came(Err(Error::FloodWait(seconds))) => {
                self.qr.code = None;
                self.qr.state = State::Waits(Instant::now() + Duration::from_secs(u64::from(seconds)));
                Action::None
            }
            Message::Came(Err(error)) => {
                self.qr.code = None;
                self.qr.state = State::Failed(error);
                Action::None
            }
            Message::Expires | Message::Retried => Action::Run(self.go_on_with_qr()),
            Message::Accepted => {
                self.work = None;
                self.qr.code = None;
                Action::Run(self.go_on_with_qr())
            }
        }
    }

    /// Draws the half: a white square, and below it what to do.
    pub(super) fn qr_half(&self, look: Look, words: Words) -> Column<'_, Outer> {
        let palette = look.palette;
        let side = look.size(SIDE).round();
        let blank = |content: Element<'static, Outer>| -> Element<'_, Outer> {
            container(content)
                .center(side)
                .style(move |_theme| container::Style {
                    background: Some(Background::Color(palette.surface)),
                    border: Border { color: palette.line, width: 1.0, radius: (16.0 * look.text).min(24.0).into() },
                    ..container::Style::default()
                })
                .into()
        };
        let retry = |words: Words| {
            control::button(look, fl!(words, "retry"))
                .id("retry-qr")
                .kind(Kind::Ghost)
                .on_press(Outer::Qr(Message::Retried))
        };
        let (square, below): (Element<'_, Outer>, Option<Element<'_, Outer>>) = match (&self.qr.code, &self.qr.state) {
            (Some(code), _) => (container(qr(look, code, side)).id("qr-code").into(), None),
            (None, State::Failed(error)) => {
                let told = container(problem(look, words::error(error))).padding([12, 0]);
                (blank(retry(words).into()), Some(told.into()))
            }
            (None, State::Waits(until)) => {
                let left = code::left(*until).unwrap_or(1);
                let told = fl!(words, "sign-in-qr-wait", time = words::wait(left));
                (blank(space().into()), Some(container(problem(look, told)).padding([12, 0]).into()))
            }
            (None, State::Busy(_) | State::Resting) => {
                let offline = matches!(self.connection, Connection::Waiting(_));
                let told = offline.then(|| {
                    let line = Pixels(look.size(18.0));
                    let told = text(fl!(words, "sign-in-waiting")).size(look.name()).line_height(line).align_x(Center);
                    Element::from(column![space().height(10), told.color(palette.muted).width(Fill)])
                });
                (blank(control::spinner(look, look.size(28.0), palette.accent)), told)
            }
        };
        let alone = self.half == super::Half::Qr;
        let title = if alone { fl!(words, "sign-in-qr-title-alone") } else { fl!(words, "sign-in-qr-title") };
        let title = text(title).size(look.body()).font(fonts::SEMIBOLD).color(palette.text).align_x(Center).width(Fill);
        let lead = text(fl!(words, "sign-in-qr-lead"))
            .size(look.name())
            .line_height(Pixels(look.size(20.0)))
            .align_x(Center)
            .width(Fill)
            .color(palette.muted);
        column![space().height(8), square, space().height(18), title, space().height(6), lead]
            .push(below)
            .align_x(Center)
            .width(Fill)
    }
}
