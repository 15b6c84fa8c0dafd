"""The seeds: what they say, that they are loaded once, and that their faults are named."""

import re
import sqlite3
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import SEEDS, Store
from store.model.entry import Attribution, Entry, Kind, LinkType, PlaceRole, Total
from store.model.refusals import SeedFault
from store.model.text import fold
from store.seeding.load import SeedReport
from tests.store.conftest import (
    AT,
    KUPIANSK,
    MYRNOHRAD,
    POKROVSK,
    an_act,
    an_entry,
    corrected,
    few_places,
)

ARTICLE = SEEDS.parent.parent / "shared" / "seed-article.txt"
ENTRIES: list[dict[str, Any]] = tomllib.loads(
    (SEEDS / "pokrovsk-2025-11.toml").read_text(encoding="utf-8")
)["entry"]
THINGS = len(ENTRIES) + sum(len(entry.get("links", [])) for entry in ENTRIES)


@dataclass
class Folder:
    """A copy of the seeds to edit, with few places."""

    path: Path

    def edit(self, file: str, old: str, new: str) -> None:
        text = (self.path / file).read_text(encoding="utf-8")
        assert old in text, old
        (self.path / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    async def load(self, store: Store) -> SeedReport:
        return await store.load_seeds(AT, self.path)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the seeds to edit."""
    (path := tmp_path / "seeds").mkdir()
    few_places(path)
    return Folder(path)


async def keyed(store: Store, key: str) -> Entry:
    """Return the entry that the seeds have under a key."""

    def number(db: sqlite3.Connection) -> int:
        return int(db.execute("SELECT id FROM entries WHERE key = ?", (key,)).fetchone()[0])

    entry = await store.entries.get(await store._db.read(number))
    assert entry is not None
    return entry


# Loading


async def test_a_new_store_is_filled_whole(store: Store, folder: Folder) -> None:
    report = await folder.load(store)

    assert report.new > THINGS
    assert (report.changed, report.unchanged, report.kept) == (0, 0, 0)
    assert await store.history.head() == (report.new, (await store.history.head())[1])
    assert await store.history.first_broken() is None


async def test_loading_twice_changes_nothing(seeded: Store) -> None:
    head = await seeded.history.head()

    report = await seeded.load_seeds(AT)

    assert report == SeedReport(0, 0, head[0], 0)
    assert await seeded.history.head() == head


async def test_what_the_seeds_change_is_corrected(small: Store, folder: Folder) -> None:
    before = await keyed(small, "putin-surrounded")
    folder.edit("pokrovsk-2025-11.toml", "were already surrounded", "had been surrounded")

    report = await folder.load(small)

    entry = await keyed(small, "putin-surrounded")
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

    assert "were already surrounded" in (await keyed(small, "putin-surrounded")).text


async def test_people_places_sources_and_statuses_are_corrected_too(
    small: Store, folder: Folder
) -> None:
    folder.edit("actors.toml", "volunteer and journalist", "journalist and volunteer")
    folder.edit("places.toml", 'local = "Покровськ"', 'local = "Покровськe"')
    folder.edit("sources.toml", "The Kyiv Independent", "Kyiv Independent")
    folder.edit("situation.toml", "Contested (gray zone)", "Gray zone")

    assert (await folder.load(small)).changed == 4

    entry = await keyed(small, "deineha-practically-lost")
    map_entry = await keyed(small, "deepstate-map-pokrovsk")
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
    entry = await keyed(small, "putin-surrounded")
    theirs = an_entry(text="As the desk has it.")
    await small.history.write(an_act("fix", "correct"), corrected(entry.id, theirs))
    folder.edit("pokrovsk-2025-11.toml", "were already surrounded", "had been surrounded")

    report = await folder.load(small)

    assert (report.new, report.changed, report.kept) == (0, 0, 1)
    assert (await keyed(small, "putin-surrounded")).text == "As the desk has it."


async def test_it_stays_also_when_the_seeds_have_linked_it_since(
    small: Store, folder: Folder
) -> None:
    """The newest revision of the entry is then the seeds' own."""
    entry = await keyed(small, "once-defensive-hub")
    theirs = an_entry(text="As the desk has it.")
    await small.history.write(an_act("fix", "correct"), corrected(entry.id, theirs))
    new = 'links = [{ type = "about", entry = "slowly-consumed", why = "It is." }]'
    key = 'key = "once-defensive-hub"'
    folder.edit("pokrovsk-2025-11.toml", key, f"{key}\n{new}")
    assert (await folder.load(small)).new == 1
    folder.edit("pokrovsk-2025-11.toml", "was once a key", "used to be a key")

    assert (await folder.load(small)).kept >= 1

    assert (await keyed(small, "once-defensive-hub")).text == "As the desk has it."


async def test_a_corrected_entry_keeps_the_key_by_which_the_seeds_know_it(
    small: Store, folder: Folder
) -> None:
    entry = await keyed(small, "putin-surrounded")
    assert an_entry().key is None
    await small.history.write(an_act("fix", "correct"), corrected(entry.id, an_entry()))

    assert (await folder.load(small)).new == 0
    assert (await keyed(small, "putin-surrounded")).id == entry.id


async def test_an_entry_the_seeds_add_is_filed_beside_the_others(
    small: Store, folder: Folder
) -> None:
    head, _ = await small.history.head()
    (folder.path / "more.toml").write_text(ENTRY, encoding="utf-8")

    report = await folder.load(small)

    assert (report.new, report.changed, report.unchanged) == (1, 0, head)
    assert (await keyed(small, "one-more")).text == "One more."


# Faults

ENTRY = """
[[entry]]
key = "one-more"
kind = "event"
type = "other"
text = "One more."
attribution = "narrator"
day = { edtf = "2025-11-07", basis = "explicit" }
places = [{ geoname = 704422 }]
sources = [{ source = "article-2025-11-07" }]
"""

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


# What they say


def entries(test: Callable[[dict[str, Any]], bool]) -> list[str]:
    return [entry["key"] for entry in ENTRIES if test(entry)]


def roles(key: str, place: int = POKROVSK) -> set[str]:
    (entry,) = (one for one in ENTRIES if one["key"] == key)
    return {at.get("role", "at") for at in entry["places"] if at["geoname"] == place}


def day(key: str) -> tuple[str, str]:
    (entry,) = (one for one in ENTRIES if one["key"] == key)
    return entry["day"]["edtf"], entry["day"]["basis"]


def test_there_are_over_forty_entries_each_with_its_kind() -> None:
    assert len(ENTRIES) > 40
    assert {entry["kind"] for entry in ENTRIES} == set(Kind)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article does not ship with the program")
@pytest.mark.parametrize("field", ["quote", "label"])
def test_quoted_words_stand_in_the_article(field: str) -> None:
    article = " ".join(ARTICLE.read_text(encoding="utf-8").replace("’", "'").split())
    for entry in ENTRIES:
        for words in filter(None, re.split(r" … ", entry.get(field, ""))):
            assert words.casefold() in article.casefold(), (entry["key"], words)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article does not ship with the program")
def test_the_words_of_a_place_stand_in_the_article() -> None:
    article = ARTICLE.read_text(encoding="utf-8")
    for entry in ENTRIES:
        for at in entry["places"]:
            assert at.get("detail", "") in article, entry["key"]


def test_no_address_is_made_up() -> None:
    """The article gives none."""
    for file in SEEDS.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?:|www\.|^\s*url\s*=", text, re.MULTILINE), file.name


def test_the_articles_own_outlet_is_not_named() -> None:
    sources = tomllib.loads((SEEDS / "sources.toml").read_text(encoding="utf-8"))["source"]
    (article,) = (one for one in sources if one["kind"] == "article")

    assert article["name"] == "Article of 7 November 2025 (outlet not named)"


def test_what_was_said_on_no_given_day_lies_before_the_publication() -> None:
    """Only Putin's claim has a day; the narrator speaks on the article's."""
    for entry in ENTRIES:
        if entry["kind"] == "claim" and entry["by"] not in {"article-narrator", "putin"}:
            assert entry["day"] == {"edtf": "../2025-11-07", "basis": "publication"}, entry["key"]


def test_every_day_is_one_that_the_article_gives_or_implies() -> None:
    known = {"2025-10-24", "2025-10-29", "2025-10-31", "2025-11-06", "2025-11-07", "2025-10-08~"}
    for entry in ENTRIES:
        for field in ("day", "happened"):
            if field in entry:
                ends = set(entry[field]["edtf"].split("/")) - {".."}
                assert ends <= known, entry["key"]


def test_over_two_weeks_began_on_or_before_24_october() -> None:
    assert day("heavy-fighting-two-weeks") == ("../2025-10-24", "relative")


def test_thirty_days_ago_is_approximate_for_the_day_it_was_said_is_not_given() -> None:
    (entry,) = (one for one in ENTRIES if one["key"] == "fysun-one-car")

    assert entry["happened"] == {"edtf": "../2025-10-08~", "basis": "relative"}


def test_the_claim_of_an_encirclement_is_putins_of_29_october_about_two_cities() -> None:
    (claim,) = (one for one in ENTRIES if one.get("encirclement") == "claimed")

    assert (claim["by"], claim["kind"], claim["type"]) == ("putin", "claim", "encirclement")
    assert day(claim["key"]) == ("2025-10-29", "explicit")
    assert {at["geoname"] for at in claim["places"]} == {POKROVSK, KUPIANSK}
    assert "control" not in claim


def test_the_landing_of_31_october_is_near_the_city_and_not_in_it() -> None:
    about_it = entries(lambda entry: "landing" in entry["text"] or "landed" in entry["text"])

    assert day("black-hawk-landing") == ("2025-10-31", "explicit")
    assert len(about_it) >= 4
    for key in about_it:
        assert roles(key) == {"near"}, key
    linked = entries(
        lambda entry: any(one["entry"] == "black-hawk-landing" for one in entry.get("links", []))
    )
    assert set(about_it) == {"black-hawk-landing", *linked}


def test_the_footage_has_its_day_and_the_flag_was_raised_before() -> None:
    assert day("flag-footage-released") == ("2025-11-06", "explicit")
    assert roles("flag-footage-released") == {"about"}
    assert day("flag-raised-city-council") == ("../2025-11-06", "relative")
    assert roles("flag-raised-city-council") == {"at"}


def test_only_the_map_assesses() -> None:
    assert entries(lambda entry: entry["kind"] == "assessment") == ["deepstate-map-pokrovsk"]
    (entry,) = (one for one in ENTRIES if one["kind"] == "assessment")
    assert (entry["by"], entry["control"], entry["share"]) == ("deep-state", "contested", "most")


def test_what_was_only_reported_is_hearsay() -> None:
    """The supervision of the landing, and how the culture of command is described."""
    assert set(entries(lambda entry: entry["attribution"] == "hearsay")) == {
        "budanov-supervision",
        "not-one-step-back",
    }


def test_who_stays_unnamed_stays_so() -> None:
    for entry in ENTRIES:
        if entry.get("by") in {"drone-operator", "battalion-commander"}:
            assert entry["attribution"] == Attribution.ANONYMOUS, entry["key"]
            assert any(one.get("relayed") for one in entry["sources"]), entry["key"]
        if entry.get("by") == "critics":
            assert entry["attribution"] == Attribution.UNNAMED_GROUP, entry["key"]
        if entry.get("by") == "article-narrator":
            assert entry["attribution"] in {"narrator", "hearsay"}, entry["key"]


def test_only_what_another_source_said_first_is_relayed() -> None:
    for entry in ENTRIES:
        for source in entry.get("sources", []):
            relayed = source["source"] != "article-2025-11-07"
            assert source.get("relayed", False) is relayed, entry["key"]


def test_a_statement_is_one_neutral_sentence() -> None:
    for entry in ENTRIES:
        text = entry["text"].removesuffix(".")
        assert entry["text"].endswith("."), entry["key"]
        assert not re.search(r"[.!?] [A-Z]", text), entry["key"]
        assert "“" not in text, entry["key"]


async def test_who_disagrees_is_linked(seeded: Store) -> None:
    surrounded = await keyed(seeded, "putin-surrounded")
    lost = await keyed(seeded, "deineha-practically-lost")

    against = [one for one in surrounded.links if one.disputes]
    assert {(one.type, one.by) for one in against} == {
        (LinkType.CONTRADICTS, "Roman Pohorilyi"),
        (LinkType.CONTRADICTS, "Article's narrator"),
    }
    (tension,) = (one for one in lost.links if one.disputes)
    assert (tension.type, tension.by) == (LinkType.IN_TENSION_WITH, "Deep State")


async def test_the_commentator_claims_and_does_not_assess(seeded: Store) -> None:
    lost = await keyed(seeded, "deineha-practically-lost")

    assert lost.kind is Kind.CLAIM
    assert lost.control is not None
    assert not lost.control.assessed
    assert (lost.control.status, lost.control.source_label) == ("russian_held", "practically lost")


async def test_the_picture_of_each_city_has_what_the_article_says_of_it(seeded: Store) -> None:
    pokrovsk, myrnohrad, kupiansk = [
        await seeded.places.get(number) for number in (POKROVSK, MYRNOHRAD, KUPIANSK)
    ]
    assert pokrovsk is not None
    assert myrnohrad is not None
    assert kupiansk is not None
    today = date(2025, 11, 7)

    whole = await seeded.place_overviews.of(pokrovsk, today)
    assert [one.by.name for one in whole.assessments if one.by] == ["Deep State"]
    assert next(event.day.latest for event in whole.events if event.day.earliest) == today
    assert not whole.events[-1].day.earliest  # what is undated stands last
    assert "landed" in " ".join(one.text for one in whole.nearby)
    assert all(one.places[0].role is not PlaceRole.NEAR for one in whole.events)
    before = await seeded.place_overviews.of(pokrovsk, date(2025, 10, 30))
    assert [one.by.name for one in before.encirclement if one.by] == ["Vladimir Putin"]
    assert not before.assessments
    assert not any(one.links for one in before.encirclement)
    other = await seeded.place_overviews.of(kupiansk, today)
    assert (other.assessments, other.total, other.claims_ever) == ((), Total(1), Total(1))
    corridor = await seeded.place_overviews.of(myrnohrad, today)
    assert any("corridor" in one.text for one in corridor.encirclement)


# Fold

SAID = "abcdefghijklmnopqrstuvwxyzéčşabвгґдеєёжзиіїйклмнопрстуфхцчшщьюяыъэў -'’"
names = st.text(alphabet=SAID, max_size=30)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(names, st.sampled_from("'’ʼ‘`´′＇"), st.sampled_from("-‐‑‒–—_ "))
def test_apostrophe_hyphen_and_case_do_not_count(name: str, mark: str, hyphen: str) -> None:
    written = name.replace("'", mark).replace("-", hyphen)

    assert fold(written) == fold(name) == fold(name.upper()) == fold(f"  {name.title()}\t")


@given(names)
def test_a_name_and_its_letters_taken_apart_are_one(name: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, name)) == fold(name)


@given(names, st.sampled_from(["\u200b", "\u200f", "\ufeff", "\u00ad"]))
def test_what_cannot_be_seen_does_not_count(name: str, unseen: str) -> None:
    assert fold(unseen.join(name)) == fold(name)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Slov’iansk", "sloviansk"),
        ("Kup'yansk", "kupyansk"),
        ("Куп’янськ", "купянськ"),
        ("КУПЪЯНСК", "купъянск"),
        ("Ґоща", "гоща"),
        ("Артёмовск", "артемовск"),
        ("Qarağy", "qaragy"),
        ("Ivano-Frankivs'k", "ivano frankivsk"),
        ("Чайки", "чайки"),
        ("Їжаківка", "їжаківка"),
        ("  ", ""),
        ("’’", ""),
    ],
)
def test_names_are_folded_as_specified(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_ukrainian_letters_stay_apart() -> None:
    assert len({fold(letter) for letter in "иіїй"}) == 4


# Areas

AREA = """
[[area]]
key = "front"
name = "Pokrovsk front"
local = "Покровський фронт"
aliases = ["Pokrovsk sector of the front"]
places = [704422]
around = [{ geoname = 710035, km = 20 }]
"""


async def test_an_area_of_the_seeds_is_known_by_each_of_its_names(
    small: Store, folder: Folder
) -> None:
    (folder.path / "areas.toml").write_text(AREA, encoding="utf-8")

    assert (await folder.load(small)).new == 1
    assert (await folder.load(small)).new == 0

    for name in ("Pokrovsk front", "Покровський фронт", "Pokrovsk sector of the front"):
        (area,) = (await small.places.recognise(name)).candidates
        assert area.place.kind == "area"
    within = await small.places.list_within(area.place)
    assert {part.place.name for part in within} == {"Pokrovsk", "Myrnohrad"}


async def test_an_area_that_the_seeds_change_is_drawn_anew_unless_a_person_did(
    small: Store, folder: Folder
) -> None:
    (folder.path / "areas.toml").write_text(AREA, encoding="utf-8")
    await folder.load(small)
    folder.edit("areas.toml", "km = 20", "km = 30")

    assert (await folder.load(small)).changed == 1
    drawn = await small.places.find_drawn("Pokrovsk front")
    assert drawn is not None
    assert [km for _, km in drawn.circles] == [30]

    await small.registry.remove_area(an_act("gone", "remove"), drawn.place.id)
    folder.edit("areas.toml", "km = 30", "km = 40")
    assert (await folder.load(small)).kept == 1
    assert not await small.places.list_drawn()


@pytest.mark.parametrize(
    ("edit", "field", "problem"),
    [
        (("places = [704422]", "places = [17]"), "places", "the gazetteer has no place 17"),
        (("places = [704422]", 'places = ["Pokrovsk"]'), "places", "write a list of whole numbers"),
        (("km = 20", "km = 0"), "km", "write a number from 1 to 500"),
        (("km = 20", "miles = 20"), "miles", "no such field; there are geoname, km"),
        ((AREA[AREA.index("places") :], ""), "places", "write the numbers of places"),
    ],
)
async def test_a_fault_in_an_area_is_named(
    small: Store, folder: Folder, edit: tuple[str, str], field: str, problem: str
) -> None:
    old, new = edit
    (folder.path / "areas.toml").write_text(AREA.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SeedFault) as error:
        await folder.load(small)
    assert (error.value.file, error.value.entry, error.value.field) == (
        "areas.toml",
        "front",
        field,
    )
    assert error.value.problem.startswith(problem)


NAMES = {
    "Pokrovsk": "Покровськ", "Myrnohrad": "Мирноград", "Kupiansk": "Куп’янськ",
    "Bakhmut": "Бахмут", "Avdiivka": "Авдіїв", "Deep State": "DeepState", "Rubicon": "Рубікон",
    "Roman Pohorilyi": "Роман Погорілий", "Artem Fysun": "Артем Фисун", "Putin": "Путін",
    "Vladimir": "Володимир Путін", "Volodymyr": "Володимир Зеленськ", "Zelensky": "Зеленськ",
    "Vitalii Deineha": "Віталій Дейнега", "Oleksandr Syrskyi": "Олександра Сирського",
    "Kyrylo Budanov": "Кирило Буданов", "Skelia": "Скеля", "Black Hawk": "Black Hawk",
    "Moscow": "Москва", "Kyiv": "Київ", "General Staff": "Генерального штабу",
    "7 November": "7 листопада", "thirty days": "тридцятьма днями", "five kilo": "п’ять кіло",
}  # fmt: skip
"""Names and numbers of the sentences, and how they begin in Ukrainian."""


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_a_sentence_names_the_same_in_ukrainian_nothing_added_and_nothing_lost(
    entry: dict[str, Any],
) -> None:
    text, ours = entry["text"], entry["text.uk"]
    assert {name for name in NAMES if name in text} == {
        name for name, stem in NAMES.items() if stem in ours
    }
    assert ours[-1] == text[-1] == "."
    assert not set("ыэъё'\"") & set(ours.casefold())
    assert set(re.findall("[A-Za-z]+", ours)) <= {"DeepState", "Black", "Hawk"}
    assert 0.6 < len(ours) / len(text) < 1.6, ours
