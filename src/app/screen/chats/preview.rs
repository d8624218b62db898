//! A message in a few words: for the chat list, and for what has no view of its own yet.

use super::people;
use super::state::State;
use crate::words::{Words, fl, number};
use heliograph_model::text::Span;
use heliograph_model::{FormattedText, Media, Message, OtherMedia, PeerId, PeerKind, SendFailure, Service};
use std::borrow::Cow;

/// The last message of a chat, cut into who and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Who wrote it, where that is worth saying; with its colon.
    pub who: Option<String>,
    /// What it says.
    pub what: String,
}

/// Says what the last message of a chat is.
pub fn preview(words: &Words, state: &State, message: &Message) -> Preview {
    if let Some(service) = &message.service {
        return Preview { who: None, what: self::service(words, state, message, service) };
    }
    let in_group = match state.peers.get(&message.chat).map(|peer| &peer.kind) {
        Some(PeerKind::Group | PeerKind::Supergroup) => true,
        Some(_) => false,
        None => matches!(message.chat, PeerId::Group(_)),
    };
    let who = if message.outgoing {
        (message.chat != state.me && message.sender != message.chat).then(|| fl!(words, "preview-you"))
    } else if in_group {
        let sender = state.peers.get(&message.sender);
        sender.map(|sender| fl!(words, "preview-name", name = people::first_name(words, sender)))
    } else {
        None
    };
    Preview { who, what: what(words, message) }
}

/// What a message says, in one line.
pub fn what(words: &Words, message: &Message) -> String {
    let text = unspoiled(&message.text);
    let text = text.trim();
    match &message.media {
        None => text.to_owned(),
        Some(Media::Photo(_)) if text.is_empty() => format!("📷 {}", fl!(words, "media-photo")),
        Some(Media::Photo(_)) => format!("📷 {text}"),
        Some(Media::Document(document)) if text.is_empty() => document_name(words, &document.name),
        Some(Media::Document(document)) => format!("{} {text}", document_name(words, &document.name)),
        Some(other) if text.is_empty() => format!("{} {}", sign(other.kind()), self::other(words, other.kind())),
        Some(other) => format!("{} {text}", sign(other.kind())),
    }
}

/// The words, with what is hidden until it is pressed hidden here too.
fn unspoiled(text: &FormattedText) -> Cow<'_, str> {
    let hidden = |span: &Span<'_>| span.is_spoiler();
    let spans = text.spans();
    if !spans.iter().any(hidden) {
        return Cow::Borrowed(&text.text);
    }
    let cover = |c: char| if c.is_whitespace() { c } else { '▒' };
    let shown = spans.iter().flat_map(|span| {
        let hidden = hidden(span);
        span.text.chars().map(move |c| if hidden { cover(c) } else { c })
    });
    Cow::Owned(shown.collect())
}

/// The name of a file, never empty.
pub fn document_name(words: &Words, name: &str) -> String {
    if name.trim().is_empty() { fl!(words, "media-file") } else { heliograph_model::safe_file_name(name) }
}

/// What kinds without a view of their own are called.
pub fn other(words: &Words, other: OtherMedia) -> String {
    match other {
        OtherMedia::Video => fl!(words, "media-video"),
        OtherMedia::RoundVideo => fl!(words, "media-round-video"),
        OtherMedia::Animation => fl!(words, "media-animation"),
        OtherMedia::Voice => fl!(words, "media-voice"),
        OtherMedia::Audio => fl!(words, "media-audio"),
        OtherMedia::Sticker => fl!(words, "media-sticker"),
        OtherMedia::Poll => fl!(words, "media-poll"),
        OtherMedia::Contact => fl!(words, "media-contact"),
        OtherMedia::Location => fl!(words, "media-location"),
        OtherMedia::Dice => fl!(words, "media-dice"),
        OtherMedia::Game => fl!(words, "media-game"),
        OtherMedia::Invoice => fl!(words, "media-invoice"),
        OtherMedia::Story => fl!(words, "media-story"),
        OtherMedia::Photo => fl!(words, "media-photo"),
        OtherMedia::File => fl!(words, "media-file"),
        _ => fl!(words, "media-unknown"),
    }
}

/// A picture for such a kind.
pub fn sign(other: OtherMedia) -> &'static str {
    match other {
        OtherMedia::Video | OtherMedia::RoundVideo => "🎬",
        OtherMedia::Animation => "🎞️",
        OtherMedia::Voice => "🎤",
        OtherMedia::Audio => "🎵",
        OtherMedia::Sticker => "🖼️",
        OtherMedia::Poll => "📊",
        OtherMedia::Contact => "👤",
        OtherMedia::Location => "📍",
        OtherMedia::Dice => "🎲",
        OtherMedia::Game => "🎮",
        OtherMedia::Invoice => "🧾",
        OtherMedia::Story => "📖",
        OtherMedia::Photo => "📷",
        OtherMedia::File => "📄",
        _ => "❔",
    }
}

/// Something that happened, in words.
pub fn service(words: &Words, state: &State, message: &Message, service: &Service) -> String {
    let name = |id: &PeerId| match state.peers.get(id) {
        _ if *id == state.me => fl!(words, "you"),
        Some(peer) => people::name(words, peer).into_owned(),
        None => fl!(words, "unknown-peer"),
    };
    // As the one to whom something is done.
    let object = |id: &PeerId| if *id == state.me { fl!(words, "you-object") } else { name(id) };
    let who = name(&message.sender);
    // A number: in many languages the verb is another one then.
    let you = u8::from(message.sender == state.me);
    let in_channel = matches!(state.peers.get(&message.chat), Some(peer) if peer.kind == PeerKind::Channel);
    match service {
        Service::Created(title) if in_channel => fl!(words, "service-channel-created", title = title.clone()),
        Service::Created(title) => fl!(words, "service-created", who = who, you = you, title = title.clone()),
        Service::Renamed(title) => fl!(words, "service-renamed", who = who, you = you, title = title.clone()),
        Service::PhotoChanged => fl!(words, "service-photo", who = who, you = you),
        Service::Joined(people) if people.is_empty() || *people == [message.sender] => {
            fl!(words, "service-joined", who = who, you = you)
        }
        Service::JoinedByLink | Service::JoinedByRequest => fl!(words, "service-joined", who = who, you = you),
        Service::Joined(people) if *people == [state.me] => fl!(words, "service-added-you", who = who),
        Service::Joined(people) => {
            let others = number::list(people.iter().map(object));
            fl!(words, "service-added", who = who, you = you, others = others)
        }
        Service::Left(gone) if *gone == message.sender => fl!(words, "service-left", who = who, you = you),
        Service::Left(gone) if *gone == state.me => fl!(words, "service-removed-you", who = who),
        Service::Left(gone) => fl!(words, "service-removed", who = who, you = you, other = name(gone)),
        Service::Pinned => fl!(words, "service-pinned", who = who, you = you),
        Service::ContactSignedUp => fl!(words, "service-signed-up", who = who),
        Service::Call { .. } | Service::GroupCall { .. } => fl!(words, "service-call"),
        _ => fl!(words, "service-other"),
    }
}

/// Why a message did not go out.
pub fn failure(words: &Words, failure: SendFailure) -> String {
    match failure {
        SendFailure::Offline => fl!(words, "failed-offline"),
        SendFailure::Wait(seconds) => fl!(words, "failed-wait", time = crate::words::wait(seconds)),
        SendFailure::NotAllowed => fl!(words, "failed-not-allowed"),
        SendFailure::Refused => fl!(words, "failed-refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::{Delivery, MessageId, Peer};

    const ME: PeerId = PeerId::User(1);
    const MARA: PeerId = PeerId::User(2);
    const GROUP: PeerId = PeerId::Channel(3);

    fn state() -> State {
        let mut state = State::new(ME);
        let peer = |id, kind, name: &str| Peer { id, kind, name: name.into(), ..super::super::stranger() };
        state.learn([
            peer(MARA, super::super::stranger().kind, "Mara Lindqvist"),
            peer(GROUP, PeerKind::Supergroup, "Lighthouse Keepers"),
        ]);
        state
    }

    fn message(chat: PeerId, sender: PeerId, text: &str) -> Message {
        Message {
            id: MessageId::Server(1),
            chat,
            sender,
            outgoing: sender == ME,
            date: 0,
            edited: None,
            text: FormattedText::plain(text),
            media: None,
            service: None,
            delivery: Delivery::Sent,
            ..Message::default()
        }
    }

    fn said(message: &Message) -> String {
        let Preview { who, what } = preview(&Words, &state(), message);
        format!("{}{what}", who.unwrap_or_default())
    }

    #[test]
    fn the_sender_is_named_where_it_is_not_plain() {
        assert_eq!(said(&message(GROUP, MARA, "the north lens")), "Mara:the north lens");
        assert_eq!(said(&message(MARA, MARA, "hello")), "hello");
        assert_eq!(said(&message(MARA, ME, "hello")), "You:hello");
        assert_eq!(said(&message(ME, ME, "a note")), "a note");
    }

    #[test]
    fn what_is_hidden_stays_hidden() {
        let mut spoiler = message(MARA, MARA, "");
        use heliograph_model::EntityKind;
        spoiler.text = FormattedText::from_utf16("he is her son".into(), [(6, 7, EntityKind::Spoiler)]);
        assert_eq!(said(&spoiler), "he is ▒▒▒ ▒▒▒");
    }

    #[test]
    fn media_has_a_name_and_service_messages_have_words() {
        let mut voice = message(MARA, MARA, "");
        voice.media = Some(Media::Other(OtherMedia::Voice));
        assert_eq!(said(&voice), "🎤 Voice message");
        let mut joined = message(GROUP, MARA, "");
        joined.service = Some(Service::Joined(vec![MARA]));
        assert_eq!(said(&joined), "Mara Lindqvist joined");
        joined.service = Some(Service::Joined(vec![ME]));
        assert_eq!(said(&joined), "Mara Lindqvist added you");
    }
}
