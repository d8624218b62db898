//! The pictures of an album as one justified grid: rows of one height each that fill the width, or a tall picture with
//! the others below each other beside it. Nothing but arithmetic.

use iced::{Point, Rectangle, Size};

/// Between two pictures.
const GAP: f32 = 2.0;
/// What is wider or taller than this is cut, so that the others still can be seen.
const RATIOS: (f32, f32) = (0.5, 2.4);
/// At most so many beside each other.
const ROW: usize = 5;
/// More than the server puts into an album, and what the search is made for.
const MOST: usize = 12;
/// How high the whole should be, and at most is, for a width of one.
const HEIGHT: (f32, f32, f32) = (0.55, 1.05, 1.3);
/// No picture is lower or narrower than this, for a width of one, where that can be.
const LEAST: f32 = 0.18;

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// All of it.
    pub size: Size,
    /// The pictures in their order, on whole pixels.
    pub cells: Vec<Rectangle>,
}

impl Grid {
    /// Which corners of a picture are corners of the whole: at the top left, and on clockwise.
    pub fn outer(&self, cell: &Rectangle) -> [bool; 4] {
        let (left, top) = (cell.x < 0.5, cell.y < 0.5);
        let right = cell.x + cell.width > self.size.width - 0.5;
        let bottom = cell.y + cell.height > self.size.height - 0.5;
        [left && top, right && top, right && bottom, left && bottom]
    }

    /// The same for reading from right to left.
    pub fn mirrored(mut self) -> Self {
        for cell in &mut self.cells {
            cell.x = self.size.width - cell.x - cell.width;
        }
        self
    }
}

/// How the pictures are divided.
#[derive(Clone, Debug, PartialEq)]
enum Plan {
    /// So many in each row.
    Rows(Vec<usize>),
    /// The first at the side of all others.
    Beside,
}

/// Lays out pictures of these pixels in this width. Which stands where depends on their proportions only.
pub fn grid(pictures: &[(u32, u32)], width: f32) -> Grid {
    let ratios: Vec<f32> = pictures.iter().take(MOST).map(|size| ratio(*size)).collect();
    let width = width.max(1.0).round();
    match plan(&ratios) {
        Some(Plan::Rows(rows)) => in_rows(&ratios, &rows, width),
        Some(Plan::Beside) => beside(&ratios, width),
        None => Grid::default(),
    }
}

fn ratio((width, height): (u32, u32)) -> f32 {
    let ratio = width.max(1) as f32 / height.max(1) as f32;
    ratio.clamp(RATIOS.0, RATIOS.1)
}

/// The division that looks best. Every way to cut the row of pictures is tried: 512 for an album of ten.
fn plan(ratios: &[f32]) -> Option<Plan> {
    let last = ratios.len().checked_sub(1)?;
    let mut best: Option<(f32, Plan)> = None;
    for cuts in 0..1_u32 << last {
        // A row ends behind each picture whose bit is set, and behind the last one.
        let ends = |index: usize| index == last || cuts >> index & 1 == 1;
        let mut measure = Measure::default();
        let (mut sum, mut count) = (0.0, 0);
        let mut too_long = false;
        for (index, ratio) in ratios.iter().enumerate() {
            (sum, count) = (sum + ratio, count + 1);
            if ends(index) {
                too_long |= count > ROW;
                let from = (index + 1).saturating_sub(count);
                measure.row(ratios.get(from..=index).unwrap_or_default(), 1.0 / sum);
                (sum, count) = (0.0, 0);
            }
        }
        let cost = measure.cost();
        if !too_long && best.as_ref().is_none_or(|(least, _)| cost < *least) {
            let ends: Vec<usize> = (0..=last).filter(|index| ends(*index)).collect();
            let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
            best = Some((cost, Plan::Rows(starts.zip(&ends).map(|(start, end)| end + 1 - start).collect())));
        }
    }
    if let [first, others @ ..] = ratios
        && matches!(others.len(), 2 | 3)
        && *first < 1.0
    {
        let (side, height) = sides(*first, others);
        let mut measure = Measure { height, ..Measure::default() };
        measure.cell(side, height);
        others.iter().for_each(|ratio| measure.cell(1.0 - side, (1.0 - side) / ratio));
        let cost = measure.cost();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, Plan::Beside));
        }
    }
    best.map(|(_, plan)| plan)
}

/// How wide the first is beside the others, and how high all of it, for a width of one.
fn sides(first: f32, others: &[f32]) -> (f32, f32) {
    let stack: f32 = others.iter().map(|ratio| 1.0 / ratio).sum();
    let height = 1.0 / (first + 1.0 / stack);
    (first * height, height)
}

/// How bad a division looks, all of it for a width of one.
#[derive(Default)]
struct Measure {
    height: f32,
    small: f32,
    areas: f32,
    squares: f32,
    count: f32,
}

impl Measure {
    fn row(&mut self, ratios: &[f32], height: f32) {
        self.height += height;
        ratios.iter().for_each(|ratio| self.cell(ratio * height, height));
    }

    fn cell(&mut self, width: f32, height: f32) {
        self.small += (LEAST - width).max(0.0) + (LEAST - height).max(0.0);
        let area = (width * height).max(0.001).ln();
        self.areas += area;
        self.squares += area * area;
        self.count += 1.0;
    }

    fn cost(&self) -> f32 {
        let (low, high, most) = HEIGHT;
        let outside =
            (low - self.height).max(0.0) + (self.height - high).max(0.0) * 2.0 + (self.height - most).max(0.0) * 4.0;
        // Pictures of one album are of one worth: none should take far more room than the others.
        let count = self.count.max(1.0);
        let mean = self.areas / count;
        let uneven = (self.squares / count - mean * mean).max(0.0).sqrt();
        outside * 3.0 + self.small * 12.0 + uneven
    }
}

fn in_rows(ratios: &[f32], rows: &[usize], width: f32) -> Grid {
    let mut heights = Vec::with_capacity(rows.len());
    let mut rest = ratios;
    for count in rows {
        let Some((row, after)) = rest.split_at_checked(*count) else { break };
        let room = (width - GAP * (row.len().saturating_sub(1)) as f32).max(1.0);
        heights.push(room / row.iter().sum::<f32>().max(f32::EPSILON));
        rest = after;
    }
    // Too high a whole is cut in every row alike, a row that is too low is not as low.
    let all: f32 = heights.iter().sum();
    let scale = (width * HEIGHT.2 / all.max(1.0)).min(1.0);
    let mut grid = Grid { size: Size::new(width, 0.0), cells: Vec::with_capacity(ratios.len()) };
    let mut y = 0.0;
    let mut rest = ratios;
    for (count, height) in rows.iter().zip(heights) {
        let Some((row, after)) = rest.split_at_checked(*count) else { break };
        let height = (height * scale).max(width * LEAST).round().max(1.0);
        let room = (width - GAP * (row.len().saturating_sub(1)) as f32).max(1.0);
        let sum = row.iter().sum::<f32>().max(f32::EPSILON);
        let (mut x, mut passed) = (0.0_f32, 0.0_f32);
        for (index, ratio) in row.iter().enumerate() {
            passed += ratio;
            let end = (room * passed / sum).round() + GAP * index as f32;
            grid.cells.push(Rectangle::new(Point::new(x, y), Size::new((end - x).max(1.0), height)));
            x = end + GAP;
        }
        y += height + GAP;
        rest = after;
    }
    grid.size.height = (y - GAP).max(0.0);
    grid
}

fn beside(ratios: &[f32], width: f32) -> Grid {
    let Some((first, others)) = ratios.split_first() else { return Grid::default() };
    let (side, height) = sides(*first, others);
    let height = (height.min(HEIGHT.2) * width).round();
    let side = (side * width).round();
    let (x, room) = (side + GAP, height - GAP * (others.len().saturating_sub(1)) as f32);
    let stack: f32 = others.iter().map(|ratio| 1.0 / ratio).sum();
    let mut cells = vec![Rectangle::new(Point::ORIGIN, Size::new(side, height))];
    let (mut y, mut passed) = (0.0_f32, 0.0_f32);
    for (index, ratio) in others.iter().enumerate() {
        passed += 1.0 / ratio;
        let end = (room * passed / stack).round() + GAP * index as f32;
        cells.push(Rectangle::new(Point::new(x, y), Size::new((width - x).max(1.0), (end - y).max(1.0))));
        y = end + GAP;
    }
    Grid { size: Size::new(width, height), cells }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like chance and are the same each time.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, most: u32) -> u32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) % u64::from(most)) as u32
        }
    }

    fn albums() -> impl Iterator<Item = (Vec<(u32, u32)>, f32)> {
        let mut chance = Chance(7);
        let usual = [(1280, 960), (960, 1280), (1280, 720), (720, 1280), (1000, 1000)];
        (0..600).map(move |round| {
            let count = 2 + chance.below(9) as usize;
            let pictures = (0..count).map(|_| match (round % 3, chance.below(5)) {
                (0, any) => usual[any as usize],
                (1, _) => (200 + chance.below(1_100), 200 + chance.below(1_100)),
                // Strips, and sizes that nobody sent.
                _ => (chance.below(5_000), chance.below(5_000)),
            });
            (pictures.collect(), [400.0, 272.0, 500.0][chance.below(3) as usize])
        })
    }

    #[test]
    fn the_cells_cover_the_whole_but_for_the_gaps_and_do_not_overlap() {
        for (pictures, width) in albums() {
            let grid = grid(&pictures, width);
            assert_eq!(grid.cells.len(), pictures.len());
            assert_eq!(grid.size.width, width);
            let mut filled = vec![0_u8; grid.size.width as usize * grid.size.height as usize];
            for cell in &grid.cells {
                let end = (cell.x + cell.width, cell.y + cell.height);
                assert!(cell.x >= 0.0 && cell.y >= 0.0 && end.0 <= width && end.1 <= grid.size.height, "{pictures:?}");
                for y in cell.y as usize..end.1 as usize {
                    for x in cell.x as usize..end.0 as usize {
                        filled[y * width as usize + x] += 1;
                    }
                }
            }
            assert!(filled.iter().all(|times| *times <= 1), "overlap: {pictures:?}");
            let bare = filled.iter().filter(|times| **times == 0).count();
            // Two pixels along each cell at most.
            let edges: f32 = grid.cells.iter().map(|cell| GAP * (cell.width + cell.height + GAP)).sum();
            assert!(bare as f32 <= edges, "{bare} bare pixels: {pictures:?}");
        }
    }

    #[test]
    fn proportions_stay_near_those_of_the_pictures() {
        for (pictures, width) in albums() {
            for (cell, picture) in grid(&pictures, width).cells.iter().zip(&pictures) {
                let shown = cell.width / cell.height;
                let by = shown / ratio(*picture);
                assert!((0.5..=2.5).contains(&by), "{picture:?} shown as {cell:?} ({by}): {pictures:?}");
                assert!(cell.width >= 0.08 * width && cell.height >= 0.1 * width, "{cell:?}: {pictures:?}");
            }
        }
    }

    #[test]
    fn the_order_is_that_of_reading_and_the_whole_is_not_too_high() {
        for (pictures, width) in albums() {
            let grid = grid(&pictures, width);
            assert!(grid.size.height <= width * 1.75, "{pictures:?}: {:?}", grid.size);
            for pair in grid.cells.windows(2) {
                let below = pair[1].y >= pair[0].y + pair[0].height;
                let behind = pair[1].x >= pair[0].x + pair[0].width;
                assert!(below || behind, "{pictures:?}");
            }
        }
    }

    #[test]
    fn usual_albums_look_as_expected() {
        let (wide, tall, square) = ((1280, 720), (720, 1280), (1000, 1000));
        let plan = |pictures: &[(u32, u32)]| plan(&pictures.iter().map(|p| ratio(*p)).collect::<Vec<_>>()).unwrap();
        assert_eq!(plan(&[wide, wide]), Plan::Rows(vec![1, 1]));
        assert_eq!(plan(&[tall, tall]), Plan::Rows(vec![2]));
        assert_eq!(plan(&[square; 4]), Plan::Rows(vec![2, 2]));
        assert_eq!(plan(&[tall, wide, wide]), Plan::Beside);
        assert_eq!(plan(&[square; 9]), Plan::Rows(vec![3, 3, 3]));
    }

    #[test]
    fn only_the_corners_of_the_whole_are_outer_ones() {
        let square = grid(&[(1000, 1000); 4], 400.0);
        let outer: Vec<_> = square.cells.iter().map(|cell| square.outer(cell)).collect();
        let only = |corner: usize| std::array::from_fn::<bool, 4, _>(|at| at == corner);
        assert_eq!(outer, [only(0), only(1), only(3), only(2)]);
        let turned = square.clone().mirrored();
        assert_eq!(turned.outer(&turned.cells[0]), only(1), "the first is at the right then");
        for (pictures, width) in albums() {
            let grid = grid(&pictures, width);
            let count = grid.cells.iter().flat_map(|cell| grid.outer(cell)).filter(|outer| *outer).count();
            assert_eq!(count, 4, "{pictures:?}");
        }
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(grid(&[], 400.0), Grid::default());
        assert_eq!(grid(&[(800, 600)], 400.0).cells.len(), 1);
    }
}
