"""Collect the program's own words: into bot/i18n/locale/sitrep.pot and each language's catalogue.

Translations stay, stale ones go. With --check nothing is written, and the exit code is 1 when a
catalogue lacks a message or has a stale one.
"""

import ast
import gzip
import sqlite3
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs from anywhere

from babel.messages.catalog import Catalog  # noqa: E402 -- the root has to be on the path first
from babel.messages.pofile import read_po, write_po  # noqa: E402

from bot.i18n.catalogues import LANGUAGES, LOCALE, catalogue  # noqa: E402
from commands import COMMANDS  # noqa: E402

Message = str | tuple[str, str]

TEMPLATE = LOCALE / "sitrep.pot"
_TRANSLATED = sorted(LANGUAGES.keys() - {"en"})
_SITUATION, _GAZETTEER = "seeds/situation.toml", "seeds/gazetteer.db.gz"
_CALLS = {"T", "BadDay"}
# The rest of what Babel writes changes with the clock or with Babel, and says nothing.
_HEADERS = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")


def messages() -> Iterator[tuple[Message, str]]:
    """Yield each message of the program and the file in which it stands."""
    for folder in ("bot", "commands"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            file = path.relative_to(ROOT).as_posix()
            for message in find_messages(path.read_text(encoding="utf-8"), file):
                yield message, file
    for command in COMMANDS:
        file = f"{command.run.__module__.replace('.', '/')}.py"
        words = (command.summary, command.menu, command.group.capitalize())
        yield from ((message, file) for message in words if message)
    situation = tomllib.loads((ROOT / _SITUATION).read_text(encoding="utf-8"))
    yield from ((situation[key], _SITUATION) for key in ("name", "about"))
    for term in (*situation["control"], *situation["event_type"]):
        yield term["label"], _SITUATION
    with closing(sqlite3.connect(":memory:")) as gazetteer:
        gazetteer.deserialize(gzip.decompress((ROOT / _GAZETTEER).read_bytes()))
        oblasts = gazetteer.execute("SELECT DISTINCT oblast FROM places WHERE oblast <> ''")
        for (oblast,) in sorted(oblasts):
            yield oblast, _GAZETTEER


def find_messages(code: str, file: str) -> Iterator[Message]:
    """Yield the messages of T("…"), T("…", "…") and BadDay("…"), in the order of the code.

    A name or an attribute passes on a message from elsewhere; SystemExit says where anything else
    stands, which no catalogue could know.
    """
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if ast.unparse(call.func).rpartition(".")[2] not in _CALLS:
            continue
        match call.args:
            case [ast.Constant(value=str(message))]:
                yield message
            case [ast.Constant(value=str(message)), ast.Constant(value=str(many))]:
                yield message, many
            case [ast.Name() | ast.Attribute()]:
                pass
            case _:
                raise SystemExit(f"{file}:{call.lineno}: write out {ast.unparse(call)}")


def template() -> Catalog:
    """Return a catalogue of the messages alone."""
    catalog = Catalog()
    for message, file in messages():
        catalog.add(message, locations=[(file, 1)])
    return catalog


def read(language: str) -> Catalog:
    """Return a language's catalogue as it is; empty where there is none yet."""
    file = catalogue(language)
    return read_po(BytesIO(file.read_bytes() if file.exists() else b""), locale=language)


def wrong(language: str) -> Iterator[str]:
    """Yield what is missing from a language's catalogue, and what is stale in it."""
    wanted = {message.id for message in template() if message.id}
    there = {message.id: message for message in read(language) if message.id}
    for message in wanted:
        entry = there.get(message)
        translation = entry.string if entry else None
        if not translation or (entry and entry.fuzzy) or not all(translation):
            yield f"{language} lacks {message!r}"
    yield from (f"{language} has a stale {message!r}" for message in there.keys() - wanted)


def write_catalogue(catalog: Catalog) -> str:
    """Return the text of a catalogue."""
    out = BytesIO()
    write_po(out, catalog, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True)
    head = [f'"{key}: {value}\\n"\n' for key, value in catalog.mime_headers if key in _HEADERS]
    return f'msgid ""\nmsgstr ""\n{"".join(head)}\n{out.getvalue().decode().rstrip()}\n'


def main() -> int:
    """Write the files, or check them."""
    if "--check" in sys.argv[1:]:
        problems = sorted(line for language in _TRANSLATED for line in wrong(language))
        sys.stdout.writelines(f"{line}\n" for line in problems)
        return 1 if problems else 0
    TEMPLATE.write_text(write_catalogue(template()), encoding="utf-8")
    for language in _TRANSLATED:
        updated = read(language)
        updated.update(template(), no_fuzzy_matching=True)
        catalogue(language).parent.mkdir(parents=True, exist_ok=True)
        catalogue(language).write_text(write_catalogue(updated), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
