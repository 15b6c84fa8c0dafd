"""The nearest place on record is found without looking at them all."""

from hypothesis import example, given
from hypothesis import strategies as st

from store.model.entry import Place
from store.places.ground import FAR_KM, Ground, bound_circle, distance_km

LATITUDES = st.floats(-85, 85, allow_nan=False)
LONGITUDES = st.floats(-180, 180, allow_nan=False)
SPOTS = st.tuples(LATITUDES, LONGITUDES)
ANYWHERE = st.tuples(st.floats(-90, 90), LONGITUDES)
NEIGHBOURS = st.tuples(st.floats(47, 50), st.floats(36, 39))


def a_place(latitude: float | None, longitude: float | None, number: int = 1) -> Place:
    return Place(number, "Here", "", "", latitude, longitude, 0)


@given(
    st.lists(st.one_of(SPOTS, NEIGHBOURS), min_size=1, max_size=120), st.one_of(SPOTS, NEIGHBOURS)
)
def test_it_measures_to_the_nearest_of_all(
    spots: list[tuple[float, float]], here: tuple[float, float]
) -> None:
    ground = Ground((number + 2, *spot) for number, spot in enumerate(spots))

    nearest = min(distance_km(here, spot) for spot in spots)
    assert abs(ground.measure(a_place(*here)) - nearest) < max(0.01, nearest * 1e-6)


def test_a_place_on_record_is_no_distance_away_even_without_a_point() -> None:
    ground = Ground([(7, None, None)], areas=[8])

    assert ground.measure(a_place(None, None, 7)) == 0
    assert ground.measure(a_place(48, 37, 8)) == 0


def test_with_nothing_on_record_everything_is_far() -> None:
    assert Ground(()).measure(a_place(48, 37)) == FAR_KM
    assert Ground([(7, 48.0, 37.0)]).measure(a_place(None, None)) == FAR_KM


@given(ANYWHERE, ANYWHERE, st.floats(0, 500))
@example((66.0, -179.99), (66.0, 179.99), 1.0)
@example((89.9, 0.0), (89.9, 180.0), 0.0)
def test_all_that_is_near_a_point_lies_within_its_bounds(
    middle: tuple[float, float], other: tuple[float, float], more: float
) -> None:
    south, north, west, east = bound_circle(middle, distance_km(middle, other) + more)

    assert south <= other[0] <= north
    assert west <= other[1] <= east
