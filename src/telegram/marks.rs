//! What waits for us in a chat: words that name us, reactions to ours, what is pinned, and how often posts were seen.

use crate::Error;
use crate::background::Core;
use crate::convert::reaction;
use crate::history::of_chat;
use crate::stored;
use crate::updates::Feed;
use grammers_tl_types as tl;
use heliograph_model::{Messages, PeerId, ReactionKind};

/// The server gives no more at once.
const MOST: u32 = 100;

/// Pinned messages, the newest first.
pub(crate) async fn pinned(core: &Core, chat: PeerId, limit: u32) -> Result<Messages, Error> {
    let request = tl::functions::messages::Search {
        peer: core.input_peer(chat)?,
        q: String::new(),
        from_id: None,
        saved_peer_id: None,
        saved_reaction: None,
        top_msg_id: None,
        filter: tl::enums::MessagesFilter::InputMessagesFilterPinned,
        min_date: 0,
        max_date: 0,
        offset_id: 0,
        add_offset: 0,
        limit: whole(limit),
        max_id: 0,
        min_id: 0,
        hash: 0,
    };
    let (asked, again) = (core.store.mark(), core.store.mark());
    let mut found = of_chat(core, core.invoke(&request).await?, chat, asked);
    found.messages.sort_by_key(|message| std::cmp::Reverse(message.id));
    stored::keep_pinned(core, chat, &found.messages, again);
    Ok(found)
}

/// Messages that name us and that we have not seen, the oldest first.
pub(crate) async fn mentions(core: &Core, chat: PeerId, limit: u32) -> Result<Messages, Error> {
    let limit = whole(limit);
    let request = tl::functions::messages::GetUnreadMentions {
        peer: core.input_peer(chat)?,
        top_msg_id: None,
        // From the oldest on: that many newer than the first that there can be.
        offset_id: 1,
        add_offset: -limit,
        limit,
        max_id: 0,
        min_id: 0,
    };
    let asked = core.store.mark();
    Ok(oldest_first(of_chat(core, core.invoke(&request).await?, chat, asked)))
}

/// Messages of ours with reactions that we have not seen, the oldest first.
pub(crate) async fn reactions(core: &Core, chat: PeerId, limit: u32) -> Result<Messages, Error> {
    let limit = whole(limit);
    let request = tl::functions::messages::GetUnreadReactions {
        peer: core.input_peer(chat)?,
        top_msg_id: None,
        saved_peer_id: None,
        offset_id: 1,
        add_offset: -limit,
        limit,
        max_id: 0,
        min_id: 0,
    };
    let asked = core.store.mark();
    Ok(oldest_first(of_chat(core, core.invoke(&request).await?, chat, asked)))
}

fn oldest_first(mut found: Messages) -> Messages {
    found.messages.sort_by_key(|message| message.id);
    found
}

fn whole(limit: u32) -> i32 {
    i32::try_from(limit.clamp(1, MOST)).unwrap_or(100)
}

/// Everything that names us in the chat counts as seen.
pub(crate) async fn read_mentions(core: &Core, chat: PeerId) -> Result<(), Error> {
    let request = tl::functions::messages::ReadMentions { peer: core.input_peer(chat)?, top_msg_id: None };
    while affects_more(core, chat, core.invoke(&request).await?) {}
    Ok(())
}

/// All reactions in the chat count as seen.
pub(crate) async fn read_reactions(core: &Core, chat: PeerId) -> Result<(), Error> {
    let peer = core.input_peer(chat)?;
    let request = tl::functions::messages::ReadReactions { peer, top_msg_id: None, saved_peer_id: None };
    while affects_more(core, chat, core.invoke(&request).await?) {}
    Ok(())
}

/// Passes on how far the state has moved. Whether the request is to be made again for what remains.
fn affects_more(core: &Core, chat: PeerId, affected: tl::enums::messages::AffectedHistory) -> bool {
    let tl::enums::messages::AffectedHistory::History(affected) = affected;
    removed(core, chat, Vec::new(), affected.pts, affected.pts_count);
    affected.offset > 0
}

/// Tells the update machinery what a request of ours has removed, and how far that moved the state on: no update tells
/// it of that.
pub(crate) fn removed(core: &Core, chat: PeerId, messages: Vec<i32>, pts: i32, pts_count: i32) {
    let update = match chat {
        PeerId::Channel(channel_id) => {
            tl::types::UpdateDeleteChannelMessages { channel_id, messages, pts, pts_count }.into()
        }
        _ => tl::types::UpdateDeleteMessages { messages, pts, pts_count }.into(),
    };
    update_of_ours(core, update);
}

/// Lets what we did ourselves take the way of all updates.
fn update_of_ours(core: &Core, update: tl::enums::Update) {
    core.feed(Feed::Updates(Box::new(tl::types::UpdateShort { update, date: 0 }.into())));
}

/// These were listened to, or what names us in them was seen.
pub(crate) async fn read_contents(core: &Core, chat: PeerId, ids: &[i32]) -> Result<(), Error> {
    for ids in ids.chunks(MOST as usize) {
        let messages = ids.to_vec();
        if let PeerId::Channel(channel_id) = chat {
            let channel = core.peers.input_channel(channel_id).ok_or(Error::UnknownPeer)?;
            core.invoke(&tl::functions::channels::ReadMessageContents { channel, id: messages.clone() }).await?;
            let (top_msg_id, saved_peer_id) = (None, None);
            let read = tl::types::UpdateChannelReadMessagesContents { channel_id, top_msg_id, saved_peer_id, messages };
            update_of_ours(core, read.into());
        } else {
            let request = tl::functions::messages::ReadMessageContents { id: messages.clone() };
            let tl::enums::messages::AffectedMessages::Messages(affected) = core.invoke(&request).await?;
            let (pts, pts_count) = (affected.pts, affected.pts_count);
            let read = tl::types::UpdateReadMessagesContents { messages, pts, pts_count, date: None };
            update_of_ours(core, read.into());
        }
    }
    Ok(())
}

/// We see these posts; how often each was seen and passed on.
pub(crate) async fn count_views(core: &Core, chat: PeerId, ids: &[i32]) -> Result<Vec<(i32, u32, u32)>, Error> {
    let mut counted = Vec::new();
    for ids in ids.chunks(MOST as usize) {
        let request = tl::functions::messages::GetMessagesViews {
            peer: core.input_peer(chat)?,
            id: ids.to_vec(),
            increment: true,
        };
        let tl::enums::messages::MessageViews::Views(answer) = core.invoke(&request).await?;
        let _ = core.learn(&answer.users, &answer.chats);
        let count = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
        counted.extend(ids.iter().zip(&answer.views).filter_map(|(id, tl::enums::MessageViews::Views(seen))| {
            Some((*id, count(seen.views)?, count(seen.forwards).unwrap_or_default()))
        }));
    }
    Ok(counted)
}

/// How others have reacted to these by now. Nothing orders reactions: what was told of them while we were away is told by
/// no difference, only to whoever asks (core.telegram.org/api/reactions).
pub(crate) async fn refresh_reactions(core: &Core, chat: PeerId, ids: &[i32]) -> Result<(), Error> {
    for ids in ids.chunks(MOST as usize) {
        let request = tl::functions::messages::GetMessagesReactions { peer: core.input_peer(chat)?, id: ids.to_vec() };
        let updates = core.invoke(&request).await?;
        core.feed(Feed::Updates(Box::new(updates)));
    }
    Ok(())
}

/// These are our reactions from now on.
pub(crate) async fn react(core: &Core, chat: PeerId, id: i32, kinds: &[ReactionKind]) -> Result<(), Error> {
    let request = tl::functions::messages::SendReaction {
        big: false,
        add_to_recent: !kinds.is_empty(),
        peer: core.input_peer(chat)?,
        msg_id: id,
        reaction: Some(kinds.iter().filter_map(reaction::to_send).collect()),
    };
    match core.invoke(&request).await {
        Ok(updates) => core.feed(Feed::Updates(Box::new(updates))),
        // They were ours already.
        Err(Error::Rpc { name, .. }) if name == "MESSAGE_NOT_MODIFIED" => {}
        Err(error) => return Err(error),
    }
    Ok(())
}
