"""The seeds are loaded once, and correct what they say otherwise than before."""

from store import Store
from store.seeding.load import SeedReport
from tests.store.conftest import (
    AT,
    POKROVSK,
    an_act,
    an_entry,
    correction,
)
from tests.store.seed_folder import ENTRY, THINGS, Folder, entry_of_key, folder

__all__ = ["folder"]


async def test_a_new_store_is_filled_whole(store: Store, folder: Folder) -> None:
    report = await folder.load(store)

    assert report.new > THINGS
    assert (report.changed, report.unchanged, report.kept) == (0, 0, 0)
    assert await store.history.head() == (report.new, (await store.history.head())[1])
    assert await store.history.first_broken() is None


async def test_loading_twice_changes_nothing(full: Store) -> None:
    head = await full.history.head()

    report = await full.load_seeds(AT)

    assert report == SeedReport(0, 0, head[0], 0)
    assert await full.history.head() == head


async def test_what_the_seeds_change_is_corrected(small: Store, folder: Folder) -> None:
    before = await entry_of_key(small, "putin-surrounded")
    folder.edit("pokrovsk-2025-11.toml", "were already surrounded", "had been surrounded")

    report = await folder.load(small)

    entry = await entry_of_key(small, "putin-surrounded")
    assert (report.new, report.changed, report.kept) == (0, 1, 0)
    assert entry.text == before.text.replace("were already", "had been")
    assert (entry.id, entry.version) == (before.id, 2)
    assert entry.links == before.links
    assert (await folder.load(small)).changed == 0


async def test_what_the_seeds_take_back_is_corrected_back(small: Store, folder: Folder) -> None:
    """The first words come again, under a revision of their own."""
    change = "pokrovsk-2025-11.toml", "were already surrounded", "had been surrounded"
    folder.edit(*change)
    await folder.load(small)
    folder.edit(change[0], change[2], change[1])

    for number in range(2):
        assert (await folder.load(small)).changed == 1 - number

    assert "were already surrounded" in (await entry_of_key(small, "putin-surrounded")).text


async def test_people_places_sources_and_statuses_are_corrected_too(
    small: Store, folder: Folder
) -> None:
    folder.edit("actors.toml", "volunteer and journalist", "journalist and volunteer")
    folder.edit("places.toml", 'local = "Покровськ"', 'local = "Покровськe"')
    folder.edit("sources.toml", "The Kyiv Independent", "Kyiv Independent")
    folder.edit("situation.toml", "Contested (gray zone)", "Gray zone")

    assert (await folder.load(small)).changed == 4

    entry = await entry_of_key(small, "deineha-practically-lost")
    map_entry = await entry_of_key(small, "deepstate-map-pokrovsk")
    place = await small.places.get(POKROVSK)
    (source,) = await small.sources.like("kyiv", 9)
    assert entry.by is not None
    assert entry.by.role == "journalist and volunteer"
    assert map_entry.control is not None
    assert map_entry.control.label == "Gray zone"
    assert place is not None
    assert place.local_name == "Покровськe"
    assert source.name == "Kyiv Independent"


async def test_what_a_person_corrected_stays(small: Store, folder: Folder) -> None:
    entry = await entry_of_key(small, "putin-surrounded")
    theirs = an_entry(text="As the desk has it.")
    await small.history.write(an_act("fix", "correct"), correction(entry.id, theirs))
    folder.edit("pokrovsk-2025-11.toml", "were already surrounded", "had been surrounded")

    report = await folder.load(small)

    assert (report.new, report.changed, report.kept) == (0, 0, 1)
    assert (await entry_of_key(small, "putin-surrounded")).text == "As the desk has it."


async def test_it_stays_also_when_the_seeds_have_linked_it_since(
    small: Store, folder: Folder
) -> None:
    """The newest revision of the entry is then the seeds' own."""
    entry = await entry_of_key(small, "once-defensive-hub")
    theirs = an_entry(text="As the desk has it.")
    await small.history.write(an_act("fix", "correct"), correction(entry.id, theirs))
    new = 'links = [{ type = "about", entry = "slowly-consumed", why = "It is." }]'
    key = 'key = "once-defensive-hub"'
    folder.edit("pokrovsk-2025-11.toml", key, f"{key}\n{new}")
    assert (await folder.load(small)).new == 1
    folder.edit("pokrovsk-2025-11.toml", "was once a key", "used to be a key")

    assert (await folder.load(small)).kept >= 1

    assert (await entry_of_key(small, "once-defensive-hub")).text == "As the desk has it."


async def test_a_corrected_entry_keeps_the_key_by_which_the_seeds_know_it(
    small: Store, folder: Folder
) -> None:
    entry = await entry_of_key(small, "putin-surrounded")
    assert an_entry().key is None
    await small.history.write(an_act("fix", "correct"), correction(entry.id, an_entry()))

    assert (await folder.load(small)).new == 0
    assert (await entry_of_key(small, "putin-surrounded")).id == entry.id


async def test_an_entry_the_seeds_add_is_filed_beside_the_others(
    small: Store, folder: Folder
) -> None:
    head, _ = await small.history.head()
    (folder.path / "more.toml").write_text(ENTRY, encoding="utf-8")

    report = await folder.load(small)

    assert (report.new, report.changed, report.unchanged) == (1, 0, head)
    assert (await entry_of_key(small, "one-more")).text == "One more."
