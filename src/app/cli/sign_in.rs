//! Signing in from a terminal.
//!
//! The answers come in the order code, password, passphrase. The passphrase opens the account's file, so until it is
//! known the session lives in a temporary file under a random key, and is then carried over as a whole.

use super::demo::Ending;
use super::output::{ask, say};
use super::{Global, Refusal, start};
use crate::preferences;
use crate::words::{self, Words, fl};
use heliograph_store::key::{self, Status};
use heliograph_store::{DataKey, KeyError, KeyStorage, Session, Store, StoredPeer};
use heliograph_telegram::{Account, CodeKind, Error, Settings, SignedIn};
use std::io::{BufRead, IsTerminal};
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// More is no answer of a person.
const LONGEST_ANSWER: u64 = 4096;

/// Signs in and keeps the session where the window will look for it.
pub(super) fn run(global: &Global, phone: &str) -> Result<(), Refusal> {
    let servers = start::servers(global)?;
    let (file, preferences) = preferences::File::open(&start::data_dir(global)?);
    let settings = start::settings(servers, &preferences);
    if settings.api_id == 0 {
        return Err(Refusal::new(
            "Telegram needs an api_id of your own: set HELIOGRAPH_API_ID and HELIOGRAPH_API_HASH \
             (https://my.telegram.org gives them)",
        ));
    }
    let place = start::place_to_sign_in(global, &start::data_dir(global)?, &settings.servers)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Refusal::new(format!("no threads: {e}")))?;
    let signed_in = runtime.block_on(async {
        let end = Ending::new()?;
        tokio::select! {
            done = async {
                if preferences.proxies.waits() {
                    // Never straight, where a proxy was chosen.
                    let proxies = file.read_proxies(true).await.map_err(|error| key_refusal(&error))?;
                    proxies.lead(&settings.ways);
                }
                sign_in(settings, place.key_storage, &place.folder, &place.id, phone).await
            } => done,
            () = end.wait() => Err(Refusal::new("interrupted")),
        }
    });
    // A thread may still be waiting for an answer.
    runtime.shutdown_background();
    signed_in
}

async fn sign_in(settings: Settings, storage: KeyStorage, folder: &Path, id: &str, phone: &str) -> Result<(), Refusal> {
    start::warn_of_file(storage, folder);
    // What can fail without an answer from the person shall fail before a code is sent.
    let ready = if storage == KeyStorage::Passphrase {
        if let Status::Kept(other @ (KeyStorage::Os | KeyStorage::File)) = key::status(folder) {
            return Err(Refusal::new(format!("the account's key is kept elsewhere: {other:?}")));
        }
        None
    } else {
        Some(open(storage, folder, id, None).await?)
    };
    let room = tempfile::Builder::new()
        .prefix("heliograph-sign-in-")
        .tempdir()
        .map_err(|e| Refusal::new(format!("no temporary folder: {e}")))?;
    let temporary = Store::open(&room.path().join("account"), &DataKey::random().map_err(|e| key_refusal(&e))?)
        .await
        .map_err(|e| Refusal::new(e.to_string()))?;
    let (account, _events) = Account::open(settings, temporary.clone()).await.map_err(|e| refusal(&e))?;
    let done = async {
        converse(&account, phone).await?;
        let store = match ready {
            Some(store) => store,
            None => {
                let new = key::status(folder) == Status::New;
                let passphrase =
                    hidden(if new { "New passphrase for the data on this computer" } else { "Passphrase" }).await?;
                open(storage, folder, id, Some(&passphrase)).await?
            }
        };
        account.shut_down().await;
        carry_over(&temporary, &store).await?;
        store.close().await.map_err(|e| Refusal::new(e.to_string()))
    }
    .await;
    if done.is_err() && account.me().is_some() {
        // A session that nobody has the key to shall not stay in the person's list.
        let _ = tokio::time::timeout(Duration::from_secs(6), account.log_out()).await;
    }
    account.shut_down().await;
    let _ = temporary.close().await;
    done
}

/// Opens the account's file; somebody who is signed in there is not thrown out.
async fn open(storage: KeyStorage, folder: &Path, id: &str, passphrase: Option<&str>) -> Result<Store, Refusal> {
    // Known before anything is made.
    let new = key::status(folder) == Status::New;
    let refused = |error: KeyError| match error {
        KeyError::NoService if new => Refusal(fl!(Words, "key-no-service-terminal")),
        error if new => Refusal(words::new_key_error(&error)),
        error => key_refusal(&error),
    };
    let key = key::obtain(storage, folder, id, passphrase).await.map_err(refused)?;
    let store = Store::open(folder, &key).await.map_err(|e| Refusal::new(e.to_string()))?;
    let session = store.session().await.map_err(|e| Refusal::new(e.to_string()))?;
    if session.me.is_some() {
        return Err(Refusal::new(format!("somebody is signed in already in {}: log out first", folder.display())));
    }
    Ok(store)
}

async fn converse(account: &Account, phone: &str) -> Result<(), Refusal> {
    let mut sent = account.request_code(phone).await.map_err(|e| refusal(&e))?;
    if *sent.kind() == CodeKind::EmailSetUp {
        let email = answer("E-mail address to get codes at").await?;
        account.set_up_email(&sent, &email).await.map_err(|e| refusal(&e))?;
        let code = answer("Code from the e-mail").await?;
        sent = account.verify_email(&sent, &code).await.map_err(|e| refusal(&e))?;
    }
    if sent.signed_in().is_some() {
        return Ok(());
    }
    let code = answer("Code").await?;
    match account.sign_in(&sent, code.trim()).await.map_err(|e| refusal(&e))? {
        SignedIn::Done(_) => {}
        SignedIn::Password { hint, .. } => {
            let hint = hint.filter(|hint| !hint.is_empty()).map(|hint| format!(" (hint: {})", plain(&hint)));
            let password = hidden(&format!("Password{}", hint.unwrap_or_default())).await?;
            account.check_password(&password).await.map_err(|e| refusal(&e))?;
        }
    }
    Ok(())
}

async fn carry_over(from: &Store, to: &Store) -> Result<(), Refusal> {
    let read = async {
        Ok::<(Session, Vec<StoredPeer>), heliograph_store::Error>((from.session().await?, from.peers().await?))
    };
    let (session, peers) = read.await.map_err(|e| Refusal::new(e.to_string()))?;
    if session.me.is_none() {
        return Err(Refusal::new("the server let us in, but did not say as whom"));
    }
    to.save_session(session, peers).await.map_err(|e| Refusal::new(e.to_string()))
}

fn refusal(error: &Error) -> Refusal {
    Refusal(words::error(error))
}

fn key_refusal(error: &KeyError) -> Refusal {
    Refusal(words::key_error(error))
}

/// What the server wrote must not steer the terminal.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Asks, and reads one line.
async fn answer(question: &str) -> Result<Zeroizing<String>, Refusal> {
    ask(question);
    let line = tokio::task::spawn_blocking(|| read_line(&mut std::io::stdin().lock())).await;
    if !std::io::stdin().is_terminal() {
        // At a terminal, the person's own line break ends the question.
        say("");
    }
    let line = line.map_err(|_| Refusal::new("standard input cannot be read"))?;
    line.map_err(|e| Refusal::new(format!("standard input cannot be read: {e}")))?
        .ok_or_else(|| Refusal::new("no answer on standard input"))
}

/// The same, and what is typed at a terminal does not show.
async fn hidden(question: &str) -> Result<Zeroizing<String>, Refusal> {
    let unseen = Unseen::begin();
    let answer = answer(question).await;
    if unseen.is_some() {
        // The end of the typed line did not show either.
        say("");
    }
    answer
}

fn read_line(input: &mut impl BufRead) -> std::io::Result<Option<Zeroizing<String>>> {
    use std::io::Read;
    // Room for the longest answer at once: growing would leave copies behind that nobody wipes.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST_ANSWER as usize + 1));
    input.take(LONGEST_ANSWER).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let text = std::str::from_utf8(line).map_err(|_| std::io::Error::other("it is not UTF-8"))?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

/// While it lives, the terminal does not show what is typed.
struct Unseen {
    #[cfg(unix)]
    before: rustix::termios::Termios,
}

impl Unseen {
    #[cfg(unix)]
    fn begin() -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(std::io::stdin()).ok()?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(std::io::stdin(), OptionalActions::Now, &silent).ok()?;
        Some(Self { before })
    }

    #[cfg(not(unix))]
    fn begin() -> Option<Self> {
        None
    }
}

#[cfg(unix)]
impl Drop for Unseen {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_an_answer() {
        let mut input: &[u8] = b"12345\r\n pass word \n\nlast";
        let mut next = || read_line(&mut input).unwrap().map(|line| line.to_string());
        assert_eq!(next().as_deref(), Some("12345"));
        assert_eq!(next().as_deref(), Some(" pass word "));
        assert_eq!(next().as_deref(), Some(""));
        assert_eq!(next().as_deref(), Some("last"));
        assert_eq!(next(), None);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(read_line(&mut &b"\xff\xfe\n"[..]).is_err());
    }

    #[test]
    fn a_hint_cannot_steer_the_terminal() {
        assert_eq!(plain("a\x1b[2Jb\nc"), "a[2Jbc");
    }

    #[tokio::test]
    async fn a_session_is_carried_over_whole_and_only_when_somebody_is_signed_in() {
        use heliograph_model::PeerId;
        use heliograph_store::Datacenter;
        let room = tempfile::tempdir().unwrap();
        let from = Store::open(&room.path().join("from"), &DataKey::random().unwrap()).await.unwrap();
        let to = Store::open(&room.path().join("to"), &DataKey::random().unwrap()).await.unwrap();
        from.save_datacenter(Datacenter { id: 4, salt: 9, ..Datacenter::default() }).await.unwrap();
        assert!(carry_over(&from, &to).await.is_err());
        assert!(to.session().await.unwrap().datacenters.is_empty());
        from.set_me(Some(PeerId::User(7))).await.unwrap();
        from.save_peers(vec![StoredPeer { id: PeerId::User(7), access_hash: Some(1), min: false }]).await.unwrap();
        carry_over(&from, &to).await.unwrap();
        assert_eq!(to.session().await.unwrap(), from.session().await.unwrap());
        assert_eq!(to.peers().await.unwrap(), from.peers().await.unwrap());
    }

    #[tokio::test]
    async fn somebody_who_is_signed_in_is_not_thrown_out() {
        let room = tempfile::tempdir().unwrap();
        let store = open(KeyStorage::File, room.path(), "1", None).await.unwrap();
        store.set_me(Some(heliograph_model::PeerId::User(7))).await.unwrap();
        store.close().await.unwrap();
        let Refusal(why) = open(KeyStorage::File, room.path(), "1", None).await.unwrap_err();
        assert!(why.contains("signed in already"), "{why}");
    }
}
