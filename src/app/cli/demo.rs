//! The demo server, alone or behind the window.

use super::DemoServer;
use super::output::{promise, say};
use super::start;
use super::{Demo, Refusal};
use crate::app::{Boot, DemoHint};
use crate::platform::{Platform, renderer};
use crate::preferences::{self, RendererChoice};
use crate::words;
use heliograph_demo::{DemoFolder, Options, Scenario, Server};
use heliograph_store::KeyStorage;
use heliograph_telegram::{ServerKey, Servers};
use std::path::Path;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Result<Runtime, Refusal> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("demo")
        .enable_all()
        .build()
        .map_err(|e| Refusal::new(format!("no threads for the demo server: {e}")))
}

/// What everybody is told who starts a demo server.
const NO_PLACE: &str = "heliograph: this is a demo server, NO PLACE FOR REAL MESSAGES: its private key is published, its \
    accounts are made up, and whoever reaches it can sign in. Nothing is kept.";
const REMOTE: &str = "heliograph: WARNING: OTHER COMPUTERS CAN REACH THIS DEMO SERVER. It protects nothing.";

/// Runs until SIGINT or SIGTERM.
pub(super) fn serve(asked: DemoServer) -> Result<(), Refusal> {
    let DemoServer { listen, seed, world, quiet, allow_remote, mtproxy_secret, scenario } = asked;
    let scenario = match scenario {
        Some(file) => Scenario::read(&file).map_err(|e| Refusal::new(e.to_string()))?,
        None => Scenario::default(),
    };
    let runtime = runtime()?;
    let served = runtime.block_on(async {
        // Before anybody can know of us, so that no early signal is missed.
        let end = Ending::new()?;
        let options =
            Options { listen, allow_remote, seed, world, quiet, mtproxy_secret, scenario, ..Options::default() };
        let server = Server::start(options)
            .await
            .map_err(|e| Refusal::new(format!("the demo server cannot listen on {listen}: {e}")))?;
        say(NO_PLACE);
        if !listen.ip().is_loopback() {
            say(REMOTE);
        }
        promise(&format!("{}\n", server.descriptor().trim_end()))?;
        end.wait().await;
        // Whoever is still connected does not hold up the end.
        let _ = tokio::time::timeout(Duration::from_secs(2), server.stop()).await;
        Ok(())
    });
    runtime.shutdown_background();
    served
}

/// Opens the window on a server of its own, keeps everything in a temporary folder, and removes that at the end.
pub(super) fn window(demo: Demo, links: Vec<String>) -> Result<(), Refusal> {
    // Before there is any other thread.
    renderer::prepare(RendererChoice::Auto);
    let runtime = runtime()?;
    let folder = tempfile::Builder::new()
        .prefix("heliograph-demo-")
        .tempdir()
        .map_err(|e| Refusal::new(format!("no temporary folder: {e}")))?;
    let server = runtime
        .block_on(Server::start(Options::default()))
        .map_err(|e| Refusal::new(format!("the demo server cannot start: {e}")))?;
    let key = ServerKey::from_pem(&server.public_key_pem()).map_err(|e| Refusal::new(e.to_string()))?;
    let sample = server
        .accounts()
        .into_iter()
        .find(|account| account.password.is_none())
        .ok_or_else(|| Refusal::new("the demo server has no account"))?;
    for (id, folder) in (2..).zip(folders()) {
        server.api().set_folder(&sample.phone, id, Some(folder));
    }
    let (preferences_file, preferences) = preferences::File::open(folder.path());
    let preferences_file = preferences_file.with_keys_in(Some(KeyStorage::File));
    words::set(preferences.language());
    let boot = Boot {
        data_dir: folder.path().to_owned(),
        accounts: Vec::new(),
        first: None,
        links,
        instance: None,
        key_storage: Some(KeyStorage::File),
        settings: start::settings(Servers::Custom { address: server.address().to_string(), key }, &preferences),
        demo: Some(DemoHint { phone: sample.phone, code: sample.code, signed_in: demo == Demo::SignedIn }),
        preferences,
        preferences_file,
        platform: Platform::default(),
    };
    let path = folder.path().to_owned();
    let end = runtime.block_on(async { Ending::new() })?;
    runtime.spawn(async move {
        end.wait().await;
        remove(&path);
        // The window has no way to hear of it; nothing that it holds outlives the folder.
        std::process::exit(0);
    });
    let shown = start::window(boot);
    drop(server);
    runtime.shutdown_background();
    remove(&folder.keep());
    shown
}

/// Folders to try.
fn folders() -> [DemoFolder; 4] {
    let work = vec!["Lighthouse Keepers", "Rust Reading Group", "Dr. Okafor"];
    [
        DemoFolder { title: "Personal", sign: Some("👤"), people: true, ..DemoFolder::default() },
        DemoFolder {
            title: "Work",
            sign: Some("💼"),
            pinned: vec!["Dr. Okafor"],
            included: work,
            ..DemoFolder::default()
        },
        DemoFolder { title: "News", sign: Some("📢"), broadcasts: true, ..DemoFolder::default() },
        DemoFolder {
            title: "🔭 Unread",
            people: true,
            groups: true,
            broadcasts: true,
            unread: true,
            ..DemoFolder::default()
        },
    ]
}

/// Threads that are just ending may still be writing: a second look finds what they left.
fn remove(folder: &Path) {
    for _ in 0..20 {
        match std::fs::remove_dir_all(folder) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return,
            _ => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// The signals that end a program.
pub(super) struct Ending {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Ending {
    #[cfg(unix)]
    pub(super) fn new() -> Result<Self, Refusal> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).map_err(|e| Refusal::new(format!("signals cannot be received: {e}")));
        Ok(Self { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    #[cfg(unix)]
    pub(super) async fn wait(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    pub(super) fn new() -> Result<Self, Refusal> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    pub(super) async fn wait(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_removed_with_all_that_is_in_it() {
        let room = tempfile::tempdir().unwrap();
        let folder = room.path().join("a");
        std::fs::create_dir_all(folder.join("b/c")).unwrap();
        std::fs::write(folder.join("b/c/d"), "x").unwrap();
        remove(&folder);
        assert!(!folder.exists());
        remove(&folder);
    }
}
