//! A caret that comes to rest: where nobody writes, nothing is drawn.
//!
//! iced's fields blink for as long as they have the focus, and the window is drawn twice a second for it. After a while
//! without anything done in the window the caret stands still, and is seen, until something is done again.

use super::Element;
use crate::widget::passing::pass_on;
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, mouse};
use iced::window::{self, RedrawRequest};
use iced::{Event, Rectangle, Renderer, Theme, keyboard};
use std::time::{Duration, Instant};

/// It blinks for so long after something was done.
const BLINKS: Duration = Duration::from_secs(8);

/// A field whose caret comes to rest.
pub fn calm<'a, M: 'a>(field: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Element::new(Calm { field: field.into() })
}

struct Calm<'a, M> {
    field: Element<'a, M>,
}

struct State {
    /// From before the field could have got the focus: by this time its caret has only just begun to blink, so is seen.
    made: Instant,
    /// The first picture after something was done; `None` until it is drawn.
    used: Option<Instant>,
    rests: bool,
}

impl<M> Widget<M, Theme, Renderer> for Calm<'_, M> {
    pass_on!(child field: children, diff, size, size_hint, layout, operate, draw, mouse_interaction, overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { made: Instant::now(), used: None, rests: false })
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let Some(child) = tree.children.first_mut() else { return };
        let state = tree.state.downcast_mut::<State>();
        let mut update = |event: &Event, shell: &mut Shell<'_, M>| {
            self.field.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        };
        if let Event::Window(window::Event::RedrawRequested(now)) = event {
            let used = *state.used.get_or_insert(*now);
            state.rests = now.saturating_duration_since(used) >= BLINKS;
            if state.rests {
                let before = shell.redraw_request();
                update(&Event::Window(window::Event::RedrawRequested(state.made)), shell);
                if let RedrawRequest::At(_) = shell.redraw_request() {
                    Shell::replace_redraw_request(shell, before);
                }
                return;
            }
        } else if is_use(event) {
            state.used = None;
            if std::mem::take(&mut state.rests) {
                shell.request_redraw();
            }
        }
        update(event, shell);
    }
}

/// Whether somebody does something. Where the pointer rests or goes does not count.
fn is_use(event: &Event) -> bool {
    match event {
        Event::Keyboard(keyboard::Event::KeyPressed { .. })
        | Event::Mouse(mouse::Event::ButtonPressed(_))
        | Event::Touch(_)
        | Event::InputMethod(_) => true,
        Event::Window(event) => matches!(event, window::Event::Focused),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Look;
    use crate::widget::composer::{Composer, composer};
    use crate::widget::stage::Stage;
    use iced::advanced::widget::operation::focusable::focus;

    /// Whether the picture so much later shows a caret, and whether it asks for another one.
    fn look_at(stage: &mut Stage, state: &Composer, after: Duration) -> (bool, bool) {
        let look = Look::day();
        let view = || composer(look, state, "Write".into(), |_| (), ());
        stage.pass(view(), after);
        let (_, stirs) = stage.stirs(view(), &[stage.redraw()]);
        let picture = stage.picture(view(), look);
        // The only thing of the colour of words: the line is empty, and its hint is paler.
        (picture.shows(look.palette.text), stirs)
    }

    #[test]
    fn a_caret_comes_to_rest_where_it_is_seen_and_blinks_again_when_something_is_done() {
        let mut stage = Stage::new(300.0, 60.0);
        let state = Composer::default();
        let view = || composer(Look::day(), &state, "Write".into(), |_| (), ());
        stage.operate(view(), focus::<()>("composer".into()));
        assert!(look_at(&mut stage, &state, Duration::ZERO).1, "it blinks");
        for _ in 0..6 {
            assert_eq!(look_at(&mut stage, &state, BLINKS + Duration::from_millis(330)), (true, false));
        }
        stage.press(view(), keyboard::key::Named::Control);
        assert!(look_at(&mut stage, &state, Duration::ZERO).1, "it blinks again");
    }
}
