"""Open the window as a person does, write what it says, close it: run by test_bad_starts.py."""

import argparse
import json
import platform
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

import aegui.app as application
import aegui.processor as processor
from aegui.records import RunResult
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    SinusoidsSpec,
    TrainingSpec,
)
from aegui.ui.main_window import MainWindow

SMALL = ExperimentSpec(
    dataset=SinusoidsSpec(rows=200, features=16),
    architecture=ArchitectureSpec(code=DenseCode(width=2)),
    training=TrainingSpec(epochs=1, batch_size=50),
)


def watch(window: MainWindow, *, trains: bool) -> None:
    """Train when the window is built, or look at once; write what is to be seen, and close."""

    def end(result: RunResult | None = None) -> None:
        seen = {
            "program": application.__file__,
            "notice": window.notice.text(),
            "state": result.state.value if result else "",
        }
        sys.stdout.write(json.dumps(seen))
        window.close()

    def begin() -> None:
        if trains:
            window.session.controller.run_ended.connect(
                # After the window's own slots.
                lambda result: QTimer.singleShot(0, window, lambda: end(result))
            )
            window.column.set_experiment(SMALL)
            window.session.steering.train()
        else:
            QTimer.singleShot(100, window, end)

    window.views_built.connect(begin)


def main() -> int:
    """Run the application, with the watch set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--cpuinfo", type=Path)
    options = parser.parse_args()
    if options.cpuinfo is not None:
        processor._ABOUT, processor._INTEL = options.cpuinfo, (platform.machine(),)
    open_window = application.open_window

    def open_and_watch(qt: application.QApplication) -> MainWindow:
        window = open_window(qt)
        watch(window, trains=options.train)
        return window

    application.open_window = open_and_watch
    return application.run(["aegui"])


if __name__ == "__main__":
    sys.exit(main())
