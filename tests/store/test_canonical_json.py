"""One value has one text, whichever way it is written, and one hash."""

import json
import random
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.canonical_json import Json, canonical, hash_of
from store.model.entry import LinkType
from tests.store.conftest import AT
from tests.store.json_values import values


def with_types(value: Any) -> object:
    """Return a value in a form in which 1 and True differ."""
    match value:
        case dict():
            return {key: with_types(inner) for key, inner in value.items()}
        case list():
            return [with_types(inner) for inner in value]
        case _:
            return type(value), value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (1, "1"),
        (-(10**30), "-1" + "0" * 30),
        ("", '""'),
        ("Куп’янськ", '"Куп’янськ"'),
        ('a "b" \\ / \n \x1f \x7f 😀', '"a \\"b\\" \\\\ / \\n \\u001f \x7f 😀"'),
        ([], "[]"),
        ((1, "2"), '[1,"2"]'),
        ({}, "{}"),
        ({"b": 1, "a": [None, {"я": 0, "z": False}]}, '{"a":[null,{"z":false,"я":0}],"b":1}'),
        ({"\uffff": 1, "\U00010000": 2}, '{"\uffff":1,"\U00010000":2}'),
        (LinkType.FOLLOWS, '"follows"'),
    ],
)
def test_canonical_json_is_written_as_specified(value: Json, text: str) -> None:
    assert canonical(value) == text


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), [1, 2.5], {"a": {"b": 0.1}}, {1: "one"}, {None: 1}, b"bytes", {1, 2}, AT],
)
def test_what_has_no_one_text_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="canonical JSON"):
        canonical(value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(LinkType),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_canonical_json_is_the_same_text_whichever_way_it_is_written(value: Any) -> None:
    """The quick writer and Python's own agree to the byte, or old digests would not hold."""
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert canonical(value) == plain


@given(values)
def test_canonical_json_is_json_and_keeps_the_value(value: Any) -> None:
    text = canonical(value)

    assert with_types(json.loads(text)) == with_types(value)
    assert canonical(json.loads(text)) == text


@given(values, values)
def test_equal_values_and_only_they_have_equal_text(value: Any, other: Any) -> None:
    assert (canonical(value) == canonical(other)) == (with_types(value) == with_types(other))


@given(st.dictionaries(st.text(), st.integers()), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_count(value: dict[str, int], chance: random.Random) -> None:
    keys = chance.sample(list(value), len(value))

    assert canonical({key: value[key] for key in keys}) == canonical(value)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_a_digest_tells_where_one_part_ends(parts: list[str], others: list[str]) -> None:
    assert (hash_of(*parts) == hash_of(*others)) == (parts == others)


def test_a_digest_is_sha_256_of_each_length_in_bytes_and_part() -> None:
    assert hash_of("abc", "«é") == sha256("3:abc4:«é".encode()).hexdigest()
