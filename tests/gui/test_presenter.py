"""One result on all views: what is told when a run ends that has none to show."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from aegui.analysis.frames import FrameMaker
from aegui.control import RunState
from aegui.data import Dataset
from aegui.records import (
    EpochEnd,
    EpochRecord,
    EpochSnapshot,
    FloatArray,
    History,
    RunResult,
    TrainedModel,
    TrainingState,
)
from aegui.specs import ExperimentSpec
from aegui.ui.presenter import Presenter
from aegui.ui.views.gallery.gallery_view import GalleryView
from aegui.ui.views.train.train_view import TrainView


@pytest.fixture
def presenter(qtbot: QtBot) -> Iterator[Presenter]:
    train, gallery, parent = TrainView(), GalleryView(), QObject()
    for view in (train, gallery):
        qtbot.addWidget(view)
    presenter = Presenter(train, gallery, parent)
    yield presenter
    presenter.close()


def _epoch(number: int, data: Dataset, model: TrainedModel) -> tuple[History, EpochSnapshot]:
    record = EpochRecord(number, 0.5, 0.7, 3.0, 0.001, 0.1)
    errors = np.abs(data.test - model.reconstruct(data.test)).sum(axis=1)
    end = EpochEnd(record, model, errors, lambda: TrainingState(number + 1, 0, {}))
    return History((record,)), FrameMaker(ExperimentSpec(), data).epoch(end)


def test_a_run_that_broke_off_leaves_its_last_epoch_and_no_live_view(
    presenter: Presenter, digits: Dataset, fake_model: TrainedModel
) -> None:
    told: list[tuple[int, bool]] = []
    names: list[str] = []
    presenter.shown.connect(lambda shown: told.append((shown.epoch, shown.is_live)))
    presenter.shown.connect(lambda shown: names.append(shown.name))
    presenter.start_run(ExperimentSpec(), digits, None)
    presenter.show_epoch(*_epoch(3, digits, fake_model))
    presenter.end_run(RunResult(RunState.FAILED))
    assert told == [(3, True), (3, False)]
    assert names[-1] == "Your model, epoch 3, before the run broke off"
    presenter.end_run(RunResult(RunState.STOPPED))
    assert len(told) == 2, "a run that never showed an epoch changes nothing"


class Broken:
    """A model of which nothing can be had, once it is let."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def reconstruct(self, _rows: FloatArray) -> FloatArray:
        assert self.gate.wait(10)
        raise ValueError("no such weights")


def test_what_fails_is_said_of_the_run_in_view_alone(
    presenter: Presenter, digits: Dataset, qtbot: QtBot
) -> None:
    said: list[str] = []
    presenter.failed.connect(said.append)
    ended: list[object] = []
    presenter._inference.failed.connect(ended.append)
    first, second = Broken(), Broken()
    presenter.start_run(ExperimentSpec(), digits, None)
    presenter._model = first
    presenter._ask_gallery(np.arange(2))
    presenter.start_run(ExperimentSpec(), digits, None)
    first.gate.set()
    qtbot.waitUntil(lambda: len(ended) == 1)
    assert said == []
    presenter._model = second
    presenter._ask_gallery(np.arange(2))
    second.gate.set()
    qtbot.waitUntil(lambda: len(said) == 1)
    assert "no such weights" in said[0]
