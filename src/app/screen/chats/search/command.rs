//! What can be done from anywhere, found by its name.

use super::super::{Action, Chats, Message as Screen};
use super::{Message, Place};
use crate::screen::settings::Page;
use crate::widget::icon::Icon;
use crate::words::{Words, fl};
use heliograph_store::Wording;
use iced::Task;

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Search in the conversation that is open.
    SearchInside,
    /// Show this page of the settings.
    Settings(Page),
}

impl Command {
    /// Those that there is a use for.
    fn all(conversation: bool) -> Vec<Self> {
        let inside = conversation.then_some(Self::SearchInside);
        inside.into_iter().chain(Page::ALL.into_iter().map(Self::Settings)).collect()
    }

    /// Those whose names fit, the best fit first.
    pub fn found(wording: &Wording, conversation: bool) -> Vec<Self> {
        let mut found: Vec<_> = Self::all(conversation)
            .into_iter()
            .filter_map(|command| {
                let whole = format!("{} {}", command.name(&Words), command.about(&Words).unwrap_or_default());
                Some((wording.fit(&whole)?, command))
            })
            .collect();
        found.sort_by_key(|(fit, _)| *fit);
        found.into_iter().map(|(_, command)| command).collect()
    }

    /// What it is called.
    pub fn name(self, words: &Words) -> String {
        match self {
            Self::SearchInside => fl!(words, "search-inside"),
            Self::Settings(page) => page.title(words),
        }
    }

    /// Where it belongs.
    pub fn about(self, words: &Words) -> Option<String> {
        match self {
            Self::SearchInside => None,
            Self::Settings(_) => Some(fl!(words, "settings")),
        }
    }

    /// The keys that do the same.
    pub fn keys(self) -> Option<&'static str> {
        match self {
            Self::SearchInside => Some("Ctrl F"),
            Self::Settings(_) => None,
        }
    }

    /// A sign for it.
    pub fn sign(self) -> Icon {
        match self {
            Self::SearchInside => Icon::Find,
            Self::Settings(page) => page.sign(),
        }
    }

    /// Tells it apart from others.
    pub fn id(self) -> &'static str {
        match self {
            Self::SearchInside => "command:search-inside",
            Self::Settings(page) => page.id(),
        }
    }
}

impl Chats {
    /// Something is to be done.
    pub(super) fn commanded(&mut self, command: Command) -> Action {
        match command {
            Command::SearchInside => Action::Run(Task::done(Screen::Search(Place::Inside, Message::Wanted))),
            Command::Settings(page) => Action::Settings(page),
        }
    }
}
