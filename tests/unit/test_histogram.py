"""The histogram of errors, whatever the errors are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aegui.analysis.histogram import error_histogram

any_errors = arrays.arrays(
    np.float32, st.integers(0, 200), elements=st.floats(0, 2.0**60, width=32)
)


@given(any_errors, st.integers(1, 100))
def test_every_error_is_counted_once(errors, bins):
    histogram = error_histogram(errors, bins)
    assert histogram.counts.sum() == histogram.n == len(errors)
    assert len(histogram.counts) == bins
    assert np.all(np.diff(histogram.edges) > 0)


def test_mean_and_deviation_are_of_the_whole_population():
    histogram = error_histogram(np.array([1.0, 3.0]))
    assert histogram.mean == 2.0
    assert histogram.std == 1.0


def test_bins_lie_where_they_are_asked_for():
    histogram = error_histogram(np.array([1.0, 2.5, 9.0]), 4, 0.0, 4.0)
    np.testing.assert_array_equal(histogram.edges, [0, 1, 2, 3, 4])
    np.testing.assert_array_equal(histogram.counts, [0, 1, 1, 1])


@pytest.mark.parametrize("errors", [[], [7.0], [7.0] * 50, [0.0, 0.0]])
def test_few_or_equal_errors_are_no_trouble(errors):
    histogram = error_histogram(np.array(errors, dtype=np.float32))
    assert histogram.counts.sum() == len(errors)
    assert histogram.std == 0.0


def test_errors_that_are_not_numbers_are_left_out():
    histogram = error_histogram(np.array([1.0, np.nan, np.inf, 2.0]))
    assert histogram.n == 2
    assert histogram.mean == 1.5
