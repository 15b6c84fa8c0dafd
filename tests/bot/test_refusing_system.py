"""From a shell: what the system will not do is said in one sentence, and the answer is not lost."""

import json
import os
import subprocess
import sys
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
