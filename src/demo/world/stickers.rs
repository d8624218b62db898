//! Sets of stickers and of emoji, and what an account keeps of them (core.telegram.org/api/stickers).

/// A set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StickerSet {
    pub id: i64,
    pub title: String,
    pub name: String,
    /// Of emoji for words, not of stickers.
    pub emoji: bool,
    /// Documents, each with the emoji that it stands for.
    pub items: Vec<(i64, String)>,
}

/// What an account keeps at hand; newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Drawer {
    /// Installed sets and when that was.
    pub sets: Vec<(i64, i32)>,
    pub recent: Vec<(i64, i32)>,
    pub faved: Vec<i64>,
    pub gifs: Vec<i64>,
    /// Signs put to letters lately.
    pub signs: Vec<super::Sign>,
}
