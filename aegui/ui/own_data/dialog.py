"""A file looked at before it is used: what it holds, what is learned of it, and how."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.data.files import Choices
from aegui.specs import FileSpec, TextColumns
from aegui.ui.forms import empty_page, label, set_role
from aegui.ui.own_data.choices_form import ChoicesForm
from aegui.ui.own_data.file_page import FilePage
from aegui.ui.own_data.outcome import outcome_in_words
from aegui.ui.own_data.reader import Found, Reader, Unread

_SIZE = (1040, 680)
_SIDE = 300
_STEPS = 1000
# A person ticks several columns one after the other.
_PATIENCE_MS = 250


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
        self.page, self.form = FilePage(), ChoicesForm()
        self._outcome = label("", "muted", wrap=True)
        self._pages, self._instead = QStackedWidget(), empty_page("")
        self.form.hide()
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
        layout = QGridLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setHorizontalSpacing(20)
        layout.setVerticalSpacing(12)
        self._pages.addWidget(self._instead)
        self._pages.addWidget(self.page)
        layout.addWidget(self._pages, 0, 0)
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
        self.page.edited.connect(self._wait)
        self.form.edited.connect(self._wait)
        self.form.label_asked.connect(self._ask_label)
        self.reader.told.connect(self._show_progress)
        self.reader.found.connect(self._show)
        self.reader.unread.connect(self._show_unread)
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
        self._choices = self._wanted()
        self.use_button.setEnabled(False)
        self._timer.start()

    @Slot()
    def _ask_label(self) -> None:
        folder = str(self._path.absolute().parent)
        name, _ = QFileDialog.getOpenFileName(self, f"Classes of {self._path.name}", folder)
        if name:
            self.form.take_label_file(Path(name), self._path.absolute())

    @Slot()
    def _read(self) -> None:
        self.use_button.setEnabled(False)
        self._show_progress("Reading", 0.0)
        self.reader.read(self._path, self._choices)

    def _wanted(self) -> Choices:
        """Return what is chosen now; columns count once there are any."""
        choices, found = self.form.choices(), self._found
        if found is not None and _read_otherwise(choices, found.choices):
            # Other columns come out of it.
            return replace(choices, columns=None, label=None, id_column=None)
        if found is None or not found.report.columns:
            return replace(choices, columns=None)
        columns = self.page.columns
        text: TextColumns = "one_hot" if columns.has_texts else "leave_out"
        # What names classes or rows is not learned as well.
        named = (choices.label, choices.id_column)
        learned = tuple(name for name in columns.ticked if name not in named)
        return replace(choices, columns=learned, text=text)

    @Slot(str, float)
    def _show_progress(self, doing: str, fraction: float) -> None:
        self._bar.show()
        self._bar.setValue(round(fraction * _STEPS))
        self._doing.setText(doing)

    @Slot(Found)
    def _show(self, found: Found) -> None:
        is_first, self._found = self._found is None, found
        self._end_progress()
        self.page.show_found(found)
        self._pages.setCurrentWidget(self.page)
        self.form.show_found(found)
        self.form.show()
        text, is_wrong = outcome_in_words(found)
        self._say(text, is_wrong=is_wrong)
        self.use_button.setEnabled(found.spec is not None)
        if is_first:
            self.use_button.setFocus()

    @Slot(Unread)
    def _show_unread(self, unread: Unread) -> None:
        self._found = None
        self._end_progress()
        self.form.show_unread(unread)
        self.form.setVisible(unread.format is not None)
        # What was found before was read in another way.
        self._instead.setText(unread.why)
        self._pages.setCurrentWidget(self._instead)
        self._outcome.clear()

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
