"""t-SNE maps: neighbours stay neighbours, it tells how far it is, and it can be called off."""

import subprocess
import sys

import numpy as np
import pytest

from aegui.analysis import tsne
from aegui.analysis.tsne import NeighbourMap, make_tsne
from aegui.records import FloatArray


def clusters(rows: int = 60) -> tuple[FloatArray, np.ndarray]:
    random = np.random.default_rng(0)
    labels = np.arange(rows) % 3
    codes = random.normal(size=(rows, 6)) * 0.3
    codes[:, :3] += 8 * np.eye(3)[labels]
    return codes.astype(np.float32), labels


def test_clusters_stay_together() -> None:
    codes, labels = clusters()
    shares: list[float] = []

    def report(share: float) -> bool:
        shares.append(share)
        return True

    found = make_tsne(codes, report)
    assert found is not None
    middles = np.array([found.places[labels == k].mean(axis=0) for k in range(3)])
    apart = ((found.places[:, None] - middles) ** 2).sum(axis=2)
    np.testing.assert_array_equal(apart.argmin(axis=1), labels)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert shares == sorted(shares)
    assert len(shares) > 20
    assert "t-SNE" in found.caption


@pytest.mark.parametrize("enough", [0.0, 0.3, 0.7])
def test_it_is_called_off_half_way(enough: float) -> None:
    shares: list[float] = []

    def report(share: float) -> bool:
        shares.append(share)
        return share < enough

    assert make_tsne(clusters()[0], report) is None
    assert shares[-1] < enough + 0.1


def test_codes_that_are_not_numbers_are_nowhere() -> None:
    codes, _ = clusters()
    codes[7] = np.nan
    found = make_tsne(codes, lambda _: True)
    assert found is not None
    lost = np.isnan(found.places).any(axis=1)
    np.testing.assert_array_equal(np.flatnonzero(lost), [7])


@pytest.mark.parametrize("codes", [np.zeros((3, 5)), np.full((50, 5), 2.0)])
def test_too_few_or_equal_codes_are_refused(codes: np.ndarray) -> None:
    with pytest.raises(ValueError, match="at least four codes"):
        make_tsne(codes.astype(np.float32), lambda _: True)


def test_a_place_stands_for_the_codes_around_it() -> None:
    places = np.array([[0, 0], [1, 0], [0, 1], [50, 50]], np.float32)
    codes = np.array([[1.0], [2.0], [3.0], [100.0]], np.float32)
    plane = NeighbourMap(places, codes, "")
    at_rows = plane.decode_places(places)
    np.testing.assert_allclose(at_rows, codes, rtol=1e-3)
    between = plane.decode_places(np.array([[0.5, 0.5]], np.float32))
    assert 1 < between[0, 0] < 3


def test_it_brings_no_numba_along() -> None:
    """The frozen program would carry numba's compiler."""
    script = (
        "import sys, numpy as np; from aegui.analysis.tsne import make_tsne;"
        "make_tsne(np.eye(9, dtype=np.float32), lambda share: share < 0.1);"
        "sys.exit(any(name in sys.modules for name in ('numba', 'pynndescent', 'llvmlite')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("silent", [0, 1])
def test_it_begins_small_and_off_a_line_where_a_unit_is_silent(silent: int) -> None:
    codes = np.random.default_rng(0).normal(size=(80, 2)).astype(np.float32) * 5
    codes[:, silent] = 0
    start = tsne._start(codes)
    assert start.std(axis=0).max() == pytest.approx(1e-4, rel=0.01)
    assert start.std(axis=0).min() > 0
    np.testing.assert_array_equal(start, tsne._start(codes))


def test_the_search_for_neighbours_is_the_last_when_it_was_called_off() -> None:
    answers = iter([True, False])
    shares: list[float] = []

    def report(share: float) -> bool:
        shares.append(share)
        return next(answers)

    assert make_tsne(clusters()[0], report) is None
    assert shares == [0.0, 0.0]


def test_many_places_at_once_are_those_one_by_one() -> None:
    random = np.random.default_rng(0)
    places = random.normal(size=(500, 2)).astype(np.float32)
    codes = random.normal(size=(500, 8)).astype(np.float32)
    places[3], codes[9, 2] = np.nan, np.inf
    plane = NeighbourMap(places, codes, "")
    wanted = random.normal(size=(400, 2)).astype(np.float32)
    found = plane.decode_places(wanted)
    usable = np.isfinite(places).all(axis=1) & np.isfinite(codes).all(axis=1)
    for place, code in zip(wanted[:20], found, strict=False):
        squares = ((places[usable] - place) ** 2).sum(axis=1)
        nearest = np.argsort(squares)[:3]
        weights = 1 / (squares[nearest] + 1e-9)
        mean = (weights[:, None] * codes[usable][nearest]).sum(axis=0) / weights.sum()
        np.testing.assert_allclose(code, mean, rtol=1e-3, atol=1e-4)
