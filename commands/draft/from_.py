"""/draft from: a text, read into drafts."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.documents import Document
from commands.kit.errors import BadParam, Code, NotAllowed
from commands.kit.inlines import Strong, T, Typed
from commands.kit.invocation import Role, Upload
from commands.kit.params.basic import FreeText, Hidden
from commands.kit.params.day_values import OnDay
from commands.kit.params.deferred import Deferred
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.params.entities import KnownSource, host_of
from commands.kit.params.report_text import ReportText, clean_text
from commands.kit.params.uploaded_file import UploadedFile
from commands.kit.reply import Action, Audience, Field, Form, Reply, Text, Tone
from commands.shared.drafting.attached_files import read_attached
from commands.shared.drafting.batch_card import batch_card, numbers_hint, source_form
from commands.shared.drafting.outcome import require_undecided
from store.model.draft import Draft, NewDraft
from store.model.span import Span

MOST_DRAFTS = 100
_TEXT = T("A text: an article, a post, a report")
_DAY = T("The day it was published")
_SOURCE = T("Where it was read: name, address or S-1")
_FILE = T("A file instead: .txt, .html, .pdf or .docx")
_URL = T("The address of a page instead")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
MOST_BYTES = 5_000_000
_NO_DAY = T("Say on which day the text was published, such as day:2025-11-07.")


@command(role=Role.MODERATOR, group="draft", menu="Draft from this", patience=4)
async def from_(
    ctx: Context,
    text: Annotated[str, ReportText(_TEXT)] = "",
    *,
    day: Annotated[Span | None, OnDay(_DAY)] = None,
    source: Annotated[str, Deferred(KnownSource(_SOURCE))] = "",
    file: Annotated[Upload | None, UploadedFile(_FILE, MOST_BYTES, example="report.pdf")] = None,
    url: Annotated[str, FreeText(_URL, "ADDRESS", "https://example.org/news", longest=1000)] = "",
    fetch: Annotated[str, Hidden(T("Whether the address was seen"))] = "",
    by: Annotated[str, Hidden(T("Who wrote the message that it is"))] = "",
    attached: Annotated[str, Hidden(T("Whether to read the files of that message too"))] = "",
    batch: Annotated[Draft | None, KnownDraft(T("A draft of the text"), hidden=True)] = None,
) -> Reply:
    """Read a text into drafts, one for each statement that can be checked."""
    if batch is not None:
        return await _name_source(batch, source, ctx)
    if not (text or file or url or attached):
        form = _form(ctx)
        return Reply((Strong(form.title),), audience=Audience.ASKER, form=form)
    url = url or (text if _ADDRESS.fullmatch(text) and not attached else "")
    if url and not fetch:
        return _show_address(url, day, source, ctx)
    if attached:
        document = await read_attached(text, ctx)
    else:
        document = await _read_document(text, file, url, ctx)
    source = source or url
    from commands.shared.drafting.text_to_drafts import find_published_day, read_text  # noqa: PLC0415 -- as an import

    report = clean_text(document.text)
    published = _read_day(day, document, ctx) or await find_published_day(report, ctx)
    if published is None:
        raise BadParam(_NO_DAY, code=Code.MISSING_VALUE)
    drafts = await read_text(report, published, source, ctx, by)
    reply = await _open(drafts, ctx)
    notes = tuple(Text((note,)) for note in document.notes)
    return replace(reply, blocks=(*notes, *reply.blocks))


def _read_day(given: Span | None, document: Document, ctx: Context) -> date | None:
    """Return the day that was given, or the page's own."""
    if given is not None and given.earliest != given.latest:
        raise BadParam(_NO_DAY, code=Code.MISSING_VALUE)
    if given is not None:
        return given.latest
    return document.day if document.day and document.day <= ctx.today else None


async def _read_document(text: str, file: Upload | None, url: str, ctx: Context) -> Document:
    """Return the text that was given, or that of the file or the page."""
    if not (file or url):
        return Document(text)
    if ctx.documents is None:
        raise NotAllowed(T("Files and pages are not read here: paste the text."))
    if file:
        return await ctx.documents.read(file.name, await file.read())
    return await ctx.documents.fetch(url)


def _show_address(url: str, day: Span | None, source: str, ctx: Context) -> Reply:
    """Show the address that is about to be fetched, with what asks for it."""
    if ctx.documents is None:
        raise NotAllowed(T("Files and pages are not read here: paste the text."))
    ctx.documents.check(url)
    given = {"url": url, "source": source, "day": day.edtf if day else "", "fetch": "yes"}
    given = {name: value for name, value in given.items() if value}
    title = T("The bot would fetch this page from {host}", host=host_of(url))
    return Reply(
        (Strong(title),),
        (Text((Typed(url),)),),
        (Action(T("Fetch it"), "draft from", given, confirms=True),),
        audience=Audience.ASKER,
    )


async def _open(drafts: Sequence[NewDraft], ctx: Context) -> Reply:
    if not drafts:
        nothing = (Strong(T("Nothing in this text can be checked.")),)
        return Reply(nothing, tone=Tone.NOTHING, audience=Audience.ASKER)
    opened = await ctx.store.text_drafts.open(ctx.key, ctx.person, drafts[:MOST_DRAFTS], ctx.now)
    card = await batch_card(opened, ctx)
    blocks = (*card.blocks, *_rest(drafts))
    return replace(card, blocks=(*blocks, numbers_hint()))


def _rest(drafts: Sequence[NewDraft]) -> Sequence[Text]:
    """Say where to go on with a text that has too much for one list."""
    if len(drafts) <= MOST_DRAFTS:
        return ()
    first = drafts[MOST_DRAFTS].passage
    words = " ".join(first.text.split()[:8]) if first else ""
    n = len(drafts) - MOST_DRAFTS
    more = T(
        "{n} more is in the text: send it from “{words}”.",
        "{n} more are in the text: send it from “{words}”.",
        n=n,
        words=words,
    )
    return (Text((more,)),)


async def _name_source(batch: Draft, source: str, ctx: Context) -> Reply:
    """Name the source of all drafts of a text."""
    require_undecided(batch, ctx)
    first = batch.batch or batch.id
    if not source:
        form = source_form(batch)
        return Reply((Strong(form.title),), audience=Audience.ASKER, form=form)
    drafts = await ctx.store.text_drafts.change_all(first, {"source": source}, ctx.now)
    return await batch_card(drafts, ctx)


def _form(ctx: Context) -> Form:
    fields = (
        Field("text", _TEXT, long=True),
        Field("day", _DAY, ctx.today.isoformat()),
        Field("source", _SOURCE, required=False),
    )
    return Form(T("Drafts from a text"), "draft from", {}, fields)
