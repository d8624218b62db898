//! What is remembered of shaped words, and what can be asked of them.

use super::blocks::{self, Part, Quoted};
use super::highlight::{self, Answer};
use super::hint::Hint;
use super::shaped::Shaped;
use super::spans::{self, Leading, Letters};
use super::{describe, emoji};
use crate::theme::{Look, fonts};
use crate::widget::control::focus::Held;
use heliograph_model::{EntityKind, FormattedText};
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{self, Paragraph as _, Span, Wrapping};
use iced::{Font, Point, Rectangle, Size, Vector};
use std::ops::Range;
use std::time::Instant;
use unicode_segmentation::UnicodeSegmentation;

/// The words of a message in their shape. A bubble reads where the last line ends; whoever chooses words by pointer or
/// keys finds this by an operation.
pub struct State {
    pub(super) text: FormattedText,
    look: Option<Look>,
    room: f32,
    /// How many emoji there are, if there is nothing else and they are few.
    emoji: Option<u8>,
    pub(super) blocks: Vec<Block>,
    pub(super) quotes: Vec<Quote>,
    pub(super) links: Vec<Leading>,
    pub(super) controls: Vec<Control>,
    pub(super) size: Size,
    pub(super) selection: Option<Range<usize>>,
    /// Where each spoiler begins that was looked under.
    pub(super) revealed: Vec<usize>,
    /// Where each quote begins that was opened.
    pub(super) opened: Vec<usize>,
    /// What the button of the pointer went down on, and where.
    pub(super) pressed: Option<(What, Point)>,
    pub(super) hovered: Option<What>,
    /// Which code was just copied, and when.
    pub(super) copied: Option<(usize, Instant)>,
    /// Where the link leads on which the pointer rests.
    pub(super) hint: Hint,
    /// Some code will get its colours.
    pub(super) awaits: bool,
}

/// A block in its shape and place.
pub(super) struct Block {
    pub part: Part,
    pub shaped: Shaped,
    /// Where the letters stand.
    pub place: Point,
    /// What is below this does not show.
    pub end: f32,
    /// The ground of code, and the name of its language.
    pub frame: Option<Rectangle>,
    pub label: Option<Paragraph>,
}

/// What somebody else said, in one block or several.
pub(super) struct Quote {
    pub quoted: Quoted,
    pub frame: Rectangle,
    pub rtl: bool,
    /// It can be opened, or closed again when it is open.
    pub opens: Option<bool>,
}

/// Something that can be pressed, by the pointer or the keyboard.
pub(super) struct Control {
    pub what: What,
    pub regions: Vec<Rectangle>,
    pub held: Held,
}

/// What pressing does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Follows the link with this number.
    Link(usize),
    /// Shows what is under the spoiler that begins here.
    Spoiler(usize),
    /// Copies the code that begins here.
    Copy(usize),
    /// Opens or closes the quote that begins here.
    Quote(usize),
}

/// How the last line of a text ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastLine {
    /// Its width.
    pub width: f32,
    /// It is written from right to left.
    pub rtl: bool,
}

/// Between blocks; between those of one quote.
const GAP: (f32, f32) = (6.0, 4.0);
/// Around code: at the sides, above and below. Room for its button.
const CODE: (f32, f32) = (10.0, 7.0);
const HEAD: f32 = 26.0;
const BUTTON: f32 = 24.0;
/// Around quoted words: beside the bar, at the other side, above and below.
const QUOTE: (f32, f32, f32) = (12.0, 10.0, 4.0);
/// So many lines of a collapsed quote show.
const COLLAPSED: f32 = 3.0;

impl State {
    pub(super) fn new() -> Self {
        Self {
            text: FormattedText::default(),
            look: None,
            room: 0.0,
            emoji: None,
            blocks: Vec::new(),
            quotes: Vec::new(),
            links: Vec::new(),
            controls: Vec::new(),
            size: Size::ZERO,
            selection: None,
            revealed: Vec::new(),
            opened: Vec::new(),
            pressed: None,
            hovered: None,
            copied: None,
            hint: Hint::default(),
            awaits: false,
        }
    }

    /// Where the last line ends.
    pub fn last_line(&self) -> LastLine {
        match self.blocks.last() {
            None => LastLine { width: 0.0, rtl: false },
            // The block's ground goes on to the edge: nothing may stand beside its last line.
            Some(block) if block.part.code.is_some() || block.part.quote.is_some() => {
                LastLine { width: f32::INFINITY, rtl: false }
            }
            Some(block) => {
                let (width, rtl) = block.shaped.last_line();
                LastLine { width, rtl }
            }
        }
    }

    /// How many bytes the text has.
    pub fn len(&self) -> usize {
        self.text.text.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.text.text.is_empty()
    }

    /// The byte of the text nearest to a point within the widget, before or behind the character there.
    pub fn hit(&self, point: Point) -> usize {
        let above = self.blocks.iter().take_while(|block| block.place.y <= point.y).last();
        let Some(block) = above.or_else(|| self.blocks.first()) else { return 0 };
        let y = point.y.min(block.end - 1.0);
        block.shaped.hit(Point::new(point.x - block.place.x, y - block.place.y))
    }

    /// Chooses bytes of the text, that are drawn as chosen; or none.
    pub fn select(&mut self, range: Option<Range<usize>>) {
        let boundary = |at: usize| {
            let at = at.min(self.len());
            (0..=at).rev().find(|at| self.text.text.is_char_boundary(*at)).unwrap_or(0)
        };
        self.selection =
            range.map(|range| boundary(range.start)..boundary(range.end)).filter(|range| !range.is_empty());
    }

    /// What is chosen.
    pub fn selected(&self) -> Option<Range<usize>> {
        self.selection.clone()
    }

    /// The word that a byte of the text is in. What is hidden is one word.
    pub fn word_at(&self, byte: usize) -> Range<usize> {
        let text = &self.text;
        let hidden = text.entities.iter().find(|entity| {
            entity.kind == EntityKind::Spoiler
                && (entity.start..entity.end).contains(&byte)
                && !self.revealed.contains(&entity.start)
        });
        if let Some(entity) = hidden {
            return entity.start..entity.end;
        }
        let byte = byte.min(self.len());
        // From the beginning of the line, so that long texts cost no more than they must.
        let line = self.paragraph_at(byte);
        let words = text.text.get(line.clone()).unwrap_or_default();
        let mut last = line.start..line.start;
        for (at, word) in words.split_word_bound_indices() {
            last = line.start + at..line.start + at + word.len();
            if byte < last.end {
                break;
            }
        }
        last
    }

    /// The paragraph that a byte of the text is in, without the break at its end.
    pub fn paragraph_at(&self, byte: usize) -> Range<usize> {
        let byte = (0..=byte.min(self.len())).rev().find(|at| self.text.text.is_char_boundary(*at)).unwrap_or(0);
        let (before, after) = self.text.text.split_at(byte);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(self.len(), |at| byte + at);
        start..end
    }

    /// The spoilers that were looked under, by where they begin; for [`FormattedText::seen`].
    pub fn revealed(&self) -> &[usize] {
        &self.revealed
    }

    /// Where chosen bytes are drawn.
    pub(super) fn chosen(&self) -> Vec<Rectangle> {
        self.selection.as_ref().map_or_else(Vec::new, |range| self.regions_of(range))
    }

    /// How high the text is.
    pub(super) fn height(&self) -> f32 {
        self.blocks.last().map_or(0.0, |block| block.end)
    }

    /// Where these bytes stand.
    pub(super) fn regions_of(&self, range: &Range<usize>) -> Vec<Rectangle> {
        let mut out = Vec::new();
        for block in &self.blocks {
            let own = &block.part.range;
            if range.end <= own.start || own.end < range.start {
                continue;
            }
            let part = range.start.max(own.start)..range.end.min(own.end);
            let regions = block.shaped.regions(&part, range.end > own.end);
            out.extend(regions.into_iter().map(|region| block.moved(region)).filter(|region| region.height > 0.0));
        }
        out
    }

    /// Takes the text and gives it shape, as far as that is not done already.
    pub(super) fn settle(&mut self, text: &FormattedText, look: Look, room: f32, copies: bool) {
        let fresh = self.look != Some(look) || self.text != *text;
        if fresh {
            if self.text != *text {
                self.text.clone_from(text);
                self.links = spans::links(text);
                self.emoji = emoji::only(text);
                let starts = |at: &usize| text.entities.iter().any(|entity| entity.start == *at);
                self.revealed.retain(starts);
                self.opened.retain(starts);
                self.select(self.selection.clone());
                (self.pressed, self.hovered) = (None, None);
            }
            self.look = Some(look);
            self.shape(look, room);
        } else {
            let emoji = self.emoji;
            let stale = self.blocks.iter_mut().fold(false, |stale, block| {
                let described = block.described(look, emoji, room);
                block.shaped.fit(described) || stale
            });
            if stale {
                self.shape(look, room);
            } else if self.room == room {
                return;
            }
        }
        self.room = room;
        self.arrange(look, room, copies);
    }

    /// Makes everything anew at the next layout.
    pub(super) fn forget(&mut self) {
        self.look = None;
    }

    fn shape(&mut self, look: Look, room: f32) {
        let Self { text, links, revealed, emoji, .. } = &*self;
        let mut awaits = false;
        let blocks = blocks::parts(text)
            .into_iter()
            .map(|part| {
                let answer = colors(text, &part);
                awaits |= answer == Answer::Soon;
                let at = |range: &Range<usize>| range.start + part.range.start..range.end + part.range.start;
                let colors: Vec<_> = match &answer {
                    Answer::Known(tokens) => {
                        tokens.iter().map(|(range, token)| (at(range), token.color(look.palette))).collect()
                    }
                    Answer::Soon | Answer::Never => Vec::new(),
                };
                let letters = Letters { look, code: part.code.is_some(), links, revealed, colors: &colors };
                let cut = spans::cut(text, part.range.clone(), letters);
                let label = part.code.as_deref().filter(|language| !language.is_empty()).map(|language| {
                    let spans: [Span<'_, (), Font>; 1] = [Span { font: Some(fonts::MEDIUM), ..Span::new(language) }];
                    Paragraph::with_spans(describe(
                        &spans[..],
                        Size::INFINITE,
                        look.time(),
                        look.size(14.0),
                        Wrapping::None,
                    ))
                });
                let shaped = Shaped::new(cut, || described(&part, look, *emoji, room));
                Block { part, shaped, place: Point::ORIGIN, end: 0.0, frame: None, label }
            })
            .collect();
        (self.blocks, self.awaits) = (blocks, awaits);
    }

    /// Whether all colours of code are known by now.
    pub(super) fn has_colors(&self) -> bool {
        self.blocks.iter().all(|block| colors(&self.text, &block.part) != Answer::Soon)
    }

    /// Puts the blocks below each other.
    fn arrange(&mut self, look: Look, room: f32, copies: bool) {
        let (mut y, mut width) = (0.0_f32, 0.0_f32);
        self.quotes.clear();
        let head = look.size(HEAD).round();
        let mut before: Option<Option<Quoted>> = None;
        for index in 0..self.blocks.len() {
            let next = self.blocks.get(index + 1).map(|block| block.part.quote);
            let Some(block) = self.blocks.get_mut(index) else { continue };
            let quote = block.part.quote;
            if let Some(before) = before {
                y += if before == quote && quote.is_some() { GAP.1 } else { GAP.0 };
            }
            if let Some(quoted) = quote
                && before.flatten() != quote
            {
                let frame = Rectangle { x: 0.0, y, width: 0.0, height: 0.0 };
                self.quotes.push(Quote { quoted, frame, rtl: block.shaped.is_rtl(), opens: None });
                y += QUOTE.2;
            }
            let size = block.shaped.size();
            let (start, end) = block.insets(look);
            width = width.max(size.width + start + end);
            block.end = f32::INFINITY;
            if block.part.code.is_some() {
                let above = if block.label.is_some() { head } else { CODE.1 };
                block.place.y = y + above;
                let height = above + size.height + CODE.1;
                block.frame = Some(Rectangle { x: 0.0, y, width: 0.0, height });
                y += height;
                let label =
                    block.label.as_ref().map_or(0.0, |label| label.min_width() + 2.0 * CODE.0 + look.size(BUTTON));
                width = width.max(label);
            } else {
                block.place.y = y;
                y += size.height;
            }
            before = Some(quote);
            if let Some(quoted) = quote
                && next != Some(quote)
                && let Some(last) = self.quotes.last_mut()
            {
                let top = last.frame.y + QUOTE.2;
                let line = line_height(look.name());
                if quoted.collapsed && y - top > (COLLAPSED + 0.5) * line {
                    let opened = self.opened.contains(&quoted.start);
                    last.opens = Some(opened);
                    if !opened {
                        y = top + COLLAPSED * line;
                        for block in self.blocks.iter_mut().filter(|block| block.part.quote == quote) {
                            block.end = y;
                        }
                    }
                }
                y += QUOTE.2;
                last.frame.height = y - last.frame.y;
            }
        }
        self.size = Size::new(width.ceil().min(room.max(0.0)), y);
        let width = self.size.width;
        for quote in &mut self.quotes {
            quote.frame.width = width;
        }
        for block in &mut self.blocks {
            let quote = block.part.quote.and_then(|of| self.quotes.iter().find(|quote| quote.quoted == of));
            let mirrored = quote.is_some_and(|quote| quote.rtl);
            let (start, end) = quote.map_or((0.0, 0.0), |_| (QUOTE.0, QUOTE.1));
            let (left, right) = if mirrored { (end, start) } else { (start, end) };
            let inner = if block.part.code.is_some() { CODE.0 } else { 0.0 };
            if let Some(frame) = &mut block.frame {
                (frame.x, frame.width) = (left, width - left - right);
            }
            let size = block.shaped.size();
            block.place.x = match block.shaped.is_rtl() && block.part.code.is_none() {
                true => width - right - inner - size.width,
                false => left + inner,
            };
            block.end = block.end.min(block.place.y + size.height);
        }
        self.control(look, copies);
    }

    /// Finds out what can be pressed, and keeps the focus where it was.
    fn control(&mut self, look: Look, copies: bool) {
        let (button, head) = (look.size(BUTTON).round(), look.size(HEAD).round());
        let mut controls: Vec<Control> = Vec::new();
        let mut add = |what: What, region: Rectangle| match controls.iter_mut().find(|control| control.what == what) {
            Some(control) => control.regions.push(region),
            None => controls.push(Control { what, regions: vec![region], held: Held::default() }),
        };
        let mut quotes = self.quotes.iter().peekable();
        let mut blocks = self.blocks.iter().peekable();
        while let Some(block) = blocks.next() {
            if let Some(frame) = block.frame.filter(|_| copies && block.place.y < block.end) {
                // Beside the name of the language, else beside the first line.
                let line = if block.label.is_some() { head } else { 2.0 * CODE.1 + look.size(18.0).round() };
                let place = Point::new(frame.x + frame.width - button - 2.0, frame.y + ((line - button) / 2.0).round());
                add(What::Copy(block.part.range.start), Rectangle::new(place, Size::new(button, button)));
            }
            for mark in &block.shaped.marks {
                let region = block.moved(mark.bounds);
                let what = match (mark.paint.spoiler, mark.paint.link) {
                    _ if region.height <= 0.0 => continue,
                    (Some(start), _) => What::Spoiler(start),
                    (None, Some(link)) => What::Link(link),
                    (None, None) => continue,
                };
                add(what, region);
            }
            let ends =
                block.part.quote.is_some() && blocks.peek().map(|next| next.part.quote) != Some(block.part.quote);
            if ends
                && let Some(quote) = quotes.next()
                && quote.opens.is_some()
            {
                let x = if quote.rtl { quote.frame.x } else { quote.frame.x + quote.frame.width - button };
                let y = quote.frame.y + quote.frame.height - button;
                add(What::Quote(quote.quoted.start), Rectangle::new(Point::new(x, y), Size::new(BUTTON, BUTTON)));
            }
        }
        for control in &mut controls {
            if let Some(before) = self.controls.iter().find(|before| before.what == control.what) {
                control.held = before.held;
            }
        }
        self.controls = controls;
    }

    /// What can be pressed at a point within the widget.
    pub(super) fn control_at(&self, point: Point) -> Option<What> {
        self.controls
            .iter()
            .find(|control| control.regions.iter().any(|region| region.contains(point)))
            .map(|control| control.what)
    }
}

impl Block {
    /// A region of its paragraph as a region of the widget, without what does not show.
    pub fn moved(&self, region: Rectangle) -> Rectangle {
        let region = region + Vector::new(self.place.x, self.place.y);
        let height = region.height.min(self.end - region.y).max(0.0);
        Rectangle { height, ..region }
    }

    /// What it needs beside its letters, where reading begins and where it ends.
    fn insets(&self, look: Look) -> (f32, f32) {
        insets(&self.part, look)
    }

    fn described(&self, look: Look, emoji: Option<u8>, room: f32) -> text::Text<(), Font> {
        described(&self.part, look, emoji, room)
    }
}

/// What is known of the colours of a part.
fn colors(text: &FormattedText, part: &Part) -> Answer {
    match (&part.code, text.text.get(part.range.clone())) {
        (Some(language), Some(code)) => highlight::tokens(language, code),
        _ => Answer::Never,
    }
}

fn insets(part: &Part, look: Look) -> (f32, f32) {
    let (mut start, mut end) = (0.0, 0.0);
    if let Some(quote) = part.quote {
        start += QUOTE.0;
        end += QUOTE.1 + if quote.collapsed { look.size(BUTTON) / 2.0 } else { 0.0 };
    }
    if let Some(language) = &part.code {
        start += CODE.0;
        end += if language.is_empty() { look.size(BUTTON) + 4.0 } else { CODE.0 };
    }
    (start, end)
}

fn line_height(size: f32) -> f32 {
    (size * 20.0 / 14.0).round()
}

/// How the letters of a part are shaped.
fn described(part: &Part, look: Look, emoji: Option<u8>, room: f32) -> text::Text<(), Font> {
    let (start, end) = insets(part, look);
    let (size, line) = match (&part.code, part.quote, emoji) {
        (Some(_), ..) => (look.size(12.5), look.size(18.0).round()),
        (None, Some(_), _) => (look.name(), line_height(look.name())),
        (None, None, Some(count)) => {
            let size = look.size(match count {
                1 => 44.0,
                2 => 36.0,
                _ => 30.0,
            });
            (size, (size * 1.25).round())
        }
        (None, None, None) => (look.body(), line_height(look.body())),
    };
    let bounds = Size::new((room - start - end).max(1.0), f32::INFINITY);
    describe((), bounds, size, line, Wrapping::WordOrGlyph)
}
