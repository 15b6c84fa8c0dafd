"""Pictures that are held against what is drawn: ``python -m tests.pictures.golden`` draws them."""

import io
import json
import math
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from bot.i18n.catalogues import translate_into
from bot.i18n.formatter import Voice
from bot.pictures.map_drawing import draw_map
from bot.pictures.timeline_drawing import draw_timeline
from commands.kit.inlines import Reference, T, When
from commands.kit.vocabulary import place_name
from commands.shared.pictures.map_picture import (
    UNSURE,
    MapHatch,
    MapMark,
    MapPanel,
    MapPicture,
    MapSign,
    MapTown,
)
from commands.shared.pictures.timeline_picture import TimelineMark, TimelinePicture
from store.model.entry import Kind, Place
from store.model.span import Span
from store.queries.map_view import Frame
from tests.fakes import NOON, ZONE

FOLDER = Path(__file__).parent / "golden"
FRAME = Frame(48.28, 37.17, 60, 48)
SIGNS = (("▲", 0, "Held"), ("▼", 1, "Lost"), ("◆", 2, "Contested"), ("◇", 3, "Infiltrated"))
DAY = When(Span.on(NOON.date()))


def mark(name: str, at: tuple[float, float], sign: int, **how: bool | int) -> MapMark:
    """Return a mark with the sign of that number; UNSURE has none."""
    north, east = at
    symbol = SIGNS[sign][0] if sign != UNSURE else ""
    flags = {"claimed": False, "disputed": False, "off_km": 0} | how
    cites = (Reference("E-9"), " · ", DAY)
    return MapMark(_name(name), north, east, symbol, sign, cites=cites, **flags)  # type: ignore[arg-type]


def _name(name: str) -> T:
    latin, _, local = name.partition("/")
    return place_name(Place(0, latin, local, "", None, None, 0))


MARKS = (
    mark("Pokrovsk/Покровськ", (48.28, 37.17), 2, asked=True),
    mark("Myrnohrad/Мирноград", (48.30, 37.27), 0, disputed=True),
    mark("Rodynske/Родинське", (48.35, 37.20), 0),
    mark("Selydove/Селидове", (48.15, 37.30), 1),
    mark("Hrodivka/Гродівка", (48.26, 37.38), 1, claimed=True),
    mark("Ukrainsk/Українськ", (48.10, 37.36), UNSURE, claimed=True, disputed=True),
    mark("Kotlyne/Котлине", (48.24, 37.05), 3, off_km=6),
)
TOWNS = (
    MapTown(_name("Bilytske/Білицьке"), 48.41, 37.18, 9_000),
    MapTown(_name("Novohrodivka/Новогродівка"), 48.20, 37.34, 15_000),
    MapTown(_name("Dobropillia/Добропілля"), 48.46, 37.08, 60_000),
)


def area(north: float, east: float, reach: float) -> str:
    """Return a jagged area around a point, as an import keeps it: as far as `reach` degrees."""
    turns = [step / 20 * math.pi for step in range(40)]
    ring = [
        [
            east + reach * 1.4 * math.cos(turn) * (1 + 0.15 * math.sin(9 * turn)),
            north + reach * math.sin(turn) * (1 + 0.2 * math.cos(6 * turn)),
        ]
        for turn in turns
    ]
    return json.dumps({"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]]]})


def hatch(name: str, sign: int, *areas: str) -> MapHatch:
    """Return what an assessor drew, with the sign of that number."""
    symbol, shade, words = SIGNS[sign]
    return MapHatch(name, symbol, shade, (name, ": ", words, " · ", DAY, " · B-1"), areas)


HATCHES = (
    hatch("Deep State", 1, area(48.12, 37.4, 0.1), area(48.3, 37.5, 0.08)),
    hatch("Deep State", 2, area(48.27, 37.15, 0.07)),
    hatch("A long name of an institute", 0, area(48.42, 36.98, 0.06)),
)


def picture(marks: tuple[MapMark, ...] = MARKS, **fields: object) -> MapPicture:
    """Return a map of what there is to be drawn, or with other fields."""
    plain: dict[str, object] = {
        "name": "map.png",
        "about": (("A map.",),),
        "frame": FRAME,
        "towns": TOWNS,
        "panels": (MapPanel((_name("Pokrovsk/Покровськ"), " · ", DAY), marks),),
        "legend": tuple(MapSign(sign, shade, words) for sign, shade, words in SIGNS),
        "notes": ((T("What the record says, not where the line runs."),),),
        "dark": False,
    }
    return MapPicture(**plain | fields)  # type: ignore[arg-type]


def entry(number: int, kind: Kind, first: date | None, last: date, sign: int = -1) -> TimelineMark:
    """Return an entry of a timeline; without a first day it is undated."""
    soft = first != last
    shown = SIGNS[sign][0] if kind is Kind.ASSESSMENT else ""
    return TimelineMark(number, f"E-{number}", kind, first, last, soft, first is None, shown, sign)


NOVEMBER = [date(2025, 11, day) for day in range(1, 8)]
ENTRIES = (
    entry(1, Kind.EVENT, NOVEMBER[0], NOVEMBER[0]),
    entry(2, Kind.EVENT, NOVEMBER[1], NOVEMBER[5]),
    entry(3, Kind.EVENT, None, NOVEMBER[4]),
    *(entry(number, Kind.CLAIM, NOVEMBER[6], NOVEMBER[6]) for number in range(10, 30)),
    entry(4, Kind.CLAIM, NOVEMBER[2], NOVEMBER[2]),
    entry(5, Kind.CLAIM, None, NOVEMBER[6]),
    entry(6, Kind.ASSESSMENT, NOVEMBER[3], NOVEMBER[3], 0),
    entry(7, Kind.ASSESSMENT, NOVEMBER[6], NOVEMBER[6], 1),
)


def timeline(marks: tuple[TimelineMark, ...] = ENTRIES, **fields: object) -> TimelinePicture:
    """Return a timeline of what there is to be drawn, or with other fields."""
    plain: dict[str, object] = {
        "name": "timeline.png",
        "about": (("A timeline.",),),
        "head": (_name("Pokrovsk/Покровськ"), " · ", DAY),
        "first": min((mark.first or mark.last for mark in marks), default=NOVEMBER[0]),
        "last": max((mark.last for mark in marks), default=NOVEMBER[0]),
        "marks": marks,
        "ties": ((4, 5), (6, 7)),
        "more": 3,
        "notes": (),
        "dark": False,
    }
    return TimelinePicture(**plain | fields)  # type: ignore[arg-type]


def open_png(png: bytes) -> Image.Image:
    """Return a picture to be looked at."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def draw_every() -> dict[str, bytes]:
    """Draw each of them: light and dark, English and Ukrainian, busy and empty."""
    english, ukrainian = Voice(ZONE), Voice(ZONE, translate_into("uk"))
    empty = picture(())
    two = (*picture().panels, *empty.panels)
    drawn = (replace(picture().panels[0], hatches=HATCHES),)
    return {
        "map-light-en": draw_map(picture(), english),
        "map-dark-uk": draw_map(picture(dark=True), ukrainian),
        "map-empty": draw_map(empty, english),
        "map-two-days": draw_map(picture(panels=two), english),
        "map-areas": draw_map(picture(panels=drawn), english),
        "map-areas-dark-uk": draw_map(picture(panels=drawn, dark=True), ukrainian),
        "timeline-light-en": draw_timeline(timeline(), english),
        "timeline-dark-uk": draw_timeline(timeline(dark=True), ukrainian),
    }


def main() -> None:
    """Draw them into their folder."""
    FOLDER.mkdir(exist_ok=True)
    for name, png in draw_every().items():
        (FOLDER / f"{name}.png").write_bytes(png)


if __name__ == "__main__":
    main()
