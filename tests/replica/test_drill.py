"""The drill of docs/operating.md, step by step, with the programs that an operator runs."""

import json
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.replica.configuration import socket_path
from bot.replica.shipper_process import is_shipping
from tests.bot.command_line import run
from tests.fakes import ROOT, copy_store
from tests.replica.shipper import Process, require_program, settings_in, ship_once, until

DIGEST = "6560580e02af"


def steps() -> list[str]:
    """Return the lines of the drill."""
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    drill = re.search(r"<!-- drill -->\n(.*?)<!-- /drill -->", text, re.DOTALL)
    assert drill
    return [line.strip() for line in drill[1].splitlines() if line.strip()]


async def test_the_drill_brings_the_record_back(seeds_path: Path, tmp_path: Path) -> None:
    require_program("litestream")
    replica = {"SITREP_REPLICA": str(tmp_path / "elsewhere")}
    settings = settings_in(tmp_path / "desk")
    settings.store.parent.mkdir()
    copy_store(seeds_path, settings.store)
    command = (sys.executable, "-m", "bot", "replicate", "--store", str(settings.store))
    told = {**replica, "SITREP_REPLICA_SOCKET": settings.replica_socket, "PYTHONPATH": str(ROOT)}
    shipper = await Process.start(*command, log=tmp_path / "replicate.log", **told)
    try:
        await until(lambda: is_shipping(socket_path(settings)))
        await ship_once(settings)
    finally:
        await shipper.kill()
    doctor = run(tmp_path, "doctor", "--store", str(settings.store)).stdout
    digest = re.search(r"the last is ([0-9a-f]+)", doctor)
    assert digest
    noted = digest[1][:12]
    restored, about = (
        take_step(tmp_path, line.replace(DIGEST, noted), replica) for line in steps()
    )
    assert "is the one expected, 0 came since" in restored
    assert noted in about


def take_step(folder: Path, line: str, settings: Mapping[str, str]) -> str:
    """Run a line of the drill; return what it prints."""
    program, *words = shlex.split(line)
    assert program == "sitrep"
    answer = run(folder, *words, **settings)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_restoring_from_nowhere_says_what_is_missing(tmp_path: Path) -> None:
    answer = run(tmp_path, "restore", "--replica", "--store", "drill.db")
    assert answer.returncode == 1
    assert "SITREP_REPLICA" in answer.stderr
    answer = run(tmp_path, "restore", "--store", "drill.db")
    assert "--replica" in answer.stderr


def test_a_moment_wants_a_zone(tmp_path: Path) -> None:
    answer = run(tmp_path, "restore", "--replica", "--at", "2025-11-07T12:00")
    assert "write 2025-11-07T12:00Z" in answer.stderr


async def test_an_import_in_a_shell_says_what_is_not_copied_yet(
    seeds_path: Path, tmp_path: Path
) -> None:
    copy_store(seeds_path, tmp_path / "desk.db")
    row = {"kind": "event", "type": "strike", "day": "2025-11-05", "place": "Pokrovsk"}
    line = {**row, "text": "A depot burned.", "source": "Meduza"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    told = {"SITREP_REPLICA": str(tmp_path / "elsewhere"), "SITREP_DURABLE": "shipped"}
    answer = run(tmp_path, "import", "rows.jsonl", "--create", "--store", "desk.db", **told)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "not yet copied elsewhere" in answer.stdout
