"""Pictures of a person's own file: other sizes than MNIST's, other ranges of values."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aegui.analysis.drawing import shrink_raw
from aegui.data import Dataset
from aegui.data.files import Choices, propose_file, suited_experiment
from aegui.ui.main_window import MainWindow
from aegui.ui.picture_room import room_for
from aegui.ui.theme import DARK
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.draw.near_rows import NearRows
from aegui.ui.views.errors.heat_map import HeatMap
from aegui.ui.views.row_drag import held_row
from aegui.ui.views.row_field import RowField

LEFT = Qt.MouseButton.LeftButton


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
        (pictures(8, 24, 1.0), "its pictures are 8 × 24, and only square ones can be drawn"),
        (pictures(16, 16, 1.0), ""),
        (pictures(64, 64, 1.0), ""),
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
    view.say_why_not(RowField.of(pictures(8, 9)).why_not)
    assert view.why_not.startswith("No canvas for your model")
    view.say_why_not("")
    assert (view.why_not, view.board.width()) == ("", before)


@pytest.mark.parametrize("side", [3, 16, 32, 64, 150, 500])
def test_a_drawing_is_made_into_pictures_of_the_models_size(qtbot: QtBot, side: int) -> None:
    view = DrawView()
    qtbot.addWidget(view)
    view.set_theme(DARK)
    view.resize(870, 740)
    view.set_model("Pretrained model")
    view.show()
    asked: list[Any] = []
    view.reconstruction_requested.connect(asked.append)
    QTest.mouseClick(view.canvas, LEFT, pos=QPoint(60, 60))
    assert asked[-1].shape == (1, 784)
    view.set_model("Your model", RowField.of(pictures(side, side, 1.0)))
    board = view.digit_board
    # What was drawn stays where it was drawn.
    drawn = asked[-1].reshape(side, side)
    np.testing.assert_allclose(drawn, shrink_raw(view.canvas.ink(), side))
    assert board.raw.isChecked()
    assert view._card.title.text() == "Draw a picture"
    assert not view.sequence.isVisible(), "only digits have a contact sheet"
    board.raw.setChecked(False)
    assert asked[-1].reshape(side, side)[side // 2, side // 2] > 0, "centred"

    view.show_reconstruction(asked[-1] / 2)
    for part in (board.seen, board.reconstruction, board.difference):
        assert part._shape == (side, side)
        assert part.rect().contains(part.field())
        assert part.field().width() >= 96
        assert not part.grab().isNull()
    assert board.rect().contains(board.reconstruction.geometry())
    held = held_row(pictures(side, side, 1.0), 0)
    view.take_row(held)
    np.testing.assert_allclose(view.canvas.ink()[-1, -1], 1.0)
    view.set_model("Pretrained model")
    assert asked[-1].shape == (1, 784)
    assert not board.raw.isChecked()
    assert view.sequence.isVisible()


def test_pictures_of_a_folder_are_drawn_and_rebuilt_in_their_size(
    window: MainWindow, hands: Any, tmp_path: Path
) -> None:
    spots = np.random.default_rng(0).random((40, 4, 4)).repeat(4, axis=1).repeat(4, axis=2)
    for number, spot in enumerate(spots):
        Image.fromarray((spot * 255).astype(np.uint8)).save(tmp_path / f"{number}.png")
    experiment, _ = suited_experiment(propose_file(tmp_path, Choices()))
    training = experiment.training.model_copy(update={"epochs": 1})
    experiment = experiment.model_copy(update={"training": training})
    hands.train(window, experiment)
    view = window.tabs.draw_view
    window.middle.show_draw()
    hands.until(lambda: view.model_name.startswith("Your model"))
    QTest.mouseClick(view.canvas, LEFT, pos=QPoint(80, 80))
    hands.until(lambda: not view.reconstruction.is_empty)
    assert view.reconstruction.row().shape == (256,)
    hands.until(lambda: len(view.company.near.rows) > 0)

    # The pretrained model takes digits of what is on the canvas, and there is a way back.
    hands.click(view, "Draw a digit instead")
    hands.until(lambda: not view.reconstruction.is_empty)
    assert view.reconstruction.row().shape == (784,)
    hands.click(view, "Draw a picture instead")
    hands.until(lambda: not view.reconstruction.is_empty)
    assert view.reconstruction.row().shape == (256,)

    colour, _ = suited_experiment(propose_file(tmp_path, Choices(colour=True)))
    hands.train(window, colour.model_copy(update={"training": training}))
    hands.until(lambda: view.why_not != "")
    assert view.why_not == (
        "No canvas for your model: its pictures are in colour, and only grey ones can be drawn."
    )


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
