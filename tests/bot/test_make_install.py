"""`make install`: what it leaves behind where it fails, and which environments it keeps."""

import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import ROOT


def load_installer() -> Any:
    """Return scripts/install.py, which is a program and in no package."""
    spec = spec_from_file_location("install", ROOT / "scripts" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


INSTALLER = load_installer()


def make_environment(lib: Path, name: str) -> Path:
    """Make what an installation leaves, as far as the next one looks at it."""
    folder = lib / name
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").touch()
    program = folder / "bin" / "sitrep"
    program.write_text(f"#!/bin/sh\necho {name}\n")
    program.chmod(0o755)
    return folder


def answer(command: Path) -> str:
    return subprocess.run([command], check=True, capture_output=True, text=True).stdout.strip()


def list_files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


def test_an_installation_that_fails_leaves_the_program_and_the_checkout_as_they_were(
    tmp_path: Path,
) -> None:
    """The program in use was gone, and root owned `.venv` and `dist` in the user's checkout."""
    if (make := shutil.which("make")) is None:
        pytest.skip("make is not installed")
    checkout, prefix = tmp_path / "checkout", tmp_path / "prefix"
    for name in ("Makefile", "bot/cli/interpreter.py", "scripts/install.py", "requirements.txt"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    make_environment(prefix / "lib", "sitrep-before")
    command = prefix / "bin" / "sitrep"
    command.parent.mkdir()
    command.symlink_to("../lib/sitrep-before/bin/sitrep")
    before = list_files(tmp_path)
    done = subprocess.run(
        [make, "-C", checkout, "install", f"PREFIX={prefix}", f"PYTHON={sys.executable}"],
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Not installed; what was there before is as it was." in done.stderr
    assert done.returncode != 0
    assert list_files(tmp_path) == before
    assert answer(command) == "sitrep-before"


def test_a_new_environment_takes_over_and_the_one_before_stays_for_a_bot_that_runs(
    tmp_path: Path,
) -> None:
    """A bot loads modules late; its folder was emptied while it ran."""
    lib, command = tmp_path / "lib", tmp_path / "bin" / "sitrep"
    command.parent.mkdir()
    first, second, third = (make_environment(lib, f"sitrep{end}") for end in ("", "-2", "-3"))
    (lib / "sitrep-reports").mkdir()
    INSTALLER.switch(command, first)
    assert answer(command) == "sitrep"
    assert INSTALLER.switch(command, second) == first
    assert answer(command) == "sitrep-2"
    assert INSTALLER.switch(command, third) == second
    INSTALLER.remove_all_but({second, third}, lib)
    assert {path.name for path in lib.iterdir()} == {"sitrep-2", "sitrep-3", "sitrep-reports"}
    assert [path.name for path in command.parent.iterdir()] == ["sitrep"]
