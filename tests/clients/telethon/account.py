"""Telethon does at the demo server what the guide's account does at Telegram's."""

import asyncio
import hashlib
import time

from telethon import errors, events
from telethon.tl.functions.help import GetConfigRequest

from stage.foreign import connect, signed_in
from stage.program import DemoServer


def at(server, account, work):
    """Runs `work(client)` signed in."""

    async def go():
        async with signed_in(server, account) as client:
            return await asyncio.wait_for(work(client), 240)

    return asyncio.run(go())


async def largest(client):
    """The chat with the longest history: its dialog and how many messages it has."""
    best = (None, -1)
    async for dialog in client.iter_dialogs():
        count = (await client.get_messages(dialog, limit=1)).total
        if count > best[1]:
            best = (dialog, count)
    return best


def case_signs_in_with_code():
    server = DemoServer()
    account = server.account()

    async def work(client):
        me = await client.get_me()
        assert me.phone == account["phone"].lstrip("+"), me
        assert await client.is_user_authorized()

    at(server, account, work)


def case_signs_in_with_code_and_password():
    server = DemoServer()
    account = server.account(password=True)

    async def work(client):
        assert (await client.get_me()).phone == account["phone"].lstrip("+")

    at(server, account, work)


def case_wrong_code_and_password_are_refused_by_name():
    server = DemoServer()
    account = server.account(password=True)

    async def go():
        client = await connect(server)
        try:
            await client.send_code_request(account["phone"])
            wrong = "".join("1" if digit == "0" else "0" for digit in account["code"])
            try:
                await client.sign_in(account["phone"], wrong)
                raise AssertionError("a wrong code was taken")
            except errors.PhoneCodeInvalidError:
                pass
            try:
                await client.sign_in(account["phone"], account["code"])
                raise AssertionError("no password was asked for")
            except errors.SessionPasswordNeededError:
                pass
            try:
                await client.sign_in(password="not it")
                raise AssertionError("a wrong password was taken")
            except errors.PasswordHashInvalidError:
                pass
            await client.sign_in(password=account["password"])
            assert await client.is_user_authorized()
        finally:
            await client.disconnect()

    asyncio.run(go())


def case_names_two_datacenters():
    server = DemoServer()

    async def work(client):
        config = await client(GetConfigRequest())
        named = {option.id: f"{option.ip_address}:{option.port}" for option in config.dc_options}
        assert config.this_dc == server.dc
        assert named == {dc["id"]: dc["address"] for dc in server.said["datacenters"]}, named

    at(server, server.account(), work)


def case_lists_all_dialogs_in_order():
    server = DemoServer()

    async def work(client):
        dialogs = await client.get_dialogs()
        assert len(dialogs) >= 50, len(dialogs)
        assert len({dialog.id for dialog in dialogs}) == len(dialogs)
        loose = [dialog.date for dialog in dialogs if not dialog.pinned]
        assert loose == sorted(loose, reverse=True)
        assert "Lighthouse Keepers" in [dialog.name for dialog in dialogs]
        assert any(dialog.is_user for dialog in dialogs) and any(dialog.is_group for dialog in dialogs)
        assert any(dialog.is_channel and not dialog.is_group for dialog in dialogs)
        assert any(dialog.unread_count for dialog in dialogs)

    at(server, server.account(), work)


def case_reads_200_messages():
    server = DemoServer()

    async def work(client):
        dialog, total = await largest(client)
        assert total >= 4000, total
        messages = await client.get_messages(dialog, limit=200)
        ids = [message.id for message in messages]
        assert len(ids) == 200 and ids == sorted(ids, reverse=True) and len(set(ids)) == 200
        assert all(message.sender_id for message in messages)
        oldest = await client.get_messages(dialog, limit=5, reverse=True)
        assert len(oldest) == 5 and oldest[-1].id < ids[-1]

    at(server, server.account(), work)


def case_asks_for_three_things_at_once():
    server = DemoServer()

    async def work(client):
        dialogs = await client.get_dialogs()
        with_photo = next(dialog for dialog in dialogs if dialog.entity.photo)
        saved = await client.get_me()
        messages, sent, photo = await asyncio.gather(
            client.get_messages(dialogs[0], limit=10),
            client.send_message(saved, "three at once"),
            client.download_profile_photo(with_photo.entity, file=bytes),
        )
        assert len(messages) == 10
        assert sent.out and sent.message == "three at once" and sent.id > 0
        assert photo[:3] == b"\xff\xd8\xff", photo[:16]
        assert (await client.get_messages(saved, limit=1))[0].id == sent.id

    at(server, server.account(), work)


def case_downloads_a_file_and_a_photo_from_the_other_datacenter():
    server = DemoServer()

    async def work(client):
        found = {}
        async for dialog in client.iter_dialogs():
            async for message in client.iter_messages(dialog, limit=100):
                if message.photo and "photo" not in found:
                    found["photo"] = message
                if message.document and message.file.size < 4_000_000 and "document" not in found:
                    found["document"] = message
            if len(found) == 2:
                break
        assert len(found) == 2, f"only {list(found)} among the last 100 messages of every chat"
        document = found["document"]
        assert document.document.dc_id != server.dc
        data = await client.download_media(document, file=bytes)
        assert len(data) == document.file.size
        again = await client.download_media(document, file=bytes)
        assert hashlib.sha256(again).digest() == hashlib.sha256(data).digest()
        picture = await client.download_media(found["photo"], file=bytes)
        assert picture[:3] == b"\xff\xd8\xff"

    at(server, server.account(), work)


def case_the_other_side_gets_what_is_sent():
    server = DemoServer()
    first = server.account()
    second = server.others(first)[0]

    async def go():
        async with signed_in(server, first) as one, signed_in(server, second) as two:
            mine = {dialog.name: dialog for dialog in await one.get_dialogs() if dialog.is_group}
            theirs = {dialog.name: dialog for dialog in await two.get_dialogs() if dialog.is_group}
            shared = sorted(set(mine) & set(theirs))
            assert shared, "the two accounts share no chat"
            came = asyncio.get_running_loop().create_future()

            @two.on(events.NewMessage(pattern="over the water"))
            async def _(event):
                if not came.done():
                    came.set_result(event)

            sent = await one.send_message(mine[shared[0]], "over the water")
            event = await asyncio.wait_for(came, 60)
            assert event.chat_id == theirs[shared[0]].id
            assert (await event.get_sender()).id == (await one.get_me()).id
            messages = await two.get_messages(theirs[shared[0]], limit=1)
            assert messages[0].message == "over the water" and messages[0].id == sent.id or not mine[shared[0]].is_channel

    asyncio.run(go())


def case_what_was_missed_is_caught_up():
    server = DemoServer()
    first = server.account()
    second = server.others(first)[0]

    async def go():
        async with signed_in(server, first) as one, signed_in(server, second) as two:
            me = await two.get_me()
            peer = next((d for d in await one.get_dialogs() if d.is_user and d.entity.id == me.id), None)
            target = peer or next(
                d for d in await one.get_dialogs()
                if d.is_group and d.name in {other.name for other in await two.get_dialogs()}
            )
            came = []
            two.add_event_handler(lambda event: came.append(event.raw_text) or asyncio.sleep(0), events.NewMessage())
            await two.catch_up()
            await two.disconnect()
            await one.send_message(target, "while you were away")
            await two.connect()
            await two.catch_up()
            deadline = time.monotonic() + 60
            while "while you were away" not in came and time.monotonic() < deadline:
                await asyncio.sleep(0.1)
            assert "while you were away" in came, came

    asyncio.run(go())


def case_an_unknown_method_is_an_error_not_silence():
    from telethon.tl.functions.account import GetThemesRequest

    server = DemoServer()

    async def work(client):
        try:
            await asyncio.wait_for(client(GetThemesRequest(format="x", hash=0)), 30)
            raise AssertionError("an answer to a method that the server cannot know")
        except errors.RPCError:
            pass

    at(server, server.account(), work)


def case_logs_out():
    server = DemoServer()

    async def work(client):
        assert await client.log_out()

    at(server, server.account(), work)
