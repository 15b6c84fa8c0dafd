"""What is taken in a town is not the town, a zone that grows is of no town, a lie is no claim."""

import pytest

from tests.extraction.conftest import ReadText


@pytest.mark.parametrize(
    "text",
    [
        "Росіяни захопили залізничний вокзал у Покровську.",
        "Росіяни захопили в Покровську нафтобазу.",
        "Росіяни зайняли перехрестя у центрі Покровська.",
        "Русские захватили детский сад в Покровске.",
        "Russian forces captured a depot in Pokrovsk.",
        "Russian forces captured a depot in the town of Pokrovsk.",
    ],
)
def test_whoever_took_something_in_a_town_held_the_town(read: ReadText, text: str) -> None:
    """Only things of a list were known for smaller than a town: a station was all of it."""
    (draft,) = read(text)
    assert [place.ref for place in draft.places] == ["P-704422"]
    assert draft.control is None


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Росіяни захопили Покровськ.", "unspecified"),
        ("Росіяни захопили центр Покровська.", "part"),
        ("Росіяни захопили більшу частину міста Покровськ.", "most"),
        ("Russian forces captured the city of Pokrovsk.", "unspecified"),
    ],
)
def test_what_is_taken_itself_has_no_in_before_it(read: ReadText, text: str, share: str) -> None:
    (draft,) = read(text)
    assert (draft.control, draft.share) == ("russian_held", share)


@pytest.mark.parametrize(
    "text",
    [
        "Покровськ. Сіра зона розширюється.",
        "Покровськ: сіра зона ще збільшилась.",
        "Pokrovsk: the grey zone has expanded.",
    ],
)
def test_a_zone_that_only_grew_made_a_town_contested(read: ReadText, text: str) -> None:
    assert [draft.control for draft in read(text)] in ([None], [])


@pytest.mark.parametrize(
    "text",
    ["Путін брехав, що Куп'янськ оточений.", "Путин врал, что Купянск окружён."],
)
def test_a_ring_that_somebody_lied_about_was_claimed(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert (draft.encirclement, draft.negation) == ("none", True)


def test_a_town_before_a_not_in_capitals_was_a_surname(read: ReadText) -> None:
    (draft,) = read("UPDATE: Pokrovsk NOT encircled, Putin says.")
    assert [place.ref for place in draft.places] == ["P-704422"]


def test_what_is_denied_was_part_of_the_name_of_who_denies_it(read: ReadText) -> None:
    drafts = read("Росіяни заявили про оточення Покровська. У Генштабі це спростували.")
    assert [draft.by for draft in drafts] == ["Росіяни", "Генштабі"]


def test_somebody_was_the_name_of_a_new_speaker(read: ReadText) -> None:
    (draft,) = read("Someone on a forum says Rodynske has fallen.")
    assert draft.attribution == "anonymous"


@pytest.mark.parametrize(
    "text",
    [
        "Є інфа, що Родинське за нами.",
        "There is word that Rodynske is under Ukrainian control.",
        "Есть информация, что Родинское под контролем ВСУ.",
    ],
)
def test_what_somebody_has_word_of_was_a_status(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert (draft.attribution, draft.control) == ("hearsay", None)


def test_what_stays_with_a_side_after_fighting_was_a_fight(read: ReadText) -> None:
    (draft,) = read("After weeks of fighting Hryshyne remains Ukrainian.")
    assert (draft.kind, draft.control) == ("claim", "ukrainian_held")


def test_the_outskirts_behind_a_town_were_the_town(read: ReadText) -> None:
    (draft,) = read("Russian troops shelled Myrnohrad's outskirts.")
    assert [place.precision for place in draft.places] == ["part"]


def test_towns_before_a_colon_were_whoever_says_it(read: ReadText) -> None:
    (draft,) = read("Lysivka, Sukhyi Yar and Novoekonomichne: under Russian control")
    assert (draft.by, len(draft.places)) == (None, 3)


def test_a_ministry_in_short_said_nothing_of_its_own(read: ReadText) -> None:
    (draft,) = read("МО РФ: За сутки ВСУ потеряли под Покровском 240 военных.")
    assert (draft.by, draft.kind) == ("МО РФ", "claim")


@pytest.mark.parametrize(
    "text",
    [
        "Ще вчора Родинське було нашим, сьогодні там росіяни.",
        "Rodynske was under Ukrainian control, today it is not.",
    ],
)
def test_what_was_ours_yesterday_was_ours_today(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.control is None


def test_a_channel_behind_a_semicolon_was_a_place(read: ReadText) -> None:
    drafts = read("Росіяни стверджують, що взяли Родинське; DeepState показує сіру зону.")
    assert [place.name for draft in drafts for place in draft.places] == ["Rodynske"]


def test_the_map_of_a_day_said_nothing(read: ReadText) -> None:
    (draft,) = read("According to DeepState's map of 8 November, Rodynske is contested.")
    assert (draft.by, draft.kind, draft.day) == ("DeepState's map", "assessment", "2025-11-08")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("«Мирноград наш», — сказав командир 79-ї бригади.", "командир 79-ї бригади"),
        ("«Мирноград наш», – пишет Подоляка.", "Подоляка"),
    ],
)
def test_two_quoted_words_were_the_name_of_who_says_them(
    read: ReadText, text: str, by: str
) -> None:
    (draft,) = read(text)
    assert (draft.by, [place.name for place in draft.places]) == (by, ["Myrnohrad"])


@pytest.mark.parametrize(
    "text",
    [
        "Росіяни контролюють понад половину Мирнограда.",
        "ВС РФ контролируют более половины Димитрова.",
        "Russian forces control more than half of Myrnohrad.",
    ],
)
def test_more_than_half_of_a_town_was_a_part_of_it(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.share == "most"


def test_a_piece_of_news_with_a_day_before_a_dash_was_a_dateline(read: ReadText) -> None:
    (draft,) = read("Blasts were heard in Kharkiv on November 9, two wounded – mayor Terekhov")
    assert (draft.by, draft.happened) == ("mayor Terekhov", "2025-11-09")


def test_a_line_of_news_with_by_in_it_was_a_byline(read: ReadText) -> None:
    (draft,) = read("Ukrainian soldiers landed in Pokrovsk by helicopter on 31 October")
    assert draft.happened == "2025-10-31"


@pytest.mark.parametrize(
    "text",
    [
        "Больше половины жителей Покровска под контролем России.",
        "Більше половини жителів Покровська під контролем росіян.",
        "More than half of the residents of Pokrovsk are under Russian control.",
        "Most of the shops in Pokrovsk are under Russian control.",
        "Россияне контролируют половину жителей Покровска.",
    ],
)
def test_half_of_the_people_of_a_town_is_not_half_of_the_town(read: ReadText, text: str) -> None:
    """“Больше половины жителей Покровска под контролем …” was most of Pokrovsk."""
    (draft,) = read(text)
    assert (draft.control, draft.share) == (None, None)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Больше половины города Покровска под контролем России.", "most"),
        ("Больше половины разрушенного Покровска под контролем России.", "most"),
        ("Половина території Покровська під контролем росіян.", "part"),
        ("Most of the streets of Pokrovsk are under Russian control.", "most"),
        ("Most of the northern part of Pokrovsk is under Russian control.", "most"),
    ],
)
def test_half_of_its_ground_still_is(read: ReadText, text: str, share: str) -> None:
    (draft,) = read(text)
    assert (draft.control, draft.share) == ("russian_held", share)


@pytest.mark.parametrize(
    "text",
    [
        "Residents of Pokrovsk are under Russian control.",
        "The mayor of Melitopol was captured by Russian forces.",
        "A teacher in Pokrovsk was captured by Russian troops, police said.",
        "The sky over Kostiantynivka is controlled by Russian drones.",
        "Children of Kupiansk are in Ukrainian hands.",
        "Жители Красноармейска освобождены российскими войсками.",
        "Мешканці Покровська під контролем росіян.",
        "Пропаганда в Маріуполі під контролем росіян.",
    ],
)
def test_the_people_of_a_town_who_are_held_are_not_the_town(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.control is None


@pytest.mark.parametrize(
    "text",
    [
        "Eastern suburbs of Kostiantynivka are under Russian control.",
        "Three quarters of Kostiantynivka are under Russian control.",
        "The city of Kostiantynivka is held by Russian forces.",
        "Зараз Костянтинівка під контролем росіян.",
        "Місто Костянтинівка під контролем росіян.",
        "Центр Костянтинівки під контролем росіян.",
    ],
)
def test_the_town_itself_and_its_parts_are(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.control == "russian_held"


@pytest.mark.parametrize(
    "text",
    [
        "ВС РФ взяли под контроль Ровное (восточнее Мирнограда).",
        "Russian forces took control of Hryshyne in eastern Ukraine.",
    ],
)
def test_the_part_of_a_country_in_which_a_village_lies_is_no_part_of_it(
    read: ReadText, text: str
) -> None:
    (draft,) = read(text)
    assert (draft.control, draft.share) == ("russian_held", "unspecified")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The 79th “Pokrovsk” regiment seized Kotlyne.", "Kotlyne"),
        ("Тактична група «Покровськ» утримує Родинське.", "Rodynske"),
    ],
)
def test_the_town_after_which_a_unit_is_called_is_no_place_of_it(
    read: ReadText, text: str, name: str
) -> None:
    (draft,) = read(text)
    assert [place.name for place in draft.places] == [name]
