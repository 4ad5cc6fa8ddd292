"""Each kind of model learns real digits as well as it did when this was written.

All take 3 epochs of batches of 256 with Adam at its usual rate, seed 42, on 2 cores; the losses
are those of MNIST's 10 000 test digits, and the same to four figures on one core.
"""

from dataclasses import dataclass

import pytest

from aegui.control import RunState, TrainingControl
from aegui.data import load_dataset
from aegui.engine.training import train
from aegui.records import TrainingObserver
from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    GaussianCorruption,
    MaskingCorruption,
    MnistSpec,
    TrainingSpec,
    VariationalCode,
)


@dataclass(frozen=True)
class Kind:
    """A model, how many digits it learns from, and the validation loss that was measured."""

    architecture: ArchitectureSpec
    measured: float
    rows: int = 10_000


WIDE = DenseLayer(width=256)
KINDS = {
    "dense": Kind(ArchitectureSpec(), 0.2371),
    "deep": Kind(ArchitectureSpec(encoder=(WIDE, DenseLayer(width=64))), 0.2014),
    "convolutional": Kind(
        ArchitectureSpec(encoder=(ConvLayer(filters=8), ConvLayer(filters=16))), 0.2769, rows=6000
    ),
    # KL included.
    "variational": Kind(ArchitectureSpec(encoder=(WIDE,), code=VariationalCode(width=2)), 0.2525),
    "denoising": Kind(
        ArchitectureSpec(
            encoder=(DenseLayer(width=256, dropout=0.1),), corruption=GaussianCorruption()
        ),
        0.1919,
        rows=8000,
    ),
    "masking": Kind(ArchitectureSpec(corruption=MaskingCorruption()), 0.3008, rows=8000),
    # The penalty included.
    "sparse": Kind(ArchitectureSpec(code=DenseCode(l1=1e-4)), 0.2447),
    # Mean squared error.
    "linear": Kind(
        ArchitectureSpec(
            code=DenseCode(activation="linear"),
            output_activation="linear",
            loss="mean_squared_error",
        ),
        0.0359,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_a_few_epochs_reach_the_loss_that_was_measured(name: str) -> None:
    kind = KINDS[name]
    experiment = ExperimentSpec(
        dataset=MnistSpec(rows=kind.rows),
        architecture=kind.architecture,
        training=TrainingSpec(epochs=3, batch_size=256, seed=42),
    )
    dataset = load_dataset(experiment.dataset)
    result = train(experiment, dataset, TrainingControl(), TrainingObserver())
    assert result.state is RunState.FINISHED
    untrained, *losses = [record.val_loss for record in result.history]
    assert untrained > losses[0] > losses[1] > losses[2]
    assert losses[-1] == pytest.approx(kind.measured, rel=0.03)
