//! Folders: which one is shown, what it holds, and how many of its chats are unread.

use super::roster::Roster;
use super::state::State;
use super::{Chats, Message, work};
use crate::screen::rail::Tab;
use crate::widget::icon::Icon;
use crate::words::{Words, fl};
use heliograph_model::{Chat, ChatPage, Folder, PeerId};
use iced::Task;
use std::cmp::Reverse;

/// The person's folders, and what they hold as far as the list is here.
#[derive(Debug, Default)]
pub struct Folders {
    all: Vec<Folder>,
    /// The number of the one that is shown; 0: the whole list.
    chosen: i32,
    /// The rows of the chosen one, unless that is the whole list.
    order: Vec<PeerId>,
    /// How many chats in each have something unread and make a sound.
    unread: Vec<u32>,
    /// What the list was like when this was made out.
    made: Option<(u64, usize, Option<PeerId>)>,
}

impl Folders {
    /// They are these now.
    fn set(&mut self, all: Vec<Folder>) {
        self.all = all;
        self.made = None;
    }

    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The folder that is shown, unless that is the whole list.
    pub fn chosen(&self) -> Option<&Folder> {
        self.all.iter().find(|folder| folder.id == self.chosen && !folder.is_all())
    }

    /// The chats of what is shown, in the order on screen.
    pub fn order<'a>(&'a self, roster: &'a Roster) -> &'a [PeerId] {
        if self.chosen().is_some() { &self.order } else { roster.order() }
    }

    /// Whether a chat stands above the others in what is shown.
    pub fn is_pinned(&self, chat: &Chat) -> bool {
        self.chosen().map_or(chat.pinned, |folder| folder.pinned.contains(&chat.id))
    }

    /// Follows the list, if that is another than before.
    fn follow(&mut self, state: &State, open: Option<PeerId>) {
        if self.all.is_empty() {
            return;
        }
        let now = (state.roster.version(), state.peers.len(), open);
        if self.made.replace(now) == Some(now) {
            return;
        }
        let roster = &state.roster;
        let chosen = self.chosen().map(|folder| folder.id);
        let mut held: Vec<&Chat> = Vec::new();
        self.unread = vec![0; self.all.len()];
        let listed = roster.order().iter().filter_map(|id| roster.get(*id)).map(|chat| (chat, None));
        for (chat, aside) in listed.chain(roster.aside().map(|(chat, archived)| (chat, Some(archived)))) {
            let peer = state.peers.get(&chat.id);
            for (folder, unread) in self.all.iter().zip(&mut self.unread) {
                let wanted = chosen == Some(folder.id);
                if aside.is_some_and(|archived| !holds_aside(folder, chat.id, archived)) {
                    continue;
                }
                // Nothing else is asked of one that is not shown.
                if !wanted && (chat.muted || chat.unread == 0) {
                    continue;
                }
                if folder.holds(chat, peer, open == Some(chat.id)) {
                    *unread += u32::from(!chat.muted && chat.unread > 0);
                    if wanted {
                        held.push(chat);
                    }
                }
            }
        }
        let pinned = self.chosen().map(|folder| folder.pinned.as_slice()).unwrap_or_default();
        // What is pinned in the whole list is not here; where two are equal, they stand as there.
        held.sort_by_key(|chat| {
            let place = pinned.iter().position(|id| *id == chat.id).unwrap_or(usize::MAX);
            (place, Reverse(chat.date()))
        });
        self.order = held.into_iter().map(|chat| chat.id).collect();
    }
}

impl Chats {
    /// What the folders hold is made out anew where the list has changed.
    pub(super) fn folders_follow(&mut self) {
        let open = self.open_chat();
        self.folders.follow(&self.state, open);
    }

    /// The folders came, or are others now.
    pub(super) fn folders_came(&mut self, all: Vec<Folder>) -> Task<Message> {
        let was = self.folders.chosen().is_some();
        self.folders.set(all);
        self.folders_follow();
        if was && self.folders.chosen().is_none() {
            // It was removed elsewhere.
            return Task::batch([self.folder_chosen(0), self.more_chats()]);
        }
        Task::batch([self.more_chats(), self.faces()])
    }

    /// Chats that folders name came.
    pub(super) fn named_came(&mut self, page: ChatPage, archived: &[PeerId]) -> Task<Message> {
        self.state.learn(page.peers);
        for chat in page.chats {
            let archived = archived.contains(&chat.id);
            self.state.roster.put_aside(chat, archived);
        }
        self.folders_follow();
        self.faces()
    }

    /// The folders as they were last, and the one that was shown.
    pub(super) fn folders_painted(&mut self, all: Vec<Folder>, chosen: i32) {
        if self.folders.is_empty() {
            self.folders.chosen = chosen;
            self.folders.set(all);
            self.folders_follow();
        }
    }

    /// A folder was chosen.
    pub(super) fn folder_chosen(&mut self, id: i32) -> Task<Message> {
        if self.folders.chosen == id {
            return Task::none();
        }
        self.folders.chosen = id;
        self.folders.made = None;
        self.listed = 0..0;
        self.folders_follow();
        Task::batch([work::keep_folder(&self.account, id), self.more_chats(), self.faces()])
    }

    /// Whether the list is here so far that a folder in which nothing stands holds nothing.
    pub(super) fn is_list_known(&self) -> bool {
        self.away || self.state.roster.is_whole() || self.state.roster.failed.is_some()
    }

    /// What the rail shows of the folders; nothing where there are none.
    pub fn tabs(&self) -> Vec<Tab> {
        let chosen = self.folders.chosen().map_or(0, |folder| folder.id);
        let unread = self.folders.unread.iter().copied().chain(std::iter::repeat(0));
        let tab = |(folder, unread): (&Folder, u32)| {
            let name = if folder.is_all() { fl!(Words, "folder-all") } else { folder.title.clone() };
            Tab { id: folder.id, name, sign: sign(folder), unread, chosen: folder.id == chosen }
        };
        self.folders.all.iter().zip(unread).map(tab).collect()
    }
}

/// Whether a folder may hold a chat that does not stand in the list.
fn holds_aside(folder: &Folder, chat: PeerId, archived: bool) -> bool {
    !folder.is_all() && (folder.named().any(|named| named == chat) || !(archived && folder.exclude_archived))
}

/// The sign of a folder: of the emoji that was chosen for it, or else of what it holds.
fn sign(folder: &Folder) -> Icon {
    let chosen = folder.sign.as_deref().map(|sign| sign.trim_end_matches('\u{fe0f}'));
    let of_emoji = chosen.and_then(|sign| {
        Some(match sign {
            "💬" => Icon::Chat,
            "✅" | "🔔" => Icon::Bell,
            "🤖" => Icon::Bot,
            "📢" => Icon::Channel,
            "👥" => Icon::Group,
            "👤" => Icon::Person,
            "⭐" => Icon::Star,
            "💼" => Icon::Briefcase,
            "🏠" | "🏡" => Icon::Home,
            "✈" | "🛫" => Icon::Send,
            "🎨" => Icon::Palette,
            "📕" | "🎓" => Icon::Bookmark,
            "📋" => Icon::File,
            _ => return None,
        })
    });
    let Folder { contacts, non_contacts, groups, broadcasts, bots, .. } = *folder;
    let of_kind = match (contacts || non_contacts, groups, broadcasts, bots) {
        _ if folder.is_all() => Icon::Chat,
        (true, true, true, true) if folder.exclude_read => Icon::Bell,
        (true, false, false, false) => Icon::Person,
        (false, true, false, false) => Icon::Group,
        (false, false, true, false) => Icon::Channel,
        (false, false, false, true) => Icon::Bot,
        _ => Icon::Folder,
    };
    of_emoji.unwrap_or(of_kind)
}
