"""Questions to a model: the latest wins, drawing first, nothing is swallowed."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aegui.records import FloatArray
from aegui.ui.workers.inference import Answer, InferenceThread, Unanswered


@dataclass(frozen=True)
class SlowModel:
    """Halves its rows once it is let go; tells when it was reached."""

    gate: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)
    weights: tuple[FloatArray, ...] = ()

    def encode(self, rows: FloatArray) -> FloatArray:
        return rows

    def decode(self, codes: FloatArray) -> FloatArray:
        return codes

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        self.reached.set()
        assert self.gate.wait(10)
        return rows * np.float32(0.5)


class BrokenModel(SlowModel):
    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        raise ValueError(f"{rows.shape[1]} features are not 784")


@pytest.fixture
def thread() -> Iterator[InferenceThread]:
    thread = InferenceThread()
    thread.start()
    yield thread
    thread.close()
    assert thread.isFinished()


@pytest.fixture
def answers(thread: InferenceThread) -> list[Answer]:
    answers: list[Answer] = []
    thread.answered.connect(answers.append)
    return answers


def row(value: float) -> FloatArray:
    return np.full((1, 784), value, dtype=np.float32)


def test_a_question_is_answered(
    thread: InferenceThread, answers: list[Answer], qtbot: QtBot
) -> None:
    model = SlowModel()
    model.gate.set()
    rows = row(1.0)
    thread.ask("draw", model, rows, ticket=7)
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert (answers[0].channel, answers[0].ticket) == ("draw", 7)
    assert answers[0].rows is rows
    np.testing.assert_array_equal(answers[0].reconstructions, row(0.5))


def test_the_latest_question_of_a_channel_wins(
    thread: InferenceThread, answers: list[Answer], qtbot: QtBot
) -> None:
    model = SlowModel()
    thread.ask("draw", model, row(0), ticket=0)
    assert model.reached.wait(10)
    for ticket in range(1, 50):
        thread.ask("draw", model, row(ticket), ticket=ticket)
    model.gate.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert [answer.ticket for answer in answers] == [0, 49]


def test_what_follows_the_hand_goes_before_the_rest(
    thread: InferenceThread, answers: list[Answer], qtbot: QtBot
) -> None:
    model = SlowModel()
    thread.ask("first", model, row(0))
    assert model.reached.wait(10)
    thread.ask("gallery", model, np.zeros((200, 784), dtype=np.float32))
    thread.ask("hover", model, row(1))
    thread.ask("draw", model, row(2))
    model.gate.set()
    qtbot.waitUntil(lambda: len(answers) == 4)
    assert [answer.channel for answer in answers] == ["first", "draw", "hover", "gallery"]


def test_a_failure_is_said_and_the_thread_goes_on(
    thread: InferenceThread, answers: list[Answer], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[Unanswered] = []
    thread.failed.connect(said.append)
    ticket = object()
    thread.ask("draw", BrokenModel(), np.zeros((1, 3), dtype=np.float32), ticket)
    qtbot.waitUntil(lambda: len(said) == 1)
    assert said[0].channel == "draw"
    assert said[0].ticket is ticket
    assert "3 features are not 784" in said[0].sentence
    assert any(record.exc_info for record in caplog.records)
    model = SlowModel()
    model.gate.set()
    thread.ask("draw", model, row(1))
    qtbot.waitUntil(lambda: len(answers) == 1)


def test_closing_drops_what_waits_and_joins(qtbot: QtBot) -> None:
    thread = InferenceThread()
    answers: list[Answer] = []
    thread.answered.connect(answers.append)
    thread.start()
    model = SlowModel()
    thread.ask("draw", model, row(0))
    assert model.reached.wait(10)
    thread.ask("draw", model, row(1))
    release = threading.Timer(0.1, model.gate.set)
    release.start()
    thread.close()
    release.join()
    assert thread.isFinished()
    thread.ask("draw", model, row(2))
    qtbot.wait(20)
    assert len(answers) <= 1


def test_closing_a_thread_that_never_began_returns(qtbot: QtBot) -> None:
    del qtbot
    InferenceThread().close()
