"""Which rows can be drawn for a model."""

from dataclasses import dataclass

SHAPE = (28, 28)
"""Height and width of the pictures that can be drawn."""


@dataclass(frozen=True)
class RowField:
    """What rows a model takes: how many numbers, in which range, what one is called.

    ``image_shape`` is (height, width) where they are pictures.
    """

    features: int = SHAPE[0] * SHAPE[1]
    value_range: tuple[float, float] = (0.0, 1.0)
    noun: str = "digit"
    image_shape: tuple[int, int] | None = SHAPE

    @property
    def is_drawable(self) -> bool:
        """Whether there is a canvas for such rows: 28 × 28 pictures and rows of numbers."""
        return self.image_shape in (None, SHAPE)

    @property
    def is_curve(self) -> bool:
        """Whether a row is drawn as one line."""
        return self.image_shape is None


DIGITS = RowField()
