"""The other half of the composition root: what an operator does to a store from a shell."""

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.adapters.console.files import opened, saved
from bot.adapters.console.layout import layout
from bot.adapters.console.paint import paint, width_of
from bot.app import voice_of
from bot.settings import Settings
from commands.kit.reply import Reply
from store import open_store
from store.history import Act, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.bulk.importing import Tell

_PATIENCE_S = 5
_EVERYTHING = 1_000_000
_OK, _REFUSED = 0, 2


class Import(Struct, frozen=True):
    """What `import` was given."""

    file: Path
    format: str = ""
    mapping: str = ""
    by: str = "Operator"
    why: str = "Imported."
    dry: bool = False
    skip_bad: bool = False
    create: bool = False


async def import_file(settings: Settings, wanted: Import) -> int:
    """Import a file, telling how far it is; return 0, or 2 when it has problems."""
    from commands.kit.imported import imported
    from store.bulk.decoding import SHELL
    from store.bulk.importing import Plan

    plan = Plan(
        wanted.file.name,
        wanted.format,
        wanted.mapping,
        files=True,
        create=wanted.create,
        skip_bad=wanted.skip_bad,
        dry=wanted.dry,
        limits=SHELL,
    )
    if (file := opened(str(wanted.file))) is None:
        return _refused(f"There is no file {wanted.file}.")
    person = Person("console", wanted.by.casefold(), wanted.by)
    act = Act("", "import", person, datetime.now(UTC), wanted.why)
    async with await open_store(
        settings.store, writing=not wanted.dry, patience_s=_PATIENCE_S
    ) as store:
        with _progress() as tell:
            report = await store.bulk.read(await file.read(), plan, act, tell)
    reply = imported(report, plan, _EVERYTHING)
    _show(settings, reply, wanted.file.parent)
    return _REFUSED if report.problems else _OK


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return _REFUSED


def _show(settings: Settings, reply: Reply, folder: Path) -> None:
    voice = voice_of(settings)
    paint(layout(reply, voice, width_of(sys.stdout)), sys.stdout)
    for line in saved(reply.files, voice, folder):
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
