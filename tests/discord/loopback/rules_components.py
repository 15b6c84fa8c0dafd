"""Discord's rules for components: what a message or a form is built of.

https://docs.discord.com/developers/components/reference
"""

from collections.abc import Iterator
from typing import Any

from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules import BAD, DUPLICATE, MISSING, TOO_LONG, At

ROW, BUTTON, SELECT, INPUT = 1, 2, 3, 4
SECTION, WORDS, THUMBNAIL, GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER = 17
SELECTS = {SELECT, 5, 6, 7, 8}
V2_ONLY = {SECTION, WORDS, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER}
IN_CONTAINER = {ROW, SECTION, WORDS, GALLERY, FILE, SEPARATOR}
ON_TOP = IN_CONTAINER | {CONTAINER}

MOST_COMPONENTS = 40
MOST_CHARACTERS = 4_000
MOST_ROWS_OLD = 5
LINK_STYLE, PREMIUM_STYLE = 5, 6


def inside(components: Any) -> Iterator[Json]:
    """Yield every component, at any depth."""
    for part in components or ():
        yield part
        yield from inside(part.get("components"))
        yield from inside([part[key] for key in ("accessory", "component") if part.get(key)])


def check_components(components: Any, at: At, *, v2: bool) -> None:
    """Check all components of a message."""
    every = list(inside(components))
    if v2:
        at.need(len(every) <= MOST_COMPONENTS, TOO_LONG, f"{len(every)} components in all.")
        length = sum(len(part.get("content") or "") for part in every if part.get("type") == WORDS)
        at.need(length <= MOST_CHARACTERS, TOO_LONG, f"{length} characters of text in all.")
    else:
        at.count(components, 0, MOST_ROWS_OLD)
    check_ids(every, at)
    for index, part in enumerate(components):
        here = at / index
        if not v2 and part.get("type") in V2_ONLY:
            (here / "type").wrong("UNION_TYPE_CHOICES", "Needs the flag for Components V2.")
        elif (here / "type").one_of(part.get("type"), ON_TOP if v2 else {ROW}):
            _part(part, here)


def check_ids(every: list[Json], at: At) -> None:
    """Check that no two components share an id or a number."""
    at.distinct([part["custom_id"] for part in every if part.get("custom_id")], "Ids", DUPLICATE)
    at.distinct(
        [part["id"] for part in every if part.get("id")], "Numbers", "COMPONENT_ID_DUPLICATED"
    )


def _part(part: Json, at: At) -> None:
    match part["type"]:
        case 1:
            _row(part, at)
        case 9:
            _section(part, at)
        case 10:
            at.text(part, "content", 1, MOST_CHARACTERS)
        case 12:
            (at / "items").count(part.get("items") or [], 1, 10)
            for index, item in enumerate(part.get("items") or []):
                _media(item, "media", at / "items" / index)
        case 13:
            url = str((part.get("file") or {}).get("url"))
            (at / "file").need(url.startswith("attachment://"), BAD, "Must be an attachment.")
        case 14:
            (at / "spacing").one_of(part.get("spacing", 1), {1, 2})
        case 17:
            _container(part, at)


def _container(component: Json, at: At) -> None:
    parts = component.get("components") or []
    (at / "components").count(parts, 1, MOST_COMPONENTS)
    at.number(component, "accent_color", 0, 0xFFFFFF)
    for index, part in enumerate(parts):
        here = at / "components" / index
        if (here / "type").one_of(part.get("type"), IN_CONTAINER):
            _part(part, here)


def _section(component: Json, at: At) -> None:
    words = component.get("components") or []
    (at / "components").count(words, 1, 3)
    for index, part in enumerate(words):
        here = at / "components" / index
        if (here / "type").one_of(part.get("type"), {WORDS}):
            _part(part, here)
    beside = component.get("accessory")
    if beside is None:
        (at / "accessory").wrong(MISSING, "This field is required")
    elif (at / "accessory" / "type").one_of(beside.get("type"), {BUTTON, THUMBNAIL}):
        if beside["type"] == BUTTON:
            _button(beside, at / "accessory")
        else:
            _media(beside, "media", at / "accessory")


def _media(part: Json, key: str, at: At) -> None:
    at.text(part, "description", 0, 1024)
    (at / key).text(part.get(key) or {}, "url", 1, 2048)


def _row(component: Json, at: At) -> None:
    parts, here = component.get("components") or [], at / "components"
    kinds = {part.get("type") for part in parts}
    if kinds <= {BUTTON}:
        here.count(parts, 1, 5)
    else:
        here.need(len(parts) == 1, BAD, "A select stands alone in its row.")
    for index, part in enumerate(parts):
        if part.get("type") == BUTTON:
            _button(part, here / index)
        elif (here / index / "type").one_of(part.get("type"), SELECTS):
            check_select(part, here / index)


def _button(part: Json, at: At) -> None:
    style = part.get("style")
    (at / "style").one_of(style, {1, 2, 3, 4, LINK_STYLE, PREMIUM_STYLE})
    at.text(part, "label", 0, 80)
    shown = part.get("label") or part.get("emoji") or style == PREMIUM_STYLE
    at.need(shown, MISSING, "A button needs a label or an emoji.")
    if style == LINK_STYLE:
        url = at.text(part, "url", 1, 512)
        scheme = url.partition("://")[0]
        (at / "url").need(scheme in ("http", "https", "discord"), BAD, "Not a well formed URL.")
        (at / "custom_id").need(not part.get("custom_id"), BAD, "A link has no id.")
    elif style != PREMIUM_STYLE:
        at.text(part, "custom_id", 1, 100)
        (at / "url").need(not part.get("url"), BAD, "Only a link has a URL.")


def check_select(part: Json, at: At) -> None:
    """Check a menu, in a message or in a form."""
    at.text(part, "custom_id", 1, 100)
    at.text(part, "placeholder", 0, 150)
    at.number(part, "min_values", 0, 25)
    at.number(part, "max_values", 1, 25)
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    at.need(least <= most, BAD, "min_values is more than max_values.")
    if part["type"] == SELECT:
        options = part.get("options") or []
        check_options(options, at / "options", 1, 25)
        fits = least <= max(len(options), 1) and most <= max(len(options), 1)
        at.need(fits, BAD, "More values than options.")
        chosen = [option for option in options if option.get("default")]
        at.need(len(chosen) <= most, BAD, "More defaults than max_values.")


def check_options(options: list[Json], at: At, least: int, most: int) -> None:
    at.count(options, least, most)
    at.distinct([option.get("value") for option in options], "Option values")
    for index, option in enumerate(options):
        (at / index).text(option, "label", 1, 100)
        (at / index).text(option, "value", 1, 100)
        (at / index).text(option, "description", 0, 100)
