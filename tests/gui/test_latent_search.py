"""Searches for t-SNE maps: one at a time, and again for the model that a run leaves."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from aegui.analysis.chart import draw_chart
from aegui.analysis.tsne import NeighbourMap
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, MnistSpec
from aegui.ui.latent.latent_search import LatentSearch
from aegui.ui.main_window import MainWindow
from aegui.ui.shown import Shown
from aegui.ui.workers import tsne as worker

EXPERIMENT = ExperimentSpec(
    dataset=MnistSpec(rows=1000), architecture=ArchitectureSpec(code=DenseCode(width=3))
)
PATIENCE_MS = 20_000


class Thirds:
    """A model whose code is the ink in three parts of a row, times ``scale``."""

    weights: tuple[FloatArray, ...] = ()

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale

    def encode(self, rows: FloatArray) -> FloatArray:
        parts = np.array_split(rows, 3, axis=1)
        return np.stack([self.scale * part.sum(axis=1) for part in parts], axis=1)

    def decode(self, codes: FloatArray) -> FloatArray:
        return np.repeat(codes[:, :1], 784, axis=1)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        return rows


def shown_of(dataset: Dataset, model: Any, epoch: int, *, live: bool) -> Shown:
    errors = np.ones(len(dataset.test), np.float32)
    return Shown(EXPERIMENT, dataset, model, errors, epoch, live, "Your model")


def test_the_next_search_waits_for_the_end_of_the_last(
    qtbot: QtBot, digits: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    begun: list[float] = []

    def search(codes: FloatArray, report: Callable[[float], bool]) -> NeighbourMap | None:
        begun.append(float(codes[0, 0]))
        gate.wait(10)
        return NeighbourMap(codes[:, :2], codes, "made up") if report(0.5) else None

    monkeypatch.setattr(worker, "make_tsne", search)
    parent = QObject()
    searches = LatentSearch(parent)
    found: list[Any] = []
    searches.found.connect(lambda chart, shown: found.append((chart, shown)))
    models = [Thirds(scale) for scale in (1, 2, 3)]
    charts = [draw_chart(model, digits.test, digits.test_labels) for model in models]
    shown = [shown_of(digits, model, 1, live=True) for model in models]
    searches.start(charts[0], shown[0])
    qtbot.waitUntil(lambda: len(begun) == 1, timeout=PATIENCE_MS)
    searches.start(charts[1], shown[1])
    searches.start(charts[2], shown[2])
    qtbot.wait(100)
    assert len(begun) == 1
    assert searches.is_wanted
    gate.set()
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    assert begun == [charts[0].codes[0, 0], charts[2].codes[0, 0]]
    assert found[0][1] is shown[2]
    assert found[0][0].model is models[2]
    qtbot.waitUntil(lambda: searches.is_idle, timeout=PATIENCE_MS)
    searches.close()


def test_the_model_that_a_run_leaves_is_searched_for_again(
    window: MainWindow, hands: Any, digits: Dataset
) -> None:
    window.middle.show_tabs()
    view, presenter = window.tabs.latent_view, window.presenter
    window.tabs.setCurrentWidget(view)
    presenter.start_run(EXPERIMENT, digits, None)
    first, last = Thirds(1), Thirds(2)
    presenter.shown.emit(shown_of(digits, first, 3, live=True))
    hands.until(lambda: view.chart is not None)
    view.choice.choose("tsne")
    hands.until(lambda: "t-SNE" in view.caption)
    presenter.shown.emit(shown_of(digits, Thirds(3), 4, live=True))
    assert "epoch 3" in view.caption
    presenter.shown.emit(shown_of(digits, last, 9, live=False))
    captions: set[str] = set()
    show = view.show_chart

    def watch(chart: Any, caption: str, glide: float = 0.0) -> None:
        captions.add(caption)
        show(chart, caption, glide)

    view.show_chart = watch  # type: ignore[method-assign]
    hands.until(lambda: "epoch 9" in view.caption)
    assert all("t-SNE" in caption for caption in captions)
    assert view.chart is not None
    assert view.chart.model is last
    hands.until(lambda: window.session.latent._search.is_idle)
