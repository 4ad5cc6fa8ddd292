"""Remake the pictures of the README from the running application.

    python packaging/make_pictures.py

Works without a display. Trains the lessons ``mnist`` and ``mnist-deep`` and a small sweep, with
the window's own engine.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from sklearn.datasets import load_iris

from aegui.app import make_application
from aegui.robot import draw_three, wait_until
from aegui.specs import Axis, MnistSpec, SweepSpec, find_lesson
from aegui.ui.main_window import MainWindow
from aegui.ui.panels.preview import Preview
from aegui.ui.settings import Settings
from aegui.ui.theme import ThemeSwitch

TARGET = Path(__file__).resolve().parent / "pictures"
SIZE = (1440, 900)
_TABS = ("train", "gallery", "draw", "sweep", "compare", "lesson")


def main() -> None:
    """Open the window, train, draw, and save what is to be seen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["AEGUI_HOME"] = home
        application = make_application(["aegui"])
        switch = ThemeSwitch(application, "dark")
        window = MainWindow(switch, Settings())
        switch.dress()
        window.resize(*SIZE)
        window.show()
        wait_until(application, lambda: window.tabs.count() > 0, "no tabs")
        # The digits are read while the first page is there already.
        digits = window.findChild(Preview)
        wait_until(application, lambda: bool(digits.table()[1]), "no digits in the panel")
        picture(application, window, "start-dark")
        own_data(application, window, Path(home))
        for count, name in enumerate(("mnist-deep", "mnist"), start=1):
            window.lessons.take(find_lesson(name))
            train(application, window, count)
        sweep(application, window)
        compare(application, window)
        draw(application, window)
        for theme in ("dark", "light"):
            switch.choose(theme)
            for name in _TABS:
                window.tabs.setCurrentWidget(getattr(window.tabs, f"{name}_view"))
                picture(application, window, f"{name}-{theme}")
        window.close()
    # The tabs that look inside a model are operated by the tour, in a window of its own.
    tour = [sys.executable, "-m", "aegui", "tour", "--out", str(TARGET / "tour")]
    subprocess.run(tour, check=True)


def own_data(application: QApplication, window: MainWindow, folder: Path) -> None:
    """Show the flowers that come with scikit-learn as a person's own file."""
    flowers = load_iris()
    names = [name.removesuffix(" (cm)") for name in flowers.feature_names]
    lines = [",".join([*names, "species"])]
    for row, kind in zip(flowers.data, flowers.target, strict=True):
        lines.append(",".join([*map(str, row), flowers.target_names[kind]]))
    path = folder / "iris.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    window.incoming.take(path)
    dialog = window.incoming.data.dialog
    if dialog is None:
        raise RuntimeError("no file is shown")
    wait_until(application, dialog.use_button.isEnabled, "the file was not read")
    picture(application, dialog, "data-dark")
    dialog.reject()


def train(application: QApplication, window: MainWindow, count: int) -> None:
    """Train what the panels hold and wait until ``count`` runs are listed."""
    listed: list[int] = []
    window.session.runs_listed.connect(listed.append)
    window.session.steering.train()
    wait_until(application, lambda: bool(listed) and listed[-1] == count, "the run was not kept")


def sweep(application: QApplication, window: MainWindow) -> None:
    """Train MNIST's first rows with codes of three widths, two seeds each."""
    few = MnistSpec(rows=10_000)
    base = find_lesson("mnist").experiment.model_copy(update={"dataset": few})
    axis = Axis(field="architecture.code.width", values=(4, 16, 64))
    sweeping = window.session.sweeping
    sweeping.run(SweepSpec(base=base, axes=(axis,), seeds=2))
    wait_until(application, lambda: not sweeping.is_active, "the sweep did not end")


def compare(application: QApplication, window: MainWindow) -> None:
    """Tick the two single runs and wait for their reconstructions."""
    shelf = window.session.shelf
    for card in [card for card in shelf.cards if not card.group]:
        shelf.tick(card.folder, True)
    lines = window.tabs.compare_view.galleries
    wait_until(
        application,
        lambda: bool(lines) and all(line.error.text() for line in lines[0].lines),
        "nothing was compared",
    )


def draw(application: QApplication, window: MainWindow) -> None:
    """Draw a 3 and wait for its reconstruction."""
    window.tabs.setCurrentWidget(window.tabs.draw_view)
    application.processEvents()
    draw_three(window.tabs.draw_view.canvas)
    wait_until(
        application,
        lambda: not window.tabs.draw_view.reconstruction.is_empty,
        "nothing was rebuilt",
    )


def picture(application: QApplication, window: QWidget, name: str) -> None:
    """Save a window as a picture once it has come to rest."""
    for _ in range(50):
        application.processEvents()
    path = TARGET / f"{name}.png"
    window.grab().save(str(path))
    print(path)


if __name__ == "__main__":
    main()
