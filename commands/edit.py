"""/edit: correct an entry on record."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated

from typing_extensions import override

from commands.kit.command import Command, command
from commands.kit.context import Context
from commands.kit.did_you_mean import Closeness, find_closest
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, KnownEntry, echo
from commands.kit.params.deferred import Deferred, Sentence
from commands.kit.params.draft_selection import find_listed
from commands.kit.parser import read_line
from commands.kit.reply import Reply
from commands.shared.drafting.draft_card import draft_card
from commands.shared.drafting.draft_view import (
    command_of,
    find_changes,
    read_correction,
    require_live,
)
from commands.shared.drafting.entry_fields import part_near
from commands.shared.drafting.outcome import correction_reply
from commands.shared.views.field_diff import what_changed
from store.model.draft import Draft, NewDraft
from store.model.entry import Entry
from store.model.refusals import Already, Outdated, State


class EntryOrListed(KnownEntry, frozen=True):
    """An entry, or by its number a draft of the newest list of a text's drafts."""

    @override
    async def read(self, text: str, ctx: Context) -> Entry | Draft:  # type: ignore[override]
        return await find_listed(text.strip(), ctx) or await KnownEntry.read(self, text, ctx)

    @override
    def write(self, value: Entry | Draft) -> str:
        return value.ref if isinstance(value, Entry) else f"{value.number}"

    @override
    def refer(self, value: Entry | Draft) -> tuple[str, ...]:
        return (value.ref,)


_KEY = re.compile(r"(?:^|\s)([^\W\d][\w.]*):")
_SECOND = {"place": "also", "source": "source2"}
"""What one more of what a field has is called."""
_ADDED = frozenset("+＋&")
_SIGNS = _ADDED | frozenset("-−–—!≠~")
"""The signs before a name by which people add it, or take it away."""
_SET = FreeText(T("The fields to change, as in /add"), "FIELDS", "day:2025-11-01", longest=4000)
_WHY = Sentence(T("Why; this goes on record"), longest=500)


@command(role=Role.MODERATOR)
async def edit(
    ctx: Context,
    ref: Annotated[Entry | Draft, EntryOrListed(T("The entry to correct, such as E-42"))],
    set_: Annotated[str, _SET] = "",
    *,
    why: Annotated[str, _WHY] = "",
) -> Reply:
    """Correct an entry: the fields that change, and why."""
    if isinstance(ref, Draft):
        return await draft_card(ref, ctx, asking=True)
    if await ctx.store.history.has(ctx.key):  # it came twice, and was done the first time
        return await correction_reply(ref.id, ctx, ctx.key)
    require_live(ref)
    before = await ctx.store.moderation.content(ref.id)
    given = find_changes(await _read_changes(ref, set_, ctx), before)
    changed = {name: text for name, text in given.items() if text}
    fields = {**changed, **({"why": why} if why else {})}
    reading = await read_correction(before, fields, ctx)
    after = reading.content
    if changed and why and after and not reading.problems:
        if after == before:
            raise Already(ref.ref, State.SAME)
        act = ctx.act("correct", why)
        with suppress(Outdated):  # somebody was quicker: the draft shows what they did
            await ctx.store.moderation.correct(act, ref.id, ref.version, after)
            lines = await what_changed(before, after, ctx)
            return await correction_reply(ref.id, ctx, act.key, lines)
    new = NewDraft(ref.kind, fields, edits=ref.id, base=ref.version)
    draft = await ctx.store.drafts.open(ctx.key, ctx.person, new, ctx.now)
    return await draft_card(draft, ctx, asking=not changed)


async def _read_changes(entry: Entry, words: str, ctx: Context) -> dict[str, str]:
    """Read the fields of a correction as /add reads them; each has to be named."""
    declared = command_of(entry.kind, ctx)
    given = read_line(declared, words) if words else {}
    if "text" in given and not re.search(r"(?:^|\s)text:", words, re.IGNORECASE):
        raise _refuse_unnamed(declared, given["text"])
    _refuse_signs(given)
    given = part_near(given)
    return {
        param.name: await param.type.read(given[param.name], ctx)
        for param in declared.params
        if param.name in given and isinstance(param.type, Deferred)
    }


def _refuse_signs(given: Mapping[str, str]) -> None:
    """Refuse place:+Myrnohrad and place:-Pokrovsk, which would set the field to that place alone.

    A hyphen alone empties a field.
    """
    for name in (*_SECOND, *_SECOND.values()):
        text = given.get(name, "").strip()
        if text[:1] not in _SIGNS or not text[1:].strip():
            continue
        more = T("{name}: takes the place of what is there.", name=name)
        field = f"{_SECOND.get(name, name)}:{text[1:].strip()}"
        add = T("To add another, write {field}.", field=field)
        bare = T("Write the name that is to stand there, without a sign before it.")
        raise BadParam(more, add if text[0] in _ADDED else bare)


def _refuse_unnamed(declared: Command, text: str) -> BadParam:
    """Refuse what names no field of an entry: a key that there is not, or words without one."""
    names = [
        param.name
        for param in declared.params
        if isinstance(param.type, Deferred) and not param.hidden
    ]
    keys = ", ".join(f"{name}:" for name in names)
    key = next(iter(_KEY.findall(text)), "").casefold()
    if not key:
        unnamed = T(
            "“{text}” has no name of a field. Put one before it, such as day:2025-11-01."
            " Fields: {keys}.",
            text=echo(text),
            keys=keys,
        )
        return BadParam(unnamed)
    none = T(
        "{command} has no {key}:. It takes {keys}.", command=Typed("/edit"), key=key, keys=keys
    )
    guess = find_closest(key, names, Closeness.COMMAND)
    more = (T("Did you mean {guess}?", guess=f"{guess}:"),) if guess else ()
    return BadParam(none, *more, code=Code.UNKNOWN_PARAMETER)
