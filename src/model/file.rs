//! Files on Telegram's servers.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What `upload.getFile` needs to find a file (core.telegram.org/api/files#downloading-files). Opaque above `telegram`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileLocation {
    /// The datacenter that has it.
    pub dc: i32,
    /// Which table of the server it stands in.
    pub kind: FileKind,
    /// Its number there.
    pub id: i64,
    /// The key that shows that we may read it.
    pub access_hash: i64,
    /// Goes stale after some hours; then the message that held it must be fetched again
    /// (core.telegram.org/api/file_reference).
    pub file_reference: Arc<[u8]>,
    /// Which size of a photo (its letter); empty for the whole document.
    pub thumb: String,
    /// Bytes, as the server said; 0 when it did not say.
    pub size: u64,
}

/// The server's tables of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FileKind {
    /// A photo in one of its sizes.
    Photo,
    /// Any other file.
    Document,
}

/// Makes a name that came from the network fit to be a file name in one folder on any platform: no path, no control
/// or direction-changing characters, no names that Windows reserves, at most 200 bytes with the extension kept. Never empty.
pub fn safe_file_name(name: &str) -> String {
    const MOST: usize = 200;
    let flat: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c => c,
        })
        .filter(|c| !c.is_control() && !matches!(*c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
        .collect();
    // Hidden files, "..", and the trailing dots and spaces that Windows drops.
    let trimmed = flat.trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let trimmed = trimmed.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, extension) = match trimmed.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 16 => (stem, Some(extension)),
        _ => (trimmed, None),
    };
    let stem = if stem.is_empty() { "file" } else { stem };
    let device = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let reserved = matches!(device.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (device.len() == 4
            && (device.starts_with("COM") || device.starts_with("LPT"))
            && device.ends_with(|c: char| c.is_ascii_digit()));
    let stem = format!("{}{stem}", if reserved { "_" } else { "" });
    let room = MOST.saturating_sub(extension.map_or(0, |e| e.len() + 1));
    let mut cut = stem.len().min(room);
    while !stem.is_char_boundary(cut) {
        cut -= 1;
    }
    let stem = stem.get(..cut).unwrap_or_default().trim_end();
    match extension {
        Some(extension) => format!("{stem}.{extension}"),
        None => stem.trim_end_matches(|c: char| c == '.' || c.is_whitespace()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::safe_file_name;

    #[test]
    fn harmless_names_stay() {
        for name in ["report.pdf", "архив 2026.tar.gz", "写真.jpg", "no-extension", "a.b.c"] {
            assert_eq!(safe_file_name(name), name);
        }
    }

    #[test]
    fn paths_and_tricks_are_flattened() {
        assert_eq!(safe_file_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe_file_name("/etc/passwd"), "_etc_passwd");
        assert_eq!(safe_file_name("C:\\x.txt"), "C__x.txt");
        assert_eq!(safe_file_name(".bashrc"), "bashrc");
        assert_eq!(safe_file_name(".."), "file");
        assert_eq!(safe_file_name(""), "file");
        assert_eq!(safe_file_name("a\n\0b.txt"), "ab.txt");
        assert_eq!(safe_file_name("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(safe_file_name("con.txt"), "_con.txt");
        assert_eq!(safe_file_name("LPT1"), "_LPT1");
        assert_eq!(safe_file_name("trailing. . "), "trailing");
    }

    #[test]
    fn long_names_keep_their_extension() {
        let name = safe_file_name(&format!("{}.pdf", "ж".repeat(400)));
        assert!(name.len() <= 200 && name.ends_with(".pdf") && name.starts_with('ж'));
    }

    #[test]
    fn whatever_a_name_is_it_names_a_file_in_one_folder() {
        let effort = std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
        let pieces = [
            "a",
            "file",
            ".",
            "..",
            "/",
            "\\",
            ":",
            " ",
            "\0",
            "\n",
            "con",
            "NUL",
            "com1",
            ".txt",
            ".tar.gz",
            "é",
            "漢字",
            "😀",
            "\u{202e}",
            "\u{feff}",
            "~",
            "$HOME",
            "%00",
            "-",
            "\u{3000}",
            "\u{a0}",
            "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
        ];
        let mut state = 1_u64;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..((1_000_000.0 * effort) as usize).max(20_000) {
            let mut name = String::new();
            for _ in 0..draw(14) {
                match draw(9) {
                    0 => name.extend(char::from_u32(draw(0x11_0000) as u32)),
                    _ => name.push_str(pieces[draw(pieces.len())]),
                }
            }
            let safe = safe_file_name(&name);
            let mut parts = std::path::Path::new(&safe).components();
            assert!(
                matches!(parts.next(), Some(std::path::Component::Normal(_))) && parts.next().is_none(),
                "{safe:?}"
            );
            assert!(safe.len() <= 200 && !safe.starts_with('.') && !safe.ends_with(['.', ' ']), "{safe:?}");
            assert!(!safe.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c)), "{safe:?}");
            assert_eq!(safe_file_name(&safe), safe, "{name:?}");
        }
    }
}
