"""/edit: only what changes is changed, with a reason, and never over what another did."""

import asyncio

import pytest

from commands.kit.invocation import Role
from commands.kit.reply import Tone
from store.model.entry import PlaceRole
from store.model.filing import FiledPlace, FiledSource
from tests.fakes import Talk, TerminalAnswer

FIRST, SECOND = "Moderator One", "Moderator Two"
TYPO = 'why:"Typo in the day."'
MOVED = "• place: Pokrovsk, Kupiansk → Myrnohrad, Kupiansk"


async def edit(desk: Talk, line: str, who: str = FIRST) -> TerminalAnswer:
    return await desk(line, as_=Role.MODERATOR, who=who)


def line_of(answer: TerminalAnswer, start: str) -> str:
    return next(line for line in answer.offered if line.startswith(start))


async def test_one_line_corrects_and_says_what_changed(desk: Talk) -> None:
    before = await desk.store.moderation.content(28)
    answer = await edit(desk, f"/edit E-28 set:day:2025-10-28 place:Myrnohrad {TYPO}")
    assert answer.lines[:3] == [
        "Corrected E-28",
        "• day: 29 Oct 2025 → 28 Oct 2025",
        MOVED,
    ]
    assert answer.offered[-1].startswith("/undo revision:")
    after = await desk.store.moderation.content(28)
    assert after.places == (FiledPlace(710035), before.places[1])
    assert (after.text, after.sources) == (before.text, before.sources)
    revision = (await desk.store.history.of("E-28"))[-1]
    assert (revision.act, revision.by, revision.why) == ("correct", FIRST, "Typo in the day.")


async def test_the_word_set_may_be_left_out(desk: Talk) -> None:
    answer = await edit(desk, f"/edit E-28 day:28 Oct {TYPO}")
    assert answer.lines[1] == "• day: 29 Oct 2025 → 28 Oct 2025"


async def test_what_is_not_named_stays_as_it_is(desk: Talk) -> None:
    before = await desk.store.moderation.content(9)
    await edit(desk, f"/edit E-9 credibility:3 {TYPO}")
    after = await desk.store.moderation.content(9)
    assert after.credibility == 3
    assert [cited.relayed for cited in after.sources] == [False, True]
    assert (after.control, after.share, after.label, after.key) == (
        *(before.control, before.share, before.label, before.key),
    )
    assert after.day == before.day


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("text:It is so.", "• sentence: “Vladimir Putin claimed"),
        ("by:Deineha", "• speaker: Vladimir Putin → Vitalii Deineha"),
        ("source:S-2", "• source: Article of 7 November 2025 (outlet not named) → The Kyiv"),
        ("source2:S-2", "(outlet not named), The Kyiv Independent"),
        ("relayed:S-3", "(outlet not named), Deep State map · as relayed"),
        ("also:-", "• place: Pokrovsk, Kupiansk → Pokrovsk"),
        ("happened:2025-10", "• speaks of: none → Oct 2025"),
        ("basis:relative", "(the source gives the day) → 29 Oct 2025 (counted from"),
        ("role:near precision:area detail:edge", "→ near Pokrovsk (the area around it, edge), Kup"),
        ("precision:exact", "→ Pokrovsk (the exact spot), Kupiansk"),
        ("control:russian_held share:all label:taken", "• control: none → Russian-held"),
        ("encirclement:-", "• encirclement: claimed → none"),
        ("attribution:hearsay stance:denies", "• attribution: named → hearsay"),
        ("type:losses quote:so", "• type: encirclement → losses"),
    ],
)
async def test_every_field_can_be_corrected(desk: Talk, change: str, line: str) -> None:
    answer = await edit(desk, f"/edit E-28 {change} {TYPO}")
    assert answer.first == "Corrected E-28"
    assert line in answer.flat


async def test_without_a_reason_it_waits_as_a_draft(desk: Talk) -> None:
    answer = await edit(desk, "/edit E-28 day:2025-10-28")
    assert answer.first == "D-1 · correction of E-28"
    assert "Still needed: reason" in answer.text
    answer = await edit(desk, f"/add claim draft:D-1 {TYPO}")
    answer = await edit(desk, line_of(answer, "/draft file"))
    assert answer.first == "Corrected E-28"
    assert (await edit(desk, "/draft file D-1")).text == answer.text
    assert (await desk.store.history.of("E-28"))[-1].why == "Typo in the day."


async def test_the_form_has_what_stands_and_only_what_differs_is_changed(desk: Talk) -> None:
    form = (await edit(desk, "/edit E-28")).answer.reply.form
    assert form is not None
    assert [(field.name, field.value) for field in form.fields[1:]] == [
        ("by", "A-6"),
        ("day", "2025-10-29"),
        ("place", "P-704422"),
        ("why", ""),
    ]
    typed = {field.name: field.value for field in form.fields}
    typed |= {"day": "2025-10-28", "why": "Typo."}
    parts = " ".join(f'{name}:"{text}"' for name, text in typed.items())
    answer = await edit(desk, f"/add claim draft:D-1 {parts}")
    assert answer.lines[1:3] == ["• day: 29 Oct 2025 → 28 Oct 2025", ""]
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.fields == {"day": "2025-10-28", "why": "Typo."}


async def test_a_bad_field_keeps_what_was_typed(desk: Talk) -> None:
    answer = await edit(desk, f"/edit E-28 day:2025-13-40 place:Nowhereville {TYPO}")
    assert "day: 2025-13-40 does not exist" in answer.text
    assert "place: No place “Nowhereville”" in answer.text
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.fields["place"] == "Nowhereville"
    assert (await desk.store.entries.get(28)).version == 1  # type: ignore[union-attr]  # a seed


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("text:-", "text: cannot be left empty."),
        ("by:-", "by: cannot be left empty."),
        ("credibility:1", "credibility: 1 needs a second, independent source"),
        ("also:Покровськ", "also: is the same as another one here"),
        ("source2:S-1", "source2: is the same as another one here"),
        ("link:follows E-1", "link: cannot be corrected like this"),
    ],
)
async def test_what_cannot_stand_is_refused(desk: Talk, change: str, problem: str) -> None:
    answer = await edit(desk, f"/edit E-28 {change} {TYPO}")
    assert problem in answer.flat
    assert not [line for line in answer.offered if line.startswith("/draft file")]
    assert (await desk.store.entries.get(28)).version == 1  # type: ignore[union-attr]  # a seed


async def test_words_without_the_name_of_a_field_do_not_become_the_text(desk: Talk) -> None:
    answer = await edit(desk, f"/edit E-28 day:2025-10-28 typo {TYPO}")
    assert answer.first == "D-1 · correction of E-28"
    assert "“2025-10-28 typo” is not a day I can read" in answer.flat


async def test_what_changes_nothing_is_not_written(desk: Talk) -> None:
    answer = await edit(desk, f"/edit E-28 by:Putin {TYPO}")
    assert answer.text == "Already set. Nothing changed."
    answer = await edit(desk, f"/edit E-28 day:2025-10-29 {TYPO}")
    assert "Nothing changed yet." in answer.text


async def conflicting(desk: Talk) -> TerminalAnswer:
    """Begin a correction, let another correct the entry, then file the first."""
    await edit(desk, "/edit E-28 place:Myrnohrad")
    answer = await edit(desk, f"/add claim draft:D-1 {TYPO}")
    await edit(desk, '/edit E-28 day:2025-10-28 why:"It was the 28th."', who=SECOND)
    return await edit(desk, line_of(answer, "/draft file"))


async def test_what_another_changed_meanwhile_is_shown_and_not_written_over(desk: Talk) -> None:
    answer = await conflicting(desk)
    assert answer.reply.tone is Tone.REFUSAL
    assert answer.after("E-28 was changed meanwhile") == (
        "• #137 corrected day: 29 Oct 2025 → 28 Oct 2025"
        " Moderator Two · 7 Nov 2025, 12:00 Europe/Kyiv It was the 28th."
    )
    assert MOVED in answer.lines
    assert not [line for line in answer.offered if line.startswith("/draft file")]
    assert (await desk.store.moderation.content(28)).places[0].place_id == 704422


async def test_ones_own_change_is_applied_to_the_new_version_by_one_click(desk: Talk) -> None:
    answer = await edit(desk, line_of(await conflicting(desk), "/draft rebase"))
    assert answer.lines[1] == MOVED
    assert (await edit(desk, line_of(answer, "/draft file"))).first == "Corrected E-28"
    content = await desk.store.moderation.content(28)
    assert (content.day.edtf, content.places[0].place_id) == ("2025-10-28", 710035)


async def test_what_was_filled_in_before_another_changed_it_does_not_undo_that(desk: Talk) -> None:
    """A form sends all its fields, also those that nobody touched."""
    await edit(desk, "/edit E-28")
    await edit(desk, '/edit E-28 day:2025-10-28 why:"It was the 28th."', who=SECOND)
    await edit(desk, f"/add claim draft:D-1 by:A-6 day:2025-10-29 place:P-710035 {TYPO}")
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.fields == {"place": "P-710035", "why": "Typo in the day."}


async def test_a_retraction_meanwhile_is_told_and_nothing_is_written(desk: Talk) -> None:
    await edit(desk, f"/edit E-28 place:Myrnohrad day:2025-13-40 {TYPO}")
    await edit(desk, "/add claim draft:D-1 day:2025-10-28")
    from tests.store.conftest import an_act  # noqa: PLC0415 -- the one act of this test

    await desk.store.moderation.retract(an_act("retract", "retract"), 28)
    answer = await edit(desk, "/draft file D-1")
    assert answer.reply.tone is Tone.REFUSAL
    assert "retract" in answer.after("E-28 was changed meanwhile")
    assert not [line for line in answer.offered if line.startswith("/draft rebase")]
    assert (await edit(desk, f"/edit E-28 day:2025-10-28 {TYPO}")).text.startswith(
        "E-28 is retracted."
    )


async def test_two_corrections_at_once_are_both_there_or_one_is_refused(desk: Talk) -> None:
    answers = await asyncio.gather(
        edit(desk, f"/edit E-28 day:2025-10-28 {TYPO}"),
        edit(desk, f"/edit E-28 place:Myrnohrad {TYPO}", who=SECOND),
    )
    content = await desk.store.moderation.content(28)
    done = [content.day.edtf == "2025-10-28", content.places[0].place_id == 710035]
    assert done == [answer.reply.tone is Tone.ANSWER for answer in answers]
    assert any(done)
    late = next((answer for answer in answers if answer.reply.tone is Tone.REFUSAL), None)
    assert late is None or "E-28 was changed meanwhile" in late.text


async def test_ten_clicks_correct_once(desk: Talk) -> None:
    await edit(desk, "/edit E-28 source2:S-2")
    answer = await edit(desk, f"/add claim draft:D-1 {TYPO}")
    line = line_of(answer, "/draft file")
    answers = await asyncio.gather(*(edit(desk, line) for _ in range(10)))
    assert len({answer.text for answer in answers}) == 1
    assert (await desk.store.entries.get(28)).version == 2  # type: ignore[union-attr]  # a seed
    content = await desk.store.moderation.content(28)
    assert content.sources == (FiledSource(1), FiledSource(2))


async def test_a_correction_keeps_the_kind(desk: Talk) -> None:
    await edit(desk, "/edit E-28")
    answer = await edit(desk, "/add event draft:D-1 text:It is so.")
    assert answer.text == "A correction cannot change the kind of an entry."


async def test_a_reader_corrects_nothing(desk: Talk) -> None:
    assert (await desk(f"/edit E-28 day:2025-10-28 {TYPO}")).refused


@pytest.mark.parametrize(
    ("ref", "change", "asked"),
    [
        ("E-2", "type:foo", "Did you mean footage?"),
        ("E-2", "type:footgae", "Did you mean footage?"),
        ("E-9", "control:i", "Did you mean infiltrated?"),
        ("E-9", "control:con", "Did you mean contested?"),
    ],
)
async def test_the_beginning_of_a_term_was_written_as_that_term(
    desk: Talk, ref: str, change: str, asked: str
) -> None:
    number = int(ref[2:])
    before = await desk.store.moderation.content(number)
    answer = await edit(desk, f"/edit {ref} {change} why:x")
    assert asked in answer.flat
    assert not [line for line in answer.offered if line.startswith("/draft file")]
    assert await desk.store.moderation.content(number) == before


async def test_a_name_in_brackets_case_and_an_accent_do_not_keep_a_term_from_being_read(
    desk: Talk,
) -> None:
    answer = await edit(desk, "/edit E-28 control:'Gray Zone' why:x".replace("'", '"'))
    assert "• control: none → Contested (gray zone)" in answer.lines
    assert (await desk("/events kind:FOOTÁGE")).first == (await desk("/events kind:footage")).first


async def test_a_list_read_the_beginning_of_a_kind_of_event_as_that_kind(desk: Talk) -> None:
    answer = await desk("/events kind:foo")
    assert answer.refused
    assert answer.flat.startswith("kind: “foo” is not one of these: fighting, advance,")
    assert answer.offered[0] == "/events kind:footage"


@pytest.mark.parametrize(
    ("change", "key", "guess"),
    [
        ("dya:5 Nov", "dya", "day"),
        ("colour:red", "colour", ""),
        ("plcae:Rodynske", "plcae", "place"),
    ],
)
async def test_a_key_that_no_field_has_was_not_named_in_the_refusal(
    desk: Talk, change: str, key: str, guess: str
) -> None:
    answer = await edit(desk, f"/edit E-28 {change} why:x")
    assert answer.refused
    assert answer.flat.startswith(f"/edit has no {key}:. It takes text:, by:, day:, place:,")
    assert (f"Did you mean {guess}:?" in answer.flat) == bool(guess)


async def test_words_without_a_field_are_shown_with_the_fields(desk: Talk) -> None:
    answer = await edit(desk, "/edit E-28 red why:x")
    assert answer.flat.startswith("“red” has no name of a field.")
    assert "Fields: text:," in answer.flat


async def test_near_a_place_is_near_it_in_a_correction_too(desk: Talk) -> None:
    await edit(desk, f'/edit E-29 place:"near Pokrovsk" {TYPO}')
    after = await desk.store.moderation.content(29)
    assert [(at.place_id, at.role) for at in after.places[:1]] == [(704422, PlaceRole.NEAR)]


async def test_one_more_place_took_the_place_of_the_first(desk: Talk) -> None:
    """place:+Myrnohrad put Myrnohrad where Pokrovsk was."""
    before = await desk.store.moderation.content(28)
    answer = await edit(desk, f"/edit E-28 place:+Myrnohrad {TYPO}")
    assert answer.first == "place: takes the place of what is there."
    assert "also:Myrnohrad" in answer.text
    assert await desk.store.moderation.content(28) == before


@pytest.mark.parametrize("place", ["-Pokrovsk", "− Pokrovsk", "＋Myrnohrad", "&Myrnohrad"])
async def test_a_place_behind_a_sign_was_set(desk: Talk, place: str) -> None:
    """place:-Pokrovsk, to take it away, put Pokrovsk there."""
    before = await desk.store.moderation.content(28)
    answer = await edit(desk, f'/edit E-28 place:"{place}" {TYPO}')
    assert answer.first == "place: takes the place of what is there."
    assert await desk.store.moderation.content(28) == before
