//! What a widget around other ones hands on to them unchanged.
//!
//! iced's `Widget` has a dozen methods, and a widget that stands around another one does something of its own in one or
//! two of them. The rest is written here once.

/// Inside of an `impl Widget<_, Theme, Renderer>`: these methods do what those of the content do.
///
/// * `whole content: ...`: the content is a field, and its tree and its layout are those of the widget;
/// * `child content: ...`: it is the first child of the widget's tree, and its layout is that of the widget;
/// * `each children: ...`: a list of them, each with its tree and its layout; what is asked is asked of all.
macro_rules! pass_on {
    ($mode:ident $field:ident: $($method:ident),+ $(,)?) => {
        $($crate::widget::passing::pass_on!(@$method $mode $field);)+
    };

    (@tag whole $field:ident) => {
        fn tag(&self) -> iced::advanced::widget::tree::Tag {
            self.$field.as_widget().tag()
        }
    };
    (@state whole $field:ident) => {
        fn state(&self) -> iced::advanced::widget::tree::State {
            self.$field.as_widget().state()
        }
    };
    (@children whole $field:ident) => {
        fn children(&self) -> Vec<iced::advanced::widget::Tree> {
            self.$field.as_widget().children()
        }
    };
    (@children child $field:ident) => {
        fn children(&self) -> Vec<iced::advanced::widget::Tree> {
            vec![iced::advanced::widget::Tree::new(&self.$field)]
        }
    };
    (@children each $field:ident) => {
        fn children(&self) -> Vec<iced::advanced::widget::Tree> {
            self.$field.iter().map(iced::advanced::widget::Tree::new).collect()
        }
    };
    (@diff whole $field:ident) => {
        fn diff(&self, tree: &mut iced::advanced::widget::Tree) {
            self.$field.as_widget().diff(tree);
        }
    };
    (@diff child $field:ident) => {
        fn diff(&self, tree: &mut iced::advanced::widget::Tree) {
            tree.diff_children(std::slice::from_ref(&self.$field));
        }
    };
    (@diff each $field:ident) => {
        fn diff(&self, tree: &mut iced::advanced::widget::Tree) {
            tree.diff_children(&self.$field);
        }
    };

    (@size $mode:ident $field:ident) => {
        fn size(&self) -> iced::Size<iced::Length> {
            self.$field.as_widget().size()
        }
    };
    (@size_hint $mode:ident $field:ident) => {
        fn size_hint(&self) -> iced::Size<iced::Length> {
            self.$field.as_widget().size_hint()
        }
    };

    (@layout whole $field:ident) => {
        fn layout(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            renderer: &iced::Renderer,
            limits: &iced::advanced::layout::Limits,
        ) -> iced::advanced::layout::Node {
            self.$field.as_widget_mut().layout(tree, renderer, limits)
        }
    };
    (@layout child $field:ident) => {
        fn layout(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            renderer: &iced::Renderer,
            limits: &iced::advanced::layout::Limits,
        ) -> iced::advanced::layout::Node {
            let Some(child) = tree.children.first_mut() else { return iced::advanced::layout::Node::default() };
            self.$field.as_widget_mut().layout(child, renderer, limits)
        }
    };

    (@operate $mode:ident $field:ident) => {
        fn operate(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'_>,
            renderer: &iced::Renderer,
            operation: &mut dyn iced::advanced::widget::Operation,
        ) {
            $crate::widget::passing::pass_on!(#mut $mode $field self tree layout => child, tree, layout {
                child.as_widget_mut().operate(tree, layout, renderer, operation);
            });
        }
    };
    (@update $mode:ident $field:ident) => {
        fn update(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            event: &iced::Event,
            layout: iced::advanced::Layout<'_>,
            cursor: iced::advanced::mouse::Cursor,
            renderer: &iced::Renderer,
            clipboard: &mut dyn iced::advanced::Clipboard,
            shell: &mut iced::advanced::Shell<'_, M>,
            viewport: &iced::Rectangle,
        ) {
            $crate::widget::passing::pass_on!(#mut $mode $field self tree layout => child, tree, layout {
                child.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
            });
        }
    };
    (@draw $mode:ident $field:ident) => {
        fn draw(
            &self,
            tree: &iced::advanced::widget::Tree,
            renderer: &mut iced::Renderer,
            theme: &iced::Theme,
            style: &iced::advanced::renderer::Style,
            layout: iced::advanced::Layout<'_>,
            cursor: iced::advanced::mouse::Cursor,
            viewport: &iced::Rectangle,
        ) {
            $crate::widget::passing::pass_on!(#ref $mode $field self tree layout => child, tree, layout {
                child.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
            });
        }
    };
    (@mouse_interaction $mode:ident $field:ident) => {
        fn mouse_interaction(
            &self,
            tree: &iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'_>,
            cursor: iced::advanced::mouse::Cursor,
            viewport: &iced::Rectangle,
            renderer: &iced::Renderer,
        ) -> iced::advanced::mouse::Interaction {
            let mut shown = iced::advanced::mouse::Interaction::None;
            $crate::widget::passing::pass_on!(#ref $mode $field self tree layout => child, tree, layout {
                shown = shown.max(child.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer));
            });
            shown
        }
    };
    (@overlay $mode:ident $field:ident) => {
        fn overlay<'b>(
            &'b mut self,
            tree: &'b mut iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'b>,
            renderer: &iced::Renderer,
            viewport: &iced::Rectangle,
            translation: iced::Vector,
        ) -> Option<iced::advanced::overlay::Element<'b, M, iced::Theme, iced::Renderer>> {
            $crate::widget::passing::pass_on!(
                #overlay $mode $field self tree layout renderer viewport translation
            )
        }
    };

    // For the content, or for each of it.
    (#mut whole $field:ident $self:ident $tree:ident $layout:ident => $c:ident, $t:ident, $l:ident $do:block) => {{
        let ($c, $t, $l) = (&mut $self.$field, $tree, $layout);
        $do
    }};
    (#ref whole $field:ident $self:ident $tree:ident $layout:ident => $c:ident, $t:ident, $l:ident $do:block) => {{
        let ($c, $t, $l) = (&$self.$field, $tree, $layout);
        $do
    }};
    (#mut child $field:ident $self:ident $tree:ident $layout:ident => $c:ident, $t:ident, $l:ident $do:block) => {
        if let Some($t) = $tree.children.first_mut() {
            let ($c, $l) = (&mut $self.$field, $layout);
            $do
        }
    };
    (#ref child $field:ident $self:ident $tree:ident $layout:ident => $c:ident, $t:ident, $l:ident $do:block) => {
        if let Some($t) = $tree.children.first() {
            let ($c, $l) = (&$self.$field, $layout);
            $do
        }
    };
    (#mut each $field:ident $self:ident $tree:ident $layout:ident => $c:ident, $t:ident, $l:ident $do:block) => {
        for (($c, $t), $l) in $self.$field.iter_mut().zip(&mut $tree.children).zip($layout.children()) {
            $do
        }
    };
    (#ref each $field:ident $self:ident $tree:ident $layout:ident => $c:ident, $t:ident, $l:ident $do:block) => {
        for (($c, $t), $l) in $self.$field.iter().zip(&$tree.children).zip($layout.children()) {
            $do
        }
    };
    (#overlay whole $f:ident $self:ident $tree:ident $layout:ident $r:ident $v:ident $by:ident) => {
        $self.$f.as_widget_mut().overlay($tree, $layout, $r, $v, $by)
    };
    (#overlay child $f:ident $self:ident $tree:ident $layout:ident $r:ident $v:ident $by:ident) => {
        $self.$f.as_widget_mut().overlay($tree.children.first_mut()?, $layout, $r, $v, $by)
    };
    (#overlay each $f:ident $self:ident $tree:ident $layout:ident $r:ident $v:ident $by:ident) => {
        iced::advanced::overlay::from_children(&mut $self.$f, $tree, $layout, $r, $v, $by)
    };
}

pub(crate) use pass_on;
