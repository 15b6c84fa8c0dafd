"""Times checks of messages by the processor: as it is installed, and with the language model."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

from bot.bench.questions import Questions
from commands.shared.checking.read_message import check_message
from store import Store, open_store
from store.likeness.entry_vectors import MODEL
from store.likeness.sentence_model import explain_absence, load_encoder
from store.model.aside import run_aside

CHECKS = 40
_LENGTHS = (200, 2_000)  # characters


@dataclass(frozen=True)
class TimedChecks:
    """What a check of a message of so many characters took, at the median: processor seconds."""

    name: str
    characters: int
    seconds: float


async def bench_checks(
    file: Path,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    checks: int = CHECKS,
) -> int:
    """Time checks on a made store; return the exit code.

    Where the language model is, each entry is given a vector, drawn at random.
    """
    questions = Questions(file, "checks")
    messages = [questions.message() for _ in range(checks)]
    async with await open_store(file, writing=False) as store:
        timed = await _time("default", messages, store)
    encoder = await run_aside(load_encoder)
    if encoder is not None:
        draw_vectors(file, encoder.width)
        async with await open_store(file, writing=False) as store:
            timed += await _time("with the language model", messages, store)
    if as_json:
        out(json.dumps({"checks": [*map(asdict, timed)]}, indent=1))
    else:
        out(_in_words(timed, explain_absence()))
    return 0


def draw_vectors(file: Path, width: int) -> None:
    """Give each entry of a store a vector, drawn at random by a fixed seed."""
    rng = Random("vectors")  # noqa: S311 -- no secret
    with closing(sqlite3.connect(file)) as db, db:
        numbers = db.execute("SELECT id FROM entries").fetchall()
        db.execute("DELETE FROM entry_vectors")
        db.executemany(
            "INSERT INTO entry_vectors (entry_id, model, vector) VALUES (?, ?, ?)",
            ((number, MODEL, rng.randbytes(width)) for (number,) in numbers),
        )


async def _time(name: str, messages: Sequence[str], store: Store) -> list[TimedChecks]:
    timed = []
    for characters in _LENGTHS:
        seconds: list[float] = []
        await check_message(messages[0][:characters], store)  # what is loaded once is loaded
        for message in messages:
            begun = process_time()
            await check_message(message[:characters], store)
            seconds.append(process_time() - begun)
        timed.append(TimedChecks(name, characters, round(median(seconds), 4)))
    return timed


def _in_words(timed: Sequence[TimedChecks], absence: str) -> str:
    lines = [
        f"{each.name:24} {each.characters:5,} characters {each.seconds:8.4f} s of the processor"
        for each in timed
    ]
    return "\n".join([*lines, *([f"without the language model: {absence}"] if absence else [])])
