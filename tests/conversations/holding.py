"""A conversation is had, and held to what it has to be."""

import re

from tests.conversations.saying import Conversation, PlainAnswer, PlatformDesk, Says, Who
from tests.conversations.words import flat

_REFERENCE = re.compile(r"\b[A-Z]-\d+\b")


async def hold(talk: Conversation, platform: PlatformDesk) -> None:
    """Say all of it, and assert of each answer that it is as it has to be."""
    people = {"reader": Who.READER, "moderator": Who.MODERATOR, "admin": Who.ADMIN}
    notes = {name: platform.name(who) for name, who in people.items()}
    for number, step in enumerate(talk.steps, start=1):
        line = _fill(step.line, notes)
        answer = await platform.say(step.who, line, step.file)
        wrong = "; ".join(_wrong(step, answer, notes))
        assert not wrong, f"{platform.on}, line {number}, {step.who}: {line}\n{wrong}\n\n{answer}"
        if step.noted:
            match = _REFERENCE.search(answer.first)
            assert match, f"{platform.on}, line {number}: no reference in {answer.first!r}"
            notes[step.noted] = match[0]


def _wrong(step: Says, answer: PlainAnswer, notes: dict[str, str]) -> list[str]:
    """Return what is not as the step says, in words."""
    first, text = _fill(step.first, notes), flat(answer.text)
    begins = answer.first.startswith(first.removesuffix("…")) if first.endswith("…") else False
    faults = (
        [] if begins or answer.first == first else [f"first line: {answer.first!r} != {first!r}"]
    )
    has = [_fill(expected, notes) for expected in step.has]
    lacks = [_fill(lack, notes) for lack in step.lacks]
    faults += [f"not there: {expected!r}" for expected in has if expected not in text]
    faults += [f"there: {lack!r}" for lack in lacks if lack in text]
    if answer.refused not in {None, step.refused}:
        faults.append(f"refused: {answer.refused}")
    if not step.refused and answer.alone not in {None, step.alone}:
        faults.append(f"for the asker alone: {answer.alone}")
    return faults


def _fill(text: str, notes: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: notes.get(match[1], match[0]), text)
