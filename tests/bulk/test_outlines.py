"""Areas of a file: the places inside become assessments, and nobody guesses about the edge."""

import io
import json
import zipfile
from typing import Any

import pytest

from store import Store
from store.transfer.areas.area_rows import AreaPlan
from store.transfer.areas.outline import find_sides, read_outline, simplify
from store.transfer.areas.shared_outlines import may_be_shared
from store.transfer.formats.decode import Format
from store.transfer.import_problems import Fault
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import an_act, read
from tests.bulk.drawn_areas import BOTH, DAY, EAST, POKROVSK, area, areas, box, draw
from tests.bulk.import_desk import Desktop, text_of


async def query(store: Store, sql: str) -> list[Any]:
    return await store._db.read(lambda db: db.execute(sql).fetchall())


async def control_by_place(store: Store) -> dict[str, tuple[str, str]]:
    """Return the status and share of each place by what this day's map says."""
    sql = (
        "SELECT p.name, e.control, e.share FROM entries e"
        " JOIN entry_places ep ON ep.entry_id = e.id JOIN places p ON p.id = ep.place_id"
        " WHERE e.key LIKE 'outline:%' AND retracted_at IS NULL"
    )
    return {name: (control, share) for name, control, share in await query(store, sql)}


async def test_the_places_inside_an_area_become_assessments_of_its_day(small: Store) -> None:
    report = await draw(small, areas(area(EAST, name="Occupied", fill="red")))
    assert not report.problems
    assert report.dropped == ("fill", "name")
    assert await control_by_place(small) == {"Myrnohrad": ("russian_held", "unspecified")}
    sql = (
        "SELECT e.kind, e.edtf, a.name, e.text FROM entries e JOIN actors a ON a.id = e.actor_id"
        " WHERE e.key LIKE 'outline:%'"
    )
    text = "Myrnohrad lies within the area marked “Russian-held”."
    assert await query(small, sql) == [("assessment", DAY, "Deep State", text)]
    again = await draw(small, areas(area(EAST, name="Occupied")))
    assert again.counts[RowOutcome.UNCHANGED] == 1


async def test_a_status_may_stand_in_a_property_of_each_area(small: Store) -> None:
    west = box(48.22, 37.1, 48.34, 37.22)
    plan = AreaPlan("Deep State", DAY, "{status}", "S-1")
    data = areas(area(west, status="contested"), area(EAST, status="russian_held"))
    await draw(small, data, area=plan)
    assert await control_by_place(small) == {
        "Pokrovsk": ("contested", "unspecified"),
        "Myrnohrad": ("russian_held", "unspecified"),
    }


async def test_an_area_that_says_everything_itself_needs_nothing_more(small: Store) -> None:
    columns = {"by": "Deep State", "day": DAY, "control": "contested", "source": "S-1"}
    report = await read(small, areas(area(EAST, **columns)), "map.geojson")
    assert report.counts[RowOutcome.NEW] == 1


async def test_an_area_of_nobody_is_a_problem_that_says_what_it_lacks(small: Store) -> None:
    report = await read(small, areas(area(EAST, name="Occupied", day=DAY)), "map.geojson")
    (problem,) = report.problems
    assert (problem.fault, problem.read, problem.more) == (Fault.AREA, "Polygon", "by, control")


async def test_a_place_in_a_hole_is_not_inside(small: Store) -> None:
    hole = box(48.25, 37.15, 48.3, 37.2)
    await draw(small, areas(area(BOTH, hole)))
    assert set(await control_by_place(small)) == {"Myrnohrad"}


async def test_a_place_close_to_the_edge_is_named_and_left_out(small: Store) -> None:
    west_edge = POKROVSK[1] - 0.004  # 300 metres
    report = await draw(small, areas(area(box(48.22, west_edge, 48.34, 37.32))))
    assert report.remarks.edge == ["Pokrovsk (P-704422)"]
    assert set(await control_by_place(small)) == {"Myrnohrad"}


async def test_a_place_in_two_areas_of_different_status_is_a_problem(small: Store) -> None:
    data = areas(area(BOTH, control="contested"), area(EAST, control="russian_held"))
    report = await draw(small, data)
    (problem,) = report.problems
    assert problem.fault is Fault.TWO_STATUSES
    assert (problem.read, problem.more) == ("Myrnohrad (P-710035)", "contested, russian_held")
    assert not await control_by_place(small)
    twice = areas(area(BOTH), area(EAST))
    assert (await draw(small, twice)).counts[RowOutcome.NEW] == 2


async def test_a_place_whose_position_is_rough_is_counted_and_left_out(full: Store) -> None:
    report = await draw(full, areas(area(box(48.1, 37.0, 48.4, 37.5))))
    assert report.remarks.about > 10
    rough = (
        "SELECT count(*) FROM entries e JOIN entry_places ep ON ep.entry_id = e.id"
        " JOIN places p ON p.id = ep.place_id WHERE e.key LIKE 'outline:%' AND p.approximate > 0"
    )
    assert await query(full, rough) == [(0,)]


async def test_a_town_with_districts_on_both_sides_is_partly_inside(full: Store) -> None:
    """Lazurnyi is a district in the south of Pokrovsk."""
    north = box(POKROVSK[0] - 0.012, 37.1, 48.34, 37.32)
    await draw(full, areas(area(north)))
    places = await control_by_place(full)
    assert places["Pokrovsk"] == ("russian_held", "part")
    assert places["Myrnohrad"] == ("russian_held", "unspecified")


async def test_points_and_lines_beside_areas_are_counted(small: Store) -> None:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point"}}
    point["geometry"] = {"type": "Point", "coordinates": [37, 48]}
    line = {**point, "geometry": {"type": "LineString", "coordinates": [[37, 48], [38, 48]]}}
    report = await draw(small, areas(area(EAST), point, line))
    assert not report.problems
    assert report.remarks.passed == 2


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Held</name>
<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing>
</outerBoundaryIs></Polygon></MultiGeometry></Placemark></Document></kml>"""


@pytest.mark.parametrize("packed", [False, True], ids=["kml", "kmz"])
async def test_areas_of_kml_are_read_as_well(small: Store, *, packed: bool) -> None:
    data = KML.format(" ".join(f"{east},{north},0" for east, north in EAST)).encode()
    if packed:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr("doc.kml", data)
        data = out.getvalue()
    await draw(small, data, "map.kmz" if packed else "map.kml")
    assert set(await control_by_place(small)) == {"Myrnohrad"}


async def count_outlines(store: Store) -> int:
    ((count,),) = await query(store, "SELECT count(*) FROM batch_outlines")
    return int(count)


async def test_an_outline_goes_with_the_batch_that_is_taken_back(small: Store) -> None:
    await draw(small, areas(area(EAST)))
    assert await count_outlines(small) == 1
    await small.imports.undo_batch(an_act("undo"), 1)
    assert await count_outlines(small) == 0
    assert not await control_by_place(small)


async def test_an_outline_goes_with_an_entry_that_is_redacted(small: Store) -> None:
    await draw(small, areas(area(EAST)))
    ((number,),) = await query(small, "SELECT id FROM entries WHERE key LIKE 'outline:%'")
    await small.redaction.redact(an_act("redact"), number)
    assert await count_outlines(small) == 0


async def test_nothing_is_kept_of_a_file_that_was_not_filed(small: Store) -> None:
    await draw(small, areas(area(EAST), area(BOTH, control="contested")))
    await draw(small, areas(area(EAST)), dry=True)
    assert await count_outlines(small) == 0


async def export(store: Store) -> list[dict[str, Any]]:
    ((number,),) = await query(store, "SELECT id FROM entries WHERE key LIKE 'outline:%'")
    pieces = [piece async for piece in store.exports.text([number], Format.GEOJSON)]
    features: list[dict[str, Any]] = json.loads("".join(pieces))["features"]
    return features


async def test_an_outline_leaves_only_where_its_licence_lets_it(small: Store) -> None:
    await draw(small, areas(area(EAST, name="Occupied")))
    place, outline = await export(small)
    assert place["geometry"]["type"] == "Point"
    assert outline["geometry"]["type"] == "MultiPolygon"
    assert outline["properties"] == {
        "outline_of": "B-1",
        "name": "Occupied",
        "by": "Deep State",
        "day": DAY,
        "control": "russian_held",
        "source": "S-1",
        "licence": "CC BY 4.0",
    }
    data = areas(place, outline)
    report = await read(small, data, "again.geojson")
    assert (report.rows, report.remarks.areas) == (1, 1)


async def test_an_outline_of_another_licence_stays(small: Store) -> None:
    plan = AreaPlan("Deep State", DAY, "russian_held", "S-1", "CC BY-NC 4.0")
    await draw(small, areas(area(EAST)), area=plan)
    assert len(await export(small)) == 1


@pytest.mark.parametrize("licence", ["CC BY 4.0", "cc-by-sa 4.0", "CC0", "ODbL 1.0", "PDDL"])
def test_a_licence_that_lets_an_outline_be_passed_on_is_known(licence: str) -> None:
    assert may_be_shared(licence)


@pytest.mark.parametrize("licence", ["", "CC BY-NC 4.0", "CC BY-ND", "all rights", "not CC0", "?"])
def test_any_other_licence_does_not(licence: str) -> None:
    assert not may_be_shared(licence)


@pytest.mark.parametrize(
    "coordinates",
    [
        [],
        [[]],
        [[[37, 48]]],
        [[[37, 48], [38, 48], [37, 48]]],
        [[["37", 48], [38, 48], [38, 49], [37, 48]]],
        [[[37, 148], [38, 48], [38, 49], [37, 48]]],
        [[[179, 48], [-179, 48], [-179, 49], [179, 48]]],
        {"a": 1},
        [[[37, 48], None, [38, 49], [37, 48]]],
    ],
)
async def test_what_is_no_outline_is_one_sentence(small: Store, coordinates: Any) -> None:
    feature = {**area(), "geometry": {"type": "Polygon", "coordinates": coordinates}}
    (problem,) = (await draw(small, areas(feature))).problems
    assert problem.fault is Fault.NO_OUTLINE


def test_an_outline_is_kept_coarser_and_still_holds_what_it_held() -> None:
    ring = [[37 + n / 1000, 48 + (n % 7) / 1000] for n in range(1000)]
    outline = read_outline({"type": "Polygon", "coordinates": [[*ring, [37.5, 50.0]]]})
    coarse = simplify(outline, 50)
    (rings,) = coarse["coordinates"]
    assert len(rings[0]) <= 51
    spots = {1: (48.5, 37.5), 2: (47.9, 37.5), 3: (49.9, 37.1)}
    assert find_sides(read_outline(coarse), spots) == find_sides(outline, spots)


def test_sides_that_would_take_too_long_are_refused() -> None:
    zigzag = [[37 + n / 10**6, 45 + 10 * (n % 2)] for n in range(200_000)]
    outline = read_outline({"type": "Polygon", "coordinates": [[*zigzag, zigzag[0]]]})
    with pytest.raises(ValueError, match="5,000,000"):
        find_sides(outline, dict.fromkeys(range(1000), (50.0, 37.0)))


async def test_in_chat_an_area_is_named_as_whose_and_of_which_day_it_is(small: Store) -> None:
    desk = Desktop(small)
    desk.send(areas(area(EAST, status="contested")), "map.geojson")
    bare = await desk("import", file="map.geojson")
    assert "lacks by, day, control" in text_of(bare)
    columns = {"assessor": "Deep State", "as_of": "5 Nov 2025", "control": "{status}"}
    filed = await desk("import", file="map.geojson", **columns, source="S-1")
    assert text_of(filed).startswith("B-1: 1 filed")
    assert await control_by_place(small) == {"Myrnohrad": ("contested", "unspecified")}
