//! What the kept pictures take, and how they are removed.

use super::card::{card, heading, line, named};
use super::{Message, Settings};
use crate::theme::Look;
use crate::widget::{Element, control};
use crate::words::{self, Words, fl, number};
use heliograph_telegram::{Account, Error, KeptPictures, PictureKind};
use iced::Task;
use iced::widget::column;

/// What is known of the kept pictures.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Kept {
    /// It was not looked yet.
    #[default]
    Unknown,
    /// Bytes of each kind that is there, in the order of the kinds.
    Known(Vec<(PictureKind, u64)>),
    /// It could not be looked.
    Failed(Error),
}

impl Kept {
    pub fn of(came: Result<Vec<KeptPictures>, Error>) -> Self {
        match came {
            Ok(all) => Self::Known(
                [PictureKind::Faces, PictureKind::Photos, PictureKind::Others]
                    .map(|kind| (kind, all.iter().filter(|used| used.kind == kind).map(|used| used.bytes).sum()))
                    .into_iter()
                    .filter(|(_, bytes)| *bytes > 0)
                    .collect(),
            ),
            Err(error) => Self::Failed(error),
        }
    }
}

/// Looks how much there is.
pub(super) fn look(account: Account) -> Task<Message> {
    Task::perform(async move { account.kept_pictures().await }, Message::KeptCame)
}

/// Removes a kind, and looks again.
pub(super) fn clear(account: Account, kind: PictureKind) -> Task<Message> {
    let work = async move {
        account.clear_pictures(Some(kind)).await?;
        account.kept_pictures().await
    };
    Task::perform(work, Message::KeptCame)
}

pub(super) fn view<'a>(settings: &'a Settings, look: Look, words: &Words, tight: bool) -> Option<Element<'a, Message>> {
    let lines = match &settings.kept {
        Kept::Unknown => return None,
        Kept::Known(all) if all.is_empty() => {
            vec![named(look, fl!(words, "settings-no-pictures"), Some(fl!(words, "settings-pictures-means")))]
        }
        Kept::Known(all) => {
            let means = named(look, fl!(words, "settings-pictures-means"), None);
            let kinds = all.iter().map(|(kind, bytes)| {
                let (name, id) = match kind {
                    PictureKind::Faces => (fl!(words, "settings-pictures-faces"), "settings-clear-faces"),
                    PictureKind::Photos => (fl!(words, "settings-pictures-photos"), "settings-clear-photos"),
                    PictureKind::Others => (fl!(words, "settings-pictures-others"), "settings-clear-others"),
                };
                let clear = control::button(look, fl!(words, "settings-clear"))
                    .kind(control::Kind::Ghost)
                    .id(id)
                    .busy(settings.clearing == Some(*kind))
                    .on_press(Message::ClearWanted(*kind));
                line(look, name, Some(number::bytes(*bytes)), clear)
            });
            std::iter::once(means).chain(kinds).collect()
        }
        Kept::Failed(error) => vec![named(look, words::error(error), None)],
    };
    let title = heading(look, fl!(words, "settings-pictures"));
    Some(column![title, card(look, tight, lines)].spacing(8).into())
}
