"""`/disputes`: where sources disagree by now, asked as a command and in plain words."""

import pytest

from commands.kit.invocation import Role
from tests.fakes import Talk


async def test_it_shows_who_is_against_whom_with_the_words_of_each_side(ask: Talk) -> None:
    answer = await ask("/disputes")

    assert answer.first == "2 open disputes"
    assert "Deep State (E-9) against Vitalii Deineha (E-50) · open by 7 Nov 2025" in answer.lines
    assert "Ukraine has “practically lost” Pokrovsk" in answer.flat
    assert "E-28 · contradicted by E-14, E-29" in answer.flat


@pytest.mark.parametrize(
    "line",
    [
        "/disputes Pokrovsk",
        "where do sources disagree about Pokrovsk?",
        "who contradicts whom over Pokrovsk",
        "conflicting reports about Pokrovsk",
        "Pokrovsk disputes",
        "де розходяться джерела щодо Покровська?",
        "хто кому суперечить щодо Покровська",
        "спірні заяви про Покровськ",
        "в чём расходятся источники о Покровске?",
        "спорные заявления о Покровске",
    ],
)
async def test_asked_about_a_place_in_whatever_words_it_is_about_that_place(
    ask: Talk, line: str
) -> None:
    answer = await ask(line)

    assert answer.first == "2 open disputes · about Pokrovsk"


async def test_a_claim_about_two_towns_is_in_dispute_only_where_another_contradicts_it(
    ask: Talk,
) -> None:
    answer = await ask("/disputes Kupiansk")

    assert answer.first == "No open disputes · about Kupiansk"
    assert answer.offered == ["/disputes", "/claims place:P-703656"]


async def test_the_days_asked_for_are_those_of_the_last_word(ask: Talk) -> None:
    assert (await ask("/disputes since:2025-11-07")).first.startswith("2 open disputes")

    early = await ask("/disputes until:2025-11-01")
    assert early.first == "No open disputes · until 1 Nov 2025"
    assert early.offered == ["/disputes"]

    answer = await ask("/disputes since:2025-11-07 until:2025-11-01")
    assert "until: 1 Nov 2025 is before since: 7 Nov 2025" in answer.flat


async def test_a_check_that_refutes_one_side_closes_the_dispute(desk: Talk) -> None:
    await desk("/verdict E-28 refuted No other source says so.", Role.MODERATOR)

    answer = await desk("/disputes Pokrovsk")

    assert answer.first == "1 open dispute · about Pokrovsk"
    assert "E-28" not in answer.flat


async def test_more_than_a_screen_of_them_goes_on_with_more(desk: Talk) -> None:
    await desk("/link E-62 contradicts E-35", Role.MODERATOR)
    first = await desk("/disputes")
    assert first.first == "3 open disputes"
    assert first.offered == ["/disputes skip:2"]

    second = await desk("/disputes skip:2")

    headings = [line for line in (*first.lines, *second.lines) if " against " in line]
    assert len(set(headings)) == len(headings) == 3
    assert not second.offered


async def test_who_reads_it_as_data_gets_every_side_with_its_reference(ask: Talk) -> None:
    answer = await ask("/disputes Pokrovsk", whole=True)

    assert {entry.value for entry in answer.reply.entries} == {
        "E-9",
        "E-50",
        "E-28",
        "E-14",
        "E-29",
    }
