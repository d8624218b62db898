//! The proxies that the person keeps. They lie among the choices, not with an account: the first account needs them before
//! there is one. The file is its owner's alone (0600), and nothing of this is ever logged.

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
}

/// How they lie in the file: as links.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    list: Vec<String>,
    chosen: usize,
    on: bool,
    switching: bool,
}

impl From<Kept> for Proxies {
    fn from(kept: Kept) -> Self {
        let Kept { list, chosen, on, switching } = kept;
        let chosen_link = list.get(chosen).cloned();
        let list: Vec<Proxy> = list.iter().take(MOST).filter_map(|link| link.parse().ok()).collect();
        // One that cannot be read costs only itself, and the choice only if it was that one.
        let found = chosen_link.and_then(|link| link.parse().ok()).and_then(|chosen| position(&list, &chosen));
        Self { on: on && found.is_some(), chosen: found.unwrap_or(0), list, switching }
    }
}

impl From<Proxies> for Kept {
    fn from(proxies: Proxies) -> Self {
        let Proxies { list, chosen, on, switching } = proxies;
        Self { list: list.iter().map(Proxy::link).collect(), chosen, on, switching }
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

    /// The ways that accounts go by from now on.
    pub fn ways(&self) -> Ways {
        let ways = Ways::default();
        ways.set(self.list.clone(), self.current(), self.switching);
        ways
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
    fn they_go_to_the_file_and_back_and_their_secrets_nowhere_else() {
        let proxies = Proxies { chosen: 1, switching: true, ..three() };
        let json = serde_json::to_string(&proxies).unwrap();
        assert!(json.contains("hush-hush"));
        assert_eq!(serde_json::from_str::<Proxies>(&json).unwrap(), proxies);
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
