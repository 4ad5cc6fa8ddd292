"""Which rows are chosen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.analysis.ranking import pick_rows

some_errors = st.lists(st.floats(0, 100, width=16), min_size=1, max_size=60).map(np.array)
counts = st.integers(0, 80)


@given(some_errors, counts)
def test_best_rows_are_those_with_the_smallest_errors(errors, count):
    rows = pick_rows("best", errors, count)
    np.testing.assert_array_equal(errors[rows], np.sort(errors)[:count])


@given(some_errors, counts)
def test_worst_rows_are_those_with_the_greatest_errors(errors, count):
    rows = pick_rows("worst", errors, count)
    np.testing.assert_array_equal(errors[rows], np.sort(errors)[::-1][:count])


@given(some_errors, counts, st.integers(0, 5))
def test_random_rows_are_different_ones_and_the_same_for_a_seed(errors, count, seed):
    rows = pick_rows("random", errors, count, seed=seed)
    assert len(set(rows.tolist())) == len(rows) == min(count, len(errors))
    np.testing.assert_array_equal(rows, pick_rows("random", errors, count, seed=seed))


@pytest.mark.parametrize("order", ["best", "worst"])
def test_equal_errors_stay_in_their_order(order):
    np.testing.assert_array_equal(pick_rows(order, np.ones(5), 3), [0, 1, 2])


def test_an_error_that_is_not_a_number_is_the_worst():
    errors = np.array([1.0, np.nan, 3.0])
    assert pick_rows("worst", errors, 1).tolist() == [1]
    assert pick_rows("best", errors, 3).tolist() == [0, 2, 1]


def test_first_rows_are_the_first():
    assert pick_rows("first", np.zeros(9), 4).tolist() == [0, 1, 2, 3]


def test_by_class_takes_rows_of_that_class_only():
    labels = np.array([0, 1, 0, 1, 1], dtype=np.uint8)
    assert pick_rows("class", np.zeros(5), 2, labels, 1).tolist() == [1, 3]
    with pytest.raises(ValueError, match="labels"):
        pick_rows("class", np.zeros(5), 2)
