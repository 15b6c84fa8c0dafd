"""The flags of what an operator does to a store from a shell."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.cli.transfer import Import, Wanted
    from bot.settings import Settings

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 -- its only name

_FORMATS = ("jsonl", "csv", "geojson")
_FILTERS = {
    "place": "PLACE", "by": "WHO", "since": "DAY", "until": "DAY", "kind": "KIND", "type": "KIND",
    "verdict": "VERDICT", "text": "WORDS",
}  # fmt: skip


def add(commands: "Commands") -> None:
    """Add the commands to a parser's."""
    _import(commands)
    _export(commands)
    _care(commands)


def _import(commands: "Commands") -> None:
    own = commands.add_parser("import", help="file the entries of a table, whole or not at all")
    own.add_argument("file", type=Path, metavar="FILE", help="JSONL, CSV or GeoJSON")
    own.add_argument("--format", default="", choices=_FORMATS, help="unless the ending says it")
    own.add_argument("--mapping", default="", metavar="NAME|FILE", help="whose columns they are")
    own.add_argument("--dry-run", dest="dry", action="store_true", help="check it, file nothing")
    own.add_argument(
        "--skip-bad", action="store_true", help="file the other rows, and write those beside FILE"
    )
    own.add_argument(
        "--create", action="store_true", help="create speakers and sources that are missing"
    )
    own.add_argument("--as", dest="by", default="Operator", metavar="NAME", help="who does it")
    own.add_argument("--why", default="Imported.", help="the reason that goes on record")
    _store(own)


def _export(commands: "Commands") -> None:
    own = commands.add_parser("export", help="write entries to a file")
    own.add_argument("--format", default="jsonl", choices=_FORMATS, help="jsonl unless given")
    own.add_argument("--out", type=Path, metavar="FILE", help="packed if it ends in .gz")
    own.add_argument("--record", action="store_true", help="the whole record, revisions verbatim")
    for name, shape in _FILTERS.items():
        own.add_argument(f"--{name}", default="", metavar=shape, help=f"as /export {name}:{shape}")
    _store(own)


def wanted_export(given: argparse.Namespace) -> "Wanted":
    """Return what `export` was given."""
    from bot.cli.transfer import Wanted

    texts = {name: getattr(given, name) for name in (*_FILTERS, "format")}
    return Wanted(texts, given.out)


def _care(commands: "Commands") -> None:
    backup = commands.add_parser("backup", help="copy the store, beside a running bot too")
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="backups unless set")
    backup.add_argument("--keep", type=_count, metavar="N", help="how many copies stay")
    restore = commands.add_parser("restore", help="put a copy or a record in the store's place")
    restore.add_argument("file", type=Path, metavar="FILE", help="a copy, or what --record wrote")
    restore.add_argument("--yes", action="store_true", help="replace what is there; it is kept")
    doctor = commands.add_parser("doctor", help="say how the store stands; changes nothing")
    doctor.add_argument("--expect", default="", metavar="HEAD", help="a last digest noted before")
    for each in (backup, restore, doctor):
        _store(each)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of copies: write 7")
    return int(text[:9])


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", type=Path, metavar="FILE", help="the file of the record")


def wanted_import(given: argparse.Namespace) -> "Import":
    """Return what `import` was given."""
    from bot.cli.transfer import Import

    names = ("file", "format", "mapping", "by", "why", "dry", "skip_bad", "create")
    return Import(**{name: getattr(given, name) for name in names})


async def run(given: argparse.Namespace, settings: "Settings") -> int:
    """Run one of these commands; return its exit code."""
    from bot.cli import maintenance as care_store
    from bot.cli import transfer as care

    match given.command:
        case "import":
            return await care.import_file(settings, wanted_import(given))
        case "export" if given.record:
            return care_store.export_record(settings, given.out)
        case "export":
            return await care.export_entries(settings, wanted_export(given))
        case "backup":
            return care_store.backup(settings, given.to, given.keep)
        case "restore":
            return care_store.restore(settings, given.file, yes=given.yes)
        case _:
            return care_store.doctor(settings, given.expect)
