//! Who writes in the gallery, and where; and their pictures, made here.

use super::Column;
use crate::media::decode;
use crate::media::photos::Face;
use crate::media::still;
use crate::screen::chats::history::Purpose;
use crate::screen::chats::scene::tests::Room;
use crate::screen::chats::state::State;
use crate::screen::chats::stranger;
use heliograph_model::{
    FileKind, FileLocation, FormattedText, HistoryPage, Message as Said, MessageId, Peer, PeerId, PeerKind, Place,
    Presence, ProfilePhoto,
};
use image::{DynamicImage, Rgb, RgbImage};
use std::sync::Arc;

pub const ME: PeerId = PeerId::User(1);
pub const MARA: PeerId = PeerId::User(2);
pub const THEO: PeerId = PeerId::User(3);
pub const ILSE: PeerId = PeerId::User(4);
pub const NADIA: PeerId = PeerId::User(5);
pub const BOT: PeerId = PeerId::User(6);
pub const KEEPERS: PeerId = PeerId::Channel(9);
pub const WEEKLY: PeerId = PeerId::Channel(10);
pub const TALK: PeerId = PeerId::Channel(11);

/// 10 March 2026, 09:00 UTC.
pub const MORNING: i64 = 1_773_133_200;

/// A message in a group.
pub fn said(id: i32, sender: PeerId, text: &str) -> Said {
    Said {
        id: MessageId::Server(id),
        chat: KEEPERS,
        sender,
        outgoing: sender == ME,
        date: MORNING + i64::from(id) * 60,
        text: FormattedText::plain(text),
        ..Said::default()
    }
}

/// A file that nobody fetches.
pub fn file(id: i64, size: u64) -> FileLocation {
    FileLocation {
        dc: 2,
        kind: FileKind::Document,
        id,
        access_hash: 1,
        file_reference: Arc::from([]),
        thumb: String::new(),
        size,
    }
}

fn person(id: PeerId, name: &str, username: Option<&str>) -> Peer {
    let kind = PeerKind::User { is_self: id == ME, bot: id == BOT, deleted: false, presence: Presence::Unknown };
    Peer { id, kind, name: name.into(), username: username.map(Into::into), hue: id.hue(), ..stranger() }
}

/// A sky over a horizon: another one for each number.
fn landscape(number: i64) -> DynamicImage {
    let sky: [[f32; 3]; 2] = match number % 4 {
        0 => [[244.0, 176.0, 92.0], [52.0, 58.0, 92.0]],
        1 => [[150.0, 190.0, 216.0], [34.0, 66.0, 88.0]],
        2 => [[206.0, 160.0, 190.0], [58.0, 46.0, 82.0]],
        _ => [[190.0, 206.0, 158.0], [40.0, 70.0, 60.0]],
    };
    DynamicImage::from(RgbImage::from_fn(480, 360, |x, y| {
        let hill = 250.0 + 26.0 * ((x as f32) / 70.0 + number as f32).sin();
        // Few colours: they take little room.
        let part = if (y as f32) < hill { (y / 24) as f32 * 24.0 / 420.0 } else { 0.94 };
        let [from, to] = sky;
        Rgb(std::array::from_fn(|i| (from[i] + (to[i] - from[i]) * part) as u8))
    }))
}

/// Everything that the gallery's scenes point to.
pub fn room(columns: &[Column]) -> Room {
    let mut state = State::new(ME);
    let chat = |id, kind, name: &str| Peer { id, kind, name: name.into(), hue: id.hue(), ..stranger() };
    let mut mara = person(MARA, "Mara Lindqvist", None);
    mara.photo = Some(ProfilePhoto { id: 1, dc: 2, stripped: None });
    state.learn([
        person(ME, "You Yourself", None),
        mara.clone(),
        person(THEO, "Theo", None),
        person(ILSE, "Ilse Okafor", None),
        person(NADIA, "نادية منصور", None),
        person(BOT, "Ferry Times", Some("ferrybot")),
        chat(KEEPERS, PeerKind::Supergroup, "Lighthouse Keepers"),
        chat(WEEKLY, PeerKind::Channel, "Astronomy Weekly"),
        chat(TALK, PeerKind::Supergroup, "Astronomy Talk"),
    ]);
    let all = || columns.iter().flat_map(|column| column.rows.iter().flatten());
    for chat in [KEEPERS, WEEKLY, MARA, BOT] {
        let mut messages: Vec<Said> =
            all().filter(|said| said.chat == chat && said.id.server().is_some()).cloned().collect();
        messages.sort_by_key(|said| said.id);
        let history = state.history(chat);
        let asked = history.begin_whole(Place::Newest, Purpose::Show).unwrap();
        let page = HistoryPage { messages, complete: true, newest: true, ..HistoryPage::default() };
        let _came = history.came(asked.number, page);
    }
    state.roster.add(heliograph_model::Chat {
        id: KEEPERS,
        last: None,
        unread: 0,
        mentions: 0,
        reactions: 0,
        read_inbox: 0,
        read_outbox: 12,
        pinned: false,
        muted: false,
    });

    let mut room = Room::new(state);
    room.now = MORNING + 6 * 3600;
    let face = |px: u32| decode::fit(&landscape(2), decode::Shape::circle(px));
    let face = Face { large: face(96), medium: face(80), small: face(64) };
    let _none = room.photos.ended((MARA, 1), Some(face));
    let mut stills = Vec::new();
    for group in columns.iter().flat_map(|column| &column.rows) {
        let group: Vec<&Said> = group.iter().collect();
        if group.len() > 1 && still::is_grid(&group) {
            stills.extend(still::of_album(&group, |_| false).into_iter().map(|(_, still)| still));
        }
        for said in group {
            stills.extend(still::of_message(said, false));
            let answered = said.reply.as_ref().and_then(|reply| room.state.answered_media(said, reply));
            stills.extend(answered.and_then(|media| still::small_square(media, super::super::LITTLE)));
        }
    }
    let _work = room
        .pictures
        .want(all().next().into_iter().flat_map(|some| stills.iter().map(move |still| (some, still.clone()))));
    for still in stills {
        let shape = still.key.form.shape(1.0);
        let picture = match still.key.form.covered {
            true => decode::blur(&landscape(still.key.id), shape),
            false => decode::fit(&landscape(still.key.id), shape),
        };
        let _none = room.pictures.ended(still.key, Some(picture));
    }
    room
}
