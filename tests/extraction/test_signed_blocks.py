"""A name on a line of its own says who speaks in the block below it, or above it."""

import pytest

from tests.extraction.conftest import ReadText

POST = "Ворог окупував Гродівку."


@pytest.mark.parametrize(
    "text",
    [
        f"DeepState:\n{POST}",
        f"DeepState\n{POST}",
        f"DeepState 🇺🇦\n\n{POST}",
        f"{POST}\n— DeepState",
        f"{POST}\n\n– DeepState",
        f"{POST}\nDeepState",
    ],
)
def test_a_channel_that_is_named_above_or_below_a_post_says_it(read: ReadText, text: str) -> None:
    """It was said by nobody."""
    (draft,) = read(text)
    assert (draft.by, draft.by_ref, draft.kind) == ("DeepState", "A-3", "assessment")
    assert draft.control == "russian_held"


def test_what_stands_behind_a_blank_line_is_not_of_whom_the_block_is(read: ReadText) -> None:
    text = (
        "У Родинському загинули двоє людей.\n\n"
        "«Покровськ оточений».\n— Віталій Дейнега\n\n"
        "У Мирнограді поранено трьох людей."
    )
    drafts = read(text)
    assert [draft.by for draft in drafts] == [None, "Віталій Дейнега", None]
    assert drafts[1].day == "../2025-11-18"  # he said it some time before


def test_each_of_several_names_heads_its_own_part(read: ReadText) -> None:
    """All was said by the General Staff."""
    text = "General Staff\n\nPokrovsk was shelled.\n\nDeepState\n\nRodynske was shelled."
    assert [draft.by for draft in read(text)] == ["General Staff", "DeepState"]


def test_a_person_nobody_knows_signs_only_a_quotation(read: ReadText) -> None:
    (quoted,) = read("“Shells fell in Pokrovsk.”\n— Ihor Tkach, a spokesman")
    (told,) = read("Shells fell in Pokrovsk.\n— Ihor Tkach, a spokesman")
    assert (quoted.by, told.by) == ("Ihor Tkach", None)


@pytest.mark.parametrize(
    "text",
    [
        "Putin\n\nRussian forces captured Hrodivka.",
        "Critics\nRussian forces captured Hrodivka.",
        "Map\nRussian forces captured Hrodivka.",
        "— Chasiv Yar\nRussian forces captured Hrodivka.",
        "Chasiv Yar:\n“Russian forces captured Hrodivka.”",
        "Russian forces captured Hrodivka.\n- General Staff\n- DeepState",
        "Russian forces captured Hrodivka.\n\nRead more:\nDeepState",
        "Russian forces captured Hrodivka.\n\nSubscribe to DeepState",
    ],
)
def test_a_title_a_place_and_a_list_of_names_say_nothing(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.by is None
