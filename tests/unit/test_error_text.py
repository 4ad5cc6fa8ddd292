"""How errors are written: as many decimals as most of them need."""

import numpy as np
import pytest

from aegui.ui.views.text import error_decimals, error_text, error_texts


@pytest.mark.parametrize(
    ("median", "figures", "written"),
    [
        (25.84, 3, "25.8"),
        (25.84, 4, "25.84"),
        (1840.2, 3, "1840.2"),
        (0.31416, 3, "0.314"),
        (0.0314159, 3, "0.0314"),
        (0.0314159, 4, "0.03142"),
        (2.5e-6, 3, "0.00000250"),
    ],
)
def test_small_errors_have_as_many_figures_as_great_ones(median, figures, written):
    among = [median / 3, median, median * 4]
    assert error_text(median, among, figures) == written


def test_all_are_written_like_the_median():
    errors = np.array([0.0004, 0.021, 0.025, 0.9], np.float32)
    assert error_texts(errors, errors) == ["0.0004", "0.0210", "0.0250", "0.9000"]


@pytest.mark.parametrize("among", [[], [np.nan], [np.inf, np.nan], [0.0, 0.0]])
def test_without_a_scale_there_is_one_decimal(among):
    assert error_decimals(among) == 1
    assert error_text(0.25, among) == "0.2"
