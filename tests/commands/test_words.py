"""Fixed words go through T, so that a catalogue can give them another language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.inlines import T
from tests.fakes import ROOT, ZONE, Talk

FILES = sorted((ROOT / "commands").rglob("*.py"))
SENTENCE = re.compile(r"[A-Za-z]{2,}[,.:]? [a-z]{2,}")
NOT_WORDS = {
    "ValueError": "says to a programmer what is wrong with a declaration",
    "compile": "is a pattern",
    "BadDay": "is a template that T takes up where it is caught",
    "Typed": "is a line to type, the same in every language",
    "act": "goes on record, which has one language",
    "Act": "goes on record, which has one language",
    "command": "is a declaration, translated where it is declared",
}

PATHS = {command.path for command in COMMANDS}
READ_NOT_SAID = {
    "days": "words that people type; the sentences are taken up by T where BadDay is caught",
    "questions": "words that people type",
    "extraction": "words that reports are written in, and what a program is told of a draft",
    "states": "words that reports are written in",
    "wording": "words that reports are written in",
}
OTHERWISE = {
    "claim_words.py": "its words are looked for in what is filed, and never said",
    "politeness.py": "words that people type",
    "program_words.py": "what stands on record, beside the words that say it in a language",
    "content.py": "its sentence goes on record, which has one language",
    "command.py": "its sentences tell a programmer what is wrong with a declaration",
}


def bypassing(tree: ast.AST, inside: str = "") -> Iterator[ast.Constant]:
    """Yield the sentences that stand in the code outside T and docstrings."""
    name = ""
    if isinstance(tree, ast.Call):
        name = getattr(tree.func, "id", "") or getattr(tree.func, "attr", "")
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        where = name if name == "T" or name in NOT_WORDS else inside
        if isinstance(child, ast.Constant):
            text = child.value
            if isinstance(text, str) and SENTENCE.search(text) and not where and text not in PATHS:
                yield child
        else:
            yield from bypassing(child, where)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_sentence_bypasses_t(file: Path) -> None:
    if file.name in OTHERWISE:
        pytest.skip(OTHERWISE[file.name])
    if file.parent.name in READ_NOT_SAID:
        pytest.skip(READ_NOT_SAID[file.parent.name])
    for call in bypassing(ast.parse(file.read_text(encoding="utf-8"))):
        pytest.fail(f"{file.name}:{call.lineno}: {call.value!r} is not inside T(…)")


def test_a_sentence_outside_t_is_found() -> None:
    assert list(bypassing(ast.parse('Strong("No such luck")')))
    assert not list(bypassing(ast.parse('Strong(T("No such luck"))')))


async def test_in_another_language_the_words_change_and_the_entries_do_not(ask: Talk) -> None:
    def shout(message: str, many: str | None, number: int) -> str:
        words = message if many is None or number == 1 else many
        return re.sub(r"[a-z]+(?![^{]*\})", lambda match: match[0].upper(), words)

    reply = (await ask("/status Pokrovsk more:yes")).answer.reply
    voice = Voice(ZONE, shout)
    assert "ONE ASSESSOR" in voice.plain(*reply.title)
    texts = [voice.plain(*item.lead) for b in reply.blocks for item in getattr(b, "items", ())]
    assert any("Pokrovsk is not being surrounded" in text for text in texts)


def test_plural_words_follow_the_number() -> None:
    voice = Voice(ZONE)
    assert voice.plain(T("{n} day", "{n} days", n=1)) == "1 day"
    assert voice.plain(T("{n} day", "{n} days", n=2)) == "2 days"
