"""The tour from beginning to end, in a window and a home folder of its own."""

import os
import sys
import tempfile
from pathlib import Path

from aegui.app import make_application
from aegui.robot import RobotError, wait_until
from aegui.tour.guide import Guide
from aegui.tour.stops import STOPS
from aegui.ui.main_window import MainWindow
from aegui.ui.settings import Settings
from aegui.ui.theme import ThemeSwitch

_SIZE = (1440, 900)


def walk(folder: Path, theme: str = "dark") -> int:
    """Leave the tour's pictures in ``folder``; return the exit status, 1 with what went wrong.

    One line for each picture tells the longest wait of the window's thread on the way to it.
    """
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.stderr.write(f"aegui tour: {folder} cannot be made: {error.strerror}\n")
        return 1
    # The person's own runs and settings are left alone.
    with tempfile.TemporaryDirectory(prefix="aegui-tour-") as home:
        os.environ["AEGUI_HOME"] = home
        application = make_application(["aegui"])
        switch = ThemeSwitch(application, theme)
        window = MainWindow(switch, Settings())
        switch.dress()
        window.resize(*_SIZE)
        window.show()
        try:
            wait_until(application, lambda: window.is_built, "the tabs did not appear")
            guide = Guide(application, window, folder)
            for stop in STOPS:
                stop(guide)
        except (RobotError, OSError) as error:
            sys.stderr.write(f"aegui tour: {error}\n")
            return 1
        finally:
            window.close()
    for seen in guide.seen:
        sys.stdout.write(f"{seen.path}  longest wait {seen.stall:.0f} ms\n")
    return 0
