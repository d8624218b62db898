//! Where the data lies, and the key to it.

use super::card::{card, line, named};
use super::{Known, Message, Settings, storage};
use crate::screen::card::note;
use crate::theme::Look;
use crate::widget::icon::Icon;
use crate::widget::{Element, control};
use crate::words::{Words, fl};
use heliograph_store::KeyStorage;
use iced::widget::column;

pub(super) fn view<'a>(
    settings: &'a Settings,
    known: Known<'a>,
    look: Look,
    words: &Words,
    tight: bool,
) -> Element<'a, Message> {
    let (place, means) = match known.key_storage {
        KeyStorage::Os => (fl!(words, "settings-key-os"), fl!(words, "settings-key-os-means")),
        KeyStorage::Passphrase => (fl!(words, "settings-key-passphrase"), fl!(words, "settings-key-passphrase-means")),
        KeyStorage::File => (fl!(words, "settings-key-file"), fl!(words, "settings-key-file-means")),
    };
    let exposed = (known.key_storage == KeyStorage::File && !known.demo)
        .then(|| note(look, Icon::Warning, fl!(words, "settings-key-file-warning")));
    let folder = known.folder.display().to_string();
    let open = control::button(look, fl!(words, "settings-open-folder"))
        .kind(control::Kind::Ghost)
        .id("settings-open-folder")
        .on_press(Message::OpenWanted(folder.clone()));
    let unopened = settings
        .unopened
        .as_ref()
        .map(|what| note(look, Icon::Info, fl!(words, "settings-unopened", what = what.clone())));
    column![]
        .push(exposed)
        .push(card(
            look,
            tight,
            [
                named(look, place, Some(means)),
                line(look, fl!(words, "settings-folder"), Some(folder), open),
                named(look, fl!(words, "settings-kept"), Some(fl!(words, "settings-kept-means"))),
            ],
        ))
        .push(unopened)
        .push(storage::view(settings, look, words, tight))
        .spacing(16)
        .into()
}
