"""Control statuses and kinds of event belong to the desk: each has some, and can add more."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.adapters.console.layout import layout
from bot.i18n.catalogues import translate_into
from bot.i18n.formatter import Voice
from commands.events import events
from commands.kit.invocation import Caller
from commands.shared.extraction.extract import extract
from commands.shared.extraction.extracted_draft import ExtractedDraft
from store import open_store
from store.model.refusals import SeedFault
from store.queries.known_names import KnownNames
from store.transfer.import_problems import Fault
from tests.bulk.conftest import jsonl, read, row
from tests.commands.filing import CLAIM, MODERATOR, add, file_entry, file_line
from tests.fakes import ZONE, Talk
from tests.store.conftest import few_places

CALLER = Caller("console", "1", "Reader One", MODERATOR)

MORNING = datetime(2025, 11, 7, 9, tzinfo=UTC)


async def test_a_status_is_added_in_chat_and_used_at_once(desk: Talk) -> None:
    answer = await add(desk, "/desk status add Flooded")
    assert answer.first == "Added: ■ Flooded"
    draft = await add(
        desk,
        '/add claim "Rodynske is flooded." by:Putin place:Rodynske day:2025-11-05 source:S-1',
    )
    assert "Control  ■ Flooded" in draft.text
    await add(desk, file_line(draft))
    assert "■ Flooded" in (await desk("/entry E-65")).text
    assert "control status added: Flooded" in (await add(desk, "/log")).text


async def test_the_statuses_are_listed_in_their_order(desk: Talk) -> None:
    answer = await add(desk, "/desk status")
    assert answer.first == "5 control statuses"
    assert answer.lines[1] == "• ▲ Ukrainian-held · control:ukrainian_held"


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("/desk status add", "name: Write a name."),
        ("/desk status add !", "name: “!” has no letters. Write a name."),
        ("/desk status add Contested", "That name is on record already, as contested."),
        ("/desk status add Flooded symbol:ab", "symbol: write one character, such as ■."),
        (
            "/desk status add Flooded symbol:▲",
            "symbol: another status already uses ▲. Choose a different one.",
        ),
    ],
)
async def test_a_status_that_could_not_be_told_apart_is_refused(
    desk: Talk, line: str, refusal: str
) -> None:
    answer = await add(desk, line)
    assert answer.refused
    assert answer.flat == refusal
    assert len(await desk.store.situation.controls()) == 5


async def test_a_reader_adds_no_status(desk: Talk) -> None:
    assert (await desk("/desk status add Flooded")).refused


async def test_a_desk_without_seeds_has_statuses_and_keeps_its_own(tmp_path: Path) -> None:
    """A desk of its own had no word for who holds a place."""
    async with await open_store(tmp_path / "own.db") as store:
        await store.load_terms(MORNING)
        await store.load_terms(MORNING)
        assert [status.key for status in await store.situation.controls()][:2] == [
            "ukrainian_held",
            "russian_held",
        ]
        assert (await store.history.head())[0] == 1
        desk = Talk(store)
        await desk("/desk status add Flooded", as_=MODERATOR)
        await store.load_seeds(MORNING)
        assert (await store.situation.controls())[-1].key in {"flooded", "unknown"}
        assert len(await store.situation.controls()) == 6
        assert {kind.key for kind in await store.situation.event_types()} >= {"strike", "other"}


def _extract(text: str, known: KnownNames) -> list[ExtractedDraft]:
    return extract(text, MORNING.date(), known)


EVENT = '/add event "Water stands in the streets." place:Rodynske day:2025-11-05 source:S-1'


async def test_a_kind_of_event_is_added_in_chat_and_used_at_once(desk: Talk) -> None:
    answer = await add(desk, "/desk type add Flood uk:Повінь")
    assert answer.first == "Added: Flood"
    assert answer.lines[-3:] == ["• Flood · type:flood", "", "→ Undo  /undo revision:137"]
    ref = await file_entry(desk, f"{EVENT} type:flood")
    for wanted in ("flood", "Flood", "повінь", "Повінь"):
        assert ref in (await desk(f"/events kind:{wanted}")).text, wanted
    choices = await desk.dispatch.suggest(CALLER, events, "kind", "пов")
    assert [choice.value for choice in choices] == ["flood"]
    assert "kind of event added: Flood" in (await add(desk, "/log")).text


async def test_a_kind_of_event_has_a_menu_under_a_draft_and_a_name_in_a_correction(
    desk: Talk,
) -> None:
    await add(desk, "/desk type add Flood")
    draft = await add(desk, EVENT)
    (pick,) = [pick for pick in draft.answer.reply.picks if pick.param == "type"]
    assert (pick.chosen, pick.choices[-1].value) == ("other", "flood")
    answer = await add(desk, '/edit E-2 type:flood why:"It is one."')
    assert "type: advance → Flood" in answer.flat


async def test_a_text_proposes_a_kind_by_the_label_that_the_desk_gave_it(desk: Talk) -> None:
    await add(desk, "/desk type add Flood uk:Повінь")
    for text, kind in (
        ("On 5 November a flood destroyed 3 houses in Rodynske.", "flood"),
        ("5 листопада повінь зруйнувала 3 будинки в Родинському.", "flood"),
        ("On 5 November a missile struck Rodynske.", "strike"),
    ):
        drafts = await desk.store.known_names.consult(partial(_extract, text))
        assert [draft.type for draft in drafts] == [kind], text


@pytest.mark.parametrize(
    ("add_it", "use_it", "label"),
    [
        ("/desk type add Flood", f"{EVENT} type:flood", "Flood"),
        ("/desk status add Flooded", f"{CLAIM} control:flooded", "Flooded"),
    ],
)
async def test_a_term_is_taken_back_while_nothing_uses_it(
    desk: Talk, add_it: str, use_it: str, label: str
) -> None:
    """What was corrected away from it could not be put back either."""
    added = await add(desk, add_it)
    undo = added.offered[-1]
    ref = await file_entry(desk, use_it)
    refused = await add(desk, undo)
    assert refused.refused
    assert refused.flat == f"{ref} uses “{label}”, so that it stays. Correct that entry first."
    field, other = ("type", "other") if "type" in add_it else ("control", "unknown")
    await add(desk, f"/edit {ref} {field}:{other} why:again")
    assert (await add(desk, undo)).refused
    again = await add(desk, add_it.replace("Flood", "Burnt"))
    taken = await add(desk, again.offered[-1])
    assert taken.first.startswith("Undone: ")
    assert "Burnt" not in (await add(desk, " ".join(add_it.split()[:2]))).text
    assert (await add(desk, taken.offered[0])).first.startswith("Added: ")


async def test_a_ukrainian_label_is_what_a_ukrainian_reads(desk: Talk) -> None:
    await add(desk, "/desk status add Flooded symbol:≈ uk:Затоплено")
    await file_entry(desk, f"{CLAIM} control:flooded")
    answer = await desk("/claims by:Putin since:2025-11-05")
    voice = Voice(ZONE, translate_into("uk"))
    status = await add(desk, "/desk status")
    rows = layout(status.answer.reply, voice, 100)
    assert "• ≈ Затоплено · control:flooded" in ["".join(text for _, text in row) for row in rows]
    assert "E-65" in answer.text


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("/desk type add", "name: Write a name."),
        ("/desk type add !", "name: “!” has no letters. Write a name."),
        ("/desk type add Strike", "That name is on record already, as strike."),
        (f"/desk type add {'x' * 41}", "name: That is 41 characters; write at most 40."),
        (f"/desk type add Flood uk:{'ш' * 41}", "uk: That is 41 characters; write at most 40."),
    ],
)
async def test_a_kind_that_could_not_be_told_apart_is_refused(
    desk: Talk, line: str, refusal: str
) -> None:
    answer = await add(desk, line)
    assert answer.refused
    assert answer.flat == refusal
    assert len(await desk.store.situation.event_types()) == 9


async def test_an_import_takes_the_kinds_of_this_desk_and_names_the_others(desk: Talk) -> None:
    await add(desk, "/desk type add Flood uk:Повінь")
    good = await read(desk.store, jsonl(row(key="a", type="Повінь"), row(key="b", type="flood")))
    assert good.problems == ()
    assert "2 events" in (await desk("/events kind:flood")).first
    bad = await read(desk.store, jsonl(row(key="c", type="earthquake")), dry=True)
    (problem,) = bad.problems
    assert (problem.field, problem.fault, problem.read) == (
        "type",
        Fault.NO_EVENT_TYPE,
        "earthquake",
    )
    assert problem.more.endswith("other, flood")


async def test_seeds_without_kinds_of_event_have_the_usual_ones(tmp_path: Path) -> None:
    (folder := tmp_path / "seeds").mkdir()
    few_places(folder)
    file = folder / "situation.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.partition("[[event_type]]")[0], encoding="utf-8")
    async with await open_store(tmp_path / "own.db") as store:
        await store.load_seeds(MORNING, folder)
        assert len(await store.situation.event_types()) == 9


async def test_seeds_have_kinds_of_their_own_and_an_event_has_one_of_them(tmp_path: Path) -> None:
    (folder := tmp_path / "seeds").mkdir()
    few_places(folder)
    file = folder / "situation.toml"
    text = file.read_text(encoding="utf-8").partition("[[event_type]]")[0]
    own = '[[event_type]]\nkey = "flood"\nlabel = "flood"\n"label.uk" = "повінь"\n'
    file.write_text(text + own, encoding="utf-8")
    async with await open_store(tmp_path / "own.db") as store:
        with pytest.raises(SeedFault, match="no kind of event has the key"):
            await store.load_seeds(MORNING, folder)
        (folder / "pokrovsk-2025-11.toml").unlink()
        await store.load_seeds(MORNING, folder)
        flood, other = await store.situation.event_types()
        assert (flood.labels, other.key) == ({"uk": "повінь"}, "other")


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Під контролем України", "ukrainian_held"),
        ("під контролем росії", "russian_held"),
        ("Спірний контроль (сіра зона)", "contested"),
        ("сіра зона", "contested"),
        ("Невідомо", "unknown"),
    ],
)
async def test_a_status_as_answers_show_it_in_ukrainian_was_once_no_value(
    desk: Talk, label: str, key: str
) -> None:
    draft = await add(desk, f'/add assessment by:A-6 control:"{label}"')
    assert "is not one of these" not in draft.text
    ref = await file_entry(desk, f'{CLAIM} control:"{label}"')
    entry = await desk.store.entries.get(int(ref[2:]))
    assert entry is not None
    assert entry.control is not None
    assert entry.control.status == key


@pytest.mark.parametrize("part", ["під контролем", "Під", "сіра", "невід"])
async def test_the_beginning_of_a_label_in_ukrainian_is_asked_about(desk: Talk, part: str) -> None:
    draft = await add(desk, f'/add assessment by:A-6 control:"{part}"')
    assert f"“{part}” is not one of these" in draft.flat
    assert "Did you mean" in draft.flat


async def test_a_kind_of_event_is_read_and_suggested_as_answers_show_it_in_ukrainian(
    desk: Talk,
) -> None:
    assert (await desk("/events kind:бої")).text == (await desk("/events kind:fighting")).text
    assert (await desk("/events kind:бо")).refused
    kinds = await desk.dispatch.suggest(CALLER, events, "kind", "просу")
    assert [choice.value for choice in kinds] == ["advance"]
