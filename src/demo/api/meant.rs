//! A peer where a user or a channel is wanted.
//!
//! Kurigram (and Pyrogram before it) says `inputPeerChannel` where a method wants an `InputChannel`, and `inputPeerUser` for an
//! `InputUser`: the fields are the same, and Telegram takes it. So do we, when a call cannot be read as it stands.

use grammers_tl_types::{Deserializable, Identifiable, types};

/// What is said and what may be meant by it.
const PEERS: [(u32, u32); 3] = [
    (types::InputPeerChannel::CONSTRUCTOR_ID, types::InputChannel::CONSTRUCTOR_ID),
    (types::InputPeerUser::CONSTRUCTOR_ID, types::InputUser::CONSTRUCTOR_ID),
    (types::InputPeerSelf::CONSTRUCTOR_ID, types::InputUserSelf::CONSTRUCTOR_ID),
];
/// More places than this are not tried: every one doubles the work.
const MOST: usize = 4;
/// Calls that name peers are short.
const LONGEST: usize = 4096;

/// The call, with as few peers as possible taken for users and channels; `None` when it cannot be read in any way.
pub(crate) fn read<R: Deserializable>(arguments: &[u8]) -> Option<R> {
    if arguments.len() > LONGEST {
        return None;
    }
    let places: Vec<(usize, u32)> = arguments
        .as_chunks::<4>()
        .0
        .iter()
        .enumerate()
        .filter_map(|(at, word)| {
            let word = u32::from_le_bytes(*word);
            PEERS.iter().find(|(said, _)| *said == word).map(|(_, meant)| (at * 4, *meant))
        })
        .take(MOST)
        .collect();
    let mut ways: Vec<u32> = (1..1 << places.len()).collect();
    ways.sort_by_key(|way: &u32| way.count_ones());
    ways.into_iter().find_map(|way| {
        let mut call = arguments.to_vec();
        for (number, (at, meant)) in places.iter().enumerate() {
            if way & 1 << number != 0 {
                call.get_mut(*at..*at + 4)?.copy_from_slice(&meant.to_le_bytes());
            }
        }
        R::from_bytes(&call).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammers_tl_types::{Serializable, enums, functions};

    /// The arguments alone.
    fn arguments(call: &[u8]) -> &[u8] {
        &call[4..]
    }

    #[test]
    fn a_channel_said_as_a_peer_is_understood_and_a_wanted_peer_stays_one() {
        let peer = enums::InputPeer::User(types::InputPeerUser { user_id: 7, access_hash: 8 });
        let channel = enums::InputChannel::Channel(types::InputChannel { channel_id: 5, access_hash: 6 });
        let meant = functions::channels::GetParticipant { channel, participant: peer.clone() };
        let mut said = enums::InputPeer::Channel(types::InputPeerChannel { channel_id: 5, access_hash: 6 }).to_bytes();
        said.extend(peer.to_bytes());
        assert!(functions::channels::GetParticipant::from_bytes(&said).is_err());
        assert_eq!(read::<functions::channels::GetParticipant>(&said), Some(meant));
    }

    #[test]
    fn oneself_is_understood() {
        let said = enums::InputPeer::PeerSelf.to_bytes();
        let meant = functions::users::GetFullUser { id: enums::InputUser::UserSelf };
        assert_eq!(read::<functions::users::GetFullUser>(&said), Some(meant));
    }

    #[test]
    fn nonsense_stays_nonsense() {
        let said = enums::InputPeer::Empty.to_bytes();
        assert_eq!(read::<functions::users::GetFullUser>(&said), None);
        let call = functions::users::GetFullUser { id: enums::InputUser::UserSelf }.to_bytes();
        assert_eq!(read::<functions::channels::GetParticipant>(arguments(&call)), None);
        assert_eq!(read::<functions::users::GetFullUser>(&[0; 8192]), None);
    }
}
