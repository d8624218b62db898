use super::*;
use crate::Store;
use keyring::Vault;
use std::collections::HashMap;
use std::fs;

/// Cheap enough for many tests.
const CHEAP: passphrase::Cost = passphrase::Cost { memory_kib: 64, passes: 1, lanes: 1 };

/// A keyring whose moods can be chosen.
#[derive(Default)]
struct Fake {
    kept: HashMap<String, DataKey>,
    fails: Option<KeyError>,
    forgets: bool,
}

impl Vault for Fake {
    fn get(&mut self, account: &str) -> Result<Option<DataKey>, KeyError> {
        self.fails.clone().map_or(Ok(()), Err)?;
        Ok(self.kept.get(account).cloned())
    }

    fn set(&mut self, account: &str, key: &DataKey) -> Result<(), KeyError> {
        self.fails.clone().map_or(Ok(()), Err)?;
        if !self.forgets {
            self.kept.insert(account.into(), key.clone());
        }
        Ok(())
    }

    fn remove(&mut self, account: &str) -> Result<(), KeyError> {
        self.kept.remove(account);
        Ok(())
    }
}

async fn make_store(folder: &Path, key: &DataKey) {
    Store::open(folder, key).await.unwrap().close().await.unwrap();
}

#[tokio::test]
async fn the_keyring_keeps_one_key_an_account() {
    let room = tempfile::tempdir().unwrap();
    let mut vault = Fake::default();
    let key = from_keyring(&mut vault, room.path(), "one").unwrap();
    make_store(room.path(), &key).await;
    assert_eq!(from_keyring(&mut vault, room.path(), "one").unwrap(), key);
    let other = tempfile::tempdir().unwrap();
    assert_ne!(from_keyring(&mut vault, other.path(), "two").unwrap(), key);
}

#[tokio::test]
async fn no_new_key_is_made_where_a_store_exists() {
    let room = tempfile::tempdir().unwrap();
    make_store(room.path(), &DataKey::random().unwrap()).await;
    let mut vault = Fake::default();
    assert_eq!(from_keyring(&mut vault, room.path(), "one"), Err(KeyError::Missing));
    assert!(vault.kept.is_empty());
    assert_eq!(from_file(room.path()), Err(KeyError::Missing));
    assert_eq!(from_passphrase(room.path(), Some("words"), CHEAP), Err(KeyError::Missing));
    assert!(!room.path().join(file::NAME).exists() && !room.path().join(passphrase::NAME).exists());
}

#[test]
fn the_keyrings_troubles_are_passed_on_and_a_later_try_works() {
    let room = tempfile::tempdir().unwrap();
    let mut vault = Fake::default();
    for trouble in [KeyError::Locked, KeyError::NoService, KeyError::Corrupt] {
        vault.fails = Some(trouble.clone());
        assert_eq!(from_keyring(&mut vault, room.path(), "one"), Err(trouble));
    }
    vault.fails = None;
    vault.forgets = true;
    assert!(matches!(from_keyring(&mut vault, room.path(), "one"), Err(KeyError::Io(_))));
    vault.forgets = false;
    from_keyring(&mut vault, room.path(), "one").unwrap();
}

/// In a process of its own, since the bus is found through the environment.
#[tokio::test]
async fn without_a_bus_or_without_a_service_there_is_no_keyring() {
    const CHILD: &str = "HELIOGRAPH_KEYRING_TEST";
    if std::env::var_os(CHILD).is_some() {
        let room = tempfile::tempdir().unwrap();
        let got = obtain(KeyStorage::Os, room.path(), "one", None).await;
        assert_eq!(got, Err(KeyError::NoService));
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0);
        assert_eq!(destroy(KeyStorage::Os, room.path(), "one").await, Err(KeyError::NoService));
        return;
    }
    let config = tempfile::tempdir().unwrap();
    let bus = empty_bus(config.path());
    let addresses = ["unix:path=/nowhere/at/all", "nonsense"].map(str::to_owned);
    for address in addresses.into_iter().chain(bus.as_ref().map(|(_, address)| address.clone())) {
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "key::tests::without_a_bus_or_without_a_service_there_is_no_keyring"])
            .env(CHILD, "1")
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{address}");
    }
    if let Some((mut daemon, _)) = bus {
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }
}

/// A session bus with nobody on it, where there is a `dbus-daemon`.
fn empty_bus(folder: &Path) -> Option<(std::process::Child, String)> {
    let config = folder.join("bus.conf");
    let text = format!(
        "<busconfig><type>session</type><listen>unix:path={}</listen><policy context=\"default\">\
         <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
        folder.join("socket").display()
    );
    fs::write(&config, text).unwrap();
    let mut daemon = std::process::Command::new("dbus-daemon")
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--print-address"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .ok()?;
    let mut address = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(daemon.stdout.take()?), &mut address).ok()?;
    Some((daemon, address.trim().to_owned()))
}

#[tokio::test]
async fn a_key_in_a_file_is_found_again() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("accounts/1");
    assert_eq!(status(&folder), Status::New);
    let key = obtain(KeyStorage::File, &folder, "1", None).await.unwrap();
    assert_eq!(status(&folder), Status::Kept(KeyStorage::File));
    make_store(&folder, &key).await;
    assert_eq!(obtain(KeyStorage::File, &folder, "1", None).await.unwrap(), key);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join(file::NAME))), (0o700, 0o600));
    }
    fs::write(folder.join(file::NAME), [1; 31]).unwrap();
    assert_eq!(obtain(KeyStorage::File, &folder, "1", None).await, Err(KeyError::Corrupt));
    for _ in 0..2 {
        destroy(KeyStorage::File, &folder, "1").await.unwrap();
    }
    assert_eq!(obtain(KeyStorage::File, &folder, "1", None).await, Err(KeyError::Missing));
}

#[tokio::test]
async fn a_passphrase_is_asked_for_and_unwraps_the_key() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("accounts/1");
    let obtain = async |words: Option<&str>| obtain(KeyStorage::Passphrase, &folder, "1", words).await;
    assert_eq!(obtain(None).await, Err(KeyError::NeedPassphrase { new: true }));
    assert_eq!(obtain(Some("")).await, Err(KeyError::NeedPassphrase { new: true }));
    assert!(!folder.exists());
    let key = obtain(Some("open sesame")).await.unwrap();
    assert_eq!(status(&folder), Status::Kept(KeyStorage::Passphrase));
    make_store(&folder, &key).await;
    assert_eq!(obtain(None).await, Err(KeyError::NeedPassphrase { new: false }));
    assert_eq!(obtain(Some("open sesamE")).await, Err(KeyError::WrongPassphrase));
    assert_eq!(obtain(Some("open sesame")).await.unwrap(), key);
    destroy(KeyStorage::Passphrase, &folder, "1").await.unwrap();
    assert_eq!(obtain(Some("open sesame")).await, Err(KeyError::Missing));
}

#[test]
fn the_real_cost_is_the_one_that_is_promised() {
    let key = DataKey::random().unwrap();
    let file = passphrase::wrap(&key, "words", passphrase::Cost::STRONG).unwrap();
    assert_eq!(&file[..9], b"HELIOKEY\x01");
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
    assert_eq!((number(9), number(13), number(17)), (64 * 1024, 3, 1));
    assert_eq!(passphrase::unwrap(&file, "words").unwrap(), key);
    assert!(!file.windows(32).any(|part| part == key.bytes()));
}

#[test]
fn every_changed_byte_of_the_wrapped_key_is_noticed() {
    let file = passphrase::wrap(&DataKey::random().unwrap(), "words", CHEAP).unwrap();
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 1;
        let got = passphrase::unwrap(&changed, "words");
        assert!(matches!(got, Err(KeyError::Corrupt | KeyError::WrongPassphrase)), "byte {at}: {got:?}");
    }
    for length in 0..file.len() {
        assert_eq!(passphrase::unwrap(&file[..length], "words"), Err(KeyError::Corrupt), "length {length}");
    }
    let mut longer = file.clone();
    longer.push(0);
    assert_eq!(passphrase::unwrap(&longer, "words"), Err(KeyError::Corrupt));
}

#[test]
fn a_file_cannot_ask_for_more_memory_than_there_is() {
    let mut file = passphrase::wrap(&DataKey::random().unwrap(), "words", CHEAP).unwrap();
    file[9..13].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(passphrase::unwrap(&file, "words"), Err(KeyError::Corrupt));
}

#[test]
fn each_wrapping_is_another() {
    let key = DataKey::random().unwrap();
    let wrap = || passphrase::wrap(&key, "words", CHEAP).unwrap();
    assert_ne!(wrap(), wrap());
}

#[tokio::test]
async fn a_keyring_that_never_answers_is_given_up() {
    let never = aside(Duration::from_millis(20), || {
        std::thread::sleep(Duration::from_secs(600));
        Ok(())
    });
    assert_eq!(never.await, Err(KeyError::NoAnswer));
}

#[tokio::test]
async fn an_empty_file_is_no_store_yet() {
    let room = tempfile::tempdir().unwrap();
    fs::write(room.path().join(DATABASE), b"").unwrap();
    assert_eq!(status(room.path()), Status::New);
    let key = obtain(KeyStorage::File, room.path(), "1", None).await.unwrap();
    make_store(room.path(), &key).await;
}

#[test]
fn the_key_is_not_printed() {
    assert_eq!(format!("{:?}", DataKey::from_bytes([9; 32])), "DataKey(..)");
}
