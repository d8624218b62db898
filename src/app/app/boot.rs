//! What the program was started with.

use super::places::Place;
use crate::platform::Platform;
use crate::platform::instance::Instance;
use crate::preferences::{self, Preferences};
use crate::words;
use heliograph_store::KeyStorage;
use heliograph_telegram::Settings;
use std::path::PathBuf;

/// Everything that the window needs to know from the command line.
#[derive(Clone)]
pub struct Boot {
    /// The folder that everything is kept in.
    pub data_dir: PathBuf,
    /// The accounts to open. Where there is none, one is made, and somebody can sign in to it.
    pub accounts: Vec<Place>,
    /// The id of the account to show first; the first one where this is `None`.
    pub first: Option<String>,
    /// Links to open.
    pub links: Vec<String>,
    /// That the window of this data folder is ours, and what later starts ask of it.
    pub instance: Option<Instance>,
    /// Where the keys of further accounts live; `None` where the person has not said.
    pub key_storage: Option<KeyStorage>,
    /// Which servers, and as which program. An `api_id` of 0 is a missing one: the sign-in screen says how to get one.
    pub settings: Settings,
    /// The embedded demo server's sample account.
    pub demo: Option<DemoHint>,
    /// What the person chose, as it was kept.
    pub preferences: Preferences,
    /// Where that is kept.
    pub preferences_file: preferences::File,
    /// The machine, as the application sees it.
    pub platform: Platform,
}

impl Boot {
    /// The settings for the next connection: Telegram writes to the person in the language that is chosen now.
    pub fn settings_now(&self) -> Settings {
        let mut settings = self.settings.clone();
        settings.device.language = words::current().id().to_owned();
        settings
    }
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
