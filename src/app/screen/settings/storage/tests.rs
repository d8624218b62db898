use super::super::tests::Scene;
use super::super::{Action, Message as Screen, Page};
use super::*;
use crate::theme::Theme;
use crate::theme::tokens::contrast;
use heliograph_model::{PeerKind, Presence};
use heliograph_telegram::{KeptPictures, Unfinished};

pub(in super::super) fn stored() -> Storage {
    let used = |id, kind, bytes| KeptPictures { chat: PeerId::User(id), kind, pictures: 9, bytes };
    let peer = |id: i64, name: &str| Peer {
        id: PeerId::User(id),
        kind: PeerKind::User { is_self: false, bot: false, deleted: false, presence: Presence::Unknown },
        name: name.into(),
        username: None,
        photo: None,
        hue: (id % 7) as u8,
        members: None,
        verified: false,
        protected: false,
        writable: true,
        contact: false,
    };
    Storage {
        pictures: vec![
            used(2, PictureKind::Photos, 402 << 20),
            used(1, PictureKind::Photos, 140 << 20),
            used(2, PictureKind::Stills, 90 << 20),
            used(1, PictureKind::Stickers, 38 << 20),
            used(3, PictureKind::Photos, 12 << 20),
            used(4, PictureKind::Photos, 9 << 20),
            used(5, PictureKind::Stills, 8 << 20),
            used(6, PictureKind::Stickers, 2 << 20),
            used(2, PictureKind::Faces, 800 << 10),
            used(7, PictureKind::Photos, 300 << 10),
        ],
        peers: vec![
            peer(1, "Mara Lindqvist"),
            peer(2, "Astronomy Weekly"),
            peer(3, "The society for the preservation of lighthouses, lamps and other signals of the northern coast"),
            peer(4, "منارة الشمال"),
            peer(5, "Lighthouse Keepers"),
            peer(6, "Theo"),
        ],
        unfinished: vec![Unfinished { chat: PeerId::User(1), bytes: 23 << 20 }],
        messages: vec![(PeerId::User(1), 204_310), (PeerId::User(2), 1_000_000)],
        database: 147 << 20,
        limits: Limits::default(),
    }
}

impl Scene {
    pub(in super::super) fn storage(&mut self, here: Storage) {
        self.update(vec![Screen::PageChosen(Page::Storage), tell(Message::Came(Ok(Box::new(here))))]);
    }

    fn bar(&mut self, id: &'static str) -> bool {
        self.has(id)
    }
}

#[test]
fn what_is_here_is_said_by_kind_and_by_chat_the_most_first() {
    let mut scene = Scene::new(1000.0, 1400.0);
    scene.update(vec![Screen::PageChosen(Page::Storage)]);
    assert!(!scene.says(&fl!(Words, "settings-by-chat")), "nobody has looked yet");
    let here = stored();
    scene.storage(here.clone());
    for part in Part::ALL {
        let bytes = number::bytes(bytes_of(&here, part));
        assert!(scene.says(&bytes) && scene.says(&part.name(&Words, 1_204_310)), "{part:?} {bytes}");
    }
    let all = here.pictures.iter().map(|used| used.bytes).sum::<u64>();
    assert!(scene.says(&number::bytes(all + here.database + (23 << 20))));
    let limit = number::bytes(1_000_000_000);
    assert!(scene.says(&fl!(Words, "settings-storage-of", size = number::bytes(all), limit = limit)));
    let order: Vec<i64> = by_chat(&here).iter().map(|of| of.chat.marked()).collect();
    assert_eq!(order, [2, 1, 3, 4, 5, 6, 7]);
    assert!(scene.bar("settings-clear-chat:6") && !scene.has("settings-clear-chat:7"), "six of seven");
    scene.click("settings-more-chats");
    assert!(scene.has("settings-clear-chat:7") && scene.says(&fl!(Words, "unknown-peer")));
    scene.storage(Storage { pictures: Vec::new(), ..here });
    assert!(scene.says(&fl!(Words, "settings-no-pictures")) && !scene.has("settings-clear-all"));
    scene.update(vec![tell(Message::Came(Err(Error::Store("full".into()))))]);
    assert!(scene.says(&words::error(&Error::Store("full".into()))));
}

#[test]
fn everything_is_only_removed_when_it_was_asked_and_escape_takes_the_question_back() {
    let mut scene = Scene::new(1000.0, 1400.0);
    scene.storage(stored());
    assert!(!scene.has("settings-clear-all-sure"));
    scene.click("settings-clear-all");
    assert!(scene.has("settings-clear-all-sure"));
    let actions = scene.press(iced::keyboard::key::Named::Escape);
    assert!(matches!(actions[..], [Action::None]) && !scene.has("settings-clear-all-sure"));
    scene.click("settings-clear-all");
    scene.click("settings-keep");
    assert!(!scene.has("settings-clear-all-sure"));
}

#[test]
fn the_path_is_copied() {
    let mut scene = Scene::new(1000.0, 1400.0);
    scene.update(vec![Screen::PageChosen(Page::Storage)]);
    assert!(matches!(&scene.click("settings-copy-folder")[..], [Action::Copy(path)] if path.ends_with("heliograph")));
}

#[test]
fn a_limit_is_shown_as_chosen_at_once_and_any_other_is_offered_too() {
    let mut scene = Scene::new(1000.0, 1400.0);
    let odd = Limits { bytes: Some(77_000_000), age: Some(3 * DAY) };
    scene.storage(Storage { limits: odd, ..stored() });
    assert!(scene.says(&number::bytes(77_000_000)) && scene.says(&age_said(odd.age, &Words)));
    scene.update(vec![tell(Message::LimitsChosen(Limits { bytes: None, age: None }))]);
    assert!(scene.says(&fl!(Words, "settings-no-limit")) && scene.says(&fl!(Words, "settings-age-any")));
    let said = AGES.map(|age| age_said(Some(age), &Words));
    assert_eq!(said, ["7 days", "1 month", "3 months", "6 months", "1 year"]);
}

#[test]
fn the_chart_can_be_seen_in_every_theme_and_its_colours_told_apart() {
    for theme in Theme::all() {
        let palette = Palette::of(theme);
        let colors = Part::ALL.map(|part| part.color(palette));
        for (at, color) in colors.iter().enumerate() {
            for ground in [palette.surface, palette.quiet] {
                let ratio = contrast(*color, ground);
                assert!(ratio >= 2.9, "{theme:?}: {:?} is {ratio:.2}", Part::ALL[at]);
            }
            assert!(colors.iter().skip(at + 1).all(|other| other != color), "{theme:?}");
        }
    }
}
