//! Words in all their forms, what they answer, and where they come from.

use super::super::{DAY, HOUR};
use super::{Author, Kinds, Place, Sign};
use crate::world::{Forwarded, Quote, Room};
use grammers_tl_types::enums::MessageEntity;
use grammers_tl_types::types;

/// Ways to stand out that the small markup does not know.
#[derive(Clone, Copy)]
enum Mark {
    Bold,
    Italic,
    Underline,
    Strike,
    Spoiler,
    Code,
    Pre(&'static str),
    Quote(bool),
    Link(&'static str),
    Url,
    Mention,
    Person(i64),
    Hashtag,
    Cashtag,
    Command,
    Email,
    Phone,
    Card,
    Emoji(i64),
}

/// Entities for the first place where each of these words stands.
fn entities(text: &str, marks: &[(&str, Mark)]) -> Vec<MessageEntity> {
    let found = marks.iter().filter_map(|(words, mark)| {
        let start = text.find(words)?;
        let offset = text.get(..start)?.encode_utf16().count() as i32;
        Some(entity(*mark, offset, words.encode_utf16().count() as i32))
    });
    found.collect()
}

fn entity(mark: Mark, offset: i32, length: i32) -> MessageEntity {
    match mark {
        Mark::Bold => types::MessageEntityBold { offset, length }.into(),
        Mark::Italic => types::MessageEntityItalic { offset, length }.into(),
        Mark::Underline => types::MessageEntityUnderline { offset, length }.into(),
        Mark::Strike => types::MessageEntityStrike { offset, length }.into(),
        Mark::Spoiler => types::MessageEntitySpoiler { offset, length }.into(),
        Mark::Code => types::MessageEntityCode { offset, length }.into(),
        Mark::Pre(language) => types::MessageEntityPre { offset, length, language: language.to_owned() }.into(),
        Mark::Quote(collapsed) => types::MessageEntityBlockquote { collapsed, offset, length }.into(),
        Mark::Link(url) => types::MessageEntityTextUrl { offset, length, url: url.to_owned() }.into(),
        Mark::Url => types::MessageEntityUrl { offset, length }.into(),
        Mark::Mention => types::MessageEntityMention { offset, length }.into(),
        Mark::Person(user_id) => types::MessageEntityMentionName { offset, length, user_id }.into(),
        Mark::Hashtag => types::MessageEntityHashtag { offset, length }.into(),
        Mark::Cashtag => types::MessageEntityCashtag { offset, length }.into(),
        Mark::Command => types::MessageEntityBotCommand { offset, length }.into(),
        Mark::Email => types::MessageEntityEmail { offset, length }.into(),
        Mark::Phone => types::MessageEntityPhone { offset, length }.into(),
        Mark::Card => types::MessageEntityBankCard { offset, length }.into(),
        Mark::Emoji(document_id) => types::MessageEntityCustomEmoji { offset, length, document_id }.into(),
    }
}

const RUST: &str = "fn beam(angle: f32) -> Option<Beam> {\n    // Full circle in twelve seconds.\n    let turn = \
                    angle.rem_euclid(360.0);\n    (turn < 30.0).then(|| Beam { turn, name: \"north\" })\n}";
const LONG_QUOTE: &str = "The lamp was lit at dusk and put out at dawn, and in between the keeper wound the clockwork \
                          every two hours.\nWhen the wind stood in the north he wound it every hour.\nWhen it stood in \
                          the east he did not sleep at all.\nOn some nights a ship would answer with its horn, once, \
                          which meant good night.\nHe wrote each of them down.\nThe book is still there.";

impl Kinds<'_> {
    fn marked(&mut self, who: usize, text: &str, marks: &[(&str, Mark)]) -> usize {
        let letter = self.say(who, "");
        if let Some(planned) = self.seeder.plan.get_mut(letter) {
            planned.draft.text = text.to_owned();
            planned.draft.entities = entities(text, marks);
        }
        letter
    }

    pub(super) fn texts(&mut self) {
        let emoji = self.seeder.state.sticker_sets.iter().find(|set| set.emoji).map(|set| set.items.clone());
        let emoji = emoji.and_then(|items| items.first().map(|(id, _)| *id)).unwrap_or_default();
        let noor = self.person(4);
        self.say(1, "Plain words.");
        self.marked(
            2,
            "Bold, italic, underlined, struck, code, and all of them at once: everything nested.",
            &[
                ("Bold", Mark::Bold),
                ("italic", Mark::Italic),
                ("underlined", Mark::Underline),
                ("struck", Mark::Strike),
                ("code", Mark::Code),
                ("everything nested", Mark::Bold),
                ("everything nested", Mark::Italic),
                ("thing nes", Mark::Underline),
                ("nested", Mark::Strike),
            ],
        );
        self.marked(
            3,
            "The murderer is the gardener, and the spoiler has a link in it. 🔥 After emoji 👩‍👩‍👧‍👦 the offsets hold.",
            &[
                ("the gardener", Mark::Spoiler),
                ("spoiler has a link", Mark::Spoiler),
                ("link", Mark::Link("https://essays.example/gardeners")),
                ("offsets", Mark::Bold),
            ],
        );
        self.marked(
            4,
            "An address https://keepers.example/rota, words that lead elsewhere, an honest lie https://bank.example, \
             @mara_lindqvist, Noor without a name, #lighthouse, $HELIO, /lamp, keeper@gallery.example, +1 555 010 0142, \
             card 4242 4242 4242 4242.",
            &[
                ("https://keepers.example/rota", Mark::Url),
                ("words that lead elsewhere", Mark::Link("https://essays.example/elsewhere?with=query#and-anchor")),
                ("https://bank.example", Mark::Link("https://not-your-bank.example/login")),
                ("@mara_lindqvist", Mark::Mention),
                ("Noor without a name", Mark::Person(noor)),
                ("#lighthouse", Mark::Hashtag),
                ("$HELIO", Mark::Cashtag),
                ("/lamp", Mark::Command),
                ("keeper@gallery.example", Mark::Email),
                ("+1 555 010 0142", Mark::Phone),
                ("4242 4242 4242 4242", Mark::Card),
            ],
        );
        self.marked(1, &format!("Rust:\n{RUST}"), &[(RUST, Mark::Pre("rust"))]);
        let (toml, shell) = ("[lamp]\nturns = 5\nname = \"north\"", "cargo run -- --demo=signed-in | tee run.log");
        self.marked(2, &format!("{toml}\n\nand\n\n{shell}"), &[(toml, Mark::Pre("toml")), (shell, Mark::Pre(""))]);
        let short = "One keeps a light for those whom one will never meet.";
        self.marked(3, &format!("{short}\nI agree."), &[(short, Mark::Quote(false)), ("never meet", Mark::Bold)]);
        self.marked(4, &format!("From the log:\n{LONG_QUOTE}"), &[(LONG_QUOTE, Mark::Quote(true))]);
        self.marked(5, "A custom emoji 👍 in a line", &[("👍", Mark::Emoji(emoji))]);
        for emoji in ["🪁", "❤️", "😀😃", "👩‍🚀👨🏽‍🍳🏳️‍🌈", "🎉🎉🎉🎉🎉🎉🎉🎉"]
        {
            self.say(1 + emoji.len() % 4, emoji);
        }
        for text in [
            "مرحبا بالجميع! هذه رسالة **بالعربية** مع رابط https://essays.example/arabic في وسطها.",
            "שלום לכולם, זו הודעה __בעברית__ עם מספר 42 ואנגלית English באמצע.",
            "混ぜた行: 日本語 and English и русский, alle in einer Zeile mit **fett**.",
            "ไทย ภาษาไทยไม่มีช่องว่างระหว่างคำ · हिन्दी में भी कुछ शब्द · ქართული · አማርኛ",
            "Zalgo and marks: e\u{301}a\u{308}o\u{302} n\u{303} — “quotes”, ‘single’, … and a soft\u{ad}hyphen.",
            "Averyveryverylongwordwithoutanyplacetobreakitthatmuststaywithinitsbubblehoweverlongitgrows_\
             AndAnUnderscoreAndMoreOfItUntilItEnds",
        ] {
            self.say(text.len() % 6, text);
        }
        let long = crate::world::cast::LONG_WORDS.first().copied().unwrap_or_default();
        self.say(0, long);
        let own = self.say(0, "One of my own, changed later.");
        self.seeder.edited(own);
        let edited = self.say(2, "One of somebody else, changed later and **pinned**.");
        self.seeder.edited(edited);
        self.seeder.pinned(edited);
    }

    pub(super) fn answers(&mut self) {
        let asked = self.say(1, "Who takes the watch on Thursday? The forecast is poor, and the ferry will not wait.");
        let answer = self.say(0, "I do.");
        self.seeder.answering(answer, asked);
        let quoting = self.say(2, "It will wait for me.");
        self.seeder.answering(quoting, asked);
        if let Some(details) = self.seeder.details(quoting) {
            let text = "the ferry will not wait".to_owned();
            let bold = types::MessageEntityBold { offset: 4, length: 5 }.into();
            details.quote = Some(Quote { text, entities: vec![bold], offset: Some(52) });
        }
        let view = self.seeder.view(self.date);
        let picture = self.send(3, "The pier at six", view);
        let answer = self.say(4, "An answer to a picture.");
        self.seeder.answering(answer, picture);
        let (from, date) = (self.place(5).peer(), self.date - 9 * DAY);
        let elsewhere = |name: Option<&str>| types::MessageReplyHeader {
            reply_to_scheduled: false,
            forum_topic: false,
            quote: true,
            reply_to_ephemeral: false,
            reply_to_msg_id: None,
            reply_to_peer_id: None,
            reply_from: Some(
                types::MessageFwdHeader {
                    imported: false,
                    saved_out: false,
                    from_id: if name.is_none() { Some(from.clone()) } else { None },
                    from_name: name.map(str::to_owned),
                    date,
                    channel_post: None,
                    post_author: None,
                    saved_from_peer: None,
                    saved_from_msg_id: None,
                    saved_from_id: None,
                    saved_from_name: None,
                    saved_date: None,
                    psa_type: None,
                }
                .into(),
            ),
            reply_media: None,
            reply_to_top_id: None,
            quote_text: Some("said where you cannot go".to_owned()),
            quote_entities: None,
            quote_offset: None,
            todo_item_id: None,
            poll_option: None,
        };
        for (number, name) in [None, Some("Somebody hidden")].into_iter().enumerate() {
            let letter = self.say(number, "An answer to something in another chat.");
            if let Some(details) = self.seeder.details(letter) {
                details.answers = Some(Box::new(elsewhere(name)));
            }
        }
        let story = types::MessageReplyHeader {
            reply_from: None,
            quote: false,
            quote_text: None,
            reply_to_msg_id: Some(1_000_000),
            ..elsewhere(None)
        };
        let gone = self.say(3, "An answer to a message that is gone.");
        if let Some(details) = self.seeder.details(gone) {
            details.answers = Some(Box::new(story));
        }
        let long = self.say(5, "What one answers may be long:\nit has lines,\nand **marks**, and 🪁.");
        let answer = self.say(0, "Short.");
        self.seeder.answering(answer, long);
    }

    pub(super) fn forwards(&mut self) {
        let date = self.date - 40 * DAY;
        let channel = self.channel;
        let (petra, anna) = (self.place(6), self.place(7));
        let forwards = [
            (1, "Forwarded from somebody.", Forwarded { from: Some(petra), date, ..Forwarded::default() }),
            (
                2,
                "Forwarded from somebody who does not want to be found.",
                Forwarded { name: Some("Gull Without Address".to_owned()), date, ..Forwarded::default() },
            ),
            (
                3,
                "Forwarded from a channel, signed: the Orionids peak on Wednesday.",
                Forwarded {
                    from: Some(Place::Channel(channel)),
                    date,
                    post: Some(7),
                    signed: Some("Vera Holm".to_owned()),
                    ..Forwarded::default()
                },
            ),
            (0, "One of my own forwards.", Forwarded { from: Some(anna), date, ..Forwarded::default() }),
            (
                4,
                "Brought from another messenger.",
                Forwarded { name: Some("Old Phone".to_owned()), date, imported: true, ..Forwarded::default() },
            ),
        ];
        for (who, text, forwarded) in forwards {
            let letter = self.say(who, text);
            if let Some(details) = self.seeder.details(letter) {
                details.forwarded = Some(forwarded);
            }
        }
        let view = self.seeder.view(self.date);
        let picture = self.send(2, "A forwarded picture", view);
        if let Some(details) = self.seeder.details(picture) {
            details.forwarded = Some(Forwarded { from: Some(Place::Channel(channel)), date, ..Forwarded::default() });
        }
        let via = self.say(0, "One **Rye**, please");
        let bot = self.bot;
        if let Some(details) = self.seeder.details(via) {
            details.via = Some(bot);
        }
        let (as_group, Room::Channel(group)) = (self.say(1, "Said by the group itself."), self.room) else { return };
        self.by(as_group, Author::Post(group));
        if let Some(details) = self.seeder.details(as_group) {
            details.signed = Some("Night shift".to_owned());
        }
        let as_channel = self.say(1, "Said by a channel.");
        self.by(as_channel, Author::Post(channel));
        self.date += HOUR;
    }

    pub(super) fn reactions(&mut self) {
        let one = self.say(1, "One reaction.");
        self.react(one, "👍", &[2]);
        let ours = self.say(2, "Ours among them.");
        self.react(ours, "❤", &[0, 3, 4]);
        self.react(ours, "🔥", &[1]);
        let own = self.say(0, "To one of my own.");
        self.react(own, "🎉", &[1, 2, 5]);
        let many = self.say(3, "Many, of many kinds, by a crowd: the line is full and goes on below.");
        self.crowd(
            many,
            &[("👍", 1_284), ("❤", 903), ("🔥", 411), ("😁", 77), ("🎉", 52), ("😢", 9), ("🤔", 3), ("👏", 1)],
        );
        self.react(many, "👍", &[0]);
        let custom = self.seeder.state.sticker_sets.iter().find(|set| set.emoji).map(|set| set.items.clone());
        let custom = custom.and_then(|items| items.get(1).map(|(id, _)| *id)).unwrap_or_default();
        let letter = self.say(4, "A custom emoji as a reaction.");
        let people = [self.person(2), self.person(3)];
        self.seeder.reacted(letter, Sign::Custom(custom), &people, false);
        let short = self.say(5, "ok");
        self.react(short, "👍", &[1, 2, 3, 4]);
    }
}
