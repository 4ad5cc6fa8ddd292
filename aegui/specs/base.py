"""What every spec has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Spec(BaseModel):
    """A frozen value that a person asked for: no unknown keys, no NaN, JSON both ways."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


# The largest seed that NumPy, TensorFlow and a spin box all take.
MAX_SEED = 2**31 - 1

Seed = Annotated[int, Field(ge=0, le=MAX_SEED)]
Width = Annotated[int, Field(ge=1, le=16_384)]
LearningRate = Annotated[float, Field(gt=0, le=100)]
Fraction = Annotated[float, Field(ge=0, lt=1)]
