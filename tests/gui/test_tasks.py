"""Short work off the GUI thread."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from aegui.ui.workers.abandoning import Ear
from aegui.ui.workers.tasks import TaskThread


@pytest.fixture
def tasks() -> Iterator[TaskThread]:
    tasks = TaskThread()
    yield tasks
    tasks.close()
    assert tasks.isFinished()


class Told:
    """What ``done`` and ``failed`` were called with, and on which threads."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.failures: list[str] = []
        self.threads: list[QThread] = []

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(QThread.currentThread())

    def failed(self, why: str) -> None:
        self.failures.append(why)
        self.threads.append(QThread.currentThread())


@pytest.fixture
def told() -> Told:
    return Told()


def test_work_is_done_elsewhere_and_told_on_the_gui_thread(
    tasks: TaskThread, told: Told, qtbot: QtBot
) -> None:
    tasks.submit("a", QThread.currentThread, told.done, told.failed)
    qtbot.waitUntil(lambda: bool(told.results))
    assert told.results[0] == tasks
    assert told.threads == [QCoreApplication.instance().thread()]
    assert told.threads[0] != tasks


def test_the_latest_of_a_key_wins(tasks: TaskThread, told: Told, qtbot: QtBot) -> None:
    gate, reached = threading.Event(), threading.Event()
    ran: list[int] = []

    def slow() -> int:
        reached.set()
        assert gate.wait(10)
        return -1

    def quick(number: int) -> int:
        ran.append(number)
        return number

    tasks.submit("preview", slow, told.done, told.failed)
    tasks.submit("other", lambda: "kept", told.done, told.failed)
    assert reached.wait(10)
    for number in range(20):
        tasks.submit("preview", lambda n=number: quick(n), told.done, told.failed)
    gate.set()
    qtbot.waitUntil(lambda: 19 in told.results)
    assert told.results == ["kept", 19], "what nobody waits for is not shown"
    assert ran == [19], "nor is it worked on"


def test_a_result_that_lies_ready_gives_way_to_a_newer_wish(
    tasks: TaskThread, told: Told, qtbot: QtBot
) -> None:
    over = threading.Event()
    tasks.submit("open", lambda: "old", told.done, told.failed)
    tasks.submit("marker", over.set, lambda _: None, told.failed)
    assert over.wait(10), "the first result waits for the event loop now"
    tasks.submit("open", lambda: "new", told.done, told.failed)
    qtbot.waitUntil(lambda: "new" in told.results)
    assert told.results == ["new"]


@pytest.mark.parametrize(
    ("error", "said"),
    [(ValueError("state.npz is damaged"), "state.npz is damaged"), (KeyError(), "KeyError")],
)
def test_a_failure_says_its_message_and_the_thread_lives(
    tasks: TaskThread, told: Told, qtbot: QtBot, error: Exception, said: str
) -> None:
    def fail() -> None:
        raise error

    tasks.submit("a", fail, told.done, told.failed)
    tasks.submit("b", lambda: 7, told.done, told.failed)
    qtbot.waitUntil(lambda: bool(told.results))
    assert told.failures == [said]
    assert told.results == [7]
    assert set(told.threads) == {QCoreApplication.instance().thread()}


def test_closing_waits_for_what_is_under_way_and_for_wishes_and_tells_nothing_more(
    told: Told,
) -> None:
    tasks = TaskThread()
    gate, reached = threading.Event(), threading.Event()
    ran: list[str] = []

    def slow() -> None:
        reached.set()
        assert gate.wait(10)
        ran.append("under way")

    tasks.submit("a", slow, told.done, told.failed)
    tasks.submit("b", lambda: ran.append("waiting"), told.done, told.failed)
    tasks.submit("c", lambda: ran.append("a wish"), told.done, told.failed, must_run=True)
    tasks.submit("c", lambda: ran.append("another"), told.done, told.failed, must_run=True)
    assert reached.wait(10)
    opener = threading.Timer(0.05, gate.set)
    opener.start()
    tasks.close()
    opener.join()
    assert tasks.isFinished()
    assert ran == ["under way", "a wish", "another"]
    QCoreApplication.processEvents()
    assert told.results == told.failures == []


def test_nothing_is_heard_of_work_that_was_called_off() -> None:
    heard: list[str] = []
    begun, may_end = threading.Event(), threading.Event()

    def hear(doing: str, _fraction: float) -> None:
        begun.set()
        assert may_end.wait(10)
        heard.append(doing)

    ear = Ear(hear)
    teller = threading.Thread(target=ear.tell, args=("Reading", 0.5))
    caller = threading.Thread(target=ear.call_off)
    teller.start()
    assert begun.wait(10)
    caller.start()
    caller.join(0.05)
    assert caller.is_alive(), "who listens may be gone when it returns: it waits for what is heard"
    may_end.set()
    for thread in (teller, caller):
        thread.join(10)
    assert heard == ["Reading"]
    ear.tell("Sorting", 0.9)
    assert heard == ["Reading"]
