//! What Heliograph asks of the desktop.

pub mod folders;
pub mod instance;
#[cfg(target_os = "linux")]
pub mod libraries;
pub mod opener;
pub mod portal;
pub mod renderer;
pub mod save_dialog;
