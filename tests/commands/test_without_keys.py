"""Values without their keys, on Friday 7 November 2025: what only reads takes the only way."""

import pytest

from commands.kit.invocation import Role
from tests.commands.questions_read import line_as_read
from tests.fakes import Talk


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("/status Pokrovsk nov5", "/status place:Pokrovsk at:2025-11-05"),
        ("/status pokrovsk 3 nov", "/status place:pokrovsk at:2025-11-03"),
        ("/map Pokrovsk 5 листопада", "/map place:Pokrovsk at:2025-11-05"),
        ("/claims Putin Pokrovsk", "/claims place:Pokrovsk by:Putin"),
        ("/claims by Putin", "/claims by:Putin"),
        ("/claims by:Pokrovsk Putin", "/claims by:Putin place:Pokrovsk"),
        ("/changes Pokrovsk 29 Oct 7 Nov", "/changes place:Pokrovsk from:2025-10-29 to:2025-11-07"),
        ("/changes pokrovsk since 1st nov", "/changes place:pokrovsk from:2025-11-01"),
        ("/events 1.11.2025 yesterday", "/events since:2025-11-01 until:2025-11-06"),
    ],
)
async def test_a_value_without_its_key_was_asked_about_though_it_could_mean_one_thing_only(
    ask: Talk, line: str, read: str
) -> None:
    """“/status Pokrovsk nov5” was refused with “needs its key: write at:nov5”."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("/claims Pokrovsk yesterday", "/claims place:Pokrovsk since:2025-11-06 until:2025-11-06"),
        ("/events 24-26 Oct", "/events since:2025-10-24 until:2025-10-26"),
        ("/events by 6 nov", "/events until:2025-11-06"),
        ("/events Pokrovsk 7d", "/events place:Pokrovsk since:2025-10-31"),
        ("/claims 2 weeks Pokrovsk", "/claims place:Pokrovsk since:2025-10-24"),
        ("/claims Pokrovsk since 24 October", "/claims place:Pokrovsk since:2025-10-24"),
        ("/events since yesterday", "/events since:2025-11-06"),
    ],
)
async def test_a_day_alone_was_offered_as_the_first_of_many(
    ask: Talk, line: str, read: str
) -> None:
    """“/claims Pokrovsk yesterday” offered all since then, as no plain question is read."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("/claims Putin yesterday", "/claims by:Putin since:2025-11-06 until:2025-11-06"),
        ("/claims putin 29.10", "/claims by:putin since:2025-10-29 until:2025-10-29"),
        ("/claims Путин с 24 октября", "/claims by:Путин since:2025-10-24"),
        ("/claims by Putin on 29 October", "/claims by:Putin since:2025-10-29 until:2025-10-29"),
        (
            "/claims Chasiv Yar Putin 3 nov",
            '/claims place:"Chasiv Yar" by:Putin since:2025-11-03 until:2025-11-03',
        ),
        ("/claims Putin", "/claims by:Putin"),
        ("/claims disputed 5 nov", "/claims verdict:disputed since:2025-11-05 until:2025-11-05"),
    ],
)
async def test_a_speaker_and_a_day_behind_it_were_looked_for_as_a_place(
    ask: Talk, line: str, read: str
) -> None:
    """“No place “Putin yesterday” is known here”."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            "/map Pokrovsk from 29 oct to 7 nov",
            "/map place:Pokrovsk from:2025-10-29 to:2025-11-07",
        ),
        ("/map Pokrovsk 24-31 October", "/map place:Pokrovsk from:2025-10-24 to:2025-10-31"),
        ("/map Pokrovsk 29.10 7.11", "/map place:Pokrovsk from:2025-10-29 to:2025-11-07"),
        ("/map Pokrovsk by 5 nov", "/map place:Pokrovsk at:../2025-11-05"),
        (
            "/events Мирноград з 1 по 5 листопада",
            "/events place:Мирноград since:2025-11-01/2025-11-05",
        ),
    ],
)
async def test_of_several_days_a_map_was_drawn_of_the_last_alone(
    ask: Talk, line: str, read: str
) -> None:
    """“/map Pokrovsk from 29 oct to 7 nov” was a map of 7 November, without a word."""
    assert await line_as_read(ask, line) == read


async def test_what_shows_one_day_asks_whether_the_last_of_several_is_meant(ask: Talk) -> None:
    answer = await ask("/status Pokrovsk from 1 nov to 5 nov")

    assert answer.refused
    assert answer.first == (
        "at: “from 1 nov to 5 nov” is several days, and /status shows one: write at:2025-11-05 for"
        " the last."
    )
    assert answer.offered == ["/status place:P-704422 at:2025-11-05"]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("/status pokrovsk pls", "/status place:pokrovsk"),
        ("/status Pokrovsk on 5 November please", "/status place:Pokrovsk at:2025-11-05"),
        ("/status Pokrovsk at:5 nov, thanks!", "/status at:2025-11-05 place:Pokrovsk"),
        ("/claims Путін вчора будь ласка", "/claims by:Путін since:2025-11-06 until:2025-11-06"),
    ],
)
async def test_please_behind_a_value_was_part_of_it(ask: Talk, line: str, read: str) -> None:
    """“/status Pokrovsk on 5 November please” was a place that nobody knows."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/status Pokrvsk 5 nov", "Read as Pokrovsk, a close spelling."),
        ("/events since:7d Pokrvsk", "Read as Pokrovsk, a close spelling."),
        ("/claims by:Pokrvsk Putin", "Read as Pokrovsk, a close spelling."),
        ("/status north of Pokrovsk 5 nov", "Read as Pokrovsk itself."),
        ("/status Krasnoarmiisk 5 nov", "Krasnoarmiisk is a former name of Pokrovsk."),
    ],
)
async def test_how_a_name_was_read_is_said_beside_a_value_without_its_key(
    ask: Talk, line: str, sentence: str
) -> None:
    assert sentence in (await ask(line)).lines


@pytest.mark.parametrize(
    ("line", "first", "offered"),
    [
        ("/status Lyman yesterday", "Which Lyman?", "at:2025-11-06"),
        ("/status Rivne 5 nov", "Which Rivne?", "at:2025-11-05"),
        ("/events Lyman 7d", "Which Lyman?", "since:2025-10-31"),
    ],
)
async def test_a_day_behind_a_name_of_several_once_hid_the_question_which_is_meant(
    ask: Talk, line: str, first: str, offered: str
) -> None:
    """“No place “Lyman yesterday” is known here”, while a plain question was asked back."""
    answer = await ask(line)
    assert answer.first.startswith(first)
    assert offered in answer.offered[0]


@pytest.mark.parametrize(
    "line",
    [
        "/status Pokrovsk 10",
        "/events Pokrovsk last week",
        "/claims 10/11/2025",
        "/claims Myrnohrad 24h",
        "/status Pokrovsk banana",
        "/status yesterday",
        "/status Pokrovsk 41 November",
        "/map Pokrovsk 1 nov 2 nov 3 nov",
        "/claims Putin Deineha yesterday",
    ],
)
async def test_where_another_reading_is_left_it_is_asked(ask: Talk, line: str) -> None:
    assert (await ask(line)).refused


@pytest.mark.parametrize(
    "line",
    [
        "/watch add Pokrovsk here",
        "/link E-14 E-28 contradicts",
        "/export Pokrovsk 7d",
        "/me forget",
    ],
)
async def test_what_may_change_something_goes_on_asking_for_the_key(desk: Talk, line: str) -> None:
    assert (await desk(line, Role.ADMIN)).refused


async def test_an_error_of_the_line_that_was_read_is_said_rather_than_the_lack_of_a_key(
    ask: Talk,
) -> None:
    answer = await ask("/changes Pokrovsk from:2025-11-06 5 nov")

    assert answer.refused
    assert "needs its key" not in answer.text


async def test_the_month_of_may_was_a_major(ask: Talk) -> None:
    """“Putin May” was Major Putin, and the month was lost."""
    answer = await ask("/claims Putin May")
    assert not answer.first.startswith("1 claim")
    assert "2025-05" in answer.text
