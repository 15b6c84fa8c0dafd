"""From a shell: more places, out of a file or of the packages that know other countries."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store import open_store
from store.model.revision import Act, Person

if TYPE_CHECKING:
    from bot.settings import Settings
    from store.places.import_places import AdditionReport

_PATIENCE_S = 5
_OK, _TROUBLE = 0, 1


async def run_places(arguments: argparse.Namespace, settings: "Settings") -> int:
    """Run one of these commands; return its exit code."""
    person = Person("console", arguments.by.casefold(), arguments.by)
    act = Act("", "places", person, datetime.now(UTC), arguments.why)
    if arguments.act == "import":
        return await _import(settings, act, arguments.file)
    if arguments.out:
        from store.places.build.alone import write_gazetteer

        report = write_gazetteer(arguments.country.upper(), arguments.out)
        print(f"{arguments.out}: {_say(report)}")
        return _OK
    async with await open_store(settings.store, patience_s=_PATIENCE_S) as store:
        report = await store.gazetteer.add_country(act, arguments.country.upper())
    print(_say(report))
    return _OK


async def _import(settings: "Settings", act: Act, file: Path) -> int:
    with file.open("rb"):  # before a store is made for what is not there
        pass
    async with await open_store(settings.store, patience_s=_PATIENCE_S) as store:
        report = await store.gazetteer.add_file(act, file)
    print(_say(report))
    return _OK


def _say(report: "AdditionReport") -> str:
    if report.repeated:
        return "Already read. Nothing changed."
    unclear = f"{report.unclear:,} left out, as it is unclear which they are"
    return (
        f"{report.read:,} settlements read: {report.added:,} new, {report.refined:,} now with a"
        f" point of their own, {report.known:,} known already, {unclear}."
    )
