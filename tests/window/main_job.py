"""The main job in a real window, with a real pointer and real keys: what the server and other people then have."""

import hashlib
import re

from stage.bus import Bus
from stage.foreign import Friend
from stage.program import DemoServer, folder, until
from stage.window import DANGER, HEADER, LIST, RAIL, ROW, Window

# Where the first chat begins in the list.
LIST_TOP = 60


def sign_in(window, account):
    """Types the number and clicks the wide button that it makes ready; then types the code, which is sent by itself."""
    # A window that is not drawn yet hears nothing.
    until("the sign-in screen is there", lambda: window.sun() and not window.buttons(width=200))
    window.display.still()
    # The field has the keyboard by itself; on a slow machine a moment later.
    for tries in range(5):
        window.display.type(account["phone"])
        try:
            window.press(until("the button is ready", lambda: window.buttons(width=200), timeout=20)[0])
            break
        except AssertionError:
            if tries == 4:
                raise
            window.display.key("a", "Control_L")
    until("there is nothing to go on with yet", lambda: not window.buttons(width=200))
    window.display.still()
    window.display.type(account["code"])
    until("the chats are there", lambda: not window.buttons(width=200) and window.badges())
    window.display.still(window.list)


def row(index):
    """Where the chat with this place in the list is."""
    return (RAIL + 160, LIST_TOP + index * ROW + ROW // 2)


def open_chat(window, friend, name):
    """Opens a chat by its place in the list, which a second session of the account knows."""
    index = [dialog.name for dialog in friend.dialogs()].index(name)
    before = window.display.picture(window.conversation)
    window.display.click(*row(index))
    window.display.changed(before, window.conversation, "the conversation opens")
    window.display.still(window.conversation)


def write(window, text):
    window.display.click((LIST + window.display.width) // 2, window.display.height - 28)
    window.display.type(text)
    window.display.key("Return")


def chat_with_file(friend, most=4_000_000):
    """A chat in which one may write, with a small file near its end: its name."""

    async def look():
        best = None
        async for dialog in friend.client.iter_dialogs():
            if dialog.is_channel and not dialog.is_group:
                continue
            messages = await friend.client.get_messages(dialog, limit=40)
            for depth, message in enumerate(messages):
                if message.document and message.file.name and message.file.size <= most:
                    if best is None or depth < best[0]:
                        best = (depth, dialog.name)
                    break
        return best

    best = friend.do(look())
    assert best, "no chat has a small file near its end"
    return best[1]


def bytes_of(friend, chat_name, file_name):
    """What another client downloads for the file of this name."""

    async def fetch():
        async for dialog in friend.client.iter_dialogs():
            if dialog.name == chat_name:
                async for message in friend.client.iter_messages(dialog, limit=200):
                    if message.document and message.file.name == file_name:
                        return await friend.client.download_media(message, file=bytes)
        raise AssertionError(f"{chat_name} has no file named {file_name!r}")

    return friend.do(fetch())


def dialog_named(friend, name):
    return next(dialog for dialog in friend.dialogs() if dialog.name == name)


def open_chat_at_top(window, friend, name):
    """Opens a chat that may be far down: a word from the other session brings it up first."""
    before = window.display.picture(window.list)
    friend.do(friend.client.send_message(dialog_named(friend, name).entity, "up"))
    window.display.changed(before, window.list, "the list shows the news")
    window.display.still(window.list)
    open_chat(window, friend, name)


def download(window):
    """Wheels up to a file of the open chat and clicks on it."""
    middle = ((LIST + window.display.width) // 2, window.display.height // 2)

    def wheeled_to():
        discs = [disc for disc in window.discs() if disc[1] > HEADER + 8]
        if not discs:
            window.display.wheel(*middle, 2)
            window.display.still(window.conversation, quiet=0.3)
        return discs

    window.click(until("a file is on the screen", wheeled_to)[-1])


def log_out(window):
    """By the menu of accounts, which the avatar at the top of the rail opens."""
    before = window.display.still()
    window.display.click(32, 32)
    window.display.changed(before, what="the menu opens")
    window.display.still()
    # Its last line is in letters of the colour of danger: the middle letter is in the middle of them.
    beside = (RAIL, 0, LIST + 40, window.display.height)
    letters = sorted(until("the menu has the line", lambda: window.spots(DANGER, beside, 0)))
    window.click(letters[len(letters) // 2])
    # The answer is a button of that colour.
    answer = until("the question has its answer", lambda: [
        spot for spot in window.spots(DANGER, None, 20) if spot[2] - spot[0] >= 60
    ])[0]
    window.display.still()
    window.display.save("log-out-question")
    window.click(answer)
    until("the sign-in screen is back", lambda: window.sun() and not window.buttons(width=200))


def kept_of_account(data):
    """The account's files and what is in them."""
    files = [path for path in (data / "accounts").rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files}


def secrets_told(lines, account, words):
    """What a log tells that is nobody's business: these words, the account's number and code, and what looks like a key."""
    digits = [account["phone"].lstrip("+"), account["code"]]
    told = [
        line for line in lines
        if any(word in line for word in words)
        # Not as a part of a longer number: times have many digits.
        or any(re.search(rf"(?<![\d.]){number}(?![\d.])", line) for number in digits)
        # Sixteen bytes or more, as Rust people print them: a list, hexadecimal, base64.
        or re.search(r"(\b\d{1,3}, ){15}\d{1,3}\b|\b(0x)?[0-9a-fA-F]{32,}\b|[A-Za-z0-9+/_-]{43,}={0,2}", line)
    ]
    # Paths are long words, too.
    return [line for line in told if not re.search(r"[\w.-]*/[\w./-]{40,}", line) or any(word in line for word in words)]


def main_job(bus, save, home=None):
    """Signs in, writes, reads, saves a file with `save(window)` (gives the path), logs out."""
    server = DemoServer()
    account = server.account()
    here = Friend(server, account)
    other = Friend(server, server.others(account)[0])
    theirs = {dialog.name for dialog in other.dialogs() if dialog.is_group}
    group = next(dialog.name for dialog in here.dialogs() if dialog.is_group and dialog.name in theirs)
    data = folder()
    window = Window([*server.options(), "--data-dir", data, "--log", "trace"], bus, home)
    kind = "portal" if bus else "path"

    sign_in(window, account)
    window.display.save(f"{kind}-1-signed-in")
    assert kept_of_account(data)

    open_chat_at_top(window, here, group)
    write(window, "typed with real keys")
    until(
        "the server has the message, and another account reads it",
        lambda: "typed with real keys" in other.texts(dialog_named(other, group)),
    )
    window.display.still(window.conversation)
    window.display.save(f"{kind}-2-sent")

    before = window.display.still(window.conversation)
    other.do(other.client.send_message(dialog_named(other, group).entity, "an answer from another client"))
    window.display.changed(before, window.conversation, "the answer is drawn")
    window.display.still(window.conversation)
    window.display.save(f"{kind}-3-answered")

    name = chat_with_file(here)
    if name != group:
        open_chat_at_top(window, here, name)
    download(window)
    path = save(window)
    expected = None

    def complete():
        nonlocal expected
        if not path().exists():
            return False
        expected = expected or bytes_of(here, name, path().name)
        return path().stat().st_size == len(expected)

    until("the file is saved", complete, timeout=120)
    assert hashlib.sha256(path().read_bytes()).digest() == hashlib.sha256(expected).digest()
    window.display.still(window.conversation)
    window.display.save(f"{kind}-4-saved")

    window.alive()
    kept = kept_of_account(data)
    log_out(window)
    window.display.save(f"{kind}-5-logged-out")
    # The next sign-in has begun: with a file and a key of its own.
    until(
        "nothing of the account is left",
        lambda: not [path for path, content in kept_of_account(data).items() if content and kept.get(path) == content],
    )
    window.alive()
    assert window.output.all == [], window.output.all
    # Everything that it said of this session, at its most verbose.
    said = list(window.errors.all)
    assert sum("TRACE" in line or "DEBUG" in line for line in said) > 20, said
    words = ["typed with real keys", "an answer from another client", path().name, group, name]
    told = secrets_told(said, account, words)
    assert not told, "the log tells:\n" + "\n".join(told)


def case_with_the_desktops_file_dialog():
    bus, chosen, asked = Bus(), folder(), []

    def answer(method, options):
        asked.append((method, options))
        return chosen / options["current_name"]

    bus.add_portal(answer)

    def save(window):
        try:
            until("the file dialog is asked for", lambda: asked, timeout=60)
        except AssertionError as error:
            raise AssertionError(f"{error}; on the bus: {bus.calls()}; it said {window.errors.all}") from None
        assert [method for method, _ in asked] == ["SaveFile"], asked
        return lambda: chosen / asked[0][1]["current_name"]

    main_job(bus, save)


def case_with_a_path_typed_in_the_window():
    home = folder()
    downloads = home / "Downloads"
    downloads.mkdir()

    def save(window):
        # The row asks for the path, with a button of its own.
        button = window.wait_button("a path is asked for", window.conversation, width=48)
        window.display.save("path-asked")
        window.click(button)
        return lambda: next(iter(sorted(downloads.glob("[!.]*"))), downloads / "nothing")

    main_job(None, save, home)


def case_what_telethon_sends_appears_in_the_window():
    server = DemoServer()
    account = server.account()
    here, other = Friend(server, account), Friend(server, server.others(account)[0])
    theirs = {dialog.name for dialog in other.dialogs() if dialog.is_group}
    group = next(dialog.name for dialog in here.dialogs() if dialog.is_group and dialog.name in theirs)
    window = Window([*server.options(), "--data-dir", folder()])
    sign_in(window, account)
    listed = window.display.still(window.list)
    other.do(other.client.send_message(dialog_named(other, group).entity, "hello from Telethon"))
    window.display.changed(listed, window.list, "the row shows the message")
    window.display.still(window.list)
    window.display.save("telethon-1-in-the-list")
    open_chat(window, here, group)
    # The same conversation, with and without the second message: it is drawn where messages are.
    before = window.display.still(window.conversation)
    other.do(other.client.send_message(dialog_named(other, group).entity, "and once more"))
    window.display.changed(before, window.conversation, "the message is drawn in the conversation")
    window.display.still(window.conversation)
    window.display.save("telethon-2-in-the-conversation")
    window.alive()
