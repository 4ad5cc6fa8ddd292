"""The Draw tab: it asks with every change, shows what it is told and nothing else."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aegui.records import FloatArray
from aegui.ui.theme import DARK, LIGHT, Theme
from aegui.ui.views.draw.canvas import Canvas
from aegui.ui.views.draw.draw_tools import DrawTools
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.draw.picture import Picture

LEFT = Qt.MouseButton.LeftButton
MODEL = "Pretrained model: MNIST digits, 32-number code"


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[DrawView]:
    view = DrawView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.set_model(MODEL)
    view.resize(870, 700)
    view.show()
    yield view
    view.close()


@pytest.fixture
def asked(view: DrawView) -> list[FloatArray]:
    rows: list[FloatArray] = []
    view.reconstruction_requested.connect(rows.append)
    return rows


def draw(canvas: Canvas) -> None:
    QTest.mousePress(canvas, LEFT, pos=QPoint(40, 40))
    for step in range(1, 6):
        QTest.mouseMove(canvas, QPoint(40 + 4 * step, 40 + 20 * step))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(60, 140))


def texts(view: DrawView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def button(view: DrawView, text: str) -> QPushButton:
    return next(
        found
        for found in view.findChildren(QPushButton)
        if found.text() == text and found.isVisible()
    )


def test_a_stroke_asks_for_a_row_like_mnist(view: DrawView, asked: list[FloatArray]) -> None:
    draw(view.canvas)
    assert len(asked) >= 5
    row = asked[-1]
    assert row.shape == (1, 784)
    assert row.dtype == np.float32
    lines = np.flatnonzero(row.reshape(28, 28).any(axis=1))
    assert lines[-1] - lines[0] == 19
    assert not view.seen.is_empty
    assert view.reconstruction.is_empty, "nobody answered yet"


def test_the_answer_is_shown_with_its_error(view: DrawView, asked: list[FloatArray]) -> None:
    draw(view.canvas)
    before = view.reconstruction.grab().toImage()
    view.set_waiting("TensorFlow is loading")
    view.show_reconstruction(asked[-1] * np.float32(0.5), asked[-1])
    assert view.reconstruction.grab().toImage() != before
    error = float(asked[-1].sum() / 2)
    assert f"Reconstruction · error {error:.1f}" in texts(view)
    assert "TensorFlow" not in texts(view)


def test_nothing_is_asked_or_shown_without_ink(view: DrawView, asked: list[FloatArray]) -> None:
    late = np.ones((1, 784), dtype=np.float32)
    view.show_reconstruction(late)
    assert view.reconstruction.is_empty
    draw(view.canvas)
    view.show_reconstruction(late)
    assert not view.reconstruction.is_empty
    asked.clear()
    QTest.mouseClick(button(view, "Clear"), LEFT)
    view.show_reconstruction(late)
    assert view.seen.is_empty
    assert view.reconstruction.is_empty
    assert "· error" not in texts(view)
    assert not asked


def test_the_raw_switch_changes_the_row(view: DrawView, asked: list[FloatArray]) -> None:
    draw(view.canvas)
    centred = asked[-1]
    view.digit_board.raw.click()
    raw = asked[-1]
    assert not np.array_equal(raw, centred)
    assert not raw.reshape(28, 28)[:, 20:].any(), "drawn at the left, seen at the left"
    view.digit_board.raw.click()
    np.testing.assert_array_equal(asked[-1], centred)


def test_a_new_model_is_asked_about_the_present_drawing(
    view: DrawView, asked: list[FloatArray]
) -> None:
    view.set_model("Your model, epoch 0 of 24")
    assert not asked
    draw(view.canvas)
    row = asked[-1]
    asked.clear()
    view.set_model("Your model, epoch 1 of 24")
    assert len(asked) == 1
    np.testing.assert_array_equal(asked[0], row)
    assert "Your model, epoch 1 of 24" in texts(view)


def test_without_a_model_it_says_what_to_do(
    view: DrawView, asked: list[FloatArray], qtbot: QtBot
) -> None:
    draw(view.canvas)
    view.show_reconstruction(asked[-1])
    view.set_model(None)
    assert "Drawing needs a model of rows of numbers, or of square grey pictures" in texts(view)
    assert view.reconstruction.is_empty
    view.show_reconstruction(asked[-1])
    assert view.reconstruction.is_empty
    with qtbot.waitSignal(view.pretrained_requested):
        QTest.mouseClick(button(view, "Take the pretrained model"), LEFT)
    asked.clear()
    view.set_model(MODEL)
    assert len(asked) == 1, "the drawing is still there"


def test_buttons_and_keys_do_the_same(view: DrawView, qtbot: QtBot) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.setFocus()
    assert view.canvas.hasFocus()
    undo, redo, clear = (button(view, text) for text in ("Undo", "Redo", "Clear"))
    assert not any(tool.isEnabled() for tool in (undo, redo, clear))
    draw(view.canvas)
    assert undo.isEnabled()
    assert clear.isEnabled()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view.canvas, Qt.Key.Key_Z, control)
    assert view.canvas.is_empty
    assert redo.isEnabled()
    QTest.keyClick(view.canvas, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert not view.canvas.is_empty
    QTest.mouseClick(undo, LEFT)
    view.setFocus()
    QTest.keyClick(view.canvas, Qt.Key.Key_Y, control)
    assert not view.canvas.is_empty
    QTest.keyClick(view.canvas, Qt.Key.Key_Delete)
    assert view.canvas.is_empty
    assert undo.isEnabled()


def test_the_slider_changes_the_brush(view: DrawView) -> None:
    view.digit_board.tools.brush.setValue(60)
    assert view.canvas.brush_width == pytest.approx(0.06)


def test_nothing_moves_while_drawing(view: DrawView, asked: list[FloatArray]) -> None:
    def places() -> list[object]:
        widgets = (
            view.canvas,
            view.seen,
            view.reconstruction,
            view.digit_board.raw,
            view.digit_board.tools,
        )
        return [widget.geometry() for widget in widgets] + [view.minimumSizeHint()]

    QTest.qWait(1)
    at_first = places()
    view.set_waiting("TensorFlow is loading, your reconstruction appears in a moment")
    draw(view.canvas)
    view.show_reconstruction(asked[-1] * np.float32(0.1))
    QTest.qWait(1)
    assert places() == at_first


@pytest.mark.parametrize("theme", [LIGHT, replace(LIGHT, scale=1.5)])
@pytest.mark.parametrize("size", [(712, 545), (870, 745), (1416, 640), (1900, 980)])
def test_the_pictures_use_the_room_that_there_is(
    view: DrawView, asked: list[FloatArray], size: tuple[int, int], theme: Theme
) -> None:
    view.set_theme(theme)
    view.resize(*size)
    draw(view.canvas)
    view.show_reconstruction(asked[-1], asked[-1])
    # One round of events for each layout inside another.
    QTest.qWait(50)
    board, company = view.digit_board, view.company
    pictures = (view.seen, view.reconstruction, board.difference, board.code)
    drawing = [view.canvas, *pictures, board.tools, board.raw]
    areas = [area(view, part) for part in (*drawing, company.map, company.bars, company.near)]
    if theme.scale == 1.0 or size[1] > 700:
        assert all(view.rect().contains(each) for each in areas)
    for number, first in enumerate(areas):
        assert not any(first.intersects(other) for other in areas[number + 1 :])
    is_wide = size[0] > 1.75 * size[1]
    # What stands beside the drawing takes a third of the height, or of the width.
    most = size[1] - (140 if is_wide else 346) * theme.scale
    assert view.canvas.width() >= min(0.29 * size[0], most, 640)
    assert view.canvas.width() == view.canvas.height()
    assert all(part.width() == view.seen.width() >= 112 for part in pictures)


def area(view: DrawView, part: QWidget) -> QRect:
    return QRect(part.mapTo(view, QPoint(0, 0)), part.size())


def test_a_picture_is_sharp_and_can_be_exported(qtbot: QtBot) -> None:
    picture = Picture("a picture", (2, 3))
    qtbot.addWidget(picture)
    picture.resize(31, 25)
    row = np.array([[0.0, 0.5, 1.0, 1.0, np.nan, 2.0]], dtype=np.float32)
    picture.show_row(row, (2, 3))
    shown = picture.grab().toImage()
    assert [shown.pixelColor(5 + 10 * x, 5).red() for x in range(3)] == [0, 128, 255]
    assert [shown.pixelColor(5 + 10 * x, 15).red() for x in range(3)] == [255, 0, 255]
    assert (picture.image().width(), picture.image().height()) == (30, 20)
    headers, lines = picture.table()
    assert len(headers) == 3
    assert next(iter(lines)) == [0.0, 0.5, 1.0]
    picture.show_row(None, (2, 3))
    assert picture.image().pixelColor(25, 5).red() == 0


@pytest.mark.parametrize(("width", "words"), [(330, ["Undo", "Redo", "Clear"]), (180, [""] * 3)])
def test_words_that_have_no_room_give_way_to_icons(
    qtbot: QtBot, width: int, words: list[str]
) -> None:
    tools = DrawTools()
    qtbot.addWidget(tools)
    tools.set_theme(DARK)
    tools.setFixedWidth(width)
    tools.show()
    buttons = (tools.undo, tools.redo, tools.clear)
    assert [button.text() for button in buttons] == words
    assert [button.accessibleName() for button in buttons] == ["Undo", "Redo", "Clear"]


def test_an_answer_about_rows_of_numbers_is_passed_over(view: DrawView) -> None:
    draw(view.canvas)
    view.digit_board.show_reconstruction(np.zeros((1, 32), np.float32))
    view.digit_board.show_reconstruction(
        np.zeros((1, 32), np.float32), of=np.zeros((1, 32), np.float32)
    )
    assert view.reconstruction.is_empty
