//! Letters as messages.

use super::View;
use crate::world::{Author, Body, Deed, Draft, Forwarded, Letter, LetterId, Place, Reaction, Room, Sign};
use grammers_tl_types::{enums, types};

/// How many of those who put signs to a message come along with it.
const RECENT_REACTIONS: usize = 3;

impl View<'_> {
    pub(super) fn letter(
        &mut self,
        place: Place,
        id: i32,
        number: Option<LetterId>,
        letter: &Letter,
    ) -> enums::Message {
        let peer_id = self.name(place);
        let out = letter.is_by(self.me);
        let from_id = match letter.author {
            Author::Channel => None,
            Author::Post(channel) => Some(self.name(Place::Channel(channel))),
            // In a private chat the other side is the chat itself.
            Author::Person(person) if matches!(place, Place::User(other) if other == person && person != self.me) => {
                self.name(Place::User(person));
                None
            }
            Author::Person(person) => Some(self.name(Place::User(person))),
        };
        let post = letter.author == Author::Channel;
        let reply_to = self.reply_header(letter);
        let saved_peer_id = (place == Place::User(self.me)).then(|| {
            let from = saved_from(letter, self.me);
            self.name(from)
        });
        let mentioned = self.state.is_mentioned(self.me, place, id);
        let media_unread = letter.unheard || letter.mentions_unread.contains(&self.me);
        let reactions = self.reactions(place, letter);
        if let Body::Service(deed) = &letter.body {
            let action = self.deed(deed);
            return types::MessageService {
                out,
                mentioned,
                media_unread,
                reactions_are_possible: true,
                silent: letter.details.silent,
                post,
                legacy: false,
                id,
                from_id,
                peer_id,
                saved_peer_id,
                reply_to,
                date: letter.date,
                action,
                reactions,
                ttl_period: None,
            }
            .into();
        }
        for entity in &letter.entities {
            if let enums::MessageEntity::MentionName(mention) = entity {
                self.name(Place::User(mention.user_id));
            }
        }
        let details = &letter.details;
        let fwd_from = details.forwarded.as_ref().map(|forwarded| self.forward_header(forwarded));
        let replies = number.and_then(|number| self.replies(place, number));
        let noforwards = details.noforwards || self.state.rules_of(letter.room).is_some_and(|rules| rules.noforwards);
        types::Message {
            out,
            mentioned,
            media_unread,
            silent: details.silent,
            post,
            from_scheduled: details.from_scheduled,
            legacy: false,
            edit_hide: false,
            pinned: letter.is_pinned_for(self.me),
            noforwards,
            invert_media: details.invert_media,
            offline: false,
            video_processing_pending: false,
            paid_suggested_post_stars: false,
            paid_suggested_post_ton: false,
            id,
            from_id,
            from_boosts_applied: None,
            from_rank: None,
            peer_id,
            saved_peer_id,
            fwd_from,
            via_bot_id: details.via.inspect(|bot| {
                self.named.insert(Place::User(*bot));
            }),
            via_business_bot_id: None,
            guestchat_via_from: None,
            reply_to,
            date: letter.date,
            message: letter.text.clone(),
            media: self.media(&letter.body, details),
            reply_markup: details.markup.clone(),
            entities: (!letter.entities.is_empty()).then(|| letter.entities.clone()),
            views: post.then_some(letter.views),
            forwards: post.then_some(letter.forwards + letter.views / 90),
            replies,
            edit_date: letter.edited,
            post_author: details.signed.clone(),
            grouped_id: details.grouped,
            reactions,
            restriction_reason: None,
            ttl_period: letter.ttl,
            quick_reply_shortcut_id: None,
            effect: None,
            factcheck: None,
            report_delivery_until_date: None,
            paid_message_stars: None,
            suggested_post: None,
            schedule_repeat_period: None,
            summary_from_language: None,
            rich_message: None,
        }
        .into()
    }

    /// A message that waits in the box of scheduled ones.
    pub(crate) fn scheduled(&mut self, id: i32) -> Option<enums::Message> {
        let state = self.state;
        let waiting = state.accounts.get(&self.me)?.scheduled.get(&id)?;
        let room = Room::of(self.me, waiting.place);
        let author = match room {
            Room::Channel(id) if state.channels.get(&id).is_some_and(|channel| channel.broadcast) => Author::Channel,
            _ => Author::Person(self.me),
        };
        let letter = unsent(room, author, waiting.date, &waiting.draft);
        Some(self.letter(waiting.place, id, None, &letter))
    }

    fn reply_header(&mut self, letter: &Letter) -> Option<enums::MessageReplyHeader> {
        if let Some(header) = &letter.details.answers {
            let from = header.reply_from.as_ref().map(|enums::MessageFwdHeader::Header(from)| from);
            let from = from.and_then(|from| from.from_id.as_ref());
            for peer in [header.reply_to_peer_id.as_ref(), from].into_iter().flatten() {
                self.named.insert(Place::of(peer));
            }
            return Some((**header).clone().into());
        }
        let answered = self.state.letters.get(letter.reply_to?)?;
        let id = answered.id_for(self.me)?;
        let elsewhere = (answered.room != letter.room).then(|| {
            let place = answered.room.seen_by(self.me);
            self.name(place)
        });
        let top = letter.details.top.filter(|top| letter.reply_to != Some(*top));
        let top = top.and_then(|top| self.state.letters.get(top)).and_then(|top| top.id_for(self.me));
        let quote = letter.details.quote.as_ref();
        Some(
            types::MessageReplyHeader {
                reply_to_scheduled: false,
                forum_topic: false,
                quote: quote.is_some(),
                reply_to_ephemeral: false,
                reply_to_msg_id: Some(id),
                reply_to_peer_id: elsewhere,
                reply_from: None,
                reply_media: None,
                reply_to_top_id: top,
                quote_text: quote.map(|quote| quote.text.clone()),
                quote_entities: quote.filter(|quote| !quote.entities.is_empty()).map(|quote| quote.entities.clone()),
                quote_offset: quote.and_then(|quote| quote.offset),
                todo_item_id: None,
                poll_option: None,
            }
            .into(),
        )
    }

    fn forward_header(&mut self, forwarded: &Forwarded) -> enums::MessageFwdHeader {
        let from_id = forwarded.from.map(|from| self.name(from));
        let saved = forwarded.saved_from.map(|(place, id)| (self.name(place), id));
        types::MessageFwdHeader {
            imported: forwarded.imported,
            saved_out: false,
            from_id,
            from_name: forwarded.name.clone(),
            date: forwarded.date,
            channel_post: forwarded.post,
            post_author: forwarded.signed.clone(),
            saved_from_msg_id: saved.as_ref().map(|(_, id)| *id),
            saved_from_peer: saved.map(|(peer, _)| peer),
            saved_from_id: None,
            saved_from_name: None,
            saved_date: None,
            psa_type: None,
        }
        .into()
    }

    /// The signs on a message.
    pub(crate) fn reactions(&mut self, place: Place, letter: &Letter) -> Option<enums::MessageReactions> {
        let nameless = &letter.details.nameless_signs;
        if letter.reactions.is_empty() && nameless.is_empty() {
            return None;
        }
        let count = |(reaction, count): &(Sign, i32)| types::ReactionCount {
            chosen_order: None,
            reaction: sign(reaction),
            count: *count,
        };
        let mut results: Vec<types::ReactionCount> = nameless.iter().map(count).collect();
        let mut own = 0;
        for reaction in &letter.reactions {
            let chosen = (reaction.who == self.me).then(|| {
                own += 1;
                own - 1
            });
            let sign = sign(&reaction.sign);
            match results.iter_mut().find(|count| count.reaction == sign) {
                Some(count) => {
                    count.count += 1;
                    count.chosen_order = count.chosen_order.or(chosen);
                }
                None => results.push(types::ReactionCount { chosen_order: chosen, reaction: sign, count: 1 }),
            }
        }
        results.sort_by_key(|count| std::cmp::Reverse(count.count));
        let can_see_list = !matches!(place, Place::Channel(id)
            if self.state.channels.get(&id).is_some_and(|channel| channel.broadcast));
        let by_me = letter.is_by(self.me);
        let recent: Vec<enums::MessagePeerReaction> = if can_see_list {
            let newest = letter.reactions.iter().rev().take(RECENT_REACTIONS);
            newest.map(|reaction| self.peer_reaction(reaction, by_me)).collect()
        } else {
            Vec::new()
        };
        Some(
            types::MessageReactions {
                min: false,
                can_see_list,
                reactions_as_tags: place == Place::User(self.me),
                results: results.into_iter().map(Into::into).collect(),
                recent_reactions: can_see_list.then_some(recent),
                top_reactors: None,
            }
            .into(),
        )
    }

    /// A sign and who put it there.
    pub(crate) fn peer_reaction(&mut self, reaction: &Reaction, on_own: bool) -> enums::MessagePeerReaction {
        types::MessagePeerReaction {
            big: reaction.big,
            unread: on_own && reaction.unread,
            my: reaction.who == self.me,
            peer_id: self.name(Place::User(reaction.who)),
            date: reaction.date,
            reaction: sign(&reaction.sign),
        }
        .into()
    }

    /// How much a message is talked about (core.telegram.org/api/threads).
    pub(crate) fn replies(&mut self, place: Place, number: LetterId) -> Option<enums::MessageReplies> {
        let state = self.state;
        let Place::Channel(channel) = place else { return None };
        let discussion = state.discussions.get(&channel).copied();
        let first = match discussion {
            Some(group) => state.copy_in(number, group)?,
            None => number,
        };
        let group = discussion.unwrap_or(channel);
        let comments = state.comments(first);
        if comments.is_empty() && discussion.is_none() {
            return None;
        }
        let mut recent: Vec<i64> = Vec::new();
        for (_, comment) in comments.iter().rev().filter_map(|id| Some((id, state.letters.get(*id)?))) {
            match comment.author {
                Author::Person(who) if !recent.contains(&who) && recent.len() < RECENT_REACTIONS => recent.push(who),
                _ => {}
            }
        }
        let recent_repliers = discussion.map(|group| {
            self.name(Place::Channel(group));
            recent.into_iter().map(|who| self.name(Place::User(who))).collect()
        });
        let max_id = comments.last().and_then(|id| state.letters.get(*id)).and_then(|letter| letter.id_for(0));
        Some(
            types::MessageReplies {
                comments: discussion.is_some(),
                replies: comments.len() as i32,
                replies_pts: state.channels.get(&group).map_or(1, |group| group.journal.pts()),
                recent_repliers,
                channel_id: discussion,
                max_id,
                read_max_id: None,
            }
            .into(),
        )
    }

    fn deed(&mut self, deed: &Deed) -> enums::MessageAction {
        let mut all = |people: &[i64]| {
            for person in people {
                self.named.insert(Place::User(*person));
            }
            people.to_vec()
        };
        match deed {
            Deed::GroupCreated { title, people } => {
                types::MessageActionChatCreate { title: title.clone(), users: all(people) }.into()
            }
            Deed::ChannelCreated(title) => types::MessageActionChannelCreate { title: title.clone() }.into(),
            Deed::Renamed(title) => types::MessageActionChatEditTitle { title: title.clone() }.into(),
            Deed::Added(people) => types::MessageActionChatAddUser { users: all(people) }.into(),
            Deed::JoinedByLink(inviter) => {
                all(&[*inviter]);
                types::MessageActionChatJoinedByLink { inviter_id: *inviter }.into()
            }
            Deed::Removed(person) => {
                all(&[*person]);
                types::MessageActionChatDeleteUser { user_id: *person }.into()
            }
            Deed::NewPhoto(photo) => types::MessageActionChatEditPhoto { photo: self.photo(*photo) }.into(),
            Deed::PhotoGone => enums::MessageAction::ChatDeletePhoto,
            Deed::MigratedTo(channel_id) => {
                self.named.insert(Place::Channel(*channel_id));
                types::MessageActionChatMigrateTo { channel_id: *channel_id }.into()
            }
            Deed::MigratedFrom { title, group } => {
                self.named.insert(Place::Group(*group));
                types::MessageActionChannelMigrateFrom { title: title.clone(), chat_id: *group }.into()
            }
            Deed::Pinned => enums::MessageAction::PinMessage,
            Deed::SignedUp => enums::MessageAction::ContactSignUp,
            Deed::Cleared => enums::MessageAction::HistoryClear,
            Deed::Ttl(period) => types::MessageActionSetMessagesTtl { period: *period, auto_setting_from: None }.into(),
            Deed::Todone { done, undone } => {
                types::MessageActionTodoCompletions { completed: done.clone(), incompleted: undone.clone() }.into()
            }
            Deed::Raw(action) => {
                self.name_all(action);
                (**action).clone()
            }
            Deed::Called { seconds } => types::MessageActionPhoneCall {
                video: false,
                call_id: i64::from(*seconds),
                reason: Some(enums::PhoneCallDiscardReason::Hangup),
                duration: Some(*seconds),
            }
            .into(),
        }
    }
}

impl View<'_> {
    /// Everybody whom something that happened names must come along.
    fn name_all(&mut self, action: &enums::MessageAction) {
        use enums::MessageAction as A;
        let people = |ids: &[i64]| ids.iter().copied().map(Place::User).collect::<Vec<_>>();
        let named = match action {
            A::InviteToGroupCall(a) => people(&a.users),
            A::GeoProximityReached(a) => vec![Place::of(&a.from_id), Place::of(&a.to_id)],
            A::RequestedPeer(a) => a.peers.iter().map(Place::of).collect(),
            A::PrizeStars(a) => vec![Place::of(&a.boost_peer)],
            A::PaymentRefunded(a) => vec![Place::of(&a.peer)],
            A::NewCreatorPending(a) => people(&[a.new_creator_id]),
            A::ChangeCreator(a) => people(&[a.new_creator_id]),
            _ => Vec::new(),
        };
        self.named.extend(named);
    }
}

/// The chat of the saved messages that a saved message belongs to.
pub(crate) fn saved_from(letter: &Letter, me: i64) -> Place {
    let forwarded = letter.details.forwarded.as_ref();
    forwarded.and_then(|forwarded| forwarded.saved_from).map_or(Place::User(me), |(place, _)| place)
}

/// A sign in the protocol.
pub(crate) fn sign(sign: &Sign) -> enums::Reaction {
    match sign {
        Sign::Emoji(emoticon) => types::ReactionEmoji { emoticon: emoticon.clone() }.into(),
        Sign::Custom(document_id) => types::ReactionCustomEmoji { document_id: *document_id }.into(),
    }
}

fn unsent(room: Room, author: Author, date: i32, draft: &Draft) -> Letter {
    Letter {
        text: draft.text.clone(),
        entities: draft.entities.clone(),
        body: draft.body.clone(),
        reply_to: draft.reply_to,
        details: draft.details.clone(),
        views: draft.views,
        ..Letter::empty(room, author, date)
    }
}
