//! What the program was started with.

use crate::theme::Look;
use heliograph_store::KeyStorage;
use heliograph_telegram::Settings;
use std::path::PathBuf;

/// Everything that the window needs to know from the command line.
#[derive(Clone)]
pub struct Boot {
    /// The account's name in the keyring; also that of its folder.
    pub account: String,
    /// Where everything of the account lies.
    pub account_dir: PathBuf,
    /// Where the key to it lives.
    pub key_storage: KeyStorage,
    /// Which servers, and as which program. An `api_id` of 0 is a missing one: the sign-in screen says how to get one.
    pub settings: Settings,
    /// The embedded demo server's sample account.
    pub demo: Option<DemoHint>,
    /// What the person chose about looks.
    pub appearance: Appearance,
}

/// A number and a code that the demo server takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoHint {
    /// Phone number.
    pub phone: String,
    /// Its code.
    pub code: String,
    /// Sign in with them at once.
    pub signed_in: bool,
}

/// Choices about looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appearance {
    /// Dark or light; as the desktop has it where this is `None`.
    pub night: Option<bool>,
    /// Text size, 1.0 is 100 %.
    pub text: f32,
    /// Nothing moves by itself.
    pub reduce_motion: bool,
}

impl Default for Appearance {
    fn default() -> Self {
        Self { night: None, text: 1.0, reduce_motion: false }
    }
}

impl Appearance {
    /// The look that comes of it, with what the desktop prefers.
    pub fn look(self, desktop_is_dark: bool) -> Look {
        let look = if self.night.unwrap_or(desktop_is_dark) { Look::night() } else { Look::day() };
        Look { reduce_motion: self.reduce_motion, ..look.with_text(self.text) }
    }
}
