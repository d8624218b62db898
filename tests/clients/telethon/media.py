"""Media both ways: photos, files, albums, voice, stickers, places, dice, and the rules of uploads and downloads."""

import hashlib
import io
import os

from PIL import Image
from telethon import errors, utils
from telethon.tl import functions, types

from clients.telethon.scene import play, refused


def case_media():
    play(globals())


def picture(kind="JPEG", side=640, colour=(40, 90, 160)):
    file = io.BytesIO()
    image = Image.new("RGB", (side, side * 3 // 4), colour)
    for place in range(0, side, 7):
        image.putpixel((place, place * 3 // 8), (255, 255, 255))
    image.save(file, kind)
    file.seek(0)
    file.name = f"picture.{kind.lower()}"
    return file


def named(data, name):
    file = io.BytesIO(data)
    file.name = name
    return file


async def the_other_side(s):
    return (await s.mara.get_messages(s.to_robin, limit=1))[0]


async def check_a_photo_goes_and_comes(s):
    sent = await s.robin.send_file(s.to_mara, picture(), caption="blue **sea**")
    assert sent.photo and sent.text == "blue **sea**"
    theirs = await the_other_side(s)
    data = await s.mara.download_media(theirs, file=bytes)
    image = Image.open(io.BytesIO(data))
    assert image.size == (640, 480), image.size
    stripped = next(size for size in theirs.photo.sizes if isinstance(size, types.PhotoStrippedSize))
    assert Image.open(io.BytesIO(utils.stripped_photo_to_jpg(stripped.bytes))).width == 40


async def check_a_file_goes_and_comes(s):
    data = os.urandom(300_000)
    sent = await s.robin.send_file(s.to_mara, named(data, "log of the lamp.bin"), force_document=True)
    assert sent.file.name == "log of the lamp.bin" and sent.file.size == len(data)
    theirs = await the_other_side(s)
    got = await s.mara.download_media(theirs, file=bytes)
    assert hashlib.sha256(got).digest() == hashlib.sha256(data).digest()


async def check_a_big_file_goes_and_comes(s):
    data = os.urandom(1 << 20) * 12
    sent = await s.robin.send_file(s.to_mara, named(data, "big.bin"), force_document=True)
    assert sent.file.size == len(data)
    theirs = await the_other_side(s)
    got = await s.mara.download_media(theirs, file=bytes)
    assert hashlib.sha256(got).digest() == hashlib.sha256(data).digest()


async def check_a_file_with_a_thumbnail(s):
    sent = await s.robin.send_file(
        s.to_mara, named(b"%PDF-1.4 nothing more", "plan.pdf"), thumb=picture(side=200), force_document=True)
    thumb = await s.robin.download_media(sent, file=bytes, thumb=-1)
    assert Image.open(io.BytesIO(thumb)).width == 200


async def check_an_album_stays_together(s):
    s.hush()
    sent = await s.robin.send_file(
        s.to_mara, [picture(), picture(colour=(200, 120, 40)), picture(colour=(20, 120, 40))], caption=["one", "two", ""])
    assert len(sent) == 3 and len({message.grouped_id for message in sent}) == 1 and sent[0].grouped_id
    assert [message.message for message in sent] == ["one", "two", ""]
    forwarded = await s.robin.forward_messages("me", sent)
    groups = {message.grouped_id for message in forwarded}
    assert len(groups) == 1 and groups != {sent[0].grouped_id} and None not in groups
    update = await s.mara_hears.of(types.UpdateNewMessage, lambda u: u.message.message == "two")
    assert update.message.grouped_id == sent[0].grouped_id


async def check_an_album_of_files(s):
    files = [named(b"one", "one.txt"), named(b"two", "two.txt")]
    sent = await s.robin.send_file(s.to_mara, files, force_document=True)
    assert len({message.grouped_id for message in sent}) == 1 and all(message.document for message in sent)


async def check_a_voice_message_and_that_it_was_heard(s):
    voice = types.DocumentAttributeAudio(duration=7, voice=True, waveform=bytes(range(63)))
    sent = await s.robin.send_file(s.to_mara, named(os.urandom(9000), "v.ogg"), attributes=[voice], voice_note=True)
    assert sent.voice and sent.file.duration == 7 and sent.media_unread
    theirs = await the_other_side(s)
    assert theirs.voice and theirs.media_unread
    s.hush()
    await s.mara(functions.messages.ReadMessageContentsRequest([theirs.id]))
    update = await s.robin_hears.of(types.UpdateReadMessagesContents)
    assert update.messages == [sent.id]
    assert not (await s.robin.get_messages(s.to_mara, ids=sent.id)).media_unread


async def check_videos_of_all_kinds(s):
    def video(**more):
        return types.DocumentAttributeVideo(duration=3.5, w=320, h=240, **more)

    kinds = {"video": video(supports_streaming=True), "round": video(round_message=True)}
    film = await s.robin.send_file(s.to_mara, named(os.urandom(5000), "a.mp4"), attributes=[kinds["video"]])
    assert film.video and film.file.duration == 3.5 and not film.video_note
    note = await s.robin.send_file(s.to_mara, named(os.urandom(5000), "b.mp4"), attributes=[kinds["round"]], video_note=True)
    assert note.video_note and note.media.round
    still = await s.robin.send_file(
        s.to_mara, named(os.urandom(5000), "c.mp4"), attributes=[video(), types.DocumentAttributeAnimated()])
    assert still.gif
    gif = await s.robin(functions.messages.SaveGifRequest(utils.get_input_document(still.document), unsave=False))
    saved = await s.robin(functions.messages.GetSavedGifsRequest(hash=0))
    assert gif and [document.id for document in saved.gifs] == [still.document.id]
    found = await s.robin.get_messages(s.to_mara, filter=types.InputMessagesFilterRoundVideo(), limit=3)
    assert [message.id for message in found] == [note.id]


async def check_music_has_its_names(s):
    audio = types.DocumentAttributeAudio(duration=201, title="Foghorn", performer="The Keepers")
    sent = await s.robin.send_file(s.to_mara, named(os.urandom(5000), "song.mp3"), attributes=[audio])
    assert sent.audio and sent.file.title == "Foghorn" and sent.file.performer == "The Keepers"


async def check_a_sticker_of_a_set(s):
    sets = await s.robin(functions.messages.GetAllStickersRequest(hash=0))
    whole = await s.robin(functions.messages.GetStickerSetRequest(
        types.InputStickerSetID(sets.sets[0].id, sets.sets[0].access_hash), hash=0))
    assert len(whole.documents) == whole.set.count >= 4 and whole.packs
    sent = await s.robin.send_file(s.to_mara, whole.documents[0])
    assert sent.sticker and sent.file.emoji == "👍"
    theirs = await the_other_side(s)
    data = await s.mara.download_media(theirs, file=bytes)
    image = Image.open(io.BytesIO(data))
    assert image.format == "WEBP" and image.size == (512, 512)


async def check_stickers_are_kept_at_hand(s):
    sets = await s.robin(functions.messages.GetAllStickersRequest(hash=0))
    again = await s.robin(functions.messages.GetAllStickersRequest(hash=sets.hash))
    assert isinstance(again, types.messages.AllStickersNotModified)
    whole = await s.robin(functions.messages.GetStickerSetRequest(types.InputStickerSetShortName("lamps_demo"), hash=0))
    s.hush()
    await s.robin(functions.messages.FaveStickerRequest(utils.get_input_document(whole.documents[1]), unfave=False))
    await s.tablet_hears.of(types.UpdateFavedStickers)
    faved = await s.tablet(functions.messages.GetFavedStickersRequest(hash=0))
    assert [document.id for document in faved.stickers] == [whole.documents[1].id]
    assert (await s.robin(functions.messages.GetRecentStickersRequest(hash=0))).stickers


async def check_custom_emoji(s):
    sets = await s.robin(functions.messages.GetEmojiStickersRequest(hash=0))
    whole = await s.robin(functions.messages.GetStickerSetRequest(
        types.InputStickerSetID(sets.sets[0].id, sets.sets[0].access_hash), hash=0))
    document = whole.documents[0]
    found = await s.robin(functions.messages.GetCustomEmojiDocumentsRequest([document.id, 12345]))
    assert [d.id for d in found] == [document.id]
    entity = types.MessageEntityCustomEmoji(0, 2, document.id)
    sent = await s.robin.send_message("me", "👍 yes", formatting_entities=[entity])
    assert sent.entities[0].document_id == document.id


async def check_places_and_people(s):
    geo = await s.robin.send_file(s.to_mara, types.InputMediaGeoPoint(types.InputGeoPoint(48.47, -4.49)))
    assert abs(geo.geo.lat - 48.47) < 1e-6
    venue = types.InputMediaVenue(types.InputGeoPoint(48.47, -4.49), "The old light", "1 Pier", "own", "7", "lighthouse")
    assert (await s.robin.send_file(s.to_mara, venue)).venue.title == "The old light"
    contact = await s.robin.send_file(s.to_mara, types.InputMediaContact("+1555", "Harbour", "Office", ""))
    assert contact.contact.first_name == "Harbour"


async def check_dice_are_thrown_by_the_server(s):
    sent = await s.robin.send_file(s.to_mara, types.InputMediaDice("🎲"))
    theirs = await the_other_side(s)
    assert 1 <= sent.dice.value <= 6 and theirs.dice.value == sent.dice.value


async def check_a_list_of_things_to_do(s):
    words = types.TextWithEntities
    items = [types.TodoItem(1, words("oil", [])), types.TodoItem(2, words("glass", []))]
    todo = types.TodoList(words("Today", []), items, others_can_complete=True)
    sent = await s.robin.send_file(s.to_mara, types.InputMediaTodo(todo))
    theirs = await the_other_side(s)
    s.hush()
    await s.mara(functions.messages.ToggleTodoCompletedRequest(s.to_robin, theirs.id, [2], []))
    update = await s.robin_hears.of(types.UpdateEditMessage)
    assert update.message.id == sent.id and update.message.media.completions[0].id == 2


async def check_a_page_preview(s):
    preview = await s.robin(functions.messages.GetWebPagePreviewRequest("see https://keepers.example/north-lens"))
    assert preview.media.webpage.title == "north lens"
    sent = await s.robin.send_message(s.to_mara, "see https://keepers.example/north-lens")
    assert sent.web_preview.site_name == "keepers.example"
    assert (await s.robin.send_message(s.to_mara, "https://keepers.example/x", link_preview=False)).web_preview is None


async def check_a_caption_and_a_file_are_replaced(s):
    sent = await s.robin.send_file(s.to_mara, picture(), caption="old words")
    changed = await s.robin.edit_message(s.to_mara, sent.id, "new words")
    assert changed.photo.id == sent.photo.id and changed.message == "new words"
    s.hush()
    changed = await s.robin.edit_message(s.to_mara, sent.id, "new picture", file=picture(colour=(9, 9, 9)))
    assert changed.photo.id != sent.photo.id
    update = await s.mara_hears.of(types.UpdateEditMessage, lambda u: u.message.message == "new picture")
    assert update.message.media.photo.id == changed.photo.id


async def check_media_is_sent_again_by_its_number(s):
    first = await s.robin.send_file("me", named(b"once up", "note.txt"))
    again = await s.robin.send_file(s.to_mara, first.document)
    assert again.document.id == first.document.id


async def check_media_is_made_before_it_is_sent(s):
    file = await s.robin.upload_file(picture())
    media = await s.robin(functions.messages.UploadMediaRequest(s.to_mara, types.InputMediaUploadedPhoto(file)))
    sent = await s.robin.send_file(s.to_mara, media.photo)
    assert sent.photo.id == media.photo.id


async def check_a_photo_that_is_shown_once(s):
    file = await s.robin.upload_file(picture())
    media = types.InputMediaUploadedPhoto(file, ttl_seconds=30)
    sent = await s.robin.send_file(s.to_mara, media)
    assert sent.media.ttl_seconds == 30
    await refused(s.robin.forward_messages("me", sent), "CHAT_FORWARDS_RESTRICTED")
    await refused(
        s.robin(functions.messages.SendMediaRequest(s.keepers, media, "")), "TTL_MEDIA_INVALID")


async def check_missing_parts_are_named(s):
    save = functions.upload.SaveFilePartRequest
    await s.robin(save(77, 0, b"x" * 1024))
    file = types.InputFile(77, 2, "two.bin", "")
    media = types.InputMediaUploadedDocument(file, "text/plain", [])
    error = await refused(s.robin(functions.messages.SendMediaRequest(s.to_mara, media, "")), "FilePartMissing")
    assert error.which == 1
    await s.robin(save(77, 1, b"y" * 10))
    await s.robin(functions.messages.SendMediaRequest(s.to_mara, media, ""))
    assert (await the_other_side(s)).file.size == 1034


async def check_parts_have_their_rules(s):
    save = functions.upload.SaveFilePartRequest
    await refused(s.robin(save(78, 0, b"")), "FILE_PART_EMPTY")
    await refused(s.robin(save(78, 4000, b"x")), "FILE_PART_INVALID")
    await refused(s.robin(functions.upload.SaveBigFilePartRequest(78, 0, 9000, b"x" * 1024)), "FILE_PARTS_INVALID")


async def check_a_picture_that_is_none_is_refused(s):
    file = await s.robin.upload_file(named(b"not a picture", "a.jpg"))
    await refused(s.robin.send_file(s.to_mara, types.InputMediaUploadedPhoto(file)), "PHOTO_INVALID")


async def check_offsets_and_limits_of_downloads(s):
    sent = await s.robin.send_file("me", named(os.urandom(20_000), "a.bin"), force_document=True)
    document = sent.document
    place = types.InputDocumentFileLocation(document.id, document.access_hash, document.file_reference, "")
    get = functions.upload.GetFileRequest
    assert len((await s.robin(get(place, 0, 4096))).bytes) == 4096
    await refused(s.robin(get(place, 0, 1000)), "LIMIT_INVALID")
    await refused(s.robin(get(place, 100, 4096)), "OFFSET_INVALID")
    assert len((await s.robin(get(place, 16_384, 4096))).bytes) == 20_000 - 16_384


async def check_files_of_the_other_datacenter_migrate(s):
    message = next(m for m in await s.robin.get_messages("me", limit=50) if m.document and m.document.dc_id != s.server.dc)
    document = message.document
    place = types.InputDocumentFileLocation(document.id, document.access_hash, document.file_reference, "")
    try:
        await s.robin(functions.upload.GetFileRequest(place, 0, 4096))
        raise AssertionError("given by a datacenter that does not have it")
    except errors.FileMigrateError as error:
        assert error.new_dc == document.dc_id


async def check_a_file_of_the_other_datacenter_comes(s):
    message = next(m for m in await s.robin.get_messages("me", limit=50) if m.file and m.file.name == "rota-2026.csv")
    assert message.document.dc_id != s.server.dc
    data = await s.robin.download_media(message, file=bytes)
    assert len(data) == message.file.size


async def check_wrong_references_are_refused(s):
    sent = await s.robin.send_file("me", named(b"some bytes", "a.bin"), force_document=True)
    document = sent.document
    place = types.InputDocumentFileLocation(document.id, document.access_hash, b"\x02old", "")
    await refused(s.robin(functions.upload.GetFileRequest(place, 0, 4096)), "FILE_REFERENCE_EXPIRED")


async def check_profile_photos_in_both_sizes(s):
    small = await s.robin.download_profile_photo(s.to_mara, file=bytes, download_big=False)
    big = await s.robin.download_profile_photo(s.to_mara, file=bytes, download_big=True)
    assert Image.open(io.BytesIO(small)).width == 160 and Image.open(io.BytesIO(big)).width == 640
