//! Scrolls a list just so far that one of its rows is seen.

use super::Screen;
use iced::advanced::widget::operation::scrollable::{AbsoluteOffset, scroll_by};
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable};
use iced::advanced::widget::{Id, operate};
use iced::{Rectangle, Task, Vector};

/// Room between the row and the edge.
const MARGIN: f32 = 8.0;

/// Brings the row with this id into the view of the list with that id; what stands above the first one as well.
pub fn reveal(list: &'static str, row: Id, first: bool) -> Task<Screen> {
    operate(Reveal { list: Id::new(list), row, first, window: None, by: None })
}

struct Reveal {
    list: Id,
    row: Id,
    first: bool,
    /// What of the list is seen, and how far it is scrolled.
    window: Option<(Rectangle, Vector)>,
    by: Option<f32>,
}

impl<T: Send + 'static> Operation<T> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        _content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        if id == Some(&self.list) {
            self.window = Some((bounds, translation));
        }
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, _state: &mut dyn Focusable) {
        let Some((window, scrolled)) = self.window.filter(|_| id == Some(&self.row)) else { return };
        let row = bounds - scrolled;
        let above = if self.first { scrolled.y } else { 0.0 };
        let over = (window.y + MARGIN - row.y).max(above);
        let under = row.y + row.height + MARGIN - (window.y + window.height);
        self.by = (over > 0.0).then_some(-over).or((under > 0.0).then_some(under));
    }

    fn finish(&self) -> Outcome<T> {
        match self.by {
            Some(y) => Outcome::Chain(Box::new(scroll_by(self.list.clone(), AbsoluteOffset { x: 0.0, y }))),
            None => Outcome::None,
        }
    }
}
