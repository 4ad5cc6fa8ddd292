"""The run bar, the keys and the controller together, in the real window with the real engine."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from aegui.control import RunState
from aegui.records import RunResult
from aegui.runs import read_run
from aegui.specs import DenseCode, ExperimentSpec, VariationalCode
from aegui.ui.main_window import MainWindow
from aegui.ui.views.train.train_view import TrainView


def _with(experiment: ExperimentSpec, **training: object) -> ExperimentSpec:
    changed = experiment.training.model_copy(update=training)
    return experiment.model_copy(update={"training": changed})


@pytest.fixture
def ends(window: MainWindow) -> list[RunResult]:
    results: list[RunResult] = []
    window.session.controller.run_ended.connect(results.append)
    return results


def _losses(result: RunResult) -> list[tuple[object, ...]]:
    return [(record.epoch, record.loss, record.val_loss) for record in result.history]


def _press(window: MainWindow, key: Qt.Key) -> None:
    window.setFocus()
    QTest.keyClick(window, key)


def _words(window: MainWindow) -> str:
    return window.column.run_bar._words.text()


def _is_in(window: MainWindow, state: RunState) -> Callable[[], bool]:
    return lambda: window.session.controller.state is state


def test_space_trains_pauses_and_resumes(
    window: MainWindow, hands: Any, quick: ExperimentSpec, ends: list[RunResult]
) -> None:
    window.column.set_experiment(_with(quick, epochs=400))
    bar = window.column.run_bar
    _press(window, Qt.Key.Key_Space)
    hands.until(_is_in(window, RunState.TRAINING))
    bar._since_start.invalidate()
    _press(window, Qt.Key.Key_Space)
    hands.until(_is_in(window, RunState.PAUSED))
    assert _words(window).startswith("Paused")
    assert bar._train.text() == "Resume"
    shown = window.tabs.train_view._epoch.text()
    QTest.qWait(150)
    assert window.tabs.train_view._epoch.text() == shown, "nothing moves while paused"
    _press(window, Qt.Key.Key_Space)
    hands.until(_is_in(window, RunState.TRAINING))
    _press(window, Qt.Key.Key_Escape)
    hands.until(lambda: bool(ends))
    assert ends[0].state is RunState.STOPPED


def test_s_steps_from_epoch_to_epoch(
    window: MainWindow, hands: Any, quick: ExperimentSpec, ends: list[RunResult]
) -> None:
    window.column.set_experiment(_with(quick, epochs=3))
    for epoch in (1, 2):
        _press(window, Qt.Key.Key_S)
        hands.until(_is_in(window, RunState.PAUSED))
        hands.until(
            lambda epoch=epoch: f"epoch {epoch} of 3" in window.tabs.train_view._epoch.text()
        )
    _press(window, Qt.Key.Key_S)
    hands.until(lambda: bool(ends))
    assert ends[0].history.epochs == 3


def test_a_stopped_run_continues_to_its_end_also_on_another_day(
    open_window: Callable[[], MainWindow], hands: Any, quick: ExperimentSpec
) -> None:
    experiment = _with(quick, epochs=6)
    window = open_window()
    window.column.set_experiment(experiment)
    ends: list[RunResult] = []
    window.session.controller.run_ended.connect(ends.append)
    hands.click(window.column.run_bar, "Train")
    hands.until(lambda: len(ends) == 1)
    whole = _losses(ends[0])
    window.column.run_bar._since_start.invalidate()
    hands.click(window.column.run_bar, "Train")
    hands.until(lambda: "epoch 2 of" in window.tabs.train_view._epoch.text())
    _press(window, Qt.Key.Key_Escape)
    hands.until(lambda: len(ends) == 2)
    assert ends[1].state is RunState.STOPPED
    folder = ends[1].folder
    assert folder is not None
    window.close()

    second = open_window()
    later: list[RunResult] = []
    second.session.controller.run_ended.connect(later.append)
    second.session.open_run(folder)
    hands.until(lambda: second.session.steering.experiment is not None)
    assert second.column.experiment() == experiment
    hands.click(second.column.run_bar, "Continue to epoch 6")
    hands.until(lambda: bool(later))
    assert _losses(later[0]) == whole
    assert later[0].folder is not None
    assert _losses_on_disk(later[0]) == whole


def _losses_on_disk(result: RunResult) -> list[tuple[object, ...]]:
    assert result.folder is not None
    history = read_run(result.folder).card.history
    return [(record.epoch, record.loss, record.val_loss) for record in history]


def test_ten_more_epochs_after_the_end(
    window: MainWindow, hands: Any, quick: ExperimentSpec, ends: list[RunResult]
) -> None:
    hands.train(window, _with(quick, epochs=2))
    told: list[tuple[int, bool]] = []
    window.presenter.shown.connect(lambda shown: told.append((shown.epoch, shown.is_live)))
    hands.click(window.column.run_bar, "Train 10 more epochs")
    hands.until(lambda: len(ends) == 2)
    assert told[:2] == [(2, True), (3, True)], "it begins with the model that is there"
    assert ends[1].history.epochs == 12
    assert _losses(ends[1])[:3] == _losses(ends[0])
    assert len(window.tabs.train_view._loss.table()[1]) == 13


def test_going_on_with_another_shape_is_explained_not_attempted(
    window: MainWindow, hands: Any, quick: ExperimentSpec, ends: list[RunResult]
) -> None:
    hands.train(window, quick)
    narrow = quick.architecture.model_copy(update={"code": DenseCode(width=2)})
    window.column.set_experiment(quick.model_copy(update={"architecture": narrow}))
    hands.click(window.column.run_bar, "Train 10 more epochs")
    assert "784–32–784" in window.notice.text()
    assert "784–2–784" in window.notice.text()
    assert window.session.controller.state is RunState.FINISHED
    assert len(ends) == 1


def test_r_starts_over_with_fresh_weights(
    window: MainWindow, hands: Any, quick: ExperimentSpec, ends: list[RunResult]
) -> None:
    window.column.set_experiment(_with(quick, epochs=300))
    hands.click(window.column.run_bar, "Train")
    hands.until(lambda: "epoch 3 of" in window.tabs.train_view._epoch.text())
    _press(window, Qt.Key.Key_R)
    hands.until(lambda: len(ends) == 1)
    hands.until(_is_in(window, RunState.TRAINING))
    _press(window, Qt.Key.Key_Escape)
    hands.until(lambda: len(ends) == 2)
    assert _losses(ends[1])[0] == _losses(ends[0])[0]


def test_the_learning_rate_of_a_run_can_be_changed(
    window: MainWindow, hands: Any, quick: ExperimentSpec, ends: list[RunResult]
) -> None:
    window.column.set_experiment(_with(quick, epochs=300))
    _press(window, Qt.Key.Key_S)
    hands.until(_is_in(window, RunState.PAUSED))
    rate = window.column.run_bar._steering._rate
    chosen: list[float] = []
    window.column.run_bar.learning_rate_chosen.connect(chosen.append)
    rate.setFocus()
    QTest.keyClick(rate, Qt.Key.Key_Return)
    for wrong in ("fast", "0", "1e9", "-1"):
        rate.setFocus()
        rate.selectAll()
        QTest.keyClicks(rate, wrong)
        QTest.keyClick(rate, Qt.Key.Key_Return)
        assert rate.property("problem") == "error"
        assert "above 0" in rate.toolTip()
    rate.selectAll()
    QTest.keyClicks(rate, "0.02")
    QTest.keyClick(rate, Qt.Key.Key_Return)
    assert not rate.property("problem")
    assert "above 0" not in rate.toolTip()
    assert chosen == [0.02]
    _press(window, Qt.Key.Key_S)
    hands.until(lambda: "epoch 2 of" in window.tabs.train_view._epoch.text())
    _press(window, Qt.Key.Key_Escape)
    hands.until(lambda: bool(ends))
    rates = [record.learning_rate for record in ends[0].history]
    np.testing.assert_allclose(rates[1:3], [0.001, 0.02], rtol=1e-6)
    assert [event.kind for event in ends[0].history.events] == ["learning_rate"]


def test_panels_changed_while_it_runs_are_the_next_run(
    window: MainWindow, hands: Any, quick: ExperimentSpec, ends: list[RunResult]
) -> None:
    window.column.set_experiment(_with(quick, epochs=300))
    hands.click(window.column.run_bar, "Train")
    hands.until(_is_in(window, RunState.TRAINING))
    assert window.column.run_bar._next.text() == ""
    variational = quick.architecture.model_copy(update={"code": VariationalCode(width=2)})
    window.column.set_experiment(quick.model_copy(update={"architecture": variational}))
    assert "next run" in window.column.run_bar._next.text()
    _press(window, Qt.Key.Key_Escape)
    hands.until(lambda: bool(ends))
    assert ends[0].history.last.kl is None, "the run that went on was not changed"
    assert window.column.run_bar._next.text() == ""


def test_f11_presents_and_comes_back(window: MainWindow, hands: Any) -> None:
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    usual = QApplication.font().pixelSize()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.column.isVisible()
    assert not window.runs.isVisible()
    assert window.column.run_bar.isVisible()
    assert QApplication.font().pixelSize() == pytest.approx(usual * 1.5, abs=1)
    QTest.keyClick(window, Qt.Key.Key_F11)
    hands.until(window.column.isVisible)
    assert window.runs.isVisible()
    assert window.column.run_bar.isVisible()
    assert window.column.isAncestorOf(window.column.run_bar)
    assert QApplication.font().pixelSize() == usual


def _sizes(view: TrainView) -> list[float]:
    """Return the pixels of an axis' text and of a tile of the strip."""
    font = view._loss.plotItem.getAxis("left").style["tickFont"]
    return [font.pixelSize(), view._strip.side]


def test_f11_enlarges_plots_and_tiles_and_comes_back(
    window: MainWindow, hands: Any, quick: ExperimentSpec, ends: list[RunResult]
) -> None:
    window.resize(1440, 900)
    window.column.set_experiment(quick)
    hands.click(window.column.run_bar, "Train")
    hands.until(lambda: bool(ends))
    usual = _sizes(window.tabs.train_view)
    assert usual == [12, 56]
    QTest.keyClick(window, Qt.Key.Key_F11)
    # Tiles grow as far as the height of the window lets them.
    hands.until(
        lambda: _sizes(window.tabs.train_view)[0] == 18 and _sizes(window.tabs.train_view)[1] > 56
    )
    QTest.keyClick(window, Qt.Key.Key_F11)
    hands.until(lambda: _sizes(window.tabs.train_view) == usual)
    assert window.column.run_bar._train.hasFocus()


def test_the_arrows_of_the_draw_tab_are_large_and_grow(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    arrows = [label for label in window.tabs.draw_view.findChildren(QLabel) if label.text() == "→"]
    assert [arrow.font().pixelSize() for arrow in arrows] == [24, 24]
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert [arrow.font().pixelSize() for arrow in arrows] == [36, 36]
