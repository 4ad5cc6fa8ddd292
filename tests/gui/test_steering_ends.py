"""What steering makes of a run's end, with stand-ins for the runs and without a window."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aegui.analysis.histogram import error_histogram
from aegui.control import RunState, TrainingControl
from aegui.records import Continuation, EpochFrame, EpochRecord, History, RunResult, TrainingState
from aegui.specs import AdamSpec, ExperimentSpec, NoiseSpec, TrainingSpec
from aegui.ui.left_column import LeftColumn
from aegui.ui.notice import Notice
from aegui.ui.runs.run_controller import RunController
from aegui.ui.runs.steering import Steering

EXPERIMENT = ExperimentSpec(training=TrainingSpec(epochs=4))
HISTORY = History((EpochRecord(0, None, 0.7, 3.0, 0.0625, 0.1),))
DONE = RunResult(
    RunState.FINISHED, history=HISTORY, training=TrainingState(5, 0, {}, history=HISTORY)
)


class Desk:
    """Panels, a run bar and what they steer: runs that wait for a stop and end as they are told."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.column, self.notice = LeftColumn(), Notice()
        for widget in (self.column, self.notice):
            qtbot.addWidget(widget)
        engine: Future[None] = Future()
        engine.set_result(None)
        self.controller = RunController(engine, None, None, self._run)
        self.steering = Steering(self.column, self.controller, self.notice, self.controller)
        self.asked: list[tuple[ExperimentSpec, Continuation | None, float | None]] = []
        self.result = DONE
        self.waits = False
        self.column.set_experiment(EXPERIMENT)

    def _run(
        self,
        experiment: ExperimentSpec,
        control: TrainingControl,
        _observer: Any,
        _store: object,
        start: Continuation | None,
    ) -> RunResult:
        while self.waits and not control.stop_requested:
            control.rest(0.01)
        self.asked.append((experiment, start, control.take_learning_rate()))
        return self.result

    def until_ended(self, begin: Callable[[], object]) -> None:
        with self._qtbot.waitSignal(self.controller.run_ended):
            begin()

    @property
    def offer(self) -> str:
        return self.column.run_bar._steering._more.text()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot)
    yield desk
    desk.steering.close()
    assert desk.controller.shut_down()


def test_everybody_hears_of_an_end_before_the_next_run_begins(desk: Desk, qtbot: QtBot) -> None:
    desk.waits = True
    seen: list[tuple[bool, ExperimentSpec | None]] = []
    desk.controller.run_ended.connect(
        lambda _result: seen.append((desk.controller.state.is_active, desk.steering.experiment))
    )
    desk.steering.train()
    other = EXPERIMENT.model_copy(update={"training": TrainingSpec(epochs=7)})
    desk.column.set_experiment(other)
    desk.until_ended(desk.steering.start_over)
    qtbot.waitUntil(lambda: desk.controller.state.is_active)
    assert seen == [(False, EXPERIMENT)]
    assert desk.steering.experiment == other


def test_a_window_that_closes_starts_nothing_over(desk: Desk, qtbot: QtBot) -> None:
    desk.waits = True
    desk.steering.train()
    desk.steering.start_over()
    desk.until_ended(desk.steering.close)
    qtbot.wait(20)
    assert not desk.controller.state.is_active


def test_starting_over_with_what_cannot_be_trained_stops_nothing(desk: Desk) -> None:
    desk.waits = True
    desk.steering.train()
    broken = EXPERIMENT.model_copy(update={"training": TrainingSpec(batch_size=999_999)})
    desk.column.set_experiment(broken)
    desk.steering.start_over()
    assert desk.controller.state.is_active
    assert "larger than the 60000 training rows" in desk.notice.text()
    assert desk.column.run_bar._stop.isEnabled()


def test_going_on_with_what_cannot_be_trained_says_why(desk: Desk) -> None:
    desk.until_ended(desk.steering.train)
    broken = EXPERIMENT.model_copy(update={"training": TrainingSpec(batch_size=999_999)})
    desk.column.set_experiment(broken)
    desk.steering.train_more()
    assert desk.notice.text().startswith("No run can start: a batch of 999999 is larger")
    assert len(desk.asked) == 1


@pytest.mark.parametrize("state", [RunState.STOPPED, RunState.FAILED])
def test_a_continuation_that_trained_nothing_can_be_begun_again(
    desk: Desk, state: RunState
) -> None:
    desk.until_ended(desk.steering.train)
    assert desk.offer == "Train 10 more epochs"
    optimizer = AdamSpec(learning_rate=0.5)
    architecture = EXPERIMENT.architecture.model_copy(update={"optimizer": optimizer})
    desk.column.set_experiment(EXPERIMENT.model_copy(update={"architecture": architecture}))
    desk.result = RunResult(state)
    desk.until_ended(desk.steering.train_more)
    assert desk.offer == "Train 10 more epochs"
    desk.result = DONE
    desk.until_ended(desk.steering.train_more)
    for experiment, start, rate in desk.asked[1:]:
        assert experiment.training.epochs == 14
        assert start is not None
        assert start.state is DONE.training
        assert rate == 0.5


def test_the_bar_shows_the_learning_rate_that_a_run_goes_on_with(desk: Desk) -> None:
    rate = desk.column.run_bar._steering._rate
    desk.until_ended(desk.steering.train)
    assert rate.text() == "0.001"
    desk.until_ended(desk.steering.train_more)
    assert rate.text() == "0.0625"


def test_pictures_of_other_test_rows_are_not_taken_over(desk: Desk) -> None:
    desk.column.set_experiment(EXPERIMENT.model_copy(update={"dataset": NoiseSpec(rows=1000)}))
    histogram = error_histogram(np.ones(5, np.float32))
    frame = EpochFrame(4.0, np.zeros((10, 32), np.float16), np.ones(10, np.float32), histogram)
    desk.result = replace(DONE, frames=(frame,))
    desk.until_ended(desk.steering.train)
    for dataset, kept in ((NoiseSpec(rows=1000), 1), (NoiseSpec(rows=2000), 0)):
        desk.column.set_experiment(EXPERIMENT.model_copy(update={"dataset": dataset}))
        desk.until_ended(desk.steering.train_more)
        _, start, _ = desk.asked[-1]
        assert start is not None
        assert len(start.frames) == kept


def test_what_broke_after_it_trained_is_not_offered(desk: Desk) -> None:
    desk.until_ended(desk.steering.train)
    desk.result = replace(DONE, state=RunState.FAILED, training=None)
    desk.until_ended(desk.steering.train_more)
    assert desk.offer == ""
