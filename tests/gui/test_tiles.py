"""Originals over reconstructions."""

import csv

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QGraphicsSimpleTextItem,
    QVBoxLayout,
    QWidget,
)

from aegui.ui.handing.export import ExportMenu
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.hover_card import HoverCard
from aegui.ui.views.pictures import curve_path, difference_image, grey_levels
from aegui.ui.views.tiles.tiles import TileGrid

SHAPE = (28, 28)


@pytest.fixture
def make_grid(qtbot):
    windows = []

    def make(width: int = 800, *, wrap: bool = True) -> TileGrid:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        grid = TileGrid("tiles", wrap=wrap)
        QVBoxLayout(window).addWidget(grid)
        grid.setFixedSize(width, 600)
        window.show()
        qtbot.waitExposed(window)
        return grid

    return make


def test_pictures_have_the_brightness_of_their_values(make_grid):
    grid = make_grid()
    rows = np.stack([np.zeros(784), np.full(784, 0.5), np.ones(784)]).astype(np.float32)
    grid.set_rows(rows, SHAPE, (0.0, 1.0))
    grid.set_reconstructions(rows[::-1].copy())
    picture = grid.grab().toImage()
    assert [grey_at(picture, grid, number, 20) for number in range(3)] == [0, 128, 255]
    assert [grey_at(picture, grid, number, 80) for number in range(3)] == [255, 128, 0]


def test_reconstructions_change_their_own_pixels_only(make_grid, digits):
    grid = make_grid()
    grid.set_rows(digits.test[:5], SHAPE, digits.value_range)
    grid.set_reconstructions(digits.test[:5] * np.float32(0.2))
    before = grid.grab().toImage()
    grid.set_reconstructions(digits.test[:5] * np.float32(0.9))
    after = grid.grab().toImage()
    assert before != after
    half = round(grid.tile_area(0).top()) + 58
    assert before.copy(0, 0, 800, half) == after.copy(0, 0, 800, half)


def test_without_reconstructions_their_places_are_empty(make_grid, digits):
    grid = make_grid()
    grid.set_rows(digits.test[:3], SHAPE, digits.value_range)
    grid.set_reconstructions(digits.test[:3])
    grid.set_reconstructions(None)
    picture = grid.grab().toImage()
    area = grid.tile_area(1)
    place = QPoint(round(area.center().x()), round(area.top()) + 90)
    assert picture.pixelColor(place).name() == DARK.grid


def test_what_a_denoising_model_is_given_stands_between(make_grid, qtbot):
    grid = make_grid()
    rows = np.stack([np.zeros(784), np.ones(784)]).astype(np.float32)
    two = grid.heightForWidth(800)
    grid.set_rows(rows, SHAPE, (0.0, 1.0), np.full_like(rows, 0.5))
    grid.set_reconstructions(rows[::-1].copy())
    qtbot.wait(1)
    picture = grid.grab().toImage()
    assert [grey_at(picture, grid, 0, below) for below in (20, 80, 140)] == [0, 128, 255]
    assert [grey_at(picture, grid, 1, below) for below in (20, 80, 140)] == [255, 128, 0]
    assert names(grid) == ["Original", "Input", "Reconstruction"]
    assert grid.tile_area(0).height() > two
    grid.set_rows(rows, SHAPE, (0.0, 1.0))
    assert names(grid) == ["Original", "Reconstruction"]
    grid.set_reconstructions(rows)


def test_a_damaged_curve_is_drawn_too(make_grid, curves):
    grid = make_grid()
    rows = curves.test[:4]
    grid.set_rows(rows, None, curves.value_range)
    without = grid.grab().toImage()
    height = grid.heightForWidth(800)
    grid.set_rows(rows, None, curves.value_range, rows[::-1].copy())
    area = grid.tile_area(2).toRect()
    assert grid.grab().toImage().copy(area) != without.copy(area)
    assert grid.heightForWidth(800) == height
    assert names(grid) == ["Original", "Input", "Reconstruction"]


def test_dreams_are_one_picture_each(make_grid):
    grid = make_grid()
    rows = np.stack([np.zeros(784), np.ones(784)]).astype(np.float32)
    grid.set_dreams(rows, SHAPE, (0.0, 1.0))
    picture = grid.grab().toImage()
    assert [grey_at(picture, grid, number, 20) for number in (0, 1)] == [0, 255]
    assert grid.tile_area(0).height() < 2 * 56
    assert names(grid) == []
    assert [line[1] for line in grid.table()[1]] == ["dream", "dream"]


def test_the_tiles_are_used_again(make_grid, digits):
    grid = make_grid()
    grid.set_rows(digits.test[:9], SHAPE, digits.value_range)
    tiles = list(grid._tiles)
    grid.set_rows(digits.test[10:14], SHAPE, digits.value_range)
    assert grid._tiles == tiles
    assert [tile.isVisible() for tile in tiles] == [True] * 4 + [False] * 5
    assert grid.count == 4


def test_captions_are_those_told(make_grid, digits):
    grid = make_grid()
    grid.set_rows(digits.test[:2], SHAPE, digits.value_range)
    assert grid.captions == ["", ""]
    grid.set_captions(["23.2", "8.1"])
    assert grid.captions == ["23.2", "8.1"]


def test_lines_wrap_and_gaps_are_equal(make_grid, digits):
    grid = make_grid(500)
    grid.set_rows(digits.test[:12], SHAPE, digits.value_range)
    areas = [grid.tile_area(number) for number in range(12)]
    first = [area.left() for area in areas if area.top() == areas[0].top()]
    assert 2 <= len(first) < 12
    assert len(set(np.diff(first).tolist())) == 1
    assert all(area.right() <= 500 for area in areas)
    assert max(area.bottom() for area in areas) <= grid.heightForWidth(500)


def test_a_single_line_makes_its_tiles_smaller(make_grid, digits):
    grid = make_grid(500, wrap=False)
    grid.set_rows(digits.test[:10], SHAPE, digits.value_range)
    areas = [grid.tile_area(number) for number in range(10)]
    assert len({area.top() for area in areas}) == 1
    assert areas[-1].right() <= 500
    assert grid.side < 56


def test_curves_are_drawn_over_each_other(make_grid, curves):
    grid = make_grid()
    grid.set_rows(curves.test[:4], None, curves.value_range)
    without = grid.grab().toImage()
    grid.set_reconstructions(curves.test[:4] * np.float32(0.5))
    picture = grid.grab().toImage()
    area = grid.tile_area(2).toRect()
    assert without.copy(area) != picture.copy(area)


def test_rows_of_another_kind_replace_the_pool(make_grid, curves, digits):
    grid = make_grid()
    grid.set_rows(curves.test[:4], None, curves.value_range)
    grid.set_rows(digits.test[:4], SHAPE, digits.value_range)
    grid.set_reconstructions(digits.test[:4])
    picture = grid.grab().toImage()
    assert grey_at(picture, grid, 0, 2) == 0


def test_the_mouse_finds_tiles_and_leaves_them(make_grid, digits, qtbot):
    grid = make_grid()
    grid.set_rows(digits.test[:4], SHAPE, digits.value_range)
    centre = grid.tile_area(2).center().toPoint()
    with qtbot.waitSignal(grid.tile_hovered) as hovered:
        qtbot.mouseMove(grid.viewport(), centre)
    assert hovered.args == [2, grid.viewport().mapToGlobal(centre)]
    with qtbot.waitSignal(grid.tile_left):
        QApplication.sendEvent(grid, QEvent(QEvent.Type.Leave))


def test_the_arrows_go_from_tile_to_tile(make_grid, digits, qtbot):
    grid = make_grid()
    grid.set_rows(digits.test[:4], SHAPE, digits.value_range)
    found = []
    grid.tile_hovered.connect(lambda number, _place: found.append(number))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(grid, key)
    assert found == [0, 1, 2, 1]
    with qtbot.waitSignal(grid.tile_left):
        qtbot.keyClick(grid, Qt.Key.Key_Escape)


def test_saved_rows_read_back(make_grid, curves, monkeypatch, tmp_path):
    grid = make_grid()
    grid.set_rows(curves.test[:2], None, curves.value_range)
    grid.set_reconstructions(curves.test[2:4])
    grid.set_captions(["1.5", "2.5"])
    path = tmp_path / "rows.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    grid.findChild(ExportMenu).save_csv()
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert [row[:3] for row in rows[1:]] == [
        ["1", "original", "1.5"],
        ["1", "reconstruction", "1.5"],
        ["2", "original", "2.5"],
        ["2", "reconstruction", "2.5"],
    ]
    np.testing.assert_array_equal(np.array(rows[4][3:], dtype=np.float32), curves.test[3])


def test_damaged_rows_are_saved_too(make_grid, curves):
    grid = make_grid()
    grid.set_rows(curves.test[:1], None, curves.value_range, curves.test[1:2])
    grid.set_reconstructions(curves.test[2:3])
    _, rows = grid.table()
    assert [row[1] for row in rows] == ["original", "input", "reconstruction"]
    assert [row[3] for row in rows] == curves.test[:3, 0].tolist()


def test_levels_are_clipped_and_nothing_is_black():
    rows = np.array([-1.0, 0.0, 0.5, 1.0, 7.0, np.nan, np.inf, 3e38], dtype=np.float32)
    assert grey_levels(rows, (0.0, 1.0)).tolist() == [0, 0, 128, 255, 255, 0, 255, 255]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_a_difference_is_red_below_blue_above_and_quiet_at_zero(theme):
    difference = np.array([-1.0, 0.0, 1.0], dtype=np.float32)
    image = difference_image(difference, (1, 3), 1.0, theme)
    names = [image.pixelColor(x, 0).name() for x in range(3)]
    assert names == [theme.error, theme.field, theme.accent]
    below, above = QColor(names[0]), QColor(names[2])
    assert below.red() > below.blue()
    assert above.blue() > above.red()


def test_a_curve_stays_in_its_area_and_passes_over_what_is_no_number(make_grid):
    grid = make_grid()
    values = np.array([0.0, np.nan, 5.0, 1.0], dtype=np.float32)
    area = grid.viewport().rect().toRectF()
    path = curve_path(values, (0.0, 1.0), area)
    assert path.elementCount() == 3
    assert area.contains(path.boundingRect().center())
    assert curve_path(values[:1], (0.0, 1.0), area).elementCount() == 2


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 700)
    inner = QWidget()
    QVBoxLayout(window).addWidget(inner)
    window.show()
    qtbot.waitExposed(window)
    card = HoverCard(inner)
    card.set_theme(DARK)
    return window, card


@pytest.mark.parametrize("corner", [(0, 0), (1099, 0), (0, 699), (1099, 699), (550, 350)])
def test_the_card_stays_inside_the_window_and_takes_nothing(window, digits, corner):
    window, card = window
    row, made = digits.test[3], digits.test[3] * np.float32(0.5)
    at = window.mapToGlobal(QPoint(*corner))
    card.show_row("digit 3 · test row 3 · error 5.0", row, made, SHAPE, (0.0, 1.0), at)
    QApplication.processEvents()
    assert card.isVisible()
    assert window.rect().contains(card.geometry())
    assert not card.geometry().contains(QPoint(*corner))
    assert card.text == "digit 3 · test row 3 · error 5.0"
    assert window.childAt(card.geometry().center()) is not card


def test_the_card_shows_curves_too(window, curves):
    window, card = window
    row, made = curves.test[3], curves.test[4]
    at = window.mapToGlobal(QPoint(20, 20))
    card.show_row("test row 3", row, made, None, (0.0, 1.0), at)
    QApplication.processEvents()
    assert [picture.isVisible() for picture in card._pictures] == [True, True, False]
    image = card.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in (60, 90)}
    assert DARK.accent in colours


def grey_at(picture: QImage, grid: TileGrid, number: int, below: int) -> int:
    """Return the grey in the middle of a tile, ``below`` pixels under its top."""
    area = grid.tile_area(number)
    return picture.pixelColor(QPointF(area.center().x(), area.top() + below).toPoint()).red()


def names(grid: TileGrid) -> list[str]:
    """Return what stands at the left of the tiles, from top to bottom."""
    texts = [item for item in grid.scene().items() if isinstance(item, QGraphicsSimpleTextItem)]
    shown = [item for item in texts if item.isVisible() and item.parentItem() is None]
    return [item.text() for item in sorted(shown, key=lambda item: item.y())]
