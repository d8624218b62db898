//! The chat list and the messages come in pages, each asked for before it is needed.

use super::history::{Asked, Came, Purpose};
use super::jumping::Aim;
use super::{Chats, Message, work};
use crate::media::pictures::Blurred;
use heliograph_model::{HistoryPage, MessageId, PeerId, Place};
use heliograph_telegram::{Error, StoredPage};
use iced::Task;

/// The next page is asked for when fewer messages than this are left beyond what is in view.
const AHEAD: usize = 40;

impl Chats {
    pub(super) fn refetch_chats(&mut self) -> Task<Message> {
        self.state.roster.failed = None;
        work::chats(&self.account, None)
    }

    /// Fetches the next part of the list when its end is near.
    pub(super) fn more_chats(&mut self) -> Task<Message> {
        if self.listed.end + 30 < self.state.roster.told() {
            return Task::none();
        }
        match self.state.roster.begin_next() {
            Some(after) => work::chats(&self.account, Some(after)),
            None => Task::none(),
        }
    }

    /// Asks for the messages of this place: the store first, which answers at once.
    pub(super) fn ask(&self, chat: PeerId, asked: Option<Asked>) -> Task<Message> {
        let Some(asked) = asked else { return Task::none() };
        if self.state.histories.get(&chat).is_some_and(|history| history.is_refresh(asked)) {
            return work::history(&self.account, chat, asked, self.pictures.shaper());
        }
        work::stored(&self.account, chat, asked, self.pictures.shaper(), self.is_live())
    }

    /// What is stored of a page came. The server is asked as well, unless it cannot say more, or cannot be reached.
    pub(super) fn stored_came(
        &mut self,
        chat: PeerId,
        asked: Asked,
        page: StoredPage,
        blurred: Vec<Blurred>,
    ) -> Task<Message> {
        let server = work::history(&self.account, chat, asked, self.pictures.shaper());
        let holds = |id: i32| page.messages.iter().any(|said| said.id == MessageId::Server(id));
        let useful = match self.open.as_ref().and_then(|open| open.aim).filter(|(number, _)| *number == asked.number) {
            Some((_, Aim::Message(id))) => holds(id),
            Some((_, Aim::End)) => page.newest,
            Some(_) => page.verified,
            None => true,
        };
        if page.messages.is_empty() || !useful {
            return server;
        }
        self.pictures.add_blurred(blurred);
        self.state.learn_new(&page.peers);
        let further = matches!(asked.place, Place::Before(_) | Place::After(_));
        let last = !self.is_live() || further && page.verified;
        let came = self.state.history(chat).stored(asked.number, page, last);
        let shown = self.page_shown(chat, asked, came);
        if last || came == Came::Late { shown } else { Task::batch([shown, server]) }
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
        let Some(open) = &self.open else { return Task::none() };
        let (chat, visible) = (open.chat, open.visible);
        let history = self.state.history(chat);
        let asked = match (history.is_loaded(), visible.and_then(|visible| visible.last.message.server())) {
            (false, _) => history.begin_whole(Place::Newest, Purpose::Show),
            (true, Some(last)) if !history.is_newest() => history.begin_whole(Place::Around(last), Purpose::Refresh),
            (true, _) => history.begin_whole(Place::Newest, Purpose::Refresh),
        };
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
        Task::batch([more, self.arrived(asked), self.visible_changed(), near])
    }

    fn history_failed(&mut self, chat: PeerId, asked: Asked, error: Error) -> Task<Message> {
        let wanted = self.state.history(chat).page_failed(asked.number, error.clone());
        if wanted && self.open_chat() == Some(chat) { self.missed(asked, &error) } else { Task::none() }
    }
}
