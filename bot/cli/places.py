"""From a shell: more places, out of a file or of the packages that know other countries."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store import open_store
from store.record.revisions import Act, Person

if TYPE_CHECKING:
    from bot.settings import Settings
    from store.places.import_places import AdditionReport

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 -- its only name

_PATIENCE_S = 5
_OK, _TROUBLE = 0, 1


def add(commands: "Commands") -> None:
    """Add `places import` and `places build` to a parser's commands."""
    own = commands.add_parser("places", help="bring more places into the gazetteer")
    acts = own.add_subparsers(dest="act", required=True, metavar="import|build")
    file = acts.add_parser("import", help="read a country's file of GeoNames, or a table")
    file.add_argument(
        "file", type=Path, metavar="FILE", help="UA.txt, RU.zip, or a table parted by tabs"
    )
    build = acts.add_parser("build", help="take a country out of the packages that have it")
    build.add_argument("--country", required=True, metavar="CODE", help="two letters, such as SD")
    build.add_argument(
        "--out", type=Path, metavar="FILE", help="write a gazetteer of that country alone instead"
    )
    for each in (file, build):
        each.add_argument("--as", dest="by", default="Operator", metavar="NAME", help="who does it")
        each.add_argument("--why", default="More places.", help="the reason that goes on record")
        each.add_argument("--store", type=Path, metavar="FILE", help="the file of the record")


async def run(given: argparse.Namespace, settings: "Settings") -> int:
    """Run one of these commands; return its exit code."""
    person = Person("console", given.by.casefold(), given.by)
    act = Act("", "places", person, datetime.now(UTC), given.why)
    if given.act == "import":
        return await _import(settings, act, given.file)
    if given.out:
        from store.places.build.alone import write_gazetteer

        report = write_gazetteer(given.country.upper(), given.out)
        print(f"{given.out}: {_say(report)}")
        return _OK
    async with await open_store(settings.store, patience_s=_PATIENCE_S) as store:
        report = await store.gazetteer.add_country(act, given.country.upper())
    print(_say(report))
    return _OK


async def _import(settings: "Settings", act: Act, file: Path) -> int:
    async with await open_store(settings.store, patience_s=_PATIENCE_S) as store:
        report = await store.gazetteer.add_file(act, file)
    print(_say(report))
    return _OK


def _say(report: "AdditionReport") -> str:
    if report.repeated:
        return "That was read before; nothing changed."
    unclear = f"{report.unclear:,} left out, as it is unclear which they are"
    return (
        f"{report.read:,} settlements read: {report.added:,} new, {report.refined:,} now with a"
        f" point of their own, {report.known:,} known already, {unclear}."
    )
