//! What a person sees and touches.

use crate::runner::{Loop, Runner};
use iced::keyboard::{self, key::Named};
use iced::{Event, Point, Rectangle, Size, mouse};
use iced_test::core::{SmolStr, theme};
use iced_test::program::Program;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a test waits for what must come. Generous: a loaded machine is no failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a widget says of itself.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What it is.
    pub kind: Kind,
    /// The id that was given to it.
    pub id: Option<String>,
    /// Its words: of a label, or the value of a field.
    pub words: Option<String>,
    /// Whether it has the keyboard.
    pub focused: bool,
    /// Where it lies.
    pub bounds: Rectangle,
    /// The part of that which is not scrolled away.
    pub visible: Option<Rectangle>,
}

/// Kinds of what can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A field that text is typed into.
    Input,
    /// Something that takes the keyboard.
    Control,
    /// Something that scrolls.
    Scrollable,
    /// Anything else.
    Box,
}

/// A window of the program, with a person before it. Every method that looks for something waits for it, and panics
/// with what was on the screen instead when it never comes.
pub struct Screen {
    inner: Box<dyn Loop>,
}

impl std::fmt::Debug for Screen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Screen")
    }
}

#[allow(clippy::panic, reason = "the failing assertion of a test")]
impl Screen {
    /// Boots the program and waits until its window is open.
    pub fn new<P>(program: P, width: f32, height: f32) -> Self
    where
        P: Program + 'static,
        P::Theme: theme::Base,
    {
        let mut screen = Self { inner: Box::new(Runner::new(program, Size::new(width, height))) };
        screen.wait_until("the window is open", |screen| screen.inner.is_open());
        screen
    }

    /// Performs what has come and draws a frame if one is due. Whether anything happened.
    pub fn turn(&mut self) -> bool {
        self.inner.turn()
    }

    /// Rasterises what was drawn, where it differs from the last time, as the window of the program does.
    pub fn present(&mut self) {
        self.inner.present();
    }

    /// Lets the program run for this long.
    pub fn run_for(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while Instant::now() < end {
            if !self.inner.turn() {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
    }

    /// Lets the program run until this holds.
    pub fn wait_until(&mut self, what: &str, holds: impl FnMut(&mut Self) -> bool) {
        if !self.comes(holds, PATIENCE) {
            let words = self.words().join(" | ");
            panic!("waited {} s until {what}; on the screen: {words}", PATIENCE.as_secs());
        }
    }

    /// Whether this comes to hold within the time.
    pub fn comes(&mut self, mut holds: impl FnMut(&mut Self) -> bool, within: Duration) -> bool {
        let end = Instant::now() + within;
        let mut looked = None::<Instant>;
        loop {
            let happened = self.inner.turn();
            // Looking costs a layout: not more often than there can be anything new to see.
            if happened || looked.is_none_or(|at| at.elapsed() > Duration::from_millis(25)) {
                looked = Some(Instant::now());
                if holds(self) {
                    return true;
                }
            }
            if Instant::now() >= end {
                return holds(self);
            }
            if !happened {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
    }

    /// Everything on the screen, whether scrolled away or not.
    pub fn seen(&mut self) -> Vec<Seen> {
        self.inner.seen()
    }

    /// All visible words, in the order of the widgets.
    pub fn words(&mut self) -> Vec<String> {
        self.seen().into_iter().filter(|seen| seen.visible.is_some()).filter_map(|seen| seen.words).collect()
    }

    /// Whether some visible words contain these.
    pub fn shows(&mut self, words: &str) -> bool {
        self.words().iter().any(|seen| seen.contains(words))
    }

    /// The visible controls whose id begins so, from top to bottom.
    pub fn ids(&mut self, prefix: &str) -> Vec<String> {
        let mut seen: Vec<_> = self
            .seen()
            .into_iter()
            .filter_map(|seen| Some((seen.visible?.y, seen.id.filter(|id| id.starts_with(prefix))?)))
            .collect();
        seen.sort_by(|a, b| a.0.total_cmp(&b.0));
        seen.dedup_by(|a, b| a.1 == b.1);
        seen.into_iter().map(|(_, id)| id).collect()
    }

    /// Whether a visible control has this id.
    pub fn has(&mut self, id: &str) -> bool {
        self.find(id).is_some()
    }

    /// The value of the field with this id.
    pub fn value(&mut self, id: &str) -> Option<String> {
        self.seen()
            .into_iter()
            .filter(|seen| seen.id.as_deref() == Some(id) && seen.kind == Kind::Input)
            .find_map(|seen| seen.words)
    }

    /// What has the keyboard, by its id.
    pub fn focused(&mut self) -> Option<String> {
        self.seen().into_iter().find(|seen| seen.focused).and_then(|seen| seen.id)
    }

    /// The visible thing with this id, or else with exactly these words.
    pub fn find(&mut self, target: &str) -> Option<Seen> {
        let seen = self.seen();
        let visible = || seen.iter().filter(|seen| seen.visible.is_some());
        visible()
            .find(|seen| seen.id.as_deref() == Some(target))
            .or_else(|| visible().find(|seen| seen.words.as_deref() == Some(target)))
            .cloned()
    }

    /// Waits until these words are visible.
    pub fn wait_for(&mut self, words: &str) {
        self.wait_until(&format!("“{words}” is shown"), |screen| screen.shows(words));
    }

    /// Waits until these words are gone.
    pub fn wait_gone(&mut self, words: &str) {
        self.wait_until(&format!("“{words}” is gone"), |screen| !screen.shows(words));
    }

    /// Waits for the thing with this id or these words, and says where it is.
    pub fn wait_find(&mut self, target: &str) -> Seen {
        let mut found = None;
        self.wait_until(&format!("there is a “{target}”"), |screen| {
            found = screen.find(target);
            found.is_some()
        });
        match found {
            Some(found) => found,
            None => panic!("there is no “{target}”"),
        }
    }

    /// Moves the pointer to the thing with this id or these words and clicks.
    pub fn click(&mut self, target: &str) {
        let seen = self.wait_find(target);
        self.click_at(seen.visible.unwrap_or(seen.bounds).center());
    }

    /// The window gets the focus, or loses it.
    pub fn focus(&mut self, focused: bool) {
        let event = if focused { iced::window::Event::Focused } else { iced::window::Event::Unfocused };
        self.inner.events(vec![Event::Window(event)]);
        self.inner.turn();
    }

    /// Presses the other button of the pointer there.
    pub fn right_click_at(&mut self, at: Point) {
        self.inner.point(at);
        self.inner.turn();
        for event in
            [mouse::Event::ButtonPressed(mouse::Button::Right), mouse::Event::ButtonReleased(mouse::Button::Right)]
        {
            self.inner.events(vec![Event::Mouse(event)]);
            self.inner.turn();
        }
    }

    /// Clicks there.
    pub fn click_at(&mut self, at: Point) {
        self.inner.point(at);
        self.inner.turn();
        for pressed in [true, false] {
            let button = mouse::Button::Left;
            self.inner.events(vec![Event::Mouse(if pressed {
                mouse::Event::ButtonPressed(button)
            } else {
                mouse::Event::ButtonReleased(button)
            })]);
            self.inner.turn();
        }
    }

    /// Turns the wheel over the thing with this id by so many lines; up is positive.
    pub fn scroll(&mut self, target: &str, lines: f32) {
        let seen = self.wait_find(target);
        self.scroll_at(seen.visible.unwrap_or(seen.bounds).center(), lines);
    }

    /// Turns the wheel there by so many lines; up is positive.
    pub fn scroll_at(&mut self, at: Point, lines: f32) {
        self.inner.point(at);
        let delta = mouse::ScrollDelta::Lines { x: 0.0, y: lines };
        self.inner.events(vec![Event::Mouse(mouse::Event::WheelScrolled { delta })]);
        self.inner.turn();
    }

    /// Types these characters.
    pub fn keys(&mut self, text: &str) {
        for c in text.chars() {
            let c = SmolStr::new(c.to_string());
            self.tap(keyboard::Key::Character(c.clone()), Some(c), keyboard::Modifiers::default());
        }
    }

    /// Clicks into the field with this id and types.
    pub fn write(&mut self, field: &str, text: &str) {
        self.click(field);
        self.keys(text);
    }

    /// Clicks into the field with this id, removes what is there and types.
    pub fn rewrite(&mut self, field: &str, text: &str) {
        self.click(field);
        let all = keyboard::Key::Character(SmolStr::new("a"));
        self.tap(all, None, keyboard::Modifiers::COMMAND);
        self.press(Named::Backspace);
        self.keys(text);
    }

    /// Presses a key that has a name.
    pub fn press(&mut self, key: Named) {
        self.press_with(key, keyboard::Modifiers::default());
    }

    /// Presses a key that has a name, while others are held.
    pub fn press_with(&mut self, key: Named, modifiers: keyboard::Modifiers) {
        let text = match key {
            Named::Enter => Some("\r"),
            Named::Tab => Some("\t"),
            Named::Space => Some(" "),
            Named::Backspace => Some("\u{8}"),
            Named::Escape => Some("\u{1b}"),
            _ => None,
        };
        self.tap(keyboard::Key::Named(key), text.map(SmolStr::new), modifiers);
    }

    /// Presses the key that writes this character, while others are held.
    pub fn chord(&mut self, character: char, modifiers: keyboard::Modifiers) {
        self.tap(keyboard::Key::Character(SmolStr::new(character.to_string())), None, modifiers);
    }

    fn tap(&mut self, key: keyboard::Key, text: Option<SmolStr>, modifiers: keyboard::Modifiers) {
        let held = modifiers != keyboard::Modifiers::default();
        if held {
            self.inner.events(vec![Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers))]);
        }
        let physical_key = physical(&key);
        self.inner.events(vec![Event::Keyboard(keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: key.clone(),
            physical_key,
            location: keyboard::Location::Standard,
            modifiers,
            text,
            repeat: false,
        })]);
        self.inner.turn();
        self.inner.events(vec![Event::Keyboard(keyboard::Event::KeyReleased {
            key: key.clone(),
            modified_key: key,
            physical_key,
            location: keyboard::Location::Standard,
            modifiers,
        })]);
        if held {
            self.inner.events(vec![Event::Keyboard(keyboard::Event::ModifiersChanged(keyboard::Modifiers::default()))]);
        }
        self.inner.turn();
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, width: f32, height: f32) {
        self.inner.resize(Size::new(width, height));
    }

    /// The words of the title bar.
    pub fn title(&self) -> String {
        self.inner.title()
    }

    /// Whether the window is open.
    pub fn is_open(&self) -> bool {
        self.inner.is_open()
    }

    /// The picture: width, height, RGBA.
    pub fn picture(&mut self) -> (u32, u32, Vec<u8>) {
        self.inner.picture()
    }

    /// Saves the picture as a PNG, for people.
    pub fn save_picture(&mut self, path: &Path) {
        let (width, height, rgba) = self.picture();
        if let Some(folder) = path.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        if let Some(picture) = image::RgbaImage::from_raw(width, height, rgba) {
            let _ = picture.save(path);
        }
    }
}

/// The place of a key on the board, for what is bound to places (copy, paste, select all).
fn physical(key: &keyboard::Key) -> keyboard::key::Physical {
    use keyboard::key::{Code, NativeCode, Physical};
    match key {
        keyboard::Key::Character(c) if c == "a" => Physical::Code(Code::KeyA),
        keyboard::Key::Character(c) if c == "1" => Physical::Code(Code::Digit1),
        keyboard::Key::Character(c) if c == "2" => Physical::Code(Code::Digit2),
        keyboard::Key::Character(c) if c == "c" => Physical::Code(Code::KeyC),
        keyboard::Key::Character(c) if c == "v" => Physical::Code(Code::KeyV),
        keyboard::Key::Named(Named::Enter) => Physical::Code(Code::Enter),
        keyboard::Key::Named(Named::Tab) => Physical::Code(Code::Tab),
        keyboard::Key::Named(Named::Space) => Physical::Code(Code::Space),
        keyboard::Key::Named(Named::Backspace) => Physical::Code(Code::Backspace),
        keyboard::Key::Named(Named::Escape) => Physical::Code(Code::Escape),
        _ => Physical::Unidentified(NativeCode::Unidentified),
    }
}
