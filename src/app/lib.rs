//! The Heliograph application: its command line, its window, and what it asks of the desktop.

pub mod app;
pub mod cli;
pub mod download;
pub mod link;
pub mod media;
pub mod platform;
pub mod preferences;
pub mod screen;
pub mod theme;
pub mod widget;
pub mod words;
