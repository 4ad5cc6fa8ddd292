"""Files that are let go over the window."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileTarget(QObject):
    """Lets a window take files and folders; what inside it takes something else goes first."""

    dropped = Signal(Path)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that come over the window, and tell of each that is let go."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return super().eventFilter(watched, event)
        if not isinstance(event, QDropEvent):
            return False
        files = _files(event.mimeData())
        if not files:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            for path in files:
                self.dropped.emit(path)
        return True


def _files(contents: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in contents.urls() if url.isLocalFile()]
