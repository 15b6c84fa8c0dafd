"""A screen and a headline have of a place what the whole picture has of it."""

from datetime import date, timedelta

from msgspec.structs import replace

from commands.shared.views.place_screen import openings
from store import Store
from store.model.entry import Entry

DAYS = [date(2025, 11, 7) - timedelta(days=back) for back in (0, 1, 5, 9, 400)]


def placeless(*entries: Entry) -> tuple[Entry, ...]:
    """Return entries as a screen shows them: it names no places."""
    return tuple(replace(entry, places=()) for entry in entries)


def sourceless(*entries: Entry) -> tuple[Entry, ...]:
    """Return them as it shows what is not among the latest: without sources either."""
    return tuple(replace(entry, sources=()) for entry in placeless(*entries))


async def test_a_glance_has_what_the_whole_picture_has(full: Store) -> None:
    for place in await full.places.on_record(1000):
        for day in DAYS:
            whole = await full.place_overviews.of(place, day)
            glance = await full.place_overviews.glance(place, day)
            head = await full.place_overviews.head(place, day)
            assert glance.latest == placeless(*whole.latest)
            assert glance.latest or glance.nearby == placeless(*whole.nearby)
            assert sourceless(*glance.encirclement) == sourceless(*whole.encirclement)
            assert (glance.newest is None) is (whole.newest is None)
            if glance.newest and whole.newest:
                assert sourceless(glance.newest) == sourceless(whole.newest)
            assert glance.total == whole.total
            assert sourceless(*glance.assessments) == sourceless(*whole.assessments)
            assert head.assessments == whole.assessments
            assert head.assessments or head.claims_ever == glance.claims_ever == whole.claims_ever
            opened = [choice.value for choice in openings(glance)]
            assert opened == [choice.value for choice in openings(whole)]
