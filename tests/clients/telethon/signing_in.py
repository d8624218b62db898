"""Every way in that Telethon knows: codes, QR codes, passwords and their change, the other datacenter, and being put out."""

import asyncio
import base64
import contextlib
import io

from telethon import errors, functions, types

from clients.telethon.scene import refused
from stage import checks
from stage.foreign import connect, signed_in
from stage.program import DemoServer

# What the demo server would send by e-mail.
EMAIL_CODE = "583140"


class Door:
    """One server, and clients that come and go."""

    def __init__(self, stack):
        self.server = DemoServer()
        self._stack = stack

    def account(self, way="app", dc=2, password=False):
        return next(
            a for a in self.server.accounts if (a["way"], a["dc"], bool(a["password"])) == (way, dc, password)
        )

    async def stranger(self):
        """A client that is not signed in."""
        client = await connect(self.server)
        self._stack.push_async_callback(client.disconnect)
        return client

    async def guest(self, account):
        """A client that is signed in."""
        return await self._stack.enter_async_context(signed_in(self.server, account))


def case_signing_in():
    async def go():
        async with contextlib.AsyncExitStack() as stack:
            await checks.run("telethon", globals(), Door(stack))

    asyncio.run(go())


async def scan(client, url):
    token = url.removeprefix("tg://login?token=")
    return await client(
        functions.auth.AcceptLoginTokenRequest(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    )


async def by_qr(door, friend):
    """A new client whose QR code `friend` scans: the client, and the coroutine that waits for it."""
    client = await door.stranger()
    qr = await client.qr_login()
    waiting = asyncio.ensure_future(qr.wait(20))
    await asyncio.sleep(0)
    await scan(friend, qr.url)
    return client, waiting


async def check_codes_by_text_message_and_call(door):
    for way in ("sms", "call"):
        account = door.account(way)
        client = await door.guest(account)
        assert (await client.get_me()).phone == account["phone"].lstrip("+")


async def check_a_code_comes_again_by_the_next_way(door):
    client, account = await door.stranger(), door.account()
    with contextlib.redirect_stdout(io.StringIO()):
        sent = await client.send_code_request(account["phone"])
    assert isinstance(sent.type, types.auth.SentCodeTypeApp) and isinstance(sent.next_type, types.auth.CodeTypeSms)
    again = await client(functions.auth.ResendCodeRequest(account["phone"], sent.phone_code_hash))
    assert isinstance(again.type, types.auth.SentCodeTypeSms) and again.timeout
    assert isinstance(again.next_type, types.auth.CodeTypeCall)
    assert await client(functions.auth.CancelCodeRequest(account["phone"], again.phone_code_hash))
    await refused(client.sign_in(account["phone"], account["code"], phone_code_hash=again.phone_code_hash),
                  "PHONE_CODE_EXPIRED")


async def check_the_code_is_read_at_another_device(door):
    account = door.account()
    reader, client = await door.guest(account), await door.stranger()
    await client.send_code_request(account["phone"])
    telegram = next(d for d in await reader.get_dialogs(limit=10) if d.id == 777000)
    message = (await reader.get_messages(telegram, limit=1))[0]
    assert account["code"] in message.message and not message.out
    assert await client.sign_in(account["phone"], account["code"])
    assert telegram.entity.verified and telegram.entity.support


async def check_a_code_by_email(door):
    client, account = await door.stranger(), door.account("email")
    sent = await client.send_code_request(account["phone"])
    assert isinstance(sent.type, types.auth.SentCodeTypeEmailCode) and sent.type.email_pattern == "e***@p***.example"
    code = types.EmailVerificationCode(EMAIL_CODE)
    request = functions.auth.SignInRequest(account["phone"], sent.phone_code_hash, email_verification=code)
    assert isinstance(await client(request), types.auth.Authorization)
    assert await client.is_user_authorized()


async def check_an_email_address_is_set_up(door):
    client, account = await door.stranger(), door.account("email_set_up")
    sent = await client.send_code_request(account["phone"])
    assert isinstance(sent.type, types.auth.SentCodeTypeSetUpEmailRequired)
    purpose = types.EmailVerifyPurposeLoginSetup(account["phone"], sent.phone_code_hash)
    await refused(client(functions.account.SendVerifyEmailCodeRequest(purpose, "nobody")), "EMAIL_INVALID")
    told = await client(functions.account.SendVerifyEmailCodeRequest(purpose, "selma@post.example"))
    assert (told.email_pattern, told.length) == ("s***@p***.example", 6)
    code = types.EmailVerificationCode(EMAIL_CODE)
    done = await client(functions.account.VerifyEmailRequest(purpose, code))
    assert isinstance(done, types.account.EmailVerifiedLogin) and done.email == "selma@post.example"
    hash_ = done.sent_code.phone_code_hash
    await client(functions.auth.SignInRequest(account["phone"], hash_, email_verification=code))
    assert await client.is_user_authorized()


async def check_numbers_that_are_not_let_in(door):
    client = await door.stranger()
    for phone, name in (("+15550100190", "PHONE_NUMBER_BANNED"), ("+15550100191", "PHONE_NUMBER_FLOOD"),
                        ("+12", "PHONE_NUMBER_INVALID")):
        await refused(client.send_code_request(phone), name)
    await client.send_code_request("+46701234567")
    try:
        await client.sign_in("+46701234567", door.account()["code"])
        raise AssertionError("let in without an account")
    except errors.PhoneNumberUnoccupiedError:
        pass


async def check_the_other_datacenter_is_found_by_number(door):
    account = door.account(dc=4)
    client = await door.guest(account)
    assert client.session.dc_id == 4
    assert (await client.get_me()).phone == account["phone"].lstrip("+")
    assert await client.get_dialogs()


async def check_a_qr_code_is_scanned(door):
    account = door.account()
    friend = await door.guest(account)
    client, waiting = await by_qr(door, friend)
    assert (await waiting).phone == account["phone"].lstrip("+")
    assert await client.get_dialogs(limit=5)


async def check_a_qr_code_leads_to_the_other_datacenter(door):
    account = door.account(dc=4)
    friend = await door.guest(account)
    client, waiting = await by_qr(door, friend)
    assert (await waiting).phone == account["phone"].lstrip("+")
    assert client.session.dc_id == 4 and await client.get_dialogs(limit=5)


async def check_a_password_is_asked_for_after_a_qr_code(door):
    account = door.account(password=True)
    friend = await door.guest(account)
    client, waiting = await by_qr(door, friend)
    try:
        await waiting
        raise AssertionError("no password was asked for")
    except errors.SessionPasswordNeededError:
        pass
    await client.sign_in(password=account["password"])
    assert await client.is_user_authorized()


async def check_a_scanned_code_counts_once(door):
    friend = await door.guest(door.account())
    client = await door.stranger()
    qr = await client.qr_login()
    first = qr.url
    await qr.recreate()
    assert qr.url != first
    await refused(scan(friend, first), "AUTH_TOKEN_INVALID")
    assert isinstance(await scan(friend, qr.url), types.Authorization)
    await refused(scan(friend, qr.url), "AUTH_TOKEN_ALREADY_ACCEPTED")


async def check_a_password_is_set_changed_and_removed(door):
    account = door.account("call")
    client = await door.guest(account)
    assert await client.edit_2fa(new_password="first words", hint="the first")
    other = await door.guest({**account, "password": "first words"})
    assert (await other(functions.account.GetPasswordRequest())).hint == "the first"
    await refused(client.edit_2fa(current_password="wrong words", new_password="x"), "PASSWORD_HASH_INVALID")
    assert await client.edit_2fa(current_password="first words", new_password="second words")
    await door.guest({**account, "password": "second words"})
    assert await client.edit_2fa(current_password="second words", new_password=None)
    await door.guest(account)


async def check_a_recovery_address_is_confirmed(door):
    client = await door.guest(door.account("sms"))
    asked = []

    def code(length):
        asked.append(length)
        return EMAIL_CODE

    assert await client.edit_2fa(new_password="words", email="robin@vale.example", email_code_callback=code)
    assert asked == [6]
    password = await client(functions.account.GetPasswordRequest())
    assert password.has_password and password.has_recovery
    assert await client.edit_2fa(current_password="words", new_password=None)


async def check_a_forgotten_password_is_recovered(door):
    account = next(a for a in door.server.accounts if a["recovery"])
    client = await door.stranger()
    await client.send_code_request(account["phone"])
    try:
        await client.sign_in(account["phone"], account["code"])
    except errors.SessionPasswordNeededError:
        pass
    sent = await client(functions.auth.RequestPasswordRecoveryRequest())
    assert sent.email_pattern == "r***@r***.example"
    await refused(client(functions.auth.CheckRecoveryPasswordRequest("000000")), "CODE_INVALID")
    assert await client(functions.auth.CheckRecoveryPasswordRequest(EMAIL_CODE))
    await client(functions.auth.RecoverPasswordRequest(EMAIL_CODE))
    assert await client.is_user_authorized()


async def check_a_session_is_put_out_by_another(door):
    account = door.account("sms")
    one, other = await door.guest(account), await door.guest(account)
    sessions = (await one(functions.account.GetAuthorizationsRequest())).authorizations
    assert [s.hash for s in sessions if s.current] == [0]
    # The newest is the one that came last.
    hash_ = next(s.hash for s in sorted(sessions, key=lambda s: s.date_created, reverse=True) if not s.current)
    assert len(sessions) >= 2
    await refused(one(functions.account.ResetAuthorizationRequest(hash_ ^ 1)), "HASH_INVALID")
    assert await one(functions.auth.ResetAuthorizationsRequest())
    await refused(other(functions.updates.GetStateRequest()), "AUTH_KEY_UNREGISTERED")
    left = (await one(functions.account.GetAuthorizationsRequest())).authorizations
    assert len(left) == 1 and left[0].current


async def check_one_session_is_put_out_and_the_rest_stay(door):
    account = door.account("missed_call")
    one, other = await door.guest(account), await door.guest(account)
    sessions = (await one(functions.account.GetAuthorizationsRequest())).authorizations
    hash_ = next(s.hash for s in sessions if not s.current)
    assert await one(functions.account.ResetAuthorizationRequest(hash_))
    await refused(other(functions.updates.GetStateRequest()), "AUTH_KEY_UNREGISTERED")
    await one(functions.updates.GetStateRequest())


async def check_nobody_signs_up_here(door):
    client = await door.stranger()
    sent = await client.send_code_request("+46701234568")
    request = functions.auth.SignUpRequest("+46701234568", sent.phone_code_hash, "New", "")
    await refused(client(request), "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN")
