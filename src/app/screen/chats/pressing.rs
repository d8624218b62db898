//! What happens when something in a message is pressed: reactions, buttons of bots, names, replies.

use super::{Action, Chats, Message, work};
use crate::theme::Look;
use crate::widget::control::{Dialog, dialog};
use crate::words::{self, Words, fl};
use heliograph_model::{
    Button, ButtonAction, ButtonAnswer, Buttons, Change, FormattedText, MessageId, PeerId, Reaction, ReactionKind,
};
use heliograph_telegram::Error;
use iced::Task;
use std::collections::HashSet;

/// Row and column of a button.
pub type Place = (usize, usize);

/// Buttons of bots that were pressed.
#[derive(Debug, Default)]
pub struct Presses {
    /// Those whose bot did not answer yet.
    waiting: HashSet<(PeerId, i32, Place)>,
    /// Keyboards that go away once they were used.
    used: HashSet<(PeerId, i32)>,
    /// What a bot wants to be confirmed.
    alert: Option<String>,
}

impl Presses {
    /// Whether the bot of this button did not answer yet.
    pub fn waits(&self, chat: PeerId, message: i32, place: Place) -> bool {
        !self.waiting.is_empty() && self.waiting.contains(&(chat, message, place))
    }

    /// Whether the keyboard of this message was used, and went away by that.
    pub fn was_used(&self, chat: PeerId, message: i32) -> bool {
        self.used.contains(&(chat, message))
    }
}

/// The reactions once this one of ours is pressed, and which are ours then. Without Premium one has one reaction to a
/// message; what is paid for stays.
fn toggled(before: &[Reaction], kind: &ReactionKind, me: PeerId) -> (Vec<Reaction>, Vec<ReactionKind>) {
    let was = before.iter().any(|reaction| reaction.kind == *kind && reaction.chosen);
    let mut after = before.to_vec();
    for reaction in after.iter_mut().filter(|reaction| reaction.chosen && reaction.kind != ReactionKind::Paid) {
        reaction.chosen = false;
        reaction.count = reaction.count.saturating_sub(1);
        reaction.recent.retain(|who| *who != me);
    }
    if was {
        after.retain(|reaction| reaction.count > 0);
        return (after, Vec::new());
    }
    match after.iter_mut().find(|reaction| reaction.kind == *kind) {
        Some(reaction) => {
            reaction.chosen = true;
            reaction.count = reaction.count.saturating_add(1);
            reaction.recent.insert(0, me);
            reaction.recent.truncate(3);
        }
        None => after.push(Reaction { kind: kind.clone(), count: 1, chosen: true, recent: vec![me] }),
    }
    after.retain(|reaction| reaction.count > 0);
    (after, vec![kind.clone()])
}

impl Chats {
    /// A reaction of a message of the open chat was pressed: ours comes or goes at once, then the server is told.
    pub(super) fn reaction_pressed(&mut self, message: i32, kind: &ReactionKind) -> Action {
        if *kind == ReactionKind::Paid {
            return Action::Say(fl!(Words, "button-later"));
        }
        let said = self.history().and_then(|history| history.get(MessageId::Server(message)));
        let Some(said) = said else { return Action::None };
        let (chat, before) = (said.chat, said.reactions.clone());
        let (after, ours) = toggled(&before, kind, self.state.me);
        let _after = self.state.apply(vec![Change::Reactions { chat, message, reactions: after, min: false }]);
        Action::Run(work::react(&self.account, chat, message, ours))
    }

    /// A button under a message of the open chat was pressed.
    pub(super) fn button_pressed(&mut self, message: i32, (row, column): Place) -> Action {
        let said = self.history().and_then(|history| history.get(MessageId::Server(message)));
        let Some((chat, Buttons::Inline(rows))) = said.map(|said| (said.chat, &said.buttons)) else {
            return Action::None;
        };
        let Some(button) = rows.get(row).and_then(|row| row.get(column)).cloned() else { return Action::None };
        match button.action {
            ButtonAction::Callback { password: true, .. } => Action::Say(fl!(Words, "button-later")),
            ButtonAction::Callback { data, .. } => self.tell_bot(chat, message, (row, column), Some(data)),
            ButtonAction::Game => self.tell_bot(chat, message, (row, column), None),
            _ => self.act(button),
        }
    }

    /// A button of the keyboard below the composer was pressed.
    pub(super) fn key_pressed(&mut self, message: i32, button: Button) -> Action {
        let Some(chat) = self.open_chat() else { return Action::None };
        let once = self.history().and_then(|history| history.get(MessageId::Server(message)));
        if once.is_some_and(|said| matches!(said.buttons, Buttons::Keyboard { once: true, .. })) {
            let _ = self.presses.used.insert((chat, message));
        }
        self.act(button)
    }

    /// What buttons do that the bot is not told of.
    fn act(&mut self, button: Button) -> Action {
        match button.action {
            ButtonAction::Text => match self.open_chat() {
                Some(chat) => Action::Run(self.say(chat, FormattedText::plain(button.text))),
                None => Action::None,
            },
            ButtonAction::Url(url) | ButtonAction::Login(url) => self.update(Message::LinkPressed(url)),
            ButtonAction::Copy(words) => {
                let copy = self.platform.clipboard.write(words).map(|()| Message::Told);
                Action::Run(Task::batch([copy, Task::done(Message::Noted(fl!(Words, "button-copied")))]))
            }
            ButtonAction::Profile(peer) => self.update(Message::PeerWanted(peer)),
            _ => Action::Say(fl!(Words, "button-later")),
        }
    }

    fn tell_bot(&mut self, chat: PeerId, message: i32, place: Place, data: Option<std::sync::Arc<[u8]>>) -> Action {
        if !self.presses.waiting.insert((chat, message, place)) {
            return Action::None;
        }
        Action::Run(work::press(&self.account, chat, message, place, data))
    }

    /// The bot of a button answered, or not.
    pub(super) fn button_answered(
        &mut self,
        chat: PeerId,
        message: i32,
        place: Place,
        result: Result<ButtonAnswer, Error>,
    ) -> Action {
        let _ = self.presses.waiting.remove(&(chat, message, place));
        match result {
            Err(error) => Action::Say(words::error(&error)),
            Ok(ButtonAnswer { url: Some(url), .. }) => self.update(Message::LinkPressed(url)),
            Ok(ButtonAnswer { message: Some(said), alert: true, .. }) => {
                self.presses.alert = Some(said);
                Action::None
            }
            Ok(ButtonAnswer { message: Some(said), .. }) => Action::Say(said),
            Ok(ButtonAnswer { message: None, .. }) => Action::None,
        }
    }

    /// What a bot said was confirmed.
    pub(super) fn alert_confirmed(&mut self) {
        self.presses.alert = None;
    }

    /// What a bot wants to be confirmed, if anything.
    pub(super) fn alert(&self, look: Look) -> Option<Dialog<'_, Message>> {
        let said = self.presses.alert.as_ref()?;
        let name = self.open_chat().map(|chat| super::people::name(&Words, self.peer(chat)).into_owned());
        let dialog = dialog(look, name.unwrap_or_default()).text(said.clone());
        Some(dialog.primary(fl!(Words, "alert-seen"), Some(Message::AlertConfirmed)))
    }

    /// Shows a person, group or channel: their chat, unless it is open.
    pub(super) fn peer_wanted(&mut self, peer: PeerId) -> Action {
        match self.open_chat() == Some(peer) || !self.state.peers.contains_key(&peer) {
            true => Action::None,
            false => Action::Run(self.opened(peer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: PeerId = PeerId::User(1);

    fn reaction(emoji: &str, count: u32, chosen: bool) -> Reaction {
        let recent = if chosen { vec![ME] } else { Vec::new() };
        Reaction { kind: ReactionKind::Emoji(emoji.into()), count, chosen, recent }
    }

    fn pressed(before: &[Reaction], emoji: &str) -> (String, usize) {
        let (after, ours) = toggled(before, &ReactionKind::Emoji(emoji.into()), ME);
        let sketch = after.iter().map(|reaction| match &reaction.kind {
            ReactionKind::Emoji(emoji) => {
                format!("{emoji}{}{} ", reaction.count, if reaction.chosen { "*" } else { "" })
            }
            _ => String::from("paid "),
        });
        (sketch.collect::<String>().trim().to_owned(), ours.len())
    }

    #[test]
    fn pressing_joins_leaves_and_changes() {
        assert_eq!(pressed(&[reaction("🔥", 2, false)], "🔥"), ("🔥3*".into(), 1));
        assert_eq!(pressed(&[reaction("🔥", 2, true)], "🔥"), ("🔥1".into(), 0));
        assert_eq!(pressed(&[reaction("🔥", 1, true)], "🔥"), (String::new(), 0));
        assert_eq!(pressed(&[reaction("🔥", 2, true), reaction("👍", 1, false)], "👍"), ("🔥1 👍2*".into(), 1));
        assert_eq!(pressed(&[reaction("🔥", 1, true)], "👍"), ("👍1*".into(), 1));
        let paid = Reaction { kind: ReactionKind::Paid, count: 5, chosen: true, recent: Vec::new() };
        assert_eq!(pressed(&[paid], "👍"), ("paid 👍1*".into(), 1));
    }
}
