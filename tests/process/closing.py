"""Open the window, bring it into a state, close it there: run by test_closing.py."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer

import aegui.app as application
from aegui.control import Progress, RunState
from aegui.specs import NoiseSpec, find_lesson
from aegui.ui.main_window import MainWindow


def watch(window: MainWindow, state: str) -> None:
    """Close the window as soon as it is in the state."""
    if state == "shown":
        close_when(window, window.isVisible)
    else:
        window.views_built.connect(lambda: close_when(window, bring_into(window, state)))


def bring_into(window: MainWindow, state: str) -> Callable[[], bool]:
    """Start what leads to the state; return how to know that it is there."""
    controller = window.session.controller
    news: list[str] = []
    controller.progressed.connect(lambda progress: news.append(said(progress)))
    lesson = find_lesson("noise-deep").experiment
    # Enough rows for each state to be seen, and no more than a busy machine makes at once.
    lesson = lesson.model_copy(update={"dataset": NoiseSpec(rows=100_000)})
    training = lesson.training.model_copy(update={"epochs": 1000 if state != "finished" else 1})
    window.column.set_experiment(lesson.model_copy(update={"training": training}))
    if state in ("sweep starting", "sweeping"):
        news.append(start_sweep(window))
    elif state not in ("loading", "ready"):
        steering = window.session.steering
        (steering.step if state == "paused" else steering.train)()

    engine = window.session.engine
    return {
        "loading": lambda: engine.is_loading,
        "ready": lambda: engine.is_ready,
        "queued": lambda: engine.is_loading and controller.state.is_active,
        "data": lambda: any("data" in words for words in news),
        "compiling": lambda: any("compiling" in words for words in news),
        "training": lambda: controller.state is RunState.TRAINING,
        "paused": lambda: controller.state is RunState.PAUSED,
        "sweep starting": lambda: window.session.sweeping.is_active,
        "sweeping": lambda: window.tabs.sweep_view.table.columnCount() > 0,
        "finished": lambda: controller.state is RunState.FINISHED,
    }[state]


def close_when(window: MainWindow, is_there: Callable[[], bool]) -> None:
    """Look every two milliseconds, and close the window once it is so."""

    def look() -> None:
        if is_there():
            timer.stop()
            window.close()

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(2)


def start_sweep(window: MainWindow) -> str:
    """Start the sweep that the Sweep tab proposes, and say so."""
    window.tabs.sweep_view.planner._run.click()
    return "a sweep"


def said(progress: Progress) -> str:
    """Return what a run is doing, in lower case."""
    return progress.doing.lower()


def main(state: str) -> int:
    """Run the application as a person does, with the watch set."""
    open_window = application.open_window

    def open_and_watch(qt: application.QApplication) -> MainWindow:
        window = open_window(qt)
        watch(window, state)
        return window

    application.open_window = open_and_watch
    return application.run(["aegui"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
