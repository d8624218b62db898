"""Groups and channels: made, named, joined, ruled and left, with what each side hears."""

from telethon.tl import functions, types

from clients.telethon.media import picture
from clients.telethon.scene import peer_id, play, refused


def case_groups():
    play(globals())


def said(message):
    """What a service message tells."""
    return type(message.action).__name__.removeprefix("MessageAction") if message.action else None


async def their(client, entity):
    """The same chat as another account may name it."""
    return next(d.entity for d in await client.get_dialogs() if d.id == peer_id(entity))


async def check_a_group_is_made_and_both_hear_of_it(s):
    s.hush()
    made = await s.robin(functions.messages.CreateChatRequest(users=[s.to_mara], title="Boat house"))
    s.boat = made.updates.chats[0]
    assert s.boat.creator and s.boat.title == "Boat house"
    heard = await s.mara_hears.of(types.UpdateNewMessage)
    assert isinstance(heard.message.action, types.MessageActionChatCreate) and s.mara_id in heard.message.action.users
    await s.tablet_hears.of(types.UpdateChatParticipants)
    s.boat_of_mara = await their(s.mara, s.boat)


async def check_a_group_needs_a_name_and_people(s):
    create = functions.messages.CreateChatRequest
    await refused(s.robin(create(users=[s.to_mara], title=" ")), "CHAT_TITLE_EMPTY")
    await refused(s.robin(create(users=[], title="Alone")), "USERS_TOO_FEW")


async def check_a_group_is_renamed(s):
    s.hush()
    await s.mara(functions.messages.EditChatTitleRequest(s.boat.id, "Boat shed"))
    heard = await s.robin_hears.of(types.UpdateNewMessage)
    assert heard.message.action.title == "Boat shed"
    assert (await s.robin.get_entity(s.boat.id)).title == "Boat shed"
    await refused(s.robin(functions.messages.EditChatTitleRequest(s.boat.id, "Boat shed")), "CHAT_NOT_MODIFIED")


async def check_a_group_gets_a_picture(s):
    file = await s.robin.upload_file(picture())
    await s.robin(functions.messages.EditChatPhotoRequest(s.boat.id, types.InputChatUploadedPhoto(file=file)))
    assert said((await s.mara.get_messages(s.boat_of_mara, limit=1))[0]) == "ChatEditPhoto"
    s.boat_of_mara = await their(s.mara, s.boat)
    assert (await s.mara.download_profile_photo(s.boat_of_mara, bytes))[:2] == b"\xff\xd8"


async def check_somebody_is_removed_and_may_not_write(s):
    s.hush()
    await s.robin.kick_participant(s.boat, s.to_mara)
    heard = await s.mara_hears.of(types.UpdateNewMessage)
    assert heard.message.action.user_id == s.mara_id
    await refused(s.mara.send_message(s.boat_of_mara, "let me in"), "CHAT_WRITE_FORBIDDEN")
    seen = (await s.mara(functions.messages.GetChatsRequest([s.boat.id]))).chats[0]
    assert isinstance(seen, types.ChatForbidden)
    await refused(s.robin(functions.messages.DeleteChatUserRequest(s.boat.id, s.to_mara)), "USER_NOT_PARTICIPANT")


async def check_somebody_is_added_again(s):
    await s.robin(functions.messages.AddChatUserRequest(s.boat.id, s.to_mara, fwd_limit=5))
    await s.mara.send_message(s.boat_of_mara, "thanks")
    people = await s.robin.get_participants(s.boat)
    assert {person.id for person in people} == {s.robin_id, s.mara_id}
    await refused(
        s.robin(functions.messages.AddChatUserRequest(s.boat.id, s.to_mara, fwd_limit=5)), "USER_ALREADY_PARTICIPANT")


async def check_somebody_leaves_a_group(s):
    s.hush()
    await s.mara.kick_participant(s.boat_of_mara, "me")
    heard = await s.robin_hears.of(types.UpdateChatParticipants)
    assert [p.user_id for p in heard.participants.participants] == [s.robin_id]


async def check_a_link_into_a_group(s):
    link = (await s.robin(functions.messages.ExportChatInviteRequest(s.boat))).link.rsplit("+", 1)[1]
    seen = await s.mara(functions.messages.CheckChatInviteRequest(link))
    assert seen.title == "Boat shed" and seen.participants_count == 1
    s.hush()
    await s.mara(functions.messages.ImportChatInviteRequest(link))
    heard = await s.robin_hears.of(types.UpdateNewMessage)
    assert heard.message.action.inviter_id == s.robin_id
    assert isinstance(await s.mara(functions.messages.CheckChatInviteRequest(link)), types.ChatInviteAlready)
    await refused(s.mara(functions.messages.ImportChatInviteRequest(link)), "USER_ALREADY_PARTICIPANT")


async def check_links_that_are_none(s):
    await refused(s.mara(functions.messages.CheckChatInviteRequest("nothing")), "INVITE_HASH_INVALID")
    await refused(s.mara(functions.messages.CheckChatInviteRequest("A" * 16)), "INVITE_HASH_EXPIRED")


async def check_a_supergroup_is_made(s):
    s.hush()
    made = await s.robin(functions.channels.CreateChannelRequest(title="Tides", about="High, low", megagroup=True))
    s.tides = made.chats[0]
    assert s.tides.megagroup and s.tides.creator
    heard = await s.tablet_hears.of(types.UpdateNewChannelMessage)
    assert heard.message.action.title == "Tides"


async def check_a_supergroup_is_private_until_it_has_a_name(s):
    update = functions.channels.UpdateUsernameRequest
    await refused(s.robin(update(s.tides, "x")), "USERNAME_INVALID")
    await refused(s.robin(update(s.tides, "mara_lindqvist")), "USERNAME_OCCUPIED")
    await s.robin(update(s.tides, "tides_daily"))
    s.tides_of_mara = await s.mara.get_entity("tides_daily")
    assert s.tides_of_mara.left


async def check_joining_is_heard(s):
    s.hush()
    await s.mara(functions.channels.JoinChannelRequest(s.tides_of_mara))
    heard = await s.robin_hears.of(types.UpdateNewChannelMessage)
    assert heard.message.action.users == [s.mara_id]
    assert s.mara_id in [person.id for person in await s.robin.get_participants(s.tides)]
    await refused(s.mara(functions.channels.JoinChannelRequest(s.tides_of_mara)), "USER_ALREADY_PARTICIPANT")


async def check_members_may_not_rule(s):
    await refused(s.mara(functions.channels.EditTitleRequest(s.tides_of_mara, "Mine")), "CHAT_ADMIN_REQUIRED")
    await refused(s.mara(functions.messages.ExportChatInviteRequest(s.tides_of_mara)), "CHAT_ADMIN_REQUIRED")
    await refused(s.mara(functions.channels.ToggleSlowModeRequest(s.tides_of_mara, 10)), "CHAT_ADMIN_REQUIRED")
    await refused(s.mara.edit_permissions(s.tides_of_mara, s.to_robin, send_messages=False), "CHAT_ADMIN_REQUIRED")


async def check_slow_mode(s):
    await s.robin(functions.channels.ToggleSlowModeRequest(s.tides, 60))
    s.mara.flood_sleep_threshold = 0
    await s.mara.send_message(s.tides_of_mara, "first")
    error = await refused(s.mara.send_message(s.tides_of_mara, "second"), "SLOW")
    assert 0 < error.seconds <= 60
    await s.robin.send_message(s.tides, "who rules need not wait")
    await s.robin.send_message(s.tides, "not at all")
    await s.robin(functions.channels.ToggleSlowModeRequest(s.tides, 0))


async def check_an_administrator_is_made_and_rules(s):
    s.hush()
    await s.robin.edit_admin(s.tides, s.to_mara, change_info=True, pin_messages=True, title="Pilot")
    await s.mara_hears.of(types.UpdateChannel)
    await s.mara(functions.channels.EditTitleRequest(s.tides_of_mara, "Tides and winds"))
    mine = await s.mara(functions.channels.GetParticipantRequest(s.tides_of_mara, "me"))
    assert mine.participant.rank == "Pilot" and mine.participant.admin_rights.change_info
    await refused(s.mara.edit_permissions(s.tides_of_mara, s.to_robin, send_messages=False), "CHAT_ADMIN_REQUIRED")
    await s.robin.edit_admin(s.tides, s.to_mara, is_admin=False)
    await refused(s.mara(functions.channels.EditTitleRequest(s.tides_of_mara, "Mine")), "CHAT_ADMIN_REQUIRED")


async def check_somebody_is_silenced(s):
    await s.robin.edit_permissions(s.tides, s.to_mara, send_messages=False)
    await refused(s.mara.send_message(s.tides_of_mara, "may I?"), "USER_BANNED_IN_CHANNEL")
    await s.robin.edit_permissions(s.tides, s.to_mara)
    await s.mara.send_message(s.tides_of_mara, "I may")


async def check_somebody_is_banned_and_unbanned(s):
    s.hush()
    await s.robin.edit_permissions(s.tides, s.to_mara, view_messages=False)
    await s.mara_hears.of(types.UpdateChannel)
    await refused(s.mara.get_messages(s.tides_of_mara, limit=1), "CHANNEL_PRIVATE")
    kicked = await s.robin.get_participants(s.tides, filter=types.ChannelParticipantsKicked(""))
    assert [person.id for person in kicked] == [s.mara_id]
    await refused(s.mara(functions.channels.JoinChannelRequest(s.tides_of_mara)), "CHANNEL_PRIVATE")
    await s.robin.edit_permissions(s.tides, s.to_mara)
    await s.mara(functions.channels.JoinChannelRequest(s.tides_of_mara))


async def check_the_log_tells_what_was_done(s):
    log = [entry async for entry in s.robin.iter_admin_log(s.tides, limit=50)]
    kinds = {type(entry.action).__name__.removeprefix("ChannelAdminLogEventAction") for entry in log}
    assert {"ChangeTitle", "ParticipantJoin", "ParticipantToggleAdmin", "ParticipantToggleBan", "ToggleSlowMode"} <= kinds
    titles = [entry async for entry in s.robin.iter_admin_log(s.tides, info=True)]
    assert any(entry.changed_title and entry.new == "Tides and winds" for entry in titles)
    await refused(
        s.mara(functions.channels.GetAdminLogRequest(s.tides_of_mara, q="", max_id=0, min_id=0, limit=1)),
        "CHAT_ADMIN_REQUIRED")


async def check_a_channel_only_its_administrators_write_in(s):
    made = await s.robin(functions.channels.CreateChannelRequest(title="Signals", about="", broadcast=True))
    s.signals = made.chats[0]
    s.hush()
    await s.robin(functions.channels.InviteToChannelRequest(s.signals, [s.to_mara]))
    await s.mara_hears.of(types.UpdateChannel)
    s.signals_of_mara = await their(s.mara, s.signals)
    await refused(s.mara.send_message(s.signals_of_mara, "hello"), "CHAT_WRITE_FORBIDDEN")
    s.hush()
    await s.robin.send_message(s.signals, "three lights")
    assert (await s.mara_hears.of(types.UpdateNewChannelMessage)).message.message == "three lights"


async def check_a_channel_is_left_and_deleted(s):
    await s.mara.delete_dialog(s.signals_of_mara)
    assert "Signals" not in [dialog.name for dialog in await s.mara.get_dialogs()]
    await refused(s.mara.get_messages(s.signals_of_mara, limit=1), "CHANNEL_PRIVATE")
    s.hush()
    await s.robin(functions.channels.DeleteChannelRequest(s.tides))
    heard = await s.mara_hears.of(types.UpdateChannel)
    assert heard.channel_id == s.tides.id
    assert "Tides and winds" not in [dialog.name for dialog in await s.mara.get_dialogs()]
