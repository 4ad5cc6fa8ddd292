"""The Sweep tab: asked for by hand, told by a thread, with real trials."""

import dataclasses
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from aegui.control import RunState, TrainingControl
from aegui.places import sweeps_folder
from aegui.records import TrialOutcome
from aegui.runs import RunError
from aegui.specs import (
    ArchitectureSpec,
    Axis,
    DenseCode,
    ExperimentSpec,
    NoiseSpec,
    SweepSpec,
    TrainingSpec,
)
from aegui.sweeps import (
    MEASURES,
    Crew,
    OneThread,
    SweepObserver,
    SweepPlan,
    SweepProgress,
    SweepResult,
    SweepStore,
    UnfinishedSweep,
    run_sweep,
)
from aegui.ui.main_window import MainWindow
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.sweep.sweep_settings import sweepables
from aegui.ui.views.sweep.sweep_view import SweepView
from aegui.ui.workers.sweep import SweepEnd, SweepThread

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 60_000
BASE = ExperimentSpec(
    dataset=NoiseSpec(rows=600, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2, activation="sigmoid")),
    training=TrainingSpec(epochs=1, batch_size=64),
)
SPEC = SweepSpec(base=BASE, axes=(Axis(field="dataset.features", values=(3, 6)),), seeds=2)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> SweepResult:
    """Four real trials, kept."""
    store = SweepStore.create(tmp_path_factory.mktemp("sweeps"), SPEC)
    with OneThread() as crew:
        return run_sweep(SPEC, crew, SweepObserver(), TrainingControl(), store)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SweepView]:
    view = SweepView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.set_theme(DARK)
    view.set_experiment(BASE)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.hide()


def _setting(view: SweepView) -> QComboBox:
    return next(w for w in view.findChildren(QComboBox) if w.accessibleName() == "Setting to sweep")


def _choose(view: SweepView, field: str, values: str, seeds: int = 1) -> None:
    setting = _setting(view)
    setting.setCurrentIndex(setting.findData(field))
    line = next(w for w in view.findChildren(QLineEdit) if w.accessibleName() == "Values")
    line.setText(values)
    next(w for w in view.findChildren(QSpinBox) if w.accessibleName() == "Seeds").setValue(seeds)


def _words(view: SweepView) -> str:
    return view.planner._words.text()


def _show(view: SweepView, result: SweepResult, count: int = 4) -> None:
    view.start(SweepPlan(SPEC, SPEC.trials()))
    for outcome in result.outcomes[:count]:
        view.add_outcome(outcome)


def test_a_plan_is_told_while_it_is_typed(view: SweepView, qtbot: QtBot) -> None:
    _choose(view, "dataset.features", "2..16x2", seeds=3)
    assert _words(view).startswith("12 trials · about ")
    with qtbot.waitSignal(view.sweep_requested) as asked:
        QTest.mouseClick(view.planner._run, LEFT)
    assert asked.args == [
        SweepSpec(base=BASE, axes=(Axis(field="dataset.features", values=(2, 4, 8, 16)),), seeds=3)
    ]


@pytest.mark.parametrize(
    ("field", "values", "words"),
    [
        ("dataset.features", "", "has an empty value"),
        ("dataset.features", "1,4", "is 1, but must be at least 2"),
        ("dataset.features", "8..2", "must go from the smaller number up"),
        ("dataset.features", "wide", 'is "wide", but must be a whole number'),
        ("dataset.rows", "20", "A batch of 64 is larger than the 18 training rows"),
        ("depth", "9", "is 9, but 6 features can be halved no further than to depth 3"),
        ("architecture.loss", "mse", 'is "mse", but must be one of'),
    ],
)
def test_what_cannot_be_run_is_said_beside_the_field(
    view: SweepView, field: str, values: str, words: str
) -> None:
    _choose(view, field, values)
    assert words in _words(view)
    assert view.planner._words.property("role") == "error"
    assert not view.planner._run.isEnabled()
    _choose(view, "depth", "1,2")
    assert view.planner._run.isEnabled()
    assert view.planner._words.property("role") == "muted"


def test_every_setting_that_is_offered_begins_with_values_that_work(view: SweepView) -> None:
    offered = sweepables(BASE)
    assert [setting.name for setting in offered[:3]] == [
        "Code", "Code as a share of the features", "Layers a side",
    ]  # fmt: skip
    assert len({setting.name for setting in offered}) == len(offered)
    for setting in offered:
        if setting.field in ("depth", "dataset"):
            # Six features cannot be halved three times, and no code of two fits all data.
            continue
        _choose(view, setting.field, setting.values)
        assert view.planner._run.isEnabled(), f"{setting}: {_words(view)}"


def test_what_was_typed_outlives_a_change_in_the_panels(view: SweepView) -> None:
    _choose(view, "dataset.features", "3,5")
    training = TrainingSpec(epochs=7, batch_size=32)
    view.set_experiment(BASE.model_copy(update={"training": training}))
    assert _setting(view).currentData() == "dataset.features"
    assert view.planner._values.text() == "3,5"
    _choose(view, "depth", "1,2")
    setting = _setting(view)
    setting.setCurrentIndex(setting.findData("dataset.features"))
    assert view.planner._values.text() == "3,5"


def test_results_come_trial_by_trial(view: SweepView, result: SweepResult) -> None:
    _show(view, result, count=1)
    assert view.table.rowCount() == 1
    assert len(view.points._dots) == 1
    assert len(view.histograms.texts) == 2
    for outcome in result.outcomes[1:]:
        view.add_outcome(outcome)
    assert view.table.rowCount() == 4
    assert len(view.points._dots) == 4
    assert view.histograms.texts[0] == "Features"
    assert view.histograms.texts[1].startswith("3 · mean ")
    assert "σ" in view.histograms.texts[2]
    mean, deviation = view.points.table()[1][0][1:3]
    point = result.points(MEASURES[0])[0]
    assert (mean, deviation) == pytest.approx((point.mean, point.sd))


def test_any_measure_is_shown_and_on_either_axis(view: SweepView, result: SweepResult) -> None:
    _show(view, result)
    for place, measure in enumerate(MEASURES):
        view._measure.setCurrentIndex(place)
        for log in (True, False):
            view._log.setChecked(log)
            headers, rows = view.points.table()
            assert headers[1] == f"{measure.name} mean"
            expected = [point.mean for point in result.points(measure)]
            assert [row[1] for row in rows] == pytest.approx(expected)
            low, high = view.points.plotItem.vb.viewRange()[1]
            for dot, _, _ in view.points._dots:
                assert low < dot.y() < high


def test_a_click_on_a_dot_or_a_row_chooses_its_run(
    view: SweepView, result: SweepResult, qtbot: QtBot
) -> None:
    _show(view, result)
    place = view.points.place_of(3).toPoint()
    with qtbot.waitSignal(view.run_chosen) as chosen:
        QTest.mouseClick(view.points.viewport(), LEFT, pos=place)
    assert chosen.args == [result.outcomes[3].folder]
    view.table.sortItems(0, Qt.SortOrder.DescendingOrder)
    row = view.table.visualItemRect(view.table.item(0, 0)).center()
    with qtbot.waitSignal(view.run_chosen) as chosen:
        QTest.mouseClick(view.table.viewport(), LEFT, pos=row)
    assert chosen.args[0].name in ("trial-003", "trial-004")
    chosen_runs: list[Path] = []
    view.run_chosen.connect(chosen_runs.append)
    QTest.mouseClick(view.points.viewport(), LEFT, pos=QPoint(2, 2))
    assert chosen_runs == []


def test_the_table_sorts_numbers_as_numbers_and_can_be_saved(
    view: SweepView, result: SweepResult
) -> None:
    wide = SPEC.model_copy(update={"axes": (Axis(field="dataset.features", values=(10, 9)),)})
    view.start(SweepPlan(wide, wide.trials()))
    for number, value in enumerate((10, 9), start=1):
        settings = {"dataset.features": value}
        view.add_outcome(dataclasses.replace(result.outcomes[0], number=number, settings=settings))
    view.table.sortItems(0, Qt.SortOrder.AscendingOrder)
    headers, rows = view.table.numbers()
    assert headers[:3] == ("Features", "Seed", "Error per feature")
    heads = view.table.horizontalHeader()
    widths = [(heads.sectionSize(n), heads.sectionSizeHint(n)) for n in range(heads.count())]
    assert all(width >= needed for width, needed in widths), widths
    assert [row[0] for row in rows] == [9, 10]
    assert rows[0][-1] == "finished"


def test_values_that_are_words_stand_side_by_side(view: SweepView, result: SweepResult) -> None:
    field = "architecture.optimizer.kind"
    spec = SPEC.model_copy(update={"axes": (Axis(field=field, values=("sgd", "adam")),)})
    view.start(SweepPlan(spec, spec.trials()))
    for number, value in ((3, "adam"), (1, "sgd")):
        outcome = dataclasses.replace(result.outcomes[0], number=number, settings={field: value})
        view.add_outcome(outcome)
    assert [dot[0].x() for dot in view.points._dots] == [0.0, 1.0]
    assert [row[0] for row in view.points.table()[1]] == ["SGD", "Adam"]


def test_a_trial_that_failed_is_in_the_table_alone(view: SweepView, result: SweepResult) -> None:
    outcome = result.outcomes[0]
    summary = outcome.summary.model_copy(update={"status": RunState.FAILED})
    view.start(SweepPlan(SPEC, SPEC.trials()))
    view.add_outcome(dataclasses.replace(outcome, summary=summary))
    assert view.table.rowCount() == 1
    assert view.points._dots == []
    assert [row[-1] for row in view.table.numbers()[1]] == ["loss not finite"]


def test_plots_keep_their_items_and_take_another_theme(
    view: SweepView, result: SweepResult
) -> None:
    _show(view, result)
    before = view.histograms.plotItem.items[:]
    view.set_theme(LIGHT)
    _show(view, result)
    assert view.histograms.plotItem.items == before
    picture = view.histograms.picture()
    assert not picture.isNull()


def test_a_finished_trial_of_an_interrupted_sweep_is_shown_at_once(
    view: SweepView, result: SweepResult
) -> None:
    view.start(SweepPlan(SPEC, SPEC.trials(), result.outcomes[:3]))
    assert view.table.rowCount() == 3
    assert _words(view).startswith("1 of 4 trials left")


def test_an_interrupted_sweep_is_offered(view: SweepView, qtbot: QtBot, tmp_path: Path) -> None:
    unfinished = UnfinishedSweep(tmp_path, SPEC, 1, 4)
    view.offer_unfinished([unfinished])
    assert view.planner._offer.words == "Go on: features, 1 of 4 done"
    with qtbot.waitSignal(view.go_on_requested) as asked:
        QTest.mouseClick(view.planner._offer._go_on, LEFT)
    assert asked.args == [unfinished]
    with qtbot.waitSignal(view.give_up_requested) as asked:
        QTest.mouseClick(view.planner._offer._give_up, LEFT)
    assert asked.args == [unfinished]
    view.offer_unfinished([])
    assert not view.planner._offer.isVisible()


def test_progress_and_end_are_told_in_words(view: SweepView, result: SweepResult) -> None:
    view.set_active(True)
    assert not view.planner._run.isEnabled()
    view.start(SweepPlan(SPEC, SPEC.trials()))
    view.show_progress(SweepProgress(trial=3, trials=4, fraction=0.5, seconds_left=61.0))
    assert _words(view) == "Trial 3 of 4 · 61 s left"
    QTest.mouseClick(view.planner._cancel, LEFT)
    assert _words(view).startswith("Ending the trial under way")
    view.set_active(False)
    view.show_end(dataclasses.replace(result, outcomes=result.outcomes[:2], stopped=True))
    assert _words(view).startswith("Cancelled · 2 of 4 trials")


def _thread(function: object, tmp_path: Path) -> SweepThread:
    engine: Future[None] = Future()
    engine.set_result(None)
    return SweepThread(SPEC, engine, tmp_path, None, None, function)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RunError("the place cannot be written"), "the place cannot be written"),
        (RuntimeError("bang\nmore"), "The sweep broke off: bang. Finished trials are kept"),
    ],
)
def test_a_sweep_that_breaks_ends_with_a_sentence(
    error: Exception, words: str, tmp_path: Path, qtbot: QtBot
) -> None:
    def broken(*_arguments: object) -> SweepResult:
        raise error

    thread = _thread(broken, tmp_path)
    with qtbot.waitSignal(thread.sweep_ended, timeout=PATIENCE_MS) as ended:
        thread.start()
    assert thread.wait(PATIENCE_MS)
    end: SweepEnd = ended.args[0]
    assert end.result is None
    assert words in end.problem


def test_a_sweep_cancelled_before_the_engine_is_there_ends(tmp_path: Path, qtbot: QtBot) -> None:
    thread = SweepThread(SPEC, Future(), tmp_path)
    with qtbot.waitSignal(thread.sweep_ended, timeout=PATIENCE_MS) as ended:
        thread.start()
        thread.control.stop()
    assert thread.wait(PATIENCE_MS)
    assert ended.args[0].result.stopped
    assert list(tmp_path.iterdir()) == []


def test_the_thread_passes_on_what_a_sweep_tells(
    result: SweepResult, tmp_path: Path, qtbot: QtBot
) -> None:
    def fake(
        spec: SweepSpec,
        _crew: Crew,
        observer: SweepObserver,
        _control: TrainingControl,
        _store: SweepStore | None,
    ) -> SweepResult:
        observer.planned(SweepPlan.of(spec))
        for outcome in result.outcomes:
            observer.trial_ended(outcome)
        return result

    thread = _thread(fake, tmp_path)
    told: list[TrialOutcome] = []
    thread.trial_ended.connect(told.append)
    with qtbot.waitSignals([thread.planned, thread.sweep_ended], timeout=PATIENCE_MS):
        thread.start()
    assert thread.wait(PATIENCE_MS)
    qtbot.waitUntil(lambda: len(told) == 4)


def _sweep(window: MainWindow, hands: object, values: str = "3,6") -> SweepEnd:
    view = window.tabs.sweep_view
    window.middle.show_tab(window.tabs.indexOf(view))
    _choose(view, "dataset.features", values)
    ended: list[SweepEnd] = []
    window.session.sweeping.ended.connect(ended.append)
    QTest.mouseClick(view.planner._run, LEFT)
    assert window.session.sweeping.is_active
    hands.until(lambda: bool(ended))  # type: ignore[attr-defined]
    window.session.sweeping.ended.disconnect(ended.append)
    return ended[0]


def test_a_real_sweep_runs_in_the_window_and_its_runs_open(
    window: MainWindow, hands: object
) -> None:
    window.column.set_experiment(BASE)
    end = _sweep(window, hands)
    assert end.result is not None
    assert len(end.result.outcomes) == 2
    view = window.tabs.sweep_view
    assert view.table.rowCount() == 2
    assert _words(view).startswith("Finished · 2 of 2 trials")
    view.table.sortItems(0, Qt.SortOrder.AscendingOrder)
    opened: list[bool] = []
    window.session.run_opened.connect(lambda: opened.append(True))
    row = view.table.visualItemRect(view.table.item(0, 0)).center()
    QTest.mouseClick(view.table.viewport(), LEFT, pos=row)
    hands.until(lambda: bool(opened))  # type: ignore[attr-defined]
    assert window.column.experiment().dataset.features == 3
    assert window.tabs.currentWidget() is window.tabs.train_view


def test_a_sweep_and_a_training_keep_each_other_from_starting(
    window: MainWindow, hands: object
) -> None:
    long = BASE.model_copy(update={"training": TrainingSpec(epochs=100_000, batch_size=64)})
    window.column.set_experiment(long)
    view, bar, controller = window.tabs.sweep_view, window.column.run_bar, window.session.controller
    window.middle.show_tab(window.tabs.indexOf(view))
    _choose(view, "dataset.features", "3,6")
    ended: list[SweepEnd] = []
    window.session.sweeping.ended.connect(ended.append)
    QTest.mouseClick(view.planner._run, LEFT)
    assert not bar.can_train
    window.session.steering.train()
    assert not controller.state.is_active
    words = [label.text() for label in bar.findChildren(QLabel)]
    assert any("A sweep is under way" in text for text in words)
    hands.until(lambda: view.table.columnCount() > 0)  # type: ignore[attr-defined]
    QTest.mouseClick(view.planner._cancel, LEFT)
    hands.until(lambda: bool(ended))  # type: ignore[attr-defined]
    assert ended[0].result is not None
    assert ended[0].result.stopped
    assert bar.can_train

    window.session.steering.train()
    assert controller.state.is_active
    assert not view.planner._run.isEnabled()
    assert "A training is under way" in _words(view)
    hands.until(lambda: controller.state is RunState.TRAINING)  # type: ignore[attr-defined]
    window.session.steering.stop()
    hands.until(lambda: not controller.state.is_active)  # type: ignore[attr-defined]
    assert view.planner._run.isEnabled()


def test_a_sweep_of_an_earlier_day_goes_on_in_the_window(
    open_window: object, hands: object
) -> None:
    store = SweepStore.create(sweeps_folder(), SPEC)
    control = TrainingControl()

    class StopAfterOne(SweepObserver):
        def trial_ended(self, _outcome: TrialOutcome) -> None:
            control.stop()

    with OneThread() as crew:
        assert run_sweep(SPEC, crew, StopAfterOne(), control, store).stopped
    kept = store.done
    assert 0 < kept < 4

    window: MainWindow = open_window()  # type: ignore[operator]
    view = window.tabs.sweep_view
    window.middle.show_tab(window.tabs.indexOf(view))
    hands.until(view.planner._offer.isVisible)  # type: ignore[attr-defined]
    ended: list[SweepEnd] = []
    window.session.sweeping.ended.connect(ended.append)
    QTest.mouseClick(view.planner._offer._go_on, LEFT)
    hands.until(lambda: bool(ended))  # type: ignore[attr-defined]
    assert ended[0].result is not None
    assert len(ended[0].result.outcomes) == view.table.rowCount() == 4
    assert ended[0].result.folder == store.folder
    hands.until(lambda: not view.planner._offer.isVisible())  # type: ignore[attr-defined]
