"""Which rows can be drawn for a model."""

from dataclasses import dataclass

import numpy as np

from aegui.data import Dataset
from aegui.specs import DatasetSpec, FileSpec, ImagesFormat

SHAPE = (28, 28)
"""Height and width of a digit."""
_NEARLY = 0.05


@dataclass(frozen=True)
class RowField:
    """What rows a model takes: how many numbers, in which range, what one is called.

    ``image_shape`` is (height, width) where they are pictures; of pictures in colour, that of
    their three planes beside each other.
    """

    features: int = SHAPE[0] * SHAPE[1]
    value_range: tuple[float, float] = (0.0, 1.0)
    noun: str = "digit"
    image_shape: tuple[int, int] | None = SHAPE
    is_colour: bool = False

    @classmethod
    def of(cls, dataset: Dataset, spec: DatasetSpec | None = None) -> "RowField":
        """Return what rows a model of these data takes; ``spec`` tells whether in colour."""
        kind = spec.format if isinstance(spec, FileSpec) else None
        is_colour = isinstance(kind, ImagesFormat) and kind.colour
        return cls(
            dataset.features, dataset.value_range, dataset.noun, dataset.image_shape, is_colour
        )

    @property
    def is_drawable(self) -> bool:
        """Whether there is a canvas for such rows."""
        return self.why_not == ""

    @property
    def why_not(self) -> str:
        """Why there is no canvas for such rows; empty for square grey pictures, and for numbers."""
        if self.image_shape is None:
            return ""
        height, width = self.image_shape
        if self.is_colour:
            return (
                "No canvas for your model: its pictures are in colour, and only grey ones can be "
                "drawn."
            )
        if height != width:
            return (
                f"No canvas for your model: its pictures are {height} × {width}, "
                "and only square ones can be drawn."
            )
        low, high = self.value_range
        # Test rows may go a little beyond what the training rows were scaled to.
        if not np.allclose(self.value_range, (0.0, 1.0), atol=_NEARLY):
            return (
                f"No canvas for your model: its pixels run from {low:g} to {high:g}, and drawn "
                "ones from 0 to 1. Scale the pictures min–max."
            )
        return ""

    @property
    def is_curve(self) -> bool:
        """Whether a row is drawn as one line."""
        return self.image_shape is None

    @property
    def takes_digits(self) -> bool:
        """Whether a drawn digit is such a row, so that the pretrained model takes it too."""
        return self.image_shape == SHAPE


DIGITS = RowField()
