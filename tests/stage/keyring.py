"""Keyrings on a private bus: a real one (gnome-keyring), and one of our own that misbehaves when it is told to."""

import asyncio
import hashlib
import hmac
import os
import secrets
import subprocess

import pyaes
from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from stage.program import folder, start, until

NAME = "org.freedesktop.secrets"
ROOT = "/org/freedesktop/secrets"
SERVICE = "org.freedesktop.Secret.Service"
# The second group of Oakley (RFC 2409), as the specification of the Secret Service demands.
PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE65381FFFFFFFFFFFFFFFF", 16,
)


class RealKeyring:
    """gnome-keyring-daemon, unlocked with a password, with everything that it keeps in a folder of the case."""

    def __init__(self, bus):
        self.bus, self.home = bus, folder()
        self.process = self._start()

    def _start(self):
        env = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home), "LANG": "C.UTF-8",
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address, "XDG_DATA_HOME": str(self.home / "data"),
        }
        process = start(
            ["--foreground", "--unlock", "--components=secrets"], command=["gnome-keyring-daemon"], env=env,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        process.stdin.write(b"the password of the keyring")
        process.stdin.close()
        until("the keyring is on the bus", lambda: self.bus.has(NAME))
        return process

    def _collection(self):
        return self.bus.call(NAME, ROOT, SERVICE, "ReadAlias", "s", ["default"])[0]

    def lock(self):
        self.bus.call(NAME, ROOT, SERVICE, "Lock", "ao", [[self._collection()]])

    def forget(self):
        """Removes everything that is kept."""
        found = self.bus.call(NAME, ROOT, SERVICE, "SearchItems", "a{ss}", [{"service": "Heliograph"}])
        for item in found[0]:
            self.bus.call(NAME, item, "org.freedesktop.Secret.Item", "Delete", "", [])
        return len(found[0])

    def leave(self):
        self.process.kill()
        self.process.wait()
        until("the keyring is gone", lambda: not self.bus.has(NAME))


class Keyring:
    """A Secret Service of our own. `mood` is 'well', 'locked' (and nobody unlocks it) or 'late' (no answer comes until
    the mood is another); `items` are the secrets by their attributes."""

    def __init__(self, bus):
        self.bus = bus
        self.mood = "well"
        self.items = {}
        self.asked = 0
        self._keys = {}
        self._waiting = []
        bus.run(self._join())

    def be(self, mood):
        """From now on; what waited for an answer gets one."""
        self.mood = mood
        waiting, self._waiting = self._waiting, []
        for message in waiting:
            self.bus.run(self._send(message))

    def leave(self):
        self.bus.run(self._leave())

    def come_back(self):
        self.bus.run(self._join())

    async def _join(self):
        self._connection = await MessageBus(bus_address=self.bus.address).connect()
        self._connection.add_message_handler(self._handle)
        await self._connection.request_name(NAME)

    async def _leave(self):
        self._connection.disconnect()

    async def _send(self, message):
        await self._connection.send(self._answer(message))

    def _handle(self, message):
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        if message.interface == "org.freedesktop.DBus.Peer" or message.destination == "org.freedesktop.DBus":
            return None
        self.asked += 1
        if self.mood == "late":
            self._waiting.append(message)
            return True
        return self._answer(message)

    def _answer(self, message):
        member, path, body = message.member, message.path, message.body
        reply = lambda signature, values: Message.new_method_return(message, signature, values)  # noqa: E731
        if member == "OpenSession":
            return reply("vo", self._open_session(body[1].value))
        if member == "SearchItems":
            paths = [self._path(key) for key in self.items if dict(key).items() >= body[0].items()]
            return reply("aoao", [[], paths] if self.mood == "locked" else [paths, []])
        if member == "Unlock":
            return reply("aoo", [[], f"{ROOT}/prompt/1"] if self.mood == "locked" else [body[0], "/"])
        if member == "Prompt":
            # Whoever is asked for the password turns away.
            dismissed = Message(
                message_type=MessageType.SIGNAL, destination=message.sender, path=path, signature="bv",
                interface="org.freedesktop.Secret.Prompt", member="Completed", body=[True, Variant("s", "")],
            )
            asyncio.get_running_loop().call_later(0.05, lambda: self._connection.send(dismissed))
            return reply("", [])
        if member == "ReadAlias":
            return reply("o", [f"{ROOT}/collection/default"])
        if member == "CreateItem":
            if self.mood == "locked":
                return Message.new_error(message, "org.freedesktop.Secret.Error.IsLocked", "locked")
            attributes = body[0]["org.freedesktop.Secret.Item.Attributes"].value
            key = tuple(sorted(attributes.items()))
            self.items[key] = self._open(body[1])
            return reply("oo", [self._path(key), "/"])
        if member == "GetSecret":
            return reply("(oayays)", [self._seal(body[0], self.items[self._key(path)])])
        if member == "SetSecret":
            self.items[self._key(path)] = self._open(body[0])
            return reply("", [])
        if member == "Delete":
            del self.items[self._key(path)]
            return reply("o", ["/"])
        if member == "Get" and body[1] == "Locked":
            return reply("v", [Variant("b", self.mood == "locked")])
        if member == "Get" and body[1] in ("Collections", "Items"):
            return reply("v", [Variant("ao", [f"{ROOT}/collection/default"])])
        return Message.new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", f"{member} of {path}")

    def _path(self, key):
        return f"{ROOT}/collection/default/{hashlib.sha256(repr(key).encode()).hexdigest()[:16]}"

    def _key(self, path):
        return next(key for key in self.items if self._path(key) == path)

    def _open_session(self, theirs):
        ours = secrets.randbelow(PRIME - 4) + 2
        shared = pow(int.from_bytes(bytes(theirs), "big"), ours, PRIME).to_bytes(128, "big")
        extracted = hmac.digest(b"\0" * 32, shared, "sha256")
        path = f"{ROOT}/session/{len(self._keys)}"
        self._keys[path] = hmac.digest(extracted, b"\1", "sha256")[:16]
        return [Variant("ay", pow(2, ours, PRIME).to_bytes(128, "big")), path]

    def _open(self, secret):
        cipher = pyaes.Decrypter(pyaes.AESModeOfOperationCBC(self._keys[secret[0]], iv=bytes(secret[1])))
        return cipher.feed(bytes(secret[2])) + cipher.feed()

    def _seal(self, session, secret):
        nonce = secrets.token_bytes(16)
        cipher = pyaes.Encrypter(pyaes.AESModeOfOperationCBC(self._keys[session], iv=nonce))
        return [session, nonce, cipher.feed(secret) + cipher.feed(), "application/octet-stream"]
