"""`/tell`: asked under an answer with nothing, told once in private, listed and ended in `/me`."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from commands.kit.invocation import Role
from commands.kit.reply import Audience
from store import open_store
from store.model.filing import FiledPlace
from tests.fakes import Talk, copy_store
from tests.store.conftest import addition, an_act, an_entry

KHARKIV = 706483


@pytest.fixture
async def forgetful(seeds_file: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk that was told to remember nobody."""
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as store:
        talk = Talk(store)
        talk.dispatch.desk = replace(talk.dispatch.desk, remembers=False)
        yield talk


async def test_it_is_offered_where_nothing_is_on_record(ask: Talk) -> None:
    for question in ("/check Харків: тиша", "/status Kharkiv"):
        assert "Tell me when there is" in (await ask(question)).flat


async def test_it_is_listed_and_ended_in_me(desk: Talk) -> None:
    await desk("/tell Kharkiv")
    answer = await desk("/me")
    assert "To be told of Kharkiv" in " ".join(answer.flat.split())
    assert "Tell me no more of Kharkiv" in answer.flat
    await desk("/tell Kharkiv stop:yes")
    assert "To be told of" not in (await desk("/me")).flat


async def test_what_is_filed_then_is_told_once_and_privately(desk: Talk) -> None:
    await desk("/tell Kharkiv")
    entry = an_entry(text="A drone hit a depot.", places=(FiledPlace(KHARKIV),))
    await desk.store.history.write(an_act("filed"), addition(entry))
    assert await desk.store.inquiries.settle(desk.now) == 1
    (notice,) = await desk.store.notice_queue.due("console", desk.now)
    answer = await desk(notice.line)
    assert answer.lines[0] == "Kharkiv: there is something on record now, as you asked"
    assert "A drone hit a depot." in answer.flat
    assert answer.reply.audience is Audience.ASKER
    assert await desk.store.inquiries.settle(desk.now) == 0


async def test_a_desk_that_remembers_nobody_offers_nothing_and_refuses(forgetful: Talk) -> None:
    assert "Tell me" not in (await forgetful("/check Харків: тиша")).flat
    assert "Tell me" not in (await forgetful("/status Kharkiv")).flat
    answer = await forgetful("/tell Kharkiv")
    assert answer.refused
    assert answer.lines[0].startswith("This desk remembers nobody")


async def test_no_button_keeps_the_words_of_a_message_that_was_checked(ask: Talk) -> None:
    secret = "Putin says that Pokrovsk is surrounded, and my aunt Olha lives there"
    answer = (await ask(f"/check {secret}")).answer
    assert answer.asked is None
    given = [value for action in answer.reply.actions for value in action.given.values()]
    assert not any("Olha" in value for value in given)


async def test_it_is_offered_where_what_there_is_is_not_fresh(ask: Talk) -> None:
    assert "Tell me" not in (await ask("/status Pokrovsk")).flat
    ask.now += timedelta(days=30)
    assert "/tell place:P-704422" in (await ask("/status Pokrovsk")).offered
    assert "Tell me" not in (await ask("/status Pokrovsk at:2025-11-07")).flat


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/claims Kharkiv by:Putin", "/tell place:P-706483 by:A-6"),
        ("/events Kharkiv kind:strike since:2025-11-01", "/tell place:P-706483 type:strike"),
    ],
)
async def test_an_empty_list_offers_to_tell_of_what_was_asked_for(
    ask: Talk, line: str, offered: str
) -> None:
    assert offered in (await ask(line)).offered


async def test_filing_what_somebody_waits_for_says_how_many_asked(desk: Talk) -> None:
    for person in ("Reader Two", "Reader Three"):
        await desk("/tell Kharkiv", who=person)
    await desk("/tell Kharkiv by:Putin", who="Reader Four")
    await desk(
        '/add event "A drone hit a depot." day:2025-11-06 place:Kharkiv source:S-1', Role.MODERATOR
    )
    answer = await desk("/draft file D-1", Role.MODERATOR)
    assert "2 people asked to be told." in answer.flat
    await desk.store.inquiries.settle(desk.now)
    answer = await desk("/draft file D-1", Role.MODERATOR)
    assert "asked to be told" not in answer.flat


async def test_an_area_is_not_waited_for(desk: Talk) -> None:
    assert (await desk("/tell Donetsk Oblast")).refused
