"""Whether this Python can run the program; Python 3.8 can still read this file.

`python -m bot` asks before it imports anything else, and `make` asks by running this file.
"""

from __future__ import annotations

import sys

_OLDEST, _NEWEST = (3, 11), (3, 14)
_BUILT = "uv python install 3.13, or pyenv install 3.13"
_HINTS = {
    "apt": (
        "Debian 12, Ubuntu 24.04 and later have it: sudo apt install python3 python3-venv."
        f" On others: {_BUILT}."
    ),
    "darwin": "To get it: brew install python@3.13.",
    "win32": "To get it: winget install Python.Python.3.13, and start with py -3.13.",
    "": f"To get it: {_BUILT}.",
}


def check_interpreter(*modules: str) -> None:
    """Exit, saying why and what to install, if this Python does not suit or lacks a module."""
    from importlib.util import find_spec

    version = sys.version_info[:3]
    absent = [name for name in modules if find_spec(name) is None]
    if absent or not is_supported(version):
        sys.exit(explain_refusal(version, absent, _name_system()))


def is_supported(version: tuple[int, ...]) -> bool:
    """Tell whether the program runs on a version of Python: major, minor, and more if known."""
    return _OLDEST <= version[:2] <= _NEWEST


def explain_refusal(version: tuple[int, ...], absent: list[str], system: str) -> str:
    """Return two lines: what a Python lacks, and how to get another on a system.

    `absent` names modules of the standard library; `system` is apt, darwin, win32 or empty.
    """
    this = ".".join(map(str, version)) + (f" without {' and '.join(absent)}" if absent else "")
    return f"Sitrep needs Python 3.11 to 3.14; this is {this} ({sys.executable}).\n{_HINTS[system]}"


def _name_system() -> str:
    from shutil import which

    if sys.platform in _HINTS:
        return sys.platform
    return "apt" if which("apt-get") else ""


if __name__ == "__main__":
    check_interpreter("ensurepip", "sqlite3", "venv")
