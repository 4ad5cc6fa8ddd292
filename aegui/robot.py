"""The window operated by the program itself: waiting, pointing, clicking and drawing.

Events are those that a hand's mouse would make, sent to the widget under it.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 120.0
_STEPS_BETWEEN = 6
# A 3, as a pen writes it, in shares of the canvas.
_THREE = [(0.30, 0.22), (0.50, 0.14), (0.68, 0.24), (0.66, 0.40), (0.46, 0.48)]
_THREE += [(0.66, 0.56), (0.72, 0.72), (0.54, 0.86), (0.30, 0.80)]

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


class RobotError(Exception):
    """Something that should happen does not; the message says what."""


def wait_until(application: QApplication, is_done: Callable[[], bool], complaint: str) -> None:
    """Let the window work until ``is_done``; raise ``RobotError`` if that never comes."""
    deadline = time.monotonic() + _PATIENCE
    while not is_done():
        if time.monotonic() > deadline:
            raise RobotError(complaint)
        application.processEvents()
        time.sleep(0.005)


def draw_three(canvas: QWidget) -> None:
    """Draw a 3 with one stroke."""
    drag(canvas, _THREE)


def drag(
    widget: QWidget,
    corners: Sequence[tuple[float, float]],
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Move over a widget with a button down, past corners in shares of its size.

    The window works between the movements, as it does under a hand.
    """
    ends = np.array(corners) * (widget.width(), widget.height())
    places = np.arange(0, len(ends) - 1 + 1e-9, 1 / _STEPS_BETWEEN)
    xs = np.interp(places, np.arange(len(ends)), ends[:, 0])
    ys = np.interp(places, np.arange(len(ends)), ends[:, 1])
    points = [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
    _send(widget, QEvent.Type.MouseButtonPress, points[0], button, button)
    for point in points[1:]:
        _send(widget, QEvent.Type.MouseMove, point, _NONE, button)
        QApplication.processEvents()
    _send(widget, QEvent.Type.MouseButtonRelease, points[-1], button, _NONE)


def point(widget: QWidget, at: QPointF) -> None:
    """Bring the mouse to a place of a widget, in its pixels."""
    _send(widget, QEvent.Type.MouseMove, at, _NONE, _NONE)


def click(widget: QWidget, at: QPointF) -> None:
    """Bring the mouse to a place of a widget, in its pixels, and click."""
    point(widget, at)
    _send(widget, QEvent.Type.MouseButtonPress, at, _LEFT, _LEFT)
    _send(widget, QEvent.Type.MouseButtonRelease, at, _LEFT, _NONE)


def _send(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPointF,
    button: Qt.MouseButton,
    buttons: Qt.MouseButton,
) -> None:
    spot = QPointF(widget.mapToGlobal(at))
    event = QMouseEvent(kind, at, spot, button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)
