"""Which rows can be drawn for a model."""

from dataclasses import dataclass

import numpy as np

from aegui.data import Dataset

SHAPE = (28, 28)
"""Height and width of the pictures that can be drawn."""
_NEARLY = 0.05


@dataclass(frozen=True)
class RowField:
    """What rows a model takes: how many numbers, in which range, what one is called.

    ``image_shape`` is (height, width) where they are pictures.
    """

    features: int = SHAPE[0] * SHAPE[1]
    value_range: tuple[float, float] = (0.0, 1.0)
    noun: str = "digit"
    image_shape: tuple[int, int] | None = SHAPE

    @classmethod
    def of(cls, dataset: Dataset) -> "RowField":
        """Return what rows a model of these data takes."""
        return cls(dataset.features, dataset.value_range, dataset.noun, dataset.image_shape)

    @property
    def is_drawable(self) -> bool:
        """Whether there is a canvas for such rows."""
        return self.why_not == ""

    @property
    def why_not(self) -> str:
        """Why there is no canvas for such rows; empty for pictures like digits, and for numbers."""
        if self.image_shape is None:
            return ""
        height, width = self.image_shape
        if self.image_shape != SHAPE:
            return (
                f"No canvas for your model: its pictures are {height} × {width}, "
                f"and only {SHAPE[0]} × {SHAPE[1]} can be drawn."
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


DIGITS = RowField()
