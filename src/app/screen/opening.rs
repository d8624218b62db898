//! What stands in the window until the account's data is open: a moment of waiting, the question for a passphrase, or
//! what is in the way, with the next step.

mod view;

use crate::app::Place;
use crate::words::{self, Words, fl};
use heliograph_store::key::{self, Status};
use heliograph_store::{Error as StoreError, KeyError, KeyStorage, Store};
use heliograph_telegram::{Account, Events, Settings};
use iced::Task;
use iced::widget::operation;
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
    Passphrase { new: bool, passphrase: String, again: String, problem: Option<String>, shown: bool, busy: bool },
    /// It did not open. `sure` while the person is asked whether to remove what is there.
    Failed { failure: Failure, sure: bool },
}

/// What happens on it.
#[derive(Clone)]
pub enum Message {
    /// It has taken a noticeable time.
    Noticed,
    /// The data is open, or not.
    Opened(Result<Opened, Failure>),
    /// Something was typed.
    PassphraseChanged(String),
    /// The same in the second line.
    AgainChanged(String),
    /// On with it.
    Submitted,
    /// To show or to hide what is typed.
    RevealPressed,
    /// Once more, from the start.
    Retried,
    /// The key shall be kept elsewhere than in the keyring.
    KeepElsewhere(KeyStorage),
    /// To begin anew, without what is stored here: asks whether to, then does it.
    AnewPressed,
    /// Not to, after all.
    Kept,
}

/// The open account.
#[derive(Clone)]
pub struct Opened {
    /// Where it lies, and where its key does: the person may have chosen another place on the way.
    pub place: Arc<Place>,
    /// Its handle.
    pub account: Account,
    /// Its file.
    pub store: Store,
    /// What happens by itself; there is one, for one listener.
    pub events: Arc<Mutex<Option<Events>>>,
}

/// The data did not open.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Why.
    pub trouble: Trouble,
    /// Nothing is stored yet: the key may be kept anywhere.
    pub new: bool,
}

/// Why the data did not open.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The key.
    Key(KeyError),
    /// Another process has the file open.
    InUse,
    /// The key is there, but is not the file's.
    WrongKey,
    /// A newer Heliograph has written the file.
    Newer,
    /// What stands in the file makes no sense.
    Damaged,
    /// The file, in words.
    Store(String),
    /// The rest.
    Account(heliograph_telegram::Error),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::InUse(_) => Self::InUse,
            StoreError::WrongKey(_) => Self::WrongKey,
            StoreError::Newer { .. } => Self::Newer,
            StoreError::Damaged(_) => Self::Damaged,
            other => Self::Store(other.to_string()),
        }
    }
}

/// Data that is being opened while there is no window yet: both take their time, and neither needs the other.
pub struct Ahead(tokio::task::JoinHandle<Result<Opened, Failure>>);

impl Ahead {
    /// Begins. `None` where there is nothing that could do it beside us.
    pub fn begin(place: Arc<Place>, settings: Settings) -> Option<Self> {
        let runtime = tokio::runtime::Handle::try_current().ok()?;
        Some(Self(runtime.spawn(open_account(place, settings, None))))
    }
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
    /// Begins to open the data, unless that goes on already.
    pub fn new(place: Arc<Place>, settings: Settings, ahead: Option<Ahead>) -> (Self, Task<Message>) {
        let opening = Self { place, settings, state: State::Busy { shown: false, leaving: false } };
        let (place, settings) = (opening.place.clone(), opening.settings.clone());
        let opened = Task::perform(
            async move {
                match ahead {
                    Some(Ahead(opened)) => opened.await.ok(),
                    None => None,
                }
            },
            |opened| opened,
        );
        let opened = opened.then(move |opened| match opened {
            Some(opened) => Task::done(Message::Opened(opened)),
            None => open(place.clone(), settings.clone(), None),
        });
        (opening, Task::batch([opened, soon()]))
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
            (Message::Opened(Err(Failure { trouble: Trouble::Key(KeyError::NeedPassphrase { new }), .. })), _) => {
                self.state = State::Passphrase {
                    new,
                    passphrase: String::new(),
                    again: String::new(),
                    problem: None,
                    shown: false,
                    busy: false,
                };
                return Action::Run(operation::focus("passphrase"));
            }
            // A passphrase can be mended; what else is wrong has a screen of its own.
            (
                Message::Opened(Err(Failure { trouble: trouble @ Trouble::Key(KeyError::WrongPassphrase), .. })),
                State::Passphrase { problem, busy, .. },
            ) => {
                *busy = false;
                *problem = Some(trouble.words(false));
                let again = [operation::focus("passphrase"), operation::select_all("passphrase")];
                return Action::Run(Task::batch(again));
            }
            (Message::Opened(Err(failure)), _) => self.state = State::Failed { failure, sure: false },
            (Message::PassphraseChanged(typed), State::Passphrase { passphrase, problem, busy: false, .. }) => {
                *passphrase = typed;
                *problem = None;
            }
            (Message::AgainChanged(typed), State::Passphrase { again, problem, busy: false, .. }) => {
                *again = typed;
                *problem = None;
            }
            (Message::Submitted, State::Passphrase { new, passphrase, again, problem, busy, .. }) => {
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
            (Message::RevealPressed, State::Passphrase { shown, .. }) => *shown = !*shown,
            (Message::Retried, _) => return self.once_more(),
            (Message::KeepElsewhere(key_storage), State::Failed { failure, .. }) if failure.may_keep_elsewhere() => {
                self.place = Arc::new(Place { key_storage, ..Place::clone(&self.place) });
                return self.once_more();
            }
            (Message::AnewPressed, State::Failed { failure, sure }) if failure.is_for_good() => {
                if !*sure {
                    *sure = true;
                    return Action::None;
                }
                self.state = State::Busy { shown: true, leaving: false };
                let (place, settings) = (self.place.clone(), self.settings.clone());
                return Action::Run(Task::perform(
                    async move {
                        remove(&place).await?;
                        open_account(place, settings, None).await
                    },
                    Message::Opened,
                ));
            }
            (Message::Kept, State::Failed { sure, .. }) => *sure = false,
            _ => {}
        }
        Action::None
    }

    fn once_more(&mut self) -> Action {
        self.state = State::Busy { shown: true, leaving: false };
        Action::Run(open(self.place.clone(), self.settings.clone(), None))
    }
}

impl Failure {
    /// Whether another place for the key is a way on: where there is no data yet that was encrypted with one.
    fn may_keep_elsewhere(&self) -> bool {
        self.new
            && matches!(
                self.trouble,
                Trouble::Key(KeyError::NoService | KeyError::Locked | KeyError::NoAnswer | KeyError::Io(_))
            )
    }

    /// Whether what is stored may never open again, so that beginning anew is a way on.
    fn is_for_good(&self) -> bool {
        matches!(
            self.trouble,
            Trouble::Key(KeyError::Missing | KeyError::Corrupt) | Trouble::WrongKey | Trouble::Damaged
        )
    }
}

impl Trouble {
    fn words(&self, new: bool) -> String {
        match self {
            Self::Key(error) if new => words::new_key_error(error),
            Self::Key(error) => words::key_error(error),
            Self::InUse => fl!(Words, "store-in-use"),
            Self::WrongKey => fl!(Words, "store-wrong-key"),
            Self::Newer => fl!(Words, "store-newer"),
            Self::Damaged => fl!(Words, "store-damaged"),
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

async fn open_account(place: Arc<Place>, settings: Settings, passphrase: Option<String>) -> Result<Opened, Failure> {
    // Known before anything is made.
    let folder = place.folder.clone();
    let new = tokio::task::spawn_blocking(move || key::status(&folder) == Status::New).await.unwrap_or(false);
    let failed = |trouble| Failure { trouble, new };
    let key = key::obtain(place.key_storage, &place.folder, &place.id, passphrase.as_deref())
        .await
        .map_err(|error| failed(Trouble::Key(error)))?;
    let store = Store::open(&place.folder, &key).await.map_err(|error| failed(error.into()))?;
    let opened = Account::open(settings, store.clone()).await;
    let (account, events) = opened.map_err(|error| failed(Trouble::Account(error)))?;
    Ok(Opened { place, account, store, events: Arc::new(Mutex::new(Some(events))) })
}

/// Removes what is stored of the account, and its key.
async fn remove(place: &Place) -> Result<(), Failure> {
    let folder = place.folder.clone();
    let removed = tokio::task::spawn_blocking(move || match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.to_string()),
        _ => Ok(()),
    });
    let failed = |why| Failure { trouble: Trouble::Store(why), new: false };
    removed.await.map_err(|ended| failed(ended.to_string()))?.map_err(failed)?;
    if let Err(error) = key::destroy(place.key_storage, &place.folder, &place.id).await {
        tracing::warn!("removing the account's key, which opens nothing any more: {error}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Look;
    use crate::widget::Element;
    use crate::widget::control::focus::keys;
    use crate::widget::stage::Stage;
    use heliograph_telegram::{Device, Servers};
    use iced::widget::responsive;

    fn failed(trouble: Trouble, new: bool) -> Message {
        Message::Opened(Err(Failure { trouble, new }))
    }

    /// Nothing is run here: the tests say what came of it.
    fn opening() -> Opening {
        let device =
            Device { model: "Test".into(), system: "Test".into(), app_version: "0".into(), language: "en".into() };
        let place = Place { id: "test".into(), folder: "/nonexistent".into(), key_storage: KeyStorage::Passphrase };
        let settings = Settings {
            servers: Servers::Test,
            api_id: 1,
            api_hash: "x".into(),
            device,
            ways: heliograph_telegram::Ways::default(),
        };
        Opening::new(Arc::new(place), settings, None).0
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
        let _action = opening.update(failed(Trouble::Key(KeyError::NoService), false));
        assert!(stage.find(view(&opening), words::key_error(&KeyError::NoService).as_str()).is_some());
        assert!(matches!(click(&mut stage, &mut opening, "retry-opening")[..], [Action::Run(_)]));
        assert!(stage.find(view(&opening), "Opening…").is_some());
    }

    #[test]
    fn another_place_for_the_key_is_named_only_where_it_is_a_way_on() {
        let mut stage = Stage::new(600.0, 700.0);
        for error in [KeyError::NoService, KeyError::Locked] {
            let mut said = Vec::new();
            for new in [false, true] {
                let mut opening = opening();
                let trouble = Trouble::Key(error.clone());
                said.push(trouble.words(new));
                let _action = opening.update(failed(trouble, new));
                assert!(stage.find(view(&opening), said[usize::from(new)].as_str()).is_some());
                assert_eq!(stage.find(view(&opening), "Use a passphrase instead").is_some(), new, "{error}");
            }
            assert!(!said[0].contains("--key-storage") && said[1].ends_with("or choose another place."), "{said:?}");
        }
    }

    #[test]
    fn a_new_passphrase_is_typed_twice_alike() {
        let mut opening = opening();
        let mut stage = Stage::new(600.0, 700.0);
        let _action = opening.update(failed(Trouble::Key(KeyError::NeedPassphrase { new: true }), true));
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
        let _action = opening.update(failed(Trouble::Key(KeyError::NeedPassphrase { new: false }), false));
        typed(&mut stage, &mut opening, "passphrase", "south");
        click(&mut stage, &mut opening, "unlock");
        let _action = opening.update(failed(Trouble::Key(KeyError::WrongPassphrase), false));
        assert!(stage.find(view(&opening), words::key_error(&KeyError::WrongPassphrase).as_str()).is_some());
        assert!(stage.bounds_of(view(&opening), "passphrase-again").is_none());
        assert!(matches!(click(&mut stage, &mut opening, "unlock")[..], [Action::Run(_)]));
    }

    #[test]
    fn a_new_account_may_keep_its_key_elsewhere() {
        for error in [KeyError::NoService, KeyError::Locked, KeyError::NoAnswer] {
            let mut opening = opening();
            let mut stage = Stage::new(600.0, 800.0);
            let _action = opening.update(failed(Trouble::Key(error.clone()), true));
            assert!(stage.find(view(&opening), fl!(Words, "opening-use-file-note").as_str()).is_some());
            assert!(matches!(click(&mut stage, &mut opening, "use-passphrase")[..], [Action::Run(_)]));
            assert_eq!(opening.place.key_storage, KeyStorage::Passphrase);
            let _action = opening.update(failed(Trouble::Key(error.clone()), true));
            assert!(matches!(click(&mut stage, &mut opening, "use-file")[..], [Action::Run(_)]));
            assert_eq!(opening.place.key_storage, KeyStorage::File);
            // What was encrypted with one key has no use for another.
            let _action = opening.update(failed(Trouble::Key(error), false));
            assert!(stage.bounds_of(view(&opening), "use-passphrase").is_none());
            assert!(matches!(opening.update(Message::KeepElsewhere(KeyStorage::Passphrase)), Action::None));
            assert_eq!(opening.place.key_storage, KeyStorage::File);
        }
    }

    #[test]
    fn what_never_opens_again_is_removed_only_after_a_question() {
        for trouble in
            [Trouble::Key(KeyError::Missing), Trouble::Key(KeyError::Corrupt), Trouble::WrongKey, Trouble::Damaged]
        {
            let mut opening = opening();
            let mut stage = Stage::new(600.0, 800.0);
            let _action = opening.update(failed(trouble.clone(), false));
            assert!(stage.find(view(&opening), trouble.words(false).as_str()).is_some());
            assert!(matches!(click(&mut stage, &mut opening, "anew")[..], [Action::None]));
            assert!(stage.find(view(&opening), fl!(Words, "opening-anew-note").as_str()).is_some());
            click(&mut stage, &mut opening, "keep");
            assert!(stage.bounds_of(view(&opening), "keep").is_none());
            click(&mut stage, &mut opening, "anew");
            assert!(matches!(click(&mut stage, &mut opening, "anew")[..], [Action::Run(_)]));
        }
    }

    #[test]
    fn what_may_open_again_is_never_removed() {
        for trouble in [
            Trouble::InUse,
            Trouble::Newer,
            Trouble::Store("disk full".into()),
            Trouble::Key(KeyError::NoService),
            Trouble::Key(KeyError::Locked),
            Trouble::Key(KeyError::NoAnswer),
            Trouble::Key(KeyError::Io("denied".into())),
        ] {
            let mut opening = opening();
            let mut stage = Stage::new(600.0, 800.0);
            let _action = opening.update(failed(trouble.clone(), false));
            assert!(stage.find(view(&opening), trouble.words(false).as_str()).is_some(), "{trouble:?}");
            assert!(stage.bounds_of(view(&opening), "anew").is_none());
            assert!(matches!(opening.update(Message::AnewPressed), Action::None));
            assert!(matches!(click(&mut stage, &mut opening, "retry-opening")[..], [Action::Run(_)]));
        }
    }

    #[test]
    fn removing_leaves_nothing_of_the_account_and_nothing_else_goes() {
        let all = tempfile::tempdir().unwrap();
        let folder = all.path().join("a");
        std::fs::create_dir_all(folder.join("downloads")).unwrap();
        std::fs::write(folder.join("x"), "x").unwrap();
        std::fs::write(all.path().join("b"), "b").unwrap();
        let place = Place { id: "a".into(), folder: folder.clone(), key_storage: KeyStorage::File };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(remove(&place)).unwrap();
        assert!(!folder.exists() && all.path().join("b").exists());
        runtime.block_on(remove(&place)).unwrap();
    }
}
