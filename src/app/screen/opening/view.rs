//! What the opening screen looks like.

use super::{Failure, Message, Opening, State, Trouble};
use crate::screen::card::{card, note, paragraph};
use crate::theme::Look;
use crate::widget::control::{self, Kind};
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::{Element, flow};
use crate::words::{Words, fl};
use heliograph_store::{KeyError, KeyStorage};
use iced::widget::{column, container, space};
use iced::{Background, Center, Fill, Size};

impl Opening {
    /// Draws it into a window of this size.
    pub fn view(&self, look: Look, words: Words, window: Size) -> Element<'_, Message> {
        match &self.state {
            State::Busy { shown, leaving } => {
                let palette = look.palette;
                let label = if *leaving { fl!(words, "opening-leaving") } else { fl!(words, "opening") };
                let content: Element<'_, Message> = if *shown {
                    let label = text(label).size(look.body()).color(palette.muted);
                    flow::row(look, [control::spinner(look, look.size(20.0), palette.accent)])
                        .push(label)
                        .spacing(12)
                        .align_y(Center)
                        .into()
                } else {
                    space().into()
                };
                container(content)
                    .center(Fill)
                    .style(move |_theme| container::Style {
                        background: Some(Background::Color(palette.bg)),
                        ..container::Style::default()
                    })
                    .into()
            }
            State::Passphrase { new, passphrase, again, problem, shown, busy } => {
                let (title, lead, submit) = if *new {
                    (
                        fl!(words, "opening-passphrase-new-title"),
                        fl!(words, "opening-passphrase-new-lead"),
                        fl!(words, "opening-passphrase-set"),
                    )
                } else {
                    (
                        fl!(words, "opening-passphrase-title"),
                        fl!(words, "opening-passphrase-lead"),
                        fl!(words, "opening-unlock"),
                    )
                };
                let reveal = match shown {
                    true => fl!(words, "opening-passphrase-hide"),
                    false => fl!(words, "opening-passphrase-show"),
                };
                let first = control::field(look, fl!(words, "opening-passphrase"), passphrase)
                    .id("passphrase")
                    .reveal(*shown, reveal, Message::RevealPressed)
                    .on_input(Message::PassphraseChanged)
                    .on_submit(Message::Submitted);
                let mut fields = column![space().height(18)];
                fields = if *new {
                    let second =
                        control::field(look, fl!(words, "opening-passphrase-again"), again).id("passphrase-again");
                    let second = if *shown { second } else { second.secure() };
                    let second =
                        second.error(problem.clone()).on_input(Message::AgainChanged).on_submit(Message::Submitted);
                    fields.push(first).push(space().height(14)).push(second)
                } else {
                    fields.push(first.error(problem.clone()))
                };
                let submit = control::button(look, submit)
                    .id("unlock")
                    .kind(Kind::Primary)
                    .width(Fill)
                    .busy(*busy)
                    .on_press_maybe((!passphrase.is_empty()).then_some(Message::Submitted));
                card(look, window, title, lead, fields.push(space().height(22)).push(submit))
            }
            State::Failed { failure, sure } => failed(look, words, window, failure, *sure),
        }
    }
}

/// What is in the way, and every way on from there.
fn failed<'a>(look: Look, words: Words, window: Size, failure: &Failure, sure: bool) -> Element<'a, Message> {
    let button = |id: &'static str, kind: Kind, label: String, message: Message| {
        control::button(look, label).id(id).kind(kind).width(Fill).on_press(message)
    };
    let mut content = column![space().height(14), paragraph(look, failure.trouble.words(failure.new))];
    if sure {
        content = content
            .push(space().height(14))
            .push(note(look, Icon::Alert, fl!(words, "opening-anew-note")))
            .push(space().height(22))
            .push(button("anew", Kind::Danger, fl!(words, "opening-anew-sure"), Message::AnewPressed))
            .push(space().height(8))
            .push(button("keep", Kind::Ghost, fl!(words, "cancel"), Message::Kept));
        return card(look, window, fl!(words, "opening-title"), None, content);
    }
    let retry = match failure.trouble {
        Trouble::Key(KeyError::Locked) => fl!(words, "opening-unlock-retry"),
        _ => fl!(words, "retry"),
    };
    if failure.may_keep_elsewhere() {
        let passphrase = Message::KeepElsewhere(KeyStorage::Passphrase);
        // Without a keyring there is little hope in asking again; with a locked one there is.
        let hopeless = failure.trouble == Trouble::Key(KeyError::NoService);
        let (first, second) = if hopeless { (Kind::Primary, Kind::Ghost) } else { (Kind::Ghost, Kind::Primary) };
        let passphrase = button("use-passphrase", first, fl!(words, "opening-use-passphrase"), passphrase);
        let retry = button("retry-opening", second, retry, Message::Retried);
        let (above, below) = if hopeless { (passphrase, retry) } else { (retry, passphrase) };
        content = content
            .push(space().height(22))
            .push(above)
            .push(space().height(8))
            .push(below)
            .push(space().height(14))
            .push(note(look, Icon::Key, fl!(words, "opening-use-file-note")))
            .push(space().height(8))
            .push(button(
                "use-file",
                Kind::Plain,
                fl!(words, "opening-use-file"),
                Message::KeepElsewhere(KeyStorage::File),
            ));
        return card(look, window, fl!(words, "opening-title-new"), None, content);
    }
    content = content.push(space().height(22)).push(button("retry-opening", Kind::Primary, retry, Message::Retried));
    if failure.is_for_good() {
        content = content.push(space().height(8)).push(button(
            "anew",
            Kind::Ghost,
            fl!(words, "opening-anew"),
            Message::AnewPressed,
        ));
    }
    card(look, window, fl!(words, "opening-title"), None, content)
}
