"""A heading that cannot be read whole leaves open what it does not tell, and no more."""

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
        (f"{HEAD}\n{FIRST}\nRybar, Telegram:\n{SECOND}", "Rybar, Telegram", "../2025-11-18"),
        (f"{HEAD}\n{FIRST}\n**Rybar**, 16 November\n{SECOND}", "Rybar", "../2025-11-16"),
        (f"{HEAD}\n{FIRST}\nRussian MoD, 16 Nov\n{SECOND}", "Russian MoD", "../2025-11-16"),
        (f"{HEAD}\n{FIRST}\nПутін, 16 листопада\n{SECOND}", "Путін", "../2025-11-16"),
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
    assert below.problems == (f"Who says it? It is not sure that “{asked}” does.",)


def test_what_an_office_below_a_title_says_ends_where_a_stranger_begins(read: ReadText) -> None:
    text = f"A Daily Assessment\nISW\n\n{FIRST}\n\nRybar, 16 November:\n{SECOND}"
    assert [draft.by for draft in read(text)] == ["ISW", None]


@pytest.mark.parametrize(
    "title",
    [
        "Pokrovsk direction:",
        "Losses:",
        "Evening update, 16 November",
        "Key Takeaways:",
        "Ukraine:",
        "Also:",
        "South:",
    ],
)
def test_a_title_inside_a_report_leaves_it_with_its_office(read: ReadText, title: str) -> None:
    drafts = read(f"{HEAD}\n\n{FIRST}\n\n{title}\n\n{SECOND}")
    assert [draft.by for draft in drafts] == ["DeepState", "DeepState"]


@pytest.mark.parametrize(
    "title",
    ["Losses:", "Rybar:", "Ранок, 16 листопада", "Мапа станом на 16 листопада", "East, 16 Nov"],
)
def test_a_title_above_a_text_of_nobody_asks_for_nobody(read: ReadText, title: str) -> None:
    (draft,) = read(f"{title}\n{FIRST}")
    assert (draft.by, draft.problems) == (None, ())


@pytest.mark.parametrize(
    "day",
    [
        "15/11/2025",
        "32 November",
        "15 December",
        "15–16 November",
        "15-16.11",
        "Sunday",
        "evening of 15 November",
    ],
)
def test_a_day_that_cannot_be_read_beside_an_office_stays_blank(read: ReadText, day: str) -> None:
    """With the day the office was lost, and the words became the narrator's, of that day."""
    (draft,) = read(f"DeepState, {day}\n{FIRST}")
    assert (draft.by, draft.kind, draft.day, draft.basis) == ("DeepState", "assessment", None, None)
    assert draft.problems == (f"“{day}” was not read as one day.",)


def test_a_sentence_that_names_its_own_day_needs_none_from_its_heading(read: ReadText) -> None:
    (draft,) = read(f"DeepState, 32 November\nRybar said on 15 November that {FIRST}")
    assert (draft.by, draft.day, draft.problems) == ("Rybar", "2025-11-15", ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"DeepState, yesterday\n{FIRST}", "2025-11-17"),
        (f"DeepState (@DeepStateUA)\n{FIRST}", "2025-11-18"),
        (f"DeepState (@DeepStateUA), 15 November\n{FIRST}", "2025-11-15"),
        (f"DeepState [15 Nov]\n{FIRST}", "2025-11-15"),
        (f"**DeepState**, 15 November\n{FIRST}", "2025-11-15"),
        (f"DeepState станом на 15 листопада\n{FIRST}", "2025-11-15"),
        (f"Source: DeepState (unconfirmed)\n{FIRST}", "2025-11-18"),
    ],
)
def test_an_office_with_its_account_or_another_word_beside_it_was_nobody(
    read: ReadText, text: str, day: str
) -> None:
    (draft,) = read(text)
    assert (draft.by, draft.kind, draft.day) == ("DeepState", "assessment", day)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"Sources: DeepState, ISW\n{FIRST}", "DeepState, ISW"),
        (f"{FIRST}\n\nSource: DeepState and ISW", "DeepState and ISW"),
        (f"{FIRST}\n\nДжерела: Rybar, @DeepStateUA", "Rybar, @DeepStateUA"),
        (f"Source: DeepState / ISW\n{FIRST}", "DeepState / ISW"),
        (f"Sources: DeepState, ISW\n\n{FIRST}", "DeepState, ISW"),
        (f"Rybar, 15 November\n\n{FIRST}", "Rybar"),
        (f"Source: Rybar\n{FIRST}", "Rybar"),
        (f"{FIRST}\n\nSource: Rybar", "Rybar"),
        (f"@rybar\n{FIRST}", "@rybar"),
        (f"Rybar, 32 November\n{FIRST}", "Rybar"),
    ],
)
def test_whose_words_a_source_nobody_knows_or_two_gave_is_asked(
    read: ReadText, text: str, asked: str
) -> None:
    """They became the narrator's, and nothing was asked."""
    (draft,) = read(text)
    assert (draft.by, draft.kind, draft.attribution) == (None, "claim", "named")
    assert f"Who says it? It is not sure that “{asked}” does." in draft.problems
