"""What an office that judges the war says of who holds a place is its assessment."""

import pytest

from tests.extraction.conftest import ReadText

TAKEN = "Russian forces captured Hrodivka"


@pytest.mark.parametrize(
    "text",
    [
        f"According to ISW, {TAKEN}.",
        f"According to the Institute for the Study of War, {TAKEN}.",
        f"ISW said that {TAKEN}.",
        f"ISW: {TAKEN}.",
        f"The Ukrainian monitoring project DeepState reported that {TAKEN}.",
        "За даними DeepState, росіяни захопили Гродівку.",
        "По данным ISW, российские войска захватили Гродовку.",
    ],
)
def test_what_a_judge_says_was_an_assessment_with_some_verbs_and_a_claim_with_others(
    read: ReadText, text: str
) -> None:
    """“ISW assesses” was an assessment, “according to ISW” a claim, of the same words."""
    (draft,) = read(text)
    assert (draft.kind, draft.control) == ("assessment", "russian_held")


@pytest.mark.parametrize(
    "text",
    [
        f"DeepState co-founder Roman Pohorilyi said that {TAKEN}.",
        f"Roman Pohorilyi, co-founder of DeepState, said that {TAKEN}.",
        "OSINT-аналітик Іван Вигаданко каже, що росіяни захопили Гродівку.",
        f"Analysts say that {TAKEN}.",
        f"The General Staff of Ukraine said that {TAKEN}.",
        "Генштаб: росіяни захопили Гродівку.",
    ],
)
def test_who_works_for_a_judge_and_who_wages_the_war_claims(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert (draft.kind, draft.control) == ("claim", "russian_held")


def test_what_is_likely_according_to_a_judge_is_its_assessment(read: ReadText) -> None:
    """The “to” of “according to” was read as what might come."""
    (draft,) = read(f"According to ISW, {TAKEN.replace('forces', 'forces likely')}.")
    assert (draft.kind, draft.control) == ("assessment", "russian_held")


def test_a_ring_according_to_somebody_was_only_a_threat(read: ReadText) -> None:
    (draft,) = read("According to Rybar, Pokrovsk is encircled.")
    assert (draft.by, draft.encirclement) == ("Rybar", "claimed")
