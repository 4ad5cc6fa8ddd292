"""The figures of a run that ended: what is printed, kept and compared."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from aegui.control import RunState


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorFigures(_Frozen):
    """Mean and standard deviation over the test rows of Σ|x − x̂|."""

    mean: float
    std: float


class Seconds(_Frozen):
    """Wall-clock time of this leg: getting ready, training, all of it.

    Getting ready is the data, the compilation and the score before the first step. Training leaves
    out pauses and other waits; ``total`` has them, and the scoring at the end.
    """

    prepare: float
    train: float
    total: float


class RunSummary(_Frozen):
    """The figures of a run, of its last good epoch.

    A figure that does not exist, or is not finite, is None: a run that failed in its first epoch
    has no training loss.
    """

    schema_version: Literal[1] = 1
    status: RunState
    title: str
    loss: float | None
    val_loss: float | None
    epochs: int
    error: ErrorFigures | None
    seconds: Seconds
    peak_rss_mb: float
