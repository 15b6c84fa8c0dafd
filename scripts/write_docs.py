"""Write the tables that come from the code into the docs: commands, settings."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs from anywhere

from bot.settings import table  # noqa: E402 -- the root has to be on the path first
from commands import COMMANDS  # noqa: E402
from commands.kit.invocation import Role  # noqa: E402

_NOTHING = ("", "None")  # defaults that set nothing


def commands(*roles: Role) -> str:
    """Return the table of what these roles can ask; a bar inside a cell is escaped."""
    rows = [
        f"| `{command.usage(command.role).replace('|', chr(92) + '|')}` | {command.summary} |"
        for command in COMMANDS
        if command.role in roles
    ]
    return "\n".join(["| ask | to |", "|---|---|", *rows])


def settings() -> str:
    """Return the table of the settings."""
    rows = [f"| `{name}` | {_show(default)} | {help_} |" for name, default, help_ in table()]
    return "\n".join(["| setting | unless set | what it is |", "|---|---|---|", *rows])


def example() -> str:
    """Return the example of sitrep.toml: every setting, commented out."""
    head = "# Settings of Sitrep; each can also be given as SITREP_… in the environment.\n"
    rows = [
        f"# {help_}\n# {name.removeprefix('SITREP_').lower()} = {_toml(default)}\n"
        for name, default, help_ in table()
    ]
    return "\n".join([head, *rows])


def _show(default: str) -> str:
    return "nothing" if default in _NOTHING else f"`{default}`"


def _toml(default: str) -> str:
    return default if default.isdigit() else f'"{"" if default in _NOTHING else default}"'


def fill(text: str, name: str, inner: str) -> str:
    """Return the text with what stands between its marks replaced."""
    marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not marks.search(text):
        raise ValueError(f"there are no marks <!-- {name} --> to write between")
    return marks.sub(lambda match: f"{match[1]}{inner}\n{match[2]}", text)


def make_files() -> dict[Path, str]:
    """Return each file that has such a table, as it should be."""
    readme, docs = ROOT / "README.md", ROOT / "docs" / "settings.md"
    asked = fill(readme.read_text(encoding="utf-8"), "commands", commands(Role.READER))
    return {
        readme: fill(asked, "moderators", commands(Role.MODERATOR, Role.ADMIN)),
        docs: fill(docs.read_text(encoding="utf-8"), "settings", settings()),
        ROOT / "sitrep.example.toml": example(),
    }


if __name__ == "__main__":
    for file, text in make_files().items():
        file.write_text(text, encoding="utf-8")
