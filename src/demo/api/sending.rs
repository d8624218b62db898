//! Writing.

use super::life::Heard;
use super::{Ask, Fine, announce, bad, uploads};
use crate::rpc::RpcError;
use crate::world::{Author, Body, Draft, FileClass, LetterId, Notice, Place, Room, State, markup};
use grammers_tl_types::enums::{InputDocument, InputMedia, InputPhoto, MessageEntity};
use grammers_tl_types::{enums, functions, types};

/// The longest message, in characters.
pub(crate) const LONGEST: usize = 4_096;
const LONGEST_CAPTION: usize = 1_024;

pub(crate) fn send_message(ask: &mut Ask<'_>, request: functions::messages::SendMessage) -> Fine<enums::Updates> {
    let place = ask.place(&request.peer)?;
    if request.message.trim().is_empty() {
        return Err(bad("MESSAGE_EMPTY"));
    }
    if request.message.chars().count() > LONGEST {
        return Err(bad("MESSAGE_TOO_LONG"));
    }
    let reply_to = answered(ask, place, request.reply_to.as_ref())?;
    let entities = entities(ask, &request.message, request.entities.unwrap_or_default());
    let draft = Draft { text: request.message, entities, body: Body::Text, reply_to, views: 1 };
    send(ask, place, draft, request.random_id)
}

pub(crate) fn send_media(ask: &mut Ask<'_>, request: functions::messages::SendMedia) -> Fine<enums::Updates> {
    let place = ask.place(&request.peer)?;
    if request.message.chars().count() > LONGEST_CAPTION {
        return Err(bad("MEDIA_CAPTION_TOO_LONG"));
    }
    let reply_to = answered(ask, place, request.reply_to.as_ref())?;
    may_write(ask, place)?;
    let body = body(ask, request.media)?;
    let entities = entities(ask, &request.message, request.entities.unwrap_or_default());
    send(ask, place, Draft { text: request.message, entities, body, reply_to, views: 1 }, request.random_id)
}

/// What an input media becomes.
fn body(ask: &mut Ask<'_>, media: InputMedia) -> Fine<Body> {
    match media {
        InputMedia::UploadedPhoto(media) => uploads::photo(ask, &media.file),
        InputMedia::UploadedDocument(media) => uploads::document(ask, &media.file, &media.mime_type, &media.attributes),
        InputMedia::Photo(media) => match media.id {
            InputPhoto::Photo(photo) => {
                known_file(ask, FileClass::Photo, photo.id, photo.access_hash)?;
                Ok(Body::Photo(photo.id))
            }
            InputPhoto::Empty => Err(bad("MEDIA_EMPTY")),
        },
        InputMedia::Document(media) => match media.id {
            InputDocument::Document(document) => {
                known_file(ask, FileClass::Document, document.id, document.access_hash)?;
                Ok(Body::Document(document.id))
            }
            InputDocument::Empty => Err(bad("MEDIA_EMPTY")),
        },
        InputMedia::GeoPoint(media) => match media.geo_point {
            enums::InputGeoPoint::Point(point) => Ok(Body::Geo { long: point.long, lat: point.lat }),
            enums::InputGeoPoint::Empty => Err(bad("MEDIA_EMPTY")),
        },
        InputMedia::Contact(media) => {
            Ok(Body::Contact { first: media.first_name, last: media.last_name, phone: media.phone_number, person: 0 })
        }
        _ => Err(bad("MEDIA_INVALID")),
    }
}

fn known_file(ask: &Ask<'_>, class: FileClass, id: i64, hash: i64) -> Fine<()> {
    let known = match class {
        FileClass::Photo => ask.state.photos.contains_key(&id),
        FileClass::Document => ask.state.documents.contains_key(&id),
    };
    if known && ask.state.file_hash(ask.me()?, class, id) == hash { Ok(()) } else { Err(bad("MEDIA_INVALID")) }
}

/// The letter that is answered, which must be in the same chat.
fn answered(ask: &Ask<'_>, place: Place, reply: Option<&enums::InputReplyTo>) -> Fine<Option<LetterId>> {
    match reply {
        None => Ok(None),
        Some(enums::InputReplyTo::Message(reply)) => match ask.state.letter_at(ask.me()?, place, reply.reply_to_msg_id)
        {
            Some((number, _)) => Ok(Some(number)),
            None => Err(bad("REPLY_MESSAGE_ID_INVALID")),
        },
        Some(_) => Err(bad("REPLY_MESSAGE_ID_INVALID")),
    }
}

/// The entities that stand within the text, and those that the server finds by itself.
pub(crate) fn entities(ask: &Ask<'_>, text: &str, given: Vec<MessageEntity>) -> Vec<MessageEntity> {
    let units = text.encode_utf16().count() as i64;
    let within = |entity: &MessageEntity| {
        let (offset, length) = (i64::from(entity.offset()), i64::from(entity.length()));
        offset >= 0 && length > 0 && offset + length <= units
    };
    let mut all: Vec<MessageEntity> = given
        .into_iter()
        .filter(within)
        .filter_map(|entity| match entity {
            MessageEntity::InputMessageEntityMentionName(mention) => {
                let user_id = ask.person(&mention.user_id).ok()?;
                let (offset, length) = (mention.offset, mention.length);
                Some(types::MessageEntityMentionName { offset, length, user_id }.into())
            }
            MessageEntity::Unknown(_) => None,
            entity => Some(entity),
        })
        .collect();
    for found in markup::found(text) {
        let apart = |entity: &MessageEntity| {
            entity.offset() + entity.length() <= found.offset() || found.offset() + found.length() <= entity.offset()
        };
        if all.iter().all(apart) {
            all.push(found);
        }
    }
    all.sort_by_key(|entity| (entity.offset(), -entity.length()));
    all
}

/// Where one may write: everywhere that one is, but in others' broadcast channels.
fn may_write(ask: &Ask<'_>, place: Place) -> Fine<()> {
    let me = ask.me()?;
    let may = match place {
        Place::User(_) => true,
        Place::Group(id) => ask.state.groups.get(&id).is_some_and(|group| group.members.contains(&me)),
        Place::Channel(id) => ask
            .state
            .channels
            .get(&id)
            .is_some_and(|channel| channel.members.contains(&me) && (!channel.broadcast || channel.creator == me)),
    };
    if may { Ok(()) } else { Err(RpcError::new(403, "CHAT_WRITE_FORBIDDEN")) }
}

fn author(state: &State, me: i64, room: Room) -> Author {
    match room {
        Room::Channel(id) if state.channels.get(&id).is_some_and(|channel| channel.broadcast) => Author::Channel,
        _ => Author::Person(me),
    }
}

/// Writes, once for each random number, and says which number the message got.
fn send(ask: &mut Ask<'_>, place: Place, draft: Draft, random_id: i64) -> Fine<enums::Updates> {
    let me = ask.me()?;
    may_write(ask, place)?;
    if random_id == 0 {
        return Err(bad("RANDOM_ID_EMPTY"));
    }
    let account = ask.state.accounts.get_mut(&me).ok_or_else(super::ask::unregistered)?;
    if !account.sent.insert(random_id) {
        return Err(RpcError::new(500, "RANDOM_ID_DUPLICATE"));
    }
    let room = Room::of(me, place);
    let author = author(ask.state, me, room);
    let date = ask.state.now();
    let (letter, notices) = ask.state.post(room, author, date, draft);
    let id = ask.state.letters.get(letter).and_then(|letter| letter.id_for(me)).unwrap_or_default();
    ask.heard.push(Heard { room, by: me, letter });
    let first = vec![types::UpdateMessageId { id, random_id }.into()];
    own_updates(ask, notices, first)
}

/// The caller's own part of what happened, as the answer; the others are told.
pub(crate) fn own_updates(ask: &mut Ask<'_>, notices: Vec<Notice>, first: Vec<enums::Update>) -> Fine<enums::Updates> {
    let me = ask.me()?;
    let answer = announce::updates_for(ask.state, &ask.api.world.pictures, me, &notices, first);
    ask.notices.extend(notices);
    let date = ask.state.now();
    let nothing = types::Updates { updates: Vec::new(), users: Vec::new(), chats: Vec::new(), date, seq: 0 };
    Ok(answer.unwrap_or_else(|| nothing.into()))
}

pub(crate) fn set_typing(ask: &mut Ask<'_>, request: functions::messages::SetTyping) -> Fine<bool> {
    let place = ask.own_place(&request.peer)?;
    let who = ask.me()?;
    may_write(ask, place)?;
    ask.notices.push(Notice::Typing { room: Room::of(who, place), who, action: request.action });
    Ok(true)
}
