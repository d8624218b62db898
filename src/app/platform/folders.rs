//! Where a person's files lie.

use std::path::{Path, PathBuf};

/// Where programs keep their data, ours in a folder of its own; `None` when not even a home folder is known.
pub fn data() -> Option<PathBuf> {
    data_in(&variable)
}

/// Where a person expects downloads: their download folder, else their home.
pub fn downloads() -> Option<PathBuf> {
    downloads_in(&variable)
}

/// What lasts for a session of the person at most, and is theirs alone.
pub fn runtime() -> Option<PathBuf> {
    if cfg!(target_os = "linux") {
        // Without one of the desktop's own, ours does: it is as private, and emptied by us.
        return variable("XDG_RUNTIME_DIR").filter(|folder| folder.is_dir()).or_else(data);
    }
    // The person's own on the other systems.
    Some(std::env::temp_dir())
}

/// The person's home.
pub fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute())
}

fn variable(name: &str) -> Option<PathBuf> {
    // Relative paths are to be ignored (XDG Base Directory Specification).
    std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute())
}

fn data_in(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if cfg!(windows) {
        return Some(variable("LOCALAPPDATA").or_else(|| variable("APPDATA"))?.join("Heliograph"));
    }
    let home = variable("HOME").or_else(home);
    if cfg!(target_os = "macos") {
        return Some(home?.join("Library/Application Support/Heliograph"));
    }
    Some(variable("XDG_DATA_HOME").or_else(|| Some(home?.join(".local/share")))?.join("heliograph"))
}

fn downloads_in(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let home = variable("HOME").or_else(home)?;
    let named = variable("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config")).join("user-dirs.dirs");
    let told = std::fs::read_to_string(named).ok().and_then(|text| download_dir(&text, &home));
    let usual = home.join("Downloads");
    told.into_iter().chain([usual]).find(|folder| folder.is_dir()).or(Some(home))
}

/// The `XDG_DOWNLOAD_DIR` of a `user-dirs.dirs`: shell syntax, always quoted, absolute or below `$HOME`.
fn download_dir(text: &str, home: &Path) -> Option<PathBuf> {
    let value = text.lines().rev().find_map(|line| {
        let (name, value) = line.trim().split_once('=')?;
        (name.trim_end() == "XDG_DOWNLOAD_DIR").then(|| value.trim())
    })?;
    let value = value.strip_prefix('"')?.strip_suffix('"')?;
    let mut plain = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        plain.push(if c == '\\' { characters.next()? } else { c });
    }
    let path = match plain.strip_prefix("$HOME") {
        Some("") => home.to_owned(),
        Some(rest) => home.join(rest.strip_prefix('/')?),
        None => PathBuf::from(plain),
    };
    path.is_absolute().then_some(path)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn the_download_folder_is_read_as_the_desktop_wrote_it() {
        let home = Path::new("/home/mara");
        let read = |text: &str| download_dir(text, home);
        let file = "# comment\nXDG_DESKTOP_DIR=\"$HOME/Desktop\"\nXDG_DOWNLOAD_DIR=\"$HOME/Hämtat\"\n";
        assert_eq!(read(file), Some("/home/mara/Hämtat".into()));
        assert_eq!(read("XDG_DOWNLOAD_DIR=\"/mnt/big\""), Some("/mnt/big".into()));
        assert_eq!(read("XDG_DOWNLOAD_DIR=\"$HOME/\""), Some("/home/mara/".into()));
        assert_eq!(read("XDG_DOWNLOAD_DIR=\"$HOME/a \\\"b\\\"\""), Some("/home/mara/a \"b\"".into()));
        for wrong in ["", "XDG_DOWNLOAD_DIR=", "XDG_DOWNLOAD_DIR=\"relative\"", "XDG_DOWNLOAD_DIR=\"$HOMEWARD/x\""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_offered() {
        let home = tempfile::tempdir().unwrap();
        let variable = |name: &str| (name == "HOME").then(|| home.path().to_owned());
        assert_eq!(downloads_in(&variable), Some(home.path().to_owned()));
        std::fs::create_dir(home.path().join("Downloads")).unwrap();
        assert_eq!(downloads_in(&variable), Some(home.path().join("Downloads")));
        std::fs::create_dir(home.path().join(".config")).unwrap();
        std::fs::write(home.path().join(".config/user-dirs.dirs"), "XDG_DOWNLOAD_DIR=\"$HOME/Mine\"\n").unwrap();
        assert_eq!(downloads_in(&variable), Some(home.path().join("Downloads")));
        std::fs::create_dir(home.path().join("Mine")).unwrap();
        assert_eq!(downloads_in(&variable), Some(home.path().join("Mine")));
    }

    #[test]
    fn data_lies_where_the_desktop_says() {
        let home = |name: &str| (name == "HOME").then(|| PathBuf::from("/home/mara"));
        assert_eq!(data_in(&home), Some("/home/mara/.local/share/heliograph".into()));
        let told = |name: &str| (name == "XDG_DATA_HOME").then(|| PathBuf::from("/data"));
        assert_eq!(data_in(&told), Some("/data/heliograph".into()));
    }
}
