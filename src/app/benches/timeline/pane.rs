//! A window without a screen, driven by hand as `iced_winit` drives a real one, with a clock at every step.

use heliograph::theme::{Look, fonts};
use heliograph::widget::Element;
use iced::advanced::clipboard;
use iced::advanced::graphics::{Viewport, damage};
use iced::advanced::renderer::{self, Headless};
use iced::{Event, Rectangle, Renderer, Size, Theme, mouse, window};
use iced_runtime::user_interface::{Cache, UserInterface};
use iced_tiny_skia::Layer;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// For valgrind, which cannot tell the time of a thread: the time that goes by is taken instead.
pub static PLAIN_CLOCK: AtomicBool = AtomicBool::new(!cfg!(unix));

/// Processor time of this thread: what others do on the machine meanwhile does not count.
pub fn clock() -> Duration {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    #[cfg(unix)]
    if !PLAIN_CLOCK.load(Relaxed) {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        return Duration::new(now.tv_sec as u64, now.tv_nsec as u32);
    }
    BEGUN.get_or_init(Instant::now).elapsed()
}

/// What one frame took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame {
    /// Making the widgets.
    pub view: Duration,
    /// Matching them with what is remembered, and giving each its place.
    pub layout: Duration,
    /// Telling them what happened.
    pub update: Duration,
    /// Recording what is to be drawn.
    pub draw: Duration,
    /// Drawing what is another than in the last frame.
    pub raster: Duration,
    /// How much of the window that was, from 0 to 1; more where spots overlap.
    pub damage: f32,
}

impl Frame {
    /// Everything but the rasterising.
    pub fn cpu(&self) -> Duration {
        self.view + self.layout + self.update + self.draw
    }

    /// Everything.
    pub fn whole(&self) -> Duration {
        self.cpu() + self.raster
    }
}

/// The window.
pub struct Pane {
    renderer: Renderer,
    cache: Option<Cache>,
    size: Size,
    cursor: mouse::Cursor,
    look: Look,
    pixels: tiny_skia::Pixmap,
    mask: tiny_skia::Mask,
    before: Option<Vec<Layer>>,
    now: Instant,
    /// Nothing is rasterised: only what is remembered counts.
    pub blind: bool,
}

impl Pane {
    pub fn new(size: Size) -> Self {
        fonts::load();
        let renderer = <Renderer as Headless>::new(fonts::REGULAR, 14.0.into(), Some("tiny-skia"));
        let (width, height) = (size.width as u32, size.height as u32);
        Self {
            renderer: futures::executor::block_on(renderer).unwrap(),
            cache: Some(Cache::default()),
            size,
            cursor: mouse::Cursor::Available(iced::Point::new(size.width / 2.0, size.height / 2.0)),
            look: Look::day(),
            pixels: tiny_skia::Pixmap::new(width, height).unwrap(),
            mask: tiny_skia::Mask::new(width, height).unwrap(),
            before: None,
            now: Instant::now(),
            blind: false,
        }
    }

    pub fn size(&self) -> Size {
        self.size
    }

    /// Another width; what is remembered stays.
    pub fn resize(&mut self, size: Size) {
        let (width, height) = (size.width as u32, size.height as u32);
        self.size = size;
        self.pixels = tiny_skia::Pixmap::new(width, height).unwrap();
        self.mask = tiny_skia::Mask::new(width, height).unwrap();
        self.before = None;
    }

    /// Forgets every widget, as when the window is new.
    pub fn forget(&mut self) {
        self.cache = Some(Cache::default());
        self.before = None;
    }

    /// One frame, 16 ms after the last one: `events`, then the redraw. The messages that come of it are for the caller.
    pub fn frame<'a, M: 'a>(&mut self, view: impl FnOnce() -> Element<'a, M>, events: &[Event]) -> (Frame, Vec<M>) {
        self.step(view, events, true)
    }

    /// The same. As in the program, nothing is drawn where messages come of it, unless it is the `last` step of the frame.
    pub fn step<'a, M: 'a>(
        &mut self,
        view: impl FnOnce() -> Element<'a, M>,
        events: &[Event],
        last: bool,
    ) -> (Frame, Vec<M>) {
        self.now += Duration::from_millis(16);
        let mut messages = Vec::new();
        let mut frame = Frame::default();
        let begun = clock();
        let view = view();
        let viewed = clock();
        let mut interface: UserInterface<'_, M, Theme, Renderer> =
            UserInterface::build(view, self.size, self.cache.take().unwrap(), &mut self.renderer);
        let laid_out = clock();
        let (cursor, renderer) = (self.cursor, &mut self.renderer);
        if !events.is_empty() {
            let _ = interface.update(events, cursor, renderer, &mut clipboard::Null, &mut messages);
        }
        let redraw = Event::Window(window::Event::RedrawRequested(self.now));
        let _ = interface.update(&[redraw], cursor, renderer, &mut clipboard::Null, &mut messages);
        let updated = clock();
        let ends = last || messages.is_empty();
        if ends {
            let style = renderer::Style { text_color: self.look.palette.text };
            interface.draw(renderer, &self.look.theme(), &style, cursor);
        }
        let drawn = clock();
        self.cache = Some(interface.into_cache());
        (frame.view, frame.layout) = (viewed - begun, laid_out - viewed);
        (frame.update, frame.draw) = (updated - laid_out, drawn - updated);
        if ends {
            (frame.raster, frame.damage) = self.present();
        }
        (frame, messages)
    }

    /// As `iced_tiny_skia::window::compositor::present` does it.
    fn present(&mut self) -> (Duration, f32) {
        if self.blind {
            return (Duration::ZERO, 0.0);
        }
        let Renderer::Secondary(renderer) = &mut self.renderer else { unreachable!("asked for") };
        let begun = clock();
        let whole = Rectangle::with_size(self.size);
        let damage = match &self.before {
            Some(before) => damage::diff(before, renderer.layers(), |layer| vec![layer.bounds], Layer::damage),
            None => vec![whole],
        };
        if !damage.is_empty() {
            self.before = Some(renderer.layers().to_vec());
        }
        let damage = if damage.is_empty() { damage } else { damage::group(damage, whole) };
        let size = Size::new(self.pixels.width(), self.pixels.height());
        let viewport = Viewport::with_physical_size(size, 1.0);
        renderer.draw(&mut self.pixels.as_mut(), &mut self.mask, &viewport, &damage, self.look.palette.bg);
        let area: f32 = damage.iter().filter_map(|spot| spot.intersection(&whole)).map(|spot| spot.area()).sum();
        (clock() - begun, area / whole.area())
    }

    /// What is on it, to be looked at.
    pub fn save(&self, path: &str) {
        let swapped: Vec<u8> = self.pixels.data().chunks_exact(4).flat_map(|p| [p[2], p[1], p[0], 255]).collect();
        image::save_buffer(path, &swapped, self.pixels.width(), self.pixels.height(), image::ColorType::Rgba8).unwrap();
    }
}
