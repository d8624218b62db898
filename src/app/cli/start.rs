//! From options to what the window needs to start.

use super::output::say;
use super::{CustomServer, Global, Refusal};
use crate::app::{Boot, Place, places};
use crate::platform::{Platform, folders, renderer};
use crate::preferences::{self, ApiCredentials, Preferences};
use crate::words;
use heliograph_store::KeyStorage;
use heliograph_telegram::{Device, ServerKey, Servers, Settings};
use std::path::{Path, PathBuf};

/// What is sent to servers that are not Telegram's: they do not give numbers to programs.
const OPEN_API_ID: i32 = 1;
const OPEN_API_HASH: &str = "heliograph";

/// People should know that whoever can read their files can read their messages.
pub(super) fn warn_of_file(key_storage: KeyStorage, folder: &Path) {
    if key_storage == KeyStorage::File {
        say(&format!("heliograph: the key of the data lies unprotected in a file, in {}", folder.display()));
    }
}

/// Reads what has to be read and finds the accounts.
pub(super) fn boot(global: &Global) -> Result<Boot, Refusal> {
    let data_dir = data_dir(global)?;
    let (preferences_file, preferences) = preferences::File::open(&data_dir);
    words::set(preferences.language());
    // Before there is any other thread.
    renderer::prepare(preferences.renderer);
    let servers = servers(global)?;
    let accounts = accounts(global, &data_dir, &servers)?;
    for place in &accounts {
        warn_of_file(place.key_storage, &place.folder);
    }
    Ok(Boot {
        data_dir,
        accounts,
        first: preferences.last_account.clone(),
        key_storage: global.key_storage,
        settings: settings(servers, &preferences),
        demo: None,
        preferences,
        preferences_file,
        platform: Platform::default(),
    })
}

/// Where everything is kept.
pub(super) fn data_dir(global: &Global) -> Result<PathBuf, Refusal> {
    match &global.data_dir {
        // Later on, the current folder may be another one.
        Some(folder) => std::path::absolute(folder).map_err(|e| Refusal::new(format!("{}: {e}", folder.display()))),
        None => folders::data().ok_or_else(|| Refusal::new("no home folder is known: say where with --data-dir")),
    }
}

/// The accounts at these servers: at least one, which may be new.
pub(super) fn accounts(global: &Global, data_dir: &Path, servers: &Servers) -> Result<Vec<Place>, Refusal> {
    let mut accounts = places::all(data_dir, servers, global.key_storage).map_err(|e| Refusal::new(e.to_string()))?;
    if accounts.is_empty() {
        accounts.push(Place::fresh(data_dir, servers, global.key_storage));
    }
    Ok(accounts)
}

pub(super) fn servers(global: &Global) -> Result<Servers, Refusal> {
    match &global.server {
        Some(CustomServer { address, key }) => {
            let unreadable = |why: String| Refusal::new(format!("--server-key {}: {why}", key.display()));
            let pem = std::fs::read_to_string(key).map_err(|e| unreadable(e.to_string()))?;
            let key = ServerKey::from_pem(&pem).map_err(|e| unreadable(e.to_string()))?;
            Ok(Servers::Custom { address: address.clone(), key })
        }
        None if global.test_dc => Ok(Servers::Test),
        None => Ok(Servers::Production),
    }
}

/// How to introduce ourselves to these servers. The `api_id` is 0 where Telegram's number for us is needed and not known.
pub(super) fn settings(servers: Servers, preferences: &Preferences) -> Settings {
    let (api_id, api_hash) = match servers {
        Servers::Custom { .. } => (OPEN_API_ID, OPEN_API_HASH.to_owned()),
        Servers::Production | Servers::Test => api_of(
            |name| std::env::var(name).ok(),
            preferences.api.as_ref(),
            option_env!("HELIOGRAPH_API_ID").zip(option_env!("HELIOGRAPH_API_HASH")),
        )
        .unwrap_or_default(),
    };
    Settings { servers, api_id, api_hash, device: device() }
}

/// The environment's number, else the person's own, else the one that was compiled in.
fn api_of(
    variable: impl Fn(&str) -> Option<String>,
    own: Option<&ApiCredentials>,
    compiled_in: Option<(&str, &str)>,
) -> Option<(i32, String)> {
    let given = variable("HELIOGRAPH_API_ID").zip(variable("HELIOGRAPH_API_HASH"));
    let own = || own.map(|own| (own.id.to_string(), own.hash.clone()));
    let (id, hash) = given.or_else(own).or_else(|| compiled_in.map(|(id, hash)| (id.to_owned(), hash.to_owned())))?;
    let id = id.trim().parse().ok().filter(|id| *id > 0)?;
    let hash = hash.trim();
    (!hash.is_empty()).then(|| (id, hash.to_owned()))
}

fn device() -> Device {
    Device {
        model: "Desktop".into(),
        system: system(),
        app_version: env!("CARGO_PKG_VERSION").into(),
        language: words::current().id().into(),
    }
}

fn system() -> String {
    let named = if cfg!(target_os = "linux") {
        std::fs::read_to_string("/etc/os-release").ok().and_then(|text| {
            text.lines()
                .find_map(|line| line.strip_prefix("PRETTY_NAME="))
                .map(|name| name.trim_matches('"').to_owned())
        })
    } else {
        None
    };
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| std::env::consts::OS.to_owned())
}

/// Opens the window and returns when it is closed.
pub(super) fn window(boot: Boot) -> Result<(), Refusal> {
    crate::app::run(boot).map_err(|e| Refusal::new(format!("the window cannot be opened: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_for_telegram_comes_from_the_environment_the_person_or_is_compiled_in() {
        let environment = |id: &'static str, hash: &'static str| {
            move |name: &str| {
                Some(if name.ends_with("ID") { id } else { hash }.to_owned()).filter(|value| !value.is_empty())
            }
        };
        let own = ApiCredentials { id: 5, hash: "ef".into() };
        assert_eq!(api_of(environment("12", "ab"), Some(&own), Some(("3", "cd"))), Some((12, "ab".into())));
        assert_eq!(api_of(environment("", ""), Some(&own), Some(("3", "cd"))), Some((5, "ef".into())));
        assert_eq!(api_of(environment("", ""), None, Some(("3", "cd"))), Some((3, "cd".into())));
        assert_eq!(api_of(environment("12", ""), None, None), None);
        assert_eq!(api_of(environment("twelve", "ab"), None, None), None);
        assert_eq!(api_of(environment("-1", "ab"), None, None), None);
    }
}
