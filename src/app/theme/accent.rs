//! The one strong hue of a theme, and which theme it is.

use serde::{Deserialize, Serialize};

/// The hue of what can be done next, of what is chosen and of our own messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accent {
    /// The lamp; what Heliograph comes with.
    #[default]
    Amber,
    /// Open sea.
    Blue,
    /// Moss.
    Green,
    /// Ripe plums.
    Plum,
    /// Old iron.
    Rust,
}

impl Accent {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Amber, Self::Blue, Self::Green, Self::Plum, Self::Rust];
}

/// Which colours: day or night, usual or high contrast, and the accent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Theme {
    /// Dark rather than light.
    pub night: bool,
    /// Everything that is read at 7:1 or more, and every edge of a control at 3:1.
    pub contrast: bool,
    /// The hue.
    pub accent: Accent,
}

impl Theme {
    /// Every one there is.
    pub fn all() -> impl Iterator<Item = Self> {
        [(false, false), (true, false), (false, true), (true, true)]
            .into_iter()
            .flat_map(|(night, contrast)| Accent::ALL.map(|accent| Self { night, contrast, accent }))
    }

    /// What it is called where people do not see it.
    pub(super) fn name(self) -> String {
        let light = if self.night { "night" } else { "day" };
        let contrast = if self.contrast { " high contrast" } else { "" };
        format!("Heliograph {light}{contrast} {:?}", self.accent)
    }

    /// Its place among all palettes.
    pub(super) fn place(self) -> (usize, usize) {
        (usize::from(self.night) + 2 * usize::from(self.contrast), self.accent as usize)
    }
}
