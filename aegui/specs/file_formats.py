"""How a file of rows is read: what its kind of file leaves open."""

from typing import Annotated, Literal

from pydantic import Field

from aegui.specs.base import Spec

Side = Annotated[int, Field(ge=1, le=4096)]


class TextFormat(Spec):
    """A table as text (CSV, TSV): fields apart by ``delimiter``, one character.

    ``header`` tells whether the first line holds the columns' names.
    """

    kind: Literal["text"] = "text"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: str = "utf-8"
    header: bool = True


class ParquetFormat(Spec):
    """A table as a Parquet file."""

    kind: Literal["parquet"] = "parquet"


class NpyFormat(Spec):
    """One array of NumPy's, (rows, …)."""

    kind: Literal["npy"] = "npy"


class NpzFormat(Spec):
    """An archive of NumPy's, of which ``array``, (rows, …), is learned.

    With ``test_array`` the file has a split of its own, as Keras' datasets have, and the classes
    of its rows are in ``test_label``.
    """

    kind: Literal["npz"] = "npz"
    array: str
    test_array: str | None = None
    test_label: str | None = None


class IdxFormat(Spec):
    """One array in the format of the MNIST files, plain or compressed by gzip.

    ``labels_sha256`` is that of the second file, if its rows' classes are in one.
    """

    kind: Literal["idx"] = "idx"
    labels_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None


class ImagesFormat(Spec):
    """A folder or zip of pictures, grey, or in colour: three planes beside each other.

    ``size`` is (height, width) to which all are brought; None where they have one already.
    """

    kind: Literal["images"] = "images"
    colour: bool = False
    size: tuple[Side, Side] | None = None


FileFormat = Annotated[
    TextFormat | ParquetFormat | NpyFormat | NpzFormat | IdxFormat | ImagesFormat,
    Field(discriminator="kind"),
]
