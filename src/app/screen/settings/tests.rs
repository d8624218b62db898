use super::*;
use crate::widget::stage::Stage;
use heliograph_model::{PeerId, PeerKind, Presence};
use iced::keyboard::key;
use std::path::PathBuf;

mod proxies;

/// The screen with what the application knows of it.
pub(super) struct Scene {
    screen: Settings,
    preferences: Preferences,
    desktop: Desktop,
    me: Option<Peer>,
    servers: Servers,
    key_storage: KeyStorage,
    unsaved: Option<String>,
    damaged: Option<PathBuf>,
    size: Size,
    stage: Stage,
}

impl Scene {
    pub(super) fn new(width: f32, height: f32) -> Self {
        let me = Peer {
            id: PeerId::User(1),
            kind: PeerKind::User { is_self: true, bot: false, deleted: false, presence: Presence::Unknown },
            name: "Mara Lindqvist".into(),
            username: Some("mara".into()),
            photo: None,
            hue: 3,
            members: None,
            verified: false,
            protected: false,
            writable: true,
            contact: false,
        };
        Self {
            screen: Settings::new(None),
            preferences: Preferences::default(),
            desktop: Desktop::default(),
            me: Some(me),
            servers: Servers::Production,
            key_storage: KeyStorage::Os,
            unsaved: None,
            damaged: None,
            size: Size::new(width, height),
            stage: Stage::new(width, height),
        }
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let known = Known {
            preferences: &self.preferences,
            desktop: self.desktop,
            me: self.me.as_ref(),
            photo: None,
            servers: &self.servers,
            demo: false,
            key_storage: self.key_storage,
            folder: "/home/mara/.local/share/heliograph".as_ref(),
            unsaved: self.unsaved.as_deref(),
            damaged: self.damaged.as_deref(),
        };
        self.screen.view(known, self.preferences.look(self.desktop), &Words, self.size)
    }

    pub(super) fn update(&mut self, messages: Vec<Message>) -> Vec<Action> {
        let mut actions = Vec::new();
        for message in messages {
            let action = self.screen.update(&self.preferences, message);
            if let Action::Changed(preferences) = &action {
                self.preferences = preferences.clone();
                words::set(preferences.language());
            }
            actions.push(action);
        }
        actions
    }

    /// A stage knows nothing of how we got here.
    fn with_stage<R>(&mut self, run: impl FnOnce(&mut Stage, &Self) -> R) -> R {
        let mut stage = std::mem::replace(&mut self.stage, Stage::new(1.0, 1.0));
        let result = run(&mut stage, self);
        self.stage = stage;
        result
    }

    pub(super) fn click(&mut self, id: &'static str) -> Vec<Action> {
        let messages = self.with_stage(|stage, scene| stage.click(|| scene.view(), id));
        self.update(messages)
    }

    pub(super) fn press(&mut self, key: key::Named) -> Vec<Action> {
        let messages = self.with_stage(|stage, scene| stage.press(scene.view(), key));
        self.update(messages)
    }

    pub(super) fn says(&mut self, said: &str) -> bool {
        self.with_stage(|stage, scene| stage.find(scene.view(), said).is_some())
    }

    pub(super) fn has(&mut self, id: &'static str) -> bool {
        self.with_stage(|stage, scene| stage.bounds_of(scene.view(), id).is_some())
    }

    pub(super) fn draw(&mut self, name: &str) {
        let Some(folder) = std::env::var_os("HELIOGRAPH_PICTURES") else { return };
        std::fs::create_dir_all(&folder).unwrap();
        let look = self.preferences.look(self.desktop);
        let picture = self.with_stage(|stage, scene| stage.picture(scene.view(), look));
        picture.save(&PathBuf::from(folder).join(format!("settings-{name}.png")));
    }
}

#[test]
fn every_page_is_reached_from_the_list() {
    let mut scene = Scene::new(1280.0, 800.0);
    for page in Page::ALL {
        assert!(scene.click(page.id()).iter().all(|action| matches!(action, Action::None)));
        assert_eq!(scene.screen.page, page);
        assert!(scene.says(&page.lead(&Words)), "{page:?}");
    }
}

#[test]
fn what_is_chosen_is_handed_on_and_shown() {
    let mut scene = Scene::new(1280.0, 2000.0);
    scene.click("settings-appearance");
    scene.click("theme:night");
    assert_eq!(scene.preferences.theme, ThemeChoice::Night);
    scene.click("accent:plum");
    assert_eq!(scene.preferences.accent, Accent::Plum);
    // The middle of the slider.
    scene.click("text-size");
    assert_eq!(scene.preferences.text, 1.4);
    assert!(scene.says(&words::number::percent(1.4)));
    scene.click("reduce-motion");
    assert!(scene.preferences.reduce_motion);
    scene.click("renderer:software");
    assert_eq!(scene.preferences.renderer, RendererChoice::Software);
}

#[test]
fn the_text_size_holds_when_it_is_let_go_and_goes_by_key() {
    let mut scene = Scene::new(1280.0, 2400.0);
    scene.click("settings-appearance");
    assert!(matches!(scene.update(vec![Message::TextDragged(1.9)])[..], [Action::None]));
    assert!(scene.says(&words::number::percent(1.9)), "what it will be is seen at once");
    assert_eq!(scene.preferences.text, 1.0);
    scene.update(vec![Message::TextDropped]);
    assert_eq!(scene.preferences.text, 1.9);
    scene.click("text-size");
    scene.press(key::Named::ArrowLeft);
    assert_eq!(scene.preferences.text, 1.35);
    scene.press(key::Named::End);
    assert_eq!(scene.preferences.text, 2.0);
}

#[test]
fn what_the_desktop_asks_for_cannot_be_switched_off_here() {
    let mut scene = Scene::new(1280.0, 2000.0);
    scene.desktop.reduce_motion = true;
    scene.click("settings-appearance");
    assert!(scene.says(&fl!(Words, "settings-reduce-motion-desktop")));
    assert!(scene.click("reduce-motion").is_empty());
}

#[test]
fn languages_are_listed_in_their_own_names() {
    let _here = words::here(Language::ENGLISH);
    let mut scene = Scene::new(1280.0, 1200.0);
    scene.click("settings-language");
    for language in words::languages() {
        assert!(scene.says(language.own_name()), "{language:?}");
    }
    scene.click("language:en");
    assert_eq!(scene.preferences.language.as_deref(), Some("en"));
    scene.click("language:desktop");
    assert_eq!(scene.preferences.language, None);
}

#[test]
fn narrow_windows_show_the_list_or_the_page() {
    let mut scene = Scene::new(400.0, 700.0);
    assert!(scene.has("settings-about"));
    scene.click("settings-about");
    assert!(!scene.has("settings-account") && scene.has("settings-notice"));
    assert!(matches!(scene.press(key::Named::Escape)[..], [Action::None]));
    assert!(scene.has("settings-account"));
    assert!(matches!(scene.press(key::Named::Escape)[..], [Action::Close]));
}

#[test]
fn escape_closes_a_wide_window_at_once_and_takes_back_a_question_first() {
    let mut scene = Scene::new(1280.0, 800.0);
    scene.click("settings-about");
    assert!(matches!(scene.press(key::Named::Escape)[..], [Action::Close]));
    scene.click("settings-account");
    scene.click("settings-log-out");
    assert!(scene.has("settings-leave"));
    assert!(matches!(scene.press(key::Named::Escape)[..], [Action::None]));
    assert!(!scene.has("settings-leave"));
}

#[test]
fn logging_out_is_asked_for_twice_and_done_once() {
    let mut scene = Scene::new(1280.0, 800.0);
    scene.click("settings-account");
    assert!(matches!(scene.click("settings-log-out")[..], [Action::None]));
    assert!(matches!(scene.click("settings-leave")[..], [Action::LogOut]));
    assert!(scene.click("settings-leave").iter().all(|action| matches!(action, Action::None)));
}

#[test]
fn the_number_is_hidden_until_it_is_asked_for() {
    let mut scene = Scene::new(1280.0, 800.0);
    scene.click("settings-account");
    assert!(scene.says(&fl!(Words, "settings-phone-hidden")));
    scene.update(vec![Message::PhoneCame(Ok(Some("9990001234".into())))]);
    assert!(scene.says("\u{2066}+9990001234\u{2069}"));
    assert!(matches!(&scene.click("settings-phone")[..], [Action::Copy(number)] if number == "+9990001234"));
    scene.update(vec![Message::PhoneCame(Err(Error::NotConnected))]);
    assert!(scene.says(&words::error(&Error::NotConnected)));
}

#[test]
fn trouble_with_keeping_the_choices_is_said() {
    let mut scene = Scene::new(1280.0, 800.0);
    scene.unsaved = Some("no space left on device".into());
    assert!(scene.says(&fl!(Words, "settings-unsaved", why = "no space left on device")));
    let before = scene.preferences.clone();
    assert!(matches!(&scene.click("settings-save")[..], [Action::Changed(again)] if *again == before));
    scene.unsaved = None;
    scene.damaged = Some("/data/preferences.json.bak".into());
    assert!(scene.says(&fl!(Words, "settings-damaged", place = "/data/preferences.json.bak")));
}

#[test]
fn what_the_desktop_does_not_open_is_copied() {
    let mut scene = Scene::new(1280.0, 900.0);
    scene.click("settings-about");
    assert!(matches!(scene.click("settings-privacy")[..], [Action::Run(_)]));
    let failed = Message::Opened("https://telegram.org/privacy".into(), false);
    assert!(matches!(&scene.update(vec![failed])[..], [Action::Copy(url)] if url.ends_with("/privacy")));
    assert!(scene.says(&fl!(Words, "settings-unopened", what = "https://telegram.org/privacy")));
}

#[test]
fn the_notices_are_shown_in_the_window() {
    let mut scene = Scene::new(1280.0, 3000.0);
    scene.click("settings-about");
    let inter = "Inter, by The Inter Project Authors";
    assert!(!scene.says(inter));
    scene.click("settings-notice");
    assert!(scene.says(inter));
}

#[test]
fn where_the_key_lies_is_said_for_each_place() {
    for (storage, said) in [
        (KeyStorage::Os, fl!(Words, "settings-key-os")),
        (KeyStorage::Passphrase, fl!(Words, "settings-key-passphrase")),
        (KeyStorage::File, fl!(Words, "settings-key-file")),
    ] {
        let mut scene = Scene::new(1280.0, 800.0);
        scene.key_storage = storage;
        scene.click("settings-data");
        assert!(scene.says(&said), "{said}");
        assert_eq!(scene.says(&fl!(Words, "settings-key-file-warning")), storage == KeyStorage::File);
    }
}

#[test]
fn everything_is_reached_by_the_keyboard() {
    let mut scene = Scene::new(1280.0, 2000.0);
    scene.click("settings-appearance");
    // Close, the six pages, then the themes.
    for _ in 0..40 {
        scene.press(key::Named::Tab);
        if scene.with_stage(|stage, scene| stage.has_focus(scene.view(), "theme:contrast")) {
            break;
        }
    }
    scene.press(key::Named::Enter);
    assert_eq!(scene.preferences.theme, ThemeChoice::HighContrast);
}

/// Every page as it looks; see the contract of the pictures in `chats::tests`.
#[test]
#[ignore = "draws pictures to look at"]
fn pictures() {
    let looks: [(&str, ThemeChoice, f32, (f32, f32)); 11] = [
        ("day", ThemeChoice::Day, 1.0, (1280.0, 800.0)),
        ("night", ThemeChoice::Night, 1.0, (1280.0, 800.0)),
        ("contrast", ThemeChoice::HighContrast, 1.0, (1280.0, 800.0)),
        ("150", ThemeChoice::Day, 1.5, (1280.0, 800.0)),
        ("200", ThemeChoice::Day, 2.0, (1280.0, 800.0)),
        ("narrow", ThemeChoice::Day, 1.0, (400.0, 800.0)),
        ("narrow-200", ThemeChoice::Night, 2.0, (400.0, 800.0)),
        ("ar", ThemeChoice::Day, 1.0, (1280.0, 800.0)),
        ("ar-narrow", ThemeChoice::Night, 1.0, (400.0, 800.0)),
        ("de-narrow", ThemeChoice::Day, 1.5, (400.0, 800.0)),
        ("uk", ThemeChoice::Day, 1.5, (1280.0, 800.0)),
    ];
    for (name, theme, text, (width, height)) in looks {
        let language = name.split('-').next().and_then(words::language).unwrap_or(words::Language::ENGLISH);
        let _here = words::here(language);
        let mut scene = Scene::new(width, height);
        scene.preferences.theme = theme;
        scene.preferences.text = text;
        if width < 500.0 {
            scene.draw(&format!("{name}-list"));
        }
        for page in Page::ALL {
            scene.update(vec![Message::PageChosen(page)]);
            if page == Page::Storage {
                scene.storage(storage::tests::stored());
            }
            scene.draw(&format!("{name}-{}", page.id().trim_start_matches("settings-")));
        }
    }
    {
        let arabic = words::language("ar").unwrap();
        let _here = words::here(arabic);
        let mut scene = Scene::new(1280.0, 900.0);
        scene.preferences.language = Some(arabic.id().into());
        for page in Page::ALL {
            scene.update(vec![Message::PageChosen(page)]);
            if page == Page::Storage {
                scene.storage(storage::tests::stored());
            }
            scene.draw(&format!("arabic-{}", page.id().trim_start_matches("settings-")));
        }
    }
    let mut scene = Scene::new(1280.0, 1400.0);
    scene.update(vec![Message::PageChosen(Page::Appearance)]);
    scene.draw("tall-appearance");
    scene.update(vec![Message::PageChosen(Page::About), Message::NoticeWanted(true)]);
    scene.draw("tall-about");
    scene.key_storage = KeyStorage::File;
    scene.unsaved = Some("no space left on device".into());
    scene.update(vec![Message::PageChosen(Page::Data)]);
    scene.draw("tall-data");
    scene.storage(storage::tests::stored());
    scene.click("settings-clear-all");
    scene.draw("tall-storage");
    scene.update(vec![Message::PageChosen(Page::Account), Message::LogOutAsked(true)]);
    scene.draw("tall-account");
}
