"""Damaged files of every format: one clear sentence, nothing filed, and memory bounded."""

import gzip
import json
import random
import re
import resource
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest

from bot.i18n.formatter import Voice
from commands.shared.importing.import_errors import sentence
from store import Store
from store.confined import RunProcess, run_process
from store.model.text import visible
from store.transfer.areas.area_rows import AreaPlan
from store.transfer.formats.decode import ForeignFormat, format_of
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportReport
from tests.bulk.conftest import jsonl, read, row
from tests.bulk.drawn_areas import BOTH, EAST, PLAN, area, areas
from tests.bulk.warm_process import WarmProcess
from tests.bulk.workbooks import Cell, make_open_document, make_workbook
from tests.fakes import ZONE

HEAD: list[Cell] = ["key", "kind", "type", "text", "day", "place", "source"]
ROW: list[Cell] = ["a", "event", "fighting", "Fighting.", "2025-11-05", "Pokrovsk", "S-1"]
EXCEL_ROW: list[Cell] = [cell if cell != "2025-11-05" else 45966 for cell in ROW]
_MANY = 2000
_MEGABYTE = 1_000_000
_KILOBYTE = 1024
_MOST_MEGABYTES = 600
_UNREAD = {Fault.PACKED, Fault.UNKNOWN_FIELD, Fault.UNKNOWN_COLUMN}


def zip_members(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


KML = (
    b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Hit</name>'
    b"<TimeStamp><when>2025-11-05</when></TimeStamp><Point><coordinates>37.1,48.2</coordinates>"
    b"</Point></Placemark></Document></kml>"
)
AREA = KML.replace(
    b"<Point><coordinates>37.1,48.2</coordinates></Point>",
    (
        b"<Polygon><outerBoundaryIs><LinearRing><coordinates>37,48 37.3,48 37.3,48.4 37,48.4 37,48"
        b"</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    ),
)
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
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Check</title>
<script type="application/ld+json">{json.dumps([{"@type": "WebSite"}, REVIEW])}</script></head>
<body><p>The town was not taken.</p></body></html>"""
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
    "workbook": ("a.xlsx", make_workbook({"a": [HEAD, EXCEL_ROW]}, dates=[4])),
    "OpenDocument": ("a.ods", make_open_document([HEAD, ROW])),
    "JSON": ("a.json", json.dumps({"data": [row()]}).encode()),
    "KML": ("a.kml", KML),
    "KMZ": ("a.kmz", zip_members({"doc.kml": KML})),
    "Telegram": ("result.json", json.dumps(POSTS).encode()),
    "areas": ("a.geojson", OUTLINES),
    "areas of KML": ("a.kml", AREA),
    "tags": ("a.csv", TAGS),
    "ClaimReview": ("a.jsonld", json.dumps(REVIEW).encode()),
    "page": ("a.html", PAGE.encode()),
    "zip": ("a.csv", zip_members({"a.csv": TABLE})),
    "tabs": ("a.tsv", TABLE.replace(b",", b"\t")),
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


def mistype(data: bytes, dice: random.Random) -> bytes:
    """Put a value of another type where a word, a number or a text stands."""
    values = list(_VALUE.finditer(data))
    value = dice.choice(values) if values else None
    other = dice.choice((b"null", b"true", b"[]", b"{}", b"-1.5e3", b'"\xd0\xb0"', b"[[{}]]", b""))
    return data[: value.start()] + other + data[value.end() :] if value else other


def pack(data: bytes, dice: random.Random) -> bytes:
    """Return a bomb, or the file packed in another way than its name says."""
    return dice.choice((*pack_zeros(dice.choice((10, 60_000_000))), gzip.compress(data, 1)))


@cache
def pack_zeros(count: int) -> tuple[bytes, bytes]:
    """Return so many zeros in both packings: made once, as that takes longer than reading them."""
    zeros = bytes(count)
    return gzip.compress(zeros, 1), zip_members({"doc.kml": zeros})


_VALUE = re.compile(rb'"[^"]*"|-?[0-9.]+|[A-Za-z]+')
Damage = Callable[[bytes, random.Random], bytes]
DAMAGES: tuple[Damage, ...] = (cut, flip, repeat, nest, swell, mistype, pack)


def spoil(data: bytes, seed: int, dice: random.Random) -> bytes:
    """Damage a file, or what is packed in it: every other time, where something is."""
    harm = DAMAGES[seed % len(DAMAGES)]
    inside = seed // len(DAMAGES) % 2
    if inside and data.startswith(b"\x1f\x8b"):
        return gzip.compress(harm(gzip.decompress(data), dice), 1)
    if inside and data.startswith(b"PK"):
        return _spoil_member(data, harm, dice)
    return harm(data, dice)


def _spoil_member(data: bytes, harm: Damage, dice: random.Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(members))
    members[name] = harm(members[name], dice)
    return zip_members(members)


async def file(
    store: Store, format_: str, data: bytes, run: RunProcess = run_process
) -> ImportReport:
    area_plan = PLAN if "areas" in format_ else AreaPlan()
    name, _ = WHOLE[format_]
    return await read(store, data, name, create=True, area=area_plan, run=run)


async def damage(store: Store, format_: str, seed: int, run: RunProcess) -> str:
    """Import a damaged file; return what became of it: the first fault, or that it was read."""
    dice = random.Random(f"{format_} {seed}")
    _, data = WHOLE[format_]
    before = await store.history.head()
    report = await file(store, format_, spoil(data, seed, dice), run)
    for problem in report.problems:
        told = Voice(ZONE).plain(sentence(problem))
        assert told == visible(told)
        assert told.endswith(".")
    if report.problems:
        assert await store.history.head() == before
    return report.problems[0].fault if report.problems else "read"


async def damage_each(
    store: Store, format_: str, seeds: range, run: RunProcess = run_process
) -> Counter[str]:
    return Counter([await damage(store, format_, seed, run) for seed in seeds])


@pytest.mark.parametrize("format_", WHOLE)
async def test_a_whole_file_is_read(small: Store, format_: str) -> None:
    """Otherwise its damage would say nothing; others' headings wait for names, a zip is told."""
    report = await file(small, format_, WHOLE[format_][1])
    assert {problem.fault for problem in report.problems} <= _UNREAD


@pytest.mark.parametrize("format_", WHOLE)
async def test_a_damaged_file_is_told_in_one_sentence(small: Store, format_: str) -> None:
    """Every damage once; three of them where each starts a process, others for each format."""
    start = list(WHOLE).index(format_) * 2
    name, _ = WHOLE[format_]
    count = 3 if isinstance(format_of(name), ForeignFormat) else len(DAMAGES)
    await damage_each(small, format_, range(start, start + count))


@pytest.mark.soak
@pytest.mark.parametrize("format_", WHOLE)
async def test_many_damaged_files_are_told_in_one_sentence_each(small: Store, format_: str) -> None:
    """Each other program's file by a fork; the tests above start each as the program does."""
    with WarmProcess() as warm:
        told = await damage_each(small, format_, range(_MANY), warm.run_process)
    figures = {str(outcome): count for outcome, count in told.most_common()}
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peaks = [peak * _KILOBYTE // _MEGABYTE for peak in (own, warm.peak_kb)]
    print(f"\n{format_}: {_MANY:,} damaged files, {figures}; MB so far: {peaks}")  # noqa: T201 -- a campaign prints its figures
    assert max(peaks) < _MOST_MEGABYTES
