//! What is kept, and where the key to it lies.

use super::card::{card, named};
use super::{Known, Message};
use crate::screen::card::note;
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::icon::Icon;
use crate::words::{Words, fl};
use heliograph_store::KeyStorage;
use iced::widget::column;

pub(super) fn view<'a>(known: Known<'a>, look: Look, words: &Words, tight: bool) -> Element<'a, Message> {
    let (place, means) = match known.key_storage {
        KeyStorage::Os => (fl!(words, "settings-key-os"), fl!(words, "settings-key-os-means")),
        KeyStorage::Passphrase => (fl!(words, "settings-key-passphrase"), fl!(words, "settings-key-passphrase-means")),
        KeyStorage::File => (fl!(words, "settings-key-file"), fl!(words, "settings-key-file-means")),
    };
    let exposed = (known.key_storage == KeyStorage::File && !known.demo)
        .then(|| note(look, Icon::Warning, fl!(words, "settings-key-file-warning")));
    column![]
        .push(exposed)
        .push(card(
            look,
            tight,
            [
                named(look, place, Some(means)),
                named(look, fl!(words, "settings-kept"), Some(fl!(words, "settings-kept-means"))),
            ],
        ))
        .spacing(16)
        .into()
}
