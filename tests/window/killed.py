"""The program is killed in the middle of what it does, and started again."""

import json
import os
import signal

from stage.foreign import Friend
from stage.program import DemoServer, end, folder, until
from stage.window import Window
from window.main_job import dialog_named, download, open_chat, sign_in

SIZE = 6 << 20
# Slow enough to be killed within it.
BYTES_A_SECOND = 1 << 20


def kept(data):
    """How much lies in the folders of the accounts; of what is written part by part, those parts that are."""
    sizes = []
    for path in (data / "accounts").rglob("*"):
        try:
            sizes.append(path.stat().st_blocks * 512 if path.is_file() else 0)
        except FileNotFoundError:
            pass  # it has just been removed
    return sum(sizes)


def case_a_download_goes_on_by_itself():
    home, data = folder(), folder()
    downloads = home / "Downloads"
    downloads.mkdir()
    scenario = folder() / "slow-files.json"
    scenario.write_text(json.dumps({"file_bytes_per_second": BYTES_A_SECOND}))
    server = DemoServer("--scenario", scenario)
    account = server.account()
    here, other = Friend(server, account), Friend(server, server.others(account)[0])
    theirs = {dialog.name for dialog in other.dialogs() if dialog.is_group}
    group = next(dialog.name for dialog in here.dialogs() if dialog.is_group and dialog.name in theirs)
    sent, content = folder() / "long.bin", os.urandom(SIZE)
    sent.write_bytes(content)
    other.do(other.client.send_file(dialog_named(other, group).entity, sent, force_document=True))

    options = [*server.options(), "--data-dir", data]
    window = Window(options, home=home)
    sign_in(window, account)
    open_chat(window, here, group)
    before = kept(data)
    download(window)
    until("a third of the file is here", lambda: kept(data) - before >= SIZE // 3)
    end(window.process, signal.SIGKILL)
    assert kept(data) - before < SIZE, "it was killed too late to show anything"
    assert not list(downloads.iterdir())

    # The conversation is open as it was, and nobody asks for the file again.
    window = Window(options, home=home)
    asked = window.wait_button("a path is asked for", window.conversation, width=48)
    window.display.save("killed-path-asked")
    window.click(asked)
    saved = downloads / "long.bin"
    until("the file is saved", lambda: saved.exists() and saved.stat().st_size == SIZE)
    assert saved.read_bytes() == content
    window.alive()
