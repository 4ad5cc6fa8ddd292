"""The models that several lessons use."""

from aegui.specs.architecture import ArchitectureSpec
from aegui.specs.dataset import NoiseSpec, SinusoidsSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.layers import DenseCode, DenseLayer
from aegui.specs.training import TrainingSpec

SEEDS = 3
"""Runs of each thing that is compared with another."""

FEATURES = (2, 4, 8, 16, 32)


def sigmoid_experiment(
    dataset: NoiseSpec | SinusoidsSpec,
    hidden: tuple[int, ...] = (),
    code: int = 2,
    decoder: tuple[int, ...] | None = None,
) -> ExperimentSpec:
    """Return an experiment with the post's settings: sigmoid throughout, Adam, ten epochs."""
    return ExperimentSpec(
        dataset=dataset,
        architecture=ArchitectureSpec(
            encoder=_sigmoid(hidden),
            code=DenseCode(width=code, activation="sigmoid"),
            decoder=None if decoder is None else _sigmoid(decoder),
        ),
        training=TrainingSpec(epochs=10, batch_size=100),
    )


def _sigmoid(widths: tuple[int, ...]) -> tuple[DenseLayer, ...]:
    return tuple(DenseLayer(width=width, activation="sigmoid") for width in widths)
