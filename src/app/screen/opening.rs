//! What stands in the window until the account's data is open: a moment of waiting, the question for a passphrase, or
//! what is in the way.

use super::card::{card, paragraph};
use crate::app::Place;
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::{self, Kind};
use crate::widget::flow;
use crate::widget::label::text;
use crate::words::{self, Words, fl};
use heliograph_store::{KeyError, Store, key};
use heliograph_telegram::{Account, Events, Settings};
use iced::widget::{column, container, operation, space};
use iced::{Background, Center, Fill, Size, Task};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The screen.
pub struct Opening {
    place: Arc<Place>,
    settings: Settings,
    state: State,
}

enum State {
    /// Under way. Its words come only when it takes long enough to be noticed.
    Busy { shown: bool, leaving: bool },
    /// The passphrase is asked for; `new` when it is to be chosen.
    Passphrase { new: bool, passphrase: String, again: String, problem: Option<String>, busy: bool },
    /// It did not open.
    Failed(String),
}

/// What happens on it.
#[derive(Clone)]
pub enum Message {
    /// It has taken a noticeable time.
    Noticed,
    /// The data is open, or not.
    Opened(Result<Opened, Trouble>),
    /// Something was typed.
    PassphraseChanged(String),
    /// The same in the second line.
    AgainChanged(String),
    /// On with it.
    Submitted,
    /// Once more, from the start.
    Retried,
}

/// The open account.
#[derive(Clone)]
pub struct Opened {
    /// Its handle.
    pub account: Account,
    /// Its file.
    pub store: Store,
    /// What happens by itself; there is one, for one listener.
    pub events: Arc<Mutex<Option<Events>>>,
}

/// Why the data did not open.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The key.
    Key(KeyError),
    /// Another process has the file open.
    InUse,
    /// The file, in words.
    Store(String),
    /// The rest.
    Account(heliograph_telegram::Error),
}

/// What the application is asked for.
pub enum Action {
    /// Nothing.
    None,
    /// To run this.
    Run(Task<Message>),
    /// To go on with this account.
    Opened(Opened),
}

impl Opening {
    /// Begins to open the data.
    pub fn new(place: Arc<Place>, settings: Settings) -> (Self, Task<Message>) {
        let opening = Self { place, settings, state: State::Busy { shown: false, leaving: false } };
        let task = Task::batch([open(opening.place.clone(), opening.settings.clone(), None), soon()]);
        (opening, task)
    }

    /// Stands there while the account is left; opening begins when `left` is done.
    pub fn after(
        place: Arc<Place>,
        settings: Settings,
        left: impl Future<Output = ()> + Send + 'static,
    ) -> (Self, Task<Message>) {
        let opening = Self { place, settings, state: State::Busy { shown: false, leaving: true } };
        let opened = Task::future(left).then({
            let (place, settings) = (opening.place.clone(), opening.settings.clone());
            move |()| open(place.clone(), settings.clone(), None)
        });
        (opening, Task::batch([opened, soon()]))
    }

    /// Whether it is under way, and nobody is asked for anything.
    pub fn busy(&self) -> bool {
        matches!(self.state, State::Busy { .. } | State::Passphrase { busy: true, .. })
    }

    /// Opens the data once more, when `ended` is done: with other settings.
    pub fn anew(
        place: Arc<Place>,
        settings: Settings,
        ended: impl Future<Output = ()> + Send + 'static,
    ) -> (Self, Task<Message>) {
        let (mut opening, task) = Self::after(place, settings, ended);
        opening.state = State::Busy { shown: false, leaving: false };
        (opening, task)
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match (message, &mut self.state) {
            (Message::Noticed, State::Busy { shown, .. }) => *shown = true,
            (Message::Opened(Ok(opened)), _) => return Action::Opened(opened),
            (Message::Opened(Err(Trouble::Key(KeyError::NeedPassphrase { new }))), _) => {
                self.state = State::Passphrase {
                    new,
                    passphrase: String::new(),
                    again: String::new(),
                    problem: None,
                    busy: false,
                };
                return Action::Run(operation::focus("passphrase"));
            }
            (Message::Opened(Err(trouble)), State::Passphrase { problem, busy, .. }) => {
                *busy = false;
                *problem = Some(trouble.words());
                return Action::Run(operation::focus("passphrase"));
            }
            (Message::Opened(Err(trouble)), _) => self.state = State::Failed(trouble.words()),
            (Message::PassphraseChanged(typed), State::Passphrase { passphrase, problem, busy: false, .. }) => {
                *passphrase = typed;
                *problem = None;
            }
            (Message::AgainChanged(typed), State::Passphrase { again, problem, busy: false, .. }) => {
                *again = typed;
                *problem = None;
            }
            (Message::Submitted, State::Passphrase { new, passphrase, again, problem, busy }) => {
                if passphrase.is_empty() || *busy {
                    return Action::None;
                }
                if *new && passphrase != again {
                    *problem = Some(fl!(Words, "opening-passphrases-differ"));
                    return Action::Run(operation::focus("passphrase-again"));
                }
                *busy = true;
                return Action::Run(open(self.place.clone(), self.settings.clone(), Some(passphrase.clone())));
            }
            (Message::Retried, _) => {
                self.state = State::Busy { shown: true, leaving: false };
                return Action::Run(open(self.place.clone(), self.settings.clone(), None));
            }
            _ => {}
        }
        Action::None
    }

    /// Draws it into a window of this size.
    pub fn view(&self, look: Look, words: Words, window: Size) -> Element<'_, Message> {
        match &self.state {
            State::Busy { shown, leaving } => {
                let palette = look.palette;
                let label = if *leaving { fl!(words, "opening-leaving") } else { fl!(words, "opening") };
                let content: Element<'_, Message> = if *shown {
                    let label = text(label).size(look.body()).color(palette.muted);
                    flow::row(look, [control::spinner(look, look.size(20.0), palette.accent)])
                        .push(label)
                        .spacing(12)
                        .align_y(Center)
                        .into()
                } else {
                    space().into()
                };
                container(content)
                    .center(Fill)
                    .style(move |_theme| container::Style {
                        background: Some(Background::Color(palette.bg)),
                        ..container::Style::default()
                    })
                    .into()
            }
            State::Passphrase { new, passphrase, again, problem, busy } => {
                let (title, lead, submit) = if *new {
                    (
                        fl!(words, "opening-passphrase-new-title"),
                        fl!(words, "opening-passphrase-new-lead"),
                        fl!(words, "opening-passphrase-set"),
                    )
                } else {
                    (
                        fl!(words, "opening-passphrase-title"),
                        fl!(words, "opening-passphrase-lead"),
                        fl!(words, "opening-unlock"),
                    )
                };
                let first = control::field(look, fl!(words, "opening-passphrase"), passphrase)
                    .id("passphrase")
                    .secure()
                    .on_input(Message::PassphraseChanged)
                    .on_submit(Message::Submitted);
                let mut fields = column![space().height(18)];
                fields = if *new {
                    let second = control::field(look, fl!(words, "opening-passphrase-again"), again)
                        .id("passphrase-again")
                        .secure()
                        .error(problem.clone())
                        .on_input(Message::AgainChanged)
                        .on_submit(Message::Submitted);
                    fields.push(first).push(space().height(14)).push(second)
                } else {
                    fields.push(first.error(problem.clone()))
                };
                let submit = control::button(look, submit)
                    .id("unlock")
                    .kind(Kind::Primary)
                    .width(Fill)
                    .busy(*busy)
                    .on_press_maybe((!passphrase.is_empty()).then_some(Message::Submitted));
                card(look, window, title, lead, fields.push(space().height(22)).push(submit))
            }
            State::Failed(why) => {
                let retry = control::button(look, fl!(words, "retry"))
                    .id("retry-opening")
                    .kind(Kind::Primary)
                    .width(Fill)
                    .on_press(Message::Retried);
                let content = column![space().height(14), paragraph(look, why.clone()), space().height(22), retry];
                card(look, window, fl!(words, "opening-title"), None, content)
            }
        }
    }
}

impl Trouble {
    fn words(&self) -> String {
        match self {
            Self::Key(error) => words::key_error(error),
            Self::InUse => fl!(Words, "store-in-use"),
            Self::Store(why) => fl!(Words, "store-open", why = why.clone()),
            Self::Account(error) => words::error(error),
        }
    }
}

fn soon() -> Task<Message> {
    Task::perform(async { tokio::time::sleep(Duration::from_millis(150)).await }, |()| Message::Noticed)
}

fn open(place: Arc<Place>, settings: Settings, passphrase: Option<String>) -> Task<Message> {
    Task::perform(open_account(place, settings, passphrase), Message::Opened)
}

async fn open_account(place: Arc<Place>, settings: Settings, passphrase: Option<String>) -> Result<Opened, Trouble> {
    let key =
        key::obtain(place.key_storage, &place.folder, &place.id, passphrase.as_deref()).await.map_err(Trouble::Key)?;
    let store = Store::open(&place.folder, &key).await.map_err(|error| match error {
        heliograph_store::Error::InUse(_) => Trouble::InUse,
        error => Trouble::Store(error.to_string()),
    })?;
    let (account, events) = Account::open(settings, store.clone()).await.map_err(Trouble::Account)?;
    Ok(Opened { account, store, events: Arc::new(Mutex::new(Some(events))) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::control::focus::keys;
    use crate::widget::stage::Stage;
    use heliograph_store::KeyStorage;
    use heliograph_telegram::{Device, Servers};
    use iced::widget::responsive;

    /// Nothing is run here: the tests say what came of it.
    fn opening() -> Opening {
        let device =
            Device { model: "Test".into(), system: "Test".into(), app_version: "0".into(), language: "en".into() };
        let place = Place { id: "test".into(), folder: "/nonexistent".into(), key_storage: KeyStorage::Passphrase };
        let settings = Settings { servers: Servers::Test, api_id: 1, api_hash: "x".into(), device };
        Opening::new(Arc::new(place), settings).0
    }

    fn view(opening: &Opening) -> Element<'_, Message> {
        keys(responsive(move |size| opening.view(Look::day(), Words, size))).into()
    }

    fn click(stage: &mut Stage, opening: &mut Opening, id: &'static str) -> Vec<Action> {
        let shown = &*opening;
        let messages = stage.click(|| view(shown), id);
        messages.into_iter().map(|message| opening.update(message)).collect()
    }

    fn typed(stage: &mut Stage, opening: &mut Opening, id: &'static str, words: &str) {
        click(stage, opening, id);
        for letter in words.chars() {
            for message in stage.typewrite(view(opening), &letter.to_string()) {
                let _action = opening.update(message);
            }
        }
    }

    #[test]
    fn nothing_is_said_before_it_takes_noticeably_long() {
        let mut opening = opening();
        let mut stage = Stage::new(600.0, 400.0);
        assert!(stage.find(view(&opening), "Opening…").is_none());
        let _action = opening.update(Message::Noticed);
        assert!(stage.find(view(&opening), "Opening…").is_some());
    }

    #[test]
    fn what_is_in_the_way_has_words_and_can_be_tried_again() {
        let mut opening = opening();
        let mut stage = Stage::new(600.0, 600.0);
        let _action = opening.update(Message::Opened(Err(Trouble::Key(KeyError::NoService))));
        assert!(stage.find(view(&opening), words::key_error(&KeyError::NoService).as_str()).is_some());
        assert!(matches!(click(&mut stage, &mut opening, "retry-opening")[..], [Action::Run(_)]));
        assert!(stage.find(view(&opening), "Opening…").is_some());
    }

    #[test]
    fn a_new_passphrase_is_typed_twice_alike() {
        let mut opening = opening();
        let mut stage = Stage::new(600.0, 700.0);
        let _action = opening.update(Message::Opened(Err(Trouble::Key(KeyError::NeedPassphrase { new: true }))));
        assert!(click(&mut stage, &mut opening, "unlock").is_empty(), "nothing to unlock with yet");
        typed(&mut stage, &mut opening, "passphrase", "north lens");
        typed(&mut stage, &mut opening, "passphrase-again", "north");
        click(&mut stage, &mut opening, "unlock");
        let differ = fl!(Words, "opening-passphrases-differ");
        assert!(stage.find(view(&opening), differ.as_str()).is_some());
        typed(&mut stage, &mut opening, "passphrase-again", " lens");
        assert!(stage.find(view(&opening), differ.as_str()).is_none());
        assert!(matches!(click(&mut stage, &mut opening, "unlock")[..], [Action::Run(_)]));
        assert!(matches!(opening.state, State::Passphrase { busy: true, .. }));
    }

    #[test]
    fn a_wrong_passphrase_is_named_and_can_be_mended() {
        let mut opening = opening();
        let mut stage = Stage::new(600.0, 700.0);
        let _action = opening.update(Message::Opened(Err(Trouble::Key(KeyError::NeedPassphrase { new: false }))));
        typed(&mut stage, &mut opening, "passphrase", "south");
        click(&mut stage, &mut opening, "unlock");
        let _action = opening.update(Message::Opened(Err(Trouble::Key(KeyError::WrongPassphrase))));
        assert!(stage.find(view(&opening), words::key_error(&KeyError::WrongPassphrase).as_str()).is_some());
        assert!(stage.bounds_of(view(&opening), "passphrase-again").is_none());
        assert!(matches!(click(&mut stage, &mut opening, "unlock")[..], [Action::Run(_)]));
    }
}
