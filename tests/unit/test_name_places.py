"""Names that would stand on each other are moved apart."""

from itertools import combinations

import pytest

from aegui.ui.views.name_places import moved_apart

SIZE = (14.0, 18.0)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (1000.0, -250.0)])
def test_boxes_of_one_place_stand_side_by_side(shift: tuple[float, float]) -> None:
    placed = moved_apart([shift] * 10, [SIZE] * 10)
    assert placed[0] == shift
    for (x, y), (other_x, other_y) in combinations(placed, 2):
        assert abs(x - other_x) >= SIZE[0] - 1e-9 or abs(y - other_y) >= SIZE[1] - 1e-9
    at_rest = moved_apart([(0.0, 0.0)] * 10, [SIZE] * 10)
    for (x, y), (rest_x, rest_y) in zip(placed, at_rest, strict=True):
        assert (x - shift[0], y - shift[1]) == pytest.approx((rest_x, rest_y))


def test_boxes_with_room_stay_where_they_are() -> None:
    apart = [(0.0, 0.0), (30.0, 0.0), (0.0, 40.0)]
    assert moved_apart(apart, [SIZE] * 3) == apart


def test_a_box_without_a_free_place_stays() -> None:
    wide = [(500.0, 500.0), SIZE]
    assert moved_apart([(0.0, 0.0), (3.0, 4.0)], wide) == [(0.0, 0.0), (3.0, 4.0)]
