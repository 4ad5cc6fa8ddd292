"""The library's table, worked by the keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget


class RunTable(QTableView):
    """A table whose lines are runs: Return opens, Delete deletes, F2 renames, Space ticks."""

    open_requested = Signal()
    delete_requested = Signal()
    edit_ended = Signal()
    """Nothing is being typed into a cell any more."""

    @property
    def is_editing(self) -> bool:
        """Whether somebody types into a cell."""
        return self.state() is QAbstractItemView.State.EditingState

    def closeEditor(  # noqa: N802 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Say that the typing is over."""
        super().closeEditor(editor, hint)
        self.edit_ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that mean something for a run."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_editing:
            self.open_requested.emit()
        elif event.key() == Qt.Key.Key_Delete and not self.is_editing:
            self.delete_requested.emit()
        elif event.key() == Qt.Key.Key_Space and not self.is_editing:
            self._tick()
        else:
            super().keyPressEvent(event)

    def _tick(self) -> None:
        index = self.currentIndex().siblingAtColumn(0)
        role = Qt.ItemDataRole.CheckStateRole
        if index.data(role) is not None:
            is_ticked = Qt.CheckState(index.data(role)) is Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked
            self.model().setData(index, wanted, role)
