"""What is said where a line is refused: the values, the command, or a bug of ours."""

import sqlite3
from collections.abc import Mapping, Sequence

from commands.kit.command import Command
from commands.kit.did_you_mean import Closeness, find_closest
from commands.kit.errors import BadParam, Code, NotFound, UserError
from commands.kit.inlines import Line, T, Typed, join
from commands.kit.invocation import Invocation
from commands.kit.parser import longest_line
from commands.kit.reply import Action, Audience, Reply, Text, Tone
from commands.kit.splits import Split
from commands.kit.vocabulary import place_name
from store.db.explain import find_cause
from store.model.entry import Place
from store.model.refusals import UnfinishedBatch

_PRIMARY = 0xFF  # an extended code of SQLite says more
_TROUBLES: Mapping[int, T] = {
    sqlite3.SQLITE_FULL: T("The disk of the record is full."),
    sqlite3.SQLITE_READONLY: T("The file of the record is read-only."),
}


def refuse_values(
    error: UserError, path: str, given: Mapping[str, str], splits: Sequence[Split]
) -> Reply:
    """Say what is wrong; each choice is the same command with that value, or with one apart.

    Where words of a value are meant for another key, it is of these that the first line speaks.
    """
    title = _title(error, error.param)
    more: tuple[Text, ...] = (Text(tuple(error.more)),) if error.more and not splits else ()
    for split in splits[:1]:
        needs = T("“{words}” needs its key: write {typed}.", words=split.words, typed=split.typed)
        title = _title(split.why, split.name) if split.why else (needs,)
    apart = tuple(
        Action(T("With {typed}", typed=split.typed), path, split.given)
        for split in splits
        if split.given is not None
    )
    choices = tuple(
        Action(choice.label, path, {**given, **_choose(error, given, choice.value)})
        for choice in error.choices
        if not _is_exchanged(splits, given)
    )
    return Reply(title, more, (*apart, *choices), Tone.REFUSAL, Audience.ASKER)


def _choose(error: UserError, given: Mapping[str, str], value: str) -> Mapping[str, str]:
    """Return a choice for what is wrong; for a day also where the same was typed for its end."""
    typed = given.get(error.param)
    same = [key for key in given if given[key] == typed] if error.code is Code.BAD_DAY else []
    return dict.fromkeys((*same, error.param), value)


def _is_exchanged(splits: Sequence[Split], given: Mapping[str, str]) -> bool:
    """Tell whether two values only stand in each other's place, so that no other is needed."""
    return any(split.given is not None and split.given.keys() == given.keys() for split in splits)


def _title(error: UserError, param: str) -> Line:
    named = f"{param}:" in error.message.message
    if isinstance(error, BadParam) and param and not named:
        return (f"{param}: ", error.message)
    return (error.message,)


def refuse_length(characters: int, command: Command) -> Mapping[str, str]:
    """Refuse a line that is longer than any that the command takes, before it is taken apart."""
    most = longest_line(command)
    raise BadParam(
        T(
            "That has {n} characters; {command} takes at most {most} in one message.",
            n=f"{characters:,}",
            command=Typed(f"/{command.path}"),
            most=f"{most:,}",
        )
    )


def refuse_command(
    path: str, commands: Sequence[Command], place: Place | None, scene: Invocation
) -> UserError:
    """Return the refusal of a line that starts with no command, with the nearest one.

    `place` is one of the desk's, to ask about; None where nothing is on record.
    """
    if not path:
        unread = T("I did not understand that. Ask about a place, a speaker or a day:")
        example = T("Who holds {place}?", place=place_name(place)) if place else Typed("/help")
        return NotFound(unread, example, code=Code.UNKNOWN_COMMAND)
    shown = path[:40]
    group, _, word = path.partition(" ")
    if members := [command for command in commands if command.group == group]:
        return _refuse_in_group(shown, word, members, scene)
    close = find_closest(path, [command.path for command in commands], Closeness.COMMAND)
    if close is None:
        none = T("There is no command “{name}”. For all of them:", name=shown)
        return NotFound(none, Typed("/help"), code=Code.UNKNOWN_COMMAND)
    near = T("There is no command “{name}”. Did you mean this?", name=shown)
    return NotFound(near, Typed(f"/{close}"), code=Code.UNKNOWN_COMMAND)


def _refuse_in_group(
    shown: str, word: str, members: Sequence[Command], scene: Invocation
) -> UserError:
    """Return the refusal of a group's name without one of its commands: those that there are."""
    mine = [command for command in members if command.role <= scene.caller.role]
    close = find_closest(word, [command.name for command in mine], Closeness.COMMAND)
    lines = [
        Typed(f"/{command.path}") for command in mine if close is None or command.name == close
    ]
    if not lines:
        return members[0].refusal(scene)
    none = T("There is no command “{name}”. There are these:", name=shown)
    near = T("There is no command “{name}”. Did you mean this?", name=shown)
    return NotFound(near if close else none, *join(", ", *lines), code=Code.UNKNOWN_COMMAND)


def report_bug(bug: str) -> Reply:
    """Say that something went wrong, with the name under which it is logged."""
    return _report(T("Something went wrong. The log has it as {bug}.", bug=bug))


def report_trouble(error: Exception) -> Reply | None:
    """Say that the record's file or disk fails, and that the same can be sent again.

    None where the fault is in what was asked of it.
    """
    if isinstance(error, UnfinishedBatch):
        batch = T("{ref} is not done yet: {cause}.", ref=error.batch, cause=error.cause)
        return _report(batch, T("The rest is done when Sitrep next starts, once that is mended."))
    if not isinstance(error, sqlite3.Error) or not (cause := find_cause(error)):
        return None
    other = T("The record cannot be read or written: {cause}.", cause=cause)
    nothing = T("Nothing was filed; send it again once that is mended.")
    return _report(_TROUBLES.get(error.sqlite_errorcode & _PRIMARY, other), nothing)


def _report(sentence: T, *more: T) -> Reply:
    blocks = (Text(more),) if more else ()
    return Reply((sentence,), blocks, tone=Tone.FAULT, audience=Audience.ASKER)
