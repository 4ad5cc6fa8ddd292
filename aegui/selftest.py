"""The application trying itself out: window, training, drawing."""

import os
import sys
import tempfile
import time
from functools import cmp_to_key
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCollator, QLocale
from PySide6.QtWidgets import QApplication

from aegui.app import make_application
from aegui.control import RunState
from aegui.robot import RobotError, draw_three, wait_until
from aegui.selftest_parts import PartError, try_parts
from aegui.specs import find_lesson
from aegui.ui.handing.export import write_png
from aegui.ui.main_window import MainWindow
from aegui.ui.settings import Settings
from aegui.ui.theme import ThemeSwitch
from aegui.ui.views.train.loss_plot import LossPlot

if TYPE_CHECKING:
    from aegui.records import RunResult


def run_selftest() -> int:
    """Run the test, print one line, and return the exit status: 0, or 1 with what failed."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    # The person's own runs and settings are left alone.
    with tempfile.TemporaryDirectory(prefix="aegui-selftest-") as folder:
        os.environ["AEGUI_HOME"] = folder
        application = make_application(["aegui"])
        switch = ThemeSwitch(application)
        window = MainWindow(switch, Settings())
        switch.dress()
        try:
            loss, ink = _try_out(application, window)
            _try_themes(switch, window, Path(folder))
            _try_order()
            parts = ", ".join(try_parts(Path(folder, "parts")))
        except (RobotError, PartError) as error:
            sys.stdout.write(f"aegui selftest failed: {error}\n")
            return 1
        finally:
            window.close()
    sys.stdout.write(
        f"aegui selftest passed in {time.perf_counter() - began:.1f} s: one epoch of mnist, "
        f"validation loss {loss:.4f}; a drawn 3 rebuilt with {ink:.0f} of ink; "
        f"{parts}\n"
    )
    return 0


def _try_out(application: QApplication, window: MainWindow) -> tuple[float, float]:
    window.show()
    wait_until(application, lambda: window.tabs.count() > 0, "the tabs did not appear")
    lesson = find_lesson("mnist").experiment
    one_epoch = lesson.training.model_copy(update={"epochs": 1})
    window.column.set_experiment(lesson.model_copy(update={"training": one_epoch}))
    results: list[RunResult] = []
    window.session.controller.run_ended.connect(results.append)
    window.session.steering.train()
    wait_until(application, lambda: bool(results), "the training did not end")
    result = results[0]
    if result.state is not RunState.FINISHED:
        raise RobotError(f"the training ended as {result.state.value}: {result.failure}")
    window.tabs.setCurrentWidget(window.tabs.draw_view)
    application.processEvents()
    draw_three(window.tabs.draw_view.canvas)
    picture = window.tabs.draw_view.reconstruction
    wait_until(application, lambda: not picture.is_empty, "the drawing was not rebuilt")
    row = picture.row()
    if row is None or float(np.ptp(row)) < 0.2:
        raise RobotError("the drawing's reconstruction is one even grey")
    return result.history.last.val_loss, float(row.sum())


def _try_themes(switch: ThemeSwitch, window: MainWindow, folder: Path) -> None:
    """Save a plot in every form that its menu has, in both themes."""
    plot = next(iter(window.tabs.train_view.findChildren(LossPlot)))
    for theme in ("light", "dark"):
        switch.choose(theme)
        QApplication.processEvents()
        for ending, write in (("svg", plot.write_svg), ("pdf", plot.write_pdf)):
            write(folder / f"{theme}.{ending}")
        write_png(folder / f"{theme}.png", plot.picture())
        sizes = [(folder / f"{theme}.{ending}").stat().st_size for ending in ("svg", "pdf", "png")]
        if min(sizes) < 1000:
            raise RobotError(f"a plot was saved in {sizes} bytes as SVG, PDF, PNG")


def _try_order() -> None:
    """Put names in order as a dialog for files does, which has Qt know of languages."""
    order = QCollator(QLocale("sv_SE"))
    order.setNumericMode(True)
    names = sorted(("ärta 10", "zebra", "ärta 9"), key=cmp_to_key(order.compare))
    if names != ["zebra", "ärta 9", "ärta 10"]:
        raise RobotError(f"names in Swedish order are {', '.join(names)}")
