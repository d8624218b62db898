use grammers_tl_types::{Deserializable, Identifiable, Serializable, enums, functions, types};

use heliograph_schema::NATIVE;

use super::*;

/// Everything that the world answers has to be readable in every layer. Tests of the methods come by here.
pub(crate) fn readable_everywhere(call: &[u8], answer: &[u8]) {
    let method = crate::wire::constructor(call).unwrap_or_default();
    let Some(kind) = native().result(method) else { return };
    parses(native(), answer, kind, 230);
    for (layer, schema) in older() {
        let converted = super::answer(*layer, method, answer.to_vec()).unwrap();
        parses(schema, &converted, kind, *layer);
    }
}

/// The same of what the world says by itself.
pub(crate) fn updates_readable_everywhere(updates: &[u8]) {
    let kind = Kind::Boxed("Updates".into());
    parses(native(), updates, &kind, 230);
    for (layer, schema) in older() {
        if let Some(converted) = super::updates(*layer, updates.to_vec()) {
            parses(schema, &converted, &kind, *layer);
        }
    }
}

fn parses(schema: &Schema, bytes: &[u8], kind: &Kind, layer: i32) {
    let read = Converter::new(schema, schema).is_same(bytes, kind);
    assert_eq!(read, Ok(true), "by the schema of layer {layer}");
}

fn peer(user_id: i64) -> enums::Peer {
    types::PeerUser { user_id }.into()
}

fn service(action: enums::MessageAction) -> enums::Message {
    enums::Message::Service(types::MessageService {
        out: false,
        mentioned: false,
        media_unread: false,
        reactions_are_possible: false,
        silent: false,
        post: false,
        legacy: false,
        id: 7,
        from_id: None,
        peer_id: peer(1),
        saved_peer_id: None,
        reply_to: None,
        date: 5,
        action,
        reactions: None,
        ttl_period: None,
    })
}

fn in_history(messages: Vec<enums::Message>) -> Vec<u8> {
    let (topics, chats, users) = (Vec::new(), Vec::new(), Vec::new());
    enums::messages::Messages::Messages(types::messages::Messages { messages, topics, chats, users }).to_bytes()
}

fn history_in(layer: i32, messages: Vec<enums::Message>) -> Vec<u8> {
    let native = in_history(messages);
    let method = functions::messages::GetHistory::CONSTRUCTOR_ID;
    readable_everywhere(&method.to_le_bytes(), &native);
    answer(layer, method, native).unwrap()
}

/// The bytes of words in a row.
fn contains(bytes: &[u8], id: u32) -> bool {
    bytes.chunks(4).any(|word| word == id.to_le_bytes())
}

#[test]
fn the_tables_are_read_whole() {
    let lines = |text: &str| text.lines().filter(|line| line.ends_with(';')).count();
    assert_eq!(native().combinators().count(), lines(NATIVE));
    for ((layer, table), (of, schema)) in OLDER.iter().zip(older()) {
        assert_eq!(layer, of);
        for line in table.lines().filter(|line| line.ends_with(';')) {
            let (name, rest) = line.split_once('#').unwrap();
            let id = u32::from_str_radix(rest.split_whitespace().next().unwrap(), 16).unwrap();
            assert_eq!(schema.by_name(name).unwrap().id, id, "{layer}: {name}");
        }
        let (_, absent) = table.split_once("---absent---\n").unwrap();
        assert!(absent.lines().count() > 5);
        for name in absent.lines() {
            assert!(schema.by_name(name).is_none() && native().by_name(name).is_some(), "{layer}: {name}");
        }
    }
}

#[test]
fn todays_clients_and_those_that_name_no_layer_hear_the_world_itself() {
    let bytes = in_history(vec![service(enums::MessageAction::HistoryClear)]);
    for layer in [0, 230, 231, i32::MAX, -5] {
        assert_eq!(answer(layer, functions::messages::GetHistory::CONSTRUCTOR_ID, bytes.clone()), Ok(bytes.clone()));
    }
    for layer in [228, 229] {
        assert_eq!(history_in(layer, vec![service(enums::MessageAction::HistoryClear)]), bytes, "nothing differs");
    }
    assert!(of(1).is_some_and(|(_, schema)| std::ptr::eq(schema, of(228).unwrap().1)), "the oldest that we know");
}

#[test]
fn what_an_older_layer_has_no_word_for_is_left_out_or_replaced() {
    let action = enums::MessageAction::GramTransfer(types::MessageActionGramTransfer::from_bytes(&[0; 400]).unwrap());
    let id = types::MessageActionGramTransfer::CONSTRUCTOR_ID;
    for layer in [228, 229] {
        let bytes = history_in(layer, vec![service(action.clone())]);
        assert!(contains(&in_history(vec![service(action.clone())]), id) && !contains(&bytes, id));
        let enums::messages::Messages::Messages(got) = enums::messages::Messages::from_bytes(&bytes).unwrap() else {
            panic!()
        };
        assert_eq!(got.messages, [service(enums::MessageAction::Empty)]);
    }
    let update = |user_id| {
        let typing = types::UpdateUserTyping {
            user_id,
            top_msg_id: None,
            action: enums::SendMessageAction::SendMessageTypingAction,
        };
        enums::Update::UserTyping(typing)
    };
    let stop = types::SendMessageStopDraftAction { random_id: 4 };
    let stopped = enums::Update::UserTyping(types::UpdateUserTyping {
        user_id: 2,
        top_msg_id: None,
        action: enums::SendMessageAction::SendMessageStopDraftAction(stop),
    });
    let all = |updates| {
        let updates = types::Updates { updates, users: Vec::new(), chats: Vec::new(), date: 1, seq: 0 };
        enums::Updates::Updates(updates).to_bytes()
    };
    let native = all(vec![update(1), stopped.clone(), update(3)]);
    assert_eq!(updates(229, native.clone()), Some(native.clone()));
    assert_eq!(updates(228, native), Some(all(vec![update(1), update(3)])), "one update less");
    let alone = enums::Updates::UpdateShort(types::UpdateShort { update: stopped, date: 1 }).to_bytes();
    assert_eq!(updates(228, alone), None, "nothing is left");
}

#[test]
fn formatted_text_becomes_plain_where_it_was_plain() {
    let description =
        enums::TextWithEntities::Entities(types::TextWithEntities { text: "a keeper".into(), entities: Vec::new() });
    let verification = types::BotVerification { bot_id: 5, icon: 6, description };
    let native = enums::BotVerification::Verification(verification).to_bytes();
    let (from, to) = of(229).unwrap();
    let kind = Kind::Boxed("BotVerification".into());
    let converted = Converter::new(from, to).whole(&native, &kind).unwrap().unwrap();
    let mut expected = 0xf93c_d45cu32.to_le_bytes().to_vec();
    expected.extend([5i64, 6].map(i64::to_le_bytes).concat());
    expected.extend("a keeper".to_owned().to_bytes());
    assert_eq!(converted, expected);
}

#[test]
fn buttons_become_constructors_of_their_own() {
    let url = types::InlineButtonTypeUrl { url: "https://example.org".into() };
    let callback = types::InlineButtonTypeCallback { requires_password: true, data: vec![1, 2] };
    let button = |text: &str, r#type: enums::InlineButtonType| {
        enums::KeyboardInlineButton::Button(types::KeyboardInlineButton { style: None, text: text.into(), r#type })
    };
    let rows = vec![enums::KeyboardInlineButtonRow::Row(types::KeyboardInlineButtonRow {
        buttons: vec![
            button("go", url.into()),
            button("ask", callback.into()),
            button("never", enums::InlineButtonType::Disabled),
        ],
    })];
    let markup = enums::ReplyMarkup::ReplyInlineMarkup(types::ReplyInlineMarkup { force_reply: true, rows });
    let (from, to) = of(228).unwrap();
    let kind = Kind::Boxed("ReplyMarkup".into());
    let converted = Converter::new(from, to).whole(&markup.to_bytes(), &kind).unwrap().unwrap();
    parses(to, &converted, &kind, 228);
    let mut expected = 0x48a3_0254u32.to_le_bytes().to_vec();
    for word in [0x1cb5_c415, 1, 0x7760_8b83, 0x1cb5_c415, 2, 0xd80c_25ec, 0u32] {
        expected.extend(word.to_le_bytes());
    }
    expected.extend("go".to_owned().to_bytes());
    expected.extend("https://example.org".to_owned().to_bytes());
    expected.extend([0xe62b_c960u32, 1].map(u32::to_le_bytes).concat());
    expected.extend("ask".to_owned().to_bytes());
    expected.extend(vec![1u8, 2].to_bytes());
    assert_eq!(converted, expected);
    assert_eq!(Converter::new(native(), &older()[0].1).is_same(&markup.to_bytes(), &kind), Ok(true));
}

#[test]
fn calls_of_an_older_layer_are_understood() {
    let (native, older) = of(228).unwrap();
    let action = enums::SendMessageAction::SendMessageTypingAction;
    let call = functions::messages::SetTyping { peer: enums::InputPeer::PeerSelf, top_msg_id: Some(3), action };
    assert_eq!(request(228, call.to_bytes()), call.to_bytes());
    // An action that has other fields now: its flags did not exist.
    let text = types::TextWithEntities { text: "so far".into(), entities: Vec::new() };
    let draft =
        types::SendMessageTextDraftAction { can_stop: false, keep_on_stop: false, random_id: 9, text: text.into() };
    let today = functions::messages::SetTyping { action: draft.into(), ..call };
    let converted = Converter::new(native, older).call(&today.to_bytes()).unwrap().unwrap();
    assert_ne!(converted, today.to_bytes());
    assert_eq!(request(228, converted), today.to_bytes());
    for nonsense in [vec![], vec![1, 2, 3], vec![0xff; 64], functions::messages::SetTyping::CONSTRUCTOR_ID.to_bytes()] {
        assert_eq!(request(228, nonsense.clone()), nonsense, "left to the reader of calls");
    }
}

#[test]
fn deep_and_random_calls_do_no_harm() {
    use crate::wire::tests::{Noise, rounds};
    // A block inside a block inside a block.
    let mut deep = Vec::new();
    for _ in 0..100_000 {
        deep.extend(types::PageBlockCover::CONSTRUCTOR_ID.to_le_bytes());
    }
    let (native, older) = of(228).unwrap();
    let converter = Converter::new(native, older);
    let kind = Kind::Boxed("PageBlock".into());
    assert_eq!(converter.is_same(&deep, &kind), Err(heliograph_schema::Unknown::Depth));
    assert_eq!(converter.whole(&deep, &kind), Err(heliograph_schema::Unknown::Depth));
    let mut noise = Noise::new(17);
    let seed = functions::messages::SetTyping {
        peer: enums::InputPeer::PeerSelf,
        top_msg_id: Some(3),
        action: enums::SendMessageAction::SendMessageTypingAction,
    }
    .to_bytes();
    for _ in 0..rounds(100_000) {
        let mut bytes = seed.clone();
        for _ in 0..noise.below(4) {
            let at = noise.below(bytes.len());
            bytes[at] = noise.next() as u8;
        }
        let length = noise.below(64);
        bytes.extend(noise.bytes(length));
        request(228, bytes.clone());
        let _ = updates(229, bytes);
    }
}
