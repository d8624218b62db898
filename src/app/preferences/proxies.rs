//! The proxies that the person keeps. They lie among the choices, not with an account: the first account needs them before
//! there is one. Names, passwords and secrets lie sealed beside the other choices (`file.rs`); nothing of this is ever
//! logged.

use heliograph_store::KeyError;
use heliograph_telegram::{Proxy, Ways};
use serde::{Deserialize, Serialize};

/// Nobody needs more of them; a list from elsewhere must not grow without end.
pub const MOST: usize = 50;

/// The proxies, in the order in which they are tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Proxies {
    /// All of them.
    pub list: Vec<Proxy>,
    /// The one that is taken.
    pub chosen: usize,
    /// Whether one is taken at all.
    pub on: bool,
    /// Whether the next one is taken when one does not answer.
    pub switching: bool,
    /// Whether it is known which ones there are.
    pub lock: Lock,
}

/// Whether the list is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lock {
    /// It is.
    #[default]
    Open,
    /// It lies sealed, and is being read.
    Reading,
    /// It lies sealed, and cannot be read. It is not changed before it can.
    Closed(KeyError),
}

/// How they lie in the file: as links, or `sealed` elsewhere. Before they were sealed they lay here.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    list: Vec<String>,
    chosen: usize,
    on: bool,
    switching: bool,
    sealed: bool,
}

/// What lies sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    list: Vec<String>,
    chosen: usize,
    switching: bool,
}

impl From<Kept> for Proxies {
    fn from(kept: Kept) -> Self {
        let Kept { list, chosen, on, switching, sealed } = kept;
        if sealed && list.is_empty() {
            return Self { on, lock: Lock::Reading, ..Self::default() };
        }
        let chosen_link = list.get(chosen).cloned();
        let list: Vec<Proxy> = list.iter().take(MOST).filter_map(|link| link.parse().ok()).collect();
        // One that cannot be read costs only itself, and the choice only if it was that one.
        let found = chosen_link.and_then(|link| link.parse().ok()).and_then(|chosen| position(&list, &chosen));
        Self { on: on && found.is_some(), chosen: found.unwrap_or(0), list, switching, lock: Lock::Open }
    }
}

impl From<Proxies> for Kept {
    fn from(proxies: Proxies) -> Self {
        let sealed = proxies.lock != Lock::Open || !proxies.list.is_empty();
        Self { on: proxies.on, sealed, ..Self::default() }
    }
}

fn position(list: &[Proxy], wanted: &Proxy) -> Option<usize> {
    list.iter().position(|proxy| proxy == wanted)
}

impl Proxies {
    /// Nothing was ever chosen.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Which one is taken; none where they are off.
    pub fn current(&self) -> Option<usize> {
        (self.on && self.chosen < self.list.len()).then_some(self.chosen)
    }

    /// One is to be taken, and which ones there are is not known: nothing may go out before it is.
    pub fn waits(&self) -> bool {
        self.on && self.lock != Lock::Open
    }

    /// The ways that accounts go by from now on.
    pub fn ways(&self) -> Ways {
        let ways = Ways::default();
        self.lead(&ways);
        ways
    }

    /// These ways go by them from now on.
    pub fn lead(&self, ways: &Ways) {
        if self.waits() {
            ways.hold();
        } else {
            ways.set(self.list.clone(), self.current(), self.switching);
        }
    }

    /// What is to lie sealed; nothing where that is not known.
    pub(super) fn to_seal(&self) -> Option<Vec<u8>> {
        let (list, chosen, switching) = (self.links(), self.chosen, self.switching);
        (self.lock == Lock::Open).then(|| serde_json::to_vec(&Sealed { list, chosen, switching }).ok())?
    }

    /// As they lay in the file before they were sealed.
    pub(super) fn unsealed(&self) -> serde_json::Value {
        serde_json::json!({
            "list": self.links(), "chosen": self.chosen, "on": self.on, "switching": self.switching
        })
    }

    /// With what lay sealed; whether one is taken stays as it is.
    pub(super) fn opened(sealed: &[u8], on: bool) -> Result<Self, KeyError> {
        let Sealed { list, chosen, switching } = serde_json::from_slice(sealed).map_err(|_| KeyError::Corrupt)?;
        Ok(Kept { list, chosen, on, switching, sealed: false }.into())
    }

    fn links(&self) -> Vec<String> {
        self.list.iter().map(Proxy::link).collect()
    }

    /// Takes this one from now on; it is added where it is new. False where there is no room for it.
    pub fn take(&mut self, proxy: Proxy) -> bool {
        let at = match position(&self.list, &proxy) {
            Some(at) => at,
            None if self.list.len() >= MOST => return false,
            None => {
                self.list.push(proxy);
                self.list.len() - 1
            }
        };
        (self.chosen, self.on) = (at, true);
        true
    }

    /// Removes one. The chosen one stays chosen; without it, none is taken.
    pub fn remove(&mut self, at: usize) {
        if at >= self.list.len() {
            return;
        }
        self.list.remove(at);
        if at == self.chosen {
            (self.chosen, self.on) = (0, false);
        } else if at < self.chosen {
            self.chosen -= 1;
        }
    }

    /// Moves one up by one place.
    pub fn raise(&mut self, at: usize) {
        let Some(above) = at.checked_sub(1).filter(|_| at < self.list.len()) else { return };
        self.list.swap(at, above);
        if self.chosen == at {
            self.chosen = above;
        } else if self.chosen == above {
            self.chosen = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(port: u16) -> Proxy {
        format!("tg://socks?server=10.0.0.1&port={port}&user=mara&pass=hush-hush").parse().unwrap()
    }

    fn three() -> Proxies {
        let mut proxies = Proxies::default();
        for port in [1, 2, 3] {
            assert!(proxies.take(proxy(port)));
        }
        proxies
    }

    #[test]
    fn only_what_lies_sealed_holds_their_secrets() {
        let proxies = Proxies { chosen: 1, switching: true, ..three() };
        let json = serde_json::to_string(&proxies).unwrap();
        assert!(!json.contains("hush-hush") && !json.contains("10.0.0.1"));
        let read = serde_json::from_str::<Proxies>(&json).unwrap();
        assert!(read.waits() && read.lock == Lock::Reading && read.to_seal().is_none());
        assert_eq!(Proxies::opened(&proxies.to_seal().unwrap(), true).unwrap(), proxies);
        assert_eq!(Proxies::opened(b"nonsense", true), Err(KeyError::Corrupt));
        // As it was before they were sealed.
        assert_eq!(serde_json::from_value::<Proxies>(proxies.unsealed()).unwrap(), proxies);
        assert!(!format!("{proxies:?}").contains("hush-hush"));
        assert!(!format!("{proxies:?}").contains("10.0.0.1"));
    }

    #[test]
    fn one_that_cannot_be_read_costs_only_itself() {
        let good = proxy(5).link();
        let json = format!(r#"{{"list": ["tg://nonsense", "{good}"], "chosen": 1, "on": true}}"#);
        let read: Proxies = serde_json::from_str(&json).unwrap();
        assert_eq!((read.list.len(), read.current()), (1, Some(0)));
        let json = format!(r#"{{"list": ["tg://nonsense", "{good}"], "chosen": 0, "on": true}}"#);
        let read: Proxies = serde_json::from_str(&json).unwrap();
        assert_eq!((read.list.len(), read.current()), (1, None), "another one than was chosen is not taken");
        assert!(serde_json::from_str::<Proxies>("{}").unwrap().is_usual());
    }

    #[test]
    fn the_chosen_one_stays_chosen_when_others_go_or_move() {
        let mut proxies = three();
        assert_eq!(proxies.current(), Some(2));
        proxies.raise(2);
        assert_eq!((proxies.current(), &proxies.list[1]), (Some(1), &proxy(3)));
        proxies.raise(1);
        proxies.raise(0);
        assert_eq!((proxies.current(), &proxies.list[0]), (Some(0), &proxy(3)));
        proxies.raise(1);
        assert_eq!(proxies.current(), Some(1));
        proxies.remove(0);
        assert_eq!((proxies.current(), &proxies.list[0]), (Some(0), &proxy(3)));
        proxies.remove(0);
        assert_eq!(proxies.current(), None, "nobody goes by another one unasked");
        proxies.remove(7);
        assert!(proxies.take(proxy(2)));
        assert_eq!((proxies.list.len(), proxies.current()), (1, Some(0)), "it was there already");
    }

    #[test]
    fn the_list_has_an_end() {
        let mut proxies = Proxies::default();
        for port in 1..=MOST as u16 {
            assert!(proxies.take(proxy(port)));
        }
        assert!(!proxies.take(proxy(9999)));
    }
}
