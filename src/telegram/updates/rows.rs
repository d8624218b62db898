//! Rows of the chat list that count what no update tells: how many of our messages have reactions that nobody here has
//! seen, and how far others read in a channel while the line was cut.

use super::Feed;
use crate::background::Core;
use crate::{Error, dialogs};
use grammers_tl_types as tl;
use heliograph_model::{Change, PeerId};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Rows are asked for together, at most this often.
const PAUSE: Duration = Duration::from_secs(3);

/// The server gives no more at once.
const MOST: usize = 100;

/// Why a row is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// It counts too much if it counts any unseen reactions at all.
    IfCounted,
    /// It is wrong, or may be.
    Certain,
}

/// Rows that have to be looked at again.
#[derive(Debug, Default)]
pub(super) struct Rows {
    doubted: HashMap<PeerId, Doubt>,
    due: Option<Instant>,
}

impl Rows {
    pub fn doubt(&mut self, chat: PeerId, doubt: Doubt) {
        let known = self.doubted.entry(chat).or_insert(doubt);
        *known = doubt.max(*known);
        self.due.get_or_insert_with(|| Instant::now() + PAUSE);
    }

    /// When they are to be asked for.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Those that are due now.
    pub fn take(&mut self, now: Instant) -> Vec<(PeerId, Doubt)> {
        if self.due.is_none_or(|due| due > now) {
            return Vec::new();
        }
        let mut all: Vec<_> = std::mem::take(&mut self.doubted).into_iter().collect();
        self.doubted = all.split_off(all.len().min(MOST)).into_iter().collect();
        self.due = (!self.doubted.is_empty()).then(|| now + PAUSE);
        all
    }
}

/// Whose count of unseen reactions an update changes.
pub(super) fn counted(update: &tl::enums::Update) -> Option<(PeerId, Doubt)> {
    let tl::enums::Update::MessageReactions(told) = update else { return None };
    let tl::enums::MessageReactions::Reactions(reactions) = &told.reactions;
    let mut recent = reactions.recent_reactions.iter().flatten();
    let unseen = recent.any(|tl::enums::MessagePeerReaction::Reaction(one)| one.unread);
    Some((crate::convert::peer::id(&told.peer), if unseen { Doubt::Certain } else { Doubt::IfCounted }))
}

/// Asks for these rows beside everything else. What is stored of them is right then, and the app hears how far others read.
pub(super) fn look(core: &Arc<Core>, doubted: Vec<(PeerId, Doubt)>) {
    if doubted.is_empty() {
        return;
    }
    let core = core.clone();
    tokio::spawn(async move {
        let (mut chats, mut known) = (Vec::new(), HashMap::new());
        for (chat, doubt) in doubted {
            // Nobody shows a row that is not there.
            let Ok(Some(row)) = core.store.chat(chat).await else { continue };
            if doubt == Doubt::Certain || row.reactions > 0 {
                chats.push(chat);
                known.insert(chat, row.read_outbox);
            }
        }
        match dialogs::rows(&core, &chats).await {
            Ok(rows) => {
                let read = rows.iter().filter(|row| known.get(&row.id).is_some_and(|known| *known < row.read_outbox));
                let read: Vec<_> =
                    read.map(|row| Change::ReadOutbox { chat: row.id, up_to: row.read_outbox }).collect();
                if !read.is_empty() {
                    core.feed(Feed::Read(read));
                }
            }
            // They are asked for one day, with the list.
            Err(Error::Rpc { .. } | Error::SignedOut | Error::UnknownPeer) => {}
            Err(_) => core.feed(Feed::Doubted(chats)),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::message::tests::to_peer;

    fn reactions(unread: bool) -> tl::enums::Update {
        let one = tl::types::MessagePeerReaction {
            big: false,
            unread,
            my: false,
            peer_id: to_peer(PeerId::User(3)),
            date: 0,
            reaction: tl::enums::Reaction::Empty,
        };
        let reactions = tl::types::MessageReactions {
            min: false,
            can_see_list: true,
            reactions_as_tags: false,
            results: vec![],
            recent_reactions: Some(vec![one.into()]),
            top_reactors: None,
        };
        let peer = to_peer(PeerId::User(5));
        tl::types::UpdateMessageReactions {
            peer,
            msg_id: 1,
            top_msg_id: None,
            saved_peer_id: None,
            reactions: reactions.into(),
        }
        .into()
    }

    #[test]
    fn unseen_reactions_are_certain_and_others_only_matter_where_some_are_counted() {
        let chat = PeerId::User(5);
        assert_eq!(counted(&reactions(true)), Some((chat, Doubt::Certain)));
        assert_eq!(counted(&reactions(false)), Some((chat, Doubt::IfCounted)));
        assert_eq!(counted(&tl::enums::Update::PtsChanged), None);
        let mut rows = Rows::default();
        rows.doubt(chat, Doubt::Certain);
        rows.doubt(chat, Doubt::IfCounted);
        assert_eq!(rows.take(Instant::now()), [], "together with what comes soon");
        assert_eq!(rows.take(rows.due().unwrap()), [(chat, Doubt::Certain)]);
        assert_eq!(rows.due(), None);
    }

    #[test]
    fn no_more_are_asked_for_than_the_server_gives() {
        let mut rows = Rows::default();
        (0..150).for_each(|id| rows.doubt(PeerId::User(id), Doubt::Certain));
        assert_eq!(rows.take(rows.due().unwrap()).len(), MOST);
        assert_eq!(rows.take(rows.due().unwrap()).len(), 50);
    }
}
