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


@pytest.mark.parametrize(
    "title",
    ["Речник корпусу: триває зачистка Покровська", "У Силах оборони спростували втрату Покровська"],
)
def test_whoever_speaks_in_a_title_publishes_no_text(read: ReadText, title: str) -> None:
    assert only(read(f"{title}\n\nУ Родинському загинули двоє людей.")).by is None


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
        ("Оточення Мирнограда наразі немає.", "none"),
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


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "Troops hold Rodynske but denied that Vilne was lost, Ivan Petrenko said.",
            "Ivan Petrenko",
        ),
        ("Analysts with the Lantern project believe Russia controls half of Pokrovsk.", "Analysts"),
        ("По словам Ивана Петренко, в Родинском погибли двое.", "Ивана Петренко"),
    ],
)
def test_a_joining_word_is_no_speaker(read: ReadText, text: str, by: str) -> None:
    assert only(read(text)).by == by


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Russian forces took the villages of Rodynske and Hryshyne.", "russian_held"),
        ("Кремль повідомив про взяття Родинського.", "russian_held"),
        ("Russian forces seized Novoekonomichne, the Russian MoD claimed.", "russian_held"),
    ],
)
def test_several_villages_are_taken_like_one(read: ReadText, text: str, control: str) -> None:
    """“X, the Russian MoD claimed” was read as X in Russia."""
    draft = only(read(text))
    assert draft.control == control
    assert all(place.ref for place in draft.places)


@pytest.mark.parametrize(
    ("text", "ring"),
    [
        ("Говорить об окружении Родинского некорректно.", "none"),
        ("Родинское может оказаться в полуокружении.", "threatened"),
        ("Родинское в плотном кольце.", "claimed"),
    ],
)
def test_half_a_ring_is_a_threat(read: ReadText, text: str, ring: str) -> None:
    assert only(read(text)).encirclement == ring


def test_a_town_of_the_desk_is_doubted_beside_another_of_its_name(read: ReadText) -> None:
    """Dobropillia near Huliaipole was the town of Donetsk Oblast."""
    text = "Бої біля Гуляйполя тривають. Ворог атакував Добропілля."
    assert read(text)[-1].places[0].ref != "P-709900"


def test_the_city_of_a_name_is_no_hamlet_near(read: ReadText) -> None:
    text = "Fighting goes on near Pokrovsk. In the city of Zaporizhzhia, three people were wounded."
    assert read(text)[-1].places[0].ref == "P-687700"


def test_from_where_they_attack_is_not_all_that_a_paragraph_is_about(read: ReadText) -> None:
    text = "Мирноград. Противник здійснив 12 атак з боку Рівного."
    assert [place.name for place in only(read(text)).places] == ["Myrnohrad", "Rivne"]


def test_who_lives_in_a_town_says_what_is_there(read: ReadText) -> None:
    text = "Two residents of Rodynske said by phone that only about 300 people were left there."
    assert [place.name for place in only(read(text)).places] == ["Rodynske"]


def test_what_is_liberated_is_not_the_enemys(read: ReadText) -> None:
    """The side that was named before it, in another clause, held what was liberated."""
    text = (
        "Минобороны России, [17.11.2025 13:05]\n\n"
        "Уничтожаются окружённые формирования ВСУ в Димитрове, освобождена южная часть города."
    )
    assert read(text)[-1].control == "russian_held"


def test_two_words_state_who_holds_a_village(read: ReadText) -> None:
    text = "Минобороны России, [17.11.2025 13:05]\n\nОсвобождён Гришино."
    assert only(read(text)).control == "russian_held"


def test_a_heading_within_a_line_speaks_of_nothing(read: ReadText) -> None:
    text = "Russian main effort: Troops entered Rodynske on Monday."
    assert only(read(text)).by is None
