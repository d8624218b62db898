"""What `cargo bench -p heliograph-telegram --bench wire` has Telethon do, for comparison: `python -m bench.beside PART
DESCRIPTOR`, with what the demo server says of itself. Prints NAME=FIGURE lines."""

import asyncio
import json
import sys
import time

import cryptg  # noqa: F401 - Telethon decrypts with it, and should not quietly do without.

from stage.foreign import signed_in

WATCH = "Long Watch"


class Said:
    """The server, as `stage.foreign` wants it."""

    def __init__(self, said):
        self.address, self.dc, self.pem = said["address"], said["dc_id"], said["public_key_pem"]
        self.accounts = said["accounts"]

    def account(self):
        return next(account for account in self.accounts if not account["password"])


async def messages(client):
    chat = next(d.entity for d in await client.get_dialogs() if d.name == WATCH)
    began, before, count = time.monotonic(), time.process_time(), 0
    async for _ in client.iter_messages(chat, limit=5000, wait_time=0):
        count += 1
    assert count == 5000, count
    yield "processor", time.process_time() - before
    yield "elapsed", time.monotonic() - began


async def photos(client):
    faces = {}
    for dialog in await client.get_dialogs():
        faces[dialog.entity.id] = dialog.entity
        async for message in client.iter_messages(dialog.entity, limit=100):
            if message.sender:
                faces[message.sender.id] = message.sender
    faces = [face for face in faces.values() if getattr(getattr(face, "photo", None), "photo_id", None)]
    faces = sorted(faces, key=lambda face: face.id)[:60]

    async def at_once():
        began = time.monotonic()
        got = await asyncio.gather(*(client.download_profile_photo(face, bytes, download_big=False) for face in faces))
        assert all(got)
        return (time.monotonic() - began) * 1000

    yield "cold", await at_once()
    yield "together", sorted([await at_once() for _ in range(5)])[2]


async def beside(client, times=100):
    chat = next(d.entity for d in await client.get_dialogs() if d.name == WATCH)
    large = (await client.get_messages(chat, limit=1))[0]

    async def asks(until):
        took = []
        while len(took) < times and not until():
            began = time.monotonic()
            await client.get_me(input_peer=False)
            took.append((time.monotonic() - began) * 1000)
            await asyncio.sleep(0.005)
        return sorted(took)[len(took) // 2]

    yield "idle", await asks(lambda: False)

    async def download():
        async for _ in client.iter_download(large.media, request_size=512 * 1024):
            pass

    task = asyncio.create_task(download())
    await asyncio.sleep(1)
    yield "busy", await asks(task.done)
    task.cancel()


async def main(part, descriptor):
    parts = {"messages": messages, "photos": photos, "beside": beside, "beside-quick": lambda c: beside(c, 20)}
    async with signed_in(Said(json.loads(descriptor)), Said(json.loads(descriptor)).account()) as client:
        async for name, figure in parts[part](client):
            print(f"{name}={figure}", flush=True)


asyncio.run(main(sys.argv[1], sys.argv[2]))
