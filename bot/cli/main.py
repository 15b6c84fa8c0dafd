"""The commands of python -m bot: run, ask, console, demo, bench, and more of care_flags."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot import app
from bot.cli import arguments as care_flags
from bot.cli import places
from bot.i18n.catalogues import LANGUAGES
from bot.settings import Settings, SettingsError, load
from commands.kit.context import Role
from store.model.errors import StoreError

_TROUBLE, _INTERRUPTED, _NO_READER = 1, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command of the program; return its exit code."""
    given = _parser().parse_args(argv)
    try:
        settings = _with_flags(load(), given)
        return asyncio.run(_run(given, settings))
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return _TROUBLE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NO_READER


async def _run(given: argparse.Namespace, settings: Settings) -> int:
    match given.command:
        case "ask":
            line = " ".join(given.line)
            return await app.ask(settings, _session(given), line, as_json=given.json)
        case "console":
            return await app.console(settings, _session(given))
        case "demo":
            return await app.demo(settings)
        case "bench":
            return await _bench(given)
        case "run":
            return await app.run(settings, seeds=given.seeds)
        case "invite":
            print(app.invite(given.application))
            return 0
        case "health":
            return app.health(settings)
        case "places":
            return await places.run(given, settings)
        case _:
            return await care_flags.run(given, settings)


async def _bench(given: argparse.Namespace) -> int:
    if given.wire:
        from bot.bench.wire import bench_wire

        return await bench_wire(given.size, given.json, print)
    if given.matrix:
        from bot.bench.matrix import bench_matrix

        return await bench_matrix((given.size,), given.json, print)
    from bot.bench import bench, bench_import

    if given.rows:
        return await bench_import(given.rows, given.json, print)
    return await bench(given.sizes, given.json, print)


def _session(given: argparse.Namespace) -> app.Session:
    return app.Session(Role[given.role.upper()], given.now, seeds=given.seeds)


def _with_flags(settings: Settings, given: argparse.Namespace) -> Settings:
    flags = {name: getattr(given, name, None) for name in ("store", "language")}
    return replace(settings, **{name: value for name, value in flags.items() if value})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Who says what, about which place, for which day: a desk of sourced entries.",
        epilog="Settings come from SITREP_* and sitrep.toml; sitrep.example.toml names them all.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer one line, such as “/status Pokrovsk”")
    ask.add_argument(
        "line", nargs="+", metavar="LINE", help="what to ask; the slash may be left out"
    )
    ask.add_argument("--json", action="store_true", help="print the answer as data (docs/json.md)")
    console = commands.add_parser("console", help="ask in a terminal, with completion and history")
    for each in (ask, console):
        _session_flags(each)
    commands.add_parser("demo", help="a short tour on a throw-away store")
    bench = commands.add_parser("bench", help="time the store against raw SQLite")
    bench.add_argument(
        "--sizes", type=_sizes, default="10k,100k", help="entries, such as 10k,100k,1m"
    )
    bench.add_argument(
        "--wire", action="store_true", help="time the bot's answers on Discord instead"
    )
    bench.add_argument("--matrix", action="store_true", help="time its answers on Matrix instead")
    bench.add_argument("--size", type=_size, default="1m", help="entries for --wire and --matrix")
    bench.add_argument(
        "--import", dest="rows", nargs="?", type=int, const=100_000, metavar="ROWS",
        help="time an import instead, of 100,000 rows unless said",
    )  # fmt: skip
    bench.add_argument("--json", action="store_true", help="print the figures as data")
    run = commands.add_parser("run", help="run the bot on every platform that is set up")
    health = commands.add_parser("health", help="exit 0 when the running bot could answer")
    for each in (run, health):
        each.add_argument("--store", type=Path, metavar="FILE", help="the file of the record")
    _seeds_flag(run, "load no seeds")
    care_flags.add(commands)
    places.add(commands)
    invite = commands.add_parser("invite", help="print the link that brings the bot into a server")
    invite.add_argument("application", help="the application's id, from the developer portal")
    return parser


def _session_flags(parser: argparse.ArgumentParser) -> None:
    roles = [role.name.lower() for role in Role]
    parser.add_argument("--as", dest="role", choices=roles, default="reader", help="who asks")
    parser.add_argument("--store", type=Path, metavar="FILE", help="the file of the record")
    parser.add_argument(
        "--lang", dest="language", choices=list(LANGUAGES), help="the language of the answers"
    )
    parser.add_argument("--now", type=_moment, help="the clock, such as 2025-11-07T12:00")
    _seeds_flag(parser, "fill no new store")


def _seeds_flag(parser: argparse.ArgumentParser, says: str) -> None:
    parser.add_argument("--no-seeds", dest="seeds", action="store_false", help=says)


def _sizes(text: str) -> tuple[int, ...]:
    from bot.bench import parse_sizes

    try:
        return parse_sizes(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _size(text: str) -> int:
    first, *more = _sizes(text)
    if more:
        raise argparse.ArgumentTypeError(f"{text!r} is more than one size: write one, such as 1m")
    return first


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment: write 2025-11-07T12:00") from None
