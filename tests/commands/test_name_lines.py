"""Lines of nothing but names and days, and other words for a key, on Friday 7 November 2025."""

import pytest

from commands import COMMANDS
from commands.kit.parser import read_line
from tests.commands.questions_read import line_as_read
from tests.fakes import Talk


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Pokrovsk", "/status place:Pokrovsk"),
        ("Pokrovsk yesterday", "/status place:Pokrovsk at:2025-11-06"),
        ("Pokrovsk, 29 October", "/status place:Pokrovsk at:2025-10-29"),
        ("Pokrovsk since 1 November", "/events place:Pokrovsk since:2025-11-01"),
        ("last 3 days Pokrovsk", "/events place:Pokrovsk since:2025-11-04 until:2025-11-07"),
        ("Putin on the fall of Pokrovsk", "/claims by:Putin place:Pokrovsk"),
        ("бої за Покровськ", '/status place:"за Покровськ"'),
        ("Putin", "/claims by:Putin"),
        ("Путін", "/claims by:Путін"),
        ("Deep State", '/sources name:"Deep State"'),
        ("Putin on Pokrovsk", "/claims by:Putin place:Pokrovsk"),
        ("Pokrovsk: Deineha", "/claims by:Deineha place:Pokrovsk"),
        ("Дейнега про Покровськ", "/claims by:Дейнега place:Покровськ"),
        ("Kupyansk claims", "/claims place:Kupyansk"),
        ("Putin's claims", "/claims by:Putin"),
        ("Myrnohrad events since 1 November", "/events place:Myrnohrad since:2025-11-01"),
        ("Pokrovsk map", "/map place:Pokrovsk"),
        ("5 листопада", "/events since:2025-11-05 until:2025-11-05"),
        ("yesterday", "/events since:2025-11-06 until:2025-11-06"),
        ("hello!", "/about"),
        ("привіт", "/about"),
        ("claims by Putin about Pokrovsk", "/claims by:Putin place:Pokrovsk"),
        ("events on 31 October", "/events since:2025-10-31 until:2025-10-31"),
    ],
)
async def test_names_and_days_alone_ask_for_what_is_on_record(
    ask: Talk, line: str, read: str
) -> None:
    """Sitrep asked for "a place, a speaker or a day" and then understood no speaker and no day."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Мирноград 5.11", "/status place:Мирноград at:2025-11-05"),
        ("Путін 29.10", "/claims by:Путін since:2025-10-29 until:2025-10-29"),
        ("Путін 29.10-5.11", "/claims by:Путін since:2025-10-29 until:2025-11-05"),
        ("5.11", "/events since:2025-11-05 until:2025-11-05"),
        ("claims by Putin since 29.10", "/claims by:Putin since:2025-10-29"),
    ],
)
async def test_a_day_in_figures_needs_no_year_in_a_question(
    ask: Talk, line: str, read: str
) -> None:
    """Only a parameter took "5.11"; a line of a name and such a day was not understood."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize("line", ["Pokrovsk 05/11", "Pokrovsk 5.11.25"])
async def test_a_day_with_two_readings_is_asked_about(ask: Talk, line: str) -> None:
    title, *_ = (await ask(line)).lines
    assert title.startswith("at: 05/11 could be" if "/" in line else "at: 5.11.25 gives")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("whats going on with pokrovsk rn", "/status place:pokrovsk"),
        ("what's happening pokrovsk", "/status place:pokrovsk"),
        ("шо там в Покровську", '/status place:"в Покровську"'),
        ("чо там Мирноград", "/status place:Мирноград"),
        ("Красноармейск кто контролирует", "/status place:Красноармейск"),
        ("Купянск взяли?", "/status place:Купянск"),
        ("чи не впав Покровськ", "/status place:Покровськ"),
        ("шо путін про покровськ", "/claims by:путін place:покровськ"),
        ("путин шо сказал", "/claims by:путин"),
    ],
)
async def test_small_words_around_a_name_are_passed_over(ask: Talk, line: str, read: str) -> None:
    """People leave out an apostrophe, a preposition or a verb, and were told nothing."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("E-28", "/entry ref:E-28"),
        ("e28", "/entry ref:E-28"),
        ("Е-28?", "/entry ref:E-28"),
        ("P-704422", "/status place:P-704422"),
        ("A-6", "/claims by:A-6"),
    ],
)
async def test_a_reference_alone_asks_for_what_it_names(ask: Talk, line: str, read: str) -> None:
    """Answers show E-28; who typed it was told that it was not understood."""
    assert await line_as_read(ask, line) == read


async def test_who_is_not_on_record_is_said_where_the_place_is_known(ask: Talk) -> None:
    """Such a line was “I did not understand that”."""
    assert (await ask("ISW on Pokrovsk")).lines[0] == "No speaker “ISW” is on record."


async def test_an_assessor_on_a_place_leads_to_what_it_assesses(ask: Talk) -> None:
    """The answer was “No claims”, though the place's status is by Deep State."""
    assert await line_as_read(ask, "DeepState Pokrovsk") == "/status place:Pokrovsk"


@pytest.mark.parametrize(
    "line", ["а на", "thanks", "слава", "Putin banana", "Pokrovsk banana", "Putin's map", "5", "?"]
)
async def test_a_word_that_is_no_name_is_not_passed_over(ask: Talk, line: str) -> None:
    assert await line_as_read(ask, line) == ""


@pytest.mark.parametrize("line", ["search Pokrovsk news", "/search by Putin", "claims by:Putin"])
async def test_a_command_is_not_taken_for_a_question(ask: Talk, line: str) -> None:
    assert await line_as_read(ask, line) == ""


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("/claims speaker:Putin", "/claims by:Putin"),
        ("/claims хто:Путін з:29.10 до:7.11", "/claims by:Путін since:29.10 until:7.11"),
        ("/events where:Pokrovsk from:1.11 to:7.11", "/events Pokrovsk since:1.11 until:7.11"),
        ("/claims про:Покровськ", "/claims place:Покровськ"),
        ("/status Pokrovsk коли:5.11", "/status Pokrovsk at:5.11"),
        ("/status Pokrovsk date:5.11", "/status Pokrovsk at:5.11"),
        ("/changes Pokrovsk since:1.11 until:7.11", "/changes Pokrovsk from:1.11 to:7.11"),
    ],
)
async def test_another_word_for_a_key_is_that_key(ask: Talk, line: str, same: str) -> None:
    assert (await ask(line)).lines == (await ask(same)).lines


def test_in_a_text_to_file_only_the_keys_of_the_form_are_keys() -> None:
    (command,) = [each for each in COMMANDS if each.path == "add claim"]
    given = read_line(command, "from: HQ, nobody is in the town. by:Putin")
    assert given == {"text": "from: HQ, nobody is in the town.", "by": "Putin"}
