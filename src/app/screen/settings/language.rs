//! The language of the interface, each in its own name.

use super::card::{option, pressable};
use super::{Choice, Known, Message};
use crate::theme::Look;
use crate::widget::Element;
use crate::words::{self, Words, fl};

pub(super) fn view<'a>(known: Known<'a>, look: Look, words: &Words, _tight: bool) -> Element<'a, Message> {
    let chosen = known.preferences.language.as_deref().and_then(words::language);
    let of_desktop = option(
        look,
        "language:desktop",
        fl!(words, "settings-language-desktop"),
        Some(words::desktop().own_name().to_owned()),
        chosen.is_none(),
        Choice::Language(None),
    );
    let all = words::languages().map(|language| {
        option(
            look,
            format!("language:{}", language.id()),
            language.own_name().to_owned(),
            None,
            chosen == Some(language),
            Choice::Language(Some(language)),
        )
    });
    pressable(look, std::iter::once(of_desktop).chain(all))
}
