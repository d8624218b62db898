"""What a whole session of a person leaves on the disk: every path that the program wrote, searched for what it must not
hold, and who else could read it."""

import base64
import os
import shutil
import signal
import stat
import subprocess

from telethon import functions

from stage.bus import Bus
from stage.foreign import Friend
from stage.keyring import Keyring
from stage.program import DemoServer, binary, environment, folder, until
from stage.trace import Trace, Watch, can_trace, places_of
from stage.window import LIST, Window
from window import keyring
from window.main_job import (
    bytes_of, chat_with_file, dialog_named, download, log_out, open_chat_at_top, sign_in, write,
)

SENT = "an unmistakable sentence typed here"
DRAFT = "an unmistakable thought that was never sent"
SEARCHED = "unmistakable"
ANSWER = "an unmistakable answer from elsewhere"


def session(window, server, here, other, account, downloads, known):
    """Signs in, reads, writes, drafts, looks at pictures, searches, looks at the settings, saves a file. Adds what it
    came to know to `known`, and gives the content of the file."""
    theirs = {dialog.name for dialog in other.dialogs() if dialog.is_group}
    group = next(dialog.name for dialog in here.dialogs() if dialog.is_group and dialog.name in theirs)
    sign_in(window, account)

    open_chat_at_top(window, here, group)
    before = window.display.still(window.conversation)
    write(window, SENT)
    until("the server has the message", lambda: SENT in other.texts(dialog_named(other, group)))
    other.do(other.client.send_message(dialog_named(other, group).entity, ANSWER))
    window.display.changed(before, window.conversation, "the answer is drawn")
    window.display.wheel((LIST + window.display.width) // 2, window.display.height // 2, 30)
    window.display.still(window.conversation)

    # Begun and not sent: it reaches the cloud, so it lay here before.
    window.display.click((LIST + window.display.width) // 2, window.display.height - 28)
    window.display.type(DRAFT)
    until("the draft is in the cloud", lambda: any(
        DRAFT in (draft.text or "") for draft in here.do(here.client.get_drafts())
    ))

    window.display.key("k", "Control_L")
    before = window.display.still()
    window.display.type(SEARCHED)
    window.display.changed(before, what="something is found")
    window.display.still()
    window.display.save("traces-search")
    window.display.key("Escape")
    window.display.still()

    before = window.display.still()
    window.display.key("comma", "Control_L")
    window.display.changed(before, what="the settings are there")
    window.display.still()
    window.display.save("traces-settings")
    window.display.key("Escape")
    window.display.still()

    name = chat_with_file(here)
    open_chat_at_top(window, here, name)
    download(window)
    window.click(window.wait_button("a path is asked for", window.conversation, width=48))
    saved = lambda: next(iter(sorted(downloads.glob("[!.]*"))), downloads / "nothing")  # noqa: E731
    expected = []

    def complete():
        if not saved().exists():
            return False
        expected[:] = expected or [bytes_of(here, name, saved().name)]
        return saved().read_bytes() == expected[0]

    until("the file is saved", complete, timeout=120)
    window.display.still(window.conversation)
    assert expected[0]
    # What the program has seen for sure.
    for dialog in here.dialogs()[:8]:
        known[f"name {dialog.name}"] = dialog.name
        for number, text in enumerate(here.texts(dialog, 10)):
            if text and len(text) >= 16:
                known[f"message {number} of {dialog.name}"] = text
    window.alive()
    return expected[0]


def secrets(account, ring):
    """What must not stand anywhere as it is."""
    (entry, key), = ring.items.items()
    assert "Heliograph" in str(entry), entry
    code = account["code"]
    return {
        "sent": SENT, "draft": DRAFT, "answer": ANSWER, "searched": SEARCHED, "phone": account["phone"],
        "phone without +": account["phone"].lstrip("+"), "code": f'"{code}"', "key": base64.b64decode(key),
        "key in base64": key, "key in hexadecimal": base64.b64decode(key).hex(),
    }


def case_nothing_of_a_session_can_be_read():
    server = DemoServer()
    account = server.account()
    here = Friend(server, account)
    other = Friend(server, server.others(account)[0])
    bus = Bus()
    ring = Keyring(bus)
    data, home, temporary = folder(), folder(), folder()
    downloads = home / "Downloads"
    downloads.mkdir()
    options = server.options()
    options[options.index("file")] = "os"
    traced = can_trace()
    if not traced:
        print("this machine lets no process be traced: the folders are watched instead")
    trace = Trace()
    watch = Watch(data, home, temporary)
    window = Window(
        [*options, "--data-dir", data], bus, home, command=trace.command(binary()) if traced else None,
        TMPDIR=temporary,
    )
    known = {}
    fetched = session(window, server, here, other, account, downloads, known)
    hidden = {**known, **secrets(account, ring)}
    assert len(known) > 20, known.keys()
    watch.look()
    # A copy of what lies there now, for the cases below.
    copy = folder() / "data"
    shutil.copytree(data, copy)
    log_out(window)
    until("the key is gone", lambda: base64.b64encode(hidden["key"]) not in ring.items.values())
    # The window itself, not who watches it.
    os.killpg(window.process.pid, signal.SIGTERM)
    window.process.wait(60)
    watch.look()
    watch.stop()

    written, made, paths = trace.read() if traced else ({}, {}, set())
    allowed = tuple(str(root) for root in (data, home, temporary))
    kept = [path for path in paths if path.startswith("/") and not path.startswith(("/dev/", "/proc/", "/sys/"))]
    elsewhere = [path for path in kept if not path.startswith(allowed)]
    assert not elsewhere, f"written outside of its folders: {elsewhere}"
    if traced:
        assert any(path.endswith("account.db-wal") for path in written), sorted(written)
        total = sum(len(part) for parts in written.values() for part in parts)
        plain = sorted(path.rsplit("/", 1)[1] for path in kept if "/media/" not in path)
        print(f"{len(kept)} paths, {total} bytes to {len(written)} files, {len(hidden)} secrets: media and {plain}")
        # What lay in plain for a moment is seen: the file that was fetched, before it was saved.
        assert any(fetched in b"".join(parts) for parts in written.values()), "the trace does not see what is written"
    mine = str(downloads)
    traces = [(path, b"".join(parts)) for path, parts in written.items() if not path.startswith(mine)]
    lying = [(path, content) for (path, _, _), content in watch.contents.items() if not path.startswith(mine)]
    assert lying, "nothing was seen on the disk"
    found = places_of(hidden, [*traces, *lying])
    assert not found, found

    open_to_others = {
        path: oct(mode) for path, mode in {**watch.modes, **made}.items()
        if mode & 0o077 and not path.startswith(("/dev/", "/proc/", mine)) and not os.path.islink(path)
    }
    assert not open_to_others, open_to_others
    copied(copy, options, hidden)


# Whoever is traced is slow.
case_nothing_of_a_session_can_be_read.longest = 900


def copied(copy, options, hidden):
    """Somebody has taken the folder along: to another user, to a desktop with another keyring, and to one without."""
    files = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert not places_of(hidden, files.items())
    accounts = copy / "accounts"
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o700, oct(accounts.stat().st_mode)
    if os.geteuid() == 0:
        os.chmod(copy.parent, 0o755)
        os.chmod(copy, 0o755)
        script = f"import os; os.setgid(65534); os.setuid(65534); print(os.listdir({str(copy)!r}), os.listdir({str(accounts)!r}))"
        other = subprocess.run(["python3", "-c", script], capture_output=True, text=True)
        assert other.returncode != 0 and "PermissionError" in other.stderr, (other.stdout, other.stderr)
    else:
        print("only root can try it as another user: the permissions of the folder were looked at")
    for bus in (Bus(), None):
        ring = Keyring(bus) if bus else None
        before = {path: path.read_bytes() for path in files if path.name.startswith("account.db")}
        window = Window([*options, "--data-dir", copy], bus)
        window.wait_button("it says what is in the way", width=200)
        assert not keyring.signed_in(window)
        window.display.still()
        window.display.save(f"traces-copy-{'other' if bus else 'no'}-keyring")
        assert {path: path.read_bytes() for path in before} == before, "the copy was touched"
        assert not ring or ring.items == {}
        window.alive()
        os.killpg(window.process.pid, signal.SIGTERM)
        window.process.wait(60)
