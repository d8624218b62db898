//! Which rows stand where: the arithmetic of the list, without anything drawn.

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

impl Window {
    /// Places rows from `start` downwards and upwards. `offset` says, given the height of the first one, where its top
    /// stands; `None` puts it at the bottom edge. Returns the rows, oldest first, and whether the end is in view.
    pub fn fill<R>(
        self,
        start: usize,
        place: &mut impl FnMut(usize) -> Option<Placed<R>>,
        offset: impl FnOnce(f32) -> Option<f32>,
    ) -> (VecDeque<Placed<R>>, bool) {
        let (above, floor) = (self.padding.0, self.height - self.padding.1);
        let mut rows = VecDeque::new();
        let Some(mut row) = place(start) else { return (rows, true) };
        let mut top = offset(row.height).unwrap_or(floor - row.height);
        let mut bottom = top + row.height;
        row.top = top;
        rows.push_back(row);
        let (mut first, mut last) = (start, start);

        type Place<'p, R> = &'p mut dyn FnMut(usize) -> Option<Placed<R>>;
        let down =
            |rows: &mut VecDeque<Placed<R>>, last: &mut usize, bottom: &mut f32, until: f32, place: Place<'_, R>| {
                while *bottom < until && *last + 1 < self.count {
                    let Some(mut row) = place(*last + 1) else { break };
                    *last += 1;
                    row.top = *bottom;
                    *bottom += row.height;
                    rows.push_back(row);
                }
            };
        down(&mut rows, &mut last, &mut bottom, self.height + self.overscan, place);
        // Not enough below: the newest row sits at the bottom edge.
        let mut shift = if last + 1 == self.count && bottom < floor { floor - bottom } else { 0.0 };
        while top + shift > -self.overscan && first > 0 {
            let Some(mut row) = place(first - 1) else { break };
            first -= 1;
            top -= row.height;
            row.top = top;
            rows.push_front(row);
        }
        if first == 0 && top + shift > above {
            // Not enough above: the oldest row sits at the top edge, unless everything fits.
            shift = above - top;
            down(&mut rows, &mut last, &mut bottom, self.height + self.overscan - shift, place);
            if last + 1 == self.count && bottom + shift < floor {
                shift = floor - bottom;
            }
        }
        for row in &mut rows {
            row.top += shift;
        }
        let at_end = last + 1 == self.count && bottom + shift <= floor + 0.5;

        // A jump builds everything on its way; what is now far off goes.
        while rows.len() > 1 && rows.front().is_some_and(|row| row.top + row.height < -2.0 * self.overscan) {
            let _ = rows.pop_front();
        }
        while rows.len() > 1 && rows.back().is_some_and(|row| row.top > self.height + 2.0 * self.overscan) {
            let _ = rows.pop_back();
        }
        (rows, at_end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { height: 100.0, count: 20, padding: (0.0, 0.0), overscan: 30.0 };

    /// Rows of 10 pixels.
    fn tops(window: Window, start: usize, offset: Option<f32>) -> (Vec<(usize, f32)>, bool) {
        let mut place = |index| (index < window.count).then_some(Placed { height: 10.0, top: 0.0, index, row: () });
        let (rows, end) = window.fill(start, &mut place, |_| offset);
        (rows.iter().map(|row| (row.index, row.top)).collect(), end)
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
}
