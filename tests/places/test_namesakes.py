"""Of places of one name, the near one is meant if it is clearly the nearer; else one asks."""

import pytest

from store.model.entry import Place
from store.places.namesakes import settle_by_size, settle_namesakes
from store.places.recognition import Candidate, Certainty, ReadAs
from tests.places.conftest import Read


def bearer(
    number: int, km: float, people: int = 0, off: int = 0, how: ReadAs = ReadAs.OFFICIAL
) -> Candidate:
    place = Place(number, "Same", "", "", 48.0, 37.0, people, kind="village", approximate=off)
    return Candidate(place, "Same", how, km)


@pytest.mark.parametrize(
    ("bearers", "meant"),
    [
        ([bearer(1, 900)], 1),
        ([bearer(1, 5), bearer(2, 150)], 1),
        ([bearer(2, 150), bearer(1, 5)], 1),
        ([bearer(1, 5), bearer(2, 90)], None),  # the next is a neighbour too
        ([bearer(1, 40), bearer(2, 150)], None),  # not beside what is on record
        ([bearer(1, 5, off=20), bearer(2, 150)], None),  # where the nearest lies is not known
        ([bearer(1, 5), bearer(2, 110, off=20)], None),  # the next may be a neighbour
        ([bearer(1, 5), bearer(2, 150, people=40_000)], None),  # or the city is meant
        ([bearer(1, 200, people=2_000_000), bearer(2, 150)], 1),  # Kyiv, and no village Kyiv near
        ([bearer(1, 200, people=2_000_000), bearer(2, 15)], None),
        ([bearer(1, 0, off=20, how=ReadAs.AREA), bearer(2, 60, off=20, how=ReadAs.AREA)], 1),
        ([bearer(1, 10, how=ReadAs.AREA), bearer(2, 260, how=ReadAs.AREA)], None),
    ],
)
def test_nearness_settles_or_nothing_does(bearers: list[Candidate], meant: int | None) -> None:
    settled = settle_namesakes(bearers)

    assert (settled.place.id if settled else None) == meant


def test_a_direction_is_called_after_the_town_and_not_the_village() -> None:
    village, town = bearer(1, 9, people=300), bearer(2, 22, people=20_000)

    settled = settle_by_size([village, town])
    assert settled is town
    assert settle_by_size([village, bearer(3, 30, people=400)]) is None


@pytest.mark.parametrize("name", ["Николаев", "Nikolaev"])
def test_a_russian_village_does_not_take_the_name_of_a_city(read: Read, name: str) -> None:
    """Nikolayev of Rostov Oblast was answered for Mykolaiv, and filed at."""
    for writing in (False, True):
        answer = read(name, writing=writing)
        assert answer.outcome is Certainty.ASK
        assert "Mykolaiv" in {candidate.place.name for candidate in answer.candidates}


@pytest.mark.parametrize("name", ["Запорожье", "Zaporozhye", "Zaporozhe"])
def test_a_city_keeps_every_spelling_of_its_name(read: Read, name: str) -> None:
    """Two villages were asked between, since one beside the city is called almost so."""
    answer = read(name)
    assert answer.outcome is Certainty.SETTLED
    assert answer.candidates[0].place.ref == "P-687700"


@pytest.mark.parametrize("name", ["Крим", "Крым", "Crimea"])
def test_crimea_is_the_republic(read: Read, name: str) -> None:
    answer = read(name)
    assert {candidate.place.ref for candidate in answer.candidates[:2]} >= {"P-8"}
    if answer.outcome is Certainty.SETTLED:
        assert answer.candidates[0].place.ref == "P-8"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Красний Луч", "Khrustalnyi"),
        ("Красный Луч", "Khrustalnyi"),
        ("Krasnyi Luch", "Khrustalnyi"),
        ("Красный Лиман", "Lyman"),
        ("Новгородское", "Niu-York"),
        ("Первомайск", "Sokolohirsk"),
        ("Первомайский", "Zlatopil"),
        ("Ватутіне", "Bahacheve"),
        ("Южне", "Pivdenne"),
        ("Краснодон", "Sorokyne"),
        ("Дзержинськ", "Toretsk"),
        ("Свердловськ", "Dovzhansk"),
    ],
)
def test_a_renamed_town_is_offered_whatever_village_has_its_name(
    read: Read, name: str, place: str
) -> None:
    for writing in (False, True):
        answer = read(name, writing=writing)
        assert place in [candidate.place.name for candidate in answer.candidates]
        assert answer.outcome is Certainty.ASK or answer.candidates[0].place.name == place


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Тельманове", "Boikivske"),
        ("Молодогвардейск", "Otamanivka"),
        ("Цюрупинськ", "Oleshky"),
        ("Dnipropetrovsk", "Dnipro"),
        ("Більмак", "Kamianka"),
        ("Chervonohrad", "Sheptytskyi"),
        ("Красноград", "Berestyn"),
        ("Новомосковськ", "Samar"),
        ("Першотравенськ", "Shakhtarske"),
        ("Переяслав-Хмельницький", "Pereiaslav"),
        ("Стаханов", "Kadiivka"),
    ],
)
def test_a_renamed_town_is_read_by_its_former_name(read: Read, name: str, place: str) -> None:
    answer = read(name)

    assert place in [candidate.place.name for candidate in answer.candidates][:1]
    assert answer.candidates[0].how in {ReadAs.FORMER, ReadAs.OTHER}


@pytest.mark.parametrize("text", ["Новопавловка", "Novopavlovka", "Южный"])
def test_of_namesakes_the_one_whose_other_spelling_is_known_need_not_be_meant(
    read: Read, text: str
) -> None:
    """Of 28 Novopavlivkas the gazetteer has the Russian name of one, which was taken for it."""
    answer = read(text)

    assert answer.outcome is Certainty.ASK
    assert len(answer.candidates) > 1


@pytest.mark.parametrize(
    ("text", "name"),
    [("Запорожье", "Zaporizhzhia"), ("Красногоровка", "Krasnohorivka"), ("Горняк", "Hirnyk")],
)
def test_a_city_a_town_here_and_the_nearest_are_meant_by_another_spelling(
    read: Read, text: str, name: str
) -> None:
    answer = read(text)

    assert (answer.outcome, answer.candidates[0].place.name) == (Certainty.SETTLED, name)


@pytest.mark.parametrize("text", ["Горняк", "Красногоровка"])
def test_what_is_written_asks_for_any_namesake_of_another_spelling(read: Read, text: str) -> None:
    """“Гірник” is asked about before anything is filed there, and “Горняк” was not."""
    assert read(text, writing=True).outcome is Certainty.ASK
