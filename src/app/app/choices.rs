//! What the person chose, in one place: held, applied at once, and kept.

use crate::preferences::{Desktop, File, Lock, Preferences, Proxies};
use crate::theme::Look;
use crate::words;
use heliograph_store::KeyError;
use iced::Task;
use std::path::Path;

/// The text size changes by this much with one press of a key.
const STEP: f32 = 0.1;

/// What came of looking after the proxies.
#[derive(Clone, Debug)]
pub enum Step {
    /// They are sealed, or not.
    Kept(Result<(), String>),
    /// They are read, or not.
    Read(Result<Proxies, KeyError>),
}

/// The choices that hold, and what comes of them.
pub(super) struct Choices {
    preferences: Preferences,
    desktop: Desktop,
    look: Look,
    file: File,
    unsaved: Option<String>,
}

impl Choices {
    /// The choices as they were kept. Everything is said in their language from now on.
    pub(super) fn new(preferences: Preferences, file: File) -> Self {
        words::set(preferences.language());
        let desktop = Desktop::default();
        Self { look: preferences.look(desktop), preferences, desktop, file, unsaved: None }
    }

    /// What is chosen.
    pub(super) fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// What the desktop prefers.
    pub(super) fn desktop(&self) -> Desktop {
        self.desktop
    }

    /// What comes of both.
    pub(super) fn look(&self) -> Look {
        self.look
    }

    /// Why the choices could not be kept.
    pub(super) fn unsaved(&self) -> Option<&str> {
        self.unsaved.as_deref()
    }

    /// Where the choices lie that could not be read at the start.
    pub(super) fn damaged(&self) -> Option<&Path> {
        self.file.damaged()
    }

    /// These hold from now on. The task keeps them, off this thread, and tells how that went.
    pub(super) fn change(&mut self, preferences: Preferences) -> Task<Result<(), String>> {
        if preferences.language != self.preferences.language {
            words::set(preferences.language());
        }
        self.look = preferences.look(self.desktop);
        self.preferences = preferences.clone();
        self.file.keep(preferences);
        let file = self.file.clone();
        Task::future(async move { file.write().await })
    }

    /// Reads the proxies that lie sealed; nothing where they are known, or lie where they lay before they were sealed:
    /// then they are sealed.
    pub(super) fn read_proxies(&mut self) -> Task<Step> {
        let proxies = &mut self.preferences.proxies;
        if proxies.lock == Lock::Open {
            let before = self.file.has_plain_proxies();
            return if before { self.change(self.preferences.clone()).map(Step::Kept) } else { Task::none() };
        }
        proxies.lock = Lock::Reading;
        let (file, on) = (self.file.clone(), proxies.on);
        Task::future(async move { Step::Read(file.read_proxies(on).await) })
    }

    /// They are read, or not.
    pub(super) fn proxies_read(&mut self, read: Result<Proxies, KeyError>) {
        let proxies = &mut self.preferences.proxies;
        match read {
            // It may have been chosen otherwise meanwhile.
            Ok(read) if proxies.on => *proxies = read,
            Ok(read) => *proxies = Proxies { on: false, ..read },
            Err(error) => proxies.lock = Lock::Closed(error),
        }
    }

    /// Those that cannot be read are put aside, and none is kept.
    pub(super) fn begin_proxies_anew(&mut self) -> Task<Result<(), String>> {
        let mut preferences = self.preferences.clone();
        match self.file.put_proxies_aside() {
            Ok(()) => preferences.proxies = Proxies::default(),
            Err(error) => preferences.proxies.lock = Lock::Closed(error),
        }
        self.change(preferences)
    }

    /// They are kept, or not.
    pub(super) fn kept(&mut self, result: Result<(), String>) {
        self.unsaved = result.err();
    }

    /// The desktop prefers something else now.
    pub(super) fn prefers(&mut self, change: impl FnOnce(&mut Desktop)) {
        change(&mut self.desktop);
        self.look = self.preferences.look(self.desktop);
    }

    /// Larger or smaller text, by so many steps; the usual size for none.
    pub(super) fn zoom(&mut self, steps: i8) -> Task<Result<(), String>> {
        let text = match steps {
            0 => 1.0,
            steps => self.preferences.text + f32::from(steps) * STEP,
        };
        let text = (text * 20.0).round() / 20.0;
        let text = Look::default().with_text(text).text;
        if text == self.preferences.text {
            return Task::none();
        }
        let mut preferences = self.preferences.clone();
        preferences.text = text;
        self.change(preferences)
    }

    /// The list of chats is so wide from now on.
    pub(super) fn widen(&mut self, list: f32) -> Task<Result<(), String>> {
        let mut preferences = self.preferences.clone();
        preferences.list_width = list;
        self.change(preferences)
    }

    /// At the end: what is not kept yet is kept now.
    pub(super) fn farewell(&self) -> impl Future<Output = ()> + Send + 'static {
        let file = self.file.clone();
        async move {
            if let Err(why) = file.write().await {
                tracing::warn!("the choices could not be kept: {why}");
            }
        }
    }
}
