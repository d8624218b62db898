//! The loop that iced's shell runs for a window, over an iced program and without a window.
//!
//! `iced_test::Emulator` does most of this, but no window event and no key that a widget left alone reaches the
//! program's subscriptions in it, fonts are not loaded, and redraws are never asked for (`shared/facts/iced.md`, F).

mod surface;

use crate::screen::{Kind, Seen};
use futures::channel::mpsc;
use futures::{FutureExt, Stream, StreamExt};
use iced::advanced::clipboard;
use iced::advanced::graphics::text::{cosmic_text::fontdb, font_system};
use iced::advanced::renderer::Headless;
use iced::advanced::subscription::Event as Broadcast;
use iced::advanced::{mouse, renderer, widget::Operation, widget::operation::Outcome};
use iced::{Event, Point, Rectangle, Size, window};
use iced_test::core::theme;
use iced_test::futures::{Executor, Runtime, subscription};
use iced_test::program::Program;
use iced_test::runtime::user_interface::{Cache, State, UserInterface};
use iced_test::runtime::{self, Action, task};
use iced_test::selector::{Candidate, Selector};
use std::pin::Pin;
use std::sync::Once;
use std::task::{Context, Poll, Waker};
use std::time::Instant;
use surface::Surface;

type Act<P> = Action<<P as Program>::Message>;

/// What [`crate::Screen`] needs of the loop, whatever the program's types are.
pub trait Loop {
    /// Gives these events to the window, as the operating system would.
    fn events(&mut self, events: Vec<Event>);
    /// Where the pointer is from now on.
    fn point(&mut self, at: Point);
    /// Performs what tasks and subscriptions have brought, and draws a frame if one is due. Whether anything happened.
    fn turn(&mut self) -> bool;
    /// Rasterises what was drawn and is another than the last time.
    fn present(&mut self);
    /// Everything that the widgets say of themselves.
    fn seen(&mut self) -> Vec<Seen>;
    /// The picture: width, height, RGBA.
    fn picture(&mut self) -> (u32, u32, Vec<u8>);
    /// Changes the size of the window.
    fn resize(&mut self, size: Size);
    /// The words of the title bar.
    fn title(&self) -> String;
    /// Whether the window is open and the program has not ended.
    fn is_open(&self) -> bool;
}

/// An iced program that runs without a window.
pub struct Runner<P: Program> {
    program: P,
    state: P::State,
    runtime: Runtime<P::Executor, mpsc::UnboundedSender<Act<P>>, Act<P>>,
    actions: mpsc::UnboundedReceiver<Act<P>>,
    renderer: P::Renderer,
    cache: Option<Cache>,
    window: Option<window::Id>,
    size: Size,
    cursor: mouse::Cursor,
    clipboard: Clipboard,
    redraw_at: Option<Instant>,
    surface: Option<Surface>,
    ended: bool,
}

impl<P> Runner<P>
where
    P: Program + 'static,
    P::Theme: theme::Base,
{
    /// Boots the program with a window of this size.
    ///
    /// # Panics
    /// Where there is no software renderer or no executor: then nothing can be tested.
    #[allow(clippy::expect_used, reason = "a test harness has no one to hand the error to")]
    pub fn new(program: P, size: Size) -> Self {
        let settings = program.settings();
        hermetic_fonts();
        for font in settings.fonts {
            load_font(font);
        }
        let executor = P::Executor::new().expect("an executor");
        let renderer = executor
            .block_on(P::Renderer::new(settings.default_font, settings.default_text_size, Some("tiny-skia")))
            .expect("the software renderer");
        let (sender, actions) = mpsc::unbounded();
        let runtime = Runtime::new(executor, sender);
        let (state, boot) = runtime.enter(|| program.boot());
        let mut runner = Self {
            program,
            state,
            runtime,
            actions,
            renderer,
            cache: Some(Cache::default()),
            window: None,
            size,
            cursor: mouse::Cursor::Unavailable,
            clipboard: Clipboard::default(),
            redraw_at: None,
            surface: None,
            ended: false,
        };
        runner.run(boot);
        runner.resubscribe();
        runner
    }

    /// What is there at once is performed at once, as in iced's shell: a focus that a message asks for is in place
    /// before the next key.
    fn run(&mut self, task: iced::Task<P::Message>) {
        let Some(mut stream) = task::into_stream(task) else { return };
        loop {
            let next = {
                let mut context = Context::from_waker(Waker::noop());
                self.runtime.enter(|| Pin::new(&mut stream).poll_next(&mut context))
            };
            match next {
                Poll::Ready(Some(action)) => self.perform(action),
                Poll::Ready(None) => return,
                Poll::Pending => break,
            }
        }
        self.runtime.run(stream);
    }

    fn resubscribe(&mut self) {
        let recipes = subscription::into_recipes(
            self.runtime.enter(|| self.program.subscription(&self.state).map(Action::Output)),
        );
        self.runtime.track(recipes);
    }

    fn update(&mut self, messages: Vec<P::Message>) {
        for message in messages {
            let task = self.runtime.enter(|| self.program.update(&mut self.state, message));
            self.run(task);
        }
        self.resubscribe();
        self.redraw_at = Some(Instant::now());
    }

    /// Builds the interface from the present state, hands it to `act`, and keeps what the widgets remember.
    fn with_interface<R>(
        &mut self,
        act: impl FnOnce(
            &mut UserInterface<'_, P::Message, P::Theme, P::Renderer>,
            &mut P::Renderer,
            &mut Clipboard,
            mouse::Cursor,
        ) -> R,
    ) -> Option<R> {
        let window = self.window?;
        let mut interface = UserInterface::build(
            self.program.view(&self.state, window),
            self.size,
            self.cache.take().unwrap_or_default(),
            &mut self.renderer,
        );
        let result = act(&mut interface, &mut self.renderer, &mut self.clipboard, self.cursor);
        self.cache = Some(interface.into_cache());
        Some(result)
    }

    /// One round of events through the widgets; the messages that came of it go through the program.
    fn feed(&mut self, events: &[Event]) -> bool {
        let Some(window) = self.window else { return false };
        let mut messages = Vec::new();
        let Some((state, statuses)) = self.with_interface(|interface, renderer, clipboard, cursor| {
            interface.update(events, cursor, renderer, clipboard, &mut messages)
        }) else {
            return false;
        };
        match state {
            State::Outdated => self.redraw_at = Some(Instant::now()),
            State::Updated { redraw_request, .. } => self.ask_redraw(redraw_request),
        }
        for (event, status) in events.iter().zip(statuses) {
            self.runtime.broadcast(Broadcast::Interaction { window, event: event.clone(), status });
        }
        let any = !messages.is_empty();
        if any {
            self.update(messages);
        }
        any
    }

    fn ask_redraw(&mut self, request: window::RedrawRequest) {
        let at = match request {
            window::RedrawRequest::NextFrame => Instant::now() + std::time::Duration::from_millis(16),
            window::RedrawRequest::At(at) => at,
            window::RedrawRequest::Wait => return,
        };
        self.redraw_at = Some(self.redraw_at.map_or(at, |earlier| earlier.min(at)));
    }

    fn perform(&mut self, action: Act<P>) {
        match action {
            Action::Output(message) => self.update(vec![message]),
            Action::LoadFont { bytes, channel } => {
                load_font(bytes);
                let _ = channel.send(Ok(()));
            }
            Action::Widget(operation) => {
                self.with_interface(|interface, renderer, _, _| {
                    let mut next = Some(operation);
                    while let Some(mut operation) = next.take() {
                        interface.operate(renderer, operation.as_mut());
                        if let Outcome::Chain(chained) = operation.finish() {
                            next = Some(chained);
                        }
                    }
                });
                self.redraw_at = Some(Instant::now());
            }
            Action::Clipboard(runtime::clipboard::Action::Read { channel, .. }) => {
                let _ = channel.send(self.clipboard.0.clone());
            }
            Action::Clipboard(runtime::clipboard::Action::Write { contents, .. }) => self.clipboard.0 = Some(contents),
            Action::Window(action) => self.perform_on_window(action),
            Action::System(runtime::system::Action::GetTheme(channel)) => {
                let _ = channel.send(theme::Mode::Light);
            }
            Action::Exit => self.ended = true,
            Action::System(_) | Action::Image(_) | Action::Reload => {}
        }
    }

    fn perform_on_window(&mut self, action: runtime::window::Action) {
        use runtime::window::Action as Window;
        match action {
            Window::Open(id, settings, sender) => {
                self.window = Some(id);
                self.size = if self.size == Size::ZERO { settings.size } else { self.size };
                self.cache = Some(Cache::default());
                let _ = sender.send(id);
                self.feed(&[Event::Window(window::Event::Opened { position: None, size: self.size })]);
                self.feed(&[Event::Window(window::Event::Focused)]);
                self.redraw_at = Some(Instant::now());
            }
            Window::Close(id) if self.window == Some(id) => {
                self.window = None;
                self.runtime.broadcast(Broadcast::Interaction {
                    window: id,
                    event: Event::Window(window::Event::Closed),
                    status: iced::event::Status::Ignored,
                });
            }
            Window::GetOldest(sender) | Window::GetLatest(sender) => {
                let _ = sender.send(self.window);
            }
            Window::GetSize(_, sender) => {
                let _ = sender.send(self.size);
            }
            Window::GetScaleFactor(_, sender) => {
                let _ = sender.send(1.0);
            }
            Window::GetMode(_, sender) => {
                let _ = sender.send(window::Mode::Windowed);
            }
            Window::GetMaximized(_, sender) => {
                let _ = sender.send(false);
            }
            _ => {}
        }
    }

    /// A frame, as in iced's shell: what the widgets ask for while it is drawn is answered within it.
    fn frame(&mut self) {
        self.redraw_at = None;
        let event = [Event::Window(window::Event::RedrawRequested(Instant::now()))];
        for _ in 0..3 {
            if !self.feed(&event) {
                break;
            }
        }
        self.draw();
    }

    fn theme(&self) -> Option<P::Theme> {
        let theme = self.program.theme(&self.state, self.window?);
        Some(theme.unwrap_or_else(|| <P::Theme as theme::Base>::default(theme::Mode::Light)))
    }

    fn draw(&mut self) -> Option<iced::Color> {
        let theme = self.theme()?;
        let style = self.program.style(&self.state, &theme);
        self.with_interface(|interface, renderer, _, cursor| {
            interface.draw(renderer, &theme, &renderer::Style { text_color: style.text_color }, cursor);
        });
        Some(style.background_color)
    }
}

impl<P> Loop for Runner<P>
where
    P: Program + 'static,
    P::Theme: theme::Base,
{
    fn events(&mut self, events: Vec<Event>) {
        self.feed(&events);
    }

    fn point(&mut self, at: Point) {
        self.cursor = mouse::Cursor::Available(at);
        self.feed(&[Event::Mouse(mouse::Event::CursorMoved { position: at })]);
    }

    fn turn(&mut self) -> bool {
        let mut happened = false;
        while let Some(Some(action)) = self.actions.next().now_or_never() {
            happened = true;
            self.perform(action);
        }
        if self.redraw_at.is_some_and(|at| at <= Instant::now()) {
            happened = true;
            self.frame();
        }
        happened
    }

    fn present(&mut self) {
        let Some(theme) = self.theme() else { return };
        let background = self.program.style(&self.state, &theme).background_color;
        let renderer: &mut dyn std::any::Any = &mut self.renderer;
        if let Some(iced::Renderer::Secondary(renderer)) = renderer.downcast_mut() {
            let surface = self.surface.take().filter(|surface| surface.is_of(self.size));
            self.surface = surface.or_else(|| Surface::new(self.size));
            if let Some(surface) = &mut self.surface {
                surface.present(renderer, background);
            }
        }
    }

    fn seen(&mut self) -> Vec<Seen> {
        let mut finder = (|candidate: Candidate<'_>| Some(Seen::from(candidate))).find_all();
        self.with_interface(|interface, renderer, _, _| {
            interface.operate(renderer, &mut iced::advanced::widget::operation::black_box(&mut finder));
        });
        match finder.finish() {
            Outcome::Some(seen) => seen,
            _ => Vec::new(),
        }
    }

    fn picture(&mut self) -> (u32, u32, Vec<u8>) {
        self.frame();
        let background = self.draw().unwrap_or(iced::Color::BLACK);
        let size = Size::new(self.size.width as u32, self.size.height as u32);
        (size.width, size.height, self.renderer.screenshot(size, 1.0, background))
    }

    fn resize(&mut self, size: Size) {
        self.size = size;
        self.feed(&[Event::Window(window::Event::Resized(size))]);
        self.redraw_at = Some(Instant::now());
    }

    fn title(&self) -> String {
        self.window.map(|window| self.program.title(&self.state, window)).unwrap_or_default()
    }

    fn is_open(&self) -> bool {
        self.window.is_some() && !self.ended
    }
}

impl From<Candidate<'_>> for Seen {
    fn from(candidate: Candidate<'_>) -> Self {
        let (kind, words, focused) = match &candidate {
            Candidate::Text { content, .. } => (Kind::Text, Some((*content).to_owned()), false),
            Candidate::TextInput { state, .. } => (Kind::Input, Some(state.text().to_owned()), false),
            Candidate::Focusable { state, .. } => (Kind::Control, None, state.is_focused()),
            Candidate::Scrollable { .. } => (Kind::Scrollable, None, false),
            Candidate::Container { .. } | Candidate::Custom { .. } => (Kind::Box, None, false),
        };
        Self {
            kind,
            id: candidate.id().and_then(id_words),
            words,
            focused,
            bounds: candidate.bounds(),
            visible: candidate.visible_bounds().filter(|b: &Rectangle| b.width > 0.0 && b.height > 0.0),
        }
    }
}

/// The words of an id that was made of words: iced has no other way to read them.
fn id_words(id: &iced::advanced::widget::Id) -> Option<String> {
    let debug = format!("{id:?}");
    let quoted = debug.strip_prefix("Id(Custom(\"")?.strip_suffix("\"))")?;
    Some(quoted.replace("\\\"", "\"").replace("\\\\", "\\"))
}

#[derive(Default)]
struct Clipboard(Option<String>);

impl clipboard::Clipboard for Clipboard {
    fn read(&self, _kind: clipboard::Kind) -> Option<String> {
        self.0.clone()
    }

    fn write(&mut self, _kind: clipboard::Kind, contents: String) {
        self.0 = Some(contents);
    }
}

fn load_font(bytes: std::borrow::Cow<'static, [u8]>) {
    if let Ok(mut fonts) = font_system().write() {
        fonts.load_font(bytes);
    }
}

/// Only the fonts that the program brings: pictures and widths are then the same on every machine.
fn hermetic_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let Ok(mut fonts) = font_system().write() else { return };
        let database = fonts.raw().db_mut();
        let system: Vec<_> = database
            .faces()
            .filter(|face| !matches!(face.source, fontdb::Source::Binary(_)))
            .map(|face| face.id)
            .collect();
        for face in system {
            database.remove_face(face);
        }
        database.set_sans_serif_family("Fira Sans");
    });
}

/// The state of the interface between two frames is not ours to look into.
impl<P: Program> std::fmt::Debug for Runner<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("size", &self.size).finish_non_exhaustive()
    }
}
