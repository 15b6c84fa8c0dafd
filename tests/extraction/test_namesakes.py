"""Which of several places of one name a text means: what it names beside it, or says of it."""

import pytest

from tests.extraction.conftest import ReadText


def read_refs(read: ReadText, text: str) -> dict[str, str | None]:
    return {place.name: place.ref for draft in read(text) for place in draft.places}


@pytest.mark.parametrize(
    "text",
    [
        "Supplies reach Myrnohrad through Svitle.",
        "До Мирнограда їдуть через Світле.",
        "В Димитрове кольцо почти замкнуто: выход только через Светлое.",
    ],
)
def test_a_village_next_door_to_what_is_named_is_the_one_meant(read: ReadText, text: str) -> None:
    assert read_refs(read, text)["Svitle"] == "P-9112130"  # three kilometres from Myrnohrad


def test_between_two_villages_that_are_both_near_nothing_is_chosen(read: ReadText) -> None:
    text = "Milbloggers claimed that Russian forces advanced south of Hryshyne and entered Svitle."
    assert read_refs(read, text)["Svitle"] is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("На Покровському напрямку ворог атакував біля Лисівки та Родинського.", "Lysivka"),
        ("На Покровському напрямку ворог атакував біля Лісівки та Родинського.", "Lisivka"),
    ],
)
def test_a_name_that_is_spelt_so_is_not_one_that_only_sounds_so(
    read: ReadText, text: str, name: str
) -> None:
    refs = {"Lysivka": "P-5833", "Lisivka": "P-5779"}
    assert read_refs(read, text)[name] == refs[name]


@pytest.mark.parametrize(
    "text",
    [
        "Росіяни захопили Нововодяне на Луганщині.",
        "Росіяни захопили Нововодяне (Луганська область).",
        "Росіяни захопили Нововодяне в Луганській області.",
        "Russian forces captured Novovodiane in eastern Luhansk Oblast.",
    ],
)
def test_the_oblast_that_is_named_behind_a_village_tells_which_it_is(
    read: ReadText, text: str
) -> None:
    assert read_refs(read, text) == {"Novovodiane": "P-699036"}


def test_the_oblast_behind_a_list_is_that_of_each_of_its_villages(read: ReadText) -> None:
    text = "Взяли под контроль населённые пункты Высокое и Затишье Запорожской области."
    assert read_refs(read, text) == {"Vysoke": "P-8438", "Zatyshshia": "P-8416"}


def test_on_the_direction_of_one_town_lies_no_other_town_far_from_it(read: ReadText) -> None:
    text = "На Гуляйпільському напрямку було 16 атак у бік Добропілля та Варварівки."
    assert read_refs(read, text)["Dobropillia"] == "P-8399"  # not the town north of Pokrovsk


def test_a_city_among_villages_far_from_it_is_their_neighbour_of_that_name(read: ReadText) -> None:
    text = "Боєзіткнення були в районах Вовчанська, Прилипки, Синельникового та у бік Бологівки."
    assert read_refs(read, text)["Synelnykove"] == "P-21945"  # not the city by Dnipro


@pytest.mark.parametrize(
    ("text", "name", "ref"),
    [
        ("More than 600 people arrived at the transit centre in Lozova.", "Lozova", "P-702760"),
        ("Вночі росіяни атакували Запоріжжя, поранені шестеро.", "Zaporizhzhia", "P-687700"),
    ],
)
def test_a_city_is_meant_where_only_hamlets_bear_its_name(
    read: ReadText, text: str, name: str, ref: str
) -> None:
    assert read_refs(read, text) == {name: ref}


def test_the_second_word_of_a_village_is_no_village_of_its_own(read: ReadText) -> None:
    text = "Russian forces took the villages of Vysoke and Zelenyi Hai in Zaporizhzhia Oblast."
    assert list(read_refs(read, text)) == ["Vysoke", "Zelenyi Hai"]


def test_a_village_that_opens_a_list_needs_no_preposition(read: ReadText) -> None:
    text = "Кучерів Яр та Золотий Колодязь під контролем Сил оборони."
    (draft,) = read(text)
    assert [place.name for place in draft.places] == ["Kucheriv Yar", "Zolotyi Kolodiaz"]


def test_a_village_is_not_chosen_by_how_near_it_is_to_its_own_namesakes(read: ReadText) -> None:
    text = "Kharkiv Oblast\n\nA milblogger claimed that troops entered Lyman, north of Vilcha."
    assert read_refs(read, text) == {"Lyman": "P-21924"}  # not the one near Lozova


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces crossed the Oskil near Kupiansk on Monday.",
        "The bridge over the Oskil in Kupiansk was destroyed.",
        "Troops held the west bank of the Oskil near Kupiansk.",
        "Росіяни переправилися через Оскіл біля Куп’янська.",
        "У Куп’янську знищено міст через Оскіл.",
    ],
)
def test_what_a_bridge_spans_is_a_river_and_not_the_village_of_its_name(
    read: ReadText, text: str
) -> None:
    assert list(read_refs(read, text)) == ["Kupiansk"]


@pytest.mark.parametrize(
    "text",
    [
        "Дрон поранив двох людей у Покровській громаді Нікопольського району.",
        "Дніпропетровська ОВА: у Покровській громаді поранено двох людей.",
    ],
)
def test_which_hromada_of_a_name_is_open_in_a_text_of_another_ones_land(
    read: ReadText, text: str
) -> None:
    assert read_refs(read, text) == {"Покровській громаді": None}


def test_a_hromada_of_several_is_the_near_one_where_the_text_names_no_other_land(
    read: ReadText,
) -> None:
    text = "У Покровській громаді поранено двох людей."
    assert read_refs(read, text) == {"Pokrovsk hromada": "P-5824"}


def test_one_of_several_hromadas_is_not_the_town_that_is_written_like_it(read: ReadText) -> None:
    text = "Поранено двох людей у Марганці: ворог обстріляв Покровську та Мирівську громади."
    assert "Pokrovsk" not in read_refs(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "Pokrovsk, Stavropol Krai, was hit by drones.",
        "Explosions in Pokrovsk, Saratov region.",
        "Вибухи у Покровську Саратовської області.",
        "Взрывы в Покровске Ставропольского края.",
    ],
)
def test_a_town_in_an_oblast_of_another_country_is_none_of_here(read: ReadText, text: str) -> None:
    """It was the town on record, without a word."""
    assert not [place.ref for draft in read(text) for place in draft.places if place.ref]
