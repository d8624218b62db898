"""Histories page by page: every offset that Telethon knows, against what stands there."""

from telethon.tl import functions, types

from clients.telethon.scene import play

LONG = 5000


def case_pages():
    play(globals())


async def numbers(s, name, **asked):
    chat = s.dialogs[name].entity
    return [message.id async for message in s.robin.iter_messages(chat, wait_time=0, **asked)]


async def check_from_the_newest_and_before_a_message(s):
    assert await numbers(s, "Long Watch", limit=250) == list(range(LONG, LONG - 250, -1))
    assert await numbers(s, "Long Watch", limit=130, offset_id=2000) == list(range(1999, 1869, -1))
    assert await numbers(s, "Long Watch", offset_id=40) == list(range(39, 0, -1))


async def check_an_offset_is_added(s):
    assert await numbers(s, "Long Watch", limit=5, add_offset=10) == list(range(LONG - 10, LONG - 15, -1))
    assert await numbers(s, "Long Watch", limit=5, offset_id=2000, add_offset=3) == [1996, 1995, 1994, 1993, 1992]
    assert await numbers(s, "Long Watch", limit=6, offset_id=2000, add_offset=-3) == [2002, 2001, 2000, 1999, 1998, 1997]


async def check_from_the_oldest(s):
    assert await numbers(s, "Long Watch", limit=120, reverse=True) == list(range(1, 121))
    assert await numbers(s, "Long Watch", limit=120, reverse=True, offset_id=3000) == list(range(3001, 3121))
    assert await numbers(s, "Long Watch", reverse=True, offset_id=LONG - 7) == list(range(LONG - 6, LONG + 1))


async def check_between_two_messages(s):
    assert await numbers(s, "Long Watch", min_id=1000, max_id=1010) == list(range(1009, 1000, -1))
    assert await numbers(s, "Long Watch", min_id=1000, max_id=1010, reverse=True) == list(range(1001, 1010))
    assert await numbers(s, "Long Watch", min_id=LONG - 3) == [LONG, LONG - 1, LONG - 2]
    assert await numbers(s, "Long Watch", max_id=4) == [3, 2, 1]


async def check_around_a_date(s):
    chat = s.dialogs["Long Watch"].entity
    middle = await s.robin.get_messages(chat, ids=2500)
    before = await s.robin.get_messages(chat, limit=4, offset_date=middle.date)
    assert all(message.date < middle.date for message in before) and before[0].id == 2499
    after = await s.robin.get_messages(chat, limit=4, offset_date=middle.date, reverse=True)
    assert [message.id for message in after] == [2500, 2501, 2502, 2503]


async def check_the_window_of_one_request(s):
    chat = s.dialogs["Long Watch"].input_entity

    async def window(**asked):
        asked = {"offset_id": 0, "offset_date": None, "add_offset": 0, "limit": 5, "max_id": 0, "min_id": 0, **asked}
        answer = await s.robin(functions.messages.GetHistoryRequest(peer=chat, hash=0, **asked))
        assert answer.count == LONG
        return [message.id for message in answer.messages], answer.offset_id_offset

    assert await window() == ([5000, 4999, 4998, 4997, 4996], 0)
    assert await window(offset_id=101, add_offset=-5) == ([105, 104, 103, 102, 101], 4895)
    assert await window(offset_id=4999, add_offset=-5) == ([5000, 4999], 0)
    assert await window(offset_id=1, add_offset=-5) == ([5, 4, 3, 2, 1], 4995)
    assert await window(offset_id=3) == ([2, 1], 4998)
    assert await window(offset_id=101, min_id=97, max_id=100) == ([99, 98], 4900)


async def check_everything_of_every_kind_is_read(s):
    chat = s.dialogs["Every kind"].entity
    messages = [message async for message in s.robin.iter_messages(chat, wait_time=0)]
    assert len(messages) > 200 and [message.id for message in messages] == list(range(len(messages), 0, -1))
    kinds = {type(message.media).__name__ for message in messages}
    assert {"MessageMediaPhoto", "MessageMediaDocument", "MessageMediaPoll", "MessageMediaVenue"} <= kinds, kinds
    assert {"MessageMediaDice", "MessageMediaGeoLive", "MessageMediaWebPage", "MessageMediaToDo"} <= kinds, kinds
    assert len({type(message.action) for message in messages if message.action}) > 40
    albums = {message.grouped_id for message in messages if message.grouped_id}
    assert len(albums) == 11
    quoting = [message for message in messages if message.reply_to and getattr(message.reply_to, "quote_text", None)]
    assert quoting and any(message.via_bot_id for message in messages)
    assert any(message.fwd_from and message.fwd_from.from_name for message in messages)
    film = next(message for message in messages if message.video and not message.gif and not message.video_note)
    still = await s.robin.download_media(film, bytes, thumb=-1)
    assert still[:3] == b"\xff\xd8\xff"


async def check_the_pilot_answers_its_buttons(s):
    chat = s.dialogs["Harbour pilot"].entity
    counting = (await s.robin.get_messages(chat, limit=1))[0]
    assert (await counting.click(text="Say hello")).message.startswith("Hello")
    assert (await counting.click(text="Ask me first")).alert
    s.hush()
    await counting.click(text="Count")
    edit = await s.tablet_hears.of(types.UpdateEditMessage, lambda update: update.message.id == counting.id)
    assert edit.message.message == "And this one counts: 1"


async def check_posts_have_comments_signatures_and_crowds(s):
    posts = await s.robin.get_messages(s.dialogs["Harbour Herald"].entity, limit=40)
    assert all(post.post_author and post.replies.comments for post in posts)
    assert max(post.replies.replies for post in posts) == 3
    crowd = next(post for post in posts if post.reactions)
    assert crowd.reactions.results[0].count > 1
    sealed = s.dialogs["Sealed letters"].entity
    assert sealed.noforwards and all(m.noforwards for m in await s.robin.get_messages(sealed, limit=5))
