"""Files that were made to do harm: one sentence or a text each, soon, in little memory."""

import asyncio
import resource
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.reading.file_reader import FileReader
from commands.kit.errors import BadParam
from tests.reading.hostile_documents import ESCAPED, KINDS, SECRET, make_hostile

_MOST_SECONDS, _MOST_BYTES = 20, 1_100_000_000
_KILO = 1024


async def read_or_refuse(name: str, data: bytes) -> tuple[str, str]:
    """Return a file's text, or the sentence by which it was refused."""
    try:
        return (await FileReader().read(name, data)).text, ""
    except BadParam as refused:
        return "", refused.message.message


def try_afresh(each: int) -> Counter[str]:
    """Read so many files of each kind in a process of its own.

    A process that is started counts as large as the one that starts it, which here has run other
    tests; they have started processes of their own as well.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        return fresh.submit(_try, each).result()


def _try(each: int) -> Counter[str]:
    return asyncio.run(try_hostile(each))


async def try_hostile(each: int) -> Counter[str]:
    """Read so many files of each kind; return how many gave a text and how many a sentence."""
    told: Counter[str] = Counter()
    secret = Path(SECRET).read_text(encoding="utf-8").strip() if Path(SECRET).exists() else None
    slowest, kind_of_it = 0.0, ""
    for kind, name, data in make_hostile(each):
        start = time.monotonic()
        text, sentence = await read_or_refuse(name, data)
        took = time.monotonic() - start
        assert took < _MOST_SECONDS, kind
        assert len(text) <= max(200_001, len(data)), kind
        assert "\n" not in sentence, kind
        assert not secret or "SYSTEM" not in data.decode("latin-1") or secret not in text, kind
        told["a text" if text else "a sentence" if sentence else "no words"] += 1
        slowest, kind_of_it = max((slowest, kind_of_it), (took, kind))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILO
    assert peak <= _MOST_BYTES, f"{peak / 1e6:.0f} MB"
    escaped = [path for path in ESCAPED if Path(path).exists()]
    assert not escaped, "a part climbed out of its archive"
    told_in_all = ", ".join(f"{count} {what}" for what, count in told.most_common())
    figures = f"{told_in_all}; at most {slowest:.1f} s ({kind_of_it}), {peak / 1e6:.0f} MB"
    print(f"\n{told.total()} files of {len(KINDS)} kinds: {figures}")  # noqa: T201 -- a campaign's
    return told


def test_a_hostile_file_of_each_kind_gives_one_sentence_or_a_text() -> None:
    """The soak tries twenty of each: five hundred."""
    assert try_afresh(1).total() == len(KINDS)


@pytest.mark.soak
def test_five_hundred_hostile_files_give_one_sentence_or_a_text() -> None:
    assert try_afresh(20).total() == 500
