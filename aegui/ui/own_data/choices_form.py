"""What a person may choose about a file beside its columns."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from aegui.data.files import Choices
from aegui.specs import (
    FileFormat,
    IdxFormat,
    ImagesFormat,
    Missing,
    Problem,
    Scaling,
    TextFormat,
)
from aegui.specs.base import MAX_SEED
from aegui.specs.file_dataset import STREAMED_FORMATS
from aegui.ui.forms import Form, set_role
from aegui.ui.own_data.reader import Found, Unread
from aegui.ui.panels.fields import Choice, IntField

_MISSING = {"leave_out": "Leave the rows out", "training_median": "Fill with the median"}
_SCALING = {
    "min_max": "Min–max: 0 to 1",
    "standard": "Standard: mean 0, spread 1",
    "none": "None: as in the file",
}
_DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar", " ": "Space"}
_LABEL_COLUMN = "The column or array that names each row's class: its colour in the views"
_LABEL_FILE = "The file beside this one that names each row's class: its colour in the views"
_MOST_SIDE = 512
_USUAL_SIDE = 28


class ChoicesForm(QWidget):
    """Shows what was found fit, and tells when a person chooses something else."""

    edited = Signal()
    label_asked = Signal()
    """A person wants to look for the file that has the classes."""

    def __init__(self) -> None:
        super().__init__()
        self._choices = Choices()
        self._is_table = self._has_label = False
        self._is_filling = False
        self._label, self._id = Choice({}), Choice({})
        # Those beside a file of rows alone that were chosen or found.
        self._label_files: list[str] = []
        self._look_for_label = QPushButton("Browse for a file of classes…")
        self._missing, self._scaling = Choice(_MISSING), Choice(_SCALING)
        self._share, self._seed = IntField(1, 90), IntField(0, MAX_SEED)
        self._share.setSuffix(" %")
        self._delimiter = Choice(_DELIMITERS)
        self._header = QCheckBox("The first line names the columns")
        self._array = Choice({})
        self._is_colour = QCheckBox("Colour: three planes beside each other")
        self._is_sized = QCheckBox("Bring all to one size")
        self._stays = QCheckBox("Leave the rows in the file")
        self._is_streamed = False
        self._height, self._width = IntField(1, _MOST_SIDE), IntField(1, _MOST_SIDE)
        self._form = Form(label_width=78)
        self._lay_out()
        self._connect()

    def choices(self) -> Choices:
        """Return what is chosen here; the columns are chosen elsewhere."""
        is_sized = self._is_sized.isChecked()
        choices = self._choices
        if self._has_label and (self._label.choice() or choices.label is not None):
            choices = replace(choices, label=self._label.choice())
        if self._is_table:
            choices = replace(choices, id_column=self._id.choice())
        return replace(
            choices,
            missing=cast("Missing", self._missing.choice()),
            scaling=cast("Scaling", self._scaling.choice()),
            test_share=self._share.value() / 100,
            seed=self._seed.value(),
            delimiter=self._choices.delimiter and self._delimiter.choice(),
            header=None if self._choices.header is None else self._header.isChecked(),
            array=self._choices.array and self._array.choice(),
            colour=self._is_colour.isChecked(),
            size=(self._height.value(), self._width.value()) if is_sized else None,
            stream=self._stream(),
        )

    def show_found(self, found: Found) -> None:
        """Show what was chosen or found fit for a file."""
        report = found.report
        names = [column.name for column in report.columns if column.kind != "other"]
        self._show(found.choices, found.opened.format, found.arrays, names)
        self._show_stream(is_streamed=report.is_streamed)
        self._stays.setVisible(found.opened.format.kind in STREAMED_FORMATS)
        self._form.set_field_visible("missing", report.has_gaps)
        self._form.set_field_visible("scaling", True)
        for name in ("share", "seed"):
            self._form.set_field_visible(name, report.own_test_rows is None)

    def show_unread(self, unread: Unread) -> None:
        """Show what may be chosen otherwise, so that a file can be read."""
        self._show(unread.choices, unread.format, unread.arrays, [])
        self._show_stream(is_streamed=bool(unread.choices.stream))
        # What was asked for may be what is in the way.
        self._stays.setVisible(unread.choices.stream is not None)
        for name in ("missing", "scaling", "share", "seed"):
            self._form.set_field_visible(name, False)

    def take_label_file(self, file: Path, beside: Path) -> None:
        """Take a file as that of the classes of rows, if it is ``beside`` them."""
        if file.parent != beside.parent:
            told = (
                f"The file {file.name} must lie beside {beside.name}, in {beside.parent}. Copy it "
                "there."
            )
            self._form.show_problems([Problem("label", told)])
            return
        if file.name not in self._label_files:
            self._label_files.append(file.name)
        _offer(self._label, ["", *self._label_files], file.name)
        self._choices = replace(self._choices, label=file.name)
        self._tell()

    def _stream(self) -> bool | None:
        """Return whether rows are to stay in the file; None where nobody said so."""
        stays = self._stays.isChecked()
        return self._choices.stream if stays == self._is_streamed else stays

    def _show_stream(self, *, is_streamed: bool) -> None:
        self._is_filling, self._is_streamed = True, is_streamed
        self._stays.setChecked(is_streamed)
        self._is_filling = False

    def _show(
        self,
        choices: Choices,
        form: FileFormat | None,
        arrays: Sequence[str],
        names: Sequence[str],
    ) -> None:
        self._is_filling = True
        try:
            self._fill(choices, arrays, names)
        finally:
            self._is_filling = False
        is_text, is_pictures = isinstance(form, TextFormat), isinstance(form, ImagesFormat)
        is_idx = isinstance(form, IdxFormat)
        self._has_label = self._is_table or is_idx or len(arrays) > 1
        self._look_for_label.setVisible(is_idx)
        self._label.setToolTip(_LABEL_FILE if is_idx else _LABEL_COLUMN)
        self._form.show_problems([])
        for fields, is_there in (
            (("label",), self._has_label),
            (("id",), self._is_table),
            (("delimiter",), is_text),
            (("array",), len(arrays) > 1),
            (("height", "width"), is_pictures and choices.size is not None),
        ):
            for name in fields:
                self._form.set_field_visible(name, is_there)
        self._header.setVisible(is_text)
        self._is_colour.setVisible(is_pictures)
        self._is_sized.setVisible(is_pictures)

    def _fill(self, choices: Choices, arrays: Sequence[str], names: Sequence[str]) -> None:
        self._choices = choices
        self._is_table = bool(names)
        labels = names or [name for name in arrays if name != choices.array]
        if choices.label and choices.label not in (*labels, *self._label_files):
            self._label_files.append(choices.label)
        _offer(self._label, ["", *(labels or self._label_files)], choices.label)
        _offer(self._id, ["", *names], choices.id_column)
        _offer(self._array, arrays, choices.array)
        self._missing.choose(choices.missing)
        self._scaling.choose(choices.scaling)
        self._share.setValue(round(100 * choices.test_share))
        self._seed.setValue(choices.seed)
        if choices.delimiter and self._delimiter.findData(choices.delimiter) < 0:
            self._delimiter.addItem(choices.delimiter, choices.delimiter)
        self._delimiter.choose(choices.delimiter or ",")
        self._header.setChecked(bool(choices.header))
        self._is_colour.setChecked(choices.colour)
        self._is_sized.setChecked(choices.size is not None)
        height, width = choices.size or (_USUAL_SIDE, _USUAL_SIDE)
        self._height.setValue(height)
        self._width.setValue(width)

    def _lay_out(self) -> None:
        form = self._form
        form.add_field("array", "Array", self._array)
        form.add_field("delimiter", "Delimiter", self._delimiter)
        form.add_line(self._header)
        form.add_line(self._is_colour)
        form.add_line(self._is_sized)
        form.add_line(self._stays)
        form.add_pair(("height", "Height", self._height), ("width", "Width", self._width))
        form.add_field("label", "Classes", self._label)
        form.add_line(self._look_for_label)
        form.add_field("id", "Row names", self._id)
        form.add_field("missing", "Gaps", self._missing)
        form.add_field("scaling", "Scaling", self._scaling)
        form.add_pair(("share", "To test", self._share), ("seed", "Seed", self._seed))
        set_role(self._look_for_label, "link")
        self._look_for_label.setAutoDefault(False)
        self._id.setToolTip("The column that says what a row is called")
        self._stays.setToolTip(
            "Each epoch reads them from there: for files that are larger than memory"
        )
        self._missing.setToolTip("What becomes of rows that lack a value")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(form)

    def _connect(self) -> None:
        for choice in (self._label, self._id, self._missing, self._scaling):
            choice.activated.connect(self._tell)
        self._look_for_label.clicked.connect(self.label_asked)
        for choice in (self._delimiter, self._array):
            choice.activated.connect(self._tell)
        for number in (self._share, self._seed, self._height, self._width):
            number.valueChanged.connect(self._tell)
        for switch in (self._header, self._is_colour, self._is_sized, self._stays):
            switch.toggled.connect(self._tell)

    def _tell(self) -> None:
        if not self._is_filling:
            self.edited.emit()


def _offer(choice: Choice, names: Sequence[str], chosen: str | None) -> None:
    choice.clear()
    for name in names:
        choice.addItem(name or "none", name)
    choice.choose(chosen or "")
