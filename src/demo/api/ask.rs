//! One call and what it may touch.

use super::life::Heard;
use super::{Api, View};
use crate::rpc::{Caller, RpcError};
use crate::world::{Notice, Place, Room, State};
use grammers_tl_types::enums::{InputChannel, InputPeer, InputUser, Updates};

/// What a method gives back, before it is bytes.
pub(crate) type Fine<T> = Result<T, RpcError>;

/// A 400 of this name.
pub(crate) fn bad(name: &str) -> RpcError {
    RpcError::new(400, name)
}

/// A call on its way through a method.
pub(crate) struct Ask<'a> {
    pub api: &'a Api,
    pub state: &'a mut State,
    pub caller: &'a Caller,
    /// What others must hear of.
    pub notices: Vec<Notice>,
    /// What also the caller's own device must hear of, after the answer: others did it.
    pub aftermath: Vec<Notice>,
    /// What single devices are told, by their keys.
    pub pushes: Vec<(i64, Updates)>,
    /// What the people of the world may answer.
    pub heard: Vec<Heard>,
}

impl<'a> Ask<'a> {
    /// A call that has done nothing yet.
    pub(crate) fn new(api: &'a Api, state: &'a mut State, caller: &'a Caller) -> Self {
        Self { api, state, caller, notices: Vec::new(), aftermath: Vec::new(), pushes: Vec::new(), heard: Vec::new() }
    }
}

impl Ask<'_> {
    /// The account that this device is signed in to.
    pub(crate) fn me(&self) -> Fine<i64> {
        let device = self.state.devices.get(&self.caller.key_id);
        match device {
            Some(device) if device.user.is_some() => device.user.ok_or_else(unregistered),
            Some(device) if device.owes_password.is_some() => Err(RpcError::new(401, "SESSION_PASSWORD_NEEDED")),
            _ => Err(unregistered()),
        }
    }

    /// Others did this in answer to the call.
    pub(crate) fn answer_notices(&mut self, notices: Vec<Notice>) {
        self.aftermath.extend(notices);
    }

    /// The world as the account sees it.
    pub(crate) fn view(&self) -> Fine<View<'_>> {
        Ok(View::new(self.state, &self.api.world.pictures, self.me()?))
    }

    /// The chat behind an input peer whose access hash is right.
    pub(crate) fn place(&self, peer: &InputPeer) -> Fine<Place> {
        place_of(self.state, self.me()?, peer)
    }

    /// The same, where the account must be in it already.
    pub(crate) fn own_place(&self, peer: &InputPeer) -> Fine<Place> {
        let place = self.place(peer)?;
        if let Place::Channel(_) = place
            && self.state.chat(self.me()?, place).is_none()
        {
            return Err(bad("CHANNEL_PRIVATE"));
        }
        Ok(place)
    }

    /// The person behind an input user.
    pub(crate) fn person(&self, user: &InputUser) -> Fine<i64> {
        let me = self.me()?;
        match user {
            InputUser::UserSelf => Ok(me),
            InputUser::User(user) => {
                checked(self.state, me, Place::User(user.user_id), user.access_hash, "USER_ID_INVALID")?;
                Ok(user.user_id)
            }
            InputUser::FromMessage(user) if self.state.people.contains_key(&user.user_id) => {
                self.place(&user.peer)?;
                Ok(user.user_id)
            }
            _ => Err(bad("USER_ID_INVALID")),
        }
    }

    /// The channel behind an input channel, which must be open to the account.
    pub(crate) fn channel(&self, channel: &InputChannel) -> Fine<i64> {
        let id = self.named_channel(channel)?;
        open(self.state, self.me()?, Place::Channel(id))?;
        Ok(id)
    }

    /// The same, whether it is open or not.
    pub(crate) fn named_channel(&self, channel: &InputChannel) -> Fine<i64> {
        match channel {
            InputChannel::Channel(channel) => {
                let (id, hash) = (channel.channel_id, channel.access_hash);
                checked(self.state, self.me()?, Place::Channel(id), hash, "CHANNEL_INVALID")?;
                Ok(id)
            }
            _ => Err(bad("CHANNEL_INVALID")),
        }
    }
}

pub(crate) fn unregistered() -> RpcError {
    RpcError::new(401, "AUTH_KEY_UNREGISTERED")
}

/// The chat behind an input peer, as this account may name it.
pub(crate) fn place_of(state: &State, me: i64, peer: &InputPeer) -> Fine<Place> {
    match peer {
        InputPeer::PeerSelf => Ok(Place::User(me)),
        InputPeer::User(user) => checked(state, me, Place::User(user.user_id), user.access_hash, "PEER_ID_INVALID"),
        InputPeer::Channel(channel) => {
            let place = checked(state, me, Place::Channel(channel.channel_id), channel.access_hash, "CHANNEL_INVALID")?;
            open(state, me, place)
        }
        InputPeer::Chat(chat) => {
            let place = Place::Group(chat.chat_id);
            state.chat(me, place).map(|_| place).ok_or_else(|| bad("CHAT_ID_INVALID"))
        }
        _ => Err(bad("PEER_ID_INVALID")),
    }
}

/// Channels that are gone, that have no name in public, or from which the account was removed are not for it.
fn open(state: &State, me: i64, place: Place) -> Fine<Place> {
    let Place::Channel(id) = place else { return Ok(place) };
    let room = Room::Channel(id);
    let public = state.channels.get(&id).is_some_and(|channel| channel.username.is_some());
    // The comments of a public channel can be read by everybody.
    let public = public
        || state.discussions.iter().any(|(channel, group)| {
            *group == id && state.channels.get(channel).is_some_and(|channel| channel.username.is_some())
        });
    let gone = state.roster(room).is_some_and(|roster| roster.gone);
    let inside = state.is_member(room, me) || (public && !state.is_kicked(room, me));
    if inside && !gone { Ok(place) } else { Err(bad("CHANNEL_PRIVATE")) }
}

fn checked(state: &State, me: i64, place: Place, hash: i64, otherwise: &str) -> Fine<Place> {
    let known = match place {
        Place::User(id) => state.people.contains_key(&id),
        Place::Group(id) => state.groups.contains_key(&id),
        Place::Channel(id) => state.channels.contains_key(&id),
    };
    // One's own number needs no key.
    let may = place == Place::User(me) || state.access_hash(me, place) == hash;
    if known && may { Ok(place) } else { Err(bad(otherwise)) }
}
