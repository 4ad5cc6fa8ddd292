"""What a text file does not say of itself: its encoding, its delimiter, whether it has a header."""

import codecs
import csv
import re
from collections import Counter
from pathlib import Path

from aegui.data.dataset import DataError
from aegui.data.files.digest import cannot_be_read
from aegui.specs import TextFormat

# The tables of all programs begin with their columns; a megabyte has some rows of 10 000 columns.
_HEAD = 2**20
_PART = 4 * 2**20
_MOST_RECORDS = 200

# In this order where several divide the rows equally well: a comma may be a decimal point, and a
# space is in most texts.
_DELIMITERS = "\t;|, "

MISSING_WORDS = frozenset(("", "na", "n/a", "nan", "null", "none", "-", "?"))

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?|[+-]?inf(inity)?", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def sniff_text(
    path: Path,
    delimiter: str | None = None,
    encoding: str | None = None,
    header: bool | None = None,
) -> TextFormat:
    """Find how a table is written as text; what is given is taken as it is.

    Raises
    ------
    DataError
        The file is empty, no text, or cannot be read.
    """
    head = _head(path)
    encoding = encoding or _encoding(path, head)
    require_encoding(path, encoding)
    lines = first_lines(path, head, encoding)
    delimiter = delimiter or _delimiter(lines)
    require_delimiter(path, delimiter)
    records = _records(lines, delimiter)
    if header is None:
        header = _has_header(records)
    return TextFormat(delimiter=delimiter, encoding=encoding, header=header)


def require_encoding(path: Path, encoding: str) -> None:
    """Raise ``DataError`` for what is no encoding of texts that Python knows."""
    try:
        # Codecs that are not for texts, such as hex, are told apart only where bytes are decoded.
        b"  ".decode(encoding, "replace")
        codecs.getincrementaldecoder(encoding)
    except (LookupError, ValueError) as error:
        raise DataError(
            f"{path} cannot be read as {encoding!r}: there is no such encoding. Common ones are "
            "utf-8, utf-16 and cp1252."
        ) from error


def require_delimiter(path: Path, delimiter: str) -> None:
    """Raise ``DataError`` for what cannot stand between fields."""
    if len(delimiter.encode()) != 1 or delimiter in '"\r\n':
        raise DataError(
            f"{path} cannot be divided at {delimiter!r}: a delimiter is one plain character, such "
            "as a comma, a semicolon or a tab."
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise cannot_be_read(path, error) from error
    if not head.strip():
        raise DataError(f"{path} is empty: it holds no rows. Choose another file.")
    return head


def _encoding(path: Path, head: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    control = _CONTROL.search(head)
    if control is not None:
        raise DataError(
            f"{path} is no text: its byte {control.start() + 1} is {control[0][0]}. Accepted are "
            "CSV and TSV, Parquet, NPY, NPZ, IDX, and folders or zips of pictures."
        )
    return "utf-8" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while part := file.read(_PART):
                decoder.decode(part)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    except OSError as error:
        raise cannot_be_read(path, error) from error
    return True


def first_lines(path: Path, head: bytes, encoding: str) -> list[str]:
    """Return the whole lines among a file's first bytes, with their ends.

    Raises ``DataError`` where they are not written in ``encoding``.
    """
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeError as error:
        raise DataError(
            f"{path} is not written in {encoding} ({error}). Choose another encoding."
        ) from error
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    return lines[:-1] if len(head) == _HEAD and len(lines) > 1 else lines


def _records(lines: list[str], delimiter: str) -> list[list[str]]:
    """Return the first records; fewer where what comes next cannot be divided."""
    records: list[list[str]] = []
    try:
        for record in csv.reader(lines, delimiter=delimiter):
            if record:
                records.append(record)
            if len(records) == _MOST_RECORDS:
                break
    except csv.Error:
        return records
    return records


def _delimiter(lines: list[str]) -> str:
    """Return what divides most rows into one number of fields, more than one."""
    best, best_share = ",", 0.0
    for delimiter in _DELIMITERS:
        records = _records(lines, delimiter)
        if not records:
            continue
        fields, count = Counter(map(len, records)).most_common(1)[0]
        share = count / len(records)
        if fields > 1 and share > best_share:
            best, best_share = delimiter, share
    return best


def _has_header(records: list[list[str]]) -> bool:
    """Whether no field of the first record is a number, and one of them is a name."""
    fields = [field.strip() for field in records[0]]
    if any(is_number(field) for field in fields):
        return False
    return any(field.lower() not in MISSING_WORDS for field in fields)


def is_number(field: str) -> bool:
    """Whether a field of a text is a number."""
    return _NUMBER.fullmatch(field.strip()) is not None
