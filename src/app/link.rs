//! Links into Telegram, see <https://core.telegram.org/api/links>.

use heliograph_telegram::Proxy;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The chat with this public name.
    Name(String),
    /// A proxy to be added.
    Proxy(Proxy),
    /// Something in Telegram that we cannot open yet.
    Other,
}

/// The hosts that Telegram's own links are at.
const HOSTS: [&str; 3] = ["t.me", "telegram.me", "telegram.dog"];
/// Nobody writes longer ones.
const LONGEST: usize = 4096;

/// Reads a link; `None` where it does not lead into Telegram.
pub fn parse(link: &str) -> Option<Link> {
    let link = link.trim();
    if link.len() > LONGEST || link.contains(char::is_control) {
        return None;
    }
    if let Ok(proxy) = link.parse() {
        return Some(Link::Proxy(proxy));
    }
    if let Some(rest) = after(link, "tg:") {
        return Some(own(rest.trim_start_matches('/')));
    }
    let rest = after(link, "https://").or_else(|| after(link, "http://")).unwrap_or(link);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    HOSTS.contains(&host.strip_prefix("www.").unwrap_or(&host)).then(|| public(path))
}

/// `tg:resolve?domain=NAME`, after the scheme and its slashes.
fn own(link: &str) -> Link {
    let (action, query) = link.split_once('?').unwrap_or((link, ""));
    if action.trim_end_matches('/') != "resolve" {
        return Link::Other;
    }
    let value = |wanted: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(name, _)| *name == wanted).map(|(_, value)| value)
    };
    match value("domain").and_then(name) {
        // A place within the chat is another kind.
        Some(name) if value("post").is_none() => Link::Name(name),
        _ => Link::Other,
    }
}

/// `NAME`, after the host and a slash.
fn public(path: &str) -> Link {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    name(path.trim_end_matches('/')).map_or(Link::Other, Link::Name)
}

/// Public names are letters, digits and underscores. What Telegram uses itself is nobody's name.
fn name(text: &str) -> Option<String> {
    const RESERVED: [&str; 10] = [
        "addemoji",
        "addlist",
        "addstickers",
        "addtheme",
        "boost",
        "confirmphone",
        "joinchat",
        "login",
        "proxy",
        "share",
    ];
    let text = text.strip_prefix('@').unwrap_or(text);
    let fits = (4..=32).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !RESERVED.contains(&text.to_ascii_lowercase().as_str());
    fits.then(|| text.to_owned())
}

/// What follows a beginning that is written in letters of any case.
fn after<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_all_their_spellings() {
        for link in [
            "tg://resolve?domain=mara_l",
            "tg:resolve?domain=mara_l",
            "TG://resolve/?start=x&domain=@mara_l",
            "https://t.me/mara_l",
            "http://www.t.me/mara_l/",
            "t.me/mara_l?text=hello",
            "HTTPS://Telegram.me/mara_l#x",
        ] {
            assert_eq!(parse(link), Some(Link::Name("mara_l".into())), "{link}");
        }
    }

    #[test]
    fn proxies_are_found_and_incomplete_ones_lead_nowhere() {
        for link in ["tg://socks?server=10.0.0.1&port=1080", "https://t.me/socks?server=10.0.0.1&port=1080"] {
            assert!(matches!(parse(link), Some(Link::Proxy(_))), "{link}");
        }
        assert_eq!(parse("tg://proxy?server=10.0.0.1"), Some(Link::Other));
        assert_eq!(parse("https://t.me/proxy?server=10.0.0.1&port=443"), Some(Link::Other));
    }

    #[test]
    fn other_kinds_are_told_from_names() {
        for link in [
            "tg://join?invite=abc",
            "tg://resolve?domain=mara_l&post=5",
            "tg://resolve?phone=49151",
            "tg://resolve?domain=a%20b%20c",
            "tg:",
            "https://t.me/mara_l/17",
            "https://t.me/+AbCdEf",
            "https://t.me/joinchat/abc",
            "https://t.me/addstickers/abc",
            "https://t.me/joinchat",
            "https://t.me",
            "https://t.me/",
        ] {
            assert_eq!(parse(link), Some(Link::Other), "{link}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_none() {
        for link in ["", "mara_l", "https://example.org/t.me/mara", "https://t.me.example.org/mara", "t.me\nx", "ä"] {
            assert_eq!(parse(link), None, "{link}");
        }
        assert_eq!(parse(&format!("https://t.me/{}", "a".repeat(5000))), None);
    }

    #[test]
    fn whatever_people_open_is_read_without_a_fall() {
        let effort = std::env::var("HELIOGRAPH_EFFORT").ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
        let pieces = [
            "tg:",
            "tg://",
            "https://",
            "t.me",
            "telegram.me",
            "www.",
            "/",
            "?",
            "#",
            "&",
            "resolve",
            "domain=",
            "post=",
            "mara_l",
            "@",
            "+",
            "%",
            "%f",
            "ü",
            "😀",
            "\u{202e}",
            "\0",
            "socks?server=a&port=1",
            "proxy?server=",
            "=",
            ".",
        ];
        let mut state = 1_u64;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut names = 0;
        for _ in 0..((1_000_000.0 * effort) as usize).max(20_000) {
            let mut link = String::new();
            for _ in 0..draw(9) {
                match draw(12) {
                    0 => link.extend(char::from_u32(draw(0x11_0000) as u32)),
                    _ => link.push_str(pieces[draw(pieces.len())]),
                }
            }
            if let Some(Link::Name(name)) = parse(&link) {
                names += 1;
                assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{link:?}");
            }
        }
        assert!(names > 0);
    }
}
