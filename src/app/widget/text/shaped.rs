//! A stretch of a text in its shape: which byte is where, in every script and both directions.

use super::spans::{Paint, Piece, Spans};
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::graphics::text::cosmic_text::{BidiParagraphs, LayoutGlyph, LayoutRun};
use iced::advanced::text::{self, Difference, Paragraph as _};
use iced::{Font, Point, Rectangle, Size};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Shaped letters, and how their bytes belong to those of the text.
#[derive(Default)]
pub struct Shaped {
    /// To be drawn.
    pub paragraph: Paragraph,
    /// What is drawn besides letters, where.
    pub marks: Vec<Mark>,
    paints: Vec<Paint>,
    colors: Vec<Option<iced::Color>>,
    pieces: Vec<Piece>,
    /// The first shaped byte of each line between hard breaks.
    lines: Vec<usize>,
}

/// Something that is drawn besides letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// What.
    pub paint: Paint,
    /// Where, within the paragraph.
    pub bounds: Rectangle,
    /// In which colour lines are drawn, if not in that of the text.
    pub color: Option<iced::Color>,
}

impl Shaped {
    /// Shapes spans.
    pub fn new(cut: Spans<'_>, describe: impl Fn() -> text::Text<(), Font>) -> Self {
        let text::Text { bounds, size, line_height, font, align_x, align_y, shaping, wrapping, .. } = describe();
        let spans = &*cut.spans;
        let paragraph = Paragraph::with_spans(text::Text {
            content: spans,
            bounds,
            size,
            line_height,
            font,
            align_x,
            align_y,
            shaping,
            wrapping,
        });
        let joined: String = cut.spans.iter().map(|span| span.text.as_ref()).collect();
        let start = joined.as_ptr() as usize;
        let lines = BidiParagraphs::new(&joined).map(|line| (line.as_ptr() as usize).saturating_sub(start)).collect();
        let colors = cut.spans.iter().map(|span| span.color).collect();
        let mut shaped = Self { paragraph, marks: Vec::new(), paints: cut.paints, colors, pieces: cut.pieces, lines };
        shaped.mark();
        shaped
    }

    /// Makes it as wide as there is room; says whether it has to be shaped again.
    pub fn fit(&mut self, described: text::Text<(), Font>) -> bool {
        let bounds = described.bounds;
        match self.paragraph.compare(described) {
            Difference::None => false,
            Difference::Bounds => {
                self.paragraph.resize(bounds);
                self.mark();
                false
            }
            Difference::Shape => true,
        }
    }

    /// How large it is.
    pub fn size(&self) -> Size {
        self.paragraph.min_bounds()
    }

    /// The width of the last line, and whether it is written from right to left.
    pub fn last_line(&self) -> (f32, bool) {
        self.runs().last().map_or((0.0, false), |run| (run.line_w, run.rtl))
    }

    /// Whether it begins with what is written from right to left.
    pub fn is_rtl(&self) -> bool {
        self.runs().next().is_some_and(|run| run.rtl)
    }

    /// The first shaped byte of the line between hard breaks that a visual line belongs to.
    fn line(&self, run: &LayoutRun<'_>) -> usize {
        self.lines
            .get(run.line_i)
            .copied()
            .unwrap_or_else(|| self.pieces.last().map_or(0, |last| last.shaped + last.len))
    }

    fn runs(&self) -> impl Iterator<Item = LayoutRun<'_>> {
        self.paragraph.buffer().layout_runs()
    }

    /// Finds out what has to be drawn where, once for each shape.
    fn mark(&mut self) {
        let mut marks: Vec<Mark> = Vec::new();
        if self.paints.iter().any(|paint| *paint != Paint::default()) {
            for run in self.paragraph.buffer().layout_runs() {
                let mut before: Option<usize> = None;
                for glyph in run.glyphs {
                    let paint = self.paints.get(glyph.metadata).copied().unwrap_or_default();
                    if paint == Paint::default() {
                        before = None;
                        continue;
                    }
                    let bounds = Rectangle { x: glyph.x, y: run.line_top, width: glyph.w, height: run.line_height };
                    let last = marks.last_mut().filter(|last| before.is_some() && last.paint == paint);
                    if !last.is_some_and(|last| grow(&mut last.bounds, glyph.x, glyph.w)) {
                        let color = self.colors.get(glyph.metadata).copied().flatten();
                        marks.push(Mark { paint, bounds, color });
                    }
                    before = Some(glyph.metadata);
                }
            }
        }
        self.marks = marks;
    }

    /// The byte of the text that a shaped byte stands for.
    fn source(&self, shaped: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.shaped <= shaped);
        match after.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some(piece) => piece.source + (shaped - piece.shaped).min(piece.len),
            None => self.pieces.first().map_or(0, |piece| piece.source),
        }
    }

    /// The shaped byte that a byte of the text has become.
    fn shaped(&self, source: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.source <= source);
        match after.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some(piece) => piece.shaped + (source - piece.source).min(piece.len),
            None => self.pieces.first().map_or(0, |piece| piece.shaped),
        }
    }

    /// The byte of the text nearest to a point within the paragraph: before or behind the character there.
    pub fn hit(&self, point: Point) -> usize {
        let mut last = None;
        for run in self.runs() {
            let below = point.y >= run.line_top + run.line_height;
            last = Some(run);
            if !below {
                break;
            }
        }
        let Some(run) = last else { return self.source(0) };
        let line = self.line(&run);
        self.source(line + in_line(&run, point.x))
    }

    /// Where a stretch of the text is. What reaches over a hard break shows a little of it.
    pub fn regions(&self, range: &Range<usize>, on_behind: bool) -> Vec<Rectangle> {
        let (from, to) = (self.shaped(range.start), self.shaped(range.end));
        let mut out: Vec<Rectangle> = Vec::new();
        let mut runs = self.runs().peekable();
        while let Some(run) = runs.next() {
            let line = self.line(&run);
            let (start, end) = (from.saturating_sub(line), to.saturating_sub(line));
            let ends_line = runs.peek().is_none_or(|next| next.line_i != run.line_i);
            let on = match runs.peek() {
                Some(next) => next.line_i != run.line_i && to >= self.line(next),
                None => on_behind,
            };
            let first = out.len();
            let starts_before_end = from < line + run.text.len() || (from <= line + run.text.len() && on);
            if to < line || !starts_before_end {
                continue;
            }
            for glyph in run.glyphs {
                let Some((x, width)) = covered(&run, glyph, start, end) else { continue };
                let last = out.get_mut(first..).and_then(<[_]>::last_mut);
                if !last.is_some_and(|last| grow(last, x, width)) {
                    out.push(Rectangle { x, y: run.line_top, width, height: run.line_height });
                }
            }
            // The break itself.
            if ends_line && on && from <= line + run.text.len() {
                let (left, right) = edges(run.glyphs);
                let x = if run.rtl { left - BREAK } else { right };
                out.push(Rectangle { x, y: run.line_top, width: BREAK, height: run.line_height });
            }
        }
        out
    }
}

/// How wide a chosen line break looks.
const BREAK: f32 = 5.0;

/// Makes a region larger by what is next to it, at either side, if that is so.
fn grow(region: &mut Rectangle, x: f32, width: f32) -> bool {
    let (end, next) = (region.x + region.width, x + width);
    let beside = (end - x).abs() < 1.0 || (region.x - next).abs() < 1.0;
    if beside {
        let left = region.x.min(x);
        (region.x, region.width) = (left, end.max(next) - left);
    }
    beside
}

fn edges(glyphs: &[LayoutGlyph]) -> (f32, f32) {
    let left = glyphs.iter().map(|glyph| glyph.x).reduce(f32::min).unwrap_or(0.0);
    let right = glyphs.iter().map(|glyph| glyph.x + glyph.w).reduce(f32::max).unwrap_or(0.0);
    (left, right)
}

/// Parts of a glyph that stands for several characters are taken to be equally wide. Byte, width from the glyph's own
/// beginning, for each boundary in it.
fn stops<'a>(run: &'a LayoutRun<'_>, glyph: &'a LayoutGlyph) -> impl Iterator<Item = (usize, f32)> + 'a {
    let cluster = run.text.get(glyph.start..glyph.end).unwrap_or_default();
    let count = cluster.graphemes(true).count().max(1) as f32;
    let ends = cluster.grapheme_indices(true).map(|(at, part)| at + part.len());
    std::iter::once(0)
        .chain(ends)
        .enumerate()
        .map(move |(number, at)| (glyph.start + at, glyph.w * number as f32 / count))
}

/// The byte in the line that is nearest to a place in one of its visual lines.
fn in_line(run: &LayoutRun<'_>, x: f32) -> usize {
    let first = run.glyphs.iter().map(|glyph| glyph.start).min().unwrap_or(0);
    let last = run.glyphs.iter().map(|glyph| glyph.end).max().unwrap_or(0);
    let (left, right) = edges(run.glyphs);
    if x <= left {
        return if run.rtl { last } else { first };
    }
    if x >= right {
        return if run.rtl { first } else { last };
    }
    let Some(glyph) = run.glyphs.iter().find(|glyph| x >= glyph.x && x < glyph.x + glyph.w) else { return first };
    let along = if glyph.level.is_rtl() { glyph.x + glyph.w - x } else { x - glyph.x };
    stops(run, glyph)
        .min_by(|(_, a), (_, b)| (a - along).abs().total_cmp(&(b - along).abs()))
        .map_or(glyph.start, |(at, _)| at)
}

/// How much of a glyph lies between two bytes of the line.
fn covered(run: &LayoutRun<'_>, glyph: &LayoutGlyph, start: usize, end: usize) -> Option<(f32, f32)> {
    if glyph.end <= start || end <= glyph.start || start >= end {
        return None;
    }
    let place =
        |byte: usize| stops(run, glyph).take_while(|(at, _)| *at <= byte).last().map_or(0.0, |(_, width)| width);
    let (from, to) = (place(start.max(glyph.start)), place(end.min(glyph.end)));
    let x = if glyph.level.is_rtl() { glyph.x + glyph.w - to } else { glyph.x + from };
    (to > from).then_some((x, to - from))
}
