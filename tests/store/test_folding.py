"""Names that people write apart are compared as one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.text import fold

SAID = "abcdefghijklmnopqrstuvwxyzéčşabвгґдеєёжзиіїйклмнопрстуфхцчшщьюяыъэў -'’"
names = st.text(alphabet=SAID, max_size=30)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(names, st.sampled_from("'’ʼ‘`´′＇"), st.sampled_from("-‐‑‒–—_ "))
def test_apostrophe_hyphen_and_case_do_not_count(name: str, mark: str, hyphen: str) -> None:
    written = name.replace("'", mark).replace("-", hyphen)

    assert fold(written) == fold(name) == fold(name.upper()) == fold(f"  {name.title()}\t")


@given(names)
def test_a_name_and_its_letters_taken_apart_are_one(name: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, name)) == fold(name)


@given(names, st.sampled_from(["\u200b", "\u200f", "\ufeff", "\u00ad"]))
def test_what_cannot_be_seen_does_not_count(name: str, unseen: str) -> None:
    assert fold(unseen.join(name)) == fold(name)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Slov’iansk", "sloviansk"),
        ("Kup'yansk", "kupyansk"),
        ("Куп’янськ", "купянськ"),
        ("КУПЪЯНСК", "купъянск"),
        ("Ґоща", "гоща"),
        ("Артёмовск", "артемовск"),
        ("Qarağy", "qaragy"),
        ("Ivano-Frankivs'k", "ivano frankivsk"),
        ("Чайки", "чайки"),
        ("Їжаківка", "їжаківка"),
        ("  ", ""),
        ("’’", ""),
    ],
)
def test_names_are_folded_as_specified(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_ukrainian_letters_stay_apart() -> None:
    assert len({fold(letter) for letter in "иіїй"}) == 4
