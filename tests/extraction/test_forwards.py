"""A post that was passed on: from whom, and of which day it is."""

import pytest

from tests.extraction.conftest import ReadText

POST = "Ворог окупував Гродівку."


@pytest.mark.parametrize(
    ("head", "by"),
    [
        ("[Переслано от ISW, 15.11.2025 10:22]", "ISW"),
        ("[Forwarded from DeepState] [15.11.2025 10:22]", "DeepState"),
        ("[Forwarded from DeepState, 15 Nov]", "DeepState"),
        ("Forwarded from: DeepState (15 November 2025)", "DeepState"),
        ("> [Переслано від DeepState, 15 листопада о 10:22]", "DeepState"),
    ],
)
def test_a_day_in_the_head_of_a_forward_is_that_of_the_post(
    read: ReadText, head: str, by: str
) -> None:
    """It was lost: the day of publication stood there, and once by “DeepState] [”."""
    (draft,) = read(f"{head}\n{POST}")
    assert (draft.by, draft.kind, draft.day) == (by, "assessment", "2025-11-15")


def test_a_day_in_the_head_of_a_forward_that_cannot_be_read_stays_blank(read: ReadText) -> None:
    (draft,) = read(f"[Forwarded from DeepState, 15/11/2025 10:22]\n{POST}")
    assert (draft.by, draft.day) == ("DeepState", None)


def test_a_day_with_an_hour_beside_a_name_is_read(read: ReadText) -> None:
    """The name was lost with it."""
    (draft,) = read(f"DeepState, 15.11.2025 10:22\n{POST}")
    assert (draft.by, draft.day) == ("DeepState", "2025-11-15")


@pytest.mark.parametrize("head", ["[Переслано от DeepStateUA]", "Forwarded from: DeepStateUA"])
def test_an_account_without_its_sign_was_nobody_known(read: ReadText, head: str) -> None:
    (draft,) = read(f"{head}\n{POST}")
    assert (draft.by, draft.by_ref, draft.kind) == ("DeepStateUA", "A-3", "assessment")


@pytest.mark.parametrize(
    "text", [f"> [Переслано от Путин]\n{POST}", f"> [15.11.2025 10:22]\n{POST}"]
)
def test_a_sign_of_quoting_before_a_bracket_spoke(read: ReadText, text: str) -> None:
    """It was said by “>”."""
    (draft,) = read(text)
    assert draft.by == ("Путин" if "Путин" in text else None)


def test_the_day_of_one_forward_is_not_that_of_the_next(read: ReadText) -> None:
    text = f"[Forwarded from DeepState, 14 Nov]\n{POST}\n\n[Forwarded from ISW]\n{POST}"
    assert [draft.day for draft in read(text)] == ["2025-11-14", "2025-11-18"]


def test_a_channel_in_quotation_marks_is_that_of_the_forward(read: ReadText) -> None:
    (draft,) = read(f"Переслано з «Sternenko»\n{POST}")
    assert draft.by == "Sternenko"
