//! Our own drawn signs: 24 units wide, strokes of 1.8, in any colour.

use super::Element;
use iced::widget::svg::{self, Svg};
use iced::{Color, Length};
use std::sync::LazyLock;

macro_rules! icons {
    ($($(#[$doc:meta])* $variant:ident = $file:literal,)*) => {
        /// The signs of the interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Icon {
            $($(#[$doc])* $variant,)*
        }

        impl Icon {
            /// Every one, in the order of declaration.
            pub const ALL: &'static [Icon] = &[$(Icon::$variant,)*];

            fn bytes(self) -> &'static [u8] {
                match self {
                    $(Icon::$variant => include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/icons/", $file)),)*
                }
            }
        }
    };
}

icons! {
    /// Something needs attention.
    Alert = "alert.svg",
    /// Put away.
    Archive = "archive.svg",
    /// Mention.
    At = "at.svg",
    /// Back to where one came from.
    Back = "back.svg",
    /// Notifications.
    Bell = "bell.svg",
    /// Saved Messages.
    Bookmark = "bookmark.svg",
    /// A program that writes.
    Bot = "bot.svg",
    /// A broadcast channel.
    Channel = "channel.svg",
    /// Chats.
    Chat = "chat.svg",
    /// Sent.
    Check = "check.svg",
    /// Read.
    Checks = "checks.svg",
    /// Waits to be sent.
    Clock = "clock.svg",
    /// Close, cancel.
    Cross = "cross.svg",
    /// Fetch a file.
    Download = "download.svg",
    /// Show what is hidden.
    Eye = "eye.svg",
    /// Hide it.
    EyeOff = "eye-off.svg",
    /// A file.
    File = "file.svg",
    /// Search.
    Find = "find.svg",
    /// A folder.
    Folder = "folder.svg",
    /// A group.
    Group = "group.svg",
    /// Encrypted, locked.
    Lock = "lock.svg",
    /// Leave the account.
    LogOut = "log-out.svg",
    /// Makes no sound.
    Muted = "muted.svg",
    /// No connection.
    Offline = "offline.svg",
    /// A person.
    Person = "person.svg",
    /// A picture.
    Photo = "photo.svg",
    /// Kept at the top.
    Pin = "pin.svg",
    /// Once more.
    Retry = "retry.svg",
    /// Send.
    Send = "send.svg",
    /// A filled star.
    Star = "star.svg",
    /// Heliograph itself.
    Sun = "sun.svg",
    /// To the newest message.
    ToBottom = "to-bottom.svg",
    /// Checked by Telegram.
    Verified = "verified.svg",
}

impl Icon {
    /// The drawing. Made once each, so that the renderer keeps what it has drawn.
    pub fn handle(self) -> svg::Handle {
        static HANDLES: LazyLock<Vec<svg::Handle>> =
            LazyLock::new(|| Icon::ALL.iter().map(|icon| svg::Handle::from_memory(icon.bytes())).collect());
        HANDLES.get(self as usize).cloned().unwrap_or_else(|| svg::Handle::from_memory(self.bytes()))
    }
}

/// A sign of so many pixels each way.
pub fn icon<'a, Message: 'a>(icon: Icon, size: f32, color: Color) -> Element<'a, Message> {
    Svg::new(icon.handle())
        .width(Length::Fixed(size))
        .height(Length::Fixed(size))
        .style(move |_theme, _status| svg::Style { color: Some(color) })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_stand_at_the_place_of_their_icon() {
        for icon in Icon::ALL {
            assert_eq!(icon.handle().id(), svg::Handle::from_memory(icon.bytes()).id(), "{icon:?}");
        }
    }

    #[test]
    fn every_drawing_is_a_square_svg() {
        for icon in Icon::ALL {
            let text = std::str::from_utf8(icon.bytes()).unwrap();
            assert!(text.starts_with("<svg ") && text.trim_end().ends_with("</svg>"), "{icon:?}");
            assert!(text.contains("viewBox=\"0 0 24 24\"") || *icon == Icon::Sun, "{icon:?}");
        }
    }
}
