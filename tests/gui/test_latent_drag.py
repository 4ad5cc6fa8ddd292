"""Test digits taken from the latent map to the canvas: dragged, sent by a key, in the window."""

from typing import Any, ClassVar

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from aegui.control import RunState
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, MnistSpec, TrainingSpec
from aegui.ui.main_window import MainWindow
from aegui.ui.views import row_drag
from aegui.ui.views.latent.latent_view import LatentView

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Carried:
    """Stands for the pointer's way across the window; where it ends is set before."""

    onto: QWidget | None = None
    taken: ClassVar[list[row_drag.HeldRow]] = []

    def __init__(self, _view: QWidget) -> None:
        self._data = QMimeData()

    def setMimeData(self, data: QMimeData) -> None:  # noqa: N802 - Qt's name
        self._data = data

    def setPixmap(self, pixmap: QPixmap) -> None:  # noqa: N802 - Qt's name
        assert not pixmap.isNull()

    def exec(self, action: Qt.DropAction) -> None:
        held = row_drag.from_mime(self._data)
        assert held is not None
        self.taken.append(held)
        if self.onto is not None:
            place = QPoint(20, 20)
            enter = QDragEnterEvent(place, action, self._data, LEFT, NONE)
            QApplication.sendEvent(self.onto, enter)
            assert enter.isAccepted()
            drop = QDropEvent(QPointF(place), action, self._data, LEFT, NONE)
            QApplication.sendEvent(self.onto, drop)


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> type[Carried]:
    monkeypatch.setattr(row_drag, "QDrag", Carried)
    monkeypatch.setattr(Carried, "taken", [])
    monkeypatch.setattr(Carried, "onto", None)
    return Carried


def pixel(view: LatentView, place: Any) -> QPoint:
    x, y = float(place[0]), float(place[1])
    return view.plot.mapFromScene(view.plot.plotItem.vb.mapViewToScene(QPointF(x, y)))


def drag(widget: QWidget, start: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(widget, LEFT, modifier, start)
    for step in (4, 12, 24):
        # QTest's moves have neither buttons nor modifiers.
        move(widget, start + QPoint(step, step), modifier)
    QTest.mouseRelease(widget, LEFT, modifier, start + QPoint(24, 24))


def move(widget: QWidget, place: QPoint, modifier: Qt.KeyboardModifier) -> None:
    kind, there = QEvent.Type.MouseMove, QPointF(widget.mapToGlobal(place))
    QApplication.sendEvent(
        widget, QMouseEvent(kind, QPointF(place), there, Qt.MouseButton.NoButton, LEFT, modifier)
    )


def test_digits_of_the_map_are_drawn_on(
    window: MainWindow, hands: Any, carried: type[Carried]
) -> None:
    experiment = ExperimentSpec(
        dataset=MnistSpec(rows=2000),
        architecture=ArchitectureSpec(code=DenseCode(width=2, activation="linear")),
        training=TrainingSpec(epochs=1, batch_size=100),
    )
    assert hands.train(window, experiment).state is RunState.FINISHED
    view, draw = window.tabs.latent_view, window.tabs.draw_view
    window.tabs.setCurrentWidget(view)
    hands.until(lambda: view.chart is not None)
    assert view.chart is not None
    place = np.median(view.chart.crowd.places, axis=0)
    viewport = view.plot.viewport()

    area = view.plot.view_area
    QTest.mouseMove(viewport, pixel(view, place))
    nearest = view.probe.nearest.row
    assert nearest is not None
    carried.onto = draw.canvas
    draw.digit_board.raw.setChecked(True)
    drag(viewport, pixel(view, place), CTRL)
    assert len(carried.taken) == 1
    np.testing.assert_array_equal(carried.taken[0].row, nearest)
    assert view.plot.view_area == area, "the map was panned"
    assert view.plot.pins.count == 0
    assert draw.board.row is not None
    np.testing.assert_allclose(draw.board.row[0], nearest, atol=1 / 255)

    # The pointer leaves the map on its way to the picture beside it.
    QApplication.sendEvent(view.plot, QEvent(QEvent.Type.Leave))
    np.testing.assert_array_equal(view.probe.nearest.row, nearest)
    draw.canvas.clear()
    drag(view.probe.nearest, QPoint(30, 30))
    assert len(carried.taken) == 2
    np.testing.assert_allclose(draw.board.row[0], nearest, atol=1 / 255)

    # Whoever drags waits over the name of a tab for it to open: Qt does that.
    assert window.tabs.tabBar().changeCurrentOnDrag()

    drag(viewport, pixel(view, place))
    assert len(carried.taken) == 2
    assert view.plot.view_area != area, "without Ctrl the map is panned"

    draw.canvas.clear()
    view.plot.setFocus()
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    assert view.probe.nearest.row is not None
    QTest.keyClick(view.plot, Qt.Key.Key_D)
    assert window.tabs.currentWidget() is draw
    assert not draw.canvas.is_empty
