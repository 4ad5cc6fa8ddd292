"""Remake the pictures of the README from the running application.

    python packaging/make_pictures.py

Works without a display. Trains the lesson ``mnist`` once, with the window's own engine.
"""

import os
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from aegui.app import make_application
from aegui.selftest import draw_three, wait_until
from aegui.ui.main_window import MainWindow
from aegui.ui.settings import Settings
from aegui.ui.theme import ThemeSwitch

TARGET = Path(__file__).resolve().parent / "pictures"
SIZE = (1440, 900)
TABS = {"train": 0, "gallery": 1, "draw": 2}


def main() -> None:
    """Open the window, train, draw, and save what is to be seen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["AEGUI_HOME"] = home
        application = make_application(["aegui"])
        switch = ThemeSwitch(application, "dark")
        window = MainWindow(switch, Settings())
        window.resize(*SIZE)
        window.show()
        wait_until(application, lambda: window.tabs.count() > 0, "no tabs")
        picture(application, window, "start-dark")
        train(application, window)
        draw(application, window)
        for theme in ("dark", "light"):
            switch.choose(theme)
            for name, place in TABS.items():
                window.tabs.setCurrentIndex(place)
                picture(application, window, f"{name}-{theme}")
        window.close()


def train(application: QApplication, window: MainWindow) -> None:
    """Train what the panels hold and wait for the run to be listed."""
    listed: list[int] = []
    window.session.runs_listed.connect(listed.append)
    window.session.steering.train()
    wait_until(application, lambda: bool(listed) and listed[-1] == 1, "the run was not kept")


def draw(application: QApplication, window: MainWindow) -> None:
    """Draw a 3 and wait for its reconstruction."""
    window.tabs.setCurrentIndex(TABS["draw"])
    application.processEvents()
    draw_three(window.draw_view.canvas)
    wait_until(
        application, lambda: not window.draw_view.reconstruction.is_empty, "nothing was rebuilt"
    )


def picture(application: QApplication, window: MainWindow, name: str) -> None:
    """Save the window as a picture once it has come to rest."""
    for _ in range(50):
        application.processEvents()
    path = TARGET / f"{name}.png"
    window.grab().save(str(path))
    print(path)


if __name__ == "__main__":
    main()
