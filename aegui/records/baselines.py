"""What a model's errors are measured against."""

import math
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from aegui.records.summary import ErrorFigures


class Baselines(BaseModel):
    """Errors of answers that take no training, on the test rows that a run was scored on.

    ``mean`` is that of always answering the training rows' mean, ``pca`` that of a principal
    component analysis with ``pca_width`` components, clipped to the data's range; None where
    there are too few rows for one. ``floor`` is the loss that no model can pass, None where
    there is no such loss. ``sampled`` tells that both were taken from a sample of the training
    rows, since these do not fit into memory.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    schema_version: Literal[1] = 1
    mean: ErrorFigures
    pca: ErrorFigures | None
    pca_width: int = Field(ge=1)
    floor: float | None
    sampled: bool = False

    @property
    def mean_name(self) -> str:
        """What the constant answer is called."""
        return "mean of a training sample" if self.sampled else "training mean"

    def figures(self) -> dict[str, Any]:
        """Return the figures as they are told in JSON; of a sample is said only where it is one."""
        return self.model_dump(exclude={"schema_version"}, exclude_defaults=True)

    @field_validator("mean", "pca")
    @classmethod
    def _is_finite(cls, figures: ErrorFigures | None) -> ErrorFigures | None:
        if figures is not None and not (math.isfinite(figures.mean) and math.isfinite(figures.std)):
            raise ValueError("an error that is not a finite number")
        return figures
