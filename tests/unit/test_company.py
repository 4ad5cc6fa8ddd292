"""A drawn row among the test rows."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from aegui.analysis import company as module
from aegui.analysis import rows as rows_module
from aegui.analysis.company import find_company, make_background


@dataclass(frozen=True)
class NarrowModel:
    """Has the first ``width`` pixels of the middle line as its code, and rebuilds half of a row."""

    width: int
    weights: tuple = ()

    def encode(self, rows):
        return rows[:, 232 : 232 + self.width].copy()

    def decode(self, codes):
        return np.repeat(codes[:, :1], 784, axis=1)

    def reconstruct(self, rows):
        return rows * np.float32(0.5)


def errors_of(model, dataset):
    return np.abs(dataset.test - model.reconstruct(dataset.test)).sum(axis=1)


@pytest.mark.parametrize("width", [1, 2, 5])
def test_a_test_row_is_its_own_nearest_and_lies_where_it_lies(digits, width):
    model = NarrowModel(width)
    errors = errors_of(model, digits)
    background = make_background(model, digits, errors)
    assert background.places.shape == (40, 2)
    row = digits.test[7:8]
    company = find_company(background, row, model.reconstruct(row), 5)
    assert company.code.shape == (width,)
    axes = 1 if width == 1 else 2
    at = background.places[7, :axes]
    np.testing.assert_allclose(company.place[:axes], at, rtol=1e-5, atol=1e-6)
    assert company.distances[0] == 0.0
    assert 7 in company.nearest
    assert company.error == pytest.approx(errors[7], rel=1e-5)
    assert company.below == pytest.approx((errors < errors[7]).sum(), abs=1)


@pytest.mark.parametrize("ink", [0, 1, 784])
def test_one_pixel_and_a_full_canvas_have_company(digits, ink):
    model = NarrowModel(2)
    background = make_background(model, digits, errors_of(model, digits))
    row = np.zeros((1, 784), dtype=np.float32)
    row[0, :ink] = 1.0
    company = find_company(background, row, model.reconstruct(row), 6)
    assert len(company.nearest) == 6
    assert company.error == pytest.approx(ink / 2)
    assert company.below == (len(digits.test) if ink == 784 else 0)


def test_parts_make_the_same_as_all_at_once(digits, monkeypatch):
    model = NarrowModel(3)
    errors = errors_of(model, digits)
    whole = make_background(model, digits, errors)
    monkeypatch.setattr(rows_module, "_PART", 784 * 7)
    np.testing.assert_array_equal(make_background(model, digits, errors).places, whole.places)


def test_many_rows_are_thinned_and_keep_their_numbers(digits, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 10)
    model = NarrowModel(2)
    background = make_background(model, digits, errors_of(model, digits))
    assert background.rows.tolist()[0] == 0
    assert background.rows.tolist()[-1] == 39
    row = digits.test[39:40]
    company = find_company(background, row, model.reconstruct(row), 1)
    assert company.distances[0] == 0.0
    assert company.nearest[0] in background.rows


def test_what_is_not_wanted_any_more_ends(digits):
    model = NarrowModel(2)
    errors = errors_of(model, digits)
    assert make_background(model, digits, errors, is_wanted=lambda: False) is None


def test_a_code_of_which_all_units_are_silent(digits):
    silent = replace(digits, test=np.zeros_like(digits.test))
    model = NarrowModel(4)
    background = make_background(model, silent, np.zeros(40, np.float32))
    assert background.reach == 1.0
    company = find_company(background, silent.test[:1], silent.test[:1], 3)
    assert company.below == 0
    assert len(company.nearest) == 3
