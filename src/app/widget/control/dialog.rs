//! Dialogs: a question that must be answered before anything else.

use super::focus::{self, By, Trap};
use super::{Button, Element, Kind, button};
use crate::theme::{Look, fonts};
use crate::widget::flow;
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::lift::{Height, draw_shadow};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::{Id, column, container, scrollable, space};
use iced::{Background, Border, Event, Length, Pixels, Point, Rectangle, Renderer, Size, Theme, Vector, border, touch};

const PADDING: f32 = 24.0;
const GAP: f32 = 20.0;
const RADIUS: f32 = 16.0;
/// Room between the dialog and the edges of the window.
const MARGIN: f32 = 16.0;

/// The id of the button that Enter presses.
pub const PRIMARY: &str = "dialog-primary";
/// The id of the button that Escape presses.
pub const CANCEL: &str = "dialog-cancel";
/// The id of the third button, if there is one.
pub const OTHER: &str = "dialog-other";

struct Answer<M> {
    id: Id,
    label: String,
    message: Option<M>,
}

/// A question with its answers; made by [`dialog`], shown by [`with_dialog`].
pub struct Dialog<'a, M> {
    look: Look,
    title: String,
    icon: Option<Icon>,
    words: Vec<String>,
    content: Option<Element<'a, M>>,
    primary: Option<Answer<M>>,
    cancel: Option<Answer<M>>,
    other: Option<Answer<M>>,
    danger: bool,
    busy: bool,
    width: f32,
}

/// A dialog with this title.
pub fn dialog<'a, M: Clone + 'a>(look: Look, title: impl Into<String>) -> Dialog<'a, M> {
    Dialog {
        look,
        title: title.into(),
        icon: None,
        words: Vec::new(),
        content: None,
        primary: None,
        cancel: None,
        other: None,
        danger: false,
        busy: false,
        width: 420.0,
    }
}

impl<'a, M: Clone + 'a> Dialog<'a, M> {
    /// A sign above the title.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// A paragraph that says what it is about.
    pub fn text(mut self, words: impl Into<String>) -> Self {
        self.words.push(words.into());
        self
    }

    /// Fields and whatever else is needed to answer. The first that takes the focus has it when the dialog opens.
    pub fn content(self, content: impl Into<Element<'a, M>>) -> Self {
        Self { content: Some(content.into()), ..self }
    }

    /// The answer that goes on: also Enter's. Without a message it is disabled.
    pub fn primary(self, label: impl Into<String>, message: Option<M>) -> Self {
        Self { primary: Some(Answer { id: Id::new(PRIMARY), label: label.into(), message }), ..self }
    }

    /// The same, where going on takes something away.
    pub fn danger(self, label: impl Into<String>, message: Option<M>) -> Self {
        Self { danger: true, ..self.primary(label, message) }
    }

    /// The answer that changes nothing: also Escape's.
    pub fn cancel(self, label: impl Into<String>, message: M) -> Self {
        Self { cancel: Some(Answer { id: Id::new(CANCEL), label: label.into(), message: Some(message) }), ..self }
    }

    /// Stable names of its own for the answer that goes on and the one that does not.
    pub fn named(mut self, primary: impl Into<Id>, cancel: impl Into<Id>) -> Self {
        if let Some(answer) = &mut self.primary {
            answer.id = primary.into();
        }
        if let Some(answer) = &mut self.cancel {
            answer.id = cancel.into();
        }
        self
    }

    /// A third answer.
    pub fn other(self, label: impl Into<String>, message: M) -> Self {
        Self { other: Some(Answer { id: Id::new(OTHER), label: label.into(), message: Some(message) }), ..self }
    }

    /// Going on is under way.
    pub fn busy(self, busy: bool) -> Self {
        Self { busy, ..self }
    }

    /// How wide it is at most, at 100 % text.
    pub fn width(self, px: f32) -> Self {
        Self { width: px, ..self }
    }

    fn body(&mut self) -> Element<'a, M> {
        let (look, p) = (self.look, self.look.palette);
        let ground = if self.danger { p.danger_soft } else { p.accent_soft };
        let ink = if self.danger { p.danger } else { p.accent_text };
        let sign = self.icon.map(|sign| {
            let side = look.size(44.0);
            container(icon(sign, look.size(22.0), ink)).center(side).style(move |_: &Theme| container::Style {
                border: border::rounded(side / 2.0),
                ..container::background(ground)
            })
        });
        let title = text(std::mem::take(&mut self.title))
            .size(look.size(18.0))
            .line_height(Pixels(look.size(24.0)))
            .font(fonts::SEMIBOLD)
            .color(p.text);
        let words = self
            .words
            .drain(..)
            .map(|words| text(words).size(look.body()).line_height(Pixels(look.size(20.0))).color(p.muted).into());
        let content = self.content.take().map(|content| container(content).padding([8, 0]).width(Length::Fill));
        let body = column![].push(sign).push(title).extend(words).push(content).spacing(10).align_x(flow::start(look));
        // A ring around what has the focus, and the bar, have room at the edge.
        let body = container(body).padding([4.0, PADDING]).width(Length::Fill);
        scrollable(body).width(Length::Fill).direction(thin()).style(move |_, _| quiet_bar(look)).into()
    }

    fn buttons(&self) -> Element<'a, M> {
        let look = self.look;
        let make = |answer: &Answer<M>| -> Button<'a, M> {
            button(look, answer.label.clone()).id(answer.id.clone()).size(40.0).on_press_maybe(answer.message.clone())
        };
        let other = self.other.as_ref().map(|other| Element::from(make(other).kind(Kind::Ghost)));
        let cancel = self.cancel.as_ref().map(|cancel| Element::from(make(cancel)));
        let kind = if self.danger { Kind::Destroy } else { Kind::Primary };
        let primary = self.primary.as_ref().map(|primary| make(primary).kind(kind).busy(self.busy).into());
        let all = [other, cancel, primary].into_iter().flatten();
        let all = flow::row(look, all).spacing(8).wrap_at_end(8);
        container(all).padding([4.0, PADDING]).width(Length::Fill).align_x(flow::end(look)).into()
    }
}

fn thin() -> scrollable::Direction {
    scrollable::Direction::Vertical(scrollable::Scrollbar::new().width(4).scroller_width(4).margin(3))
}

/// A bar that is only as loud as it must be.
pub fn quiet_bar(look: Look) -> scrollable::Style {
    let p = look.palette;
    let rail = scrollable::Rail {
        background: None,
        border: Border::default(),
        scroller: scrollable::Scroller {
            background: Background::Color(iced::Color { a: 0.5, ..p.muted }),
            border: border::rounded(2),
        },
    };
    scrollable::Style {
        container: container::Style::default(),
        vertical_rail: rail,
        horizontal_rail: rail,
        gap: None,
        auto_scroll: scrollable::AutoScroll {
            background: Background::Color(p.raised),
            border: border::rounded(20).color(p.line).width(1),
            shadow: iced::Shadow::default(),
            icon: p.muted,
        },
    }
}

/// A screen, and the dialog over it while there is one. It must stand around the screen also while there is none, so
/// that the screen keeps its state; then the focus goes into the dialog and comes back afterwards.
pub fn with_dialog<'a, M: Clone + 'a>(
    look: Look,
    screen: impl Into<Element<'a, M>>,
    dialog: Option<Dialog<'a, M>>,
) -> Element<'a, M> {
    let screen = screen.into();
    let modal = match dialog {
        None => Modal {
            look,
            screen,
            open: false,
            body: space().into(),
            buttons: space().into(),
            primary: None,
            cancel: None,
            light: false,
            width: 0.0,
        },
        Some(mut dialog) => Modal {
            look,
            screen,
            open: true,
            primary: dialog.primary.as_ref().filter(|_| !dialog.busy).and_then(|primary| primary.message.clone()),
            cancel: dialog.cancel.as_ref().and_then(|cancel| cancel.message.clone()),
            light: dialog.content.is_none(),
            width: dialog.width,
            buttons: dialog.buttons(),
            body: dialog.body(),
        },
    };
    Element::new(modal)
}

struct Modal<'a, M> {
    look: Look,
    screen: Element<'a, M>,
    open: bool,
    body: Element<'a, M>,
    buttons: Element<'a, M>,
    primary: Option<M>,
    cancel: Option<M>,
    /// Nothing is lost when it goes: a click beside it cancels.
    light: bool,
    width: f32,
}

struct State {
    open: bool,
    /// What had the focus before.
    before: Option<focus::Place>,
    last: By,
}

/// Screen, body, buttons.
type Trees<'t> = (&'t mut Tree, &'t mut Tree, &'t mut Tree);

fn parts(children: &mut [Tree]) -> Option<Trees<'_>> {
    match children {
        [screen, body, buttons] => Some((screen, body, buttons)),
        _ => None,
    }
}

struct Places<'l> {
    screen: Layout<'l>,
    card: Layout<'l>,
    body: Layout<'l>,
    buttons: Layout<'l>,
}

fn places(layout: Layout<'_>) -> Option<Places<'_>> {
    let mut children = layout.children();
    let screen = children.next()?;
    let card = children.next()?;
    let mut inside = card.children();
    Some(Places { screen, card, body: inside.next()?, buttons: inside.next()? })
}

impl<M: Clone> Modal<'_, M> {
    /// Moves the focus between screen and dialog when the dialog comes and when it goes.
    fn hand_over(&mut self, tree: &mut Tree, node: &layout::Node, renderer: &Renderer) {
        let state = tree.state.downcast_mut::<State>();
        if state.open == self.open {
            return;
        }
        state.open = self.open;
        let Some((screen, body, buttons)) = parts(&mut tree.children) else { return };
        let layout = Layout::new(node);
        if !self.open {
            if let (Some(before), Some(place)) = (state.before.take(), layout.children().next()) {
                focus::restore(&mut self.screen, screen, place, renderer, &before);
            }
            return;
        }
        let Some(at) = places(layout) else { return };
        state.before = focus::take(&mut self.screen, screen, at.screen, renderer);
        if focus::count(&mut self.body, body, at.body, renderer) > 0 {
            focus::first(&mut self.body, body, at.body, renderer, state.last);
        } else {
            // The last one: the answer that goes on, if there is any.
            focus::last(&mut self.buttons, buttons, at.buttons, renderer, state.last);
        }
    }

    fn operate_dialog(
        &mut self,
        children: &mut [Tree],
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let (Some((_, body, buttons)), Some(at)) = (parts(children), places(layout)) else { return };
        operation.traverse(&mut |operation| {
            self.body.as_widget_mut().operate(body, at.body, renderer, operation);
            self.buttons.as_widget_mut().operate(buttons, at.buttons, renderer, operation);
        });
    }

    fn card(&mut self, body: &mut Tree, buttons: &mut Tree, renderer: &Renderer, window: Size) -> layout::Node {
        let width = self.look.size(self.width).min(window.width - 2.0 * MARGIN).max(1.0).round();
        let room = |height: f32| layout::Limits::new(Size::ZERO, Size::new(width, height.max(1.0)));
        let most = (window.height - 2.0 * MARGIN).max(1.0);
        // The answers are always in view; what is above them scrolls.
        let below = self.buttons.as_widget_mut().layout(buttons, renderer, &room(most));
        let around = 2.0 * PADDING - 8.0 + GAP - 8.0;
        let left = most - below.size().height - around;
        let above = self.body.as_widget_mut().layout(body, renderer, &room(left));
        let top = PADDING - 4.0;
        let under = top + above.size().height + GAP - 8.0;
        let size = Size::new(width, under + below.size().height + PADDING - 4.0);
        let place = Point::new(
            ((window.width - size.width) / 2.0).round().max(0.0),
            // A little above the middle, where the eye looks for it.
            ((window.height - size.height) * 0.45).round().max(0.0),
        );
        let parts = vec![above.move_to(Point::new(0.0, top)), below.move_to(Point::new(0.0, under))];
        layout::Node::with_children(size, parts).move_to(place)
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Modal<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { open: false, before: None, last: By::Pointer })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.screen), Tree::new(&self.body), Tree::new(&self.buttons)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&[&self.screen, &self.body, &self.buttons]);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = limits.max();
        let Some((screen, body, buttons)) = parts(&mut tree.children) else { return layout::Node::new(size) };
        let mut nodes = vec![self.screen.as_widget_mut().layout(screen, renderer, limits)];
        if self.open {
            nodes.push(self.card(body, buttons, renderer, size));
        }
        let node = layout::Node::with_children(size, nodes);
        self.hand_over(tree, &node, renderer);
        node
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if self.open {
            operation.custom(None, layout.bounds(), &mut Trap);
            self.operate_dialog(&mut tree.children, layout, renderer, operation);
        } else if let (Some(screen), Some(place)) = (tree.children.first_mut(), layout.children().next()) {
            let content = &mut self.screen;
            operation.traverse(&mut |operation| content.as_widget_mut().operate(screen, place, renderer, operation));
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let Tree { state, children, .. } = tree;
        let state = state.downcast_mut::<State>();
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed { .. }) => state.last = By::Keyboard,
            Event::Mouse(mouse::Event::ButtonPressed(_)) | Event::Touch(_) => state.last = By::Pointer,
            _ => {}
        }
        if !self.open {
            if let (Some(screen), Some(place)) = (children.first_mut(), layout.children().next()) {
                let content = self.screen.as_widget_mut();
                content.update(screen, event, place, cursor, renderer, clipboard, shell, viewport);
            }
            return;
        }
        let Some(at) = places(layout) else { return };
        let is_input = matches!(event, Event::Keyboard(_) | Event::Mouse(_) | Event::Touch(_) | Event::InputMethod(_));
        if !is_input || matches!(event, Event::Mouse(mouse::Event::ButtonReleased(_))) {
            // What was pressed before the dialog came is let go without doing anything.
            if let Some(screen) = children.first_mut() {
                let nowhere = mouse::Cursor::Unavailable;
                let content = self.screen.as_widget_mut();
                content.update(screen, event, at.screen, nowhere, renderer, clipboard, shell, viewport);
            }
        }
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key), modifiers, .. }) = event
            && !(modifiers.control() || modifiers.alt() || modifiers.logo())
        {
            match key {
                Named::Escape => {
                    if let Some(cancel) = &self.cancel {
                        shell.publish(cancel.clone());
                    }
                    shell.capture_event();
                    return;
                }
                Named::Tab => {
                    focus::step(
                        |operation| self.operate_dialog(children, layout, renderer, operation),
                        modifiers.shift(),
                    );
                    shell.capture_event();
                    shell.request_redraw();
                    return;
                }
                _ => {}
            }
        }
        if let Some((_, body, buttons)) = parts(children) {
            let below = self.buttons.as_widget_mut();
            below.update(buttons, event, at.buttons, cursor, renderer, clipboard, shell, viewport);
            let above = self.body.as_widget_mut();
            above.update(body, event, at.body, cursor, renderer, clipboard, shell, viewport);
        }
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: Key::Named(Named::Enter),
                modifiers,
                repeat: false,
                ..
            }) if !(shell.is_event_captured() || modifiers.alt() || modifiers.logo()) => {
                if let Some(primary) = &self.primary {
                    shell.publish(primary.clone());
                }
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. })
                if self.light && !cursor.is_over(at.card.bounds()) && !shell.is_event_captured() =>
            {
                if let Some(cancel) = &self.cancel {
                    shell.publish(cancel.clone());
                }
            }
            _ => {}
        }
        if is_input {
            shell.capture_event();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let [screen, body, buttons] = tree.children.as_slice() else { return };
        let under = if self.open { mouse::Cursor::Unavailable } else { cursor };
        if let Some(place) = layout.children().next() {
            self.screen.as_widget().draw(screen, renderer, theme, style, place, under, viewport);
        }
        if !self.open {
            return;
        }
        let Some(at) = places(layout) else { return };
        let p = self.look.palette;
        renderer.with_layer(layout.bounds(), |renderer| {
            let scrim = renderer::Quad { bounds: layout.bounds(), ..renderer::Quad::default() };
            renderer.fill_quad(scrim, Background::Color(p.scrim));
            let bounds = at.card.bounds();
            draw_shadow(renderer, self.look, Height::High, RADIUS, bounds);
            let border = Border { color: p.line, width: 1.0, radius: RADIUS.into() };
            let ground = renderer::Quad { bounds, border, ..renderer::Quad::default() };
            renderer.fill_quad(ground, Background::Color(p.raised));
            self.body.as_widget().draw(body, renderer, theme, style, at.body, cursor, &bounds);
            self.buttons.as_widget().draw(buttons, renderer, theme, style, at.buttons, cursor, &bounds);
        });
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let [screen, body, buttons] = tree.children.as_slice() else { return mouse::Interaction::None };
        if !self.open {
            let Some(place) = layout.children().next() else { return mouse::Interaction::None };
            return self.screen.as_widget().mouse_interaction(screen, place, cursor, viewport, renderer);
        }
        let Some(at) = places(layout) else { return mouse::Interaction::Idle };
        let above = self.body.as_widget().mouse_interaction(body, at.body, cursor, viewport, renderer);
        let below = self.buttons.as_widget().mouse_interaction(buttons, at.buttons, cursor, viewport, renderer);
        above.max(below).max(mouse::Interaction::Idle)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let (screen, body, buttons) = parts(&mut tree.children)?;
        if !self.open {
            let place = layout.children().next()?;
            return self.screen.as_widget_mut().overlay(screen, place, renderer, viewport, translation);
        }
        let at = places(layout)?;
        let above = self.body.as_widget_mut().overlay(body, at.body, renderer, viewport, translation);
        let below = self.buttons.as_widget_mut().overlay(buttons, at.buttons, renderer, viewport, translation);
        let both: Vec<_> = above.into_iter().chain(below).collect();
        (!both.is_empty()).then(|| overlay::Group::with_children(both).overlay())
    }
}
