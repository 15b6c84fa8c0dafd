"""/claims, /events, /search and the other readers' commands."""

from collections import Counter

import pytest

from commands.kit.inlines import Reference
from commands.kit.invocation import Role
from commands.kit.reply import Item, Items
from commands.shared.pictures.timeline_picture import TimelinePicture
from store.model.entry import Kind, order_number
from tests.fakes import Talk, TerminalAnswer


async def test_claims_since_a_day_say_how_many_and_page_to_the_end(ask: Talk) -> None:
    answer = await ask("/claims since:2025-10-29")
    assert answer.first == "53 claims · since 29 Oct 2025"
    pages = await pages_of(ask, answer)
    shown = [ref for page in pages for ref in refs_of(page)]
    assert len(shown) == len(set(shown))
    rest = {line for page in pages for line in page.offered if "by:" in line}
    for line in rest:
        shown += [ref for page in await pages_of(ask, await ask(line)) for ref in refs_of(page)]
    assert len(set(shown)) == 53


async def test_the_first_page_of_claims_has_what_is_contested_and_two_lines_a_speaker(
    ask: Talk,
) -> None:
    """Putin's claim of 29 October stood behind fifty lines of the narrator's."""
    answer = await ask("/claims since:2025-10-29")
    assert "E-28" in refs_of(answer)
    second = await ask(next(line for line in answer.offered if "after:" in line))
    assert "and 5 more by Vitalii Deineha" in second.text
    shown = [ref for page in await pages_of(ask, answer) for ref in refs_of(page)]
    entries = [await ask.store.entries.get(int(ref.removeprefix("E-"))) for ref in shown]
    assert max(Counter(entry.by.name for entry in entries if entry and entry.by).values()) == 2


async def pages_of(ask: Talk, answer: TerminalAnswer) -> list[TerminalAnswer]:
    """Return an answer and all that its More leads to."""
    pages = [answer]
    while more := [line for line in pages[-1].offered if "after:" in line]:
        pages.append(await ask(more[0]))
    return pages


def refs_of(answer: TerminalAnswer) -> list[str]:
    lists = [block for block in answer.reply.blocks if isinstance(block, Items)]
    return [ref_of(item) for block in lists for item in block.items]


def ref_of(item: Item) -> str:
    return next(part.ref for part in item.under[0] if isinstance(part, Reference))


async def test_claims_by_putin_is_the_one_with_who_contradicts_it(ask: Talk) -> None:
    answer = await ask("/claims by:Putin")
    assert answer.first == "1 claim · by Vladimir Putin"
    assert "contradicted by E-14 (Roman Pohorilyi), E-29 (Article's narrator)" in answer.flat


@pytest.mark.parametrize("line", ["/timeline Putin", "/status Putin", "/events place:Putin"])
async def test_a_speaker_in_the_place_of_a_place_is_known_for_one(ask: Talk, line: str) -> None:
    """Villages were offered that are spelt a little like it."""
    answer = await ask(line)
    assert answer.refused
    assert answer.flat == (
        "No place “Putin” is known here."
        " Vladimir Putin is a speaker; what they said: /claims by:A-6"
    )
    assert (await ask("/claims by:A-6")).first == "1 claim · by Vladimir Putin"


async def test_claims_by_deineha_about_myrnohrad_mark_the_undated_day(ask: Talk) -> None:
    answer = await ask("/claims by:Deineha place:Myrnohrad")
    assert answer.first == "2 claims · about Myrnohrad · by Vitalii Deineha"
    assert "undated, published 7 Nov 2025" in answer.text


async def test_an_end_before_its_start_is_one_clear_sentence(ask: Talk) -> None:
    answer = await ask("/claims since:2025-11-01 until:2025-10-01")
    assert answer.refused
    assert answer.text == (
        "until: 1 Oct 2025 is before since: 1 Nov 2025; write the earlier day as since:."
    )


async def test_a_day_that_is_none_says_what_to_write(ask: Talk) -> None:
    answer = await ask("/claims since:yesterdayish")
    assert answer.first.startswith(
        "since: “yesterdayish” is not a day I can read: write a day such as"
    )


async def test_where_nothing_is_found_it_says_what_would_find_something(ask: Talk) -> None:
    answer = await ask("/claims by:Putin since:2025-11-01")
    assert answer.first == "No claims · by Vladimir Putin · since 1 Nov 2025"
    assert answer.offered[0] == "/claims by:A-6"
    assert "Without the days: 1" in answer.text


async def test_search_finds_words_and_takes_all_else_as_text(ask: Talk) -> None:
    assert (await ask("/search flag")).first == "5 entries · with the words flag"
    assert (await ask("/search ') OR 1=1 --")).first.startswith("Nothing on record")
    assert (await ask('/search "gray zone"')).first.startswith("1 entry")
    assert (await ask("/search absor*")).first.startswith("1 entry")
    assert "/search text:flag" in (await ask("/search flag unicorn")).offered


@pytest.mark.parametrize("word", ["encircled", "encircl*", "surrounding", "оточення", "окружён"])
async def test_what_is_marked_with_an_encirclement_is_found_by_such_words(
    ask: Talk, word: str
) -> None:
    """Putin's claim, marked so, was not found by "encircled": its own word is "surrounded"."""
    pages = await pages_of(ask, await ask(f"/search {word}"))
    assert {"E-28", "E-13"} <= {ref for page in pages for ref in refs_of(page)}


async def test_what_the_head_of_a_list_says_its_items_do_not_repeat(ask: Talk) -> None:
    by = await ask("/claims by:Deineha")
    assert by.text.count("Deineha, volunteer") == 0
    assert "Vitalii Deineha" in by.first
    about = await ask("/claims Pokrovsk")
    assert "7 Nov 2025 · Article's narrator · E-29" in about.flat


async def test_a_timeline_is_the_events_oldest_first(ask: Talk) -> None:
    answer = await ask("/events Pokrovsk order:oldest")
    text = "\n".join(page.text for page in await pages_of(ask, answer))
    assert text.index("landed") < text.index("Skelia") < text.index("Heavy fighting")


async def test_an_entry_shows_dates_bases_code_links_both_ways_and_history(ask: Talk) -> None:
    answer = await ask("/entry e-28")
    for part in (
        "29 Oct 2025 · the source gives the day",
        "Encirclement claimed",
        "contradicted by E-14 (Roman Pohorilyi)",
        "answered by E-30",
        "loaded from the seeds Seeds · 7 Nov 2025, 12:00",
    ):
        assert part in answer.flat


async def test_no_source_is_graded_or_named_beyond_what_the_article_says(ask: Talk) -> None:
    answer = await ask("/sources")
    assert "Article of 7 November 2025 (outlet not named)" in answer.text
    assert "reliability" not in answer.text
    assert answer.text.count("checked") == 1
    assert answer.lines[-1] == "None of it has been checked yet."


async def test_about_says_what_is_covered_and_as_of_when(ask: Talk) -> None:
    answer = await ask("/about")
    assert "10 events · 53 claims · 1 assessment" in answer.text
    credited = (
        "gazetteer from the codifier of Ukraine’s administrative units and GeoNames, CC BY 4.0"
    )
    assert credited in answer.flat


async def test_help_lists_every_command_and_explains_one(ask: Talk) -> None:
    mine, every = await ask("/help all"), await ask("/help all", as_=Role.ADMIN)
    for command in ask.dispatch.desk.commands:
        shown = f"• {command.usage(command.role)}".split("[")[0].strip()
        assert (shown in mine.flat) is (command.role is Role.READER)
        assert shown in every.flat
    assert "Said on this day or after it" in (await ask("/help claims")).text


@pytest.mark.parametrize("role", Role)
async def test_help_is_five_things_that_one_wants_each_with_a_line_that_works(
    desk: Talk, role: Role
) -> None:
    """It was a list of every command, many screens of a phone."""
    answer = await desk("/help", as_=role)
    assert len(answer.lines) < 25
    typed = [line.removeprefix("• ") for line in answer.lines if line.startswith("• /")]
    assert len(typed) == 5
    assert "/status Pokrovsk" in typed
    assert answer.offered[-1] == "/help command:all"
    for line in typed:
        assert not (await desk(line, as_=Role.ADMIN)).refused, line


async def test_help_for_a_command_of_moderators_tells_a_reader_so(ask: Talk) -> None:
    """It said that there was no such command."""
    answer = await ask("/help add claim")
    assert answer.refused
    assert answer.text == "Only moderators can use /add claim."


async def test_a_slip_in_a_commands_name_gets_the_right_one(ask: Talk) -> None:
    assert (await ask("/stauts Pokrovsk")).lines[1] == "/status"


async def test_a_missing_parameter_says_what_to_type(ask: Talk) -> None:
    assert "/status Pokrovsk" in (await ask("/status")).text


async def test_a_message_is_looked_up_by_its_places_and_words(ask: Talk) -> None:
    answer = await ask("/lookup Explosions near Покровськ and Myrnohrad, flag raised")
    assert "Troops raised the Ukrainian flag above the Pokrovsk city council" in answer.flat
    assert "Why: Pokrovsk · “flag” · “raised”" in answer.flat


@pytest.mark.parametrize(
    "line", ["/room answers:public", "/entry E-999", "/entry x", "/claims verdict:maybe"]
)
async def test_what_cannot_be_is_refused_in_a_few_lines(ask: Talk, line: str) -> None:
    answer = await ask(line)
    assert answer.refused
    assert len(answer.lines) < 10


async def test_an_assessments_control_is_one_phrase_and_not_torn_by_separators(ask: Talk) -> None:
    answer = await ask("/entry E-9")
    row = "Control ◆ Contested (gray zone), most of it · assessed · in their words “contested”"
    assert row in answer.flat


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("Zelenskyy", "Zelensky"),
        ("Зеленського", "Zelensky"),
        ("Путіна", "Putin"),
        ("Скелі", "Skelia"),
    ],
)
async def test_a_name_is_found_in_other_letters_and_was_once_found_as_it_was_typed_alone(
    ask: Talk, words: str, many: str
) -> None:
    count, _, _ = (await ask(f"/search {words}")).first.partition(" · ")
    assert count.split()[0].isdigit()
    assert count == (await ask(f"/search {many}")).first.partition(" · ")[0]


async def test_whoever_is_no_speaker_is_said_to_be_mentioned_however_spelt(ask: Talk) -> None:
    answer = await ask("/claims by:Зеленський")
    assert answer.first == "No speaker “Зеленський” is on record."
    assert "/search text:Зеленський" in answer.text


async def test_a_timeline_has_events_and_claims_of_a_place_oldest_first(ask: Talk) -> None:
    lines, seen = "/timeline Pokrovsk", []
    while lines:
        answer = await ask(lines)
        seen += [choice.value for choice in answer.reply.entries]
        lines = next((line for line in answer.offered if "after:" in line), "")
    numbers = [int(ref[2:]) for ref in seen]
    entries = [await ask.store.entries.get(number) for number in numbers]
    ordered = [order_number(entry.day) for entry in entries if entry]
    assert sorted(ordered, key=lambda day: (day < 0, day)) == ordered
    assert {entry.kind for entry in entries if entry} == set(Kind)
    assert len(set(seen)) == len(seen) == 48


async def test_a_timeline_is_drawn_where_somebody_wants_it(ask: Talk) -> None:
    answer = await ask("/timeline Pokrovsk")
    assert answer.reply.picture is None
    drawn = await ask(answer.offered[-1])
    picture = drawn.answer.reply.picture
    assert isinstance(picture, TimelinePicture)
    assert len(picture.marks) == 48
    assert picture.ties == ((9, 50), (14, 28), (28, 29))
    assert next(mark for mark in picture.marks if mark.number == 9).sign == "◆"
