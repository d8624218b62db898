//! What the program was started with.

use crate::preferences::{self, Preferences};
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
    /// What the person chose, as it was kept.
    pub preferences: Preferences,
    /// Where that is kept.
    pub preferences_file: preferences::File,
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
