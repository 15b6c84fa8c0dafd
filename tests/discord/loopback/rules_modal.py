"""Discord's rules for forms: what can stand in a label, and how much of it.

https://docs.discord.com/developers/components/reference#label
"""

from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules import BAD, TOO_LONG, At
from tests.discord.loopback.rules_components import (
    MOST_CHARACTERS,
    ROW,
    SELECTS,
    WORDS,
    check_ids,
    check_options,
    check_select,
    inside,
)

INPUT, LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 4, 18, 19, 21, 22, 23
IN_LABEL = SELECTS | {INPUT, UPLOAD, RADIO, CHECKBOXES, CHECKBOX}
MOST_FILES = 10


def check_modal(modal: Json, at: At) -> None:
    """Check a form."""
    at.text(modal, "title", 1, 45)
    at.text(modal, "custom_id", 1, 100)
    items = modal.get("components") or []
    (at / "components").count(items, 1, 5)
    check_ids(list(inside(items)), at / "components")
    for index, part in enumerate(items):
        here = at / "components" / index
        if not (here / "type").one_of(part.get("type"), {LABEL, WORDS, ROW}):
            continue
        if part["type"] == WORDS:
            here.text(part, "content", 1, MOST_CHARACTERS)
        elif part["type"] == LABEL:
            _label(part, here)
        else:
            for place, field in enumerate(part.get("components") or []):
                _input(field, here / "components" / place, labelled=True)


def _label(part: Json, at: At) -> None:
    at.text(part, "label", 1, 45)
    at.text(part, "description", 0, 100)
    held, here = part.get("component") or {}, at / "component"
    kind = held.get("type")
    if not (here / "type").one_of(kind, IN_LABEL):
        return
    required = held.get("required", True)
    (here / "required").need(isinstance(required, bool), BAD, "Must be true or false.")
    if kind == INPUT:
        _input(held, here, labelled=False)
    elif kind in SELECTS:
        check_select(held, here)
        (here / "disabled").need(not held.get("disabled"), BAD, "Not in a form.")
        _some(held, here, 25)
    else:
        here.text(held, "custom_id", 1, 100)
        _choosing(held, here)


def _choosing(part: Json, at: At) -> None:
    """Check what is chosen by a mark, or given as a file."""
    options, here = part.get("options") or [], at / "options"
    match part["type"]:
        case 19:
            _some(part, at, MOST_FILES)
            here.need(not options, BAD, "A file is none of several options.")
        case 21:
            check_options(options, here, 2, 10)
            marked = [option for option in options if option.get("default")]
            here.need(len(marked) <= 1, BAD, "More than one default.")
            for key in ("min_values", "max_values"):
                (at / key).need(key not in part, BAD, "A radio group gives one value.")
        case 22:
            check_options(options, here, 1, 10)
            _some(part, at, 10)
            most = part.get("max_values") or len(options)
            here.need(most <= max(len(options), 1), BAD, "More values than options.")
        case 23:
            (at / "required").need(not part.get("required"), BAD, "A checkbox may stay empty.")


def _some(part: Json, at: At, most: int) -> None:
    """Check how many values there can be; what must be answered has one at least."""
    at.number(part, "min_values", 0, most)
    at.number(part, "max_values", 1, most)
    least = part.get("min_values", 1)
    at.need(least <= (part.get("max_values") or most), BAD, "min_values is more than max_values.")
    answered = not part.get("required", True) or least > 0
    (at / "required").need(answered, BAD, "Required, and yet no value is enough.")


def _input(part: Json, at: At, *, labelled: bool) -> None:
    (at / "type").one_of(part.get("type"), {INPUT})
    at.text(part, "custom_id", 1, 100)
    (at / "style").one_of(part.get("style"), {1, 2})
    at.text(part, "placeholder", 0, 100)
    at.text(part, "value", 0, 4_000)
    at.number(part, "min_length", 0, 4_000)
    at.number(part, "max_length", 1, 4_000)
    ends = [part[key] for key in ("min_length", "max_length") if part.get(key) is not None]
    at.need(ends == sorted(ends), BAD, "min_length is more than max_length.")
    longest = part.get("max_length") or 4_000
    (at / "value").need(len(part.get("value") or "") <= longest, TOO_LONG, "Over its max_length.")
    if labelled:
        at.text(part, "label", 1, 45)
    else:
        (at / "label").need(not part.get("label"), BAD, "The label around it says this.")
