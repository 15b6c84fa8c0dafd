"""Maps as pictures: as they were, whatever is to be drawn, and for those who see no colour."""

import json
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import ImageChops, ImageStat

from bot.i18n.formatter import Voice
from bot.pictures.labels import is_inside, overlap
from bot.pictures.lettering import spell
from bot.pictures.map_drawing import WIDE, MapDrawing
from bot.pictures.palette import LIGHT
from bot.pictures.projection import Projection, load_borders
from commands.shared.pictures.map_picture import UNSURE, MapHatch, MapMark, MapPanel, MapTown
from store.queries.map_view import Frame
from tests.fakes import ZONE
from tests.pictures.golden import (
    FOLDER,
    FRAME,
    MARKS,
    area,
    draw_every,
    hatch,
    mark,
    open_png,
    picture,
)

ENGLISH = Voice(ZONE)
LARGEST = 60_000
TOLERANCE = 2.0
"""Mean difference of a channel, of 255: what another build of FreeType may make of edges."""
SHOWN = ("light-en", "dark-uk", "empty", "two-days", "areas", "areas-dark-uk")
PEREKOP = 33.3, 45.5, 35.3, 46.3


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    return draw_every()


@pytest.mark.parametrize("name", [f"map-{each}" for each in SHOWN])
def test_a_map_looks_as_it_did(pictures: dict[str, bytes], name: str) -> None:
    """`python -m tests.pictures.golden` draws them anew: look at them before you commit them."""
    now, before = open_png(pictures[name]), open_png((FOLDER / f"{name}.png").read_bytes())
    assert now.size == before.size
    assert max(ImageStat.Stat(ImageChops.difference(now, before)).mean) < TOLERANCE


def test_a_map_is_small_and_as_wide_as_two_phones(pictures: dict[str, bytes]) -> None:
    assert {open_png(png).width for png in pictures.values()} == {WIDE}
    assert all(len(png) < LARGEST for png in pictures.values())


def test_without_colour_every_sign_differs_from_every_other() -> None:
    """Who sees no colour, or prints the map, still tells statuses, claims and disputes apart."""
    grey = replace(LIGHT, shades=((90, 90, 90),))
    how = [
        {"claimed": claimed, "disputed": disputed}
        for claimed in (False, True)
        for disputed in (False, True)
    ]
    kinds = [mark("", (48.28, 37.17), sign, **flags) for sign in range(4) for flags in how]
    kinds.append(mark("", (48.28, 37.17), UNSURE, claimed=True, disputed=True))
    kinds = [replace(kind, cites=(), shade=0) for kind in kinds]
    pictures = [
        open_png(MapDrawing(picture((kind,), towns=(), legend=(), notes=()), ENGLISH, grey).draw())
        .convert("L")
        .crop((370, 300, 410, 400))
        for kind in kinds
    ]
    for first, other in combinations(pictures, 2):
        assert ImageChops.difference(first, other).getbbox() is not None


def test_without_colour_every_hatching_differs_from_every_other() -> None:
    grey = replace(LIGHT, shades=((90, 90, 90),))
    pictures = []
    for shade in range(6):
        drawn = replace(hatch("", 0, area(48.28, 37.17, 0.2)), sign="", shade=shade)
        panel = replace(picture(()).panels[0], hatches=(drawn,))
        shown = picture(panels=(panel,), towns=(), legend=(), notes=())
        pictures.append(open_png(MapDrawing(shown, ENGLISH, grey).draw()).convert("L"))
    for first, other in combinations(pictures, 2):
        assert ImageChops.difference(first, other).getbbox() is not None


def test_an_area_is_hatched_inside_alone_and_has_no_edge() -> None:
    """An edge would be taken for a front line; a hole is outside."""
    ring = [[37.0, 48.2], [37.3, 48.2], [37.3, 48.4], [37.0, 48.4], [37.0, 48.2]]
    hole = [[37.1, 48.25], [37.2, 48.25], [37.2, 48.35], [37.1, 48.35], [37.1, 48.25]]
    holed = json.dumps({"type": "MultiPolygon", "coordinates": [[ring, hole]]})
    panel = picture(()).panels[0]
    bare, drawn = (
        open_png(MapDrawing(picture(panels=(each,), towns=()), ENGLISH).draw())
        for each in (panel, replace(panel, hatches=(replace(hatch("", 2, holed), sign=""),)))
    )
    where = Projection(FRAME, (16.0, 46.0, 764.0, 644.0))
    changed = ImageChops.difference(bare.crop((0, 0, WIDE, 644)), drawn.crop((0, 0, WIDE, 644)))
    left, top = where.place(48.4, 37.0)
    right, bottom = where.place(48.2, 37.3)
    extent = changed.getbbox()
    assert extent is not None
    assert all(
        abs(edge - side) < 12 for edge, side in zip(extent, (left, top, right, bottom), strict=True)
    )
    (left, top), (right, bottom) = where.place(48.34, 37.11), where.place(48.26, 37.19)
    assert changed.crop((round(left), round(top), round(right), round(bottom))).getbbox() is None
    row = changed.convert("L").crop((0, 300, WIDE, 301))
    assert sum(level > 0 for level in row.tobytes()) < WIDE / 4  # hatched, and not filled


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)
norths, easts = st.floats(47.9, 48.7), st.floats(36.6, 37.8)
any_mark = st.builds(
    MapMark,
    names,
    norths,
    easts,
    st.sampled_from(["▲", "▼", "◆", "◇", "●", "?", "Щ", "漢", ""]),
    st.integers(-1, 12),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0, 0, 5, 20]),
    st.just(("E-123, E-124 · 7 Nov 2025",)),
)
any_hatch = st.builds(
    lambda name, sign, shade, places: MapHatch(
        name, sign, shade, (name,), tuple(area(*place) for place in places)
    ),
    names,
    st.sampled_from(["▲", "?", ""]),
    st.integers(-1, 12),
    st.lists(st.tuples(norths, easts, st.sampled_from([0.001, 0.05, 3.0])), max_size=3),
)
any_town = st.builds(MapTown, names, norths, easts, st.integers(0, 3_000_000))


@settings(max_examples=12)
@given(
    st.lists(any_mark, max_size=25, unique_by=lambda mark: (mark.latitude, mark.longitude)),
    st.lists(any_town, max_size=40),
    st.lists(any_hatch, max_size=4),
    st.sampled_from([10.0, 60.0, 300.0, 1500.0]),
)
def test_whatever_is_drawn_no_label_overlaps_another_or_leaves_the_frame(
    marks: list[MapMark], towns: list[MapTown], hatches: list[MapHatch], wide: float
) -> None:
    panels = (MapPanel(("Somewhere",), tuple(marks), tuple(hatches)),)
    shown = picture(panels=panels, towns=tuple(towns), frame=Frame(48.28, 37.17, wide, wide * 0.8))
    drawing = MapDrawing(shown, ENGLISH)
    png = drawing.draw()
    assert open_png(png).width == WIDE
    for box, frame in drawing.labels:
        assert is_inside(box, frame)
    for (first, _), (other, _) in combinations(drawing.labels, 2):
        assert not overlap(first, other)


def test_every_mark_is_drawn_or_named_below() -> None:
    """A place on record never goes from a map in silence."""
    close = tuple(replace(each, latitude=48.28, longitude=37.17) for each in MARKS)
    drawing = MapDrawing(picture(close), ENGLISH)
    hidden = " ".join(drawing.notes)
    assert all(ENGLISH.plain(each.name) in hidden for each in close[1:])


def test_a_letter_that_the_font_lacks_is_a_question_mark_and_ours_are_all_there() -> None:
    ours = "АаБбВвГгҐґДдЕеЄєЖжЗзИиІіЇїЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЬьЮюЯяЁёЫыЭэЪъ’«»“”–—№°·…"
    assert spell(ours) == ours
    assert spell("Київ 漢") == "Київ ?"
    assert spell("й") == "й"  # one letter, of two


def test_no_border_of_a_country_runs_across_perekop() -> None:
    west, south, east, north = PEREKOP
    there = [
        border
        for border in load_borders()
        if any(west <= x <= east and south <= y <= north for x, y in border.points)
    ]
    assert "region" in {border.kind for border in there}
    assert "country" not in {border.kind for border in there}


def test_simferopol_and_sevastopol_lie_in_ukraine() -> None:
    """From each to Kyiv no border of a country is crossed."""
    for start in ((34.10, 44.95), (33.52, 44.60)):
        assert _crossings(start, (30.52, 50.45)) == 0
    assert _crossings((37.62, 55.75), (30.52, 50.45)) > 0


def _crossings(start: tuple[float, float], end: tuple[float, float]) -> int:
    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    return sum(
        side(start, end, a) != side(start, end, b) and side(a, b, start) != side(a, b, end)
        for border in load_borders()
        if border.kind == "country"
        for a, b in zip(border.points, border.points[1:], strict=False)
    )
