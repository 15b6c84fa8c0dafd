"""How this program was installed, and so how an extra comes to it."""

import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def is_checkout(root: Path = _ROOT) -> bool:
    """Tell whether the program runs from its sources: then all that it keeps is where it runs."""
    return (root / "pyproject.toml").exists()


def name_install_line(extra: str, root: Path = _ROOT, environment: str = sys.prefix) -> str:
    """Return the line that brings an extra of pyproject.toml, such as `places`.

    It is for a checkout's folder, in which an installed program has to be installed again.
    """
    if is_checkout(root):
        return f"pip install -r requirements-{extra}.txt"
    if Path(environment, "pipx_metadata.json").exists():
        return f"pipx install --force '.[{extra}]'"
    return f"make install EXTRAS={extra}"
