"""The command line as argparse reads it: every command, its flags, and what they may say."""

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import __version__
from bot.cli.argument_values import (
    read_application,
    read_count,
    read_day,
    read_moment,
    read_size,
    read_sizes,
    read_zone_moment,
    require_hash,
)
from bot.i18n.catalogues import LANGUAGES
from commands.kit.invocation import Role
from store.model.override import override

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 -- its only name

_COLUMNS = 80  # of a terminal that does not say
_FORMATS = ("jsonl", "csv", "geojson")
_READ = (*_FORMATS, "xlsx", "json", "kml", "html")
FILTERS = {
    "place": "PLACE",
    "by": "WHO",
    "since": "DAY",
    "until": "DAY",
    "kind": "KIND",
    "type": "KIND",
    "verdict": "VERDICT",
    "text": "WORDS",
}
"""What narrows an export, as in /export, and what each is followed by."""


class _Formatter(argparse.HelpFormatter):
    """The library's, which asks shutil how wide the terminal is, and that loads every compression.

    It is made for each argument, not only where there is help to be shown.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_find_width() - 2)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- the library's
        super().__init__(formatter_class=_Formatter, **options)

    @override
    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is no choice; of a command, say which one was surely meant."""
        commands = isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 -- its only name
        if commands and action.choices and value not in action.choices:
            hint = _guess_command(value, action.choices)
            raise argparse.ArgumentError(None, f"no command “{value}”; {hint}")
        super()._check_value(action, value)

    @override
    def _print_message(self, message: str, file: Any = None) -> None:
        """Pass over a stream that is full; the library's raises in Python 3.11.2 of Debian 12."""
        with suppress(OSError):
            super()._print_message(message, file)


def _guess_command(word: str, known: Iterable[str]) -> str:
    """Return which command was surely meant: of a shell, or one that `ask` answers."""
    from commands import COMMANDS
    from commands.kit.did_you_mean import Closeness, find_closest

    lines = {name: name for name in known}
    asked = {path: f'ask "/{path}"' for path in COMMANDS.paths if path not in lines}
    close = find_closest(word, lines | asked, Closeness.COMMAND)
    return f"did you mean {(lines | asked)[close]}?" if close else "--help lists them."


def _find_width() -> int:
    """Return how many columns the terminal has, as shutil does."""
    with suppress(ValueError, KeyError):
        if (columns := int(os.environ["COLUMNS"])) > 0:
            return columns
    with suppress(OSError):
        return os.get_terminal_size().columns or _COLUMNS
    return _COLUMNS


def build_parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser of the whole command line, or of what a question needs alone."""
    installed = Path(sys.argv[0]).stem == "sitrep"
    parser: argparse.ArgumentParser = _Parser(
        prog="sitrep" if installed else "python -m bot",
        description="Who says what, about which place, for which day: a desk of sourced entries.",
        epilog="Settings come from SITREP_* and sitrep.toml; docs/settings.md names them all.",
    )
    parser.add_argument("--version", action="version", version=f"sitrep {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    every = (
        *(_add_questions, _add_bench, _add_service),
        *(_add_extract, _add_check, _add_import, _add_undo),
        *(_add_export, _add_places, _add_care, _add_upgrade),
    )
    for add in (_add_questions,) if command == "ask" else every:
        add(commands)
    return parser


def _add_questions(commands: "Subparsers") -> None:
    ask = commands.add_parser("ask", help="answer one line, such as “/status Pokrovsk”")
    ask.add_argument(
        "line", nargs="+", metavar="LINE", help="what to ask; the slash may be left out"
    )
    ask.add_argument("--json", action="store_true", help="print the answer as data (docs/json.md)")
    console = commands.add_parser("console", help="ask in a terminal, with completion and history")
    roles = [role.name.lower() for role in Role]
    for parser in (ask, console):
        parser.add_argument("--as", dest="role", choices=roles, default="reader", help="who asks")
        parser.add_argument(
            "--lang", dest="language", choices=list(LANGUAGES), help="the language of the answers"
        )
        parser.add_argument("--now", type=read_moment, help="the clock, such as 2025-11-07T12:00")
        _add_seeds(parser, "do not fill a new store")
        _add_store(parser)
    commands.add_parser("demo", help="a short tour on a throw-away store")


def _add_bench(commands: "Subparsers") -> None:
    bench = commands.add_parser("bench", help="time the store against raw SQLite")
    bench.add_argument(
        "--sizes", type=read_sizes, default="10k,100k", help="entries, such as 10k,100k,1m"
    )
    bench.add_argument(
        "--wire", action="store_true", help="time the bot's answers on Discord instead"
    )
    bench.add_argument("--matrix", action="store_true", help="time its answers on Matrix instead")
    bench.add_argument(
        "--devices", type=int, default=0, help="with --matrix: in an encrypted room of so many"
    )
    bench.add_argument(
        "--replica", action="store_true", help="time filings that wait for a replica instead"
    )
    bench.add_argument(
        "--size", type=read_size, default="1m", help="entries for --wire, --matrix and --replica"
    )
    bench.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="where stores stay, and are used again"
    )
    bench.add_argument(
        "--import",
        dest="rows",
        nargs="?",
        type=int,
        const=100_000,
        metavar="ROWS",
        help="time an import instead; 100,000 rows by default",
    )
    bench.add_argument(
        "--pictures",
        nargs="?",
        type=read_size,
        const=100_000,
        metavar="SIZE",
        help="time maps, timelines and comparisons instead, as drawn; 100k entries by default",
    )
    bench.add_argument(
        "--check",
        nargs="?",
        type=read_size,
        const=100_000,
        metavar="SIZE",
        help="time checks of messages instead; 100k entries by default",
    )
    bench.add_argument("--json", action="store_true", help="print the figures as data")


def _add_service(commands: "Subparsers") -> None:
    run = commands.add_parser("run", help="run the bot on every platform that is set up")
    run.add_argument(
        "--standby", action="store_true", help="wait until no other holds the lease, then take over"
    )
    _add_seeds(run, "do not load the seeds")
    run.add_argument(
        "--new-device", action="store_true", help="log in on Matrix as a new device, this once"
    )
    health = commands.add_parser("health", help="exit 0 if the running bot can answer")
    for parser in (run, health):
        _add_store(parser)
    invite = commands.add_parser("invite", help="print the link that brings the bot into a server")
    invite.add_argument(
        "application", type=read_application, help="the application's id, from the developer portal"
    )


def _add_extract(commands: "Subparsers") -> None:
    parser = commands.add_parser("extract", help="read a text into drafts; files nothing")
    parser.add_argument("file", metavar="FILE", help="a text in UTF-8; - reads standard input")
    parser.add_argument(
        "--published", type=read_day, required=True, metavar="DAY", help="such as 2025-11-07"
    )
    parser.add_argument("--url", default="", help="where it was published")
    parser.add_argument("--source", default="", metavar="NAME", help="who published it")
    lang = parser.add_argument("--lang", choices=["auto", "en", "uk", "ru"], default="auto")
    lang.dest, lang.help = "text_language", "the language of the text"
    parser.add_argument("--json", action="store_true", help="print data; it prints nothing else")
    _add_store(parser)


def _add_check(commands: "Subparsers") -> None:
    parser = commands.add_parser("check", help="find what is on record about messages")
    parser.add_argument(
        "file", metavar="FILE", help="JSONL, an id and a text a line; - reads standard input"
    )
    parser.add_argument("--json", action="store_true", help="print data, which is all it prints")
    _add_store(parser)


def _add_import(commands: "Subparsers") -> None:
    parser = commands.add_parser("import", help="file the entries of a table, whole or not at all")
    parser.add_argument("file", type=Path, metavar="FILE", help="JSONL, CSV, XLSX, KML …")
    parser.add_argument(
        "--format", default="", choices=_READ, help="if the ending does not show it"
    )
    parser.add_argument("--mapping", default="", metavar="NAME|FILE", help="whose columns they are")
    parser.add_argument("--encoding", default="", metavar="NAME", help="such as windows-1251")
    parser.add_argument("--sheet", default="", metavar="NAME", help="of a workbook, not the first")
    parser.add_argument("--rows", default="", metavar="NAME", help="the list of JSON with the rows")
    parser.add_argument(
        "--rows-are", default="", metavar="KIND:TYPE", help="what rows are without a mapping"
    )
    parser.add_argument(
        "--columns", default="", metavar="N=WHAT,…", help="what columns are, such as 2=place"
    )
    parser.add_argument("--source", default="", metavar="NAME", help="where all of it was read")
    parser.add_argument("--keep", default="", metavar="NAME", help="keep these columns as NAME")
    parser.add_argument("--assessor", default="", metavar="NAME", help="whose areas they are")
    parser.add_argument("--as-of", default="", metavar="DAY", help="the day that areas show")
    parser.add_argument(
        "--control", default="", metavar="STATUS", help="inside areas; {property} that has it"
    )
    parser.add_argument("--licence", default="", metavar="NAME", help="of the areas' outlines")
    parser.add_argument("--future", action="store_true", help="let days after today in")
    parser.add_argument("--dry-run", dest="dry", action="store_true", help="check it, file nothing")
    parser.add_argument(
        "--skip-bad",
        action="store_true",
        help="file the other rows; write the bad ones beside FILE",
    )
    parser.add_argument("--create", action="store_true", help="create missing speakers and sources")
    parser.add_argument("--as", dest="by", default="Operator", metavar="NAME", help="who does it")
    parser.add_argument("--why", default="Imported.", help="the reason that goes on record")
    _add_seeds(parser, "do not fill a new store")
    _add_store(parser)


def _add_undo(commands: "Subparsers") -> None:
    parser = commands.add_parser("undo", help="take an import back, whoever did it")
    parser.add_argument("batch", metavar="B-7", help="the import, as its report names it")
    parser.add_argument("--as", dest="by", default="Operator", metavar="NAME", help="who does it")
    parser.add_argument("--why", default="Taken back.", help="the reason that goes on record")
    parser.add_argument("--sure", action="store_true", help="do it; without, say what it would do")
    _add_store(parser)


def _add_export(commands: "Subparsers") -> None:
    parser = commands.add_parser("export", help="write entries to a file")
    parser.add_argument("--format", default="jsonl", choices=_FORMATS, help="jsonl by default")
    parser.add_argument("--out", type=Path, metavar="FILE", help="packed if it ends in .gz")
    parser.add_argument(
        "--record", action="store_true", help="the whole record, revisions verbatim"
    )
    for name, shape in FILTERS.items():
        parser.add_argument(f"--{name}", metavar=shape, help=f"as /export {name}:{shape}")
    _add_store(parser)


def _add_places(commands: "Subparsers") -> None:
    """Add `places import` and `places build` to a parser's commands."""
    own = commands.add_parser("places", help="bring more places into the gazetteer")
    acts = own.add_subparsers(dest="act", required=True, metavar="import|build")
    file = acts.add_parser("import", help="read a country's file of GeoNames, or a table")
    file.add_argument(
        "file", type=Path, metavar="FILE", help="UA.txt, RU.zip, or a table with tabs"
    )
    build = acts.add_parser("build", help="take a country from the packages that have it")
    build.add_argument("--country", required=True, metavar="CODE", help="two letters, such as SD")
    build.add_argument(
        "--out", type=Path, metavar="FILE", help="write a gazetteer of that country alone instead"
    )
    for each in (file, build):
        each.add_argument("--as", dest="by", default="Operator", metavar="NAME", help="who does it")
        each.add_argument("--why", default="More places.", help="the reason that goes on record")
        _add_seeds(each, "do not fill a new store")
        _add_store(each)


def _add_care(commands: "Subparsers") -> None:
    backup = commands.add_parser("backup", help="copy the store, even while the bot runs")
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="backups by default")
    backup.add_argument("--keep", type=read_count, metavar="N", help="how many copies to keep")
    restore = commands.add_parser("restore", help="replace the store by a copy or a record")
    restore.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a copy, or what --record wrote"
    )
    restore.add_argument("--yes", action="store_true", help="replace what is there; it is kept")
    restore.add_argument("--replica", action="store_true", help="from the replica instead")
    restore.add_argument(
        "--at", type=read_zone_moment, metavar="MOMENT", help="of the replica, not the last"
    )
    doctor = commands.add_parser("doctor", help="check the store; changes nothing")
    for parser in (restore, doctor):
        parser.add_argument(
            "--expect",
            type=require_hash,
            metavar="HEAD",
            help="a hash of the chain that you noted earlier",
        )
    replicate = commands.add_parser("replicate", help="ship the store to its replica")
    replicate.add_argument(
        "--config", type=Path, metavar="FILE", help="only write Litestream's configuration"
    )
    own = commands.add_parser("replica", help="delete what the replica keeps of before, or end it")
    acts = own.add_subparsers(dest="act", required=True, metavar="clear|end")
    clear = acts.add_parser("clear", help="delete earlier terms; without a lease, all of it")
    end = acts.add_parser("end", help="have nobody ship the store any more")
    for parser in (clear, end):
        parser.add_argument("--yes", action="store_true", help="do it; without, say what it would")
    for parser in (backup, restore, doctor, replicate, clear, end):
        _add_store(parser)


def _add_upgrade(commands: "Subparsers") -> None:
    parser = commands.add_parser("upgrade", help="bring the store up to date, as a start would")
    parser.add_argument(
        "--check", action="store_true", help="say what it would change; changes nothing"
    )
    _add_seeds(parser, "do not try the seeds")
    _add_store(parser)


def _add_seeds(parser: argparse.ArgumentParser, help_: str) -> None:
    parser.add_argument("--no-seeds", dest="seeds", action="store_false", help=help_)


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", type=Path, metavar="FILE", help="the file of the record")
