"""What nobody caught, as a person hears of it."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aegui.control import RunState
from aegui.processor import ProcessorError
from aegui.records import Failure, RunResult
from aegui.specs import ExperimentSpec, FileSpec
from aegui.trouble.hooks import Hooks
from aegui.ui.error_dialog import ErrorDialog
from aegui.ui.help_dialog import HelpDialog
from aegui.ui.main_window import MainWindow
from aegui.ui.workers.training import TrainingThread


@pytest.fixture
def hooked(window: MainWindow) -> Iterator[MainWindow]:
    """A window that hears what nobody caught; pytest's own hooks are put back after it."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    Hooks(window.complaints.tell).install()
    yield window
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


def _dialogs() -> list[ErrorDialog]:
    widgets = QApplication.allWidgets()
    return [w for w in widgets if isinstance(w, ErrorDialog) and w.isVisible()]


def _raise(error: Exception) -> None:
    raise error


def test_what_a_slot_raises_is_said_in_one_dialog_with_a_report(
    hooked: MainWindow, hands: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    log = tmp_path / "aegui.log"
    log.write_text("no /mnt/heart/a.csv\n", "utf-8")
    hooked.complaints.log = log
    QTimer.singleShot(0, lambda: _raise(ValueError("the plot is lost")))
    qtbot.waitUntil(lambda: len(_dialogs()) == 1)
    (dialog,) = _dialogs()
    sentence = "aegui did not foresee this: the plot is lost"
    assert sentence in hands.texts(dialog)
    assert not any("Traceback" in text for text in hands.texts(dialog))
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(50)
    assert _dialogs() == [dialog], "one at a time"
    hands.click(dialog, "Copy report")
    report = QGuiApplication.clipboard().text()
    assert report.startswith(sentence)
    assert "no …/a.csv" in report
    hands.click(dialog, "Close")
    assert not _dialogs()
    # The window goes on, and says another thing.
    QTimer.singleShot(0, lambda: _raise(KeyError("another")))
    qtbot.waitUntil(lambda: len(_dialogs()) == 1)
    _dialogs()[0].close()


@pytest.mark.usefixtures("hooked")
def test_what_happens_at_every_repaint_is_said_once(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def repaint() -> None:
        QTimer.singleShot(0, lambda: _raise(ValueError("again")))

    repaint()
    qtbot.waitUntil(lambda: len(_dialogs()) == 1)
    _dialogs()[0].close()
    repaint()
    qtbot.waitUntil(lambda: "once more: ValueError: again" in caplog.text)
    qtbot.wait(30)
    assert not _dialogs()
    assert caplog.text.count("Traceback") == 1


def test_a_thread_and_a_window_over_the_window_are_heard(hooked: MainWindow, hands: Any) -> None:
    help_dialog = HelpDialog({}, hooked)
    seen: list[list[str]] = []

    def look() -> None:
        (dialog,) = _dialogs()
        seen.append(hands.texts(dialog))
        hands.click(dialog, "Close")
        help_dialog.close()

    thread = threading.Thread(target=_raise, args=(OSError("no room"),))
    thread.start()
    thread.join()
    QTimer.singleShot(100, look)
    help_dialog.exec()
    assert any("no room" in text for text in seen[0])


@pytest.mark.usefixtures("hooked")
def test_ctrl_c_and_orderly_exits_are_no_mistakes(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    qtbot.wait(30)
    assert not _dialogs()
    assert "KeyboardInterrupt" in capsys.readouterr().err


def _end_of(qtbot: QtBot, error: Exception, *, in_engine: bool) -> Failure:
    engine: Future[None] = Future()
    if in_engine:
        engine.set_exception(error)
    else:
        engine.set_result(None)
    thread = TrainingThread(
        ExperimentSpec(),
        engine,
        None,
        run_function=lambda *_: _raise(error),  # type: ignore[arg-type]
    )
    with qtbot.waitSignal(thread.run_ended) as ended:
        thread.start()
    thread.wait()
    (result,) = ended.args
    assert isinstance(result, RunResult)
    assert result.state is RunState.FAILED
    assert result.failure is not None
    return result.failure


def test_a_run_that_breaks_offers_a_report_and_one_that_cannot_be_does_not(
    window: MainWindow, hands: Any, qtbot: QtBot
) -> None:
    broke = _end_of(qtbot, ValueError("shapes (3,) and (4,)"), in_engine=False)
    window.session._end_run(RunResult(RunState.FAILED, failure=broke))
    hands.click(window.notice, "Copy report")
    assert "shapes (3,) and (4,)" in QGuiApplication.clipboard().text()
    lacks = _end_of(qtbot, ProcessorError("This processor lacks AVX."), in_engine=True)
    window.session._end_run(RunResult(RunState.FAILED, failure=lacks))
    assert window.notice.text().startswith("This processor lacks AVX.")
    assert not window.notice._action.isVisible()


def test_the_folder_of_the_data_in_the_panels_is_private(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = open_window()
    assert window.lessons.own_files() == []
    path = tmp_path / "heart (2024), part 1" / "a.csv"
    path.parent.mkdir()
    path.write_text("a,b\n" + "1,2\n" * 40)
    spec = FileSpec.model_construct(path=str(path))
    held = window.lessons._held.experiment.model_copy(update={"dataset": spec})
    window.lessons._own = (window.lessons._held.model_copy(update={"experiment": held}),)
    assert window.lessons.own_files() == [path]
    log = tmp_path / "log"
    log.write_text(f"no {path}\n")
    window.complaints.log = log
    window.complaints.copy()
    assert QGuiApplication.clipboard().text().endswith("no …/a.csv\n")
    window.lessons._own = ()
