//! What the window loads at run time, and what to install where it is missing.
//!
//! winit and softbuffer load these by name and panic where one is absent; a missing one is found here first, and named.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

/// A library that a display needs: its name and the Debian package that has it.
type Library = (&'static str, &'static str);

const X11: [Library; 8] = [
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libxcb.so.1", "libxcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libXrender.so.1", "libxrender1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
];

const WAYLAND: [Library; 2] =
    [("libwayland-client.so.0", "libwayland-client0"), ("libxkbcommon.so.0", "libxkbcommon0")];

/// Which kind of display there is, as winit will choose it.
#[derive(Debug, PartialEq, Eq)]
enum Display {
    X11(String),
    Wayland(Option<PathBuf>),
}

/// Says in one line what keeps a window from opening, if anything does.
pub fn check() -> Result<(), String> {
    let display = display(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .ok_or("there is no display: neither WAYLAND_DISPLAY nor DISPLAY is set")?;
    let needed: &[Library] = match &display {
        Display::X11(_) => &X11,
        Display::Wayland(_) => &WAYLAND,
    };
    complain(needed, loads)?;
    reach(&display)
}

fn display(variable: impl Fn(&str) -> Option<String>) -> Option<Display> {
    if let Some(name) = variable("WAYLAND_DISPLAY") {
        let socket = match Path::new(&name) {
            path if path.is_absolute() => Some(path.to_owned()),
            name => variable("XDG_RUNTIME_DIR").map(|folder| Path::new(&folder).join(name)),
        };
        // An inherited connection goes before the named one.
        return Some(Display::Wayland(socket.filter(|_| variable("WAYLAND_SOCKET").is_none())));
    }
    if variable("WAYLAND_SOCKET").is_some() {
        return Some(Display::Wayland(None));
    }
    variable("DISPLAY").map(Display::X11)
}

fn complain(needed: &[Library], loads: impl Fn(&str) -> bool) -> Result<(), String> {
    let missing: Vec<&Library> = needed.iter().filter(|(name, _)| !loads(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
    let packages: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
    Err(format!(
        "missing at run time: {}; install it, on Debian and Ubuntu with: sudo apt install {}",
        names.join(", "),
        packages.join(" ")
    ))
}

#[allow(
    unsafe_code,
    reason = "loading a library runs its initialisers; these are the desktop's own, about to be loaded anyway"
)]
fn loads(name: &str) -> bool {
    // SAFETY: nothing of it is called, and it stays loaded: winit asks for the same one in a moment.
    match unsafe { libloading::Library::new(name) } {
        Ok(library) => {
            std::mem::forget(library);
            true
        }
        Err(_) => false,
    }
}

/// A display that does not answer would end in a panic deep inside.
fn reach(display: &Display) -> Result<(), String> {
    match display {
        Display::Wayland(None) => Ok(()),
        Display::Wayland(Some(socket)) => UnixStream::connect(socket)
            .map(drop)
            .map_err(|e| format!("the Wayland display {} does not answer: {e}", socket.display())),
        Display::X11(name) => {
            let Some(number) = local_number(name) else { return Ok(()) };
            let socket = PathBuf::from(format!("/tmp/.X11-unix/X{number}"));
            if UnixStream::connect(&socket).is_ok() || abstract_socket(&socket) {
                return Ok(());
            }
            Err(format!("the X display {name} does not answer"))
        }
    }
}

/// The number of a display on this machine; `None` for one that is reached in another way.
fn local_number(name: &str) -> Option<u32> {
    let rest = name.strip_prefix("unix:").or_else(|| name.strip_prefix(':'))?;
    rest.split('.').next()?.parse().ok()
}

fn abstract_socket(path: &Path) -> bool {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::SocketAddr;
    SocketAddr::from_abstract_name(path.as_os_str().as_bytes())
        .and_then(|address| UnixStream::connect_addr(&address))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_missing_is_named_with_its_package_in_one_line() {
        let line = complain(&X11, |name| !name.starts_with("libxkbcommon")).unwrap_err();
        assert_eq!(line.lines().count(), 1);
        for word in ["libxkbcommon.so.0", "libxkbcommon-x11.so.0", "libxkbcommon0", "libxkbcommon-x11-0"] {
            assert!(line.contains(word), "{line}");
        }
        assert!(!line.contains("libXi"), "{line}");
        assert_eq!(complain(&X11, |_| true), Ok(()));
    }

    #[test]
    fn what_is_not_there_does_not_load() {
        assert!(!loads("libno-such-library-4711.so.0"));
        assert!(loads("libc.so.6"));
    }

    #[test]
    fn the_display_is_chosen_as_winit_chooses_it() {
        fn of(variables: &[(&str, &str)]) -> Option<Display> {
            display(|name| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
        }
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("DISPLAY", ":1")]), Some(Display::X11(":1".into())));
        assert_eq!(
            of(&[("DISPLAY", ":1"), ("WAYLAND_DISPLAY", "wayland-0"), ("XDG_RUNTIME_DIR", "/run/user/1")]),
            Some(Display::Wayland(Some("/run/user/1/wayland-0".into())))
        );
        assert_eq!(of(&[("WAYLAND_DISPLAY", "/w")]), Some(Display::Wayland(Some("/w".into()))));
        assert_eq!(of(&[("WAYLAND_SOCKET", "5")]), Some(Display::Wayland(None)));
    }

    #[test]
    fn a_display_that_does_not_answer_is_one_line() {
        let why = reach(&Display::X11(":4711".into())).unwrap_err();
        assert!(why.contains(":4711") && why.lines().count() == 1);
        assert!(reach(&Display::Wayland(Some("/nowhere/wayland-0".into()))).is_err());
        // On another machine: only trying it can tell.
        assert_eq!(reach(&Display::X11("host:0".into())), Ok(()));
        assert_eq!(local_number(":10.0"), Some(10));
    }
}
