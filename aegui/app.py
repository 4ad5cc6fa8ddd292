"""Starting the window."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from aegui.places import log_folder, resource, settings_file
from aegui.sentences import first_line
from aegui.trouble.hooks import Hooks
from aegui.trouble.logbook import Logbook
from aegui.ui.error_dialog import ErrorDialog
from aegui.ui.main_window import MainWindow
from aegui.ui.settings import read_settings
from aegui.ui.theme import ThemeSwitch
from aegui.ui.workers.priority import take_turns_often

logger = logging.getLogger(__name__)

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

_CRASHED = (
    "aegui ended unexpectedly last time; what was kept is there. Copy a report to hand it on."
)


def _tell_qt_message(
    end: str,
    leave: Callable[[str], None],
    kind: QtMsgType,
    _context: QMessageLogContext,
    text: str | None,
) -> None:
    """Pass on what Qt says; of its end, say ``end``, a sentence with a place for the reason.

    ``leave`` gets the reason before the process ends without Python's own last steps.
    """
    text = text or ""
    if kind is QtMsgType.QtFatalMsg:
        # Qt would abort now, with a core dump for a sentence.
        lines = [line for line in text.splitlines() if line.strip()]
        why = lines[0] if lines else "Qt cannot go on"
        _write(end.format(why=why))
        leave(why)
        os._exit(1)
    if kind is not QtMsgType.QtDebugMsg and "qt.qpa.plugin" not in text:
        _write(text)
        logger.info("%s", text)


def _write(text: str) -> None:
    # A program without a console, as on Windows, has no standard error.
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def make_application(arguments: Sequence[str], logbook: Logbook | None = None) -> QApplication:
    """Return the Qt application; without a usable display, say so and exit with status 1."""
    book = logbook or Logbook()
    # A display is all that Qt can miss before there is an application: no crash.
    qInstallMessageHandler(partial(_tell_qt_message, _NO_DISPLAY, lambda _why: book.close()))
    application = QApplication(list(arguments))
    qInstallMessageHandler(partial(_tell_qt_message, _BROKEN_OFF, book.leave))
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
    logbook = Logbook()
    logbook.open(log_folder())
    application = make_application(arguments[:1], logbook)
    try:
        window = open_window(application, *map(Path, arguments[1:]))
    except Exception as error:
        logger.info("the window could not be opened", exc_info=True)
        _tell_no_window(error, logbook)
        logbook.close()
        return 1
    hooks = Hooks(window.complaints.tell)
    hooks.install()
    _tell_last_crash(window, logbook)
    status = application.exec()
    hooks.remove()
    logbook.close()
    if not window.has_ended:
        # An import or a compilation cannot be interrupted, and Python would not leave without
        # it; all that is to be kept is written.
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
    return status


def _tell_no_window(error: Exception, logbook: Logbook) -> None:
    """Say why there is no window, where one who has no terminal sees it too."""
    from aegui.trouble.report import report

    sentence = f"aegui cannot open its window: {first_line(error)}"
    _write(sentence)
    ErrorDialog(sentence, partial(report, logbook.path, said=sentence), None).exec()


def _tell_last_crash(window: MainWindow, logbook: Logbook) -> None:
    """Let the window know the log, and say once that an earlier program crashed."""
    window.complaints.log = logbook.path
    if logbook.last_crash:
        # When it is built, as other news would take its place.
        window.views_built.connect(
            lambda: window.notice.offer(_CRASHED, "Copy report", window.complaints.copy)
        )
