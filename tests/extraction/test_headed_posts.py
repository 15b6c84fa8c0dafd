"""Posts that go through directions and districts, and words that only look like places."""

import pytest

from tests.extraction.conftest import ReadText


def test_a_direction_that_opens_a_paragraph_holds_for_all_of_it(read: ReadText) -> None:
    text = (
        "Новопавлівський напрямок. За три доби відбили сім штурмів біля Новопавлівки.\n"
        "Гуляйпільський напрямок. Ворог намагався просунутися. "
        "Противник атакував у бік Добропілля та Варварівки."
    )
    places = [place.ref for draft in read(text) for place in draft.places]
    assert "P-8399" in places  # beside Huliaipole, not the town north of Pokrovsk
    assert "P-709900" not in places


def test_a_district_that_opens_a_paragraph_tells_which_town_is_meant(read: ReadText) -> None:
    (draft,) = read("Краматорський район. У Торському поранено людину, зруйновано хату.")
    assert all(choice.startswith("P-") for choice in draft.places[0].choices)
    (draft,) = read("Краматорський район. У Лимані поранено людину, зруйновано хату.")
    assert draft.places[0].ref == "P-704204"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Dnipropetrovsk regional council said a man was hurt in Rodynske.",
            ["Rodynske"],
        ),
        ("Troops did not cross the Dnipro near Rodynske.", ["Rodynske"]),
        ("Росіяни 24 рази обстріляли населені пункти Донеччини.", []),
        (
            "“We hold on,” said Captain Ruslan Demko in a basement in Druzhkivka near Rodynske.",
            [],
        ),
        ("Боєць із позивним «Мирноград» розповів про бої за Родинське.", ["Rodynske"]),
    ],
)
def test_a_river_an_office_and_where_somebody_stood_are_no_places_of_a_statement(
    read: ReadText, text: str, names: list[str]
) -> None:
    assert [place.name for draft in read(text) for place in draft.places] == names


def test_a_title_that_asks_whether_something_is_so_publishes_nothing(read: ReadText) -> None:
    text = "Чи справді Сили оборони здали Родинське\n\nУ Родинському загинули двоє людей."
    assert [draft.by for draft in read(text)] == [None]


def test_our_village_in_a_ukrainian_post_is_ukrainian(read: ReadText) -> None:
    assert [draft.control for draft in read("Родинське наше.")] == ["ukrainian_held"]


def test_the_town_with_which_a_line_begins_is_that_of_all_its_sentences(read: ReadText) -> None:
    text = (
        "1/ Rodynske: Russian troops hold most of the town. "
        "Ukrainian infantry still defends 3 blocks north of the railway.\n"
        "2/ Kostiantynivka: two people were killed in the city."
    )
    assert [[place.name for place in draft.places] for draft in read(text)] == [
        ["Rodynske"],
        ["Rodynske"],
        ["Kostiantynivka"],
    ]


def test_in_a_list_a_town_that_only_locates_a_village_lends_its_nearness_to_none(
    read: ReadText,
) -> None:
    text = "Troops captured Kucheriv Yar, east of Dobropillia, and Rodynske on Sunday."
    (draft,) = read(text)
    roles = {place.name: place.role for place in draft.places}
    assert roles == {"Kucheriv Yar": "at", "Rodynske": "at"}
