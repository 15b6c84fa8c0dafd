"""A name that nobody knows at the head of a block: whose the block is stays open."""

import pytest

from tests.extraction.conftest import ReadText

FIRST, SECOND = "Russian forces seized Rodynske.", "Russian forces seized Hryshyne."
HEAD = "DeepState, 15 November 2025"


@pytest.mark.parametrize(
    ("text", "asked", "day"),
    [
        (f"{HEAD}\n{FIRST}\nRybar, 16 November 2025\n{SECOND}", "Rybar", "../2025-11-16"),
        (f"{HEAD}\n{FIRST}\n\nRybar, 16 November 2025\n{SECOND}", "Rybar", "../2025-11-16"),
        (f"{HEAD}\n\n{FIRST}\n\nRybar (16 Nov)\n\n{SECOND}", "Rybar", "../2025-11-16"),
        (f"{HEAD}\n{FIRST}\nСирський, 16 листопада\n{SECOND}", "Сирський", "../2025-11-16"),
        (f"{HEAD}\n{FIRST}\nДва майора, 16 ноября:\n{SECOND}", "Два майора", "../2025-11-16"),
        (f"{HEAD}:\n{FIRST}\nRybar:\n{SECOND}", "Rybar", "../2025-11-18"),
        (f"{HEAD}\n\n{FIRST}\n\nRybar:\n{SECOND}", "Rybar", "../2025-11-18"),
    ],
)
def test_a_block_that_a_stranger_heads_is_not_of_the_office_above(
    read: ReadText, text: str, asked: str, day: str
) -> None:
    """It became an assessment by the office above, of the stranger's day."""
    above, below = read(text)
    assert (above.by, above.kind, above.day) == ("DeepState", "assessment", "2025-11-15")
    assert (below.by, below.kind, below.day) == (None, "claim", day)
    assert below.attribution == "named"  # and so the draft asks by whom
    assert below.problems == (f"Who says it? “{asked}” is nobody known here.",)


def test_what_an_office_below_a_title_says_ends_where_a_stranger_begins(read: ReadText) -> None:
    text = f"A Daily Assessment\nISW\n\n{FIRST}\n\nRybar, 16 November:\n{SECOND}"
    assert [draft.by for draft in read(text)] == ["ISW", None]


@pytest.mark.parametrize(
    "title",
    ["Pokrovsk direction:", "Losses:", "Evening update, 16 November", "Key Takeaways:", "Enemy:"],
)
def test_a_title_inside_a_report_leaves_it_with_its_office(read: ReadText, title: str) -> None:
    drafts = read(f"{HEAD}\n\n{FIRST}\n\n{title}\n\n{SECOND}")
    assert [draft.by for draft in drafts] == ["DeepState", "DeepState"]


def test_a_title_above_a_text_of_nobody_asks_for_nobody(read: ReadText) -> None:
    (draft,) = read(f"Situation:\n{FIRST}")
    assert (draft.by, draft.problems) == (None, ())
