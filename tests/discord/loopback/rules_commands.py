"""Discord's rules for the declaration of commands, and for suggestions.

https://docs.discord.com/developers/interactions/application-commands
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules import BAD, CHOICE, At

CHAT, USER, MESSAGE = 1, 2, 3
MOST_OF_A_KIND = {CHAT: 100, USER: 5, MESSAGE: 5}
WHOLE_COMMAND = 8_000
TEXT, WHOLE, NUMBER = 3, 4, 10
SUB, GROUP = 1, 2
OPTION_TYPES = set(range(1, 12))
LARGEST_WHOLE = 2**53
LONGEST_INPUT = 6_000
NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
_LOCALES = """
bg cs da de el en-GB en-US es-419 es-ES fi fr hi hr hu id it
ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW
"""
LOCALES = frozenset(_LOCALES.split())


def check_commands(commands: Any, at: At) -> None:
    """Check a whole declaration, as it is sent to replace the last one."""
    if not isinstance(commands, list):
        at.wrong(BAD, "Must be an array.")
        return
    for kind, most in MOST_OF_A_KIND.items():
        names = [command.get("name") for command in commands if command.get("type", CHAT) == kind]
        at.need(len(names) <= most, "APPLICATION_COMMANDS_TOO_MANY", f"{most} of a kind at most.")
        at.distinct(names, "Names", "APPLICATION_COMMANDS_DUPLICATE_NAME")
    for index, command in enumerate(commands):
        check_command(command, at / index)


def check_command(command: Json, at: At) -> None:
    """Check one command."""
    kind = command.get("type", CHAT)
    (at / "type").one_of(kind, {CHAT, USER, MESSAGE})
    permissions = command.get("default_member_permissions")
    (at / "default_member_permissions").need(
        permissions is None or str(permissions).isdigit(), BAD, "Must be a set of permissions."
    )
    for key, allowed in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
        listed = command.get(key)
        if listed is not None:
            (at / key).count(listed, 1, len(allowed))
            (at / key).distinct(listed, "Values")
            for index, declared in enumerate(listed):
                (at / key / index).one_of(declared, allowed)
    if kind != CHAT:
        at.text(command, "name", 1, 32)
        for key in ("description", "options"):
            (at / key).need(not command.get(key), BAD, "Context menu commands have none.")
        return
    _check_names(command, at)
    _options(command.get("options") or [], at / "options", depth=0)
    size = _size(command)
    at.need(size <= WHOLE_COMMAND, "APPLICATION_COMMAND_TOO_LARGE", f"{size} characters in all.")


def _check_names(thing: Json, at: At) -> None:
    _name(at.text(thing, "name", 1, 32), at / "name")
    at.text(thing, "description", 1, 100)
    for key in ("name", "description"):
        localized = thing.get(f"{key}_localizations") or {}
        here = at / f"{key}_localizations"
        for locale, text in localized.items():
            here.need(locale in LOCALES, CHOICE, f"No such locale: {locale}")
            here.text(localized, locale, 1, 32 if key == "name" else 100)
            if key == "name":
                _name(text, here / locale)


def _name(name: str, at: At) -> None:
    fits = not name or (NAME.fullmatch(name) and name == name.lower())
    at.need(fits, "APPLICATION_COMMAND_INVALID_NAME", f"Command name is invalid: {name!r}")


def _options(options: Sequence[Json], at: At, depth: int) -> None:
    at.count(options, 0, 25)
    at.distinct([option.get("name") for option in options], "Option names")
    kinds = [option.get("type", 0) for option in options]
    nested = [kind in (SUB, GROUP) for kind in kinds]
    at.need(len(set(nested)) <= 1, BAD, "Sub-commands and options do not go together.")
    needed = [bool(option.get("required")) for option in options]
    in_order = not any(later and not earlier for earlier, later in pairwise(needed))
    at.need(
        in_order,
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required options must be placed before non-required options",
    )
    for index, option in enumerate(options):
        _option(option, at / index, depth)


def _option(option: Json, at: At, depth: int) -> None:
    kind = option.get("type", 0)
    (at / "type").one_of(kind, OPTION_TYPES)
    _check_names(option, at)
    inner = option.get("options") or []
    if kind in (SUB, GROUP):
        allowed = depth < (2 if kind == SUB else 1)
        (at / "type").need(allowed, BAD, "Nested too deep.")
        if kind == GROUP:
            (at / "options").count(inner, 1, 25)
            only = all(option.get("type") == SUB for option in inner)
            (at / "options").need(only, BAD, "A group holds sub-commands.")
        _options(inner, at / "options", depth + 1)
        return
    (at / "options").need(not inner, BAD, "Only sub-commands have options.")
    _bounds(option, at)
    _choices(option, at)


def _bounds(option: Json, at: At) -> None:
    kind = option.get("type", 0)
    at.number(option, "min_length", 0, LONGEST_INPUT)
    at.number(option, "max_length", 1, LONGEST_INPUT)
    for ends, kinds in (
        (("min_length", "max_length"), (TEXT,)),
        (("min_value", "max_value"), (WHOLE, NUMBER)),
    ):
        given = [option[key] for key in ends if option.get(key) is not None]
        at.need(not given or kind in kinds, BAD, f"{ends} do not go with type {kind}.")
        at.need(given == sorted(given), BAD, f"{ends} are the wrong way round.")


def _choices(option: Json, at: At) -> None:
    kind, choices = option.get("type"), option.get("choices") or []
    suggests = bool(option.get("autocomplete"))
    some = suggests or choices
    at.need(not some or kind in (TEXT, WHOLE, NUMBER), BAD, "This type has no choices.")
    at.need(not (suggests and choices), BAD, "Choices and autocomplete do not go together.")
    check_choices(choices, kind or TEXT, at / "choices")


def check_choices(choices: Any, kind: int, at: At) -> None:
    """Check choices: those that are declared, and those that are suggested."""
    if not isinstance(choices, list):
        at.wrong(BAD, "Must be an array.")
        return
    at.count(choices, 0, 25)
    at.distinct([choice.get("name") for choice in choices], "Choice names")
    at.distinct([choice.get("value") for choice in choices], "Choice values")
    for index, choice in enumerate(choices):
        here = at / index
        here.text(choice, "name", 1, 100)
        for locale in choice.get("name_localizations") or {}:
            (here / "name_localizations").text(choice["name_localizations"], locale, 1, 100)
        value = choice.get("value")
        if kind == TEXT:
            here.text(choice, "value", 1, 100)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            (here / "value").wrong(BAD, "Must be a number.")
        else:
            fits = abs(value) <= LARGEST_WHOLE and (kind == NUMBER or value == int(value))
            (here / "value").need(fits, BAD, "Out of range.")


def _size(thing: Json) -> int:
    """Count a command: of each text that is translated, the longest counts."""
    size = 0
    for key in ("name", "description"):
        texts = [thing.get(key) or "", *(thing.get(f"{key}_localizations") or {}).values()]
        size += max(len(text) for text in texts)
    size += len(str(thing.get("value", "")))
    inner = [*(thing.get("options") or []), *(thing.get("choices") or [])]
    return size + sum(_size(option) for option in inner)
