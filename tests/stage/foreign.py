"""Telethon, a client that others wrote, at the demo server."""

import asyncio
import contextlib
import io
import threading

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.sessions import MemorySession

from stage.program import on_clean_up


@contextlib.asynccontextmanager
async def signed_in(server, account, **how):
    """A Telethon client that has signed in with this account, in a new session; `how` as in `connect`."""
    client = await connect(server, **how)
    try:
        # It would greet whoever runs the tests.
        with contextlib.redirect_stdout(io.StringIO()):
            await client.start(
                phone=account["phone"], code_callback=lambda: account["code"], password=account["password"] or "unused",
                max_attempts=1,
            )
        yield client
    finally:
        await client.disconnect()


async def connect(server, **how):
    """A Telethon client that is connected and not signed in. `how`: what else a TelegramClient is told, its transport
    or a proxy for example."""
    rsa.add_key(server.pem, old=False)
    host, port = server.address.rsplit(":", 1)
    session = MemorySession()
    session.set_dc(server.dc, host, int(port))
    # What it learnt of datacenters at another server is kept by its class.
    TelegramClient._config = None
    client = TelegramClient(
        session, api_id=1, api_hash="0" * 32, connection_retries=2, request_retries=2, timeout=20, receive_updates=True,
        **how,
    )
    await client.connect()
    return client


class Friend:
    """Somebody who sits at another client all through the case: a signed-in Telethon client beside the window."""

    def __init__(self, server, account):
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._stack = contextlib.AsyncExitStack()
        on_clean_up(self._leave)
        self.client = self.do(self._stack.enter_async_context(signed_in(server, account)))

    def do(self, work, timeout=120):
        """Runs one coroutine of the client and gives its result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def _leave(self):
        try:
            self.do(self._stack.aclose(), 20)
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)

    def dialogs(self):
        """Names of the chats in the order of the list."""
        return self.do(self.client.get_dialogs())

    def texts(self, chat, limit=20):
        """The newest texts of a chat."""
        return [message.message for message in self.do(self.client.get_messages(chat, limit=limit))]
