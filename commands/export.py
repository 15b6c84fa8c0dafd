"""/export: entries as a file."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import FreeText, OneOf
from commands.kit.params.day_values import OnDay
from commands.kit.params.entities import KnownActor, KnownPlace
from commands.kit.params.event_types import KnownEventType
from commands.kit.reply import Reply
from commands.kit.vocabulary import KINDS, VERDICTS
from commands.shared.views.entry_list import EntryQuery
from store.model.entry import Actor
from store.model.span import Span
from store.queries.places import PlaceMatch
from store.queries.situation import EventType

_FORMATS = {"csv": T("a table"), "jsonl": T("JSON, one object per line"), "geojson": T("GeoJSON")}
_KINDS = {kind.value: label for kind, label in KINDS.items()}


@command()
async def export(
    ctx: Context,
    place: Annotated[PlaceMatch | None, KnownPlace(T("What they are about"))] = None,
    *,
    by: Annotated[Actor | None, KnownActor(T("Who said or assessed it"))] = None,
    since: Annotated[Span | None, OnDay(T("On this day or after it"))] = None,
    until: Annotated[Span | None, OnDay(T("On this day or before it"))] = None,
    kind: Annotated[str, OneOf(_KINDS, T("Events, claims or assessments alone"))] = "",
    type_: Annotated[EventType | None, KnownEventType(T("What kind of event"))] = None,
    verdict: Annotated[str | None, OneOf(VERDICTS, T("The fact-check verdict"))] = None,
    text: Annotated[str, FreeText(T("Words, a “phrase” or the start of a word*"))] = "",
    format_: Annotated[str, OneOf(_FORMATS, T("The file format"))] = "csv",
) -> Reply:
    """Get entries as a file: a table, JSON or GeoJSON."""
    from commands.shared.views.export_file import export_reply  # noqa: PLC0415 -- only an export loads what writes one

    asked = EntryQuery(None, place, by, since, until, verdict, type_, text)
    return await export_reply(ctx, asked, kind, format_)
