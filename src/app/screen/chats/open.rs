//! The conversation that is open, and what is asked over it.

use super::choosing::Choosing;
use super::deleting::Deleting;
use super::jumping::Aim;
use super::menu::Menu;
use super::rows::Key;
use super::search;
use crate::widget::timeline::{Jump, Saved, Visible};
use heliograph_model::PeerId;

/// The conversation that is open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) chat: PeerId,
    /// Tells one opening from another.
    pub(super) session: u64,
    pub(super) visible: Option<Visible<Key>>,
    /// Where to begin: where the reader was.
    pub(super) restore: Option<Saved<Key>>,
    /// The row to go to.
    pub(super) jump: Option<Jump<Key>>,
    /// Where one wants to be, and the page that is fetched for it.
    pub(super) aim: Option<(u64, Aim)>,
    pub(super) choosing: Choosing,
    /// What is asked before anything else.
    pub(super) asking: Option<Asking>,
    /// The row whose menu is open.
    pub(super) menu: Option<Menu>,
    /// What is searched for in it.
    pub(super) inside: Option<search::Search>,
}

/// What is asked over the conversation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asking {
    /// Which day to go to; the month that is shown.
    Date(jiff::civil::Date),
    /// Whether these are to be deleted, and for everyone.
    Delete(Deleting),
}

impl Open {
    pub(super) fn new(chat: PeerId, session: u64) -> Self {
        Self {
            chat,
            session,
            visible: None,
            restore: None,
            jump: None,
            aim: None,
            choosing: Choosing::default(),
            asking: None,
            menu: None,
            inside: None,
        }
    }
}
