"""The real window for the benchmarks: opened in a folder of its own, drawn on by mouse events."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from aegui.app import make_application, open_window
from aegui.ui.main_window import MainWindow

_PATIENCE_MS = 300_000
# A 2, as a pen writes it, in shares of the canvas.
_TWO = [(0.28, 0.30), (0.40, 0.16), (0.60, 0.16), (0.70, 0.32), (0.60, 0.50), (0.42, 0.66)]
_TWO += [(0.28, 0.82), (0.50, 0.80), (0.74, 0.82)]


def choose_platform() -> str:
    """Draw off the screen where there is none; return the name of what Qt will use."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return os.environ.get("QT_QPA_PLATFORM", "the display's")


@contextmanager
def opened_window() -> Iterator[MainWindow]:
    """Open the window as at a first launch, in a home of its own; close it in the end."""
    choose_platform()
    with tempfile.TemporaryDirectory(prefix="aegui-benchmark-") as folder:
        os.environ["AEGUI_HOME"] = folder
        application = QApplication.instance() or make_application(["aegui"])
        window = open_window(application)
        try:
            yield window
        finally:
            window.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Run the event loop as the application does, looking every 20 ms whether it ``is_so``."""
    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: loop.quit() if is_so() else None)
    look.start(20)
    QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
    loop.exec()
    look.stop()
    if not is_so():
        raise TimeoutError(f"nothing came in {_PATIENCE_MS // 1000} s")


def wait(seconds: float) -> None:
    """Run the event loop for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def wait_for_engine(window: MainWindow) -> None:
    """Return when the views are there, TensorFlow is in, and the window has calmed down."""
    wait_until(lambda: window.tabs.count() > 0 and window.session.engine.is_ready)
    wait(0.5)


class PaintWatch(QObject):
    """Says ``painting`` before a widget's paint event and ``painted`` when it has been flushed."""

    painting = Signal()
    painted = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painting.emit()
            # Qt paints all that is due and flushes it before it takes the next posted event.
            QTimer.singleShot(0, self.painted.emit)
        return False


def stroke(canvas: QWidget, moves: int) -> list[QMouseEvent]:
    """Return the mouse events of a 2: a press, ``moves`` moves, a release."""
    corners = np.array(_TWO) * (canvas.width(), canvas.height())
    places = np.linspace(0, len(corners) - 1, moves + 1)
    xs = np.interp(places, np.arange(len(corners)), corners[:, 0])
    ys = np.interp(places, np.arange(len(corners)), corners[:, 1])
    points = [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
    return [
        _mouse(canvas, QEvent.Type.MouseButtonPress, points[0]),
        *(_mouse(canvas, QEvent.Type.MouseMove, point) for point in points[1:]),
        _mouse(canvas, QEvent.Type.MouseButtonRelease, points[-1]),
    ]


def send(canvas: QWidget, event: QMouseEvent) -> None:
    """Hand a mouse event to the canvas as Qt does."""
    QApplication.sendEvent(canvas, event)


def _mouse(canvas: QWidget, kind: QEvent.Type, at: QPointF) -> QMouseEvent:
    moves, up = kind == QEvent.Type.MouseMove, kind == QEvent.Type.MouseButtonRelease
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    return QMouseEvent(
        kind,
        at,
        QPointF(canvas.mapToGlobal(at)),
        none if moves else left,
        none if up else left,
        Qt.KeyboardModifier.NoModifier,
    )
