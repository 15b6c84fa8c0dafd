"""Which place is meant in a sentence, and which is not."""

import pytest

from tests.extraction.conftest import ReadText


def test_a_russian_name_is_known_before_the_text_has_named_any_place(read: ReadText) -> None:
    """Places are looked up only in a text that names some near the desk's: this one does, later."""
    first, *_ = read(
        "Минобороны России сообщило об освобождении населённого пункта Новоэкономическое."
        " Бои идут у Мирнограда."
    )
    assert [place.ref for place in first.places] == ["P-5664"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Shells fell near Pokrovsk.", "near"),
        ("Columns moved toward Pokrovsk.", "toward"),
        ("A missile struck a depot in Pokrovsk.", "at"),
        ("Снаряди впали біля Покровська.", "near"),
        ("Колонна двинулась в сторону Покровска.", "toward"),
    ],
)
def test_near_a_place_and_on_the_way_to_it_is_not_in_it(
    read: ReadText, text: str, role: str
) -> None:
    assert [place.role for draft in read(text) for place in draft.places] == [role]


def test_an_undecided_namesake_has_no_reference_and_its_choices_are_told(read: ReadText) -> None:
    (draft,) = read("A missile struck a school in the village of Ivanivka.")
    assert [(place.name, place.ref) for place in draft.places] == [("Ivanivka", None)]
    (problem,) = draft.problems
    assert problem.startswith("“Ivanivka” may be: ")
    assert problem.count("Ivanivka") > 2


def test_a_speaker_who_holds_a_title_of_a_town_gives_no_place(read: ReadText) -> None:
    (draft,) = read("The mayor of Dnipro, Vasyl Vyhadanyi, said shells fell near Pokrovsk.")
    assert [place.name for place in draft.places] == ["Pokrovsk"]


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell near Pokrovsk, and fighters entered Vyhadane in South Mriia on Monday.",
        "Shells fell near Pokrovsk. A drone hit a mill near Vyhadane, South Mriia, on Monday.",
    ],
)
def test_the_unknown_region_behind_a_village_is_no_place_of_its_own(
    read: ReadText, text: str
) -> None:
    names = [place.name for draft in read(text) for place in draft.places]
    assert names == ["Pokrovsk", "Vyhadane"]


def test_a_list_of_unknown_villages_loses_none(read: ReadText) -> None:
    (draft,) = read("Shells fell near Pokrovsk, Vyhadane, Mriine and Kazkove.")
    assert [place.name for place in draft.places] == ["Pokrovsk", "Vyhadane", "Mriine", "Kazkove"]


def test_an_oblast_right_behind_a_village_settles_it(read: ReadText) -> None:
    (draft,) = read("Бригада отошла северо-восточнее Гуляйполя Запорожской области.")
    assert [place.ref for place in draft.places] == ["P-707898"]


def test_an_oblast_with_several_such_villages_settles_none(read: ReadText) -> None:
    (draft,) = read("Снаряды упали в районе Антоновки Херсонской области.")
    (place,) = draft.places
    assert (place.ref, draft.problems[0].count("Kherson Oblast")) == (None, 3)


def test_a_direction_farther_off_settles_the_villages_of_its_sentence(read: ReadText) -> None:
    (draft,) = read("На Гуляйпільському напрямку снаряди впали біля Солодкого.")
    assert [place.ref for place in draft.places] == ["P-8434"]


def test_a_village_is_not_taken_for_the_town_whose_case_its_name_looks_like(
    read: ReadText,
) -> None:
    drafts = read("На Покровському напрямку тихо. Снаряди впали в селі Покровське.")
    refs = [place.ref for draft in drafts for place in draft.places if place.role == "at"]
    assert refs == [None]


def test_an_undecided_direction_is_not_the_town_after_which_it_is_called(read: ReadText) -> None:
    drafts = read("На Олександрівському напрямку ворог тричі атакував.")
    assert {place.role for draft in drafts for place in draft.places} <= {"toward"}


def test_a_region_called_like_a_town_is_not_that_town(read: ReadText) -> None:
    (draft,) = read("Shells fell near Pokrovsk and in Novopavlivka in Dnipropetrovsk region.")
    assert [place.ref for place in draft.places] == ["P-704422", "P-699373"]


@pytest.mark.parametrize(
    "text",
    [
        "Снаряди впали в Покровську. Жоден населений пункт не втрачено вночі 5 листопада.",
        "Снаряды упали в Покровске. Бригада ушла от Небывалого Яра, но в посёлке ещё идут бои.",
    ],
)
def test_the_village_is_not_the_one_named_before_if_another_may_be_meant(
    read: ReadText, text: str
) -> None:
    for draft in read(text)[1:]:
        assert "Pokrovsk" not in [place.name for place in draft.places]


def test_a_direction_alone_states_nothing(read: ReadText) -> None:
    assert read("Красноармейское направление, главное к вечеру.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The column moved along the Pokrovsk–Pavlohrad road near Hryshyne.",
        "Ворог обстріляв трасу Покровськ – Павлоград біля Гришиного.",
        "Колонна шла по трассе Покровск – Павлоград возле Гришино.",
    ],
)
def test_a_road_is_not_the_towns_after_which_it_is_called(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert [place.name for place in draft.places] == ["Hryshyne"]


@pytest.mark.parametrize(
    "text",
    [
        "На Краматорському та Лиманському напрямках двічі горіли склади.",
        "На Краматорском и Константиновском направлениях дважды горели склады.",
    ],
)
def test_two_directions_with_a_noun_in_common_are_no_towns(read: ReadText, text: str) -> None:
    roles = {place.role for draft in read(text) for place in draft.places}
    assert roles <= {"toward"}


def test_quarters_of_a_town_are_a_part_of_it(read: ReadText) -> None:
    (draft,) = read("Штурмовые группы вошли в восточные кварталы Покровска.")
    assert [(place.name, place.precision) for place in draft.places] == [("Pokrovsk", "part")]


def test_the_village_is_not_the_one_before_where_the_speaker_is_from_another(
    read: ReadText,
) -> None:
    drafts = read("Снаряди впали в Іванопіллі. Зі слів мешканки Небувалого, у селі немає води.")
    assert [place.name for place in drafts[1].places] == []


def test_there_is_not_where_somebody_may_only_come(read: ReadText) -> None:
    drafts = read(
        "Місто Покровськ оточать, якщо вони прийдуть.\n\nМинулого тижня там загинули 12 людей."
    )
    assert [place.name for draft in drafts[1:] for place in draft.places] == []
