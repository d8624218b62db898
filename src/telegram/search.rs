//! Finding chats, people and messages: first among what is stored here, which answers at once, then on the server.

use crate::Error;
use crate::background::Core;
use crate::convert::{message, peer};
use crate::stored;
use futures::stream::{self, Stream, StreamExt as _};
use grammers_tl_types as tl;
use heliograph_model::{Message, Messages, Peer, PeerId};
use heliograph_store::{Kind, Mark};
use std::sync::Arc;
use std::time::Duration;

/// The server is asked when nothing was changed for so long: not for every letter.
const RESTS: Duration = Duration::from_millis(300);
/// So many messages come at once.
const MESSAGES: usize = 30;
/// So many chats, and so many people.
const PEERS: usize = 8;

/// What is looked for. Everything that is named must hold.
#[derive(Clone, Default, PartialEq)]
pub struct Wanted {
    /// These words.
    pub text: String,
    /// In this chat; everywhere, and for chats and people as well, if not said.
    pub chat: Option<PeerId>,
    /// From this sender. The server looks for senders within a chat only.
    pub sender: Option<PeerId>,
    /// Of this kind.
    pub only: Only,
    /// Not before this time (Unix seconds).
    pub since: Option<i64>,
    /// Before this time (Unix seconds).
    pub until: Option<i64>,
}

// What people look for stays out of logs.
impl std::fmt::Debug for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wanted").field("chat", &self.chat).field("only", &self.only).finish_non_exhaustive()
    }
}

impl Wanted {
    /// Whether nothing is asked for: a time alone is too little.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.only == Only::Everything && self.sender.is_none() && self.chat.is_none()
    }

    /// Whether names can fit: of chats and people neither kind nor sender nor date is asked.
    fn is_for_names(&self) -> bool {
        self.chat.is_none()
            && self.only == Only::Everything
            && self.sender.is_none()
            && self.since.is_none()
            && self.until.is_none()
    }
}

/// Kinds of messages that one looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Only {
    /// Any.
    #[default]
    Everything,
    /// Pictures.
    Photos,
    /// Films.
    Videos,
    /// Files.
    Files,
    /// With an address in them.
    Links,
    /// Spoken, or filmed in a circle.
    Voice,
    /// Music.
    Music,
}

impl Only {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Everything, Self::Photos, Self::Videos, Self::Files, Self::Links, Self::Voice, Self::Music];

    /// Whether a message is of the kind.
    pub fn is(self, message: &Message) -> bool {
        match self {
            Self::Everything => true,
            Self::Links => heliograph_store::has_link(message),
            _ => self.kinds().contains(&Kind::of(message)),
        }
    }

    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Everything | Self::Links => &[],
            Self::Photos => &[Kind::Photo],
            Self::Videos => &[Kind::Video],
            Self::Files => &[Kind::File],
            Self::Voice => &[Kind::Voice, Kind::Round],
            Self::Music => &[Kind::Music],
        }
    }

    fn filter(self) -> tl::enums::MessagesFilter {
        use tl::enums::MessagesFilter as F;
        match self {
            Self::Everything => F::InputMessagesFilterEmpty,
            Self::Photos => F::InputMessagesFilterPhotos,
            Self::Videos => F::InputMessagesFilterVideo,
            Self::Files => F::InputMessagesFilterDocument,
            Self::Links => F::InputMessagesFilterUrl,
            Self::Voice => F::InputMessagesFilterRoundVoice,
            Self::Music => F::InputMessagesFilterMusic,
        }
    }
}

/// What is found comes in two parts, in this order.
#[derive(Clone, Debug)]
pub enum Step {
    /// Among what is stored here.
    Here(Result<Here, Error>),
    /// On the server. May hold what was found here already.
    There(Result<There, Error>),
}

/// What was found among what is stored here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Here {
    /// Chats of the list by their names, the best fit first.
    pub chats: Vec<PeerId>,
    /// People without a chat in the list.
    pub people: Vec<PeerId>,
    /// Messages, the newest first.
    pub messages: Vec<Message>,
    /// There are more messages: where to go on.
    pub next: Option<i64>,
    /// Everyone who is named above.
    pub peers: Vec<Peer>,
}

/// What was found on the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct There {
    /// People, groups and channels by their names: our own first.
    pub found: Vec<PeerId>,
    /// Messages, the newest first.
    pub messages: Vec<Message>,
    /// There are more messages: where to go on.
    pub next: Option<Cursor>,
    /// So many messages there are.
    pub total: Option<u32>,
    /// Everyone who is named above.
    pub peers: Vec<Peer>,
}

/// Where the server goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// By which it orders messages of several chats.
    pub rate: i32,
    /// The chat of the last message.
    pub peer: PeerId,
    /// Its number.
    pub message: i32,
}

/// Looks for something: at once here, and after a moment on the server. Ends when it is dropped.
pub(crate) fn search(core: Arc<Core>, wanted: Wanted) -> impl Stream<Item = Step> + Send + 'static {
    let of_server = (core.clone(), wanted.clone());
    let here = async move { Step::Here(here(&core, &wanted, None).await) };
    let there = async move {
        let (core, wanted) = of_server;
        tokio::time::sleep(RESTS).await;
        // Together, so that nothing comes between what is shown already.
        let (peers, messages) = futures::join!(peers_there(&core, &wanted), there(&core, &wanted, None));
        Step::There(both(peers, messages))
    };
    stream::once(here).chain(stream::once(there))
}

fn both(peers: Result<There, Error>, messages: Result<There, Error>) -> Result<There, Error> {
    let (mut found, messages) = match (peers, messages) {
        (Ok(found), Ok(messages)) => (found, messages),
        // The one without the other is worth showing.
        (Err(_), messages) => return messages,
        (Ok(found), Err(_)) if !found.found.is_empty() => return Ok(found),
        (Ok(_), Err(error)) => return Err(error),
    };
    found.peers.extend(messages.peers);
    Ok(There { found: found.found, peers: found.peers, ..messages })
}

/// Among what is stored here; behind the end of an earlier answer only messages.
pub(crate) async fn here(core: &Core, wanted: &Wanted, after: Option<i64>) -> Result<Here, Error> {
    let mut all = Here::default();
    if wanted.is_for_names() && after.is_none() {
        let names = core.store.find_peers(name_of(&wanted.text).to_owned(), PEERS).await?;
        all.chats = names.chats.iter().map(|peer| peer.id).collect();
        all.people = names.people.iter().map(|peer| peer.id).collect();
        all.peers.extend(names.chats.into_iter().chain(names.people));
    }
    if wanted.is_blank() {
        return Ok(all);
    }
    let search = heliograph_store::Search {
        text: wanted.text.clone(),
        chat: wanted.chat,
        sender: wanted.sender,
        kinds: wanted.only.kinds().to_vec(),
        link: wanted.only == Only::Links,
        since: wanted.since,
        until: wanted.until,
        after,
        limit: MESSAGES,
    };
    let found = core.store.search(search).await?;
    all.messages = found.hits.into_iter().map(|hit| hit.message).collect();
    all.peers.extend(found.peers);
    all.next = found.next;
    Ok(all)
}

/// Messages on the server.
pub(crate) async fn there(core: &Core, wanted: &Wanted, after: Option<Cursor>) -> Result<There, Error> {
    if wanted.is_blank() || (wanted.chat.is_none() && wanted.sender.is_some()) {
        return Ok(There::default());
    }
    let time = |at: Option<i64>| at.map_or(0, |at| i32::try_from(at).unwrap_or(i32::MAX));
    // The server leaves out the second itself at both ends.
    let (min_date, max_date) = (time(wanted.since.map(|since| since - 1)), time(wanted.until));
    let limit = i32::try_from(MESSAGES).unwrap_or(30);
    let asked = core.store.mark();
    let answer = match wanted.chat {
        Some(chat) => {
            let request = tl::functions::messages::Search {
                peer: core.input_peer(chat)?,
                q: wanted.text.clone(),
                from_id: wanted.sender.map(|sender| core.input_peer(sender)).transpose()?,
                saved_peer_id: None,
                saved_reaction: None,
                top_msg_id: None,
                filter: wanted.only.filter(),
                min_date,
                max_date,
                offset_id: after.map_or(0, |after| after.message),
                add_offset: 0,
                limit,
                max_id: 0,
                min_id: 0,
                hash: 0,
            };
            core.invoke(&request).await
        }
        None => {
            let peer = after.and_then(|after| core.input_peer(after.peer).ok());
            let request = tl::functions::messages::SearchGlobal {
                broadcasts_only: false,
                groups_only: false,
                users_only: false,
                folder_id: None,
                community: None,
                q: wanted.text.clone(),
                filter: wanted.only.filter(),
                min_date,
                max_date,
                offset_rate: after.map_or(0, |after| after.rate),
                offset_peer: peer.unwrap_or(tl::enums::InputPeer::Empty),
                offset_id: after.map_or(0, |after| after.message),
                limit,
            };
            core.invoke(&request).await
        }
    };
    match answer {
        Ok(answer) => Ok(taken(core, wanted, answer, asked)),
        Err(error) if says_nothing(&error) => Ok(There::default()),
        Err(error) => Err(error),
    }
}

/// Takes an answer in; what it holds is found here from now on.
fn taken(core: &Core, wanted: &Wanted, answer: tl::enums::messages::Messages, asked: Mark) -> There {
    use tl::enums::messages::Messages as M;
    let (raw, users, chats, count, rate, all) = match answer {
        M::Messages(m) => {
            let count = m.messages.len();
            (m.messages, m.users, m.chats, i32::try_from(count).unwrap_or(i32::MAX), None, true)
        }
        M::Slice(m) => (m.messages, m.users, m.chats, m.count, m.next_rate, false),
        M::ChannelMessages(m) => (m.messages, m.users, m.chats, m.count, None, false),
        // Only for those who ask with the hash of what they have.
        M::NotModified(_) => return There::default(),
    };
    let peers = core.learn(&users, &chats);
    let converted = raw.iter().filter_map(|m| message::message(m, core.me()));
    let in_chat = |message: &Message| wanted.chat.is_none_or(|chat| chat == message.chat);
    let found = Messages { messages: converted.filter(in_chat).collect(), peers };
    stored::keep_messages(core, &found, asked);
    let last = raw.iter().rev().find_map(|last| Some((message::chat(last)?, last.id())));
    let next = last.filter(|_| !all).map(|(peer, message)| Cursor { rate: rate.unwrap_or(0), peer, message });
    let Messages { mut messages, peers } = found;
    messages.retain(|message| message.service.is_none());
    There { found: Vec::new(), messages, next, total: u32::try_from(count).ok(), peers }
}

/// People, groups and channels by their names.
async fn peers_there(core: &Core, wanted: &Wanted) -> Result<There, Error> {
    let q = name_of(&wanted.text);
    if !wanted.is_for_names() || q.is_empty() {
        return Ok(There::default());
    }
    let limit = i32::try_from(PEERS).unwrap_or(8);
    let request = tl::functions::contacts::Search { broadcasts: false, bots: false, q: q.to_owned(), limit };
    let tl::enums::contacts::Found::Found(answer) = match core.invoke(&request).await {
        Ok(answer) => answer,
        Err(error) if says_nothing(&error) => return Ok(There::default()),
        Err(error) => return Err(error),
    };
    let peers = core.learn(&answer.users, &answer.chats);
    let found = answer.my_results.iter().chain(&answer.results).map(peer::id);
    Ok(There { found: found.collect(), peers, ..There::default() })
}

/// Without the sign that public names are written with.
fn name_of(text: &str) -> &str {
    text.trim().trim_start_matches('@')
}

/// The server finds what was typed too little to look for.
fn says_nothing(error: &Error) -> bool {
    matches!(error, Error::Rpc { name, .. }
        if matches!(name.as_str(), "SEARCH_QUERY_EMPTY" | "QUERY_TOO_SHORT" | "QUERY_TOO_LONG"))
}
