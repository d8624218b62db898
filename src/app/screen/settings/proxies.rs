//! Other ways to the servers: the proxies that are kept, and the form for a new one.

use super::card::{self, card, edged, heading, line};
use super::{Action, Known, Message as Outer, Settings};
use crate::preferences::{Lock, Preferences, Proxies};
use crate::screen::card::note;
use crate::theme::Look;
use crate::widget::control::{self, Kind};
use crate::widget::icon::{Icon, icon};
use crate::widget::{Element, flow};
use crate::words::{Words, fl, number};
use heliograph_store::KeyError;
use heliograph_telegram::{Proxy, ProxyKind, ProxyLogin, ProxyTrouble};
use iced::widget::{Column, column, container, operation, space};
use iced::{Center, Fill, Padding, Task};
use std::fmt;
use std::time::Duration;

/// Nobody types more into a field.
const LONGEST: usize = 2048;

/// What is known of the proxies, and the form while it is open.
#[derive(Default)]
pub(super) struct State {
    /// What came of trying those that are kept.
    tried: Vec<(Proxy, Trial)>,
    form: Option<Form>,
    /// Tells the trials of one form from those of the next.
    forms: u64,
}

/// What a new one is made of.
#[derive(Default)]
struct Form {
    /// A link asks for it, not the person.
    asked: bool,
    link: String,
    link_wrong: bool,
    speaks: Speaks,
    host: String,
    port: String,
    secret: String,
    user: String,
    password: String,
    shown: bool,
    /// Save was pressed with something missing.
    looked_at: bool,
    trial: Trial,
}

/// What it speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speaks {
    /// Telegram's own.
    #[default]
    MtProto,
    /// SOCKS version 5.
    Socks,
    /// HTTP CONNECT.
    Http,
}

/// What came of trying one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Trial {
    #[default]
    Untried,
    Running,
    Done(Result<Duration, ProxyTrouble>),
}

/// What is typed into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A whole link.
    Link,
    /// Where it is.
    Host,
    /// Its port.
    Port,
    /// The secret of an MTProto proxy.
    Secret,
    /// Who we are to it.
    User,
    /// The password that belongs to it.
    Password,
}

/// What happens there.
#[derive(Clone)]
pub enum Message {
    /// Proxies are used, or not.
    Used(bool),
    /// The next one is taken by itself, or not.
    Switched(bool),
    /// This one is used.
    Chosen(usize),
    /// One place up with this one.
    Raised(usize),
    /// Away with this one.
    Removed(usize),
    /// Its link, for others.
    Copied(usize),
    /// Try to read them once more.
    ReadWanted,
    /// Those that cannot be read are put aside.
    NewListWanted,
    /// Try those that are kept.
    TrialsWanted,
    /// One of them was tried.
    Tried(Box<Proxy>, Result<Duration, ProxyTrouble>),
    /// The form for a new one.
    FormWanted,
    /// No form any more.
    FormClosed,
    /// Typed into it.
    Typed(Field, String),
    /// What the new one speaks.
    SpeaksChosen(Speaks),
    /// The password is to be seen, or not.
    Revealed,
    /// Keep it: it is tried first.
    SaveWanted,
    /// The new one was tried.
    NewTried(u64, Result<Duration, ProxyTrouble>),
    /// Keep it, though it does not work now.
    SavedAnyway,
}

// What is typed there is secret in part.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Typed(..) => "Typed",
            Self::SaveWanted => "SaveWanted",
            Self::NewTried(..) => "NewTried",
            Self::Tried(..) => "Tried",
            _ => "Message",
        })
    }
}

impl Form {
    /// With what this one is made of.
    fn of(proxy: &Proxy) -> Self {
        let mut form = Self { host: proxy.host.clone(), port: proxy.port.to_string(), ..Self::default() };
        let mut log_in = |login: &Option<ProxyLogin>| {
            if let Some(ProxyLogin { user, password }) = login {
                (form.user, form.password) = (user.clone(), password.clone());
            }
        };
        form.speaks = match &proxy.kind {
            ProxyKind::MtProto(_) => Speaks::MtProto,
            ProxyKind::Socks5(login) => {
                log_in(login);
                Speaks::Socks
            }
            ProxyKind::Http(login) => {
                log_in(login);
                Speaks::Http
            }
        };
        if let ProxyKind::MtProto(secret) = &proxy.kind {
            form.secret = secret.to_hex();
        }
        form
    }

    fn host(&self) -> Option<String> {
        let host = self.host.trim().trim_start_matches('[').trim_end_matches(']');
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '@' | '?' | '#');
        (!host.is_empty() && host.len() <= 253 && !host.contains(odd)).then(|| host.to_owned())
    }

    fn port(&self) -> Option<u16> {
        self.port.trim().parse().ok().filter(|port| *port > 0)
    }

    fn kind(&self) -> Option<ProxyKind> {
        let login =
            (!self.user.is_empty()).then(|| ProxyLogin { user: self.user.clone(), password: self.password.clone() });
        Some(match self.speaks {
            Speaks::MtProto => ProxyKind::MtProto(self.secret.trim().parse().ok()?),
            Speaks::Socks => ProxyKind::Socks5(login),
            Speaks::Http => ProxyKind::Http(login),
        })
    }

    /// The proxy, where everything is right.
    fn proxy(&self) -> Option<Proxy> {
        Some(Proxy { host: self.host()?, port: self.port()?, kind: self.kind()? })
    }

    fn type_in(&mut self, field: Field, typed: String) {
        let typed: String = typed.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        self.trial = Trial::Untried;
        match field {
            Field::Link => {
                let asked = self.asked;
                match typed.parse::<Proxy>() {
                    Ok(proxy) => *self = Self { asked, ..Self::of(&proxy) },
                    Err(_) => self.link_wrong = !typed.trim().is_empty(),
                }
                self.link = typed;
            }
            Field::Host => self.host = typed,
            Field::Port => self.port = typed,
            Field::Secret => self.secret = typed,
            Field::User => self.user = typed,
            Field::Password => self.password = typed,
        }
    }
}

impl State {
    /// A link asks to add this one: it stands in the form, and nothing happens before the person says so.
    pub(super) fn ask(&mut self, proxy: &Proxy) {
        self.open(Form { asked: true, ..Form::of(proxy) });
    }

    fn open(&mut self, form: Form) {
        self.forms += 1;
        self.form = Some(form);
    }

    /// Whether Escape has something to close here.
    pub(super) fn close(&mut self) -> bool {
        self.form.take().is_some()
    }

    fn trial(&self, proxy: &Proxy) -> Trial {
        self.tried.iter().find(|(tried, _)| tried == proxy).map_or(Trial::Untried, |(_, trial)| *trial)
    }

    fn set_trial(&mut self, proxy: Proxy, trial: Trial) {
        self.tried.retain(|(tried, _)| *tried != proxy);
        self.tried.push((proxy, trial));
    }
}

impl Settings {
    pub(super) fn update_proxies(&mut self, preferences: &Preferences, message: Message) -> Action {
        let mut proxies = preferences.proxies.clone();
        let state = &mut self.proxies;
        match message {
            Message::ReadWanted => return Action::ReadProxies,
            Message::NewListWanted => return Action::NewProxies,
            Message::Used(on) if on && proxies.list.is_empty() && proxies.lock == Lock::Open => {
                return self.update_proxies(preferences, Message::FormWanted);
            }
            Message::Used(on) => proxies.on = on,
            Message::Switched(switching) => proxies.switching = switching,
            Message::Chosen(at) => (proxies.chosen, proxies.on) = (at, true),
            Message::Raised(at) => proxies.raise(at),
            Message::Removed(at) => proxies.remove(at),
            Message::Copied(at) => {
                return proxies.list.get(at).map_or(Action::None, |proxy| Action::Copy(proxy.link()));
            }
            Message::TrialsWanted => return self.try_all(&proxies),
            Message::Tried(proxy, result) => {
                state.set_trial(*proxy, Trial::Done(result));
                return Action::None;
            }
            Message::FormWanted => {
                state.open(Form::default());
                return Action::Run(operation::focus("proxy-link"));
            }
            Message::FormClosed => {
                state.form = None;
                return Action::None;
            }
            Message::Typed(field, typed) => {
                if let Some(form) = &mut state.form {
                    form.type_in(field, typed);
                }
                return Action::None;
            }
            Message::SpeaksChosen(speaks) => {
                if let Some(form) = &mut state.form {
                    (form.speaks, form.trial) = (speaks, Trial::Untried);
                }
                return Action::None;
            }
            Message::Revealed => {
                if let Some(form) = &mut state.form {
                    form.shown = !form.shown;
                }
                return Action::None;
            }
            Message::SaveWanted => return self.try_new(),
            Message::NewTried(form, _) if form != state.forms => return Action::None,
            Message::NewTried(_, result) => {
                let Some(form) = &mut state.form else { return Action::None };
                if form.trial != Trial::Running {
                    return Action::None;
                }
                form.trial = Trial::Done(result);
                let (Ok(_), Some(proxy)) = (result, form.proxy()) else { return Action::None };
                state.set_trial(proxy, Trial::Done(result));
                return self.keep_new(proxies, preferences);
            }
            Message::SavedAnyway => return self.keep_new(proxies, preferences),
        }
        changed(preferences, proxies)
    }

    /// Tries all that are kept, beside each other.
    fn try_all(&mut self, proxies: &Proxies) -> Action {
        let Some(account) = &self.line else { return Action::None };
        let tasks = proxies.list.iter().map(|proxy| {
            self.proxies.set_trial(proxy.clone(), Trial::Running);
            let (account, proxy) = (account.clone(), proxy.clone());
            Task::future(async move {
                let result = account.check_proxy(&proxy).await;
                Outer::Proxy(Message::Tried(Box::new(proxy), result))
            })
        });
        Action::Run(Task::batch(tasks.collect::<Vec<_>>()))
    }

    /// Tries the new one; it is kept when it works.
    fn try_new(&mut self) -> Action {
        let number = self.proxies.forms;
        let Some(form) = &mut self.proxies.form else { return Action::None };
        let Some(proxy) = form.proxy() else {
            form.looked_at = true;
            return Action::None;
        };
        let Some(account) = self.line.clone() else {
            // Nobody there to try it with: kept as it is.
            form.trial = Trial::Done(Err(ProxyTrouble::NoServer));
            return Action::None;
        };
        if form.trial == Trial::Running {
            return Action::None;
        }
        form.trial = Trial::Running;
        Action::Run(Task::future(async move {
            let result = account.check_proxy(&proxy).await;
            Outer::Proxy(Message::NewTried(number, result))
        }))
    }

    /// Keeps the new one and goes by it.
    fn keep_new(&mut self, mut proxies: Proxies, preferences: &Preferences) -> Action {
        let Some(proxy) = self.proxies.form.as_ref().and_then(Form::proxy) else { return Action::None };
        if proxies.lock != Lock::Open {
            // The page behind the form says what is the matter.
            self.proxies.form = None;
            return Action::None;
        }
        if !proxies.take(proxy) {
            return Action::None;
        }
        self.proxies.form = None;
        changed(preferences, proxies)
    }
}

fn changed(preferences: &Preferences, proxies: Proxies) -> Action {
    let mut preferences = preferences.clone();
    preferences.proxies = proxies;
    Action::Changed(preferences)
}

pub(super) fn view<'a>(
    settings: &'a Settings,
    known: Known<'a>,
    look: Look,
    words: &Words,
    tight: bool,
) -> Element<'a, Outer> {
    let (proxies, state) = (&known.preferences.proxies, &settings.proxies);
    if let Some(form) = &state.form {
        return new(form, look, words, tight);
    }
    let used = control::toggle(look, fl!(words, "proxy-use"), proxies.current().is_some() || proxies.waits())
        .help(fl!(words, "proxy-use-means"))
        .id("proxy-use")
        .on_toggle(|on| Outer::Proxy(Message::Used(on)));
    let switching = (proxies.list.len() > 1).then(|| {
        control::toggle(look, fl!(words, "proxy-switch"), proxies.switching)
            .help(fl!(words, "proxy-switch-means"))
            .id("proxy-switch")
            .on_toggle(|on| Outer::Proxy(Message::Switched(on)))
    });
    let switches = edged(look, tight, column![used].push(switching).into());
    if proxies.lock != Lock::Open {
        return column![heading(look, fl!(words, "proxies")), switches, closed(proxies, look, words)].spacing(8).into();
    }
    let in_use = proxies.current().map(|chosen| settings.report.proxy.unwrap_or(chosen));
    let lines = proxies.list.iter().enumerate().map(|(at, proxy)| {
        let in_use = in_use == Some(at);
        let said = match state.trial(proxy) {
            Trial::Untried => speaks(proxy).to_owned(),
            trial => number::beside(speaks(proxy).to_owned(), tried(trial, words)),
        };
        let name = format!("\u{2068}{}:{}\u{2069}", proxy.host, proxy.port);
        let lead: Element<'a, Outer> = if in_use {
            control::hint(
                look,
                icon(Icon::Check, look.size(20.0), look.palette.accent_text),
                fl!(words, "proxy-in-use"),
                None,
                iced::widget::tooltip::Position::Bottom,
            )
        } else {
            control::button(look, fl!(words, "proxy-take"))
                .kind(Kind::Ghost)
                .id(format!("proxy-take:{at}"))
                .on_press(Outer::Proxy(Message::Chosen(at)))
                .into()
        };
        let small = |sign, said, id: &str, message| -> Element<'a, Outer> {
            control::icon_button(look, sign, said).id(format!("{id}:{at}")).on_press(Outer::Proxy(message)).into()
        };
        let up = (at > 0).then(|| small(Icon::ChevronUp, fl!(words, "proxy-up"), "proxy-up", Message::Raised(at)));
        let copy = small(Icon::Copy, fl!(words, "proxy-copy"), "proxy-copy", Message::Copied(at));
        let remove = small(Icon::Cross, fl!(words, "proxy-remove"), "proxy-remove", Message::Removed(at));
        let end = flow::row(look, [lead]).push(up).push(copy).push(remove).spacing(2).align_y(Center);
        if !tight {
            return line(look, name, Some(said), end);
        }
        let end = container(end).width(Fill).align_x(flow::end(look));
        column![card::named(look, name, Some(said)), end].spacing(4).into()
    });
    let empty = proxies.list.is_empty().then(|| card::words(look, fl!(words, "proxy-none")).color(look.palette.muted));
    let lines: Vec<Element<'a, Outer>> = lines.chain(empty.map(Element::from)).collect();
    let add = control::button(look, fl!(words, "proxy-add"))
        .kind(Kind::Primary)
        .id("proxy-add")
        .on_press(Outer::Proxy(Message::FormWanted));
    let again = (!proxies.list.is_empty() && settings.line.is_some()).then(|| {
        control::button(look, fl!(words, "proxy-try-all"))
            .kind(Kind::Ghost)
            .id("proxy-try-all")
            .on_press(Outer::Proxy(Message::TrialsWanted))
    });
    column![
        heading(look, fl!(words, "proxies")),
        switches,
        card(look, tight, lines),
        container(flow::row(look, [add.into()]).push(again).spacing(8).align_y(Center))
            .width(Fill)
            .align_x(flow::start(look)),
    ]
    .spacing(8)
    .into()
}

/// The list lies sealed: being read, or why it cannot be.
fn closed<'a>(proxies: &Proxies, look: Look, words: &Words) -> Element<'a, Outer> {
    let Lock::Closed(error) = &proxies.lock else {
        return note(look, Icon::Info, fl!(words, "proxy-reading"));
    };
    let said = if proxies.on { fl!(words, "proxy-closed") } else { fl!(words, "proxy-closed-off") };
    let damage = match error {
        // The words of an account speak of its folder.
        KeyError::Corrupt => fl!(words, "proxy-damaged"),
        error => crate::words::key_error(error),
    };
    let again = control::button(look, fl!(words, "retry"))
        .kind(Kind::Primary)
        .id("proxy-read")
        .on_press(Outer::Proxy(Message::ReadWanted));
    let anew = control::button(look, fl!(words, "proxy-anew"))
        .kind(Kind::Ghost)
        .id("proxy-anew")
        .on_press(Outer::Proxy(Message::NewListWanted));
    let buttons = flow::row(look, [again.into(), anew.into()]).spacing(8).align_y(Center).wrap(8);
    column![
        note(look, Icon::Warning, said),
        card::words(look, damage).color(look.palette.muted),
        container(buttons).width(Fill).align_x(flow::start(look)),
    ]
    .spacing(12)
    .into()
}

fn speaks(proxy: &Proxy) -> &'static str {
    match proxy.kind {
        ProxyKind::MtProto(_) => "MTProto",
        ProxyKind::Socks5(_) => "SOCKS5",
        ProxyKind::Http(_) => "HTTP",
    }
}

fn tried(trial: Trial, words: &Words) -> String {
    match trial {
        Trial::Untried => String::new(),
        Trial::Running => fl!(words, "proxy-trying"),
        Trial::Done(Ok(took)) => {
            let time = number::whole(u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1));
            fl!(words, "proxy-works", time = time)
        }
        Trial::Done(Err(trouble)) => said(trouble, words),
    }
}

fn said(trouble: ProxyTrouble, words: &Words) -> String {
    match trouble {
        ProxyTrouble::Unreachable => fl!(words, "proxy-unreachable"),
        ProxyTrouble::Refused => fl!(words, "proxy-refused"),
        ProxyTrouble::NoServer => fl!(words, "proxy-no-server"),
        ProxyTrouble::TimedOut => fl!(words, "proxy-timed-out"),
    }
}

/// The form for a new one.
fn new<'a>(form: &'a Form, look: Look, words: &Words, tight: bool) -> Element<'a, Outer> {
    let field = |name: String, value: &'a str, field: Field, id: &'static str| {
        control::field(look, name, value)
            .id(id)
            .on_input(move |typed| Outer::Proxy(Message::Typed(field, typed)))
            .on_submit(Outer::Proxy(Message::SaveWanted))
    };
    let missing = |wrong: bool, said: String| (form.looked_at && wrong).then_some(said);
    let link = (!form.asked).then(|| {
        field(fl!(words, "proxy-link"), &form.link, Field::Link, "proxy-link")
            .placeholder("tg://proxy?server=…")
            .error(form.link_wrong.then(|| fl!(words, "proxy-link-wrong")))
            .help(Some(fl!(words, "proxy-link-help")))
    });
    let kinds = [
        (Speaks::MtProto, "MTProto", "proxy-mtproto"),
        (Speaks::Socks, "SOCKS5", "proxy-socks"),
        (Speaks::Http, "HTTP", "proxy-http"),
    ];
    let kinds = kinds.into_iter().map(|(speaks, name, id)| {
        let chosen = form.speaks == speaks;
        control::button(look, name)
            .kind(if chosen { Kind::Outlined } else { Kind::Ghost })
            .id(id)
            .on_press(Outer::Proxy(Message::SpeaksChosen(speaks)))
            .into()
    });
    let kinds = flow::row(look, kinds).spacing(4).align_y(Center).wrap(4);
    let host = field(fl!(words, "proxy-server"), &form.host, Field::Host, "proxy-host")
        .placeholder("proxy.example.org")
        .error(missing(form.host().is_none(), fl!(words, "proxy-server-wrong")));
    let port = field(fl!(words, "proxy-port"), &form.port, Field::Port, "proxy-port")
        .placeholder("443")
        .error(missing(form.port().is_none(), fl!(words, "proxy-port-wrong")));
    let where_it_is: Element<'a, Outer> = if tight {
        column![host, port].spacing(14).into()
    } else {
        let port = container(port).width(look.size(120.0));
        flow::row(look, [container(host).width(Fill).into(), port.into()]).spacing(12).into()
    };
    let rest: Element<'a, Outer> = match form.speaks {
        Speaks::MtProto => field(fl!(words, "proxy-secret"), &form.secret, Field::Secret, "proxy-secret")
            .placeholder("ee…")
            .error(missing(form.kind().is_none(), fl!(words, "proxy-secret-wrong")))
            .into(),
        Speaks::Socks | Speaks::Http => {
            let user = field(fl!(words, "proxy-user"), &form.user, Field::User, "proxy-user");
            let password = field(fl!(words, "proxy-password"), &form.password, Field::Password, "proxy-password")
                .reveal(form.shown, fl!(words, "sign-in-password-show"), Outer::Proxy(Message::Revealed));
            column![user, password].spacing(14).into()
        }
    };
    let failed = match form.trial {
        Trial::Done(Err(trouble)) => Some(note(look, Icon::Warning, said(trouble, words))),
        _ => None,
    };
    let save = control::button(look, fl!(words, "proxy-save"))
        .kind(Kind::Primary)
        .id("proxy-save")
        .busy(form.trial == Trial::Running)
        .on_press(Outer::Proxy(Message::SaveWanted));
    let anyway = failed.is_some().then(|| {
        control::button(look, fl!(words, "proxy-save-anyway"))
            .kind(Kind::Ghost)
            .id("proxy-save-anyway")
            .on_press(Outer::Proxy(Message::SavedAnyway))
    });
    let cancel = control::button(look, fl!(words, "cancel"))
        .kind(Kind::Ghost)
        .id("proxy-cancel")
        .on_press(Outer::Proxy(Message::FormClosed));
    let buttons = flow::row(look, [save.into()]).push(anyway).push(cancel).spacing(8).align_y(Center).wrap(8);
    let title = if form.asked { fl!(words, "proxy-asked") } else { fl!(words, "proxy-new") };
    let asked = form.asked.then(|| note(look, Icon::Info, fl!(words, "proxy-asked-means")));
    let content = Column::new()
        .push(asked)
        .push(link)
        .push(container(kinds).width(Fill).align_x(flow::start(look)))
        .push(where_it_is)
        .push(rest)
        .push(failed)
        .push(space().height(2))
        .push(container(buttons).width(Fill).align_x(flow::start(look)))
        .spacing(14)
        .width(Fill);
    let content = container(content).padding(Padding::from([4, 0]));
    column![heading(look, title), card(look, tight, [content.into()])].spacing(8).into()
}
