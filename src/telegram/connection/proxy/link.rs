//! Links to proxies (core.telegram.org/api/links#proxy-links): `tg://proxy`, `tg://socks`, and the same on t.me.

use super::{Proxy, ProxyKind, ProxyLogin};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::collections::HashMap;
use std::str::FromStr;

/// What needs no escape in a query.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// That is no link to a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It leads elsewhere.
    #[error("this is no link to a proxy")]
    Other,
    /// It is one, but something in it is missing or wrong.
    #[error("the link to the proxy is incomplete")]
    Incomplete,
}

impl FromStr for Proxy {
    type Err = LinkError;

    fn from_str(link: &str) -> Result<Self, LinkError> {
        let link = link.trim();
        let (way, query) = link.split_once('?').ok_or(LinkError::Other)?;
        let way = way.to_ascii_lowercase();
        let way = way.trim_end_matches('/');
        let name = way
            .strip_prefix("tg://")
            .or_else(|| way.strip_prefix("tg:"))
            .or_else(|| {
                way.strip_prefix("https://")
                    .or_else(|| way.strip_prefix("http://"))
                    .unwrap_or(way)
                    .strip_prefix("t.me/")
            })
            .or_else(|| way.trim_start_matches("https://").strip_prefix("telegram.me/"))
            .ok_or(LinkError::Other)?;
        if !["proxy", "socks", "http"].contains(&name) {
            return Err(LinkError::Other);
        }
        let query = query.split('#').next().unwrap_or_default();
        let fields: HashMap<String, String> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_ascii_lowercase(), decode(value)))
            .collect();
        let field = |name: &str| fields.get(name).filter(|value| !value.is_empty());
        let host = field("server").ok_or(LinkError::Incomplete)?.trim().trim_end_matches('.').to_owned();
        let port: u16 = field("port").and_then(|port| port.trim().parse().ok()).ok_or(LinkError::Incomplete)?;
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '@' | '?' | '#');
        if host.is_empty() || host.len() > 253 || port == 0 || host.contains(odd) {
            return Err(LinkError::Incomplete);
        }
        let login = field("user")
            .map(|user| ProxyLogin { user: user.clone(), password: field("pass").cloned().unwrap_or_default() });
        let kind = match name {
            "proxy" => {
                let secret = field("secret").ok_or(LinkError::Incomplete)?;
                // A plus was a plus, not a space: secrets in Base64 have them.
                ProxyKind::MtProto(secret.replace(' ', "+").parse().map_err(|_| LinkError::Incomplete)?)
            }
            "socks" => ProxyKind::Socks5(login),
            _ => ProxyKind::Http(login),
        };
        Ok(Self { host, port, kind })
    }
}

impl Proxy {
    /// A link that others can open. It holds the password or the secret.
    pub fn link(&self) -> String {
        let text = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
        let (name, rest) = match &self.kind {
            ProxyKind::MtProto(secret) => ("proxy", format!("&secret={}", secret.to_hex())),
            ProxyKind::Socks5(login) => ("socks", credentials(login.as_ref())),
            ProxyKind::Http(login) => ("http", credentials(login.as_ref())),
        };
        format!("tg://{name}?server={}&port={}{rest}", text(&self.host), self.port)
    }
}

fn credentials(login: Option<&ProxyLogin>) -> String {
    login.map_or_else(String::new, |login| {
        let text = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
        format!("&user={}&pass={}", text(&login.user), text(&login.password))
    })
}

fn decode(value: &str) -> String {
    percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_all_kinds_are_read_and_written_back() {
        let secret = "dd00112233445566778899aabbccddeeff";
        for (link, again) in [
            (format!("tg://proxy?server=proxy.example&port=443&secret={secret}"), None),
            (
                format!("https://t.me/proxy?server=proxy.example&port=443&secret={secret}"),
                Some(format!("tg://proxy?server=proxy.example&port=443&secret={secret}")),
            ),
            ("tg://socks?server=10.0.0.1&port=1080".to_owned(), None),
            ("tg://socks?server=10.0.0.1&port=1080&user=a%20b&pass=p%26w".to_owned(), None),
            ("t.me/socks/?port=1&server=x#y".to_owned(), Some("tg://socks?server=x&port=1".to_owned())),
            ("tg://http?server=%3A%3A1&port=8080".to_owned(), None),
        ] {
            let proxy: Proxy = link.parse().unwrap();
            assert_eq!(proxy.link(), again.unwrap_or(link));
            assert_eq!(proxy.link().parse(), Ok(proxy));
        }
        let proxy: Proxy = "tg://socks?server=h&port=1&user=me&pass=secret".parse().unwrap();
        assert!(matches!(&proxy.kind, ProxyKind::Socks5(Some(login)) if login.password == "secret"));
        assert_eq!(format!("{proxy:?}"), "Proxy(SOCKS5)", "nothing of it is told");
    }

    #[test]
    fn others_are_told_from_broken_ones() {
        for link in ["", "tg://resolve?domain=x", "https://example.org/proxy?server=a&port=1", "proxy?server=a&port=1"]
        {
            assert_eq!(link.parse::<Proxy>().unwrap_err(), LinkError::Other, "{link}");
        }
        for link in [
            "tg://proxy?server=a&port=1",
            "tg://proxy?server=a&port=1&secret=zz",
            "tg://socks?server=a&port=70000",
            "tg://socks?server=a&port=0",
            "tg://socks?server=&port=1",
            "tg://socks?server=a/b&port=1",
            "tg://socks?port=1",
        ] {
            assert_eq!(link.parse::<Proxy>().unwrap_err(), LinkError::Incomplete, "{link}");
        }
    }

    #[test]
    fn no_link_makes_it_panic() {
        let mut seed = 1u32;
        let parts =
            ["tg://", "proxy", "socks", "?", "server=", "&", "port=", "%", "%f", "ü", "secret=ee", "=", "#", "443"];
        for _ in 0..20_000 {
            let mut link = String::new();
            for _ in 0..8 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                link.push_str(parts[(seed >> 16) as usize % parts.len()]);
            }
            let _ = link.parse::<Proxy>().map(|proxy| proxy.link());
        }
    }
}
