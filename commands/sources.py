"""/sources: what each outlet and speaker has on record."""

from typing import Annotated

from msgspec import Struct

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import Code, NotFound
from commands.kit.inlines import ForData, Inline, Phrase, Reference, Strong, T, Typed, WebLink, join
from commands.kit.params.basic import AllWords, FreeText, echo
from commands.kit.params.other_reference import refuse_other_reference
from commands.kit.reply import Action, Block, Heading, Item, Items, Reply, Small
from commands.kit.vocabulary import SOURCE_KINDS, VERDICTS, number, speaker_name, speaker_role
from commands.shared.views.revision_history import history_item
from commands.shared.views.source_record import record_blocks
from store.model.entry import Source, VerdictValue
from store.model.override import override
from store.model.ref import ACTOR, SOURCE
from store.queries.audit_log import RecordedName
from store.queries.sources import TrackRecord

_SHOWN = 12
_UNRATED = "F"  # nobody has judged it, or nobody can: for data alone
_DOT = " · "


class NamedRecords(Struct, frozen=True):
    """What the outlets and speakers of a name have on record, at least one; `name` as typed."""

    name: str
    records: tuple[TrackRecord, ...]


class KnownOutletOrSpeaker(AllWords, frozen=True):
    """An outlet or speaker by name, its start, address or reference; read as NamedRecords."""

    help: T
    shape: str = "NAME"
    example: str = "Daily One"

    @override
    async def read(self, text: str, ctx: Context) -> NamedRecords:
        name = await FreeText(self.help).read(text, ctx)
        records = await ctx.store.sources.track_records_of(name)
        if not records:
            raise refuse_other_reference(name, SOURCE, ACTOR) or NotFound(
                T("No outlet or speaker “{name}” is on record. For all of them:", name=echo(name)),
                Typed("/sources"),
                code=Code.UNKNOWN_SOURCE,
            )
        return NamedRecords(name, records)

    @override
    def write(self, value: NamedRecords) -> str:
        """Return its reference, where the name is of one alone."""
        return value.records[0].of.ref if len(value.records) == 1 else value.name

    @override
    def refer(self, value: NamedRecords) -> tuple[str, ...]:
        return tuple(record.of.ref for record in value.records)


@command(kept=True, one_hop=True)
async def sources(
    ctx: Context,
    name: Annotated[NamedRecords | None, KnownOutletOrSpeaker(T("An outlet or a speaker"))] = None,
) -> Reply:
    """Show what each outlet and speaker has on record, with the verdicts of fact-checks."""
    return await _list_all(ctx) if name is None else await _show(name, ctx)


async def _show(named: NamedRecords, ctx: Context) -> Reply:
    records = named.records
    title = T("{n} on record as “{name}”", n=len(records), name=echo(named.name))
    blocks: tuple[Block, ...] = (
        Items(tuple(map(_item, records))),
        *(await record_blocks(records[0], ctx) if len(records) == 1 else ()),
        *await _grades(records, ctx),
        *_note_unchecked(records),
    )
    return Reply((title,), blocks, _actions(records))


async def _list_all(ctx: Context) -> Reply:
    blocks: list[Block] = []
    outlets, speakers = await ctx.store.sources.track_records(_SHOWN)
    for head, some in ((T("Read in"), outlets), (T("Speakers and assessors"), speakers)):
        if some:
            blocks += [Heading(head), Items(tuple(map(_item, some)))]
    blocks += _note_unchecked(outlets + speakers)
    title = T("{n} sources and speakers", "{n} sources and speakers", n=len(outlets + speakers))
    return Reply((Strong(title),), tuple(blocks))


def _item(standing: TrackRecord) -> Item:
    of = standing.of
    if isinstance(of, Source):
        name: Inline = WebLink(of.url, of.name) if of.url else of.name
        kind = SOURCE_KINDS.get(of.kind, of.kind)
        letter = T("reliability {letter}", letter=of.reliability)
        rated = letter if of.reliability != _UNRATED else ForData(letter)
        what: Inline = Phrase(join(", ", kind, rated))
    else:
        name, what = speaker_name(of), speaker_role(of) if of.role else ""
    count = standing.entries.number
    entries = T("{count} entry", "{count} entries", n=count, count=number(standing.entries))
    checks = [
        T("{count} {verdict}", count=number(total), verdict=VERDICTS[VerdictValue(value)])
        for value, total in standing.verdicts
    ]
    return Item((Strong(name),), (join(_DOT, what, entries, *checks, Reference(of.ref)),))


async def _grades(records: tuple[TrackRecord, ...], ctx: Context) -> list[Block]:
    """Return how each source was graded: by whom, when and why."""
    items: list[Item] = []
    for of in (revision.of for revision in records if isinstance(revision.of, Source)):
        for record in await ctx.store.history.of(of.ref):
            match (record.before, record.after):
                case ({"reliability": _}, {"reliability": _}):
                    items.append(
                        history_item(record, {of.ref: RecordedName(of.name)}, of=len(records) > 1)
                    )
    return [Heading(T("Grades")), Items(tuple(items))] if items else []


def _note_unchecked(records: tuple[TrackRecord, ...]) -> tuple[Small, ...]:
    """Say once that nothing was checked, where that is so."""
    none = not any(record.verdicts for record in records)
    return (Small((T("None of it has been checked yet."),)),) if none and records else ()


def _actions(records: tuple[TrackRecord, ...]) -> tuple[Action, ...]:
    speakers = [record.of for record in records if not isinstance(record.of, Source)]
    return tuple(
        Action(T("Claims by {name}", name=speaker_name(a)), "claims", {"by": a.ref})
        for a in speakers
    )
