//! One search and what it has found so far. What is shown stays where it is: the server's hits come behind ours.

use super::super::{Chats, people, preview};
use super::Place;
use super::command::Command;
use super::marked::Marked;
use crate::words::Words;
use heliograph_model::{Change, Message, PeerId};
use heliograph_store::Wording;
use heliograph_telegram::{Error, Here, SearchCursor, There, Wanted};
use iced::widget::Id;

/// Something that was found, or that brings more of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A chat or somebody.
    Peer(PeerId),
    /// A message of a chat.
    Message(PeerId, i32),
    /// Something that can be done.
    Command(Command),
    /// More of what is stored here.
    MoreHere,
    /// More from the server.
    MoreThere,
}

impl Target {
    /// A stable name for its row there: the same can stand in two places at once.
    pub fn id_in(self, place: Place) -> Id {
        match (self, place) {
            (Self::Message(_, message), Place::Inside) => Id::from(format!("inside:{message}")),
            (Self::MoreHere | Self::MoreThere, Place::Inside) => Id::new("more-inside"),
            _ => self.id(),
        }
    }

    /// A stable name for its row.
    pub fn id(self) -> Id {
        match self {
            Self::Peer(id) => Id::from(format!("found:{}", id.marked())),
            Self::Message(chat, message) => Id::from(format!("hit:{}:{message}", chat.marked())),
            Self::Command(command) => Id::from(format!("do:{}", command.id())),
            Self::MoreHere => Id::new("more-here"),
            Self::MoreThere => Id::new("more-there"),
        }
    }
}

/// How far a search is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// Nothing is searched for.
    #[default]
    Idle,
    /// What is stored here is looked through.
    Here,
    /// The server is asked.
    There,
    /// Both have answered.
    Done,
    /// The server has not.
    Failed(Error),
}

/// A message that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The message.
    pub message: Message,
    /// Its number.
    pub number: i32,
    /// Who says it, where that is worth saying.
    pub who: Option<String>,
    /// What it says around what is searched for.
    pub what: Marked,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Finding {
    wanted: Wanted,
    wording: Wording,
    number: u64,
    stage: Stage,
    /// The search for something else has begun, and nothing has come of it yet.
    fresh: bool,
    under_way: Option<iced::task::Handle>,
    pub(super) chats: Vec<PeerId>,
    pub(super) people: Vec<PeerId>,
    pub(super) commands: Vec<Command>,
    pub(super) here: Vec<Hit>,
    next_here: Option<i64>,
    pub(super) failed_here: Option<Error>,
    pub(super) found: Vec<PeerId>,
    pub(super) there: Vec<Hit>,
    next_there: Option<SearchCursor>,
    /// So many messages the server has.
    total: Option<u32>,
    /// More is on its way.
    more: bool,
}

impl Finding {
    /// What is looked for.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The same, in words.
    pub fn wording(&self) -> &Wording {
        &self.wording
    }

    /// Tells answers apart.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How far it is.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// What is shown was found for something else.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// More is on its way.
    pub fn is_more_under_way(&self) -> bool {
        self.more
    }

    /// Something is asked. It is not waited for any more when something else is asked.
    pub fn begin(&mut self, number: u64, wanted: Wanted, under_way: iced::task::Handle) {
        self.fresh |= wanted != self.wanted;
        (self.wanted, self.number, self.under_way) = (wanted, number, Some(under_way));
        (self.stage, self.more) = (Stage::Here, false);
    }

    /// Our own answer.
    pub fn found_here(&mut self, chats: &Chats, here: Result<Here, Error>) {
        let wording = Wording::new(&self.wanted.text);
        let fresh = std::mem::take(&mut self.fresh);
        *self = Self {
            wanted: std::mem::take(&mut self.wanted),
            number: self.number,
            under_way: self.under_way.take(),
            wording,
            stage: Stage::There,
            // Asked again for the same: what the server has found stays until it answers anew.
            found: if fresh { Vec::new() } else { std::mem::take(&mut self.found) },
            there: if fresh { Vec::new() } else { std::mem::take(&mut self.there) },
            ..Self::default()
        };
        let here = match here {
            Ok(here) => here,
            Err(error) => {
                self.failed_here = Some(error);
                Here::default()
            }
        };
        self.chats = here.chats;
        self.people = here.people;
        if self.wanted.chat.is_none() {
            self.add_listed(chats);
        }
        self.next_here = here.next;
        let known: Vec<_> = self.there.iter().map(|hit| (hit.message.chat, hit.number)).collect();
        self.here = self.hits(chats, here.messages, &known);
    }

    /// Chats of the list that are not stored yet, and our own under the name that it has in the reader's language.
    fn add_listed(&mut self, chats: &Chats) {
        let state = &chats.state;
        for id in std::iter::once(state.me).chain(state.roster.order().iter().copied()) {
            let Some(peer) = state.peers.get(&id) else { continue };
            if !self.chats.contains(&id) && self.wording.fit(&people::name(&Words, peer)).is_some() {
                self.people.retain(|other| *other != id);
                self.chats.push(id);
            }
        }
    }

    /// The server's answer.
    pub fn found_there(&mut self, chats: &Chats, there: Result<There, Error>) {
        self.under_way = None;
        let there = match there {
            Ok(there) => there,
            Err(error) => {
                self.stage = Stage::Failed(error);
                return;
            }
        };
        (self.stage, self.next_there, self.total) = (Stage::Done, there.next, there.total);
        let known = |id: &PeerId| self.chats.contains(id) || self.people.contains(id);
        let mut found: Vec<PeerId> = there.found.into_iter().filter(|id| !known(id)).collect();
        found.dedup();
        self.found = found;
        let known: Vec<_> = self.here.iter().map(|hit| (hit.message.chat, hit.number)).collect();
        self.there = self.hits(chats, there.messages, &known);
    }

    /// More of what is stored here is wanted.
    pub fn begin_more_here(&mut self) -> Option<(u64, Wanted, i64)> {
        let next = self.next_here.filter(|_| !self.more)?;
        self.more = true;
        Some((self.number, self.wanted.clone(), next))
    }

    /// More from the server is wanted.
    pub fn begin_more_there(&mut self) -> Option<(u64, Wanted, SearchCursor)> {
        let next = self.next_there.filter(|_| !self.more)?;
        self.more = true;
        Some((self.number, self.wanted.clone(), next))
    }

    /// It came, or not: then it can be asked for again.
    pub fn more_here(&mut self, chats: &mut Chats, more: Result<Here, Error>) {
        self.more = false;
        let Ok(more) = more else { return };
        chats.state.learn_new(&more.peers);
        self.next_here = more.next;
        let hits = self.hits(chats, more.messages, &self.known());
        self.here.extend(hits);
    }

    /// The same, from the server.
    pub fn more_there(&mut self, chats: &mut Chats, more: Result<There, Error>) {
        self.more = false;
        let Ok(more) = more else { return };
        chats.state.learn(more.peers);
        self.next_there = more.next;
        let hits = self.hits(chats, more.messages, &self.known());
        self.there.extend(hits);
    }

    fn known(&self) -> Vec<(PeerId, i32)> {
        self.here.iter().chain(&self.there).map(|hit| (hit.message.chat, hit.number)).collect()
    }

    fn hits(&self, chats: &Chats, messages: Vec<Message>, known: &[(PeerId, i32)]) -> Vec<Hit> {
        let new = |message: &Message| message.id.server().is_some_and(|id| !known.contains(&(message.chat, id)));
        messages.into_iter().filter(new).filter_map(|message| self.hit(chats, message)).collect()
    }

    fn hit(&self, chats: &Chats, message: Message) -> Option<Hit> {
        let number = message.id.server()?;
        let scene = chats.scene(crate::theme::Look::day());
        let preview::Preview { who, what } = preview::preview(&scene, &message);
        Some(Hit { number, who, what: Marked::around(&what, &self.wording), message })
    }

    /// What was found is edited or deleted: nothing stays that is not so any more.
    pub fn changed(&mut self, chats: &Chats, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Edited(message) => {
                    for list in [&mut self.here, &mut self.there] {
                        let same = |hit: &Hit| hit.message.chat == message.chat && hit.message.id == message.id;
                        let Some(at) = list.iter().position(same) else { continue };
                        let stands = self.wording.stands_in(message);
                        if !stands || !self.wanted.only.is(message) {
                            let _ = list.remove(at);
                            continue;
                        }
                        let scene = chats.scene(crate::theme::Look::day());
                        let preview::Preview { who, what } = preview::preview(&scene, message);
                        if let Some(hit) = list.get_mut(at) {
                            (hit.who, hit.what) = (who, Marked::around(&what, &self.wording));
                            hit.message = message.clone();
                        }
                    }
                }
                Change::Deleted { chat, messages } => {
                    let gone = |hit: &Hit| {
                        chat.map_or(!matches!(hit.message.chat, PeerId::Channel(_)), |chat| chat == hit.message.chat)
                            && messages.contains(&hit.number)
                    };
                    self.here.retain(|hit| !gone(hit));
                    self.there.retain(|hit| !gone(hit));
                }
                _ => {}
            }
        }
    }

    /// These are offered before anything is searched for.
    pub fn offering(chats: Vec<PeerId>, commands: Vec<Command>) -> Self {
        Self { chats, commands, ..Self::default() }
    }

    /// The numbers of the messages that were found in one chat, the newest first.
    pub fn numbers(&self) -> Vec<i32> {
        let mut numbers: Vec<i32> = self.here.iter().chain(&self.there).map(|hit| hit.number).collect();
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        numbers.dedup();
        numbers
    }

    /// How many messages there are, as far as that is known.
    pub fn count(&self) -> usize {
        let here = self.here.len() + self.there.len();
        here.max(self.total.and_then(|total| usize::try_from(total).ok()).unwrap_or(0))
    }

    /// Everything that can be chosen, in the order on screen.
    pub fn targets(&self) -> Vec<Target> {
        let of_hit = |hit: &Hit| Target::Message(hit.message.chat, hit.number);
        let mut all: Vec<Target> = self.chats.iter().chain(&self.people).copied().map(Target::Peer).collect();
        all.extend(self.commands.iter().copied().map(Target::Command));
        all.extend(self.here.iter().map(of_hit));
        all.extend(self.next_here.map(|_| Target::MoreHere));
        all.extend(self.found.iter().copied().map(Target::Peer));
        all.extend(self.there.iter().map(of_hit));
        all.extend(self.next_there.map(|_| Target::MoreThere));
        all
    }

    /// The messages that were found in one chat, the newest first.
    pub fn in_order(&self) -> Vec<&Hit> {
        let mut hits: Vec<&Hit> = self.here.iter().chain(&self.there).collect();
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.number));
        hits
    }

    /// Who has written them.
    pub fn senders(&self) -> impl Iterator<Item = PeerId> + '_ {
        self.here.iter().chain(&self.there).map(|hit| hit.message.sender)
    }

    /// Whether there is more of what is stored here.
    pub fn has_more_here(&self) -> bool {
        self.next_here.is_some()
    }

    /// Whether the server has more.
    pub fn has_more_there(&self) -> bool {
        self.next_there.is_some()
    }

    /// Whether nothing at all was found yet.
    pub fn is_empty(&self) -> bool {
        self.chats.is_empty()
            && self.people.is_empty()
            && self.commands.is_empty()
            && self.here.is_empty()
            && self.found.is_empty()
            && self.there.is_empty()
    }

    /// Whose faces are in it.
    pub fn peers(&self) -> impl Iterator<Item = PeerId> + '_ {
        let hits = self.here.iter().chain(&self.there).map(|hit| hit.message.chat);
        self.chats.iter().chain(&self.people).chain(&self.found).copied().chain(hits)
    }
}

/// Whether a change may concern something that was found.
pub fn concerns(change: &Change) -> bool {
    matches!(change, Change::Edited(_) | Change::Deleted { .. })
}
