"""How long and in what steps to train."""

from typing import Annotated

from pydantic import Field

from aegui.specs.base import Seed, Spec


class TrainingSpec(Spec):
    """Epochs, rows in a step, and the seed of weights and row order."""

    epochs: Annotated[int, Field(ge=1, le=100_000)] = 10
    batch_size: Annotated[int, Field(ge=1, le=1_000_000)] = 256
    seed: Seed = 42
    shuffle: bool = True
