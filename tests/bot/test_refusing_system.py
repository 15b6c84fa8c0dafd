"""From a shell: what the system will not do is said in one sentence, and the answer is not lost."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.command_line import run
from tests.fakes import ROOT
from tests.forked import ForkedProgram
from tests.patience import PATIENCE_S

FULL, NO_FILES = Path("/dev/full"), Path("/proc")
STATUS = ("ask", "/status Pokrovsk")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
needs_proc = pytest.mark.skipif(not NO_FILES.exists(), reason="there is no /proc here")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where a filled store is."""
    folder = tmp_path_factory.mktemp("filled")
    assert run(folder, *STATUS, "--store", "sitrep.db").returncode == 0
    return str(folder / "sitrep.db")


@pytest.mark.parametrize(
    "words",
    [
        STATUS,
        ("ask", "--json", "/status Pokrovsk"),
        ("console",),
        ("console", "--as", "moderator"),
        ("import", "notes.txt", "--format", "csv"),
        ("export",),
        ("export", "--record"),
        ("backup",),
        ("upgrade",),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_a_text_given_as_the_store_is_named_in_one_sentence(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "notes.txt").write_text("Not a store.", encoding="utf-8")

    asked = run(tmp_path, *words, "--store", "notes.txt")

    assert asked.returncode == 1
    told = asked.stdout if words == ("doctor",) else asked.stderr
    assert "notes.txt is no store: it is not a file of SQLite.\n" in told
    assert "Traceback" not in asked.stderr


def test_a_home_that_takes_no_files_is_named(tmp_path: Path) -> None:
    """Somebody's first question where the folder of the record cannot be made."""
    (tmp_path / "home").write_text("Not a folder.", encoding="utf-8")

    asked = run(tmp_path, *STATUS, SITREP_STORE=str(tmp_path / "home" / "sitrep.db"))

    assert asked.returncode == 1
    assert asked.stderr.count("\n") == 1
    assert f"{tmp_path / 'home'}: " in asked.stderr


@needs_full
@pytest.mark.parametrize(
    "words",
    [STATUS, ("ask", "--json", "/status Pokrovsk"), ("export",), ("export", "--record")],
    ids=" ".join,
)
def test_a_full_disk_behind_the_output_is_told(
    tmp_path: Path, store: str, words: tuple[str, ...]
) -> None:
    complaint = tmp_path / "err"
    streams = (os.devnull, str(FULL), str(complaint))

    program = ForkedProgram((*words, "--store", store), streams, tmp_path, dict(os.environ))

    assert program.wait(PATIENCE_S) == 1
    assert complaint.read_text(encoding="utf-8") == "No space left on device.\n"


@needs_full
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("--help >/dev/full", 1),
        ("--version >/dev/full", 1),
        ("nonsense 2>/dev/full", 2),
        ("ask /nonsense 2>/dev/full", 1),
        ("export --store absent.db 2>/dev/full", 1),
    ],
)
def test_a_full_disk_behind_a_stream_once_ended_with_a_code_of_pythons_own(
    tmp_path: Path, line: str, code: int
) -> None:
    """It was 120, as what was left could not be written at the very end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SITREP_STORE": "own.db"}
    environment.pop("PYTHONUNBUFFERED", None)  # with it nothing is left to be written
    words = ["/bin/sh", "-c", f"exec {sys.executable} -m bot {line}"]

    assert subprocess.run(words, cwd=tmp_path, env=environment, check=False).returncode == code


@pytest.mark.parametrize("closed", ["0<&-", ">&-", "2>&-"])
def test_a_stream_that_is_closed_stops_no_answer(tmp_path: Path, store: str, closed: str) -> None:
    line = f'exec "$@" {closed}'
    words = [sys.executable, "-m", "bot", *STATUS, "--store", store]

    asked = subprocess.run(
        ["/bin/sh", "-c", line, "sh", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.returncode == 0
    assert asked.stderr == ""
    assert asked.stdout.startswith("Pokrovsk: ") or closed == ">&-"


@needs_proc
def test_a_picture_that_cannot_be_written_takes_no_answer_with_it(store: str) -> None:
    plain = run(NO_FILES, "ask", "/map Pokrovsk", "--store", store)
    data = run(NO_FILES, "ask", "--json", "/map Pokrovsk", "--store", store)

    for asked in (plain, data):
        assert asked.returncode == 1
        assert asked.stderr.startswith("map-P-")
        assert asked.stderr.count("\n") == 1
    assert "Pokrovsk" in plain.stdout
    assert json.loads(data.stdout)["outcome"] == "answered"


@pytest.mark.parametrize("words", [("export",), ("export", "--record")], ids=" ".join)
@pytest.mark.parametrize("end", ["", "-wal", ".lock"])
def test_an_export_does_not_take_the_place_of_the_record(
    tmp_path: Path, store: str, words: tuple[str, ...], end: str
) -> None:
    """`--out` with the store's own name replaced the record by its export."""
    own = shutil.copyfile(store, tmp_path / "sitrep.db")
    (tmp_path / "link").symlink_to(f"sitrep.db{end}")
    before = own.read_bytes()

    for name in (f"sitrep.db{end}", "link"):
        asked = run(tmp_path, *words, "--store", "sitrep.db", "--out", name)
        assert asked.returncode == 1
        assert asked.stderr == f"--out: {name} belongs to the record itself; write another file.\n"

    assert own.read_bytes() == before


def test_an_export_leaves_what_is_beside_it_and_writes_through_a_link_or_a_pipe(
    tmp_path: Path, store: str
) -> None:
    """A pipe and a device became files, a link too, and a file FILE.new was gone."""
    (tmp_path / "out.csv.new").write_text("mine", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("out.csv")
    os.mkfifo(tmp_path / "pipe")
    words = ("export", "--format", "csv", "--store", store, "--out")

    assert run(tmp_path, *words, "link.csv").returncode == 0
    with subprocess.Popen(["/bin/cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        assert run(tmp_path, *words, "pipe").returncode == 0
        assert reader.communicate()[0] == (tmp_path / "out.csv").read_bytes()
    refusals = {run(tmp_path, *words, folder).stderr.split(";")[0] for folder in (".", "..")}

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "out.csv.new").read_text(encoding="utf-8") == "mine"
    assert refusals == {"--out: . is a folder", "--out: .. is a folder"}


@pytest.mark.parametrize("torn", ["export", "export --record", "backup", "ask /undo"])
def test_a_store_that_is_torn_in_its_middle_is_told_in_one_sentence(
    tmp_path: Path, store: str, torn: str
) -> None:
    """There was a traceback, and who might write waited for ever."""
    own = shutil.copyfile(store, tmp_path / "sitrep.db")
    with closing(sqlite3.connect(own)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'revisions'"
        (page,) = db.execute(query).fetchone()
    with own.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    command, *more = torn.split(" ")
    role = ("--as", "moderator") if command == "ask" else ()

    asked = run(tmp_path, command, *role, "--store", "sitrep.db", *more)

    assert asked.returncode == 1
    assert "malformed" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert asked.stderr.count("\n") == 1


def test_lines_of_a_file_are_obeyed_one_by_one(tmp_path: Path, store: str) -> None:
    """A console whose input is a file answered nothing and ended well."""
    (tmp_path / "lines").write_text(
        "/status Pokrovsk\n\n/about\nexit\n/claims Pokrovsk\n", encoding="utf-8"
    )
    streams = (str(tmp_path / "lines"), str(tmp_path / "out"), str(tmp_path / "err"))

    program = ForkedProgram(("console", "--store", store), streams, tmp_path, dict(os.environ))

    assert program.wait(PATIENCE_S) == 0
    answers = (tmp_path / "out").read_text(encoding="utf-8")
    assert answers.startswith("Pokrovsk: ")
    assert "On record" in answers
    assert "claims" not in answers.partition("On record")[2].partition("Licences")[2]


def test_an_empty_hash_to_expect_is_refused(tmp_path: Path, store: str) -> None:
    """A variable that was not set switched the look at the chain off."""
    asked = run(tmp_path, "doctor", "--store", store, "--expect", "")

    assert asked.returncode == 2
    assert "write the hash, or its start, that you noted" in asked.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "/about"),
        ("ask", "--as", "moderator", "/about"),
        ("console",),
        ("extract", "notes.txt", "--published", "2025-11-07"),
        ("places", "import", "own.tsv"),
    ],
    ids=" ".join,
)
def test_a_name_mistyped_for_the_store_once_made_a_new_one_without_a_word(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "notes.txt").write_text("Pokrovsk holds.", encoding="utf-8")
    (tmp_path / "own.tsv").write_text("name\nPosition Zebra\n", encoding="utf-8")

    asked = run(tmp_path, *words, "--store", "typo.db")

    assert asked.returncode == 0
    assert asked.stderr == "typo.db is new and is filled first.\n"
    assert run(tmp_path, *words, "--store", "typo.db").stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        ("backup", "--store", "typo.db"),
        ("undo", "B-1", "--sure", "--store", "typo.db"),
        ("restore", "notes.txt", "--store", "typo.db"),
        ("import", "absent.csv", "--store", "typo.db"),
        ("places", "import", "absent.txt", "--store", "typo.db"),
        ("places", "build", "--country", "ZZ", "--store", "typo.db"),
        ("backup", "--store", "notes.txt"),
        ("ask", "--as", "moderator", "/about", "--store", "notes.txt"),
        ("import", "notes.txt", "--store", "notes.txt"),
        ("undo", "B-1", "--sure", "--store", "notes.txt"),
    ],
    ids=" ".join,
)
def test_what_is_refused_once_left_a_store_a_lock_or_a_folder_for_copies(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "notes.txt").write_text("Not a store. " * 20, encoding="utf-8")

    asked = run(tmp_path, *words)

    assert asked.returncode
    assert asked.stderr.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]
