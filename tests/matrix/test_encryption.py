"""Encrypted rooms, between the bot and a client that trusts only verified devices."""

import asyncio
import stat
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from aiohttp import web
from mautrix.types import (
    EventID,
    EventType,
    MessageEvent,
    MessageType,
    RoomID,
    TextMessageEventContent,
    TrustState,
    UserID,
)

from benchmarks.homeserver import Homeserver
from bot.dispatch import Dispatch
from bot.platform import Notification
from commands import COMMANDS
from commands.kit.invocation import Caller
from commands.kit.reply import Action
from store import Store
from store.model.entry import Kind
from tests.matrix.between import Between, refusal
from tests.matrix.desk import MatrixBot, fresh
from tests.matrix.people import ENCRYPTION, Somebody
from tests.matrix.sealed import (
    SEALED,
    Strict,
    anna,
    decrypt_file,
    make_encrypted_room,
    make_room_with_bot,
    strict,
)
from tests.matrix.weighing import plain, the_export, weigh, weight_line
from tests.patience import PATIENCE_S
from tests.store.conftest import addition, an_act, an_entry

__all__ = ["anna"]
PNG = b"\x89PNG"


async def test_a_client_that_trusts_only_verified_devices_is_answered_in_an_encrypted_room(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        room = await make_encrypted_room(anna, bot.id, boris.id)
        hello = await anna.wait(lambda event: event.sender == bot.id)
        assert hello.content["body"].startswith("Ask, such as")
        assert hello["mautrix"]["was_encrypted"]  # it was sent before the room was known well
        asked = await anna.say(room, "!status Pokrovsk")
        answer = await anna.answer(room, asked)
        assert answer["mautrix"]["was_encrypted"]
        assert answer["mautrix"]["trust_state"] >= TrustState.CROSS_SIGNED_TOFU
        assert answer.content["body"].startswith("Pokrovsk: ◆ Contested")
    key = bot.state / "recovery-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


async def test_a_bot_that_starts_again_is_the_same_device_and_reads_on(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id, boris.id)
        await anna.answer(room, await anna.say(room, "!about"))
    asked = await anna.say(room, "!status Pokrovsk")
    async with bot.running():
        answer = await anna.answer(room, asked)
        assert answer.content["body"].startswith("Pokrovsk: ")
    devices = (await anna.client.query_keys([UserID(bot.id)])).device_keys[UserID(bot.id)]
    assert len(devices) == 1
    assert bot.failures == []


async def test_a_new_session_of_the_account_is_signed_with_the_recovery_key(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        pass
    (bot.state / "session.json").unlink()
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id, boris.id)
        answer = await anna.answer(room, await anna.say(room, "!about"))
        assert answer["mautrix"]["trust_state"] >= TrustState.CROSS_SIGNED_TOFU


async def test_keys_that_an_account_had_before_are_kept_and_sign_the_device_when_they_may(
    server: Homeserver, store: Store, anna: Strict, boris: Somebody, tmp_path: Path
) -> None:
    """It made others, which the homeserver refused, and had then written over the account's."""
    name = fresh("sitrep")
    async with strict(server, name, tmp_path) as owner:
        bot = MatrixBot(server, store, tmp_path / "state", name)
    async with bot.running():
        why = "the account has keys of its own"
        assert [line for line in bot.logged if line.get("why") == why]
    (bot.state / "recovery-key").write_text(owner.recovery)
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id, boris.id)
        answer = await anna.answer(room, await anna.say(room, "!about"))
        assert answer["mautrix"]["trust_state"] >= TrustState.CROSS_SIGNED_TOFU


async def test_who_comes_later_can_read_what_is_answered_after_that(
    bot: MatrixBot, anna: Strict, server: Homeserver, tmp_path: Path
) -> None:
    async with bot.running(), strict(server, fresh("clara"), tmp_path) as clara:
        room = await make_room_with_bot(anna, bot.id)
        await anna.client.invite_user(RoomID(room), clara.client.mxid)
        await clara.client.join_room(RoomID(room))
        asked = await clara.say(room, "!status Pokrovsk")
        assert (await clara.answer(room, asked)).content["body"].startswith("Pokrovsk: ")
        assert (await anna.answer(room, asked)).content["body"].startswith("Pokrovsk: ")


async def test_many_answers_that_need_a_new_key_do_not_wait_for_each_other(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    """All but the first were put off, each twice as long as the one before."""

    async def slowly(request: web.Request) -> None:
        if "/sendToDevice/" in request.path:
            await asyncio.sleep(0.5)

    async with Between(bot.server.url) as between:
        bot.address, between.before = between.url, slowly
        async with bot.running():
            room = await make_room_with_bot(anna, bot.id, boris.id)
        await boris.join(room)
        asked = [await anna.say(room, "!about") for _ in range(10)]
        async with bot.running(), asyncio.timeout(PATIENCE_S):
            for question in asked:
                await anna.answer(room, question)


async def test_what_is_for_the_asker_alone_is_encrypted_too(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id, boris.id)
        invited = anna.invited()
        await anna.say(room, "!lookup Fighting near Pokrovsk")
        private = await invited
        await anna.client.join_room(private)
        event = await anna.wait(lambda event: event.room_id == private)
        assert event["mautrix"]["was_encrypted"]
        assert event.content["body"].startswith("On record here about that message")


async def test_an_export_is_encrypted_for_the_room_and_nobody_else(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id, boris.id)
        asked = await anna.say(room, "!export format:jsonl")
        event = await anna.wait(lambda event: event.content.serialize()["msgtype"] == "m.file")
        assert event["mautrix"]["was_encrypted"]
        content: Any = event.content.serialize()
        assert content["m.relates_to"]["m.in_reply_to"] == {"event_id": asked}
        assert content["filename"] == "sitrep-2025-11-07.jsonl"
        assert "url" not in content
        lies = await boris.fetch(content["file"]["url"])
        assert b"Pokrovsk" not in lies
        assert decrypt_file(lies, content["file"]) == await the_export(bot)


async def test_maps_and_timelines_are_encrypted_for_the_room_and_nobody_else(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id, boris.id)
        for line, name in (("map", "map-P-704422"), ("timeline", "timeline-P-704422")):
            asked = await anna.say(room, f"!{line} Pokrovsk look:light")
            event = await anna.wait(partial(is_picture, asked=asked))
            assert event["mautrix"]["was_encrypted"]
            content: Any = event.content.serialize()
            assert content["filename"].startswith(name)
            assert "Pokrovsk" in content["body"]
            assert content["info"]["w"] == 780
            assert "url" not in content
            lies = await boris.fetch(content["file"]["url"])
            assert not lies.startswith(PNG)
            assert decrypt_file(lies, content["file"]).startswith(PNG)


async def test_a_summary_brings_its_map_encrypted_and_once(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    judged = an_entry(kind=Kind.ASSESSMENT, type="control", actor_id=2, control="russian_held")
    await bot.store.history.write(an_act("judged"), addition(judged))
    async with bot.running() as platform:
        room = await make_room_with_bot(anna, bot.id, boris.id)
        desk = Dispatch(bot.desk(), bot._log)
        reply = (await desk.line(Caller("matrix", "@a:b", "A"), "/digest")).reply
        assert reply.illustration is not None
        again = Action("As it stands now", "digest")
        post = Notification(reply, "T-1-20251107", again, room=room)
        for _ in range(2):
            await platform.posting.post(post)
        event = await anna.wait(is_picture)
        assert event["mautrix"]["was_encrypted"]
        await anna.answer(room, await anna.say(room, "!about"))
        assert len([event for event in anna.read if is_picture(event)]) == 1


def is_picture(message: MessageEvent, asked: str = "") -> bool:
    """Tell whether a message is a picture, and the answer to one if that is given."""
    content: Any = message.content.serialize()
    answered = content.get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id", "")
    return content["msgtype"] == "m.image" and asked in {"", answered}


async def test_a_file_of_an_encrypted_room_is_read_by_caption_and_by_reply(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    bot.commands = (*COMMANDS, weigh)
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id, boris.id)
        expected = weight_line("rows.csv", b"a,b")
        asked = await anna.send_file(room, "rows.csv", b"a,b", body="!weigh")
        assert plain((await anna.answer(room, asked)).content) == expected
        file = await anna.send_file(room, "rows.csv", b"a,b")
        asked = await anna.say(room, "!weigh", reply_to=file)
        assert plain((await anna.answer(room, asked)).content) == expected


async def test_a_file_that_is_not_what_was_encrypted_is_refused(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    bot.commands = (*COMMANDS, weigh)
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id, boris.id)
        short = {"kty": "oct", "alg": "A256CTR", "ext": True, "key_ops": [], "k": "AAAA"}
        wrong: list[dict[str, Any]] = [{"iv": "AAAA"}, {"key": short}, {"v": "v1"}]
        for spoilt in ({"hashes": {"sha256": "AAAA"}}, *wrong):
            asked = await anna.send_file(room, "a.csv", b"a,b", body="!weigh", spoilt=spoilt)
            answer = plain((await anna.answer(room, asked)).content)
            assert answer == "a.csv does not match its checksum. Send it again."


async def test_what_cannot_be_decrypted_gets_one_line_a_day(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        room = await make_encrypted_room(anna, bot.id, boris.id)
        await boris.join(room)
        await anna.wait(lambda event: event.sender == bot.id)
        await boris.send(room, "m.room.encrypted", SEALED)
        await boris.send(room, "m.room.encrypted", SEALED)
        event = await anna.wait(lambda event: "could not decrypt" in event.content["body"])
        assert event.room_id == room
        await anna.answer(room, await anna.say(room, "!about"))
    told = [event for event in anna.read if "could not decrypt" in event.content["body"]]
    assert len(told) == 1


async def test_a_homeserver_that_falters_over_keys_ends_nothing(
    bot: MatrixBot, anna: Strict, server: Homeserver, boris: Somebody, tmp_path: Path
) -> None:
    """Cut while keys were handed out, the run ended; while it was looked up who had written, a
    question was left without an answer; while keys were taken, nobody new could read the answer.
    """
    async with Between(server.url) as between, strict(server, fresh("clara"), tmp_path) as clara:
        bot.address = between.url
        async with bot.running():
            room = await boris.room(bot.id, str(anna.client.mxid), str(clara.client.mxid))
            await boris.joined(room, bot.id)
            await anna.client.join_room(RoomID(room))
            await clara.client.join_room(RoomID(room))
            await boris.put(room, ENCRYPTION["type"], ENCRYPTION["content"])
            await anna.knows(room)
            faltered: list[str] = []

            def falter(request: web.Request) -> web.Response | None:
                if "/keys/" not in request.path or faltered.count(request.path):
                    return None
                faltered.append(request.path)
                return refusal(502, "M_UNKNOWN")

            between.before = falter
            asked = await anna.say(room, "!about")
            await anna.answer(room, asked)
            await clara.answer(room, asked)
            await anna.answer(room, await anna.say(room, "!status Lviv"))
            assert {path.rsplit("/", 1)[1] for path in faltered} == {"query", "upload", "claim"}
        assert [line["event"] for line in bot.logged].count("keys not handed out") == 1


async def test_a_room_that_becomes_encrypted_is_answered_so_from_then_on(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        content: Any = ENCRYPTION["content"]
        new_room = await anna.client.create_room(invitees=[UserID(bot.id), UserID(boris.id)])
        room = str(new_room)
        await boris.join(room)
        await boris.joined(room, bot.id)
        plain = await anna.answer(room, await anna.say(room, "!about"))
        assert not plain.get("mautrix", {}).get("was_encrypted")
        await anna.client.send_state_event(new_room, EventType.ROOM_ENCRYPTION, content)
        answer = await boris.say(room, "!about")  # in plain words still
        answered = await anna.answer(room, answer)
        assert answered["mautrix"]["was_encrypted"]
        again = await anna.answer(room, await anna.say(room, "!status Pokrovsk"))
        assert again["mautrix"]["was_encrypted"]


async def test_a_reply_chooses_in_an_encrypted_room(bot: MatrixBot, anna: Strict) -> None:
    """To what a message replies stands outside of what is encrypted."""
    async with bot.running():
        room = await make_room_with_bot(anna, bot.id)
        await anna.say(room, "!me forget:ask")
        offer = await anna.wait(lambda event: str(event.content["body"]).startswith("Forget you?"))
        content = TextMessageEventContent(msgtype=MessageType.TEXT, body="forget me")
        content.set_reply(offer.event_id)
        await anna.client.send_message(RoomID(room), content)
        event = await anna.wait(
            lambda event: str(event.content["body"]).startswith("You are forgotten")
        )
        assert event["mautrix"]["was_encrypted"]


async def test_a_message_is_looked_up_by_a_reply_in_an_encrypted_room(
    bot: MatrixBot, anna: Strict, boris: Somebody
) -> None:
    async with bot.running():
        room = await make_encrypted_room(anna, bot.id, boris.id)
        await boris.join(room)
        await anna.wait(lambda event: event.sender == bot.id)
        words = await anna.say(room, "Fighting near Pokrovsk")
        invited = anna.invited()
        content = TextMessageEventContent(msgtype=MessageType.TEXT, body="!lookup")
        content.set_reply(EventID(words))
        await anna.client.send_message(RoomID(room), content)
        await anna.client.join_room(await invited)
        event = await anna.wait(
            lambda event: str(event.content["body"]).startswith("On record here")
        )
        assert event["mautrix"]["was_encrypted"]
