"""Without the extra for encrypted rooms: plain rooms are served, and nothing else gets a word."""

import sys
from importlib.util import find_spec

import pytest

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from bot.platform import Notification, Undeliverable
from commands import COMMANDS
from commands.kit.reply import Action, Reply
from store.workflow.watches import Watcher
from tests.matrix.desk import MatrixBot, hear_out
from tests.matrix.people import Somebody
from tests.matrix.sealed import SEALED, Strict, anna, make_encrypted_room
from tests.matrix.weighing import weigh

__all__ = ["anna"]


async def test_without_the_extra_it_says_so_and_serves_plain_rooms(
    bot: MatrixBot, anna: Strict, boris: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "olm", None)
    bot.commands = (*COMMANDS, weigh)
    async with bot.running():
        assert bot.logged[0]["event"].startswith("no encryption: ")
        room = await make_encrypted_room(anna, bot.id, boris.id)
        await boris.join(room)
        await boris.send(room, "m.room.encrypted", SEALED)
        await boris.wait(lambda event: "cannot read encrypted" in str(event["content"].get("body")))
        plain = await boris.room(bot.id, str(anna.client.mxid))
        await boris.joined(plain, bot.id)
        assert (await boris.ask(plain, "!about"))["body"]
        sealed = {"url": await boris.upload(b"a"), "v": "v2"}
        asked = await boris.send_file(plain, "a.csv", b"a", body="!weigh", file=sealed)
        answer = await boris.answer(plain, asked)
        assert answer["body"] == "I cannot read encrypted files. Send a.⁠csv plain.⁠"


async def test_without_the_extra_nothing_of_the_record_goes_into_an_encrypted_room(
    bot: MatrixBot, anna: Strict, boris: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked in plain words there was answered in plain words, and so were summaries."""
    monkeypatch.setitem(sys.modules, "olm", None)
    async with bot.running() as platform:
        room = await make_encrypted_room(anna, bot.id, boris.id)
        await boris.join(room)
        await boris.joined(room, bot.id)
        await boris.say(room, "!status Pokrovsk")
        await boris.say(room, "!watch add Pokrovsk")
        daily = Notification(
            Reply(("What changed",)), "digest:1", Action("Again", "claims"), room=room
        )
        with pytest.raises(Undeliverable, match="the room is encrypted") as told:
            await platform.posting.post(daily)
        assert not told.value.gone
        plain = await boris.room(bot.id, str(anna.client.mxid))
        await boris.joined(plain, bot.id)
        await boris.ask(plain, "!about")
        answer = await hear_out(boris, bot, room)
    assert [message["body"].replace("\u2060", "") for message in answer] == [
        "I cannot read encrypted messages. Ask me in a room without encryption."
    ]
    assert await bot.store.watches.of(Watcher("matrix", "", boris.id)) == ()


async def test_without_the_extra_a_private_answer_comes_in_a_room_that_is_not_encrypted(
    bot: MatrixBot, anna: Strict, boris: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The private room of an earlier run, with keys, was taken: nothing can be said there now."""
    lookup = "!lookup Fighting near Pokrovsk"
    async with bot.running():
        sealed = await make_encrypted_room(anna, bot.id, boris.id)
        await boris.join(sealed)
        await boris.joined(sealed, bot.id)
        await boris.say(sealed, lookup)
        before = await boris.invited()
        await boris.join(before)
    monkeypatch.setitem(sys.modules, "olm", None)
    async with bot.running():
        plain = await boris.room(bot.id, str(anna.client.mxid))
        await boris.joined(plain, bot.id)
        boris.invites.clear()
        await boris.say(plain, lookup)
        private = await boris.invited()
        assert private != before
        await boris.join(private)
        event = await boris.next_from(private, bot.id)
        assert event["body"].startswith("On record here")
