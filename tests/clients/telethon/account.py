"""Telethon signs in to the demo server and out again."""

import asyncio

from telethon import errors

from stage.foreign import connect, signed_in
from stage.program import DemoServer


def at(server, account, work):
    """Runs `work(client)` signed in."""

    async def go():
        async with signed_in(server, account) as client:
            return await asyncio.wait_for(work(client), 240)

    return asyncio.run(go())


def case_signs_in_with_code():
    server = DemoServer()
    account = server.account()

    async def work(client):
        me = await client.get_me()
        assert me.phone == account["phone"].lstrip("+"), me
        assert await client.is_user_authorized()

    at(server, account, work)


def case_signs_in_with_code_and_password():
    server = DemoServer()
    account = server.account(password=True)

    async def work(client):
        assert (await client.get_me()).phone == account["phone"].lstrip("+")

    at(server, account, work)


def case_wrong_code_and_password_are_refused_by_name():
    server = DemoServer()
    account = server.account(password=True)

    async def go():
        client = await connect(server)
        try:
            await client.send_code_request(account["phone"])
            wrong = "".join("1" if digit == "0" else "0" for digit in account["code"])
            try:
                await client.sign_in(account["phone"], wrong)
                raise AssertionError("a wrong code was taken")
            except errors.PhoneCodeInvalidError:
                pass
            try:
                await client.sign_in(account["phone"], account["code"])
                raise AssertionError("no password was asked for")
            except errors.SessionPasswordNeededError:
                pass
            try:
                await client.sign_in(password="not it")
                raise AssertionError("a wrong password was taken")
            except errors.PasswordHashInvalidError:
                pass
            await client.sign_in(password=account["password"])
            assert await client.is_user_authorized()
        finally:
            await client.disconnect()

    asyncio.run(go())


def case_logs_out():
    server = DemoServer()

    async def work(client):
        assert await client.log_out()

    at(server, server.account(), work)
