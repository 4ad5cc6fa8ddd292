"""Which model the Draw tab draws with, and what stands beside the drawing as models change."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aegui.analysis import rows as rows_module
from aegui.analysis.latent_map import fit_map
from aegui.data import Dataset
from aegui.places import resource
from aegui.records import FloatArray
from aegui.runs import read_run
from aegui.specs import (
    ArchitectureSpec,
    DatasetSpec,
    DenseCode,
    ExperimentSpec,
    MnistSpec,
    SinusoidsSpec,
)
from aegui.ui.drawing.draw_company import DrawCompany, Subject
from aegui.ui.drawing.drawing import Drawing
from aegui.ui.main_window import MainWindow
from aegui.ui.shown import RunInView, Shown
from aegui.ui.theme import DARK
from aegui.ui.views.class_marks import class_colour
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.row_field import DIGITS, RowField

PATIENCE_MS = 20_000


class Told(QObject):
    """Says what the presenter says."""

    began = Signal(ExperimentSpec, Dataset)
    shown = Signal(Shown)


@dataclass
class Half:
    """A model that halves rows; it counts how often it encodes, once ``gate`` is open."""

    share: float = 0.5
    gate: threading.Event = field(default_factory=threading.Event)
    started: threading.Event = field(default_factory=threading.Event)
    encoded: int = 0
    weights: tuple[FloatArray, ...] = ()

    def __post_init__(self) -> None:
        self.gate.set()

    def encode(self, rows: FloatArray) -> FloatArray:
        self.started.set()
        self.gate.wait(10)
        self.encoded += 1
        half = rows.shape[1] // 2
        return np.stack([rows[:, :half].sum(axis=1), rows[:, half:].sum(axis=1)], axis=1)

    def decode(self, codes: FloatArray) -> FloatArray:
        return np.repeat(codes[:, :1], 784, axis=1)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        self.gate.wait(10)
        return np.asarray(rows * self.share, np.float32)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[DrawView]:
    view = DrawView()
    qtbot.addWidget(view)
    view.set_theme(DARK)
    view.resize(870, 740)
    view.show()
    yield view
    view.close()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def drawing(view: DrawView, told: Told) -> Iterator[Drawing]:
    drawing = Drawing(view, told, told)  # type: ignore[arg-type]
    yield drawing
    drawing.close()


def show(told: Told, dataset: Dataset, model: Any, spec: DatasetSpec, *, live: bool = True) -> None:
    errors = np.abs(dataset.test - model.reconstruct(dataset.test)).sum(axis=1)
    experiment = ExperimentSpec(dataset=spec)
    told.shown.emit(Shown(experiment, dataset, model, errors, 1, live, "Your model"))


def draw(view: DrawView) -> None:
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))


def test_a_pretrained_model_that_comes_late_does_not_keep_curves_away(
    view: DrawView, told: Told, drawing: Drawing, curves: Dataset
) -> None:
    spec = SinusoidsSpec(rows=40, features=32)
    told.began.emit(ExperimentSpec(dataset=spec), curves)
    drawing.set_pretrained(read_run(resource("pretrained")))
    assert view.board is view.digit_board
    show(told, curves, Half(), spec)
    assert view.board is view.curve_board
    drawing.use_pretrained()
    show(told, curves, Half(), spec)
    assert view.board is view.digit_board, "the person would rather draw digits"


def test_without_a_pretrained_model_ones_own_goes_on(
    view: DrawView, told: Told, drawing: Drawing, curves: Dataset
) -> None:
    drawing.use_pretrained()
    assert view.model_name == ""
    told.began.emit(ExperimentSpec(dataset=SinusoidsSpec(rows=40, features=32)), curves)
    show(told, curves, Half(), SinusoidsSpec(rows=40, features=32))
    drawing.use_pretrained()
    assert view.model_name == "Your model"


@pytest.mark.usefixtures("drawing")
def test_what_another_runs_model_made_of_the_drawing_is_late(
    view: DrawView, told: Told, digits: Dataset, qtbot: QtBot
) -> None:
    slow, next_one = Half(0.25), Half(0.75)
    spec = MnistSpec(rows=1000)
    told.began.emit(ExperimentSpec(dataset=spec), digits)
    show(told, digits, slow, spec)
    slow.gate.clear()
    draw(view)
    told.began.emit(ExperimentSpec(dataset=spec), digits)
    show(told, digits, next_one, spec)
    made: list[float] = []
    shown = view.show_reconstruction

    def watch(row: FloatArray, of: FloatArray | None = None) -> None:
        assert of is not None
        made.append(float(row.sum() / of.sum()))
        shown(row, of)

    view.show_reconstruction = watch  # type: ignore[method-assign]
    slow.gate.set()
    qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not view.reconstruction.is_empty, timeout=PATIENCE_MS)
    assert made == [pytest.approx(0.75)]


class Desk:
    """What stands beside a drawing, told of models by hand."""

    def __init__(self, view: DrawView, qtbot: QtBot) -> None:
        self.view, self._qtbot = view, qtbot
        self.parent = QObject()
        self.company = DrawCompany(view, self.parent)
        view.set_model("A model", DIGITS)

    def take(self, run: RunInView, model: Half, dataset: Dataset, *, live: bool = False) -> None:
        errors = np.abs(dataset.test - model.reconstruct(dataset.test)).sum(axis=1)
        spec = MnistSpec(rows=1000)
        self.company.take_subject(
            Subject(run, "A model", model, DIGITS, errors, spec, dataset, live)
        )

    def drawn(self, model: Half) -> None:
        draw(self.view)
        row = self.view.board.row
        assert row is not None
        self.company.take_drawing(row, model.reconstruct(row))

    def until(self, is_so: Any) -> None:
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def until_known(self, model: Half) -> None:
        def is_known() -> bool:
            found = self.view.company._background
            return found is not None and found.model is model

        self.until(is_known)


@pytest.fixture
def desk(view: DrawView, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(view, qtbot)
    yield desk
    desk.company.close()


def test_company_stays_while_the_model_learns(desk: Desk, digits: Dataset) -> None:
    run, first, second = RunInView(), Half(), Half(0.6)
    desk.take(run, first, digits, live=True)
    desk.until_known(first)
    desk.drawn(first)
    near, bars, map_ = desk.view.company.near, desk.view.company.bars, desk.view.company.map
    desk.until(lambda: bars.error is not None)
    left: list[bool] = []
    start = desk.view.company.start

    def watch(background: Any, noun: str = "digit") -> None:
        start(background, noun)
        left.append(bars.error is not None and len(near.rows) > 0 and map_.place is not None)

    desk.view.company.start = watch  # type: ignore[method-assign]
    desk.take(run, second, digits, live=True)
    desk.until_known(second)
    assert left == [True]


def test_another_run_of_the_same_data_has_company_of_its_own(desk: Desk, digits: Dataset) -> None:
    first, second = Half(), Half(0.6)
    desk.take(RunInView(), first, digits)
    desk.until_known(first)
    desk.drawn(first)
    desk.until(lambda: desk.view.digit_board.code.code is not None)
    second.gate.clear()
    second.started.clear()
    errors = np.ones(len(digits.test), np.float32)
    spec = MnistSpec(rows=1000)
    desk.company.take_subject(Subject(RunInView(), "Another", second, DIGITS, errors, spec, digits))
    assert desk.view.digit_board.code.code is None
    assert desk.view.company.bars.error is None
    second.gate.set()
    desk.until_known(second)


def test_a_background_that_nobody_wants_is_given_up(
    desk: Desk, digits: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ten digits at a time.
    monkeypatch.setattr(rows_module, "_PART", 7840)
    slow, next_one = Half(), Half()
    slow.gate.clear()
    errors = np.ones(len(digits.test), np.float32)
    spec = MnistSpec(rows=1000)
    desk.company.take_subject(Subject(RunInView(), "Slow", slow, DIGITS, errors, spec, digits))
    assert slow.started.wait(10)
    desk.take(RunInView(), next_one, digits)
    slow.gate.set()
    desk.until_known(next_one)
    assert slow.encoded == 1
    assert next_one.encoded == 4


def test_words_are_those_of_the_rows_drawn_now(
    view: DrawView, told: Told, drawing: Drawing, curves: Dataset, qtbot: QtBot
) -> None:
    drawing.set_pretrained(read_run(resource("pretrained")))
    qtbot.waitUntil(lambda: view.company._background is not None, timeout=PATIENCE_MS)
    spec = SinusoidsSpec(rows=40, features=32)
    told.began.emit(ExperimentSpec(dataset=spec), curves)
    view.hide()
    show(told, replace(curves, value_range=(0.0, 1.0)), Half(), spec)
    assert view._field == RowField(32, (0.0, 1.0), "row", None)
    assert view.company._cards[2].title.text() == "Nearest test rows, by their codes"


class Fifths(Half):
    """A model whose code, 5 wide, is the ink in fifths of a row."""

    def encode(self, rows: FloatArray) -> FloatArray:
        parts = np.array_split(rows, 5, axis=1)
        return np.stack([part.sum(axis=1) for part in parts], axis=1)


def test_the_maps_of_both_tabs_point_the_same_way(
    window: MainWindow, hands: Any, digits: Dataset
) -> None:
    window.middle.show_tabs()
    window.tabs.setCurrentWidget(window.tabs.draw_view)
    run, spec = RunInView(), MnistSpec(rows=1000)
    experiment = ExperimentSpec(
        dataset=spec, architecture=ArchitectureSpec(code=DenseCode(width=5))
    )
    window.presenter.start_run(experiment, digits, None)
    errors = np.ones(len(digits.test), np.float32)
    # As an earlier epoch may have left it.
    first = fit_map(Fifths().encode(digits.test))
    run.plane = replace(first, axes=-first.axes)
    model = Fifths()
    window.presenter.shown.emit(
        Shown(experiment, digits, model, errors, 1, is_live=False, name="Your model", run=run)
    )
    row = window.tabs.draw_view.company
    hands.until(lambda: row._background is not None and row._background.model is model)
    window.tabs.setCurrentWidget(window.tabs.latent_view)
    hands.until(lambda: window.tabs.latent_view.chart is not None)
    chart = window.tabs.latent_view.chart
    assert chart is not None
    assert row._background is not None
    np.testing.assert_allclose(chart.crowd.places, row._background.places, rtol=1e-4, atol=1e-3)
    np.testing.assert_allclose(chart.plane.axes, -first.axes, atol=1e-4)  # type: ignore[attr-defined]


def test_marks_beside_a_drawing_have_shapes_too(desk: Desk, digits: Dataset) -> None:
    model = Half()
    desk.take(RunInView(), model, digits)
    desk.until_known(model)
    known = desk.view.company._background
    assert known is not None
    assert set(known.names) == set(range(10))
    image = desk.view.company.map.grab().toImage()
    hues = {class_colour(DARK, number).name() for number in range(10)}
    shown = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert len(hues & shown) >= 6
