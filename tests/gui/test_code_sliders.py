"""A slider for each unit: many units, values that are no numbers, numbers of rows."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aegui.analysis.code_units import MOST_UNITS, describe_units
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.views.latent.code_sliders import CodeSliders

WIDE = 70


@pytest.fixture
def sliders(qtbot: QtBot, digits: Dataset) -> CodeSliders:
    sliders = CodeSliders()
    qtbot.addWidget(sliders)
    sliders.start(digits, len(digits.test), WIDE, is_variational=False)
    return sliders


def wide_codes(silent: int) -> FloatArray:
    """Return codes, (200, 70), in which six units from ``silent`` on do nothing."""
    codes = np.random.default_rng(0).normal(size=(200, WIDE)).astype(np.float32)
    codes[:, silent : silent + 6] = 0
    return codes


def test_of_many_units_others_may_come_and_keep_their_own_values(sliders: CodeSliders) -> None:
    code = np.arange(WIDE, dtype=np.float32).reshape(1, -1) / WIDE
    sliders.show_units(describe_units(wide_codes(silent=60)))
    sliders.show_code(code)
    sliders.show_units(describe_units(wide_codes(silent=0)))
    shown = [slider.accessibleName() for slider in sliders.sliders]
    assert shown[0] == "Unit 7"
    assert sliders.sliders[0].number == pytest.approx(6 / WIDE)
    assert sliders._lines[0].text == f"{6 / WIDE:.2f}"
    sliders.sliders[3].setValue(0)
    now = sliders.code
    assert now is not None
    turned = np.flatnonzero(now[0] != code[0])
    np.testing.assert_array_equal(turned, [9])


def test_a_value_that_is_no_number_stands_in_the_middle(sliders: CodeSliders) -> None:
    codes = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    sliders.show_units(describe_units(codes))
    sliders.show_code(np.array([[0, np.nan, np.inf]], np.float32))
    places = [slider.value() for slider in sliders.sliders]
    assert places[1] == sliders.sliders[1].maximum() // 2
    assert places[2] == sliders.sliders[2].maximum()
    assert not sliders.is_turned


def test_rows_are_counted_from_nought_as_everywhere(sliders: CodeSliders, digits: Dataset) -> None:
    wanted: list[Any] = []
    sliders.row_requested.connect(wanted.append)
    sliders._take.click()
    sliders.row.setValue(10_000)
    sliders._take.click()
    assert wanted == [0, len(digits.test) - 1]


def test_a_drawn_row_can_be_begun_with_wherever_rows_can_be_drawn(
    sliders: CodeSliders, digits: Dataset, curves: Dataset
) -> None:
    assert sliders._drawn.text() == "Drawn digit"
    sliders.start(curves, len(curves.test), 2, is_variational=False)
    assert sliders._drawn.text() == "Drawn row"
    assert not sliders._drawn.isHidden()
    large = replace(digits, image_shape=(14, 56))
    sliders.start(large, len(large.test), 2, is_variational=False)
    assert sliders._drawn.isHidden()


def test_sliders_are_made_a_few_at_a_time_before_they_are_wanted(
    sliders: CodeSliders, qtbot: QtBot
) -> None:
    counts: list[int] = []
    sliders._making.timeout.connect(lambda: counts.append(len(sliders._lines)))
    qtbot.waitUntil(lambda: not sliders._making.isActive())
    steps = np.diff(counts)
    assert steps.max() <= 4
    made = list(sliders._lines)
    assert len(made) == MOST_UNITS
    assert all(line.isHidden() for line in made)
    sliders.show_units(describe_units(wide_codes(silent=0)))
    assert sliders._lines == made
    assert len(sliders.sliders) == MOST_UNITS
