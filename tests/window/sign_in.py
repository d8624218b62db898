"""Signing in, in a real window: by code, with a password, by a QR code that another session scans."""

import base64

import zxingcpp
from telethon import functions

from stage.foreign import Friend
from stage.program import DemoServer, folder, until
from stage.window import Window

# The rail by day: only beside chats.
RAIL_GROUND = (0xEC, 0xE8, 0xDF)
# What went wrong is said in this colour, in letters.
DANGER = (0xB3, 0x40, 0x2F)


def signed_in(window):
    """Whether the chats are there, with their rail."""
    return window.display.picture((4, 400, 8, 404)).convert("RGB").getpixel((1, 1)) == RAIL_GROUND


def type_number(window, account):
    until("there is nothing to go on with yet", lambda: not window.buttons(width=200))
    # The field has the keyboard by itself.
    window.display.type(account["phone"])
    window.press(window.wait_button("the number is whole", width=200))
    until("the code is waited for", lambda: not window.buttons(width=200))
    window.display.still()


def type_password(window, account):
    until("the password is asked for", lambda: window.sun() and not window.buttons(width=200))
    window.display.still()
    window.display.save("sign-in-password")
    window.display.type("not this one")
    window.display.key("Return")
    until("it says that this was not the password", lambda: window.spots(DANGER, least=0))
    window.display.save("sign-in-wrong-password")
    # What was wrong is selected: what is typed takes its place.
    window.display.type(account["password"])
    window.display.key("Return")


def token(window):
    """What the QR code in the window says, once there is one."""

    def read():
        found = zxingcpp.read_barcodes(window.display.picture().convert("RGB"))
        return next((code.text for code in found if code.text.startswith("tg://login?token=")), None)

    return until("a QR code can be read", read)


def scan(friend, url):
    """Another session of an account says yes to the code."""
    text = url.removeprefix("tg://login?token=")
    friend.do(friend.client(
        functions.auth.AcceptLoginTokenRequest(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    ))


def case_by_code():
    server = DemoServer()
    account = server.account()
    window = Window([*server.options(), "--data-dir", folder()])
    type_number(window, account)
    window.display.save("sign-in-code")
    wrong = "".join("1" if digit == "0" else "0" for digit in account["code"])
    window.display.type(wrong)
    until("it says that the code was wrong", lambda: window.spots(DANGER, least=0))
    window.display.save("sign-in-wrong-code")
    window.display.type(account["code"])
    until("the chats are there", lambda: signed_in(window))
    window.alive()


def case_with_a_password():
    server = DemoServer()
    account = server.account(password=True)
    window = Window([*server.options(), "--data-dir", folder()])
    type_number(window, account)
    window.display.type(account["code"])
    type_password(window, account)
    until("the chats are there", lambda: signed_in(window))
    window.alive()


def case_by_qr_code():
    server = DemoServer()
    friend = Friend(server, server.account())
    window = Window([*server.options(), "--data-dir", folder()])
    url = token(window)
    window.display.save("sign-in-qr")
    scan(friend, url)
    until("the chats are there", lambda: signed_in(window))
    window.alive()


def case_by_qr_code_with_a_password():
    server = DemoServer()
    account = server.account(password=True)
    friend = Friend(server, account)
    window = Window([*server.options(), "--data-dir", folder()])
    scan(friend, token(window))
    type_password(window, account)
    until("the chats are there", lambda: signed_in(window))
    window.alive()
