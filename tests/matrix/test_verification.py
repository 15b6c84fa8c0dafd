"""Verification by emoji: clients waited for it until they gave up."""

import asyncio
from typing import Any

from tests.matrix.desk import MatrixBot, hear_out
from tests.matrix.people import Json, Somebody
from tests.patience import PATIENCE_S

ASKED: dict[str, Any] = {
    "methods": ["m.sas.v1", "m.qr_code.show.v1", "m.reciprocate.v1"],
    "timestamp": 1_700_000_000_000,
}


async def test_one_that_is_asked_in_a_room_is_declined_with_a_reason(
    bot: MatrixBot, anna: Somebody
) -> None:
    async with bot.running():
        room = await anna.room(bot.id, is_direct=True)
        await anna.next_from(room, bot.id)
        words = {"msgtype": "m.key.verification.request", "body": "verify", "to": bot.id}
        device = {"from_device": anna.device}
        asked = await anna.send(room, "m.room.message", {**words, **device, **ASKED})
        declined = await anna.wait(lambda event: event["type"] == "m.key.verification.cancel")
    relation = {"rel_type": "m.reference", "event_id": asked}
    assert declined["content"]["m.relates_to"] == relation
    assert declined["content"]["code"] == "m.user"
    assert "fingerprint" in declined["content"]["reason"]
    assert len(await hear_out(anna, bot, room)) == 1  # the greeting


async def test_one_that_a_device_asks_is_declined_with_a_reason(
    bot: MatrixBot, anna: Somebody
) -> None:
    async with bot.running():
        await anna.read()
        content = {"from_device": anna.device, "transaction_id": "t1", **ASKED}
        messages = {bot.id: {"*": content}}
        await anna.call(
            *("PUT", "sendToDevice", "m.key.verification.request", "t1"), messages=messages
        )
        declined = await wait_for_event(anna, "m.key.verification.cancel")
    assert declined["sender"] == bot.id
    assert declined["content"]["transaction_id"] == "t1"
    assert "fingerprint" in declined["content"]["reason"]


async def wait_for_event(person: Somebody, kind: str) -> Json:
    """Return the first event of a kind that comes to the person's device."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            for event in person.to_device:
                if event["type"] == kind:
                    return event
            await person.read(2000)
