"""References: their text and what is read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.ref import Ref, RefKind


@given(st.sampled_from(RefKind), st.integers(0, 10**12 - 1))
def test_a_reference_is_read_back_as_it_was_written(kind: RefKind, number: int) -> None:
    assert Ref.parse(str(Ref(kind, number))) == Ref(kind, number)


def test_small_letters_are_read_too() -> None:
    assert Ref.parse("e-42") == Ref(RefKind.ENTRY, 42)


@pytest.mark.parametrize(
    "text", ["", "E", "E-", "E42", "-42", "X-42", "EE-42", "E-4x", "E-٤٢", "E--42", "E-" + "9" * 13]
)
def test_anything_else_is_no_reference(text: str) -> None:
    assert Ref.match(text) is None
    with pytest.raises(ValueError, match="is not a reference such as E-42"):
        Ref.parse(text)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    ref = Ref.match(text)
    assert ref is None or str(ref)[0] == text[0].upper()
