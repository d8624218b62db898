"""Robin at two devices and Mara at one, all through a module of checks; what each of them hears is kept."""

import asyncio
import contextlib

from telethon import events, utils
from telethon.errors import RPCError

from stage import checks
from stage.foreign import signed_in
from stage.program import DemoServer

PATIENCE = 15


class Ear:
    """Keeps every update that a client hears."""

    def __init__(self, client):
        self.heard = []
        self._more = asyncio.Event()
        client.add_event_handler(self._hear, events.Raw())

    async def _hear(self, update):
        self.heard.append(update)
        self._more.set()

    def forget(self):
        self.heard.clear()

    async def of(self, kind, wanted=lambda update: True):
        """The first update of this kind for which this holds; waits for it."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            for update in self.heard:
                if isinstance(update, kind) and wanted(update):
                    return update
            self._more.clear()
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                kinds = [type(update).__name__ for update in self.heard]
                raise AssertionError(f"no {kind.__name__} came, but {kinds}")
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._more.wait(), left)


class Scene:
    """Who takes part, and the chats that they share."""

    async def open(self, server, stack):
        self.server = server
        robin = server.account()
        mara = server.others(robin)[0]
        self.robin = await stack.enter_async_context(signed_in(server, robin))
        self.tablet = await stack.enter_async_context(signed_in(server, robin))
        self.mara = await stack.enter_async_context(signed_in(server, mara))
        self.robin_hears, self.tablet_hears, self.mara_hears = map(Ear, (self.robin, self.tablet, self.mara))
        self.dialogs = {dialog.name: dialog for dialog in await self.robin.get_dialogs()}
        theirs = {dialog.name: dialog for dialog in await self.mara.get_dialogs()}
        await self.tablet.get_dialogs()
        self.robin_id, self.mara_id = (await self.robin.get_me()).id, (await self.mara.get_me()).id
        self.to_mara = next(d.entity for d in self.dialogs.values() if d.is_user and d.entity.id == self.mara_id)
        self.to_robin = next(d.entity for d in theirs.values() if d.is_user and d.entity.id == self.robin_id)
        self.keepers = self.dialogs["Lighthouse Keepers"].entity
        self.keepers_of_mara = theirs["Lighthouse Keepers"].entity
        self.window = self.dialogs["Robin's window"].entity
        self.talk = self.dialogs["Window talk"].entity
        self.bakery = next(d.entity for d in self.dialogs.values() if d.is_user and d.entity.bot)
        shared = [name for name, d in self.dialogs.items() if d.is_group and not d.is_channel and name in theirs]
        assert shared, "no small group that both are in"
        self.group, self.group_of_mara = self.dialogs[shared[0]].entity, theirs[shared[0]].entity

    def hush(self):
        """Nobody has heard anything yet."""
        for ear in (self.robin_hears, self.tablet_hears, self.mara_hears):
            ear.forget()


async def refused(work, name):
    """The call is refused by this name, which may end in a number that is given back."""
    try:
        await work
    except RPCError as error:
        said = getattr(error, "message", "") or type(error).__name__
        assert name in said or name.replace("_", "").lower() in type(error).__name__.lower(), (name, repr(error))
        return error
    raise AssertionError(f"{name} expected, but it was done")


def peer_id(entity):
    return utils.get_peer_id(entity)


def play(module, *options):
    """Runs the checks of a module (its globals) at a server of their own, started with these options."""

    async def go():
        async with contextlib.AsyncExitStack() as stack:
            scene = Scene()
            await scene.open(DemoServer(*options), stack)
            await checks.run("telethon", module, scene)

    asyncio.run(go())
