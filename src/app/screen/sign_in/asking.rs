//! What is asked of the server, and what comes of it.

use super::*;
use crate::words::{Words, fl};
use std::fmt;

/// What is under way; dropping it calls it off.
pub(super) struct Work {
    pub(super) asked: Asked,
    _task: task::Handle,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A code for the number.
    Code,
    /// The same by the sample account's button: the rest follows by itself.
    DemoCode,
    /// Whether the code is right.
    Check,
    /// The same, by itself.
    DemoCheck,
    /// The code once more.
    Resend,
    /// The code elsewhere than to the e-mail address.
    ResetEmail,
    /// A code to an address that is new.
    SetEmail,
    /// Whether that code is right.
    VerifyEmail,
    /// Whether the password is right.
    Password,
    /// A code in place of the password.
    RecoveryCode,
    /// Whether that is right.
    Recover,
}

impl Asked {
    /// What the sample account's button does is the same to whoever waits.
    fn of_person(self) -> Self {
        match self {
            Self::DemoCode => Self::Code,
            Self::DemoCheck => Self::Check,
            asked => asked,
        }
    }
}

/// What stands in the way, beside the field or button that it is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Trouble {
    pub(super) with: Asked,
    pub(super) what: What,
}

#[derive(Clone, PartialEq)]
pub(super) enum What {
    /// Seen before anything was asked.
    Words(String),
    /// The server refused, or was not reached.
    Refused(Error),
}

impl fmt::Debug for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(_) => f.write_str("Words"),
            Self::Refused(error) => error.fmt(f),
        }
    }
}

/// What the server wants to hear no more of for a time. That is not over because somebody types or goes back.
#[derive(Debug, Default)]
pub(super) struct Waits(Vec<(Asked, Instant)>);

impl Waits {
    pub(super) fn until(&self, asked: Asked) -> Option<Instant> {
        self.0.iter().find(|(of, _)| *of == asked.of_person()).map(|(_, until)| *until)
    }

    pub(super) fn any(&self) -> bool {
        !self.0.is_empty()
    }

    pub(super) fn add(&mut self, asked: Asked, until: Instant) {
        self.0.retain(|(of, _)| *of != asked.of_person());
        self.0.push((asked.of_person(), until));
    }

    pub(super) fn forget_past(&mut self, now: Instant) {
        self.0.retain(|(_, until)| *until > now);
    }
}

impl SignIn {
    /// What the wide button asks for now.
    pub(super) fn next_question(&self) -> Option<Asked> {
        match &self.step {
            Step::Api => None,
            Step::Phone => Some(Asked::Code),
            // The old code is of no use any more: the same button asks for a new one.
            Step::Code(_) if self.refusal() == Some(&Error::CodeExpired) => Some(Asked::Code),
            Step::Code(_) => Some(Asked::Check),
            Step::Email(step) if step.code.is_none() => Some(Asked::SetEmail),
            Step::Email(_) if self.refusal() == Some(&Error::CodeExpired) => Some(Asked::SetEmail),
            Step::Email(_) => Some(Asked::VerifyEmail),
            Step::Password(_) => Some(Asked::Password),
            Step::Recovery(_) if matches!(self.refusal(), Some(Error::RecoveryExpired | Error::CodeExpired)) => {
                Some(Asked::RecoveryCode)
            }
            Step::Recovery(_) => Some(Asked::Recover),
        }
    }

    /// What the server last said no with.
    pub(super) fn refusal(&self) -> Option<&Error> {
        match &self.trouble.as_ref()?.what {
            What::Refused(error) => Some(error),
            What::Words(_) => None,
        }
    }

    pub(super) fn asked(&self) -> Option<Asked> {
        self.work.as_ref().map(|work| work.asked)
    }

    /// On with the step, if it is filled in.
    pub(super) fn submit(&mut self) -> Action {
        if self.work.is_some() || self.half == Half::Qr && matches!(self.step, Step::Phone) {
            return Action::None;
        }
        let Some(question) = self.next_question() else { return self.submit_api() };
        if self.waits.until(question).is_some() {
            return Action::None;
        }
        self.notice = None;
        let wrong = |words: String| Some(Trouble { with: question, what: What::Words(words) });
        match (&self.step, question) {
            (_, Asked::Code) => {
                if number::digits(&self.phone).len() < 5 {
                    self.trouble = wrong(fl!(Words, "sign-in-phone-short"));
                    return Action::Run(self.focus());
                }
                self.ask_for_code(Asked::Code)
            }
            (Step::Code(step), _) => {
                if !step.complete() {
                    self.trouble = step.words_for_short().and_then(wrong);
                    return Action::Run(self.focus());
                }
                let (sent, code) = (step.sent.clone(), step.code.clone());
                self.check_code(sent, code, Asked::Check)
            }
            (Step::Email(step), Asked::SetEmail) => {
                if step.address.trim().is_empty() {
                    return Action::Run(self.focus());
                }
                let (account, sent, address) = (self.account.clone(), step.sent.clone(), step.address.clone());
                let ask = async move { account.set_up_email(&sent, &address).await };
                self.begin(Asked::SetEmail, Task::perform(ask, Message::EmailSent))
            }
            (Step::Email(email::Step { sent, code: Some(code), .. }), _) => {
                if code.typed.is_empty() {
                    return Action::Run(self.focus());
                }
                let (account, sent, code) = (self.account.clone(), sent.clone(), code.typed.clone());
                let check = async move { account.verify_email(&sent, &code).await };
                self.begin(Asked::VerifyEmail, Task::perform(check, Message::CodeSent))
            }
            (Step::Password(step), _) => {
                if step.password.is_empty() {
                    return Action::Run(self.focus());
                }
                let (account, password) = (self.account.clone(), step.password.clone());
                let check = async move { account.check_password(&password).await.map(|me| me.id) };
                self.begin(Asked::Password, Task::perform(check, Message::PasswordChecked))
            }
            (Step::Recovery(_), Asked::RecoveryCode) => self.ask_for_recovery(),
            (Step::Recovery(step), _) => {
                if step.code.is_empty() {
                    return Action::Run(self.focus());
                }
                let (account, code) = (self.account.clone(), step.code.clone());
                let check = async move { account.recover(&code).await.map(|me| me.id) };
                self.begin(Asked::Recover, Task::perform(check, Message::PasswordChecked))
            }
            (Step::Api | Step::Phone | Step::Email(_), _) => Action::None,
        }
    }

    pub(super) fn ask_for_code(&mut self, asked: Asked) -> Action {
        let (account, phone) = (self.account.clone(), format!("+{}", number::digits(&self.phone)));
        let ask = async move { account.request_code(&phone).await };
        self.begin(asked, Task::perform(ask, Message::CodeSent))
    }

    pub(super) fn check_code(&mut self, sent: SentCode, code: String, asked: Asked) -> Action {
        let account = self.account.clone();
        let check = async move { account.sign_in(&sent, &code).await };
        self.begin(asked, Task::perform(check, Message::CodeChecked))
    }

    /// The code once more, on the next way.
    pub(super) fn resend(&mut self) -> Action {
        let Step::Code(step) = &self.step else { return Action::None };
        let early = step.resend_at.is_some_and(|at| at > Instant::now());
        if self.work.is_some() || early || self.waits.until(Asked::Resend).is_some() {
            return Action::None;
        }
        let (account, sent) = (self.account.clone(), step.sent.clone());
        let ask = async move { account.resend_code(&sent).await };
        self.begin(Asked::Resend, Task::perform(ask, Message::CodeSent))
    }

    /// Asks whether to remove the address where the code went, then does it.
    pub(super) fn give_up_email(&mut self) -> Action {
        let Step::Code(step) = &mut self.step else { return Action::None };
        if self.work.is_some() {
            return Action::None;
        }
        if !step.giving_up_email {
            step.giving_up_email = true;
            return Action::None;
        }
        let (account, sent) = (self.account.clone(), step.sent.clone());
        let ask = async move { account.reset_login_email(&sent).await };
        self.begin(Asked::ResetEmail, Task::perform(ask, Message::CodeSent))
    }

    /// A code in place of the password, or words on what else can be done.
    pub(super) fn forgot(&mut self) -> Action {
        let Step::Password(step) = &mut self.step else { return Action::None };
        if self.work.is_some() {
            return Action::None;
        }
        if !step.recovery {
            step.forgotten = true;
            return Action::None;
        }
        self.ask_for_recovery()
    }

    fn ask_for_recovery(&mut self) -> Action {
        if self.waits.until(Asked::RecoveryCode).is_some() {
            return Action::None;
        }
        let account = self.account.clone();
        let ask = async move { account.request_recovery().await };
        self.begin(Asked::RecoveryCode, Task::perform(ask, Message::RecoverySent))
    }

    /// The server may forget this code. Nobody waits for it.
    pub(super) fn cancel_code(&self, sent: SentCode) -> Task<Message> {
        let account = self.account.clone();
        Task::future(async move {
            let _best_effort = account.cancel_code(&sent).await;
        })
        .discard()
    }

    fn begin(&mut self, asked: Asked, task: Task<Message>) -> Action {
        self.trouble = None;
        self.picker = None;
        // Requests of signing in go one after the other: none shall wait for a picture.
        self.qr.pause();
        Action::Run(self.under_way(asked, task))
    }

    pub(super) fn under_way(&mut self, asked: Asked, task: Task<Message>) -> Task<Message> {
        let (task, handle) = task.abortable();
        self.work = Some(Work { asked, _task: handle.abort_on_drop() });
        task
    }

    pub(super) fn code_sent(&mut self, sent: SentCode) -> Action {
        let asked = self.asked();
        self.work = None;
        self.trouble = None;
        if let Some(me) = sent.signed_in() {
            return Action::SignedIn(me.id);
        }
        if let (Some(Asked::DemoCode), Some(demo)) = (asked, &self.demo) {
            let code = demo.code.clone();
            self.step = Step::Code(code::Step { code: code.clone(), ..code::Step::new(sent.clone()) });
            return self.check_code(sent, code, Asked::DemoCheck);
        }
        self.step = match sent.kind() {
            heliograph_telegram::CodeKind::EmailSetUp => {
                Step::Email(email::Step { sent, address: String::new(), code: None })
            }
            _ => Step::Code(code::Step::new(sent)),
        };
        let qr = self.go_on_with_qr();
        Action::Run(Task::batch([self.focus(), qr]))
    }

    pub(super) fn checked(&mut self, signed_in: SignedIn) -> Action {
        self.work = None;
        self.trouble = None;
        match signed_in {
            SignedIn::Done(me) => Action::SignedIn(me.id),
            SignedIn::Password { hint, recovery } => {
                self.qr.pause();
                self.step = Step::Password(password::Step::new(hint, recovery));
                Action::Run(self.focus())
            }
        }
    }

    pub(super) fn email_sent(&mut self, code: EmailCode) -> Action {
        self.work = None;
        self.trouble = None;
        if let Step::Email(step) = &mut self.step {
            step.code = Some(email::Code { sent: code, typed: String::new() });
        }
        Action::Run(self.focus())
    }

    pub(super) fn recovery_sent(&mut self, pattern: String) -> Action {
        self.work = None;
        self.trouble = None;
        let back = match std::mem::replace(&mut self.step, Step::Phone) {
            Step::Password(step) => step,
            Step::Recovery(step) => step.back,
            other => {
                self.step = other;
                return Action::None;
            }
        };
        self.step = Step::Recovery(password::Recovery { pattern, code: String::new(), back });
        Action::Run(self.focus())
    }

    pub(super) fn refused(&mut self, error: Error) -> Action {
        let Some(asked) = self.work.take().map(|work| work.asked.of_person()) else { return Action::None };
        if let Error::FloodWait(seconds) = error {
            self.waits.add(asked, Instant::now() + Duration::from_secs(u64::from(seconds)));
        } else {
            if let (Error::RecoveryUnavailable, Step::Password(step)) = (&error, &mut self.step) {
                step.recovery = false;
                step.forgotten = true;
            }
            let wrong = matches!(error, Error::CodeInvalid | Error::PasswordInvalid);
            self.trouble = Some(Trouble { with: asked, what: What::Refused(error) });
            if wrong {
                // What was wrong is replaced by what is typed next.
                let id = if matches!(self.step, Step::Password(_)) { "password" } else { "code" };
                return Action::Run(Task::batch([operation::focus(id), operation::select_all(id)]));
            }
        }
        let qr = self.go_on_with_qr();
        Action::Run(Task::batch([self.focus(), qr]))
    }

    pub(super) fn code_changed(&mut self, typed: String) -> Action {
        if self.work.is_some() {
            return Action::None;
        }
        let complete = match &mut self.step {
            Step::Code(step) => {
                step.code = typed;
                step.submits_itself()
            }
            Step::Email(email::Step { code: Some(code), .. }) => {
                code.typed = typed;
                code.sent.length().is_some_and(|length| code.typed.chars().count() >= length)
            }
            Step::Recovery(step) => {
                step.code = typed;
                false
            }
            _ => return Action::None,
        };
        self.trouble = None;
        if complete { self.submit() } else { Action::None }
    }
}
