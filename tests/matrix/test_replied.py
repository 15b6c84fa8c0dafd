"""Which message a message is a reply to, whoever wrote it."""

from typing import Any

import pytest

from bot.adapters.matrix.protocol.events import reply_target

REPLY = {"m.in_reply_to": {"event_id": "$1"}}
THREAD = {"rel_type": "m.thread", "event_id": "$0"}


def event_with(relation: Any) -> dict[str, Any]:
    return {"content": {"m.relates_to": relation}}


@pytest.mark.parametrize(
    "event",
    [
        event_with(REPLY),
        event_with({**THREAD, **REPLY}),
        event_with({**THREAD, **REPLY, "is_falling_back": False}),
    ],
)
def test_a_reply_is_to_the_message_that_it_names(event: dict[str, Any]) -> None:
    assert reply_target(event) == "$1"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"content": "text"},
        event_with(None),
        event_with([REPLY]),
        event_with({**THREAD, **REPLY, "is_falling_back": True}),
        event_with({"m.in_reply_to": "$1"}),
        event_with({"m.in_reply_to": {"event_id": 1}}),
        event_with({"m.in_reply_to": {"event_id": ".."}}),
    ],
)
def test_anything_else_is_a_reply_to_nothing(event: dict[str, Any]) -> None:
    assert reply_target(event) == ""
