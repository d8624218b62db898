"""Telethon over every transport that it has, through an MTProxy, and into scripted trouble."""

import asyncio
import json

from telethon import connection, errors
from telethon.tl.functions.help import GetConfigRequest

from stage.foreign import connect, signed_in
from stage.program import DemoServer, folder

SECRET = "00112233445566778899aabbccddeeff"


def at(server, work, **how):
    """Runs `work(client)` signed in over this transport."""

    async def go():
        async with signed_in(server, server.account(), **how) as client:
            return await asyncio.wait_for(work(client), 120)

    return asyncio.run(go())


async def main_job(client):
    """Lists chats, writes, and downloads a photo that lies on the other datacenter."""
    dialogs = await client.get_dialogs()
    assert len(dialogs) >= 50, len(dialogs)
    sent = await client.send_message("me", "over another road")
    assert (await client.get_messages("me", limit=1))[0].id == sent.id
    with_photo = next(dialog for dialog in dialogs if dialog.entity.photo)
    photo = await client.download_profile_photo(with_photo.entity, file=bytes)
    assert photo[:3] == b"\xff\xd8\xff", photo[:16]


def case_full():
    at(DemoServer(), main_job, connection=connection.ConnectionTcpFull)


def case_abridged():
    at(DemoServer(), main_job, connection=connection.ConnectionTcpAbridged)


def case_intermediate():
    at(DemoServer(), main_job, connection=connection.ConnectionTcpIntermediate)


def case_obfuscated():
    at(DemoServer(), main_job, connection=connection.ConnectionTcpObfuscated)


def through_proxy(kind, secret):
    server = DemoServer("--mtproxy-secret", secret)
    host, port = server.address.rsplit(":", 1)
    at(server, main_job, connection=kind, proxy=(host, int(port), secret))


def case_mtproxy_abridged():
    through_proxy(connection.ConnectionTcpMTProxyAbridged, SECRET)


def case_mtproxy_intermediate():
    through_proxy(connection.ConnectionTcpMTProxyIntermediate, SECRET)


def case_mtproxy_padded():
    through_proxy(connection.ConnectionTcpMTProxyRandomizedIntermediate, "dd" + SECRET)


def case_mtproxy_with_another_secret_is_turned_away():
    server = DemoServer("--mtproxy-secret", SECRET)
    host, port = server.address.rsplit(":", 1)
    kind = connection.ConnectionTcpMTProxyRandomizedIntermediate

    async def go():
        try:
            await connect(server, connection=kind, proxy=(host, int(port), "ff" * 16), auto_reconnect=False)
            raise AssertionError("another secret was taken")
        except (ConnectionError, asyncio.IncompleteReadError, OSError):
            pass

    asyncio.run(asyncio.wait_for(go(), 60))


def with_scenario(scenario):
    file = folder() / "scenario.json"
    file.write_text(json.dumps(scenario))
    return DemoServer("--scenario", str(file))


def case_cut_connections_truncated_packets_and_new_salts_are_survived():
    rules = [
        {"method": "messages.getDialogs", "do": "truncate"},
        # Not sendMessage: Telethon asks again as for a new message, and hears RANDOM_ID_DUPLICATE as it would elsewhere.
        {"method": "messages.getHistory", "do": "close"},
        {"method": "messages.sendMessage", "do": "change_salts"},
    ]
    # Not with "unknown_beside": Telethon drops a container that holds anything that it does not know, answers and all.
    at(with_scenario({"rules": rules}), main_job)


def case_scripted_errors_and_floods_are_told_by_name():
    server = with_scenario({
        "rules": [{"method": "messages.getHistory", "do": {"error": {"code": 400, "message": "PEER_ID_INVALID"}}}],
        "floods": [{"method": "help.getConfig", "calls": 3, "within_ms": 60000, "wait": 77}],
    })

    async def work(client):
        client.flood_sleep_threshold = 0
        try:
            await client.get_messages("me", limit=1)
            raise AssertionError("no error")
        except errors.PeerIdInvalidError:
            pass
        try:
            for _ in range(4):
                await client(GetConfigRequest())
            raise AssertionError("no flood")
        except errors.FloodWaitError as error:
            assert 70 <= error.seconds <= 77, error

    at(server, work)
