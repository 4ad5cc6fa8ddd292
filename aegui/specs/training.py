"""How long and in what steps to train."""

from typing import Annotated

from pydantic import Field

from aegui.specs.base import Seed, Spec


class EarlyStoppingSpec(Spec):
    """End the run when validation has not improved for ``patience`` epochs; keep the best weights.

    Keras' ``EarlyStopping``, watching the validation loss.
    """

    patience: Annotated[int, Field(ge=1, le=100_000)] = 5
    min_delta: Annotated[float, Field(ge=0, le=1000)] = 0.0


class PlateauSpec(Spec):
    """Multiply the learning rate by ``factor`` when validation has not improved for ``patience``.

    Keras' ``ReduceLROnPlateau``, watching the validation loss.
    """

    patience: Annotated[int, Field(ge=1, le=100_000)] = 3
    factor: Annotated[float, Field(gt=0, lt=1)] = 0.5


class TrainingSpec(Spec):
    """Epochs, rows in a step, and the seed of weights and row order."""

    epochs: Annotated[int, Field(ge=1, le=100_000)] = 10
    batch_size: Annotated[int, Field(ge=1, le=1_000_000)] = 256
    seed: Seed = 42
    shuffle: bool = True
    early_stopping: EarlyStoppingSpec | None = None
    plateau: PlateauSpec | None = None
