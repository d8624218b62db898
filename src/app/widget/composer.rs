//! Where messages are written. What is written is our own [`Model`]; iced's editor shows it and takes the keys.

mod model;

pub use model::Model;

use crate::theme::{Look, fonts};
use crate::widget::calm::calm;
use crate::widget::label::text;
use crate::widget::text::emoji;
use heliograph_model::FormattedText;
use iced::advanced::text::highlighter::{Format, Highlighter};
use iced::keyboard::{self, key::Named};
use iced::widget::text::Wrapping;
use iced::widget::text_editor::{self, Action, Binding, Content, KeyPress, Position};
use iced::widget::{container, stack};
use iced::{Background, Border, Color, Element, Length, Pixels, Theme};
use std::ops::Range;

/// The editor grows to so many lines, then scrolls.
const LINES: f32 = 8.0;

/// A message in the making, with the state of its view.
#[derive(Debug, Default)]
pub struct Composer {
    model: Model,
    content: Content,
}

impl Composer {
    /// What is written.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Something happened in the view. Returns whether the words are others now.
    pub fn perform(&mut self, action: Action) -> bool {
        let edits = action.is_edit();
        self.content.perform(action);
        if edits {
            let before = self.model.text().len();
            let text = self.content.text();
            let changed = text != self.model.text() || text.len() != before;
            self.model.follow(&text);
            self.select();
            return changed;
        }
        self.select();
        false
    }

    /// Takes what is to be sent; the composer is empty then.
    pub fn take(&mut self) -> Option<FormattedText> {
        let text = self.model.take()?;
        self.content = Content::new();
        Some(text)
    }

    /// Goes on with these words in place of what stands there.
    pub fn load(&mut self, text: FormattedText) {
        self.content = Content::with_text(&text.text);
        self.model.load(text);
        self.content.perform(Action::Move(text_editor::Motion::DocumentEnd));
    }

    /// Adds these words after what stands there.
    pub fn append(&mut self, text: FormattedText) {
        if self.model.is_blank() {
            return self.load(text);
        }
        let end = self.model.text().len();
        self.model.replace(end..end, &format!("\n{}", text.text));
        self.content = Content::with_text(self.model.text());
        self.content.perform(Action::Move(text_editor::Motion::DocumentEnd));
    }

    fn select(&mut self) {
        let cursor = self.content.cursor();
        let at = |position: Position| {
            let before: usize = self.content.lines().take(position.line).map(|line| line.text.len() + 1).sum();
            before + position.column
        };
        let head = at(cursor.position);
        let tail = cursor.selection.map_or(head, at);
        self.model.select(head.min(tail)..head.max(tail));
    }
}

/// The line to write in: Enter sends, Shift+Enter breaks the line.
pub fn composer<'a, Message: Clone + 'a>(
    look: Look,
    composer: &'a Composer,
    placeholder: String,
    on_action: impl Fn(Action) -> Message + 'a,
    on_send: Message,
) -> Element<'a, Message> {
    let palette = look.palette;
    let line = look.size(20.0).round();
    let upright = look.size(10.0).round();
    let editor = text_editor::TextEditor::new(&composer.content)
        .id("composer")
        .on_action(on_action)
        .key_binding(move |press| bind(press, &on_send))
        .font(fonts::REGULAR)
        .size(look.body())
        .line_height(Pixels(line))
        .padding([upright, 14.0])
        .height(Length::Shrink)
        .min_height(line)
        .max_height(line * LINES + 2.0 * upright)
        .highlight_with::<Emoji>((), |(), _theme: &Theme| Format { color: None, font: Some(fonts::EMOJI) })
        .style(move |_theme, _status| text_editor::Style {
            background: Background::Color(palette.hover),
            border: Border { radius: 12.0.into(), ..Border::default() },
            placeholder: palette.faint,
            value: palette.text,
            selection: Color { a: 0.35, ..palette.accent },
        });
    // The editor's own would stand at the left in every language.
    let placeholder = composer.model.text().is_empty().then(|| {
        let words = text(placeholder).size(look.body()).line_height(Pixels(line)).width(Length::Fill);
        container(words.wrapping(Wrapping::None).color(palette.faint)).padding([upright, 14.0]).clip(true)
    });
    stack![calm(editor)].push(placeholder).into()
}

fn bind<Message: Clone>(press: KeyPress, on_send: &Message) -> Option<Binding<Message>> {
    if let text_editor::Status::Focused { .. } = press.status
        && let keyboard::Key::Named(key) = press.key
    {
        match key {
            Named::Enter if press.modifiers.shift() => return Some(Binding::Enter),
            Named::Enter => return Some(Binding::Custom(on_send.clone())),
            // These turn the pages of the conversation.
            Named::PageUp | Named::PageDown => return None,
            _ => {}
        }
    }
    Binding::from_key_press(press)
}

/// Finds the emoji of a line, so that they are drawn in colour.
struct Emoji {
    line: usize,
}

impl Highlighter for Emoji {
    type Settings = ();
    type Highlight = ();
    type Iterator<'a> = std::vec::IntoIter<(Range<usize>, ())>;

    fn new((): &()) -> Self {
        Self { line: 0 }
    }

    fn update(&mut self, (): &()) {}

    fn change_line(&mut self, line: usize) {
        self.line = self.line.min(line);
    }

    fn highlight_line(&mut self, line: &str) -> Self::Iterator<'_> {
        self.line += 1;
        let mut at = 0;
        let mut found = Vec::new();
        for (stretch, is_emoji) in emoji::stretches(line) {
            if is_emoji {
                found.push((at..at + stretch.len(), ()));
            }
            at += stretch.len();
        }
        found.into_iter()
    }

    fn current_line(&self) -> usize {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::widget::text_editor::{Edit, Motion};
    use std::sync::Arc;

    fn paste(composer: &mut Composer, text: &str) -> bool {
        composer.perform(Action::Edit(Edit::Paste(Arc::new(text.to_owned()))))
    }

    #[test]
    fn the_model_follows_the_view() {
        let mut composer = Composer::default();
        assert!(paste(&mut composer, "one\ntwo 😀"));
        assert_eq!(composer.model().text(), "one\ntwo 😀");
        assert_eq!(composer.model().selection(), 12..12);
        assert!(!composer.perform(Action::Select(Motion::Home)));
        assert_eq!(composer.model().selection(), 4..12);
        assert!(composer.perform(Action::Edit(Edit::Backspace)));
        assert_eq!(composer.model().text(), "one\n");
    }

    #[test]
    fn what_is_taken_is_gone_from_the_view_too() {
        let mut composer = Composer::default();
        let _ = paste(&mut composer, " hello ");
        assert_eq!(composer.take().unwrap().text, "hello");
        assert!(composer.content.is_empty() && composer.take().is_none());
    }

    #[test]
    fn enter_sends_and_shift_enter_breaks() {
        let press = |key: Named, modifiers| KeyPress {
            key: keyboard::Key::Named(key),
            modified_key: keyboard::Key::Named(key),
            physical_key: keyboard::key::Physical::Code(keyboard::key::Code::Enter),
            modifiers,
            text: None,
            status: text_editor::Status::Focused { is_hovered: false },
        };
        let none = keyboard::Modifiers::empty();
        assert_eq!(bind(press(Named::Enter, none), &7), Some(Binding::Custom(7)));
        assert_eq!(bind(press(Named::Enter, keyboard::Modifiers::SHIFT), &7), Some(Binding::Enter));
        assert_eq!(bind(press(Named::PageUp, none), &7), None);
    }
}
