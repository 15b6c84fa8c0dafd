"""Points on the map, pasted as people do: what lies there, never a place that it is said to be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.points import TypedPoint, separate_points
from store.places.ground import bearing_deg, distance_km
from tests.commands.questions_read import line_as_read
from tests.fakes import Talk

PLACE = (
    "https://www.google.com/maps/place/48%C2%B017'00.0%22N+37%C2%B011'00.0%22E"
    "/@48.2,37.1,17z/data=!3m1!4b1!4m4!3m3!8m2!3d48.2833!4d37.1833"
)


@pytest.mark.parametrize(
    "line",
    [
        "48.2833, 37.1833",
        "48.2833 37.1833",
        "(48.2833,37.1833)",
        "48,2833 37,1833",
        "what is at 48.2833 37.1833?",
        "хто контролює 48.2833, 37.1833",
        "https://www.google.com/maps/@48.2833,37.1833,15z",
        "https://maps.google.com/?q=48.2833%2C37.1833",
        PLACE,
        "https://www.openstreetmap.org/#map=14/48.2833/37.1833",
        "https://www.openstreetmap.org/?mlat=48.2833&mlon=37.1833#map=12/48.2000/37.1000",
        "look https://deepstatemap.live/#11/48.2833/37.1833 pls",
        "geo:48.2833,37.1833",
    ],
)
async def test_a_point_that_is_pasted_was_not_understood(ask: Talk, line: str) -> None:
    assert await line_as_read(ask, line) == "/nearest point:48.2833,37.1833"


@pytest.mark.parametrize(
    "line",
    [
        "48°17′N 37°11′E",
        "48°17'00.0\"N 37°11'00.0\"E",
        "N48.28333 E37.18333",
        "37.18333E 48.28333N",
        "48.28333° N, 37.18333° E",
        "48.28333 с.ш. 37.18333 в.д.",
        "lat 48.28333 lon 37.18333",
    ],
)
async def test_letters_say_which_is_the_latitude(ask: Talk, line: str) -> None:
    assert await line_as_read(ask, line) == "/nearest point:48.28333N,37.18333E"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("48 17 0 N 37 10 55 E", "48.28333N,37.18194E"),
        ("48 17.5 N, 37 10.5 E", "48.29167N,37.175E"),
        ("37U DQ 12345 67890", "49.35742N,37.79292E"),
        ("37UDQ1234567890", "49.35742N,37.79292E"),
        ("strike at 37u cp 654 489, any losses?", "48.27945N,37.18642E"),
    ],
)
async def test_degrees_without_signs_and_military_grids_were_not_understood(
    ask: Talk, line: str, read: str
) -> None:
    assert await line_as_read(ask, line) == f"/nearest point:{read}"


@pytest.mark.parametrize(
    ("grid", "north", "east"),
    [
        ("37UCP6542148918", 48.27916, 37.18605),
        ("10TET0000000000", 46.95353, -122.99999),
        ("55MFU8231983994", -1.04910, 148.63850),
        ("57LVD9751012443", -15.26427, 158.97682),
        ("51EXS2554862244", -57.16581, 125.07614),
        ("35XNH0000000000", 78.37303, 27.00002),
    ],
)
def test_a_military_grid_is_read_within_ten_metres(grid: str, north: float, east: float) -> None:
    rest, (point,) = separate_points(grid)
    assert rest == ""
    assert distance_km((point.latitude, point.longitude), (north, east)) < 0.01


@pytest.mark.parametrize(
    "line", ["37U ZQ 12345 67890", "37U DQ 1234 67890", "61U DQ 12345 67890", "37I DQ 123 678"]
)
def test_what_is_no_square_of_the_military_grid_is_no_point(line: str) -> None:
    assert separate_points(line) == (line, ())


@pytest.mark.parametrize(
    "line",
    ["rates 41.50, 43.20", "score was 48.28 37.18", "курс 41,5034 48,2033 грн", "48.283 37.183 $"],
)
async def test_prices_were_taken_for_a_point(ask: Talk, line: str) -> None:
    """“rates 41.50, 43.20” was answered with what lies around a point in Georgia."""
    assert not (await line_as_read(ask, line)).startswith("/nearest")


@pytest.mark.parametrize(
    "line", ["48.28 37.18", "what is at 48.28, 37.18?", "координати: 48.28 37.18"]
)
async def test_two_figures_behind_the_point_do_where_nothing_else_is_asked(
    ask: Talk, line: str
) -> None:
    assert await line_as_read(ask, line) == "/nearest point:48.28,37.18"


@pytest.mark.parametrize(
    "line",
    [
        "24.10 31.10",
        "29.10–03.11",
        "14.30 15.45",
        "10.20.30.40",
        "12.50% 13.75%",
        "48 37",
        "48°N 37°E",
        "48°75'N 37°11'E",
        "48.28N 37.18N",
        "T-72 4.5 km",
        "lost 12,500 men and 13,750 shells",
        "v1.25.48 2.48.37",
    ],
)
def test_days_hours_and_shares_are_no_points(line: str) -> None:
    assert separate_points(line) == (line, ())


async def test_the_nearest_place_is_named_with_how_far_and_where_the_point_lies(ask: Talk) -> None:
    answer = await ask("/nearest 48.30,37.10")

    assert answer.first.startswith("The nearest known place is ")
    assert "Read as latitude 48.30, longitude 37.10." in answer.text
    assert "Which of them it belongs to is not known here." in answer.text
    assert any(line.startswith("/status place:P-") for line in answer.offered)


async def test_the_distances_and_sides_are_those_of_the_middles(ask: Talk) -> None:
    point = 48.32, 37.12
    for near in await ask.store.landmarks.beside_point(point, 12):
        assert near.place.latitude is not None
        assert near.place.longitude is not None
        middle = near.place.latitude, near.place.longitude
        assert near.km == distance_km(middle, point) <= 12
        north = math.cos(math.radians(near.bearing)) > 0
        assert north == (point[0] > middle[0]) or abs(point[0] - middle[0]) < 0.01


async def test_the_nearest_place_on_record_is_offered_though_others_are_nearer(ask: Talk) -> None:
    answer = await ask("/nearest 48.40,37.20")

    refs = [line.removeprefix("/status place:") for line in answer.offered]
    counts = [
        (await ask(f"/events {ref}")).first + (await ask(f"/claims {ref}")).first for ref in refs
    ]
    assert len(refs) == 4
    assert all(count.startswith("No events") and "No claims" in count for count in counts[:3])
    assert "No claims" not in counts[3]


async def test_longitude_first_is_read_where_only_that_lies_in_what_the_desk_covers(
    ask: Talk,
) -> None:
    answer = await ask("37.1833, 48.2833")

    assert answer.first.startswith("The nearest known place is Pokrovsk")
    assert "latitude 48.2833, longitude 37.1833. The other way round it lies outside" in answer.flat


async def test_letters_are_never_turned_round(ask: Talk) -> None:
    """A point in Iran would have been one in Pokrovsk."""
    answer = await ask("37.1833N 48.2833E")

    assert answer.first == "No known place lies within 30 km of that point."


@pytest.mark.parametrize("line", ["52.2297, 21.0122", "-33.8688, 151.2093", "0.0000, 0.0000"])
async def test_outside_what_the_desk_covers_no_place_is_named(ask: Talk, line: str) -> None:
    answer = await ask(line)

    assert answer.first == "No known place lies within 30 km of that point."
    assert "This desk covers places in Ukraine" in answer.flat
    assert answer.offered == []


async def test_a_second_point_is_offered_and_the_day_goes_on(ask: Talk) -> None:
    answer = await ask("48.2833, 37.1833 or 48.0159, 37.8028 on 5 Nov")

    assert answer.offered[0] == "/status place:P-704422 at:2025-11-05"
    assert answer.offered[-1] == "/nearest point:48.0159,37.8028 at:2025-11-05"


@pytest.mark.parametrize(
    "line", ["/nearest 48.28,37.18 Pokrovsk", "/nearest 48.28,37.18 yesterday"]
)
async def test_what_stands_beside_a_point_is_not_passed_over(ask: Talk, line: str) -> None:
    answer = await ask(line)

    assert answer.refused or "at:2025-11-06" in answer.text


async def test_a_point_for_a_place_is_told_where_to_go(ask: Talk) -> None:
    answer = await ask("/status 48.2833, 37.1833")

    assert answer.refused
    assert "/nearest 48.2833,37.1833" in answer.text


@given(
    st.floats(-90, 90, allow_nan=False),
    st.floats(-180, 180, allow_nan=False),
    st.booleans(),
)
def test_a_point_that_is_written_reads_as_the_same_point(
    north: float,
    east: float,
    sure: bool,  # noqa: FBT001 -- hypothesis gives it
) -> None:
    point = TypedPoint(round(north, 5), round(east, 5), sure)
    assert separate_points(point.text) == ("", (point,))


def test_a_bearing_is_clockwise_from_north() -> None:
    assert round(bearing_deg((48.0, 37.0), (49.0, 37.0))) == 0
    assert round(bearing_deg((48.0, 37.0), (48.0, 38.0))) == 90
    assert round(bearing_deg((48.0, 37.0), (47.0, 37.0))) == 180
    assert round(bearing_deg((48.0, 37.0), (48.0, 36.0))) == 270
