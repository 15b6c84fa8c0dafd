"""A screen and a headline have of a place what the whole picture has of it."""

from datetime import date, timedelta

from commands.shared.views.place_screen import openings
from store import Store

DAYS = [date(2025, 11, 7) - timedelta(days=back) for back in (0, 1, 5, 9, 400)]


async def test_a_glance_has_what_the_whole_picture_has(seeded: Store) -> None:
    for place in await seeded.places.on_record(1000):
        for day in DAYS:
            whole = await seeded.place_overviews.of(place, day)
            glance = await seeded.place_overviews.glance(place, day)
            head = await seeded.place_overviews.head(place, day)
            assert (glance.latest, glance.encirclement) == (whole.latest, whole.encirclement)
            assert glance.latest or glance.nearby == whole.nearby
            assert (glance.newest, glance.total) == (whole.newest, whole.total)
            assert head.assessments == glance.assessments == whole.assessments
            assert head.assessments or head.claims_ever == glance.claims_ever == whole.claims_ever
            opened = [choice.value for choice in openings(glance)]
            assert opened == [choice.value for choice in openings(whole)]
