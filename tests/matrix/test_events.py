"""What an event asks, whoever wrote it; and what power somebody has in a room."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.matrix.protocol.events import (
    LineRequest,
    PageTurn,
    Retraction,
    parse_page_turn,
    read_request,
    thread_of,
)
from bot.adapters.matrix.protocol.pills import Me
from bot.adapters.matrix.protocol.room import MatrixRoom

ME = Me("@sitrep:example.org", "Sitrep Desk", "!")
ANNA = "@anna:example.org"
REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}}
MENTION = {"m.mentions": {"user_ids": [ME.id]}}
VOICE = {"org.matrix.msc3245.voice": {}, "url": "mxc://example.org/1"}
QUESTION = {"question": {"body": "!status Lviv"}, "answers": []}
POLL = {"m.poll": QUESTION, "org.matrix.msc3381.poll.start": QUESTION}


def message(body: Any, **more: Any) -> dict[str, Any]:
    content = {"msgtype": "m.text", "body": body, **more}
    return {"type": "m.room.message", "sender": ANNA, "event_id": "$1", "content": content}


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (message("!status Pokrovsk"), "status Pokrovsk"),
        (message("  !status\nPokrovsk "), "status Pokrovsk"),
        (message("> <@b:x> !help\n\n!status Lviv"), "status Lviv"),
        (message("Sitrep Desk: status Lviv"), "status Lviv"),
        (message("sitrep, status Lviv"), "status Lviv"),
        (message("Sitrep Desk status Lviv", **MENTION), "status Lviv"),
        (message("@sitrep status Lviv", **MENTION), "status Lviv"),
        (message("@sitrep:example.org: status Lviv"), "status Lviv"),
        (message("[Sitrep](https://matrix.to/#/@sitrep:example.org) status Lviv"), "status Lviv"),
        (message("Sitrep Desk", **MENTION), "help"),
        (message("Sitrep Desk:", **MENTION), "help"),
        (message("!import", msgtype="m.file", filename="a.csv"), "import"),
        (message("!status Lviv", msgtype="m.image", filename="a.png"), "status Lviv"),
    ],
)
def test_a_prefix_or_a_name_at_the_start_asks(event: dict[str, Any], line: str) -> None:
    request = read_request(event, ME, alone=False)
    assert isinstance(request, LineRequest)
    assert request.line == line


PILL = '<a href="https://matrix.to/#/@sitrep:example.org">Sitrep Desk</a>'
ENCODED = '<a href="https://matrix.to/#/%40sitrep%3Aexample.org?via=x.org">Sitrep Desk</a>'
QUOTED = f"<mx-reply><blockquote>{PILL} said</blockquote></mx-reply>Sitrep Desk is slow"


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (message("status Lviv Sitrep Desk", formatted_body=f"status Lviv {PILL}"), "status Lviv"),
        (
            message("status Lviv Sitrep Desk", formatted_body=f"status Lviv {ENCODED}"),
            "status Lviv",
        ),
        (message("status Lviv Sitrep Desk", **MENTION), "status Lviv"),
        (message("status Sitrep Desk Lviv", **MENTION), "status Lviv"),
        (message("what happened in Lviv, Sitrep Desk?", **MENTION), "what happened in Lviv?"),
        (message("hello Sitrep Desk, status Lviv", **MENTION), "status Lviv"),
        (message("!status Lviv Sitrep Desk", formatted_body=f"!status Lviv {PILL}"), "status Lviv"),
        (message("status Lviv [S](https://matrix.to/#/%40sitrep%3Aexample.org)"), "status Lviv"),
        (message("[S](https://matrix.to/#/%40Sitrep%3aexample.org): status Lviv"), "status Lviv"),
        (message("[S](matrix:u/sitrep:example.org) status Lviv"), "status Lviv"),
        (message("https://matrix.to/#/@sitrep:example.org status Lviv"), "status Lviv"),
    ],
)
def test_a_pill_asks_wherever_it_stands_and_however_it_is_written(
    event: dict[str, Any], line: str
) -> None:
    """In the middle, at the end or percent-encoded it met silence."""
    request = read_request(event, ME, alone=False)
    assert isinstance(request, LineRequest)
    assert request.line == line


@pytest.mark.parametrize(
    "event",
    [
        message("the sitrep desk is slow"),
        message("ask [Anna](https://matrix.to/#/@anna:example.org) about sitrep"),
        message("I think Sitrep Desk is slow", formatted_body=QUOTED, **REPLY, **MENTION),
        message("status Lviv, sitrepdesks", **MENTION),
    ],
)
def test_what_a_client_adds_to_a_reply_or_quotes_calls_nobody(event: dict[str, Any]) -> None:
    assert not isinstance(read_request(event, ME, alone=False), LineRequest)


@pytest.mark.parametrize(
    "event",
    [
        message("status Pokrovsk"),
        message("!"),
        message("!! 1"),
        message("what does sitrep: say"),
        message("Sitrep Desk is slow"),
        message("sitreps, please"),
        message("!status Lviv", msgtype="m.notice"),
        message("!status Lviv", msgtype="m.emote"),
        message("!status Lviv", msgtype="m.audio", **VOICE),
        message("!status Lviv", **POLL) | {"type": "m.poll.start"},
        message("!status Lviv", **POLL) | {"type": "org.matrix.msc3381.poll.start"},
        message("!status.csv", msgtype="m.file"),
        message("!status.csv", msgtype="m.file", filename="!status.csv"),
        message("!status", msgtype="m.file", filename=["a.csv"]),
        message("* !status Lviv", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$0"}}),
        message("!status Lviv") | {"sender": ME.id},
        message("!status Lviv") | {"state_key": ""},
        message("!status Lviv") | {"content": {}},
        message(None),
        message(["!status"]),
        message("!status Lviv") | {"type": "m.room.encrypted"},
    ],
)
def test_anything_else_asks_nothing(event: dict[str, Any]) -> None:
    assert read_request(event, ME, alone=False) is None


def test_alone_with_the_bot_no_prefix_is_needed() -> None:
    assert read_request(message("status Lviv"), ME, alone=True) == LineRequest(
        "status Lviv", named=True
    )
    assert read_request(message("!status Lviv"), ME, alone=True) == LineRequest("status Lviv")
    assert read_request(message("status", msgtype="m.notice"), ME, alone=True) is None
    file = message("import", msgtype="m.file", filename="a.csv")
    assert read_request(file, ME, alone=True) == LineRequest("import", named=True)
    assert read_request(message("a.csv", msgtype="m.file"), ME, alone=True) is None


def test_a_command_that_a_client_sent_in_parts_is_read_from_its_parts() -> None:
    page = {"command": "status", "arguments": {"place": "Chasiv Yar", "at": None}}
    event = message("whatever", **MENTION, **{"org.matrix.msc4391.command": page})
    assert read_request(event, ME, alone=False) == LineRequest(
        'status place:"Chasiv Yar"', named=True
    )
    event["content"]["m.mentions"] = {}
    assert read_request(event, ME, alone=False) is None


@pytest.mark.parametrize(("key", "by"), [("▶", 1), ("▶️", 1), ("◀", -1), ("◀️", -1)])
def test_an_arrow_turns_the_page(key: str, by: int) -> None:
    relation = {"rel_type": "m.annotation", "event_id": "$answer", "key": key}
    event = {"type": "m.reaction", "sender": ANNA, "content": {"m.relates_to": relation}}
    assert read_request(event, ME, alone=False) == PageTurn("$answer", by)
    relation["key"] = "👍"
    assert read_request(event, ME, alone=False) is None


def test_a_turn_is_known_again_when_its_sign_is_taken_back() -> None:
    assert parse_page_turn(PageTurn("$answer", -1).note()) == PageTurn("$answer", -1)
    assert [parse_page_turn(value) for value in ("", "1", "2 $answer", '{"body": 1}')] == [None] * 4
    for event in ({"redacts": "$1"}, {"content": {"redacts": "$1"}}):
        message = {"type": "m.room.redaction", "sender": ANNA, **event}
        assert read_request(message, ME, alone=False) == Retraction("$1")
    assert read_request({"type": "m.room.redaction", "sender": ANNA}, ME, alone=False) is None


def test_a_thread_is_known_by_its_first_message() -> None:
    relation = {"rel_type": "m.thread", "event_id": "$root"}
    assert thread_of(message("a", **{"m.relates_to": relation})) == "$root"
    assert thread_of(message("a")) == ""


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "content",
                    "m.relates_to",
                    "m.mentions",
                    "user_ids",
                    "body",
                    "msgtype",
                    "users",
                    "rel_type",
                    "event_id",
                    "key",
                    "type",
                    "org.matrix.msc4391.command",
                    "arguments",
                    "additional_creators",
                    "room_version",
                    "predecessor",
                    "state_default",
                    "events",
                ]
            ),
            inner | st.sampled_from(["m.text", "m.replace", "12", "!status", ME.id]),
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(json, st.sampled_from(["m.room.message", "m.reaction", "m.room.encrypted", 7, None]))
def test_whatever_another_server_wrote_is_read_without_a_fault(content: Any, kind: Any) -> None:
    event = {"type": kind, "sender": ANNA, "content": content}
    read_request(event, ME, alone=True)
    thread_of(event)
    room = MatrixRoom("!1:x")
    for name in ("m.room.create", "m.room.power_levels", "m.room.tombstone", "m.room.member"):
        room.take({"type": name, "state_key": "", "sender": ANNA, "content": content})
    assert isinstance(room.level(ANNA), int)
    assert isinstance(room.may_send(ANNA, "m.x"), bool)
    assert isinstance(room.name + room.successor, str)


def state(kind: str, **content: Any) -> dict[str, Any]:
    return {"type": kind, "state_key": "", "sender": ANNA, "content": content}


def room_after(*events: dict[str, Any]) -> MatrixRoom:
    room = MatrixRoom("!1:x")
    for event in events:
        room.take(event)
    return room


POWER = state("m.room.power_levels", users={"@boris:x": 50, "@clara:x": "100"}, users_default=10)


def test_levels_are_as_the_room_says() -> None:
    room = room_after(state("m.room.create", room_version="11"), POWER)
    assert [room.level(user) for user in ("@boris:x", "@clara:x", "@dora:x")] == [50, 100, 10]
    assert room.level(ANNA) == 10


def test_the_creators_of_a_room_of_version_12_have_all_power_unlisted() -> None:
    """The level list of such a room may not name them, and they were read as having none."""
    room = room_after(
        state("m.room.create", room_version="12", additional_creators=["@dora:x"]), POWER
    )
    assert room.level(ANNA) > 100
    assert room.level("@dora:x") > 100
    assert room.level("@boris:x") == 50


def test_additional_creators_count_from_version_12_on() -> None:
    room = room_after(
        state("m.room.create", room_version="11", additional_creators=["@dora:x"]), POWER
    )
    assert room.level("@dora:x") == 10


def test_the_creator_of_a_room_without_levels_has_100() -> None:
    room = room_after(state("m.room.create", room_version="10", creator=ANNA))
    assert [room.level(ANNA), room.level("@boris:x")] == [100, 0]


def test_who_may_send_state_is_as_the_room_says() -> None:
    levels = state("m.room.power_levels", users={"@boris:x": 50}, events={"m.low": 0, "m.high": 90})
    room = room_after(state("m.room.create", room_version="11"), levels)
    may = [room.may_send("@boris:x", kind) for kind in ("m.low", "m.high", "m.other")]
    assert may == [True, False, True]
    assert not room.may_send(ANNA, "m.other")


@pytest.mark.parametrize(
    ("joined", "invited", "alone"), [(2, 0, True), (1, 1, True), (2, 1, False)]
)
def test_two_make_a_private_chat(joined: int, invited: int, alone: bool) -> None:  # noqa: FBT001
    counts = {"m.joined_member_count": joined, "m.invited_member_count": invited}
    room = MatrixRoom("!1:x")
    assert not room.alone
    room.take_all({"summary": counts})
    assert room.alone is alone
