//! Finding chats, people and messages: above the list, in the conversation that is open, and by the keyboard from
//! anywhere. What was typed, what was found so far, and where the keys are in it.

mod command;
mod filters;
mod finding;
pub(super) mod inside;
mod marked;
pub(super) mod palette;
mod results;
mod reveal;

pub use command::Command;
pub use finding::Target;
pub(super) use results::{head, view};

use super::jumping::Aim;
use super::{Action, Chats, Message as Screen};
use crate::widget::control::Walk;
use crate::words::date as dates;
use filters::When;
use finding::{Finding, Stage};
use heliograph_model::{Change, PeerId};
use heliograph_telegram::{Error, Here, Only, SearchStep, There, Wanted};
use iced::widget::operation;
use iced::{Task, keyboard};

/// The keys that open the palette, as they are printed.
const PALETTE_KEYS: &str = "Ctrl K";

/// Where one searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Above the chat list.
    List,
    /// In the conversation that is open.
    Inside,
    /// Over everything.
    Palette,
}

impl Place {
    /// The box.
    pub fn field(self) -> &'static str {
        match self {
            Self::List => "search",
            Self::Inside => "search-inside",
            Self::Palette => "palette",
        }
    }

    /// The list of what was found.
    pub fn list(self) -> &'static str {
        match self {
            Self::List => "search-results",
            Self::Inside => "search-hits",
            Self::Palette => "palette-results",
        }
    }
}

/// One place in which one searches.
#[derive(Debug, Default)]
pub struct Search {
    /// What stands in the box.
    text: String,
    /// In which chat, from whom, of which kind.
    within: Wanted,
    /// From which time.
    when: When,
    /// It is about the conversation that it stands in, not about a chat that was chosen.
    fixed: bool,
    /// What was found is listed below the bar.
    listed: bool,
    finding: Finding,
    /// Where the arrows are.
    cursor: Option<usize>,
    /// The message that was gone to, where one goes from one to the next.
    at: Option<i32>,
    /// Nothing was opened since: Escape ends the search before it closes a conversation.
    on_top: bool,
}

/// What happens in a search.
#[derive(Clone, Debug)]
pub enum Message {
    /// The box is wanted.
    Wanted,
    /// This stands in the box.
    Typed(String),
    /// Something was found by the search with this number.
    Came(u64, Box<SearchStep>),
    /// The keys go through what was found.
    Walked(Walk),
    /// To the next one: an older one, or a newer one.
    Stepped {
        /// An older one.
        older: bool,
    },
    /// This one it is.
    Chosen(Target),
    /// Only from this sender, or from anybody.
    From(Option<PeerId>),
    /// Only of this kind.
    Only(Only),
    /// Only in this chat, or in any.
    In(Option<PeerId>),
    /// Only from this time.
    When(When),
    /// List what was found in the conversation, or not any more.
    Listed,
    /// More messages came of those stored here.
    MoreHere(u64, Result<Here, Error>),
    /// More messages came from the server.
    MoreThere(u64, Result<There, Error>),
    /// Ask the server again.
    Retried,
    /// Back to what there was before.
    Ended,
}

impl Search {
    /// In this chat.
    fn inside(chat: PeerId) -> Self {
        Self { within: Wanted { chat: Some(chat), ..Wanted::default() }, fixed: true, ..Self::default() }
    }

    /// Whether something is searched for.
    pub fn is_on(&self) -> bool {
        !self.text.trim().is_empty() || self.is_narrowed()
    }

    /// Whether it is narrowed down by something that was chosen.
    fn is_narrowed(&self) -> bool {
        let Wanted { chat, sender, only, .. } = &self.within;
        let chosen = chat.is_some() && !self.fixed;
        chosen || sender.is_some() || *only != Only::Everything || self.when != When::Any
    }

    /// Whether Escape ends it before anything else.
    pub fn is_on_top(&self) -> bool {
        self.is_on() && self.on_top
    }

    /// What was chosen by the keys.
    fn chosen(&self) -> Option<Target> {
        self.cursor.and_then(|at| self.finding.targets().get(at).copied())
    }
}

impl Chats {
    /// The search there, if it is open.
    fn search_at(&mut self, place: Place) -> Option<&mut Search> {
        match place {
            Place::List => Some(&mut self.search),
            Place::Inside => self.open.as_mut()?.inside.as_mut(),
            Place::Palette => self.palette.as_mut(),
        }
    }

    /// Something happened in a search.
    pub(super) fn searching(&mut self, place: Place, message: Message) -> Action {
        Action::Run(match message {
            Message::Wanted => self.search_wanted(place),
            Message::Typed(text) => {
                let Some(search) = self.search_at(place) else { return Action::None };
                search.text = text;
                search.on_top = true;
                self.search_anew(place)
            }
            Message::From(sender) => {
                let Some(search) = self.search_at(place) else { return Action::None };
                search.within.sender = sender;
                self.search_anew(place)
            }
            Message::Only(only) => {
                let Some(search) = self.search_at(place) else { return Action::None };
                search.within.only = only;
                self.search_anew(place)
            }
            Message::In(chat) => {
                let Some(search) = self.search_at(place) else { return Action::None };
                search.within.chat = chat;
                search.on_top = true;
                self.search_anew(place)
            }
            Message::When(when) => {
                let Some(search) = self.search_at(place) else { return Action::None };
                search.when = when;
                self.search_anew(place)
            }
            Message::Listed => {
                let Some(search) = self.search_at(place) else { return Action::None };
                search.listed = !search.listed;
                self.faces()
            }
            Message::Came(number, step) => self.search_came(place, number, *step),
            Message::Walked(walk) => return self.search_walked(place, walk),
            Message::Stepped { older } => self.search_stepped(older),
            Message::Chosen(target) => return self.search_chosen(place, target),
            Message::MoreHere(number, more) => {
                self.search_more(place, number, |chats, finding| finding.more_here(chats, more))
            }
            Message::MoreThere(number, more) => {
                self.search_more(place, number, |chats, finding| finding.more_there(chats, more))
            }
            Message::Retried => match self.search_at(place) {
                Some(search) if search.is_on() => {
                    let wanted = search.finding.wanted().clone();
                    self.ask_for(place, wanted)
                }
                _ => Task::none(),
            },
            Message::Ended => self.search_ended(place),
        })
    }

    fn search_wanted(&mut self, place: Place) -> Task<Screen> {
        match (place, &mut self.open) {
            (Place::List, _) => {}
            (Place::Inside, Some(open)) => {
                let chat = open.chat;
                let _ = open.inside.get_or_insert_with(|| Search::inside(chat));
            }
            (Place::Inside, None) => return Task::none(),
            (Place::Palette, _) if self.palette.is_some() => return self.search_ended(place),
            (Place::Palette, _) => {
                self.palette = Some(Search { on_top: true, cursor: Some(0), ..Search::default() });
                self.palette_begins();
            }
        }
        let field = place.field();
        Task::batch([operation::focus(field), operation::select_all(field), self.faces()])
    }

    pub(super) fn search_ended(&mut self, place: Place) -> Task<Screen> {
        match place {
            Place::List => self.search = Search::default(),
            Place::Inside => {
                if let Some(open) = &mut self.open {
                    open.inside = None;
                }
            }
            Place::Palette => self.palette = None,
        }
        let composer = if place == Place::List { Task::none() } else { super::focusing::to_the_composer() };
        Task::batch([composer, self.visible_changed()])
    }

    /// What is wanted is something else now.
    fn search_anew(&mut self, place: Place) -> Task<Screen> {
        let (today, zone) = (dates::day(self.now(), &self.zone), self.zone.clone());
        let Some(search) = self.search_at(place) else { return Task::none() };
        if !search.is_on() {
            (search.finding, search.at) = (Finding::default(), None);
            if place == Place::Palette {
                search.cursor = Some(0);
                self.palette_begins();
            }
            return self.visible_changed();
        }
        let (since, until) = search.when.bounds(today, &zone);
        let wanted = Wanted { text: search.text.trim().to_owned(), since, until, ..search.within.clone() };
        if wanted == *search.finding.wanted() && *search.finding.stage() != Stage::Idle {
            return Task::none();
        }
        search.at = None;
        self.ask_for(place, wanted)
    }

    /// Asks; what was found before stays on screen until there is something new.
    fn ask_for(&mut self, place: Place, wanted: Wanted) -> Task<Screen> {
        self.searches += 1;
        let number = self.searches;
        let steps = Task::run(self.account.search(wanted.clone()), move |step| {
            Screen::Search(place, Message::Came(number, Box::new(step)))
        });
        let (task, handle) = steps.abortable();
        if let Some(search) = self.search_at(place) {
            search.finding.begin(number, wanted, handle.abort_on_drop());
        }
        task
    }

    /// There is a connection: what was asked without one is asked again.
    pub(super) fn search_connected(&mut self) -> Task<Screen> {
        let mut tasks = Vec::new();
        for place in [Place::List, Place::Inside, Place::Palette] {
            let failed = |search: &Search| matches!(search.finding.stage(), Stage::Failed(_)) && search.is_on();
            let Some(search) = self.search_at(place).filter(|search| failed(search)) else { continue };
            let wanted = search.finding.wanted().clone();
            tasks.push(self.ask_for(place, wanted));
        }
        Task::batch(tasks)
    }

    /// Lets something happen to what was found, with the rest of the screen at hand.
    fn with_finding(&mut self, place: Place, change: impl FnOnce(&mut Self, &mut Finding)) {
        let Some(search) = self.search_at(place) else { return };
        let mut finding = std::mem::take(&mut search.finding);
        change(self, &mut finding);
        if let Some(search) = self.search_at(place) {
            search.finding = finding;
        }
    }

    fn search_came(&mut self, place: Place, number: u64, step: SearchStep) -> Task<Screen> {
        let Some(search) = self.search_at(place).filter(|search| search.finding.number() == number) else {
            return Task::none();
        };
        match step {
            SearchStep::Here(here) => {
                if search.finding.is_fresh() {
                    search.cursor = (place == Place::Palette).then_some(0);
                }
                if let Ok(here) = &here {
                    self.state.learn_new(&here.peers);
                }
                self.with_finding(place, |chats, finding| {
                    finding.found_here(chats, here);
                    if place == Place::Palette {
                        finding.commands = Command::found(finding.wording(), chats.open.is_some());
                    }
                });
            }
            SearchStep::There(there) => {
                if let Ok(there) = &there {
                    self.state.learn(there.peers.iter().cloned());
                }
                self.with_finding(place, |chats, finding| finding.found_there(chats, there));
            }
        }
        self.faces()
    }

    fn search_more(&mut self, place: Place, number: u64, take: impl FnOnce(&mut Self, &mut Finding)) -> Task<Screen> {
        if self.search_at(place).is_some_and(|search| search.finding.number() == number) {
            self.with_finding(place, take);
        }
        self.faces()
    }

    fn search_walked(&mut self, place: Place, walk: Walk) -> Action {
        const PAGE: usize = 8;
        if place == Place::Inside {
            return Action::Run(match walk {
                Walk::Enter | Walk::Up => self.search_stepped(true),
                Walk::ShiftEnter | Walk::Down => self.search_stepped(false),
                Walk::PageUp | Walk::PageDown => Task::none(),
            });
        }
        let Some(search) = self.search_at(place) else { return Action::None };
        let targets = search.finding.targets();
        let Some(last) = targets.len().checked_sub(1) else { return Action::None };
        let at = search.cursor.map(|at| at.min(last));
        let to = match (walk, at) {
            (Walk::Enter | Walk::ShiftEnter, at) => {
                return match targets.get(at.unwrap_or(0)) {
                    Some(target) => self.search_chosen(place, *target),
                    None => Action::None,
                };
            }
            (Walk::Down | Walk::PageDown, None) => 0,
            (Walk::Up | Walk::PageUp, None) => return Action::None,
            (Walk::Down, Some(at)) => at + 1,
            (Walk::Up, Some(at)) => at.saturating_sub(1),
            (Walk::PageDown, Some(at)) => at + PAGE,
            (Walk::PageUp, Some(at)) => at.saturating_sub(PAGE),
        };
        let to = to.min(last);
        search.cursor = Some(to);
        Action::Run(match targets.get(to) {
            Some(target) => reveal::reveal(place.list(), target.id_in(place), to == 0),
            None => Task::none(),
        })
    }

    fn search_chosen(&mut self, place: Place, target: Target) -> Action {
        let Some(search) = self.search_at(place) else { return Action::None };
        let at = search.finding.targets().iter().position(|other| *other == target);
        search.cursor = at.or(search.cursor);
        let closes = place == Place::Palette && !matches!(target, Target::MoreHere | Target::MoreThere);
        if closes {
            self.palette = None;
        }
        Action::Run(match target {
            Target::Peer(chat) => {
                if place == Place::List {
                    self.search = Search::default();
                }
                self.opened(chat)
            }
            Target::Message(_, message) if place == Place::Inside => {
                if let Some(search) = self.search_at(place) {
                    search.at = Some(message);
                }
                self.aim(Aim::Message(message))
            }
            Target::Message(chat, message) => {
                self.search.on_top = false;
                self.message_wanted(chat, message)
            }
            Target::Command(command) => return self.commanded(command),
            Target::MoreHere => self.search_on(place, false),
            Target::MoreThere => self.search_on(place, true),
        })
    }

    /// More of what was found is wanted, of what is stored here or of what the server has.
    fn search_on(&mut self, place: Place, there: bool) -> Task<Screen> {
        let account = self.account.clone();
        let Some(search) = self.search_at(place) else { return Task::none() };
        if there {
            let Some((number, wanted, after)) = search.finding.begin_more_there() else { return Task::none() };
            Task::perform(async move { account.search_on_there(&wanted, after).await }, move |more| {
                Screen::Search(place, Message::MoreThere(number, more))
            })
        } else {
            let Some((number, wanted, after)) = search.finding.begin_more_here() else { return Task::none() };
            Task::perform(async move { account.search_on_here(&wanted, after).await }, move |more| {
                Screen::Search(place, Message::MoreHere(number, more))
            })
        }
    }

    /// What was found is edited or deleted.
    pub(super) fn search_changed(&mut self, changes: &[Change]) {
        if !changes.iter().any(finding::concerns) {
            return;
        }
        for place in [Place::List, Place::Inside, Place::Palette] {
            self.with_finding(place, |chats, finding| finding.changed(chats, changes));
        }
    }

    /// Whose faces are in what was found.
    pub(super) fn searched(&self) -> impl Iterator<Item = PeerId> + '_ {
        let palette = self.palette.iter().flat_map(|search| search.finding.peers());
        let inside = self.open.as_ref().and_then(|open| open.inside.as_ref()).filter(|search| search.listed);
        let senders = inside.into_iter().flat_map(|search| search.finding.senders());
        palette.chain(self.search.finding.peers()).chain(senders)
    }
}

/// The keys that lead to a search, wherever one is on the screen.
pub(super) fn shortcut(key: &keyboard::Key, modifiers: keyboard::Modifiers, in_conversation: bool) -> Option<Screen> {
    if modifiers != keyboard::Modifiers::COMMAND {
        return None;
    }
    let place = match key.as_ref() {
        keyboard::Key::Character("k" | "K") => Place::Palette,
        keyboard::Key::Character("f" | "F") if in_conversation => Place::Inside,
        keyboard::Key::Character("f" | "F") => Place::List,
        _ => return None,
    };
    Some(Screen::Search(place, Message::Wanted))
}

#[cfg(test)]
mod tests;
