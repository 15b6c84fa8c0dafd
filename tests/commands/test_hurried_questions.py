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
        ("is the claim about Kupiansk true", "/claims place:Kupiansk"),
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


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("yo whats happening in pokrovsk rn", "/status place:pokrovsk"),
        ("ща кто держит покровск", "/status place:покровск"),
        ("whats new since 3 nov", "/events since:2025-11-03"),
        ("шо нового?", "/digest"),
        ("чи правда шо покровськ оточили", "/status place:покровськ"),
        ("what has putin claimed so far", "/claims by:putin"),
        ("did they take myrnohrad yet or nah", "/status place:myrnohrad"),
        ("купянск освободили?", "/status place:купянск"),
        ("сводка", "/digest"),
    ],
)
async def test_shortened_and_idle_words_hid_a_plain_question(
    ask: Talk, line: str, read: str
) -> None:
    """“Whats new since 3 nov” and “yo whats happening in …” were not understood."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("хто шо каже про покровськ", '/claims place:"про покровськ"'),
        ("who is pohorilyi and what does he say", "/claims by:pohorilyi"),
        ("did deineha say pokrovsk is lost", "/claims by:deineha place:pokrovsk"),
        ("who says pokrovsk isnt encircled", "/claims place:pokrovsk"),
        ("how close is the front to kramatorsk", "/map place:kramatorsk"),
        ("скільки росіян в покровську", '/status place:"в покровську"'),
        ("is it true putin said pokrovsk is encircled", "/claims by:putin place:pokrovsk"),
        ("whos winning in pokrovsk", "/status place:pokrovsk"),
        ("are ukrainians trapped in pokrovsk", "/status place:pokrovsk"),
        ("any russians in pokrovsk center", '/status place:"pokrovsk center"'),
        ("strikes last night", "/events since:2025-11-06 until:2025-11-07"),
        ("what was hit last night", "/events since:2025-11-06 until:2025-11-07"),
        ("how bad is it in myrnohrad", "/status place:myrnohrad"),
    ],
)
async def test_further_ways_to_ask_the_same(ask: Talk, line: str, read: str) -> None:
    """“Хто шо каже про …” was the status, and the rest names or not understood."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("explosions kyiv now", "/status place:kyiv"),
        ("casualties pokrovsk", "/status place:pokrovsk"),
        ("strikes kyiv yesterday", "/status place:kyiv at:2025-11-06"),
        ("вибухи київ", "/status place:київ"),
        ("myrnohrad fighting?", "/status place:myrnohrad"),
    ],
)
async def test_what_goes_on_at_a_place_beside_its_name_was_part_of_it(
    ask: Talk, line: str, read: str
) -> None:
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("what sources do you have", "/sources"),
        ("шо за джерела", "/sources"),
        ("how reliable is deep state", '/sources name:"deep state"'),
        ("чи можна вірити DeepState", "/sources name:DeepState"),
        ("what can you do", "/help"),
        ("help me", "/help"),
        ("допомога", "/help"),
    ],
)
async def test_what_the_desk_has_and_does_was_no_question(ask: Talk, line: str, read: str) -> None:
    """“Шо за джерела” asked which village “за джерела” was, “help me” explained /me."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize("line", ["help", "sources", "map"])
async def test_the_name_of_a_command_alone_is_that_command(ask: Talk, line: str) -> None:
    assert await line_as_read(ask, line) == ""
    assert (await ask(line)).lines == (await ask(f"/{line}")).lines


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("is it true that 5000 ukrainians are surrounded", "5000 ukrainians are surrounded"),
        ("чи правда, що взято п'ять тисяч полонених", "взято п'ять тисяч полонених"),
    ],
)
async def test_what_may_be_true_of_no_place_is_checked(ask: Talk, line: str, read: str) -> None:
    """“It true that 5000 ukrainians are” was a place that nobody knows."""
    assert await line_as_read(ask, line) == f'/lookup text:"{read}"'


@pytest.mark.parametrize("words", ["skelia", "flag footage", "втрати"])
async def test_a_few_words_that_are_no_name_are_searched_for(ask: Talk, words: str) -> None:
    """They were not understood, though entries have them."""
    assert (await ask(words)).first == (await ask(f"/search {words}")).first
    assert "Read as /search text:" in (await ask(words)).text


@pytest.mark.parametrize("line", ["pokrovsk may", "claim", "who are you", "banana bread"])
async def test_what_no_entry_has_or_may_be_a_slip_is_not_searched_for(ask: Talk, line: str) -> None:
    assert await line_as_read(ask, line) == ""


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("P-704422 yesterday", "/status place:P-704422 at:2025-11-06"),
        ("A-6 29 oct", "/claims by:A-6 since:2025-10-29 until:2025-10-29"),
        ("E-28 true?", "/entry ref:E-28"),
    ],
)
async def test_a_reference_with_a_day_was_not_understood(ask: Talk, line: str, read: str) -> None:
    assert await line_as_read(ask, line) == read
