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
    for one in components or ():
        yield one
        yield from inside(one.get("components"))
        yield from inside([one[key] for key in ("accessory", "component") if one.get(key)])


def check_components(components: Any, at: At, *, v2: bool) -> None:
    """Check all components of a message."""
    every = list(inside(components))
    if v2:
        at.need(len(every) <= MOST_COMPONENTS, TOO_LONG, f"{len(every)} components in all.")
        said = sum(len(one.get("content") or "") for one in every if one.get("type") == WORDS)
        at.need(said <= MOST_CHARACTERS, TOO_LONG, f"{said} characters of text in all.")
    else:
        at.count(components, 0, MOST_ROWS_OLD)
    check_ids(every, at)
    for index, one in enumerate(components):
        here = at / index
        if not v2 and one.get("type") in V2_ONLY:
            (here / "type").wrong("UNION_TYPE_CHOICES", "Needs the flag for Components V2.")
        elif (here / "type").one_of(one.get("type"), ON_TOP if v2 else {ROW}):
            _part(one, here)


def check_ids(every: list[Json], at: At) -> None:
    """Check that no two components share an id or a number."""
    at.distinct([one["custom_id"] for one in every if one.get("custom_id")], "Ids", DUPLICATE)
    at.distinct([one["id"] for one in every if one.get("id")], "Numbers", "COMPONENT_ID_DUPLICATED")


def _part(one: Json, at: At) -> None:
    match one["type"]:
        case 1:
            _row(one, at)
        case 9:
            _section(one, at)
        case 10:
            at.text(one, "content", 1, MOST_CHARACTERS)
        case 12:
            (at / "items").count(one.get("items") or [], 1, 10)
            for index, item in enumerate(one.get("items") or []):
                _media(item, "media", at / "items" / index)
        case 13:
            url = str((one.get("file") or {}).get("url"))
            (at / "file").need(url.startswith("attachment://"), BAD, "Must be an attachment.")
        case 14:
            (at / "spacing").one_of(one.get("spacing", 1), {1, 2})
        case 17:
            _container(one, at)


def _container(one: Json, at: At) -> None:
    parts = one.get("components") or []
    (at / "components").count(parts, 1, MOST_COMPONENTS)
    at.number(one, "accent_color", 0, 0xFFFFFF)
    for index, part in enumerate(parts):
        here = at / "components" / index
        if (here / "type").one_of(part.get("type"), IN_CONTAINER):
            _part(part, here)


def _section(one: Json, at: At) -> None:
    words = one.get("components") or []
    (at / "components").count(words, 1, 3)
    for index, part in enumerate(words):
        here = at / "components" / index
        if (here / "type").one_of(part.get("type"), {WORDS}):
            _part(part, here)
    beside = one.get("accessory")
    if beside is None:
        (at / "accessory").wrong(MISSING, "This field is required")
    elif (at / "accessory" / "type").one_of(beside.get("type"), {BUTTON, THUMBNAIL}):
        if beside["type"] == BUTTON:
            _button(beside, at / "accessory")
        else:
            _media(beside, "media", at / "accessory")


def _media(one: Json, key: str, at: At) -> None:
    at.text(one, "description", 0, 1024)
    (at / key).text(one.get(key) or {}, "url", 1, 2048)


def _row(one: Json, at: At) -> None:
    parts, here = one.get("components") or [], at / "components"
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


def _button(one: Json, at: At) -> None:
    style = one.get("style")
    (at / "style").one_of(style, {1, 2, 3, 4, LINK_STYLE, PREMIUM_STYLE})
    at.text(one, "label", 0, 80)
    shown = one.get("label") or one.get("emoji") or style == PREMIUM_STYLE
    at.need(shown, MISSING, "A button needs a label or an emoji.")
    if style == LINK_STYLE:
        url = at.text(one, "url", 1, 512)
        scheme = url.partition("://")[0]
        (at / "url").need(scheme in ("http", "https", "discord"), BAD, "Not a well formed URL.")
        (at / "custom_id").need(not one.get("custom_id"), BAD, "A link has no id.")
    elif style != PREMIUM_STYLE:
        at.text(one, "custom_id", 1, 100)
        (at / "url").need(not one.get("url"), BAD, "Only a link has a URL.")


def check_select(one: Json, at: At) -> None:
    """Check a menu, in a message or in a form."""
    at.text(one, "custom_id", 1, 100)
    at.text(one, "placeholder", 0, 150)
    at.number(one, "min_values", 0, 25)
    at.number(one, "max_values", 1, 25)
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    at.need(least <= most, BAD, "min_values is more than max_values.")
    if one["type"] == SELECT:
        options = one.get("options") or []
        check_options(options, at / "options", 1, 25)
        fits = least <= max(len(options), 1) and most <= max(len(options), 1)
        at.need(fits, BAD, "More values than options.")
        chosen = [option for option in options if option.get("default")]
        at.need(len(chosen) <= most, BAD, "More defaults than max_values.")


def check_options(options: list[Json], at: At, least: int, most: int) -> None:
    at.count(options, least, most)
    at.distinct([one.get("value") for one in options], "Option values")
    for index, one in enumerate(options):
        (at / index).text(one, "label", 1, 100)
        (at / index).text(one, "value", 1, 100)
        (at / index).text(one, "description", 0, 100)
