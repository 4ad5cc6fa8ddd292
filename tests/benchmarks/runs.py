"""Wall time of whole runs, and the peak memory of the command line.

A run's time goes from Train to done: data, model, compilation, all epochs, and what is kept
written to disk, with TensorFlow imported and woken up and nothing else compiled. It is taken
twice, each time in a process of its own: around ``workflow.run_experiment`` without a window,
and in the real window from ``Steering.train`` to ``run_ended``, with the views drawn. Peak memory
is ``peak_rss_mb`` of ``aegui train LESSON --json``. After the run without a window the same
architecture starts again with other seeds: from the call to the news that the first chunk of
steps is done, data at hand, the folder made, epoch 0 scored.
"""

import json as json_format
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from report import at_most, show, write_json

SECONDS = {"mnist": 6.0, "noise-simple": 8.0}
MEGABYTES = {"noise-simple": 1100.0}
AGAIN_SECONDS = 0.3
_SEEDS = range(101, 106)


def run_by_workflow(lesson: str) -> float:
    """Return the seconds of a run without a window."""
    from aegui.control import TrainingControl
    from aegui.engine.warm_up import warm_up
    from aegui.specs import find_lesson
    from aegui.workflow import WorkflowObserver, run_experiment

    warm_up()
    with tempfile.TemporaryDirectory(prefix="aegui-benchmark-") as folder:
        began = time.perf_counter()
        run_experiment(
            find_lesson(lesson).experiment, TrainingControl(), WorkflowObserver(), Path(folder)
        )
        return time.perf_counter() - began


def start_again(lesson: str) -> list[float]:
    """Return the seconds to the first steps of a known architecture, once for each new seed."""
    from aegui.control import Progress, TrainingControl
    from aegui.specs import find_lesson
    from aegui.workflow import WorkflowObserver, run_experiment

    class _FirstSteps(WorkflowObserver):
        def __init__(self, control: TrainingControl) -> None:
            self.at = 0.0
            self._control = control

        def progressed(self, progress: Progress) -> None:
            if progress.epoch and not self.at:
                self.at = time.perf_counter()
                self._control.stop()

    run_by_workflow(lesson)
    experiment, seconds = find_lesson(lesson).experiment, []
    for seed in _SEEDS:
        training = experiment.training.model_copy(update={"seed": seed})
        other = experiment.model_copy(update={"training": training})
        control = TrainingControl()
        first = _FirstSteps(control)
        with tempfile.TemporaryDirectory(prefix="aegui-benchmark-") as folder:
            began = time.perf_counter()
            run_experiment(other, control, first, Path(folder))
        seconds.append(first.at - began)
    return seconds


def run_in_window(lesson: str) -> float:
    """Return the seconds of a run in the real window."""
    from stage import opened_window, wait_for_engine, wait_until

    from aegui.specs import find_lesson

    with opened_window() as window:
        wait_for_engine(window)
        window.column.set_experiment(find_lesson(lesson).experiment)
        ends: list[float] = []
        window.session.controller.run_ended.connect(lambda _: ends.append(time.perf_counter()))
        began = time.perf_counter()
        window.session.steering.train()
        wait_until(lambda: bool(ends))
        return ends[0] - began


WAYS = {"workflow": run_by_workflow, "window": run_in_window}
INSIDE: dict[str, Callable[[str], object]] = {**WAYS, "again": start_again}


def in_a_new_process(way: str, lesson: str) -> Any:
    """Return the seconds that a fresh Python measured."""
    command = [sys.executable, __file__, "--inside", way, "--lesson", lesson]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json_format.loads(done.stdout.splitlines()[-1])


def train_by_command(lesson: str) -> dict[str, Any]:
    """Return the summary that the command line prints for a lesson."""
    with tempfile.TemporaryDirectory(prefix="aegui-benchmark-") as folder:
        command = [sys.executable, "-m", "aegui", "train", lesson, "--json"]
        done = subprocess.run(
            command,
            capture_output=True,
            check=True,
            env=os.environ | {"AEGUI_HOME": folder},
        )
    return dict(json_format.loads(done.stdout.splitlines()[-1]))


def main(
    repeats: Annotated[int, typer.Option(min=1, help="Runs of each kind.")] = 3,
    lesson: Annotated[list[str] | None, typer.Option(help="One of them; again for more.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
    inside: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Measure whole runs in fresh processes."""
    lessons = lesson or list(SECONDS)
    if inside:
        print(json_format.dumps(INSIDE[inside](lessons[0])))
        return
    seconds = {
        name: {way: [in_a_new_process(way, name) for _ in range(repeats)] for way in WAYS}
        for name in lessons
    }
    again = {name: in_a_new_process("again", name) for name in lessons}
    memory = {name: train_by_command(name) for name in lessons}
    _show_seconds(seconds)
    _show_again(again)
    _show_memory(memory)
    write_json(json, {"seconds": seconds, "again": again, "command": memory})


def _show_seconds(seconds: dict[str, dict[str, list[float]]]) -> None:
    rows = [
        (
            f"{name}, {way}",
            f"{median(its):.2f}",
            f"{min(its):.2f}–{max(its):.2f}",
            at_most(median(its), SECONDS[name], 1) if name in SECONDS else "",
        )
        for name, ways in seconds.items()
        for way, its in ways.items()
    ]
    show("Train to done, compiled afresh, s", ("run", "median", "range", "limit"), rows)


def _show_again(again: dict[str, list[float]]) -> None:
    rows = [
        (name, f"{median(its):.3f}", f"{max(its):.3f}", at_most(max(its), AGAIN_SECONDS, 1))
        for name, its in again.items()
    ]
    headings = ("lesson", "median", "worst", "limit of worst")
    show("A known architecture with a new seed, to its first steps, s", headings, rows)


def _show_memory(memory: dict[str, dict[str, Any]]) -> None:
    rows = [
        (
            name,
            f"{its['peak_rss_mb']:.0f}",
            at_most(its["peak_rss_mb"], MEGABYTES[name], 0) if name in MEGABYTES else "",
            f"{its['seconds']['prepare']:.2f}",
            f"{its['seconds']['train']:.2f}",
            f"{its['seconds']['total']:.2f}",
        )
        for name, its in memory.items()
    ]
    headings = ("aegui train …", "peak, MB", "limit", "prepare, s", "train, s", "total, s")
    show("Command line, TensorFlow's import included", headings, rows)


if __name__ == "__main__":
    typer.run(main)
