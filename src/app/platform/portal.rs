//! The desktop's own file dialog, through its portal (flatpak.github.io/xdg-desktop-portal, FileChooser).
//!
//! `rfd` shows it, but may wait for ever and ends the process when the session bus goes away. So it runs in a
//! short-lived process of our own binary, and only after the portal was seen to be there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

const NAME: &str = "org.freedesktop.portal.Desktop";
const OBJECT: &str = "/org/freedesktop/portal/desktop";
const FILE_CHOOSER: &str = "org.freedesktop.portal.FileChooser";

/// So long the portal may take to say that it is there; starting it is part of that.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where to look for the portal and what to run as its helper. The default is the session's bus and ourselves.
#[derive(Clone, Debug, Default)]
pub struct Portal {
    /// Address of the bus, instead of the session's.
    pub bus: Option<String>,
    /// A command that takes the arguments of our own `__save-dialog`, instead of ourselves.
    pub helper: Option<Vec<OsString>>,
}

/// What a person decided in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This path; that it may exist already was asked in the dialog.
    Chosen(PathBuf),
    /// Not to save.
    Cancelled,
    /// There was no dialog to decide in.
    NoDialog,
}

impl Portal {
    /// Shows the dialog, if there is one, and waits for the decision. Dropping the future takes the dialog away.
    pub async fn ask_where(&self, name: &str, folder: Option<&Path>) -> Choice {
        if !self.is_there().await {
            return Choice::NoDialog;
        }
        self.run_helper(name, folder).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the save dialog's helper cannot be run");
            Choice::NoDialog
        })
    }

    /// Whether a portal with file dialogs answers on the bus, or can be started there, within two seconds.
    pub async fn is_there(&self) -> bool {
        match tokio::time::timeout(PATIENCE, self.probe()).await {
            Ok(Ok(offers)) => offers,
            Ok(Err(error)) => {
                tracing::debug!(%error, "no portal");
                false
            }
            Err(_) => {
                tracing::debug!("the portal does not answer");
                false
            }
        }
    }

    async fn probe(&self) -> zbus::Result<bool> {
        let builder = match &self.bus {
            Some(address) => zbus::connection::Builder::address(address.as_str())?,
            None => zbus::connection::Builder::session()?,
        };
        let connection = builder.build().await?;
        // A portal without a backend for files is there as well, but has no such interface.
        let version = connection
            .call_method(Some(NAME), OBJECT, Some("org.freedesktop.DBus.Properties"), "Get", &(FILE_CHOOSER, "version"))
            .await;
        if version.is_ok() {
            return Ok(true);
        }
        // One without properties may still list it.
        let answer = connection
            .call_method(Some(NAME), OBJECT, Some("org.freedesktop.DBus.Introspectable"), "Introspect", &())
            .await?;
        Ok(answer.body().deserialize::<String>()?.contains(FILE_CHOOSER))
    }

    async fn run_helper(&self, name: &str, folder: Option<&Path>) -> std::io::Result<Choice> {
        let command = match &self.helper {
            Some(command) => command.clone(),
            None => vec![std::env::current_exe()?.into_os_string()],
        };
        let (program, leading) = command.split_first().ok_or(std::io::ErrorKind::InvalidInput)?;
        let mut command = Command::new(program);
        // A name that begins with a dash is still a name.
        let mut named = OsString::from("--name=");
        named.push(name);
        command.args(leading).arg("__save-dialog").arg(named);
        if let Some(folder) = folder {
            command.arg("--folder").arg(folder);
        }
        if let Some(bus) = &self.bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", bus);
        }
        // Where the portal fails, rfd would run zenity, with no way to tell: it shall not find it.
        if self.helper.is_none() {
            command.env("PATH", "/nonexistent");
        }
        let output = command
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .output()
            .await?;
        Ok(match output.status.code() {
            Some(code) if code == i32::from(super::save_dialog::CHOSEN) => {
                chosen(output.stdout).map_or(Choice::NoDialog, Choice::Chosen)
            }
            Some(code) if code == i32::from(super::save_dialog::CANCELLED) => Choice::Cancelled,
            _ => Choice::NoDialog,
        })
    }
}

/// The path that the helper printed: everything up to the final line break, since a name may hold others.
fn chosen(mut printed: Vec<u8>) -> Option<PathBuf> {
    if printed.last() == Some(&b'\n') {
        printed.pop();
    }
    #[cfg(unix)]
    let path = PathBuf::from(<OsString as std::os::unix::ffi::OsStringExt>::from_vec(printed));
    #[cfg(not(unix))]
    let path = PathBuf::from(String::from_utf8(printed).ok()?);
    path.is_absolute().then_some(path)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
pub(super) mod tests {
    use super::*;
    use std::io::BufRead;
    use std::process::Child;

    /// Runs this shell text with the helper's arguments as `$1`, `$2` ...
    fn helper(script: &str) -> Option<Vec<OsString>> {
        Some(["sh", "-c", script, "helper"].map(OsString::from).into())
    }

    /// A session bus of the test's own, with nobody on it.
    pub(in super::super) struct Bus {
        process: Child,
        pub(in super::super) address: String,
        _config: tempfile::TempDir,
    }

    impl Bus {
        /// `None` where there is no `dbus-daemon`.
        pub(in super::super) fn start() -> Option<Self> {
            let config = tempfile::tempdir().unwrap();
            let path = config.path().join("bus.conf");
            let socket = config.path().join("socket");
            let text = format!(
                "<busconfig><type>session</type><listen>unix:path={}</listen><policy context=\"default\">\
                 <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
                socket.display()
            );
            std::fs::write(&path, text).unwrap();
            let mut process = std::process::Command::new("dbus-daemon")
                .arg(format!("--config-file={}", path.display()))
                .args(["--nofork", "--print-address"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .ok()?;
            let mut address = String::new();
            std::io::BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
            Some(Self { process, address: address.trim().into(), _config: config })
        }
    }

    impl Drop for Bus {
        fn drop(&mut self) {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }

    struct FileChooser;

    #[zbus::interface(name = "org.freedesktop.portal.FileChooser")]
    impl FileChooser {
        fn nothing(&self) {}
    }

    struct Versioned;

    #[zbus::interface(name = "org.freedesktop.portal.FileChooser")]
    impl Versioned {
        #[zbus(property, name = "version")]
        fn version(&self) -> u32 {
            4
        }
    }

    struct Notification;

    #[zbus::interface(name = "org.freedesktop.portal.Notification")]
    impl Notification {
        fn nothing(&self) {}
    }

    async fn offer(bus: &Bus, interface: impl zbus::object_server::Interface) -> zbus::Connection {
        zbus::connection::Builder::address(bus.address.as_str())
            .unwrap()
            .serve_at(OBJECT, interface)
            .unwrap()
            .name(NAME)
            .unwrap()
            .build()
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn without_a_bus_there_is_no_dialog_and_no_helper_runs() {
        let room = tempfile::tempdir().unwrap();
        let trace = room.path().join("ran");
        for bus in ["unix:path=/nowhere/at/all", "nonsense", ""] {
            let portal =
                Portal { bus: Some(bus.into()), helper: helper(&format!("touch '{}'; echo /tmp/x", trace.display())) };
            assert_eq!(portal.ask_where("a.txt", None).await, Choice::NoDialog, "{bus}");
        }
        assert!(!trace.exists());
    }

    #[tokio::test]
    async fn a_bus_that_never_answers_is_given_up() {
        let room = tempfile::tempdir().unwrap();
        let socket = room.path().join("bus");
        let _silent = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let portal = Portal { bus: Some(format!("unix:path={}", socket.display())), helper: None };
        assert!(!tokio::time::timeout(Duration::from_secs(30), portal.is_there()).await.unwrap());
    }

    #[tokio::test]
    async fn only_a_portal_with_file_dialogs_counts() {
        let Some(bus) = Bus::start() else { return };
        let portal = Portal { bus: Some(bus.address.clone()), helper: None };
        assert!(!portal.is_there().await);
        let other = offer(&bus, Notification).await;
        assert!(!portal.is_there().await);
        drop(other);
        let Some(bus) = Bus::start() else { return };
        let portal = Portal { bus: Some(bus.address.clone()), helper: None };
        let _files = offer(&bus, FileChooser).await;
        assert!(portal.is_there().await);
        let Some(bus) = Bus::start() else { return };
        let portal = Portal { bus: Some(bus.address.clone()), helper: None };
        let _files = offer(&bus, Versioned).await;
        assert!(portal.is_there().await);
    }

    #[tokio::test]
    async fn the_helper_says_what_was_decided() {
        let ask = async |script: &str, name: &str| {
            Portal { bus: None, helper: helper(script) }
                .run_helper(name, Some(Path::new("/some/folder")))
                .await
                .unwrap()
        };
        assert_eq!(ask("echo /tmp/here.txt", "a").await, Choice::Chosen("/tmp/here.txt".into()));
        assert_eq!(ask("printf '/tmp/two\\nlines\\n'", "a").await, Choice::Chosen("/tmp/two\nlines".into()));
        assert_eq!(ask("exit 3", "a").await, Choice::Cancelled);
        for broken in ["exit 1", "exit 4", "kill -9 $$", "echo relative", "true"] {
            assert_eq!(ask(broken, "a").await, Choice::NoDialog, "{broken}");
        }
        let arguments = ask("printf '/%s' \"$*\"", "-odd name").await;
        assert_eq!(arguments, Choice::Chosen("/__save-dialog --name=-odd name --folder /some/folder".into()));
    }

    #[tokio::test]
    async fn a_helper_that_is_not_there_is_no_dialog() {
        let Some(bus) = Bus::start() else { return };
        let _files = offer(&bus, FileChooser).await;
        let portal = Portal { bus: Some(bus.address.clone()), helper: Some(vec!["/no/such/program".into()]) };
        assert_eq!(portal.ask_where("a", None).await, Choice::NoDialog);
    }

    #[tokio::test]
    async fn dropping_the_question_takes_the_dialog_away() {
        let room = tempfile::tempdir().unwrap();
        let number = room.path().join("pid");
        let script = format!("echo $$ > '{0}.new'; mv '{0}.new' '{0}'; exec sleep 600", number.display());
        let portal = Portal { bus: None, helper: helper(&script) };
        let question = tokio::spawn(async move { portal.run_helper("a", None).await });
        while !number.exists() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let process = PathBuf::from(format!("/proc/{}/exe", std::fs::read_to_string(&number).unwrap().trim()));
        assert!(std::fs::read_link(&process).is_ok());
        question.abort();
        tokio::time::timeout(Duration::from_secs(30), async {
            while std::fs::read_link(&process).is_ok() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await
        .unwrap();
    }
}
