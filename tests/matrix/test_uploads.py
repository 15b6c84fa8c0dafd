"""Files that come with a command: as what has it for a caption, or as what it replies to."""

from typing import Annotated, Any

import pytest

from commands import COMMANDS
from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Upload
from commands.kit.params.uploaded_file import UploadedFile
from commands.kit.reply import Reply, Text
from tests.bulk.conftest import many
from tests.matrix.desk import MatrixBot, Room, hear_out
from tests.matrix.people import Json, Somebody
from tests.matrix.rooms import alone_with
from tests.matrix.weighing import MOST, plain, reply, weigh, weight_line


@command()
async def recite(
    _ctx: Context, file: Annotated[Upload, UploadedFile(T("Any file"), MOST)]
) -> Reply:
    """Say at length what is in a file."""
    text = (await file.read()).decode()
    return Reply((file.name,), tuple(Text((f"{n} {text * 50}",)) for n in range(6)))


@pytest.fixture
def bot(bot: MatrixBot) -> MatrixBot:
    bot.commands = (*COMMANDS, weigh, recite)
    return bot


def with_file(uri: str, **more: Any) -> Json:
    """Return a message with a file, as somebody may write it."""
    return {"msgtype": "m.file", "body": "!weigh", "filename": "a.csv", "url": uri, **more}


async def test_the_words_beside_a_file_ask_with_it(room: Room) -> None:
    data = b"a,b\n1,2\n"
    asked = await room.owner.send_file(room.id, "rows.csv", data, body="!weigh")
    assert plain(await room.owner.answer(room.id, asked)) == weight_line("rows.csv", data)
    asked = await room.owner.send_file(room.id, "rows.csv", data, body="!weigh rows.csv")
    assert plain(await room.owner.answer(room.id, asked)) == weight_line("rows.csv", data)
    asked = await room.owner.send_file(room.id, "rows.csv", data, body="!weigh other.csv")
    answer = plain(await room.owner.answer(room.id, asked))
    assert answer.startswith("file: There is no file “other.csv” here")


async def test_a_reply_to_a_file_asks_with_it(room: Room, boris: Somebody) -> None:
    file = await boris.send_file(room.id, "Рядки 1.csv", b"boris")
    answer = await room.ask("!weigh", **reply(file))
    assert plain(answer) == weight_line("Рядки 1.csv", b"boris")
    thread = {"rel_type": "m.thread", "event_id": file}
    answer = await room.ask("!weigh", **{"m.relates_to": {**reply(file)["m.relates_to"], **thread}})
    assert plain(answer) == weight_line("Рядки 1.csv", b"boris")


async def test_alone_with_the_bot_the_words_beside_a_file_need_no_prefix(
    bot: MatrixBot, anna: Somebody
) -> None:
    async with bot.running():
        room = await alone_with(bot, anna)
        before = len(anna.seen)
        await anna.send_file(room, "a.csv", b"a")
        await anna.send_file(room, "a.csv", b"b", body="weigh")
        assert plain(await anna.next_from(room, bot.id, before)) == weight_line("a.csv", b"b")


async def test_without_a_file_it_is_told_how_to_send_one(room: Room, boris: Somebody) -> None:
    assert plain(await room.ask("!weigh")) == (
        "Send a file with !weigh as its caption, or reply to one."
    )
    none = "The message you replied to has no file that I can read."
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
    answer = await room.ask("!weigh", **reply(file))
    assert plain(answer) == "The message you replied to has no file that I can read."


async def test_no_more_of_a_file_is_read_than_was_said_or_may_be(room: Room) -> None:
    async def said(data: bytes, **more: Any) -> str:
        asked = await room.owner.send_file(room.id, "a.csv", data, body="!weigh", **more)
        return plain(await room.owner.answer(room.id, asked))

    assert await said(b"x" * 1000) == weight_line("a.csv", b"x" * 1000)
    assert "Send at most 1,000" in await said(b"x" * 1001)
    assert await said(b"x" * 11, info={"size": 10}) == (
        "a.csv is larger than the 10 bytes that its message gives. Send it again."
    )
    assert await said(b"x" * 1001, info={}) == (
        "a.csv is larger than 1,000 bytes, the most I can read."
    )
    assert await said(b"x" * 999, info={"size": -5}) == weight_line("a.csv", b"x" * 999)


async def test_a_file_that_is_not_there_is_told(room: Room) -> None:
    gone = "a.csv is gone, or I may not see it. Send it again."
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
    await room.owner.wait(lambda event: str(event["content"].get("body")).startswith("5 some"))
    await hear_out(room.owner, room.bot, room.id)
    answers = await room.owner.answers(room.id, asked)
    assert len(answers) > 1
    assert not any("!page" in answer["body"] for answer in answers)


async def test_a_moderator_imports_by_caption_and_by_reply(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    home = await anna.room(boris.id, bot.id)
    await boris.join(home)
    bot.homes = {home}
    async with bot.running():
        await anna.joined(home, bot.id)
        asked = await anna.send_file(home, "rows.jsonl", many(3), body="!import")
        answer = plain(await anna.answer(home, asked))
        assert answer.startswith("B-1: 3 filed")
        file = await boris.send_file(home, "more.jsonl", many(4))
        answer = plain(await anna.ask(home, "!import check:only", **reply(file)))
        assert answer.startswith("Nothing was filed. Of 4: 1 new, 3 unchanged")
        answer = plain(await boris.ask(home, "!import", **reply(file)))
        assert answer == "Only moderators can use !import."
