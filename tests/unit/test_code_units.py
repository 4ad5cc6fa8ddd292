"""The units of a code: their ranges and histograms, codes made up of them, the way between two."""

import numpy as np
import pytest

from aegui.analysis.code_units import describe_units, morph, random_code
from aegui.records import FloatArray


def codes() -> FloatArray:
    random = np.random.default_rng(1)
    return (random.normal(size=(1000, 4)) * (1, 10, 0, 2) + (0, 5, 3, 0)).astype(np.float32)


def test_a_unit_goes_from_its_first_to_its_last_percentile() -> None:
    units = describe_units(codes())
    np.testing.assert_array_equal(units.numbers, range(4))
    np.testing.assert_allclose(units.low, np.percentile(codes(), 1, axis=0), rtol=1e-5)
    np.testing.assert_allclose(units.high, np.percentile(codes(), 99, axis=0), rtol=1e-5)
    # All but the outermost hundredths are in the histogram.
    assert units.counts.shape[0] == 4
    assert (np.abs(units.counts[[0, 1, 3]].sum(axis=1) - 980) <= 2).all()


def test_a_silent_unit_has_a_histogram_of_one_bar() -> None:
    units = describe_units(codes())
    assert units.low[2] == units.high[2] == 3
    assert units.counts[2].max() == 1000


def test_of_many_units_those_that_vary_most_are_described() -> None:
    units = describe_units(codes(), most=2)
    np.testing.assert_array_equal(units.numbers, [1, 3])
    assert units.width == 4


def test_codes_that_are_not_numbers_are_passed_over() -> None:
    broken = codes()
    broken[3, 1] = np.nan
    assert np.isfinite(describe_units(broken).high).all()
    lost = describe_units(np.full((5, 3), np.inf, np.float32))
    assert not lost.counts.any()
    assert not lost.high.any()


def test_a_random_code_has_values_that_its_units_have() -> None:
    known = codes()
    code = random_code(known, np.random.default_rng(0))
    assert code.shape == (1, 4)
    for unit in range(4):
        assert code[0, unit] in known[:, unit]


def test_a_morph_is_straight_and_has_both_ends() -> None:
    start, end = np.array([0, 4, 1], np.float32), np.array([10, 0, 1], np.float32)
    way = morph(start, end, 5)
    np.testing.assert_array_equal(way[0], start)
    np.testing.assert_array_equal(way[-1], end)
    np.testing.assert_allclose(way[2], (start + end) / 2)


def test_a_random_code_is_made_of_codes_that_are_numbers() -> None:
    broken = codes()[:3]
    broken[0, 1], broken[1, 3] = np.nan, np.inf
    random = np.random.default_rng(0)
    for _ in range(20):
        np.testing.assert_array_equal(random_code(broken, random), broken[2:3])
    with pytest.raises(ValueError, match="no code"):
        random_code(broken[:2], random)
