//! The screens: each holds its state and says what it needs of the application by an `Action`.

mod card;
pub mod chats;
pub mod opening;
pub mod rail;
pub mod settings;
pub mod sign_in;
