"""What one reads: histories both ways, searching, read marks, mentions, reactions, polls."""

import asyncio

from telethon.tl import functions, types

from clients.telethon.scene import play, refused


def case_reading():
    play(globals())


async def check_history_from_the_newest(s):
    long = s.dialogs["Long Watch"].entity
    messages = await s.robin.get_messages(long, limit=250)
    ids = [message.id for message in messages]
    assert len(ids) == 250 and ids == sorted(ids, reverse=True) and messages.total >= 4000


async def check_history_from_the_oldest(s):
    long = s.dialogs["Long Watch"].entity
    messages = await s.robin.get_messages(long, limit=150, reverse=True)
    ids = [message.id for message in messages]
    assert len(ids) == 150 and ids == sorted(ids) and ids[0] == 1


async def check_history_around_a_message_and_a_date(s):
    long = s.dialogs["Long Watch"].entity
    middle = (await s.robin.get_messages(long, limit=1, offset_id=2000))[0]
    assert middle.id == 1999
    after = await s.robin.get_messages(long, limit=3, min_id=1999, reverse=True)
    assert [message.id for message in after] == [2000, 2001, 2002]
    before = await s.robin.get_messages(long, limit=3, offset_date=middle.date)
    assert all(message.date < middle.date for message in before)


async def check_messages_by_number_and_none(s):
    long = s.dialogs["Long Watch"].entity
    found = await s.robin.get_messages(long, ids=[5, 999999, 7])
    assert found[0].id == 5 and found[1] is None and found[2].id == 7


async def check_search_by_words(s):
    await s.robin.send_message(s.keepers, "an unmistakable periwinkle")
    found = await s.robin.get_messages(s.keepers, search="periwinkle", limit=5)
    assert [message.message for message in found] == ["an unmistakable periwinkle"] and found.total == 1


async def check_search_by_sender(s):
    found = await s.robin.get_messages(s.keepers, from_user=s.mara_id, limit=20)
    assert len(found) == 20 and all(message.sender_id == s.mara_id for message in found)


async def check_search_by_kind(s):
    photos = await s.robin.get_messages(s.keepers, filter=types.InputMessagesFilterPhotos(), limit=5)
    assert photos and all(message.photo for message in photos)
    voices = await s.robin.get_messages(s.keepers, filter=types.InputMessagesFilterVoice(), limit=5)
    assert voices and all(message.voice for message in voices)
    links = await s.robin.get_messages(s.keepers, filter=types.InputMessagesFilterUrl(), limit=5)
    assert links and all(message.entities for message in links)


async def check_search_everywhere(s):
    await s.robin.send_message(s.to_mara, "the heliotrope by the door")
    await s.robin.send_message(s.keepers, "the heliotrope by the gate")
    found = await s.robin.get_messages(None, search="heliotrope", limit=10)
    assert {message.message for message in found} == {"the heliotrope by the door", "the heliotrope by the gate"}


async def check_search_counters(s):
    filters = [types.InputMessagesFilterPhotos(), types.InputMessagesFilterPoll(), types.InputMessagesFilterGif()]
    counters = await s.robin(functions.messages.GetSearchCountersRequest(s.keepers, filters))
    assert counters[0].count > 3 and counters[1].count == 1 and counters[2].count == 0


async def check_reading_reaches_both_sides(s):
    await s.mara.send_message(s.to_robin, "read me")
    s.hush()
    await s.robin.send_read_acknowledge(s.to_mara)
    theirs = await s.mara_hears.of(types.UpdateReadHistoryOutbox)
    own = await s.tablet_hears.of(types.UpdateReadHistoryInbox)
    assert own.still_unread_count == 0 and theirs.max_id > 0


async def check_reading_a_supergroup(s):
    await s.mara.send_message(s.keepers_of_mara, "read this too")
    s.hush()
    await s.robin.send_read_acknowledge(s.keepers)
    own = await s.tablet_hears.of(types.UpdateReadChannelInbox)
    assert own.still_unread_count == 0 and own.channel_id == s.keepers.id
    await s.mara_hears.of(types.UpdateReadChannelOutbox)


async def check_unread_counters(s):
    before = (await s.robin(functions.messages.GetPeerDialogsRequest([s.to_mara]))).dialogs[0].unread_count
    await s.mara.send_message(s.to_robin, "one more")
    after = (await s.robin(functions.messages.GetPeerDialogsRequest([s.to_mara]))).dialogs[0].unread_count
    assert after == before + 1


async def check_a_mention_is_counted_until_it_is_seen(s):
    me = await s.robin.get_me()
    sent = await s.mara.send_message(s.keepers_of_mara, f"ask @{me.username} about it")
    dialog = (await s.robin(functions.messages.GetPeerDialogsRequest([s.keepers]))).dialogs[0]
    assert dialog.unread_mentions_count >= 1
    found = await s.robin(functions.messages.GetUnreadMentionsRequest(s.keepers, 0, 0, 10, 0, 0))
    assert sent.id in [message.id for message in found.messages]
    assert next(message for message in found.messages if message.id == sent.id).mentioned
    await s.robin.send_read_acknowledge(s.keepers, clear_mentions=True)
    dialog = (await s.robin(functions.messages.GetPeerDialogsRequest([s.keepers]))).dialogs[0]
    assert dialog.unread_mentions_count == 0


async def check_typing_is_seen(s):
    s.hush()
    async with s.robin.action(s.to_mara, "typing"):
        update = await s.mara_hears.of(types.UpdateUserTyping)
        assert update.user_id == s.robin_id
        assert isinstance(update.action, types.SendMessageTypingAction)


async def check_reactions_are_seen_by_the_other_side(s):
    sent = await s.robin.send_message(s.to_mara, "look at this")
    theirs = (await s.mara.get_messages(s.to_robin, limit=1))[0]
    s.hush()
    await s.mara(functions.messages.SendReactionRequest(s.to_robin, theirs.id, reaction=[types.ReactionEmoji("🔥")]))
    update = await s.robin_hears.of(types.UpdateMessageReactions, lambda u: u.reactions.results)
    assert update.msg_id == sent.id and update.reactions.results[0].reaction.emoticon == "🔥"
    assert update.reactions.recent_reactions[0].peer_id.user_id == s.mara_id
    await s.tablet_hears.of(types.UpdateMessageReactions, lambda u: u.msg_id == sent.id)
    again = await s.robin.get_messages(s.to_mara, ids=sent.id)
    assert again.reactions.results[0].count == 1


async def check_reactions_are_listed_changed_and_taken_back(s):
    sent = await s.robin.send_message(s.keepers, "vote with signs")
    react = functions.messages.SendReactionRequest
    await s.mara(react(s.keepers_of_mara, sent.id, reaction=[types.ReactionEmoji("👍")]))
    await s.robin(react(s.keepers, sent.id, reaction=[types.ReactionEmoji("👍")], add_to_recent=True))
    listed = await s.robin(functions.messages.GetMessageReactionsListRequest(s.keepers, sent.id, limit=10))
    assert listed.count == 2 and {r.peer_id.user_id for r in listed.reactions} == {s.robin_id, s.mara_id}
    await refused(s.robin(react(s.keepers, sent.id, reaction=[types.ReactionEmoji("👍")])), "MESSAGE_NOT_MODIFIED")
    await refused(s.robin(react(s.keepers, sent.id, reaction=[types.ReactionEmoji("🥔")])), "REACTION_INVALID")
    await s.robin(react(s.keepers, sent.id, reaction=[]))
    again = await s.robin.get_messages(s.keepers, ids=sent.id)
    assert [(r.reaction.emoticon, r.count, r.chosen_order) for r in again.reactions.results] == [("👍", 1, None)]
    recent = await s.robin(functions.messages.GetRecentReactionsRequest(limit=5, hash=0))
    assert [r.emoticon for r in recent.reactions] == ["👍"]


async def check_unread_reactions(s):
    sent = await s.robin.send_message(s.to_mara, "anything to say?")
    theirs = (await s.mara.get_messages(s.to_robin, limit=1))[0]
    await s.mara(functions.messages.SendReactionRequest(s.to_robin, theirs.id, reaction=[types.ReactionEmoji("❤")]))
    found = await s.robin(functions.messages.GetUnreadReactionsRequest(s.to_mara, 0, 0, 10, 0, 0))
    assert sent.id in [message.id for message in found.messages]
    await s.robin(functions.messages.ReadReactionsRequest(s.to_mara))
    found = await s.robin(functions.messages.GetUnreadReactionsRequest(s.to_mara, 0, 0, 10, 0, 0))
    assert not found.messages


async def check_available_and_top_reactions(s):
    available = await s.robin(functions.messages.GetAvailableReactionsRequest(hash=0))
    assert "👍" in [reaction.reaction for reaction in available.reactions]
    again = await s.robin(functions.messages.GetAvailableReactionsRequest(hash=available.hash))
    assert isinstance(again, types.messages.AvailableReactionsNotModified)
    top = await s.robin(functions.messages.GetTopReactionsRequest(limit=5, hash=0))
    assert len(top.reactions) == 5


def poll(**more):
    answers = [types.PollAnswer(types.TextWithEntities(text, []), text.encode()) for text in ("tea", "soup", "bread")]
    return types.Poll(id=1, question=types.TextWithEntities("What first?", []), answers=answers, hash=0, **more)


async def check_a_poll_is_made_and_voted_in(s):
    sent = await s.robin.send_file(s.keepers, types.InputMediaPoll(poll(public_voters=True)))
    assert [answer.text.text for answer in sent.media.poll.answers] == ["tea", "soup", "bread"]
    assert not sent.media.results.results, "who has not voted sees no results"
    s.hush()
    await s.mara(functions.messages.SendVoteRequest(s.keepers_of_mara, sent.id, [b"soup"]))
    update = await s.robin_hears.of(types.UpdateMessagePoll)
    assert update.results.total_voters == 1
    await s.robin(functions.messages.SendVoteRequest(s.keepers, sent.id, [b"tea"]))
    again = await s.robin.get_messages(s.keepers, ids=sent.id)
    votes = {result.option: (result.voters, bool(result.chosen)) for result in again.media.results.results}
    assert votes == {b"tea": (1, True), b"soup": (1, False), b"bread": (0, False)}
    voters = await s.robin(functions.messages.GetPollVotesRequest(s.keepers, sent.id, limit=10))
    assert {vote.peer.user_id for vote in voters.votes} == {s.robin_id, s.mara_id}
    await refused(s.robin(functions.messages.SendVoteRequest(s.keepers, sent.id, [b"tea", b"soup"])), "OPTIONS_TOO_MUCH")


async def check_a_poll_is_closed(s):
    sent = await s.robin.send_file(s.keepers, types.InputMediaPoll(poll()))
    closed = poll(closed=True)
    closed.id = sent.media.poll.id
    s.hush()
    await s.robin(functions.messages.EditMessageRequest(s.keepers, sent.id, media=types.InputMediaPoll(closed)))
    assert (await s.mara_hears.of(types.UpdateMessagePoll, lambda u: u.poll_id == closed.id)).poll.closed
    await refused(s.mara(functions.messages.SendVoteRequest(s.keepers_of_mara, sent.id, [b"tea"])), "MESSAGE_POLL_CLOSED")


async def check_a_quiz(s):
    media = types.InputMediaPoll(poll(quiz=True), correct_answers=[2], solution="It smells best.", solution_entities=[])
    sent = await s.robin.send_file(s.keepers, media)
    await s.mara(functions.messages.SendVoteRequest(s.keepers_of_mara, sent.id, [b"tea"]))
    again = await s.mara.get_messages(s.keepers_of_mara, ids=sent.id)
    assert [bool(result.correct) for result in again.media.results.results] == [False, False, True]
    assert again.media.results.solution == "It smells best."
    await refused(s.mara(functions.messages.SendVoteRequest(s.keepers_of_mara, sent.id, [b"soup"])), "REVOTE_NOT_ALLOWED")


async def check_views_count(s):
    post = (await s.robin.get_messages(s.window, limit=1))[0]
    first = await s.robin(functions.messages.GetMessagesViewsRequest(s.window, [post.id], increment=True))
    second = await s.robin(functions.messages.GetMessagesViewsRequest(s.window, [post.id], increment=True))
    assert first.views[0].views >= post.views and second.views[0].views == first.views[0].views


async def check_live_updates_between_two_sessions_and_two_accounts_at_once(s):
    s.hush()
    await asyncio.gather(*(s.robin.send_message(s.to_mara, f"burst {number}") for number in range(20)))
    for number in range(20):
        for ear in (s.mara_hears, s.tablet_hears):
            await ear.of(types.UpdateNewMessage, lambda u, n=number: u.message.message == f"burst {n}")
    pts = [u.pts for u in s.mara_hears.heard if isinstance(u, types.UpdateNewMessage)]
    assert pts == list(range(pts[0], pts[0] + 20))


async def check_catching_up_after_being_away(s):
    kept = await s.robin.send_message(s.to_mara, "before")
    doomed = await s.robin.send_message(s.to_mara, "doomed")
    await s.tablet_hears.of(types.UpdateNewMessage, lambda u: u.message.id == doomed.id)
    before = await s.tablet(functions.updates.GetStateRequest())
    await s.tablet.disconnect()
    s.tablet_hears.forget()
    await s.mara.send_message(s.to_robin, "while away")
    await s.mara.send_message(s.keepers_of_mara, "while away, to all")
    await s.robin.edit_message(s.to_mara, kept.id, "before, changed")
    await s.robin.delete_messages(s.to_mara, [doomed.id])
    await s.robin(functions.messages.SaveDraftRequest(s.to_mara, "written while away"))
    await s.robin(functions.messages.SendReactionRequest(s.to_mara, kept.id, reaction=[types.ReactionEmoji("👏")]))
    await s.tablet.connect()
    await s.tablet.catch_up()
    await s.tablet_hears.of(types.UpdateNewMessage, lambda u: u.message.message == "while away")
    await s.tablet_hears.of(types.UpdateNewChannelMessage, lambda u: u.message.message == "while away, to all")
    await s.tablet_hears.of(types.UpdateDraftMessage, lambda u: getattr(u.draft, "message", "") == "written while away")
    await s.tablet_hears.of(types.UpdateMessageReactions, lambda u: u.msg_id == kept.id)
    # Telethon counts edits and deletions that come in a difference as handled already: read them from the difference.
    missed = await s.tablet(functions.updates.GetDifferenceRequest(pts=before.pts, date=before.date, qts=0))
    edited = [u for u in missed.other_updates if isinstance(u, types.UpdateEditMessage)]
    deleted = [u for u in missed.other_updates if isinstance(u, types.UpdateDeleteMessages)]
    assert [u.message.message for u in edited] == ["before, changed"] and deleted[0].messages == [doomed.id]
    assert before.pts < edited[0].pts <= missed.state.pts


async def check_a_difference_in_slices_and_too_long(s):
    before = await s.tablet(functions.updates.GetStateRequest())
    for number in range(6):
        await s.robin.send_message("me", f"slice {number}")
    ask = functions.updates.GetDifferenceRequest
    slice_ = await s.tablet(ask(pts=before.pts, date=before.date, qts=0, pts_limit=4))
    assert isinstance(slice_, types.updates.DifferenceSlice) and len(slice_.new_messages) == 4
    rest = await s.tablet(ask(pts=slice_.intermediate_state.pts, date=before.date, qts=0))
    assert isinstance(rest, types.updates.Difference) and rest.new_messages[-1].message == "slice 5"
    empty = await s.tablet(ask(pts=rest.state.pts, date=rest.state.date, qts=0))
    assert isinstance(empty, types.updates.DifferenceEmpty)
    long = await s.tablet(ask(pts=before.pts, date=before.date, qts=0, pts_total_limit=2))
    assert isinstance(long, types.updates.DifferenceTooLong)
