"""Train a run to its end in the window, say what is shown, train another: killed meanwhile.

Run by tests/gui/test_after_a_kill.py.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer

import aegui.app as application
from aegui.records import RunResult
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    MnistSpec,
    TrainingSpec,
)
from aegui.ui.main_window import MainWindow

EXPERIMENT = ExperimentSpec(
    dataset=MnistSpec(rows=2000),
    architecture=ArchitectureSpec(code=DenseCode(width=8)),
    training=TrainingSpec(epochs=3, batch_size=100),
)
LONG = EXPERIMENT.model_copy(
    update={"training": EXPERIMENT.training.model_copy(update={"epochs": 5000, "seed": 3})}
)
_LOOK_MS = 50


def shown(window: MainWindow) -> dict[str, Any]:
    """Return what the views show, as arrays by name."""
    train, gallery = window.tabs.train_view, window.tabs.gallery_view
    losses = [["" if v is None else v for v in row] for row in train._loss.table()[1]]
    return {
        "losses": np.array(losses, dtype=str),
        # Without the baselines beside the bins, which come a moment later.
        "histogram": np.array([line[:3] for line in train._errors.table()[1]]),
        "strip": train._strip._reconstructions,
        "errors": gallery._errors,
        "gallery": gallery._reconstructions,
        "rows": gallery._shown,
        "experiment": np.array(window.column.experiment().model_dump_json()),
    }


def follow(window: MainWindow, path: Path) -> None:
    """Train; once the gallery is there too, write what is shown, and train something longer."""

    def look() -> None:
        if window.tabs.gallery_view._reconstructions is None:
            return
        timer.stop()
        with path.open("wb") as file:
            np.savez(file, **shown(window))
        window.column.set_experiment(LONG)
        window.session.steering.train()

    def end(_result: RunResult) -> None:
        window.tabs.setCurrentIndex(1)
        timer.start(_LOOK_MS)

    timer = QTimer(window)
    timer.timeout.connect(look)
    window.session.controller.run_ended.connect(end)
    window.column.set_experiment(EXPERIMENT)
    window.session.steering.train()


def main(path: Path) -> int:
    """Run the application as a person does, with somebody who follows it."""
    open_window = application.open_window

    def open_and_follow(qt: application.QApplication) -> MainWindow:
        window = open_window(qt)
        window.views_built.connect(lambda: follow(window, path))
        return window

    application.open_window = open_and_follow
    return application.run(["aegui"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
