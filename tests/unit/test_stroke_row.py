"""A line by hand as a row of numbers."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.analysis.stroke_row import draw_line, empty_row, filled

place = st.tuples(st.floats(-1, 2), st.floats(-1, 2))


def test_a_straight_line_is_a_ramp_in_the_range_of_the_data():
    row = draw_line(empty_row(5), (0, 0), (1, 1), (-2, 2))
    np.testing.assert_allclose(row, [-2, -1, 0, 1, 2])


def test_the_direction_of_the_hand_does_not_matter():
    forth = draw_line(empty_row(32), (0.1, 0.2), (0.8, 0.9), (0, 1))
    back = draw_line(empty_row(32), (0.8, 0.9), (0.1, 0.2), (0, 1))
    np.testing.assert_array_equal(forth, back)


def test_only_what_is_passed_changes():
    row = draw_line(empty_row(11), (0, 0.5), (1, 0.5), (0, 1))
    row = draw_line(row, (0.4, 1.0), (0.6, 1.0), (0, 1))
    np.testing.assert_allclose(row, [0.5] * 4 + [1.0] * 3 + [0.5] * 4)


def test_a_line_straight_up_ends_where_the_hand_is():
    row = draw_line(empty_row(3), (0.5, 0.1), (0.5, 0.8), (0, 10))
    assert row[1] == pytest.approx(8.0)
    row = draw_line(empty_row(3), (0.5, 0.8), (0.5, 0.1), (0, 10))
    assert row[1] == pytest.approx(1.0)


def test_gaps_are_bridged_and_ends_go_on_level():
    row = np.array([np.nan, 1, np.nan, 3, np.nan], dtype=np.float32)
    np.testing.assert_allclose(filled(row), [1, 1, 2, 3, 3])
    assert filled(empty_row(4)) is None


@given(st.integers(1, 40), st.lists(place, min_size=2, max_size=8))
def test_any_stroke_stays_in_the_range(features, places):
    row = empty_row(features)
    for start, end in pairwise(places):
        row = draw_line(row, start, end, (-1.0, 3.0))
    whole = filled(row)
    assert whole is not None
    assert whole.shape == (features,)
    assert whole.min() >= -1.0
    assert whole.max() <= 3.0
