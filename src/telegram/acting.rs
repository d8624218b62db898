//! What can be done with a message that stands in a chat.

use crate::Error;
use crate::background::Core;
use crate::convert::poll;
use crate::marks::removed;
use crate::updates::Feed;
use grammers_tl_types as tl;
use heliograph_model::{ButtonAnswer, PeerId, Poll};
use std::sync::Arc;

/// The server takes no more at once.
const MOST: usize = 100;

/// Votes in a poll; without options, takes the vote back. The poll as it is then, if the server says it.
pub(crate) async fn vote(core: &Core, chat: PeerId, id: i32, options: &[Arc<[u8]>]) -> Result<Option<Poll>, Error> {
    let options = options.iter().map(|option| option.to_vec()).collect();
    let request = tl::functions::messages::SendVote { peer: core.input_peer(chat)?, msg_id: id, options };
    let updates = core.invoke(&request).await?;
    let voted = updated(&updates).iter().find_map(|update| match update {
        tl::enums::Update::MessagePoll(update) => Some(poll::poll(update.poll.as_ref()?, &update.results)),
        _ => None,
    });
    core.feed(Feed::Updates(Box::new(updates)));
    Ok(voted)
}

fn updated(updates: &tl::enums::Updates) -> &[tl::enums::Update] {
    match updates {
        tl::enums::Updates::Updates(all) => &all.updates,
        tl::enums::Updates::Combined(all) => &all.updates,
        tl::enums::Updates::UpdateShort(one) => std::slice::from_ref(&one.update),
        _ => &[],
    }
}

/// Presses a button under a message: with its data, or without for the button of a game.
pub(crate) async fn press(core: &Core, chat: PeerId, id: i32, data: Option<Arc<[u8]>>) -> Result<ButtonAnswer, Error> {
    let request = tl::functions::messages::GetBotCallbackAnswer {
        game: data.is_none(),
        peer: core.input_peer(chat)?,
        msg_id: id,
        data: data.map(|data| data.to_vec()),
        password: None,
    };
    let answer = match core.invoke(&request).await {
        Ok(tl::enums::messages::BotCallbackAnswer::Answer(answer)) => answer,
        Err(Error::Rpc { name, .. }) if name == "BOT_RESPONSE_TIMEOUT" => return Err(Error::TimedOut),
        Err(error) => return Err(error),
    };
    let message = answer.message.filter(|words| !words.is_empty());
    Ok(ButtonAnswer { message, alert: answer.alert, url: answer.url.filter(|url| !url.is_empty()) })
}

/// Keeps a message at the top of the chat, or not any more. `silent`: nobody is notified.
pub(crate) async fn pin(core: &Core, chat: PeerId, id: i32, pinned: bool, silent: bool) -> Result<(), Error> {
    let request = tl::functions::messages::UpdatePinnedMessage {
        silent,
        unpin: !pinned,
        pm_oneside: false,
        peer: core.input_peer(chat)?,
        id,
    };
    let updates = core.invoke(&request).await?;
    core.feed(Feed::Updates(Box::new(updates)));
    Ok(())
}

/// Removes messages; in channels and supergroups always for everyone.
pub(crate) async fn delete(core: &Core, chat: PeerId, ids: &[i32], for_everyone: bool) -> Result<(), Error> {
    for ids in ids.chunks(MOST) {
        let id = ids.to_vec();
        let tl::enums::messages::AffectedMessages::Messages(affected) = if let PeerId::Channel(channel) = chat {
            let channel = core.peers.input_channel(channel).ok_or(Error::UnknownPeer)?;
            core.invoke(&tl::functions::channels::DeleteMessages { channel, id }).await?
        } else {
            core.invoke(&tl::functions::messages::DeleteMessages { revoke: for_everyone, id }).await?
        };
        removed(core, chat, ids.to_vec(), affected.pts, affected.pts_count);
    }
    Ok(())
}

/// The address of a message; `None` outside channels and supergroups, where there is none.
pub(crate) async fn message_link(core: &Core, chat: PeerId, id: i32) -> Result<Option<String>, Error> {
    let PeerId::Channel(channel) = chat else { return Ok(None) };
    let channel = core.peers.input_channel(channel).ok_or(Error::UnknownPeer)?;
    let request = tl::functions::channels::ExportMessageLink { grouped: false, thread: false, channel, id };
    let tl::enums::ExportedMessageLink::Link(link) = core.invoke(&request).await?;
    Ok(Some(link.link))
}
