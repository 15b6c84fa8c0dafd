"""More questions as people type them in a hurry, on Friday 7 November 2025."""

import pytest

from tests.commands.questions_read import line_as_read
from tests.fakes import Talk


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Did Putin lie about Kupiansk?", "/claims by:Putin place:Kupiansk"),
        ("is Putin lying about Kupiansk", "/claims by:Putin place:Kupiansk"),
        ("was putin right about kupiansk", "/claims by:putin place:kupiansk"),
        ("Putin lied about Kupiansk", "/claims by:Putin place:Kupiansk"),
        ("are Putin's claims about Kupiansk true?", "/claims by:Putin place:Kupiansk"),
        ("is what putin said about kupiansk true", "/claims by:putin place:kupiansk"),
        ("путін бреше?", "/claims by:путін"),
        ("соврал ли Путин", "/claims by:Путин"),
        ("who lied about Pokrovsk", "/disputes place:Pokrovsk"),
        ("хто бреше", "/disputes"),
    ],
)
async def test_did_he_lie_was_a_speaker_of_that_name(ask: Talk, line: str, read: str) -> None:
    """“Did Putin lie about Kupiansk?” had “No speaker “Did Putin lie” is on record”."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Who denies the encirclement?", "encirclement"),
        ("who denies encirclement", "encirclement"),
        ("хто заперечує оточення?", "оточення"),
        ("кто отрицает окружение", "окружение"),
    ],
)
async def test_who_denies_the_encirclement_was_about_a_place_of_that_name(
    ask: Talk, line: str, words: str
) -> None:
    """“No place “the encirclement” is known here”, with six claims about it on record."""
    answer = await ask(line)

    assert await line_as_read(ask, line) == f"/claims text:{words}"
    assert answer.first == f"6 claims · with the words {words}"
    assert "Roman Pohorilyi" in answer.text


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("front line Pokrovsk", "/map place:Pokrovsk"),
        ("where is the frontline near Pokrovsk?", "/map place:Pokrovsk"),
        ("pokrovsk frontline now", "/map place:pokrovsk"),
        ("лінія фронту Покровськ", "/map place:Покровськ"),
        ("лбс покровск", "/map place:покровск"),
    ],
)
async def test_the_front_line_was_a_place_of_that_name(ask: Talk, line: str, read: str) -> None:
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    "line", ["Where is the front line?", "where is the frontline", "де фронт", "где линия фронта"]
)
async def test_where_the_front_line_is_said_to_be_is_asked_of_a_place(ask: Talk, line: str) -> None:
    """“No place “the front line” is known here” said nothing of what to type."""
    assert "/map Pokrovsk" in (await ask(line)).text


@pytest.mark.parametrize(
    "line",
    ["e-28 and e-29", "E-28, E-29", "show e-28 & e-29", "E-28 та E-29", "compare E28 vs E29 E-28"],
)
async def test_several_references_were_not_understood(ask: Talk, line: str) -> None:
    answer = await ask(line)

    assert await line_as_read(ask, line) == "/entry ref:E-28"
    assert answer.offered[-1] == "/entry ref:E-29"


@pytest.mark.parametrize("line", ["E-28 and Pokrovsk", "E-28 is wrong", "retract E-28 and E-29"])
async def test_what_else_stands_beside_references_is_not_passed_over(ask: Talk, line: str) -> None:
    assert await line_as_read(ask, line) == ""


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("Покровськ сорок першого листопада", "at: 41 листопада does not exist: "),
        ("what happened on the thirty-second of October", "since: 32 of October does not exist: "),
        ("what happened on the 30th of February", "since: 30th of February does not exist: "),
    ],
)
async def test_a_day_that_there_is_not_is_refused_as_one(ask: Talk, line: str, first: str) -> None:
    """The whole line was not understood."""
    assert (await ask(line)).first.startswith(first)


@pytest.mark.parametrize("line", ["Покровськ 101 листопада", "Pokrovsk 32 2 November"])
async def test_of_a_number_too_many_no_month_is_left(ask: Talk, line: str) -> None:
    assert (await ask(line)).refused
