//! Finding chats, people and messages: what was typed, what was found so far, and where the keys are in it.

mod finding;
mod marked;
mod results;
mod reveal;

pub use finding::Target;
pub(super) use results::{head, view};

use super::{Chats, Message as Screen};
use crate::widget::control::Walk;
use finding::{Finding, Stage};
use heliograph_model::{Change, PeerId};
use heliograph_telegram::{Error, Here, SearchStep, There, Wanted};
use iced::Task;
use iced::widget::operation;

/// The box above the chat list.
pub const BOX: &str = "search";

/// One place in which one searches.
#[derive(Debug, Default)]
pub struct Search {
    /// What stands in the box.
    text: String,
    finding: Finding,
    /// Where the arrows are.
    cursor: Option<usize>,
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
    /// This one it is.
    Chosen(Target),
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
    /// Whether something is searched for.
    pub fn is_on(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// Whether Escape ends it before anything else.
    pub fn is_on_top(&self) -> bool {
        self.is_on() && self.on_top
    }
}

impl Chats {
    /// Something happened in the search above the list.
    pub(super) fn search(&mut self, message: Message) -> Task<Screen> {
        match message {
            Message::Wanted => {
                return Task::batch([operation::focus(BOX), operation::select_all(BOX)]);
            }
            Message::Typed(text) => return self.search_typed(text),
            Message::Came(number, step) => return self.search_came(number, *step),
            Message::Walked(walk) => return self.search_walked(walk),
            Message::Chosen(target) => return self.search_chosen(target),
            Message::MoreHere(number, more) => {
                self.search_more(number, |chats, finding| finding.more_here(chats, more))
            }
            Message::MoreThere(number, more) => {
                self.search_more(number, |chats, finding| finding.more_there(chats, more));
            }
            Message::Retried => return self.search_again(),
            Message::Ended => {
                self.search = Search::default();
                return self.visible_changed();
            }
        }
        self.faces()
    }

    fn search_typed(&mut self, text: String) -> Task<Screen> {
        self.search.text = text;
        self.search.on_top = true;
        if !self.search.is_on() {
            self.search = Search::default();
            return self.visible_changed();
        }
        let wanted = Wanted { text: self.search.text.trim().to_owned(), ..Wanted::default() };
        if wanted == *self.search.finding.wanted() {
            return Task::none();
        }
        self.ask_for(wanted)
    }

    /// Asks; what was found before stays on screen until there is something new.
    fn ask_for(&mut self, wanted: Wanted) -> Task<Screen> {
        self.searches += 1;
        let number = self.searches;
        let steps = Task::run(self.account.search(wanted.clone()), move |step| {
            Screen::Search(Message::Came(number, Box::new(step)))
        });
        let (task, handle) = steps.abortable();
        self.search.finding.begin(number, wanted, handle.abort_on_drop());
        task
    }

    /// The server is asked again for the same.
    fn search_again(&mut self) -> Task<Screen> {
        let wanted = self.search.finding.wanted().clone();
        if self.search.is_on() { self.ask_for(wanted) } else { Task::none() }
    }

    /// There is a connection: what was asked without one is asked again.
    pub(super) fn search_connected(&mut self) -> Task<Screen> {
        match self.search.finding.stage() {
            Stage::Failed(_) => self.search_again(),
            _ => Task::none(),
        }
    }

    fn search_came(&mut self, number: u64, step: SearchStep) -> Task<Screen> {
        if number != self.search.finding.number() {
            return Task::none();
        }
        match &step {
            SearchStep::Here(Ok(here)) => self.state.learn_new(&here.peers),
            SearchStep::There(Ok(there)) => self.state.learn(there.peers.iter().cloned()),
            SearchStep::Here(Err(_)) | SearchStep::There(Err(_)) => {}
        }
        let mut finding = std::mem::take(&mut self.search.finding);
        match step {
            SearchStep::Here(here) => {
                if finding.is_fresh() {
                    self.search.cursor = None;
                }
                finding.found_here(self, here);
            }
            SearchStep::There(there) => finding.found_there(self, there),
        }
        self.search.finding = finding;
        self.faces()
    }

    fn search_more(&mut self, number: u64, take: impl FnOnce(&mut Self, &mut Finding)) {
        if number == self.search.finding.number() {
            let mut finding = std::mem::take(&mut self.search.finding);
            take(self, &mut finding);
            self.search.finding = finding;
        }
    }

    fn search_walked(&mut self, walk: Walk) -> Task<Screen> {
        const PAGE: usize = 8;
        let targets = self.search.finding.targets();
        let Some(last) = targets.len().checked_sub(1) else { return Task::none() };
        let at = self.search.cursor.map(|at| at.min(last));
        let to = match (walk, at) {
            (Walk::Enter | Walk::ShiftEnter, at) => {
                return match targets.get(at.unwrap_or(0)) {
                    Some(target) => self.search_chosen(*target),
                    None => Task::none(),
                };
            }
            (Walk::Down | Walk::PageDown, None) => 0,
            (Walk::Up | Walk::PageUp, None) => return Task::none(),
            (Walk::Down, Some(at)) => at + 1,
            (Walk::Up, Some(at)) => at.saturating_sub(1),
            (Walk::PageDown, Some(at)) => at + PAGE,
            (Walk::PageUp, Some(at)) => at.saturating_sub(PAGE),
        };
        let to = to.min(last);
        self.search.cursor = Some(to);
        match targets.get(to) {
            Some(target) => reveal::reveal(results::LIST, target.id()),
            None => Task::none(),
        }
    }

    fn search_chosen(&mut self, target: Target) -> Task<Screen> {
        self.search.cursor = self.search.finding.targets().iter().position(|other| *other == target);
        match target {
            Target::Peer(chat) => {
                self.search = Search::default();
                self.opened(chat)
            }
            Target::Message(chat, message) => {
                self.search.on_top = false;
                self.message_wanted(chat, message)
            }
            Target::MoreHere => {
                let Some((number, wanted, after)) = self.search.finding.begin_more_here() else { return Task::none() };
                let account = self.account.clone();
                Task::perform(async move { account.search_on_here(&wanted, after).await }, move |more| {
                    Screen::Search(Message::MoreHere(number, more))
                })
            }
            Target::MoreThere => {
                let Some((number, wanted, after)) = self.search.finding.begin_more_there() else {
                    return Task::none();
                };
                let account = self.account.clone();
                Task::perform(async move { account.search_on_there(&wanted, after).await }, move |more| {
                    Screen::Search(Message::MoreThere(number, more))
                })
            }
        }
    }

    /// What was found is edited or deleted.
    pub(super) fn search_changed(&mut self, changes: &[Change]) {
        if self.search.is_on() && changes.iter().any(finding::concerns) {
            let mut finding = std::mem::take(&mut self.search.finding);
            finding.changed(self, changes);
            self.search.finding = finding;
        }
    }

    /// Whose faces are in what was found.
    pub(super) fn searched(&self) -> impl Iterator<Item = PeerId> + '_ {
        self.search.finding.peers()
    }
}

#[cfg(test)]
mod tests;
