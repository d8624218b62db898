"""Kurigram goes through the everyday: signing in, chats, histories, writing, media both ways, live updates, catching up."""

import asyncio
import contextlib
import io

from PIL import Image
from pyrogram import enums, filters, handlers, raw, types
from pyrogram.errors import RPCError

from clients.kurigram import client, sign_in, signed_in
from stage import checks
from stage.program import DemoServer

PATIENCE = 15


class Scene:
    """Robin at two devices, Mara at one."""

    async def open(self, server, stack):
        self.server = server
        self.account = server.account()
        other = server.others(self.account)[0]
        self.robin = await stack.enter_async_context(signed_in(server, self.account))
        self.tablet = await stack.enter_async_context(signed_in(server, self.account))
        self.mara = await stack.enter_async_context(signed_in(server, other))
        self.robin_id, self.mara_id = self.robin.me.id, self.mara.me.id
        self.chats = {dialog.chat.title or dialog.chat.first_name: dialog.chat async for dialog in self.robin.get_dialogs()}
        for one in (self.tablet, self.mara):
            async for _ in one.get_dialogs():
                pass
        self.keepers = self.chats["Lighthouse Keepers"].id
        self.heard = {one: [] for one in (self.robin, self.tablet, self.mara)}
        self.more = asyncio.Event()
        for one in self.heard:
            self._listen(one)

    def _listen(self, one):
        async def hear(kind, what):
            self.heard[one].append((kind, what))
            self.more.set()

        async def message(_, what):
            await hear("message", what)

        async def edited(_, what):
            await hear("edited", what)

        async def deleted(_, what):
            await hear("deleted", what)

        one.add_handler(handlers.MessageHandler(message, filters.all))
        one.add_handler(handlers.EditedMessageHandler(edited, filters.all))
        one.add_handler(handlers.DeletedMessagesHandler(deleted))

    async def hears(self, one, kind, wanted):
        """The first of this kind for which this holds; waits for it."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            for heard, what in self.heard[one]:
                if heard == kind and wanted(what):
                    return what
            self.more.clear()
            left = deadline - asyncio.get_running_loop().time()
            assert left > 0, f"nothing of the kind {kind} came, but {[heard for heard, _ in self.heard[one]]}"
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.more.wait(), left)


async def refused(work, name):
    try:
        await work
    except RPCError as error:
        assert name in (error.ID or "") or name in str(error), repr(error)
        return
    raise AssertionError(f"{name} expected, but it was done")


def picture(color):
    """A small JPEG file in memory."""
    file = io.BytesIO()
    Image.new("RGB", (320, 200), color).save(file, "JPEG")
    file.name = "colour.jpg"
    file.seek(0)
    return file


def case_account():
    async def go():
        async with contextlib.AsyncExitStack() as stack:
            scene = Scene()
            await scene.open(DemoServer(), stack)
            await checks.run("kurigram", globals(), scene)

    asyncio.run(go())


async def check_signing_in_with_a_password(s):
    one = client(s.server, "password")
    account = s.server.account(password=True)
    user = await sign_in(one, account)
    assert user.id and (await one.get_me()).id == user.id
    await one.disconnect()


async def check_a_wrong_code_is_refused(s):
    one = client(s.server, "wrong")
    await one.connect()
    try:
        sent = await one.send_code(s.account["phone"])
        await refused(one.sign_in(s.account["phone"], sent.phone_code_hash, "00000"), "PHONE_CODE_INVALID")
    finally:
        await one.disconnect()


async def check_who_am_i(s):
    me = await s.robin.get_me()
    assert me.is_self and me.first_name == "Robin" and me.last_name == "Vale", me


async def check_the_list_of_chats(s):
    names = [dialog.chat.id async for dialog in s.robin.get_dialogs()]
    assert len(names) == len(set(names)) >= 50
    assert await s.robin.get_dialogs_count() >= 50


async def check_a_history_in_pages(s):
    seen = [message.id async for message in s.robin.get_chat_history(s.keepers, limit=230)]
    assert seen == sorted(set(seen), reverse=True) and len(seen) >= 200


async def check_counting_a_history(s):
    assert await s.robin.get_chat_history_count(s.keepers) >= 200


async def check_a_message_reaches_everybody(s):
    sent = await s.robin.send_message(s.mara_id, "by another client")
    theirs = await s.hears(s.mara, "message", lambda m: m.text == "by another client")
    mine = await s.hears(s.tablet, "message", lambda m: m.text == "by another client")
    assert mine.id == sent.id and theirs.from_user.id == s.robin_id and mine.outgoing and not theirs.outgoing


async def check_formatting_comes_back(s):
    words = "🌅 **bold** __leaning__ `code` ||hidden|| [words](https://a.example/b)"
    sent = await s.robin.send_message(s.mara_id, words, parse_mode=enums.ParseMode.MARKDOWN)
    again = await s.robin.get_messages(s.mara_id, sent.id)
    kinds = [entity.type.name for entity in again.entities]
    assert again.text == "🌅 bold leaning code hidden words" and kinds == ["BOLD", "ITALIC", "CODE", "SPOILER", "TEXT_LINK"], kinds


async def check_three_things_at_once(s):
    async def history():
        return [message async for message in s.robin.get_chat_history(s.keepers, limit=10)]

    photo = s.chats["Lighthouse Keepers"].photo.small_file_id
    ten, sent, file = await asyncio.gather(
        history(), s.robin.send_message("me", "gathered"), s.robin.download_media(photo, in_memory=True)
    )
    assert len(ten) == 10 and sent.text == "gathered" and file.getvalue()[:3] == b"\xff\xd8\xff"


async def check_a_reply_names_what_it_answers(s):
    first = await s.robin.send_message(s.mara_id, "a question")
    reply = await s.robin.send_message(s.mara_id, "an answer", reply_parameters=types.ReplyParameters(message_id=first.id))
    again = await s.robin.get_messages(s.mara_id, reply.id)
    assert again.reply_to_message_id == first.id and again.reply_to_message.text == "a question"


async def check_an_edit_is_seen(s):
    sent = await s.robin.send_message(s.mara_id, "frist of all")
    await s.robin.edit_message_text(s.mara_id, sent.id, "first of all")
    await s.hears(s.mara, "edited", lambda m: m.text == "first of all")
    await refused(s.robin.edit_message_text(s.mara_id, sent.id, "first of all"), "MESSAGE_NOT_MODIFIED")


async def check_a_deletion_is_seen(s):
    sent = await s.robin.send_message(s.mara_id, "gone soon")
    await s.hears(s.mara, "message", lambda m: m.text == "gone soon")
    assert await s.robin.delete_messages(s.mara_id, sent.id, revoke=True) == 1
    await s.hears(s.tablet, "deleted", lambda gone: any(message.id == sent.id for message in gone))
    await s.hears(s.mara, "deleted", lambda gone: bool(gone))


async def check_forwarding_says_from_whom(s):
    newest = [message async for message in s.robin.get_chat_history(s.keepers, limit=5)]
    told = next(message for message in newest if message.text and not message.outgoing)
    sent = await s.robin.forward_messages(s.mara_id, s.keepers, told.id)
    assert sent.text == told.text and sent.forward_origin


async def check_a_photo_both_ways(s):
    sent = await s.robin.send_photo(s.mara_id, picture("teal"), caption="a colour")
    got = await s.hears(s.mara, "message", lambda m: m.caption == "a colour")
    file = await s.mara.download_media(got, in_memory=True)
    assert sent.photo.width == 320 and Image.open(io.BytesIO(file.getvalue())).size == (320, 200)


async def check_a_document_both_ways(s):
    file = io.BytesIO(bytes(range(256)) * 1500)
    file.name = "bytes.bin"
    await s.robin.send_document(s.mara_id, file, caption="all bytes")
    got = await s.hears(s.mara, "message", lambda m: m.caption == "all bytes")
    back = await s.mara.download_media(got, in_memory=True)
    assert got.document.file_name == "bytes.bin" and back.getvalue() == bytes(range(256)) * 1500


async def check_a_file_from_the_other_datacenter(s):
    async for message in s.robin.search_messages(s.keepers, filter=enums.MessagesFilter.PHOTO, limit=1):
        file = await s.robin.download_media(message, in_memory=True)
        assert file.getvalue()[:2] == b"\xff\xd8"
        return
    raise AssertionError("no photo there")


async def check_an_album_stays_together(s):
    sent = await s.robin.send_media_group(
        s.mara_id, [types.InputMediaPhoto(picture("olive"), caption="two"), types.InputMediaPhoto(picture("navy"))]
    )
    assert len(sent) == 2 and sent[0].media_group_id == sent[1].media_group_id
    assert len(await s.robin.get_media_group(s.mara_id, sent[0].id)) == 2


async def check_searching_in_a_chat(s):
    await s.robin.send_message(s.mara_id, "a word like zephyrine")
    found = [message async for message in s.robin.search_messages(s.mara_id, "zephyrine")]
    assert [message.text for message in found] == ["a word like zephyrine"]


async def check_searching_everywhere(s):
    found = [message async for message in s.robin.search_global("zephyrine", limit=5)]
    assert found and all("zephyrine" in message.text for message in found)


async def check_a_reaction_of_ones_own(s):
    sent = await s.mara.send_message(s.robin_id, "like this")
    got = await s.hears(s.robin, "message", lambda m: m.text == "like this")
    await s.robin.send_reaction(s.mara_id, got.id, "👍")
    again = await s.mara.get_messages(s.robin_id, sent.id)
    assert [(r.emoji, r.count) for r in again.reactions.reactions] == [("👍", 1)]


async def check_a_poll_is_voted_in(s):
    poll = await s.mara.send_poll(
        s.keepers, "Which lamp?", [types.InputPollOption(text="north"), types.InputPollOption(text="south")]
    )
    await s.robin.vote_poll(s.keepers, poll.id, 1)
    again = await s.robin.get_messages(s.keepers, poll.id)
    assert [option.voter_count for option in again.poll.options] == [0, 1], again.poll


async def check_pins(s):
    sent = await s.robin.send_message(s.mara_id, "remember this")
    await s.robin.pin_chat_message(s.mara_id, sent.id)
    pinned = [m.id async for m in s.robin.search_messages(s.mara_id, filter=enums.MessagesFilter.PINNED)]
    assert sent.id in pinned
    await s.robin.unpin_chat_message(s.mara_id, sent.id)
    assert sent.id not in [m.id async for m in s.robin.search_messages(s.mara_id, filter=enums.MessagesFilter.PINNED)]


async def check_what_is_known_of_a_group(s):
    chat = await s.robin.get_chat(s.keepers)
    assert chat.title == "Lighthouse Keepers" and chat.members_count >= 5


async def check_the_archive(s):
    family = s.chats["Family"].id
    assert await s.robin.archive_chats(family)
    listed = [dialog.chat.id async for dialog in s.robin.get_dialogs()]
    assert family in listed
    assert await s.robin.unarchive_chats(family)


async def check_read_marks(s):
    await s.mara.send_message(s.robin_id, "have you seen this")
    await s.hears(s.robin, "message", lambda m: m.text == "have you seen this")
    assert await s.robin.read_chat_history(s.mara_id)
    async for dialog in s.robin.get_dialogs(limit=20):
        if dialog.chat.id == s.mara_id:
            assert dialog.unread_messages_count == 0


async def check_typing_is_accepted(s):
    assert await s.robin.send_chat_action(s.mara_id, enums.ChatAction.TYPING)


async def check_members_of_a_group(s):
    members = [member async for member in s.robin.get_chat_members(s.keepers)]
    assert any(member.user.id == s.robin_id for member in members) and len(members) >= 5


async def check_a_scheduled_message_waits(s):
    import datetime

    later = datetime.datetime.now() + datetime.timedelta(days=1)
    await s.robin.send_message(s.mara_id, "tomorrow", schedule_date=later)
    waiting = await s.robin.invoke(
        raw.functions.messages.GetScheduledHistory(peer=await s.robin.resolve_peer(s.mara_id), hash=0)
    )
    assert [message.message for message in waiting.messages] == ["tomorrow"]


async def check_contacts(s):
    assert any(user.id == s.mara_id for user in await s.robin.get_contacts())


async def check_my_sessions(s):
    authorizations = await s.robin.invoke(raw.functions.account.GetAuthorizations())
    assert sum(one.current for one in authorizations.authorizations) == 1 and len(authorizations.authorizations) >= 2


async def check_what_came_while_away_is_caught_up(s):
    one = client(s.server, "away")
    await sign_in(one, s.account)
    state = await one.invoke(raw.functions.updates.GetState())
    # The connection goes, its session with its key stays in the client's storage.
    await one.session.stop()
    await s.mara.send_message(s.robin_id, "while you were out")
    await one.session.start()
    difference = await one.invoke(raw.functions.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts))
    assert "while you were out" in [message.message for message in difference.new_messages]
    await one.disconnect()


async def check_logging_out_ends_the_session(s):
    one = client(s.server, "leaving")
    await sign_in(one, s.account)
    await one.invoke(raw.functions.auth.LogOut())
    await refused(one.get_me(), "AUTH_KEY_UNREGISTERED")
    await one.disconnect()
