"""Lines as they come off a phone, on Friday 7 November 2025: slips, ranges, other layouts."""

import pytest

from commands.kit.keyboard_layout import list_other_layouts
from tests.commands.filing import add
from tests.commands.questions_read import line_as_read
from tests.fakes import Talk


@pytest.mark.parametrize(
    "line",
    [
        "/status June",
        "/status октябрь",
        "/status у червні",
        "/map July",
        "who holds June?",
        "/status last week",
    ],
)
async def test_a_month_was_answered_as_a_village_that_sounds_like_it(ask: Talk, line: str) -> None:
    """“/status June” was the village Viunne."""
    answer = await ask(line)

    assert answer.refused
    assert "names days, not a place. For what happened then: /events since:" in answer.flat


async def test_a_village_that_sounds_like_a_month_is_offered(ask: Talk) -> None:
    answer = await ask("/status June")

    assert "Viunne, Romny Raion" in answer.text
    assert answer.offered == ["/status place:P-18602"]
    assert (await ask(answer.offered[0])).first.startswith("Viunne:")


@pytest.mark.parametrize(
    ("line", "others"),
    [
        ("E-28..E-31", 3),
        ("E-28-E-31", 3),
        ("E-28 – E-31", 3),
        ("E-28-31", 3),
        ("show E-28 to E-31", 3),
        ("записи Е-28…Е-31", 3),
        ("E-31..E-28", 3),
        ("E-28, E-31", 1),
    ],
)
async def test_of_a_range_of_entries_only_its_ends_were_offered(
    ask: Talk, line: str, others: int
) -> None:
    answer = await ask(line)

    assert "Read as /entry ref:E-28" in answer.lines
    shown = [f"/entry ref:E-{number}" for number in (29, 30, 31)[3 - others :]]
    assert answer.offered[-others:] == shown


async def test_a_long_range_says_how_many_are_left_out_and_how_to_see_them(ask: Talk) -> None:
    answer = await ask("E-1..E-60")

    assert "52 more are left out. To see them: E-9..E-60" in answer.lines
    assert len([line for line in answer.offered if line.startswith("/entry ref:")]) >= 7
    assert "Read as /entry ref:E-9" in (await ask("E-9..E-60")).lines


async def test_a_range_far_beyond_the_record_is_not_counted_to_its_end(ask: Talk) -> None:
    answer = await ask("E-1..E-999999999")

    assert "Only the first 8 are offered. For more: E-9..E-999999999" in answer.lines


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("S-1", "/sources name:S-1"),
        ("s-2?", "/sources name:S-2"),
        ("S-300", ""),
        ("D-30", ""),
        ("E-28 and S-300", ""),
        ("T-72", ""),
    ],
)
async def test_a_source_by_its_reference_was_not_understood(
    ask: Talk, line: str, read: str
) -> None:
    """S-300 goes on being a missile, as long as no source has that number."""
    assert await line_as_read(ask, line) == read


async def test_ones_own_draft_by_its_reference_was_not_understood(desk: Talk) -> None:
    await desk("/submit A bridge fell.")

    assert "Read as /me ref:D-1" in (await desk("D-1")).lines
    assert "belongs to someone else" in (await desk("D-1", who="Reader Two")).text
    assert "A bridge fell." in (await add(desk, "D-1")).text


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Gjrhjdcmr", "/status place:Покровськ"),
        ("xnj d Vbhyjuhflt", '/status place:"в Мирнограде"'),
        ("Зщлкщмыл", "/status place:Pokrovsk"),
        ("Genby dxthf", "/claims by:Путин since:2025-11-06 until:2025-11-06"),
        ("курс 41,5034 48,2033 грн", ""),
        ("qwertyuiop", ""),
    ],
)
async def test_a_question_in_another_layout_of_the_keyboard_is_read(
    ask: Talk, line: str, read: str
) -> None:
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/status Gjrhjdcmr", "/status place:P-704422"),
        ("/claims by:Genby", "/claims by:A-6"),
    ],
)
async def test_a_name_in_another_layout_of_the_keyboard_is_offered(
    ask: Talk, line: str, offered: str
) -> None:
    answer = await ask(line)

    assert answer.refused
    assert answer.offered == [offered]


def test_what_no_other_layout_writes_has_none() -> None:
    assert list(list_other_layouts("Pokrovsk Покровськ")) == []
    assert list(list_other_layouts("abc")) == []
    assert "Ґ" not in "".join(list_other_layouts("Hello there"))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("!Pokrovsk", "/status place:Pokrovsk"),
        ("!E-28", "/entry ref:E-28"),
        ("!вчора", "/events since:2025-11-06 until:2025-11-06"),
    ],
)
async def test_a_name_alone_behind_the_mark_of_commands_was_no_command(
    ask: Talk, line: str, read: str
) -> None:
    """“!Pokrovsk” was “There is no command “pokrovsk””, though a question may begin so."""
    assert await line_as_read(ask, line) == read


async def test_what_is_neither_command_nor_name_is_still_said_to_be_no_command(ask: Talk) -> None:
    assert (await ask("!weather")).first == "There is no command “weather”. For all of them:"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Pokrovsk as of 29.10.2025", "/status place:Pokrovsk at:2025-10-29"),
        ("станом на 07.11.2025 Покровськ", "/status place:Покровськ at:2025-11-07"),
        (
            "Pokrovsk from friday to thursday",
            "/events place:Pokrovsk since:2025-10-31 until:2025-11-06",
        ),
        ("what has Putin been saying", "/claims by:Putin"),
        ("claims from Putin", "/claims by:Putin"),
        (
            "what happend 29 october pokrovsk",
            "/events place:pokrovsk since:2025-10-29 until:2025-10-29",
        ),
        ("чи тримається ще Покровськ", "/status place:Покровськ"),
        ("дякую! а Покровськ?", "/status place:Покровськ"),
        ("pokrovsk situation report please and thank you", "/status place:pokrovsk"),
    ],
)
async def test_what_people_say_aloud_was_not_understood(ask: Talk, line: str, read: str) -> None:
    """“As of 29.10.2025” was 29:10 o'clock of the year 2025, which is after today."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("/status at:5 Nov Pokrovsk", "/status at:2025-11-05 place:Pokrovsk"),
        (
            "/claims Putin Kupiansk 29 oct",
            "/claims place:Kupiansk by:Putin since:2025-10-29 until:2025-10-29",
        ),
    ],
)
async def test_a_value_behind_another_ones_key_or_around_it_was_lost(
    ask: Talk, line: str, read: str
) -> None:
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("/claims A-6 yesterday", "/claims by:A-6 since:2025-11-06 until:2025-11-06"),
        ("/claims P-704422 A-6", "/claims place:P-704422 by:A-6"),
        ("/map P-704422 5 nov", "/map place:P-704422 at:2025-11-05"),
        ("/entry E-28 please", "/entry ref:E-28"),
        ("/claims Deineha about Pokrovsk", "/claims by:Deineha place:Pokrovsk"),
    ],
)
async def test_what_stands_behind_a_reference_did_not_fit_the_command(
    ask: Talk, line: str, read: str
) -> None:
    """“/map P-704422 5 nov” was refused, though “/map Pokrovsk 5 nov” was read."""
    assert await line_as_read(ask, line) == read


async def test_words_that_fit_nowhere_behind_a_reference_are_refused(ask: Talk) -> None:
    answer = await ask("/claims P-704422 banana")

    assert answer.first == "/claims does not take “banana”. Write it like this:"


@pytest.mark.parametrize(
    "line", ["Pokrovsk in 3 days", "Pokrovsk next week", "/status Pokrovsk next week"]
)
async def test_days_to_come_were_answered_as_days_gone_by(ask: Talk, line: str) -> None:
    """“Pokrovsk in 3 days” was Pokrovsk three days ago, and “next week” was today."""
    assert (await ask(line)).refused


async def test_a_name_with_a_hyphen_is_not_sooner_a_village_that_is_written_apart(
    ask: Talk,
) -> None:
    """“Гуляй-Поле” was a village of Kharkiv Oblast, and not asked about as Гуляйполе is."""
    answer = await ask("/status Гуляй-Поле")

    assert answer.first == "Which Гуляй-Поле? There are 5."


@pytest.mark.parametrize("line", ["Pokrovsk 2", "/status Pokrovsk 1", "/status Pokrovsk-2"])
async def test_a_figure_behind_a_name_was_taken_for_a_slip(ask: Talk, line: str) -> None:
    """“Pokrovsk 2” was Pokrovsk, “a close spelling”."""
    assert (await ask(line)).refused


async def test_a_number_sign_before_an_entry_was_no_reference(ask: Talk) -> None:
    assert (await ask("/entry №28")).first.startswith("E-28, claim:")


@pytest.mark.parametrize("words", ["5 nov ", "Pokrovsk ", '"', "a:b "])
async def test_a_line_of_sixty_thousand_characters_took_seconds_to_refuse(
    ask: Talk, words: str
) -> None:
    answer = await ask("/events " + (words * 60_000)[:60_000])

    assert answer.refused
    assert "/events takes at most 8,000 in one message." in answer.first


async def test_long_texts_stay_possible_up_to_what_each_command_allows(desk: Talk) -> None:
    report = "On 5 November 2025 Russian troops shelled Pokrovsk. " * 900
    assert "in one message" not in (await add(desk, f"/draft from {report}")).first
    refused = await desk("/check " + "Pokrovsk was hit. " * 400)
    assert refused.first == "text: That is 7199 characters; write at most 6000."
    assert "in one message" in (await desk("/check " + "Pokrovsk was hit. " * 4000)).first


async def test_a_long_text_that_asks_nothing_was_answered_with_what_this_is(ask: Talk) -> None:
    assert (await ask("Pokrovsk was hit again. " * 20)).first.startswith("I did not understand")
