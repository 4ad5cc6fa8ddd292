"""Starting the window."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from aegui.places import resource, settings_file
from aegui.ui.main_window import MainWindow
from aegui.ui.settings import read_settings
from aegui.ui.theme import ThemeSwitch
from aegui.ui.workers.priority import take_turns_often

# What Debian and Ubuntu call the libraries that Qt's xcb plugin is linked with.
_XCB = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 "
    "libxcb-xkb1 libxkbcommon-x11-0"
)
_NO_DISPLAY = (
    "aegui: no window can be opened here: {why}\n"
    "It needs a display (DISPLAY or WAYLAND_DISPLAY) and, on Linux, the xcb libraries "
    f"(Debian, Ubuntu: apt install {_XCB}). "
    "Without a display, 'aegui train' and 'aegui lessons' work all the same."
)


_BROKEN_OFF = (
    "aegui: the window broke off: {why}\n"
    "Epochs that were shown as done are kept; their run goes on from the list of runs."
)


def _tell_qt_message(
    end: str, kind: QtMsgType, _context: QMessageLogContext, text: str | None
) -> None:
    """Pass on what Qt says; of its end, say ``end``, a sentence with a place for the reason."""
    text = text or ""
    if kind is QtMsgType.QtFatalMsg:
        # Qt would abort now, with a core dump for a sentence.
        lines = [line for line in text.splitlines() if line.strip()]
        _write(end.format(why=lines[0] if lines else "Qt cannot go on"))
        os._exit(1)
    if kind is not QtMsgType.QtDebugMsg and "qt.qpa.plugin" not in text:
        _write(text)


def _write(text: str) -> None:
    # A program without a console, as on Windows, has no standard error.
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def make_application(arguments: Sequence[str]) -> QApplication:
    """Return the Qt application; without a usable display, say so and exit with status 1."""
    # A display is all that Qt can miss before there is an application.
    qInstallMessageHandler(partial(_tell_qt_message, _NO_DISPLAY))
    application = QApplication(list(arguments))
    qInstallMessageHandler(partial(_tell_qt_message, _BROKEN_OFF))
    application.setApplicationName("aegui")
    application.setApplicationDisplayName("aegui")
    application.setDesktopFileName("aegui")
    application.setWindowIcon(QIcon(str(resource("icons/aegui.svg"))))
    take_turns_often()
    return application


def open_window(application: QApplication, bundle: Path | None = None) -> MainWindow:
    """Show the window as it was left last time, or with the run of an ``.aegui`` file."""
    settings = read_settings(settings_file())
    switch = ThemeSwitch(application, settings.theme)
    window = MainWindow(switch, settings)
    switch.dress()
    window.show()
    if bundle is not None:
        window.incoming.take(bundle)
    return window


def run(arguments: Sequence[str]) -> int:
    """Open the window and return the exit status once it is closed.

    ``arguments`` are the program's name, and perhaps an ``.aegui`` file to show.
    """
    application = make_application(arguments[:1])
    window = open_window(application, *map(Path, arguments[1:]))
    status = application.exec()
    if not window.has_ended:
        # An import or a compilation cannot be interrupted, and Python would not leave without
        # it; all that is to be kept is written.
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
    return status
