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
    for index, one in enumerate(items):
        here = at / "components" / index
        if not (here / "type").one_of(one.get("type"), {LABEL, WORDS, ROW}):
            continue
        if one["type"] == WORDS:
            here.text(one, "content", 1, MOST_CHARACTERS)
        elif one["type"] == LABEL:
            _label(one, here)
        else:
            for place, field in enumerate(one.get("components") or []):
                _input(field, here / "components" / place, labelled=True)


def _label(one: Json, at: At) -> None:
    at.text(one, "label", 1, 45)
    at.text(one, "description", 0, 100)
    held, here = one.get("component") or {}, at / "component"
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


def _choosing(one: Json, at: At) -> None:
    """Check what is chosen by a mark, or given as a file."""
    options, here = one.get("options") or [], at / "options"
    match one["type"]:
        case 19:
            _some(one, at, MOST_FILES)
            here.need(not options, BAD, "A file is none of several options.")
        case 21:
            check_options(options, here, 2, 10)
            marked = [option for option in options if option.get("default")]
            here.need(len(marked) <= 1, BAD, "More than one default.")
            for key in ("min_values", "max_values"):
                (at / key).need(key not in one, BAD, "A radio group gives one value.")
        case 22:
            check_options(options, here, 1, 10)
            _some(one, at, 10)
            most = one.get("max_values") or len(options)
            here.need(most <= max(len(options), 1), BAD, "More values than options.")
        case 23:
            (at / "required").need(not one.get("required"), BAD, "A checkbox may stay empty.")


def _some(one: Json, at: At, most: int) -> None:
    """Check how many values there can be; what must be answered has one at least."""
    at.number(one, "min_values", 0, most)
    at.number(one, "max_values", 1, most)
    least = one.get("min_values", 1)
    at.need(least <= (one.get("max_values") or most), BAD, "min_values is more than max_values.")
    answered = not one.get("required", True) or least > 0
    (at / "required").need(answered, BAD, "Required, and yet no value is enough.")


def _input(one: Json, at: At, *, labelled: bool) -> None:
    (at / "type").one_of(one.get("type"), {INPUT})
    at.text(one, "custom_id", 1, 100)
    (at / "style").one_of(one.get("style"), {1, 2})
    at.text(one, "placeholder", 0, 100)
    at.text(one, "value", 0, 4_000)
    at.number(one, "min_length", 0, 4_000)
    at.number(one, "max_length", 1, 4_000)
    ends = [one[key] for key in ("min_length", "max_length") if one.get(key) is not None]
    at.need(ends == sorted(ends), BAD, "min_length is more than max_length.")
    longest = one.get("max_length") or 4_000
    (at / "value").need(len(one.get("value") or "") <= longest, TOO_LONG, "Over its max_length.")
    if labelled:
        at.text(one, "label", 1, 45)
    else:
        (at / "label").need(not one.get("label"), BAD, "The label around it says this.")
