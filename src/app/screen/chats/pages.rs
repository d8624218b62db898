//! The chat list and the messages come in pages, each asked for before it is needed.

use super::history::{Asked, Came, Purpose};
use super::jumping::Aim;
use super::{Chats, Message, work};
use crate::media::pictures::Blurred;
use heliograph_model::{HistoryPage, MessageId, PeerId, Place};
use heliograph_telegram::{Error, StoredPage};
use iced::Task;
use iced::task::Handle;

/// So many pages of messages are on their way at most.
const PAGES_AT_ONCE: usize = 3;

/// A page of messages that is on its way from the server. Dropping it calls it off.
#[derive(Debug)]
pub(super) struct Page {
    chat: PeerId,
    number: u64,
    _task: Handle,
}

/// The next page is asked for when fewer messages than this are left beyond what is in view.
const AHEAD: usize = 40;

impl Chats {
    pub(super) fn refetch_chats(&mut self) -> Task<Message> {
        self.state.roster.failed = None;
        work::chats(&self.account, None)
    }

    /// Fetches the next part of the list when its end is near.
    pub(super) fn more_chats(&mut self) -> Task<Message> {
        // What folders hold, and how much is unread in them, can only be said of the whole list.
        if self.folders.is_empty() && self.listed.end + 30 < self.state.roster.told() {
            return Task::none();
        }
        match self.state.roster.begin_next() {
            Some(after) => work::chats(&self.account, Some(after)),
            None => Task::none(),
        }
    }

    /// Asks for the messages of this place: the store first, which answers at once.
    pub(super) fn ask(&mut self, chat: PeerId, asked: Option<Asked>) -> Task<Message> {
        let Some(asked) = asked else { return Task::none() };
        if self.state.histories.get(&chat).is_some_and(|history| history.is_refresh(asked)) {
            return self.ask_server(chat, asked);
        }
        work::stored(&self.account, chat, asked, self.pictures.shaper(), self.is_live())
    }

    /// Asks the server for a page. What nobody awaits any more is called off; where that is not enough, what was asked for
    /// conversations that are not open is, and asked again when they are.
    fn ask_server(&mut self, chat: PeerId, asked: Asked) -> Task<Message> {
        let open = self.open_chat();
        let histories = &mut self.state.histories;
        self.pages.retain(|page| histories.get(&page.chat).is_some_and(|history| history.is_awaited(page.number)));
        while self.pages.len() >= PAGES_AT_ONCE
            && let Some(at) = self.pages.iter().position(|page| Some(page.chat) != open)
        {
            let page = self.pages.remove(at);
            if let Some(history) = histories.get_mut(&page.chat) {
                history.call_off(page.number);
            }
        }
        let task = work::history(&self.account, chat, asked, self.pictures.shaper());
        let (task, handle) = task.abortable();
        self.pages.push(Page { chat, number: asked.number, _task: handle.abort_on_drop() });
        task
    }

    /// What is stored of a page came. The server is asked as well, unless it cannot say more, or cannot be reached.
    pub(super) fn stored_came(
        &mut self,
        chat: PeerId,
        asked: Asked,
        page: StoredPage,
        blurred: Vec<Blurred>,
    ) -> Task<Message> {
        let holds = |id: i32| page.messages.iter().any(|said| said.id == MessageId::Server(id));
        let useful = match self.open.as_ref().and_then(|open| open.aim).filter(|(number, _)| *number == asked.number) {
            Some((_, Aim::Message(id))) => holds(id),
            Some((_, Aim::End)) => page.newest,
            Some(_) => page.verified,
            None => true,
        };
        if page.messages.is_empty() || !useful {
            return self.ask_server(chat, asked);
        }
        self.pictures.add_blurred(blurred);
        self.state.learn_new(&page.peers);
        let further = matches!(asked.place, Place::Before(_) | Place::After(_));
        let last = !self.is_live() || further && page.verified;
        let came = self.state.history(chat).stored(asked.number, page, last);
        let shown = self.page_shown(chat, asked, came);
        if last || came == Came::Late { shown } else { Task::batch([shown, self.ask_server(chat, asked)]) }
    }

    /// Fetches what comes next at the ends that are near.
    pub(super) fn pages_near(&mut self) -> Task<Message> {
        let Some(open) = &self.open else { return Task::none() };
        let (chat, visible) = (open.chat, open.visible);
        let Some(history) = self.state.histories.get_mut(&chat) else { return Task::none() };
        let place = history.failed().map(|(place, _)| place);
        let left = |beyond: &dyn Fn(MessageId) -> bool| history.numbered().filter(|said| beyond(said.id)).count();
        let (above, below) = match visible {
            Some(visible) => (left(&|id| id < visible.first.message), left(&|id| id > visible.last.message)),
            // Nothing was drawn yet.
            None => (usize::MAX, usize::MAX),
        };
        let older =
            (above < AHEAD && !matches!(place, Some(Place::Before(_)))).then(|| history.begin_older()).flatten();
        // What failed at one end is not forgotten by asking at the other.
        let newer = (below < AHEAD && !matches!(place, Some(Place::After(_)))).then(|| history.begin_newer()).flatten();
        Task::batch([self.ask(chat, older), self.ask(chat, newer)])
    }

    /// Tries once more what did not come.
    pub(super) fn retry_history(&mut self) -> Task<Message> {
        let Some(chat) = self.open_chat() else { return Task::none() };
        let history = self.state.history(chat);
        let asked = match history.failed().map(|(place, _)| place) {
            Some(Place::Before(_)) => history.begin_older(),
            Some(Place::After(_)) => history.begin_newer(),
            Some(place) if !history.is_loaded() => {
                let asked = history.begin_whole(place, Purpose::Show);
                if let (Some((number, _)), Some(asked)) = (self.open.as_mut().and_then(|o| o.aim.as_mut()), asked) {
                    *number = asked.number;
                }
                asked
            }
            _ => return self.refresh(),
        };
        self.ask(chat, asked)
    }

    /// What may have been missed of the open conversation is fetched.
    pub(super) fn refresh(&mut self) -> Task<Message> {
        self.reading.doubt();
        let Some(open) = &self.open else { return Task::none() };
        let (chat, visible) = (open.chat, open.visible);
        let history = self.state.history(chat);
        let place = match visible.and_then(|visible| visible.last.message.server()) {
            Some(last) if history.is_loaded() && !history.is_newest() => Place::Around(last),
            _ => Place::Newest,
        };
        let asked = history.begin_refresh(place);
        self.ask(chat, asked)
    }

    pub(super) fn history_came(
        &mut self,
        chat: PeerId,
        asked: Asked,
        page: Result<HistoryPage, Error>,
        blurred: Vec<Blurred>,
    ) -> Task<Message> {
        self.pictures.add_blurred(blurred);
        let page = match page {
            Ok(page) => page,
            Err(error) => return self.history_failed(chat, asked, error),
        };
        self.state.learn(page.peers.iter().cloned());
        if self.open_chat() == Some(chat) {
            self.reading.check(page.messages.iter().filter_map(|said| said.id.server()), self.now());
        }
        if self.open_chat() == Some(chat) && self.is_missed(asked, &page) {
            return self.missed_message(chat, asked);
        }
        let came = self.state.history(chat).came(asked.number, page);
        self.page_shown(chat, asked, came)
    }

    /// What follows from a page that came.
    fn page_shown(&mut self, chat: PeerId, asked: Asked, came: Came) -> Task<Message> {
        let Some(open) = self.open.as_mut().filter(|open| open.chat == chat) else { return Task::none() };
        let at_end = open.visible.is_none_or(|visible| visible.at_end);
        let more = match came {
            Came::Late => return Task::none(),
            Came::Joined => Task::none(),
            Came::Replaced => {
                open.visible = None;
                Task::none()
            }
            // Who is at the end stays there; who reads further up, too.
            Came::Apart if at_end && asked.place == Place::Newest => {
                let again = self.state.history(chat).begin_whole(Place::Newest, Purpose::Show);
                self.ask(chat, again)
            }
            Came::Apart => Task::none(),
        };
        let near = self.pages_near();
        let again = if self.state.history(chat).take_again() { self.refresh() } else { Task::none() };
        Task::batch([more, self.arrived(asked), self.visible_changed(), near, again])
    }

    fn history_failed(&mut self, chat: PeerId, asked: Asked, error: Error) -> Task<Message> {
        let wanted = self.state.history(chat).page_failed(asked.number, error.clone());
        if wanted && self.open_chat() == Some(chat) { self.missed(asked, &error) } else { Task::none() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{KEEPERS, MARA, Scene, THEO, WEEKLY, message};
    use super::*;

    impl Scene {
        /// The store has nothing of the pages that are wanted of this chat, so that the server is asked.
        fn nothing_stored(&mut self, chat: PeerId) -> usize {
            let history = &self.screen.state.histories[&chat];
            let [older, newer] = history.ends();
            let asked: Vec<Asked> = [older, newer, history.whole()].into_iter().flatten().collect();
            for asked in asked {
                let on_its_way = self.screen.pages.iter().any(|page| (page.chat, page.number) == (chat, asked.number));
                if !on_its_way {
                    let page = StoredPage::default();
                    self.update(Message::StoredCame { chat, asked, page, blurred: Vec::new() });
                }
            }
            assert!(self.screen.pages.len() <= PAGES_AT_ONCE);
            self.screen.pages.iter().filter(|page| page.chat == chat).count()
        }
    }

    #[test]
    fn however_fast_one_goes_through_chats_three_pages_are_on_their_way_and_the_open_one_is_among_them() {
        let mut scene = Scene::with_chats(1000.0, 700.0);
        for chat in [KEEPERS, THEO, MARA, WEEKLY, KEEPERS, THEO, MARA, WEEKLY] {
            scene.update(Message::Opened(chat));
            assert_eq!(scene.nothing_stored(chat), 1, "{chat:?}");
        }
        assert_eq!(scene.screen.pages.len(), PAGES_AT_ONCE);
        // What was called off is asked for again, and comes.
        scene.update(Message::Opened(KEEPERS));
        scene.nothing_stored(KEEPERS);
        let now = scene.screen.now();
        scene.history(KEEPERS, vec![message(KEEPERS, 40, MARA, "here", now)], true);
        assert!(scene.screen.state.histories[&KEEPERS].is_loaded());
    }

    #[test]
    fn however_far_one_jumps_about_in_a_chat_three_pages_are_on_their_way() {
        let mut scene = Scene::with_chats(1000.0, 700.0);
        scene.keepers(500..=549);
        scene.settle();
        for number in [100, 200, 300, 5, 77] {
            let _task = scene.screen.aim(Aim::Message(number));
            scene.nothing_stored(KEEPERS);
            let _task = scene.screen.pages_near();
            scene.nothing_stored(KEEPERS);
        }
        let history = &scene.screen.state.histories[&KEEPERS];
        assert!(scene.screen.pages.iter().all(|page| history.is_awaited(page.number)), "the rest is called off");
    }
}
