"""The shipper's configuration: every key is one that it reads; nobody else reads the secrets."""

import json
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.replica.configuration import configuration, socket_path, write_configuration
from bot.settings import Secret, Settings, SettingsError
from tests.bot.command_line import run
from tests.replica.shipper import require_program

FOLDER: dict[str, Any] = {"replica": "/mnt/other/sitrep"}
BUCKET: dict[str, Any] = {
    "replica": "s3://replicas/desk",
    "replica_endpoint": "https://s3.example.org",
    "replica_region": "eu-central-1",
    "replica_key_id": "desk",
    "replica_secret": Secret('a $secret: "quoted" #'),
}
SFTP: dict[str, Any] = {
    "replica": "sftp://keeper@other.example.org/srv/sitrep",
    "replica_key_file": "/etc/sitrep/key",
    "replica_host_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHJvb20=",
    "replica_secret": Secret("password"),
}
PLACES = {"a folder": FOLDER, "a bucket": BUCKET, "SFTP": SFTP}


def settings(folder: Path, given: dict[str, Any]) -> Settings:
    return replace(Settings(), store=folder / "desk.db", **given)


def read_by_litestream(file: Path) -> subprocess.CompletedProcess[str]:
    program = require_program("litestream")
    return subprocess.run(
        [program, "databases", "-config", str(file), "-no-expand-env"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def keys_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a configuration that give a key a value."""
    for number, line in enumerate(text.splitlines()):
        key, _, value = line.partition(": ")
        if value:
            yield number, key


@pytest.mark.parametrize("place", PLACES)
def test_the_shipper_reads_every_key_that_is_written(tmp_path: Path, place: str) -> None:
    """It says nothing of a key that it does not know; one that it knows takes no mapping."""
    file = tmp_path / "litestream.yml"
    write_configuration(settings(tmp_path, PLACES[place]), file)
    assert read_by_litestream(file).returncode == 0
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    for number, key in keys_of(text):
        wrong = [*lines[:number], f"{key}: {{no: [value]}}", *lines[number + 1 :]]
        file.write_text("\n".join(wrong), encoding="utf-8")
        answer = read_by_litestream(file)
        assert answer.returncode, key
        assert "unmarshal" in answer.stdout + answer.stderr, key


def test_the_owner_alone_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "litestream.yml"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o644)
    write_configuration(settings(tmp_path, BUCKET), file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_stands_there_to_the_letter(tmp_path: Path) -> None:
    text = configuration(settings(tmp_path, BUCKET))
    (line,) = (line for line in text.splitlines() if "secret-access-key" in line)
    assert json.loads(line.split(": ", 1)[1]) == 'a $secret: "quoted" #'


def test_a_term_has_a_folder_of_its_own(tmp_path: Path) -> None:
    for given, path in (
        (FOLDER, "/mnt/other/sitrep/term-7"),
        (BUCKET, "desk/term-7"),
        (SFTP, "/srv/sitrep/term-7"),
    ):
        assert f'path: "{path}"' in configuration(settings(tmp_path, given), "term-7")


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({}, "SITREP_REPLICA"),
        ({**SFTP, "replica_host_key": ""}, "SITREP_REPLICA_HOST_KEY"),
        ({**SFTP, "replica_key_file": "", "replica_secret": None}, "SITREP_REPLICA_KEY_FILE"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, given: dict[str, Any], lacks: str) -> None:
    with pytest.raises(SettingsError, match=lacks):
        configuration(settings(tmp_path, given))


def test_a_path_that_is_too_long_for_a_socket_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SITREP_REPLICA_SOCKET"):
        socket_path(settings(tmp_path / ("long" * 30), FOLDER))


def test_the_program_writes_it(tmp_path: Path) -> None:
    answer = run(tmp_path, "replicate", "--config", "l.yml", SITREP_REPLICA=str(tmp_path / "away"))
    assert answer.returncode == 0, answer.stderr
    assert read_by_litestream(tmp_path / "l.yml").returncode == 0
    assert run(tmp_path, "replicate", "--config", "l.yml").returncode == 1


def test_a_place_that_is_none_is_refused(tmp_path: Path) -> None:
    answer = run(tmp_path, "replicate", "--config", "l.yml", SITREP_REPLICA="somewhere")
    assert "sftp://user@host/folder" in answer.stderr


def test_a_file_of_something_else_is_not_written_over(tmp_path: Path) -> None:
    """`--config` with the store's name wrote the configuration over the record."""
    (tmp_path / "mine.txt").write_text("Mine.", encoding="utf-8")
    away = {"SITREP_REPLICA": str(tmp_path / "away")}

    answer = run(tmp_path, "replicate", "--config", "mine.txt", **away)

    assert answer.returncode == 2
    assert answer.stderr == "--config: mine.txt is something else's; write another file.\n"
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "Mine."
    for _ in range(2):
        assert run(tmp_path, "replicate", "--config", "own.yml", **away).returncode == 0
