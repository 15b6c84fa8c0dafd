"""A conversation is had, and held to what it has to be."""

import re

from tests.conversations.saying import Conversation, Platform, Said, Says, Who
from tests.conversations.words import flat

_REFERENCE = re.compile(r"\b[A-Z]-\d+\b")


async def hold(talk: Conversation, platform: Platform) -> None:
    """Say all of it, and assert of each answer that it is as it has to be."""
    people = {"reader": Who.READER, "moderator": Who.MODERATOR, "admin": Who.ADMIN}
    notes = {name: platform.name(who) for name, who in people.items()}
    for number, step in enumerate(talk.steps, start=1):
        line = _filled(step.line, notes)
        said = await platform.say(step.who, line, step.file)
        wrong = "; ".join(_wrong(step, said, notes))
        assert not wrong, f"{platform.on}, line {number}, {step.who}: {line}\n{wrong}\n\n{said}"
        if step.noted:
            found = _REFERENCE.search(said.first)
            assert found, f"{platform.on}, line {number}: no reference in {said.first!r}"
            notes[step.noted] = found[0]


def _wrong(step: Says, said: Said, notes: dict[str, str]) -> list[str]:
    """Return what is not as the step says, in words."""
    first, text = _filled(step.first, notes), flat(said.text)
    begins = said.first.startswith(first.removesuffix("…")) if first.endswith("…") else False
    found = [] if begins or said.first == first else [f"first line: {said.first!r} != {first!r}"]
    has = [_filled(one, notes) for one in step.has]
    lacks = [_filled(one, notes) for one in step.lacks]
    found += [f"not there: {one!r}" for one in has if one not in text]
    found += [f"there: {one!r}" for one in lacks if one in text]
    if said.refused not in {None, step.refused}:
        found.append(f"refused: {said.refused}")
    if not step.refused and said.alone not in {None, step.alone}:
        found.append(f"for the asker alone: {said.alone}")
    return found


def _filled(text: str, notes: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda one: notes.get(one[1], one[0]), text)
