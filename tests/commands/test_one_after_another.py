"""Filing one fact after another from one report: nothing is typed or clicked twice."""

import asyncio

import pytest

from commands.kit.reply import Form
from tests.commands.filing import CLAIM, MODERATOR, add, file_line
from tests.fakes import Talk, TerminalAnswer

REPORT = (
    '/add claim "The mill burns." by:"Ivan Petrenko, mayor of Rodynske" place:Rodynske'
    " day:2025-11-05 source:https://example.org/news/12"
)


def find_offer(answer: TerminalAnswer, *words: str) -> str:
    """Return the one line that is offered with all these words in it."""
    (line,) = (line for line in answer.offered if all(word in line for word in words))
    return line


def form_of(answer: TerminalAnswer) -> Form:
    form = answer.reply.form
    assert form is not None
    return form


async def test_file_and_next_offers_what_the_last_one_had(desk: Talk) -> None:
    answer = await add(desk, find_offer(await add(desk, CLAIM), "then:next"))
    assert answer.first == "Filed as E-65"
    form = form_of(answer)
    assert {field.name: field.value for field in form.fields} == {
        "text": "",
        "by": "Vladimir Putin",
        "day": "2025-11-05",
        "place": "Pokrovsk",
        "source": "Article of 7 November 2025 (outlet not named)",
    }
    assert form.missing == ("text",)
    answer = await add(desk, '/add claim like:E-65 text:"The road in is cut too."')
    await add(desk, file_line(answer))
    entry = await desk.store.entries.get(66)
    assert entry is not None
    assert entry.by is not None
    assert (entry.by.name, entry.places[0].name, entry.day.edtf) == (
        "Vladimir Putin",
        "Pokrovsk",
        "2025-11-05",
    )


async def test_what_is_given_of_the_next_one_counts_and_what_is_emptied_stays_empty(
    desk: Talk,
) -> None:
    await add(desk, file_line(await add(desk, CLAIM)))
    answer = await add(desk, '/add claim "It is quiet." like:E-65 place:Myrnohrad source:-')
    assert "Myrnohrad" in answer.text
    assert "Still needed: source" in answer.text


async def test_three_facts_of_a_report_are_six_lines(desk: Talk) -> None:
    answer = await add(desk, CLAIM)
    for number, words in ((65, "One."), (66, "Two."), (67, "Three.")):
        answer = await add(desk, find_offer(answer, "then:next"))
        assert answer.first == f"Filed as E-{number}"
        line = f"/{form_of(answer).command} like:{form_of(answer).given['like']} text:{words}"
        answer = await add(desk, line)
    assert (await desk("/claims by:Putin since:2025-11-05 until:2025-11-05")).first.startswith("3 ")


async def test_file_and_next_twice_files_once(desk: Talk) -> None:
    line = find_offer(await add(desk, CLAIM), "then:next")
    replies = await asyncio.gather(*(add(desk, line) for _ in range(5)))
    assert {reply.text for reply in replies} == {replies[0].text}
    assert await desk.store.entries.get(66) is None


async def test_an_unknown_speaker_and_source_are_created_by_the_click_that_files(
    desk: Talk,
) -> None:
    answer = await add(desk, REPORT)
    assert not [
        line for line in answer.offered if "create:yes" not in line and "draft file" in line
    ]
    await add(desk, "/add claim draft:D-1 by_kind:person source_kind:article")
    answer = await add(desk, "/draft show D-1")
    filed = await add(desk, next(line for line in answer.offered if "create:yes" in line))
    assert filed.first == "Filed as E-65"
    entry = await desk.store.entries.get(65)
    assert entry is not None
    assert entry.by is not None
    assert (entry.by.name, entry.by.role, entry.by.kind) == (
        "Ivan Petrenko",
        "mayor of Rodynske",
        "person",
    )
    assert entry.sources[0].source.kind == "article"
    assert "Named in D-1." in (await add(desk, "/log")).text


async def test_to_create_and_file_twice_creates_once(desk: Talk) -> None:
    answer = await add(desk, REPORT)
    line = next(line for line in answer.offered if "create:yes" in line)
    replies = await asyncio.gather(*(add(desk, line) for _ in range(5)))
    assert {reply.first for reply in replies} == {"Filed as E-65"}
    assert len(await desk.store.actors.by_name("Ivan Petrenko")) == 1


async def test_an_unknown_place_is_never_created_by_the_way(desk: Talk) -> None:
    answer = await add(desk, REPORT.replace("place:Rodynske", "place:Nowhereville"))
    assert not [line for line in answer.offered if "create:yes" in line]


async def test_nothing_is_created_while_something_else_is_missing(desk: Talk) -> None:
    answer = await add(desk, REPORT.replace(" day:2025-11-05", ""))
    assert not [line for line in answer.offered if "create:yes" in line]
    refused = await add(desk, "/draft file ref:D-1 create:yes")
    assert refused.refused
    assert not await desk.store.actors.by_name("Ivan Petrenko")


@pytest.mark.parametrize("count", [2, 5])
async def test_all_drafts_are_dropped_together(desk: Talk, count: int) -> None:
    for number in range(count):
        await add(desk, CLAIM.replace("The road", f"Road {number}"))
    line = find_offer(await add(desk, "/draft show"), "all:yes")
    assert (await add(desk, line)).first == f"Dropped {count} drafts."
    assert (await add(desk, "/draft show")).first == "You have no drafts. /add claim"
    assert (await add(desk, line)).first == "You have no drafts."


async def test_the_drafts_of_others_stay(desk: Talk) -> None:
    await desk(CLAIM, as_=MODERATOR, who="Moderator Two")
    assert (await add(desk, "/draft drop all:yes")).first == "You have no drafts."
    theirs = await desk("/draft show D-1", as_=MODERATOR, who="Moderator Two")
    assert theirs.first.startswith("D-1")
    assert (await add(desk, "/draft drop")).refused
