"""What a member asked, and what became of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from tests.discord.loopback.clock import Json, Pulse
from tests.discord.loopback.rules_components import inside
from tests.discord.loopback.world import Channel, Message, User
from tests.patience import PATIENCE_S

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
SAY, WAIT, WAIT_TO_CHANGE, CHANGE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
TOKEN_S = 900
"""Seconds for all that follows."""


@dataclass(eq=False)
class Interaction:
    """One interaction: tests await `answer`, `form` or `choices`."""

    id: int
    token: str
    type: int
    user: User
    channel: Channel
    owners: Mapping[str, str]
    data: Json
    pulse: Pulse
    asked_at: float
    source: Message | None = None
    """The message whose button or menu was used."""
    trigger: "Interaction | None" = None
    """What opened the form that was submitted."""
    focused: int = 3
    """The type of the option that suggestions are for."""
    hushed: bool = False
    """Whether nobody else may see the answer, whatever the bot wants."""
    response: int = 0
    """How it was answered first; 0 if it was not yet."""
    took: float = 0
    """Seconds until then."""
    shown_after: float = 0
    """Seconds until what was asked for was there, whatever had been said before; 0 if it is not."""
    original: Message | None = None
    loading: bool = False
    followups: list[Message] = field(default_factory=list)
    event: Json = field(default_factory=dict)
    """What the gateway says of it."""
    _form: "Form | None" = None
    _choices: list[Json] | None = None
    _edits: int = 0
    _started: float = field(default_factory=time.perf_counter)

    @property
    def is_menu(self) -> bool:
        return self.type == COMMAND and self.data["type"] != 1

    def responded(self, kind: int, data: Json, at: float) -> None:
        """Note the first answer, and when it came."""
        self.response = kind
        self.took = at - self._started
        if kind == CHOICES:
            self._choices = data["choices"]
        elif kind == FORM:
            self._form = Form(data, self)
        elif kind in (WAIT_TO_CHANGE, CHANGE):
            self.original = self.source
            self._edits = self.source.edits if self.source else 0
        self.loading = kind == WAIT
        if kind not in (WAIT, WAIT_TO_CHANGE):
            self.shown_after = self.took
        self.pulse.beat()

    def filled(self, at: float) -> None:
        """Note that a wait is over, and when what ended it came."""
        self.shown_after = self.shown_after or at - self._started
        self.pulse.beat()

    async def first(self, seconds: float = PATIENCE_S) -> int:
        """Wait for the first answer, of whatever kind, and return its kind."""
        return await self.pulse.until(lambda: self.response, f"an answer to {self}", seconds)

    async def answer(self, seconds: float = PATIENCE_S) -> Message:
        """Wait for a message: the answer, what a wait was filled with, or what followed."""
        return await self.pulse.until(self._shown, f"a message for {self}", seconds)

    async def followup(self, number: int = 0, seconds: float = PATIENCE_S) -> Message:
        """Wait for a message that came after the answer."""

        def found() -> Message | None:
            return self.followups[number] if len(self.followups) > number else None

        return await self.pulse.until(found, f"follow-up {number} to {self}", seconds)

    async def form(self, seconds: float = PATIENCE_S) -> "Form":
        return await self.pulse.until(lambda: self._form, f"a form from {self}", seconds)

    async def choices(self, seconds: float = PATIENCE_S) -> list[Json]:
        """Wait for suggestions."""
        message = await self.pulse.until(
            lambda: None if self._choices is None else [self._choices],
            f"suggestions for {self}",
            seconds,
        )
        return message[0]

    def _shown(self) -> Message | None:
        assert self.response not in (CHOICES, FORM), f"{self}: no message, but a form or choices."
        if self.response in (SAY, CHANGE):
            return self.original
        left = [followup for followup in self.followups if not followup.deleted]
        first = self.original
        if first is not None and not first.deleted and not self.loading:
            filled = self.response == WAIT or first.edits > self._edits
            if filled:
                return first
        return left[-1] if left else None

    @override
    def __str__(self) -> str:
        return str(self.data.get("name") or self.data.get("custom_id"))


@dataclass(eq=False)
class Form:
    """A form that a member sees."""

    body: Json
    opener: Interaction

    @property
    def title(self) -> str:
        return str(self.body["title"])

    @property
    def custom_id(self) -> str:
        return str(self.body["custom_id"])

    @property
    def fields(self) -> dict[str, Json]:
        """What can be filled in, by id."""
        every = inside(self.body["components"])
        return {
            component["custom_id"]: component for component in every if component.get("custom_id")
        }

    def filled(self, values: Mapping[str, Any]) -> list[Json]:
        """Return the form as a client submits it: values in the layout of the form."""
        strange = set(values) - set(self.fields)
        assert not strange, f"No such fields: {strange}; there are {list(self.fields)}"
        return [_fill(component, values) for component in self.body["components"]]


def _fill(component: Json, values: Mapping[str, Any]) -> Json:
    base = {"type": component["type"], "id": component["id"]}
    if component["type"] == 10:
        return base
    if component["type"] == 18:
        return base | {"component": _fill(component["component"], values)}
    if component["type"] == 1:
        return base | {"components": [_fill(part, values) for part in component["components"]]}
    base["custom_id"] = component["custom_id"]
    value = values.get(component["custom_id"])
    match component["type"]:
        case 4:
            return base | {"value": _write_text(component, value)}
        case 21:
            return base | {"value": value}
        case 23:
            return base | {"value": bool(value)}
        case _:
            return base | {"values": _choose(component, value)}


def _write_text(component: Json, value: Any) -> str:
    """Return what a client lets someone write."""
    text = str(component.get("value") or "" if value is None else value)
    name = component["custom_id"]
    assert text or not component.get("required", True), f"{name!r} must be filled in."
    least, most = component.get("min_length") or 0, component.get("max_length") or 4_000
    assert not text or least <= len(text) <= most, f"{name!r}: {len(text)} characters."
    return text


def _choose(component: Json, value: Any) -> list[str]:
    if value is None:
        value = [each["value"] for each in component.get("options", []) if each.get("default")]
    return pick(component, value)


def pick(component: Json, values: Any) -> list[str]:
    """Return what a client lets someone pick from a menu."""
    chosen = [str(getattr(each, "id", each)) for each in values]
    offered = [each["value"] for each in component.get("options") or []]
    strange = [each for each in chosen if offered and each not in offered]
    assert not strange, f"Not offered: {strange}; there is {offered}"
    least = (component.get("min_values", 1) if component.get("required", True) else 0) or 0
    fits = least <= len(chosen) <= (component.get("max_values") or 1)
    assert fits, f"{component['custom_id']!r}: {len(chosen)} chosen."
    return chosen
