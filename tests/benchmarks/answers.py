"""How soon a training in the real window answers Pause and Step.

Pause: from the key press to the state paused, at places inside an epoch that have nothing to do
with its chunks. Step: from the key press until the run goes on, and from the end of the epoch
that it trained until it is paused again; the epoch itself is what was asked for. States are
taken on the GUI thread, where a person sees them.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from report import at_most, percentile, show
from stage import wait, wait_until

from aegui.control import RunState
from aegui.specs import ExperimentSpec, find_lesson
from aegui.ui.main_window import MainWindow

ANSWER_MS = 300
_TIMES = 12


def measure_answers(window: MainWindow, lessons: Sequence[str]) -> dict[str, list[float]]:
    """Pause, resume and step while the lessons train; return ms by "lesson, key"."""
    latencies: dict[str, list[float]] = {}
    controller = window.session.controller
    for lesson in lessons:
        window.column.set_experiment(_endless(lesson))
        wait(0.5)
        window.session.steering.train()
        wait_until(_is_in(window, RunState.TRAINING))
        # The first epochs may compile the remainder batch's program.
        epochs: list[float] = []
        controller.epoch_shown.connect(lambda *_, its=epochs: its.append(time.perf_counter()))
        wait_until(lambda its=epochs: len(its) > 1)
        places = np.random.default_rng(0).uniform(0.4, 1.0, _TIMES)
        pauses = [_pause(window, float(place)) for place in places]
        steps = [_step(window, epochs) for _ in range(_TIMES)]
        latencies[f"{lesson}, pause"] = pauses
        latencies[f"{lesson}, step: key to running"] = [begin for begin, _ in steps]
        latencies[f"{lesson}, step: epoch's end to paused"] = [end for _, end in steps]
        window.session.steering.stop()
        wait_until(lambda: not controller.state.is_active)
    return latencies


def show_answers(latencies: dict[str, list[float]], where: str) -> None:
    """Print the latencies with their limit."""
    rows = [
        (
            name,
            len(its),
            f"{percentile(its, 50):.0f}",
            f"{max(its):.0f}",
            at_most(max(its), ANSWER_MS, 0),
        )
        for name, its in latencies.items()
    ]
    headings = ("lesson, key", "times", "median", "worst", "limit of worst")
    show(f"Answers to keys while training, ms, platform {where}", headings, rows)


def _endless(lesson: str) -> ExperimentSpec:
    experiment = find_lesson(lesson).experiment
    training = experiment.training.model_copy(update={"epochs": 1000})
    return experiment.model_copy(update={"training": training})


def _pause(window: MainWindow, after: float) -> float:
    """Let the run go on for ``after`` seconds; return the ms from Space to paused."""
    if window.session.controller.state is RunState.PAUSED:
        _press(window, Qt.Key.Key_Space)
        wait_until(_is_in(window, RunState.TRAINING))
    wait(after)
    return 1000 * _until(window, RunState.PAUSED, Qt.Key.Key_Space)


def _step(window: MainWindow, epochs: list[float]) -> tuple[float, float]:
    """Step once from paused; return the ms until it runs, and from the epoch's end to paused."""
    paused: list[float] = []

    def take_state(state: RunState) -> None:
        if state is RunState.PAUSED:
            paused.append(time.perf_counter())

    controller, before = window.session.controller, len(epochs)
    controller.state_changed.connect(take_state)
    running = _until(window, RunState.TRAINING, Qt.Key.Key_S)
    wait_until(lambda: bool(paused) and len(epochs) > before)
    controller.state_changed.disconnect(take_state)
    return 1000 * running, 1000 * max(paused[-1] - epochs[-1], 0.0)


def _until(window: MainWindow, wanted: RunState, key: Qt.Key) -> float:
    """Press a key; return the seconds until the window is in a state."""
    reached: list[float] = []

    def take_state(state: RunState) -> None:
        if state is wanted:
            reached.append(time.perf_counter())

    controller = window.session.controller
    controller.state_changed.connect(take_state)
    began = time.perf_counter()
    _press(window, key)
    wait_until(lambda: bool(reached))
    controller.state_changed.disconnect(take_state)
    return reached[0] - began


def _press(window: MainWindow, key: Qt.Key) -> None:
    window.setFocus()
    QTest.keyClick(window, key)


def _is_in(window: MainWindow, state: RunState) -> Callable[[], bool]:
    return lambda: window.session.controller.state is state
