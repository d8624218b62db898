"""The list of chats: order, pins, folders, archive, mutes, unread marks, saved messages."""

import datetime

from telethon.tl import functions, types

from clients.telethon.scene import peer_id, play, refused


def case_lists():
    play(globals())


async def names(client, **more):
    return [dialog.name for dialog in await client.get_dialogs(**more)]


async def check_the_configuration_names_both_datacenters(s):
    config = await s.robin(functions.help.GetConfigRequest())
    given = {option.id: f"{option.ip_address}:{option.port}" for option in config.dc_options}
    assert config.this_dc == s.server.dc
    assert given == {dc["id"]: dc["address"] for dc in s.server.said["datacenters"]}, given


async def check_an_unknown_method_is_an_error_not_silence(s):
    await refused(s.robin(functions.messages.GetEmojiStatusGroupsRequest(hash=0)), "METHOD_NOT_FOUND")


async def check_the_list_is_in_order(s):
    dialogs = await s.robin.get_dialogs()
    loose = [dialog.date for dialog in dialogs if not dialog.pinned]
    assert len(dialogs) >= 50 and loose == sorted(loose, reverse=True)
    assert any(dialog.is_user for dialog in dialogs) and any(dialog.is_group for dialog in dialogs)
    assert any(dialog.is_channel and not dialog.is_group for dialog in dialogs)
    assert any(dialog.unread_count for dialog in dialogs)


async def check_pages_of_dialogs_are_the_whole_list(s):
    whole = await names(s.robin, limit=None)
    assert len(whole) == len(set(whole)) >= 50
    seen, offset = [], dict(offset_date=None, offset_id=0, offset_peer=types.InputPeerEmpty())
    while True:
        page = await s.robin(functions.messages.GetDialogsRequest(limit=17, hash=0, exclude_pinned=True, **offset))
        if not page.dialogs:
            break
        seen.extend(peer_id(dialog.peer) for dialog in page.dialogs)
        last = page.dialogs[-1]
        top = next(m for m in page.messages if m.id == last.top_message and m.peer_id == last.peer)
        offset = dict(offset_date=top.date, offset_id=top.id, offset_peer=await s.robin.get_input_entity(last.peer))
        if len(seen) > 100:
            break
    assert len(seen) == len(set(seen)) == len(whole) - 1, (len(seen), len(whole))


async def check_a_chat_with_news_goes_up(s):
    await s.robin.send_message(s.dialogs["Family"].entity, "dinner at seven")
    listed = await s.robin.get_dialogs(limit=10)
    assert next(dialog for dialog in listed if not dialog.pinned).name == "Family"


async def check_pinning_a_chat(s):
    s.hush()
    await s.robin(functions.messages.ToggleDialogPinRequest(s.to_mara, pinned=True))
    update = await s.tablet_hears.of(types.UpdateDialogPinned)
    assert update.pinned and update.peer.peer.user_id == s.mara_id
    pinned = await s.tablet(functions.messages.GetPinnedDialogsRequest(0))
    assert [peer_id(dialog.peer) for dialog in pinned.dialogs] == [s.mara_id, peer_id(s.keepers)]


async def check_ordering_the_pins(s):
    s.hush()
    await s.robin(functions.messages.ReorderPinnedDialogsRequest(0, [s.keepers, s.to_mara], force=True))
    update = await s.tablet_hears.of(types.UpdatePinnedDialogs)
    assert [peer_id(peer.peer) for peer in update.order] == [peer_id(s.keepers), s.mara_id]
    assert (await names(s.robin, limit=2)) == ["Lighthouse Keepers", "Mara Lindqvist"]
    await s.robin(functions.messages.ToggleDialogPinRequest(s.to_mara, pinned=False))


async def check_no_more_than_five_pins(s):
    others = [d for d in s.dialogs.values() if not d.pinned and d.is_user][:5]
    for dialog in others[:4]:
        await s.robin(functions.messages.ToggleDialogPinRequest(dialog.input_entity, pinned=True))
    await refused(
        s.robin(functions.messages.ToggleDialogPinRequest(others[4].input_entity, pinned=True)), "PINNED_DIALOGS_TOO_MUCH")
    for dialog in others[:4]:
        await s.robin(functions.messages.ToggleDialogPinRequest(dialog.input_entity, pinned=False))


async def check_the_archive(s):
    family = s.dialogs["Family"].entity
    s.hush()
    await s.robin.edit_folder(family, 1)
    update = await s.tablet_hears.of(types.UpdateFolderPeers)
    assert update.folder_peers[0].folder_id == 1
    assert await names(s.robin, folder=1) == ["Family"]
    assert "Family" not in await names(s.robin, folder=0)
    assert (await s.robin.get_dialogs(folder=1))[0].archived
    await s.robin.edit_folder(family, 0)
    assert await names(s.robin, folder=1) == []


def folder(number, title, include):
    words = types.TextWithEntities(title, [])
    return types.DialogFilter(number, words, pinned_peers=[], include_peers=include, exclude_peers=[])


async def check_folders_are_made_changed_and_ordered(s):
    mara = await s.robin.get_input_entity(s.to_mara)
    update = functions.messages.UpdateDialogFilterRequest
    s.hush()
    await s.robin(update(2, filter=folder(2, "Near", [mara])))
    heard = await s.tablet_hears.of(types.UpdateDialogFilter)
    assert heard.id == 2 and heard.filter.title.text == "Near"
    await s.robin(update(3, filter=types.DialogFilter(3, types.TextWithEntities("Crowds", []), [], [], [], groups=True)))
    await s.robin(update(2, filter=folder(2, "Nearer", [mara])))
    listed = (await s.robin(functions.messages.GetDialogFiltersRequest())).filters
    assert [getattr(f, "id", 0) for f in listed] == [0, 2, 3] and listed[1].title.text == "Nearer"
    s.hush()
    await s.robin(functions.messages.UpdateDialogFiltersOrderRequest([3, 0, 2]))
    assert (await s.tablet_hears.of(types.UpdateDialogFilterOrder)).order == [3, 0, 2]
    s.hush()
    await s.robin(update(3))
    assert (await s.tablet_hears.of(types.UpdateDialogFilter)).filter is None
    listed = (await s.robin(functions.messages.GetDialogFiltersRequest())).filters
    assert [getattr(f, "id", 0) for f in listed] == [0, 2]


async def check_folders_have_their_rules(s):
    update = functions.messages.UpdateDialogFilterRequest
    mara = await s.robin.get_input_entity(s.to_mara)
    await refused(s.robin(update(1, filter=folder(1, "Archive", [mara]))), "FILTER_ID_INVALID")
    await refused(s.robin(update(4, filter=folder(4, "", [mara]))), "FILTER_TITLE_EMPTY")
    await refused(s.robin(update(4, filter=folder(4, "Empty", []))), "FILTER_INCLUDE_EMPTY")
    assert (await s.robin(functions.messages.GetSuggestedDialogFiltersRequest()))[0].description


async def check_muting_a_chat(s):
    until = datetime.datetime(2038, 1, 1, tzinfo=datetime.timezone.utc)
    s.hush()
    await s.robin(functions.account.UpdateNotifySettingsRequest(
        types.InputNotifyPeer(await s.robin.get_input_entity(s.to_mara)), types.InputPeerNotifySettings(mute_until=until)))
    update = await s.tablet_hears.of(types.UpdateNotifySettings)
    assert update.peer.peer.user_id == s.mara_id and update.notify_settings.mute_until == until
    mine = await s.robin(functions.account.GetNotifySettingsRequest(
        types.InputNotifyPeer(await s.robin.get_input_entity(s.to_mara))))
    assert mine.mute_until == until
    exceptions = await s.robin(functions.account.GetNotifyExceptionsRequest(peer=types.InputNotifyUsers()))
    assert s.mara_id in [u.peer.peer.user_id for u in exceptions.updates]


async def check_muting_all_groups(s):
    s.hush()
    request = functions.account.UpdateNotifySettingsRequest
    await s.robin(request(types.InputNotifyChats(), types.InputPeerNotifySettings(show_previews=False)))
    update = await s.tablet_hears.of(types.UpdateNotifySettings)
    assert isinstance(update.peer, types.NotifyChats)
    said = await s.robin(functions.account.GetNotifySettingsRequest(types.InputNotifyChats()))
    assert said.show_previews is False
    users = await s.robin(functions.account.GetNotifySettingsRequest(types.InputNotifyUsers()))
    assert users.show_previews is True


async def check_unread_marks(s):
    s.hush()
    await s.robin(functions.messages.MarkDialogUnreadRequest(s.to_mara, unread=True))
    update = await s.tablet_hears.of(types.UpdateDialogUnreadMark)
    assert update.unread and update.peer.peer.user_id == s.mara_id
    marked = await s.robin(functions.messages.GetDialogUnreadMarksRequest())
    assert [mark.peer.user_id for mark in marked] == [s.mara_id]
    await s.robin(functions.messages.MarkDialogUnreadRequest(s.to_mara, unread=False))
    assert not await s.robin(functions.messages.GetDialogUnreadMarksRequest())


async def check_a_chat_by_name_has_its_row(s):
    row = (await s.robin(functions.messages.GetPeerDialogsRequest([s.keepers, s.to_mara]))).dialogs
    assert [peer_id(dialog.peer) for dialog in row] == [peer_id(s.keepers), s.mara_id]
    assert row[0].pts > 0 and row[1].pts is None


async def check_saved_messages_by_their_chat(s):
    source = (await s.robin.get_messages(s.keepers, limit=1))[0]
    await s.robin.forward_messages("me", source)
    await s.robin.send_message("me", "a note to myself")
    empty = dict(offset_date=None, offset_id=0, offset_peer=types.InputPeerEmpty())
    chats = await s.robin(functions.messages.GetSavedDialogsRequest(limit=20, hash=0, **empty))
    kept = [peer_id(dialog.peer) for dialog in chats.dialogs]
    assert kept[:2] == [s.robin_id, peer_id(s.keepers)], kept
    history = await s.robin(functions.messages.GetSavedHistoryRequest(
        s.keepers, offset_id=0, offset_date=None, add_offset=0, limit=10, max_id=0, min_id=0, hash=0))
    assert history.messages and all(peer_id(m.saved_peer_id) == peer_id(s.keepers) for m in history.messages)
    await s.robin(functions.messages.ToggleSavedDialogPinRequest(s.keepers, pinned=True))
    pinned = await s.robin(functions.messages.GetPinnedSavedDialogsRequest())
    assert [peer_id(dialog.peer) for dialog in pinned.dialogs] == [peer_id(s.keepers)]


async def check_a_deleted_chat_leaves_the_list(s):
    petra = next(d for name, d in s.dialogs.items() if name.startswith("Petra"))
    await s.robin.delete_dialog(petra.entity)
    assert petra.name not in await names(s.robin)
