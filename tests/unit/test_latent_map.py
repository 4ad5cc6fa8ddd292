"""Maps of codes: where a code lies, which code a place is, and what of them is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aegui.analysis.latent_map import LatentMap, fit_map, unit_map
from aegui.records import FloatArray


def cloud(width: int = 5, rows: int = 400) -> FloatArray:
    """Codes that lie almost in a plane which is none of the units'."""
    random = np.random.default_rng(3)
    flat = random.normal(size=(rows, 2)) * (5, 2)
    turn = np.linalg.qr(random.normal(size=(width, width)))[0][:2]
    noise = random.normal(size=(rows, width)) * 0.1
    return (flat @ turn + noise + 3).astype(np.float32)


codes_of_any_width = arrays.arrays(
    np.float32,
    st.tuples(st.integers(0, 30), st.integers(1, 6)),
    elements=st.floats(-100, 100, width=32) | st.just(np.nan) | st.just(np.inf),
)


def test_two_units_are_their_own_plane() -> None:
    codes = cloud(width=2)
    plane = fit_map(codes)
    np.testing.assert_array_equal(plane.place(codes), codes)
    np.testing.assert_array_equal(plane.decode_places(codes), codes)
    assert plane.names == ("Unit 1", "Unit 2")
    assert "plane" in plane.caption


def test_one_unit_is_a_line() -> None:
    codes = np.linspace(-1, 4, 20, dtype=np.float32).reshape(-1, 1)
    line = fit_map(codes)
    assert line.is_line
    places = line.place(codes)
    np.testing.assert_array_equal(places[:, 0], codes[:, 0])
    assert not places[:, 1].any()
    # The second coordinate is free: any height stands for the same code.
    places[:, 1] = 7
    np.testing.assert_array_equal(line.decode_places(places), codes)


def test_more_units_are_seen_from_where_they_spread_most() -> None:
    codes = cloud()
    plane = fit_map(codes)
    share = plane.caption.removeprefix("PCA of the codes, ").split("\u00a0%")[0]
    assert int(share) >= 99
    assert plane.caption.endswith("% of their variance")
    places = plane.place(codes)
    np.testing.assert_allclose(places.mean(axis=0), 0, atol=1e-4)
    spread = places.std(axis=0)
    assert spread[0] > spread[1] > 1
    # What is shown is nearly all, so that going there and back loses little.
    np.testing.assert_allclose(plane.decode_places(places), codes, atol=0.6)


def test_a_place_is_where_its_code_lies() -> None:
    plane = fit_map(cloud())
    places = np.array([[0, 0], [3, -2], [-40, 9]], np.float32)
    np.testing.assert_allclose(plane.place(plane.decode_places(places)), places, atol=1e-4)


def test_a_map_does_not_turn_over_between_epochs() -> None:
    codes = cloud()
    before = fit_map(codes)
    upside_down = LatentMap(before.origin, -before.axes, before.names, before.caption)
    after = fit_map(codes, like=upside_down)
    np.testing.assert_allclose(after.place(codes), -before.place(codes), atol=1e-4)
    # A map of another width says nothing about these codes.
    other = fit_map(codes, like=fit_map(cloud(width=7)))
    np.testing.assert_array_equal(other.axes, before.axes)


def test_codes_that_are_all_the_same_have_a_map() -> None:
    codes = np.full((50, 8), 2.5, np.float32)
    plane = fit_map(codes)
    assert "all the same" in plane.caption
    assert not plane.place(codes).any()
    np.testing.assert_array_equal(plane.decode_places(np.zeros((1, 2), np.float32)), codes[:1])


def test_two_units_can_be_picked() -> None:
    codes = cloud()
    plane = unit_map(codes, 4, 1)
    np.testing.assert_array_equal(plane.place(codes), codes[:, [4, 1]])
    back = plane.decode_places(codes[:, [4, 1]])
    np.testing.assert_array_equal(back[:, [4, 1]], codes[:, [4, 1]])
    rest = [0, 2, 3]
    np.testing.assert_allclose(back[:, rest], np.tile(codes[:, rest].mean(0), (400, 1)), rtol=1e-5)
    assert plane.names == ("Unit 5", "Unit 2")
    assert "Units 5 and 2" in plane.caption


@pytest.mark.parametrize(("first", "second"), [(0, 0), (0, 5), (-1, 2)])
def test_units_that_are_not_there_cannot_be_picked(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="not two of 5"):
        unit_map(cloud(), first, second)


@pytest.mark.parametrize("shape", [(4,), (3, 0)])
def test_what_is_no_table_of_codes_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="a column for each unit"):
        fit_map(np.zeros(shape, np.float32))


# The first example imports scikit-learn.
@settings(deadline=None)
@given(codes_of_any_width)
def test_any_codes_have_a_map(codes: FloatArray) -> None:
    plane = fit_map(codes)
    assert np.isfinite(plane.origin).all()
    assert np.isfinite(plane.axes).all()
    usable = np.isfinite(codes).all(axis=1)
    places = plane.place(codes)
    assert places.shape == (len(codes), 2)
    assert np.isfinite(places[usable]).all()
    decoded = plane.decode_places(places[usable])
    assert decoded.dtype == np.float32
    again = plane.place(decoded)
    np.testing.assert_allclose(
        again, places[usable], atol=1e-2 * (1 + np.abs(places[usable]).max(initial=0))
    )
