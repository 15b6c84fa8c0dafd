"""What is known of the rooms the bot is in: who has power, how many there are, what became of them.

It is told by the homeserver when the bot starts, and kept up with what is synced after that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.matrix.protocol.events import Event, text_at

STATE = (
    "m.room.create",
    "m.room.encryption",
    "m.room.history_visibility",
    "m.room.member",
    "m.room.name",
    "m.room.power_levels",
    "m.room.tombstone",
)
"""The state that the bot looks at."""
_PAIR = 2
_CREATORS_FROM = 12  # the room version from which creators have all power
_ALL_POWER = 2**53


@dataclass
class MatrixRoom:
    """One room. `people` is how many are in it or invited; 0 while that is unknown."""

    id: str
    state: dict[str, Event] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    summary: dict[str, int] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether there are two in it, so that all that is said is said to the bot."""
        return 0 < sum(self.summary.values()) <= _PAIR

    @property
    def name(self) -> str:
        return text_at(self.state.get("m.room.name", {}), "content", "name")

    @property
    def encrypted(self) -> bool:
        return "m.room.encryption" in self.state

    @property
    def shows_history(self) -> bool:
        """Whether people may read what was written before they came, which is so unless said."""
        visibility = self.state.get("m.room.history_visibility", {})
        known = text_at(visibility, "content", "history_visibility")
        return known in {"", "shared", "world_readable"}

    @property
    def is_space(self) -> bool:
        """Whether it is a space, which holds rooms and in which nobody reads messages."""
        return is_space(self.state.get("m.room.create", {}))

    @property
    def told(self) -> bool:
        """Whether the homeserver has told its state already."""
        return "m.room.create" in self.state

    def name_of(self, user: str) -> str:
        """Return how somebody is called here."""
        return self.names.get(user) or user[1:].partition(":")[0] or user

    def level(self, user: str) -> int:
        """Return somebody's power level."""
        create = self.state.get("m.room.create", {})
        creators = _creators(create)
        if user in creators and _version(create) >= _CREATORS_FROM:
            return _ALL_POWER
        power = self.state.get("m.room.power_levels")
        if power is None:  # before levels are set the creator has 100
            return 100 if user in creators else 0
        content = _content(power)
        users = content.get("users")
        given = users.get(user) if isinstance(users, Mapping) else None
        return _whole(content.get("users_default") if given is None else given, 0)

    def may_send(self, user: str, kind: str) -> bool:
        """Tell whether somebody may send state of this type."""
        content = _content(self.state.get("m.room.power_levels", {}))
        events = content.get("events")
        given = events.get(kind) if isinstance(events, Mapping) else None
        needed = _whole(content.get("state_default") if given is None else given, 50)
        return self.level(user) >= needed

    def may_say(self, user: str) -> bool:
        """Tell whether somebody may write messages here, encrypted where the room is."""
        content = _content(self.state.get("m.room.power_levels", {}))
        events = content.get("events")
        kind = "m.room.encrypted" if self.encrypted else "m.room.message"
        given = events.get(kind) if isinstance(events, Mapping) else None
        needed = _whole(content.get("events_default") if given is None else given, 0)
        return self.level(user) >= needed

    @property
    def successor(self) -> str:
        """The room that replaces this one; "" while it lives."""
        return text_at(self.state.get("m.room.tombstone", {}), "content", "replacement_room")

    def take(self, event: Event) -> None:
        """Take a state event."""
        kind = text_at(event, "type")
        if kind == "m.room.member":
            user, name = text_at(event, "state_key"), text_at(event, "content", "displayname")
            if name:
                self.names[user] = name
            else:
                self.names.pop(user, None)
        elif kind in STATE and event.get("state_key") == "":
            self.state[kind] = event

    def take_all(self, part: Mapping[str, Any]) -> None:
        """Take what a sync says of the room, but for its timeline."""
        summary = part.get("summary") or {}
        for name in ("m.joined_member_count", "m.invited_member_count"):
            if isinstance(summary.get(name), int):
                self.summary[name] = summary[name]
        for event in events_of(part, "state"):
            self.take(event)


def events_of(part: Mapping[str, Any], where: str) -> Iterable[Event]:
    """Return the events in a part of what a sync says of a room."""
    section = part.get(where)
    events = section.get("events") if isinstance(section, Mapping) else None
    return [event for event in events or () if isinstance(event, Mapping)]


def is_space(create: Event) -> bool:
    """Tell whether the room that this event made is a space."""
    return text_at(create, "content", "type") == "m.space"


def predecessor(create: Event) -> str:
    """Return the room that the one of this event replaces; "" if none."""
    return text_at(create, "content", "predecessor", "room_id")


def _content(event: Event) -> Mapping[str, Any]:
    content = event.get("content")
    return content if isinstance(content, Mapping) else {}


def _creators(create: Event) -> set[str]:
    more = _content(create).get("additional_creators")
    others = more if isinstance(more, list) and _version(create) >= _CREATORS_FROM else []
    named = text_at(create, "content", "creator") if _version(create) < _CREATORS_FROM else ""
    return {
        text_at(create, "sender") or named,
        *filter(lambda creator: isinstance(creator, str), others),
    }


def _version(create: Event) -> int:
    version = text_at(create, "content", "room_version") or "1"
    if version.startswith("org.matrix.hydra"):
        return _CREATORS_FROM
    return int(version) if version.isascii() and version.isdigit() else 0


def _whole(value: Any, otherwise: int) -> int:  # noqa: ANN401 -- whatever another server wrote
    """Return a level; old rooms may write it as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.removeprefix("-").isdecimal() else otherwise
