"""The part of a Keras script that makes the data."""

from typing import assert_never

from aegui.exports.file_data import file_section
from aegui.exports.section import Section, whole
from aegui.specs import (
    DatasetSpec,
    FileSpec,
    MnistSpec,
    NoiseSpec,
    SinusoidsSpec,
)

_SPLIT = """\
train, test = rows[:{train}], rows[{train}:]"""

_MNIST = """\
(train, _), (test, _) = keras.datasets.mnist.load_data()
train = train[:{train}].reshape(-1, {features}).astype("float32") / 255
test = test.reshape(-1, {features}).astype("float32") / 255"""

_NOISE = """\
rows = np.random.default_rng({seed}).random(({rows}, {features}), dtype=np.float32)"""

_STRETCH = """
rows = rows * np.float32({width}) + np.float32({low})"""

_SINUSOIDS = """\
phases = np.random.default_rng({seed}).random({rows}) * 2 * np.pi
turn = np.linspace(0, np.pi, {features})
rows = (np.sin(phases[:, None] + turn) ** 2).astype(np.float32)"""


def data_section(dataset: DatasetSpec) -> Section:
    """Return the code that makes ``train`` and ``test``, (rows, features) each, float32."""
    match dataset:
        case MnistSpec():
            return Section("The data", _mnist_prose(dataset), _filled(_MNIST, dataset))
        case NoiseSpec():
            code = _filled(_NOISE, dataset)
            if (dataset.low, dataset.high) != (0.0, 1.0):
                code += _STRETCH.format(width=dataset.high - dataset.low, low=dataset.low)
            return Section("The data", _noise_prose(dataset), _split(code, dataset))
        case SinusoidsSpec():
            prose = (
                f"Each row is sin² at {dataset.features} points, from a random phase to half a "
                "turn later. The first rows are for training, the last for testing."
            )
            return Section("The data", prose, _split(_filled(_SINUSOIDS, dataset), dataset))
        case FileSpec():
            return file_section(dataset)
        case _:
            assert_never(dataset)


def _mnist_prose(dataset: MnistSpec) -> str:
    return (
        f"Handwritten digits, {dataset.train_rows} to train on and {dataset.test_rows} to test "
        f"with: {dataset.features} pixels in a row, paper 0 and ink 1. Keras downloads them the "
        "first time."
    )


def _noise_prose(dataset: NoiseSpec) -> str:
    return (
        f"Independent uniform numbers from {dataset.low:g} to {dataset.high:g}: there is nothing "
        "to learn in them. The first rows are for training, the last for testing."
    )


def _filled(template: str, dataset: DatasetSpec) -> str:
    return template.format(
        train=whole(dataset.train_rows),
        rows=whole(dataset.rows),
        features=dataset.features,
        seed=getattr(dataset, "seed", None),
    )


def _split(code: str, dataset: DatasetSpec) -> str:
    return f"{code}\n{_filled(_SPLIT, dataset)}"
