"""How alive the real window is while TensorFlow works: its stalls, and the pen's latency.

Stalls: a precise timer of 8 ms in the GUI thread notes the gap between its ticks while the window
loads TensorFlow, rests, and trains lessons afresh with the Train tab in view. Phases are told by
the training thread itself (direct connections to its signals, so a busy GUI thread cannot shift
them), and a gap belongs to the phase in which most of it lies:

    preparing     data and model
    compiling     from epoch 0's end to the first chunk's: tracing, XLA, first steps
    first epoch   the rest of epoch 1, at whose end the remainder batch, if any, is compiled
    stepping      epochs 2 to the last
    ending        scoring and writing the run to disk, and half a second more

Latency: mouse events are sent to the canvas at some 120 a second, 2 after 2. An event's latency
goes from just before it is sent until the first paint of a reconstruction that was asked for at
that event or later is over; moves whose question was overtaken by a newer one count so too. It
is taken at rest and while ``mnist`` is training; the first half second, in which the model's
function is made, stands for itself. How soon Pause and Step are answered is in ``answers.py``.
``--stacks`` tells for every long gap what each
thread was doing.
"""

import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from answers import measure_answers, show_answers
from PySide6.QtCore import QObject, Qt, QTimer
from report import at_most, percentile, show, write_json
from stage import (
    PaintWatch,
    choose_platform,
    opened_window,
    send,
    stroke,
    wait,
    wait_for_engine,
    wait_until,
)

from aegui.control import Progress, RunState
from aegui.records import EpochRecord, FloatArray
from aegui.specs import ExperimentSpec, find_lesson
from aegui.ui.main_window import MainWindow

TICK_MS = 8
HAND_MS = 8
# Worst gap of a phase in ms; the 99th percentile while stepping; the pen's 95th.
WORST = {"preparing": 120, "compiling": 120, "first epoch": 120, "stepping": 60}
STEPPING_P99 = 35
LATENCY_P95 = 15
_LONG = 0.04
_MOVES = 50


class Phases:
    """What was going on when; entered from any thread."""

    def __init__(self) -> None:
        self._entries: list[tuple[float, str]] = []

    def enter(self, name: str) -> None:
        """Begin a phase now, unless it is the one already."""
        if not self._entries or self._entries[-1][1] != name:
            self._entries.append((time.perf_counter(), name))

    def of(self, start: float, end: float) -> str:
        """Return the phase in which most of the time from ``start`` to ``end`` lies."""
        ends = [begun for begun, _ in self._entries[1:]] + [float("inf")]
        overlaps = {
            min(end, over) - max(start, begun): name
            for (begun, name), over in zip(self._entries, ends, strict=True)
        }
        return overlaps[max(overlaps)]


class Ticks(QObject):
    """Notes when the GUI thread is free, 125 times a second."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.times.append(time.perf_counter()))

    def start(self) -> None:
        """Begin."""
        self._timer.start(TICK_MS)

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def gaps(self) -> Iterator[tuple[float, float]]:
        """Yield the start and the end of every gap between two ticks."""
        yield from zip(self.times, self.times[1:], strict=False)


@contextmanager
def stacks_printed(ticks: Ticks, *, wanted: bool) -> Iterator[None]:
    """Print where the threads are whenever the GUI thread has been busy for 40 ms."""
    over = threading.Event()

    def look() -> None:
        told = 0.0
        while not over.wait(0.002):
            last = ticks.times[-1] if ticks.times else time.perf_counter()
            if time.perf_counter() - last > _LONG and last != told:
                told = last
                _print_stacks(time.perf_counter() - last)

    watch = threading.Thread(target=look, daemon=True)
    if wanted:
        watch.start()
    yield
    over.set()


def _print_stacks(seconds: float) -> None:
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    print(f"--- busy for {1000 * seconds:.0f} ms", file=sys.stderr)
    for ident, frame in sys._current_frames().items():
        if ident != threading.get_ident():
            calls = traceback.extract_stack(frame)[-7:]
            places = (f"{Path(call.filename).name}:{call.lineno} {call.name}" for call in calls)
            print(f"  {names.get(ident, ident)}: {' > '.join(places)}", file=sys.stderr)


def measure_stalls(window: MainWindow, lessons: list[str], stacks: bool) -> dict[str, list[float]]:
    """Train the lessons one after the other; return all gaps in ms, by "lesson, phase"."""
    ticks, phases = Ticks(), Phases()
    phases.enter("loading TensorFlow")
    ticks.start()
    with stacks_printed(ticks, wanted=stacks):
        wait_for_engine(window)
        phases.enter("at rest")
        wait(2)
        for lesson in lessons:
            _train(window, lesson, phases)
    ticks.stop()
    gaps: dict[str, list[float]] = {}
    for start, end in ticks.gaps():
        gaps.setdefault(phases.of(start, end), []).append(1000 * (end - start))
    return gaps


def _train(window: MainWindow, lesson: str, phases: Phases) -> None:
    experiment = find_lesson(lesson).experiment
    window.column.set_experiment(experiment)
    wait(0.5)
    phases.enter(f"{lesson}, preparing")
    window.session.steering.train()
    _follow(window, lesson, experiment.training.epochs, phases)
    wait_until(lambda: not window.session.controller.state.is_active)
    wait(0.5)
    phases.enter("at rest")


def _follow(window: MainWindow, lesson: str, epochs: int, phases: Phases) -> None:
    """Have the training thread say its phases itself."""

    def take_progress(progress: Progress) -> None:
        if progress.doing.startswith("Compiling"):
            phases.enter(f"{lesson}, compiling")

    def take_state(state: RunState) -> None:
        if state is RunState.TRAINING:
            phases.enter(f"{lesson}, first epoch")

    def take_epoch(record: EpochRecord, _snapshot: object) -> None:
        if record.epoch > 0:
            phases.enter(f"{lesson}, {'stepping' if record.epoch < epochs else 'ending'}")

    thread, direct = window.session.controller._thread, Qt.ConnectionType.DirectConnection
    if thread is None:
        raise RuntimeError(f"{lesson} cannot be trained")
    thread.progressed.connect(take_progress, direct)
    thread.state_changed.connect(take_state, direct)
    thread.epoch_shown.connect(take_epoch, direct)


class Hand(QObject):
    """Draws on the canvas and takes the time until each move is seen in the reconstruction."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.latencies: list[float] = []
        self._canvas = window.tabs.draw_view.canvas
        self._events = iter(())
        self._began = 0.0
        self._asked: list[tuple[float, object]] = []
        self._answered = self._painting = 0
        window.tabs.draw_view.reconstruction_requested.connect(self._take_question)
        self._show = window.tabs.draw_view.show_reconstruction
        # The answer may be painted before another slot would hear of it.
        window.tabs.draw_view.show_reconstruction = self._take_answer  # type: ignore[method-assign]
        watch = PaintWatch(window.tabs.draw_view.reconstruction)
        watch.painting.connect(self._begin_paint)
        watch.painted.connect(self._end_paint)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)

    def draw(self, seconds: float) -> list[float]:
        """Draw for a while; return the latencies in ms."""
        self.latencies = []
        self._timer.start(HAND_MS)
        wait(seconds)
        self._timer.stop()
        wait(0.5)
        return self.latencies

    def _move(self) -> None:
        event = next(self._events, None)
        if event is None:
            self._canvas.clear()
            self._asked.clear()
            self._answered = self._painting = 0
            self._events = iter(stroke(self._canvas, _MOVES))
            return
        self._began = time.perf_counter()
        send(self._canvas, event)
        self._began = 0.0

    def _take_question(self, row: object) -> None:
        # A new model asks about the old drawing, too: that is no move of the hand.
        if self._began:
            self._asked.append((self._began, row))

    def _take_answer(self, row: FloatArray, of: FloatArray | None = None) -> None:
        places = [place for place, (_, asked) in enumerate(self._asked) if asked is of]
        if places:
            self._answered = places[0] + 1
        self._show(row, of=of)

    def _begin_paint(self) -> None:
        self._painting = self._answered

    def _end_paint(self) -> None:
        now, count = time.perf_counter(), self._painting
        seen, self._asked = self._asked[:count], self._asked[count:]
        self._answered -= count
        self._painting = 0
        self.latencies += [1000 * (now - began) for began, _ in seen]


def measure_latency(window: MainWindow, seconds: float) -> dict[str, list[float]]:
    """Draw with the pretrained model, then with the one in training; ms for each move."""
    window.start_page.draw_chosen.emit()
    wait(0.5)
    hand = Hand(window)
    latencies = {"first stroke": hand.draw(0.5), "at rest": hand.draw(seconds)}
    window.column.set_experiment(_long_mnist())
    wait(0.5)
    window.session.steering.train()
    window.tabs.setCurrentWidget(window.tabs.draw_view)
    controller = window.session.controller
    # The first epoch compiles; that is a phase of its own.
    wait_until(lambda: controller._history.epochs >= 2)
    latencies["training"] = hand.draw(seconds)
    if controller.state is not RunState.TRAINING:
        raise RuntimeError("the training was over before the drawing was")
    window.session.steering.stop()
    wait_until(lambda: not controller.state.is_active)
    return latencies


def _long_mnist() -> ExperimentSpec:
    mnist = find_lesson("mnist").experiment
    return mnist.model_copy(update={"training": mnist.training.model_copy(update={"epochs": 1000})})


def main(
    lesson: Annotated[list[str] | None, typer.Option(help="One of them; again for more.")] = None,
    seconds: Annotated[float, typer.Option(min=1, help="How long to draw, each time.")] = 10,
    stacks: Annotated[bool, typer.Option(help="Tell what made gaps over 40 ms.")] = False,
    json: Annotated[Path | None, typer.Option(help="Write all gaps and latencies here.")] = None,
) -> None:
    """Measure stalls and latency in the real window."""
    where = choose_platform()
    with opened_window() as window:
        wait_until(lambda: window.tabs.count() > 0)
        gaps = measure_stalls(window, lesson or ["mnist", "noise-deep"], stacks)
    with opened_window() as window:
        wait_for_engine(window)
        latencies = measure_latency(window, seconds)
    with opened_window() as window:
        wait_for_engine(window)
        answers = measure_answers(window, lesson or ["mnist", "noise-deep"])
    _show_gaps(gaps, where)
    _show_latencies(latencies, where)
    show_answers(answers, where)
    figures = {"gaps_ms": gaps, "latencies_ms": latencies, "answers_ms": answers}
    write_json(json, {"platform": where, **figures})


def _show_gaps(gaps: dict[str, list[float]], where: str) -> None:
    rows = []
    for name, its in gaps.items():
        phase = name.split(", ")[-1]
        worst, p99 = max(its), percentile(its, 99)
        rows.append(
            (
                name,
                len(its),
                f"{percentile(its, 50):.1f}",
                f"{p99:.1f}",
                at_most(p99, STEPPING_P99, 0) if phase == "stepping" else "",
                f"{worst:.1f}",
                at_most(worst, WORST[phase], 0) if phase in WORST else "",
            )
        )
    headings = ("phase", "ticks", "p50", "p99", "limit", "worst", "limit")
    show(f"Gaps between the GUI thread's ticks of {TICK_MS} ms, platform {where}", headings, rows)


def _show_latencies(latencies: dict[str, list[float]], where: str) -> None:
    rows = [
        (
            name,
            len(its),
            *(f"{percentile(its, share):.1f}" for share in (50, 95, 99, 100)),
            "" if name == "first stroke" else at_most(percentile(its, 95), LATENCY_P95, 0),
        )
        for name, its in latencies.items()
    ]
    headings = ("drawing", "moves", "p50", "p95", "p99", "worst", "limit of p95")
    show(f"Mouse event to painted reconstruction, ms, platform {where}", headings, rows)


if __name__ == "__main__":
    typer.run(main)
