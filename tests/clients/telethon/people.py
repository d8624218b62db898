"""Profiles, contacts, privacy, blocked people, profile photos: what changes, and what each side hears of it."""

import io

from PIL import Image
from telethon.tl import functions, types

from clients.telethon.scene import play, refused

EVERYONE, NOBODY = types.InputPrivacyValueAllowAll(), types.InputPrivacyValueDisallowAll()


def case_people():
    play(globals())


async def robin_seen(s):
    """Robin as Mara sees him now."""
    return (await s.mara(functions.users.GetUsersRequest([s.to_robin])))[0]


async def privacy(s, key, *rules):
    return await s.robin(functions.account.SetPrivacyRequest(key, list(rules)))


async def new_photo(s, colour):
    file = io.BytesIO()
    Image.new("RGB", (500, 400), colour).save(file, "JPEG")
    uploaded = await s.robin.upload_file(file.getvalue(), file_name="me.jpg")
    return (await s.robin(functions.photos.UploadProfilePhotoRequest(file=uploaded))).photo


async def check_a_new_name_is_heard_by_all(s):
    s.hush()
    user = await s.robin(functions.account.UpdateProfileRequest(first_name="Robyn", last_name="Vail"))
    assert (user.first_name, user.last_name) == ("Robyn", "Vail")
    for ear in (s.tablet_hears, s.mara_hears):
        update = await ear.of(types.UpdateUserName, lambda update: update.user_id == s.robin_id)
        assert (update.first_name, update.last_name) == ("Robyn", "Vail")
    assert (await s.mara.get_entity(s.robin_id)).first_name == "Robyn"


async def check_new_words_are_seen(s):
    s.hush()
    await s.robin(functions.account.UpdateProfileRequest(about="Fourth lamp on the right."))
    await s.mara_hears.of(types.UpdateUser, lambda update: update.user_id == s.robin_id)
    full = await s.mara(functions.users.GetFullUserRequest(s.to_robin))
    assert full.full_user.about == "Fourth lamp on the right."


async def check_profiles_have_their_rules(s):
    update = functions.account.UpdateProfileRequest
    await refused(s.robin(update(first_name="")), "FIRSTNAME_INVALID")
    await refused(s.robin(update(about="w" * 71)), "ABOUT_TOO_LONG")


async def check_a_username_is_checked(s):
    check = functions.account.CheckUsernameRequest
    assert await s.robin(check("lamp_robin"))
    assert not await s.robin(check("mara_lindqvist"))
    await refused(s.robin(check("no")), "USERNAME_INVALID")


async def check_a_username_is_changed(s):
    update = functions.account.UpdateUsernameRequest
    await refused(s.robin(update("mara_lindqvist")), "USERNAME_OCCUPIED")
    s.hush()
    assert (await s.robin(update("lamp_robin"))).username == "lamp_robin"
    heard = await s.mara_hears.of(types.UpdateUserName, lambda update: update.user_id == s.robin_id)
    assert [name.username for name in heard.usernames] == ["lamp_robin"]
    await refused(s.robin(update("lamp_robin")), "USERNAME_NOT_MODIFIED")
    found = await s.mara(functions.contacts.ResolveUsernameRequest("lamp_robin"))
    assert found.peer.user_id == s.robin_id
    await refused(s.mara(functions.contacts.ResolveUsernameRequest("robin_vale")), "USERNAME_NOT_OCCUPIED")


async def check_a_contact_has_the_name_that_it_was_given(s):
    s.hush()
    await s.robin(functions.contacts.AddContactRequest(s.to_mara, "Marlene", "of the lenses", phone=""))
    heard = await s.tablet_hears.of(types.UpdateUserName, lambda update: update.user_id == s.mara_id)
    assert heard.first_name == "Marlene"
    mara = (await s.tablet(functions.users.GetUsersRequest([s.to_mara])))[0]
    assert mara.contact and mara.first_name == "Marlene" and mara.phone
    assert (await s.mara.get_me()).first_name == "Mara"


async def check_a_contact_is_let_go(s):
    s.hush()
    await s.robin(functions.contacts.DeleteContactsRequest([s.to_mara]))
    heard = await s.tablet_hears.of(types.UpdatePeerSettings)
    assert heard.peer.user_id == s.mara_id and heard.settings.add_contact
    mara = (await s.robin(functions.users.GetUsersRequest([s.to_mara])))[0]
    assert not mara.contact and mara.first_name == "Mara" and not mara.phone
    contacts = await s.robin(functions.contacts.GetContactsRequest(hash=0))
    assert s.mara_id not in [contact.user_id for contact in contacts.contacts]


async def check_a_contact_is_brought_by_its_number(s):
    phone = (await s.mara.get_me()).phone
    contact = types.InputPhoneContact(client_id=5, phone=f"+{phone}", first_name="Mara", last_name="Lindqvist")
    imported = await s.robin(functions.contacts.ImportContactsRequest([contact]))
    assert [(one.user_id, one.client_id) for one in imported.imported] == [(s.mara_id, 5)]
    found = await s.robin(functions.contacts.ResolvePhoneRequest(phone))
    assert found.users[0].id == s.mara_id and found.users[0].contact
    await refused(s.robin(functions.contacts.ResolvePhoneRequest("999000111222")), "PHONE_NOT_OCCUPIED")


async def check_the_number_is_shown_to_whom_it_may(s):
    key = types.InputPrivacyKeyPhoneNumber()
    s.hush()
    me = types.InputPrivacyValueDisallowUsers([await s.robin.get_input_entity(s.to_mara)])
    said = await privacy(s, key, me, EVERYONE)
    assert said.rules[0].users == [s.mara_id] and said.users[0].id == s.mara_id
    heard = await s.tablet_hears.of(types.UpdatePrivacy)
    assert isinstance(heard.key, types.PrivacyKeyPhoneNumber) and len(heard.rules) == 2
    await s.mara_hears.of(types.UpdateUser, lambda update: update.user_id == s.robin_id)
    assert (await robin_seen(s)).phone is None
    await privacy(s, key, EVERYONE)
    assert (await robin_seen(s)).phone
    kept = await s.tablet(functions.account.GetPrivacyRequest(key))
    assert isinstance(kept.rules[0], types.PrivacyValueAllowAll)


async def check_coming_and_going_is_heard_only_where_it_is_shown(s):
    status = functions.account.UpdateStatusRequest
    await s.robin(status(offline=True))
    s.hush()
    await s.robin(status(offline=False))
    await s.mara_hears.of(types.UpdateUserStatus, lambda update: update.user_id == s.robin_id
                          and isinstance(update.status, types.UserStatusOnline))
    key = types.InputPrivacyKeyStatusTimestamp()
    await privacy(s, key, NOBODY)
    assert isinstance((await robin_seen(s)).status, types.UserStatusRecently)
    # Who hides it does not see it of others either.
    await s.mara(status(offline=False))
    mara = (await s.robin(functions.users.GetUsersRequest([s.to_mara])))[0]
    assert isinstance(mara.status, types.UserStatusRecently) and mara.status.by_me
    await privacy(s, key, EVERYONE)


async def check_a_new_photo_is_seen_in_both_sizes(s):
    s.hush()
    photo = await new_photo(s, (200, 40, 40))
    await s.mara_hears.of(types.UpdateUser, lambda update: update.user_id == s.robin_id)
    await s.tablet_hears.of(types.UpdateUser, lambda update: update.user_id == s.robin_id)
    robin = await robin_seen(s)
    assert robin.photo.photo_id == photo.id and robin.photo.stripped_thumb
    for big, side in ((False, 160), (True, 640)):
        data = await s.mara.download_profile_photo(robin, file=bytes, download_big=big)
        image = Image.open(io.BytesIO(data))
        assert image.size == (side, side) and image.getpixel((5, 5))[0] > 150
    assert (await s.mara.get_profile_photos(robin))[0].id == photo.id


async def check_an_earlier_photo_comes_back(s):
    first = (await s.robin.get_profile_photos("me"))[0]
    second = await new_photo(s, (40, 200, 40))
    assert [photo.id for photo in await s.mara.get_profile_photos(s.to_robin)][:2] == [second.id, first.id]
    again = types.InputPhoto(first.id, first.access_hash, first.file_reference)
    await s.robin(functions.photos.UpdateProfilePhotoRequest(again))
    assert (await robin_seen(s)).photo.photo_id == first.id
    await s.robin(functions.photos.UpdateProfilePhotoRequest(types.InputPhotoEmpty()))
    assert not isinstance((await robin_seen(s)).photo, types.UserProfilePhoto)
    await s.robin(functions.photos.UpdateProfilePhotoRequest(again))


async def check_a_deleted_photo_is_gone(s):
    photos = await s.robin.get_profile_photos("me")
    gone = types.InputPhoto(photos[0].id, photos[0].access_hash, photos[0].file_reference)
    assert await s.robin(functions.photos.DeletePhotosRequest([gone])) == [photos[0].id]
    assert (await robin_seen(s)).photo.photo_id == photos[1].id
    assert len(await s.mara.get_profile_photos(s.to_robin)) == len(photos) - 1


async def check_a_photo_is_shown_to_whom_it_may(s):
    key = types.InputPrivacyKeyProfilePhoto()
    await privacy(s, key, NOBODY)
    assert not isinstance((await robin_seen(s)).photo, types.UserProfilePhoto)
    assert not await s.mara.get_profile_photos(s.to_robin)
    await privacy(s, key, EVERYONE)
    assert isinstance((await robin_seen(s)).photo, types.UserProfilePhoto)


async def check_who_is_blocked_says_nothing(s):
    s.hush()
    await s.robin(functions.contacts.BlockRequest(s.to_mara))
    heard = await s.tablet_hears.of(types.UpdatePeerBlocked)
    assert heard.blocked and heard.peer_id.user_id == s.mara_id
    await refused(s.mara.send_message(s.to_robin, "hello?"), "USER_IS_BLOCKED")
    await refused(s.robin.send_message(s.to_mara, "no"), "YOU_BLOCKED_USER")
    blocked = await s.robin(functions.contacts.GetBlockedRequest(offset=0, limit=10))
    assert [peer.peer_id.user_id for peer in blocked.blocked] == [s.mara_id]
    assert (await s.robin(functions.users.GetFullUserRequest(s.to_mara))).full_user.blocked
    assert isinstance((await robin_seen(s)).status, types.UserStatusEmpty)
    # In a group both still write.
    assert await s.mara.send_message(s.group_of_mara, "hello all")


async def check_who_is_unblocked_is_heard_again(s):
    s.hush()
    await s.robin(functions.contacts.UnblockRequest(s.to_mara))
    assert not (await s.tablet_hears.of(types.UpdatePeerBlocked)).blocked
    await s.mara.send_message(s.to_robin, "hello again")
    update = await s.robin_hears.of(types.UpdateNewMessage, lambda update: update.message.message == "hello again")
    assert update.message.from_id is None or update.message.from_id.user_id == s.mara_id


async def check_settings_for_strangers_are_kept(s):
    settings = types.GlobalPrivacySettings(hide_read_marks=True, keep_archived_unmuted=True)
    await s.robin(functions.account.SetGlobalPrivacySettingsRequest(settings))
    kept = await s.tablet(functions.account.GetGlobalPrivacySettingsRequest())
    assert kept.hide_read_marks and kept.keep_archived_unmuted and not kept.keep_archived_folders


async def check_what_nobody_has_is_answered_empty(s):
    assert not (await s.robin(functions.account.GetDefaultEmojiStatusesRequest(hash=0))).statuses
    assert not (await s.robin(functions.account.GetThemesRequest(format="tdesktop", hash=0))).themes
    assert not (await s.robin(functions.help.GetPremiumPromoRequest())).videos
    assert (await s.robin(functions.payments.GetStarsStatusRequest("me"))).balance.amount == 0
    stories = await s.robin(functions.stories.GetAllStoriesRequest())
    assert stories.count == 0 and not stories.has_more
    again = await s.robin(functions.stories.GetAllStoriesRequest(state=stories.state))
    assert isinstance(again, types.stories.AllStoriesNotModified)
