"""What /status shows, in which order, and for whatever name one types."""

import sqlite3
from datetime import UTC, date, datetime
from functools import partial

import pytest

from commands.kit.invocation import Role
from store import Store
from store.model.entry import Kind, Share, VerdictValue
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.revision import Act, Change, Person
from store.model.span import Basis, Span
from store.record import entry_rows as filing
from tests.fakes import NOON, Talk

POKROVSK = 704422


async def test_the_first_line_says_who_holds_it_who_says_so_and_who_disputes_it(ask: Talk) -> None:
    answer = await ask("/status Pokrovsk")
    assert answer.flat.startswith(
        "Pokrovsk: ◆ Contested (gray zone) · Deep State, 7 Nov 2025 · one assessor"
        " · Others say otherwise: Vitalii Deineha (E-50)"
    )


@pytest.mark.parametrize("line", ["/status Pokrovsk at:2025", "/map Pokrovsk at:2025-11"])
async def test_a_year_or_a_month_that_is_not_over_once_made_all_stale(ask: Talk, line: str) -> None:
    """Its age was counted from the last day of it, which is still to come."""
    answer = await ask(line)
    assert "Deep State, 7 Nov 2025 · one assessor" in answer.flat
    assert "STALE" not in answer.text
    assert "31 Dec" not in answer.text
    assert "30 Nov" not in answer.text


async def test_the_screen_has_encirclement_in_one_line_and_the_latest_three(ask: Talk) -> None:
    answer = await ask("/status Pokrovsk")
    assert (
        "Encirclement: claimed by Vladimir Putin (E-28), 29 Oct 2025;"
        " denied by Roman Pohorilyi (E-14) and 1 more"
    ) in answer.flat
    assert answer.after("Latest").count("•") == 3
    assert "contradicts E-28" in answer.after("Latest")
    assert answer.offered == [
        "/claims place:P-704422",
        "/events place:P-704422",
        "/watch add place:P-704422",
        "/status place:P-704422 more:yes",
    ]


async def test_what_is_on_the_screen_can_be_opened_first(ask: Talk) -> None:
    """Of 28 references none could be opened."""
    reply = (await ask("/status Pokrovsk")).answer.reply
    refs = [choice.value for choice in reply.entries]
    assert refs[:4] == ["E-9", "E-29", "E-2", "E-58"]
    assert len(refs) == len(set(refs)) <= 25
    opened = await ask(f"/entry {refs[0]}")
    assert opened.first.startswith("E-9, assessment")


async def test_a_threat_is_said_where_nobody_claims_more(ask: Talk) -> None:
    answer = await ask("/status Myrnohrad")
    assert "Encirclement: threatened, says Article's narrator" in answer.flat


async def test_the_latest_are_claims_of_any_type(desk: Talk) -> None:
    """A claim without a status was counted and never shown."""
    act = Act("k", "file", Person("console", "1", "Reader One"), NOON, "To test.")
    claim = Filing(
        Kind.CLAIM,
        "other",
        "The bridge is down.",
        Span.on(date(2025, 11, 7)),
        (FiledSource(1),),
        (FiledPlace(POKROVSK),),
        actor_id=4,
    )
    await desk.store.history.write(act, partial(filing.file, filing=claim, at=NOON))
    assert "The bridge is down." in (await desk("/status Pokrovsk")).after("Latest")


async def test_what_is_undated_is_called_so_and_counts_in_no_week(ask: Talk) -> None:
    answer = await ask("/status Bakhmut more:yes")
    assert "undated, published 7 Nov 2025 · E-32" in answer.after("Events")
    assert "Last 7 days   nothing" in answer.lines


async def test_the_sections_stand_in_the_order_of_the_domain(ask: Talk) -> None:
    answer = await ask("/status Pokrovsk more:yes")
    heads = ["Assessed", "Claimed about control", "Encirclement", "Events"]
    heads.append("Nearby, not counted above")
    assert [line for line in answer.lines if line in heads] == heads


async def test_an_assessment_has_its_share_day_age_code_reference_and_own_label(ask: Talk) -> None:
    assert (await ask("/status Pokrovsk more:yes")).after("Assessed") == (
        "• Deep State: ◆ Contested (gray zone), most of it as of 7 Nov 2025 · today"
        " · in their words “contested” · E-9 in tension with E-50 (Vitalii Deineha)"
    )


async def test_practically_lost_is_a_claim_and_no_assessment(ask: Talk) -> None:
    answer = await ask("/status Pokrovsk more:yes")
    assert "“practically lost”" in answer.after("Claimed about control")
    assert "practically lost" not in answer.after("Assessed")


async def test_the_encirclement_claim_names_who_contradicts_it(ask: Talk) -> None:
    part = (await ask("/status Pokrovsk more:yes")).after("Encirclement")
    claim = part[part.index("Vladimir Putin claimed") :]
    assert "29 Oct 2025 · Vladimir Putin · encirclement claimed · E-28" in claim
    assert "contradicted by E-14 (Roman Pohorilyi)" in claim


async def test_the_footage_is_an_event_and_the_landing_only_nearby(ask: Talk) -> None:
    answer = await ask("/status Pokrovsk more:yes")
    assert "6 Nov 2025 · E-58" in answer.after("Events")
    assert "Black Hawk" not in answer.after("Events")
    assert "31 Oct 2025 · E-54" in answer.after("Nearby, not counted above")


async def test_the_footer_says_the_age_of_the_data_for_the_readers_now(ask: Talk) -> None:
    assert (
        "Latest entry: 7 Nov 2025 (today) · 42 on record · not live"
        in (await ask("/status Pokrovsk")).text
    )
    ask.now = datetime(2026, 11, 22, tzinfo=UTC)
    answer = await ask("/status Pokrovsk")
    assert "STALE, 380 days old" in answer.flat
    assert "Latest entry: 7 Nov 2025 (380 days old)" in answer.flat


@pytest.mark.parametrize(
    "name", ["Покровськ", "Покровск", "pokrvsk", '"pokrovsk"', "“pokrovsk”", "POKROVSK", "P-704422"]
)
async def test_any_name_of_it_reaches_pokrovsk(ask: Talk, name: str) -> None:
    assert (await ask(f"/status {name}")).first.startswith("Pokrovsk: ◆ Contested")


async def test_a_former_name_and_a_near_miss_are_said_aloud(ask: Talk) -> None:
    former = await ask("/status Krasnoarmiisk")
    assert "Krasnoarmiisk is a former name of Pokrovsk." in former.text
    assert "Read as Pokrovsk" in (await ask("/status pokrvsk")).text


async def test_a_dominant_town_answers_and_offers_its_namesakes(ask: Talk) -> None:
    answer = await ask("/status Dobropillia")
    assert answer.first.startswith("Dobropillia: NO ASSESSMENT ON RECORD")
    assert "/status place:P-709901" in answer.offered
    assert (
        "Not this one? Dobropillia, Pokrovsk Raion, Donetsk Oblast, 18 km from Pokrovsk"
        in answer.flat
    )


async def test_near_equals_are_asked_about_with_oblast_and_distance(ask: Talk) -> None:
    answer = await ask("/status Shevchenko")
    assert answer.refused
    assert "Which Shevchenko?" in answer.first
    assert "Donetsk Oblast, 7 km from Pokrovsk" in answer.flat
    assert (await ask(answer.offered[2])).refused is False


async def test_kupiansk_has_no_assessment_and_one_claim(ask: Talk) -> None:
    answer = await ask("/status Kupiansk more:yes")
    assert answer.first == "Kupiansk: NO ASSESSMENT ON RECORD · 1 claim"
    assert "E-28" in answer.after("Encirclement")
    assert "Last 7 days   nothing" in answer.lines
    assert "Last 30 days  1 claim" in answer.lines


async def test_myrnohrad_shows_its_corridor_and_the_claim_about_holding_it(ask: Talk) -> None:
    answer = await ask("/status Myrnohrad more:yes")
    assert "narrow corridor" in answer.after("Encirclement")
    assert "holding Myrnohrad “may soon be pointless”" in answer.after("Claimed about control")


async def test_at_a_day_nothing_said_later_shows_nor_what_links_to_it(ask: Talk) -> None:
    answer = await ask("/status Pokrovsk at:2025-10-30 more:yes")
    assert "NO ASSESSMENT ON RECORD" in answer.first
    assert "E-28" in answer.after("Encirclement")
    assert "contradicted" not in answer.text
    assert "Nov 2025" not in answer.text


def assessment(by: int, control: str, day: date) -> Filing:
    return Filing(
        Kind.ASSESSMENT,
        "control",
        "A judgement of a test.",
        Span.on(day, Basis.AS_OF),
        (FiledSource(1),),
        (FiledPlace(POKROVSK),),
        actor_id=by,
        control=control,
        share=Share.ALL,
    )


async def put(store: Store, key: str, entry: Filing) -> None:
    act = Act(key, "file", Person("console", "1", "Reader One"), NOON, "To test.")
    await store.history.write(act, partial(filing.file, filing=entry, at=NOON))


async def test_two_fresh_assessors_of_one_status_agree(desk: Talk) -> None:
    await put(desk.store, "k1", assessment(8, "contested", date(2025, 11, 6)))
    answer = (await desk("/status Pokrovsk")).flat
    assert "2 ASSESSORS AGREE · Others say otherwise: Vitalii Deineha" in answer


async def test_assessors_that_differ_are_a_dispute_and_never_an_average(desk: Talk) -> None:
    await put(desk.store, "k1", assessment(8, "russian_held", date(2025, 11, 6)))
    answer = await desk("/status Pokrovsk more:yes")
    assert (
        "DISPUTED by Battalion commander (E-65) · Others say otherwise: Vitalii Deineha"
        in answer.flat
    )
    assert "AGREE" not in answer.text
    assert "▼ Russian-held, all of it" in answer.after("Assessed")


async def test_a_stale_assessment_neither_agrees_nor_differs(desk: Talk) -> None:
    await put(desk.store, "k1", assessment(8, "russian_held", date(2025, 9, 1)))
    answer = await desk("/status Pokrovsk more:yes")
    assert "one assessor" in answer.flat
    assert "STALE, 67 days old" in answer.after("Assessed")


async def test_a_section_that_is_cut_says_how_many_more_there_are_and_where(ask: Talk) -> None:
    """Six of ten claims about control were shown as if they were all."""
    answer = await ask("/status Pokrovsk more:yes")
    assert answer.after("Claimed about control").endswith("· E-12 • and 4 more: All claims")
    assert "→ All claims  /claims place:P-704422" in answer.lines
    for whole in ("Assessed", "Encirclement", "Events", "Nearby, not counted above"):
        assert "• and " not in answer.after(whole)


async def test_of_very_many_it_says_that_there_are_more_than_it_counted(desk: Talk) -> None:
    act = Act("many", "file", Person("console", "1", "Reader One"), NOON, "To test.")
    event = Filing(
        Kind.EVENT,
        "fighting",
        "It goes on.",
        Span.on(date(2025, 11, 1)),
        (FiledSource(1),),
        (FiledPlace(POKROVSK),),
    )

    def file_many(db: sqlite3.Connection) -> Change:
        return [filing.file(db, event, NOON) for _ in range(21)][-1]

    await desk.store.history.write(act, file_many)
    assert (
        (await desk("/status Pokrovsk more:yes"))
        .after("Events")
        .endswith("• and 20+ more: Timeline")
    )


async def test_the_freshest_of_many_assessors_leads_whoever_it_is(desk: Talk) -> None:
    """Of more than eight, those who came on record first were shown, and the freshest was not."""
    for by in (1, 2, 4, 5, 6, 7, 8):
        await put(desk.store, f"k{by}", assessment(by, "contested", date(2025, 10, by)))
    await put(desk.store, "last", assessment(9, "russian_held", date(2025, 11, 7)))
    answer = await desk("/status Pokrovsk more:yes")
    assert answer.first.startswith("Pokrovsk: ▼ Russian-held · ")
    part = answer.after("Assessed")
    assert part.count("as of") == 8
    assert " 1 Oct 2025" not in part
    assert part.endswith("• and 1 older one")


async def test_only_a_moderator_sees_what_stood_on_record_before_a_correction(desk: Talk) -> None:
    before = "recorded:2025-11-08"
    entry = assessment(3, "ukrainian_held", date(2025, 11, 7))
    later = datetime(2025, 11, 10, tzinfo=UTC)
    act = Act("c", "correct", Person("console", "2", "Moderator One"), later, "It was wrong.")
    change = partial(filing.correct, entry_id=9, filing=entry, at=later)
    await desk.store.history.write(act, change)
    desk.now = datetime(2025, 11, 11, tzinfo=UTC)
    assert (await desk(f"/status Pokrovsk {before}")).refused
    now = await desk("/status Pokrovsk", Role.MODERATOR)
    assert "▲ Ukrainian-held" in now.first
    then = await desk(f"/status Pokrovsk {before}", Role.MODERATOR)
    assert "◆ Contested" in then.first
    assert "What was on record" in then.text


@pytest.mark.parametrize("when", ["tomorrow", "9999-12-31", "2025-11-07T99:00"])
async def test_what_is_wrong_with_recorded_was_said_of_at(desk: Talk, when: str) -> None:
    answer = await desk(f"/status Pokrovsk recorded:{when}", Role.MODERATOR)
    assert answer.first.startswith("recorded: ")


async def test_a_dispute_says_who_is_against_whom_until_a_check_settles_it(desk: Talk) -> None:
    disputes = (await desk("/status Pokrovsk more:yes")).after("Disputes")
    assert "Vladimir Putin (E-28) against Roman Pohorilyi (E-14), Article's narrator" in disputes
    assert "last word: Article's narrator (E-29), 7 Nov 2025" in disputes
    act = Act("v", "verdict", Person("console", "2", "Moderator One"), NOON, "It was not so.")
    await desk.store.moderation.check(act, 28, VerdictValue.REFUTED, 1)
    assert "E-28" not in (await desk("/status Pokrovsk more:yes")).after("Disputes")


async def test_assessors_who_differ_are_in_dispute_since_the_later_of_them(desk: Talk) -> None:
    await put(desk.store, "other", assessment(4, "russian_held", date(2025, 11, 5)))
    disputes = (await desk("/status Pokrovsk more:yes")).after("Disputes")
    assert "(E-65) against Deep State (E-9), Vitalii Deineha (E-50)" in disputes
    assert "open since 7 Nov 2025" in disputes
