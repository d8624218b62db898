//! The screen, drawn and pressed without a window or a server: what would be asked of the account is not run, what it
//! would answer is put in.

mod answering;
mod folders;
mod pressing;

use super::history::Asked;
use super::rows::Key;
use super::*;
use crate::preferences::LIST_WIDTH;
use crate::widget::control::focus::keys;
use crate::widget::stage::Stage;
use heliograph_model::{
    Change, Chat, ChatPage, Delivery, Document, EntityKind, FileKind, FileLocation, FormattedText, HistoryPage, Media,
    MessageId, Messages, OtherMedia, Photo, Service,
};
use heliograph_store::{DataKey, Store};
use heliograph_telegram::{Device, Error, ServerKey, Servers, Settings, Start, StoredPage};
use iced::keyboard::key::Named;
use iced::widget::responsive;
use iced_test::selector::Candidate;
use std::sync::Arc;

/// Any key: nobody is listening.
const KEY: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAqLdxQDMyl4jPgakwB/oEdFWCFf6sKlCGJznrHnM035UuELkbHVcE
ykZU3isUV6Dcwr8eHBhBsJyA5urleP/DrBTU1Vjem0NJ4F08aIVQb6nbukyrIxpM
gEdr8MJWuP1zwu4NFpcEPZUJxVu9HFH+VinEoOemvEMjJkDZXpbjKZst6FTN73vO
9cSMB+lfUp21UnbqSvxPDYXzQdam65J7nY+4ovkwpC1wXzrY+e2bfn84pc4Stypy
nI5xghOUyeqCKKLCWGen7CfWengVT68ddzCsK7LTLqEIdI9OdF0re6mKFv5DvDyK
FntcA0teQRTGQFg9tAACQwahpxmA063/VwIDAQAB
-----END RSA PUBLIC KEY-----";

pub(super) const ME: PeerId = PeerId::User(1);
pub(super) const MARA: PeerId = PeerId::User(2);
pub(super) const THEO: PeerId = PeerId::User(3);
pub(super) const KEEPERS: PeerId = PeerId::Channel(9);
pub(super) const WEEKLY: PeerId = PeerId::Channel(10);

pub(super) struct Scene {
    pub(super) screen: Chats,
    pub(super) stage: Stage,
    pub(super) look: Look,
    clock: Arc<crate::platform::clock::Standing>,
    clipboard: Arc<crate::platform::clipboard::Recorded>,
    _runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

pub(super) fn view(screen: &Chats, look: Look) -> Element<'_, Message> {
    let view = responsive(move |size| screen.view(look, &Words, size.width, LIST_WIDTH));
    keys(view).on_escape(screen.on_escape()).into()
}

pub(super) fn peer(id: PeerId, kind: PeerKind, name: &str) -> Peer {
    Peer { id, kind, name: name.into(), hue: id.hue(), members: Some(14), ..stranger() }
}

pub(super) fn person(presence: Presence, is_self: bool) -> PeerKind {
    PeerKind::User { is_self, bot: false, deleted: false, presence }
}

fn peers(now: i64) -> Vec<Peer> {
    vec![
        peer(ME, person(Presence::Unknown, true), "You Yourself"),
        peer(MARA, person(Presence::Online(now + 3600), false), "Mara Lindqvist"),
        peer(THEO, person(Presence::Offline(now - 7200), false), "Theo"),
        peer(KEEPERS, PeerKind::Supergroup, "Lighthouse Keepers"),
        peer(WEEKLY, PeerKind::Channel, "Astronomy Weekly"),
    ]
}

pub(super) fn message(chat: PeerId, id: i32, sender: PeerId, text: &str, date: i64) -> Said {
    Said {
        id: MessageId::Server(id),
        chat,
        sender,
        outgoing: sender == ME,
        date,
        edited: None,
        text: FormattedText::plain(text),
        media: None,
        service: None,
        delivery: Delivery::Sent,
        ..Said::default()
    }
}

fn chat(id: PeerId, last: Said, unread: u32) -> Chat {
    let read_inbox = last.id.server().unwrap_or(0) - unread as i32;
    Chat {
        id,
        last: Some(last),
        unread,
        mentions: 0,
        reactions: 0,
        read_inbox,
        read_outbox: 3,
        pinned: false,
        muted: false,
    }
}

fn location(kind: FileKind, size: u64) -> FileLocation {
    FileLocation { dc: 4, kind, id: 5, access_hash: 1, file_reference: Arc::from([]), thumb: String::new(), size }
}

fn document(name: &str) -> Media {
    let file = location(FileKind::Document, 11_900_000);
    Media::Document(Document { id: 5, file, name: name.into(), mime: String::new(), thumbnail: None })
}

impl Scene {
    pub(super) fn new(width: f32, height: f32) -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let account = runtime.block_on(async {
            let store = Store::open(folder.path(), &DataKey::random().unwrap()).await.unwrap();
            let device =
                Device { model: "Test".into(), system: "Test".into(), app_version: "0".into(), language: "en".into() };
            let servers = Servers::Custom { address: "127.0.0.1:9".into(), key: ServerKey::from_pem(KEY).unwrap() };
            let settings = Settings {
                servers,
                api_id: 1,
                api_hash: "x".into(),
                device,
                ways: heliograph_telegram::Ways::default(),
            };
            Account::open(settings, store).await.unwrap().0
        });
        let clock = Arc::new(crate::platform::clock::Standing::at(jiff::Timestamp::now()));
        let clipboard = Arc::new(crate::platform::clipboard::Recorded::default());
        let platform =
            Platform { appearance: None, clock: clock.clone(), clipboard: clipboard.clone(), ..Platform::default() };
        let (mut screen, _task) = Chats::new(account, ME, folder.path().join("downloads"), platform);
        let _action = screen.update(Message::Focused(true));
        let mut stage = Stage::new(width, height);
        stage.point_at(iced::Point::new(-10.0, -10.0));
        Self { screen, stage, look: Look::day(), clock, clipboard, _runtime: runtime, _folder: folder }
    }

    /// With three chats, one of them with two unread messages.
    pub(super) fn with_chats(width: f32, height: f32) -> Self {
        let mut scene = Self::new(width, height);
        let now = scene.screen.now();
        let page = ChatPage {
            chats: vec![
                chat(KEEPERS, message(KEEPERS, 40, MARA, "the north lens is in place", now - 60), 2),
                chat(THEO, message(THEO, 12, THEO, "I will bring the tripod", now - 600), 0),
                chat(MARA, message(MARA, 9, ME, "See you there", now - 90_000), 0),
                chat(WEEKLY, message(WEEKLY, 5, WEEKLY, "The Pleiades", now - 200_000), 0),
            ],
            peers: peers(now),
            next: None,
        };
        scene.update(Message::ChatsCame(true, Ok(page)));
        scene.happened(Event::Connection(Connection::Online));
        scene
    }

    pub(super) fn update(&mut self, message: Message) {
        let _action = self.screen.update(message);
    }

    pub(super) fn happened(&mut self, event: Event) {
        let _action = self.screen.event(event);
    }

    pub(super) fn history(&mut self, chat: PeerId, messages: Vec<Said>, complete: bool) {
        let page = Ok(HistoryPage { messages, peers: Vec::new(), complete, newest: true });
        self.page(chat, page);
    }

    /// The page that is waited for comes.
    pub(super) fn page(&mut self, chat: PeerId, page: Result<HistoryPage, Error>) {
        let asked = self.screen.state.histories[&chat].whole().unwrap();
        self.update(Message::HistoryCame { chat, asked, page, blurred: Vec::new() });
    }

    /// What is in view stays there for a moment.
    pub(super) fn linger(&mut self) {
        self.clock.pass(std::time::Duration::from_millis(500));
        self.update(Message::Lingered);
    }

    pub(super) fn unread(&self, chat: PeerId) -> u32 {
        self.screen.state.roster.get(chat).unwrap().unread
    }

    pub(super) fn keepers(&mut self, range: std::ops::RangeInclusive<i32>) {
        let now = self.screen.now();
        self.update(Message::Opened(KEEPERS));
        let said = |id| {
            let sender = if id % 3 == 0 { THEO } else { MARA };
            message(KEEPERS, id, sender, &format!("words {id}"), now - 3600 + i64::from(id))
        };
        self.history(KEEPERS, range.map(said).collect(), false);
    }

    /// Lets everything that is said while drawing be taken in, until nothing is said any more.
    /// Lets frames go by until nothing is said and nothing glides any more.
    pub(super) fn settle(&mut self) {
        let mut silent = 0;
        for _ in 0..12 {
            let said = self.stage.pass(view(&self.screen, self.look), std::time::Duration::from_millis(500));
            silent = if said.is_empty() { silent + 1 } else { 0 };
            if silent == 3 {
                return;
            }
            for message in said {
                self.update(message);
            }
        }
    }

    pub(super) fn click(&mut self, id: &'static str) {
        let (screen, look) = (&self.screen, self.look);
        for message in self.stage.click(|| view(screen, look), id) {
            self.update(message);
        }
    }

    pub(super) fn press(&mut self, key: Named) {
        for message in self.stage.press(view(&self.screen, self.look), key) {
            self.update(message);
        }
    }

    pub(super) fn typewrite(&mut self, text: &str) {
        for letter in text.chars() {
            for message in self.stage.typewrite(view(&self.screen, self.look), &letter.to_string()) {
                self.update(message);
            }
        }
    }

    pub(super) fn has(&mut self, id: &'static str) -> bool {
        self.stage.bounds_of(view(&self.screen, self.look), id).is_some()
    }

    fn words(&mut self) -> Vec<String> {
        self.stage.words(view(&self.screen, self.look)).into_iter().map(|(_, words)| words).collect()
    }

    fn bounds_of(&mut self, id: &'static str) -> iced::Rectangle {
        self.stage.bounds_of(view(&self.screen, self.look), id).unwrap()
    }

    pub(super) fn says(&mut self, words: &str) -> bool {
        let words = words.to_owned();
        let contains = move |candidate: Candidate<'_>| match candidate {
            Candidate::Text { content, visible_bounds: Some(_), .. } => content.contains(&words).then_some(()),
            _ => None,
        };
        self.stage.find(view(&self.screen, self.look), contains).is_some()
    }

    pub(super) fn draw(&mut self, name: &str) {
        self.settle();
        if let Some(folder) = std::env::var_os("HELIOGRAPH_PICTURES") {
            let path = std::path::Path::new(&folder).join(format!("chats-{name}.png"));
            self.stage.picture(view(&self.screen, self.look), self.look).save(&path);
        }
    }
}

fn marked(id: PeerId) -> &'static str {
    format!("chat:{}", id.marked()).leak()
}

#[test]
fn the_list_says_who_wrote_what_and_when() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    assert!(scene.says("Lighthouse Keepers") && scene.says("Mara:") && scene.says("the north lens is in place"));
    assert!(scene.says("Theo") && scene.says("You:") && scene.says("See you there"));
    assert!(scene.says("Choose a chat"));
    let typing = Change::Typing { chat: KEEPERS, who: MARA, stopped: false };
    scene.happened(Event::Changes(vec![typing]));
    assert!(scene.says("Mara is typing…") && !scene.says("the north lens is in place"));
}

#[test]
fn opening_a_chat_shows_its_messages_and_reads_them() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.click(marked(KEEPERS));
    assert_eq!(scene.screen.open_chat(), Some(KEEPERS));
    assert!(scene.says("14 members"));
    scene.keepers(31..=40);
    assert!(scene.says("words 40") && scene.says("2 new messages"));
    assert_eq!(scene.screen.state.roster.get(KEEPERS).unwrap().unread, 2, "not yet seen");
    scene.settle();
    assert_eq!(scene.unread(KEEPERS), 2, "not long enough");
    scene.linger();
    assert_eq!(scene.unread(KEEPERS), 0);
    assert_eq!(scene.screen.reading.marking(KEEPERS), Some((40, 40)), "the server is told once");
    scene.settle();
    assert!(scene.says("2 new messages"), "the line stays where it was");
}

#[test]
fn what_is_new_while_reading_above_is_counted_and_one_press_away() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.keepers(1..=40);
    scene.settle();
    scene.linger();
    assert!(!scene.has("to-bottom"));
    for _ in 0..3 {
        scene.press(Named::PageUp);
        scene.settle();
    }
    assert!(scene.has("to-bottom") && !scene.says("words 40"));
    let new = message(KEEPERS, 41, THEO, "are you there", scene.screen.now());
    scene.happened(Event::Changes(vec![Change::NewMessage(new)]));
    scene.settle();
    assert_eq!(scene.screen.state.roster.get(KEEPERS).unwrap().unread, 1);
    scene.click("to-bottom");
    scene.settle();
    assert!(scene.says("are you there") && !scene.has("to-bottom"));
    scene.linger();
    assert_eq!(scene.unread(KEEPERS), 0);
}

#[test]
fn a_message_is_there_at_once_and_a_failed_one_keeps_its_words() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.keepers(31..=40);
    scene.settle();
    assert!(scene.says("2 new messages"));
    scene.click("composer");
    scene.typewrite("on my way");
    scene.press(Named::Enter);
    scene.settle();
    assert!(!scene.says("2 new messages"), "who answers has seen what was new");
    let pending = scene.screen.state.histories[&KEEPERS].last().unwrap().id;
    assert!(matches!(pending, MessageId::Pending(_)) && scene.says("on my way"));
    assert!(scene.says("Write a message") || scene.screen.composers[&KEEPERS].model().is_blank());

    let delivery = Delivery::Failed(heliograph_model::SendFailure::Offline);
    scene.happened(Event::Outgoing { chat: KEEPERS, pending, delivery });
    assert!(scene.says("on my way") && scene.says("Not sent: no connection. Your words are kept."));
    let MessageId::Pending(number) = pending else { unreachable!() };
    scene.click(format!("retry:{number}").leak());
    assert!(!scene.says("Not sent"));
    let sent = message(KEEPERS, 41, ME, "on my way", scene.screen.now());
    scene.happened(Event::Changes(vec![Change::Sent { pending, message: sent }]));
    assert!(scene.says("on my way") && scene.screen.state.histories[&KEEPERS].get(pending).is_none());
}

#[test]
fn drafts_wait_in_their_chats() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.keepers(31..=40);
    scene.settle();
    scene.click("composer");
    scene.typewrite("for the keepers");
    scene.click(marked(THEO));
    assert!(scene.screen.composers[&THEO].model().is_blank());
    assert!(!scene.has("nothing"));
    scene.click(marked(KEEPERS));
    assert_eq!(scene.screen.composers[&KEEPERS].model().text(), "for the keepers");
}

#[test]
fn older_messages_are_asked_for_and_a_failure_can_be_tried_again() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.keepers(21..=40);
    scene.settle();
    let asked = scene.screen.history().unwrap().ends()[0].expect("the first rows are near");
    let page = Err(Error::TimedOut);
    scene.update(Message::HistoryCame { chat: KEEPERS, asked, page, blurred: Vec::new() });
    for _ in 0..3 {
        scene.press(Named::PageUp);
        scene.settle();
    }
    assert!(scene.screen.history().unwrap().ends()[0].is_none(), "it is not asked for by itself again and again");
    scene.click("retry-history");
    assert!(scene.screen.history().unwrap().ends()[0].is_some());
}

#[test]
fn nothing_and_trouble_have_words() {
    let mut scene = Scene::new(1280.0, 800.0);
    scene.update(Message::ChatsCame(true, Err(Error::NotConnected)));
    assert!(scene.says("The chats could not be loaded") && scene.has("retry-chats"));
    scene.update(Message::ChatsCame(true, Ok(ChatPage::default())));
    assert!(scene.says("No chats yet"));

    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.update(Message::Opened(THEO));
    scene.page(THEO, Err(Error::TimedOut));
    assert!(scene.says("The messages could not be loaded"));
    scene.click("retry-history");
    scene.history(THEO, Vec::new(), true);
    assert!(scene.says("No messages here yet"));
    scene.happened(Event::Connection(Connection::Waiting(7)));
    assert!(scene.says("No connection, next try in 7 seconds"));
}

#[test]
fn a_narrow_window_shows_the_list_or_the_conversation() {
    let mut scene = Scene::with_chats(400.0, 700.0);
    assert!(scene.has("chats") && !scene.screen.fills(400.0));
    scene.click(marked(THEO));
    assert!(!scene.has("chats") && scene.has("composer"));
    assert!(scene.screen.fills(400.0) && !scene.screen.fills(800.0));
    scene.click("back");
    assert!(scene.has("chats") && !scene.has("composer"));
    scene.click(marked(THEO));
    scene.press(Named::Escape);
    assert!(scene.has("chats"));
}

#[test]
fn what_makes_no_sound_is_not_counted_as_unread() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    assert_eq!(scene.screen.unread(), 2);
    let _ = scene.screen.state.roster.change(KEEPERS, |chat| chat.muted = true);
    assert_eq!(scene.screen.unread(), 0);
}

#[test]
fn a_channel_is_read_only_and_files_can_be_fetched() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.update(Message::Opened(WEEKLY));
    let mut file = message(WEEKLY, 5, WEEKLY, "", scene.screen.now());
    file.media = Some(document("../north-lens-survey.pdf"));
    scene.history(WEEKLY, vec![file], true);
    assert!(scene.says("Only the owners") && !scene.has("composer"));
    assert!(scene.says("_north-lens-survey.pdf") && scene.says("11.9 MB"));
    scene.click("download:5");
    assert!(scene.has("cancel:5") && scene.says("0 B of 11.9 MB"));
    scene.click("cancel:5");
    assert!(scene.has("download:5"));
}

#[test]
fn photos_in_view_are_fetched_once_and_given_up_when_the_chat_is_left() {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.update(Message::Opened(WEEKLY));
    let mut picture = message(WEEKLY, 5, WEEKLY, "", scene.screen.now());
    let file = location(FileKind::Photo, 1);
    picture.media = Some(Media::Photo(Photo { id: 77, file, width: 800, height: 400, stripped: None, spoiler: false }));
    scene.history(WEEKLY, vec![picture], true);
    scene.settle();
    let wanted = |scene: &mut Scene| {
        let history = &scene.screen.state.histories[&WEEKLY];
        let said = history.last().unwrap();
        let stills = crate::media::still::of_message(said, false);
        scene.screen.pictures.want(stills.into_iter().map(|still| (said, still))).fetch.len()
    };
    assert_eq!(wanted(&mut scene), 0, "it is under way");
    scene.update(Message::Closed);
    assert_eq!(wanted(&mut scene), 1, "it was called off");
    let handle = Handle::from_rgba(1, 1, vec![0; 4]);
    let key = crate::media::still::of_message(scene.screen.state.histories[&WEEKLY].last().unwrap(), false)[0].key;
    scene.update(Message::PictureCame(key, Some(handle)));
    assert_eq!(wanted(&mut scene), 0, "it is there");
}

mod moving;
mod painting;

fn gallery(scene: &mut Scene) {
    let now = scene.screen.now();
    let day = 86_400;
    let entity = |start, length, kind| (start, length, kind);
    let mut formatted = message(KEEPERS, 23, ME, "", now - 3000);
    formatted.text = FormattedText::from_utf16(
        "Bold, italic, both, struck, underlined, code and a spoiler, see keepers.example/align".into(),
        [
            entity(0, 4, EntityKind::Bold),
            entity(6, 6, EntityKind::Italic),
            entity(14, 4, EntityKind::Bold),
            entity(14, 4, EntityKind::Italic),
            entity(20, 6, EntityKind::Strike),
            entity(28, 10, EntityKind::Underline),
            entity(40, 4, EntityKind::Code),
            entity(51, 7, EntityKind::Spoiler),
            entity(64, 21, EntityKind::Url),
        ],
    );
    let mut block = message(KEEPERS, 24, ME, "", now - 2990);
    block.text = FormattedText::from_utf16(
        "Align it with:\nlet lens = north.turn(12.5);\nlens.lock()?;".into(),
        [entity(15, 42, EntityKind::Pre("rust".into()))],
    );
    let mut file = message(KEEPERS, 25, MARA, "", now - 2500);
    file.media = Some(document("north-lens-survey.pdf"));
    file.reply = Some(Box::new(heliograph_model::Reply { message: Some(23), ..Default::default() }));
    let mut voice = message(KEEPERS, 26, THEO, "", now - 2000);
    voice.media = Some(Media::Other(OtherMedia::Voice));
    let mut joined = message(KEEPERS, 27, THEO, "", now - 1900);
    joined.service = Some(Service::Joined(vec![THEO]));
    let mut photo = message(KEEPERS, 28, MARA, "Sunrise from the gallery rail", now - 1800);
    let stripped = None;
    photo.media = Some(Media::Photo(Photo {
        id: 78,
        file: location(FileKind::Photo, 1),
        width: 900,
        height: 300,
        stripped,
        spoiler: false,
    }));
    scene.update(Message::Opened(KEEPERS));
    scene.history(
        KEEPERS,
        vec![
            message(KEEPERS, 20, MARA, "An old word", now - 2 * day),
            message(KEEPERS, 21, MARA, "مرحبا! نلتقي عند المنارة في السادسة، لا تنسوا العدسات من فضلكم", now - 3500),
            message(KEEPERS, 22, MARA, "灯台で六時に会いましょう。レンズを忘れないでください 🙏", now - 3490),
            formatted,
            block,
            file,
            voice,
            joined,
            photo,
            message(KEEPERS, 39, THEO, "Привет, кто сегодня на вахте? 👨‍👩‍👧 🇸🇪 ❤️", now - 900),
            message(KEEPERS, 40, MARA, "the north lens is in place", now - 60),
        ],
        false,
    );
    let long = peer(
        PeerId::User(88),
        person(Presence::Recently, false),
        "Maximiliana Alexandrovna von und zu Hohenleuchtturm 🗼 the Third",
    );
    let last =
        message(long.id, 3, long.id, "📷 a line that is much too long for the list and ends in dots", now - 7 * day);
    let rtl = peer(PeerId::User(89), person(Presence::Online(now + 99), false), "ليلى منصور");
    let rtl_last = message(rtl.id, 3, rtl.id, "أنا في الطريق. أراكم قريبا عند المنارة القديمة", now - 30 * day);
    let page = ChatPage {
        chats: vec![
            Chat { muted: true, ..chat(long.id, last, 128) },
            Chat { pinned: true, ..chat(rtl.id, rtl_last, 0) },
        ],
        peers: vec![long, rtl],
        next: None,
    };
    scene.update(Message::ChatsCame(false, Ok(page)));
    scene.settle();
    let pending = scene.screen.state.write(KEEPERS, FormattedText::plain("this one waits"), None, now, 1);
    let failed = scene.screen.state.write(KEEPERS, FormattedText::plain("this one did not go out"), None, now, 2);
    assert!(pending < failed);
    scene.screen.state.progressed(KEEPERS, failed, &Delivery::Failed(heliograph_model::SendFailure::Offline));
    scene.screen.seek += 1;
}

#[test]
#[ignore = "draws pictures to look at into $HELIOGRAPH_PICTURES"]
fn pictures() {
    let large = Look::day().with_text(1.5);
    for (name, language, look, width, height) in [
        ("day", "en", Look::day(), 1280.0, 800.0),
        ("night", "en", Look::night(), 1280.0, 800.0),
        ("large", "en", large, 1280.0, 1000.0),
        ("narrow", "en", Look::night(), 400.0, 760.0),
        ("arabic", "ar", Look::day(), 1280.0, 800.0),
        ("arabic-large", "ar", large, 1280.0, 1000.0),
        ("arabic-narrow", "ar", Look::night(), 400.0, 760.0),
        ("german-large", "de", large, 1280.0, 1000.0),
        ("german-narrow", "de", large, 400.0, 760.0),
        ("spanish-narrow", "es", Look::day(), 400.0, 760.0),
        ("ukrainian", "uk", Look::day(), 1280.0, 800.0),
        ("ukrainian-narrow", "uk", large, 400.0, 760.0),
    ] {
        let language = crate::words::language(language).unwrap();
        let _here = crate::words::here(language);
        let look = Look { direction: language.direction(), ..look };
        let mut scene = Scene::with_chats(width, height);
        scene.look = look;
        scene.draw(&format!("{name}-none"));
        gallery(&mut scene);
        scene.draw(&format!("{name}-end"));
        scene.press(Named::PageUp);
        scene.draw(&format!("{name}-up"));
        scene.happened(Event::Connection(Connection::Waiting(7)));
        scene.draw(&format!("{name}-ask"));
    }
}

#[test]
fn ticks_wait_for_the_vote_and_outlive_a_failure() {
    use heliograph_model::{Poll, PollAnswer};
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.update(Message::Opened(THEO));
    let answer = |number: u8, chosen| PollAnswer {
        text: FormattedText::plain("x"),
        option: Arc::from([number]),
        voters: None,
        chosen,
        correct: false,
    };
    let poll = |chosen| Poll {
        id: 4,
        question: FormattedText::plain("?"),
        answers: vec![answer(0, false), answer(1, chosen), answer(2, chosen)],
        quiz: false,
        multiple: true,
        public: true,
        closed: false,
        total: None,
        closes: None,
        solution: None,
        recent: Vec::new(),
    };
    let mut said = message(THEO, 12, THEO, "", scene.screen.now());
    said.media = Some(Media::Poll(Box::new(poll(false))));
    let id = said.id;
    scene.history(THEO, vec![said], true);
    for answer in [0, 1, 2, 0] {
        scene.update(Message::AnswerChosen(id, answer));
    }
    let said = |scene: &Scene| scene.screen.state.histories[&THEO].get(id).unwrap().clone();
    let ballot = |scene: &Scene| scene.screen.state.marks.ballot(&said(scene)).cloned();
    assert_eq!(ballot(&scene).unwrap().ticked, [1, 2].into());
    scene.update(Message::VoteWanted(id));
    assert!(ballot(&scene).unwrap().sending);
    scene.update(Message::AnswerChosen(id, 0));
    assert_eq!(ballot(&scene).unwrap().ticked, [1, 2].into(), "it is under way");
    let failed = scene.screen.update(Message::Voted(THEO, id, Err(Error::NotConnected)));
    assert!(matches!(failed, Action::Say(_)));
    assert_eq!((ballot(&scene).unwrap().sending, ballot(&scene).unwrap().ticked), (false, [1, 2].into()));
    scene.update(Message::Voted(THEO, id, Ok(Some(Box::new(poll(true))))));
    assert_eq!(ballot(&scene), None);
    assert!(matches!(&said(&scene).media, Some(Media::Poll(poll)) if poll.voted()));
}

#[test]
fn seconds_are_counted_only_while_a_poll_in_view_closes_soon() {
    use heliograph_model::Poll;
    let mut scene = Scene::with_chats(1280.0, 800.0);
    let now = scene.screen.now();
    for (closes, closed, counts) in [(now + 50, false, true), (now + 50, true, false), (now + 90_000, false, false)] {
        scene.update(Message::Closed);
        scene.update(Message::Opened(THEO));
        let mut said = message(THEO, 12, THEO, "", now);
        said.media = Some(Media::Poll(Box::new(Poll {
            id: 4,
            question: FormattedText::plain("?"),
            answers: Vec::new(),
            quiz: false,
            multiple: false,
            public: true,
            closed,
            total: None,
            closes: Some(closes),
            solution: None,
            recent: Vec::new(),
        })));
        scene.history(THEO, vec![said], true);
        scene.settle();
        assert_eq!(scene.screen.counts_down(), counts, "{closes} {closed}");
    }
}

#[test]
fn an_address_behind_another_one_is_asked_about() {
    use crate::widget::text::Link;
    let mut scene = Scene::with_chats(1280.0, 800.0);
    let link = Link::Masked { shown: "bank.example".into(), url: "https://evil.test/login".into() };
    scene.update(Message::Led(link));
    assert!(scene.has("link-open") && scene.says("https://evil.test/login") && scene.says("bank.example"));
    scene.click("link-cancel");
    assert!(!scene.has("link-open"));
    scene.update(Message::Led(Link::Url("https://a.example".into())));
    assert!(!scene.has("link-open"));
}

#[test]
fn pictures_near_the_view_are_made_ready_the_visible_first_and_albums_in_their_grid() {
    use super::fetching::{AHEAD, near, stills};
    let mut scene = Scene::with_chats(1280.0, 800.0);
    scene.update(Message::Opened(THEO));
    let now = scene.screen.now();
    let pictured = |id: i32| {
        let file = location(FileKind::Photo, 1);
        let photo = Photo { id: id.into(), file, width: 800, height: 600, stripped: None, spoiler: false };
        let album = (20..23).contains(&id).then_some(7);
        Said { media: Some(Media::Photo(photo)), album, ..message(THEO, id, THEO, "", now - 1000 + i64::from(id)) }
    };
    scene.history(THEO, (1..=40).map(pictured).collect(), true);
    let history = &scene.screen.state.histories[&THEO];
    let key = |id| history.key_of(MessageId::Server(id)).unwrap();
    let near = near(history, key(18), key(20));
    let ids: Vec<i32> = near.iter().flatten().map(|said| said.id.server().unwrap()).collect();
    assert_eq!(ids[..5], [20, 21, 22, 19, 18], "what is seen, an album as one");
    assert_eq!(ids[5..], [17, 16, 15, 14, 13, 23, 24, 25, 26, 27], "{AHEAD} rows on each side");
    let stills = stills(&near, &scene.screen.state);
    let widths: Vec<u16> = stills.iter().map(|(_, still)| still.key.form.width).collect();
    assert!(widths[..3].iter().all(|width| *width < 360), "cells of a grid: {widths:?}");
    assert!(widths[3..].iter().all(|width| *width == 360), "{widths:?}");
}
