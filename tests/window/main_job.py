"""The main job in a real window, with a real pointer and real keys: what the server and other people then have."""

import hashlib

from stage.bus import Bus
from stage.foreign import Friend
from stage.program import DemoServer, folder, until
from stage.window import HEADER, LIST, RAIL, ROW, Window

# Where the first chat begins in the list.
LIST_TOP = 64


def sign_in(window, account):
    """Types the number and the code, each into the field above the wide button."""
    for words in (account["phone"], account["code"]):
        button = window.wait_button("there is a button to go on", width=200)
        window.display.click((button[0] + button[2]) // 2, button[1] - 44)
        window.display.type(words)
        window.display.still()
        window.click(window.wait_button("the button is there", width=200))
        window.display.changed(window.display.picture(), what="the next screen comes")
        window.display.still()
    until("the sign-in screen is gone", lambda: not window.buttons(width=200))
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
