"""The marks in a message's text as a client shows them: names for ids, days for numbers."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from msgspec import Struct

from bot.i18n.formatter import Voice
from commands.kit.inlines import Moment, When
from store.model.span import Span

_MARK = re.compile(
    r"<@!?(?P<user>\d+)>"
    r"|(?:https?://)?(?:\w+\.)?discord(?:app)?\.com/users/(?P<profile>\d+)"
    r"|<@&(?P<role>\d+)>"
    r"|<#(?P<channel>\d+)>"
    r"|<t:(?P<seconds>-?\d{1,15})(?::(?P<style>[tTdDfFsSR]))?>"
    r"|</(?P<command>[^:>\n]+):\d+>"
    r"|<a?:(?P<emoji>\w+):\d+>"
    r"|<id:(?P<page>\w+)(?::\d+)?>"
)
_DAYS_ALONE = {"d", "D", "R"}
UNKNOWN_USER, UNKNOWN_ROLE, UNKNOWN_CHANNEL = "@unknown-user", "@unknown-role", "#unknown"
"""As a client shows whom or what it does not know."""


class MentionedNames(Struct, frozen=True):
    """The names of people, roles and channels that a message mentions, by id."""

    users: Mapping[int, str] = {}
    role: Callable[[int], str | None] = lambda _: None
    channel: Callable[[int], str | None] = lambda _: None


def show_marks(text: str, names: MentionedNames, voice: Voice, zone: tzinfo) -> str:
    """Return a text as it is read: with names, days and signs, and nobody's id."""

    def shown(mark: re.Match[str]) -> str:
        kind, what = mark.lastgroup, mark[0]
        if mark["seconds"]:
            return _moment(int(mark["seconds"]), mark["style"] or "f", voice, zone)
        match kind:
            case "user" | "profile":
                name = names.users.get(int(mark[kind]))
                return f"@{name}" if name else UNKNOWN_USER
            case "role":
                name = names.role(int(mark[kind]))
                return f"@{name}" if name else UNKNOWN_ROLE
            case "channel":
                name = names.channel(int(mark[kind]))
                return f"#{name}" if name else UNKNOWN_CHANNEL
            case "command":
                return f"/{mark[kind]}"
            case "emoji":
                return f":{mark[kind]}:"
            case _:
                return f"#{mark['page']}" if mark["page"] else what

    return _MARK.sub(shown, text)


def _moment(seconds: int, style: str, voice: Voice, zone: tzinfo) -> str:
    try:
        at = datetime.fromtimestamp(seconds, zone)
    except (OverflowError, ValueError, OSError):  # a client shows no day either
        return "…"
    return voice.plain(When(Span.on(at.date())) if style in _DAYS_ALONE else Moment(at))
