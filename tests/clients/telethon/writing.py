"""What one writes, and what becomes of it: sending, editing, deleting, forwarding, pins, drafts, the scheduled box."""

import asyncio
import datetime

from telethon.tl import functions, types

from clients.telethon.scene import play, refused


def case_writing():
    play(globals())


async def check_a_message_reaches_both_sessions_and_the_other_side(s):
    s.hush()
    sent = await s.robin.send_message(s.to_mara, "to both")
    theirs = await s.mara_hears.of(types.UpdateNewMessage, lambda u: u.message.message == "to both")
    mine = await s.tablet_hears.of(types.UpdateNewMessage, lambda u: u.message.message == "to both")
    assert mine.message.id == sent.id and mine.message.out and not theirs.message.out


async def check_three_things_gathered_at_once(s):
    history, sent, photo = await asyncio.gather(
        s.robin.get_messages(s.keepers, limit=10),
        s.robin.send_message("me", "gathered"),
        s.robin.download_profile_photo(s.keepers, file=bytes),
    )
    assert len(history) == 10 and sent.message == "gathered" and photo[:3] == b"\xff\xd8\xff"


async def check_formatting_comes_back(s):
    sent = await s.robin.send_message(s.to_mara, "🌅 **bold** __leaning__ `code` [words](https://a.example/b)")
    again = await s.robin.get_messages(s.to_mara, ids=sent.id)
    assert again.text == "🌅 **bold** __leaning__ `code` [words](https://a.example/b)", again.text


async def check_entities_outside_the_text_are_refused(s):
    bold = [types.MessageEntityBold(3, 50)]
    await refused(s.robin.send_message(s.to_mara, "short", formatting_entities=bold), "ENTITY_BOUNDS_INVALID")


async def check_too_long_and_empty_are_refused(s):
    request = functions.messages.SendMessageRequest(s.to_mara, "я" * 4097)
    await refused(s.robin(request), "MESSAGE_TOO_LONG")
    await refused(s.robin(functions.messages.SendMessageRequest(s.to_mara, " ")), "MESSAGE_EMPTY")


async def check_a_random_id_is_taken_once(s):
    request = functions.messages.SendMessageRequest(s.to_mara, "once", random_id=4711)
    await s.robin(request)
    # Telethon asks again by itself after an error of the server's, which this is called.
    s.robin._request_retries, s.robin._raise_last_call_error, before = 1, True, s.robin._request_retries
    try:
        await refused(s.robin(request), "RANDOM_ID_DUPLICATE")
    finally:
        s.robin._request_retries, s.robin._raise_last_call_error = before, False
    assert [m.message for m in await s.mara.get_messages(s.to_robin, limit=2)].count("once") == 1


async def check_a_reply_names_what_it_answers(s):
    first = await s.robin.send_message(s.to_mara, "a question about the lamp")
    reply = await s.robin.send_message(s.to_mara, "an answer", reply_to=first.id)
    assert reply.reply_to_msg_id == first.id
    answered = await (await s.robin.get_messages(s.to_mara, ids=reply.id)).get_reply_message()
    assert answered.id == first.id


async def check_a_reply_with_a_quote(s):
    first = await s.robin.send_message(s.to_mara, "the lamp is on, the door is shut")
    quote = types.InputReplyToMessage(first.id, quote_text="the door is shut", quote_offset=16)
    updates = await s.robin(functions.messages.SendMessageRequest(s.to_mara, "good", reply_to=quote))
    message = next(u.message for u in updates.updates if isinstance(u, types.UpdateNewMessage))
    assert message.reply_to.quote and message.reply_to.quote_text == "the door is shut"
    wrong = types.InputReplyToMessage(first.id, quote_text="the window is shut")
    await refused(s.robin(functions.messages.SendMessageRequest(s.to_mara, "what", reply_to=wrong)), "QUOTE_TEXT_INVALID")


async def check_silent_is_said(s):
    sent = await s.robin.send_message(s.to_mara, "hush", silent=True)
    assert sent.silent


async def check_an_edit_is_seen_by_all(s):
    sent = await s.robin.send_message(s.to_mara, "frist")
    s.hush()
    changed = await s.robin.edit_message(s.to_mara, sent.id, "first")
    assert changed.message == "first" and changed.edit_date
    await s.mara_hears.of(types.UpdateEditMessage, lambda u: u.message.message == "first")
    await s.tablet_hears.of(types.UpdateEditMessage, lambda u: u.message.id == sent.id)
    await refused(s.robin.edit_message(s.to_mara, sent.id, "first"), "MESSAGE_NOT_MODIFIED")


async def check_an_edit_in_a_supergroup(s):
    sent = await s.robin.send_message(s.keepers, "frist watch")
    s.hush()
    await s.robin.edit_message(s.keepers, sent.id, "first watch")
    update = await s.mara_hears.of(types.UpdateEditChannelMessage)
    assert update.message.id == sent.id and update.message.message == "first watch"


async def check_others_messages_cannot_be_edited(s):
    sent = await s.mara.send_message(s.to_robin, "mine")
    mine = await s.robin.get_messages(s.to_mara, limit=1)
    await refused(s.robin.edit_message(s.to_mara, mine[0].id, "forged"), "MESSAGE_AUTHOR_REQUIRED")
    assert sent.message == "mine"


async def check_deleting_for_both(s):
    sent = await s.robin.send_message(s.to_mara, "gone soon")
    theirs = (await s.mara.get_messages(s.to_robin, limit=1))[0]
    s.hush()
    await s.robin.delete_messages(s.to_mara, [sent.id], revoke=True)
    update = await s.mara_hears.of(types.UpdateDeleteMessages)
    assert update.messages == [theirs.id]
    assert (await s.tablet_hears.of(types.UpdateDeleteMessages)).messages == [sent.id]
    assert await s.robin.get_messages(s.to_mara, ids=sent.id) is None


async def check_deleting_for_oneself(s):
    sent = await s.robin.send_message(s.to_mara, "only mine goes")
    await s.robin.delete_messages(s.to_mara, [sent.id], revoke=False)
    assert (await s.mara.get_messages(s.to_robin, limit=1))[0].message == "only mine goes"
    assert (await s.robin.get_messages(s.to_mara, limit=1))[0].message != "only mine goes"


async def check_deleting_in_a_supergroup(s):
    sent = await s.robin.send_message(s.keepers, "wrong chat")
    s.hush()
    await s.robin.delete_messages(s.keepers, [sent.id])
    update = await s.mara_hears.of(types.UpdateDeleteChannelMessages)
    assert update.messages == [sent.id]
    newest = (await s.mara.get_messages(s.keepers_of_mara, limit=1))[0]
    theirs = (await s.mara.send_message(s.keepers_of_mara, "stays")).id
    await refused(s.robin(functions.channels.DeleteMessagesRequest(s.keepers, [theirs])), "MESSAGE_DELETE_FORBIDDEN")
    assert newest.id != sent.id


async def check_a_forward_says_where_it_is_from(s):
    source = (await s.robin.get_messages(s.keepers, limit=1, from_user=s.mara_id))[0]
    sent = await s.robin.forward_messages(s.to_mara, source)
    assert sent.forward.from_id.user_id == s.mara_id and sent.message == source.message
    assert sent.forward.date == source.date


async def check_a_forwarded_post_names_its_channel(s):
    post = (await s.robin.get_messages(s.window, limit=1))[0]
    sent = await s.robin.forward_messages(s.to_mara, post)
    assert sent.forward.from_id.channel_id == s.window.id and sent.forward.channel_post == post.id


async def check_a_forward_to_oneself_remembers_its_chat(s):
    source = (await s.robin.get_messages(s.keepers, limit=1))[0]
    saved = await s.robin.forward_messages("me", source)
    header = saved.fwd_from
    assert header.saved_from_peer.channel_id == s.keepers.id and header.saved_from_msg_id == source.id
    chats = await s.robin(functions.messages.GetSavedDialogsRequest(
        offset_date=None, offset_id=0, offset_peer=types.InputPeerEmpty(), limit=20, hash=0))
    assert any(getattr(dialog.peer, "channel_id", 0) == s.keepers.id for dialog in chats.dialogs)


async def check_a_forward_without_its_author(s):
    source = (await s.robin.get_messages(s.keepers, limit=1))[0]
    sent = await s.robin.forward_messages(s.to_mara, source, drop_author=True)
    assert sent.fwd_from is None


async def check_protected_chats_are_not_forwarded(s):
    await s.robin(functions.messages.ToggleNoForwardsRequest(s.window, True))
    post = (await s.robin.get_messages(s.window, limit=1))[0]
    assert post.noforwards
    await refused(s.robin.forward_messages(s.to_mara, post), "CHAT_FORWARDS_RESTRICTED")
    await s.robin(functions.messages.ToggleNoForwardsRequest(s.window, False))


async def check_a_pin_in_a_private_chat(s):
    sent = await s.robin.send_message(s.to_mara, "to be pinned")
    s.hush()
    await s.robin.pin_message(s.to_mara, sent.id, notify=True)
    update = await s.mara_hears.of(types.UpdatePinnedMessages, lambda u: u.pinned)
    theirs = await s.mara.get_messages(s.to_robin, ids=update.messages[0])
    assert theirs.message == "to be pinned" and theirs.pinned
    note = await s.mara_hears.of(types.UpdateNewMessage, lambda u: isinstance(u.message, types.MessageService))
    assert isinstance(note.message.action, types.MessageActionPinMessage)
    pinned = await s.robin.get_messages(s.to_mara, filter=types.InputMessagesFilterPinned(), limit=5)
    assert pinned[0].id == sent.id
    s.hush()
    await s.robin.unpin_message(s.to_mara, sent.id)
    assert not (await s.mara_hears.of(types.UpdatePinnedMessages)).pinned


async def check_a_pin_for_one_side_only(s):
    sent = await s.robin.send_message(s.to_mara, "pinned here only")
    await s.robin.pin_message(s.to_mara, sent.id, pm_oneside=True)
    theirs = (await s.mara.get_messages(s.to_robin, limit=1))[0]
    assert theirs.message == "pinned here only" and not theirs.pinned


async def check_all_pins_come_off(s):
    sent = await s.robin.send_message(s.window, "pinned here")
    await s.robin.pin_message(s.window, sent.id)
    s.hush()
    await s.robin.unpin_message(s.window)
    update = await s.tablet_hears.of(types.UpdatePinnedChannelMessages, lambda u: not u.pinned)
    assert sent.id in update.messages
    assert not await s.robin.get_messages(s.window, filter=types.InputMessagesFilterPinned(), limit=5)


async def check_a_draft_goes_to_the_other_session(s):
    s.hush()
    await s.robin(functions.messages.SaveDraftRequest(s.to_mara, "half a thou"))
    update = await s.tablet_hears.of(types.UpdateDraftMessage)
    assert update.draft.message == "half a thou"
    drafts = await s.tablet.get_drafts(s.to_mara)
    assert drafts.text == "half a thou"
    everywhere = await s.tablet(functions.messages.GetAllDraftsRequest())
    assert any(u.draft.message == "half a thou" for u in everywhere.updates)


async def check_sending_clears_the_draft(s):
    await s.robin(functions.messages.SaveDraftRequest(s.to_mara, "half a th"))
    s.hush()
    await s.robin.send_message(s.to_mara, "a whole thought", clear_draft=True)
    await s.tablet_hears.of(types.UpdateDraftMessage, lambda u: isinstance(u.draft, types.DraftMessageEmpty))
    assert not (await s.tablet(functions.messages.GetAllDraftsRequest())).updates


async def check_a_scheduled_message_waits_and_is_sent(s):
    later = datetime.timedelta(hours=3)
    s.hush()
    waiting = await s.robin.send_message(s.to_mara, "tomorrow then", schedule=later)
    await s.tablet_hears.of(types.UpdateNewScheduledMessage, lambda u: u.message.message == "tomorrow then")
    box = await s.robin(functions.messages.GetScheduledHistoryRequest(s.to_mara, hash=0))
    assert [message.id for message in box.messages] == [waiting.id]
    assert (await s.mara.get_messages(s.to_robin, limit=1))[0].message != "tomorrow then"
    s.hush()
    await s.robin(functions.messages.SendScheduledMessagesRequest(s.to_mara, [waiting.id]))
    await s.mara_hears.of(types.UpdateNewMessage, lambda u: u.message.message == "tomorrow then")
    gone = await s.tablet_hears.of(types.UpdateDeleteScheduledMessages)
    assert gone.messages == [waiting.id] and gone.sent_messages
    assert not (await s.robin(functions.messages.GetScheduledHistoryRequest(s.to_mara, hash=0))).messages


async def check_a_scheduled_message_is_changed_and_deleted(s):
    waiting = await s.robin.send_message(s.to_mara, "perhaps", schedule=datetime.timedelta(hours=3))
    date = int(waiting.date.timestamp()) + 60
    await s.robin(functions.messages.EditMessageRequest(s.to_mara, waiting.id, message="surely", schedule_date=date))
    box = await s.robin(functions.messages.GetScheduledHistoryRequest(s.to_mara, hash=0))
    assert box.messages[0].message == "surely"
    await s.robin(functions.messages.DeleteScheduledMessagesRequest(s.to_mara, [waiting.id]))
    assert not (await s.robin(functions.messages.GetScheduledHistoryRequest(s.to_mara, hash=0))).messages


async def check_broadcast_channels_are_not_for_everybody(s):
    await refused(s.robin.send_message(s.dialogs["Astronomy Weekly"].entity, "mine now"), "CHAT_WRITE_FORBIDDEN")


async def check_a_button_of_a_bot_answers(s):
    message = next(m for m in await s.robin.get_messages(s.bakery, limit=5) if m.buttons)
    s.hush()
    answer = await message.click(0)
    assert answer.message == "See you soon"
    update = await s.robin_hears.of(types.UpdateEditMessage)
    assert "on your way" in update.message.message


async def check_inline_results_of_a_bot(s):
    results = await s.robin.inline_query(s.bakery, "rye")
    assert [result.title for result in results] == ["Rye"]
    sent = await results[0].click(s.to_mara)
    assert sent.message == "One Rye, please"


async def check_a_comment_under_a_post(s):
    post = await s.robin.send_message(s.window, "what do you say of this?")
    comment = await s.robin.send_message(s.window, "a lot", comment_to=post.id)
    assert comment.peer_id.channel_id == s.talk.id
    comments = [m.message async for m in s.robin.iter_messages(s.window, reply_to=post.id)]
    assert comments == ["a lot"]
    again = await s.robin.get_messages(s.window, ids=post.id)
    assert again.replies.comments and again.replies.replies == 1 and again.replies.channel_id == s.talk.id


async def check_vanishing_messages_are_said(s):
    s.hush()
    await s.robin(functions.messages.SetHistoryTTLRequest(s.to_mara, 86400))
    update = await s.mara_hears.of(types.UpdatePeerHistoryTTL)
    assert update.ttl_period == 86400
    assert (await s.robin.send_message(s.to_mara, "gone tomorrow")).ttl_period == 86400
    await s.robin(functions.messages.SetHistoryTTLRequest(s.to_mara, 0))


async def check_translations_are_typed(s):
    texts = [types.TextWithEntities("hello", []), types.TextWithEntities("sea", [])]
    answer = await s.robin(functions.messages.TranslateTextRequest(to_lang="de", text=texts))
    assert len(answer.result) == 2


async def check_a_history_is_cleared_and_deleted(s):
    group = s.group
    await s.robin(functions.messages.DeleteHistoryRequest(group, 0, just_clear=True))
    left = await s.robin.get_messages(group, limit=5)
    assert len(left) == 1 and isinstance(left[0].action, types.MessageActionHistoryClear)
    assert (await s.mara.get_messages(s.group_of_mara, limit=5)).total > 1
    theirs = (await s.mara.get_messages(s.to_robin, limit=1))[0]
    s.hush()
    await s.robin.delete_dialog(s.to_mara, revoke=True)
    gone = await s.mara_hears.of(types.UpdateDeleteMessages)
    assert theirs.id in gone.messages
    # What Robin deleted for himself alone before is still Mara's.
    left = [message.message for message in await s.mara.get_messages(s.to_robin, limit=5)]
    assert left in ([], ["only mine goes"]), left
    assert not await s.robin.get_messages(s.to_mara, limit=5)
