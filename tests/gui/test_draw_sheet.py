"""Draw 0 to 9: own digits and their reconstructions on a sheet to keep."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from aegui.records import FloatArray
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.draw.contact_picture import contact_picture
from aegui.ui.views.draw.draw_view import DrawView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, fake_model: Any) -> Iterator[DrawView]:
    view = DrawView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.set_model("A model")
    view.resize(870, 740)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)

    def answer(rows: FloatArray) -> None:
        view.sheet.show_reconstructions(rows, fake_model.reconstruct(rows))

    view.sheet_requested.connect(answer)
    yield view
    view.close()


def draw(view: DrawView, length: int) -> None:
    QTest.mousePress(view.canvas, LEFT, pos=QPoint(40, 40))
    QTest.mouseMove(view.canvas, QPoint(60, 40 + length))
    QTest.mouseRelease(view.canvas, LEFT, pos=QPoint(60, 40 + length))


def test_ten_digits_fill_the_sheet(view: DrawView, tmp_path: Path, monkeypatch: Any) -> None:
    draw(view, 30)
    QTest.mouseClick(view.sequence, LEFT)
    assert view.is_in_sequence
    assert view.canvas.is_empty, "the sequence begins with a clean canvas"
    assert view.sheet.request == "Draw a 0, then press Return."
    drawn = []
    for digit in range(10):
        assert view.sheet.current == digit
        assert not view.sheet.next.isEnabled()
        draw(view, 20 + 12 * digit)
        assert view.digit_board.row is not None
        drawn.append(view.digit_board.row[0])
        if digit % 2:
            QTest.mouseClick(view.sheet.next, LEFT)
        else:
            QTest.keyClick(view.canvas, Qt.Key.Key_Return)
        assert view.canvas.is_empty
        assert view.sheet.kept == list(range(digit + 1))
    assert view.sheet.request.startswith("All ten are there")
    np.testing.assert_array_equal(view.sheet._stacked(), drawn)
    assert view.sheet.grid.captions == [
        f"{digit} · {row.sum() / 2:.1f}" for digit, row in enumerate(drawn)
    ]
    target = tmp_path / "own.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    QTest.mouseClick(view.sheet.save, LEFT)
    image = QImage(str(target))
    assert image.width() > 1400
    for digit in range(10):
        left = 28 + digit * 152
        part = image.copy(left, 54, 140, 140), image.copy(left, 206, 140, 140)
        brightest = [
            max(each.pixelColor(x, y).lightness() for x in range(140) for y in range(140))
            for each in part
        ]
        assert brightest[0] > 240
        assert 100 < brightest[1] < 140, "the model halves"


def test_a_digit_can_be_chosen_and_drawn_again(view: DrawView) -> None:
    view.start_sequence()
    for length in (30, 60, 90):
        draw(view, length)
        view.keep_digit()
    QTest.mouseClick(view.sheet.digits.buttons[1], LEFT)
    assert view.sheet.request == "Draw a 1, then press Return."
    draw(view, 120)
    row = view.digit_board.row
    view.keep_digit()
    assert row is not None
    assert view.sheet.kept == [0, 1, 2]
    np.testing.assert_array_equal(view.sheet._stacked()[1], row[0])
    assert view.sheet.current == 3, "it goes on where a digit is missing"


def test_nothing_is_kept_of_an_empty_canvas(view: DrawView) -> None:
    view.start_sequence()
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert view.sheet.kept == []
    assert not view.sheet.save.isEnabled()
    assert view.sheet.picture().isNull()


def test_leaving_brings_the_company_back_and_return_means_nothing(view: DrawView) -> None:
    view.start_sequence()
    draw(view, 50)
    QTest.mouseClick(view.sheet.leave, LEFT)
    assert not view.is_in_sequence
    assert view.company.isVisible()
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert not view.canvas.is_empty
    assert view.sheet.kept == []


def test_another_model_is_asked_about_the_sheet(view: DrawView) -> None:
    asked: list[FloatArray] = []
    view.start_sequence()
    draw(view, 50)
    view.keep_digit()
    view.sheet_requested.connect(asked.append)
    view.set_model("Another model")
    assert len(asked) == 1
    assert asked[0].shape == (1, 784)


@pytest.mark.parametrize("size", [(870, 740), (712, 545)])
def test_the_sheet_is_seen_whole(view: DrawView, size: tuple[int, int]) -> None:
    view.resize(*size)
    view.start_sequence()
    for length in range(20, 120, 10):
        draw(view, length)
        view.keep_digit()
    QTest.qWait(20)
    sheet, grid = view.sheet, view.sheet.grid
    corner = grid.mapTo(view, QPoint(0, 0))
    assert corner.y() + grid.height() <= size[1]
    last = grid.tile_area(9)
    assert last.right() <= grid.width()
    assert last.bottom() <= grid.height()
    assert sheet.next.mapTo(view, QPoint(0, 0)).x() + sheet.next.width() <= size[0]


def test_a_sheet_without_reconstructions_is_a_picture_too() -> None:
    image = contact_picture([4], np.ones((1, 784), np.float32), None, (28, 28), "A model", DARK)
    assert image.pixelColor(98, 120).lightness() == 255
    assert image.pixelColor(98, 280).name() == DARK.grid
