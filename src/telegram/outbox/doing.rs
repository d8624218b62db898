//! What is done to messages that the server has.

use crate::background::Core;
use crate::convert::text;
use crate::updates::Feed;
use crate::{Error, acting, history, marks};
use grammers_tl_types as tl;
use heliograph_model::{Change, Message, MessageId, PeerId};
use heliograph_store::Task;

/// The message that is to be sent, if it is that.
pub(super) fn message(task: &Task) -> Option<&Message> {
    match task {
        Task::Send { message, .. } => Some(message),
        _ => None,
    }
}

/// How it looks when it is done. Reactions are shown by those who know the whole message.
pub(super) fn changes(chat: PeerId, task: &Task) -> Vec<Change> {
    let change = match task {
        Task::Send { .. } | Task::React { .. } => return Vec::new(),
        Task::Edit(message) => Change::Edited((**message).clone()),
        Task::Delete { messages, .. } => {
            let channel = matches!(chat, PeerId::Channel(_)).then_some(chat);
            Change::Deleted { chat: channel, messages: messages.clone() }
        }
        Task::Read(up_to) => Change::ReadInbox { chat, up_to: *up_to, unread: None },
        Task::Pin { message, pinned } => Change::Pinned { chat, messages: vec![*message], pinned: *pinned },
    };
    vec![change]
}

/// Does it. What was so already is done as well.
pub(super) async fn perform(core: &Core, chat: PeerId, task: &Task) -> Result<(), Error> {
    match task {
        // Goes its own way.
        Task::Send { .. } => Ok(()),
        Task::Edit(message) => edit(core, chat, message).await,
        Task::Delete { messages, for_everyone } => acting::delete(core, chat, messages, *for_everyone).await,
        Task::React { message, reactions } => marks::react(core, chat, *message, reactions).await,
        Task::Read(up_to) => history::mark_read(core, chat, *up_to).await,
        Task::Pin { message, pinned } => acting::pin(core, chat, *message, *pinned, true).await,
    }
}

/// Gives a message of ours other words.
async fn edit(core: &Core, chat: PeerId, message: &Message) -> Result<(), Error> {
    let MessageId::Server(id) = message.id else { return Ok(()) };
    let words = &message.text;
    let request = tl::functions::messages::EditMessage {
        no_webpage: false,
        invert_media: message.preview.as_ref().is_some_and(|preview| preview.above),
        peer: core.input_peer(chat)?,
        id,
        message: Some(words.text.clone()),
        media: None,
        reply_markup: None,
        entities: text::to_send(words, |id| core.peers.input_user(id)),
        schedule_date: None,
        schedule_repeat_period: None,
        quick_reply_shortcut_id: None,
        rich_message: None,
    };
    match core.invoke(&request).await {
        Ok(updates) => core.feed(Feed::Updates(Box::new(updates))),
        Err(Error::Rpc { name, .. }) if name == "MESSAGE_NOT_MODIFIED" => {}
        Err(error) => return Err(error),
    }
    Ok(())
}
