"""A check and all that follows from it, in a plain and in an encrypted room."""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from benchmarks.homeserver import Homeserver
from bot.notify.notice_delivery import NoticeDelivery
from store.model.filing import FiledPlace
from tests.matrix.desk import MatrixBot, fresh
from tests.matrix.home import replying
from tests.matrix.people import Somebody
from tests.matrix.strict.client import StrictClient, is_trusted, missing, strict_client
from tests.store.conftest import addition, an_act, an_entry

CLAIM = "Путін каже, що Покровськ оточений"
KHARKIV = 706483
WHY = missing()
Event = Mapping[str, Any]


class Asker:
    """Somebody who asks in a home room of their own, where they moderate."""

    def __init__(self, bot: MatrixBot, person: Somebody | StrictClient, home: str) -> None:
        self.person, self.home = person, home
        self._bot = bot
        self._private = ""
        self._read: set[str] = set()

    async def ask(self, line: str, to: str = "") -> Event:
        """Ask in the home room, in reply to a message; return the answer, which is in private."""
        await self.person.say(self.home, line, **replying(to) if to else {})
        if not self._private:
            self._private = await self.person.invited()
            await self.person.join(self._private)
        return await self.next_in_private()

    async def choose(self, answer: Event, label: str) -> Event:
        """Reply to an answer with the number of what it offers."""
        offers = re.findall(r"^→ (?:\d+ )?(.+?)(?:: !.+)?$", _body(answer), re.MULTILINE)
        number = offers.index(label) + 1
        await self.person.say(self._private, f"{number}", **replying(answer["event_id"]))
        return await self.next_in_private()

    async def next_in_private(self) -> Event:
        where = (self._private, self._bot.id, "m.room.message")
        message = await self.person.wait(
            lambda event: (
                (event["room_id"], event["sender"], event["type"]) == where
                and event["event_id"] not in self._read
            )
        )
        self._read.add(message["event_id"])
        return message

    async def shown(self, begins: str) -> str:
        """Return what the bot says to the whole room that begins so."""
        message = await self.person.wait(
            lambda event: event["room_id"] == self.home and _body(event).startswith(begins)
        )
        return _body(message)

    def told(self, begins: str) -> list[Event]:
        """Return what the bot has said that begins so."""
        return [event for event in self.person.seen if _body(event).startswith(begins)]


def _body(event: Event) -> str:
    return str(event["content"].get("body", ""))


@pytest.fixture(params=["plain", "encrypted"])
async def person(
    request: pytest.FixtureRequest, server: Homeserver
) -> AsyncIterator[Somebody | StrictClient]:
    """Somebody whose rooms are all plain, or all encrypted."""
    if request.param == "plain":
        async with Somebody(server, fresh("anna")) as plain:
            yield plain
        return
    if WHY:
        pytest.skip(WHY)
    async with strict_client(server, fresh("anna")) as strict:
        yield strict
    assert all(is_trusted(event) for event in strict.seen if event["type"] == "m.room.message")


@pytest.fixture
async def anna(
    bot: MatrixBot, person: Somebody | StrictClient, boris: Somebody
) -> AsyncIterator[Asker]:
    home = await person.room(boris.id)
    await boris.join(home)
    bot.homes = {home}
    async with bot.running():
        await person.invite(home, bot.id)
        await person.wait(lambda event: _body(event).startswith("Ask, such as"))
        yield Asker(bot, person, home)


async def say_what_is_due(bot: MatrixBot) -> None:
    """Let the bot count, and say unasked what is due."""
    assert bot.live is not None
    schedule = bot.schedule(bot.live)
    await schedule.turn()
    queue = bot.store.notice_queue
    telling = NoticeDelivery(
        queue, schedule.dispatch, schedule.platforms, schedule.clock, schedule.log
    )
    await telling.due("matrix")


async def test_a_message_is_checked_by_a_reply_to_it_and_its_answer_is_shown_in_the_room(
    bot: MatrixBot, anna: Asker
) -> None:
    message = await anna.person.say(anna.home, CLAIM)
    by_reply = await anna.ask("!check", message)
    assert "Says the same" in _body(by_reply)
    assert _body(await anna.ask(f"!check {CLAIM}")) == _body(by_reply)
    confirmed = await anna.choose(by_reply, "This is it")
    assert _body(confirmed).startswith("On record: E-28")
    await anna.choose(confirmed, "Show in the room")
    await say_what_is_due(bot)
    shown = await anna.shown("On record: E-28")
    assert CLAIM not in shown
    assert anna.person.id not in shown


async def test_who_asks_in_vain_is_counted_and_told_once_when_there_is_something(
    bot: MatrixBot, anna: Asker, boris: Somebody
) -> None:
    checked = await anna.ask("!check Харків: тиша")
    waits = await anna.choose(checked, "Tell me when there is")
    assert _body(waits).startswith("Kharkiv: you are told once")
    async with Somebody(bot.server, fresh("clara")) as clara:
        for other in (boris, clara):
            private = await other.room(bot.id, is_direct=True)
            await other.next_from(private, bot.id)
            before = len(other.seen)
            await other.say(private, "!status Kharkiv")
            await other.next_from(private, bot.id, before)
    await say_what_is_due(bot)
    gaps = _body(await anna.ask("!gaps"))
    assert "on 1 day · 3 people" in gaps
    assert "1 waits to be told" in gaps
    entry = an_entry(text="A drone hit a depot.", places=(FiledPlace(KHARKIV),))
    await bot.store.history.write(an_act("filed"), addition(entry))
    for _ in range(2):
        await say_what_is_due(bot)
    notice = await anna.next_in_private()
    assert _body(notice).startswith("Kharkiv: there is something on record now")
    assert "A drone hit a depot." in _body(notice)
    assert "Nothing was asked in vain" not in _body(await anna.ask("!gaps"))
    assert len(anna.told("Kharkiv: there is something")) == 1
