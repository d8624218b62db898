"""A session bus of our own, with or without a file chooser portal that answers instead of a person."""

import asyncio
import os
import subprocess
import threading
from urllib.parse import quote

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from stage.program import folder, on_clean_up, start

# No service is started by this bus: what is on the developer's machine must not answer.
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"


class Bus:
    """A private session bus; remembers every method call that went over it."""

    def __init__(self):
        place = folder()
        (place / "bus.conf").write_text(CONFIGURATION.format(socket=place / "bus"))
        process = start(
            [f"--config-file={place / 'bus.conf'}", "--nofork", "--nopidfile", "--print-address=1"],
            command=["dbus-daemon"], env={"PATH": os.environ["PATH"]}, stderr=subprocess.DEVNULL,
        )
        self.address = process.stdout.readline().decode().strip()
        assert self.address, "dbus-daemon did not start"
        self._calls = []
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        on_clean_up(lambda: self._loop.call_soon_threadsafe(self._loop.stop))
        self._do(self._watch())

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def run(self, work):
        """Runs one coroutine where the bus is served, and gives its result."""
        return self._do(work)

    def call(self, destination, path, interface, member, signature="", body=()):
        """What somebody on the bus answers."""

        async def ask():
            bus = await MessageBus(bus_address=self.address).connect()
            try:
                return await bus.call(Message(
                    destination=destination, path=path, interface=interface, member=member, signature=signature,
                    body=list(body),
                ))
            finally:
                bus.disconnect()

        answer = self._do(ask())
        assert answer.message_type is not MessageType.ERROR, (member, answer.error_name, answer.body)
        return answer.body

    def has(self, name):
        """Whether somebody has this name."""
        daemon = "org.freedesktop.DBus"
        return self.call(daemon, "/org/freedesktop/DBus", daemon, "NameHasOwner", "s", [name])[0]

    async def _watch(self):
        watcher = await MessageBus(bus_address=self.address).connect()

        def note(message):
            if message.message_type is not MessageType.METHOD_CALL:
                return None
            self._calls.append(f"{message.destination} {message.interface}.{message.member} {message.body}")
            # A monitor that answers is thrown out: nothing of this is for us.
            return True

        watcher.add_message_handler(note)
        await watcher.call(Message(
            destination="org.freedesktop.DBus", path="/org/freedesktop/DBus", interface="org.freedesktop.DBus.Monitoring",
            member="BecomeMonitor", signature="asu", body=[["type='method_call'"], 0],
        ))
        self._watcher = watcher

    def calls(self):
        """Every method call so far: destination, interface.member, arguments."""
        return list(self._calls)

    def add_portal(self, answer):
        """Puts a file chooser portal on the bus. `answer(method, options)` gives the chosen path, or None to cancel."""
        self._do(self._serve(answer))

    async def _serve(self, answer):
        bus = await MessageBus(bus_address=self.address, bus_type=BusType.SESSION).connect()
        self._portal = bus

        def handle(message):
            if message.message_type is not MessageType.METHOD_CALL:
                return None
            interface, member = message.interface, message.member
            if interface == "org.freedesktop.DBus.Properties" and member == "Get" and message.body[1] == "version":
                return Message.new_method_return(message, "v", [Variant("u", 3)])
            if interface == "org.freedesktop.DBus.Properties" and member == "GetAll":
                return Message.new_method_return(message, "a{sv}", [{"version": Variant("u", 3)}])
            if interface == "org.freedesktop.DBus.Introspectable":
                xml = '<node><interface name="org.freedesktop.portal.FileChooser"/></node>'
                return Message.new_method_return(message, "s", [xml])
            if interface == "org.freedesktop.portal.FileChooser" and member in ("SaveFile", "OpenFile"):
                options = {key: value.value for key, value in message.body[2].items()}
                request = f"{PATH}/request/{message.sender[1:].replace('.', '_')}/{options['handle_token']}"
                chosen = answer(member, options)
                results = {} if chosen is None else {"uris": Variant("as", [f"file://{quote(str(chosen))}"])}
                response = Message(
                    message_type=MessageType.SIGNAL, destination=message.sender, path=request,
                    interface="org.freedesktop.portal.Request", member="Response", signature="ua{sv}",
                    body=[0 if results else 1, results],
                )
                self._loop.call_later(0.2, lambda: bus.send(response))
                return Message.new_method_return(message, "o", [request])
            return None

        bus.add_message_handler(handle)
        await bus.request_name(PORTAL)
