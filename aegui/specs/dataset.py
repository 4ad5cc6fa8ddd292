"""Which rows to learn from. Shapes and counts are known here, before anything is made."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from aegui.specs.base import Seed, Spec
from aegui.specs.file_dataset import FileSpec
from aegui.specs.row_shape import MOST_ROWS, RowShape, TestShare

Rows = Annotated[int, Field(ge=10, le=MOST_ROWS)]
Features = Annotated[int, Field(ge=2, le=10_000)]

MNIST_TRAIN_ROWS = 60_000
MNIST_TEST_ROWS = 10_000
MNIST_SIDE = 28


class _GeneratedSpec(Spec):
    """Rows made by a random generator, split by ``test_share``."""

    rows: Rows = 1_000_000
    features: Features = 32
    seed: Seed = 42
    test_share: TestShare = 0.1

    @property
    def test_rows(self) -> int:
        """Number of rows held back for testing, at least one."""
        return max(1, round(self.rows * self.test_share))

    @property
    def train_rows(self) -> int:
        """Number of rows to train on."""
        return self.rows - self.test_rows

    @property
    def image_shape(self) -> None:
        """Rows of numbers, not pictures."""
        return None

    @property
    def row_shape(self) -> RowShape:
        """The shape of a row, for models."""
        return RowShape(self.features)


class NoiseSpec(_GeneratedSpec):
    """Independent uniform numbers in [low, high): nothing to learn, by construction."""

    kind: Literal["noise"] = "noise"
    low: float = 0.0
    high: float = 1.0

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> Self:
        if self.high <= self.low:
            raise ValueError(f"high ({self.high:g}) must be greater than low ({self.low:g})")
        return self

    @property
    def title(self) -> str:
        """Name for people."""
        return "Uniform noise"

    @property
    def value_range(self) -> tuple[float, float]:
        """Smallest and largest value that can occur."""
        return self.low, self.high


class SinusoidsSpec(_GeneratedSpec):
    """Row j is sin² at ``features`` points from a random phase φ to φ + π."""

    kind: Literal["sinusoids"] = "sinusoids"

    @property
    def title(self) -> str:
        """Name for people."""
        return "Sinusoids"

    @property
    def value_range(self) -> tuple[float, float]:
        """Smallest and largest value that can occur."""
        return 0.0, 1.0


class MnistSpec(Spec):
    """Handwritten digits with their own split; ``rows`` takes the first of the training rows."""

    kind: Literal["mnist"] = "mnist"
    rows: Annotated[int, Field(ge=10, le=MNIST_TRAIN_ROWS)] = MNIST_TRAIN_ROWS

    @property
    def title(self) -> str:
        """Name for people."""
        return "MNIST digits"

    @property
    def features(self) -> int:
        """Pixels of one digit."""
        return MNIST_SIDE * MNIST_SIDE

    @property
    def train_rows(self) -> int:
        """Number of rows to train on."""
        return self.rows

    @property
    def test_rows(self) -> int:
        """Number of rows held back for testing: MNIST's own."""
        return MNIST_TEST_ROWS

    @property
    def value_range(self) -> tuple[float, float]:
        """Paper is 0, ink is 1."""
        return 0.0, 1.0

    @property
    def image_shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return MNIST_SIDE, MNIST_SIDE

    @property
    def row_shape(self) -> RowShape:
        """The shape of a row, for models."""
        return RowShape(self.features, self.image_shape)


DatasetSpec = Annotated[
    NoiseSpec | SinusoidsSpec | MnistSpec | FileSpec, Field(discriminator="kind")
]
