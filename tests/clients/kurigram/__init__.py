"""Kurigram, the maintained fork of Pyrogram, at the demo server: a client with MTProto code of its own."""

import contextlib
import hashlib
import io
import logging

import rsa as rsa_keys
from pyrogram import Client
from pyrogram.connection import Connection
from pyrogram.crypto import rsa

logging.getLogger("pyrogram").setLevel(logging.CRITICAL)


def _tl_bytes(number):
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    head = bytes([len(data)]) if len(data) < 254 else b"\xfe" + len(data).to_bytes(3, "little")
    return head + data + bytes(-(len(head) + len(data)) % 4)


def _know(pem):
    """Adds the server's key to those that the client takes for Telegram's."""
    key = rsa_keys.PublicKey.load_pkcs1(pem.encode())
    digest = hashlib.sha1(_tl_bytes(key.n) + _tl_bytes(key.e)).digest()
    fingerprint = int.from_bytes(digest[-8:], "little", signed=True)
    rsa.server_public_keys[fingerprint] = rsa.PublicKey(key.n, key.e)


def client(server, name, **how):
    """A client that is not connected yet and takes the demo server for Telegram's home datacenter."""
    _know(server.pem)
    host, port = server.address.rsplit(":", 1)

    class Here(Connection):
        def __init__(self, dc_id, server_address, port_, *more, **options):
            if server_address.startswith("149.154."):
                server_address, port_ = host, int(port)
            super().__init__(dc_id, server_address, port_, *more, **options)

    def connect(dc_id, server_address, port, **options):
        return Here(dc_id, server_address, port, **options)

    return Client(
        name, api_id=1, api_hash="0" * 32, in_memory=True, connection_factory=connect, hide_password=True, max_concurrent_transmissions=4, **how,
    )


async def sign_in(client, account):
    """Signs in by code, and by password where there is one; gives the signed-in user."""
    from pyrogram.errors import SessionPasswordNeeded

    await client.connect()
    sent = await client.send_code(account["phone"])
    try:
        return await client.sign_in(account["phone"], sent.phone_code_hash, account["code"])
    except SessionPasswordNeeded:
        return await client.check_password(account["password"])


@contextlib.asynccontextmanager
async def signed_in(server, account, **how):
    """A client that has signed in and gets its updates."""
    one = client(server, f"check-{account['phone']}", **how)
    await sign_in(one, account)
    # `start` would ask whoever sits at the terminal; signed in, it only begins to listen.
    with contextlib.redirect_stdout(io.StringIO()):
        one.me = await one.get_me()
        await one.initialize()
    try:
        yield one
    finally:
        await one.stop()


__all__ = ["client", "sign_in", "signed_in"]
