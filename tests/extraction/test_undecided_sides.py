"""A taking of which no side is told gives no status, and is of its day or before."""

import pytest

from tests.extraction.conftest import ReadText


@pytest.mark.parametrize(
    "text",
    [
        "До 5 листопада захопили Новоекономічне.",
        "By 5 November they captured Novoekonomichne.",
        "By 5 November Novoekonomichne was captured.",
        "К 5 ноября захватили Новоэкономичное.",
        "К вечеру 5 ноября захватили Новоэкономичное.",
    ],
)
def test_a_taking_by_nobody_named_gives_no_status_and_is_of_that_day_or_before(
    read: ReadText, text: str
) -> None:
    """“К 5 ноября” was that very day, and behind a month “Novoekonomichne” was no place."""
    (draft,) = read(text)
    assert [place.name for place in draft.places] == ["Novoekonomichne"]
    assert (draft.control, draft.happened) == (None, "../2025-11-05")


@pytest.mark.parametrize("day", ["On 5 November", "In November", "On Monday", "On 5 May"])
def test_a_town_right_behind_a_month_or_a_weekday_was_no_place(read: ReadText, day: str) -> None:
    (draft,) = read(f"{day} Pokrovsk was shelled.")
    assert [place.ref for place in draft.places] == ["P-704422"]


def test_a_town_right_behind_a_first_name_is_a_surname(read: ReadText) -> None:
    (draft,) = read("Three people were killed yesterday, said a nurse, May Pokrovsk.")
    assert not draft.places
