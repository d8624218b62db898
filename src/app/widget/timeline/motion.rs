//! How the list moves: towards a goal with an exponential ease, with the fingers, and on by itself when they let go.
//!
//! Nothing here knows of rows. A frame asks how far to move, in whole pixels; positive shows what is older.

use iced::time::Instant;

/// The distance that is left shrinks to 1/e in so many seconds.
const EASE: f32 = 0.05;
/// It never gets slower than this before it arrives, in pixels a second.
const SLOWEST: f32 = 180.0;
/// A flick loses its speed to 1/e in so many seconds.
const DECAY: f32 = 0.325;
/// A flick is over below this speed, and there is none below the other, in pixels a second.
const FLICK: (f32, f32) = (30.0, 250.0);
/// No flick is faster.
const FASTEST: f32 = 6000.0;
/// The fingers are gone when they were silent so long, in seconds.
const SILENCE: f32 = 0.05;
/// What is taken for the time of the first frame, in seconds.
const FRAME: f32 = 1.0 / 60.0;

/// Where the list goes by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Motion<G> {
    /// It stands still.
    Rest,
    /// So many pixels are left.
    Glide(f32),
    /// Fingers move it: what came since the last frame, how often, how fast, and how long they have been silent.
    Touch { moved: f32, times: u32, speed: f32, silent: f32 },
    /// It goes on after the fingers let go.
    Coast(f32),
    /// Towards something whose place is looked up in each frame.
    Seek(G),
}

/// See the module.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mover<G> {
    pub(super) motion: Motion<G>,
    last: Option<Instant>,
    /// Parts of pixels that were not moved yet.
    rest: f32,
}

impl<G: Copy> Mover<G> {
    pub(super) const fn new() -> Self {
        Self { motion: Motion::Rest, last: None, rest: 0.0 }
    }

    pub(super) fn stop(&mut self) {
        *self = Self::new();
    }

    pub(super) fn is_moving(&self) -> bool {
        !matches!(self.motion, Motion::Rest)
    }

    /// Goes so much further, at most so far in all.
    pub(super) fn glide(&mut self, by: f32, most: f32) {
        let left = match self.motion {
            // Turning back begins here, not where the list was going.
            Motion::Glide(left) if left * by > 0.0 => left,
            Motion::Rest | Motion::Glide(_) => 0.0,
            _ => {
                self.stop();
                0.0
            }
        };
        self.motion = Motion::Glide((left + by).clamp(-most, most));
    }

    /// Fingers move it by so much. Gives the whole pixels to be moved at once.
    pub(super) fn touch(&mut self, by: f32) -> f32 {
        if !matches!(self.motion, Motion::Touch { .. }) {
            self.stop();
            self.motion = Motion::Touch { moved: 0.0, times: 0, speed: 0.0, silent: 0.0 };
        }
        if let Motion::Touch { moved, times, .. } = &mut self.motion {
            *moved += by;
            *times += 1;
        }
        self.whole(by)
    }

    /// Goes towards what each frame tells the distance of.
    pub(super) fn seek(&mut self, goal: G) {
        if !matches!(self.motion, Motion::Seek(_)) {
            self.stop();
        }
        self.motion = Motion::Seek(goal);
    }

    fn whole(&mut self, by: f32) -> f32 {
        let sum = by + self.rest;
        let whole = sum.trunc();
        self.rest = sum - whole;
        whole
    }

    /// One frame. Gives the whole pixels to move; `distance` is how far the goal is, if it is still there.
    pub(super) fn frame(&mut self, now: Instant, distance: impl FnOnce(G) -> Option<f32>) -> f32 {
        let passed = self.last.map_or(FRAME, |last| now.saturating_duration_since(last).as_secs_f32());
        let by = match self.motion {
            Motion::Rest => return 0.0,
            Motion::Glide(left) => {
                let step = ease(left, passed);
                self.motion = if step == left { Motion::Rest } else { Motion::Glide(left - step) };
                step
            }
            Motion::Seek(goal) => {
                let left = distance(goal).unwrap_or(0.0);
                let step = ease(left, passed).round();
                if step == left {
                    self.motion = Motion::Rest;
                }
                step
            }
            Motion::Touch { moved, times, speed, silent } => {
                self.motion = if moved != 0.0 {
                    let now = (moved / passed.max(0.004)).clamp(-FASTEST, FASTEST);
                    let speed = if times <= 1 { now } else { speed * 0.4 + now * 0.6 };
                    Motion::Touch { moved: 0.0, times, speed, silent: 0.0 }
                } else if silent + passed < SILENCE {
                    Motion::Touch { moved, times, speed, silent: silent + passed }
                } else if times > 2 && speed.abs() > FLICK.1 {
                    Motion::Coast(speed)
                } else {
                    Motion::Rest
                };
                0.0
            }
            Motion::Coast(speed) => {
                let slower = speed * (-passed / DECAY).exp();
                self.motion = if slower.abs() < FLICK.0 { Motion::Rest } else { Motion::Coast(slower) };
                (speed - slower) * DECAY
            }
        };
        self.last = self.is_moving().then_some(now);
        if self.is_moving() {
            return self.whole(by);
        }
        // The last pixel is not lost.
        let whole = (by + self.rest).round();
        self.rest = 0.0;
        whole
    }
}

/// How far to go of what is left.
fn ease(left: f32, passed: f32) -> f32 {
    let step = left * (1.0 - (-passed / EASE).exp());
    let least = SLOWEST * passed;
    if left.abs() <= least.max(1.0) {
        left
    } else if step.abs() < least {
        least.copysign(left)
    } else {
        step
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::time::Duration;

    fn run(mover: &mut Mover<()>, mut distance: Option<f32>) -> (Vec<f32>, f32) {
        let mut now = Instant::now();
        let mut steps = Vec::new();
        while mover.is_moving() && steps.len() < 1000 {
            let step = mover.frame(now, |()| distance);
            distance = distance.map(|d| d - step);
            steps.push(step);
            now += Duration::from_millis(16);
        }
        let sum = steps.iter().sum();
        (steps, sum)
    }

    #[test]
    fn a_glide_arrives_exactly_and_soon_and_slows_down() {
        let mut mover = Mover::<()>::new();
        mover.glide(60.0, 1e4);
        let (steps, sum) = run(&mut mover, None);
        assert_eq!(sum, 60.0);
        assert!((6..15).contains(&steps.len()), "{steps:?}");
        assert!(steps[0] > 10.0 && steps.iter().all(|step| *step >= 0.0 && *step <= steps[0] + 1.0), "{steps:?}");
    }

    #[test]
    fn notches_add_up_and_turning_back_starts_here() {
        let mut mover = Mover::<()>::new();
        mover.glide(60.0, 1e4);
        mover.glide(60.0, 1e4);
        assert_eq!(run(&mut mover, None).1, 120.0);
        mover.glide(600.0, 1e4);
        mover.glide(-60.0, 1e4);
        assert_eq!(run(&mut mover, None).1, -60.0);
        mover.glide(600.0, 100.0);
        assert_eq!(run(&mut mover, None).1, 100.0);
    }

    #[test]
    fn a_goal_is_reached_even_when_it_moves() {
        let mut mover = Mover::new();
        mover.seek(());
        assert_eq!(run(&mut mover, Some(-777.0)).1, -777.0);
        mover.seek(());
        assert_eq!(run(&mut mover, None).0, [0.0], "it is gone");
    }

    #[test]
    fn fingers_move_at_once_and_parts_of_pixels_add_up() {
        let mut mover = Mover::<()>::new();
        let sum: f32 = (0..10).map(|_| mover.touch(0.75)).sum();
        assert_eq!(sum, 7.0);
    }

    #[test]
    fn a_flick_goes_on_and_a_finger_that_rests_does_not() {
        let flick = |last: f32| {
            let mut mover = Mover::<()>::new();
            let mut now = Instant::now();
            for step in [30.0, 30.0, 30.0, 30.0, last, last, last, last] {
                let _ = mover.touch(step);
                now += Duration::from_millis(16);
                let _ = mover.frame(now, |()| None);
            }
            let mut sum = 0.0;
            for _ in 0..500 {
                now += Duration::from_millis(16);
                sum += mover.frame(now, |()| None);
            }
            assert!(!mover.is_moving());
            sum
        };
        assert!(flick(30.0) > 300.0);
        assert_eq!(flick(0.5), 0.0);
        // One turn of a wheel that speaks in pixels is no flick.
        let mut mover = Mover::<()>::new();
        assert_eq!(mover.touch(120.0), 120.0);
        assert_eq!(run(&mut mover, None).1, 0.0);
    }
}
