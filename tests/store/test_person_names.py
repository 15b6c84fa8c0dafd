"""People and bodies by their names as they stand in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.queries.person_names import Likeness, name_likeness


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Путіна", "Vladimir Putin"),
        ("Путину", "Vladimir Putin"),
        ("Путіним", "Vladimir Putin"),
        ("V. Putin", "Vladimir Putin"),
        ("В. Путін", "Vladimir Putin"),
        ("Putin V.", "Vladimir Putin"),
        ("Путин В.В.", "Vladimir Putin"),
        ("В. В. Путін", "Vladimir Putin"),
        ("Putin's", "Vladimir Putin"),
        ("President Putin", "Vladimir Putin"),
        ("президента Путіна", "Vladimir Putin"),
        ("Володимир Путін", "Vladimir Putin"),
        ("Владимира Путина", "Vladimir Putin"),
        ("Vitaly Deineha", "Vitalii Deineha"),
        ("Дейнезі", "Vitalii Deineha"),
        ("Дейнегою", "Vitalii Deineha"),
        ("Зеленського", "Volodymyr Zelensky"),
        ("Zelenskyy", "Volodymyr Zelensky"),
        ("Zelenskiy", "Volodymyr Zelensky"),
        ("Владимир Зеленский", "Volodymyr Zelensky"),
        ("General Syrskyi", "Oleksandr Syrskyi"),
        ("Сырского", "Oleksandr Syrskyi"),
        ("Погорілого", "Roman Pohorilyi"),
    ],
)
def test_a_person_is_known_by_the_surname_in_any_case(words: str, name: str) -> None:
    assert name_likeness(words, name) >= Likeness.SURNAME


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Skelia", "Skelia Assault Regiment"),
        ("Скеля", "Skelia Assault Regiment"),
        ("Rubicon", "Rubicon drone unit"),
        ("DeepState", "DeepState"),
    ],
)
def test_a_body_is_known_by_the_word_that_tells_it_apart(words: str, name: str) -> None:
    assert name_likeness(words, name, person=False) >= Likeness.SURNAME


@pytest.mark.parametrize(
    ("words", "name", "person"),
    [
        ("Vladimir", "Vladimir Putin", True),
        ("Anna Putin", "Vladimir Putin", True),
        ("A. Putin", "Vladimir Putin", True),
        ("President", "Vladimir Putin", True),
        ("V.", "Vladimir Putin", True),
        ("A. V. Putin", "Vladimir Putin", True),
        ("", "Vladimir Putin", True),
        ("Regiment", "Skelia Assault Regiment", False),
        ("Assault Brigade", "Skelia Assault Regiment", False),
        ("State", "Deep State", False),
        ("Ukrainian", "Ukrainian drone operator", False),
        ("General Staff of Russia", "General Staff of Ukraine", False),
        ("Ukrainian forces", "Ukrainian drone operator", False),
    ],
)
def test_what_is_anybodys_names_nobody(words: str, name: str, person: bool) -> None:  # noqa: FBT001
    assert name_likeness(words, name, person=person) < Likeness.SURNAME


@given(st.text(max_size=60), st.text(max_size=60), st.booleans())
def test_any_words_are_compared_without_a_fault(words: str, name: str, person: bool) -> None:  # noqa: FBT001
    assert name_likeness(words, name, person=person) in Likeness
