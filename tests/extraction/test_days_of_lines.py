"""A day at the head of a line is that of the line alone."""

import pytest

from tests.extraction.conftest import ReadText

POST = "Russian forces seized Rodynske."


@pytest.mark.parametrize("sign", [".", ":", " –"])
@pytest.mark.parametrize("day", ["15 November", "15 листопада 2025 р", "November 15", "15.11.2025"])
def test_what_happened_after_the_day_of_the_heading_is_not_as_of_that_day(
    read: ReadText, day: str, sign: str
) -> None:
    """Russia held on 10 November what it seized on the 15th."""
    (draft,) = read(f"Source: DeepState, 10 November 2025\n\n{day}{sign} {POST}")
    assert (draft.by, draft.day, draft.happened) == ("DeepState", "2025-11-15", "2025-11-15")


def test_what_happened_before_the_day_of_the_heading_is_as_of_that_day(read: ReadText) -> None:
    """The day before a full stop was passed over."""
    (draft,) = read(f"DeepState, 17 November 2025\n\n15 November. {POST}")
    assert (draft.day, draft.happened) == ("2025-11-17", "2025-11-15")


def test_the_day_of_a_line_is_not_that_of_the_next(read: ReadText) -> None:
    text = f"DeepState, 10 November 2025\n\n15 November. {POST}\n{POST}"
    assert [draft.day for draft in read(text)] == ["2025-11-15", "2025-11-10"]


@pytest.mark.parametrize(
    "text",
    ["15 November, near Rodynske. Russian forces seized Hryshyne.", f"15 soldiers. {POST}"],
)
def test_a_short_sentence_is_no_day_of_its_line(read: ReadText, text: str) -> None:
    *_, draft = read(f"DeepState, 10 November 2025\n\n{text}")
    assert (draft.day, draft.happened) == ("2025-11-10", None)


@pytest.mark.parametrize(
    ("text", "day", "happened"),
    [
        (
            "Ворог зайшов у Родинське, повідомив речник Сил оборони Півдня Ігор Ткач 11 листопада.",
            "2025-11-11",
            None,
        ),
        ("Ігор Ткач у Facebook 13 листопада: «Покровськ не оточений».", "2025-11-13", None),
        (
            "On 12 November, Russia claimed that it took Hryshyne; on 14 November it claimed more.",
            "2025-11-12",
            None,
        ),
        (
            "ISW assessed on 15 November that Russia held Hryshyne as of 14 November.",
            "2025-11-14",
            None,
        ),
    ],
)
def test_a_day_beside_the_name_or_of_a_judgement_itself_is_that_of_the_saying(
    read: ReadText, text: str, day: str, happened: str | None
) -> None:
    """It was the day of what happened, and a judgement was of the day of the text."""
    (draft,) = read(text)
    assert (draft.day, draft.happened) == (day, happened)


@pytest.mark.parametrize(
    ("stamp", "by"),
    [
        ("[17.11.2025, 08:14] Rybar", "Rybar"),
        ("[17.11.25, 08:14] Rybar", "Rybar"),
        ("[17.11.2025 08:14] DeepState", "DeepState"),
        ("17.11.2025 DeepState", "DeepState"),
    ],
)
def test_a_line_copied_from_a_chat_is_of_its_day_and_of_its_writer(
    read: ReadText, stamp: str, by: str
) -> None:
    """It was by nobody, of the day of publication."""
    (draft,) = read(f"{stamp}: {POST}")
    assert (draft.by, draft.day) == (by, "2025-11-17")


def test_yesterday_is_counted_from_the_day_of_its_own_line(read: ReadText) -> None:
    """It was the day before the text was read."""
    (draft,) = read("[17.11.25, 23:58] Sanya: yesterday they took Rodynske, the Russians")
    assert draft.happened == "2025-11-16"
