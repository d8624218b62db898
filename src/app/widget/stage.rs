//! A headless window for tests. Unlike `iced_test`'s simulator it keeps the widgets' state from one view to the next,
//! and gives out the pixels.

pub(crate) mod snapshot;

use super::Element;
use crate::theme::{Look, fonts};
use iced::advanced::renderer::{self, Headless};
use iced::keyboard::{self, key};
use iced::{Event, Point, Rectangle, Renderer, Size, mouse, window};
use iced_test::core::clipboard;
use iced_test::runtime::{UserInterface, user_interface};
use iced_test::{Selector, simulator};
use std::time::{Duration, Instant};

pub(crate) struct Stage {
    renderer: Renderer,
    cache: Option<user_interface::Cache>,
    size: Size,
    cursor: mouse::Cursor,
    /// How far the stage's time is ahead of ours.
    ahead: Duration,
}

impl Stage {
    pub(crate) fn new(width: f32, height: f32) -> Self {
        fonts::load_only();
        let renderer =
            futures::executor::block_on(<Renderer as Headless>::new(fonts::REGULAR, 14.0.into(), Some("tiny-skia")));
        Self {
            renderer: renderer.unwrap(),
            cache: Some(user_interface::Cache::default()),
            size: Size::new(width, height),
            cursor: mouse::Cursor::Unavailable,
            ahead: Duration::ZERO,
        }
    }

    fn with<'a, M, R>(
        &mut self,
        view: impl Into<Element<'a, M>>,
        run: impl FnOnce(&mut UserInterface<'_, M, iced::Theme, Renderer>, &mut Renderer, mouse::Cursor) -> R,
    ) -> R {
        let cache = self.cache.take().unwrap();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        let result = run(&mut interface, &mut self.renderer, self.cursor);
        self.cache = Some(interface.into_cache());
        result
    }

    /// Lets these happen; gives the messages that came of them.
    pub(crate) fn events<'a, M>(&mut self, view: impl Into<Element<'a, M>>, events: &[Event]) -> Vec<M> {
        self.with(view, |interface, renderer, cursor| {
            let mut messages = Vec::new();
            let _state = interface.update(events, cursor, renderer, &mut clipboard::Null, &mut messages);
            messages
        })
    }

    /// Lets these happen; gives the messages that came of them, and whether anything on screen is to be drawn anew.
    pub(crate) fn stirs<'a, M>(&mut self, view: impl Into<Element<'a, M>>, events: &[Event]) -> (Vec<M>, bool) {
        self.with(view, |interface, renderer, cursor| {
            let mut messages = Vec::new();
            let (state, _) = interface.update(events, cursor, renderer, &mut clipboard::Null, &mut messages);
            let waits =
                matches!(state, user_interface::State::Updated { redraw_request: window::RedrawRequest::Wait, .. });
            (messages, !waits)
        })
    }

    /// The window is made larger or smaller.
    pub(crate) fn resize(&mut self, width: f32, height: f32) {
        self.size = Size::new(width, height);
    }

    /// Lets so much time go by; gives the messages that came of it.
    pub(crate) fn pass<'a, M>(&mut self, view: impl Into<Element<'a, M>>, time: Duration) -> Vec<M> {
        self.ahead += time;
        let now = Instant::now() + self.ahead;
        self.events(view, &[Event::Window(window::Event::RedrawRequested(now))])
    }

    /// A picture is to be drawn now.
    pub(crate) fn redraw(&self) -> Event {
        Event::Window(window::Event::RedrawRequested(Instant::now() + self.ahead))
    }

    /// The pointer goes there, as the window tells it.
    pub(crate) fn move_to<'a, M>(&mut self, view: impl Into<Element<'a, M>>, position: Point) -> Vec<M> {
        self.point_at(position);
        self.events(view, &[Event::Mouse(mouse::Event::CursorMoved { position })])
    }

    /// Where the first match is.
    pub(crate) fn find<'a, M, S>(&mut self, view: impl Into<Element<'a, M>>, selector: S) -> Option<S::Output>
    where
        S: Selector + Send,
        S::Output: Clone + Send,
    {
        use iced::advanced::widget::operation::{Operation, Outcome, black_box};
        let mut search = selector.find();
        self.with(view, |interface, renderer, _| interface.operate(renderer, &mut black_box(&mut search)));
        match search.finish() {
            Outcome::Some(found) => found,
            _ => None,
        }
    }

    /// Lets an operation have its way with the widgets.
    pub(crate) fn operate<'a, M>(
        &mut self,
        view: impl Into<Element<'a, M>>,
        mut operation: impl iced::advanced::widget::operation::Operation<()>,
    ) {
        use iced::advanced::widget::operation::black_box;
        self.with(view, |interface, renderer, _| interface.operate(renderer, &mut black_box(&mut operation)));
    }

    /// Lets an operation have its way that is still wanted afterwards.
    pub(crate) fn with_operation<'a, M>(
        &mut self,
        view: impl Into<Element<'a, M>>,
        operation: &mut dyn iced::advanced::widget::operation::Operation<()>,
    ) {
        self.with(view, |interface, renderer, _| interface.operate(renderer, operation));
    }

    pub(crate) fn bounds_of<'a, M>(&mut self, view: impl Into<Element<'a, M>>, id: &'static str) -> Option<Rectangle> {
        self.find(view, iced_test::selector::id(id)).map(|target| target.bounds())
    }

    /// All words that are told to whoever searches the interface, and where they are.
    pub(crate) fn words<'a, M>(&mut self, view: impl Into<Element<'a, M>>) -> Vec<(Rectangle, String)> {
        use iced::advanced::widget::{Id, operation::Operation};
        struct Words(Vec<(Rectangle, String)>);
        impl Operation for Words {
            fn text(&mut self, _id: Option<&Id>, bounds: Rectangle, words: &str) {
                self.0.push((bounds, words.to_owned()));
            }

            fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
                operate(self);
            }
        }
        let mut words = Words(Vec::new());
        self.with(view, |interface, renderer, _| interface.operate(renderer, &mut words));
        words.0
    }

    /// The id of what has the focus.
    pub(crate) fn has_focus<'a, M>(&mut self, view: impl Into<Element<'a, M>>, id: &'static str) -> bool {
        let wanted = iced::widget::Id::new(id);
        let focused = move |candidate: iced_test::selector::Candidate<'_>| match candidate {
            iced_test::selector::Candidate::Focusable { id, state, .. } => {
                (state.is_focused() && id == Some(&wanted)).then_some(())
            }
            _ => None,
        };
        self.find(view, focused).is_some()
    }

    pub(crate) fn point_at(&mut self, point: Point) {
        self.cursor = mouse::Cursor::Available(point);
    }

    /// Clicks the middle of the control with this id.
    pub(crate) fn click<'a, M>(&mut self, view: impl Fn() -> Element<'a, M>, id: &'static str) -> Vec<M> {
        let bounds = self.bounds_of(view(), id).unwrap_or_else(|| panic!("{id} is not there"));
        self.point_at(bounds.center());
        self.events(view(), &simulator::click().collect::<Vec<_>>())
    }

    pub(crate) fn press<'a, M>(&mut self, view: impl Into<Element<'a, M>>, key: key::Named) -> Vec<M> {
        self.events(view, &simulator::tap_key(key, None).collect::<Vec<_>>())
    }

    pub(crate) fn press_with_shift<'a, M>(&mut self, view: impl Into<Element<'a, M>>, key: key::Named) -> Vec<M> {
        let mut event = simulator::press_key(key, None);
        if let Event::Keyboard(keyboard::Event::KeyPressed { modifiers, .. }) = &mut event {
            *modifiers = keyboard::Modifiers::SHIFT;
        }
        self.events(view, &[event])
    }

    /// A press of the other button of the pointer, where it is now.
    pub(crate) fn right_click<'a, M>(&mut self, view: impl Into<Element<'a, M>>) -> Vec<M> {
        let right = mouse::Button::Right;
        let events = [mouse::Event::ButtonPressed(right), mouse::Event::ButtonReleased(right)];
        self.events(view, &events.map(Event::Mouse))
    }

    /// Where these words are, as told to whoever searches the interface; clicks there.
    pub(crate) fn click_words<'a, M>(&mut self, view: impl Fn() -> Element<'a, M>, words: &'static str) -> Vec<M> {
        let found = self.find(view(), words).unwrap_or_else(|| panic!("{words} is not there"));
        self.point_at(found.bounds().center());
        let moved = mouse::Event::CursorMoved { position: found.bounds().center() };
        let mut messages = self.events(view(), &[Event::Mouse(moved)]);
        messages.extend(self.events(view(), &simulator::click().collect::<Vec<_>>()));
        messages
    }

    pub(crate) fn typewrite<'a, M>(&mut self, view: impl Into<Element<'a, M>>, text: &str) -> Vec<M> {
        self.events(view, &simulator::typewrite(text).collect::<Vec<_>>())
    }

    /// What it looks like now: RGBA, one pixel for one unit.
    pub(crate) fn picture<'a, M>(&mut self, view: impl Into<Element<'a, M>>, look: Look) -> Picture {
        let size = Size::new(self.size.width as u32, self.size.height as u32);
        let now = Instant::now() + self.ahead;
        let pixels = self.with(view, |interface, renderer, cursor| {
            let redraw = Event::Window(window::Event::RedrawRequested(now));
            let _state = interface.update(&[redraw], cursor, renderer, &mut clipboard::Null, &mut Vec::new());
            let style = renderer::Style { text_color: look.palette.text };
            interface.draw(renderer, &look.theme(), &style, cursor);
            renderer.screenshot(size, 1.0, look.palette.bg)
        });
        Picture { size, pixels }
    }
}

pub(crate) struct Picture {
    size: Size<u32>,
    pixels: Vec<u8>,
}

impl Picture {
    /// Without the rows at the foot that have one colour only, but for so many of them.
    pub(crate) fn trimmed(mut self, margin: u32) -> Self {
        let row = self.size.width as usize * 4;
        let last = self.pixels.len() - 4;
        let ground: Vec<u8> = self.pixels[last..].to_vec();
        let empty = |line: &[u8]| line.chunks_exact(4).all(|pixel| pixel == ground);
        let used = self.pixels.chunks_exact(row).rposition(|line| !empty(line)).map_or(0, |line| line as u32 + 1);
        self.size.height = (used + margin).min(self.size.height);
        self.pixels.truncate(row * self.size.height as usize);
        self
    }

    /// How large it is.
    pub(crate) fn size(&self) -> Size<u32> {
        self.size
    }

    /// Its pixels, four bytes each, row by row.
    pub(crate) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Whether any pixel has this colour, give or take what rounding does.
    pub(crate) fn shows(&self, color: iced::Color) -> bool {
        let [r, g, b, _] = color.into_rgba8();
        let near = |a: u8, b: u8| a.abs_diff(b) <= 2;
        self.pixels.chunks_exact(4).any(|p| near(p[0], r) && near(p[1], g) && near(p[2], b))
    }

    /// One pixel.
    pub(crate) fn at(&self, x: u32, y: u32) -> [u8; 4] {
        let start = (y * self.size.width + x) as usize * 4;
        self.pixels[start..start + 4].try_into().unwrap()
    }

    /// Keeps it to be looked at.
    pub(crate) fn save(&self, path: &std::path::Path) {
        image::save_buffer(path, &self.pixels, self.size.width, self.size.height, image::ColorType::Rgba8).unwrap();
    }
}
