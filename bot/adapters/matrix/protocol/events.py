"""What an event asks of the bot. Pure; whatever another server wrote may stand in it.

Its own messages and notices (which no bot answers) ask nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.adapters.matrix.protocol.pills import Me, line_called
from commands.kit.parser import write_line

Event = Mapping[str, Any]

BACK, ON, YES = "◀", "▶", "✅"
_YES = {YES, "✔", "☑", "✓"}
FILES = ("m.file", "m.image", "m.audio", "m.video")
VERIFICATION = "m.key.verification.request"
COMMAND = "org.matrix.msc4391.command"
_LONGEST_REPLY = 500
_QUOTE = re.compile(r"(?:> .*\n)+\n?")
_NEW_COMMAND = re.compile(r"[a-z]", re.IGNORECASE)


class LineRequest(Struct, frozen=True):
    """A line to answer; `named` when the bot was called by its name rather than by a prefix.

    `to` is the message that it replies to, and `edits` the one that it corrects.
    """

    line: str
    named: bool = False
    to: str = ""
    edits: str = ""


class ChoiceReply(Struct, frozen=True):
    """Words in reply to a message, which choose what it offers if it is an answer of the bot's."""

    line: str
    to: str


class Confirmation(Struct, frozen=True):
    """A reaction that says yes to a message."""

    to: str


class PageTurn(Struct, frozen=True):
    """A reaction that turns the page of a message: 1 on, -1 back."""

    message: str
    by: int

    def note(self) -> str:
        """Return it as it is kept, for when the reaction is taken back."""
        return f"{self.by} {self.message}"


class Retraction(Struct, frozen=True):
    """A reaction, or anything else, that was taken back."""

    event: str


class VerificationRequest(Struct, frozen=True):
    """A message by which a client asks to verify the bot's device."""

    event: str


Request = VerificationRequest | LineRequest | ChoiceReply | Confirmation | PageTurn | Retraction


def text_at(event: Event, *path: str) -> str:
    """Return the text at a path inside an event; "" where there is none."""
    value: Any = event
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def is_encrypted(event: Event) -> bool:
    """Tell whether an event has to be decrypted before it says anything."""
    return event.get("type") == "m.room.encrypted" and "state_key" not in event


def read_request(event: Event, me: Me, *, alone: bool) -> Request | None:
    """Return what an event asks; `alone` is whoever has the bot in a room for two."""
    if text_at(event, "sender") in {me.id, ""} or "state_key" in event:
        return None
    match event.get("type"):
        case "m.reaction":
            return _read_reaction(event)
        case "m.room.redaction":
            undone = text_at(event, "redacts") or text_at(event, "content", "redacts")
            return Retraction(undone) if undone else None
        case "m.room.message":
            return _read_message(event, me, alone=alone)
        case _:
            return None


def thread_of(event: Event) -> str:
    """Return the first message of the thread in which an event stands; "" outside of one."""
    relation = "content", "m.relates_to"
    is_thread = text_at(event, *relation, "rel_type") == "m.thread"
    return text_at(event, *relation, "event_id") if is_thread else ""


def reply_target(event: Event) -> str:
    """Return the message to which an event is a reply; "" where it is none.

    In a thread a client names the last message for those that know no threads: that is none.
    """
    content = event.get("content")
    relation = content.get("m.relates_to") if isinstance(content, Mapping) else None
    if not isinstance(relation, Mapping):
        return ""
    if relation.get("rel_type") == "m.thread" and relation.get("is_falling_back") is True:
        return ""
    message = text_at(relation, "m.in_reply_to", "event_id")
    return message if message.startswith("$") else ""


def body_of(event: Event) -> str:
    """Return what a message says, without the quote of what it replies to."""
    return _QUOTE.sub("", text_at(event, "content", "body"), count=1)


def parse_page_turn(note: str) -> PageTurn | None:
    """Return a turn as it was kept. To take its reaction back is to turn once more.

    A client lets somebody react once with a sign: a second tap on it takes it back.
    """
    by, _, message = note.partition(" ")
    return PageTurn(message, int(by)) if by in {"1", "-1"} and message else None


def _read_reaction(event: Event) -> PageTurn | Confirmation | None:
    key = text_at(event, "content", "m.relates_to", "key").rstrip("\ufe0e\ufe0f")
    message = text_at(event, "content", "m.relates_to", "event_id")
    steps = {BACK: -1, ON: 1}
    if key in _YES and message:
        return Confirmation(message)
    return PageTurn(message, steps[key]) if key in steps and message else None


def _read_message(
    event: Event, me: Me, *, alone: bool
) -> LineRequest | ChoiceReply | VerificationRequest | None:
    content = event.get("content")
    relation = text_at(event, "content", "m.relates_to", "rel_type")
    if not isinstance(content, Mapping):
        return None
    if relation == "m.replace":
        return _read_edit(event, content, me, alone=alone)
    if text_at(content, "msgtype") == VERIFICATION:
        own = text_at(content, "to") == me.id
        return VerificationRequest(text_at(event, "event_id")) if own else None
    if text_at(content, "msgtype") != "m.text" and not _is_captioned(content):
        return None
    mentions = content.get("m.mentions")
    listed = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
    mentioned, to = isinstance(listed, list) and me.id in listed, reply_target(event)
    if mentioned and (command := _line_of_command(content.get(COMMAND))):
        return LineRequest(command, named=True, to=to)
    body = " ".join(body_of(event).split())
    line = line_called(content, body, me, mentioned=mentioned, replying=bool(to))
    if body.startswith(me.prefix) and _NEW_COMMAND.match(body, len(me.prefix)):
        return LineRequest((line or body).removeprefix(me.prefix), to=to)
    if line is not None:
        return LineRequest(line or "help", named=True, to=to)
    if alone and body:
        return LineRequest(body, named=True, to=to)
    return ChoiceReply(body, to) if to and 0 < len(body) <= _LONGEST_REPLY else None


def _read_edit(event: Event, content: Event, me: Me, *, alone: bool) -> LineRequest | None:
    """Return what a message asks as it was corrected, if that is a line."""
    edited, new = text_at(content, "m.relates_to", "event_id"), content.get("m.new_content")
    if not edited or not isinstance(new, Mapping) or text_at(new, "m.relates_to", "rel_type"):
        return None
    request = _read_message({**event, "content": new}, me, alone=alone)
    return replace(request, edits=edited) if isinstance(request, LineRequest) else None


def _is_captioned(content: Event) -> bool:
    """Tell whether a message is a file with words of its own beside it (since version 1.10)."""
    name = text_at(content, "filename")
    is_file = text_at(content, "msgtype") in FILES
    return is_file and bool(name) and name != text_at(content, "body")


def _line_of_command(command: Any) -> str:  # noqa: ANN401 -- whatever another server wrote
    """Return the line of a command that a client sent in parts (MSC4391)."""
    if not isinstance(command, Mapping):
        return ""
    path, given = text_at(command, "command"), command.get("arguments")
    parts = given if isinstance(given, Mapping) else {}
    texts = {str(name): str(value) for name, value in parts.items() if value not in (None, "")}
    return write_line(path, texts)[1:] if path else ""
