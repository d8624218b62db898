use super::*;
use crate::world::Chance;
use std::collections::BTreeMap;

/// What a client knows: texts and read marks by chat, built from updates alone.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    mailbox: BTreeMap<i32, String>,
    channels: BTreeMap<(i64, i32), String>,
    read_in: BTreeMap<String, i32>,
    read_out: BTreeMap<String, i32>,
}

impl Known {
    fn learn(&mut self, message: &enums::Message) {
        let peer = match message {
            enums::Message::Message(message) => &message.peer_id,
            enums::Message::Service(message) => &message.peer_id,
            enums::Message::Empty(_) => return,
        };
        match peer {
            enums::Peer::Channel(peer) => self.channels.insert((peer.channel_id, message.id()), text_of(message)),
            _ => self.mailbox.insert(message.id(), text_of(message)),
        };
    }

    fn take(&mut self, update: &enums::Update) {
        match update {
            enums::Update::NewMessage(update) => self.learn(&update.message),
            enums::Update::EditMessage(update) => self.learn(&update.message),
            enums::Update::NewChannelMessage(update) => self.learn(&update.message),
            enums::Update::EditChannelMessage(update) => self.learn(&update.message),
            enums::Update::DeleteMessages(update) => self.mailbox.retain(|id, _| !update.messages.contains(id)),
            enums::Update::DeleteChannelMessages(update) => {
                self.channels.retain(|(channel, id), _| *channel != update.channel_id || !update.messages.contains(id));
            }
            enums::Update::ReadHistoryInbox(update) => {
                self.read_in.insert(format!("{:?}", update.peer), update.max_id);
            }
            enums::Update::ReadHistoryOutbox(update) => {
                self.read_out.insert(format!("{:?}", update.peer), update.max_id);
            }
            _ => {}
        }
    }
}

/// The numbering of an update: of the mailbox (0) or of a channel.
fn numbering(update: &enums::Update) -> Option<(i64, i32, i32)> {
    let channel = |message: &enums::Message| match message {
        enums::Message::Message(types::Message { peer_id: enums::Peer::Channel(peer), .. })
        | enums::Message::Service(types::MessageService { peer_id: enums::Peer::Channel(peer), .. }) => peer.channel_id,
        _ => 0,
    };
    Some(match update {
        enums::Update::NewMessage(u) => (0, u.pts, u.pts_count),
        enums::Update::EditMessage(u) => (0, u.pts, u.pts_count),
        enums::Update::DeleteMessages(u) => (0, u.pts, u.pts_count),
        enums::Update::ReadHistoryInbox(u) => (0, u.pts, u.pts_count),
        enums::Update::ReadHistoryOutbox(u) => (0, u.pts, u.pts_count),
        enums::Update::NewChannelMessage(u) => (channel(&u.message), u.pts, u.pts_count),
        enums::Update::EditChannelMessage(u) => (channel(&u.message), u.pts, u.pts_count),
        enums::Update::DeleteChannelMessages(u) => (u.channel_id, u.pts, u.pts_count),
        _ => return None,
    })
}

/// Two people do all kinds of things to each other for a while.
fn bustle(stage: &Stage, people: [(i64, i64, &str); 2], rounds: usize, seed: u64) {
    let mut chance = Chance::new(seed, "bustle");
    for round in 0..rounds {
        let (key, me, private) = people[chance.below(2)];
        let title = if chance.percent(60) { private } else { "Lighthouse Keepers" };
        let (peer, place) = (stage.peer(me, title), stage.place(me, title));
        let own: Vec<i32> = {
            let state = stage.api.world.lock();
            let ids = state.ids_in(me, place);
            let recent = ids.iter().rev().take(20);
            recent.copied().filter(|id| state.letter_at(me, place, *id).unwrap().1.is_by(me)).collect()
        };
        let random_id = (seed << 32 | round as u64) as i64 + 1;
        match (chance.below(10), own.get(chance.below(own.len()))) {
            (0 | 1, Some(id)) => {
                // The same words twice, or what cannot be changed, are refused, which is as good.
                let _ = stage.call(key, &edit(peer, *id, &format!("changed in {round}")));
            }
            (2, Some(id)) => {
                if matches!(place, Place::Channel(_)) {
                    let channel = stage.channel(me, title);
                    stage.call(key, &functions::channels::DeleteMessages { channel, id: vec![*id] }).unwrap();
                } else {
                    let revoke = chance.percent(70);
                    stage.call(key, &functions::messages::DeleteMessages { revoke, id: vec![*id] }).unwrap();
                }
            }
            (3 | 4, _) => {
                if matches!(place, Place::Channel(_)) {
                    let channel = stage.channel(me, title);
                    stage.call(key, &functions::channels::ReadHistory { channel, max_id: 0 }).unwrap();
                } else {
                    stage.call(key, &functions::messages::ReadHistory { peer, max_id: 0 }).unwrap();
                }
            }
            _ => {
                stage.call(key, &message(peer, &format!("round {round}"), random_id)).unwrap();
            }
        }
    }
}

fn difference(pts: i32, date: i32) -> functions::updates::GetDifference {
    functions::updates::GetDifference { pts, pts_limit: None, pts_total_limit: None, date, qts: 0, qts_limit: None }
}

fn state(stage: &Stage, key: i64) -> types::updates::State {
    let enums::updates::State::State(state) = stage.call(key, &functions::updates::GetState {}).unwrap();
    state
}

/// Asks for the difference until there is none, and learns from it.
fn catch_up(stage: &Stage, key: i64, me: i64, from: types::updates::State, channel_pts: i32, known: &mut Known) {
    let (mut pts, date) = (from.pts, from.date);
    let mut too_long = Vec::new();
    loop {
        let (new, other, state) = match stage.call(key, &difference(pts, date)).unwrap() {
            enums::updates::Difference::Empty(_) => break,
            enums::updates::Difference::Difference(d) => (d.new_messages, d.other_updates, d.state),
            enums::updates::Difference::Slice(d) => (d.new_messages, d.other_updates, d.intermediate_state),
            enums::updates::Difference::TooLong(_) => panic!("not too long"),
        };
        new.iter().for_each(|message| known.learn(message));
        for update in &other {
            known.take(update);
            if let enums::Update::ChannelTooLong(update) = update {
                too_long.push(update.channel_id);
            }
        }
        let enums::updates::State::State(state) = state;
        if state.pts == pts {
            break;
        }
        pts = state.pts;
    }
    let keepers = stage.place(me, "Lighthouse Keepers");
    assert!(too_long.iter().all(|id| Place::Channel(*id) == keepers), "only what changed is named");
    assert!(!too_long.is_empty());
    let mut pts = channel_pts;
    loop {
        let request = functions::updates::GetChannelDifference {
            force: false,
            channel: stage.channel(me, "Lighthouse Keepers"),
            filter: enums::ChannelMessagesFilter::Empty,
            pts,
            limit: 10,
        };
        match stage.call(key, &request).unwrap() {
            enums::updates::ChannelDifference::Difference(d) => {
                d.new_messages.iter().for_each(|message| known.learn(message));
                d.other_updates.iter().for_each(|update| known.take(update));
                pts = d.pts;
                if d.r#final {
                    break;
                }
            }
            enums::updates::ChannelDifference::Empty(_) => break,
            enums::updates::ChannelDifference::TooLong(_) => panic!("not too long"),
        }
    }
}

#[test]
fn who_was_away_learns_what_the_others_heard() {
    for seed in 1..4 {
        let stage = Stage::lifelike();
        let robin = stage.sign_in(1, 0);
        let mara = stage.sign_in(2, 1);
        // Two more devices of the first: one listens, one is away.
        stage.sign_in(11, 0);
        stage.sign_in(12, 0);
        let from = state(&stage, 12);
        let Place::Channel(keepers) = stage.place(robin, "Lighthouse Keepers") else { panic!("a channel") };
        let channel_pts = stage.api.world.lock().channels[&keepers].journal.pts();
        bustle(&stage, [(1, robin, "Mara Lindqvist"), (2, mara, "Robin Vale")], 120, seed);

        let heard = stage.heard(11);
        let mut pts = BTreeMap::from([(0, from.pts), (keepers, channel_pts)]);
        let mut listened = Known::default();
        for update in &heard {
            if let Some((owner, after, count)) = numbering(update) {
                assert_eq!(pts[&owner] + count, after, "{update:?}");
                pts.insert(owner, after);
            }
            listened.take(update);
        }
        assert_eq!(pts[&0], state(&stage, 11).pts);

        let mut caught_up = Known::default();
        catch_up(&stage, 12, robin, from, channel_pts, &mut caught_up);
        // What was written and deleted meanwhile may be absent in one and was forgotten in the other; edits of
        // messages from before are in both.
        assert_eq!(caught_up, listened);
    }
}

#[test]
fn the_device_that_acts_and_its_answers_have_no_gaps_either() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    stage.sign_in(2, 1);
    let mut pts = state(&stage, 1).pts;
    let peer = stage.peer(me, "Mara Lindqvist");
    for number in 0..10 {
        let answer = updates_in(stage.call(1, &message(peer.clone(), &format!("{number}"), number + 1)).unwrap());
        for update in answer.iter().filter_map(numbering) {
            assert_eq!(update, (0, pts + 1, 1));
            pts += 1;
        }
    }
    assert_eq!(state(&stage, 1).pts, pts);
}

#[test]
fn nothing_new_is_said_so_and_too_old_too() {
    let stage = Stage::lifelike();
    stage.sign_in(1, 0);
    let now = state(&stage, 1);
    let answer = stage.call(1, &difference(now.pts, now.date)).unwrap();
    assert!(matches!(answer, enums::updates::Difference::Empty(_)));
    for pts in [0, 1, now.pts - 1, now.pts + 1, i32::MAX, i32::MIN] {
        let answer = stage.call(1, &difference(pts, now.date)).unwrap();
        assert!(matches!(answer, enums::updates::Difference::TooLong(d) if d.pts == now.pts), "{pts}");
    }
}

#[test]
fn a_channel_that_is_far_behind_is_loaded_afresh() {
    let stage = Stage::lifelike();
    let me = stage.sign_in(1, 0);
    let request = functions::updates::GetChannelDifference {
        force: false,
        channel: stage.channel(me, "Lighthouse Keepers"),
        filter: enums::ChannelMessagesFilter::Empty,
        pts: 1,
        limit: 100,
    };
    let enums::updates::ChannelDifference::TooLong(answer) = stage.call(1, &request).unwrap() else {
        panic!("too long")
    };
    assert!(answer.r#final && answer.messages.len() == 20);
    for message in &answer.messages {
        message_named(message, &answer.users, &answer.chats);
    }
}
