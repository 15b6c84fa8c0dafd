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


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"DeepState, 15 November\n{POST}", "DeepState"),
        (f"DeepState, 15 November:\n{POST}", "DeepState"),
        (f"ISW (Nov 15):\n{POST}", "ISW"),
        (f"DeepState – 15.11.2025\n\n{POST}", "DeepState"),
        (f"DeepState за 15 листопада 2025 року\n{POST}", "DeepState"),
        (f"{POST}\n— DeepState, 15 листопада", "DeepState"),
        (f"{POST}\n\nДжерело: DeepState, 15.11.2025.", "DeepState"),
        (f"ISW (15 Nov): {POST}", "ISW"),
        (f"@DeepStateUA, 15 November\n{POST}", "@DeepStateUA"),
    ],
)
def test_a_name_with_a_day_on_a_line_of_its_own_named_nobody(
    read: ReadText, text: str, by: str
) -> None:
    """The day beside the name is the one on which they said it."""
    (draft,) = read(text)
    assert (draft.by, draft.kind, draft.day) == (by, "assessment", "2025-11-15")


@pytest.mark.parametrize(
    ("text", "by", "ref"),
    [
        (f"@DeepStateUA\n{POST}", "@DeepStateUA", "A-3"),
        (f"{POST}\n\nvia @DeepStateUA", "@DeepStateUA", "A-3"),
        (f"Source: DeepState\n{POST}", "DeepState", "A-3"),
        (f"{POST}\nДжерело: Генштаб ЗСУ", "Генштаб ЗСУ", None),
        (f"{POST}\n\nvia @GeneralStaffUA", "@GeneralStaffUA", None),
        (f"{POST}\n\nИсточник: @some_channel", "@some_channel", None),
    ],
)
def test_an_account_and_what_is_given_as_the_source_named_nobody(
    read: ReadText, text: str, by: str, ref: str | None
) -> None:
    (draft,) = read(text)
    assert (draft.by, draft.by_ref) == (by, ref)


def test_who_is_given_as_the_source_said_it_some_time_before(read: ReadText) -> None:
    (draft,) = read(f"Source: General Staff\n\n{POST}")
    assert (draft.by, draft.day) == ("General Staff", "../2025-11-18")


def test_each_block_has_the_day_of_its_own_line(read: ReadText) -> None:
    text = f"DeepState – 14.11.2025\n{POST}\n\nISW – 15.11.2025\nRussian forces captured Rodynske."
    assert [draft.day for draft in read(text)] == ["2025-11-14", "2025-11-15"]


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
        "Russian forces captured Hrodivka.\n\n@some_channel",
        "Russian forces captured Hrodivka.\n\nSources",
        "Pokrovsk, 15 November\nRussian forces captured Hrodivka.",
    ],
)
def test_a_title_a_place_and_a_list_of_names_say_nothing(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.by is None


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("A Daily Assessment, November 15, 2025\nISW\n\nRussian forces captured Hrodivka.", "ISW"),
        (
            f"Ukrainian General Staff (evening update, 15 Nov 2025)\n{POST}",
            "Ukrainian General Staff",
        ),
        (f"From: General Staff of Ukraine\n\n{POST}", "General Staff of Ukraine"),
        (f"[Переслано от Два майора]\n{POST}", "Два майора"),
        (f"{POST}\nДжерело: Краматорська міська рада", "Краматорська міська рада"),
    ],
)
def test_an_office_below_a_title_beside_its_report_or_in_brackets_was_nobody(
    read: ReadText, text: str, by: str
) -> None:
    (draft,) = read(text)
    assert draft.by == by


def test_a_post_without_a_full_stop_was_a_title_where_tags_stand_beside_it(read: ReadText) -> None:
    (draft,) = read("#Гродівка\nВорог окупував Гродівку\nhttps://t.me/channel/1")
    assert draft.control == "russian_held"


def test_a_map_that_shows_a_town_in_a_zone_says_it(read: ReadText) -> None:
    (draft,) = read("The Deep State map shows Pokrovsk in the gray zone.")
    assert (draft.kind, draft.control) == ("assessment", "contested")


FIRST, SECOND = "Russian forces seized Rodynske.", "Russian forces seized Hryshyne."


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        ("Володимир Зеленський, 16 листопада:", "Володимир Зеленський"),
        ("Володимир Зеленський:", "Володимир Зеленський"),
        ("Микола Миргородський, 16 листопада", "Микола Миргородський"),
    ],
)
def test_a_person_who_is_called_like_a_town_heads_a_block(
    read: ReadText, head: str, asked: str
) -> None:
    """What stood below stayed with the office above, as “Володимир” is a town."""
    above, below = read(f"DeepState:\n{FIRST}\n\n{head}\n{SECOND}")
    assert (above.by, below.by) == ("DeepState", None)
    assert below.problems == (f"Who says it? It is not sure that “{asked}” does.",)


@pytest.mark.parametrize("sign", ["— Rybar", "– ISW", "-- Два майора"])
@pytest.mark.parametrize("head", ["General Staff:\n", "General Staff\n", "General Staff\n\n"])
def test_a_signature_between_two_blocks_ends_what_the_office_above_says(
    read: ReadText, head: str, sign: str
) -> None:
    """Both blocks stayed with the office at the head."""
    drafts = read(f"{head}{FIRST}\n\n{sign}\n\n{SECOND}")
    assert "General Staff" not in {draft.by for draft in drafts}
    assert all(draft.by or draft.problems for draft in drafts)


def test_who_heads_a_block_and_signs_it_says_it(read: ReadText) -> None:
    (draft,) = read(f"DeepState:\n{FIRST}\n— DeepState")
    assert draft.by == "DeepState"


@pytest.mark.parametrize(
    "title", ["– Pokrovsk", "– Втрати", "– Rybar\n– Pokrovsk", "— So it goes."]
)
def test_a_title_behind_a_dash_and_a_list_end_no_block(read: ReadText, title: str) -> None:
    drafts = read(f"DeepState\n\n{FIRST}\n\n{title}\n\n{SECOND}")
    assert {draft.by for draft in drafts} == {"DeepState"}


def test_a_spokesman_of_a_unit_in_quotation_marks_speaks_behind_a_colon(read: ReadText) -> None:
    """The text itself said it."""
    (draft,) = read("Речник ОСУВ «Хортиця» Ігор Ткач: Покровськ не оточений.")
    assert (draft.by, draft.encirclement) == ("Речник ОСУВ «Хортиця» Ігор Ткач", "none")


def test_a_title_with_a_day_and_a_colon_tells_of_which_day_the_lines_below_it_are(
    read: ReadText,
) -> None:
    """They were of the day of publication, by nobody."""
    text = "Ранкове зведення Генштабу, 17 листопада:\n• Ворог окупував Гродівку."
    (draft,) = read(text)
    assert (draft.by, draft.day) == ("Генштабу", "2025-11-17")
