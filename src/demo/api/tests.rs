//! The methods, called without a socket.

mod calls;
mod catching_up;
mod codes;
mod files;
mod keeping;
mod lists;
mod marks;
mod passing_on;
mod people;
mod qr;
mod rooms;
mod sessions;
mod signing_in;
mod two_steps;
mod writing;

use super::*;
use crate::world::{CodeWay, EMAIL_CODE, Place, WorldKind};
use std::collections::HashMap;
use std::sync::Mutex;
use tl::{RemoteCall, Serializable, enums, functions, types};

const NOW: i64 = 1_795_000_000;
const HOME: i32 = 2;
const FILES: i32 = 4;

/// Keeps what is pushed, by key.
#[derive(Default)]
struct Pushed(Mutex<HashMap<i64, Vec<enums::Updates>>>);

impl Push for Pushed {
    fn push(&self, key_id: i64, updates: Vec<u8>) {
        crate::layers::tests::updates_readable_everywhere(&updates);
        let updates = enums::Updates::from_bytes(&updates).unwrap();
        self.0.lock().unwrap().entry(key_id).or_default().push(updates);
    }
}

struct Stage {
    api: Arc<Api>,
    pushed: Arc<Pushed>,
    runtime: tokio::runtime::Runtime,
}

impl Stage {
    fn new(kind: WorldKind) -> Stage {
        let pushed = Arc::new(Pushed::default());
        let datacenters =
            [(HOME, 4002), (FILES, 4004)].map(|(id, port)| (id, SocketAddr::from(([127, 0, 0, 1], port))));
        let world = Arc::new(World::new(kind, 1, NOW));
        let api = Arc::new(Api::new(world, Arc::clone(&pushed) as Arc<dyn Push>, datacenters.to_vec()));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Stage { api, pushed, runtime }
    }

    fn lifelike() -> Stage {
        Stage::new(WorldKind::Lifelike)
    }

    fn raw(&self, key_id: i64, dc: i32, body: &[u8]) -> Answer {
        let caller = Caller { key_id, session_id: 1, dc, layer: 230 };
        let answer = self.runtime.block_on(self.api.answer(&caller, body));
        if let Ok(answer) = &answer {
            crate::layers::tests::readable_everywhere(body, answer);
        }
        answer
    }

    fn on<R: RemoteCall>(&self, key_id: i64, dc: i32, request: &R) -> Result<R::Return, String> {
        match self.raw(key_id, dc, &request.to_bytes()) {
            Ok(bytes) => Ok(R::Return::from_bytes(&bytes).unwrap()),
            Err(error) => Err(format!("{} {}", error.code, error.message)),
        }
    }

    fn call<R: RemoteCall>(&self, key_id: i64, request: &R) -> Result<R::Return, String> {
        self.on(key_id, HOME, request)
    }

    /// Signs a key in to the account of this number (0 is the main one), which must have no password.
    fn sign_in(&self, key_id: i64, account: usize) -> i64 {
        let account = self.api.world.accounts()[account].clone();
        let sent = self.call(key_id, &send_code(&account.phone)).unwrap();
        self.call(key_id, &sign_in(&account.phone, &hash_in(&sent), &account.code)).unwrap();
        // That somebody came is told to the other devices; what tests look at begins after that.
        self.pushed.0.lock().unwrap().clear();
        account.user_id
    }

    /// The account to which codes come this way.
    fn by_way(&self, way: CodeWay) -> crate::world::DemoAccount {
        self.api.world.accounts().into_iter().find(|account| account.way == way && account.dc == HOME).unwrap()
    }

    /// Takes what was pushed to a key, as it came.
    fn pushed(&self, key_id: i64) -> Vec<enums::Updates> {
        self.pushed.0.lock().unwrap().remove(&key_id).unwrap_or_default()
    }

    fn input(&self, me: i64, place: Place) -> enums::InputPeer {
        let access_hash = self.api.world.lock().access_hash(me, place);
        match place {
            Place::User(user_id) => types::InputPeerUser { user_id, access_hash }.into(),
            Place::Group(chat_id) => types::InputPeerChat { chat_id }.into(),
            Place::Channel(channel_id) => types::InputPeerChannel { channel_id, access_hash }.into(),
        }
    }

    fn place(&self, me: i64, title: &str) -> Place {
        self.api.world.lock().place_by_title(me, title).unwrap()
    }

    fn peer(&self, me: i64, title: &str) -> enums::InputPeer {
        self.input(me, self.place(me, title))
    }

    fn channel(&self, me: i64, title: &str) -> enums::InputChannel {
        let enums::InputPeer::Channel(peer) = self.peer(me, title) else { panic!("a channel") };
        types::InputChannel { channel_id: peer.channel_id, access_hash: peer.access_hash }.into()
    }

    /// Takes what was pushed to a key.
    fn heard(&self, key_id: i64) -> Vec<enums::Update> {
        let pushed = self.pushed.0.lock().unwrap().remove(&key_id).unwrap_or_default();
        pushed.into_iter().flat_map(updates_in).collect()
    }
}

fn updates_in(updates: enums::Updates) -> Vec<enums::Update> {
    let enums::Updates::Updates(updates) = updates else { panic!("updates") };
    everyone_named(&updates.updates, &updates.users, &updates.chats);
    updates.updates
}

/// Whoever an update's message names is in the answer.
fn everyone_named(updates: &[enums::Update], users: &[enums::User], chats: &[enums::Chat]) {
    for update in updates {
        if let enums::Update::NewMessage(types::UpdateNewMessage { message, .. })
        | enums::Update::NewChannelMessage(types::UpdateNewChannelMessage { message, .. }) = update
        {
            message_named(message, users, chats);
        }
    }
}

fn message_named(message: &enums::Message, users: &[enums::User], chats: &[enums::Chat]) {
    let named = |peer: &enums::Peer| match peer {
        enums::Peer::User(peer) => users.iter().any(|user| user.id() == peer.user_id),
        enums::Peer::Chat(peer) => chats.iter().any(|chat| chat.id() == peer.chat_id),
        enums::Peer::Channel(peer) => chats.iter().any(|chat| chat.id() == peer.channel_id),
    };
    match message {
        enums::Message::Message(message) => {
            assert!(named(&message.peer_id));
            assert!(message.from_id.as_ref().is_none_or(named));
        }
        enums::Message::Service(message) => {
            assert!(named(&message.peer_id));
            assert!(message.from_id.as_ref().is_none_or(named));
        }
        enums::Message::Empty(_) => {}
    }
}

fn send_code(phone: &str) -> functions::auth::SendCode {
    let settings = types::CodeSettings {
        allow_flashcall: false,
        current_number: false,
        allow_app_hash: false,
        allow_missed_call: false,
        allow_firebase: false,
        unknown_number: false,
        logout_tokens: None,
        token: None,
        app_sandbox: None,
    };
    functions::auth::SendCode {
        phone_number: phone.to_owned(),
        api_id: 1,
        api_hash: "x".to_owned(),
        settings: settings.into(),
    }
}

fn hash_in(sent: &enums::auth::SentCode) -> String {
    let enums::auth::SentCode::Code(sent) = sent else { panic!("a code") };
    sent.phone_code_hash.clone()
}

fn sign_in(phone: &str, hash: &str, code: &str) -> functions::auth::SignIn {
    functions::auth::SignIn {
        phone_number: phone.to_owned(),
        phone_code_hash: hash.to_owned(),
        phone_code: Some(code.to_owned()),
        email_verification: None,
    }
}

fn message(peer: enums::InputPeer, text: &str, random_id: i64) -> functions::messages::SendMessage {
    functions::messages::SendMessage {
        no_webpage: false,
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer,
        reply_to: None,
        message: text.to_owned(),
        random_id,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        allow_paid_stars: None,
        suggested_post: None,
        rich_message: None,
    }
}

fn edit(peer: enums::InputPeer, id: i32, text: &str) -> functions::messages::EditMessage {
    functions::messages::EditMessage {
        no_webpage: false,
        invert_media: false,
        peer,
        id,
        message: Some(text.to_owned()),
        media: None,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        quick_reply_shortcut_id: None,
        rich_message: None,
    }
}

fn history(peer: enums::InputPeer, limit: i32) -> functions::messages::GetHistory {
    functions::messages::GetHistory {
        peer,
        offset_id: 0,
        offset_date: 0,
        add_offset: 0,
        limit,
        max_id: 0,
        min_id: 0,
        hash: 0,
    }
}

/// The messages of a page, checked for whom they name.
fn messages_in(page: enums::messages::Messages) -> Vec<enums::Message> {
    let (messages, users, chats) = match page {
        enums::messages::Messages::Messages(page) => (page.messages, page.users, page.chats),
        enums::messages::Messages::Slice(page) => (page.messages, page.users, page.chats),
        enums::messages::Messages::ChannelMessages(page) => (page.messages, page.users, page.chats),
        enums::messages::Messages::NotModified(_) => panic!("messages"),
    };
    for message in &messages {
        message_named(message, &users, &chats);
    }
    messages
}

fn text_of(message: &enums::Message) -> String {
    match message {
        enums::Message::Message(message) => message.message.clone(),
        _ => String::new(),
    }
}
