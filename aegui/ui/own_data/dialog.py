"""A file looked at before it is used: what it holds, what is learned of it, and how."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from aegui.data.files import Block, Choices
from aegui.specs import FileSpec, TextColumns
from aegui.ui.forms import label, set_role
from aegui.ui.own_data.choices_form import ChoicesForm
from aegui.ui.own_data.columns_model import ColumnsModel
from aegui.ui.own_data.first_pictures import FirstPictures
from aegui.ui.own_data.first_rows import FirstRows
from aegui.ui.own_data.outcome import outcome_in_words
from aegui.ui.own_data.reader import Found, Reader

_SIZE = (1040, 680)
_SIDE = 300
_STEPS = 1000
# A person ticks several columns one after the other.
_PATIENCE_MS = 250
_LEARN_WIDTH, _MISSING_WIDTH, _VALUES_WIDTH = 200, 80, 190


class DataDialog(QDialog):
    """Shows one file; ``chosen`` brings the spec of its rows when a person wants to use them."""

    chosen = Signal(FileSpec)

    def __init__(self, path: Path, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Open data: {path.name or path}")
        self.resize(*_SIZE)
        self._path = path
        self._choices = choices
        self._found: Found | None = None
        self.reader = Reader(self)
        self.columns, self.rows = ColumnsModel(), FirstRows()
        self.form, self.pictures = ChoicesForm(), FirstPictures()
        self._first = label("First rows", "heading")
        self.pictures.hide()
        self._report, self._outcome = label("", wrap=True), label("", "muted", wrap=True)
        self._columns_view, self._rows_view = _table(self.columns), _table(self.rows)
        self._all, self._none = QPushButton("All"), QPushButton("None")
        self._bar, self._doing = QProgressBar(), label("", "muted")
        self.use_button, self._cancel = QPushButton("Use these data"), QPushButton("Cancel")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE_MS)
        self._lay_out()
        self._connect()
        self._read()

    @property
    def found(self) -> Found | None:
        """What the file was found to hold last."""
        return self._found

    def _lay_out(self) -> None:
        self._bar.setRange(0, _STEPS)
        set_role(self.use_button, "primary")
        self.use_button.setDefault(True)
        for button in (self._all, self._none):
            set_role(button, "link")
            button.setAutoDefault(False)
        self._report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        header = self._columns_view.horizontalHeader()
        for place, width in enumerate((_LEARN_WIDTH, _MISSING_WIDTH, _VALUES_WIDTH)):
            header.resizeSection(place, width)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._columns_view.verticalHeader().hide()

        heads = QHBoxLayout()
        heads.addWidget(label("Columns", "heading"), 1)
        heads.addWidget(self._all)
        heads.addWidget(self._none)
        self._columns_part = QWidget()
        part = QVBoxLayout(self._columns_part)
        part.setContentsMargins(0, 0, 0, 0)
        part.addLayout(heads)
        part.addWidget(self._columns_view, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._report)
        left.addWidget(self._columns_part, 3)
        left.addWidget(self._first)
        left.addWidget(self._rows_view, 2)
        left.addWidget(self.pictures, 2)
        layout = QGridLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setHorizontalSpacing(20)
        layout.setVerticalSpacing(12)
        layout.addLayout(left, 0, 0)
        layout.addWidget(_scrolled(self.form), 0, 1)
        layout.addWidget(self._outcome, 1, 0, 1, 2)
        layout.addLayout(self._foot(), 2, 0, 1, 2)
        layout.setRowStretch(0, 1)
        layout.setColumnStretch(0, 1)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._doing, 1)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.use_button)
        return foot

    def _connect(self) -> None:
        self._timer.timeout.connect(self._read)
        self.columns.edited.connect(self._wait)
        self.form.edited.connect(self._wait)
        self._all.clicked.connect(lambda: self.columns.tick_all(is_ticked=True))
        self._none.clicked.connect(lambda: self.columns.tick_all(is_ticked=False))
        self.reader.told.connect(self._show_progress)
        self.reader.found.connect(self._show)
        self.reader.failed.connect(self._show_failed)
        self.use_button.clicked.connect(self._use)
        self._cancel.clicked.connect(self.reject)

    def done(self, result: int) -> None:
        """Call off what is read, and close."""
        self._timer.stop()
        self.reader.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close as Cancel does."""
        self.reject()
        super().closeEvent(event)

    @Slot()
    def _wait(self) -> None:
        """Read again when nothing more is chosen for a moment; what was found counts no more."""
        self.use_button.setEnabled(False)
        self._timer.start()

    @Slot()
    def _read(self) -> None:
        self.use_button.setEnabled(False)
        self._show_progress("Reading", 0.0)
        if self._found is not None:
            self._choices = self._wanted(self._found)
        self.reader.read(self._path, self._choices)

    def _wanted(self, found: Found) -> Choices:
        """Return what is chosen now; columns count once there are any."""
        choices = self.form.choices()
        if not found.report.columns or _read_otherwise(choices, self._choices):
            # Other columns come out of it.
            return replace(choices, columns=None)
        text: TextColumns = "one_hot" if self.columns.has_texts else "leave_out"
        return replace(choices, columns=self.columns.ticked, text=text)

    @Slot(str, float)
    def _show_progress(self, doing: str, fraction: float) -> None:
        self._bar.show()
        self._bar.setValue(round(fraction * _STEPS))
        self._doing.setText(doing)

    @Slot(Found)
    def _show(self, found: Found) -> None:
        is_first, self._found = self._found is None, found
        self._choices = found.choices
        self._end_progress()
        self._report.setText("\n".join(found.report.words))
        self._columns_part.setVisible(bool(found.report.columns))
        self.columns.show_columns(found.report.columns, found.choices.columns or ())
        self._show_first(found)
        self.form.show_found(found)
        text, is_wrong = outcome_in_words(found)
        self._say(text, is_wrong=is_wrong)
        self.use_button.setEnabled(found.spec is not None)
        if is_first:
            self.use_button.setFocus()

    def _show_first(self, found: Found) -> None:
        """Show the first rows as pictures, if that is what they are, or as numbers."""
        contents, report = found.opened.contents, found.report
        has_pictures = isinstance(contents, Block) and report.image_shape is not None
        self._first.setText("First pictures" if has_pictures else "First rows")
        self._rows_view.setVisible(not has_pictures)
        self.pictures.setVisible(has_pictures)
        if isinstance(contents, Block) and has_pictures:
            self.pictures.show_block(contents, report.low or 0.0, report.high or 1.0)
        else:
            self.rows.show_rows(found.names, found.rows)

    @Slot(str)
    def _show_failed(self, why: str) -> None:
        self._end_progress()
        self._say(why, is_wrong=True)

    def _end_progress(self) -> None:
        self._bar.hide()
        self._doing.clear()

    def _say(self, text: str, *, is_wrong: bool) -> None:
        set_role(self._outcome, "error" if is_wrong else "muted")
        self._outcome.setText(text)

    @Slot()
    def _use(self) -> None:
        if self._found is not None and self._found.spec is not None:
            self.chosen.emit(self._found.spec)
            self.accept()


def _table(model: ColumnsModel | FirstRows) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setShowGrid(False)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(26)
    return view


def _scrolled(part: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFixedWidth(_SIDE)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 10, 0)
    column.addWidget(part)
    column.addStretch(1)
    area.setWidget(whole)
    return area


def _read_otherwise(one: Choices, other: Choices) -> bool:
    """Whether a file is read in another way, so that its columns may be others."""
    return (one.delimiter, one.header, one.array) != (other.delimiter, other.header, other.array)
