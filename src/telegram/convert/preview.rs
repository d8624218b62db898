//! What links lead to (core.telegram.org/constructor/webPage).

use super::{document, media};
use grammers_tl_types as tl;
use heliograph_model::WebPage;

/// Kinds of page whose picture is what they are about.
const PICTURES: [&str; 6] = ["photo", "video", "gif", "document", "telegram_story", "telegram_album"];

/// The preview that a message shows; `above` its words.
pub(crate) fn preview(media: &tl::types::MessageMediaWebPage, above: bool) -> Option<Box<WebPage>> {
    let (_, page) = page(&media.webpage)?;
    let mut page = page?;
    page.above = above;
    page.large = media.force_large_media || (page.large && !media.force_small_media);
    Some(page)
}

/// A page with its number; without the page, there is nothing to show. `None`: nothing was said.
pub(crate) fn page(page: &tl::enums::WebPage) -> Option<(i64, Option<Box<WebPage>>)> {
    match page {
        tl::enums::WebPage::NotModified(_) => None,
        tl::enums::WebPage::Empty(page) => Some((page.id, None)),
        tl::enums::WebPage::Pending(page) => {
            let url = page.url.clone().unwrap_or_default();
            Some((page.id, Some(Box::new(WebPage { id: page.id, pending: true, url, ..WebPage::default() }))))
        }
        tl::enums::WebPage::Page(page) => Some((page.id, Some(found(page)))),
    }
}

fn found(page: &tl::types::WebPage) -> Box<WebPage> {
    let words = |words: &Option<String>| words.clone().filter(|words| !words.trim().is_empty());
    let document = page.document.as_ref().and_then(|document| match document {
        tl::enums::Document::Document(file) => Some(document::document(file)),
        tl::enums::Document::Empty(_) => None,
    });
    let mut shown = WebPage {
        id: page.id,
        pending: false,
        url: page.url.clone(),
        display: page.display_url.clone(),
        site: words(&page.site_name),
        title: words(&page.title),
        description: words(&page.description),
        author: words(&page.author),
        photo: page.photo.as_ref().and_then(media::photo),
        document,
        duration: page.duration.and_then(|seconds| u32::try_from(seconds).ok()),
        large: false,
        above: false,
        instant: page.cached_page.is_some(),
    };
    let says_nothing =
        shown.site.is_none() && shown.title.is_none() && shown.description.is_none() && shown.author.is_none();
    let is_picture = page.r#type.as_deref().is_some_and(|kind| PICTURES.contains(&kind));
    // An article's picture is small beside its words, unless the article itself can be read here.
    shown.large = says_nothing || is_picture || shown.instant || shown.document.is_some();
    Box::new(shown)
}
