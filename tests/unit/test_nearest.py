"""Nearest codes, against the plain way to find them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.analysis.nearest import CodeIndex


@given(st.integers(1, 40), st.integers(1, 6), st.integers(0, 8), st.integers(0, 2**32 - 1))
def test_the_nearest_are_those_of_all_distances(rows, width, count, seed):
    rng = np.random.default_rng(seed)
    codes = rng.normal(size=(rows, width)).astype(np.float32)
    code = rng.normal(size=width).astype(np.float32)
    found, distances = CodeIndex(codes).nearest(code, count)
    plain = np.linalg.norm(codes.astype(np.float64) - code, axis=1)
    assert len(found) == min(count, rows)
    np.testing.assert_allclose(distances, np.sort(plain)[: len(found)], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(distances, plain[found], rtol=1e-5, atol=1e-6)


def test_a_code_of_the_index_is_its_own_nearest():
    codes = np.random.default_rng(1).normal(1000, 1, size=(500, 8)).astype(np.float32)
    rows, distances = CodeIndex(codes).nearest(codes[123], 3)
    assert rows[0] == 123
    assert distances[0] == 0.0


@pytest.mark.parametrize("width", [1, 784])
def test_narrow_and_wide_codes_have_neighbours(width):
    codes = np.random.default_rng(2).random((30, width), dtype=np.float32)
    rows, _ = CodeIndex(codes).nearest(codes[4], 5)
    assert rows[0] == 4
    assert len(rows) == 5


def test_codes_that_are_no_numbers_are_never_near():
    codes = np.array([[np.nan], [1.0], [np.inf], [2.0]], dtype=np.float32)
    rows, _ = CodeIndex(codes).nearest(np.array([0.0], dtype=np.float32), 4)
    assert rows.tolist() == [1, 3]
    none, distances = CodeIndex(codes).nearest(np.array([np.nan], dtype=np.float32), 4)
    assert len(none) == len(distances) == 0


def test_no_codes_have_no_neighbours():
    rows, distances = CodeIndex(np.empty((0, 3), np.float32)).nearest(np.zeros(3, np.float32), 4)
    assert len(rows) == len(distances) == 0
