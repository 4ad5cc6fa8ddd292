"""What the network is given must look like what it learned from."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aegui.analysis.drawing import normalise_digit, shrink_raw
from aegui.data import load_dataset
from aegui.records import FloatArray
from aegui.specs import MnistSpec

inks = arrays.arrays(
    dtype=np.float32,
    shape=arrays.array_shapes(min_dims=2, max_dims=2, max_side=60),
    elements=st.floats(0.0, 1.0, width=32),
)


def centre_of_mass(picture: FloatArray) -> tuple[float, float]:
    numbers = np.arange(28)
    total = picture.sum()
    return (
        float(picture.sum(axis=1) @ numbers / total),
        float(picture.sum(axis=0) @ numbers / total),
    )


@given(inks)
@settings(max_examples=150, deadline=None)
def test_any_drawing_becomes_a_small_picture(ink: FloatArray) -> None:
    for picture in (normalise_digit(ink), shrink_raw(ink)):
        assert picture.shape == (28, 28)
        assert picture.dtype == np.float32
        assert np.isfinite(picture).all()
        assert picture.min() >= 0.0
        assert picture.max() <= 1.0


@given(inks, st.integers(2, 64))
@settings(max_examples=100, deadline=None)
def test_pictures_of_another_size_are_made_in_proportion(ink: FloatArray, side: int) -> None:
    for make in (normalise_digit, shrink_raw):
        picture = make(ink, side)
        assert picture.shape == (side, side)
        assert picture.min() >= 0.0
        assert picture.max() <= 1.0
    assume((ink > 0.1).any())
    lines = np.flatnonzero(normalise_digit(ink, side).any(axis=1))
    assert lines[-1] - lines[0] < max(1, round(side * 20 / 28))


@given(inks)
@settings(max_examples=150, deadline=None)
def test_the_centre_of_mass_is_in_the_middle_unless_the_edge_is_in_the_way(ink: FloatArray) -> None:
    picture = normalise_digit(ink)
    assume(picture.any())
    for axis, centre in enumerate(centre_of_mass(picture)):
        lines = np.flatnonzero(picture.any(axis=1 - axis))
        assert abs(centre - 14) <= 0.6 or lines[0] == 0 or lines[-1] == 27


@given(inks, st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=100, deadline=None)
def test_where_it_was_drawn_does_not_matter(ink: FloatArray, down: int, right: int) -> None:
    height, width = ink.shape
    here = np.zeros((height + 40, width + 40), dtype=np.float32)
    there = here.copy()
    here[:height, :width] = ink
    there[down : down + height, right : right + width] = ink
    np.testing.assert_allclose(normalise_digit(here), normalise_digit(there), atol=1e-6)


def test_an_empty_canvas_is_an_empty_picture() -> None:
    assert not normalise_digit(np.zeros((280, 280), dtype=np.float32)).any()
    assert not normalise_digit(np.zeros((0, 0), dtype=np.float32)).any()


def test_one_pixel_and_a_full_canvas_fill_the_box() -> None:
    dot = np.zeros((280, 280), dtype=np.float32)
    dot[3, 277] = 1.0
    for ink in (dot, np.ones((280, 280), dtype=np.float32)):
        picture = normalise_digit(ink)
        assert picture.sum() == pytest.approx(400, rel=1e-5)
        assert picture[4:25, 4:25].sum() == pytest.approx(400, rel=1e-5)


def test_proportions_are_kept() -> None:
    ink = np.zeros((300, 300), dtype=np.float32)
    ink[50:250, 100:120] = 1.0
    picture = normalise_digit(ink)
    assert np.count_nonzero(picture.any(axis=1)) == 20
    assert np.count_nonzero(picture.any(axis=0)) == 2


def test_real_digits_come_back_as_they_were() -> None:
    digits = load_dataset(MnistSpec()).test[:200].reshape(-1, 28, 28)
    for digit in digits:
        drawn = np.kron(digit, np.ones((10, 10), dtype=np.float32))
        assert np.abs(normalise_digit(drawn) - digit).mean() < 0.01


def test_raw_keeps_the_place() -> None:
    ink = np.zeros((280, 280), dtype=np.float32)
    ink[0:10, 270:280] = 1.0
    picture = shrink_raw(ink)
    assert picture[0, 27] == pytest.approx(1.0)
    assert picture.sum() == pytest.approx(1.0, rel=1e-5)
