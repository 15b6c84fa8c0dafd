"""Entries as a file that goes with the answer, as far as it can."""

import gzip
from functools import partial

from commands.kit.context import Context
from commands.kit.inlines import Line, Strong, T, Typed, join
from commands.kit.invocation import Role
from commands.kit.params.place_choices import tell_apart
from commands.kit.reply import Attachment, Block, Reply, Small, Text, Tone
from commands.kit.vocabulary import thousands
from commands.shared.views.entry_list import EntryQuery
from commands.shared.views.place_match import about_match
from store.model.aside import run_aside
from store.model.entry import Kind
from store.queries.places import PlaceMatch
from store.transfer.exporter import Export
from store.transfer.formats.decode import Format

MOST = 5000
"""Entries of one file in chat."""
LARGEST = 8_000_000
"""Bytes that every platform takes."""


def export_request(asked: EntryQuery, kind: str) -> Export:
    """Return what was asked for, as the store exports it."""
    kinds = (Kind(kind),) if kind else (Kind.EVENT,) if asked.type else tuple(Kind)
    return Export(asked.filter(), kinds)


async def export_reply(ctx: Context, asked: EntryQuery, kind: str, format_: str) -> Reply:
    """Return entries as a file; where they are too many, the command to type in a shell."""
    ids = await ctx.store.exports.numbers(export_request(asked, kind), MOST)
    words = asked.words()[::2]
    read_as = await _read_as(asked.place, ctx) if asked.place else ()
    if not ids:
        none = join(" · ", Strong(T("Nothing on record")), *words)
        return Reply(none, read_as, tone=Tone.NOTHING)
    if len(ids) > MOST:
        most = T("More than {most} entries are too many for a file here.", most=thousands(MOST))
        return _shell((most,), asked, kind, format_)
    settled = ctx.settled if ctx.caller.role is Role.READER else None
    pieces = ctx.store.exports.text(ids, Format(format_), settled)
    text = "".join([piece async for piece in pieces])
    name, data = f"sitrep-{ctx.today}.{format_}", text.encode()
    if len(data) > LARGEST:
        name, data = f"{name}.gz", await run_aside(partial(gzip.compress, data, 6))
    if len(data) > LARGEST:
        return _shell((T("That is too large for a file here, even packed."),), asked, kind, format_)
    count = T("{count} entry", "{count} entries", n=len(ids), count=thousands(len(ids)))
    note = Small((T("Credit the sources if you publish this. Not live data."),))
    notes: tuple[Block, ...] = (note,)
    if format_ == Format.CSV:
        notes = (Small((T("A table cannot carry links between entries; JSONL can."),)), note)
    return Reply(
        join(" · ", Strong(count), *words), (*read_as, *notes), files=(Attachment(name, data),)
    )


def _shell(title: Line, asked: EntryQuery, kind: str, format_: str) -> Reply:
    """Return the command by which an operator gets the file."""
    given = {**asked.given(), "format": format_}
    given["type"] = given.pop("kind", "")
    given["kind"] = kind
    flags = " ".join(f"--{name} {_shell_quote(value)}" for name, value in given.items() if value)
    typed = Typed(f"sitrep export {flags} --out entries.{format_}")
    return Reply(title, (Text((T("On the command line:"), " ", typed)),), tone=Tone.NOTHING)


def _shell_quote(value: str) -> str:
    import shlex  # noqa: PLC0415 -- rare

    return shlex.quote(value)


async def _read_as(match: PlaceMatch, ctx: Context) -> tuple[Text, ...]:
    """Return as which place a name was read, where that is not plain by the name alone."""
    where = await tell_apart(match.place, ctx)
    about = (Text((T("About {place}.", place=where),)),) if where else ()
    return (*about_match(match), *about)
