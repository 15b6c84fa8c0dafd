"""Which Pythons it starts on, and what the others are told."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.adapters.matrix.crypto.encryption import explain_absence
from bot.cli.interpreter import explain_refusal, is_supported
from store.model.installation import name_install_line
from tests.fakes import ROOT

READ_FIRST = ("bot/__init__.py", "bot/__main__.py", "bot/cli/__init__.py", "bot/cli/interpreter.py")


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 13), (3, 14, 0)])
def test_four_pythons_suit(version: tuple[int, ...]) -> None:
    assert is_supported(version)


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 10, 13), (3, 15, 0), (4, 0, 0)])
def test_others_do_not(version: tuple[int, ...]) -> None:
    assert not is_supported(version)


def test_the_package_and_the_program_agree_on_which_suit() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.15"


@pytest.mark.parametrize(
    ("system", "hint"),
    [
        ("apt", "sudo apt install python3 python3-venv"),
        ("darwin", "brew install python@3.13"),
        ("win32", "winget install Python.Python.3.13"),
        ("", "uv python install 3.13, or pyenv install 3.13"),
    ],
)
def test_a_refusal_says_what_to_install_on_that_system(system: str, hint: str) -> None:
    first, second = explain_refusal((3, 10, 13), [], system).splitlines()
    assert first.startswith("Sitrep needs Python 3.11 to 3.14; this is 3.10.13 (")
    assert hint in second


def test_a_refusal_names_what_a_python_lacks() -> None:
    """Debian has a Python without venv."""
    first, _ = explain_refusal((3, 13, 5), ["ensurepip", "venv"], "apt").splitlines()
    assert "this is 3.13.5 without ensurepip and venv (" in first


@pytest.mark.parametrize("file", READ_FIRST)
def test_what_is_read_before_the_refusal_is_old_syntax(file: str) -> None:
    ast.parse((ROOT / file).read_text(encoding="utf-8"), feature_version=(3, 8))


def old_python() -> str | None:
    """Return a Python of this machine that does not suit, if it has one."""
    for minor in (10, 9, 8):
        name = shutil.which(f"python3.{minor}")
        if name and not subprocess.run([name, "-V"], capture_output=True, check=False).returncode:
            return name
    return None


def test_an_older_python_is_refused_in_two_lines(tmp_path: Path) -> None:
    """It was a traceback of a syntax error."""
    python = old_python()
    if python is None:
        pytest.skip("there is no older Python here")
    done = subprocess.run(
        [python, "-m", "bot", "about"],
        cwd=ROOT,
        env={"PYTHONDONTWRITEBYTECODE": "1", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert done.stderr.startswith("Sitrep needs Python 3.11 to 3.14; this is 3.")


def test_where_encryption_cannot_be_installed_it_says_so_in_one_line() -> None:
    packaged = sys.version_info[:2] < (3, 13)
    line = explain_absence()
    assert line.startswith("no encryption: ")
    assert (name_install_line("e2ee") in line) is packaged
    assert ("python-olm is packaged for Python 3.11 and 3.12 alone" in line) is not packaged
