//! Pictures that were decoded already.

use super::Element;
use iced::widget::image::{FilterMethod, Handle, Image};
use iced::{ContentFit, Length};

/// A picture in a box of this size: fills it, keeps its proportions, is never larger than it.
///
/// Give it only handles made from pixels (`Handle::from_rgba`): the renderer must not meet bytes that do not decode.
pub fn picture<'a, Message: 'a>(handle: &Handle, width: f32, height: f32) -> Element<'a, Message> {
    Image::new(handle.clone())
        .width(Length::Fixed(width))
        .height(Length::Fixed(height))
        .content_fit(ContentFit::Cover)
        .filter_method(FilterMethod::Linear)
        .into()
}
