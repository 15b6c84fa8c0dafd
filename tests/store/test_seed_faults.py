"""A fault in the seeds is named by its file, the entry and the field."""

import re

import pytest

from store import Store
from store.model.refusals import SeedFault
from tests.store.seed_folder import ENTRY, Folder, folder

__all__ = ["folder"]
EDTF, TYPE, SOURCE = 'edtf = "2025-11-07"', 'type = "other"', '"article-2025-11-07" }'
NO_SUCH_FIELD = "no such field; there are "
FAULTS: list[tuple[str, str, str, str]] = [
    ('text = "One more."', "", "text", "write a text"),
    ('text = "One more."', 'text = " "', "text", "write a text"),
    ('text = "One more."', "text = 7", "text", "write a text"),
    ('kind = "event"', 'kind = "rumour"', "kind", "'rumour' is none of event, claim, assessment"),
    ('kind = "event"', 'kind = "assessment"', "by", "an assessment needs its assessor"),
    ('kind = "event"', 'kind = "event"\nby = "nobody"', "by", "no actor has the key 'nobody'"),
    (EDTF, 'edtf = "2025-02-30"', "day", "2025-02-30 does not exist"),
    (EDTF, 'edtf = "2025-11-07/2025-11-01"', "day", "2025-11-07/2025-11-01 ends before it starts"),
    (EDTF, 'edtf = "2025-11-07/.."', "day", "'2025-11-07/..' has no end: write its last day"),
    (EDTF, 'edtf = "yesterday"', "day", "'yesterday' is not a date such as 2025, 2025-10"),
    ('basis = "explicit"', 'basis = "guess"', "day", "'guess' is not a valid Basis"),
    (', basis = "explicit"', "", "day", "write { edtf ="),
    ('{ edtf = "2025-11-07", basis = "explicit" }', '"2025-11-07"', "day", "write { edtf ="),
    ('key = "one-more"', 'key = "one-more"\nheadline = "No"', "headline", NO_SUCH_FIELD),
    ("geoname = 704422", 'geoname = 704422, town = "No"', "town", NO_SUCH_FIELD),
    ("geoname = 704422", "geoname = 17", "geoname", "the gazetteer has no place 17"),
    ("geoname = 704422", 'geoname = "Pokrovsk"', "geoname", "write a whole number"),
    ("geoname = 704422", 'geoname = 704422, role = "in"', "role", "'in' is none of at, near"),
    ("[{ geoname = 704422 }]", "[704422]", "places", "write a list of { … }"),
    ('[{ source = "article-2025-11-07" }]', "[]", "sources", "name where it was read"),
    ("article-2025-11-07", "hearsay", "source", "no source has the key 'hearsay'"),
    (TYPE, TYPE + '\ncontrol = "lost"', "control", "no control status has the"),
    ("geoname = 704422 }", "geoname = 704422 }, { geoname = 704422 }", "places", "one stands here"),
    (SOURCE, f"{SOURCE}, {{ source = {SOURCE}", "sources", "one stands here"),
    ("One more.", "One more. " * 300, "text", "write 2000 characters at most"),
    (TYPE, TYPE + "\ncredibility = 7", "credibility", "write a number from 1 to 6"),
    (
        TYPE,
        TYPE + '\nlinks = [{ type = "about", entry = "one-more" }]',
        "entry",
        "it is linked with itself",
    ),
    (TYPE, TYPE + "\ncredibility = true", "credibility", "write a whole number"),
    (
        TYPE,
        TYPE + '\nlinks = [{ type = "about", entry = "nothing" }]',
        "entry",
        "no entry has the key 'nothing'",
    ),
    (
        TYPE,
        TYPE + '\nlinks = [{ type = "likes", entry = "slowly-consumed" }]',
        "type",
        "'likes' is none of supports, contradicts",
    ),
]


@pytest.mark.parametrize(("old", "new", "field", "problem"), FAULTS)
async def test_a_fault_is_named_by_file_entry_and_field(
    *, small: Store, folder: Folder, old: str, new: str, field: str, problem: str
) -> None:
    """Nothing of the files is then loaded, and the next load finds all in order."""
    assert old in ENTRY
    (folder.path / "more.toml").write_text(ENTRY.replace(old, new), encoding="utf-8")
    head = await small.history.head()

    with pytest.raises(SeedFault) as fault:
        await folder.load(small)

    where = fault.value.file, fault.value.entry, fault.value.field
    assert where == ("more.toml", "one-more", field)
    assert fault.value.problem.startswith(problem)
    assert str(fault.value).startswith(f"more.toml: one-more, field {field}: {problem}")
    assert str(fault.value).endswith(".")
    assert "\n" not in str(fault.value)
    assert await small.history.head() == head


async def test_a_key_that_stands_twice_is_named(small: Store, folder: Folder) -> None:
    (folder.path / "more.toml").write_text(ENTRY + ENTRY, encoding="utf-8")

    with pytest.raises(SeedFault, match=r"^more.toml: one-more, field key: this key stands here"):
        await folder.load(small)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[entyr]]", "more.toml: entyr: no such table; there is entry."),
        ("[entry]", "more.toml: entry: write [[entry]] above each"),
        ("entry = 7", "more.toml: entry: write [[entry]] above each"),
        ("defaults = 7", "more.toml: entry: write [[entry]] above each, [defaults] above those"),
        ('[[entry]]\nkind = "event"', "more.toml: number 1, field key: write what to know it by"),
    ],
)
async def test_a_file_that_holds_something_else_is_named(
    small: Store, folder: Folder, content: str, message: str
) -> None:
    (folder.path / "more.toml").write_text(content, encoding="utf-8")

    with pytest.raises(SeedFault, match=f"^{re.escape(message)}"):
        await folder.load(small)


@pytest.mark.parametrize("content", [b"[[entry]\n", b'text = "\xff"', b"\x00"])
async def test_a_file_that_is_not_toml_is_named(
    small: Store, folder: Folder, content: bytes
) -> None:
    (folder.path / "more.toml").write_bytes(content)

    with pytest.raises(SeedFault, match=r"^more.toml: file: not TOML: "):
        await folder.load(small)


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        ("actors.toml", 'kind = "unnamed"', 'kind = "robot"', "article-narrator, field kind"),
        ("actors.toml", 'name = "Deep State"', 'name = ""', "deep-state, field name"),
        ("actors.toml", "aliases = [", "nicknames = [", "article-narrator, field nicknames"),
        ("places.toml", "geoname = 704422", "geoname = 17", "17, field geoname"),
        ("places.toml", 'name = "Pokrovsk"', "name = 1", "704422, field name"),
        ("sources.toml", 'kind = "map"', "kind = 1", "deep-state-map, field kind"),
        ("sources.toml", '"F"', '"G"', "article-2025-11-07, field reliability"),
        ("sources.toml", 'kind = "map"', 'kind = "map"\nurl = "x"', "deep-state-map, field url"),
        ("situation.toml", 'label = "Unknown"', "", "unknown, field label"),
        # It was stored and read by nothing: days are counted in SITREP_ZONE.
        ("situation.toml", "about = ", 'zone = "Europe/Kyiv"\nabout = ', "zone"),
    ],
)
async def test_faults_of_the_other_files_are_named_too(
    *, small: Store, folder: Folder, file: str, old: str, new: str, where: str
) -> None:
    folder.edit(file, old, new)

    with pytest.raises(SeedFault, match=f"^{file}: {where}: "):
        await folder.load(small)
