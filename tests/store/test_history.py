"""Every change is on record, in a chain that shows where it was tampered with."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from store import Store, open_store
from store.db.packing import teach
from store.model.canonical_json import canonical, hash_of
from store.model.entry import LinkType
from store.model.revision import Person
from store.record.entry_rows import link
from store.record.revisions import chain_hash
from tests.store.conftest import AT, DESK, addition, an_act, an_entry, correction

# Revisions


async def test_every_write_makes_one_revision(small: Store) -> None:
    before, _ = await small.history.head()

    revisions = [
        await small.history.write(an_act("one"), addition(an_entry(text="One."))),
        await small.history.write(an_act("two", "correct"), correction(1, an_entry(text="Two."))),
        await small.history.write(
            an_act("three", "link"), lambda db: link(db, 1, LinkType.FOLLOWS, 2, "Later.")
        ),
    ]

    assert [revision.seq for revision in revisions] == [before + 1, before + 2, before + 3]
    assert await small.history.head() == (before + 3, revisions[-1].hash)
    assert await small.history.first_broken() is None


async def test_a_revision_says_who_when_why_and_what_from_and_to(small: Store) -> None:
    filed_revision = await small.history.write(
        an_act("fix", "correct"), correction(1, an_entry(text="New."))
    )

    entry = await small.entries.get(1)
    (*_, revision) = await small.history.of("E-1")
    assert revision == filed_revision
    assert (revision.act, revision.target, revision.at) == ("correct", "E-1", AT)
    assert (revision.platform, revision.by, revision.why) == (
        DESK.platform,
        DESK.name,
        an_act("").why,
    )
    assert isinstance(revision.before, dict)
    assert isinstance(revision.after, dict)
    assert revision.before["text"].startswith("Ukrainian forces still hold")
    assert entry is not None
    assert revision.after["text"] == entry.text == "New."
    assert entry.version == 2


async def test_a_moment_is_kept_in_utc_whatever_zone_it_came_in(small: Store) -> None:
    kyiv = AT.astimezone(timezone(timedelta(hours=2)))
    filed_revision = await small.history.write(an_act("zone"), addition(an_entry()))

    assert filed_revision.at == kyiv
    assert filed_revision.at.utcoffset() == timedelta(0)


async def test_a_repeat_returns_the_first_revision_and_changes_nothing(small: Store) -> None:
    first = await small.history.write(an_act("once"), addition(an_entry(text="Once.")))
    again = await small.history.write(an_act("once"), addition(an_entry(text="Twice.")))

    assert again == first
    assert await small.history.head() == (first.seq, first.hash)
    entry = await small.entries.get(int(first.target.removeprefix("E-")))
    assert entry is not None
    assert entry.text == "Once."
    assert await small.entries.get(entry.id + 1) is None


async def test_revisions_of_a_target_come_oldest_first(small: Store) -> None:
    for number in range(3):
        await small.history.write(
            an_act(f"fix {number}", "correct"), correction(2, an_entry(text=f"Fix {number}."))
        )

    revisions = await small.history.of("E-2")

    assert [revision.seq for revision in revisions] == sorted(
        revision.seq for revision in revisions
    )
    assert [revision.key for revision in revisions[-3:]] == ["fix 0", "fix 1", "fix 2"]
    assert revisions[-1].before == revisions[-2].after


async def test_an_empty_store_has_no_head_and_nothing_broken(store: Store) -> None:
    assert await store.history.head() == (0, "")
    assert await store.history.first_broken() is None


# The chain

TRIGGERS = (
    *("revisions_stay", "revisions_remain", "revisions_follow"),
    *("bodies_stay", "bodies_remain", "bodies_once"),
    *("people_stay", "people_remain", "people_once"),
)
BODY = "UPDATE packed_bodies SET body = pack(replace(unpack(body), 'seeds', 'wind')) WHERE seq = 7"
TAMPERING = [
    "UPDATE revisions SET digest = zeroblob(32) WHERE seq = 7",
    "UPDATE revisions SET previous = zeroblob(32) WHERE seq = 7",
    "UPDATE revisions SET body_digest = zeroblob(32) WHERE seq = 7",
    "UPDATE revisions SET person_digest = zeroblob(32) WHERE seq = 7",
    "UPDATE revisions SET key = key || '!' WHERE seq = 7",
    "UPDATE revisions SET act = 'retract' WHERE seq = 7",
    "UPDATE revisions SET target = 'E-1' WHERE seq = 7",
    "UPDATE revisions SET at = '2020-01-01T00:00:00.000+00:00' WHERE seq = 7",
    "UPDATE revisions SET platform = 'console' WHERE seq = 7",
    BODY,
    "UPDATE packed_bodies SET body = NULL WHERE seq = 7",
    "UPDATE packed_bodies SET body = x'00ff' WHERE seq = 7",
    "UPDATE packed_bodies SET salt = zeroblob(16) WHERE seq = 7",
    "UPDATE packed_bodies SET salt = NULL WHERE seq = 7",
    "DELETE FROM packed_bodies WHERE seq = 7",
    "UPDATE revision_people SET person = replace(person, 'Seeds', 'Wind') WHERE seq = 7",
    "UPDATE revision_people SET salt = zeroblob(16) WHERE seq = 7",
    "DELETE FROM revision_people WHERE seq = 7",
    "DELETE FROM revisions WHERE seq = 7",
    (
        "UPDATE revisions SET seq = CASE seq WHEN 7 THEN -8 WHEN 8 THEN -7 END WHERE seq IN (7, 8);"
        " UPDATE revisions SET seq = -seq WHERE seq < 0"
    ),
]


def tamper(path: Path, *statements: str, **values: str | bytes) -> None:
    """Change a closed store as somebody would who has its file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        teach(db)
        for name in TRIGGERS:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            for part in statement.split("; "):
                assert db.execute(part, values).rowcount > 0, part


async def broken(path: Path) -> int | None:
    async with await open_store(path) as store:
        return await store.history.first_broken()


@pytest.fixture
def own_file(small_file: Path, tmp_path: Path) -> Path:
    """The file of a small store, closed."""
    return shutil.copyfile(small_file, tmp_path / "copied.db")


@pytest.mark.parametrize("statement", TAMPERING)
async def test_whatever_was_tampered_with_is_named(statement: str, own_file: Path) -> None:
    tamper(own_file, statement)

    assert await broken(own_file) == 7


async def test_a_revision_made_up_to_fit_breaks_the_one_after_it(own_file: Path) -> None:
    """Whoever counts the seventh digest anew has the eighth against them."""
    body = canonical({"why": "", "before": None, "after": None})
    with closing(sqlite3.connect(own_file, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        row = dict(db.execute("SELECT * FROM revisions WHERE seq = 7").fetchone())
    salt = bytes(16)
    row["body_digest"] = bytes.fromhex(hash_of(salt.hex(), body))
    row["digest"] = bytes.fromhex(chain_hash(tuple(row.values())[:-1]))

    tamper(
        own_file,
        "UPDATE packed_bodies SET salt = :salt, body = pack(:body) WHERE seq = 7",
        "UPDATE revisions SET body_digest = :body_digest, digest = :digest WHERE seq = 7",
        salt=salt,
        body=body,
        body_digest=row["body_digest"],
        digest=row["digest"],
    )

    assert await broken(own_file) == 8


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revisions SET act = 'retract' WHERE seq = 7",
        "UPDATE OR REPLACE revisions SET seq = 8 WHERE seq = 7",
        "DELETE FROM revisions WHERE seq = 7",
        "DELETE FROM revisions",
        "INSERT OR REPLACE INTO revisions SELECT * FROM revisions WHERE seq = 7",
        (
            "REPLACE INTO revisions SELECT seq, 'new', act, target, at, platform, body_digest,"
            " person_digest, previous, digest FROM revisions WHERE seq = 7"
        ),
        (
            "INSERT INTO revisions SELECT seq + 99, 'new', act, target, at, platform, body_digest,"
            " person_digest, previous, digest FROM revisions WHERE seq = 7"
        ),
        (
            "INSERT INTO revisions SELECT NULL, 'new', act, target, at, platform, body_digest,"
            " person_digest, previous, digest FROM revisions WHERE seq = 7"
        ),
        BODY,
        "UPDATE packed_bodies SET body = NULL WHERE seq = 7",
        "UPDATE packed_bodies SET salt = NULL WHERE seq = 7",
        "UPDATE packed_bodies SET salt = NULL, body = NULL, linked = 'E-1' WHERE seq = 7",
        "UPDATE packed_bodies SET seq = 1000, salt = NULL, body = NULL WHERE seq = 7",
        "DELETE FROM packed_bodies WHERE seq = 7",
        "INSERT OR REPLACE INTO packed_bodies VALUES (7, x'00', x'00', NULL)",
        "UPDATE revision_people SET person = 'somebody' WHERE seq = 7",
        "UPDATE revision_people SET seq = 1000, salt = NULL WHERE seq = 7",
        "DELETE FROM revision_people WHERE seq = 7",
        "INSERT OR REPLACE INTO revision_people VALUES (7, x'00', 'person')",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_triggers_refuse_to_change_what_was(statement: str, recursive: str, own_file: Path) -> None:
    """Also without the pragma that lets REPLACE fire the triggers of a deletion."""
    with closing(sqlite3.connect(own_file, isolation_level=None)) as db:
        teach(db)
        db.execute(f"PRAGMA recursive_triggers = {recursive}")
        before = list(db.iterdump())
        with pytest.raises(sqlite3.IntegrityError, match=r"a (revision|body|person) |has one"):
            db.execute(statement)
        assert list(db.iterdump()) == before


async def run(store: Store, statement: str, seq: int) -> None:
    def work(db: sqlite3.Connection) -> None:
        assert db.execute(statement, (seq,)).rowcount == 1

    await store._db.write(work)


async def test_redacting_takes_the_words_and_leaves_the_chain(small: Store) -> None:
    filed_revision = await small.history.write(
        an_act("private"), addition(an_entry(text="Private."))
    )
    await small.history.write(an_act("after"), addition(an_entry(text="After.")))

    await run(
        small, "UPDATE packed_bodies SET salt = NULL, body = NULL WHERE seq = ?", filed_revision.seq
    )

    (newest,) = await small.history.of(filed_revision.target)
    assert (newest.why, newest.before, newest.after) == ("", None, None)
    assert (newest.by, newest.at, newest.hash) == (
        filed_revision.by,
        filed_revision.at,
        filed_revision.hash,
    )
    assert await small.history.first_broken() is None
    again = await small.history.write(an_act("private"), addition(an_entry(text="Private.")))
    assert again == newest


async def test_forgetting_a_person_leaves_what_they_did_and_the_chain(small: Store) -> None:
    somebody = Person("console", "17", "Somebody")
    filed_revision = await small.history.write(an_act("theirs", by=somebody), addition(an_entry()))
    await small.history.write(an_act("after"), addition(an_entry(text="After.")))

    await run(
        small,
        "UPDATE revision_people SET salt = NULL, person = '{}' WHERE seq = ?",
        filed_revision.seq,
    )

    (newest,) = await small.history.of(filed_revision.target)
    assert newest.by == ""
    assert (newest.why, newest.after, newest.hash) == (
        filed_revision.why,
        filed_revision.after,
        filed_revision.hash,
    )
    assert await small.history.first_broken() is None


async def test_two_equal_writes_have_digests_that_tell_nothing_of_them(small: Store) -> None:
    """The salts differ, so that redacted words cannot be guessed and tried."""
    for key in ("one", "other"):
        await small.history.write(an_act(key), addition(an_entry(text="The same.")))

    def digests(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
        return db.execute(
            "SELECT body_digest, person_digest FROM revisions ORDER BY seq DESC LIMIT 2"
        ).fetchall()

    (body, person), (other_body, other_person) = await small._db.read(digests)
    assert body != other_body
    assert person != other_person
