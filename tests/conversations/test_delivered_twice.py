"""Whatever is delivered twice, as after a lost connection, is done once and told alike."""

from functools import partial
from itertools import count

import pytest

from bot.adapters.console.layout import layout
from bot.dispatch import Answer, Outcome
from bot.i18n.formatter import Voice
from commands.kit.invocation import Caller, Role, Room, Upload
from commands.kit.parser import write_line
from store import Store
from tests.conversations.every import conversations_on
from tests.conversations.holding import hold
from tests.conversations.saying import PRESS, Conversation, File, On, PlainAnswer, Who
from tests.fakes import ZONE, Talk

_WIDE = 10_000
_OTHERWISE = {"import": "the second import of a file finds all of it on record"}


class Twice:
    """The desk with no platform around it, to which every line comes twice under one key."""

    on = On.DISCORD

    def __init__(self, store: Store) -> None:
        self._dispatch, self._numbers = Talk(store).dispatch, count()
        self._offered: dict[Who, dict[str, str]] = {}

    def name(self, who: Who) -> str:
        return who

    async def say(self, who: Who, line: str, file: File | None = None) -> PlainAnswer:
        asked = self._offered[who][line.removeprefix(PRESS)] if line.startswith(PRESS) else line
        key = f"one:{next(self._numbers)}"
        answer = await self._ask(who, asked, key, file)
        again = await self._ask(who, asked, key, file)
        lines = _lines(answer)
        if asked.split()[0].removeprefix("/") not in _OTHERWISE:
            assert (again.outcome, _lines(again)[0]) == (answer.outcome, lines[0]), asked
        actions = answer.reply.actions
        voice = Voice(ZONE)
        self._offered[who] = {
            voice.plain(action.label): write_line(action.command, action.given)
            for action in actions
        }
        return PlainAnswer(lines[0], "\n".join(lines), answer.outcome is Outcome.REFUSED, None)

    async def _ask(self, who: Who, line: str, key: str, file: File | None) -> Answer:
        caller = Caller("discord", who, who, who.role)
        room = Room("discord", "1", "general", who.role is Role.ADMIN, open=True)
        data = file.text.encode() if file else b""
        uploads = (Upload(file.name, len(data), partial(_data, data)),) if file else ()
        return await self._dispatch.line(caller, line, room, key, uploads=uploads)


async def _data(data: bytes) -> bytes:
    return data


def _lines(answer: Answer) -> list[str]:
    rows = layout(answer.reply, Voice(ZONE), _WIDE)
    return ["".join(text for _, text in row) for row in rows]


@pytest.mark.parametrize(
    "talk",
    [talk for talk in conversations_on(On.DISCORD) if "Ukrainian" not in talk.name],
    ids=lambda talk: talk.name,
)
async def test_a_line_that_comes_twice_is_answered_twice_alike(
    store: Store, talk: Conversation
) -> None:
    await hold(talk, Twice(store))


async def test_a_correction_that_comes_twice_leaves_no_draft(store: Store) -> None:
    """The second one opened a draft of a correction, with nothing left to be corrected."""
    line = '/edit E-28 day:2025-10-28 why:"A typo in the day."'
    await Twice(store).say(Who.MODERATOR, line)
    assert await store.drafts.get(1) is None
    assert [revision.act for revision in await store.history.of("E-28")].count("correct") == 1
