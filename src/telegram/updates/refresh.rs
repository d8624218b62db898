//! Peers of which the server only says that something about them is new.

use super::Feed;
use crate::background::Core;
use grammers_tl_types as tl;
use heliograph_model::PeerId;
use std::sync::Arc;

/// Whom an update asks us to look at again.
pub(super) fn changed(update: &tl::enums::Update) -> Option<PeerId> {
    use tl::enums::Update as U;
    match update {
        U::UserName(u) => Some(PeerId::User(u.user_id)),
        U::User(u) => Some(PeerId::User(u.user_id)),
        U::Chat(u) => Some(PeerId::Group(u.chat_id)),
        U::Channel(u) => Some(PeerId::Channel(u.channel_id)),
        _ => None,
    }
}

/// Asks for these peers beside everything else; what comes back goes into the stream.
pub(super) fn look_again(core: &Arc<Core>, peers: Vec<PeerId>) {
    let (mut users, mut groups, mut channels) = (Vec::new(), Vec::new(), Vec::new());
    for peer in peers {
        match peer {
            PeerId::User(id) => users.extend(core.peers.input_user(id)),
            PeerId::Group(id) => groups.push(id),
            PeerId::Channel(id) => channels.extend(core.peers.input_channel(id)),
        }
    }
    if users.is_empty() && groups.is_empty() && channels.is_empty() {
        return;
    }
    let core = core.clone();
    // Beside the updates, and of no harm if it fails: the next answer that names them tells the same.
    tokio::spawn(async move {
        if !users.is_empty()
            && let Ok(users) = core.invoke(&tl::functions::users::GetUsers { id: users }).await
        {
            core.feed(Feed::Told { users, chats: Vec::new() });
        }
        let mut told = Vec::new();
        if !groups.is_empty() {
            told.extend(core.invoke(&tl::functions::messages::GetChats { id: groups }).await);
        }
        if !channels.is_empty() {
            told.extend(core.invoke(&tl::functions::channels::GetChannels { id: channels }).await);
        }
        for chats in told {
            let chats = match chats {
                tl::enums::messages::Chats::Chats(chats) => chats.chats,
                tl::enums::messages::Chats::Slice(chats) => chats.chats,
            };
            core.feed(Feed::Told { users: Vec::new(), chats });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_without_content_name_whom_to_look_at() {
        let user = tl::types::UpdateUser { user_id: 5 }.into();
        assert_eq!(changed(&user), Some(PeerId::User(5)));
        let channel = tl::types::UpdateChannel { channel_id: 5 }.into();
        assert_eq!(changed(&channel), Some(PeerId::Channel(5)));
        assert_eq!(changed(&tl::enums::Update::PtsChanged), None);
    }
}
