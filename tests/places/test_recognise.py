"""What people write for a place is read as that place, asked about, or said to be unknown."""

import pytest

from store.places.recognition import Certainty, ReadAs
from tests.places.conftest import Read

SETTLED = """
Pokrovsk | Pokrovsk, Donetsk | own
Покровськ! | Pokrovsk, Donetsk | own
м. Покровськ | Pokrovsk, Donetsk | own
с. Гришине | Hryshyne, Donetsk | own
смт Гродівка | Hrodivka, Donetsk | official
the city of Pokrovsk | Pokrovsk, Donetsk | own
Hrodivka | Hrodivka, Donetsk | official
Novoekonomichne | Novoekonomichne, Donetsk | official
Novoekonomichnoye | Novoekonomichne, Donetsk | official
Новоэкономическое | Novoekonomichne, Donetsk | other
Лук`янці | Lukiantsi, Kharkiv | official
Kupjansk-Vuzlovyj | Kupiansk-Vuzlovyi, Kharkiv | official
під Покровськом | Pokrovsk, Donetsk | declined
у Мирнограді | Myrnohrad, Donetsk | declined
біля Новоекономічного | Novoekonomichne, Donetsk | declined
у Часовому Яру | Chasiv Yar, Donetsk | declined
под Часовым Яром | Chasiv Yar, Donetsk | declined
у Вовчанську | Vovchansk, Kharkiv | declined
Горловка | Horlivka, Donetsk | other
Krasnoarmiisk | Pokrovsk, Donetsk | former
Мирноград (Димитров) | Myrnohrad, Donetsk | own
Bakhmut (Artemivsk) | Bakhmut, Donetsk | own
Novoekonomicne | Novoekonomichne, Donetsk | typed
Мирногад | Myrnohrad, Donetsk | typed
Pokrovsk, Donetsk Oblast | Pokrovsk, Donetsk | own
Olhivka, Izium Raion, Kharkiv Oblast, about 57 km from Sloviansk | Olhivka, Kharkiv | official
Olhivka, Izium raion | Olhivka, Kharkiv | official
Ольгівка, Ізюмський район | Olhivka, Kharkiv | official
Ольгівка Ізюмського району | Olhivka, Kharkiv | official
Kharkiv Oblast | Kharkiv Oblast, Kharkiv | area
Харківська область | Kharkiv Oblast, Kharkiv | area
у Харківській області | Kharkiv Oblast, Kharkiv | area
Харьковская область | Kharkiv Oblast, Kharkiv | area
Kharkiv region | Kharkiv Oblast, Kharkiv | area
Kramatorsk district | Kramatorsk Raion, Donetsk | area
Краматорський район | Kramatorsk Raion, Donetsk | area
Покровська громада | Pokrovsk hromada, Donetsk | area
Pokrovsk direction | Pokrovsk, Donetsk | direction
на Покровському напрямку | Pokrovsk, Donetsk | direction
Лиманський напрямок | Lyman, Donetsk | direction
на Покровском направлении | Pokrovsk, Donetsk | direction
Belgorod | Belgorod, Belgorod | official
Шебекино | Shebekino, Belgorod | official
"""
ASKED = """
Olhivka | Olhivka, Kharkiv
Mykhailivka | Mykhailivka, Donetsk
Kamianske | Kamianske, Zaporizhzhia
Lyman, Kharkiv Oblast | Lyman, Kharkiv
"""
UNKNOWN = """
Qwertyville
Damascus
72nd brigade
Novopokrovdar
Rhi
Генштаб
🇺🇦
"""


def lines(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("text", "place", "how"), lines(SETTLED), ids=str)
def test_it_is_read_as_the_place_that_is_meant(read: Read, text: str, place: str, how: str) -> None:
    answer = read(text)

    assert answer.outcome is Certainty.SETTLED
    best = answer.candidates[0]
    assert f"{best.place.name}, {best.place.oblast.removesuffix(' Oblast')}" == place
    assert best.how is ReadAs(how)


@pytest.mark.parametrize(("text", "place"), lines(ASKED), ids=str)
def test_a_name_that_several_bear_is_asked_about(read: Read, text: str, place: str) -> None:
    answer = read(text)

    assert answer.outcome is Certainty.ASK
    offered = [
        f"{candidate.place.name}, {candidate.place.oblast}" for candidate in answer.candidates[:8]
    ]
    assert f"{place} Oblast" in offered


@pytest.mark.parametrize("text", UNKNOWN.split("\n")[1:-1])
def test_what_is_no_place_here_is_unknown(read: Read, text: str) -> None:
    assert read(text).outcome is Certainty.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "Novoekonomicne",
        "у Мирнограді",
        "near Pokrovsk",
        "north of Pokrovsk",
        "Pokrovsk direction",
        "Pokrovsk, Myrnohrad",
        "Olhivka",
        "Berlin",
        "Ольхівка",
    ],
)
def test_what_is_written_rests_on_no_guess(read: Read, text: str) -> None:
    assert read(text, writing=True).outcome is not Certainty.SETTLED


@pytest.mark.parametrize(
    "text",
    ["Pokrovsk", "Hrodivka", "Olhivka, Izium raion", "Dzerzhynsk", "Kharkiv Oblast", "P’okrovsk"],
)
def test_what_is_written_takes_a_plain_name(read: Read, text: str) -> None:
    assert read(text, writing=True).outcome is Certainty.SETTLED


def test_a_far_village_of_that_name_does_not_beat_a_near_place_of_almost_that_name(
    read: Read,
) -> None:
    """Подівка lies by the Black Sea; a desk at Pokrovsk may have meant Попівка."""
    answer = read("Подівка")

    assert answer.outcome is Certainty.ASK
    assert {"Podivka", "Popivka"} <= {candidate.place.name for candidate in answer.candidates}


def test_hrodivka_and_novoekonomichne_are_never_myrnohrad(read: Read) -> None:
    """Both stood among its other names in GeoNames, and were answered with its ten claims."""
    for text in ("Hrodivka", "Гродівка", "Novoekonomichne", "Гродовка", "Новоекономічне"):
        assert "Myrnohrad" not in {candidate.place.name for candidate in read(text).candidates}


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Pokrovsk, Myrnohrad", ["Pokrovsk", "Myrnohrad"]),
        ("Kramatorsk,Sloviansk", ["Kramatorsk", "Sloviansk"]),
        ("м. Покровськ, Мирноград", ["Pokrovsk", "Myrnohrad"]),
        ("Pokrovsk, Myrnohrad, Bakhmut", ["Pokrovsk", "Myrnohrad", "Bakhmut"]),
        ("Kharkiv, Belgorod", ["Kharkiv", "Belgorod"]),
    ],
)
def test_a_second_place_after_a_comma_is_asked_about_not_dropped(
    read: Read, text: str, places: list[str], *, writing: bool
) -> None:
    """The second was taken for where the first lies, and its news was left out in silence."""
    answer = read(text, writing=writing)

    assert answer.outcome is Certainty.ASK
    assert [candidate.place.name for candidate in answer.candidates] == places


def test_a_village_with_namesakes_after_a_comma_is_asked_about_too(read: Read) -> None:
    """“Myrnohrad, Rivne” was Myrnohrad without a word, as a Rivne lies beside it."""
    answer = read("Myrnohrad, Rivne")

    assert answer.outcome is Certainty.ASK
    assert {candidate.place.name for candidate in answer.candidates} == {"Myrnohrad", "Rivne"}
    assert read("Rivne, Myrnohrad").outcome is Certainty.SETTLED


@pytest.mark.parametrize(
    "text", ["Pokrovsk, Donetsk", "Hrodivka, Pokrovsk Raion", "Bakhmut, Artemivsk"]
)
def test_what_a_comma_adds_may_still_say_where_a_place_lies(read: Read, text: str) -> None:
    assert read(text).outcome is Certainty.SETTLED


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Novhorodske", "Niu-York"),
        ("Новгородское", "Niu-York"),
        ("Krasnyi Lyman", "Lyman"),
        ("Красный Лиман", "Lyman"),
        ("Rostov", "Rostov-on-Don"),
        ("Ростов", "Rostov-on-Don"),
    ],
)
def test_a_village_does_not_hide_the_town_that_had_its_name(
    read: Read, text: str, place: str, *, writing: bool
) -> None:
    """The town's former or short name was left out, as a village far off bears it officially."""
    answer = read(text, writing=writing)

    assert answer.outcome is Certainty.ASK
    assert place in {candidate.place.name for candidate in answer.candidates}
