//! Opening addresses and folders with the desktop's own means.

use std::ffi::OsStr;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

/// So long an opener may take to fail. Some stay for as long as what they opened.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens an address of the web, a file or a folder. Returns whether the desktop took it.
pub async fn open(what: impl AsRef<OsStr>) -> bool {
    let (program, arguments): (_, &[&str]) = if cfg!(windows) {
        ("rundll32.exe", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(what).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let ended = tokio::time::timeout(PATIENCE, command.status()).await;
    ended.map_or(true, |status| status.is_ok_and(|status| status.success()))
}
