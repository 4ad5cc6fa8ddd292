"""Rows of a person's own file: what was chosen, and what was found when it was read."""

from pathlib import PurePath
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from aegui.specs.base import Seed, Spec
from aegui.specs.file_formats import FileFormat
from aegui.specs.row_shape import MOST_ROWS, RowShape, TestShare
from aegui.specs.streaming import MOST_STREAMED_ROWS, StreamSpec

Missing = Literal["leave_out", "training_median"]
TextColumns = Literal["leave_out", "one_hot"]
Scaling = Literal["none", "min_max", "standard"]

FEWEST_FILE_ROWS = 10
MOST_FILE_FEATURES = 250_000
MOST_CLASSES = 256

STREAMED_FORMATS = ("npy", "parquet")
"""Formats whose rows can stay in the file: a part of it can be read by itself."""


class FitSpec(Spec):
    """What training rows taught of each column: a value is scaled as (value − shift) / factor.

    ``fills`` stand in for missing values. ``words`` are the texts of a column that is one-hot,
    in the order of its features, and empty for a column of numbers. All have an entry for each
    column, or a single one for a picture, whose pixels are scaled alike.
    """

    fills: tuple[float, ...]
    shifts: tuple[float, ...]
    factors: tuple[Annotated[float, Field(gt=0)], ...]
    words: tuple[tuple[str, ...], ...]

    @model_validator(mode="after")
    def _all_have_as_many(self) -> Self:
        if len({len(self.fills), len(self.shifts), len(self.factors), len(self.words)}) != 1:
            raise ValueError("must have as many fills as shifts, factors and words")
        return self


class FileSpec(Spec):
    """Rows read from a file, or a folder of pictures.

    ``size`` (bytes) and ``sha256`` tell whether it still is the same; of a folder, those of all
    its pictures. ``columns`` are those learned, none named where a row is one array; ``label`` is
    the column, array or ``folder`` that names classes, and ``id_column`` what rows are called by.
    ``rows`` are taken after those with missing values were left out. Rows are shuffled by
    ``seed`` and the last ``test_share`` of them test, unless the file's own split has
    ``own_test_rows``. With ``streaming`` the rows stay in the file, and its test rows are spread
    over it.

    What follows from the choices is here too, so that shapes are known before the file is read:
    ``features``, ``image_shape``, the least and largest value once scaled (``low``, ``high``, of
    all rows), the names of the classes, and ``fit``.
    """

    kind: Literal["file"] = "file"
    path: Annotated[str, Field(min_length=1)]
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    format: FileFormat
    columns: tuple[str, ...] = ()
    label: str | None = None
    id_column: str | None = None
    missing: Missing = "leave_out"
    text: TextColumns = "leave_out"
    scaling: Scaling = "min_max"
    test_share: TestShare = 0.1
    seed: Seed = 42
    rows: Annotated[int, Field(ge=FEWEST_FILE_ROWS, le=MOST_STREAMED_ROWS)]
    own_test_rows: Annotated[int, Field(ge=1)] | None = None
    features: Annotated[int, Field(ge=2, le=MOST_FILE_FEATURES)]
    image_shape: tuple[int, int] | None = None
    low: float
    high: float
    classes: Annotated[tuple[str, ...], Field(max_length=MOST_CLASSES)] = ()
    fit: FitSpec
    streaming: StreamSpec | None = None

    @model_validator(mode="after")
    def _rows_fit_into_memory(self) -> Self:
        if self.streaming is None and self.rows > MOST_ROWS:
            raise ValueError(f"{self.rows} rows are more than {MOST_ROWS}; stream them")
        if self.streaming is not None and self.format.kind not in STREAMED_FORMATS:
            raise ValueError(f"rows of the format {self.format.kind} cannot be streamed")
        return self

    @model_validator(mode="after")
    def _facts_fit_each_other(self) -> Self:
        if self.high <= self.low:
            raise ValueError(f"high ({self.high:g}) must be greater than low ({self.low:g})")
        if self.train_rows < 1:
            raise ValueError(
                f"{self.rows} rows leave none to train on beside {self.test_rows} to test"
            )
        width = sum(max(1, len(words)) for words in self.fit.words)
        if self.columns and len(self.columns) != len(self.fit.words):
            raise ValueError(f"{len(self.columns)} columns have a fit for {len(self.fit.words)}")
        if self.image_shape is not None:
            height, across = self.image_shape
            if height * across != self.features:
                raise ValueError(
                    f"pictures of {height} × {across} do not have {self.features} pixels"
                )
        elif width != self.features:
            raise ValueError(f"the fit is for {width} features, and there are {self.features}")
        return self

    @property
    def title(self) -> str:
        """Name for people: the file's, without signs that cannot be shown."""
        name = PurePath(self.path).name or self.path
        return "".join(sign if sign.isprintable() else "?" for sign in name)

    @property
    def test_rows(self) -> int:
        """Number of rows held back for testing, at least one."""
        if self.streaming is not None:
            return self.streaming.test_rows
        if self.own_test_rows is not None:
            return self.own_test_rows
        return max(1, round(self.rows * self.test_share))

    @property
    def train_rows(self) -> int:
        """Number of rows to train on."""
        return self.rows - self.test_rows

    @property
    def value_range(self) -> tuple[float, float]:
        """Smallest and largest value once scaled."""
        return self.low, self.high

    @property
    def row_shape(self) -> RowShape:
        """The shape of a row, for models."""
        return RowShape(self.features, self.image_shape)

    @property
    def feature_names(self) -> tuple[str, ...]:
        """What each feature is called, ``colour = red`` where it is one-hot; none for arrays."""
        return tuple(
            name
            for column, words in zip(self.columns, self.fit.words, strict=bool(self.columns))
            for name in (tuple(f"{column} = {word}" for word in words) or (column,))
        )
