//! The secrets of MTProto proxies, in the forms in which people pass them on.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt;
use std::str::FromStr;

/// What a proxy mixes into the keys of a connection, and how the connection is to look from outside.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxySecret {
    pub(super) key: [u8; 16],
    pub(super) disguise: Disguise,
}

/// How a connection to the proxy looks from outside.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Disguise {
    /// Noise, in packets of the length that they have.
    None,
    /// Noise, with more noise at the end of each packet (`dd`).
    Padded,
    /// A visit to this web site (`ee`).
    Tls(String),
}

/// That is no secret of a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no secret of an MTProto proxy")]
pub struct SecretError;

impl ProxySecret {
    /// Reads the bytes of a secret: 16, or `dd` and 16, or `ee`, 16 and the name of a site.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SecretError> {
        let key = |bytes: &[u8]| <[u8; 16]>::try_from(bytes).map_err(|_| SecretError);
        match bytes {
            [0xdd, rest @ ..] if rest.len() == 16 => Ok(Self { key: key(rest)?, disguise: Disguise::Padded }),
            [0xee, rest @ ..] if rest.len() > 16 => {
                let (first, site) = rest.split_at_checked(16).ok_or(SecretError)?;
                let site = std::str::from_utf8(site).map_err(|_| SecretError)?;
                // A name on the network; longer ones do not fit into the greeting either.
                let fine = site.len() <= 182
                    && site.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
                if !fine {
                    return Err(SecretError);
                }
                Ok(Self { key: key(first)?, disguise: Disguise::Tls(site.to_owned()) })
            }
            _ => Ok(Self { key: key(bytes)?, disguise: Disguise::None }),
        }
    }

    /// As others can take it over: in hexadecimal digits.
    pub fn to_hex(&self) -> String {
        let (first, site): (Option<u8>, &str) = match &self.disguise {
            Disguise::None => (None, ""),
            Disguise::Padded => (Some(0xdd), ""),
            Disguise::Tls(site) => (Some(0xee), site),
        };
        first.iter().chain(&self.key).chain(site.as_bytes()).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The web site that the connection pretends to visit.
    pub fn site(&self) -> Option<&str> {
        match &self.disguise {
            Disguise::Tls(site) => Some(site),
            Disguise::None | Disguise::Padded => None,
        }
    }
}

impl FromStr for ProxySecret {
    type Err = SecretError;

    /// In hexadecimal digits, or in Base64 of either alphabet.
    fn from_str(text: &str) -> Result<Self, SecretError> {
        let text = text.trim();
        if text.len() > 512 || !text.is_ascii() {
            return Err(SecretError);
        }
        if let Some(bytes) = hex(text) {
            return Self::from_bytes(&bytes);
        }
        let lenient = GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true);
        let decode = |alphabet| GeneralPurpose::new(alphabet, lenient).decode(text).ok();
        let bytes = decode(&URL_SAFE).or_else(|| decode(&STANDARD)).ok_or(SecretError)?;
        Self::from_bytes(&bytes)
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect()
}

impl fmt::Debug for ProxySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProxySecret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "00112233445566778899aabbccddeeff";

    #[test]
    fn every_form_is_read_and_written_back() {
        let site: String = "example.org".bytes().map(|byte| format!("{byte:02x}")).collect();
        for text in [PLAIN.to_owned(), format!("dd{PLAIN}"), format!("ee{PLAIN}{site}")] {
            let secret: ProxySecret = text.parse().unwrap();
            assert_eq!(secret.to_hex(), text);
            assert_eq!(text.to_uppercase().parse(), Ok(secret.clone()));
            // People pass them on in Base64, too.
            let bytes = hex(&text).unwrap();
            let base64 = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&bytes);
            assert_eq!(base64.parse(), Ok(secret.clone()));
            assert_eq!(base64::engine::general_purpose::STANDARD.encode(&bytes).parse(), Ok(secret));
        }
        let secret: ProxySecret = format!("ee{PLAIN}{site}").parse().unwrap();
        assert_eq!(secret.site(), Some("example.org"));
        assert!(!format!("{secret:?}").contains("0011"));
    }

    #[test]
    fn nonsense_is_refused() {
        let space: String = "a b".bytes().map(|byte| format!("{byte:02x}")).collect();
        for text in ["", "dd", "xyz", "001122", &format!("ee{PLAIN}"), &format!("ee{PLAIN}{space}"), &"a".repeat(600)] {
            assert_eq!(text.parse::<ProxySecret>(), Err(SecretError), "{text}");
        }
    }
}
