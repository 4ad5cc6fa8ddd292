"""All that a training needs to go on as if it had never stopped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from aegui.records.frames import EpochFrame
from aegui.records.history import History


@dataclass(frozen=True, eq=False)
class TrainingState:
    """A training between two steps.

    ``arrays`` has, by name, the weights (``weight_000``, in Keras' order), the optimizer's
    variables, the sums behind the epoch's mean loss, the random layers' generator states (by
    layer name), the best weights of early stopping, and ``epoch_plan``, which tells what the
    epoch's steps are. ``step`` steps of ``epoch`` (from 1) are done. ``callbacks`` has the
    callbacks' counters, by callback.
    """

    epoch: int
    step: int
    arrays: Mapping[str, NDArray[Any]]
    callbacks: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    history: History = field(default_factory=History)


@dataclass(frozen=True, eq=False)
class Continuation:
    """An earlier run to go on from: its state, and what the views showed of it."""

    state: TrainingState
    frames: tuple[EpochFrame, ...] = ()
