"""Errors by feature: the same numbers in parts as at once."""

import numpy as np
import pytest

from aegui.analysis import feature_errors as module
from aegui.analysis import rows as rows_module
from aegui.analysis.feature_errors import feature_errors


@pytest.fixture
def rows():
    return np.random.default_rng(0).random((50, 7), dtype=np.float32)


def shifted(rows):
    return rows * np.float32(0.5) + np.arange(rows.shape[1], dtype=np.float32) * np.float32(0.05)


def test_means_are_those_of_all_rows_however_they_are_cut(rows, monkeypatch):
    parts = []

    def rebuild(part):
        parts.append(len(part))
        return shifted(part)

    monkeypatch.setattr(rows_module, "_PART", 7 * 16)
    errors = feature_errors(rows, None, rebuild)
    assert parts == [16, 16, 16, 2]
    assert errors.rows == 50
    np.testing.assert_allclose(errors.size, np.abs(shifted(rows) - rows).mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(errors.bias, (shifted(rows) - rows).mean(axis=0), rtol=1e-4)


def test_chosen_rows_alone_count(rows):
    chosen = np.array([3, 40, 7])
    errors = feature_errors(rows, chosen, shifted)
    expected = np.abs(shifted(rows[chosen]) - rows[chosen]).mean(axis=0)
    np.testing.assert_allclose(errors.size, expected, rtol=1e-5)
    assert errors.rows == 3


def test_no_rows_are_no_error(rows):
    errors = feature_errors(rows, np.empty(0, dtype=np.intp), shifted)
    assert errors.rows == 0
    assert not errors.size.any()


def test_rows_beyond_count_are_thinned_evenly(rows, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 10)
    errors = feature_errors(rows, None, shifted)
    assert errors.rows == 10


def test_a_row_that_is_not_finite_is_left_out(rows):
    def astray(part):
        made = shifted(part)
        made[0] = np.nan
        return made

    errors = feature_errors(rows, None, astray)
    assert errors.rows == 49
    assert np.isfinite(errors.size).all()


def test_what_is_not_wanted_any_more_ends_at_once(rows):
    asked = []

    def rebuild(part):
        asked.append(len(part))
        return part

    assert feature_errors(rows, None, rebuild, lambda: False) is None
    assert not asked
