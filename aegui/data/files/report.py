"""What a file holds, told before anything of it is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from aegui.data.files.contents import Block, Column, Contents, NumberColumn, OtherColumn
from aegui.data.files.facts import ColumnReport, facts_of
from aegui.data.files.reading import Opened
from aegui.data.files.streamed import Streamed
from aegui.specs import FileFormat, ImagesFormat, NpzFormat, TextFormat

_NAMED = 8
"""Columns named in a sentence; of more, the number is told."""

_FORMATS = {
    "text": "a table as text",
    "parquet": "a Parquet table",
    "npy": "an array of NumPy's",
    "npz": "an archive of NumPy's",
    "idx": "an IDX array",
    "images": "pictures",
}
# Bytes of rows that a Parquet file unpacks at once, beside which all else is small.
_LARGE_GROUP = 400_000_000
_STREAMED = "The rows stay in the file: each epoch reads them from there."
_DELIMITERS = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars", " ": "spaces"}


@dataclass(frozen=True)
class Report:
    """What a file holds: ``form`` tells its format in words.

    An array has no named columns: then ``features`` numbers are in a row, in a range from ``low``
    to ``high``, and ``image_shape`` is (height, width) of pictures. ``classes`` are those that
    the file itself tells. The rows of a file that ``is_streamed`` stay in it; they may lie in
    groups that are read as a whole, the largest of ``group_bytes``.
    """

    title: str
    form: str
    rows: int
    features: int
    columns: tuple[ColumnReport, ...] = ()
    image_shape: tuple[int, int] | None = None
    missing: int = 0
    infinite: int = 0
    low: float | None = None
    high: float | None = None
    classes: tuple[str, ...] = ()
    own_test_rows: int | None = None
    is_streamed: bool = False
    group_bytes: int = 0

    @property
    def has_gaps(self) -> bool:
        """Whether values are missing."""
        return bool(self.missing) or any(column.missing for column in self.columns)

    @property
    def words(self) -> tuple[str, ...]:
        """The report in sentences."""
        told = self._table_words() if self.columns else self._array_words()
        return tuple(filter(None, [*told, self._streaming_words()]))

    def _streaming_words(self) -> str:
        if not self.is_streamed:
            return ""
        median = " A median that fills gaps is that of a sample of them." if self.has_gaps else ""
        groups = ""
        if self.group_bytes > _LARGE_GROUP:
            groups = (
                f" They lie in groups of up to {self.group_bytes / 1e9:.1f} GB, each of which is "
                "in memory as a whole while it is read; a file with smaller ones "
                "(row_group_size=262144) takes less."
            )
        return f"{_STREAMED}{groups}{median}"

    def _table_words(self) -> list[str]:
        columns = self.columns
        gaps = [f"{c.name} {c.missing}" for c in columns if c.missing]
        infinite = [f"{c.name} {c.infinite}" for c in columns if c.infinite]
        constant = [c.name for c in columns if c.is_constant and c.kind != "other"]
        texts = [f"{c.name} ({c.texts} different)" for c in columns if c.kind == "text"]
        notes = [f"{c.name}: {c.note}" for c in columns if c.note]
        ranges = [
            f"{c.name} {c.low:.6g} to {c.high:.6g}"
            for c in columns
            if c.low is not None and c.high is not None
        ]
        return [
            f"{self.title}: {self.rows} rows, {self.features} columns; {self.form}.",
            _listed("Missing values", gaps),
            _listed("Infinite values, which count as missing", infinite),
            _listed("Constant", constant),
            _listed("Texts", texts),
            _listed("To know", notes),
            _listed("Ranges", ranges),
        ]

    def _array_words(self) -> list[str]:
        what = f"rows of {self.features} numbers"
        if self.image_shape is not None:
            what = f"pictures of {self.image_shape[0]} × {self.image_shape[1]}"
        own = f"{self.own_test_rows} of them to test with; " if self.own_test_rows else ""
        values = f"Values from {self.low:.6g} to {self.high:.6g}." if self.low is not None else ""
        return [
            f"{self.title}: {self.rows} {what}; {own}{self.form}.",
            values,
            f"Missing values: {self.missing}." if self.missing else "",
            _listed(f"{len(self.classes)} classes", self.classes),
        ]


def report_on(opened: Opened) -> Report:
    """Return what an opened file holds."""
    title, form = opened.path.name or str(opened.path), _form_in_words(opened.format)
    contents = opened.contents
    is_streamed = isinstance(contents, Streamed)
    group_bytes = contents.source.group_bytes if isinstance(contents, Streamed) else 0
    facts = contents.facts if isinstance(contents, Streamed) else facts_of(contents)
    head = opened.head
    if not isinstance(head, Block):
        columns = facts.columns
        return Report(
            title,
            form,
            contents.rows,
            len(columns),
            columns,
            is_streamed=is_streamed,
            group_bytes=group_bytes,
        )
    return Report(
        title,
        form,
        contents.rows,
        head.values.shape[1],
        image_shape=head.image_shape,
        missing=facts.missing,
        infinite=facts.infinite,
        low=facts.low,
        high=facts.high,
        classes=() if head.labels is None else head.labels.words,
        own_test_rows=head.own_test_rows,
        is_streamed=is_streamed,
    )


def first_rows(contents: Contents | Streamed, count: int = 20) -> tuple[list[str], list[list[str]]]:
    """Return the names of columns and the first rows as texts, empty where a value is missing."""
    if isinstance(contents, Streamed):
        contents = contents.head
    rows = range(min(count, contents.rows))
    if isinstance(contents, Block):
        names = [f"column {place + 1}" for place in range(contents.values.shape[1])]
        return names, [[_number(value) for value in contents.values[row]] for row in rows]
    columns = contents.columns
    return [column.name for column in columns], [[_cell(c, row) for c in columns] for row in rows]


def _form_in_words(form: FileFormat) -> str:
    words = _FORMATS[form.kind]
    if isinstance(form, TextFormat):
        apart = _DELIMITERS.get(form.delimiter, repr(form.delimiter))
        header = "with" if form.header else "without"
        return f"{words}, fields apart by {apart}, {form.encoding}, {header} a header"
    if isinstance(form, NpzFormat):
        return f"array {form.array} of {words}"
    if isinstance(form, ImagesFormat):
        return f"{words} in {'colour, three planes side by side' if form.colour else 'grey'}"
    return words


def _cell(column: Column, row: int) -> str:
    if isinstance(column, OtherColumn):
        return "…"
    if isinstance(column, NumberColumn):
        return _number(column.values[row])
    code = column.codes[row]
    return column.words[code] if code >= 0 else ""


def _number(value: Any) -> str:
    return "" if np.isnan(value) else f"{value:.6g}"


def _listed(what: str, names: Iterable[str]) -> str:
    """Return a sentence with a few names and the number of the others; "" for none."""
    names = list(names)
    if not names:
        return ""
    more = f", and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{what}: {', '.join(islice(names, _NAMED))}{more}."
