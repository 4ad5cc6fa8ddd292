"""Rows that stay in their file, from the dialog to a run whose file goes while it is learned."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QCheckBox, QLabel

from aegui.control import RunState
from aegui.specs import ExperimentSpec, FileSpec, StreamSpec
from aegui.ui.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]


def _write(path: Path) -> None:
    angles = np.random.default_rng(0).random((4000, 1), dtype=np.float32) + np.arange(4) / 3
    np.save(path, np.sin(angles).astype(np.float32))


def _chosen(window: MainWindow, hands: Any, path: Path) -> ExperimentSpec:
    """Open a file, leave its rows there, and use them."""
    window.incoming.take(path)
    dialog = window.incoming.data.dialog
    assert dialog is not None

    def is_told() -> bool:
        return dialog.found is not None and dialog.use_button.isEnabled()

    def said() -> str:
        return "\n".join(part.text() for part in dialog.findChildren(QLabel) if part.isVisible())

    hands.until(is_told)
    assert "stay in the file" not in said()
    switch = next(b for b in dialog.findChildren(QCheckBox) if "Leave the rows" in b.text())
    assert switch.isVisible()
    assert not switch.isChecked()
    switch.click()
    assert not dialog.use_button.isEnabled()
    hands.until(is_told)
    assert "The rows stay in the file: each epoch reads them from there." in said()
    assert switch.isChecked()
    hands.click(dialog, "Use these data")
    return window.column.experiment()


def test_rows_stay_in_their_file_and_a_run_outlives_it(
    open_window: OpenWindow, hands: Any, tmp_path: Path
) -> None:
    path = tmp_path / "waves.npy"
    _write(path)
    window = open_window()
    experiment = _chosen(window, hands, path)
    spec = experiment.dataset
    assert isinstance(spec, FileSpec)
    assert spec.streaming is not None
    assert (spec.train_rows, spec.test_rows) == (3600, 400)
    # Several windows in an epoch, of several blocks each.
    streaming = StreamSpec(block_rows=100, window_rows=1024, test_rows=spec.test_rows)
    dataset = spec.model_copy(update={"streaming": streaming})
    training = experiment.training.model_copy(update={"epochs": 3})
    changes = {"dataset": dataset, "training": training}
    experiment = experiment.model_copy(update=changes)
    result = hands.train(window, experiment)
    assert result.state is RunState.FINISHED
    records = result.history.records
    assert records[-1].val_loss < records[0].val_loss

    spare = path.read_bytes()
    controller = window.session.controller
    epochs = experiment.training.model_copy(update={"epochs": 100_000})
    window.column.set_experiment(experiment.model_copy(update={"training": epochs}))
    window.session.steering.train()
    hands.until(lambda: controller.state is RunState.TRAINING)
    path.unlink()
    hands.until(lambda: controller.state is RunState.STOPPED)
    assert "waves.npy is not there" in window.notice.text()
    assert "what it had learned is kept" in window.notice.text()
    # The window goes on: with the file back, another run is trained.
    path.write_bytes(spare)
    assert hands.train(window, experiment).state is RunState.FINISHED
