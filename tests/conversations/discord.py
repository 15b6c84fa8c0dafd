"""Discord: the tests' own server with real sockets, to which members send what their clients do."""

from collections.abc import Mapping

from bot.adapters.discord.rendering.custom_ids import parse_custom_id
from bot.dispatch import Outcome
from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.errors import UserError
from commands.kit.params.basic import OneOf
from commands.kit.params.deferred import Deferred
from commands.kit.parser import read_line, split_line
from tests.conversations.saying import PRESS, File, On, PlainAnswer, Who
from tests.conversations.words import of_discord
from tests.discord.loopback import Attachment, Form, Interaction, Message
from tests.discord.loopback.asked import FORM
from tests.discord.loopback.world import MANAGE_MESSAGES, MANAGE_SERVER
from tests.discord.wire.stage import Stage, labels

_ALONE, _SHOW = "Only you may see that answer.", "Show it to me"
Given = Mapping[str, str]


class Discord:
    """A home server with everybody in it; its answers are for the whole room, as on Matrix.

    With `by_name` everybody writes to the bot by its name, and sends commands with files alone.
    """

    on = On.DISCORD

    def __init__(self, stage: Stage, *, by_name: bool = False) -> None:
        self._stage, self._by_name = stage, by_name
        self._last: dict[Who, Message] = {}
        self._forms: dict[Who, Form] = {}
        home, server = stage.guild, stage.server
        role = server.role(home, "Moderators", MANAGE_MESSAGES)
        stage.bot.homes.add(str(home.id))
        stage.bot.moderators.add(str(role.id))
        self._people = {
            Who.READER: stage.reader,
            Who.SECOND: server.member(home, Who.SECOND),
            Who.MODERATOR: server.member(home, Who.MODERATOR, roles=[role]),
            Who.ADMIN: server.member(home, Who.ADMIN, roles=[role], permissions=MANAGE_SERVER),
        }

    def name(self, who: Who) -> str:
        return self._people[who].name

    async def say(self, who: Who, line: str, file: File | None = None) -> PlainAnswer:
        """Press, fill in, send a slash command, or write what no command of theirs takes."""
        form = self._forms.pop(who, None)
        if line.startswith(PRESS):
            return await self._press(who, line.removeprefix(PRESS))
        declared = _as_slash(line, who, file)
        if declared is None or (self._by_name and file is None):
            return await self._mention(who, line)
        command, given = declared
        if form is not None and (values := _as_filled(form, command, given)):
            return await self._answered(who, await self._people[who].submit(form, values))
        options: dict[str, str | Attachment] = {**given}
        for param in command.params:
            if param.upload and file is not None:
                options[param.name] = self._stage.server.attachment(file.name, file.text.encode())
        asked = await self._people[who].slash(self._stage.room, command.path, options)
        return await self._answered(who, asked)

    async def _mention(self, who: Who, line: str) -> PlainAnswer:
        """Write to the bot by its name; the whole room has its answer, unless it is for one."""
        asked = await self._people[who].mention(self._stage.room, line.removeprefix("/"))
        message = await self._stage.server.said(self._stage.room, asked)
        answer = self._said(who, message, alone=None)
        return await self._press(who, _SHOW) if answer.first == _ALONE else answer

    async def _press(self, who: Who, label: str) -> PlainAnswer:
        shown = self._last[who]
        offered = labels(shown)
        assert label in offered, f"Not offered: {label!r}; there is {list(offered)}"
        asked = await self._people[who].click(shown, offered[label])
        # What a private answer leads to takes its place, and is as private.
        return await self._answered(who, asked, in_private=shown.ephemeral)

    async def _answered(
        self, who: Who, asked: Interaction, *, in_private: bool = False
    ) -> PlainAnswer:
        if await asked.first() == FORM:
            form = self._forms[who] = await asked.form()
            return PlainAnswer(form.title, form.title, refused=False, alone=True)
        message = await asked.answer()
        return self._said(who, message, alone=None if in_private else message.ephemeral)

    def _said(self, who: Who, message: Message, *, alone: bool | None) -> PlainAnswer:
        self._last[who] = message
        (*_, invocation) = self._stage.log("invocation")
        text = of_discord(message.text)
        whole = "\n".join([text, *labels(message)])
        return PlainAnswer(
            text.split("\n")[0], whole, invocation["outcome"] is Outcome.REFUSED, alone
        )


def _as_slash(line: str, who: Who, file: File | None) -> tuple[Command, Given] | None:
    """Return a line as its slash command; None where a client has none that could say it."""
    head, rest = split_line(line)
    sub, _, words = rest.partition(" ")
    named = {command.path: command for command in COMMANDS if command.role <= who.role}
    command = named.get(f"{head} {sub}") or named.get(head)
    if command is None:
        return None
    try:
        given = read_line(command, words if command.group else rest)
    except UserError:
        return None
    return (command, given) if _can_be_given(command, given, file) else None


def _can_be_given(command: Command, given: Given, file: File | None) -> bool:
    """Return whether a client lets somebody send the command with these options."""
    for param in command.params:
        kind = param.type.inner if isinstance(param.type, Deferred) else param.type
        if param.name not in given:
            can = not param.required
        elif param.upload:
            can = file is not None
        else:
            known = not isinstance(kind, OneOf) or given[param.name] in kind.choices
            can = known and not param.hidden and param.role <= command.role
        if not can:
            return False
    return True


def _as_filled(form: Form, command: Command, given: Given) -> Given:
    """Return what of a line fills in a form that is open; nothing where it is of another."""
    asked = parse_custom_id(form.custom_id)
    if asked is None or not asked.line.startswith(f"/{command.path}"):
        return {}
    return {name: value for name, value in given.items() if name in form.fields}
