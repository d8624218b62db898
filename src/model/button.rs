//! Buttons that bots put under messages and in place of the keyboard (core.telegram.org/api/bots/buttons).

use crate::PeerId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a message brings along to be pressed (core.telegram.org/type/ReplyMarkup).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Buttons {
    /// Nothing.
    #[default]
    None,
    /// Rows of buttons under the message.
    Inline(Vec<Vec<Button>>),
    /// Rows of buttons below the composer; pressing one writes its words.
    Keyboard {
        /// The rows.
        rows: Vec<Vec<Button>>,
        /// Goes away once one was pressed.
        once: bool,
        /// Stays open.
        persistent: bool,
        /// Shown in the empty composer.
        placeholder: Option<String>,
    },
    /// The keyboard goes.
    Hide,
    /// We are asked to answer this message.
    ForceReply {
        /// Shown in the empty composer.
        placeholder: Option<String>,
    },
}

/// One button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Button {
    /// Its words.
    pub text: String,
    /// What pressing it does.
    pub action: ButtonAction,
}

/// What pressing a button does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ButtonAction {
    /// Sends its words.
    Text,
    /// Opens an address.
    Url(String),
    /// Tells the bot.
    Callback {
        /// What it is told.
        data: Arc<[u8]>,
        /// Asks for the two-step password.
        password: bool,
    },
    /// Asks the bot for inline results with these words.
    Inline {
        /// The words.
        query: String,
        /// In this chat; else one is chosen.
        here: bool,
    },
    /// Opens a web app.
    WebApp(String),
    /// Signs in to a site.
    Login(String),
    /// Puts words on the clipboard.
    Copy(String),
    /// Shows a person.
    Profile(PeerId),
    /// Sends our phone number.
    Phone,
    /// Sends where we are.
    Location,
    /// Makes a poll.
    Poll,
    /// Starts the game of the message.
    Game,
    /// Pays the invoice of the message.
    Buy,
    /// A kind unknown to this version.
    Unknown,
}

/// What a bot answers when one of its buttons was pressed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ButtonAnswer {
    /// Words to show for a moment, or until they are confirmed (`alert`).
    pub message: Option<String>,
    /// The words are to be confirmed.
    pub alert: bool,
    /// An address to open.
    pub url: Option<String>,
}
