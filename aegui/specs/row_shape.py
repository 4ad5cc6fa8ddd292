"""What any kind of data tells of its rows ahead of loading."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

TestShare = Annotated[float, Field(ge=0.01, le=0.9)]

MOST_ROWS = 20_000_000


@dataclass(frozen=True)
class RowShape:
    """What a model must know of its data: numbers in a row, and (height, width) of a picture."""

    features: int
    image_shape: tuple[int, int] | None = None
