"""Ranges of axes that stay where they are."""

from hypothesis import given
from hypothesis import strategies as st

from aegui.ui.views.ranges import settled_range, with_guests

numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, st.booleans())
def test_all_values_are_inside_and_stay_there(one, other, from_zero):
    low, high = sorted((one, other))
    held = settled_range(None, low, high, from_zero=from_zero)
    assert held[0] <= low <= high <= held[1]
    assert held[0] < held[1]
    assert settled_range(held, low, high, from_zero=from_zero) == held


def test_a_range_grows_when_it_must():
    held = settled_range(None, 5.0, 100.0, from_zero=True)
    assert held[0] == 0.0
    assert settled_range(held, 5.0, 200.0, from_zero=True)[1] > 200.0


def test_a_range_shrinks_only_when_little_of_it_is_used():
    held = settled_range(None, 5.0, 100.0, from_zero=True)
    assert settled_range(held, 5.0, 80.0, from_zero=True) == held
    assert settled_range(held, 5.0, 50.0, from_zero=True)[1] < 70.0


def test_values_far_from_zero_do_not_begin_there():
    assert settled_range(None, 380.0, 400.0, from_zero=True)[0] > 370.0


def test_a_guest_is_let_in_where_it_costs_little_room():
    assert with_guests(2.0, 4.0, [5.0], None) == (2.0, 5.0)
    assert with_guests(2.0, 4.0, [5.1], None) == (2.0, 4.0)
    assert with_guests(2.0, 4.0, [1.0, 3.0], None) == (1.0, 4.0)
    assert with_guests(2.0, 4.0, [6.0], None, most=2.5) == (2.0, 6.0)


def test_a_guest_that_is_in_view_stays_longer():
    assert with_guests(2.0, 4.0, [5.5], (0.0, 6.0)) == (2.0, 5.5)
    assert with_guests(2.0, 4.0, [5.5], (0.0, 5.0)) == (2.0, 4.0)
    assert with_guests(2.0, 4.0, [9.0], (0.0, 10.0)) == (2.0, 4.0)


def test_beside_a_single_value_there_is_no_guest():
    assert with_guests(3.0, 3.0, [2.0], None) == (3.0, 3.0)
