//! The chats screen with a conversation open, and no server: what the screen would ask is not asked, what the server
//! would answer is put in.

use crate::pane::{Frame, Pane, clock};
use crate::said;
use heliograph::platform::Platform;
use heliograph::preferences::LIST_WIDTH;
use heliograph::screen::chats::bench::pictures;
use heliograph::screen::chats::{Chats, Message};
use heliograph::theme::Look;
use heliograph::widget::Element;
use heliograph::words::Words;
use heliograph_model::{Chat, ChatPage, HistoryPage, Place};
use heliograph_store::{DataKey, Store};
use heliograph_telegram::{Account, Device, ServerKey, Servers, Settings};
use iced::advanced::image::Handle;
use iced::{Event, Size};

/// Any key: nobody is listening.
const KEY: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAqLdxQDMyl4jPgakwB/oEdFWCFf6sKlCGJznrHnM035UuELkbHVcE
ykZU3isUV6Dcwr8eHBhBsJyA5urleP/DrBTU1Vjem0NJ4F08aIVQb6nbukyrIxpM
gEdr8MJWuP1zwu4NFpcEPZUJxVu9HFH+VinEoOemvEMjJkDZXpbjKZst6FTN73vO
9cSMB+lfUp21UnbqSvxPDYXzQdam65J7nY+4ovkwpC1wXzrY+e2bfn84pc4Stypy
nI5xghOUyeqCKKLCWGen7CfWengVT68ddzCsK7LTLqEIdI9OdF0re6mKFv5DvDyK
FntcA0teQRTGQFg9tAACQwahpxmA063/VwIDAQAB
-----END RSA PUBLIC KEY-----";

/// Messages in a page.
const PAGE: i32 = 50;

/// The screen.
pub struct Screen {
    pub chats: Chats,
    /// How many messages the conversation has.
    count: i32,
    look: Look,
    store: Store,
    _runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Screen {
    /// With one chat in the list, pictures at hand, and nothing open.
    pub fn new() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (account, store) = runtime.block_on(async {
            let store = Store::open(folder.path(), &DataKey::random().unwrap()).await.unwrap();
            let device = Device {
                model: "Bench".into(),
                system: "Bench".into(),
                app_version: "0".into(),
                language: "en".into(),
            };
            let servers = Servers::Custom { address: "127.0.0.1:9".into(), key: ServerKey::from_pem(KEY).unwrap() };
            let settings = Settings {
                servers,
                api_id: 1,
                api_hash: "x".into(),
                device,
                ways: heliograph_telegram::Ways::default(),
            };
            (Account::open(settings, store.clone()).await.unwrap().0, store)
        });
        let platform = Platform { appearance: None, ..Platform::default() };
        let (chats, _task) = Chats::new(account, said::ME, folder.path().join("downloads"), platform);
        let mut screen = Self { chats, count: 0, look: Look::day(), store, _runtime: runtime, _folder: folder };
        let chat = Chat {
            id: said::KEEPERS,
            last: Some(said::message(1)),
            unread: 0,
            mentions: 0,
            reactions: 0,
            read_inbox: i32::MAX,
            read_outbox: i32::MAX,
            pinned: false,
            muted: false,
        };
        let page = ChatPage { chats: vec![chat], peers: said::peers(), next: None };
        screen.update(Message::ChatsCame(true, Ok(page)));
        let mut have = std::collections::HashSet::new();
        for (key, width, height) in pictures(&said::messages(1..400)) {
            if have.insert(key) {
                screen.update(Message::PictureCame(key, Some(picture(width, height))));
            }
        }
        screen
    }

    /// Lets something happen. What would be asked of the server is dropped.
    pub fn update(&mut self, message: Message) {
        let _guard = self._runtime.enter();
        let _action = self.chats.update(message);
    }

    /// Something happened by itself.
    pub fn event(&mut self, event: heliograph_telegram::Event) {
        let _guard = self._runtime.enter();
        let _action = self.chats.event(event);
    }

    /// The account's store.
    pub fn store(&self) -> Store {
        self.store.clone()
    }

    /// Does something beside what is drawn.
    pub fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> tokio::task::JoinHandle<T> {
        self._runtime.spawn(work)
    }

    /// What came of it.
    pub fn wait<T>(&self, work: tokio::task::JoinHandle<T>) -> T {
        self._runtime.block_on(work).unwrap()
    }

    /// Opens the conversation, of which the server has so many messages.
    pub fn open(&mut self, count: i32) {
        self.count = count;
        self.update(Message::Opened(said::KEEPERS));
        let _ = self.serve();
    }

    /// Answers what is asked of the server; says how often it had to.
    pub fn serve(&mut self) -> usize {
        let awaited = self.chats.awaits(said::KEEPERS);
        for place in &awaited {
            let end = self.count + 1;
            let numbers = match *place {
                Place::Newest | Place::Date(_) => end - PAGE..end,
                Place::Before(number) => number - PAGE..number,
                Place::After(number) => number + 1..number + 1 + PAGE,
                Place::Around(number) => number - PAGE / 2..number + PAGE / 2,
            };
            let numbers = numbers.start.clamp(1, end)..numbers.end.clamp(1, end);
            let page = HistoryPage {
                complete: numbers.start == 1,
                newest: numbers.end == end,
                messages: said::messages(numbers),
                peers: Vec::new(),
            };
            let _guard = self._runtime.enter();
            self.chats.page_came(said::KEEPERS, *place, page);
        }
        awaited.len()
    }

    /// What is drawn in a window of this size.
    pub fn view(&self, size: Size) -> Element<'_, Message> {
        self.chats.view(self.look, &Words, size.width, LIST_WIDTH)
    }

    /// One frame, and what the screen makes of what is said in it, as the program does it: within the same frame, which is
    /// drawn once.
    pub fn frame(&mut self, pane: &mut Pane, events: &[Event]) -> Frame {
        const STEPS: usize = 3;
        let (size, mut frame) = (pane.size(), Frame::default());
        for step in 1..=STEPS {
            let events = if step == 1 { events } else { &[] };
            let (took, messages) = pane.step(|| self.view(size), events, step == STEPS);
            frame.view += took.view;
            frame.layout += took.layout;
            frame.update += took.update;
            frame.draw += took.draw;
            frame.raster += took.raster;
            frame.damage = frame.damage.max(took.damage);
            if messages.is_empty() {
                break;
            }
            let begun = clock();
            for message in messages {
                self.update(message);
            }
            frame.update += clock() - begun;
        }
        frame
    }
}

/// A picture of this size, with some colours.
fn picture(width: u32, height: u32) -> Handle {
    let pixels = (0..width * height).flat_map(|at| {
        let (x, y) = (at % width, at / width);
        [(x * 255 / width) as u8, (y * 255 / height) as u8, 90, 255]
    });
    Handle::from_rgba(width, height, pixels.collect::<Vec<u8>>())
}
