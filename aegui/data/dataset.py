"""The rows to learn from, as arrays."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aegui.records import FloatArray, IndexArray
from aegui.specs import FitSpec

Labels = NDArray[np.uint8]


class DataError(Exception):
    """Data that cannot be had; the message names the file and the remedy."""


@dataclass(frozen=True, eq=False)
class Scale:
    """How features were scaled: (value − shift) / factor, an entry for each or one for all."""

    shift: NDArray[np.float64]
    factor: NDArray[np.float64]

    @classmethod
    def of(cls, fit: FitSpec) -> "Scale":
        """Return the scale of a fit's features: those of one-hot columns were not scaled."""
        widths = [max(1, len(words)) for words in fit.words]
        return cls(np.repeat(fit.shifts, widths), np.repeat(fit.factors, widths))

    def unscaled(self, rows: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return rows, (…, features), in the units of their file."""
        return rows * self.factor + self.shift


class RowStream(Protocol):
    """Training rows that stay in their file, in blocks."""

    @property
    def counts(self) -> IndexArray:
        """How many training rows each block has, (blocks,)."""
        ...

    @property
    def is_current(self) -> bool:
        """Whether the file is there as it was when the stream was made."""
        ...

    def read_into(self, rows: FloatArray, block: int) -> None:
        """Read a block's training rows into an array, (its count, features), scaled.

        Raises ``DataError`` where the file is gone or is not what it was.
        """
        ...


@dataclass(frozen=True, eq=False)
class Dataset:
    """Training and test rows, float32, (rows, features), read-only so that threads may share them.

    ``image_shape`` is (height, width) where a row is a picture; ``scaling`` says in words what
    was done to the values; ``noun`` is what one row is called.

    Where the training rows do not fit into memory, ``train`` is a sample of them, and ``stream``
    reads them all.

    Of a file's rows, ``columns`` names the features, ``scale`` leads back to its units, and
    ``class_names[label]`` are the classes; ``test_numbers`` are the test rows' places in the
    file, counted from 1, and ``test_names`` what its id column calls them.
    """

    train: FloatArray
    test: FloatArray
    value_range: tuple[float, float]
    scaling: str
    noun: str
    train_labels: Labels | None = None
    test_labels: Labels | None = None
    image_shape: tuple[int, int] | None = None
    columns: tuple[str, ...] = ()
    scale: Scale | None = None
    class_names: tuple[str, ...] = ()
    test_numbers: IndexArray | None = None
    test_names: tuple[str, ...] | None = None
    stream: RowStream | None = None

    def __post_init__(self) -> None:
        for array in (self.train, self.test, self.train_labels, self.test_labels):
            if array is not None:
                array.flags.writeable = False

    @property
    def features(self) -> int:
        """Numbers in a row."""
        return int(self.train.shape[1])

    @property
    def class_noun(self) -> str:
        """What a class is called; a digit is one itself."""
        return "digit" if self.noun == "digit" else "class"

    def class_name(self, label: int) -> str:
        """Return what a class is called: its text in the file, else its number."""
        return self.class_names[label] if label < len(self.class_names) else str(label)

    def row_number(self, row: int) -> int:
        """Return a test row's number in its file, counted from 1; without a file, from 0."""
        return row if self.test_numbers is None else int(self.test_numbers[row])

    def row_name(self, row: int) -> str:
        """Return what a test row is called: its id column's text, else its number."""
        own = "" if self.test_names is None else self.test_names[row]
        return own or str(self.row_number(row))

    def unscale(self, rows: FloatArray) -> NDArray[np.float64]:
        """Return rows, (…, features), in the units that they had before they were scaled."""
        return rows.astype(np.float64) if self.scale is None else self.scale.unscaled(rows)

    def showcase(self, count: int = 10) -> IndexArray:
        """Return test row numbers worth watching: one of each class, else the first rows."""
        if self.test_labels is None:
            return np.arange(min(count, len(self.test)))
        _, first = np.unique(self.test_labels, return_index=True)
        return first[:count].astype(np.intp)
