"""Errors in their order: ranges, lines, sorting, words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.analysis.error_ranks import harder_in_words, rank_errors, sort_rows
from aegui.analysis.histogram import bar_span, error_histogram

some_errors = st.lists(
    st.floats(0, 100, width=16) | st.just(float("nan")) | st.just(float("inf")), max_size=60
).map(lambda errors: np.array(errors, dtype=np.float32))
places = st.floats(-5, 105, width=32)


@given(some_errors)
def test_the_order_is_by_rising_error_and_has_every_row_once(errors):
    ranked = rank_errors(errors)
    assert sorted(ranked.order.tolist()) == list(range(len(errors)))
    np.testing.assert_array_equal(ranked.ascending, np.sort(errors[np.isfinite(errors)]))
    np.testing.assert_array_equal(errors[ranked.order[: len(ranked.ascending)]], ranked.ascending)


@given(some_errors, places, places)
def test_a_range_has_exactly_its_rows(errors, low, high):
    ranked = rank_errors(errors)
    rows = ranked.between(low, high)
    wanted = np.isfinite(errors) & (errors >= low) & (errors < high)
    assert set(rows.tolist()) == set(np.flatnonzero(wanted).tolist())
    assert (np.diff(errors[rows]) >= 0).all()


@given(some_errors.filter(lambda errors: np.isfinite(errors).any()), st.integers(1, 20))
def test_the_range_of_a_bar_has_as_many_rows_as_the_bar(errors, bins):
    ranked, histogram = rank_errors(errors), error_histogram(errors, bins)
    counts = [len(ranked.between(*bar_span(histogram, bar, bar))) for bar in range(bins)]
    assert counts == histogram.counts.tolist()
    assert len(ranked.between(*bar_span(histogram, 0, bins - 1))) == histogram.n


@given(some_errors, places)
def test_above_a_line_are_all_greater_errors_and_those_that_are_no_numbers(errors, line):
    ranked = rank_errors(errors)
    rows = ranked.above(line)
    assert len(rows) == ranked.count_above(line)
    assert set(rows.tolist()) == set(np.flatnonzero(~(errors <= line)).tolist())
    finite = errors[rows][np.isfinite(errors[rows])]
    assert (np.diff(finite) <= 0).all()


def test_below_an_error_are_smaller_ones_only():
    ranked = rank_errors([1, 2, 2, 3])
    assert [ranked.count_below(error) for error in (0.5, 2, 2.5, 9)] == [0, 1, 3, 4]
    assert rank_errors([]).count_below(1.0) == 0


def test_quantiles_are_errors_that_occur():
    ranked = rank_errors(np.arange(100))
    assert ranked.quantile(0.95) == 95
    assert ranked.quantile(1.0) == 99
    assert rank_errors([float("nan")]).quantile(0.5) is None


@pytest.mark.parametrize("descending", [False, True])
def test_rows_sort_by_each_column(descending):
    errors = np.array([3.0, 1.0, 2.0, 0.0], dtype=np.float32)
    labels = np.array([7, 5, 7, 5], dtype=np.uint8)
    rows = rank_errors(errors).order
    turn = -1 if descending else 1
    by_error = sort_rows(rows, "error", labels, descending=descending)
    assert by_error.tolist() == [3, 1, 2, 0][::turn]
    assert sort_rows(rows, "row", labels, descending=descending).tolist() == [0, 1, 2, 3][::turn]
    by_label = sort_rows(rows, "label", labels, descending=descending)
    assert by_label.tolist() == [1, 3, 0, 2][::turn]
    assert sort_rows(rows, "label", None).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("below", "words"),
    [
        (0, "easier than every test digit"),
        (40, "harder than less than 1\u00a0% of the test digits"),
        (8390, "harder than 83\u00a0% of the test digits"),
        # As a share, times 100, these are a little less than 29, 57 and 58.
        (2900, "harder than 29\u00a0% of the test digits"),
        (5700, "harder than 57\u00a0% of the test digits"),
        (5800, "harder than 58\u00a0% of the test digits"),
        (9999, "harder than 99\u00a0% of the test digits"),
        (10_000, "harder than every test digit"),
    ],
)
def test_a_share_is_never_told_greater_than_it_is(below, words):
    assert harder_in_words(below, 10_000, "digit") == words
