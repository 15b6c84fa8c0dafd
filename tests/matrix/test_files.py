"""Files on a real homeserver: those that go with an answer, and those that come with a command."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import pytest
from aiohttp import web

from bot.dispatch import Dispatch
from commands import COMMANDS
from commands.kit.context import Caller, Context, Upload
from commands.kit.reply import Attachment, Reply, Text
from commands.kit.spec import command
from commands.kit.uploads import UploadedFile
from commands.kit.words import T
from tests.bulk.conftest import jsonl, many, row
from tests.matrix.between import Between, refused
from tests.matrix.desk import Bot, Room
from tests.matrix.people import Json, Somebody, relation
from tests.matrix.test_conversations import alone_with

MOST = 1000


@command()
async def weigh(_ctx: Context, file: Annotated[Upload, UploadedFile(T("Any file"), MOST)]) -> Reply:
    """Say what is in a file."""
    data = await file.read()
    return Reply((f"{file.name} has {len(data)} bytes, {hashlib.sha256(data).hexdigest()[:8]}",))


@command()
async def recite(
    _ctx: Context, file: Annotated[Upload, UploadedFile(T("Any file"), MOST)]
) -> Reply:
    """Say at length what is in a file."""
    text = (await file.read()).decode()
    return Reply((file.name,), tuple(Text((f"{n} {text * 50}",)) for n in range(6)))


@command()
async def long(_ctx: Context) -> Reply:
    """Answer at length, with two files."""
    text = tuple(Text((f"{n} " + "word " * 300,)) for n in range(6))
    return Reply(("Long",), text, files=(Attachment("a.csv", b"a"), Attachment("b.png", b"b")))


@pytest.fixture
def bot(bot: Bot) -> Bot:
    bot.commands = (*COMMANDS, weigh, recite, long)
    return bot


def weighed(name: str, data: bytes) -> str:
    return f"{name} has {len(data)} bytes, {hashlib.sha256(data).hexdigest()[:8]}"


def plain(content: Any) -> str:
    """Return the words of a message without what is not seen in them."""
    return str(content["body"]).replace("\u2060", "")


async def the_export(bot: Bot) -> bytes:
    """Return the file of an export as it is before anybody sends it."""
    dispatch = Dispatch(bot.desk(), lambda *_, **__: None)
    said = await dispatch.line(Caller("terminal", "1", "Somebody"), "/export format:jsonl")
    return said.reply.files[0].data


async def file_in(person: Somebody, room: str, number: int = 1) -> Json:
    """Return the content of a file in a room, waiting for it."""
    found = await person.wait(lambda one: one in files(person, room)[number - 1 :])
    content: Json = found["content"]
    return content


def files(person: Somebody, room: str) -> list[Json]:
    return [
        one
        for one in person.seen
        if one["room_id"] == room and one["content"].get("msgtype") in {"m.file", "m.image"}
    ]


def with_file(uri: str, **more: Any) -> Json:
    """Return a message with a file, as somebody may write it."""
    return {"msgtype": "m.file", "body": "!weigh", "filename": "a.csv", "url": uri, **more}


def reply(event: str) -> Json:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": event}}}


async def test_an_export_comes_after_its_answer_and_others_read_it_byte_for_byte(
    room: Room, boris: Somebody, tmp_path: Path
) -> None:
    await boris.joined(room.id, boris.id)
    asked = await boris.say(room.id, "!export format:jsonl")
    file = await file_in(room.owner, room.id)
    assert await room.owner.fetch(file["url"]) == await the_export(room.bot)
    assert file["filename"] == file["body"] == "sitrep-2025-11-07.jsonl"
    assert file["info"]["mimetype"] == "application/x-ndjson"
    assert file["m.mentions"] == {}
    await room.owner.quiet(room.id, "")
    answers = await room.owner.answers(room.id, asked)
    assert [one["msgtype"] for one in answers] == ["m.notice", "m.file"]
    with closing(sqlite3.connect(tmp_path / "own.db")) as db:
        assert db.execute("SELECT key FROM outbox WHERE content <> ''").fetchall() == []


async def test_a_file_comes_in_the_thread_in_which_it_was_asked_for(room: Room) -> None:
    root = await room.owner.say(room.id, "About Pokrovsk")
    thread = {"rel_type": "m.thread", "event_id": root}
    await room.ask("!export", **{"m.relates_to": thread})
    file = await file_in(room.owner, room.id)
    assert relation({"content": file})["event_id"] == root


async def test_the_file_of_a_private_answer_is_as_private(room: Room) -> None:
    await room.owner.say(room.id, "!room answers:private")
    private = await room.owner.invited()
    await room.owner.join(private)
    await room.owner.say(room.id, "!export")
    file = await file_in(room.owner, private)
    assert file["body"] == "sitrep-2025-11-07.csv"
    assert "m.relates_to" not in file
    assert files(room.owner, room.id) == []


async def test_files_come_with_the_first_page_alone(room: Room) -> None:
    await room.ask("!long")
    first, second = await file_in(room.owner, room.id), await file_in(room.owner, room.id, 2)
    assert [first["msgtype"], second["msgtype"]] == ["m.file", "m.image"]
    assert await room.owner.fetch(second["url"]) == b"b"
    offered = await room.owner.wait(lambda one: one["type"] == "m.reaction")
    await room.owner.react(room.id, relation(offered)["event_id"], "▶")
    await room.owner.wait(lambda one: relation(one).get("rel_type") == "m.replace")
    await room.ask("!page 2 long")
    await room.owner.quiet(room.id, "")
    assert len(files(room.owner, room.id)) == 2


async def test_what_the_homeserver_refuses_is_one_line_in_the_place_of_the_file(
    bot: Bot, anna: Somebody, boris: Somebody
) -> None:
    """It says itself how much it takes, and hangs up on whoever sends more."""
    too_large = "is not sent here: it is larger than the homeserver takes."
    async with Between(bot.server.url) as between:
        bot.address = between.url
        async with bot.running():
            made = await anna.room(boris.id, bot.id)
            await anna.joined(made, bot.id)

            async def said(answer: web.Response, at: str, expected: str) -> None:
                between.before = lambda request: answer if request.path.endswith(at) else None
                asked = await anna.say(made, "!export")
                await anna.wait(lambda one: expected in str(one["content"].get("body")))
                await anna.quiet(made, "")
                assert len(await anna.answers(made, asked)) == 2
                anna.seen.clear()

            small = web.json_response({"m.upload.size": 10})
            await said(small, "/_matrix/client/v1/media/config", too_large)
            assert not any(one.endswith("/media/v3/upload") for one in between.asked)
            await said(refused(413, "M_TOO_LARGE"), "/upload", too_large)
            await said(web.Response(status=413, text="<html>"), "/upload", too_large)
            await said(refused(403, "M_FORBIDDEN"), "/upload", "the homeserver did not take it.")
    assert [one["code"] for one in bot.logged if one["event"] == "file refused"] == [
        *["M_TOO_LARGE"] * 3,
        "M_FORBIDDEN",
    ]


async def test_a_homeserver_from_before_media_had_to_be_asked_for_in_person_works_too(
    bot: Bot, anna: Somebody, boris: Somebody
) -> None:
    async with Between(bot.server.url) as between:
        bot.address = between.url
        gone: list[str] = []

        def before(request: web.Request) -> web.Response | None:
            if "/client/v1/media/" in request.path:
                return refused(404, "M_UNRECOGNIZED")
            if "/media/v3/download/" in request.path:
                gone.append(request.path)
                return web.Response(body=b"as ever")
            return None

        between.before = before
        async with bot.running():
            made = await anna.room(boris.id, bot.id)
            await anna.joined(made, bot.id)
            await anna.ask(made, "!export")
            assert await anna.fetch((await file_in(anna, made))["url"])
            asked = await anna.send_file(made, "a.csv", b"as ever", body="!weigh")
            assert plain(await anna.answer(made, asked)) == weighed("a.csv", b"as ever")
    assert len(gone) == 1


async def test_the_words_beside_a_file_ask_with_it(room: Room) -> None:
    data = b"a,b\n1,2\n"
    asked = await room.owner.send_file(room.id, "rows.csv", data, body="!weigh")
    assert plain(await room.owner.answer(room.id, asked)) == weighed("rows.csv", data)
    asked = await room.owner.send_file(room.id, "rows.csv", data, body="!weigh rows.csv")
    assert plain(await room.owner.answer(room.id, asked)) == weighed("rows.csv", data)
    asked = await room.owner.send_file(room.id, "rows.csv", data, body="!weigh other.csv")
    said = plain(await room.owner.answer(room.id, asked))
    assert said.startswith("file: There is no file “other.csv” here")


async def test_a_reply_to_a_file_asks_with_it(room: Room, boris: Somebody) -> None:
    file = await boris.send_file(room.id, "Рядки 1.csv", b"boris")
    said = await room.ask("!weigh", **reply(file))
    assert plain(said) == weighed("Рядки 1.csv", b"boris")
    thread = {"rel_type": "m.thread", "event_id": file}
    said = await room.ask("!weigh", **{"m.relates_to": {**reply(file)["m.relates_to"], **thread}})
    assert plain(said) == weighed("Рядки 1.csv", b"boris")


async def test_alone_with_the_bot_the_words_beside_a_file_need_no_prefix(
    bot: Bot, anna: Somebody
) -> None:
    async with bot.running():
        made = await alone_with(bot, anna)
        before = len(anna.seen)
        await anna.send_file(made, "a.csv", b"a")
        await anna.send_file(made, "a.csv", b"b", body="weigh")
        assert plain(await anna.next_from(made, bot.id, before)) == weighed("a.csv", b"b")


async def test_without_a_file_it_is_told_how_to_send_one(room: Room, boris: Somebody) -> None:
    assert plain(await room.ask("!weigh")) == (
        "Send a file with !weigh as its caption, or reply to one."
    )
    none = "There is no file that I can read in the message you replied to."
    words = await boris.say(room.id, "no file")
    assert plain(await room.ask("!weigh", **reply(words))) == none
    assert plain(await room.ask("!weigh", **reply("$nowhere"))) == none
    taken_back = await boris.send_file(room.id, "a.csv", b"a")
    await boris.call("PUT", "rooms", room.id, "redact", taken_back, "once")
    assert plain(await room.ask("!weigh", **reply(taken_back))) == none


async def test_a_file_of_another_room_is_not_taken(room: Room, boris: Somebody) -> None:
    """Though the bot is in it, and could read it there."""
    other = await boris.room(room.bot.id)
    await boris.joined(other, room.bot.id)
    file = await boris.send_file(other, "a.csv", b"secret")
    said = await room.ask("!weigh", **reply(file))
    assert plain(said) == "There is no file that I can read in the message you replied to."


async def test_no_more_of_a_file_is_read_than_was_said_or_may_be(room: Room) -> None:
    async def said(data: bytes, **more: Any) -> str:
        asked = await room.owner.send_file(room.id, "a.csv", data, body="!weigh", **more)
        return plain(await room.owner.answer(room.id, asked))

    assert await said(b"x" * 1000) == weighed("a.csv", b"x" * 1000)
    assert "write at most 1,000" in await said(b"x" * 1001)
    assert await said(b"x" * 11, info={"size": 10}) == (
        "a.csv has more than the 10 bytes that its message says; send it again."
    )
    assert await said(b"x" * 1001, info={}) == (
        "a.csv has more than 1,000 bytes, which are the most."
    )
    assert await said(b"x" * 999, info={"size": -5}) == weighed("a.csv", b"x" * 999)


async def test_a_file_that_is_not_there_is_told(room: Room) -> None:
    gone = "a.csv is not there any more, or not for me; send it again."
    for address in (
        "mxc://sitrep.test/nothing",
        "mxc://sitrep.test/../../x",
        "https://x.example/a",
    ):
        content = with_file(address)
        asked = await room.owner.send(room.id, "m.room.message", content)
        assert plain(await room.owner.answer(room.id, asked)) == gone


async def test_what_is_said_of_a_file_at_length_comes_whole(room: Room) -> None:
    """It cannot be asked for again, so no page of it is left for later."""
    asked = await room.owner.send_file(
        room.id, "a.txt", b"some words and more " * 3, body="!recite"
    )
    await room.owner.wait(lambda one: str(one["content"].get("body")).startswith("5 some"))
    await room.owner.quiet(room.id, "")
    answers = await room.owner.answers(room.id, asked)
    assert len(answers) > 1
    assert not any("!page" in one["body"] for one in answers)


async def test_a_moderator_imports_by_caption_and_by_reply(
    bot: Bot, anna: Somebody, boris: Somebody
) -> None:
    home = await anna.room(boris.id, bot.id)
    await boris.join(home)
    bot.homes = {home}
    async with bot.running():
        await anna.joined(home, bot.id)
        asked = await anna.send_file(home, "rows.jsonl", many(3), body="!import")
        said = plain(await anna.answer(home, asked))
        assert said.startswith("B-1: 3 filed, 0 corrected")
        file = await boris.send_file(home, "more.jsonl", many(4))
        said = plain(await anna.ask(home, "!import check:only", **reply(file)))
        assert said.startswith("Nothing was filed. Of 4: 1 new, 0 changed, 3 unchanged")
        said = plain(await boris.ask(home, "!import", **reply(file)))
        assert said == "/import is for moderators."


async def test_rows_that_were_left_out_come_back_as_a_file(
    bot: Bot, anna: Somebody, boris: Somebody
) -> None:
    home = await anna.room(boris.id, bot.id)
    bot.homes = {home}
    async with bot.running():
        await anna.joined(home, bot.id)
        rows = many(1) + jsonl(row(key="bad", day="soon"))
        await anna.send_file(home, "rows.jsonl", rows, body="!import bad:skip")
        file = await file_in(anna, home, 2)
        assert file["body"] == "rows.rejects.jsonl"
        assert b"soon" in await anna.fetch(file["url"])
