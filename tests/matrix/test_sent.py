"""What a message says of its file, and what a file may be called."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.matrix.delivery.file_posts import safe_file_name
from bot.adapters.matrix.handlers.uploads import FileReference, file_of
from bot.adapters.matrix.protocol.events import reply_target

URI = "mxc://example.org/abc"


def message(**content: Any) -> dict[str, Any]:
    return {"content": {"msgtype": "m.file", "body": "a.csv", "url": URI, **content}}


def test_a_file_is_called_by_its_name_and_without_one_by_its_body() -> None:
    event = message(filename="b.csv", info={"size": 7})
    assert file_of(event) == FileReference("b.csv", URI, 7)
    assert file_of(message(info={"size": 0})) == FileReference("a.csv", URI, 0)


def test_the_address_of_a_sealed_file_stands_with_its_key() -> None:
    key = {"url": "mxc://example.org/sealed", "v": "v2"}
    assert file_of(message(file=key)) == FileReference("a.csv", "mxc://example.org/sealed", -1, key)


@pytest.mark.parametrize("size", [-1, True, "7", None, 7.5, [7]])
def test_a_size_that_is_none_counts_as_not_said(size: Any) -> None:
    assert file_of(message(info={"size": size})) == FileReference("a.csv", URI, -1)


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"content": None},
        {"content": {"msgtype": "m.text", "body": "a.csv", "url": URI}},
        {"content": {"msgtype": "m.file", "body": "a.csv"}},
        {"content": {"msgtype": ["m.file"], "url": URI}},
        message(url=7),
    ],
)
def test_a_message_without_a_file_has_none(event: dict[str, Any]) -> None:
    assert file_of(event) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Рядки (1).csv", "Рядки (1).csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\rows.csv", "rows.csv"),
        ("@room\n<b>.csv", "room_b_.csv"),
        ("a\u202evsc.exe", "a_vsc.exe"),
        (".hidden", "hidden"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".csv", "x" * 96 + ".csv"),
        ("a." + "x" * 300, "a." + "x" * 98),
    ],
)
def test_a_name_is_made_of_what_names_are_made_of(name: str, shown: str) -> None:
    assert safe_file_name(name) == shown


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                [
                    "body",
                    "event_id",
                    "file",
                    "filename",
                    "info",
                    "is_falling_back",
                    "m.in_reply_to",
                    "m.relates_to",
                    "msgtype",
                    "rel_type",
                    "size",
                    "url",
                ]
            ),
            inner | st.sampled_from(["m.file", "m.thread", URI, "$1"]),
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(json)
def test_whatever_is_said_of_a_file_is_read_without_a_fault(content: Any) -> None:
    file = file_of({"content": content})
    assert file is None or 0 < len(file.name) <= 100
    assert reply_target({"content": content}) in {"", "$1"}
