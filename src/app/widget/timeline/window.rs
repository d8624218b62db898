//! Which rows stand where: the arithmetic of the list, without anything drawn.
//!
//! Every height and every place is a whole number of pixels, so that sums are exact: a row that is reached from above
//! stands where it would stand when reached from below.

use std::collections::VecDeque;

/// Where the reader is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor<K> {
    /// At the newest row, and stays there as more arrive.
    End,
    /// The top of a row stands this far below the top of the view.
    At {
        /// Which row.
        key: K,
        /// Pixels; negative when its top is out of sight.
        offset: f32,
    },
}

/// A row that has its place.
pub struct Placed<R> {
    /// How tall it is.
    pub height: f32,
    /// Where its top stands, below the top of the view.
    pub top: f32,
    /// Which one of all it is.
    pub index: usize,
    /// What it is.
    pub row: R,
}

/// The view that is to be filled.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Its height.
    pub height: f32,
    /// How many rows there are.
    pub count: usize,
    /// Empty space above the first and below the last row.
    pub padding: (f32, f32),
    /// How far to build beyond the view.
    pub overscan: f32,
}

/// The rows of a view.
pub struct Filled<R> {
    /// Oldest first.
    pub rows: VecDeque<Placed<R>>,
    /// The last row stands at the bottom edge, or higher.
    pub at_end: bool,
    /// How far the rows stand below where they were wanted, because an end of the list is near.
    pub shift: f32,
    /// Beyond the view, some rows are still to be built.
    pub short: bool,
}

impl Window {
    /// Where the bottom of the last row stands at the end of the list.
    pub fn floor(self) -> f32 {
        (self.height - self.padding.1).round()
    }

    /// Places rows from `start` downwards and upwards. `place` makes a row; when it is told that the row is not in
    /// view, it may refuse. `top` says where the top of the first one stands.
    pub fn fill<R>(
        self,
        start: usize,
        place: &mut impl FnMut(usize, bool) -> Option<Placed<R>>,
        top: impl FnOnce(&mut Placed<R>) -> f32,
    ) -> Filled<R> {
        let (above, floor) = (self.padding.0, self.floor());
        let mut filled = Filled { rows: VecDeque::with_capacity(32), at_end: true, shift: 0.0, short: false };
        let Some(mut row) = place(start, true) else { return filled };
        let mut top = top(&mut row).round();
        let mut bottom = top + row.height;
        row.top = top;
        filled.rows.push_back(row);
        let (mut first, mut last) = (start, start);

        self.down(&mut filled, &mut last, &mut bottom, place);
        // Not enough below: the newest row sits at the bottom edge.
        if last + 1 == self.count && bottom < floor {
            filled.shift = floor - bottom;
        }
        while top + filled.shift > -self.overscan && first > 0 {
            let Some(mut row) = place(first - 1, top + filled.shift > 0.0) else {
                filled.short = true;
                break;
            };
            first -= 1;
            top -= row.height;
            row.top = top;
            filled.rows.push_front(row);
        }
        if first == 0 && top + filled.shift > above {
            // Not enough above: the oldest row sits at the top edge, unless everything fits.
            filled.shift = above - top;
            self.down(&mut filled, &mut last, &mut bottom, place);
            if last + 1 == self.count && bottom + filled.shift < floor {
                filled.shift = floor - bottom;
            }
        }
        for row in &mut filled.rows {
            row.top += filled.shift;
        }
        filled.at_end = last + 1 == self.count && bottom + filled.shift <= floor;

        // A jump builds everything on its way; what is now far off goes.
        let rows = &mut filled.rows;
        while rows.len() > 1 && rows.front().is_some_and(|row| row.top + row.height < -2.0 * self.overscan) {
            let _ = rows.pop_front();
        }
        while rows.len() > 1 && rows.back().is_some_and(|row| row.top > self.height + 2.0 * self.overscan) {
            let _ = rows.pop_back();
        }
        filled
    }

    fn down<R>(
        self,
        filled: &mut Filled<R>,
        last: &mut usize,
        bottom: &mut f32,
        place: &mut impl FnMut(usize, bool) -> Option<Placed<R>>,
    ) {
        while *bottom + filled.shift < self.height + self.overscan && *last + 1 < self.count {
            let Some(mut row) = place(*last + 1, *bottom + filled.shift < self.height) else {
                filled.short = true;
                break;
            };
            *last += 1;
            row.top = *bottom;
            *bottom += row.height;
            filled.rows.push_back(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { height: 100.0, count: 20, padding: (0.0, 0.0), overscan: 30.0 };

    /// Rows of 10 pixels. Without a top, the first one stands at the bottom edge.
    fn fill(window: Window, start: usize, top: Option<f32>, far: bool) -> Filled<()> {
        let mut place = |index, seen: bool| {
            (index < window.count && (seen || far)).then_some(Placed { height: 10.0, top: 0.0, index, row: () })
        };
        window.fill(start, &mut place, |row| top.unwrap_or(window.floor() - row.height))
    }

    fn tops(window: Window, start: usize, top: Option<f32>) -> (Vec<(usize, f32)>, bool) {
        let filled = fill(window, start, top, true);
        (filled.rows.iter().map(|row| (row.index, row.top)).collect(), filled.at_end)
    }

    #[test]
    fn the_end_sits_at_the_bottom_edge() {
        let (rows, end) = tops(WINDOW, 19, None);
        assert!(end);
        assert_eq!(rows.last(), Some(&(19, 90.0)));
        assert_eq!(rows.first(), Some(&(7, -30.0)), "only a little more than the view is built");
    }

    #[test]
    fn a_row_stays_where_it_is_held() {
        let (rows, end) = tops(WINDOW, 8, Some(-4.0));
        assert!(!end);
        assert!(rows.contains(&(8, -4.0)));
    }

    #[test]
    fn there_is_nothing_past_the_ends() {
        let (rows, end) = tops(WINDOW, 18, Some(-5.0));
        assert!(end);
        assert_eq!(rows.last(), Some(&(19, 90.0)));
        let (rows, _) = tops(WINDOW, 1, Some(60.0));
        assert_eq!(rows.first(), Some(&(0, 0.0)));
        assert!(rows.len() >= 13, "and the rest is filled up");
        assert_eq!(fill(WINDOW, 1, Some(60.0), true).shift, -50.0);
        assert_eq!(fill(WINDOW, 8, Some(-4.0), true).shift, 0.0);
    }

    #[test]
    fn a_few_rows_sit_at_the_bottom() {
        let few = Window { count: 3, ..WINDOW };
        for (start, offset) in [(2, None), (0, Some(0.0)), (1, Some(500.0))] {
            assert_eq!(tops(few, start, offset), (vec![(0, 70.0), (1, 80.0), (2, 90.0)], true));
        }
        assert_eq!(tops(Window { count: 0, ..WINDOW }, 0, None), (vec![], true));
    }

    #[test]
    fn a_far_jump_keeps_only_what_is_near() {
        let (rows, _) = tops(Window { count: 1000, ..WINDOW }, 500, Some(-3000.0));
        assert!(rows.len() < 30, "{} rows", rows.len());
        assert!(rows.iter().any(|&(index, top)| index == 800 && top == 0.0));
    }

    #[test]
    fn what_is_not_in_view_may_wait() {
        let filled = fill(WINDOW, 8, Some(-4.0), false);
        let seen: Vec<_> = filled.rows.iter().map(|row| row.index).collect();
        assert_eq!(seen, (8..19).collect::<Vec<_>>());
        assert!(filled.short && !filled.at_end);
        assert!(!fill(WINDOW, 8, Some(-4.0), true).short);
    }
}
