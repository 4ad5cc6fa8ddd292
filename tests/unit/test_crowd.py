"""Who is near a place of the map, where rows lie at all, and where names can stand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aegui.analysis.crowd import class_places, gather, lanes
from aegui.records import FloatArray


def at(x: float, y: float) -> FloatArray:
    return np.array([x, y], np.float32)


def two_clusters(rows: int = 400) -> FloatArray:
    random = np.random.default_rng(0)
    places = random.normal(size=(rows, 2))
    places[: rows // 2] += (-20, 0)
    places[rows // 2 :] += (20, 5)
    return places.astype(np.float32)


def test_the_nearest_row_is_found() -> None:
    places = np.array([[0, 0], [10, 0], [0, 1]], np.float32)
    crowd = gather(places)
    assert crowd.row_at(at(1, 0.1)) == 0
    assert crowd.row_at(at(9, 0.4)) == 1
    # Far is judged by each axis' own span, as it is seen on the screen.
    assert crowd.row_at(at(4, 0.9)) == 2


def test_the_land_between_clusters_is_not_populated() -> None:
    crowd = gather(two_clusters())
    assert crowd.row_at(at(-20, 0)) is not None
    assert crowd.row_at(at(20, 5)) is not None
    assert crowd.row_at(at(0, 2.5)) is None
    assert crowd.row_at(at(500, 500)) is None


def test_a_row_itself_is_where_rows_are() -> None:
    places = two_clusters()
    crowd = gather(places)
    assert all(crowd.row_at(place) is not None for place in places[::20])


def test_what_is_not_a_number_is_nowhere() -> None:
    places = two_clusters()
    places[::2] = np.nan
    crowd = gather(places)
    nearest = crowd.row_at(at(-20, 0))
    assert nearest is not None
    assert nearest % 2 == 1
    lost = gather(np.full((10, 2), np.nan, np.float32))
    assert lost.row_at(at(0, 0)) is None


def test_nobody_is_near_on_an_empty_map() -> None:
    crowd = gather(np.empty((0, 2), np.float32))
    assert crowd.row_at(at(0, 0)) is None


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_rows_populate_all_of_their_map(count: int) -> None:
    crowd = gather(np.arange(2 * count, dtype=np.float32).reshape(-1, 2))
    assert crowd.row_at(at(0, 1)) == 0


def test_a_name_stands_in_the_thick_of_its_class() -> None:
    places = two_clusters()
    # Three quarters of the class are in one cluster; its mean would be between both.
    labels = np.full(400, 3, np.uint8)
    labels[:100] = 8
    names = class_places(places, labels)
    assert set(names) == {3, 8}
    np.testing.assert_allclose(names[3], (20, 5), atol=1)
    np.testing.assert_allclose(names[8], (-20, 0), atol=1)
    assert class_places(places, None) == {}


def test_names_make_way_for_each_other() -> None:
    random = np.random.default_rng(0)
    places = random.normal(size=(600, 2)).astype(np.float32)
    labels = (np.arange(600) % 6).astype(np.uint8)
    labels[:5] = 7
    places[:5] = places[5:10] = 0
    names = np.array(list(class_places(places, labels).values()))
    span = np.percentile(places, 99, axis=0) - np.percentile(places, 1, axis=0)
    apart = np.sqrt((((names[:, None] - names) / span) ** 2).sum(axis=2)) + 9 * np.eye(7)
    assert apart.min() > 0.06


def test_a_class_that_is_nowhere_has_no_name() -> None:
    places = two_clusters(10)
    places[5:] = np.nan
    assert set(class_places(places, np.repeat(np.array([0, 1], np.uint8), 5))) == {0}


def test_each_class_has_its_lane() -> None:
    labels = np.repeat(np.array([2, 7], np.uint8), 50)
    heights = lanes(100, labels)
    assert ((heights[:50] > 0) & (heights[:50] < 1)).all()
    assert ((heights[50:] > 1) & (heights[50:] < 2)).all()
    assert len(np.unique(heights)) == 100
    assert lanes(30, None).shape == (30,)


@settings(deadline=None)
@given(
    arrays.arrays(
        np.float32,
        st.tuples(st.integers(0, 40), st.just(2)),
        elements=st.floats(-1e6, 1e6, width=32) | st.just(np.nan),
    )
)
def test_any_places_make_a_crowd(places: FloatArray) -> None:
    crowd = gather(places)
    assert (crowd.scale > 0).all()
    usable = np.isfinite(places).all(axis=1)
    found = [crowd.row_at(place) for place in places[usable]]
    assert all(number is not None and usable[number] for number in found)
    elsewhere = crowd.row_at(at(0, 0))
    assert elsewhere is None or usable[elsewhere]


@pytest.mark.parametrize("axes", [1, 2])
def test_rows_of_a_collapsed_code_are_where_they_are(axes: int) -> None:
    places = np.full((500, 2), 3.0, np.float32)
    if axes == 1:
        places[:, 1] = lanes(500, None)
    crowd = gather(places, axes)
    assert crowd.row_at(at(3, 0.5)) is not None or axes == 2
    assert crowd.row_at(at(3.002, 3)) is not None
    assert crowd.row_at(at(9, 3)) is None


def test_hidden_rows_are_not_near_however_few_there_are() -> None:
    crowd = gather(np.arange(8, dtype=np.float32).reshape(-1, 2))
    hidden = replace(crowd, places=np.full((4, 2), np.nan, np.float32))
    assert crowd.row_at(at(0, 1)) == 0
    assert hidden.row_at(at(0, 1)) is None
