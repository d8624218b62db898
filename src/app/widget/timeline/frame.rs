//! What happens in each frame: the list moves on, lights fade, and the application is told what came into view.

use super::select::{Line, LineAt};
use super::state::{Glow, Seat, State};
use super::window::Anchor;
use super::{Edge, Timeline, Visible};
use crate::platform::renderer;
use iced::Renderer;
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Shell};
use iced::time::{Duration, Instant};

/// How long the row that was gone to stays lit, and how long the light takes to fade.
const LIT: (Duration, Duration) = (Duration::from_millis(700), Duration::from_millis(900));
/// So often the list moves, where nothing else keeps time.
const FRAME: Duration = Duration::from_millis(16);
/// Older and newer rows are asked for so many views ahead.
const AHEAD: f32 = 2.0;

/// Asks for the next frame. A graphics card's frames wait for the screen; the processor would draw one after the other.
fn soon<Message>(now: Instant, shell: &mut Shell<'_, Message>) {
    if renderer::is_gpu() {
        shell.request_redraw();
    } else {
        shell.request_redraw_at(now + FRAME);
    }
}

impl<'a, T, K, Message> Timeline<'a, T, K, Message>
where
    K: Copy + Ord + 'static,
{
    pub(super) fn frame(
        &mut self,
        tree: &mut Tree,
        now: Instant,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let state = tree.state.downcast_mut::<State<K>>();
        if state.short {
            shell.invalidate_layout();
            shell.request_redraw();
        }
        if state.mover.is_moving() {
            let mut mover = state.mover;
            let by = mover.frame(now, |goal| state.distance(goal));
            state.mover = mover;
            // No frame builds more than two views of rows.
            let by = by.clamp(-2.0 * state.view, 2.0 * state.view);
            if by != 0.0 {
                state.scroll_by(by);
                shell.invalidate_layout();
            }
            // Once more when it stands, so that the last place is told.
            soon(now, shell);
        }
        self.fade(state, now, shell);
        self.report(state, shell);
        if !shell.is_layout_invalid() && !state.mover.is_moving() && state.line.is_none() {
            self.take_line(tree, layout, renderer);
        }
    }

    /// Lets the light fade, once the list stands.
    fn fade(&self, state: &mut State<K>, now: Instant, shell: &mut Shell<'_, Message>) {
        let Some(Glow { key, since, .. }) = state.glow else { return };
        let since = match since {
            Some(since) => since,
            None if state.mover.is_moving() => return,
            None => now,
        };
        let fades = since + LIT.0;
        let left = (fades + LIT.1).saturating_duration_since(now);
        let light = left.as_secs_f32() / LIT.1.as_secs_f32();
        state.glow = (light > 0.0).then_some(Glow { key, since: Some(since), light: light.min(1.0) });
        if now < fades {
            shell.request_redraw_at(fades);
        } else if self.look.reduce_motion && light > 0.0 {
            shell.request_redraw_at(fades + LIT.1);
        } else if light > 0.0 {
            soon(now, shell);
        }
    }

    fn visible(&self, state: &State<K>) -> Option<Visible<K>> {
        let mut seen = state.in_view().map(|seat| seat.key);
        let whole = |seat: &&Seat<K>| seat.bottom() <= state.view && (seat.top >= 0.0 || seat.height > state.view);
        let mut whole = state.in_view().filter(whole).map(|seat| seat.key);
        let first = seen.next()?;
        Some(Visible {
            first,
            last: seen.next_back().unwrap_or(first),
            fully: whole.next().map(|first| (first, whole.next_back().unwrap_or(first))),
            at_end: state.anchor == Anchor::End,
        })
    }

    /// Tells the application what came into view, which end is near, and where the reader came to rest.
    fn report(&self, state: &mut State<K>, shell: &mut Shell<'_, Message>) {
        if let Some(on_visible) = &self.on_visible {
            let visible = self.visible(state);
            if visible != state.shown {
                state.shown = visible;
                if let Some(visible) = visible {
                    shell.publish(on_visible(visible));
                }
            }
        }
        let steady = |item: &&T| (self.steady)(item);
        let ends = (self.items.iter().find(steady), self.items.iter().rfind(steady));
        if let (Some(on_reach), (Some(oldest), Some(newest))) = (&self.on_reach, ends) {
            let near = state.view.max(300.0) * AHEAD;
            let last = state.first + state.seats.len();
            let above = state.first as f32 * state.average();
            let below = state.count.saturating_sub(last) as f32 * state.average();
            let [old, new] = &mut state.reached;
            for (edge, away, key, told) in
                [(Edge::Oldest, above, (self.key)(oldest), old), (Edge::Newest, below, (self.key)(newest), new)]
            {
                if away < near && *told != Some(key) {
                    *told = Some(key);
                    shell.publish(on_reach(edge));
                } else if away > 2.0 * near {
                    // Whoever comes back asks again: it may have failed.
                    *told = None;
                }
            }
        }
        let rests = !state.mover.is_moving() && !state.bar.is_held() && state.dragged.is_none();
        if let Some(on_place) = self.on_place.as_ref().filter(|_| rests && !state.seats.is_empty())
            && state.told != Some(state.anchor)
        {
            state.told = Some(state.anchor);
            shell.publish(on_place(state.anchor));
        }
    }

    /// Takes note of the line at the top of the view, which is to stay there when the row wraps anew.
    fn take_line(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) {
        let state = tree.state.downcast_mut::<State<K>>();
        let Anchor::At { key, offset } = state.anchor else { return };
        let Some(index) = state.seats.iter().position(|seat| seat.key == key).filter(|_| offset < 0.0) else { return };
        let mut line = LineAt::new(layout.bounds().y);
        if let (Some(row), Some(child)) = (self.rows.get_mut(index), tree.children.get_mut(index)) {
            row.operate(child, layout.bounds(), renderer, &mut line);
        }
        let state = tree.state.downcast_mut::<State<K>>();
        state.line = line.found.map(|(byte, part)| Line { key, byte, part });
    }
}
