//! Builds a world out of a seed and a time: first everybody and what they will have written, then, in the order of time,
//! the writing itself.

mod doors;
mod herald;
mod keepers;
mod kinds;
mod lifelike;
mod plain;
mod things;
mod watch;

use super::{
    Account, Author, Body, Chance, Channel, Content, Details, Document, Draft, Group, Journal, Password, Person, Photo,
    PhotoSource, Place, Presence, Room, State, WorldKind, markup,
};
use crate::drawing::{Scene, Style};
use std::collections::{BTreeMap, HashMap};

/// The code that every account takes.
pub(crate) const CODE: &str = "41725";
/// Where accounts live, unless they say otherwise.
pub(crate) const HOME_DC: i32 = 2;
/// Telegram itself, who sends codes (core.telegram.org/api/auth).
pub(crate) const TELEGRAM: i64 = 777_000;
/// Where nearly all files are.
pub(crate) const FILES_DC: i32 = 4;

const MINUTE: i32 = 60;
const HOUR: i32 = 60 * MINUTE;
const DAY: i32 = 24 * HOUR;

/// The world as it stands at `now`.
pub(crate) fn build(kind: WorldKind, seed: u64, now: i64) -> State {
    let mut seeder = Seeder::new(seed, now);
    match kind {
        WorldKind::Lifelike => lifelike::fill(&mut seeder),
        WorldKind::Plain => plain::fill(&mut seeder),
    }
    doors::fill(&mut seeder);
    seeder.finish()
}

/// Something that will be written.
struct Planned {
    date: i32,
    room: Room,
    author: Author,
    draft: Draft,
    /// Answers the planned letter of this number.
    answers: Option<usize>,
    /// Stands under the planned post of this number, in this group.
    comments: Option<(usize, i64)>,
    edited: bool,
    pinned: bool,
    reactions: Vec<super::Reaction>,
}

/// Somebody about to be made.
#[derive(Clone, Copy, Default)]
struct Sketch {
    first: &'static str,
    last: &'static str,
    username: &'static str,
    about: &'static str,
    bot: bool,
    photo: bool,
}

struct Seeder {
    state: State,
    now: i32,
    chance: Chance,
    plan: Vec<Planned>,
    /// (account, chat): how many of the newest are unread by the account.
    unread: HashMap<(i64, Place), usize>,
    /// (account, chat) whose own newest messages nobody has read yet.
    unseen: Vec<(i64, Place)>,
    last_person: i64,
    last_group: i64,
    last_channel: i64,
}

impl Seeder {
    fn new(seed: u64, now: i64) -> Self {
        Self {
            state: State::empty(seed, now),
            now: i32::try_from(now).unwrap_or(i32::MAX),
            chance: Chance::new(seed, "world"),
            plan: Vec::new(),
            unread: HashMap::new(),
            unseen: Vec::new(),
            last_person: 5_000_000,
            last_group: 4_100_000,
            last_channel: 1_700_000_000,
        }
    }

    /// Somebody new.
    fn person(&mut self, sketch: Sketch) -> i64 {
        self.last_person += 1;
        let id = self.last_person;
        // Most show themselves, some what they like to look at.
        let style = match self.chance.below(10) {
            0 => Style::Sunrise,
            1 => Style::Hills,
            2 => Style::Emblem,
            3 => Style::Lighthouse,
            _ => Style::Face,
        };
        let photo = sketch.photo.then(|| self.face(style));
        let presence = match self.chance.below(10) {
            0 | 1 => Presence::Online(self.now.saturating_add(2 * HOUR)),
            2..=7 => Presence::Offline(self.now - self.chance.between(3 * MINUTE, 3 * DAY)),
            _ => Presence::Recently,
        };
        self.state.people.insert(
            id,
            Person {
                id,
                first: sketch.first.to_owned(),
                last: sketch.last.to_owned(),
                username: (!sketch.username.is_empty()).then(|| sketch.username.to_owned()),
                phone: format!("1555{:07}", id - 5_000_000 + 200_000),
                about: sketch.about.to_owned(),
                bot: sketch.bot,
                photo,
                earlier: Vec::new(),
                presence: if sketch.bot { Presence::Recently } else { presence },
            },
        );
        id
    }

    /// An account that one can sign in to. The first gets the number ending in 101.
    fn account(&mut self, sketch: Sketch, password: Option<&str>) -> i64 {
        let id = self.person(sketch);
        let number = 15_550_100_100 + self.state.accounts.len() as i64 + 1;
        if let Some(person) = self.state.people.get_mut(&id) {
            person.phone = number.to_string();
        }
        let password = password.map(|words| Password::of_cast(self.state.seed, id, words, None));
        self.state.accounts.insert(id, Account::new(id, CODE, password));
        id
    }

    fn file_id(&mut self) -> i64 {
        self.state.new_file_id()
    }

    /// A profile photo.
    fn face(&mut self, style: Style) -> i64 {
        self.photo(style, 640, 640, true, self.now - 90 * DAY)
    }

    fn photo(&mut self, style: Style, width: u32, height: u32, face: bool, date: i32) -> i64 {
        let id = self.file_id();
        let scene = Scene { seed: id as u64, style };
        let photo = Photo { id, date, dc: FILES_DC, width, height, source: PhotoSource::Drawn(scene), face };
        self.state.photos.insert(id, photo);
        id
    }

    /// A view for a message, of some usual shape.
    fn view(&mut self, date: i32) -> Body {
        let style = Style::VIEWS.get(self.chance.below(Style::VIEWS.len())).copied().unwrap_or(Style::Sunrise);
        let (width, height) = match self.chance.below(5) {
            0 => (960, 1280),
            1 => (1000, 1000),
            2 => (1280, 720),
            _ => (1280, 853),
        };
        Body::Photo(self.photo(style, width, height, false, date))
    }

    fn document(&mut self, name: &str, size: u64, date: i32) -> Body {
        let id = self.file_id();
        let (mime, readable) = match name.rsplit('.').next().unwrap_or_default() {
            "txt" | "log" => ("text/plain", true),
            "md" => ("text/markdown", true),
            "csv" => ("text/csv", true),
            "pdf" => ("application/pdf", false),
            "zip" => ("application/zip", false),
            "mp3" => ("audio/mpeg", false),
            "fits" | "bin" | "img" => ("application/octet-stream", false),
            "odt" => ("application/vnd.oasis.opendocument.text", false),
            _ => ("application/octet-stream", false),
        };
        let content = if readable { Content::Log(id as u64) } else { Content::Noise(id as u64) };
        let (name, mime) = (name.to_owned(), mime.to_owned());
        self.state.documents.insert(
            id,
            Document {
                id,
                name,
                mime,
                size,
                date,
                dc: FILES_DC,
                content,
                voice: None,
                attributes: Vec::new(),
                thumb: None,
            },
        );
        Body::Document(id)
    }

    fn voice(&mut self, seconds: i32, date: i32) -> Body {
        let id = self.file_id();
        self.state.documents.insert(
            id,
            Document {
                id,
                name: String::new(),
                mime: "audio/ogg".to_owned(),
                size: seconds as u64 * 2_100,
                date,
                dc: FILES_DC,
                content: Content::Noise(id as u64),
                voice: Some(seconds),
                attributes: Vec::new(),
                thumb: None,
            },
        );
        Body::Document(id)
    }

    fn group(&mut self, title: &str, about: &str, members: Vec<i64>, age: i32) -> Room {
        self.last_group += 1;
        let id = self.last_group;
        let photo = self.chance.percent(80).then(|| self.face(Style::Emblem));
        // The main account comes first and made none of the groups.
        let creator = members.get(1).or(members.first()).copied().unwrap_or_default();
        let date = self.now - age;
        let people = members.clone();
        let (title, about) = (title.to_owned(), about.to_owned());
        let deed = super::Deed::GroupCreated { title: title.clone(), people: members.clone() };
        self.state.groups.insert(id, Group { id, title, about, photo, creator, members: people, date });
        self.deed(Room::Group(id), creator, date, deed);
        Room::Group(id)
    }

    fn channel(&mut self, made: NewChannel<'_>, members: Vec<i64>, age: i32) -> Room {
        self.last_channel += 1;
        let id = self.last_channel;
        let photo = made.photo.then(|| self.face(Style::Emblem));
        let creator = made.creator;
        let date = self.now - age;
        self.state.channels.insert(
            id,
            Channel {
                id,
                title: made.title.to_owned(),
                about: made.about.to_owned(),
                username: (!made.username.is_empty()).then(|| made.username.to_owned()),
                photo,
                broadcast: made.broadcast,
                verified: made.verified,
                creator,
                size: made.size.max(members.len() as i32),
                members,
                date,
                letters: BTreeMap::new(),
                ids: Vec::new(),
                last_id: 0,
                journal: Journal::default(),
            },
        );
        if !made.unannounced {
            self.deed(Room::Channel(id), creator, date, super::Deed::ChannelCreated(made.title.to_owned()));
        }
        Room::Channel(id)
    }

    /// Who a letter of this person is from, in this room.
    fn author(&self, room: Room, person: i64) -> Author {
        match room {
            Room::Channel(id) if self.state.channels.get(&id).is_some_and(|channel| channel.broadcast) => {
                Author::Channel
            }
            _ => Author::Person(person),
        }
    }

    /// Plans a letter; the text is in the small markup. Returns its number in the plan.
    fn say(&mut self, room: Room, person: i64, date: i32, text: &str) -> usize {
        self.send(room, person, date, text, Body::Text)
    }

    fn send(&mut self, room: Room, person: i64, date: i32, text: &str, body: Body) -> usize {
        let author = self.author(room, person);
        let (text, entities) = markup::parse(text);
        let views = if author == Author::Channel { self.chance.between(300, 24_000) } else { 1 };
        let draft = Draft { text, entities, body, reply_to: None, views, details: Details::default() };
        self.plan.push(Planned {
            date,
            room,
            author,
            draft,
            answers: None,
            comments: None,
            edited: false,
            pinned: false,
            reactions: Vec::new(),
        });
        self.plan.len() - 1
    }

    fn deed(&mut self, room: Room, person: i64, date: i32, deed: super::Deed) -> usize {
        self.send(room, person, date, "", Body::Service(deed))
    }

    /// The letter answers another.
    fn answering(&mut self, letter: usize, answered: usize) {
        if let Some(planned) = self.plan.get_mut(letter) {
            planned.answers = Some(answered);
        }
    }

    /// Buttons stand under the letter.
    fn with_markup(&mut self, letter: usize, markup: grammers_tl_types::enums::ReplyMarkup) {
        if let Some(planned) = self.plan.get_mut(letter) {
            planned.draft.details.markup = Some(markup);
        }
    }

    /// What stands on the letter.
    fn details(&mut self, letter: usize) -> Option<&mut Details> {
        self.plan.get_mut(letter).map(|planned| &mut planned.draft.details)
    }

    /// These people put this sign to the letter.
    fn reacted(&mut self, letter: usize, sign: super::Sign, people: &[i64], unread: bool) {
        let Some(planned) = self.plan.get_mut(letter) else { return };
        let date = planned.date.saturating_add(MINUTE);
        let reactions =
            people.iter().map(|who| super::Reaction { who: *who, sign: sign.clone(), date, big: false, unread });
        planned.reactions.extend(reactions);
    }

    fn edited(&mut self, letter: usize) {
        if let Some(planned) = self.plan.get_mut(letter) {
            planned.edited = true;
        }
    }

    fn pinned(&mut self, letter: usize) {
        if let Some(planned) = self.plan.get_mut(letter) {
            planned.pinned = true;
        }
    }

    /// Writes everything in the order of time, then says what is read.
    fn finish(mut self) -> State {
        let mut order: Vec<usize> = (0..self.plan.len()).collect();
        order.sort_by_key(|number| self.plan.get(*number).map(|planned| planned.date));
        let mut written = HashMap::new();
        let mut plan: Vec<Option<Planned>> = self.plan.into_iter().map(Some).collect();
        for number in order {
            let Some(planned) = plan.get_mut(number).and_then(Option::take) else { continue };
            let mut draft = planned.draft;
            draft.reply_to = planned.answers.and_then(|answered| written.get(&answered).copied());
            if let Some((post, group)) = planned.comments {
                let post = written.get(&post).and_then(|post| self.state.copy_in(*post, group));
                draft.details.top = post;
                draft.reply_to = draft.reply_to.or(post);
            }
            let (letter, _) = self.state.post(planned.room, planned.author, planned.date, draft);
            written.insert(number, letter);
            if let Some(letter) = self.state.letters.get_mut(letter) {
                letter.reactions = planned.reactions;
                letter.pinned = planned.pinned;
                letter.edited = planned.edited.then_some(planned.date.saturating_add(MINUTE));
            }
        }
        let accounts: Vec<i64> = self.state.accounts.keys().copied().collect();
        for account in accounts {
            let mut places: Vec<Place> =
                self.state.accounts.get(&account).map(|a| a.chats.keys().copied().collect()).unwrap_or_default();
            places.sort();
            for place in places {
                let ids = self.state.ids_in(account, place).to_vec();
                let newest = ids.last().copied().unwrap_or_default();
                let mut unread = self.unread.get(&(account, place)).copied().unwrap_or(0);
                if matches!(place, Place::User(_)) {
                    // Who answered somebody has read what was said before.
                    let since_own = ids.iter().rev().take_while(|id| {
                        self.state.letter_at(account, place, **id).is_some_and(|(_, letter)| !letter.is_by(account))
                    });
                    unread = unread.min(since_own.count());
                }
                let read = match unread {
                    0 => newest,
                    // Just before the oldest unread one; one's own messages do not count.
                    unread => {
                        let mut of_others = ids.iter().rev().filter(|id| {
                            self.state.letter_at(account, place, **id).is_some_and(|(_, letter)| !letter.is_by(account))
                        });
                        of_others.nth(unread - 1).map_or(0, |id| id - 1)
                    }
                };
                let own_unseen = self.unseen.contains(&(account, place));
                let outbox = if own_unseen {
                    // The newest of one's own is not read yet, those before it are.
                    let mut own = ids.iter().rev().filter(|id| {
                        self.state.letter_at(account, place, **id).is_some_and(|(_, letter)| letter.is_by(account))
                    });
                    own.nth(1).copied().unwrap_or_default()
                } else {
                    newest
                };
                if let Some(chat) = self.state.accounts.get_mut(&account).and_then(|a| a.chats.get_mut(&place)) {
                    chat.read_inbox = read;
                    chat.read_outbox = outbox;
                }
            }
        }
        self.state.notice_mentions();
        for account in self.state.accounts.values_mut() {
            account.journal.begin_here();
        }
        for channel in self.state.channels.values_mut() {
            channel.journal.begin_here();
        }
        self.state
    }
}

/// A channel or supergroup about to be made.
#[derive(Clone, Copy, Default)]
struct NewChannel<'a> {
    title: &'a str,
    about: &'a str,
    username: &'a str,
    broadcast: bool,
    verified: bool,
    photo: bool,
    size: i32,
    creator: i64,
    /// No message says that it was made.
    unannounced: bool,
}
