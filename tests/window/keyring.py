"""The key of the data in the desktop's keyring, with everything that can be wrong with it: what stands in the window,
that the data is left alone, and that all is there again when the keyring is well."""

import base64
import contextlib
import os

from PIL import ImageChops

from telethon import functions

from stage.bus import Bus
from stage.foreign import Friend
from stage.keyring import Keyring, RealKeyring
from stage.program import DemoServer, end, environment, folder, run, until
from stage.window import Window
from window.main_job import kept_of_account, log_out
from window.sign_in import signed_in

SCREENS = {}


class Kept:
    """An account that has signed in, with its key in a keyring on a bus."""

    def __init__(self, keyring):
        self.bus = Bus()
        self.keyring = keyring(self.bus)
        self.server, self.data = DemoServer(), folder()
        self.account = account = self.server.account()
        env = environment(folder(), DBUS_SESSION_BUS_ADDRESS=self.bus.address)
        options = self.server.options()
        options[options.index("file")] = "os"
        self.options = [*options, "--data-dir", self.data]
        code, out, err = run(
            "sign-in", "--phone", account["phone"], *self.options, stdin=f"{account['code']}\n".encode(), env=env
        )
        assert (code, out) == (0, ""), (code, out, err)
        assert not list(self.data.rglob("key*")), "the key lies beside the data"

    def files(self):
        """All that is kept, byte by byte, but for what processes share in memory."""
        files = [path for path in self.data.rglob("account.db*") if not path.name.endswith("-shm")]
        return {path: path.read_bytes() for path in files}

    def window(self):
        return Window(self.options, self.bus)

    @contextlib.contextmanager
    def nothing_stays(self, window):
        """What is done in it destroys the key, and every file of the account that was there before."""
        (_, key), = self.keyring.items.items()
        with contextlib.ExitStack() as stack:
            held = {path: stack.enter_context(path.open("rb")) for path in kept_of_account(self.data)}
            names = {path.name for path in held}
            assert {"account.db", "account.db-wal", "account.db-shm"} <= names, names
            assert any(path.parent.name == "media" for path in held), "no picture is kept"
            yield
            until("the key is gone", lambda: key not in self.keyring.items.values())
            # The next sign-in may have files of the same names.
            until("the files are gone", lambda: all(os.fstat(file.fileno()).st_nlink == 0 for file in held.values()))
        window.alive()

    def opens(self):
        window = self.window()
        until("the chats are there", lambda: signed_in(window))
        end(window.process)

    def refused(self, trouble):
        """The window says what is in the way, and nothing of what is kept has changed. Gives the window."""
        before = self.files()
        assert before, "nothing is kept"
        window = self.window()
        button = window.wait_button("it says what is in the way", width=200)
        picture = window.display.still()
        window.display.save(f"keyring-{trouble}")
        assert not signed_in(window)
        window.alive()
        after = self.files()
        assert after == before, f"touched: {[path.name for path in before if after.get(path) != before[path]]}"
        SCREENS[trouble] = picture
        return window, button

    def mended(self, window, button):
        window.press(button)
        until("the chats are there", lambda: signed_in(window))
        window.alive()
        end(window.process)


def differ(one, other):
    """Two pictures in more than a caret."""
    box = ImageChops.difference(one, other).getbbox()
    return box is not None and (box[2] - box[0]) * (box[3] - box[1]) > 400


def differing(*troubles):
    """Each of them has a screen of its own."""
    alike = [
        (one, other) for one in troubles for other in troubles
        if one < other and not differ(SCREENS[one], SCREENS[other])
    ]
    assert not alike, f"two troubles have the same screen: {alike}"


def case_a_real_keyring_in_every_state():
    kept = Kept(RealKeyring)
    kept.opens()
    # Nobody on this bus can ask for its password.
    kept.keyring.lock()
    window, _ = kept.refused("real-locked")
    end(window.process)
    # Ended and started again it is unlocked with the desktop's password, as after a new login.
    kept.keyring.leave()
    window, button = kept.refused("real-missing")
    kept.keyring.process = kept.keyring._start()
    kept.mended(window, button)
    assert kept.keyring.forget() == 1
    window, _ = kept.refused("real-emptied")
    end(window.process)
    assert kept.keyring.forget() == 0, "a new key was made for data that it cannot open"
    differing("real-locked", "real-missing", "real-emptied")


def case_locked_until_somebody_unlocks_it_and_with_other_keys():
    kept = Kept(Keyring)
    kept.keyring.be("locked")
    window, button = kept.refused("locked")
    # Still locked: the same again.
    window.press(button)
    button = window.wait_button("it is still locked", width=200)
    window.display.still()
    kept.keyring.be("well")
    kept.mended(window, button)

    (entry, right), = kept.keyring.items.items()
    kept.keyring.items[entry] = base64.b64encode(bytes(32))
    window, button = kept.refused("wrong-key")
    kept.keyring.items[entry] = b"what is this"
    # Asked again, it finds something else that is no key.
    window.press(button)
    window.display.changed(SCREENS["wrong-key"], what="it says something else")
    button = window.wait_button("it says what is in the way", width=200)
    SCREENS["no-key"] = window.display.still()
    window.display.save("keyring-no-key")
    assert kept.keyring.items == {entry: b"what is this"}, "what is in the keyring was overwritten"
    kept.keyring.items[entry] = right
    kept.mended(window, button)
    differing("locked", "wrong-key", "no-key")


def case_answering_late_and_logging_out():
    kept = Kept(Keyring)
    files, asked = kept.files(), kept.keyring.asked
    kept.keyring.be("late")
    window = kept.window()
    until("it was asked", lambda: kept.keyring.asked > asked)
    # It says that it waits, and stays usable: the picture moves, and nothing is decided for the person.
    picture = window.display.picture()
    window.display.changed(picture, what="the window shows that it waits")
    window.display.save("keyring-late")
    assert not window.buttons(width=200) and not signed_in(window)
    assert kept.files() == files
    kept.keyring.be("well")
    until("the chats are there", lambda: signed_in(window))

    # Nothing of the account is left afterwards, in the keyring and on the disk.
    until("a picture is kept", lambda: list(kept.data.rglob("media/*")))
    window.display.still()
    with kept.nothing_stays(window):
        log_out(window)


def case_ended_from_elsewhere_it_takes_key_and_files_along():
    kept = Kept(Keyring)
    window = kept.window()
    until("the chats are there", lambda: signed_in(window))
    until("a picture is kept", lambda: list(kept.data.rglob("media/*")))
    other = Friend(kept.server, kept.account)
    with kept.nothing_stays(window):
        assert other.do(other.client(functions.auth.ResetAuthorizationsRequest()))
        until("the sign-in screen is back", lambda: window.sun() and not window.buttons(width=200))
