//! Buttons under messages and in place of the keyboard (core.telegram.org/api/bots/buttons).

use grammers_tl_types as tl;
use heliograph_model::{Button, ButtonAction, Buttons, PeerId};

/// What a message brings along to be pressed.
pub(crate) fn buttons(markup: &tl::enums::ReplyMarkup) -> Buttons {
    use tl::enums::ReplyMarkup as M;
    match markup {
        M::ReplyInlineMarkup(markup) => {
            let rows = markup.rows.iter().map(|tl::enums::KeyboardInlineButtonRow::Row(row)| {
                row.buttons.iter().map(|tl::enums::KeyboardInlineButton::Button(button)| Button {
                    text: button.text.clone(),
                    action: inline(&button.r#type),
                })
            });
            let rows = rows_of(rows);
            if rows.is_empty() { Buttons::None } else { Buttons::Inline(rows) }
        }
        M::ReplyKeyboardMarkup(markup) => {
            let rows = markup.rows.iter().map(|tl::enums::KeyboardButtonRow::Row(row)| {
                row.buttons.iter().map(|tl::enums::KeyboardButton::Button(button)| Button {
                    text: button.text.clone(),
                    action: key(&button.r#type),
                })
            });
            Buttons::Keyboard {
                rows: rows_of(rows),
                once: markup.single_use,
                persistent: markup.persistent,
                placeholder: markup.placeholder.clone(),
            }
        }
        M::ReplyKeyboardHide(_) => Buttons::Hide,
        M::ReplyKeyboardForceReply(markup) => Buttons::ForceReply { placeholder: markup.placeholder.clone() },
    }
}

fn rows_of<R: Iterator<Item = Button>>(rows: impl Iterator<Item = R>) -> Vec<Vec<Button>> {
    rows.map(|row| row.collect::<Vec<_>>()).filter(|row| !row.is_empty()).collect()
}

fn inline(kind: &tl::enums::InlineButtonType) -> ButtonAction {
    use tl::enums::InlineButtonType as T;
    match kind {
        T::Url(b) => ButtonAction::Url(b.url.clone()),
        T::UrlAuth(b) => ButtonAction::Login(b.url.clone()),
        T::WebView(b) => ButtonAction::WebApp(b.url.clone()),
        T::Callback(b) => ButtonAction::Callback { data: b.data.as_slice().into(), password: b.requires_password },
        T::Game => ButtonAction::Game,
        T::Buy => ButtonAction::Buy,
        T::SwitchInline(b) => ButtonAction::Inline { query: b.query.clone(), here: b.same_peer },
        T::UserProfile(b) => ButtonAction::Profile(PeerId::User(b.user_id)),
        T::Copy(b) => ButtonAction::Copy(b.copy_text.clone()),
        T::Disabled | T::InputInlineButtonTypeUrlAuth(_) | T::InputInlineButtonTypeUserProfile(_) => {
            ButtonAction::Unknown
        }
    }
}

fn key(kind: &tl::enums::ButtonType) -> ButtonAction {
    use tl::enums::ButtonType as T;
    match kind {
        T::Default => ButtonAction::Text,
        T::RequestPhone => ButtonAction::Phone,
        T::RequestGeoLocation => ButtonAction::Location,
        T::RequestPoll(_) => ButtonAction::Poll,
        T::SimpleWebView(b) => ButtonAction::WebApp(b.url.clone()),
        T::RequestPeer(_) | T::InputButtonTypeRequestPeer(_) => ButtonAction::Unknown,
    }
}
