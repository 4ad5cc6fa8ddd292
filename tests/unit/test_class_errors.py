"""Errors by class: boxes, typical rows, classes without rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.analysis.class_errors import classes_of, error_boxes, typical_rows
from aegui.analysis.error_ranks import rank_errors


def test_classes_are_those_of_any_labels():
    assert classes_of(np.array([3, 1]), None, np.array([1, 9])) == (1, 3, 9)
    assert classes_of(None, None) == ()


def test_a_box_has_quartiles_whiskers_and_what_is_beyond():
    errors = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], dtype=np.float32)
    (box,) = error_boxes(rank_errors(errors), None, ())
    assert (box.label, box.count, box.beyond) == (None, 10, 1)
    assert (box.first, box.median, box.third) == pytest.approx((3.25, 5.5, 7.75))
    assert (box.low, box.high) == (1, 9)
    assert box.mean == pytest.approx(14.5)


def test_a_class_without_rows_has_an_empty_box_and_no_typical_row():
    ranked = rank_errors([4, 2, 3, 1])
    labels = np.array([0, 0, 2, 2], dtype=np.uint8)
    boxes = error_boxes(ranked, labels, (0, 1, 2))
    assert [(box.label, box.count) for box in boxes] == [(0, 2), (1, 0), (2, 2)]
    most, least = typical_rows(ranked, labels, (0, 1, 2))
    assert most.tolist() == [1, 3]
    assert least.tolist() == [0, 2]


def test_without_classes_the_best_and_the_worst_are_typical():
    ranked = rank_errors([4, float("nan"), 3, 1])
    most, least = typical_rows(ranked, None, (), count=2)
    assert most.tolist() == [3, 2]
    assert least.tolist() == [1, 0]


def test_errors_that_are_no_numbers_are_in_no_box():
    errors = [float("nan"), 1.0, float("inf"), 2.0]
    boxes = error_boxes(rank_errors(errors), np.array([0, 0, 1, 1]), (0, 1))
    assert [(box.count, box.median) for box in boxes] == [(1, 1.0), (1, 2.0)]
    (none,) = error_boxes(rank_errors([]), None, ())
    assert none.count == 0


@given(st.lists(st.floats(0, 1e6, width=32), min_size=1, max_size=50))
def test_a_box_is_in_order(errors):
    (box,) = error_boxes(rank_errors(errors), None, ())
    assert box.low <= box.first <= box.median <= box.third <= box.high
    assert min(errors) <= box.low
    assert box.high <= max(errors)
    assert 0 <= box.beyond < box.count == len(errors)
