//! Signing in: the phone number, the code, and the password where there is one.

mod number;
mod view;

use crate::app::DemoHint;
use crate::words::{Words, fl};
use heliograph_model::{Connection, PeerId};
use heliograph_telegram::{Account, Error, SentCode, SignedIn};
use iced::widget::operation;
use iced::{Subscription, Task, task};
use std::time::{Duration, Instant};

/// The screen.
pub struct SignIn {
    account: Account,
    /// What the demo server takes, where we are on it.
    demo: Option<DemoHint>,
    /// Nobody gave us an api_id: nothing can be asked of Telegram.
    no_api_id: bool,
    /// Why the person is here again.
    notice: Option<String>,
    connection: Connection,
    phone: String,
    step: Step,
    problem: Option<Problem>,
    work: Option<Work>,
}

/// How far it is.
enum Step {
    Phone,
    Code { sent: SentCode, code: String },
    Password { hint: Option<String>, password: String },
}

/// What is under way; dropping it cancels it.
struct Work {
    kind: Asked,
    _task: task::Handle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    ByHand,
    /// By the sample account's button: the code follows by itself.
    ForDemo,
}

/// What stands in the way, beside the field that it is about.
#[derive(Clone, Debug, PartialEq)]
enum Problem {
    /// Seen before anything was asked.
    Words(String),
    /// The server refused, or was not reached.
    Refused(Error),
    /// Nothing may be asked before this.
    Wait { until: Instant },
}

/// What happens on it.
#[derive(Clone)]
pub enum Message {
    /// Typed into the number.
    PhoneChanged(String),
    /// Typed into the code.
    CodeChanged(String),
    /// Typed into the password.
    PasswordChanged(String),
    /// On with it: the button, or Enter.
    Submitted,
    /// Into the sample account.
    DemoPressed,
    /// Cancel what is under way, or go back a step.
    Back,
    /// What came of asking for a code.
    CodeSent(Result<SentCode, Error>),
    /// What came of the code.
    CodeChecked(Result<SignedIn, Error>),
    /// What came of the password.
    PasswordChecked(Result<PeerId, Error>),
    /// A second of waiting is over.
    Ticked,
}

/// What the application is asked for.
pub enum Action {
    /// Nothing.
    None,
    /// To run this.
    Run(Task<Message>),
    /// To show the chats of whom has signed in.
    SignedIn(PeerId),
}

impl SignIn {
    /// The first step. `notice` says why, where one did not come by oneself.
    pub fn new(
        account: Account,
        demo: Option<DemoHint>,
        no_api_id: bool,
        notice: Option<String>,
    ) -> (Self, Task<Message>) {
        let screen = Self {
            account,
            demo,
            no_api_id,
            notice,
            connection: Connection::default(),
            phone: String::new(),
            step: Step::Phone,
            problem: None,
            work: None,
        };
        (screen, operation::focus("phone"))
    }

    /// How the connection stands now.
    pub fn connection(&mut self, connection: Connection) {
        self.connection = connection;
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::PhoneChanged(typed) => {
                if matches!(self.step, Step::Phone) && self.work.is_none() {
                    self.phone = number::typed(&typed);
                    self.forget_problem();
                }
                Action::None
            }
            Message::CodeChanged(typed) => {
                if let Step::Code { code, .. } = &mut self.step
                    && self.work.is_none()
                {
                    *code = typed;
                    self.forget_problem();
                }
                Action::None
            }
            Message::PasswordChanged(typed) => {
                if let Step::Password { password, .. } = &mut self.step
                    && self.work.is_none()
                {
                    *password = typed;
                    self.forget_problem();
                }
                Action::None
            }
            Message::Submitted => self.submit(),
            Message::DemoPressed => self.enter_demo(),
            Message::Back => self.back(),
            Message::CodeSent(Ok(sent)) => self.code_sent(sent),
            Message::CodeChecked(Ok(SignedIn::Done(me))) => Action::SignedIn(me.id),
            Message::CodeChecked(Ok(SignedIn::Password { hint, .. })) => {
                self.work = None;
                self.problem = None;
                self.step = Step::Password { hint, password: String::new() };
                Action::Run(operation::focus("password"))
            }
            Message::PasswordChecked(Ok(me)) => Action::SignedIn(me),
            Message::CodeSent(Err(error)) | Message::CodeChecked(Err(error)) | Message::PasswordChecked(Err(error)) => {
                self.refused(error)
            }
            Message::Ticked => {
                if let Some(Problem::Wait { until }) = self.problem
                    && until <= Instant::now()
                {
                    self.problem = None;
                }
                Action::None
            }
        }
    }

    /// Counts the seconds, only while they are to be waited.
    pub fn subscription(&self) -> Subscription<Message> {
        match self.problem {
            Some(Problem::Wait { .. }) => iced::time::every(Duration::from_secs(1)).map(|_| Message::Ticked),
            _ => Subscription::none(),
        }
    }

    /// Signs in to the sample account of the demo server, for real: with its number and code.
    pub fn enter_demo(&mut self) -> Action {
        let Some(demo) = &self.demo else { return Action::None };
        if self.work.is_some() {
            return Action::None;
        }
        self.phone = demo.phone.clone();
        self.step = Step::Phone;
        self.problem = None;
        self.ask_for_code(Asked::ForDemo)
    }

    fn submit(&mut self) -> Action {
        if self.work.is_some() || self.no_api_id || matches!(self.problem, Some(Problem::Wait { .. })) {
            return Action::None;
        }
        self.notice = None;
        match &self.step {
            Step::Phone => {
                if number::digits(&self.phone).len() < 5 {
                    self.problem = Some(Problem::Words(fl!(Words, "sign-in-phone-short")));
                    return Action::Run(operation::focus("phone"));
                }
                self.ask_for_code(Asked::ByHand)
            }
            // The old code is of no use any more: the same button asks for a new one.
            Step::Code { .. } if self.problem == Some(Problem::Refused(Error::CodeExpired)) => {
                self.ask_for_code(Asked::ByHand)
            }
            Step::Code { sent, code } => {
                if !number::complete(sent, code) {
                    self.problem =
                        Some(Problem::Words(fl!(Words, "sign-in-code-short", length = number::places(sent))));
                    return Action::Run(operation::focus("code"));
                }
                let (sent, code) = (sent.clone(), code.clone());
                self.check_code(sent, code, Asked::ByHand)
            }
            Step::Password { password, .. } => {
                if password.is_empty() {
                    return Action::Run(operation::focus("password"));
                }
                let (account, password) = (self.account.clone(), password.clone());
                let check = async move { account.check_password(&password).await.map(|me| me.id) };
                self.begin(Asked::ByHand, Task::perform(check, Message::PasswordChecked))
            }
        }
    }

    fn ask_for_code(&mut self, kind: Asked) -> Action {
        let (account, phone) = (self.account.clone(), format!("+{}", number::digits(&self.phone)));
        let ask = async move { account.request_code(&phone).await };
        self.begin(kind, Task::perform(ask, Message::CodeSent))
    }

    fn check_code(&mut self, sent: SentCode, code: String, kind: Asked) -> Action {
        let account = self.account.clone();
        let check = async move { account.sign_in(&sent, &code).await };
        self.begin(kind, Task::perform(check, Message::CodeChecked))
    }

    fn begin(&mut self, kind: Asked, task: Task<Message>) -> Action {
        let (task, handle) = task.abortable();
        self.problem = None;
        self.work = Some(Work { kind, _task: handle.abort_on_drop() });
        Action::Run(task)
    }

    fn code_sent(&mut self, sent: SentCode) -> Action {
        let for_demo = self.asked() == Some(Asked::ForDemo);
        self.work = None;
        if let (true, Some(demo)) = (for_demo, &self.demo) {
            let code = demo.code.clone();
            self.step = Step::Code { sent: sent.clone(), code: code.clone() };
            return self.check_code(sent, code, Asked::ForDemo);
        }
        self.step = Step::Code { sent, code: String::new() };
        Action::Run(operation::focus("code"))
    }

    fn refused(&mut self, error: Error) -> Action {
        self.work = None;
        self.problem = Some(match error {
            Error::FloodWait(seconds) => {
                Problem::Wait { until: Instant::now() + Duration::from_secs(u64::from(seconds)) }
            }
            error => Problem::Refused(error),
        });
        Action::Run(operation::focus(match self.step {
            Step::Phone => "phone",
            Step::Code { .. } => "code",
            Step::Password { .. } => "password",
        }))
    }

    fn back(&mut self) -> Action {
        if self.work.take().is_some() {
            return Action::None;
        }
        if matches!(self.step, Step::Phone) {
            return Action::None;
        }
        self.step = Step::Phone;
        self.forget_problem();
        Action::Run(operation::focus("phone"))
    }

    /// A wait is not over because something was typed.
    fn forget_problem(&mut self) {
        if !matches!(self.problem, Some(Problem::Wait { .. })) {
            self.problem = None;
        }
    }

    fn asked(&self) -> Option<Asked> {
        self.work.as_ref().map(|work| work.kind)
    }
}

#[cfg(test)]
mod tests;
