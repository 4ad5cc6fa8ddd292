"""Files that are let go over the window."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileTarget(QObject):
    """Lets a window take files; what inside it takes something else goes before it.

    ``endings`` are those of the files that it takes, in small letters: ``.aegui``.
    """

    dropped = Signal(Path)

    def __init__(self, window: QWidget, endings: Sequence[str]) -> None:
        super().__init__(window)
        self._endings = tuple(endings)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that come over the window, and tell of each that is let go."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return super().eventFilter(watched, event)
        if not isinstance(event, QDropEvent):
            return False
        files = self._files(event.mimeData())
        if not files:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            for path in files:
                self.dropped.emit(path)
        return True

    def _files(self, contents: QMimeData) -> list[Path]:
        paths = [Path(url.toLocalFile()) for url in contents.urls() if url.isLocalFile()]
        return [path for path in paths if path.suffix.lower() in self._endings]
