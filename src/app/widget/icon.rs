//! Our own drawn signs: 24 units wide, strokes of 1.8, in any colour.

use super::Element;
use crate::theme::Direction;
use crate::words;
use iced::widget::svg::{self, Svg};
use iced::{Color, Length};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

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
    /// Work.
    Briefcase = "briefcase.svg",
    /// A day to choose.
    Calendar = "calendar.svg",
    /// A broadcast channel.
    Channel = "channel.svg",
    /// Chats.
    Chat = "chat.svg",
    /// Sent.
    Check = "check.svg",
    /// Read.
    Checks = "checks.svg",
    /// Opens below.
    ChevronDown = "chevron-down.svg",
    /// On to the left.
    ChevronLeft = "chevron-left.svg",
    /// On to the right.
    ChevronRight = "chevron-right.svg",
    /// Closes upwards.
    ChevronUp = "chevron-up.svg",
    /// Waits to be sent.
    Clock = "clock.svg",
    /// A code, code.
    Code = "code.svg",
    /// The connection.
    Connection = "connection.svg",
    /// Strong contrast.
    Contrast = "contrast.svg",
    /// Copy.
    Copy = "copy.svg",
    /// Close, cancel.
    Cross = "cross.svg",
    /// What is stored.
    Database = "database.svg",
    /// Devices that are signed in.
    Devices = "devices.svg",
    /// Fetch a file.
    Download = "download.svg",
    /// Change.
    Edit = "edit.svg",
    /// Hand on, save elsewhere.
    Export = "export.svg",
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
    /// Send on to others.
    Forward = "forward.svg",
    /// Settings.
    Gear = "gear.svg",
    /// Language, the world.
    Globe = "globe.svg",
    /// A group.
    Group = "group.svg",
    /// Home.
    Home = "home.svg",
    /// More about it.
    Info = "info.svg",
    /// A key, a password.
    Key = "key.svg",
    /// Keys.
    Keyboard = "keyboard.svg",
    /// A link.
    Link = "link.svg",
    /// Encrypted, locked.
    Lock = "lock.svg",
    /// Leave the account.
    LogOut = "log-out.svg",
    /// E-mail.
    Mail = "mail.svg",
    /// Less.
    Minus = "minus.svg",
    /// Night.
    Moon = "moon.svg",
    /// More to do.
    More = "more.svg",
    /// Makes no sound.
    Muted = "muted.svg",
    /// No connection.
    Offline = "offline.svg",
    /// Looks.
    Palette = "palette.svg",
    /// Attach.
    Paperclip = "paperclip.svg",
    /// Stop for a while.
    Pause = "pause.svg",
    /// A person.
    Person = "person.svg",
    /// A telephone.
    Phone = "phone.svg",
    /// A picture.
    Photo = "photo.svg",
    /// Kept at the top.
    Pin = "pin.svg",
    /// A point on the map.
    Place = "place.svg",
    /// Start.
    Play = "play.svg",
    /// One more.
    Plus = "plus.svg",
    /// A code to scan.
    Qr = "qr.svg",
    /// Words of somebody else.
    Quote = "quote.svg",
    /// Answer.
    Reply = "reply.svg",
    /// Once more.
    Retry = "retry.svg",
    /// Send.
    Send = "send.svg",
    /// Security.
    Shield = "shield.svg",
    /// To adjust.
    Sliders = "sliders.svg",
    /// Emoji.
    Smile = "smile.svg",
    /// A filled star.
    Star = "star.svg",
    /// Heliograph itself.
    Sun = "sun.svg",
    /// Text size.
    TextSize = "text-size.svg",
    /// To the newest message.
    ToBottom = "to-bottom.svg",
    /// Delete.
    Trash = "trash.svg",
    /// Checked by Telegram.
    Verified = "verified.svg",
    /// Beware.
    Warning = "warning.svg",
}

impl Icon {
    /// The drawing. Made once each, so that the renderer keeps what it has drawn.
    pub fn handle(self) -> svg::Handle {
        static HANDLES: LazyLock<Vec<svg::Handle>> =
            LazyLock::new(|| Icon::ALL.iter().map(|icon| svg::Handle::from_memory(icon.bytes())).collect());
        HANDLES.get(self as usize).cloned().unwrap_or_else(|| svg::Handle::from_memory(self.bytes()))
    }
}

impl Icon {
    /// Whether it points along the line of reading, so that it is mirrored where that is the other way round. A chevron
    /// means the side that it is named for.
    fn is_directed(self) -> bool {
        matches!(self, Self::Back | Self::Forward | Self::LogOut | Self::Reply | Self::Send)
    }

    /// The drawing as in a mirror.
    fn mirrored(self) -> svg::Handle {
        static HANDLES: LazyLock<Mutex<HashMap<Icon, svg::Handle>>> = LazyLock::new(Mutex::default);
        let make = || {
            let drawing = String::from_utf8_lossy(self.bytes());
            let inside = drawing.split_once('>').map_or("", |(_, inside)| inside);
            let frame = drawing.len() - inside.len();
            let mirrored = inside.replace("</svg>", "</g></svg>");
            let head = drawing.get(..frame).unwrap_or_default();
            svg::Handle::from_memory(
                format!(r#"{head}<g transform="translate(24 0) scale(-1 1)">{mirrored}"#).into_bytes(),
            )
        };
        match HANDLES.lock() {
            Ok(mut handles) => handles.entry(self).or_insert_with(make).clone(),
            Err(_) => make(),
        }
    }
}

/// A sign of so many pixels each way. What points along the line of reading points as the language is read.
pub fn icon<'a, Message: 'a>(icon: Icon, size: f32, color: Color) -> Element<'a, Message> {
    let mirrored = icon.is_directed() && words::current().direction() == Direction::RightToLeft;
    Svg::new(if mirrored { icon.mirrored() } else { icon.handle() })
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
    fn what_points_along_the_line_is_mirrored() {
        use crate::theme::Look;
        use crate::widget::stage::Stage;
        let shown = |language: &str| {
            let _here = words::here(words::language(language).unwrap());
            let view: Element<'static, ()> = icon(Icon::Back, 24.0, Color::BLACK);
            let picture = Stage::new(24.0, 24.0).picture(view, Look::day());
            let row = |y: u32| (0..24).map(move |x| (x, y));
            let dark = |(x, y): (u32, u32)| u32::from(255 - picture.at(x, y)[0]);
            let side = |left: bool| (0..24).flat_map(row).filter(|(x, _)| (*x < 12) == left).map(dark).sum::<u32>();
            (side(true), side(false))
        };
        let (left, right) = shown("en");
        assert!(left > right, "{left} {right}");
        let (left, right) = shown("ar");
        assert!(left < right, "{left} {right}");
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
