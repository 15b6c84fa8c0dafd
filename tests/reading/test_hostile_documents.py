"""Files that were made to do harm: one sentence or a text each, soon, in little memory."""

import resource
import time
from collections import Counter
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


def most_memory(whose: int) -> int:
    """Return how many bytes of memory this process took at most, or the largest it has started.

    Such a one counts with what this one had when it started it, other tests' processes too.
    """
    return resource.getrusage(whose).ru_maxrss * _KILO


async def try_hostile(each: int) -> Counter[str]:
    """Read so many files of each kind; return how many gave a text and how many a sentence."""
    told: Counter[str] = Counter()
    secret = Path(SECRET).read_text(encoding="utf-8").strip() if Path(SECRET).exists() else None
    slowest, kind_of_it = 0.0, ""
    before = max(most_memory(resource.RUSAGE_CHILDREN), most_memory(resource.RUSAGE_SELF))
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
    peak = most_memory(resource.RUSAGE_CHILDREN)
    assert peak <= max(before, _MOST_BYTES)
    escaped = [path for path in ESCAPED if Path(path).exists()]
    assert not escaped, "a part climbed out of its archive"
    told_in_all = ", ".join(f"{count} {what}" for what, count in told.most_common())
    figures = f"{told_in_all}; at most {slowest:.1f} s ({kind_of_it}), {peak / 1e6:.0f} MB"
    print(f"\n{told.total()} files of {len(KINDS)} kinds: {figures}")  # noqa: T201 -- a campaign's
    return told


async def test_a_hostile_file_of_each_kind_gives_one_sentence_or_a_text() -> None:
    """The soak tries twenty of each: five hundred."""
    assert (await try_hostile(1)).total() == len(KINDS)


@pytest.mark.soak
async def test_five_hundred_hostile_files_give_one_sentence_or_a_text() -> None:
    assert (await try_hostile(20)).total() == 500
