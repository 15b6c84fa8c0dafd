"""Readers see a sentence in their own language, and are told that the desk translated it."""

import re

import pytest

from bot.adapters.console.layout import layout
from bot.i18n.catalogues import translate_into
from bot.i18n.formatter import Voice
from commands.add.claim import claim
from commands.kit.command import MAX_CHOICES
from commands.kit.invocation import Role
from commands.kit.parser import read_line, write_line
from commands.kit.reply import Items
from commands.shared.importing.column_card import ask_in_shell, list_types
from commands.shared.views.check_answer import explain
from store.likeness.check_text import Match, Relation
from store.model.held_file import ChosenColumns
from tests.commands.filing import add, file_entry
from tests.fakes import ZONE, Talk, TerminalAnswer

CLAIM = '/add claim "The road is cut." by:Putin place:Pokrovsk day:2025-11-05 source:S-1'


def ukrainian(answer: TerminalAnswer) -> str:
    """Return an answer as a Ukrainian reader has it."""
    rows = layout(answer.reply, Voice(ZONE, translate_into("uk")), 200)
    return "\n".join("".join(text for _, text in row) for row in rows)


async def test_a_status_is_ukrainian_for_a_ukrainian_and_english_for_the_english(ask: Talk) -> None:
    answer = await ask("/status Pokrovsk more:yes")
    assert "Роман Погорілий каже, що Покровськ не оточують, а поглинають.*" in (ukrainian(answer))
    assert "Roman Pohorilyi says that Pokrovsk is not being surrounded but absorbed." in answer.flat
    assert "* переклад редакції · Останній запис" in ukrainian(answer)
    assert "translation" not in answer.text
    leads = [
        item.lead
        for block in answer.reply.blocks
        if isinstance(block, Items)
        for item in block.items
    ]
    voice = Voice(ZONE, translate_into("uk"))
    sentences = [voice.plain(*lead) for lead in leads]
    assert len(sentences) > 15
    assert [sentence for sentence in sentences if not re.search("[а-яіїє]", sentence)] == []


async def test_a_quotation_stays_as_it_is_in_the_source(ask: Talk) -> None:
    text = ukrainian(await ask("/claims text:поглинають"))
    assert "а поглинають.* «it's being absorbed»" in text


async def test_a_translation_is_filed_and_names_who_wrote_it(desk: Talk) -> None:
    ref = await file_entry(desk, f"{CLAIM} text.uk:Дорогу перерізано.")
    answer = await desk(f"/entry {ref}")
    assert "Дорогу перерізано. · translated by Reader One" in answer.flat
    text = ukrainian(answer)
    assert text.startswith(f"{ref}, твердження: Дорогу перерізано.\n")
    assert "Оригінал      The road is cut. · вище — переклад: Reader One" in text


async def test_it_is_corrected_and_emptied_by_edit(desk: Talk) -> None:
    ref = await file_entry(desk, f"{CLAIM} text.uk:Дорогу перерізано.")
    answer = await add(desk, f'/edit {ref} text.uk:"Дорогу перекрито." why:"A better word."')
    assert "sentence in Ukrainian: “Дорогу перерізано.” → “Дорогу перекрито.”" in answer.flat
    answer = await add(desk, f'/edit {ref} text_uk:- why:"Wrong."')
    assert "sentence in Ukrainian: “Дорогу перекрито.” → none" in answer.flat
    assert "The road is cut." in ukrainian(await desk(f"/entry {ref}"))


async def test_a_corrected_sentence_names_the_translation_that_was_left(desk: Talk) -> None:
    answer = await add(desk, '/edit E-28 text:"Putin said so." why:"Shorter."')
    assert "The sentence in Ukrainian stays as it was: “Володимир Путін заявив" in answer.flat
    assert "/edit E-28 text.uk:" in answer.text
    both = '/edit E-28 text:"He said so." text.uk:"Він так сказав." why:"Both."'
    assert "stays as it was" not in (await add(desk, both)).text


async def test_a_draft_shows_every_version(desk: Talk) -> None:
    draft = await add(desk, f"{CLAIM} text.uk:Дорогу перерізано. text.ru:Дорога перерезана.")
    assert re.search(r"In Ukrainian +Дорогу перерізано\.", draft.text)
    assert re.search(r"In Russian +Дорога перерезана\.", draft.text)
    assert "translated by" not in draft.text


async def test_a_sentence_that_is_too_long_is_named_by_its_field(desk: Talk) -> None:
    draft = await add(desk, f"{CLAIM} text.uk:{'ш' * 2001}")
    assert "text.uk: That is 2001 characters; write at most 2000." in draft.flat


async def test_who_reads_neither_language_gets_the_original(desk: Talk) -> None:
    ref = await file_entry(desk, f"{CLAIM} text.ru:Дорога перерезана.")
    answer = await desk("/claims by:Putin since:2025-11-05")
    assert ref in answer.text
    for text in (answer.text, ukrainian(answer)):
        assert "The road is cut." in text
        assert "Дорога" not in text


def test_a_field_with_a_dot_is_read_from_a_line_as_it_is_written() -> None:
    given = {"text": "A b.", "text.uk": "В г: ґ.", "by": "A-1"}
    line = write_line("add claim", given).removeprefix("/add claim ")
    assert read_line(claim, line) == given
    assert read_line(claim, line.replace("text.uk", "text_uk")) == given


def test_a_slash_command_has_room_for_its_options() -> None:
    shown = [param for param in claim.params if not (param.hidden or param.line_only)]
    assert len(shown) <= MAX_CHOICES
    assert "text_uk" in {param.option for param in shown}
    assert all(re.fullmatch(r"[a-z_0-9]{1,32}", param.option) for param in shown)


@pytest.mark.parametrize("word", ["see example.com:", "t.me:x", "e.g.: this"])
def test_a_word_with_a_dot_and_a_colon_is_no_field(word: str) -> None:
    assert read_line(claim, f"{word} day:2025-11-05") == {"text": word, "day": "2025-11-05"}


async def test_a_speaker_has_a_ukrainian_name_for_a_ukrainian(desk: Talk) -> None:
    """Ukrainian answers had Vladimir Putin in Latin letters."""
    text = ukrainian(await desk("/status Pokrovsk"))
    assert "заявляє Володимир Путін (E-28)" in text
    assert "Putin" not in text
    text = ukrainian(await desk("/entry E-14"))
    assert "Роман Погорілий, співзасновник DeepState" in text
    assert "суперечить E-28 (Володимир Путін)" in text
    assert "denied by Roman Pohorilyi" in (await desk("/status Pokrovsk")).flat


async def test_the_desk_says_what_a_speaker_is_called_in_ukrainian(desk: Talk) -> None:
    answer = await desk('/desk actor add "Oleh Synegubov" local:"Олег Синєгубов"', Role.MODERATOR)
    (ref,) = answer.answer.about
    assert "Олег Синєгубов" in ukrainian(await desk("/claims by:Синєгубов"))
    answer = await desk(f"/desk actor local {ref} Олег Синегубов", Role.MODERATOR)
    assert "local name Олег Синєгубов → Олег Синегубов" in answer.text
    assert "Олег Синегубов" in ukrainian(await desk(f"/claims by:{ref}"))
    await desk("/undo", Role.MODERATOR)
    assert "Олег Синєгубов" in ukrainian(await desk(f"/claims by:{ref}"))
    answer = await desk(f"/desk actor local {ref} Володимир Путін", Role.MODERATOR)
    assert answer.refused


async def test_a_kind_of_event_of_the_desks_own_is_named_in_ukrainian(desk: Talk) -> None:
    """/check and the columns of a file showed its key."""
    await desk("/desk type add flood uk:повінь", Role.MODERATOR)
    line = '/add event "A flood in Pokrovsk." type:flood place:Pokrovsk'
    ref = await file_entry(desk, f"{line} day:2025-11-05 source:S-1")
    entry = await desk.store.entries.get(int(ref.removeprefix("E-")))
    assert entry is not None
    why = explain(
        Match(entry, Relation.ABOUT, frozenset(), (), names_speaker=False, is_of_type=True)
    )
    assert Voice(ZONE, translate_into("uk")).plain(*why) == "повінь"
    chosen = ChosenColumns({"what": "text"}, kind="event", type="flood")
    card = ask_in_shell("list.csv", chosen, (), await list_types(desk.store))
    rows = layout(card, Voice(ZONE, translate_into("uk")), 200)
    assert "подія, повінь" in "\n".join("".join(text for _, text in row) for row in rows)
