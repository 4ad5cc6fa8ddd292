"""Draw a row of numbers: one stroke, its reconstruction over it."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aegui.control import RunState
from aegui.records import FloatArray
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, SinusoidsSpec, TrainingSpec
from aegui.ui.main_window import MainWindow
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.draw.curve_canvas import CurveCanvas
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.draw.near_rows import COUNT
from aegui.ui.views.row_drag import HeldRow
from aegui.ui.views.row_field import RowField

LEFT = Qt.MouseButton.LeftButton
ROWS = RowField(32, (-1.0, 3.0), "row", None)
SINES = ExperimentSpec(
    dataset=SinusoidsSpec(rows=4000, features=32),
    architecture=ArchitectureSpec(code=DenseCode(width=2, activation="linear")),
    training=TrainingSpec(epochs=2, batch_size=100),
)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[DrawView]:
    view = DrawView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.set_model("A model of rows", ROWS)
    view.resize(870, 740)
    view.show()
    yield view
    view.close()


@pytest.fixture
def asked(view: DrawView) -> list[FloatArray]:
    rows: list[FloatArray] = []
    view.reconstruction_requested.connect(rows.append)
    return rows


def draw(canvas: CurveCanvas, *shares: tuple[float, float]) -> None:
    """Draw through shares of the field, from its lower left corner."""
    area = canvas._area()
    points = [
        QPoint(round(area.left() + x * area.width()), round(area.bottom() - y * area.height()))
        for x, y in shares
    ]
    QTest.mousePress(canvas, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, LEFT, pos=points[-1])


def test_a_stroke_is_a_row_in_the_range_of_the_data(
    view: DrawView, asked: list[FloatArray]
) -> None:
    canvas = view.curve_board.canvas
    assert canvas.isVisible()
    assert not view.canvas.isVisible()
    draw(canvas, (0, 0), (0.5, 1), (1, 0))
    row = asked[-1]
    assert row.shape == (1, 32)
    assert row.dtype == np.float32
    assert row[0, 0] == pytest.approx(-1.0, abs=0.05)
    assert row[0, -1] == pytest.approx(-1.0, abs=0.05)
    assert row.max() == pytest.approx(3.0, abs=0.2)
    assert row[0].argmax() in (15, 16)


def test_the_reconstruction_lies_over_the_row_with_its_error(
    view: DrawView, asked: list[FloatArray]
) -> None:
    canvas = view.curve_board.canvas
    draw(canvas, (0, 0.9), (1, 0.9))
    before = canvas.grab().toImage()
    made = asked[-1] - np.float32(2.0)
    view.show_reconstruction(made, of=asked[-1])
    assert canvas.grab().toImage() != before
    np.testing.assert_array_equal(canvas.made, made[0])
    assert view.curve_board.verdict == "Reconstruction · error 64.00"
    headers, lines = canvas.table()
    assert list(headers) == ["feature", "drawn", "reconstruction"]
    assert len(list(lines)) == 32


def test_a_second_stroke_changes_what_it_passes(view: DrawView, asked: list[FloatArray]) -> None:
    canvas = view.curve_board.canvas
    draw(canvas, (0, 0.5), (1, 0.5))
    first = asked[-1]
    draw(canvas, (0.4, 1.0), (0.6, 1.0))
    second = asked[-1]
    changed = np.flatnonzero(first[0] != second[0])
    assert 5 <= len(changed) <= 9
    assert second[0, changed] == pytest.approx(3.0, abs=0.05)
    canvas.undo()
    np.testing.assert_array_equal(asked[-1], first)
    canvas.redo()
    np.testing.assert_array_equal(asked[-1], second)


def test_clearing_forgets_and_a_late_answer_is_dropped(
    view: DrawView, asked: list[FloatArray]
) -> None:
    canvas = view.curve_board.canvas
    draw(canvas, (0, 0), (1, 1))
    last = asked[-1]
    canvas.clear()
    assert canvas.is_empty
    view.show_reconstruction(last, of=last)
    assert canvas.made is None
    assert view.curve_board.verdict == "Reconstruction"
    canvas.undo()
    np.testing.assert_array_equal(asked[-1], last)


def test_a_dot_is_a_level_row(view: DrawView, asked: list[FloatArray]) -> None:
    draw(view.curve_board.canvas, (0.3, 0.5))
    assert np.ptp(asked[-1]) == 0.0


def test_a_stroke_beyond_the_field_stays_in_the_range(
    view: DrawView, asked: list[FloatArray]
) -> None:
    draw(view.curve_board.canvas, (-0.2, 1.5), (1.2, -0.5))
    assert asked[-1].min() >= -1.0
    assert asked[-1].max() <= 3.0


def test_other_rows_begin_with_a_clean_field(view: DrawView, asked: list[FloatArray]) -> None:
    draw(view.curve_board.canvas, (0, 0), (1, 1))
    view.set_model("Other rows", RowField(8, (0.0, 1.0), "row", None))
    assert view.curve_board.canvas.is_empty
    draw(view.curve_board.canvas, (0, 0), (1, 1))
    assert asked[-1].shape == (1, 8)
    view.set_model("The same rows, an epoch later", RowField(8, (0.0, 1.0), "row", None))
    assert not view.curve_board.canvas.is_empty


def test_a_test_row_can_be_put_there(view: DrawView, asked: list[FloatArray]) -> None:
    row = np.linspace(-1, 3, 32, dtype=np.float32)
    view.take_row(HeldRow(row, "test row 4"))
    np.testing.assert_array_equal(asked[-1][0], row)
    view.take_row(HeldRow(row[:5], "of other data"))
    assert len(asked) == 1


def test_digits_can_be_drawn_instead_and_rows_again(view: DrawView, qtbot: QtBot) -> None:
    view.offer_other("Draw a digit instead")
    with qtbot.waitSignal(view.pretrained_requested):
        QTest.mouseClick(view.other, LEFT)
    view.set_model("Pretrained")
    assert view.canvas.isVisible()
    assert view.sequence.isVisible()
    view.offer_other("Draw a row instead")
    with qtbot.waitSignal(view.own_requested):
        QTest.mouseClick(view.other, LEFT)
    view.set_model("A model of rows", ROWS)
    assert view.curve_board.canvas.isVisible()
    assert not view.sequence.isVisible()


def test_keys_and_buttons_work_on_the_field_that_is_seen(view: DrawView, qtbot: QtBot) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    canvas, tools = view.curve_board.canvas, view.curve_board.tools
    draw(canvas, (0, 0), (1, 1))
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert canvas.is_empty
    QTest.mouseClick(tools.redo, LEFT)
    assert not canvas.is_empty
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.is_empty
    assert tools.undo.isEnabled()
    assert not tools.clear.isEnabled()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_both_curves_are_seen(view: DrawView, asked: list[FloatArray], theme: Any) -> None:
    view.set_theme(theme)
    canvas = view.curve_board.canvas
    draw(canvas, (0, 0.8), (1, 0.8))
    view.show_reconstruction(asked[-1] * 0, of=asked[-1])
    image = canvas.grab().toImage()
    names = {
        image.pixelColor(x, y).name() for x in range(20, 200, 9) for y in range(image.height())
    }
    assert theme.accent in names
    assert theme.muted in names


# In the real window.


def test_a_model_of_sines_says_what_it_has_learned(
    open_window: Callable[..., MainWindow], hands: Any
) -> None:
    window = open_window()
    view = window.tabs.draw_view
    hands.until(lambda: "Pretrained" in view._card.hint.text())
    result = hands.train(window, SINES)
    assert result.state is RunState.FINISHED
    window.tabs.setCurrentWidget(view)
    board = view.curve_board
    hands.until(board.canvas.isVisible)
    assert view._card.hint.text() == "Your model, 2 epochs"
    draw(board.canvas, (0, 0.1), (0.25, 0.9), (0.5, 0.1), (0.75, 0.9), (1, 0.1))
    hands.until(lambda: board.canvas.made is not None)
    hands.until(lambda: len(view.company.near.rows) == COUNT)
    hands.until(lambda: board.code.code is not None)
    assert board.code.code.shape == (2,)
    assert "of the test rows" in view.company.verdict or "every test row" in view.company.verdict
    row = board.row
    assert row is not None
    hands.until(lambda: np.allclose(result.model.reconstruct(row)[0], board.canvas.made, atol=1e-5))
