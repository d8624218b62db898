//! Words that lead somewhere.

use heliograph_model::{EntityKind, FormattedText};
use std::ops::Range;

/// Where pressed words lead.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// An address of the web.
    Url(String),
    /// An address of the web behind words that look like another one, or whose name mixes scripts: to be asked about.
    Masked {
        /// The words that stand in the text.
        shown: String,
        /// Where they really lead.
        url: String,
    },
    /// A public name, without its "@".
    Mention(String),
    /// A person without a public name, by id.
    MentionName(i64),
    /// With its "#".
    Hashtag(String),
    /// With its "$".
    Cashtag(String),
    /// A command to a bot, with its "/".
    Command(String),
    /// An address of e-mail.
    Email(String),
    /// A telephone number.
    Phone(String),
    /// The number of a bank card.
    BankCard(String),
}

impl Link {
    /// Where words of this kind lead, if anywhere.
    pub(super) fn new(text: &FormattedText, range: Range<usize>, kind: &EntityKind) -> Option<Self> {
        let words = text.text.get(range)?.trim();
        Some(match kind {
            EntityKind::Url => Self::web(words, words)?,
            EntityKind::TextUrl(url) => Self::web(words, url)?,
            EntityKind::Mention => Self::Mention(words.trim_start_matches('@').to_owned()),
            EntityKind::MentionName(id) => Self::MentionName(*id),
            EntityKind::Hashtag => Self::Hashtag(words.to_owned()),
            EntityKind::Cashtag => Self::Cashtag(words.to_owned()),
            EntityKind::BotCommand => Self::Command(words.to_owned()),
            EntityKind::Email => Self::Email(words.to_owned()),
            EntityKind::Phone => Self::Phone(words.to_owned()),
            EntityKind::BankCard => Self::BankCard(words.to_owned()),
            _ => return None,
        })
    }

    fn web(shown: &str, address: &str) -> Option<Self> {
        let url = web_address(address)?;
        let masked = mixes_scripts(host(&url)) || (shown != address && looks_elsewhere(shown, &url));
        Some(if masked { Self::Masked { shown: shown.to_owned(), url } } else { Self::Url(url) })
    }

    /// Where it leads, in one line, for those who want to know before they press: only where the words do not say it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Url(url) | Self::Masked { url, .. } => Some(url),
            _ => None,
        }
    }
}

/// An address of the web. Others (files, programs) are never followed.
fn web_address(words: &str) -> Option<String> {
    let words = words.trim();
    if words.contains(char::is_control) {
        return None;
    }
    match words.split_once("://") {
        Some((scheme, rest)) => {
            let known = ["http", "https", "tg"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
            (known && !rest.is_empty()).then(|| words.to_owned())
        }
        None if words.contains(|c: char| c == ':' && !words.contains('.')) || words.is_empty() => None,
        None if words.to_ascii_lowercase().starts_with("javascript:") => None,
        None => Some(format!("https://{words}")),
    }
}

/// The name of the machine that an address leads to.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    // What stands before "@" is a user's name, often made to look like a host.
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// Whether words look like an address, and that is not where they lead.
fn looks_elsewhere(shown: &str, url: &str) -> bool {
    let plain = |host: &str| {
        let host = host.trim_end_matches('.').to_lowercase();
        host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
    };
    let target = plain(host(url));
    shown.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | ',' | '|')).any(|word| {
        let name = plain(host(word));
        let has_scheme = word.contains("://");
        let dotted = name.rsplit_once('.').is_some_and(|(front, end)| {
            let end_is_name = end.chars().count() >= 2 && end.chars().all(char::is_alphabetic);
            let is_number = front.split('.').count() == 3 && name.split('.').all(|part| part.parse::<u8>().is_ok());
            !front.is_empty() && (end_is_name || is_number)
        });
        (has_scheme || dotted) && !name.is_empty() && name != target
    })
}

/// Whether a name mixes letters of scripts that are mistaken for each other: Latin, Cyrillic and Greek, or hides them
/// ("xn--" is how such names travel).
fn mixes_scripts(host: &str) -> bool {
    host.split('.').any(|label| {
        let mut seen = [false; 3];
        let mut other = false;
        for c in label.chars() {
            match c {
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => seen[0] = true,
                '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => seen[1] = true,
                '\u{400}'..='\u{52f}' => seen[2] = true,
                '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                    other = true;
                }
                _ => {}
            }
        }
        other || seen.iter().filter(|seen| **seen).count() > 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(words: &str, kind: EntityKind) -> Option<Link> {
        Link::new(&FormattedText::plain(words), 0..words.len(), &kind)
    }

    fn masked(shown: &str, url: &str) -> bool {
        matches!(link(shown, EntityKind::TextUrl(url.into())), Some(Link::Masked { .. }))
    }

    #[test]
    fn links_lead_to_the_web_only() {
        let url = |words: &str| link(words, EntityKind::Url);
        assert_eq!(url("keepers.example/align"), Some(Link::Url("https://keepers.example/align".into())));
        assert_eq!(url("http://a.example"), Some(Link::Url("http://a.example".into())));
        assert_eq!(url("file:///etc/passwd"), None);
        assert_eq!(link("here", EntityKind::TextUrl("javascript://x".into())), None);
        assert_eq!(link("here", EntityKind::TextUrl("javascript:alert(1.5)".into())), None);
        assert_eq!(link("here", EntityKind::TextUrl("https://a.example/\nx".into())), None);
        assert_eq!(link("@ada", EntityKind::Mention), Some(Link::Mention("ada".into())));
        assert_eq!(link("#sky", EntityKind::Hashtag), Some(Link::Hashtag("#sky".into())));
    }

    #[test]
    fn words_that_look_like_another_address_are_told() {
        assert!(masked("bank.example", "https://bank.example.evil.test/login"));
        assert!(masked("https://bank.example/a", "https://evil.test/a"));
        assert!(masked("go to bank.example now", "https://evil.test"));
        assert!(masked("bank.example", "https://bank.example@evil.test/"));
        assert!(masked("10.0.0.1", "https://10.0.0.2"));
        assert!(!masked("here", "https://evil.test"));
        assert!(!masked("Bank.example", "https://www.bank.example/login"));
        assert!(!masked("version 1.2", "https://a.example"));
        assert!(!masked("so... yes", "https://a.example"));
    }

    #[test]
    fn names_that_mix_scripts_are_told() {
        // A Cyrillic "а" among Latin letters.
        assert!(matches!(link("pаypal.example", EntityKind::Url), Some(Link::Masked { .. })));
        assert!(masked("pay", "https://pаypal.example"));
        assert!(matches!(link("müller.example", EntityKind::Url), Some(Link::Url(_))));
        assert!(matches!(link("почта.example", EntityKind::Url), Some(Link::Url(_))));
    }
}
