"""The Errors tab in the real window: a run from the disk, a hand that brushes while one learns."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from aegui.control import RunState
from aegui.runs import read_about
from aegui.specs import ExperimentSpec, SinusoidsSpec
from aegui.ui.main_window import MainWindow
from aegui.ui.views.errors.errors_view import ErrorsView

LEFT = Qt.MouseButton.LeftButton


def place(view: ErrorsView, error: float) -> QPoint:
    """Return where an error lies in the histogram, in its pixels, half-way up."""
    plot = view.histogram
    low, high = plot.plotItem.vb.viewRange()[1]
    in_view = QPointF(error, (low + high) / 2)
    return plot.mapFromScene(plot.plotItem.vb.mapViewToScene(in_view))


def test_the_errors_of_a_run_from_the_disk(
    open_window: Callable[..., MainWindow], hands: Any, quick: ExperimentSpec
) -> None:
    window = open_window()
    result = hands.train(window, quick)
    other = quick.model_copy(update={"dataset": SinusoidsSpec(rows=2000, features=16)})
    assert hands.train(window, other).state is RunState.FINISHED
    view = window.tabs.errors_view
    window.tabs.setCurrentWidget(view)
    hands.until(lambda: view.report is not None and len(view.report.ranked) == 200)
    hands.until(lambda: len(window.session.shelf.cards) == 2)
    window.session.open_run(result.folder)
    hands.until(lambda: view.report is not None and len(view.report.ranked) == 10_000)
    np.testing.assert_array_equal(view.report.ranked.errors, result.row_errors)
    row = int(view.pages.shown[0])
    assert row == int(np.argmax(result.row_errors))
    hands.until(lambda: view.pages.reconstruction_of(row) is not None)
    dataset = window.presenter.dataset
    assert dataset is not None
    made = result.model.reconstruct(dataset.test[row : row + 1])[0]
    np.testing.assert_allclose(view.pages.reconstruction_of(row), made, atol=1e-5)
    view.show_page(2)
    hands.until(lambda: view.feature_page.size_map.values is not None)


def test_a_hand_brushes_while_a_run_learns(
    open_window: Callable[..., MainWindow], hands: Any, quick: ExperimentSpec
) -> None:
    window = open_window()
    view, controller = window.tabs.errors_view, window.session.controller
    epochs = quick.training.model_copy(update={"epochs": 40})
    window.column.set_experiment(quick.model_copy(update={"training": epochs}))
    reports: list[Any] = []
    show = view.show_report

    def watch(report: Any) -> None:
        reports.append(report)
        show(report)

    view.show_report = watch  # type: ignore[method-assign]
    window.session.steering.train()
    hands.until(lambda: controller.state is RunState.TRAINING)
    window.tabs.setCurrentWidget(view)
    # In the first epochs all errors fall below what was low before.
    hands.until(lambda: len(reports) >= 8 or controller.state is RunState.FINISHED)
    low, high = np.quantile(reports[-1].ranked.errors, [0.3, 0.8])
    canvas = view.histogram.viewport()
    QTest.mousePress(canvas, LEFT, pos=place(view, low))
    held = len(reports)
    hands.until(lambda: len(reports) > held or controller.state is RunState.FINISHED)
    QTest.mouseMove(canvas, place(view, high))
    QTest.mouseRelease(canvas, LEFT, pos=place(view, high))
    span = view.histogram.span
    assert span is not None
    assert span[1] - span[0] > (high - low) / 4
    hands.until(lambda: controller.state is RunState.FINISHED)
    wanted = view.report.ranked.between(*span)
    hands.until(lambda: sorted(view.table.rows.tolist()) == sorted(wanted.tolist()))


def test_a_threshold_stays_with_the_run_that_it_was_chosen_for(
    open_window: Callable[..., MainWindow], hands: Any, quick: ExperimentSpec
) -> None:
    window = open_window()
    view, opened = window.tabs.errors_view, []
    window.session.run_opened.connect(lambda: opened.append(None))

    def look_at(run: Any) -> float:
        before = len(opened)
        window.session.open_run(run.folder)
        hands.until(lambda: len(opened) > before)
        window.tabs.setCurrentWidget(view)
        hands.until(lambda: view.report is not None)
        assert view.histogram.threshold == view.threshold.threshold
        return float(view.threshold.threshold)

    chosen, other = hands.train(window, quick), hands.train(window, quick)
    hands.until(lambda: len(window.session.shelf.cards) == 2)
    usual = look_at(chosen)
    canvas = view.histogram.viewport()
    wanted = float(np.quantile(chosen.row_errors, 0.7))
    QTest.mousePress(canvas, LEFT, pos=place(view, usual))
    QTest.mouseMove(canvas, place(view, wanted))
    QTest.mouseRelease(canvas, LEFT, pos=place(view, wanted))
    moved = view.threshold.threshold
    assert usual - moved > 1
    assert look_at(other) == usual
    assert read_about(chosen.folder).threshold == moved
    assert look_at(chosen) == moved
    view.threshold.field.setValue(12.25)
    window.close()
    assert read_about(chosen.folder).threshold == 12.25
    assert read_about(other.folder).threshold is None


def test_a_threshold_chosen_while_a_run_learns_is_kept_at_its_end(
    open_window: Callable[..., MainWindow], hands: Any, quick: ExperimentSpec
) -> None:
    window = open_window()
    view, controller = window.tabs.errors_view, window.session.controller
    ended: list[Any] = []
    controller.run_ended.connect(ended.append)
    window.column.set_experiment(quick)
    window.session.steering.step()
    hands.until(lambda: controller.state is RunState.PAUSED)
    window.tabs.setCurrentWidget(view)
    hands.until(lambda: view.report is not None)
    view.threshold.field.setValue(20.5)
    controller.resume()
    hands.until(lambda: bool(ended))
    hands.until(lambda: read_about(ended[0].folder).threshold == 20.5)
