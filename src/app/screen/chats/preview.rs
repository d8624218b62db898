//! A message in a few words: for the chat list, and for what has no view of its own yet.

use super::scene::Scene;
use super::{people, service};
use crate::words::{Words, date, fl};
use heliograph_model::text::Span;
use heliograph_model::{FormattedText, Media, Message, OtherMedia, PeerId, PeerKind, SendFailure};
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
pub fn preview(scene: &Scene<'_>, message: &Message) -> Preview {
    let (words, state) = (&scene.words, scene.state);
    if let Some(service) = &message.service {
        return Preview { who: None, what: service::words(scene, message, service) };
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
    Preview { who, what: what(scene, message).into_owned() }
}

/// What a message says, in one line.
pub fn what<'m>(scene: &Scene<'_>, message: &'m Message) -> Cow<'m, str> {
    if let Some(service) = &message.service {
        return service::words(scene, message, service).into();
    }
    let words = &scene.words;
    let text = match unspoiled(&message.text) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    match &message.media {
        None => text,
        Some(media) if text.is_empty() => named(words, media).into(),
        Some(Media::Document(document)) => format!("{} {text}", document_name(words, &document.name)).into(),
        Some(media) => format!("{} {text}", sign(media.kind())).into(),
    }
}

/// What something is called that is shown by its name, as far as it has one.
pub fn named(words: &Words, media: &Media) -> String {
    let kind = media.kind();
    let name = other(words, kind);
    let of_its_own = match media {
        Media::Document(document) => return document_name(words, &document.name),
        Media::Voice(voice) => {
            Some(fl!(words, "media-and-time", name = name.as_str(), time = date::length(voice.duration)))
        }
        Media::Audio(audio) => match (&audio.performer, &audio.title) {
            (Some(performer), Some(title)) => Some(format!("{performer} – {title}")),
            (None, Some(title)) => Some(title.clone()),
            _ => None,
        },
        Media::Sticker(sticker) if !sticker.emoji.is_empty() => return format!("{} {name}", sticker.emoji),
        Media::Poll(poll) => Some(poll.question.text.clone()),
        Media::Contact(contact) => Some(contact.name.clone()),
        Media::Location(location) => location.venue.as_ref().map(|(name, _)| name.clone()),
        Media::Dice(dice) if dice.value > 0 => return format!("{} {}", dice.emoji, dice.value),
        Media::Dice(dice) => return dice.emoji.clone(),
        _ => None,
    };
    let name = of_its_own.filter(|own| !own.trim().is_empty()).unwrap_or(name);
    format!("{} {name}", sign(kind))
}

/// The words, with what is hidden until it is pressed hidden here too.
pub fn unspoiled(text: &FormattedText) -> Cow<'_, str> {
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
        OtherMedia::Quiz => fl!(words, "media-quiz"),
        OtherMedia::LiveLocation => fl!(words, "media-live-location"),
        OtherMedia::Giveaway => fl!(words, "media-giveaway"),
        OtherMedia::Paid => fl!(words, "media-paid"),
        OtherMedia::Checklist => fl!(words, "media-checklist"),
        OtherMedia::Stream => fl!(words, "media-stream"),
        OtherMedia::Expired => fl!(words, "media-expired"),
        OtherMedia::Fleeting => fl!(words, "media-fleeting"),
        OtherMedia::Unknown => fl!(words, "media-unknown"),
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
        OtherMedia::Poll | OtherMedia::Quiz => "📊",
        OtherMedia::Contact => "👤",
        OtherMedia::Location | OtherMedia::LiveLocation => "📍",
        OtherMedia::Dice => "🎲",
        OtherMedia::Game => "🎮",
        OtherMedia::Invoice => "🧾",
        OtherMedia::Story => "📖",
        OtherMedia::Photo => "📷",
        OtherMedia::File => "📄",
        OtherMedia::Giveaway => "🎁",
        OtherMedia::Paid => "⭐",
        OtherMedia::Checklist => "✅",
        OtherMedia::Stream => "📺",
        OtherMedia::Expired | OtherMedia::Fleeting => "⌛",
        OtherMedia::Unknown => "❔",
    }
}

/// Why a message did not go out.
pub fn failure(words: &Words, failure: SendFailure) -> String {
    match failure {
        SendFailure::Offline => fl!(words, "failed-offline"),
        SendFailure::Wait(seconds) => fl!(words, "failed-wait", time = crate::words::wait(seconds)),
        SendFailure::NotAllowed => fl!(words, "failed-not-allowed"),
        SendFailure::Refused => fl!(words, "failed-refused"),
        SendFailure::Disk => fl!(words, "failed-disk"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::tests::Room;
    use super::super::state::State;
    use super::*;
    use heliograph_model::{Delivery, MessageId, Peer, Service};

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
        let room = Room::new(state());
        let Preview { who, what } = preview(&room.scene(crate::theme::Look::day()), message);
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
        let voice = heliograph_model::Voice {
            document: heliograph_model::Document {
                id: 1,
                file: super::super::message::gallery::people::file(1, 1),
                name: String::new(),
                mime: String::new(),
                thumbnail: None,
            },
            duration: 42,
            waveform: [].into(),
        };
        let mut spoken = message(MARA, MARA, "");
        spoken.media = Some(Media::Voice(voice));
        assert_eq!(said(&spoken), "🎤 Voice message (0:42)");
        joined.service = Some(Service::Joined(vec![ME]));
        assert_eq!(said(&joined), "Mara Lindqvist added you");
    }
}
