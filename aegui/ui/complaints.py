"""What went wrong unforeseen, as a person hears of it: one dialog at a time, and a report."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from aegui.ui.error_dialog import ErrorDialog


class Complaints(QObject):
    """Shows errors over a window; ``tell`` may be called on any thread.

    Attributes
    ----------
    log
        The log whose last lines a report holds; None while there is none.
    """

    _told = Signal(str)

    def __init__(self, window: QWidget, private: Callable[[], Iterable[Path]]) -> None:
        """Take a window, and what says which files are a person's own."""
        super().__init__(window)
        self.log: Path | None = None
        self._window, self._private = window, private
        self._dialog: ErrorDialog | None = None
        # Never inside what went wrong: it may have been a repaint.
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def tell(self, sentence: str) -> None:
        """Say a sentence in a dialog, soon; not while there is one already."""
        self._told.emit(sentence)

    @Slot(str)
    def copy(self, said: str = "") -> None:
        """Put a report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report(said))

    def _report(self, said: str) -> str:
        # It asks what is installed, which the first paint must not wait for.
        from aegui.trouble.report import report

        return report(self.log, self._private(), said)

    @Slot(str)
    def _show(self, sentence: str) -> None:
        if self._dialog is not None:
            return
        # A dialog that waits for an answer would keep clicks from another one's child.
        parent = QApplication.activeModalWidget() or self._window
        self._dialog = ErrorDialog(sentence, partial(self._report, sentence), parent)
        self._dialog.destroyed.connect(self._forget)
        self._dialog.show()

    @Slot()
    def _forget(self) -> None:
        self._dialog = None
