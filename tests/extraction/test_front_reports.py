"""Faults that reports about the front showed: in papers, assessments, posts and summaries."""

import pytest

from commands.shared.extraction.extracted_draft import ExtractedDraft
from tests.extraction.conftest import ReadText


def only(drafts: list[ExtractedDraft]) -> ExtractedDraft:
    (draft,) = drafts
    return draft


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "On Monday the defence ministry said that troops entered Rodynske.",
            "the defence ministry",
        ),
        ("У понеділок Генштаб повідомив про удар по Родинському.", "Генштаб"),
        ("У Генштабі повідомили про удар по Родинському.", "Генштабі"),
        ("В Минобороны РФ заявили об ударе по Родинскому.", "Минобороны РФ"),
        ("The Lantern project put losses near Rodynske at more than 500.", "The Lantern project"),
    ],
)
def test_a_day_or_a_preposition_before_an_office_is_no_part_of_its_name(
    read: ReadText, text: str, by: str
) -> None:
    assert only(read(text)).by == by


@pytest.mark.parametrize(
    ("text", "by", "day"),
    [
        ("Удар по Родинському. Про це 15 листопада заявив Назар Чмут.", "Назар Чмут", "2025-11-15"),
        ("Удар по Родинскому. Об этом 15 ноября сообщил Кремль.", "Кремль", "2025-11-15"),
    ],
)
def test_who_said_it_may_stand_in_the_next_sentence(
    read: ReadText, text: str, by: str, day: str
) -> None:
    draft = only(read(text))
    assert (draft.by, draft.day) == (by, day)


def test_what_an_office_said_before_it_says(read: ReadText) -> None:
    text = "The northern command said troops hold Rodynske. “There is no encirclement,” it said."
    assert read(text)[1].by == "The northern command"


def test_whoever_speaks_in_a_title_publishes_no_text(read: ReadText) -> None:
    text = "Речник корпусу: триває зачистка Покровська\n\nУ Родинському загинули двоє людей."
    assert only(read(text)).by is None


@pytest.mark.parametrize(
    ("text", "happened"),
    [
        ("Troops entered Rodynske over the past three days.", "2025-11-15/2025-11-18"),
        ("За останні дві доби ворог зайшов у Родинське.", "2025-11-16/2025-11-18"),
        ("За последние трое суток в Родинском погибли двое.", "2025-11-15/2025-11-18"),
        ("Напередодні внаслідок удару по Родинському загинули двоє.", "2025-11-17"),
        ("У 2023 році в Родинському загинули двоє людей.", "2023"),
    ],
)
def test_days_are_counted_back_in_every_way(read: ReadText, text: str, happened: str) -> None:
    draft = only(read(text))
    assert happened in {draft.day, draft.happened}


@pytest.mark.parametrize(
    ("text", "ring"),
    [
        ("Оточення Мирнограда наразі немає.", None),
        ("Мирноград. Оточення наразі немає.", "none"),
        ("В Мирнограде кольцо почти замкнуто.", "threatened"),
        ("Troops are in Rodynske. They denied that the town was surrounded.", "none"),
    ],
)
def test_a_ring_is_denied_or_nearly_closed_behind_its_word(
    read: ReadText, text: str, ring: str | None
) -> None:
    draft = read(text)[-1]
    assert (draft.encirclement, len(draft.places)) == (ring, 1)


def test_the_part_of_a_town_that_opens_the_paragraph_has_the_status(read: ReadText) -> None:
    draft = only(read("Покровськ. У центрі – сіра зона."))
    assert (draft.control, draft.share, draft.places[0].precision) == ("contested", "part", "part")


def test_a_district_that_is_called_by_an_adjective_is_no_village(read: ReadText) -> None:
    draft = only(read("Мирноград. Піхота закріпилася в районі Східному."))
    assert [place.name for place in draft.places] == ["Myrnohrad"]


def test_an_office_of_a_town_with_which_the_sentence_opens_speaks_of_that_town(
    read: ReadText,
) -> None:
    text = "In Rodynske, the head of the administration said 70 residents remain."
    assert [place.name for place in only(read(text)).places] == ["Rodynske"]


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("Бои у Мирнограда. Южнее взято Ровное.", "P-5770"),
        ("Russian sources claimed that they seized Rivne (south of Myrnohrad).", "P-5770"),
        ("Бои у Покровска. В Волчанске погибли двое.", "P-689304"),
        ("Бои у Покровска. В Харькове погибли двое.", "P-706483"),
        ("Бои у Мирнограда и Покровска. Снабжение идёт через Светлое.", None),
    ],
)
def test_a_village_is_the_one_of_the_raion_of_which_the_text_speaks(
    read: ReadText, text: str, ref: str | None
) -> None:
    """Of two villages here, the one whose Russian name the gazetteer has was taken."""
    assert read(text)[-1].places[0].ref == ref


def test_a_judges_footage_stands_for_the_day_of_the_judgement(read: ReadText) -> None:
    text = (
        "Front Line Monitor: assessment, November 17, 2025\n\n"
        "Geolocated footage published on November 16 shows a flag in eastern Rodynske."
    )
    draft = only(read(text))
    assert (draft.day, draft.happened) == ("2025-11-17", "../2025-11-16")
