"""What to do about a field that cannot be read: take what was close, or create what is missing."""

import re
from collections.abc import Iterator

from commands.kit.errors import NotFound
from commands.kit.inlines import T
from commands.kit.params.entities import is_address
from commands.kit.reply import Action
from commands.shared.drafting.validate import FieldProblem
from store.model.draft import Draft

SPEAKERS, PLACES, SOURCES = {"by"}, {"place", "also"}, {"source", "source2", "relayed"}
LONGEST_NAME, LONGEST_ADDRESS = 200, 1000
_CLOSE = 3
_REFERENCE = re.compile(r"[A-Z]-[0-9]+", re.IGNORECASE)


def proposals(draft: Draft, problem: FieldProblem) -> Iterator[Action]:
    """Yield what could stand in a field instead, then what could be created for it."""
    field = problem.field
    for choice in problem.error.choices[:_CLOSE]:
        given = {"draft": draft.ref, field: choice.value}
        yield Action(choice.label, f"add {draft.kind}", given)
    name = draft.fields.get(field, "")
    longest = LONGEST_ADDRESS if is_address(name) else LONGEST_NAME
    if isinstance(problem.error, NotFound) and len(name) <= longest:
        given = {"ref": draft.ref, "field": field, "name": name}
        yield from (
            Action(label, "draft create", {**given, **kind}) for label, kind in _new(field, name)
        )


def _new(field: str, name: str) -> Iterator[tuple[T, dict[str, str]]]:
    if _REFERENCE.fullmatch(name):
        return
    if field in SPEAKERS:
        yield T("Create the speaker “{name}”", name=name), {}
    elif field in PLACES:
        yield T("Create the place “{name}”", name=name), {}
    elif field in SOURCES and is_address(name):
        yield T("Create it as a post"), {"kind": "post"}
        yield T("Create it as an article"), {"kind": "article"}
    elif field in SOURCES:
        yield T("Create the outlet “{name}”", name=name), {"kind": "outlet"}
