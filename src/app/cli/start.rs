//! From options to what the window needs to start.

use super::output::say;
use super::{CustomServer, Global, Refusal};
use crate::app::{Boot, Place, places};
use crate::platform::instance::{self, Claim, Instance, Request};
use crate::platform::{Platform, folders, renderer};
use crate::preferences::{self, ApiCredentials, Preferences};
use crate::words;
use heliograph_store::KeyStorage;
use heliograph_telegram::{Device, ServerKey, Servers, Settings};
use std::path::{Path, PathBuf};

/// What is sent to servers that are not Telegram's: they do not give numbers to programs.
const OPEN_API_ID: i32 = 1;
const OPEN_API_HASH: &str = "heliograph";

/// Instead of an id: an account that is not there yet.
const NEW: &str = "new";

/// People should know that whoever can read their files can read their messages.
pub(super) fn warn_of_file(key_storage: KeyStorage, folder: &Path) {
    if key_storage == KeyStorage::File {
        say(&format!("heliograph: the key of the data lies unprotected in a file, in {}", folder.display()));
    }
}

/// Opens the window; or, where another process has one for this data folder, hands over to that.
pub(super) fn first_or_hand_over(global: &Global, links: Vec<String>) -> Result<(), Refusal> {
    let data_dir = data_dir(global)?;
    let unusable = |e: std::io::Error| Refusal::new(format!("{}: {e}", data_dir.display()));
    match instance::claim(&data_dir).map_err(unusable)? {
        Claim::Ours(instance) => window(boot(global, data_dir, links, instance)?),
        Claim::Taken => {
            if global.account.is_some() {
                let servers = servers(global)?;
                let _there = chosen(global, &kept(global, &data_dir, &servers)?)?;
            }
            let request = Request { links, account: global.account.clone() };
            instance::hand_over(&data_dir, &request).map_err(|e| {
                Refusal::new(format!(
                    "Heliograph is open already with {}, but its window does not answer ({e})",
                    data_dir.display()
                ))
            })
        }
    }
}

/// Reads what has to be read and finds the accounts.
fn boot(global: &Global, data_dir: PathBuf, links: Vec<String>, instance: Instance) -> Result<Boot, Refusal> {
    let (preferences_file, preferences) = preferences::File::open(&data_dir);
    let preferences_file = preferences_file.with_keys_in(global.key_storage);
    words::set(preferences.language());
    // Before there is any other thread that reads the environment.
    renderer::prepare(preferences.renderer);
    let servers = servers(global)?;
    let accounts = accounts(global, &data_dir, &servers)?;
    let first = match chosen(global, &accounts)? {
        Some(place) => Some(place.id.clone()),
        None => preferences.last_account.clone(),
    };
    for place in &accounts {
        warn_of_file(place.key_storage, &place.folder);
    }
    Ok(Boot {
        data_dir,
        accounts,
        first,
        links,
        instance: Some(instance),
        key_storage: global.key_storage,
        settings: settings(servers, &preferences),
        demo: None,
        preferences,
        preferences_file,
        platform: Platform::default(),
    })
}

/// The account that the command line names.
fn chosen<'a>(global: &Global, accounts: &'a [Place]) -> Result<Option<&'a Place>, Refusal> {
    let Some(id) = &global.account else { return Ok(None) };
    let found = accounts.iter().find(|place| place.id == *id);
    found.map(Some).ok_or_else(|| Refusal::new("there is no account with this id (heliograph accounts lists them)"))
}

/// The account to sign in to: the one that the command line names, `new` for another one, else the first.
pub(super) fn place_to_sign_in(global: &Global, data_dir: &Path, servers: &Servers) -> Result<Place, Refusal> {
    if global.account.as_deref() == Some(NEW) {
        return Ok(Place::fresh(data_dir, servers, global.key_storage));
    }
    let accounts = accounts(global, data_dir, servers)?;
    let place = chosen(global, &accounts)?.or(accounts.first()).cloned();
    place.ok_or_else(|| Refusal::new("there is no account to sign in to"))
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
fn accounts(global: &Global, data_dir: &Path, servers: &Servers) -> Result<Vec<Place>, Refusal> {
    let mut accounts = kept(global, data_dir, servers)?;
    if accounts.is_empty() {
        accounts.push(Place::fresh(data_dir, servers, global.key_storage));
    }
    Ok(accounts)
}

/// The accounts at these servers that are kept.
pub(super) fn kept(global: &Global, data_dir: &Path, servers: &Servers) -> Result<Vec<Place>, Refusal> {
    places::all(data_dir, servers, global.key_storage).map_err(|e| Refusal::new(e.to_string()))
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
    Settings { servers, api_id, api_hash, device: device(), ways: preferences.proxies.ways() }
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
