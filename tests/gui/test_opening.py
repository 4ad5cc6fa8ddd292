"""Going on with an interrupted run where something else came first, with stand-ins."""

import shutil
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aegui.places import resource
from aegui.specs import ExperimentSpec
from aegui.ui.left_column import LeftColumn
from aegui.ui.notice import Notice
from aegui.ui.opening import Opening, read_opened
from aegui.ui.runs.run_controller import RunController
from aegui.ui.runs.steering import Steering


class Tasks:
    """Keeps what is to be done once a run was read."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []

    def submit(self, _name: str, _work: Any, done: Any, _failed: Any) -> None:
        self.waiting.append(done)


@pytest.fixture
def controller() -> Iterator[RunController]:
    """A controller whose runs wait for an engine that never loads."""
    controller = RunController(Future(), None)
    yield controller
    assert controller.shut_down()


def test_a_sweep_that_began_while_a_run_was_read_keeps_the_engine(
    controller: RunController, qtbot: QtBot
) -> None:
    column, notice, tasks = LeftColumn(), Notice(), Tasks()
    for widget in (column, notice):
        qtbot.addWidget(widget)
    steering = Steering(column, controller, notice, controller)
    folder = Path("runs/1")
    card = SimpleNamespace(
        folder=folder,
        experiment=ExperimentSpec(),
        is_running=False,
        is_interrupted=True,
        warning="frames.npz is damaged.",
    )
    shelf = SimpleNamespace(card=lambda _folder: card)
    sweeping = SimpleNamespace(is_active=False)
    opening: Any = Opening
    opening = opening(column, None, shelf, controller, steering, tasks, notice, controller)
    opening.show_in(None, None, None, None)
    opening.give_way_to(sweeping)

    opening.open_run(folder)
    (go_on,) = tasks.waiting
    sweeping.is_active = True
    go_on((card, None))
    assert "A sweep is under way" in notice.text()
    assert not controller.state.is_active
    opening.open_run(folder)
    assert len(tasks.waiting) == 1
    sweeping.is_active = False
    go_on((card, None))
    assert controller.state.is_active
    assert notice.text() == "frames.npz is damaged.", "the run's start takes away what was said"


def test_pictures_of_other_rows_than_the_strip_has_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(resource("pretrained"), folder)
    run, dataset = read_opened(folder)
    assert run.frames
    arrays = dict(np.load(folder / "frames.npz"))
    few = {name: arrays[name][:, :3] for name in ("strip", "strip_errors")}
    np.savez(folder / "frames.npz", **(arrays | few))
    run, _ = read_opened(folder)
    assert (run.frames, run.warning) == ((), "")
    assert len(dataset.showcase()) == 10
