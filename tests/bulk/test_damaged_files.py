"""Damaged files of every format: one clear sentence, nothing filed, and memory bounded."""

import asyncio
import gzip
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from bot.i18n.formatter import Voice
from commands.shared.importing.import_errors import sentence
from store import Store, open_store
from store.model.text import visible
from store.transfer.areas.area_rows import AreaPlan
from store.transfer.formats.decode import ForeignFormat, format_of
from tests.bulk.conftest import jsonl, read, row
from tests.bulk.drawn_areas import BOTH, EAST, PLAN, area, areas
from tests.bulk.workbooks import Cell, make_workbook
from tests.fakes import ZONE

HEAD: list[Cell] = ["key", "kind", "type", "text", "day", "place", "source"]
ROW: list[Cell] = ["a", "event", "fighting", "Fighting.", 45966, "Pokrovsk", "S-1"]
_MANY = 2000


def zipped(name: str, data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, data)
    return out.getvalue()


KML = (
    b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Hit</name>'
    b"<TimeStamp><when>2025-11-05</when></TimeStamp><Point><coordinates>37.1,48.2</coordinates>"
    b"</Point></Placemark></Document></kml>"
)
AREA = KML.replace(b"<Point><coordinates>37.1,48.2</coordinates></Point>", (
    b"<Polygon><outerBoundaryIs><LinearRing><coordinates>37,48 37.3,48 37.3,48.4 37,48.4 37,48"
    b"</coordinates></LinearRing></outerBoundaryIs></Polygon>"
))  # fmt: skip
POSTS = {
    "name": "Some channel",
    "type": "public_channel",
    "id": 7,
    "messages": [{"id": 1, "type": "message", "date_unixtime": "1762381800", "text": "Hit."}],
}
REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "The town was taken.",
    "itemReviewed": {"author": {"name": "Some Speaker"}, "datePublished": "2025-11-01"},
    "author": {"name": "Some Checkers"},
    "url": "https://example.org/1",
}
FEATURES = {"features": [{"type": "Feature", "geometry": None, "properties": row()}]}
OUTLINES = areas(area(EAST, name="Held"), area(BOTH, EAST, by="Deep State", control="contested"))
TAGS = b"When,What,Where\n#date,#description,#loc+name\n2025-11-05,A strike.,Pokrovsk\n"
TABLE = "\n".join(",".join(map(str, line)) for line in (HEAD, ROW)).encode()
WHOLE: dict[str, tuple[str, bytes]] = {
    "JSONL": ("a.jsonl", jsonl(row(), row(key="b"))),
    "CSV": ("a.csv", TABLE),
    "UTF-16": ("a.csv", TABLE.decode().encode("utf-16")),
    "GeoJSON": ("a.geojson", json.dumps(FEATURES).encode()),
    "gzip": ("a.csv.gz", gzip.compress(TABLE)),
    "workbook": ("a.xlsx", make_workbook({"a": [HEAD, ROW]}, dates=[4])),
    "JSON": ("a.json", json.dumps({"data": [row()]}).encode()),
    "KML": ("a.kml", KML),
    "KMZ": ("a.kmz", zipped("doc.kml", KML)),
    "Telegram": ("result.json", json.dumps(POSTS).encode()),
    "areas": ("a.geojson", OUTLINES),
    "areas of KML": ("a.kml", AREA),
    "tags": ("a.csv", TAGS),
    "ClaimReview": ("a.jsonld", json.dumps(REVIEW).encode()),
}
"""One good file of each format."""


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def flip(data: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(dice.randrange(1, 20)):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def repeat(data: bytes, dice: random.Random) -> bytes:
    start, end = sorted((dice.randrange(len(data)), dice.randrange(len(data) + 1)))
    return data[:start] + data[start:end] * dice.randrange(2, 400) + data[end:]


def nest(data: bytes, dice: random.Random) -> bytes:
    at, depth = dice.randrange(len(data)), dice.choice((5, 20, 70, 20_000))
    return data[:at] + dice.choice((b"[", b'{"a":', b"<a>")) * depth + data[at:]


def swell(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + dice.choice((b"9" * 5000, b"1e999999", b"-0", b"\0" * 50)) + data[at:]


def pack(data: bytes, dice: random.Random) -> bytes:
    """Return a bomb, or the file packed in another way than its name says."""
    bomb = bytes(dice.choice((10, 60_000_000)))
    return dice.choice((gzip.compress(bomb, 1), zipped("doc.kml", bomb), gzip.compress(data, 1)))


Damage = Callable[[bytes, random.Random], bytes]
DAMAGES: tuple[Damage, ...] = (cut, flip, repeat, nest, swell, pack)


async def damage(store: Store, format_: str, seed: int) -> str:
    """Import a damaged file; return what became of it: the first fault, or that it was read."""
    dice = random.Random(f"{format_} {seed}")
    name, data = WHOLE[format_]
    damaged = DAMAGES[seed % len(DAMAGES)](data, dice)
    area_plan = PLAN if "areas" in format_ else AreaPlan()
    report = await read(store, damaged, name, dry=True, area=area_plan)
    for problem in report.problems:
        told = Voice(ZONE).plain(sentence(problem))
        assert told == visible(told)
        assert told.endswith(".")
    return report.problems[0].fault if report.problems else "read"


async def spoil(file: Path, format_: str, seeds: range) -> Counter[str]:
    async with await open_store(file, writing=False) as store:
        return Counter([await damage(store, format_, seed) for seed in seeds])


@pytest.mark.parametrize("format_", WHOLE)
async def test_a_damaged_file_is_told_in_one_sentence(small_file: Path, format_: str) -> None:
    """Every damage once; three of them where each starts a process, others for each format."""
    before = small_file.read_bytes()
    start = list(WHOLE).index(format_) * 2
    name, _ = WHOLE[format_]
    count = 3 if isinstance(format_of(name), ForeignFormat) else len(DAMAGES)
    await spoil(small_file, format_, range(start, start + count))
    assert small_file.read_bytes() == before


@pytest.mark.soak
@pytest.mark.parametrize("format_", WHOLE)
def test_many_damaged_files_are_told_in_one_sentence_each(small_file: Path, format_: str) -> None:
    told = asyncio.run(spoil(small_file, format_, range(_MANY)))
    figures = dict(told.most_common())
    print(f"\n{format_}: {_MANY:,} damaged files, {figures}")  # noqa: T201 -- a campaign prints its figures
