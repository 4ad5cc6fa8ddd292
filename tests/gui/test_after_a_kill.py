"""The program killed with -9 in the middle of a run: the one before it opens exactly as it was."""

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aegui.control import RunState
from aegui.places import runs_folder
from aegui.runs import Library
from aegui.ui.main_window import MainWindow
from aegui.ui.runs.run_button import RunButton

_SCRIPT = Path(__file__).parents[1] / "process" / "killed_window.py"

OpenWindow = Callable[..., MainWindow]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("killed_window", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _kill_inside_the_second_run(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, str(_SCRIPT), str(path)], stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 120
        epochs = 0
        while epochs < 5:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            running = [card for card in Library(runs_folder()).list_runs().cards if card.is_running]
            epochs = running[0].history.epochs if path.exists() and running else 0
            time.sleep(0.02)
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_the_run_before_opens_as_it_was_and_the_killed_one_goes_on(
    open_window: OpenWindow, hands: Any, tmp_path: Path
) -> None:
    script, path = _script(), tmp_path / "shown.npz"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _kill_inside_the_second_run(path)
    killed, finished = Library(runs_folder()).list_runs().cards
    assert killed.is_interrupted
    assert killed.history.epochs >= 5

    window = open_window()
    hands.until(lambda: len(window.runs.findChildren(RunButton)) == 2)
    buttons = {b.card.folder: b for b in window.runs.findChildren(RunButton)}
    QTest.mouseClick(buttons[finished.folder], Qt.MouseButton.LeftButton)
    hands.until(lambda: window.tabs.isVisible() and window.tabs.gallery_view._errors is not None)
    window.tabs.setCurrentIndex(1)
    hands.until(lambda: window.tabs.gallery_view._reconstructions is not None)
    with path.open("rb") as file, np.load(file) as before:
        for name, after in script.shown(window).items():
            if name in ("strip", "gallery"):
                # Frames are kept in half precision; models are run in slices of other sizes.
                np.testing.assert_allclose(after, before[name], atol=1e-3, err_msg=name)
            else:
                np.testing.assert_array_equal(after, before[name], err_msg=name)

    QTest.mouseClick(buttons[killed.folder], Qt.MouseButton.LeftButton)
    hands.until(lambda: window.session.controller.state is RunState.TRAINING)
    assert window.column.experiment() == script.LONG
    hands.until(lambda: len(window.tabs.train_view._loss.table()[1]) > killed.history.epochs)
    hands.click(window.column.run_bar, "Stop")
    hands.until(lambda: window.session.controller.state is RunState.STOPPED)
    hands.until(lambda: window.session.shelf.cards[0].summary is not None)
    card = window.session.shelf.cards[0]
    assert card.folder == killed.folder
    # What had been shown before the kill was trained again, or never lost.
    losses = [[(r.epoch, r.val_loss) for r in c.history][:6] for c in (killed, card)]
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-5)
