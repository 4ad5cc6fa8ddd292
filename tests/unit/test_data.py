import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

import aegui.data.mnist as mnist_module
from aegui.data import DataError, load_dataset, load_test_rows, preview_rows
from aegui.data.generated import make_generated
from aegui.places import MissingResourceError, resource
from aegui.specs import DatasetSpec, MnistSpec, NoiseSpec, SinusoidsSpec


def test_noise_is_uniform_and_has_no_pattern() -> None:
    dataset = load_dataset(NoiseSpec(rows=20_000, features=8, seed=3))
    assert dataset.train.shape == (18_000, 8)
    assert dataset.test.shape == (2_000, 8)
    assert dataset.train.dtype == np.float32
    assert 0 <= dataset.train.min() < 0.001 < 0.999 < dataset.train.max() < 1
    correlation = np.corrcoef(dataset.train.T) - np.eye(8)
    assert np.abs(correlation).max() < 0.03


def test_noise_keeps_to_its_range() -> None:
    rows = load_dataset(NoiseSpec(rows=5000, low=-2, high=6)).train
    assert -2 <= rows.min() < -1.9
    assert 5.9 < rows.max() <= 6


def test_a_sinusoid_is_sin_squared_over_half_a_turn() -> None:
    spec = SinusoidsSpec(rows=500, features=20, seed=5, test_share=0.2)
    dataset = load_dataset(spec)
    assert (len(dataset.train), len(dataset.test)) == (400, 100)
    rows = np.concatenate([dataset.train, dataset.test])
    t = np.linspace(0, np.pi, 20)
    # The first value tells sin² of the phase; one of the four phases that have it must fit.
    angle = np.arcsin(np.sqrt(rows[:, 0].astype(np.float64)))
    candidates = np.stack([angle, np.pi - angle])
    waves = np.sin(candidates[:, :, None] + t) ** 2
    misfit = np.abs(waves - rows).max(axis=2).min(axis=0)
    assert misfit.max() < 2e-3
    assert np.ptp(rows[:, 0]) > 0.95


@pytest.mark.parametrize(
    "spec", [NoiseSpec(rows=300), SinusoidsSpec(rows=300), MnistSpec(rows=300)]
)
def test_the_same_spec_gives_the_same_rows_and_split(spec: DatasetSpec) -> None:
    first = load_dataset(spec)
    load_dataset(NoiseSpec(rows=20, seed=9))
    again = load_dataset(spec)
    assert again is not first
    np.testing.assert_array_equal(first.train, again.train)
    np.testing.assert_array_equal(first.test, again.test)


def test_another_seed_gives_other_rows() -> None:
    rows = [load_dataset(NoiseSpec(rows=100, seed=seed)).train for seed in (1, 2)]
    assert not np.array_equal(rows[0], rows[1])


@pytest.mark.parametrize("spec", [NoiseSpec(rows=100), SinusoidsSpec(rows=100)])
def test_a_preview_shows_rows_that_will_be_trained_on(spec: NoiseSpec | SinusoidsSpec) -> None:
    np.testing.assert_array_equal(preview_rows(spec), load_dataset(spec).train[:10])


def test_mnist_has_its_own_split_its_labels_and_unit_pixels() -> None:
    dataset = load_dataset(MnistSpec())
    assert dataset.train.shape == (60_000, 784)
    assert dataset.test.shape == (10_000, 784)
    assert dataset.image_shape == (28, 28)
    assert (dataset.train.min(), dataset.train.max()) == (0.0, 1.0)
    assert dataset.test_labels is not None
    assert np.bincount(dataset.test_labels).tolist()[:2] == [980, 1135]
    assert dataset.test_labels[dataset.showcase()].tolist() == list(range(10))
    np.testing.assert_array_equal(preview_rows(MnistSpec()), dataset.test[dataset.showcase()])


def test_a_dataset_cannot_be_changed_by_those_who_share_it() -> None:
    with pytest.raises(ValueError, match="read-only"):
        load_dataset(NoiseSpec(rows=50)).train[0, 0] = 1


def test_the_bundled_mnist_has_its_checksum() -> None:
    digest = hashlib.sha256(resource("mnist.npz").read_bytes()).hexdigest()
    assert resource("mnist.sha256").read_text() == f"{digest}  mnist.npz\n"


def _use_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(mnist_module, "resource", lambda _name: path)
    load_dataset(NoiseSpec(rows=10, features=2))


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "wrong arrays"])
def test_a_damaged_mnist_is_named(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mnist.npz"
    shutil.copy(resource("mnist.npz"), path)
    whole = path.read_bytes()
    if damage == "cut":
        path.write_bytes(whole[:1_000_000])
    elif damage == "flipped":
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes(64) + whole[middle + 64 :])
    elif damage == "text":
        path.write_text("not an archive")
    else:
        np.savez(path, **{name: np.zeros(3) for name in ("x_train", "y_train", "x_test", "y_test")})
    _use_file(monkeypatch, path)
    with pytest.raises(DataError, match=r"mnist\.npz is damaged .*Install aegui again"):
        load_dataset(MnistSpec())


def test_a_missing_mnist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> Path:
        raise MissingResourceError("/somewhere/mnist.npz is missing. It comes with aegui.")

    monkeypatch.setattr(mnist_module, "resource", missing)
    with pytest.raises(DataError, match=r"mnist\.npz is missing"):
        preview_rows(MnistSpec())


def test_test_rows_alone_leave_the_dataset_kept_where_it_is() -> None:
    kept = load_dataset(NoiseSpec(rows=1000, features=4))
    other = load_test_rows(NoiseSpec(rows=500, features=3))
    assert len(other.train) == 1
    np.testing.assert_array_equal(other.test, make_generated(NoiseSpec(rows=500, features=3)).test)
    assert load_dataset(NoiseSpec(rows=1000, features=4)) is kept
    np.testing.assert_array_equal(load_test_rows(NoiseSpec(rows=1000, features=4)).test, kept.test)
