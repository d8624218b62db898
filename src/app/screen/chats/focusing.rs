//! Who gets the keyboard.

use super::Message;
use super::search::Place;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome};
use iced::advanced::widget::{Id, operate, operation};
use iced::{Rectangle, Task};

/// To the composer, where there is one: one goes on writing. Tasks come in any order: whoever has begun to search
/// meanwhile keeps the keyboard.
pub(super) fn to_the_composer() -> Task<Message> {
    operate(Focus::default())
}

/// Looks who has it now.
#[derive(Default)]
struct Focus {
    searches: bool,
}

impl<T: Send + 'static> Operation<T> for Focus {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        let of_search = [Place::Inside, Place::Palette].map(|place| Id::new(place.field()));
        self.searches |= state.is_focused() && id.is_some_and(|id| of_search.contains(id));
    }

    fn finish(&self) -> Outcome<T> {
        match self.searches {
            true => Outcome::None,
            false => Outcome::Chain(Box::new(operation::focusable::focus(Id::new("composer")))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::chats::search::{self, Place};
    use crate::screen::chats::tests::{Scene, view};

    #[test]
    fn whoever_searches_keeps_the_keyboard() {
        let mut scene = Scene::with_chats(1280.0, 800.0);
        scene.keepers(31..=40);
        let mut late = Focus::default();
        scene.stage.with_operation::<Message>(view(&scene.screen, scene.look), &mut late);
        assert!(matches!(Operation::<()>::finish(&late), Outcome::Chain(_)), "nobody else has it");
        scene.update(Message::Search(Place::Inside, search::Message::Wanted));
        scene.click("search-inside");
        // The chat was opened a moment ago; that the composer is to have the keyboard comes only now.
        let mut late = Focus::default();
        scene.stage.with_operation::<Message>(view(&scene.screen, scene.look), &mut late);
        assert!(matches!(Operation::<()>::finish(&late), Outcome::None));
    }
}
