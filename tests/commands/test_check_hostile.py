"""Hostile messages to /check: no trace of them, bounded work, nothing shown without a why."""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from bot.dispatch import Outcome
from commands.shared.checking.read_message import clean_message, split_message
from commands.shared.views.check_answer import explain
from store import open_store
from store.likeness.check_text import MOST_CHARACTERS, find_matches, read_message
from tests.fakes import Talk

_LONGEST = 44_000
_MOST_SQL = 10_000
"""Statements for one message: eight sentences at most, of 400 words each, each with a few terms."""
_SECRET = "zyxsecret"
_WORDS = (
    *(
        "Putin",
        "Pokrovsk",
        "surrounded",
        "Путін",
        "Покровськ",
        "оточений",
        "not",
        "E-28",
        "p704422",
    ),
    *("0ptn", "1control", '"', "*", "NEAR(", "AND", "--", "«", "”", "\u202e", "\u0301", "ё", "𝖕"),
    *("2022", "9" * 30, "https://evil.example/?q=1", "@everyone", "|||", "```", "\u2028", _SECRET),
)
Maker = Callable[[random.Random], str]


def _flood(chance: random.Random) -> str:
    """Return one word, again and again."""
    return (chance.choice(_WORDS) + chance.choice(" \n.,")) * chance.randrange(1, 9000)


def _mixture(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randrange(1, 3000)))


def _noise(chance: random.Random) -> str:
    """Return any characters at all, halves of some and NULs among them."""
    letters = (chance.choice((0x60, 0x500, 0x3000, 0xDFFF, 0x10FFFF)) for _ in range(3000))
    return "".join(chr(chance.randrange(most + 1)) for most in letters)


def _spaces(chance: random.Random) -> str:
    return chance.choice(("\0", " ", "\n", "\ud83d", "\u200b", ".")) * _LONGEST


def _one_word(chance: random.Random) -> str:
    return chance.choice("аaЇ’\u0301") * chance.randrange(1, _LONGEST)


def _sentences(chance: random.Random) -> str:
    """Return what is on record, cut and joined in sentences without end."""
    text = "Putin claimed that Pokrovsk was surrounded"
    return ". ".join(text[: chance.randrange(len(text))] for _ in range(1500))


_MAKERS: tuple[Maker, ...] = (_flood, _mixture, _noise, _spaces, _one_word, _sentences)


def make_message(number: int) -> str:
    """Return a hostile message; the same number makes the same."""
    chance = random.Random(number)
    return _MAKERS[number % len(_MAKERS)](chance)[:_LONGEST]


def check(db: sqlite3.Connection, text: str) -> int:
    """Check a message; return how many statements were run."""
    asked = Counter[str]()
    db.set_trace_callback(lambda sql: asked.update([sql[:40]]))
    readable = clean_message(text)
    assert len(readable) <= MOST_CHARACTERS
    checked = find_matches(db, read_message(db, readable, split_message(readable)))
    assert len(checked.statements) <= 8
    assert len(checked.matches) <= 80
    for match in checked.matches:
        assert explain(match), match
    return asked.total()


@pytest.fixture
def reader(seeds_file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{seeds_file}?mode=ro", uri=True)


@pytest.mark.parametrize("kind", range(len(_MAKERS)))
def test_a_hostile_message_is_bounded_work_and_shows_nothing_without_a_why(
    reader: sqlite3.Connection, kind: int
) -> None:
    with closing(reader):
        for number in (kind, kind + len(_MAKERS)):
            assert check(reader, make_message(number)) < _MOST_SQL


async def test_no_hostile_message_leaves_a_trace(seeds_file: Path) -> None:
    before = sha256(seeds_file.read_bytes()).hexdigest()
    async with await open_store(seeds_file, writing=False) as store:
        talk = Talk(store)
        for number in range(len(_MAKERS)):
            answer = await talk(f"/check {_SECRET} {make_message(number)}")
            assert answer.answer.outcome is not Outcome.FAULT
            assert answer.answer.asked is None
        assert _SECRET not in repr(talk.logged)
    assert sha256(seeds_file.read_bytes()).hexdigest() == before


@pytest.mark.soak
def test_ten_thousand_hostile_messages(reader: sqlite3.Connection) -> None:
    with closing(reader):
        most = max((check(reader, make_message(number)), number) for number in range(10_000))
    print(f"10,000 hostile messages: at most {most[0]} statements, by number {most[1]}")  # noqa: T201
    assert most[0] < _MOST_SQL
