"""A moderator keeps the record from inside chat: each answer says what is now so."""

from datetime import timedelta
from functools import partial

import pytest

from bot.adapters.console.layout import layout
from bot.dispatch import Answer
from bot.i18n.formatter import Voice
from commands.kit.invocation import Caller, Room
from store.model.filing import Filing
from store.model.revision import Act, Person
from store.model.span import Span
from store.record import entry_rows as filing
from store.record.entry_rows import current
from tests.commands.moderator import MOD, Moderator
from tests.fakes import ZONE, Talk


def rows(answer: Answer) -> list[str]:
    return ["".join(text for _, text in row) for row in layout(answer.reply, Voice(ZONE), 60)]


@pytest.fixture
def mod(desk: Talk) -> Moderator:
    return Moderator(desk)


async def correct(desk: Talk, entry_id: int, day: Span, who: str = "Moderator One") -> None:
    """Correct the day of an entry, as a form would."""
    entry = await desk.store._db.read(current, entry_id)
    fixed = Filing(
        **{**{name: getattr(entry, name) for name in entry.__struct_fields__}, "day": day}
    )
    act = Act(f"fix {day}", "correct", Person("console", who, who), desk.now, "The day was wrong.")
    change = partial(filing.correct, entry_id=entry_id, filing=fixed, at=desk.now)
    await desk.store.history.write(act, change)


# Retract, restore


async def test_a_retraction_says_so_first_and_offers_to_undo_it(mod: Moderator) -> None:
    answer = await mod("/retract E-36 It repeats E-35.")
    assert answer.first == "E-36 retracted: It repeats E-35."
    assert answer.lines[1].startswith("• Vitalii Deineha says that without an order")
    assert [line.split()[0] for line in answer.offered] == ["/undo", "/entry"]


async def test_what_is_retracted_is_gone_from_lists_and_counts_and_stays_in_entry(
    mod: Moderator,
) -> None:
    before = await mod("/claims Pokrovsk")
    await mod("/retract E-28 It repeats another.")
    after = await mod("/claims Pokrovsk")
    assert int(after.first.split()[0]) == int(before.first.split()[0]) - 1
    assert "E-28" not in (await mod("/status Pokrovsk")).text
    assert "E-28" not in (await mod("/search surrounded")).text
    assert "E-28" in (await mod("/claims retracted:only")).text
    entry = await mod("/entry E-28")
    assert entry.first == "E-28, claim: RETRACTED because It repeats another."
    assert "Vladimir Putin claimed" in entry.text
    assert "#137 retracted Moderator One · 7 Nov 2025" in entry.flat


async def test_what_was_put_back_counts_again(mod: Moderator) -> None:
    await mod("/retract E-28 It repeats another.")
    answer = await mod("/restore E-28 It does not repeat it.")
    assert answer.first == "E-28 restored: It does not repeat it."
    assert "E-28" in (await mod("/status Pokrovsk")).text


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/retract E-36", "/retract needs why:"),
        ("/retract E-999 x", "There is no entry E-999."),
        ("/restore E-36 x", "E-36 is not retracted."),
        ("/link E-1 contradicts E-1", "to: E-1 cannot be linked with itself; name another."),
        ("/link E-1 loves E-2", "type: “loves” is not one of these: supports, contradicts"),
        ("/link E-1 contradicts E-2 remove:yes", "E-1 has no such link."),
        ("/verdict E-58 confirmed Seen.", "E-58 is an event, and only claims are checked"),
        ("/verdict E-9 disputed Seen.", "E-9 is an assessment, and only claims are checked"),
        ("/verdict E-28 true Seen.", "value: “true” is not one of these: confirmed, disputed"),
        ("/verdict E-28 none Seen.", "Already set. Nothing changed."),
        ("/undo", "You have nothing to undo from the last hour."),
        ("/log E", "ref: “E” is not a reference. Write one such as E-42, S-1 or B-1."),
        ("/log by:Nobody", "Nobody named “Nobody” has changed the record."),
    ],
)
async def test_what_does_not_fit_is_refused_in_one_sentence(
    mod: Moderator, line: str, answer: str
) -> None:
    await mod.expect_refusal(line, answer)


@pytest.mark.parametrize(
    "line",
    [
        "/retract E-36 x",
        "/restore E-36 x",
        "/link E-1 contradicts E-2",
        "/verdict E-28 refuted x",
        "/undo",
        "/log",
    ],
)
async def test_a_reader_may_do_none_of_it(desk: Talk, line: str) -> None:
    answer = await desk(line)
    assert answer.refused
    assert answer.first == f"Only moderators can use {line.split(maxsplit=1)[0]}."


async def test_to_retract_what_is_retracted_says_how_to_put_it_back(mod: Moderator) -> None:
    await mod("/retract E-36 x")
    assert (await mod("/retract E-36 y")).text == (
        "E-36 is retracted. To restore it: /restore E-36"
    )


# Links


async def test_a_line_links_as_the_docs_write_it(mod: Moderator) -> None:
    answer = await mod("/link E-1 contradicts E-2")
    assert answer.first == "Linked: E-1 contradicts E-2"
    assert "  contradicts E-2" in answer.lines


@pytest.mark.parametrize("kind", ["in tension with", "in_tension_with", "IN TENSION WITH"])
async def test_a_type_of_several_words_needs_no_quotes(mod: Moderator, kind: str) -> None:
    answer = await mod(f"/link E-1 {kind} E-2 Both cannot be.")
    assert answer.first == "Linked: E-1 in tension with E-2"
    assert "Both cannot be." in (await mod("/entry E-1")).after("Links")


async def test_a_new_contradiction_shows_wherever_the_old_answer_is_asked(mod: Moderator) -> None:
    tension = "Others say otherwise: Vitalii Deineha (E-50)"
    assert tension in (await mod("/status Pokrovsk more:yes")).flat
    await mod("/link E-14 contradicts E-9")
    status = " ".join((await mod("/status Pokrovsk")).lines[:4])
    assert f"DISPUTED by Roman Pohorilyi (E-14) · {tension}" in status
    await mod("/link E-1 denies E-28")
    assert "denied by E-1 (Article's narrator)" in (await mod("/claims by:Putin")).flat
    assert "#138 E-1 link: denies E-28" in (await mod("/log")).flat


async def test_a_link_is_taken_back_and_may_be_made_again(mod: Moderator) -> None:
    await mod("/link E-1 contradicts E-2 Both cannot be.")
    answer = await mod("/link E-1 contradicts E-2 remove:yes")
    assert answer.first == "Link removed: E-1 contradicts E-2"
    assert not (await mod("/link E-1 contradicts E-2")).refused
    again = await mod("/link E-1 contradicts E-2")
    assert again.first == "On record already: E-1 contradicts E-2. Nothing changed."
    assert again.refused


async def test_a_link_on_record_keeps_its_reason_when_it_is_made_again(mod: Moderator) -> None:
    """The reason was replaced by nothing, and it was said to be linked."""
    assert "On record already" in (await mod("/link E-14 contradicts E-28")).first
    assert "Putin said that Pokrovsk was already" in (await mod("/entry E-14")).after("Links")
    assert "On record already" in (await mod("/link E-28 contradicts E-14")).first


async def test_a_link_holds_where_both_its_ends_are_about(mod: Moderator) -> None:
    """E-14 speaks of Pokrovsk alone; /status Kupiansk said that it contradicts Putin there."""
    assert "contradicted by E-14" in (await mod("/status Pokrovsk more:yes")).flat
    kupiansk = await mod("/status Kupiansk")
    assert "Vladimir Putin claimed" in kupiansk.flat
    assert "contradict" not in kupiansk.text
    assert "contradicted by E-14 (Roman Pohorilyi), for Pokrovsk" in (await mod("/entry E-28")).flat


async def test_a_link_is_made_for_some_places_alone(mod: Moderator) -> None:
    answer = await mod("/link E-1 denies E-28 place:Kupiansk")
    assert answer.first == "Linked: E-1 denies E-28, for Kupiansk"
    assert "denied by E-1" in (await mod("/status Kupiansk")).flat
    assert "denied by E-1" not in (await mod("/status Pokrovsk more:yes")).flat
    assert (await mod("/link E-1 denies E-28 place:Pokrovsk,Kupiansk")).first.startswith("Linked")
    assert "denied by E-1" in (await mod("/status Pokrovsk more:yes")).flat
    assert (await mod("/undo")).first.startswith("Undone")
    assert "denied by E-1" not in (await mod("/status Pokrovsk more:yes")).flat


async def test_a_link_cannot_hold_for_a_place_of_neither_end(mod: Moderator) -> None:
    answer = await mod("/link E-1 denies E-28 place:Bakhmut")
    assert answer.refused
    assert answer.flat.startswith("place: neither E-1 nor E-28 is about Bakhmut")


async def test_another_reason_for_a_link_is_a_change_of_its_own(mod: Moderator) -> None:
    await mod("/link E-1 contradicts E-2 One.")
    await mod("/link E-1 contradicts E-2 Other.")
    assert "reason of a link: contradicts E-2" in (await mod("/log E-1")).flat


# Verdicts


async def test_a_verdict_shows_in_claims_entry_and_sources_with_who_and_why(mod: Moderator) -> None:
    answer = await mod("/verdict E-28 refuted A corridor was open. source:S-1")
    assert answer.first == "E-28 refuted: A corridor was open."
    assert "refuted: Vladimir Putin claimed" in (await mod("/claims verdict:refuted")).flat
    entry = (await mod("/entry E-28")).after("Verdicts")
    assert "refuted by Moderator One" in entry
    assert "A corridor was open. · according to Article of 7 November" in entry
    assert "1 refuted" in (await mod("/sources Putin")).text


async def test_a_verdict_that_changes_is_said_before_and_after(mod: Moderator) -> None:
    await mod("/verdict E-28 disputed Not clear.")
    await mod("/verdict E-28 refuted Clear now.", who="Moderator Two")
    await mod("/verdict E-28 none Too early.")
    log = (await mod("/log E-28")).flat
    for part in ("none → disputed", "disputed → refuted", "refuted → none"):
        assert part in log
    assert (await mod("/claims verdict:refuted")).first.startswith("No claims")


# Undo


async def test_undo_says_what_it_undid_and_how_to_do_it_again(mod: Moderator) -> None:
    await mod("/retract E-36 It repeats E-35.")
    answer = await mod("/undo")
    assert answer.first == "Undone: E-36 retracted"
    assert answer.offered[0] == '/retract ref:E-36 why:"It repeats E-35."'
    again = await mod(answer.offered[0])
    assert again.first == "E-36 retracted: It repeats E-35."


@pytest.mark.parametrize(
    ("line", "undone", "again"),
    [
        (
            "/link E-1 contradicts E-2 x",
            "E-1 link: contradicts E-2",
            "/link ref:E-1 type:contradicts to:E-2 why:x",
        ),
        (
            "/verdict E-28 refuted x source:S-1",
            "E-28 verdict: none → refuted, according to Article of 7 November 2025",
            "/verdict ref:E-28 value:refuted why:x source:S-1",
        ),
        (
            "/link E-14 contradicts E-28 remove:yes",
            "E-14 link removed: contradicts E-28",
            "/link ref:E-14 type:contradicts to:E-28 remove:yes",
        ),
    ],
)
async def test_each_act_is_undone_in_words(
    mod: Moderator, line: str, undone: str, again: str
) -> None:
    ref = line.split()[1]
    before = await mod(f"/entry {ref}")
    await mod(line)
    answer = await mod("/undo")
    assert answer.flat.startswith(f"Undone: {undone}")
    assert answer.offered[0] == again
    after = await mod(f"/entry {ref}")
    assert after.text.partition("\nHistory")[0] == before.text.partition("\nHistory")[0]


async def test_a_corrected_day_is_said_before_and_after_and_undone(mod: Moderator) -> None:
    await correct(mod.desk, 28, Span.parse("2025-10-30"))
    entry = await mod("/entry E-28")
    assert "#137 corrected day: 29 Oct 2025 → 30 Oct 2025 Moderator One" in entry.flat
    assert "30 Oct 2025 · Pokrovsk, Kupiansk" in (await mod("/claims by:Putin")).flat
    answer = await mod("/undo")
    assert answer.first == "Undone: E-28 corrected"
    assert "day: 29 Oct 2025" in answer.flat
    assert "29 Oct 2025 · Pokrovsk, Kupiansk" in (await mod("/claims by:Putin")).flat
    assert "#138 undid #137: corrected" in (await mod("/entry E-28")).flat


async def test_a_correction_says_each_field_and_of_a_long_sentence_what_differs(
    desk: Talk,
) -> None:
    entry = await desk.store._db.read(current, 28)
    text = entry.text.replace("already surrounded", "about to be surrounded")
    fixed = Filing(
        **{
            **{name: getattr(entry, name) for name in entry.__struct_fields__},
            "text": text,
            "credibility": 4,
            "actor_id": 4,
            "places": entry.places[:1],
            "happened": Span.parse("2025-10-28"),
        }
    )
    act = Act("fix", "correct", Person("console", "1", "Moderator One"), desk.now, "It was wrong.")
    change = partial(filing.correct, entry_id=28, filing=fixed, at=desk.now)
    await desk.store.history.write(act, change)
    answer = (await desk("/entry E-28")).flat
    for part in (
        "sentence: “… and Kupiansk were already surrounded.” → “… and Kupiansk were about to be",
        "speaker: Vladimir Putin → Roman Pohorilyi",
        "speaks of: none → 28 Oct 2025 (the source gives the day)",
        "place: Pokrovsk, Kupiansk → Pokrovsk",
        "credibility: 6 → 4",
    ):
        assert part in answer


async def test_the_button_under_an_older_answer_undoes_that_act_and_no_other(
    mod: Moderator,
) -> None:
    first = await mod("/retract E-36 One.")
    await mod("/retract E-35 Two.")
    answer = await mod(first.offered[0])
    assert answer.first == "Undone: E-36 retracted"
    assert (await mod("/entry E-35")).first == "E-35, claim: RETRACTED because Two."


async def test_two_clicks_on_undo_are_one_act(mod: Moderator) -> None:
    first = await mod("/retract E-36 One.")
    once, twice = await mod(first.offered[0]), await mod(first.offered[0])
    assert once.text == twice.text
    assert (await mod.desk.store.history.head())[0] == 138
    assert (await mod("/undo")).refused


async def test_somebody_elses_act_is_not_undone(mod: Moderator) -> None:
    first = await mod("/retract E-36 One.")
    assert (await mod("/undo", who="Moderator Two")).refused
    assert (await mod(first.offered[0], who="Moderator Two")).refused


async def test_after_an_hour_there_is_nothing_to_undo(mod: Moderator) -> None:
    first = await mod("/retract E-36 One.")
    mod.desk.now += timedelta(minutes=61)
    assert (await mod("/undo")).refused
    assert (await mod(first.offered[0])).refused


async def test_what_somebody_has_built_on_is_not_undone(mod: Moderator) -> None:
    await mod("/verdict E-28 refuted x")
    await mod("/retract E-28 y", who="Moderator Two")
    answer = await mod("/undo")
    assert answer.refused
    assert answer.lines == [
        "E-28 has changed since. Look first:",
        "/log E-28",
    ]


# What a platform may deliver twice


async def test_the_same_key_is_the_same_act_and_the_same_answer(desk: Talk) -> None:
    caller, room = Caller("discord", "7", "Moderator One", MOD), Room("discord", "1")
    given = {"ref": "E-36", "why": "It repeats E-35."}
    first = await desk.dispatch.call(caller, "retract", given, room, "discord:1")
    again = await desk.dispatch.call(caller, "retract", given, room, "discord:1")
    assert rows(first) == rows(again)
    assert (await desk.store.history.head())[0] == 137


@pytest.mark.parametrize("width", [60, 100])
async def test_no_answer_is_wordy_or_wide(desk: Talk, width: int) -> None:
    for line in (
        "/retract E-36 It repeats E-35.",
        "/undo",
        "/link E-1 contradicts E-2",
        "/verdict E-28 refuted A corridor was open.",
    ):
        answer = await desk(line, MOD, width)
        assert len(answer.lines) <= 12
        assert max(map(len, answer.lines)) <= width
