//! What people feel about messages (core.telegram.org/api/reactions).

use super::peer;
use grammers_tl_types as tl;
use heliograph_model::{Reaction, ReactionKind};

/// All reactions to a message, and whether the server left out which are ours.
pub(crate) fn reactions(all: &tl::enums::MessageReactions) -> (Vec<Reaction>, bool) {
    let tl::enums::MessageReactions::Reactions(all) = all;
    let recent = |wanted: &ReactionKind| {
        let recent = all.recent_reactions.iter().flatten();
        let recent = recent.map(|tl::enums::MessagePeerReaction::Reaction(one)| one);
        let of_it = recent.filter(|one| kind(&one.reaction).as_ref() == Some(wanted)).map(|one| peer::id(&one.peer_id));
        of_it.collect()
    };
    let reactions = all.results.iter().filter_map(|tl::enums::ReactionCount::Count(one)| {
        let kind = kind(&one.reaction)?;
        let count = u32::try_from(one.count).ok().filter(|count| *count > 0)?;
        Some(Reaction { chosen: one.chosen_order.is_some(), count, recent: recent(&kind), kind })
    });
    (reactions.collect(), all.min)
}

fn kind(reaction: &tl::enums::Reaction) -> Option<ReactionKind> {
    match reaction {
        tl::enums::Reaction::Empty => None,
        tl::enums::Reaction::Emoji(emoji) => Some(ReactionKind::Emoji(emoji.emoticon.clone())),
        tl::enums::Reaction::CustomEmoji(emoji) => Some(ReactionKind::Custom(emoji.document_id)),
        tl::enums::Reaction::Paid => Some(ReactionKind::Paid),
    }
}

/// A reaction to send. The paid one has a method of its own.
pub(crate) fn to_send(kind: &ReactionKind) -> Option<tl::enums::Reaction> {
    match kind {
        ReactionKind::Emoji(emoticon) => Some(tl::types::ReactionEmoji { emoticon: emoticon.clone() }.into()),
        ReactionKind::Custom(document_id) => Some(tl::types::ReactionCustomEmoji { document_id: *document_id }.into()),
        ReactionKind::Paid => None,
    }
}
