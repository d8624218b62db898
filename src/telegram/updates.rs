//! Updates: the one place where what happens enters (core.telegram.org/api/updates).
//!
//! The message boxes of `grammers_session` put them in order and find gaps; here gaps are filled, updates become
//! changes, and each batch is stored together with the state that it leads to before the app hears of it. So a crash
//! can neither lose a message nor show one twice.

mod account;
mod ahead;
mod batch;
mod channels;
mod gaps;
mod refresh;
mod rows;
#[cfg(test)]
mod tests;

use crate::background::Core;
use crate::connection::Unread;
use crate::convert::{peer, update};
use crate::sending::Admission;
use crate::{Error, Event, drafts, folders};
use account::Account;
use batch::{Batch, Owed, Recent};
use channels::Channels;
use futures::FutureExt as _;
use grammers_session::types::UpdatesState;
use grammers_session::updates::{MessageBoxes, UpdateAndPeers, UpdatesLike};
use grammers_tl_types as tl;
use heliograph_model::{Change, Message, MessageId, PeerId};
use heliograph_store::{StoredPeer, UpdateState};
use rows::{Doubt, Rows};
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// One batch takes in so much. Where more comes than can be written, it is written faster in larger batches: each chat's last
/// page is written once for all of its messages. But what somebody does meanwhile waits for a batch to end.
const MOST_AT_ONCE: usize = 2000;

/// The app hears of at most one batch in this time: no picture of the window shows more than one.
const FRAME: Duration = Duration::from_millis(16);

/// Channels that were opened last are asked for what was missed, even if the server does not name them.
const OPENED: usize = 8;

/// Between two tries to ask for something.
const BETWEEN_TRIES: Duration = Duration::from_secs(1);

/// After so long, what the store could not take is given to it again.
const OWED_AGAIN: Duration = Duration::from_secs(5);

/// A task that lived so long fell over something new.
const STEADY: Duration = Duration::from_secs(60);

/// What can come in.
pub(crate) enum Feed {
    /// From the server, by itself.
    Came(Unread),
    /// The same, read.
    Updates(Box<tl::enums::Updates>),
    /// Something may have been missed.
    MayHaveGap,
    /// Somebody has signed in.
    SignedIn,
    /// We have sent something. The answer counts as an update, but the message is no news.
    Own { updates: Option<Box<tl::enums::Updates>>, pending: MessageId, message: Box<Message> },
    /// These were held back while a message of ours was on its way, and they are others.
    Release(Vec<Message>),
    /// A request of ours moved the state on.
    Affected(tl::types::messages::AffectedMessages),
    /// How far channels are, by the chat list.
    ChannelStates(Vec<(i64, i32)>),
    /// Somebody looks at this channel; how far it is, where the server has just told.
    Opened { channel: i64, pts: Option<i32> },
    /// Keys of peers, to be saved.
    Peers(Vec<StoredPeer>),
    /// The answer about peers of whom something is new.
    Told { users: Vec<tl::enums::User>, chats: Vec<tl::enums::Chat> },
    /// Others have read so far.
    Read(Vec<Change>),
    /// These rows of the chat list may be wrong.
    Doubted(Vec<PeerId>),
    /// Whatever was missed is to be fetched; says so when it is here.
    CatchUp(oneshot::Sender<()>),
    /// Something that the machinery falls over.
    #[cfg(test)]
    Stone,
}

/// Runs the machinery, and starts it again should it fall.
pub(crate) async fn supervise(
    core: Arc<Core>,
    mut signed_in: bool,
    mut state: Option<UpdateState>,
    mut feed: UnboundedReceiver<Feed>,
) {
    let mut falls: u32 = 0;
    let mut doubt = false;
    loop {
        let started = Instant::now();
        let mut machine = Machine::new(core.clone(), state.take());
        if doubt {
            // Whatever is stored may have changed without our being told.
            machine.batch.changes.push(Change::Refetch);
        }
        let run = AssertUnwindSafe(machine.run(&mut feed, &mut signed_in)).catch_unwind();
        if run.await.is_ok() {
            return;
        }
        tracing::error!("the update task fell over an update; it starts again");
        falls = if started.elapsed() > STEADY { 1 } else { falls + 1 };
        tokio::time::sleep(BETWEEN_TRIES * falls.min(30)).await;
        // It may be what is to be fetched that it falls over: the third time it begins from now.
        if falls < 3 {
            state = core.store.session().await.ok().and_then(|session| session.updates);
        }
        doubt = true;
    }
}

struct Machine {
    core: Arc<Core>,
    boxes: MessageBoxes,
    /// The state that the store has.
    stored: UpdatesState,
    batch: Batch,
    /// What the store could not take, in order. It goes with the next batch, or not at all: a state that goes past it must
    /// not be stored without it.
    owed: Owed,
    recent: Recent,
    opened: VecDeque<i64>,
    /// They wait for the difference.
    waiting: Vec<oneshot::Sender<()>>,
    /// The next difference is what was missed while away, so people are told that it is being fetched.
    catching_up: bool,
    /// When the app last heard of something.
    told: Instant,
    rows: Rows,
    account: Account,
    channels: Channels,
}

impl Machine {
    fn new(core: Arc<Core>, state: Option<UpdateState>) -> Self {
        let mut boxes = MessageBoxes::new();
        if let Some(state) = state.filter(|state| state.pts > 0) {
            let UpdateState { pts, qts, date, seq, channels } = state;
            boxes = MessageBoxes::load(UpdatesState { pts, qts, date, seq, channels: Vec::new() });
            // The account's difference names the channels in which something happened; asking each of them would
            // take as many requests as there are channels.
            for (id, pts) in channels {
                boxes.try_set_channel_state(id, pts);
            }
        }
        let stored = boxes.session_state();
        Self {
            core,
            boxes,
            stored,
            batch: Batch::default(),
            owed: Owed::default(),
            recent: Recent::default(),
            opened: VecDeque::new(),
            waiting: Vec::new(),
            catching_up: true,
            told: Instant::now(),
            rows: Rows::default(),
            account: Account::default(),
            channels: Channels::default(),
        }
    }

    /// Ends when the account does.
    async fn run(&mut self, feed: &mut UnboundedReceiver<Feed>, signed_in: &mut bool) {
        while !*signed_in {
            match feed.recv().await {
                None => return,
                Some(Feed::SignedIn) => *signed_in = true,
                Some(Feed::Peers(peers)) => self.batch.peers.extend(peers),
                // The one thing that happens to somebody who is not signed in.
                Some(Feed::Came(unread)) if unread.read().is_some_and(|updates| update::accepts_login(&updates)) => {
                    self.core.tell(Event::LoginTokenAccepted);
                }
                Some(_) => {}
            }
        }
        if self.boxes.is_empty() {
            self.begin().await;
            // What is stored may be from before it. It is noted together with the state, or not at all.
            self.batch.untold.push(Change::Refetch);
        }
        loop {
            // First: what is missing comes while what is here is stored.
            self.ask();
            self.flush().await;
            self.show_progress();
            let is_idle = self.account.is_idle() && self.channels.is_idle();
            if is_idle {
                for waiting in self.waiting.drain(..) {
                    let _ = waiting.send(());
                }
            }
            let mut deadline = Instant::from_std(self.boxes.check_deadlines());
            if is_idle {
                rows::look(&self.core, self.rows.take(Instant::now()));
                deadline = self.rows.due().map_or(deadline, |due| due.min(deadline));
            }
            if !self.owed.is_empty() {
                deadline = deadline.min(Instant::now() + OWED_AGAIN);
            }
            if !self.gather(feed, deadline).await {
                return;
            }
        }
    }

    /// Asks for what is missing.
    fn ask(&mut self) {
        self.collect_channels();
        self.ask_channels();
        self.ask_account();
    }

    /// Says whether what was missed while away is being fetched.
    fn show_progress(&mut self) {
        let missing = self.account_is_behind() || !self.channels.is_idle();
        self.catching_up &= missing;
        self.core.catching_up(self.catching_up);
    }

    /// Takes in what comes next, and with it what comes within the same picture as the last batch. False at the end.
    async fn gather(&mut self, feed: &mut UnboundedReceiver<Feed>, deadline: Instant) -> bool {
        tokio::select! {
            next = feed.recv() => match next {
                Some(next) => self.take(next),
                None => return false,
            },
            came = self.channels.answer() => self.channel_came(came),
            came = self.account.answer() => self.account_came(came).await,
            () = tokio::time::sleep_until(deadline) => return true,
        }
        self.ask();
        let due = self.told + FRAME;
        for _ in 1..MOST_AT_ONCE {
            tokio::select! {
                biased;
                next = feed.recv() => match next {
                    Some(next) => self.take(next),
                    None => break,
                },
                came = self.channels.answer() => self.channel_came(came),
                came = self.account.answer() => self.account_came(came).await,
                () = tokio::time::sleep_until(due) => break,
            }
            self.ask();
        }
        self.told = Instant::now();
        true
    }

    /// Begins with the state as it is now.
    async fn begin(&mut self) {
        loop {
            match self.core.invoke(&tl::functions::updates::GetState {}).await {
                Ok(tl::enums::updates::State::State(state)) => {
                    self.boxes = MessageBoxes::new();
                    self.boxes.set_state(state);
                    return;
                }
                Err(error) => pause(&error).await,
            }
        }
    }

    fn take(&mut self, feed: Feed) {
        match feed {
            Feed::Came(unread) => match unread.read() {
                Some(updates) => self.process(self.complete(updates)),
                // The difference may be readable.
                None => self.take(Feed::MayHaveGap),
            },
            Feed::Updates(updates) => self.process(self.complete(*updates)),
            Feed::MayHaveGap => {
                self.catching_up = true;
                self.process(UpdatesLike::ConnectionClosed);
                // The last one that was opened comes first.
                for channel in self.opened.clone().into_iter().rev() {
                    self.ask_channel(channel);
                    // How far others have read in it is told when they do, and never again.
                    self.rows.doubt(PeerId::Channel(channel), Doubt::Certain);
                }
            }
            Feed::Own { updates, pending, message } => {
                self.recent.insert(message.chat, message.id);
                self.batch.changes.push(Change::Sent { pending, message: *message });
                if let Some(updates) = updates {
                    self.process(UpdatesLike::Updates(*updates));
                }
            }
            Feed::Release(messages) => {
                for message in messages {
                    if self.recent.insert(message.chat, message.id) {
                        self.batch.changes.push(Change::NewMessage(message));
                    }
                }
            }
            Feed::Affected(affected) => self.process(UpdatesLike::AffectedMessages(affected)),
            Feed::ChannelStates(states) => self.compare(&states),
            Feed::Opened { channel, pts } => {
                self.channels.reaches(channel, pts.unwrap_or_default());
                self.opened.retain(|other| *other != channel);
                self.opened.push_front(channel);
                self.opened.truncate(OPENED);
            }
            Feed::CatchUp(done) => {
                self.process(UpdatesLike::ConnectionClosed);
                self.waiting.push(done);
            }
            Feed::Peers(peers) => self.batch.peers.extend(peers),
            Feed::Told { users, chats } => self.learn(&users, &chats),
            Feed::Read(read) => self.batch.changes.extend(read),
            Feed::Doubted(chats) => chats.into_iter().for_each(|chat| self.rows.doubt(chat, Doubt::Certain)),
            // Signed in already.
            Feed::SignedIn => {}
            #[cfg(test)]
            Feed::Stone => panic!("a stone in the way"),
        }
    }

    /// Short messages do not tell who writes. Unless the app knows them, the difference will tell.
    fn complete(&self, updates: tl::enums::Updates) -> UpdatesLike {
        let known = |id| self.core.me() == Some(id) || self.core.peers.is_shown(id);
        let is_complete = match &updates {
            tl::enums::Updates::UpdateShortMessage(short) => known(PeerId::User(short.user_id)),
            tl::enums::Updates::UpdateShortChatMessage(short) => {
                known(PeerId::User(short.from_id)) && known(PeerId::Group(short.chat_id))
            }
            _ => true,
        };
        if is_complete { UpdatesLike::Updates(updates) } else { UpdatesLike::MalformedUpdates }
    }

    /// Puts updates in order. What has to wait for others waits in the boxes.
    fn process(&mut self, updates: UpdatesLike) {
        let behind = self.account_is_behind();
        let Some(mut updates) = self.hold_for_account(updates) else { return };
        if let UpdatesLike::Updates(updates) = &mut updates {
            if (self.catching_up || behind)
                && let Some(date) = date_of(updates)
            {
                // Reactions and the like have no number: the difference tells them by their date. Ours stays where it is
                // until it is here, whatever else comes meanwhile.
                *date = NO_DATE;
            }
            match updates {
                tl::enums::Updates::Updates(u) => self.sort_out(&mut u.updates),
                tl::enums::Updates::Combined(u) => self.sort_out(&mut u.updates),
                tl::enums::Updates::UpdateShort(u) => {
                    let mut one = vec![u.update.clone()];
                    self.sort_out(&mut one);
                    match one.pop() {
                        Some(update) => u.update = update,
                        None => return,
                    }
                }
                _ => {}
            }
        }
        // A gap is no error: the boxes have noted that the difference has to be fetched.
        let result = self.boxes.process_updates(updates);
        self.collect_channels();
        if let Ok(result) = result {
            self.absorb(result, false);
        }
    }

    /// Leaves out what the boxes would fall over.
    fn leave_out(&self, updates: &mut Vec<tl::enums::Update>) {
        updates.retain(|update| {
            let sound = update::is_sound(update);
            if !sound {
                tracing::warn!("an impossible update was left out");
            }
            sound
        });
    }

    /// Leaves out what the boxes would fall over, keeps them from forgetting what was missed, and holds back what has to
    /// wait for it.
    fn sort_out(&mut self, updates: &mut Vec<tl::enums::Update>) {
        self.leave_out(updates);
        if !self.channels.is_idle() {
            *updates = std::mem::take(updates).into_iter().filter_map(|update| self.channels.hold(update)).collect();
        }
        for update in updates {
            if let tl::enums::Update::ChannelTooLong(too_long) = update
                && self.channel_pts(too_long.channel_id).is_some()
            {
                // With it the boxes would begin at the new state, and what lies between would never be fetched.
                let pts = too_long.pts.take();
                self.channels.told.extend(pts.map(|pts| (too_long.channel_id, pts)));
            }
        }
    }

    fn channel_pts(&self, id: i64) -> Option<i32> {
        self.boxes.session_state().channels.iter().find(|channel| channel.id == id).map(|channel| channel.pts)
    }

    /// Has what was missed in a channel fetched.
    fn ask_channel(&mut self, channel_id: i64) {
        if self.channel_pts(channel_id).is_some() {
            let update = tl::types::UpdateChannelTooLong { channel_id, pts: None }.into();
            let updates = tl::types::UpdateShort { update, date: 0 };
            self.process(UpdatesLike::Updates(updates.into()));
        }
    }

    /// The chat list says how far the server is in each channel.
    fn compare(&mut self, states: &[(i64, i32)]) {
        for (id, pts) in states {
            match self.channel_pts(*id) {
                None => self.boxes.try_set_channel_state(*id, *pts),
                Some(ours) if ours < *pts => {
                    self.ask_channel(*id);
                    self.channels.reaches(*id, *pts);
                }
                Some(_) => {}
            }
        }
    }

    /// Turns ordered updates into changes.
    fn absorb(&mut self, (mut updates, users, chats): UpdateAndPeers, difference: bool) {
        self.learn(&users, &chats);
        for (chat, doubt) in updates.iter().filter_map(|(update, _)| rows::counted(update)) {
            self.rows.doubt(chat, doubt);
        }
        let mut look_again: Vec<PeerId> = updates.iter().filter_map(|(update, _)| refresh::changed(update)).collect();
        look_again.retain(|id| !told(&users, &chats).any(|told| told == *id));
        refresh::look_again(&self.core, look_again);
        if updates.iter().any(|(update, _)| folders::are_changed(update)) {
            folders::look_again(&self.core);
        }
        if difference {
            // A difference names the messages last; what happened to them came after them.
            use tl::enums::Update as U;
            updates.sort_by_key(|(update, _)| !matches!(update, U::NewMessage(_) | U::NewChannelMessage(_)));
        }
        let me = self.core.me();
        for (update, _) in &updates {
            if let tl::enums::Update::MessageId(told) = update {
                self.core.sending.numbered(told.random_id, told.id);
            }
            if let Some((chat, draft)) = drafts::told(update) {
                self.core.drafts(drafts::Command::Cloud(chat, draft));
            }
            match update::change(update, me) {
                Some(Change::NewMessage(message)) => {
                    match self.core.sending.admit(&message) {
                        Admission::Show if self.recent.insert(message.chat, message.id) => {
                            self.batch.changes.push(Change::NewMessage(message));
                        }
                        // The state that is stored goes past it.
                        Admission::Held => self.batch.untold.push(Change::NewMessage(message)),
                        Admission::Show | Admission::Known => {}
                    }
                }
                Some(change) => self.batch.changes.push(change),
                None => {}
            }
        }
    }

    fn learn(&mut self, users: &[tl::enums::User], chats: &[tl::enums::Chat]) {
        let learned = self.core.peers.learn(users, chats);
        self.batch.peers.extend(learned.stored);
        self.batch.changes.extend(learned.peers.into_iter().map(Change::Peer));
    }

    /// Stores what has come in, with the state that it leads to, and only then tells the app.
    async fn flush(&mut self) {
        let Batch { changes, untold, peers } = std::mem::take(&mut self.batch);
        let state = self.boxes.session_state();
        let moved = (state != self.stored && !self.boxes.is_empty()).then(|| to_store(&state));
        if moved.is_none() && peers.is_empty() && changes.is_empty() && untold.is_empty() && self.owed.is_empty() {
            return;
        }
        let (owed_changes, owed_peers) = (self.owed.changes.iter().cloned(), self.owed.peers.iter().cloned());
        let stored = owed_changes.chain(untold.iter().cloned()).chain(changes.iter().cloned()).collect();
        let batch = heliograph_store::Batch {
            state: moved,
            peers: owed_peers.chain(peers.iter().cloned()).collect(),
            changes: stored,
        };
        match self.core.store.apply(batch).await {
            Ok(()) => {
                self.stored = state;
                self.owed = Owed::default();
            }
            // The window goes on. After a restart this is fetched again: the state that is stored is from before it.
            Err(error) => {
                tracing::warn!(%error, "updates were not stored");
                self.owed.add(untold.into_iter().chain(changes.iter().cloned()), peers);
            }
        }
        self.core.tell_changes(changes);
    }
}

/// Waits before something is asked again.
async fn pause(error: &Error) {
    tracing::info!(%error, "updates wait");
    tokio::time::sleep(pause_after(error)).await;
}

/// How long to wait before something is asked again.
fn pause_after(error: &Error) -> Duration {
    match error {
        Error::FloodWait(seconds) => Duration::from_secs((*seconds).into()),
        // The session is ending; this task ends with it.
        Error::SignedOut => BETWEEN_TRIES * 10,
        _ => BETWEEN_TRIES,
    }
}

/// The boxes leave their date as it is.
const NO_DATE: i32 = 0;

/// When these were made.
fn date_of(updates: &mut tl::enums::Updates) -> Option<&mut i32> {
    use tl::enums::Updates as U;
    match updates {
        U::Updates(u) => Some(&mut u.date),
        U::Combined(u) => Some(&mut u.date),
        U::UpdateShort(u) => Some(&mut u.date),
        _ => None,
    }
}

/// Whom the peers of an answer are about.
fn told(users: &[tl::enums::User], chats: &[tl::enums::Chat]) -> impl Iterator<Item = PeerId> {
    let users = users.iter().filter_map(peer::user);
    users.chain(chats.iter().filter_map(peer::chat)).map(|told| told.peer.id)
}

fn to_store(state: &UpdatesState) -> UpdateState {
    UpdateState {
        pts: state.pts,
        qts: state.qts,
        date: state.date,
        seq: state.seq,
        channels: state.channels.iter().map(|channel| (channel.id, channel.pts)).collect(),
    }
}
