"""What stands beside a drawing: code, place, rank, neighbours, the difference; rows to draw on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aegui.analysis.company import find_company, make_background
from aegui.control import RunState
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec
from aegui.ui.main_window import MainWindow
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.draw.canvas import Canvas
from aegui.ui.views.draw.code_bars import CodeBars
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.draw.near_rows import COUNT
from aegui.ui.views.row_drag import HeldRow, from_mime, to_mime

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[DrawView]:
    view = DrawView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.set_model("A model")
    view.resize(870, 740)
    view.show()
    yield view
    view.close()


class Answering:
    """Answers what the view asks for, as the desk does."""

    def __init__(self, view: DrawView, dataset: Dataset, model: Any) -> None:
        self.view, self.model = view, model
        errors = np.abs(dataset.test - model.reconstruct(dataset.test)).sum(axis=1)
        background = make_background(model, dataset, errors)
        assert background is not None
        self.background = background
        view.reconstruction_requested.connect(self.answer)
        view.start_company(background)

    def answer(self, row: FloatArray) -> None:
        made = self.model.reconstruct(row)
        self.view.show_reconstruction(made, of=row)
        company = find_company(self.background, row, made, COUNT)
        self.view.show_company(company, self.background.reach)


@pytest.fixture
def answering(view: DrawView, digits: Dataset, fake_model: Any) -> Answering:
    return Answering(view, digits, fake_model)


def drop(target: QWidget, held: HeldRow) -> None:
    data, place = to_mime(held), QPoint(20, 20)
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, action, data, LEFT, none)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(place), action, data, LEFT, none))


def dot(canvas: Canvas) -> None:
    QTest.mouseClick(canvas, LEFT, pos=QPoint(60, 60))


def test_a_test_digit_on_the_canvas_is_its_own_neighbour(
    answering: Answering, digits: Dataset
) -> None:
    view = answering.view
    view.digit_board.raw.setChecked(True)
    drop(view.canvas, HeldRow(digits.test[13], "digit 3 · test row 13", (28, 28)))
    row = view.digit_board.row
    assert row is not None
    np.testing.assert_allclose(row[0], digits.test[13], atol=1 / 255)
    error = float(digits.test[13].sum() / 2)
    assert view.company.bars.error == pytest.approx(error, rel=0.01)
    assert 13 in view.company.near.rows or view.company.near.captions[0].endswith("0.0")
    assert len(view.company.near.rows) == COUNT
    assert "of the test digits" in view.company.verdict
    assert view.company.caption == "The plane of the code"
    code = view.digit_board.code.code
    assert code is not None
    assert code.shape == (2,)
    difference = view.digit_board.difference.difference
    assert difference is not None
    np.testing.assert_allclose(difference, -row[0] / 2)
    assert view.company.map.mark_at() is not None


def test_a_digit_centred_like_mnist_stays_the_digit_it_was(view: DrawView) -> None:
    box = np.zeros((28, 28), dtype=np.float32)
    box[4:24, 6:22] = np.random.default_rng(0).random((20, 16))
    rows = np.indices((28, 28))
    centre = [(box * place).sum() / box.sum() for place in rows]
    box = np.roll(box, [round(14 - c) for c in centre], axis=(0, 1))
    view.take_row(HeldRow(box.reshape(-1), "a digit", (28, 28)))
    seen = view.digit_board.row
    assert seen is not None
    np.testing.assert_allclose(seen.reshape(28, 28), box, atol=1.5 / 255)


def test_dropping_can_be_taken_back_and_drawn_on(view: DrawView, digits: Dataset) -> None:
    dot(view.canvas)
    before = view.canvas.ink()
    drop(view.canvas, HeldRow(digits.test[5], "digit 5", (28, 28)))
    dropped = view.canvas.ink()
    assert not np.array_equal(before, dropped)
    dot(view.canvas)
    assert view.canvas.ink().sum() > dropped.sum()
    view.canvas.undo()
    np.testing.assert_array_equal(view.canvas.ink(), dropped)
    view.canvas.undo()
    np.testing.assert_array_equal(view.canvas.ink(), before)


def test_what_does_not_fit_is_not_taken(view: DrawView) -> None:
    drop(view.canvas, HeldRow(np.ones(32, np.float32), "a row"))
    drop(view.canvas, HeldRow(np.ones(64, np.float32), "a small picture", (8, 8)))
    assert view.canvas.is_empty


def test_a_row_survives_the_way_through_the_pointer() -> None:
    held = HeldRow(np.random.default_rng(0).random(784, dtype=np.float32), "digit 7", (28, 28))
    again = from_mime(to_mime(held))
    assert again is not None
    np.testing.assert_array_equal(again.row, held.row)
    assert (again.words, again.image_shape) == (held.words, held.image_shape)
    assert to_mime(held).text() == "digit 7"


def test_the_right_button_erases_and_its_click_opens_the_menu(view: DrawView) -> None:
    canvas = view.canvas
    canvas.customContextMenuRequested.disconnect()
    asked: list[QPoint] = []
    canvas.customContextMenuRequested.connect(asked.append)
    side = canvas.width()
    middle = QPoint(side // 2, side // 2)
    QTest.mousePress(canvas, LEFT, pos=QPoint(side // 4, side // 2))
    QTest.mouseMove(canvas, QPoint(3 * side // 4, side // 2))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(3 * side // 4, side // 2))
    drawn = canvas.ink()
    QTest.mouseClick(canvas, RIGHT, pos=middle)
    assert asked == [middle]
    np.testing.assert_array_equal(canvas.ink(), drawn)
    QTest.mousePress(canvas, RIGHT, pos=QPoint(side // 2, side // 4))
    QTest.mouseMove(canvas, QPoint(side // 2, 3 * side // 4))
    QTest.mouseRelease(canvas, RIGHT, pos=QPoint(side // 2, 3 * side // 4))
    erased = canvas.ink()
    assert erased[280, 280] == 0.0
    assert erased[280, 150] == pytest.approx(1.0)
    assert (erased <= drawn).all()
    assert len(asked) == 1, "erasing is no click"
    canvas.undo()
    np.testing.assert_array_equal(canvas.ink(), drawn)
    canvas.redo()
    np.testing.assert_array_equal(canvas.ink(), erased)


def test_a_canvas_that_was_erased_is_empty(answering: Answering) -> None:
    view = answering.view
    dot(view.canvas)
    assert view.company.near.rows.size
    view.canvas.set_brush_width(0.16)
    QTest.mousePress(view.canvas, RIGHT, pos=QPoint(40, 60))
    QTest.mouseMove(view.canvas, QPoint(60, 60))
    QTest.mouseMove(view.canvas, QPoint(80, 60))
    QTest.mouseRelease(view.canvas, RIGHT, pos=QPoint(80, 60))
    assert view.canvas.is_empty
    assert view.canvas.can_undo
    assert view.reconstruction.is_empty
    assert view.company.bars.error is None
    assert view.digit_board.code.code is None
    assert not view.company.near.rows.size
    assert "Draw, and compare" in view.company.verdict


def test_one_pixel_and_the_whole_canvas_are_drawings(answering: Answering) -> None:
    view = answering.view
    one = np.zeros((28, 28), dtype=np.float32)
    one[9, 9] = 1.0
    for pixels in (one, np.ones((28, 28), dtype=np.float32)):
        for is_raw in (True, False):
            view.digit_board.raw.setChecked(is_raw)
            view.canvas.put_picture(pixels)
            row = view.digit_board.row
            assert row is not None
            assert np.isfinite(row).all()
            assert len(view.company.near.rows) == COUNT
            assert not view.grab().isNull()


@pytest.mark.parametrize("width", [1, 2, 784])
def test_bars_are_amber_whatever_the_codes_width(qtbot: QtBot, width: int) -> None:
    bars = CodeBars()
    qtbot.addWidget(bars)
    bars.set_theme(DARK)
    bars.resize(168, 168)
    bars.show_code(np.linspace(-1, 1, width, dtype=np.float32) + np.float32(0.1), 1.0)
    image = bars.grab().toImage()
    amber = [
        (x, y) for x in range(168) for y in range(168) if image.pixelColor(x, y).name() == DARK.code
    ]
    assert len(amber) > 50
    bars.show_code(None)
    image = bars.grab().toImage()
    assert all(image.pixelColor(x, y).name() != DARK.code for x, y in amber)
    assert bars.code is None


def test_late_company_of_a_cleared_drawing_is_dropped(answering: Answering) -> None:
    view = answering.view
    dot(view.canvas)
    row = view.digit_board.row
    assert row is not None
    late = find_company(answering.background, row, row, COUNT)
    view.canvas.clear()
    view.show_company(late, 1.0)
    assert view.company.bars.error is None
    assert view.digit_board.code.code is None


def test_rows_without_classes_and_a_code_of_one_unit(view: DrawView, digits: Dataset) -> None:
    class Narrow:
        weights = ()

        def encode(self, rows: FloatArray) -> FloatArray:
            return rows.mean(axis=1, keepdims=True)

        def reconstruct(self, rows: FloatArray) -> FloatArray:
            return rows * np.float32(0.9)

    answering = Answering(view, replace(digits, test_labels=None, train_labels=None), Narrow())
    dot(view.canvas)
    assert view.company.caption == "The code's only unit"
    assert view.company.map.mark_at() is not None
    assert view.digit_board.code.code.shape == (1,)
    assert all("·" not in caption for caption in view.company.near.captions)
    assert answering.background.plane.is_line


def test_a_neighbour_is_taken_by_key_and_double_click(answering: Answering) -> None:
    view = answering.view
    dot(view.canvas)
    near = view.company.near
    near.setFocus()
    QTest.keyClick(near, Qt.Key.Key_Right)
    row = int(near.rows[0])
    QTest.keyClick(near, Qt.Key.Key_D)
    once = view.canvas.ink()
    wanted = answering.background.dataset.test[row].reshape(28, 28)
    np.testing.assert_allclose(once[10::20, 10::20], wanted, atol=1 / 255)
    view.canvas.clear()
    dot(view.canvas)
    QTest.mouseDClick(near, LEFT, pos=near._box(0).center().toPoint())
    np.testing.assert_array_equal(view.canvas.ink(), once)


# In the real window.


def test_a_drawing_has_company_with_the_pretrained_model_and_then_with_ones_own(
    open_window: Callable[..., MainWindow], hands: Any
) -> None:
    window = open_window()
    view = window.tabs.draw_view
    hands.until(lambda: "Pretrained" in view._card.hint.text())
    hands.click(window.start_page, "Draw a digit")
    hands.rebuilt(window)
    hands.until(lambda: len(view.company.near.rows) == COUNT)
    assert "PCA of the codes" in view.company.caption
    assert view.digit_board.code.code is not None
    assert view.digit_board.code.code.shape == (32,)
    assert view.company.bars.error is not None
    error = view.company.bars.error
    said = next(text for text in hands.texts(view) if text.startswith("Reconstruction ·"))
    hands.until(lambda: said == f"Reconstruction · error {view.company.bars.error:.1f}")
    assert error > 0
    narrow = ExperimentSpec(
        architecture=ArchitectureSpec(code=DenseCode(width=1, activation="linear"))
    )
    narrow = narrow.model_copy(
        update={
            "dataset": narrow.dataset.model_copy(update={"rows": 1000}),
            "training": narrow.training.model_copy(update={"epochs": 1}),
        }
    )
    assert hands.train(window, narrow).state is RunState.FINISHED
    window.tabs.setCurrentWidget(view)
    hands.until(lambda: view.company.caption == "The code's only unit")
    hands.until(lambda: view.digit_board.code.code is not None)
    hands.until(lambda: view.digit_board.code.code.shape == (1,))
    assert len(view.company.near.rows) == COUNT


def test_a_digit_of_the_gallery_is_drawn_on(
    open_window: Callable[..., MainWindow], hands: Any, quick: ExperimentSpec
) -> None:
    window = open_window()
    hands.train(window, quick)
    gallery = window.tabs.gallery_view
    window.tabs.setCurrentWidget(gallery)
    hands.until(lambda: gallery._reconstructions is not None)
    grid = gallery._grid
    QTest.mouseMove(grid.viewport(), grid.tile_area(0).center().toPoint())
    QTest.keyClick(grid, Qt.Key.Key_D)
    assert window.tabs.currentWidget() is window.tabs.draw_view
    assert not window.tabs.draw_view.canvas.is_empty
    hands.until(lambda: not window.tabs.draw_view.reconstruction.is_empty)
    hands.until(lambda: window.tabs.draw_view.company.near.rows.size > 0)
    assert int(gallery._shown[0]) in window.tabs.draw_view.company.near.rows[:2]


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700), (1440, 640)])
def test_the_company_never_covers_the_drawing(
    open_window: Callable[..., MainWindow], hands: Any, size: tuple[int, int]
) -> None:
    window = open_window()
    window.resize(*size)
    view = window.tabs.draw_view
    hands.until(lambda: "Pretrained" in view.model_name)
    hands.click(window.start_page, "Draw a digit")
    hands.rebuilt(window)
    hands.until(lambda: len(view.company.near.rows) == COUNT)
    QTest.qWait(50)
    assert not view._card.geometry().intersects(view.company.geometry())
    assert view.company.geometry().bottom() < view.height()
    for card in view.company._cards:
        assert card.height() >= card.minimumSizeHint().height()
