"""Drawing with mouse and pen, and taking it back."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aegui.ui.views.draw.canvas import Canvas
from aegui.ui.views.draw.sheet import Sheet
from aegui.ui.views.draw.strokes import Point, Stroke

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 300)
    canvas.show()
    yield canvas
    canvas.close()


def draw(canvas: Canvas, *points: tuple[int, int]) -> None:
    first, *others = (QPoint(*point) for point in points)
    QTest.mousePress(canvas, LEFT, pos=first)
    for point in others:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, LEFT, pos=others[-1] if others else first)


def pen(canvas: Canvas, kind: QEvent.Type, x: int, pressure: float) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletMove else LEFT
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
    place = QPointF(x, 150)
    event = QTabletEvent(
        kind,
        QPointingDevice.primaryPointingDevice(),
        place,
        canvas.mapToGlobal(place),
        pressure,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        Qt.KeyboardModifier.NoModifier,
        button,
        held,
    )
    QApplication.sendEvent(canvas, event)


def test_an_empty_canvas_invites_and_has_no_ink(canvas: Canvas) -> None:
    assert canvas.is_empty
    assert canvas.ink().shape == (560, 560)
    assert not canvas.ink().any()
    assert has_bright_pixels(canvas.grab().toImage())


def has_bright_pixels(image: QImage) -> bool:
    return any(
        image.pixelColor(x, y).lightness() > 100
        for x in range(image.width() // 4, 3 * image.width() // 4)
        for y in range(image.height() // 2 - 10, image.height() // 2 + 10)
    )


def test_the_mouse_leaves_ink_where_it_went(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.changed):
        draw(canvas, (60, 60), (150, 60), (240, 60))
    ink = canvas.ink()
    assert not canvas.is_empty
    assert ink[112, 112] == pytest.approx(1.0)
    assert ink[112, 448] == pytest.approx(1.0)
    assert not ink[300:].any()
    picture = canvas.grab().toImage()
    assert picture.pixelColor(150, 60).lightness() > 240
    assert not has_bright_pixels(picture), "the invitation is gone"


def test_every_move_is_told(canvas: Canvas) -> None:
    told: list[float] = []
    canvas.changed.connect(lambda: told.append(float(canvas.ink().sum())))
    draw(canvas, (60, 60), (120, 60), (180, 60))
    assert len(told) == 4
    assert told == sorted(told)
    assert len(set(told)) == 4


def test_a_click_is_a_dot_and_the_right_button_draws_nothing(canvas: Canvas) -> None:
    canvas.customContextMenuRequested.disconnect()
    QTest.mouseClick(canvas, Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    assert canvas.is_empty
    draw(canvas, (100, 100))
    assert canvas.ink().sum() == pytest.approx(
        np.pi * (560 * canvas.brush_width / 2) ** 2, rel=0.02
    )


def test_undo_and_redo_go_stroke_by_stroke(canvas: Canvas) -> None:
    draw(canvas, (60, 60), (240, 60))
    one = canvas.ink()
    draw(canvas, (60, 200), (240, 200))
    two = canvas.ink()
    canvas.undo()
    np.testing.assert_array_equal(canvas.ink(), one)
    assert canvas.can_undo
    assert canvas.can_redo
    canvas.undo()
    assert canvas.is_empty
    assert not canvas.can_undo
    canvas.undo()
    canvas.redo()
    canvas.redo()
    np.testing.assert_array_equal(canvas.ink(), two)
    assert not canvas.can_redo


def test_a_new_stroke_ends_what_could_be_redone(canvas: Canvas) -> None:
    draw(canvas, (60, 60), (240, 60))
    canvas.undo()
    draw(canvas, (60, 200), (240, 200))
    assert not canvas.can_redo


def test_clearing_can_be_taken_back(canvas: Canvas) -> None:
    canvas.clear()
    assert not canvas.can_undo, "there was nothing to clear"
    draw(canvas, (60, 60), (240, 60))
    drawn = canvas.ink()
    canvas.clear()
    assert canvas.is_empty
    assert not canvas.ink().any()
    canvas.undo()
    np.testing.assert_array_equal(canvas.ink(), drawn)


def test_undo_in_the_middle_of_a_stroke_takes_that_stroke(canvas: Canvas) -> None:
    QTest.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(150, 100))
    assert canvas.can_undo
    canvas.undo()
    QTest.mouseMove(canvas, QPoint(200, 100))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(200, 100))
    assert canvas.is_empty
    assert canvas.can_redo


def test_another_size_keeps_the_drawing(canvas: Canvas) -> None:
    draw(canvas, (60, 60), (240, 60))
    drawn = canvas.ink()
    canvas.resize(400, 400)
    np.testing.assert_array_equal(canvas.ink(), drawn)
    assert canvas.grab().toImage().pixelColor(200, 80).lightness() > 240
    draw(canvas, (80, 80), (320, 80))
    np.testing.assert_array_equal(canvas.ink(), drawn)


def test_a_wider_brush_leaves_more_ink(canvas: Canvas) -> None:
    canvas.set_brush_width(0.05)
    draw(canvas, (60, 60), (240, 60))
    thin = canvas.ink().sum()
    canvas.clear()
    canvas.set_brush_width(0.10)
    draw(canvas, (60, 60), (240, 60))
    assert canvas.ink().sum() > 1.9 * thin
    assert canvas.brush_width == 0.10


def test_a_pen_draws_wider_when_it_presses_harder(canvas: Canvas) -> None:
    sums = []
    for pressure in (0.1, 0.5, 1.0):
        pen(canvas, QEvent.Type.TabletPress, 60, pressure)
        pen(canvas, QEvent.Type.TabletMove, 150, pressure)
        pen(canvas, QEvent.Type.TabletMove, 240, pressure)
        pen(canvas, QEvent.Type.TabletRelease, 240, 0.0)
        sums.append(float(canvas.ink().sum()))
        assert len(canvas._drawing.strokes) == 1
        canvas.clear()
    assert 0 < sums[0] < sums[1] < sums[2]


def test_a_pen_in_the_air_leaves_nothing(canvas: Canvas) -> None:
    pen(canvas, QEvent.Type.TabletMove, 60, 0.0)
    assert canvas.is_empty


def test_ink_outside_the_field_is_cut_off(canvas: Canvas) -> None:
    draw(canvas, (150, 150), (700, -400), (10, 10))
    assert np.isfinite(canvas.ink()).all()
    assert canvas.ink().max() <= 1.0


def test_drawing_bit_by_bit_is_the_same_as_drawing_anew() -> None:
    stroke = Stroke((Point(0.2, 0.2),), 0.08)
    sheet = Sheet(200)
    sheet.add(stroke.piece(0))
    for x, y in ((0.5, 0.25), (0.8, 0.6), (0.3, 0.9)):
        stroke = stroke.with_point(Point(x, y, 0.8))
        touched = sheet.add(stroke.piece(len(stroke.points) - 1))
        assert touched.width() > 0
    sheet.add(stroke.end())
    again = Sheet(200)
    again.redraw([stroke])
    np.testing.assert_array_equal(sheet.pixels, again.pixels)
