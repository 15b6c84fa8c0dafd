"""From a shell: entries into the store and out of it, and the whole record."""

import gzip
import sys
from collections.abc import Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, TextIO

from msgspec import Struct
from msgspec.structs import replace

from bot.adapters.console.layout import layout
from bot.adapters.console.local_files import open_upload, save_attachments
from bot.adapters.console.paint import paint, width_of
from bot.app import confirm_written, open_to_import, voice_of
from bot.i18n.catalogues import load_translations
from bot.settings import Settings
from commands.kit.context import Context
from commands.kit.days import read_day
from commands.kit.errors import UserError
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Room
from commands.kit.reply import Reply, Tone
from store import Store, open_store
from store.model.refusals import StoreError
from store.model.revision import Act, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.transfer.importer import ImportPlan, Tell

_PATIENCE_S = 5
_SHOWN = 40  # lines of a list; a file has the whole
_EVERYTHING = 1_000_000
_BESIDE = ("", "-wal", "-shm", ".lock")
OK, REFUSED = 0, 2


class ImportOptions(Struct, frozen=True):
    """What `import` is told beside the settings."""

    file: Path
    format: str = ""
    mapping: str = ""
    by: str = "Operator"
    why: str = "Imported."
    dry: bool = False
    skip_bad: bool = False
    create: bool = False
    future: bool = False
    encoding: str = ""
    sheet: str = ""
    rows: str = ""
    rows_are: str = ""
    columns: str = ""
    keep: str = ""
    source: str = ""
    assessor: str = ""
    as_of: str = ""
    control: str = ""
    licence: str = ""
    seeds: bool = True


async def import_file(settings: Settings, options: ImportOptions) -> int:
    """Import a file, telling how far it is; return 0, or 2 when it has problems."""
    from commands.kit.params.control import read_terms_in
    from commands.shared.importing.import_report import report_import
    from store.transfer.areas.area_rows import AreaPlan
    from store.transfer.formats.decode import SHELL
    from store.transfer.importer import ImportPlan

    plan = ImportPlan(
        options.file.name,
        options.format,
        options.mapping,
        files=True,
        create=options.create,
        skip_bad=options.skip_bad,
        dry=options.dry,
        limits=SHELL,
        zone=settings.tzinfo,
        read_day=read_day,
        read_term=read_terms_in(load_translations),
        future=options.future,
        encoding=options.encoding,
        sheet=options.sheet,
        rows=options.rows,
        area=AreaPlan(
            options.assessor, options.as_of, options.control, options.source, options.licence
        ),
    )
    if (file := open_upload(str(options.file))) is None:
        raise StoreError(f"There is no file {options.file}.")
    person = Person("console", options.by.casefold(), options.by)
    act = Act("", "import", person, datetime.now(UTC), options.why)
    async with await open_to_import(
        settings.store, writing=not options.dry, seeds=options.seeds, patience_s=_PATIENCE_S
    ) as store:
        data = await file.read()
        chosen = await choose_columns(store, settings, data, plan, options)
        if isinstance(chosen, Reply):
            show_reply(settings, chosen, options.file.parent)
            return REFUSED
        with _progress() as tell:
            importing = store.imports.read(data, chosen, act, tell)
            del data  # which lets go of it once it is checked
            report = await importing
        reply = await confirm_written(settings, store, report_import(report, chosen, _SHOWN))
    show_reply(settings, reply, options.file.parent)
    return REFUSED if report.problems else OK


async def export_entries(settings: Settings, texts: Mapping[str, str], out: Path | None) -> int:
    """Write entries to a file, packed if its name ends in .gz, or to standard output.

    `texts` are what the parameters of /export are given.
    """
    from commands.export import export
    from commands.shared.views.entry_list import EntryQuery
    from commands.shared.views.export_file import export_request as as_export
    from store.transfer.formats.decode import Format

    async with await open_store(settings.store, writing=False) as store:
        ctx = _context(store, settings)
        try:
            values: dict[str, Any] = {**(await export.read(texts, ctx)).require()}
            kind, format_ = values.pop("kind", ""), Format(values.pop("format", "jsonl"))
            ids = await store.exports.numbers(
                as_export(EntryQuery(None, **values), kind), _EVERYTHING
            )
        except UserError as error:
            return refuse(voice_of(settings).plain(f"{error.param}: ", error.message))
        text = store.exports.text(ids, format_)
        if out is None:
            async for piece in text:
                sys.stdout.write(piece)
            return OK
        with write_whole(out, settings.store) as file:
            async for piece in text:
                file.write(piece)
    print(f"{len(ids):,} entries: {out}", file=sys.stderr)
    return OK


def _context(store: Store, settings: Settings) -> Context:
    """Return what parameters are read with in a shell."""
    return Context(
        caller=Caller("console", "local", "You"),
        room=Room("console", "local"),
        key="",
        store=store,
        now=datetime.now(UTC),
        zone=settings.tzinfo,
        stale_days=settings.stale_days,
        commands=(),
        translations=load_translations,
    )


def export_record(settings: Settings, out: Path | None) -> int:
    """Write the whole record, revisions verbatim, to a file or to standard output."""
    from store.db.migrate import own_version
    from store.maintenance.raw_connection import open_bare
    from store.maintenance.record_dump import record_lines

    with closing(open_bare(settings.store)) as db:
        own_version(db, settings.store)
        if out is None:
            sys.stdout.writelines(record_lines(db))
            return OK
        with write_whole(out, settings.store) as file:
            file.writelines(record_lines(db))
    return OK


@contextmanager
def write_whole(path: Path, store: Path) -> "Iterator[TextIO]":
    """Write a text file, packed if its name ends in .gz; it is there whole or not at all.

    A link is followed, and a pipe or a device is written to. StoreError for a folder, and for the
    store or what lies beside it.
    """
    if not path.name or path.is_dir():
        raise StoreError(f"--out: {path} is a folder; write a file in it, such as export.jsonl.")
    record = store.resolve()
    if path.resolve() in {record.with_name(f"{record.name}{end}") for end in _BESIDE}:
        raise StoreError(f"--out: {path} belongs to the record itself; write another file.")
    if path.is_fifo() or path.is_char_device():
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    path = path.resolve()
    new = path.with_name(f"{path.name}.{token_hex(4)}.new")  # a name that is nobody's
    try:
        if path.suffix == ".gz":
            with gzip.open(new, "xt", encoding="utf-8") as file:
                yield file
        else:
            with new.open("x", encoding="utf-8", newline="") as file:
                yield file
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


async def choose_columns(
    store: Store, settings: Settings, data: bytes, plan: "ImportPlan", options: ImportOptions
) -> "ImportPlan | Reply":
    """Return the plan with what columns are whose headings are not ours, or what to say of them."""
    from commands.kit.params.file_columns import ColumnMeaning, RowKind
    from commands.shared.importing.column_card import ask_in_shell, choose, guess, list_types

    if plan.mapping:
        kept = None if options.dry else await store.held_files.find_kept(plan.mapping)
        return replace(plan, mapping="", columns=kept) if kept else plan
    told = bool(options.columns or options.rows_are)
    chosen, rows = await guess(store, data, plan, told=told)
    if chosen is None:
        return plan
    chosen = replace(chosen, source=options.source)
    ctx = _context(store, settings)
    try:
        kind = await RowKind(T("")).read(options.rows_are, ctx) if options.rows_are else None
        chosen = choose(chosen, kind, None) or chosen
        for part in filter(None, options.columns.split(",")):
            chosen = choose(chosen, None, await ColumnMeaning(T("")).read(part, ctx)) or chosen
    except UserError as error:
        return Reply((error.message,), tone=Tone.REFUSAL)
    if not chosen.complete:
        return ask_in_shell(plan.name, chosen, rows, await list_types(store))
    if options.keep and not options.dry:
        await store.held_files.keep(options.keep, chosen)
    return replace(plan, columns=chosen)


def refuse(sentence: str) -> int:
    """Say on standard error what is to be put right; return the exit code for it."""
    print(sentence, file=sys.stderr)
    return REFUSED


def show_reply(settings: Settings, reply: Reply, folder: Path = Path()) -> None:
    voice = voice_of(settings)
    paint(layout(reply, voice, width_of(sys.stdout)), sys.stdout)
    for line in save_attachments(reply.files, voice, folder):
        print(line)


@contextmanager
def _progress() -> "Iterator[Tell | None]":
    """Show on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = {what: progress.add_task(what, total=None) for what in ("check", "file")}
        yield lambda what, done, total: progress.update(
            tasks[what], completed=done, total=total or None
        )
