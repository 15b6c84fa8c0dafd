"""From the arguments to the exit code: which command runs, with which settings."""

import argparse
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace

from bot import app
from bot.cli.arguments import FILTERS, build_parser
from bot.setting_values import find_store, load
from bot.settings import Settings, SettingsError, default_path
from commands.kit.invocation import Role
from store.db.explain import find_cause
from store.model.installation import is_checkout
from store.model.refusals import StoreError

_TROUBLE, _USAGE, _INTERRUPTED, _NO_READER = 1, 2, 130, 141
_NOWHERE = Path(os.devnull)
_MAKES_A_STORE = {"run", "restore"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command of the program; return its exit code."""
    _open_closed_streams()
    try:
        code = _obey_words(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # whoever was reading has read enough
        _finish(sys.stdout)
        return _NO_READER
    except (SettingsError, StoreError, OSError, UnicodeEncodeError, sqlite3.Error) as error:
        _finish(sys.stdout)
        with suppress(OSError):
            print(_explain(error), file=sys.stderr)
        return _TROUBLE
    finally:
        _finish(sys.stderr)
    return code


def _obey_words(words: Sequence[str]) -> int:
    try:
        arguments = _parse(words)
    except SystemExit as end:  # the library has answered, such as with the help
        return int(end.code or 0)
    return _obey(arguments)


def _parse(words: Sequence[str]) -> argparse.Namespace:
    parser = build_parser(*words[:1])
    if not words:
        parser.exit(_USAGE, f"{parser.prog}: write a command.\n\n{parser.format_help()}")
    if words[0].startswith("-"):
        from bot.cli.early_flags import refuse_early_flags

        refuse_early_flags(parser, words)
    return parser.parse_args(words)


def _obey(arguments: argparse.Namespace) -> int:
    settings = _apply_flags(_load_settings(arguments), arguments)
    _announce_places(settings, arguments.command)
    if arguments.command == "ask":
        line = " ".join(arguments.line)
        return app.ask(settings, _session(arguments), line, as_json=arguments.json)
    import asyncio

    return asyncio.run(_run(arguments, settings))


def _open_closed_streams() -> None:
    """Give what is said to nobody where a stream was closed, as a file would take its number."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, _NOWHERE.open("r" if name == "stdin" else "w"))


def _finish(stream: TextIO) -> None:
    """Write what is left for a stream, or let it go where that cannot be written."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _explain(error: Exception) -> str:
    """Return what the system, SQLite or the store will not do, as one sentence; else raise it."""
    match error:
        case OSError(strerror=str(why), filename=None):
            return f"{why}."
        case OSError(strerror=str(why), filename=file):
            return f"{file}: {why}."
        case UnicodeEncodeError(encoding=encoding):
            return f"Not everything can be written in {encoding}: set PYTHONIOENCODING=utf-8."
        case sqlite3.Error():
            if cause := find_cause(error):
                return f"The store cannot be read or written: {cause}."
            raise error
        case _:
            return str(error)


def _load_settings(arguments: argparse.Namespace) -> Settings:
    """Read the settings, unless the command was given all that it goes by."""
    is_told = arguments.command in {"extract", "check"} and arguments.store is not None
    if arguments.command == "upgrade" and arguments.check:
        return Settings(store=find_store())  # it says itself what is wrong with the others
    return Settings() if is_told else load()


def _apply_flags(settings: Settings, arguments: argparse.Namespace) -> Settings:
    flags = {name: getattr(arguments, name, None) for name in ("store", "language")}
    return replace(settings, **{name: value for name, value in flags.items() if value})


def _announce_places(settings: Settings, command: str) -> None:
    """Say where an installed program keeps its record, when it is about to make it there.

    What fills a new record itself says so once it is made.
    """
    is_new = settings.store == default_path("store") and not settings.store.exists()
    if is_new and command in _MAKES_A_STORE and not is_checkout():
        app.announce_new(settings.store)


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    match arguments.command:
        case "console":
            return await app.console(settings, _session(arguments))
        case "demo":
            return await app.demo(settings)
        case "bench":
            return await _bench(arguments)
        case "run":
            return await _serve(arguments, settings)
        case "invite":
            print(app.invite(arguments.application))
            return 0
        case "health":
            return app.health(settings)
        case "places" | "extract" | "check" | "import" | "undo" | "export":
            return await _transfer(arguments, settings)
        case _:
            return await _maintain(arguments, settings)


async def _serve(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot import serving

    standby = None
    if arguments.standby:
        from bot.standby.stand_by import Standby

        standby = Standby()
    options = serving.RunOptions(arguments.seeds, arguments.new_device, standby)
    return await serving.run(settings, options)


def _session(arguments: argparse.Namespace) -> app.Session:
    return app.Session(Role[arguments.role.upper()], arguments.now, seeds=arguments.seeds)


async def _bench(arguments: argparse.Namespace) -> int:
    if arguments.wire:
        from bot.bench.with_servers import bench_wire

        return await bench_wire(arguments.size, arguments.json, print, arguments.keep)
    if arguments.matrix:
        from bot.bench.with_servers import bench_matrix

        return await bench_matrix(arguments.size, arguments.json, print, arguments.devices)
    if arguments.replica:
        from bot.bench.with_servers import bench_replica

        return await bench_replica(arguments.size, arguments.json, print)
    from bot.bench import bench, bench_import, bench_made, bench_made_checks

    if arguments.pictures:
        return await bench_made(arguments.pictures, arguments.json, print)
    if arguments.check:
        return await bench_made_checks(arguments.check, arguments.json, print)
    if arguments.rows:
        return await bench_import(arguments.rows, arguments.json, print)
    return await bench(arguments.sizes, arguments.json, print, keep=arguments.keep)


async def _transfer(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run what reads a file or writes one."""
    from bot.cli import add_places, check_file, print_drafts, transfer

    if arguments.command == "places":
        return await add_places.run_places(arguments, settings)
    if arguments.command == "check":
        return await check_file.run_check(arguments, settings)
    if arguments.command == "extract":
        return await print_drafts.run_extract(arguments, settings)
    if arguments.command == "import":
        names = transfer.ImportOptions.__struct_fields__
        options = {name: getattr(arguments, name) for name in names}
        return await transfer.import_file(settings, transfer.ImportOptions(**options))
    if arguments.command == "undo":
        from bot.cli.undo_batch import undo_batch

        return await undo_batch(
            settings, arguments.batch, arguments.by, arguments.why, sure=arguments.sure
        )
    if arguments.record:
        return transfer.export_record(settings, arguments.out)
    texts = {name: getattr(arguments, name) for name in (*FILTERS, "format")}
    given = {name: text for name, text in texts.items() if text is not None}
    return await transfer.export_entries(settings, given, arguments.out)


async def _maintain(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.cli import maintenance
    from bot.cli.transfer import refuse

    match arguments.command:
        case "backup":
            return maintenance.backup(settings, arguments.to, arguments.keep)
        case "upgrade":
            from bot.cli.upgrade import check_upgrade, upgrade

            if arguments.check:
                return await check_upgrade(settings, seeds=arguments.seeds)
            return await upgrade(settings)
        case "replicate":
            from bot.cli.replicate import replicate

            return replicate(settings, arguments.config)
        case "replica":
            from bot.cli.clear_replica import clear_replica, end_replica

            if arguments.act == "clear":
                return await clear_replica(settings, yes=arguments.yes)
            return end_replica(settings, yes=arguments.yes)
        case "restore" if arguments.replica:
            from bot.cli.replicate import restore_from_replica

            return restore_from_replica(settings, arguments.at, arguments.expect or "")
        case "restore" if arguments.file is None:
            return refuse("Write a file to restore from, or --replica.")
        case "restore":
            return maintenance.restore(settings, arguments.file, yes=arguments.yes)
        case _:
            return await maintenance.doctor(settings, arguments.expect or "")
