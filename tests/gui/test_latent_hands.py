"""What hands on the Latent tab ask of models: old answers, rows that move as a model learns."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from aegui.analysis.chart import Chart, draw_chart
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.latent.latent_hands import LatentHands
from aegui.ui.notice import Notice
from aegui.ui.theme import DARK
from aegui.ui.views.latent.latent_view import LatentView

PATIENCE_MS = 10_000


@dataclass
class Learner:
    """A model whose code, 3 wide, is moved by ``shift``; it decodes once ``gate`` is open."""

    shift: float = 0.0
    gate: threading.Event = field(default_factory=threading.Event)
    started: threading.Event = field(default_factory=threading.Event)
    weights: tuple[FloatArray, ...] = ()

    def __post_init__(self) -> None:
        self.gate.set()

    def encode(self, rows: FloatArray) -> FloatArray:
        self.started.set()
        self.gate.wait(10)
        parts = (rows[:, :100], rows[:, 100:400], rows[:, 400:])
        codes = np.stack([part.sum(axis=1) for part in parts], axis=1)
        return np.asarray(codes + self.shift, np.float32)

    def decode(self, codes: FloatArray) -> FloatArray:
        self.started.set()
        self.gate.wait(10)
        return np.full((len(codes), 784), self.shift, np.float32)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        return rows


class Bench:
    """The view with what answers its hands, without a window around them."""

    def __init__(self, qtbot: QtBot, dataset: Dataset) -> None:
        self.view = LatentView()
        self.view.set_theme(DARK)
        qtbot.addWidget(self.view)
        self.parent = QObject()
        self.notice = Notice()
        qtbot.addWidget(self.notice)
        self.hands = LatentHands(self.view, self.notice, self.parent)
        self.dataset = dataset
        self._qtbot = qtbot

    def begin(self) -> None:
        """Let another run take the tab."""
        self.hands.forget()
        self.view.start(self.dataset, len(self.dataset.test), 3, is_variational=False)

    def show(self, model: Learner) -> Chart:
        """Show an epoch's model."""
        chart = draw_chart(model, self.dataset.test, self.dataset.test_labels)
        self.hands.use(chart, (784, 3, 784))
        self.view.show_chart(chart, "")
        self.hands.ask_again()
        return chart

    def until(self, is_so: Any) -> None:
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Wait until all that was asked is answered."""
        answers: list[object] = []
        inference = self.hands._questions._inference
        inference.answered.connect(answers.append)
        inference.ask_for("last of all", lambda rows: rows, np.zeros((1, 1), np.float32))
        self.until(lambda: any(answer.channel == "last of all" for answer in answers))  # type: ignore[attr-defined]
        inference.answered.disconnect(answers.append)


@pytest.fixture
def bench(qtbot: QtBot, digits: Dataset) -> Iterator[Bench]:
    bench = Bench(qtbot, digits)
    bench.begin()
    yield bench
    bench.hands.close()


def test_what_another_runs_model_said_is_passed_over(bench: Bench) -> None:
    old, new = Learner(shift=0.25), Learner(shift=0.75)
    chart = bench.show(old)
    bench.settle()
    old.gate.clear()
    old.started.clear()
    place = chart.crowd.places[0].tolist()
    bench.view.plot.pointed.emit(*place)
    assert old.started.wait(10)
    # This waits behind it, and is of the old run as well.
    bench.view.map.share_changed.emit(0.5)
    bench.view.map.backdrop_wanted.emit(chart.crowd.places[:4], bench.view.plot.view_area)
    bench.view.behind.setChecked(True)
    bench.begin()
    bench.show(new)
    old.gate.set()
    bench.settle()
    assert bench.view.probe.decoded.row is None
    rows = bench.view.plot.backdrop.rows
    assert rows is None or not np.any(rows == np.float32(0.25))
    picture = bench.view.sliders.picture.row
    assert picture is not None
    assert picture[0] == np.float32(0.75)


def test_what_is_drawn_for_another_run_does_not_set_this_ones_sliders(bench: Bench) -> None:
    old = Learner(shift=5)
    bench.show(old)
    bench.settle()
    bench.hands.take_drawn(bench.dataset.test[7:8])
    old.gate.clear()
    old.started.clear()
    bench.view.sliders.drawn_requested.emit()
    assert old.started.wait(10)
    bench.begin()
    chart = bench.show(Learner())
    old.gate.set()
    bench.settle()
    np.testing.assert_array_equal(bench.view.sliders.code, chart.codes[:1])


def test_a_row_taken_meanwhile_counts_more_than_what_was_drawn(bench: Bench) -> None:
    model = Learner()
    chart = bench.show(model)
    bench.settle()
    bench.hands.take_drawn(bench.dataset.test[7:8])
    model.gate.clear()
    model.started.clear()
    bench.view.sliders.drawn_requested.emit()
    assert model.started.wait(10)
    bench.view.sliders.row_requested.emit(3)
    model.gate.set()
    bench.settle()
    np.testing.assert_array_equal(bench.view.sliders.code, chart.codes[3:4])


def test_reset_goes_back_to_the_newest_code_of_the_row(bench: Bench) -> None:
    sliders = bench.view.sliders
    bench.show(Learner())
    sliders.sliders[1].setValue(sliders.sliders[1].maximum())
    turned = sliders.code
    later = bench.show(Learner(shift=2))
    np.testing.assert_array_equal(sliders.code, turned)
    assert sliders.is_turned
    sliders._reset.click()
    np.testing.assert_array_equal(sliders.code, later.codes[:1])
    assert not sliders.is_turned


def test_the_drawn_digit_is_encoded_again_as_the_model_learns(bench: Bench) -> None:
    drawn = bench.dataset.test[7:8].copy()
    bench.show(Learner())
    bench.hands.take_drawn(drawn)
    bench.view.sliders.drawn_requested.emit()
    bench.until(lambda: np.array_equal(bench.view.sliders.code, Learner().encode(drawn)))
    # What is drawn afterwards is not what the sliders began with.
    bench.hands.take_drawn(bench.dataset.test[2:3])
    bench.show(Learner(shift=3))
    bench.until(lambda: np.array_equal(bench.view.sliders.code, Learner(3).encode(drawn)))
    bench.view.sliders.sliders[1].setValue(0)
    turned = bench.view.sliders.code
    bench.show(Learner(shift=4))
    bench.settle()
    np.testing.assert_array_equal(bench.view.sliders.code, turned)
    bench.view.sliders._reset.click()
    np.testing.assert_array_equal(bench.view.sliders.code, Learner(4).encode(drawn))


def test_what_is_wiped_away_is_not_offered_any_more(bench: Bench) -> None:
    bench.show(Learner())
    bench.hands.take_drawn(bench.dataset.test[7:8])
    assert bench.view.sliders._drawn.isEnabled()
    bench.hands.lose_drawn()
    assert not bench.view.sliders._drawn.isEnabled()
