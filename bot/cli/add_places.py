"""From a shell: more places, out of a file or of the packages that know other countries."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.app import open_to_import
from store.model.revision import Act, Person

if TYPE_CHECKING:
    from bot.settings import Settings
    from store.places.import_places import AdditionReport

_PATIENCE_S = 5
_OK = 0


async def run_places(arguments: argparse.Namespace, settings: "Settings") -> int:
    """Run one of these commands; return its exit code."""
    person = Person("console", arguments.by.casefold(), arguments.by)
    act = Act("", "places", person, datetime.now(UTC), arguments.why)
    if arguments.act == "build" and arguments.out:
        from store.places.build.alone import write_gazetteer

        report = write_gazetteer(arguments.country.upper(), arguments.out)
        print(f"{arguments.out}: {_say(report)}")
        return _OK
    _require_places(arguments)
    async with await open_to_import(
        settings.store, writing=True, seeds=arguments.seeds, patience_s=_PATIENCE_S
    ) as store:
        if arguments.act == "import":
            report = await store.gazetteer.add_file(act, arguments.file)
        else:
            report = await store.gazetteer.add_country(act, arguments.country.upper())
    print(_say(report))
    return _OK


def _require_places(arguments: argparse.Namespace) -> None:
    """Raise what is wrong with a file or a country before a store is made for it."""
    if arguments.act == "import":
        with arguments.file.open("rb"):
            return
    from store.places.build.countries import read_country

    next(read_country(arguments.country.upper()))


def _say(report: "AdditionReport") -> str:
    if report.repeated:
        return "Already read. Nothing changed."
    unclear = f"{report.unclear:,} left out, as it is unclear which they are"
    return (
        f"{report.read:,} settlements read: {report.added:,} new, {report.refined:,} now with a"
        f" point of their own, {report.known:,} known already, {unclear}."
    )
