//! An account at that server; Telethon at the same.

use crate::server::Far;
use heliograph_model::{ChatPage, Connection, Peer};
use heliograph_store::{DataKey, Store};
use heliograph_telegram::{Account, Device, Event, Events, ServerKey, Servers, Settings, SignedIn};
use std::collections::HashMap;
use std::path::PathBuf;
use tempfile::TempDir;

/// Whom everybody knows, and who has no password.
const CODE: &str = "\"code\":\"";
const PHONE: &str = "\"phone\":\"";

pub struct Client {
    pub account: Account,
    pub events: Events,
    pub folder: TempDir,
}

impl Client {
    /// Signs in with a store of its own, and waits until nothing is missing.
    pub async fn sign_in(far: &Far) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &DataKey::random().unwrap()).await.unwrap();
        let settings = Settings {
            servers: Servers::Custom { address: far.address.clone(), key: ServerKey::from_pem(&far.key).unwrap() },
            api_id: 1,
            api_hash: "0".repeat(32),
            ways: heliograph_telegram::Ways::default(),
            device: Device {
                model: "Benchmark".into(),
                system: "Linux".into(),
                app_version: "0".into(),
                language: "en".into(),
            },
        };
        let (account, mut events) = Account::open(settings, store).await.unwrap();
        // The first account of the descriptor that has no password.
        let said = far.descriptor.split("{\"phone\"").find(|said| said.contains("\"password\":null")).unwrap();
        let field = |of: &str| of.split('"').next().unwrap().to_owned();
        let said = format!("{{\"phone\"{said}");
        let phone = field(said.split(PHONE).nth(1).unwrap());
        let code = field(said.split(CODE).nth(1).unwrap());
        let sent = account.request_code(&phone).await.unwrap();
        assert!(matches!(account.sign_in(&sent, &code).await.unwrap(), SignedIn::Done(_)));
        while let Some(event) = events.recv().await {
            if event == Event::Connection(Connection::Online) {
                break;
            }
        }
        Self { account, events, folder }
    }

    /// The whole chat list.
    pub async fn chats(&self) -> ChatPage {
        let mut all = ChatPage::default();
        let mut after = None;
        loop {
            let page = self.account.chats(after, 100).await.unwrap();
            all.chats.extend(page.chats);
            all.peers.extend(page.peers);
            match page.next {
                Some(next) => after = Some(next),
                None => return all,
            }
        }
    }

    /// Whoever has a photo: from the list, and from what was said last in it.
    pub async fn faces(&self, most: usize) -> Vec<Peer> {
        let all = self.chats().await;
        let mut found: HashMap<_, Peer> = HashMap::new();
        let mut peers = all.peers;
        for chat in &all.chats {
            let page = self.account.history(chat.id, heliograph_model::Place::Newest, 100).await;
            peers.extend(page.map(|page| page.peers).unwrap_or_default());
        }
        for peer in peers.into_iter().filter(|peer| peer.photo.is_some()) {
            found.insert(peer.id, peer);
        }
        let mut found: Vec<Peer> = found.into_values().collect();
        found.sort_by_key(|peer| peer.id);
        found.truncate(most);
        found
    }
}

/// What Telethon needs for the same, by the names that it prints; `None` where it is not there.
pub async fn telethon(far: &Far, part: &str) -> Option<HashMap<String, f64>> {
    let top = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let python = top.join(".venv/bin/python");
    if !python.exists() {
        println!("  Telethon is not there: tests/run makes tests/.venv");
        return None;
    }
    let output = tokio::process::Command::new(python)
        .args(["-m", "bench.beside", part, &far.descriptor])
        .current_dir(&top)
        .stderr(std::process::Stdio::inherit())
        .output()
        .await
        .unwrap();
    assert!(output.status.success(), "Telethon did not do it");
    let said = String::from_utf8(output.stdout).unwrap();
    let figure = |line: &str| line.split_once('=').map(|(name, figure)| (name.to_owned(), figure.parse().unwrap()));
    Some(said.lines().filter_map(figure).collect())
}
