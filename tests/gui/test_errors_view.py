"""The Errors tab: a brush and exactly its rows, classes, features, a threshold that is kept."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from aegui.analysis.error_report import report_errors
from aegui.analysis.feature_errors import feature_errors
from aegui.control import RunState
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.specs import ExperimentSpec
from aegui.ui.main_window import MainWindow
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.errors.errors_view import EMPTY, ErrorsView

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Errors:
    """A view that is told what the fake model makes of a dataset, as the desk would tell it."""

    def __init__(self, view: ErrorsView, dataset: Dataset, model: Any) -> None:
        self.view, self.dataset, self.model = view, dataset, model
        self.errors: FloatArray = np.abs(dataset.test - model.reconstruct(dataset.test)).sum(axis=1)
        self.features_asked: list[Any] = []
        view.rows_requested.connect(self._answer)
        view.features_requested.connect(self._answer_features)
        view.start(dataset)

    def show(self, errors: FloatArray | None = None) -> None:
        shown = self.errors if errors is None else errors
        self.view.show_report(report_errors(shown, self.dataset))
        # Buttons come to the screen with the next round of events.
        QTest.qWait(1)

    def _answer(self, page: str, indices: Any) -> None:
        made = self.model.reconstruct(self.dataset.test[indices])
        self.view.show_reconstructions(page, indices, made)

    def _answer_features(self, chosen: Any) -> None:
        self.features_asked.append(chosen)
        found = feature_errors(self.dataset.test, chosen, self.model.reconstruct)
        assert found is not None
        self.view.show_features(found)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ErrorsView]:
    view = ErrorsView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.resize(870, 740)
    view.show()
    yield view
    view.close()


@pytest.fixture
def errors(view: ErrorsView, digits: Dataset, fake_model: Any) -> Errors:
    return Errors(view, digits, fake_model)


@pytest.fixture
def curve_errors(view: ErrorsView, curves: Dataset, fake_model: Any) -> Errors:
    return Errors(view, curves, fake_model)


def place(view: ErrorsView, error: float, share: float = 0.5) -> QPoint:
    """Return where an error lies in the histogram, in its pixels."""
    plot = view.histogram
    low, high = plot.plotItem.vb.viewRange()[1]
    in_view = QPointF(error, low + share * (high - low))
    return plot.mapFromScene(plot.plotItem.vb.mapViewToScene(in_view))


def brush(view: ErrorsView, low: float, high: float) -> None:
    canvas = view.histogram.viewport()
    QTest.mousePress(canvas, LEFT, pos=place(view, low))
    QTest.mouseMove(canvas, place(view, (low + high) / 2))
    QTest.mouseMove(canvas, place(view, high))
    QTest.mouseRelease(canvas, LEFT, pos=place(view, high))


def texts(view: ErrorsView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def test_without_errors_it_says_what_will_be_here(view: ErrorsView, digits: Dataset) -> None:
    assert EMPTY in texts(view)
    view.start(digits)
    assert EMPTY in texts(view)


def test_at_first_all_rows_are_chosen_and_the_worst_are_at_the_top(errors: Errors) -> None:
    errors.show()
    worst_first = np.argsort(-errors.errors, kind="stable")
    np.testing.assert_allclose(errors.errors[errors.view.table.rows], errors.errors[worst_first])
    shown = errors.view.pages.shown
    np.testing.assert_array_equal(shown, errors.view.table.rows[: len(shown)])
    assert "all 40 test digits" in errors.view.words
    assert errors.view.pages.grid.captions[0] == f"{errors.errors.max():.1f}"
    assert errors.view.pages.reconstruction_of(int(shown[0])) is not None


def test_a_brush_shows_exactly_the_rows_under_it(errors: Errors) -> None:
    errors.show()
    view = errors.view
    low, high = np.quantile(errors.errors, [0.3, 0.7])
    brush(view, float(low), float(high))
    span = view.histogram.span
    assert span is not None
    assert span[0] <= low
    assert span[1] >= high
    wanted = np.flatnonzero((errors.errors >= span[0]) & (errors.errors < span[1]))
    assert 10 < len(wanted) < 30
    assert sorted(view.table.rows.tolist()) == wanted.tolist()
    assert set(view.pages.shown.tolist()) <= set(wanted.tolist())
    assert f"{len(wanted)} digits with errors from" in view.words
    QTest.mouseClick(view.everything, LEFT)
    assert len(view.table.rows) == 40
    assert view.histogram.span is None
    assert not view.everything.isVisible()


def test_a_click_takes_one_bar_and_a_second_one_lets_it_go(errors: Errors) -> None:
    errors.show()
    view = errors.view
    row = int(np.argsort(errors.errors)[20])
    at = place(view, float(errors.errors[row]))
    QTest.mouseClick(view.histogram.viewport(), LEFT, pos=at)
    histogram = report_errors(errors.errors, errors.dataset).histogram
    bar = int(np.searchsorted(histogram.edges, errors.errors[row], "right")) - 1
    assert row in view.table.rows
    assert len(view.table.rows) == histogram.counts[bar]
    QTest.mouseClick(view.histogram.viewport(), LEFT, pos=at)
    assert len(view.table.rows) == 40


def test_an_empty_bar_has_no_rows_and_nothing_breaks(errors: Errors) -> None:
    told = errors.errors.copy()
    told[0] = 1000.0
    errors.show(told)
    QTest.mouseClick(errors.view.histogram.viewport(), LEFT, pos=place(errors.view, 600.0))
    assert len(errors.view.table.rows) == 0
    assert len(errors.view.pages.shown) == 0
    assert errors.view.pages.where == ""
    errors.view.show_page(2)
    assert "mean over 0 test digits" in texts(errors.view)


def test_the_arrows_choose_bars_and_escape_lets_them_go(errors: Errors) -> None:
    errors.show()
    plot, counts = errors.view.histogram, report_errors(errors.errors, errors.dataset).histogram
    QTest.keyClick(plot, Qt.Key.Key_Right)
    most = int(counts.counts.argmax())
    assert len(errors.view.table.rows) == counts.counts[most]
    for _ in range(3):
        QTest.keyClick(plot, Qt.Key.Key_Left, SHIFT)
    assert len(errors.view.table.rows) == counts.counts[most - 3 : most + 1].sum()
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert len(errors.view.table.rows) == 40


def test_the_table_sorts_and_the_gallery_follows(errors: Errors, digits: Dataset) -> None:
    errors.show()
    table = errors.view.table
    header = table.horizontalHeader()

    def click(column: int) -> None:
        x = header.sectionViewportPosition(column) + 10
        QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(x, header.height() // 2))

    click(0)
    assert table.rows.tolist() == sorted(table.rows.tolist(), reverse=True) or (
        table.rows.tolist() == list(range(40))
    )
    click(1)
    labels = digits.test_labels
    assert labels is not None
    steps = np.diff(labels[table.rows].astype(int))
    assert (steps >= 0).all() or (steps <= 0).all()
    shown = errors.view.pages.shown
    np.testing.assert_array_equal(shown, table.rows[: len(shown)])
    model = table.model()
    row = int(table.rows[2])
    cells = [model.index(2, column).data() for column in range(3)]
    assert cells == [str(row), str(labels[row]), f"{errors.errors[row]:.2f}"]
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)] == [
        "Row",
        "Digit",
        "Error",
    ]


def test_pages_turn_by_button_key_and_table(errors: Errors) -> None:
    errors.show()
    pages, table = errors.view.pages, errors.view.table
    size = len(pages.shown)
    assert 4 <= size < 40
    assert pages.where == f"1–{size} of 40"
    QTest.keyClick(pages.grid, Qt.Key.Key_PageDown)
    np.testing.assert_array_equal(pages.shown, table.rows[size : 2 * size])
    QTest.keyClick(pages.grid, Qt.Key.Key_PageUp)
    np.testing.assert_array_equal(pages.shown, table.rows[:size])
    QTest.mouseClick(pages._on, LEFT)
    np.testing.assert_array_equal(pages.shown, table.rows[size : 2 * size])
    table.selectRow(39)
    assert int(table.rows[39]) in pages.shown
    seen = [*pages.shown]
    assert pages.where.endswith("–40 of 40")
    assert len(seen) == (40 - 1) % size + 1


def test_the_threshold_follows_until_it_is_moved(errors: Errors) -> None:
    errors.show()
    view = errors.view
    assert view.threshold.threshold >= np.quantile(errors.errors, 0.9)
    errors.show(errors.errors * 2)
    assert view.histogram.threshold == view.threshold.threshold
    before = view.threshold.threshold
    assert before > errors.errors.max()
    canvas, wanted = view.histogram.viewport(), float(np.median(errors.errors * 2))
    QTest.mousePress(canvas, LEFT, pos=place(view, before))
    QTest.mouseMove(canvas, place(view, wanted))
    QTest.mouseRelease(canvas, LEFT, pos=place(view, wanted))
    moved = view.threshold.threshold
    assert moved == pytest.approx(wanted, rel=0.05)
    above = int((errors.errors * 2 > moved).sum())
    assert view.threshold.words == f"{above} of 40 above · {100 * above / 40:.1f}\u00a0%"
    assert view.histogram.span is None, "the line was dragged, not the brush"
    errors.show(errors.errors * 2.1)
    assert view.threshold.threshold == moved


def test_the_threshold_can_be_typed(errors: Errors) -> None:
    errors.show()
    field = errors.view.threshold.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert errors.view.histogram.threshold == 0.0
    assert errors.view.threshold.words.startswith("40 of 40 above")
    field.setValue(1e6)
    assert errors.view.threshold.words == "0 of 40 above · 0.0\u00a0%"
    assert not errors.view.threshold.save.isEnabled()


def test_what_is_above_is_saved_with_numbers_and_classes(
    errors: Errors, digits: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors.show()
    errors.view.threshold.field.setValue(float(np.quantile(errors.errors, 0.8)))
    target = tmp_path / "above.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    QTest.mouseClick(errors.view.threshold.save, LEFT)
    with target.open(newline="") as file:
        header, *lines = csv.reader(file)
    assert header == ["row", "label", "error", "threshold"]
    wanted = np.flatnonzero(errors.errors > errors.view.threshold.threshold)
    assert sorted(int(line[0]) for line in lines) == wanted.tolist()
    assert digits.test_labels is not None
    assert {float(line[3]) for line in lines} == {errors.view.threshold.threshold}
    for row, label, error, _ in lines:
        assert int(label) == digits.test_labels[int(row)]
        assert float(error) == pytest.approx(float(errors.errors[int(row)]), rel=1e-6)
    told = [float(line[2]) for line in lines]
    assert told == sorted(told, reverse=True)


def test_a_live_run_keeps_what_is_chosen(errors: Errors) -> None:
    errors.show()
    view = errors.view
    low, high = np.quantile(errors.errors, [0.2, 0.8])
    brush(view, float(low), float(high))
    span = view.histogram.span
    assert span is not None
    table = view.table
    for step in range(5):
        changed = errors.errors * (1 - 0.02 * step)
        errors.show(changed)
        assert view.histogram.span == span
        wanted = np.flatnonzero((changed >= span[0]) & (changed < span[1]))
        assert sorted(table.rows.tolist()) == wanted.tolist()


def test_boxes_and_typical_rows_of_each_class(errors: Errors, digits: Dataset) -> None:
    errors.show()
    view = errors.view
    QTest.mouseClick(view.segments.buttons[1], LEFT)
    labels = digits.test_labels
    assert labels is not None
    assert [box.label for box in view.class_page.plot.boxes] == list(range(10))
    assert [box.count for box in view.class_page.plot.boxes] == [4] * 10
    most, least = (line.rows for line in view.class_page.lines)
    for label, best, worst in zip(range(10), most, least, strict=True):
        own = errors.errors[labels == label]
        assert errors.errors[best] == own.min()
        assert errors.errors[worst] == own.max()
    assert view.class_page.reconstruction_of(int(most[3])) is not None
    assert len(view.class_page.lines[1].grid.captions) == 10
    headers, rows = view.class_page.plot.table()
    assert headers[0] == "class"
    assert len(list(rows)) == 10


@pytest.mark.parametrize(
    ("width", "height", "scrolls"),
    [(712, 545, False), (612, 485, True)],
    ids=["window of 1100 by 700", "smallest window"],
)
def test_typical_digits_stay_large_enough_to_be_told_apart(
    errors: Errors, width: int, height: int, scrolls: bool
) -> None:
    errors.show()
    view = errors.view
    view.resize(width, height)
    view.show_page(1)
    QTest.qWait(1)
    page = view.class_page
    for line in page.lines:
        assert line.grid._places(line.grid.width(), line.grid._side).side >= 32
    assert (page._scroll.verticalScrollBar().maximum() > 0) is scrolls


def test_a_class_without_test_rows_is_named_and_skipped(
    view: ErrorsView, digits: Dataset, fake_model: Any
) -> None:
    kept = digits.test_labels != 4
    assert digits.test_labels is not None
    fewer = Dataset(
        train=digits.train,
        test=digits.test[kept].copy(),
        train_labels=digits.train_labels,
        test_labels=digits.test_labels[kept].copy(),
        value_range=(0.0, 1.0),
        scaling="made up",
        noun="digit",
        image_shape=(28, 28),
    )
    errors = Errors(view, fewer, fake_model)
    errors.show()
    view.show_page(1)
    boxes = view.class_page.plot.boxes
    assert [box.count for box in boxes] == [4, 4, 4, 4, 0, 4, 4, 4, 4, 4]
    assert len(view.class_page.lines[0].rows) == 9
    assert not view.grab().isNull()


def test_the_heat_map_is_of_the_rows_chosen(errors: Errors, digits: Dataset) -> None:
    errors.show()
    view = errors.view
    QTest.mouseClick(view.segments.buttons[2], LEFT)
    page = view.feature_page
    assert page.size_map.values is not None
    np.testing.assert_allclose(
        page.size_map.values, (digits.test / 2).mean(axis=0).reshape(28, 28), rtol=1e-5
    )
    assert page.bias_map.values is not None
    assert page.bias_map.values.max() <= 0.0, "half of the ink is missing everywhere"
    assert errors.features_asked == [None]
    brush(view, float(np.quantile(errors.errors, 0.8)), float(errors.errors.max()))
    rows = view.table.rows
    np.testing.assert_array_equal(sorted(errors.features_asked[-1]), sorted(rows))
    np.testing.assert_allclose(
        page.size_map.values, (digits.test[rows] / 2).mean(axis=0).reshape(28, 28), rtol=1e-5
    )
    assert page.words == f"mean over {len(rows)} test digits"


def test_a_pixel_is_told_by_mouse_and_arrows(errors: Errors) -> None:
    errors.show()
    errors.view.show_page(2)
    page = errors.view.feature_page
    field = page.size_map._field()
    scale = field.width() // 28
    QTest.mouseMove(page.size_map, QPoint(field.left() + 9 * scale + 1, 6 * scale + 1))
    values = page.size_map.values
    assert values is not None
    assert page.told == f"row 6, column 9: mean |x − x̂| {values[6, 9]:.4f}"
    QTest.keyClick(page.size_map, Qt.Key.Key_Down)
    assert page.told.startswith("row 7, column 9")


def test_rows_of_numbers_have_bars_and_no_classes(curve_errors: Errors, curves: Dataset) -> None:
    curve_errors.show()
    view = curve_errors.view
    assert [button.text() for button in view.segments.buttons] == ["Rows", "Typical", "By feature"]
    assert view.table.model().columnCount() == 2
    view.show_page(2)
    shown = view.feature_page.bars.errors
    assert shown is not None
    np.testing.assert_allclose(shown.size, (curves.test / 2).mean(axis=0), rtol=1e-5)
    headers, rows = view.feature_page.bars.table()
    assert list(headers) == ["feature", "error", "bias"]
    assert len(list(rows)) == 32
    view.show_page(1)
    assert [box.count for box in view.class_page.plot.boxes] == [20]
    most, least = (line.rows for line in view.class_page.lines)
    assert curve_errors.errors[most].max() <= curve_errors.errors[least].min()
    assert len(most) == len(least) == 10


def test_errors_that_are_no_numbers_are_above_any_threshold(errors: Errors) -> None:
    broken = errors.errors.copy()
    broken[[3, 5]] = np.nan, np.inf
    errors.show(broken)
    errors.view.threshold.field.setValue(1e6)
    assert errors.view.threshold.words.startswith("2 of 40 above")
    assert not errors.view.grab().isNull()


def test_other_data_begin_anew(errors: Errors, curves: Dataset) -> None:
    errors.show()
    brush(errors.view, 10.0, 60.0)
    errors.view.start(curves)
    assert EMPTY in texts(errors.view)
    assert errors.view.histogram.span is None
    assert len(errors.view.table.rows) == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("size", [(870, 740), (712, 545)])
def test_every_page_is_painted_at_every_size(errors: Errors, theme: Any, size: Any) -> None:
    errors.view.set_theme(theme)
    errors.view.resize(*size)
    errors.show()
    pictures = []
    for page in range(3):
        errors.view.show_page(page)
        QTest.qWait(20)
        picture = errors.view.grab().toImage()
        pictures.append(picture)
        colours = {picture.pixel(x, y) for x in range(0, size[0], 7) for y in range(0, size[1], 7)}
        assert len(colours) > 20
    for line in errors.view.class_page.lines:
        assert line.grid.height() >= line.grid.height_for(round(line.grid.side), line.grid.width())
    assert pictures[0] != pictures[1] != pictures[2]


def test_a_row_can_be_taken_to_the_canvas(errors: Errors, digits: Dataset) -> None:
    errors.show()
    taken: list[Any] = []
    errors.view.row_taken.connect(taken.append)
    grid = errors.view.pages.grid
    middle = grid.tile_area(1).center().toPoint()
    QTest.mouseMove(grid.viewport(), middle)
    QTest.keyClick(grid, Qt.Key.Key_D)
    QTest.mouseDClick(grid.viewport(), LEFT, pos=middle)
    row = int(errors.view.pages.shown[1])
    assert len(taken) == 2
    for held in taken:
        np.testing.assert_array_equal(held.row, digits.test[row])
        assert held.image_shape == (28, 28)
        assert f"test row {row}" in held.words


# In the real window.


def test_the_errors_of_a_run_are_looked_into_while_it_trains_and_after(
    open_window: Callable[..., MainWindow], hands: Any, quick: ExperimentSpec
) -> None:
    window = open_window()
    view = window.tabs.errors_view
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentWidget() is view
    assert EMPTY in hands.texts(view)
    result = hands.train(window, quick)
    assert result.state is RunState.FINISHED
    window.tabs.setCurrentWidget(view)
    hands.until(lambda: len(view.table.rows) == 10_000)
    assert result.row_errors is not None
    errors = result.row_errors
    hands.until(lambda: bool(view._report) and np.array_equal(view._report.ranked.errors, errors))
    low, high = (float(error) for error in np.quantile(errors, [0.98, 0.995]))
    brush(view, low, high)
    span = view.histogram.span
    assert span is not None
    wanted = np.flatnonzero((errors >= span[0]) & (errors < span[1]))
    assert sorted(view.table.rows.tolist()) == wanted.tolist()
    first = int(view.pages.shown[0])
    hands.until(lambda: view.pages.reconstruction_of(first) is not None)
    dataset = window.presenter.dataset
    made = view.pages.reconstruction_of(first)
    assert made is not None
    assert np.abs(made - dataset.test[first]).sum() == pytest.approx(errors[first], rel=1e-3)
    view.show_page(2)
    hands.until(lambda: view.feature_page.words == f"mean over {len(wanted)} test digits")
    values = view.feature_page.size_map.values
    assert values is not None
    assert values.sum() == pytest.approx(errors[wanted].mean(), rel=1e-3)
    view.show_page(1)
    hands.until(lambda: bool(view.class_page._made))
    assert len(view.class_page.plot.boxes) == 10


def test_errors_far_below_one_can_be_read_and_have_a_threshold_among_them(errors: Errors) -> None:
    small = (errors.errors / 10_000).astype(np.float32)
    errors.show(small)
    view = errors.view
    captions = view.pages.grid.captions
    assert len(set(captions)) > len(captions) / 2
    shown = [float(caption) for caption in captions if caption]
    np.testing.assert_allclose(shown, small[view.pages.shown], rtol=0.05)
    model = view.table.model()
    cells = {model.index(line, 2).data() for line in range(model.rowCount())}
    assert len(cells) > 20
    above = int((small > view.threshold.threshold).sum())
    assert 1 <= above <= 4
    assert view.threshold.words.startswith(f"{above} of 40")
    low, high = np.quantile(small, [0.3, 0.7])
    brush(view, float(low), float(high))
    said = view.words.split("from ")[1].split(" to ")
    assert float(said[0]) < float(said[1])
    view.show_page(1)
    assert len(set(view.class_page.lines[1].grid.captions)) > 5
    assert view.histogram.summary.split()[1] == f"{small.mean():.{len(said[0]) - 2}f}"


@pytest.mark.parametrize("turn", [1, -1])
def test_a_brush_goes_on_while_the_model_learns(errors: Errors, turn: int) -> None:
    errors.show()
    view = errors.view
    canvas = view.histogram.viewport()
    low, middle, high = np.quantile(errors.errors, [0.2, 0.5, 0.8])[::turn]
    QTest.mousePress(canvas, LEFT, pos=place(view, low))
    QTest.mouseMove(canvas, place(view, middle))
    # An epoch ends under the hand.
    errors.show(errors.errors * np.float32(1.01))
    assert view.histogram.span is not None
    QTest.mouseMove(canvas, place(view, high))
    QTest.mouseRelease(canvas, LEFT, pos=place(view, high))
    span = view.histogram.span
    assert span is not None
    bar = view.histogram._histogram.edges[1] - view.histogram._histogram.edges[0]
    assert span[0] <= min(low, high) + bar
    assert span[1] >= max(low, high)


def test_the_second_of_two_quick_clicks_lets_go(errors: Errors) -> None:
    errors.show()
    view = errors.view
    there = place(view, float(np.median(errors.errors)))
    QTest.mouseClick(view.histogram.viewport(), LEFT, pos=there)
    assert view.histogram.span is not None
    QTest.mouseDClick(view.histogram.viewport(), LEFT, pos=there)
    assert view.histogram.span is None


def test_what_is_being_typed_stays_while_the_model_learns(errors: Errors) -> None:
    errors.show()
    field = errors.view.threshold.field
    errors.view.activateWindow()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "12")
    errors.show(errors.errors * 2)
    assert field.lineEdit().text() == "12"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert errors.view.histogram.threshold == 12.0


def test_the_row_gone_to_in_the_table_is_the_one_that_is_drawn_on(
    errors: Errors, digits: Dataset
) -> None:
    errors.show()
    view = errors.view
    taken: list[Any] = []
    view.row_taken.connect(taken.append)
    view.table.selectRow(5)
    QTest.keyClick(view.pages.grid, Qt.Key.Key_D)
    assert len(taken) == 1
    np.testing.assert_array_equal(taken[0].row, digits.test[view.table.rows[5]])


def test_the_pixel_pointed_at_is_told_anew_of_new_values(errors: Errors, digits: Dataset) -> None:
    errors.show()
    errors.view.show_page(2)
    page = errors.view.feature_page
    page.size_map.setFocus()
    QTest.keyClick(page.size_map, Qt.Key.Key_Up)
    before = page.told
    assert before.startswith("row 13, column 14")
    shown = feature_errors(digits.test, None, lambda rows: rows * np.float32(0.25))
    assert shown is not None
    page.show_errors(shown)
    assert page.told.startswith("row 13, column 14")
    assert page.told.endswith(f"{shown.size.reshape(28, 28)[13, 14]:.4f}")
    assert page.told != before
    page.start(digits)
    assert page.told == ""
