"""An answer that takes longer than Discord waits: promised first, given when it is there."""

from tests.discord.loopback import Channel, Interaction, Message
from tests.discord.loopback.world import MANAGE_SERVER
from tests.discord.wire.stage import WAIT, WAIT_TO_CHANGE, Stage, first_line, labels

LATE = "At last, Reader One"
REFUSED = "Not that, after all."


async def public_room(stage: Stage, name: str) -> Channel:
    """Return a room whose answers are for everyone."""
    channel = stage.server.channel(stage.guild, name)
    chief = stage.server.member(stage.guild, "Manager One", permissions=MANAGE_SERVER)
    await (await chief.slash(channel, "room", {"answers": "public"})).answer()
    return channel


async def expect_promises(*asked: Interaction) -> None:
    """Wait until each has been told to wait; all of it in time."""
    for message in asked:
        assert await message.first() in (WAIT, WAIT_TO_CHANGE)
        assert message.took < 3


def waiting(asked: Interaction) -> Message:
    assert asked.original is not None
    return asked.original


async def test_what_was_promised_is_given_to_whom_it_was_promised(stage: Stage) -> None:
    """A refusal that found its wait deleted by somebody was given up by the bot."""
    stage.bot.commands = (*stage.bot.commands, *stage.slow())
    async with stage.running():
        public = await public_room(stage, "public")
        stage.gate.set()
        answer = await (await stage.reader.slash(stage.room, "slow")).answer()
        stage.gate.clear()
        pressed = await stage.reader.click(answer, labels(answer)["Again"])
        posted = await stage.reader.click(answer, labels(answer)["Post here"])
        private = await stage.reader.slash(stage.room, "slow")
        shown = await stage.reader.slash(public, "slow")
        refusals = [await stage.reader.slash(public, "reluctant") for _ in range(2)]
        refused_alone = await stage.reader.slash(stage.room, "reluctant")
        await expect_promises(pressed, posted, private, shown, *refusals, refused_alone)
        waits = [waiting(refusal) for refusal in refusals]
        assert set(waits) < set(public.messages.values())
        waits[1].deleted = True
        del public.messages[waits[1].id]
        stage.gate.set()

        assert pressed.response == WAIT_TO_CHANGE
        assert await pressed.answer() is answer
        assert first_line(answer) == LATE
        for card, alone in ((private, True), (shown, False), (posted, False)):
            given = await card.answer()
            assert (first_line(given), given.ephemeral, card.followups) == (LATE, alone, [])
        for card in refusals:
            told = await card.followup()
            assert (first_line(told), told.ephemeral) == (REFUSED, True)
        assert waits[0].deleted
        assert list(public.messages.values()) == [waiting(shown)]
        told = await refused_alone.answer()
        assert (first_line(told), told.ephemeral) == (REFUSED, True)
        assert stage.log("undelivered") == []


async def test_a_promise_whose_receipt_was_lost_is_kept_and_one_that_cannot_be_is_logged_once(
    stage: Stage,
) -> None:
    """Discord had it and said 502; asked again it said 40060, and the asker waited for ever."""
    stage.bot.commands = (*stage.bot.commands, *stage.slow())
    async with stage.running():
        asked = await stage.reader.slash(stage.room, "slow")
        lost = await stage.reader.slash(stage.room, "settle")
        response = rf"/interactions/\d+/{asked.token}/callback"
        stage.server.faults.broken(502, "POST", response, done=True)
        await expect_promises(asked, lost)
        await stage.logs("answered before")
        stage.server.faults.cut("PATCH", rf"/webhooks/\d+/{lost.token}/.*")
        stage.gate.set()
        assert first_line(await asked.answer()) == LATE
        assert await stage.logs("undelivered") == [{"why": "ServerDisconnectedError"}]
        assert await stage.public(stage.room)
        assert waiting(lost).edits == 0
