"""Rows of a person's own file: opened, told of, chosen from, and made into arrays."""

from aegui.data.files.arrays import arrays_in
from aegui.data.files.choices import Choices
from aegui.data.files.contents import (
    Block,
    Column,
    Contents,
    NumberColumn,
    OtherColumn,
    Table,
    TextColumn,
)
from aegui.data.files.digest import identify
from aegui.data.files.facts import ColumnReport
from aegui.data.files.loading import make_file_dataset, require_size
from aegui.data.files.new_rows import NewRows, first_of_stream, rows_in_parts
from aegui.data.files.proposing import (
    propose,
    propose_file,
    refit,
    suited_architecture,
    suited_experiment,
)
from aegui.data.files.reading import Opened, find_format, open_file
from aegui.data.files.report import Report, first_rows, report_on
from aegui.data.files.streamed import Streamed
from aegui.data.files.watch import UNWATCHED, ReadingStoppedError, Watch

__all__ = [
    "UNWATCHED",
    "Block",
    "Choices",
    "Column",
    "ColumnReport",
    "Contents",
    "NewRows",
    "NumberColumn",
    "Opened",
    "OtherColumn",
    "ReadingStoppedError",
    "Report",
    "Streamed",
    "Table",
    "TextColumn",
    "Watch",
    "arrays_in",
    "find_format",
    "first_of_stream",
    "first_rows",
    "identify",
    "make_file_dataset",
    "open_file",
    "propose",
    "propose_file",
    "refit",
    "report_on",
    "require_size",
    "rows_in_parts",
    "suited_architecture",
    "suited_experiment",
]
