"""Rows in parts and fewer rows: nothing is left out, nothing comes twice."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.analysis import rows as module
from aegui.analysis.rows import encode_in_parts, parts, thinned


@given(st.integers(0, 2_000_000), st.integers(0, 5000))
def test_parts_are_all_rows_and_small(count, features):
    taken = list(parts(count, features))
    assert sum(part.stop - part.start for part in taken) == count
    assert all(before.stop == after.start for before, after in pairwise(taken))
    assert all((part.stop - part.start) * features <= module._PART for part in taken)


@given(st.integers(0, 500), st.integers(1, 100))
def test_of_many_rows_evenly_chosen_ones_are_left(count, most):
    rows = thinned(count, most)
    assert len(rows) == min(count, most)
    assert len(set(rows.tolist())) == len(rows)
    assert not len(rows) or (rows.min() >= 0 and rows.max() < count)


def test_codes_of_parts_are_those_of_all(monkeypatch):
    monkeypatch.setattr(module, "_PART", 20)
    rows = np.random.default_rng(0).random((50, 4), np.float32)
    chosen = np.array([3, 49, 0, 7, 7, 12, 30])
    sizes = []

    def encode(some):
        sizes.append(len(some))
        return some[:, :2] * 3

    codes = encode_in_parts(encode, rows, chosen, lambda: True)
    np.testing.assert_array_equal(codes, rows[chosen, :2] * 3)
    assert sizes == [5, 2]
    assert encode_in_parts(encode, rows, chosen, lambda: len(sizes) < 3) is None
    with pytest.raises(ValueError, match="no rows"):
        encode_in_parts(encode, rows, chosen[:0], lambda: True)
