//! What the person chose: looks, language, renderer, and what a start needs to know before the window is made.
//!
//! It lies in `DIR/preferences.json`, readable by its owner only. A file that an older or newer version wrote is read as
//! far as it can be: a value that makes no sense here becomes the usual one and costs no other.

mod file;
mod proxies;

pub use file::File;
pub use proxies::{Lock, Proxies};

pub use crate::theme::Accent;

use crate::theme::{Look, Theme};
use crate::words::{self, Language};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// Everything that the person chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Day or night.
    #[serde(deserialize_with = "lenient")]
    pub theme: ThemeChoice,
    /// The colour of what stands out.
    #[serde(deserialize_with = "lenient")]
    pub accent: Accent,
    /// Text size, 1.0 is 100 %.
    #[serde(deserialize_with = "text_size")]
    pub text: f32,
    /// Nothing moves by itself.
    #[serde(deserialize_with = "lenient")]
    pub reduce_motion: bool,
    /// The language of the interface by its id; the desktop's where there is none.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What draws the window, from the next start on.
    #[serde(deserialize_with = "lenient")]
    pub renderer: RendererChoice,
    /// The number that Telegram gave this person for their own programs.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub api: Option<ApiCredentials>,
    /// The account that was shown last, by its id.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub last_account: Option<String>,
    /// How wide the chat list is, in pixels at 100 %.
    #[serde(deserialize_with = "list_width")]
    pub list_width: f32,
    /// Other ways to the servers.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Proxies::is_usual")]
    pub proxies: Proxies,
    /// What a newer version wrote; kept for it.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            accent: Accent::default(),
            text: 1.0,
            reduce_motion: false,
            language: None,
            renderer: RendererChoice::default(),
            api: None,
            last_account: None,
            list_width: LIST_WIDTH,
            proxies: Proxies::default(),
            unknown: Map::new(),
        }
    }
}

/// How wide the chat list is where nobody chose.
pub const LIST_WIDTH: f32 = 320.0;
/// How narrow and how wide it can be made.
pub const LIST_WIDTHS: std::ops::RangeInclusive<f32> = 240.0..=480.0;
/// The text sizes that can be chosen.
pub const TEXT_SIZES: std::ops::RangeInclusive<f32> = 0.8..=2.0;

/// Day or night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the desktop has it.
    #[default]
    System,
    /// Always the day.
    Day,
    /// Always the night.
    Night,
    /// Strong contrast; day or night as the desktop has it.
    HighContrast,
}

/// What draws the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RendererChoice {
    /// The graphics card where there is one.
    #[default]
    Auto,
    /// The graphics card.
    Gpu,
    /// The processor.
    Software,
}

/// What Telegram gives to the author of a program, see <https://core.telegram.org/api/obtaining_api_id>.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiCredentials {
    /// `api_id`.
    pub id: i32,
    /// `api_hash`.
    pub hash: String,
}

impl fmt::Debug for ApiCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiCredentials").finish_non_exhaustive()
    }
}

/// What the desktop prefers, as far as it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Desktop {
    /// Dark.
    pub night: bool,
    /// More contrast.
    pub contrast: bool,
    /// Nothing moves by itself.
    pub reduce_motion: bool,
}

impl Preferences {
    /// The look that comes of it, with what the desktop prefers.
    pub fn look(&self, desktop: Desktop) -> Look {
        let night = match self.theme {
            ThemeChoice::System | ThemeChoice::HighContrast => desktop.night,
            ThemeChoice::Day => false,
            ThemeChoice::Night => true,
        };
        let contrast = self.theme == ThemeChoice::HighContrast || desktop.contrast;
        let look = Look::of(Theme { night, contrast, accent: self.accent });
        Look {
            reduce_motion: self.reduce_motion || desktop.reduce_motion,
            direction: words::current().direction(),
            ..look.with_text(self.text)
        }
    }

    /// The language that was chosen, if we still speak it; else the desktop's.
    pub fn language(&self) -> Language {
        self.language.as_deref().and_then(words::language).unwrap_or_else(words::desktop)
    }
}

/// What makes no sense here is as if it were not there.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

fn text_size<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
    within(deserializer, 1.0, TEXT_SIZES)
}

fn list_width<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
    within(deserializer, LIST_WIDTH, LIST_WIDTHS)
}

fn within<'de, D: Deserializer<'de>>(
    deserializer: D,
    usual: f32,
    range: std::ops::RangeInclusive<f32>,
) -> Result<f32, D::Error> {
    let given: Option<f32> = lenient(deserializer)?;
    Ok(given.filter(|given| given.is_finite()).map_or(usual, |given| given.clamp(*range.start(), *range.end())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Preferences {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn all_of_it_goes_to_a_file_and_back() {
        let chosen = Preferences {
            theme: ThemeChoice::HighContrast,
            text: 1.35,
            reduce_motion: true,
            language: Some("uk".into()),
            renderer: RendererChoice::Software,
            api: Some(ApiCredentials { id: 7, hash: "ab".into() }),
            last_account: Some("telegram-1".into()),
            list_width: 400.0,
            ..Preferences::default()
        };
        assert_eq!(read(&serde_json::to_string(&chosen).unwrap()), chosen);
        assert_eq!(read("{}"), Preferences::default());
    }

    #[test]
    fn a_value_that_makes_no_sense_costs_no_other() {
        let read = read(
            r#"{"theme": "sepia", "accent": 5, "text": "large", "reduce_motion": true, "language": ["x"],
                "renderer": null, "api": {"id": 1}, "list_width": -3, "last_account": "a"}"#,
        );
        let expected = Preferences {
            reduce_motion: true,
            last_account: Some("a".into()),
            list_width: 240.0,
            ..Preferences::default()
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn what_a_newer_version_wrote_is_kept_for_it() {
        let mut read = read(r#"{"theme": "night", "hologram": {"depth": 3}}"#);
        read.text = 1.5;
        let written: Value = serde_json::to_value(&read).unwrap();
        assert_eq!(written["hologram"]["depth"], 3);
        assert_eq!(written["theme"], "night");
    }

    #[test]
    fn the_look_follows_the_choice_and_the_desktop() {
        let dark = Desktop { night: true, ..Desktop::default() };
        let light = Desktop::default();
        let night = |theme, desktop| Preferences { theme, ..Preferences::default() }.look(desktop).palette.night;
        assert!(night(ThemeChoice::System, dark) && !night(ThemeChoice::System, light));
        assert!(!night(ThemeChoice::Day, dark) && night(ThemeChoice::Night, light));
        assert!(night(ThemeChoice::HighContrast, dark) && !night(ThemeChoice::HighContrast, light));
        let still = Desktop { reduce_motion: true, ..light };
        assert!(Preferences::default().look(still).reduce_motion);
        assert!(Preferences { reduce_motion: true, ..Preferences::default() }.look(light).reduce_motion);
        assert_eq!(Preferences { text: 1.5, ..Preferences::default() }.look(light).text, 1.5);
    }

    #[test]
    fn the_credentials_are_not_in_what_is_logged() {
        let api = Some(ApiCredentials { id: 94575, hash: "secret-hash".into() });
        let said = format!("{:?}", Preferences { api, ..Preferences::default() });
        assert!(!said.contains("secret-hash") && !said.contains("94575"), "{said}");
    }
}
