"""Who goes through the window: waits, photographs, and looks at each picture taken."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from aegui.control import RunState
from aegui.records import RunResult
from aegui.robot import RobotError, wait_until
from aegui.specs import ExperimentSpec
from aegui.tour.ticks import Ticks
from aegui.ui.main_window import MainWindow
from aegui.ui.views.plot import Plot

# Fewer shades than this are an empty card, not a picture of something.
_LEAST_SHADES = 12


@dataclass(frozen=True)
class Seen:
    """A picture that was taken; ``stall`` is the longest wait before it, in milliseconds."""

    path: Path
    stall: float


class Guide:
    """Knows the window and where pictures go. All that it expects it waits for, or says."""

    def __init__(self, application: QApplication, window: MainWindow, folder: Path) -> None:
        self.application, self.window, self._folder = application, window, folder
        self.seen: list[Seen] = []
        self._ticks = Ticks(window)

    def until(self, is_so: Callable[[], bool], complaint: str) -> None:
        """Let the window work until something is so; raises ``RobotError`` with the complaint."""
        wait_until(self.application, is_so, complaint)

    def require(self, is_so: bool, complaint: str) -> None:
        """Raise ``RobotError`` with the complaint unless something is so."""
        if not is_so:
            raise RobotError(complaint)

    def show(self, view: QWidget) -> None:
        """Go to a tab."""
        self.window.tabs.setCurrentWidget(view)
        self.application.processEvents()

    def start(self, experiment: ExperimentSpec) -> list[RunResult]:
        """Press Train; the list returned holds the run's end once it has come."""
        ends: list[RunResult] = []
        self.window.column.set_experiment(experiment)
        # Nobody presses a button before it is seen what is chosen.
        self.application.processEvents()
        self.window.session.controller.run_ended.connect(ends.append)
        self.window.session.steering.train()
        return ends

    def train(self, experiment: ExperimentSpec) -> RunResult:
        """Train and wait for the end."""
        ends = self.start(experiment)
        self.until(lambda: bool(ends), "the training did not end")
        state = ends[0].state
        self.require(state is RunState.FINISHED, f"the training ended as {state.value}")
        # Nobody goes to another tab before the end is seen.
        self.application.processEvents()
        return ends[0]

    def photograph(self, name: str, *parts: QWidget) -> None:
        """Save the window as a picture; each of the parts must be in it, and show something.

        Of a plot only the data count, not the axes beside them.

        Raises
        ------
        RobotError
            A part is not in view, or one even field.
        OSError
            The picture cannot be written.
        """
        for _ in range(20):
            self.application.processEvents()
        gaps = self._ticks.take()
        picture = self.window.grab()
        for part in parts:
            words = part.accessibleName() or type(part).__name__
            self.require(part.isVisible(), f"{name}: {words} is not in view")
            self.require(
                shades(_cut(picture, part)) >= _LEAST_SHADES, f"{name}: {words} shows nothing"
            )
        path = self._folder / f"{name}.png"
        if not picture.save(str(path)):
            raise OSError(f"{path} cannot be written")
        self.seen.append(Seen(path, max(gaps, default=0.0)))
        self._ticks.skip()

    def picture(self, part: QWidget) -> QImage:
        """Return what a part looks like now."""
        self.application.processEvents()
        return part.grab().toImage()

    def require_new(self, part: QWidget, before: QImage, complaint: str) -> None:
        """Raise ``RobotError`` with the complaint unless a part looks other than before."""
        self.require(self.picture(part) != before, complaint)


def _cut(picture: QPixmap, part: QWidget) -> QImage:
    """Return what a picture of the window has of a part."""
    area = QRectF(part.rect())
    if isinstance(part, Plot):
        box = part.plotItem.vb
        area = QRectF(part.mapFromScene(box.mapRectToScene(part.area())).boundingRect())
    area.translate(QPointF(part.mapTo(part.window(), QPoint())))
    scale = picture.devicePixelRatio()
    corners = area.topLeft() * scale, area.bottomRight() * scale
    return picture.toImage().copy(QRectF(*corners).toRect())


def shades(image: QImage) -> int:
    """Return how many colours every third pixel of a picture has, in steps of 8."""
    if image.isNull():
        return 0
    pixels = _pixels(image)[::3, ::3] // 8
    return len(np.unique(pixels.reshape(-1, 3), axis=0))


def place_of(plot: Plot, x: float, y: float) -> QPointF:
    """Return where a point of the data lies, in pixels of the plot's viewport."""
    return QPointF(plot.mapFromScene(plot.plotItem.vb.mapViewToScene(QPointF(x, y))))


def _pixels(image: QImage) -> NDArray[np.uint8]:
    plain = image.convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(plain.constBits(), np.uint8)
    rows = flat.reshape(plain.height(), plain.bytesPerLine())
    # A copy: the memory goes with the image.
    return rows[:, : 4 * plain.width()].reshape(plain.height(), plain.width(), 4)[..., :3].copy()
