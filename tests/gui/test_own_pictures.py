"""Pictures of a person's own file: other sizes than MNIST's, other ranges of values."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from aegui.data import Dataset
from aegui.ui.picture_room import room_for
from aegui.ui.views.draw_view import DrawView
from aegui.ui.views.heat_map import HeatMap
from aegui.ui.views.near_rows import NearRows
from aegui.ui.views.row_drag import held_row
from aegui.ui.views.row_field import RowField


def pictures(height: int, width: int, most: float = 255.0) -> Dataset:
    rows = np.full((2, height * width), most, np.float32)
    rows[:, 0] = 0.0
    return Dataset(
        train=rows.copy(),
        test=rows,
        value_range=(0.0, most),
        scaling="as in the file",
        noun="picture",
        image_shape=(height, width),
        test_numbers=np.array([4, 9]),
    )


@pytest.mark.parametrize(
    ("shape", "wanted"),
    [
        ((28, 28), QRectF(10, 20, 60, 60)),
        ((8, 8), QRectF(10, 20, 60, 60)),
        ((32, 48), QRectF(10, 30, 60, 40)),
        ((48, 24), QRectF(25, 20, 30, 60)),
    ],
)
def test_a_picture_keeps_its_shape_in_a_square(shape: tuple[int, int], wanted: QRectF) -> None:
    assert room_for(shape, QRectF(10, 20, 60, 60)) == wanted


def test_a_wide_picture_is_not_stretched_among_the_nearest(qtbot: QtBot) -> None:
    near = NearRows()
    qtbot.addWidget(near)
    near.resize(400, 240)
    near.start(pictures(32, 48))
    near.show_rows(np.array([0]), np.array([0.0], np.float32))
    box = near._box(0).toRect()
    image = near.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)

    middle, lines = box.center().x(), range(box.top(), box.bottom() + 1)
    white = [image.pixelColor(middle, y).value() > 250 for y in lines]
    assert sum(white) == pytest.approx(box.height() * 32 / 48, abs=3)


def test_a_picture_that_is_taken_along_is_black_to_white() -> None:
    held = held_row(pictures(28, 28), 1)
    assert (held.row.min(), held.row.max(), held.words) == (0.0, 1.0, "row 9")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pictures(8, 8, 1.0), "its pictures are 8 × 8, and only 28 × 28 can be drawn"),
        (pictures(28, 28), "its pixels run from 0 to 255, and drawn ones from 0 to 1"),
        (pictures(28, 28, 1.02), ""),
    ],
)
def test_it_is_said_why_there_is_no_canvas(data: Dataset, why: str) -> None:
    field = RowField.of(data)
    assert field.is_drawable == (why == "")
    assert why in field.why_not


def test_the_draw_tab_says_it_above_the_board(qtbot: QtBot) -> None:
    view = DrawView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.set_model("Pretrained model")
    view.show()
    before = view.board.width()
    view.say_why_not(RowField.of(pictures(8, 8)).why_not)
    assert view.why_not.startswith("No canvas for your model")
    view.say_why_not("")
    assert (view.why_not, view.board.width()) == ("", before)


def test_a_large_picture_of_errors_fits_and_its_pixels_can_be_pointed_at(qtbot: QtBot) -> None:
    heat_map = HeatMap("error-by-pixel", "mean |x − x̂|", signed=False)
    qtbot.addWidget(heat_map)
    heat_map.resize(300, 260)
    values = np.zeros((500, 400))
    values[499, 399] = 0.5
    heat_map.show_values(values, 255.0)
    heat_map.show()
    told: list[str] = []
    heat_map.pixel_told.connect(told.append)
    field = heat_map._field()

    assert heat_map.rect().contains(field)
    assert field.width() / field.height() == pytest.approx(0.8, abs=0.02)
    qtbot.mouseMove(heat_map, field.bottomRight())
    assert told[-1].startswith("row 49")
    assert "· scaled 0." in told[-1]
    heat_map.show_values(values)
    assert "scaled" not in told[-1]
