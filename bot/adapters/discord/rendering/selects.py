"""A choice under an answer → select menus, and actions for what a menu cannot hold."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.adapters.discord.rendering import limits
from bot.adapters.discord.rendering.custom_ids import ComponentTarget, target_of
from bot.i18n.formatter import Voice
from commands.kit.parser import write_line
from commands.kit.reply import Action, Choice, Pick

_MARK = "="
"""Before each value, so that one can choose nothing at all: Discord takes no empty value."""
_POST = "!"
"""Before a line that an option posts: a menu's way to what has no button of its own."""


class Option(Struct, frozen=True):
    """One option of a menu."""

    label: str
    value: str
    chosen: bool


class Menu(Struct, frozen=True):
    """A select menu; `placeholder` is seen while nothing is chosen."""

    placeholder: str
    target: ComponentTarget
    options: tuple[Option, ...]
    several: bool = False


def menus(picks: Sequence[Pick], voice: Voice) -> Iterator[Menu]:
    """Yield each choice as a menu, or as several where it has too many values for one.

    The option that stands says what it is an option of: it is all one sees of a closed menu.
    """
    taken: Counter[tuple[str, str]] = Counter()
    for pick in picks:
        fitting = [choice for choice in _distinct(pick) if _fits(choice)]
        lots = [fitting[at : at + limits.MENU] for at in range(0, len(fitting), limits.MENU)]
        name, line = _name(pick, voice), write_line(pick.command, pick.given)
        for lot, options in enumerate(lots, 1):
            which = f" ({lot}/{len(lots)})" if len(lots) > 1 else ""
            number = taken[pick.param, line]
            taken[pick.param, line] += 1
            yield Menu(
                limits.cut(name, limits.PLACEHOLDER - len(which)) + which,
                target_of(f"pick{number or ''}:{pick.param}", line),
                tuple(
                    _option(choice, name, voice, chosen=choice.value == pick.chosen)
                    for choice in options
                ),
                pick.several,
            )


def overflow_actions(picks: Sequence[Pick]) -> Iterator[Action]:
    """Yield an action for each value that is too long for a menu."""
    for pick in picks:
        for choice in _distinct(pick):
            if not _fits(choice):
                given = {**pick.given, pick.param: choice.value}
                yield Action(choice.label, pick.command, given)


def with_post_option(menu: Menu, label: str, placeholder: str, line: str) -> Menu | None:
    """Return a menu that posts this line as well; None where the line is too long for that."""
    value = _POST + line
    if len(value) > limits.OPTION:
        return None
    post = Option(limits.cut(label, limits.OPTION), value, chosen=False)
    kept = menu.options[: limits.MENU - 1]
    return Menu(limits.cut(placeholder, limits.PLACEHOLDER), menu.target, (post, *kept))


def line_to_post(values: Sequence[str]) -> str:
    """Return the line that is to be posted, if that was chosen in a menu."""
    value = "".join(values[:1])
    return value.removeprefix(_POST) if value.startswith(_POST) else ""


def menu_value(values: Sequence[str]) -> str:
    """Return the value that was chosen in a menu; of several, all with a space between."""
    return " ".join(value.removeprefix(_MARK) for value in values)


def _name(pick: Pick, voice: Voice) -> str:
    return voice.plain(pick.label).strip() or pick.param


def _distinct(pick: Pick) -> list[Choice]:
    return list({choice.value: choice for choice in reversed(pick.choices)}.values())[::-1]


def _fits(choice: Choice) -> bool:
    return len(_MARK + choice.value) <= limits.OPTION


def _option(choice: Choice, name: str, voice: Voice, *, chosen: bool) -> Option:
    label = voice.plain(choice.label).strip() or choice.value.strip() or "…"
    shown = limits.cut(f"{name}: {label}" if chosen else label, limits.OPTION)
    return Option(shown, _MARK + choice.value, chosen)
