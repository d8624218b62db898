//! Signing in: by phone number and code, by QR code, and with the password where there is one.

mod api;
mod asking;
mod code;
mod countries;
mod country;
mod email;
pub(super) mod number;
mod password;
mod phone;
mod qr;
mod view;

use crate::app::DemoHint;
use crate::platform::opener;
use crate::preferences::ApiCredentials;
use asking::{Asked, Trouble, Waits, Work};
use countries::Country;
use heliograph_model::{Connection, PeerId};
use heliograph_telegram::{Account, EmailCode, Error, SentCode, SignedIn};
use iced::widget::operation;
use iced::{Subscription, Task, task};
use std::time::{Duration, Instant};

/// The screen.
pub struct SignIn {
    account: Account,
    /// What the demo server takes, where we are on it.
    demo: Option<DemoHint>,
    /// Why the person is here again.
    notice: Option<String>,
    connection: Connection,
    country: Option<&'static Country>,
    /// The list of countries, while it is open.
    picker: Option<country::Picker>,
    phone: String,
    step: Step,
    trouble: Option<Trouble>,
    waits: Waits,
    work: Option<Work>,
    qr: qr::Qr,
    /// Which half is seen where there is room for one.
    half: Half,
    /// The last api_id and api_hash that were typed.
    api: api::Form,
}

/// How far it is.
enum Step {
    /// The program's own number is asked for first.
    Api,
    Phone,
    Code(code::Step),
    /// An address for e-mail, before there is a code.
    Email(email::Step),
    Password(password::Step),
    /// A code by e-mail in place of the password.
    Recovery(password::Recovery),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Number,
    Qr,
}

/// What happens on it.
#[derive(Clone)]
pub enum Message {
    /// Something of the api_id's form.
    Api(api::Message),
    /// Something of the list of countries.
    Country(country::Message),
    /// Typed into the number.
    PhoneChanged(String),
    /// Typed into the code.
    CodeChanged(String),
    /// Typed into the e-mail address.
    EmailChanged(String),
    /// Typed into the password.
    PasswordChanged(String),
    /// To show or to hide what stands in the password.
    RevealPressed,
    /// On with it: the button, or Enter.
    Submitted,
    /// Into the sample account.
    DemoPressed,
    /// Another way to Telegram.
    ProxyPressed,
    /// The code once more, on the next way.
    ResendPressed,
    /// There is no way to the e-mail with the code: asks whether to remove the address, then does it.
    NoEmailPressed,
    /// The password is forgotten.
    ForgotPressed,
    /// The page where the code is.
    OpenPressed(String),
    /// The other half, where there is room for one.
    HalfPressed,
    /// Cancel what is under way, or go back a step.
    Back,
    /// What came of asking for a code.
    CodeSent(Result<SentCode, Error>),
    /// What came of the code.
    CodeChecked(Result<SignedIn, Error>),
    /// What came of the address.
    EmailSent(Result<EmailCode, Error>),
    /// What came of the password, or of the code in its place.
    PasswordChecked(Result<PeerId, Error>),
    /// What came of asking for a code in place of the password: the address, with most of it hidden.
    RecoverySent(Result<String, Error>),
    /// Something about the QR code.
    Qr(qr::Message),
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
    /// To keep this api_id and api_hash and to begin again with them.
    Api(ApiCredentials),
    /// To open the demo beside us.
    Demo,
    /// To show how the connection stands, and the ways around.
    Connection,
}

impl SignIn {
    /// The first step. `notice` says why, where one did not come by oneself.
    pub fn new(
        account: Account,
        demo: Option<DemoHint>,
        no_api_id: bool,
        notice: Option<String>,
    ) -> (Self, Task<Message>) {
        let country = if demo.is_some() { None } else { countries::of_desktop() };
        let mut screen = Self {
            account,
            demo,
            notice,
            connection: Connection::default(),
            country,
            picker: None,
            phone: country.map(number::begun).unwrap_or_default(),
            step: if no_api_id { Step::Api } else { Step::Phone },
            trouble: None,
            waits: Waits::default(),
            work: None,
            qr: qr::Qr::default(),
            half: Half::Number,
            api: api::Form::default(),
        };
        let focus = screen.focus();
        let qr = screen.go_on_with_qr();
        (screen, Task::batch([focus, qr]))
    }

    /// How the connection stands now.
    pub fn connection(&mut self, connection: Connection) -> Action {
        self.connection = connection;
        // What failed without a connection is tried once there is one.
        match self.connection {
            Connection::Online if self.qr.failed() => Action::Run(self.go_on_with_qr()),
            _ => Action::None,
        }
    }

    /// A device has said yes to the QR code.
    pub fn token_accepted(&mut self) -> Action {
        self.update(Message::Qr(qr::Message::Accepted))
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Api(message) => self.update_api(message),
            Message::Country(message) => self.update_country(message),
            Message::PhoneChanged(typed) => self.phone_changed(&typed),
            Message::CodeChanged(typed) => self.code_changed(typed),
            Message::EmailChanged(typed) => {
                if let (Step::Email(step), None) = (&mut self.step, &self.work) {
                    step.address = typed;
                    self.trouble = None;
                }
                Action::None
            }
            Message::PasswordChanged(typed) => {
                if let (Step::Password(step), None) = (&mut self.step, &self.work) {
                    step.password = typed;
                    self.trouble = None;
                }
                Action::None
            }
            Message::RevealPressed => {
                if let Step::Password(step) = &mut self.step {
                    step.shown = !step.shown;
                }
                Action::Run(operation::focus("password"))
            }
            Message::Submitted => self.submit(),
            Message::DemoPressed if self.demo.is_some() => self.enter_demo(),
            Message::DemoPressed => Action::Demo,
            Message::ProxyPressed => Action::Connection,
            Message::ResendPressed => self.resend(),
            Message::NoEmailPressed => self.give_up_email(),
            Message::ForgotPressed => self.forgot(),
            // It may come from the server: nothing but the web.
            Message::OpenPressed(link) if link.starts_with("https://") => {
                Action::Run(Task::future(opener::open(link)).discard())
            }
            Message::OpenPressed(_) => Action::None,
            Message::HalfPressed => {
                self.half = if self.half == Half::Qr { Half::Number } else { Half::Qr };
                Action::Run(self.focus())
            }
            Message::Back => self.back(),
            Message::CodeSent(Ok(sent)) => self.code_sent(sent),
            Message::CodeChecked(Ok(signed_in)) => self.checked(signed_in),
            Message::EmailSent(Ok(code)) => self.email_sent(code),
            Message::PasswordChecked(Ok(me)) => Action::SignedIn(me),
            Message::RecoverySent(Ok(pattern)) => self.recovery_sent(pattern),
            Message::CodeSent(Err(error))
            | Message::CodeChecked(Err(error))
            | Message::EmailSent(Err(error))
            | Message::PasswordChecked(Err(error))
            | Message::RecoverySent(Err(error)) => self.refused(error),
            Message::Qr(message) => self.update_qr(message),
            Message::Ticked => {
                self.waits.forget_past(Instant::now());
                if self.qr.wait_is_over() { Action::Run(self.go_on_with_qr()) } else { Action::None }
            }
        }
    }

    /// Counts the seconds, only while some are to be waited.
    pub fn subscription(&self) -> Subscription<Message> {
        let now = Instant::now();
        let resend = matches!(&self.step, Step::Code(step) if step.resend_at.is_some_and(|at| at > now));
        if resend || self.waits.any() || self.qr.waits() {
            iced::time::every(Duration::from_secs(1)).map(|_| Message::Ticked)
        } else {
            Subscription::none()
        }
    }

    /// Signs in to the sample account of the demo server, for real: with its number and code.
    pub fn enter_demo(&mut self) -> Action {
        let Some(demo) = &self.demo else { return Action::None };
        if self.work.is_some() {
            return Action::None;
        }
        self.phone = demo.phone.clone();
        self.country = None;
        self.step = Step::Phone;
        self.ask_for_code(Asked::DemoCode)
    }

    /// To where one types next.
    fn focus(&self) -> Task<Message> {
        let id = match &self.step {
            Step::Api if self.api.id.is_empty() => "api-id",
            Step::Api => "api-hash",
            // Nothing to type there; the list has the keyboard while it is open.
            Step::Phone if self.half == Half::Qr => return Task::none(),
            Step::Phone => return Task::batch([operation::focus("phone"), operation::move_cursor_to_end("phone")]),
            Step::Code(_) | Step::Recovery(_) => "code",
            Step::Email(step) if step.code.is_some() => "code",
            Step::Email(_) => "email",
            Step::Password(_) => "password",
        };
        operation::focus(id)
    }

    fn phone_changed(&mut self, typed: &str) -> Action {
        if !matches!(self.step, Step::Phone) || self.work.is_some() {
            return Action::None;
        }
        let number::Edited { number, caret, country } = number::edited(&self.phone, typed, self.country);
        // At the end the field keeps it there by itself; a task would come too late for the next key.
        let at_end = caret >= number.chars().count();
        self.phone = number;
        self.country = country;
        self.trouble = None;
        if at_end { Action::None } else { Action::Run(operation::move_cursor_to("phone", caret)) }
    }

    /// Goes back a step; what is under way is called off first.
    fn back(&mut self) -> Action {
        if self.picker.take().is_some() {
            return Action::Run(operation::focus("country"));
        }
        if self.work.take().is_some() {
            let qr = self.go_on_with_qr();
            return Action::Run(Task::batch([self.focus(), qr]));
        }
        self.trouble = None;
        let mut farewell = Task::none();
        match std::mem::replace(&mut self.step, Step::Phone) {
            Step::Api => self.step = Step::Api,
            Step::Phone => self.half = Half::Number,
            Step::Code(step) => farewell = self.cancel_code(step.sent),
            Step::Email(email::Step { sent, address, code: Some(_) }) => {
                self.step = Step::Email(email::Step { sent, address, code: None });
            }
            Step::Email(step) => farewell = self.cancel_code(step.sent),
            Step::Password(_) => {}
            Step::Recovery(step) => self.step = Step::Password(step.back),
        }
        let qr = self.go_on_with_qr();
        Action::Run(Task::batch([farewell, self.focus(), qr]))
    }
}

#[cfg(test)]
mod tests;
