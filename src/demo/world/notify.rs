//! How an account wants to be told of messages (core.telegram.org/api/push-updates).

/// What was said about one chat, or about a kind of chats; nothing means that the kind decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notify {
    pub show_previews: Option<bool>,
    pub silent: Option<bool>,
    /// In Unix seconds.
    pub mute_until: Option<i32>,
}

impl Notify {
    /// Nothing is said about anything.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What a setting is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Users,
    Groups,
    Broadcasts,
}
