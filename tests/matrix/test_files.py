"""Files that go with an answer, on a real homeserver."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import web

from commands import COMMANDS
from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.reply import Attachment, Reply, Text
from tests.bulk.conftest import jsonl, many, row
from tests.matrix.between import Between, refusal
from tests.matrix.desk import MatrixBot, Room, hear_out
from tests.matrix.people import Somebody, relation
from tests.matrix.weighing import file_in, files, plain, the_export, weigh, weight_line


@command()
async def long(_ctx: Context) -> Reply:
    """Answer at length, with two files."""
    text = tuple(Text((f"{n} " + "word " * 300,)) for n in range(6))
    return Reply(("Long",), text, files=(Attachment("a.csv", b"a"), Attachment("b.png", b"b")))


@pytest.fixture
def bot(bot: MatrixBot) -> MatrixBot:
    bot.commands = (*COMMANDS, long, weigh)
    return bot


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
    await hear_out(room.owner, room.bot, room.id)
    answers = await room.owner.answers(room.id, asked)
    assert [answer["msgtype"] for answer in answers] == ["m.notice", "m.file"]
    with closing(sqlite3.connect(tmp_path / "own.db")) as db:
        assert db.execute("SELECT key FROM outbox WHERE content <> ''").fetchall() == []


async def test_a_map_is_a_picture_with_words_for_who_does_not_see_it(room: Room) -> None:
    await room.owner.say(room.id, "!map Pokrovsk")
    file = await file_in(room.owner, room.id)
    assert (file["msgtype"], file["filename"]) == ("m.image", "map-P-704422-20251107.png")
    assert file["body"].startswith("Map of Pokrovsk · 7 Nov 2025 · 1 place assessed\nPokrovsk: ◆")
    assert file["info"]["w"] == 780
    assert (await room.owner.fetch(file["url"])).startswith(b"\x89PNG")


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
    offered = await room.owner.wait(lambda event: event["type"] == "m.reaction")
    await room.owner.react(room.id, relation(offered)["event_id"], "▶")
    await room.owner.wait(lambda event: relation(event).get("rel_type") == "m.replace")
    await room.ask("!page 2 long")
    await hear_out(room.owner, room.bot, room.id)
    assert len(files(room.owner, room.id)) == 2


async def test_what_the_homeserver_refuses_is_one_line_in_the_place_of_the_file(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    """It says itself how much it takes, and hangs up on whoever sends more."""
    too_large = "is larger than this homeserver accepts, so it is not sent."
    async with Between(bot.server.url) as between:
        bot.address = between.url
        async with bot.running():
            room = await anna.room(boris.id, bot.id)
            await anna.joined(room, bot.id)

            async def said(answer: web.Response, at: str, expected: str) -> None:
                between.before = lambda request: answer if request.path.endswith(at) else None
                asked = await anna.say(room, "!export")
                await anna.wait(lambda event: expected in str(event["content"].get("body")))
                await hear_out(anna, bot, room)
                assert len(await anna.answers(room, asked)) == 2
                anna.seen.clear()

            small = web.json_response({"m.upload.size": 10})
            await said(small, "/_matrix/client/v1/media/config", too_large)
            assert not any(path.endswith("/media/v3/upload") for path in between.asked)
            await said(refusal(413, "M_TOO_LARGE"), "/upload", too_large)
            await said(web.Response(status=413, text="<html>"), "/upload", too_large)
            await said(refusal(403, "M_FORBIDDEN"), "/upload", "The homeserver did not accept")
    assert [line["code"] for line in bot.logged if line["event"] == "file refused"] == [
        *["M_TOO_LARGE"] * 3,
        "M_FORBIDDEN",
    ]


async def test_a_homeserver_from_before_media_had_to_be_asked_for_in_person_works_too(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    async with Between(bot.server.url) as between:
        bot.address = between.url
        gone: list[str] = []

        def before(request: web.Request) -> web.Response | None:
            if "/client/v1/media/" in request.path:
                return refusal(404, "M_UNRECOGNIZED")
            if "/media/v3/download/" in request.path:
                gone.append(request.path)
                return web.Response(body=b"as ever")
            return None

        between.before = before
        async with bot.running():
            room = await anna.room(boris.id, bot.id)
            await anna.joined(room, bot.id)
            await anna.ask(room, "!export")
            assert await anna.fetch((await file_in(anna, room))["url"])
            asked = await anna.send_file(room, "a.csv", b"as ever", body="!weigh")
            assert plain(await anna.answer(room, asked)) == weight_line("a.csv", b"as ever")
    assert len(gone) == 1


async def test_rows_that_were_left_out_come_back_as_a_file(
    bot: MatrixBot, anna: Somebody, boris: Somebody
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
