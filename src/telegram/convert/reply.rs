//! What messages answer, where they were forwarded from, and what is said under them.

use super::{media, peer, text};
use grammers_tl_types as tl;
use heliograph_model::{Comments, Forward, PeerId, Reply};

/// What a message answers; `None` where the header says nothing that can be shown.
pub(crate) fn reply(header: &tl::enums::MessageReplyHeader, chat: PeerId, date: i32) -> Option<Box<Reply>> {
    let header = match header {
        tl::enums::MessageReplyHeader::Header(header) => header,
        tl::enums::MessageReplyHeader::MessageReplyStoryHeader(story) => {
            return Some(Box::new(Reply { sender: Some(peer::id(&story.peer)), story: true, ..Reply::default() }));
        }
    };
    // In a forum the topic alone is no answer to anything.
    if header.forum_topic && header.reply_to_top_id.is_none() {
        return None;
    }
    let chat = header.reply_to_peer_id.as_ref().map(peer::id).filter(|other| *other != chat);
    let words = header.quote_text.clone().filter(|words| !words.is_empty());
    let quote = words.map(|words| text::formatted(words, header.quote_entities.as_deref()));
    let from = header.reply_from.as_ref().map(|tl::enums::MessageFwdHeader::Header(from)| from);
    let message = header.reply_to_msg_id;
    let says_something = message.is_some() || chat.is_some() || quote.is_some() || from.is_some();
    says_something.then(|| {
        Box::new(Reply {
            message,
            chat,
            quote,
            sender: from.and_then(|from| from.from_id.as_ref()).map(peer::id),
            name: from.and_then(|from| from.from_name.clone().or_else(|| from.post_author.clone())),
            media: header.reply_media.as_ref().and_then(|m| media::media(m, date)).map(Box::new),
            story: false,
        })
    })
}

/// Where a message was forwarded from.
pub(crate) fn forward(header: &tl::enums::MessageFwdHeader) -> Box<Forward> {
    let tl::enums::MessageFwdHeader::Header(header) = header;
    Box::new(Forward {
        from: header.from_id.as_ref().map(peer::id),
        name: header.from_name.clone(),
        date: header.date.into(),
        post: header.channel_post,
        author: header.post_author.clone(),
        imported: header.imported,
    })
}

/// The conversation under a message; `None` where nothing was said and nothing can be.
pub(crate) fn comments(replies: &tl::enums::MessageReplies) -> Option<Box<Comments>> {
    let tl::enums::MessageReplies::Replies(replies) = replies;
    let count = u32::try_from(replies.replies).unwrap_or_default();
    (replies.comments || count > 0).then(|| {
        Box::new(Comments {
            count,
            group: replies.channel_id.filter(|_| replies.comments).map(PeerId::Channel),
            recent: replies.recent_repliers.iter().flatten().map(peer::id).collect(),
            // Who has never opened it has no mark there.
            unread: replies.read_max_id.zip(replies.max_id).is_some_and(|(read, newest)| read < newest),
        })
    })
}
