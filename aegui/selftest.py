"""The application trying itself out: window, training, drawing."""

import os
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from aegui.app import make_application
from aegui.records import RunResult, RunState
from aegui.specs import find_lesson
from aegui.ui.main_window import MainWindow
from aegui.ui.settings import Settings
from aegui.ui.theme import ThemeSwitch

_PATIENCE = 120.0
# A 3, as a pen writes it, in shares of the canvas.
_THREE = [(0.30, 0.22), (0.50, 0.14), (0.68, 0.24), (0.66, 0.40), (0.46, 0.48)]
_THREE += [(0.66, 0.56), (0.72, 0.72), (0.54, 0.86), (0.30, 0.80)]
_STEPS_BETWEEN = 6


class SelfTestError(Exception):
    """Something that should work does not; the message says what."""


def run_selftest() -> int:
    """Run the test, print one line, and return the exit status: 0, or 1 with what failed."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    # The person's own runs and settings are left alone.
    with tempfile.TemporaryDirectory(prefix="aegui-selftest-") as folder:
        os.environ["AEGUI_HOME"] = folder
        application = make_application(["aegui"])
        switch = ThemeSwitch(application)
        window = MainWindow(switch, Settings())
        switch.dress()
        try:
            loss, ink = _try_out(application, window)
        except SelfTestError as error:
            sys.stdout.write(f"aegui selftest failed: {error}\n")
            return 1
        finally:
            window.close()
    sys.stdout.write(
        f"aegui selftest passed in {time.perf_counter() - began:.1f} s: one epoch of mnist, "
        f"validation loss {loss:.4f}; a drawn 3 rebuilt with {ink:.0f} of ink\n"
    )
    return 0


def _try_out(application: QApplication, window: MainWindow) -> tuple[float, float]:
    window.show()
    wait_until(application, lambda: window.tabs.count() > 0, "the tabs did not appear")
    lesson = find_lesson("mnist").experiment
    one_epoch = lesson.training.model_copy(update={"epochs": 1})
    window.column.set_experiment(lesson.model_copy(update={"training": one_epoch}))
    results: list[RunResult] = []
    window.session.controller.run_ended.connect(results.append)
    window.session.steering.train()
    wait_until(application, lambda: bool(results), "the training did not end")
    result = results[0]
    if result.state is not RunState.FINISHED:
        raise SelfTestError(f"the training ended as {result.state.value}: {result.failure}")
    window.tabs.setCurrentWidget(window.draw_view)
    application.processEvents()
    draw_three(window.draw_view.canvas)
    picture = window.draw_view.reconstruction
    wait_until(application, lambda: not picture.is_empty, "the drawing was not rebuilt")
    row = picture.row()
    if row is None or float(np.ptp(row)) < 0.2:
        raise SelfTestError("the drawing's reconstruction is one even grey")
    return result.history.last.val_loss, float(row.sum())


def wait_until(application: QApplication, is_done: Callable[[], bool], complaint: str) -> None:
    """Let the window work until ``is_done``; raise ``SelfTestError`` if that never comes."""
    deadline = time.monotonic() + _PATIENCE
    while not is_done():
        if time.monotonic() > deadline:
            raise SelfTestError(complaint)
        application.processEvents()
        time.sleep(0.005)


def draw_three(canvas: QWidget) -> None:
    """Draw the 3 by the mouse events that a hand would make."""
    corners = np.array(_THREE) * (canvas.width(), canvas.height())
    places = np.arange(0, len(corners) - 1 + 1e-9, 1 / _STEPS_BETWEEN)
    xs = np.interp(places, np.arange(len(corners)), corners[:, 0])
    ys = np.interp(places, np.arange(len(corners)), corners[:, 1])
    points = [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
    _send(canvas, QEvent.Type.MouseButtonPress, points[0], Qt.MouseButton.LeftButton)
    for point in points[1:]:
        _send(canvas, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton)
    _send(canvas, QEvent.Type.MouseButtonRelease, points[-1], Qt.MouseButton.LeftButton)


def _send(canvas: QWidget, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton) -> None:
    down = kind is not QEvent.Type.MouseButtonRelease
    buttons = Qt.MouseButton.LeftButton if down else Qt.MouseButton.NoButton
    spot = QPointF(canvas.mapToGlobal(at))
    event = QMouseEvent(kind, at, spot, button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)
