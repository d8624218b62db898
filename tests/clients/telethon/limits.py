"""Limits that a scenario sets: bursts, how long random ids are remembered, how large files may be, how differences are cut."""

import asyncio
import io
import json

from telethon import errors
from telethon.tl import functions, types

from clients.telethon.scene import play, refused
from stage.program import folder

LIMITS = {"random_ids_for": 1, "burst": 8, "burst_seconds": 600, "largest_file": 100_000, "slice": 3}


def case_limits():
    file = folder() / "limits.json"
    file.write_text(json.dumps({"limits": LIMITS}))
    play(globals(), "--scenario", str(file))


async def check_a_random_id_is_forgotten_in_time(s):
    request = functions.messages.SendMessageRequest(s.to_mara, "again", random_id=99)
    await s.robin(request)
    await asyncio.sleep(2)
    await s.robin(request)
    assert [m.message for m in await s.robin.get_messages(s.to_mara, limit=2)] == ["again", "again"]


async def check_a_difference_comes_in_slices(s):
    before = await s.tablet(functions.updates.GetStateRequest())
    for number in range(5):
        await s.robin.send_message("me", f"slice {number}")
    first = await s.tablet(functions.updates.GetDifferenceRequest(pts=before.pts, date=before.date, qts=0))
    assert isinstance(first, types.updates.DifferenceSlice) and len(first.new_messages) == 3
    state = first.intermediate_state
    second = await s.tablet(functions.updates.GetDifferenceRequest(pts=state.pts, date=state.date, qts=0))
    assert isinstance(second, types.updates.Difference) and len(second.new_messages) == 2


async def check_a_burst_has_to_wait(s):
    s.robin.flood_sleep_threshold = 0
    await s.robin.send_message("me", "the eighth")
    try:
        await s.robin.send_message("me", "the ninth")
        raise AssertionError("nobody was told to wait")
    except errors.FloodWaitError as error:
        assert 500 < error.seconds <= 600, error.seconds


async def check_a_file_that_is_too_large_is_refused(s):
    file = io.BytesIO(b"x" * 200_000)
    file.name = "large.bin"
    await refused(s.mara.send_file(s.to_robin, file, force_document=True), "FILE_PARTS_INVALID")
