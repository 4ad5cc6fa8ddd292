"""The state machine of a run, with a stand-in for the run itself."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aegui.analysis.frames import FrameMaker
from aegui.control import Progress, RunState, Speed, TrainingControl
from aegui.data import DataError, Dataset
from aegui.records import (
    EpochEnd,
    EpochRecord,
    EpochSnapshot,
    History,
    RunEvent,
    RunResult,
    TrainedModel,
    TrainingState,
)
from aegui.runs import RunError
from aegui.specs import ExperimentSpec, Problem, SpecError
from aegui.ui.runs.run_controller import RunController
from aegui.ui.workers.training import RunFunction

NOTHING = RunResult(RunState.FINISHED)


def ready() -> Future[None]:
    engine: Future[None] = Future()
    engine.set_result(None)
    return engine


class Heard:
    """All that a controller says, in order, and on which threads."""

    def __init__(self, controller: RunController) -> None:
        self.said: list[str] = []
        self.threads: set[QThread] = set()
        self.progress: list[Progress] = []
        self.data: list[Dataset] = []
        self.epochs: list[tuple[History, EpochSnapshot]] = []
        self.ends: list[RunResult] = []
        controller.state_changed.connect(lambda state: self._hear(state.value))
        controller.progressed.connect(lambda news: self._hear("progress", self.progress, news))
        controller.data_ready.connect(lambda data: self._hear("data", self.data, data))
        controller.epoch_shown.connect(lambda *epoch: self._hear("epoch", self.epochs, epoch))
        controller.run_ended.connect(lambda result: self._hear("end", self.ends, result))

    def _hear(self, what: str, kept: list | None = None, value: object = None) -> None:
        self.said.append(what)
        self.threads.add(QThread.currentThread())
        if kept is not None:
            kept.append(value)

    def states(self) -> list[str]:
        return [said for said in self.said if said in {state.value for state in RunState}]


Make = Callable[..., tuple[RunController, Heard]]


@pytest.fixture
def make() -> Iterator[Make]:
    controllers: list[RunController] = []

    def make_it(
        run: RunFunction, engine: Future[None] | None = None, store: Path | None = None
    ) -> tuple[RunController, Heard]:
        controller = RunController(engine or ready(), store, None, run)
        controllers.append(controller)
        return controller, Heard(controller)

    yield make_it
    for controller in controllers:
        assert controller.shut_down()


def snapshot_of(record: EpochRecord, data: Dataset, model: TrainedModel) -> EpochSnapshot:
    errors = np.abs(data.test - model.reconstruct(data.test)).sum(axis=1)
    end = EpochEnd(record, model, errors, lambda: TrainingState(record.epoch + 1, 0, {}))
    return FrameMaker(ExperimentSpec(), data).epoch(end)


class Gate:
    """A run that trains until it is stopped or let go."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def __call__(
        self, _experiment: object, control: TrainingControl, observer: Any, *_others: object
    ) -> RunResult:
        observer.progressed(Progress("Training", epoch=1, epochs=2, fraction=0.1))
        self.reached.set()
        while not control.stop_requested:
            if self.opened.wait(0.01):
                return NOTHING
        return RunResult(RunState.STOPPED)


def test_a_run_goes_through_its_states_in_order(
    make: Make, qtbot: QtBot, digits: Dataset, fake_model: TrainedModel, tmp_path: Path
) -> None:
    experiment = ExperimentSpec()
    given: list[object] = []

    def run(
        spec: object, _control: object, observer: Any, store: object, _from: object
    ) -> RunResult:
        given.extend((spec, store))
        observer.progressed(Progress("Getting the data"))
        observer.data_ready(digits)
        history = History()
        for epoch in range(3):
            if epoch:
                observer.progressed(Progress("Training", epoch=epoch, epochs=2, fraction=epoch / 2))
            record = EpochRecord(epoch, 0.5 if epoch else None, 0.7, 3.0, 0.001, 0.1)
            observer.epoch_shown(record, snapshot_of(record, digits, fake_model))
            history = history.with_record(record)
        return RunResult(RunState.FINISHED, history=history)

    controller, heard = make(run, store=tmp_path)
    assert controller.state is RunState.IDLE
    assert controller.start(experiment)
    assert controller.state is RunState.PREPARING
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert given == [experiment, tmp_path]
    assert heard.states() == ["preparing", "training", "finished"]
    order = [said for said in heard.said if said != "progress"]
    assert order == [
        *("preparing", "data", "epoch"),
        *("training", "epoch", "epoch", "finished", "end"),
    ]
    assert heard.threads == {QCoreApplication.instance().thread()}
    assert heard.data == [digits]
    assert [len(history) for history, _ in heard.epochs] == [1, 2, 3]
    assert [snapshot.epoch for _, snapshot in heard.epochs] == [0, 1, 2]
    strip = heard.epochs[-1][1].frame.strip
    np.testing.assert_array_equal(
        strip, (digits.test[digits.showcase()] * np.float32(0.5)).astype(np.float16)
    )
    assert controller.state is RunState.FINISHED


class Picture(QWidget):
    """Notes what it was told last whenever it is painted."""

    def __init__(self, controller: RunController) -> None:
        super().__init__()
        self.told, self.painted = "nothing", ["nothing"]
        controller.data_ready.connect(lambda _data: self._show("data"))
        controller.epoch_shown.connect(lambda *_epoch: self._show("epoch"))

    def _show(self, what: str) -> None:
        self.told = what
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.painted.append(self.told)


def test_a_run_waits_until_the_window_has_drawn_its_first_pictures(
    make: Make, qtbot: QtBot, digits: Dataset, fake_model: TrainedModel
) -> None:
    on_the_screen: list[str] = []

    def run(_spec: object, _control: object, observer: Any, *_others: object) -> RunResult:
        observer.data_ready(digits)
        on_the_screen.append(picture.painted[-1])
        record = EpochRecord(0, None, 0.7, 3.0, 0.001, 0.1)
        observer.epoch_shown(record, snapshot_of(record, digits, fake_model))
        on_the_screen.append(picture.painted[-1])
        return NOTHING

    controller, heard = make(run)
    picture = Picture(controller)
    qtbot.addWidget(picture)
    picture.show()
    qtbot.waitExposed(picture)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert on_the_screen == ["data", "epoch"]


def test_a_run_does_not_wait_for_a_window_that_is_busy(make: Make) -> None:
    ran = threading.Event()

    def run(*_arguments: object) -> RunResult:
        ran.set()
        return NOTHING

    controller, _heard = make(run)
    controller.start(ExperimentSpec())
    # Nothing is answered meanwhile: this thread is not in Qt's event loop.
    assert ran.wait(10)


def test_a_second_run_starts_from_an_empty_history(
    make: Make, qtbot: QtBot, digits: Dataset, fake_model: TrainedModel
) -> None:
    def run(_spec: object, _control: object, observer: Any, *_others: object) -> RunResult:
        observer.data_ready(digits)
        record = EpochRecord(0, None, 0.7, 3.0, 0.001, 0.1)
        observer.epoch_shown(record, snapshot_of(record, digits, fake_model))
        return NOTHING

    controller, heard = make(run)
    for number in (1, 2):
        assert controller.start(ExperimentSpec())
        qtbot.waitUntil(lambda number=number: len(heard.ends) == number)
    assert [len(history) for history, _ in heard.epochs] == [1, 1]


def test_stop_while_the_engine_is_awaited_ends_at_once(make: Make, qtbot: QtBot) -> None:
    ran: list[object] = []

    def run(*arguments: object) -> RunResult:
        ran.append(arguments)
        return NOTHING

    controller, heard = make(run, engine=Future())
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: bool(heard.progress))
    assert heard.progress[0].doing == "Waiting for TensorFlow, then training starts"
    controller.stop()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends[0].state is RunState.STOPPED
    assert heard.states() == ["preparing", "stopped"]
    assert not ran


def test_a_run_does_without_a_priority_that_may_not_be_changed(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(*_arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.setpriority", forbid)
    controller, heard = make(lambda *_: NOTHING)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends == [NOTHING]


def test_a_queued_run_starts_once_the_engine_is_there(make: Make, qtbot: QtBot) -> None:
    engine: Future[None] = Future()
    controller, heard = make(lambda *_: NOTHING, engine=engine)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: bool(heard.progress))
    assert not heard.ends
    engine.set_result(None)
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends[0].state is RunState.FINISHED


def test_stop_while_training(make: Make, qtbot: QtBot) -> None:
    gate = Gate()
    controller, heard = make(gate)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: controller.state is RunState.TRAINING)
    controller.stop()
    controller.stop()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.states() == ["preparing", "training", "stopped"]
    assert len(heard.ends) == 1


def test_stop_without_a_run_does_nothing(make: Make, qtbot: QtBot) -> None:
    controller, heard = make(lambda *_: NOTHING)
    controller.stop()
    assert (controller.state, heard.said) == (RunState.IDLE, [])
    assert controller.shut_down()
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends[0].state is RunState.FINISHED, "an earlier wish to stop does not count"


def test_a_second_start_changes_nothing(make: Make, qtbot: QtBot) -> None:
    gate = Gate()
    controller, heard = make(gate)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: controller.state is RunState.TRAINING)
    before = list(heard.said)
    assert not controller.start(ExperimentSpec())
    QCoreApplication.processEvents()
    assert controller.state is RunState.TRAINING
    assert heard.said == before
    gate.opened.set()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends == [NOTHING]


SENTENCE_OF = {
    "spec": (SpecError("experiment", [Problem("a.b", "is odd")]), "experiment: a.b: is odd"),
    "data": (DataError("mnist.npz is missing."), "mnist.npz is missing. Nothing was trained."),
    "run": (RunError("/x cannot be written."), "/x cannot be written. Nothing was trained."),
    "memory": (MemoryError(), "There is not enough memory for this run."),
    "any": (ZeroDivisionError("by zero\nat line 3"), "The run broke off: by zero Earlier runs"),
    "mute": (ValueError(), "The run broke off: ValueError"),
}


@pytest.mark.parametrize("name", SENTENCE_OF)
def test_every_error_is_a_failure_with_a_sentence(make: Make, qtbot: QtBot, name: str) -> None:
    error, sentence = SENTENCE_OF[name]

    def run(*_arguments: object) -> RunResult:
        raise error

    controller, heard = make(run)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: bool(heard.ends))
    QCoreApplication.processEvents()
    assert len(heard.ends) == 1
    assert heard.ends[0].state is RunState.FAILED
    said = str(heard.ends[0].failure)
    assert said.startswith(sentence)
    assert "Traceback" not in said
    assert "\n" not in said
    assert heard.states() == ["preparing", "failed"]
    assert heard.threads == {QCoreApplication.instance().thread()}


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_run_that_breaks_off_says_where_it_can_go_on(
    make: Make,
    qtbot: QtBot,
    digits: Dataset,
    fake_model: TrainedModel,
    tmp_path: Path,
    is_kept: bool,
) -> None:
    def run(_spec: object, _control: object, observer: Any, *_others: object) -> RunResult:
        record = EpochRecord(0, None, 0.7, 3.0, 0.001, 0.1)
        observer.epoch_shown(record, snapshot_of(record, digits, fake_model))
        raise ZeroDivisionError("by zero")

    controller, heard = make(run, store=tmp_path if is_kept else None)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert ("it goes on from the list of runs" in str(heard.ends[0].failure)) == is_kept


def test_an_engine_that_cannot_be_loaded_fails_every_run(make: Make, qtbot: QtBot) -> None:
    engine: Future[None] = Future()
    engine.set_exception(ImportError("No module named 'tensorflow'"))
    controller, heard = make(lambda *_: NOTHING, engine=engine)
    for number in (1, 2):
        assert controller.start(ExperimentSpec())
        qtbot.waitUntil(lambda number=number: len(heard.ends) == number)
        result = heard.ends[-1]
        assert result.state is RunState.FAILED
        assert "No module named 'tensorflow'" in str(result.failure)


def test_the_next_run_can_start_where_the_last_one_is_told(make: Make, qtbot: QtBot) -> None:
    calls: list[QThread] = []

    def run(*_arguments: object) -> RunResult:
        calls.append(QThread.currentThread())
        return RunResult(RunState.FAILED if len(calls) == 1 else RunState.FINISHED)

    controller, heard = make(run)
    started: list[bool] = []

    def start_again(_result: RunResult) -> None:
        if not started:
            started.append(controller.start(ExperimentSpec()))

    controller.run_ended.connect(start_again)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: len(heard.ends) == 2)
    assert started == [True]
    assert heard.states() == ["preparing", "failed", "preparing", "finished"]
    assert QCoreApplication.instance().thread() not in calls


def test_shutting_down_stops_the_run_and_waits_for_it(make: Make, qtbot: QtBot) -> None:
    reached, over = threading.Event(), threading.Event()

    def run(_spec: object, control: TrainingControl, *_others: object) -> RunResult:
        reached.set()
        while not control.stop_requested:
            over.wait(0.01)
        over.wait(0.1)
        over.set()
        return RunResult(RunState.STOPPED)

    controller, heard = make(run)
    controller.start(ExperimentSpec())
    assert reached.wait(10)
    assert controller.shut_down()
    assert over.is_set()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert len(heard.ends) == 1


def test_shutting_down_says_when_the_run_is_still_busy(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go, reached = threading.Event(), threading.Event()

    def deaf(*_arguments: object) -> RunResult:
        reached.set()
        assert let_go.wait(10)
        return NOTHING

    monkeypatch.setattr("aegui.ui.runs.run_controller._PATIENCE_MS", 30)
    controller, heard = make(deaf)
    controller.start(ExperimentSpec())
    assert reached.wait(10)
    assert not controller.shut_down()
    let_go.set()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert controller.shut_down()


class Player:
    """A run that trains two epochs, waiting between its steps as the engine does."""

    def __init__(self) -> None:
        self.speeds: list[Speed] = []
        self.rates: list[float] = []

    def __call__(
        self, _spec: object, control: TrainingControl, observer: Any, *_others: object
    ) -> RunResult:
        for epoch in (1, 2):
            for step in range(3):
                if control.pause_requested:
                    observer.paused(True)
                    control.wait_while_paused()
                    if control.stop_requested:
                        return RunResult(RunState.STOPPED)
                    observer.paused(False)
                self.speeds.append(control.speed)
                rate = control.take_learning_rate()
                if rate is not None:
                    self.rates.append(rate)
                    observer.happened(RunEvent(epoch - 1 + step / 3, "learning_rate", str(rate)))
                observer.progressed(Progress("Training", epoch=epoch, epochs=2, fraction=0.5))
            control.end_epoch()
        return NOTHING


def test_step_trains_an_epoch_and_waits(make: Make, qtbot: QtBot) -> None:
    controller, heard = make(Player())
    controller.start(ExperimentSpec(), step=True)
    qtbot.waitUntil(lambda: controller.state is RunState.PAUSED)
    assert not heard.ends
    controller.step()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.states() == ["preparing", "training", "paused", "training", "finished"]


def test_a_paused_run_resumes(make: Make, qtbot: QtBot) -> None:
    player = Player()
    controller, heard = make(player)
    controller.start(ExperimentSpec(), step=True)
    qtbot.waitUntil(lambda: controller.state is RunState.PAUSED)
    controller.set_speed(Speed.SLOW)
    controller.set_learning_rate(0.5)
    controller.resume()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends[0].state is RunState.FINISHED
    assert player.speeds == [Speed.EPOCH] * 3 + [Speed.SLOW] * 3
    assert player.rates == [0.5]


def test_a_chosen_speed_holds_for_the_next_run(make: Make, qtbot: QtBot) -> None:
    player = Player()
    controller, heard = make(player)
    controller.set_speed(Speed.CHUNK)
    controller.start(ExperimentSpec())
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert set(player.speeds) == {Speed.CHUNK}


def test_stopping_and_shutting_down_while_paused(make: Make, qtbot: QtBot) -> None:
    controller, heard = make(Player())
    for end in (controller.stop, controller.shut_down):
        heard.ends.clear()
        controller.start(ExperimentSpec(), step=True)
        qtbot.waitUntil(lambda: controller.state is RunState.PAUSED)
        end()
        qtbot.waitUntil(lambda: bool(heard.ends))
        assert heard.ends[0].state is RunState.STOPPED


def test_events_join_the_history(make: Make, qtbot: QtBot) -> None:
    controller, heard = make(Player())
    histories: list[History] = []
    controller.history_changed.connect(histories.append)
    controller.start(ExperimentSpec(), step=True)
    qtbot.waitUntil(lambda: controller.state is RunState.PAUSED)
    controller.set_learning_rate(0.25)
    controller.resume()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert [event.text for event in histories[-1].events] == ["0.25"]


def test_a_stroke_lets_the_run_under_way_wait(make: Make, qtbot: QtBot) -> None:
    waited: list[float] = []
    drawn = threading.Event()

    def run(_experiment: object, control: TrainingControl, *_others: object) -> RunResult:
        drawn.wait(5)
        began = time.monotonic()
        control.let_pass()
        waited.append(time.monotonic() - began)
        return NOTHING

    controller, heard = make(run)
    controller.give_way()  # There is no run yet: nothing happens.
    controller.start(ExperimentSpec())
    controller.give_way()
    drawn.set()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert waited[0] > 0.05
