"""One slip of a letter is undone; two are not, nor any in a short name."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from store.places.name_key import name_key
from store.places.recognition import Certainty, ReadAs
from store.places.typos import is_one_slip, list_slips, list_slips_of_sounds
from tests.places.conftest import Read

UKRAINIAN = "абвгдежзийклмнопрстуфхцчшщюяєії"
PLAIN = "абвдезклмнопрстуф"  # each a sound of its own
LATIN = "abcdefghiklmnoprstuvyz"


def slip(name: str, at: int, letter: str, kind: str) -> str:
    """Make one slip behind the first letter of a name."""
    at = 1 + at % (len(name) - 1)
    match kind:
        case "left out":
            return name[:at] + name[at + 1 :]
        case "added":
            return name[:at] + letter + name[at:]
        case "changed":
            return name[:at] + letter + name[at + 1 :]
        case _:
            swapped = min(at, len(name) - 2)
            return name[:swapped] + name[swapped + 1] + name[swapped] + name[swapped + 2 :]


@pytest.mark.parametrize("kind", ["left out", "added", "changed"])
@given(
    name=st.text(alphabet=PLAIN, min_size=7, max_size=16),
    at=st.integers(0, 30),
    letter=st.sampled_from(PLAIN),
)
def test_one_slip_in_cyrillic_is_undone(kind: str, name: str, at: int, letter: str) -> None:
    typed = slip(name, at, letter, kind)

    assume(name_key(name)[0] == name_key(typed)[0])
    if OSA.distance(name_key(typed), name_key(name)) <= 1:
        assert name_key(name) in {name_key(typed), *list_slips(typed)}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Novoekonomicne", "Novoekonomichne"),
        ("Novoekonomihcne", "Novoekonomichne"),
        ("Vovcahnsk", "Vovchansk"),
        ("Vochansk", "Vovchansk"),
        ("Мирногад", "Мирноград"),
        ("Мирногрда", "Мирноград"),
        ("Вовшанськ", "Вовчанськ"),
        ("Мирногрдад", "Мирноград"),
        ("Kostantynivka", "Kostiantynivka"),
        ("Chasiv Yra", "Chasiv Yar"),
        ("Покроввськк", "Покровськ"),
    ],
)
def test_slips_as_people_make_them(typed: str, name: str) -> None:
    assert name_key(name) in {name_key(typed), *list_slips(typed)}


@pytest.mark.parametrize("name", ["Lyman", "Суми", "Rih", "Торц", "", "Kursk"])
def test_a_name_of_five_letters_or_fewer_has_no_slips(name: str) -> None:
    assert list_slips(name) == frozenset()


@given(st.text(alphabet=LATIN + UKRAINIAN, max_size=60))
def test_the_first_letter_stands(text: str) -> None:
    assert all(slip[:1] == name_key(text)[:1] for slip in list_slips(text))


@pytest.mark.parametrize(
    ("typed", "name"), [("Вованськ", "Вовчанськ"), ("Двоцрічанське", "Дворічанське")]
)
def test_a_sound_of_two_letters_is_no_slip_of_a_letter(typed: str, name: str) -> None:
    """One letter in Cyrillic, two in the key: near enough to ask about, not to answer."""
    assert name_key(name) in list_slips_of_sounds(typed)
    assert name_key(name) not in list_slips(typed)


@pytest.mark.parametrize(
    "typed",
    ["Курьяново", "Северская", "Красноармейская", "Агинское", "Торренс", "Грийли"],
)
@pytest.mark.parametrize("writing", [False, True])
def test_a_slip_is_counted_in_what_was_typed_not_in_the_key(
    read: Read, typed: str, *, writing: bool
) -> None:
    assert read(typed, writing=writing).outcome is Certainty.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Курьяново", "Курахово"),
        ("Северская", "Северск"),
        ("Агинское", "Yalynske"),
        ("Торренс", "Торец"),
        ("Грийли", "Khvyli"),
    ],
)
def test_more_than_one_letter_is_no_slip(typed: str, name: str) -> None:
    assert not is_one_slip(typed, name)


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize("typed", ["Столин", "Stolin", "Stoline"])
def test_a_slip_of_a_name_that_is_no_spelling_is_none(
    read: Read, typed: str, *, writing: bool
) -> None:
    """Stolin, in Belarus, was filed at Donetsk, which was Stalino."""
    assert read(typed, writing=writing).outcome is not Certainty.SETTLED


@pytest.mark.parametrize("typed", ["Kyiw", "Dnpiro", "Kharkvi", "Donetks", "Harkiiv"])
def test_no_slip_is_written_not_even_of_a_great_city(read: Read, typed: str) -> None:
    answer = read(typed, writing=True)
    assert (
        not answer.candidates
        or answer.candidates[0].how is not ReadAs.TYPED
        or (answer.outcome is Certainty.ASK)
    )


@pytest.mark.parametrize("writing", [False, True])
def test_a_form_of_a_name_that_is_no_spelling_is_no_place(read: Read, *, writing: bool) -> None:
    """Каліїка was filed at Donetsk, as a form of Kalok."""
    assert read("Каліїка", writing=writing).outcome is not Certainty.SETTLED


def test_a_word_of_few_letters_is_no_declined_name_of_a_village(read: Read) -> None:
    """Фили, in Moscow, is Філія only where a preposition says that it is declined."""
    assert read("Фили").outcome is Certainty.ASK
