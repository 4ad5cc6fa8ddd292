"""``python -m aegui`` with a stopwatch; ``start.py`` runs it in a process of its own.

It imports nothing that the application does not import itself at its start. Times count from
``AEGUI_BENCHMARK_BEGAN``, the monotonic clock just before this process was made. As soon as there
are views it opens the Draw tab by the first page's door and draws a stroke; once the stroke's
reconstruction has been painted and the engine is ready, it prints the times as JSON and closes
the window.
"""

import json
import os
import runpy
import sys
import time

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from aegui import app
from aegui.ui.main_window import MainWindow

_BEGAN = float(os.environ["AEGUI_BENCHMARK_BEGAN"])
_STROKE = [(0.35, 0.2), (0.6, 0.2), (0.6, 0.5), (0.4, 0.8), (0.7, 0.8)]


class Stopwatch(QObject):
    """Follows a window from its first paint to the first reconstruction of a stroke."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.seconds = {"imported": _ready, "shown": time.monotonic() - _BEGAN}
        self._window = window
        window.installEventFilter(self)
        window.views_built.connect(self._follow_views)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What a paint event belongs to is on the screen before the next posted event.
        if event.type() == QEvent.Type.Paint:
            if watched is self._window:
                QTimer.singleShot(0, lambda: self._note("first paint"))
            elif not self._window.tabs.draw_view.reconstruction.is_empty:
                QTimer.singleShot(0, lambda: self._note_of_end("reconstruction"))
        return False

    def _note(self, what: str) -> None:
        self.seconds.setdefault(what, time.monotonic() - _BEGAN)

    def _follow_views(self) -> None:
        self._note("views built")
        engine = self._window.session.engine
        engine.ready.connect(lambda: self._note_of_end("engine ready"))
        self._window.tabs.draw_view.reconstruction.installEventFilter(self)
        self._window.start_page.draw_chosen.emit()
        self._look = QTimer(self)
        self._look.timeout.connect(self._draw)
        self._look.start(10)

    def _draw(self) -> None:
        canvas = self._window.tabs.draw_view.canvas
        if canvas.isVisible():
            self._look.stop()
            self._note("stroke drawn")
            draw(canvas)

    def _note_of_end(self, what: str) -> None:
        self._note(what)
        has_all = {"engine ready", "reconstruction"} <= self.seconds.keys()
        if has_all and self._window.isVisible():
            print(json.dumps(self.seconds), flush=True)
            self._window.close()


def draw(canvas: QWidget) -> None:
    """Draw a stroke by mouse events."""
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * 3]
    for kind, (x, y) in zip([*kinds, QEvent.Type.MouseButtonRelease], _STROKE, strict=True):
        at = QPointF(x * canvas.width(), y * canvas.height())
        button = Qt.MouseButton.LeftButton
        place = QPointF(canvas.mapToGlobal(at))
        event = QMouseEvent(kind, at, place, button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas, event)


def _open_and_watch(application: QApplication) -> MainWindow:
    window = _open_window(application)
    Stopwatch(window)
    return window


_ready = time.monotonic() - _BEGAN
_open_window = app.open_window
app.open_window = _open_and_watch
sys.argv = ["aegui"]
runpy.run_module("aegui", run_name="__main__", alter_sys=True)
