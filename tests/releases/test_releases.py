"""Years of it: what every released version left opens, and there is a way forward and back."""

import gzip
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot import __version__
from bot.settings import FIELDS, FORMER
from store import open_store
from store.db.migrate import latest, version
from store.maintenance.doctor import Level, examine
from store.maintenance.upgrade_plan import plan_upgrade
from store.model.refusals import NewerStore
from store.record.revisions import head
from tests.bot.command_line import run
from tests.fakes import NOON, ROOT, Talk
from tests.patience import PATIENCE_S
from tests.releases.sample import FOLDER

SAMPLES = sorted(FOLDER.glob("sitrep-*.db.gz"))
OF_EACH = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
NEXT = latest() + 1


def unpack(sample: Path, folder: Path) -> Path:
    """Put a sample where the program looks for its store."""
    store = folder / "sitrep.db"
    store.write_bytes(gzip.decompress(sample.read_bytes()))
    return store


def schema_of(store: Path) -> int:
    with closing(sqlite3.connect(store)) as db:
        return version(db)


def digest_of(store: Path) -> str:
    with closing(sqlite3.connect(store)) as db:
        return head(db)[1]


def numbers_of(store: Path) -> dict[str, int]:
    """Return how many rows of each kind there are that no version may lose."""
    kept = ("revisions", "entries", "links", "drafts", "digests", "watches", "notices", "outbox")
    with closing(sqlite3.connect(store)) as db:
        return {
            name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in kept
        }


def tables_of(store: Path) -> dict[str, str]:
    """Return how each table, index and trigger was made, by its name."""
    with closing(sqlite3.connect(store)) as db:
        named = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
        return dict(db.execute(named).fetchall())


def contents(folder: Path) -> dict[str, bytes]:
    """Return each file of a folder, without what SQLite keeps of its readers."""
    files = [file for file in folder.iterdir() if not file.name.endswith(("-shm", "-wal"))]
    return {file.name: file.read_bytes() for file in files if file.is_file()}


# What was released opens


def test_there_is_a_store_of_every_released_version() -> None:
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", log, re.MULTILINE)
    assert __version__ in released
    assert [sample.name for sample in SAMPLES] == [
        f"sitrep-{number}.db.gz" for number in sorted(released)
    ]


@OF_EACH
async def test_a_store_of_every_released_version_opens_whole(sample: Path, tmp_path: Path) -> None:
    store = unpack(sample, tmp_path)
    head, numbers, before = digest_of(store), numbers_of(store), schema_of(store)
    assert all(numbers.values()), "it has something of everything"
    async with await open_store(store) as opened:
        desk = Talk(opened)
        answer = await desk("/status Pokrovsk")
        assert answer.first.startswith("Pokrovsk: ")
        assert not (await desk("/entry E-1")).refused
        assert len(await opened.digests.all()) == numbers["digests"]
    assert numbers_of(store) == numbers
    findings = list(examine(store, NOON + timedelta(days=1), head))
    assert [each for each in findings if each.level is Level.FAIL] == []
    assert schema_of(store) == latest()
    async with await open_store(tmp_path / "new.db"):
        pass
    assert tables_of(store) == tables_of(tmp_path / "new.db")
    assert (tmp_path / f"sitrep.db.before-{latest()}").exists() == (before < latest())


# What a newer version would change


def test_check_says_what_it_would_change_and_changes_nothing(tmp_path: Path) -> None:
    store = unpack(SAMPLES[0], tmp_path)
    newer = make_newer(tmp_path)
    before = contents(tmp_path)
    answer = ask(newer, tmp_path, "upgrade", "--check", "--no-seeds", "--store", "sitrep.db")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    lines = dict(line[6:].split(": ", 1) for line in answer.stdout.splitlines())
    assert lines["program"] == f"Sitrep {__version__}, schema {NEXT}"
    steps = NEXT - schema_of(store)
    assert lines["store"].startswith(f"sitrep.db goes from schema {NEXT - steps} to {NEXT} in ")
    assert lines["store"].endswith(f"{NEXT:04} what is next")
    assert lines["copy"].startswith(f"the start makes sitrep.db.before-{NEXT} first (")
    assert lines["trial"].startswith("a copy was brought up to date in ")
    assert contents(tmp_path) == before


def test_check_names_every_setting_that_this_version_does_not_take(tmp_path: Path) -> None:
    unpack(SAMPLES[0], tmp_path)
    (tmp_path / "sitrep.toml").write_text('colour = "red"\nstore = "sitrep.db"\n')
    result = run(tmp_path, "upgrade", "--check", "--no-seeds", SITREP_STALE_DAY="8")
    assert result.returncode == 1
    wrong = [line for line in result.stdout.splitlines() if line.startswith("FAIL")]
    assert wrong[0] == (
        "FAIL  settings: SITREP_STALE_DAY: no such setting; did you mean SITREP_STALE_DAYS?"
    )
    assert wrong[1].startswith("FAIL  settings: colour in sitrep.toml: no such setting; ")
    assert "trial: a copy was brought up to date" in result.stdout


def test_check_says_what_to_write_for_a_setting_that_has_another_name_now(tmp_path: Path) -> None:
    unpack(SAMPLES[0], tmp_path)
    newer = make_newer(tmp_path)
    (newer / "bot").unlink()
    shutil.copytree(ROOT / "bot", newer / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    settings = newer / "bot" / "settings.py"
    text = settings.read_text(encoding="utf-8")
    begins = "FORMER: Mapping[str, str] = {"
    assert begins in text
    gone = '"watch": "write it into SITREP_LOOK", "zone": "leave it out", '
    renamed = text.replace(begins, begins + gone)
    for name in ("watch", "zone"):  # which this version still has
        renamed = renamed.replace(f"    {name}: str = _setting(", f"    {name}_2: str = _setting(")
    settings.write_text(renamed, encoding="utf-8")
    (tmp_path / "sitrep.toml").write_text('zone = "Europe/Paris"\n')
    answer = ask(
        *(newer, tmp_path, "upgrade", "--check", "--no-seeds", "--store", "sitrep.db"),
        SITREP_WATCH="127.0.0.1:9464",
    )
    wrong = [line for line in answer.stdout.splitlines() if line.startswith("FAIL")]
    assert wrong == [
        "FAIL  settings: SITREP_WATCH: no such setting any more; write it into SITREP_LOOK.",
        "FAIL  settings: zone in sitrep.toml: no such setting any more; leave it out.",
    ]
    assert answer.returncode == 1


def test_no_setting_is_gone_and_there_at_once() -> None:
    assert not FORMER.keys() & FIELDS.keys()


def test_check_says_when_a_step_fails_and_the_store_stays_as_it_was(tmp_path: Path) -> None:
    unpack(SAMPLES[0], tmp_path)
    newer = make_newer(tmp_path, "CREATE TABLE entries (id INTEGER PRIMARY KEY) STRICT;")
    before = contents(tmp_path)
    answer = ask(newer, tmp_path, "upgrade", "--check", "--store", "sitrep.db")
    assert answer.returncode == 1
    assert "FAIL  trial: on a copy it failed, and would here: " in answer.stdout
    assert "entries already exists" in answer.stdout
    assert contents(tmp_path) == before


def test_where_there_is_no_store_or_a_file_of_something_else_check_says_so(tmp_path: Path) -> None:
    result = run(tmp_path, "upgrade", "--check", "--store", "none.db")
    assert (result.returncode, "the first start makes it" in result.stdout) == (0, True)
    (tmp_path / "text.db").write_text("no store at all")
    result = run(tmp_path, "upgrade", "--check", "--store", "text.db")
    assert (result.returncode, "is not a file of SQLite" in result.stdout) == (1, True)


# There and back


def test_an_upgrade_is_rolled_back_by_the_copy_that_was_made_before(tmp_path: Path) -> None:
    """The older program refused the store and named no way back."""
    store = unpack(SAMPLES[0], tmp_path)
    done = run(tmp_path, "upgrade", "--store", "sitrep.db")  # to what this program has
    assert (done.returncode, schema_of(store)) == (0, latest())
    head, numbers = digest_of(store), numbers_of(store)
    status = run(tmp_path, "ask", "--no-seeds", "/status Pokrovsk").stdout
    assert status.startswith("Pokrovsk: ")
    newer, size = make_newer(tmp_path), store.stat().st_size

    done = ask(newer, tmp_path, "upgrade", "--store", "sitrep.db")
    assert done.stdout == (
        f"sitrep.db: {size / 1_000_000:,.1f} MB are brought up to date…\n"
        f"… copying it to sitrep.db.before-{NEXT}\n"
        f"… schema {NEXT} of {NEXT}\n"
        f"sitrep.db: schema {latest()} → {NEXT}.\n"
        f"The copy from before is sitrep.db.before-{NEXT}.\n"
    )
    assert ask(newer, tmp_path, "doctor", "--store", "sitrep.db", "--expect", head).returncode == 0
    filed = ask(
        *(newer, tmp_path, "ask", "--no-seeds", "--as", "moderator", "/retract E-2 Not so.")
    )
    assert filed.returncode == 0, filed.stderr

    refusal = (
        f"sitrep.db was written by a later version of Sitrep (schema {NEXT}, this program knows"
        f" {latest()}): update the program, or put back the copy from before:"
        f" sitrep restore sitrep.db.before-{NEXT}.\n"
    )
    for words in (("ask", "/about"), ("backup",), ("upgrade",), ("run",)):
        refused = run(tmp_path, *words, "--store", "sitrep.db", SITREP_DISCORD_TOKEN="x")
        if words != ("backup",):  # a copy is a copy, of whatever version
            assert (refused.returncode, refused.stderr) == (1, refusal), words
    refused = run(tmp_path, "upgrade", "--check", "--store", "sitrep.db")
    assert (refused.returncode, refusal.strip() in refused.stdout) == (1, True)

    back = run(tmp_path, "restore", f"sitrep.db.before-{NEXT}", "--store", "sitrep.db", "--yes")
    assert back.returncode == 0, back.stderr
    assert (schema_of(store), digest_of(store), numbers_of(store)) == (latest(), head, numbers)
    assert run(tmp_path, "doctor", "--store", "sitrep.db", "--expect", head).returncode == 0
    assert run(tmp_path, "ask", "--no-seeds", "/status Pokrovsk").stdout == status
    (kept,) = tmp_path.glob("sitrep.db.replaced-*Z")
    assert digest_of(kept) != head  # what was done since is there, for the newer version


async def test_what_takes_long_at_a_start_is_told_while_it_is_done(tmp_path: Path) -> None:
    """A large store was silent for minutes after its first line."""
    store = unpack(SAMPLES[0], tmp_path)
    schema, told = schema_of(store), list[str]()
    async with await open_store(store, tell=told.append):
        pass
    assert told == [
        f"copying it to {store}.before-{latest()}",
        *(f"schema {number} of {latest()}" for number in range(schema + 1, latest() + 1)),
        "writing the file anew, without what was taken away",
        "terms of entries for /check: 0 of 69",
    ]
    told.clear()
    async with await open_store(store, tell=told.append):
        pass
    assert not told


def test_a_newer_store_without_a_copy_is_refused_with_what_to_do(tmp_path: Path) -> None:
    store = unpack(SAMPLES[0], tmp_path)
    with closing(sqlite3.connect(store)) as db:
        db.execute(f"PRAGMA user_version = {NEXT}")
    with pytest.raises(NewerStore, match=r"knows \d+\): update the program\.$"):
        plan_upgrade(store)


def make_newer(
    folder: Path, step: str = "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;"
) -> Path:
    """Return a program that is newer by one step of the schema."""
    newer = folder / "newer"
    newer.mkdir()
    shutil.copytree(ROOT / "store", newer / "store", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("bot", "commands", "seeds", "pyproject.toml"):
        (newer / name).symlink_to(ROOT / name)
    (newer / "store" / "db" / "schema" / f"{NEXT:04}_what_is_next.sql").write_text(f"{step}\n")
    return newer


def ask(program: Path, folder: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a program that lies somewhere else in a folder, as its own `python -m bot`."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *words],
        cwd=folder,
        env={**env, "PYTHONPATH": str(program), **extra},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
