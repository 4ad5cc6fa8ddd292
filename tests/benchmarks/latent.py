"""The Latent tab's speed: panning, the pointer's answer, the backdrop, stalls, its price.

With the pretrained model and 10 000 test digits on the map, at 1440 × 900:

    frame       a pan by a few pixels until it is painted, events handled; 33 ms are 30 a second
    pointer     a mouse move until what lies there is painted, at rest and while mnist-deep trains
    backdrop    400 places asked for until their picture is painted
    stalls      gaps of an 8 ms timer while the map moves live, is pointed at meanwhile, and when
                somebody looks inside for the first time: a new program is traced
    price       seconds per epoch of mnist-deep with the Latent tab in view against the Train tab's
"""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from report import at_most, percentile, show, write_json
from stage import PaintWatch, choose_platform, opened_window, wait, wait_for_engine, wait_until

from aegui.control import RunState
from aegui.specs import find_lesson
from aegui.ui.main_window import MainWindow

if TYPE_CHECKING:
    from aegui.records import EpochRecord

FRAME, POINTER, BACKDROP, STALL, TRACING, PRICE = 33.0, 20.0, 50.0, 60.0, 120.0, 10.0
_REST_SECONDS = 4.0
_MOVES = 60
_EPOCHS = 8


class Clock(QObject):
    """Notes the gaps between ticks of 8 ms in the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin."""
        self._last = time.perf_counter()
        self._timer.start(8)

    def stop(self) -> list[float]:
        """End; return the gaps in ms."""
        self._timer.stop()
        return self.gaps

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(1000 * (now - self._last))
        self._last = now


def main(json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None) -> None:
    """Measure, print a table, and say which limits were kept."""
    where = choose_platform()
    figures: dict[str, list[float]] = {}
    with opened_window() as window:
        wait_for_engine(window)
        window.resize(1440, 900)
        view = window.tabs.latent_view
        window.middle.show_tab(window.tabs.indexOf(view))
        QTest.mouseClick(view.empty.button, Qt.MouseButton.LeftButton)
        wait_until(lambda: view.chart is not None)
        wait(1)
        figures["frame, dots"] = _frames(window)
        figures["pointer at rest"] = _pointer(window)
        figures["backdrop"] = _backdrop(window)
        view.behind.setChecked(True)
        figures["frame, with backdrop"] = _frames(window)
        view.behind.setChecked(False)
        price = _price(window, figures)
    limits = {"frame": FRAME, "pointer": POINTER, "backdrop": BACKDROP}
    limits |= {"stalls, first": TRACING, "stalls": STALL}
    rows = []
    for name, values in figures.items():
        limit = next(limit for start, limit in limits.items() if name.startswith(start))
        worst = max(values) if name.startswith("stalls") else percentile(values, 95)
        numbers = (percentile(values, 50), percentile(values, 95), max(values))
        rows.append((name, len(values), *(f"{n:.1f}" for n in numbers), at_most(worst, limit, 0)))
    headings = ("what", "times", "median", "p95", "worst", "limit of p95, of stalls: worst")
    show(f"The Latent tab, ms, platform {where}", headings, rows)
    headings = ("what", "%", "limit")
    row = ("epochs longer by", f"{price:.1f}", at_most(price, PRICE, 0))
    show("Price of a live map", headings, [row])
    write_json(json, {"ms": figures, "price": price})


def _frames(window: MainWindow) -> list[float]:
    """Pan to and fro; return the ms of each step until it is painted."""
    view, taken = window.tabs.latent_view, []
    box = view.plot.plotItem.vb
    for step in range(_MOVES):
        began = time.perf_counter()
        way = 0.01 * (1 if step % 20 < 10 else -1)
        box.translateBy(x=way * view.plot.view_area.width())
        view.plot.viewport().repaint()
        taken.append(1000 * (time.perf_counter() - began))
        wait(0.005)
    return taken


def _pointer(window: MainWindow) -> list[float]:
    """Move over the map; return the ms until what lies there is painted."""
    view, taken = window.tabs.latent_view, []
    watch = PaintWatch(view.probe.decoded)
    answered: list[float] = []
    watch.painted.connect(lambda: answered.append(time.perf_counter()))
    wait(0.3)
    # The first answer compiles the function.
    for step in range(_MOVES + 1):
        area = view.plot.view_area
        x = area.left() + area.width() * (0.2 + 0.6 * step / _MOVES)
        y = area.center().y() + area.height() * 0.2 * ((step % 7) / 7 - 0.5)
        place = view.plot.mapFromScene(view.plot.plotItem.vb.mapViewToScene(QPointF(x, y)))
        answered.clear()
        view.probe.decoded.show_row(None)
        view.probe.decoded.repaint()
        wait(0.01)
        answered.clear()
        began = time.perf_counter()
        QTest.mouseMove(view.plot.viewport(), place)
        wait_painted(answered)
        if step:
            taken.append(1000 * (answered[0] - began))
    watch.deleteLater()
    return taken


def _backdrop(window: MainWindow) -> list[float]:
    """Return the ms from the wish for a backdrop until it is painted."""
    view, taken = window.tabs.latent_view, []
    item = view.plot.backdrop
    for step in range(10):
        view.behind.setChecked(False)
        wait(0.1)
        began = time.perf_counter()
        view.behind.setChecked(True)
        while item.rows is None:
            QTest.qWait(1)
        view.plot.viewport().repaint()
        if step:
            taken.append(1000 * (time.perf_counter() - began))
    view.behind.setChecked(False)
    return taken


def _price(window: MainWindow, figures: dict[str, list[float]]) -> float:
    """Train with the Train tab in view, then with the live map; return by how much it is slower."""
    seconds: dict[str, list[float]] = {"train": [], "latent": []}
    experiment = find_lesson("mnist-deep").experiment
    training = experiment.training.model_copy(update={"epochs": _EPOCHS})
    records: list[EpochRecord] = []
    window.session.controller.epoch_shown.connect(lambda history, _: records.append(history.last))
    for turn, name in enumerate(("train", "latent", "train", "latent")):
        # What a run is measured against is worked out after it, and would slow the next one.
        wait(_REST_SECONDS)
        records.clear()
        own = training.model_copy(update={"seed": turn + 1})
        window.column.set_experiment(experiment.model_copy(update={"training": own}))
        window.session.steering.train()
        wait_until(lambda: window.session.controller.state is RunState.TRAINING)
        window.tabs.setCurrentWidget(
            window.tabs.latent_view if name == "latent" else window.tabs.train_view
        )
        clock = Clock()
        clock.start()
        wait_until(lambda: not window.session.controller.state.is_active)
        gaps = clock.stop()
        if name == "latent":
            figures.setdefault("stalls, live map", []).extend(gaps)
        # Epoch 0 has no training, and the first one compiles.
        seconds[name] += [record.seconds for record in records if record.epoch > 1]
    figures["stalls, first look inside"] = _look_inside(window)
    figures["pointer while training"] = _pointer_live(window, figures)
    a, b = (percentile(seconds[name], 50) for name in ("train", "latent"))
    return 100 * (b / a - 1)


def _look_inside(window: MainWindow) -> list[float]:
    """Point at a digit and open the layers for the first time; return the gaps in ms."""
    view = window.tabs.latent_view
    clock = Clock()
    clock.start()
    chart = view.chart
    if chart is not None:
        x, y = chart.crowd.places[0].tolist()
        place = view.plot.mapFromScene(view.plot.plotItem.vb.mapViewToScene(QPointF(x, y)))
        QTest.mouseMove(view.plot.viewport(), place)
    wait_until(lambda: window.column.architecture.funnel.is_alive)
    for button in (view._side.pages.buttons[1], view._side.pages.buttons[0]):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        wait_until(lambda: view.layers.units.count() > 0)
        wait(0.5)
    return clock.stop()


def _pointer_live(window: MainWindow, figures: dict[str, list[float]]) -> list[float]:
    window.session.steering.train()
    wait_until(lambda: window.session.controller.state is RunState.TRAINING)
    window.tabs.setCurrentWidget(window.tabs.latent_view)
    wait_until(lambda: window.tabs.latent_view.chart is not None)
    clock = Clock()
    clock.start()
    taken = _pointer(window)
    figures["stalls, pointed at live"] = clock.stop()
    window.session.steering.stop()
    wait_until(lambda: not window.session.controller.state.is_active)
    return taken


def wait_painted(answered: list[float]) -> None:
    """Run the event loop until something was painted."""
    wait_until(lambda: bool(answered))


if __name__ == "__main__":
    typer.run(main)
