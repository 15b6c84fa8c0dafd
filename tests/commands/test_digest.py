"""What a summary says, and in what order."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from commands.kit.parser import write_line
from store.model.entry import Kind, VerdictValue
from store.model.filing import FiledPlace
from store.model.revision import Act, Change
from store.model.span import Span
from store.queries.entry_changes import MOST_REVISIONS
from store.record import entry_rows as filing
from store.record.revisions import append, head
from tests.commands.keeper import BY, FIRST, SECOND, THIRD, Keeper, heads, keeper
from tests.fakes import Talk
from tests.store.conftest import KUPIANSK, MYRNOHRAD, POKROVSK, an_entry

__all__ = ["keeper"]
DEEP_STATE = 9
"""The seeds' one assessment: Pokrovsk is contested."""


async def test_its_sections_come_in_the_order_of_their_weight(keeper: Keeper) -> None:
    old, checked = await keeper.file("Old."), await keeper.claim("Checked.")
    keeper.desk.now = datetime(2025, 11, 15, 10, tzinfo=UTC)
    await keeper.file("New event.")
    await keeper.check(checked, VerdictValue.REFUTED)
    await keeper.correct(old, "Mended.")
    await keeper.claim("New claim.")
    await keeper.judge("russian_held", places=(FiledPlace(MYRNOHRAD),))
    answer = await keeper.digest()
    assert heads(answer) == [
        "Control and disagreements",
        "New claims",
        "New events",
        "Corrections to earlier summaries",
        "Verdicts",
        "Overdue: nothing newer from these assessors",
    ]
    assert answer.first.startswith("Myrnohrad: ")


async def _nothing(_: Keeper) -> None: ...


async def _event(keeper: Keeper) -> None:
    await keeper.file("An event.")


async def _claim(keeper: Keeper) -> None:
    await keeper.claim("A claim.")


async def _verdict(keeper: Keeper) -> None:
    await keeper.check(28, VerdictValue.REFUTED, "No map shows it.")


async def _correction(keeper: Keeper) -> None:
    await keeper.correct(2, "Mended.", "The wrong day.")


async def _first_judgement(keeper: Keeper) -> None:
    await keeper.judge("contested", places=(FiledPlace(KUPIANSK),))


async def _disagreement(keeper: Keeper) -> None:
    await keeper.link(await keeper.claim("Not so."), 28)


async def _turn(keeper: Keeper) -> None:
    entry = await keeper.desk.store.entries.get(DEEP_STATE)
    assert entry is not None
    assert entry.by is not None
    await keeper.judge("russian_held", actor_id=entry.by.id)


WEIGHTS: dict[str, Callable[[Keeper], Any]] = {
    "Nothing new": _nothing,
    "An event. E-": _event,
    "A claim. E-": _claim,
    "E-28: refuted · No map shows it.": _verdict,
    "E-2 was corrected: The wrong day.": _correction,
    "Kupiansk: ": _first_judgement,
    "Pokrovsk: ": _disagreement,
    "Pokrovsk: ▼ Russian-held": _turn,
}
"""First lines, each of more weight than those before it, and what brings them about."""


async def test_its_first_line_is_the_change_of_most_weight(keeper: Keeper) -> None:
    for first, act in WEIGHTS.items():
        await act(keeper)
        answer = await keeper.digest()
        assert answer.first.startswith(first), answer.first
    assert "Russian" in answer.first
    assert "before: ◆ Contested (gray zone), most of it (7 Nov 2025, E-9)" in answer.flat


async def test_an_older_judgement_that_is_filed_late_makes_no_headline(keeper: Keeper) -> None:
    entry = await keeper.desk.store.entries.get(DEEP_STATE)
    assert entry is not None
    assert entry.by is not None
    await keeper.judge("russian_held", actor_id=entry.by.id, day=Span.on(date(2025, 11, 1)))
    await keeper.claim("A claim.")
    answer = await keeper.digest()
    assert answer.first.startswith("A claim.")
    assert "as of 1 Nov 2025 · their first · filed late · there is a newer one" in answer.flat


async def test_a_claim_names_who_contradicts_it(keeper: Keeper) -> None:
    claim, other = (
        await keeper.claim("It fell."),
        await keeper.claim("It did not fall.", actor_id=2),
    )
    await keeper.link(other, claim)
    answer = await keeper.digest()
    assert f"contradicted by E-{other} (" in answer.after("New claims")
    assert f"(E-{other}) contradicts " in answer.after("Control and disagreements")


async def test_events_stand_by_place_and_what_has_none_comes_last(keeper: Keeper) -> None:
    await keeper.file("Nowhere.", places=())
    await keeper.file("In one.", places=(FiledPlace(POKROVSK),))
    await keeper.file("In the other.", places=(FiledPlace(MYRNOHRAD),))
    text = (await keeper.digest("more:yes")).text
    order = ["Myrnohrad", "• In the other.", "Pokrovsk", "• In one.", "No place", "• Nowhere."]
    assert [line for line in text.splitlines() if line in order] == order


async def test_what_happened_days_ago_is_marked_as_filed_late(keeper: Keeper) -> None:
    await keeper.file("Yesterday.", day=Span.on(date(2025, 11, 7)))
    await keeper.file("Long ago.", day=Span.on(date(2025, 11, 2)))
    lines = (await keeper.digest()).lines
    marked = [lines[n - 1] for n, line in enumerate(lines) if "filed late" in line]
    assert marked == ["• Long ago."]


async def test_what_is_open_is_told_beside_what_is_new_and_in_full_behind_more(
    keeper: Keeper,
) -> None:
    await keeper.file("Something else.")
    answer = await keeper.digest()
    assert answer.after("Open disputes: 2") == "• Deep State (E-9) against Vitalii Deineha (E-50)"
    more = await keeper.desk("/digest more:yes")
    assert "open by 7 Nov 2025 · last word: Vitalii Deineha (E-50)" in more.flat
    assert "Vladimir Putin (E-28) against" in more.flat


async def test_a_dispute_that_the_window_tells_is_not_told_twice_on_one_screen(
    keeper: Keeper,
) -> None:
    first = await keeper.claim("It is held.")
    second = await keeper.claim("It is lost.", actor_id=2)
    await keeper.link(second, first)
    answer = await keeper.digest()
    assert answer.after("Open disputes: 3") == "• Deep State (E-9) against Vitalii Deineha (E-50)"
    await keeper.check(first, VerdictValue.REFUTED)
    assert "Open disputes: 2" in (await keeper.digest()).text


async def test_assessors_who_differ_are_in_dispute_until_one_is_stale(keeper: Keeper) -> None:
    place = (FiledPlace(MYRNOHRAD),)
    await keeper.judge("ukrainian_held", places=place, actor_id=2)
    await keeper.judge("russian_held", places=place)
    whole = await keeper.desk("/digest more:yes")
    assert "Open disputes: 3" in whole.text
    keeper.desk.now += timedelta(days=9)
    await keeper.judge("russian_held", places=place)
    assert "Open disputes: 2" in (await keeper.desk("/digest more:yes")).text


async def test_a_map_goes_with_a_status_that_changed_and_with_nothing_else(keeper: Keeper) -> None:
    await keeper.file("Something else.")
    assert (await keeper.digest()).answer.reply.illustration is None
    await keeper.judge("russian_held", actor_id=2)
    reply = (await keeper.digest()).answer.reply
    assert reply.illustration is not None
    assert reply.illustration.name == "map-P-704422-20251108.png"
    assert reply.posted is not None
    assert write_line(reply.posted.command, reply.posted.given) == "/digest day:2025-11-08"
    whole = await keeper.desk("/digest more:yes")
    assert whole.answer.reply.illustration is None


async def test_an_assessment_is_overdue_on_the_day_on_which_it_grows_stale(keeper: Keeper) -> None:
    for day, overdue in ((14, False), (15, True), (16, False)):
        keeper.desk.now = datetime(2025, 11, day, 10, tzinfo=UTC)
        answer = await keeper.digest()
        assert bool(heads(answer)) is overdue, day
        if overdue:
            assert answer.first == "Nothing new, but some assessments are overdue"
            assert "7 Nov 2025 · 8 days old · E-9" in answer.text


async def test_an_assessment_that_was_followed_is_not_overdue(keeper: Keeper) -> None:
    entry = await keeper.desk.store.entries.get(DEEP_STATE)
    assert entry is not None
    assert entry.by is not None
    await keeper.judge("contested", actor_id=entry.by.id)
    keeper.desk.now = datetime(2025, 11, 15, 10, tzinfo=UTC)
    assert heads(await keeper.digest()) == []


async def test_counts_stand_beside_those_of_the_day_before(keeper: Keeper) -> None:
    for text in ("One.", "Two."):
        await keeper.file(text)
    keeper.desk.now = SECOND
    await keeper.claim()
    assert (await keeper.digest()).lines[1] == "recorded 9 Nov 2025 · 1 claim"
    answer = await keeper.digest("more:yes")
    assert "Recorded     1 claim" in answer.text
    assert "Before that  2 events" in answer.text


async def test_its_foot_says_how_far_it_goes_how_old_all_is_and_what_the_chain_says(
    keeper: Keeper,
) -> None:
    before, _ = await keeper.desk.store.history.head()
    await keeper.file()
    _, digest = await keeper.desk.store.history.head()
    keeper.desk.now = FIRST
    assert "latest entry 8 Nov 2025, today · not live" in (await keeper.digest()).lines
    foot = next(line for line in (await keeper.digest("more:yes")).lines if "not live" in line)
    assert foot == (
        f"revisions {before + 1} to {before + 1} · latest entry 8 Nov 2025, today"
        f" · chain {digest[:12]} · not live"
    )


async def test_a_day_without_changes_has_one_line(keeper: Keeper) -> None:
    answer = await keeper.digest()
    assert answer.lines[:2] == [
        "Nothing new · recorded 8 Nov 2025 · latest entry 7 Nov 2025, 1 day old",
        "",
    ]
    assert answer.offered == ["/digest day:2025-11-07"]


async def test_a_past_day_and_a_month_can_be_asked_for_and_a_day_to_come_cannot(
    keeper: Keeper,
) -> None:
    await keeper.file("On the first day.")
    keeper.desk.now = THIRD
    await keeper.file("On the third day.")
    answer = await keeper.digest("2025-11-08")
    assert "On the first day." in answer.text
    assert "On the third day." not in answer.text
    assert answer.offered == ["/digest day:2025-11-07", "/digest day:2025-11-09"]
    assert "On the third day." in (await keeper.digest("2025-11-08/2025-11-10")).text
    refused = await keeper.desk("/digest 2026-01-01")
    assert refused.refused
    refused = await keeper.desk("/digest 2024")
    assert refused.refused
    assert "at most a month" in refused.text


async def test_what_is_not_shown_is_counted_and_can_be_asked_for_to_the_last(
    keeper: Keeper,
) -> None:
    for number in range(45):
        await keeper.file(f"Event {number:03}.")
    answer = await keeper.digest()
    assert "New events: 45" in answer.lines
    assert answer.offered[0] == "/digest day:2025-11-08 more:yes"
    answer = await keeper.desk(answer.offered[0])
    assert "and 37 more" in answer.lines
    line = "/digest day:2025-11-08 only:events"
    assert line in answer.offered
    seen: set[str] = set()
    while line:
        answer = await keeper.desk(line)
        assert answer.first == "New events: 45 · recorded 8 Nov 2025"
        seen |= set(re.findall(r"Event \d+", answer.text))
        line = next((offer for offer in answer.offered if "skip:" in offer), "")
    assert len(seen) == 45


async def test_an_import_of_thousands_of_rows_stays_a_short_summary(keeper: Keeper) -> None:
    await _import_rows(keeper, 3_000)
    await keeper.claim("The one claim.")
    answer = await keeper.digest()
    assert len(answer.lines) < 30
    assert "New events: 3,000" in answer.lines
    assert "3,000 events · 1 claim" in answer.text
    assert "The one claim." in answer.first


async def test_more_revisions_than_are_read_are_said_to_be_left_out(keeper: Keeper) -> None:
    await keeper.file("Too long ago.")
    act = keeper.act("note")

    def work(db: Any) -> None:
        at = head(db)
        for number in range(MOST_REVISIONS):
            deed = Act(f"note:{number}", "note", BY, act.at, "")
            at = append(db, deed, Change("desk", None, {}), at)

    await keeper.desk.store._db.write(work)
    answer = await keeper.digest()
    assert "1 earlier revisions are too many to list" in answer.flat
    assert "Too long ago." not in answer.text


async def _import_rows(keeper: Keeper, count: int) -> None:
    """Put many rows on record in one transaction, each with its revision."""
    act = keeper.act("import")

    def work(db: Any) -> None:
        at = head(db)
        for number in range(count):
            row = an_entry(text=f"Row {number}.", day=Span.on(act.at.date()))
            deed = Act(f"import:{number}", "import", BY, act.at, "An import.")
            at = append(db, deed, filing.file(db, row, act.at), at)

    await keeper.desk.store._db.write(work)


HOSTILE = (
    "**bold** <@1> @everyone \u202egnp.exe\u202c \x1b[31mred {who} {n} `x` [a](http://b.example)"
)


async def test_hostile_words_stay_words_in_every_section(keeper: Keeper) -> None:
    number = await keeper.file(HOSTILE)
    claim = await keeper.claim(HOSTILE)
    await keeper.link(claim, number)
    digests = [await keeper.digest()]
    keeper.desk.now = SECOND
    await keeper.correct(number, HOSTILE, HOSTILE)
    await keeper.check(claim, VerdictValue.REFUTED, HOSTILE)
    digests.append(await keeper.digest())
    for digest in digests:
        assert "\x1b" not in digest.text
        assert "\u202e" not in digest.text
        assert "{who} {n}" in digest.text


async def test_every_act_on_one_entry_is_told_once_in_its_section(keeper: Keeper) -> None:
    """A check and a correction of one entry are two things; neither hides the other's reason."""
    number = await keeper.claim("A claim.")
    keeper.desk.now = SECOND
    await keeper.correct(
        number, "Mended.", "The wrong day.", kind=Kind.CLAIM, type="other", actor_id=1
    )
    await keeper.check(number, VerdictValue.UNPROVEN, "Nobody saw it.")
    answer = await keeper.digest()
    assert "corrected: The wrong day." in answer.after("Corrections to earlier summaries")
    assert "unproven · Nobody saw it." in answer.after("Verdicts")


async def test_a_reader_may_ask_for_a_part_by_name(keeper: Keeper) -> None:
    await keeper.file("An event.")
    await keeper.claim("A claim.")
    answer = await keeper.digest("only:claims")
    assert "A claim." in answer.text
    assert "An event." not in answer.text
    assert (await keeper.digest("only:verdicts")).lines == ["Verdicts: 0 · recorded 8 Nov 2025"]


@pytest.mark.parametrize("of", ["T-1-20251108", "T-1-20251399", "W-1-1-2", "W-x", "T--", "x" * 300])
async def test_a_key_that_leads_nowhere_is_refused_in_a_sentence(desk: Talk, of: str) -> None:
    answer = await desk(f"/digest of:{of}")
    assert answer.refused
    assert answer.first.startswith(("There is no such", "That place is no longer"))
