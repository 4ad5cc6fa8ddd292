"""A thread that answers what a model makes of some rows; the latest question wins."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal

from aegui.records import FloatArray, TrainedModel

DRAW, HOVER = "draw", "hover"
_URGENT = (DRAW, HOVER)
"""Channels that go first, in this order: what follows the hand."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Answer:
    """What the model made of ``rows``, both (k, n); ``ticket`` came with the question.

    Of codes, ``rows`` are those (k, code width), and ``reconstructions`` what they stand for.
    """

    channel: str
    ticket: object
    rows: FloatArray
    reconstructions: FloatArray


@dataclass(frozen=True, eq=False)
class Unanswered:
    """Why a question has no answer, in a sentence; ``ticket`` came with the question."""

    channel: str
    ticket: object
    sentence: str


@dataclass(frozen=True, eq=False)
class _Question:
    channel: str
    ticket: object
    rows: FloatArray
    make: Callable[[FloatArray], FloatArray]


class InferenceThread(QThread):
    """Holds at most one waiting question for each channel. "draw" goes first, then "hover".

    Start it once with ``start()``, end it with ``close()``. A question under way is answered even
    when a newer one waits, so that a picture follows the hand also where the model is slow.
    """

    answered = Signal(Answer)
    failed = Signal(Unanswered)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[str, _Question] = {}
        self._closing = False
        self._news = threading.Condition()

    def ask(
        self, channel: str, model: TrainedModel, rows: FloatArray, ticket: object = None
    ) -> None:
        """Ask for the reconstructions of ``rows`` (k, n), in place of what waits on the channel.

        Never waits for the model. The rows must not be changed afterwards.
        """
        self._ask(_Question(channel, ticket, rows, model.reconstruct))

    def ask_decode(
        self, channel: str, model: TrainedModel, codes: FloatArray, ticket: object = None
    ) -> None:
        """Ask what ``codes`` (k, code width) stand for, in place of what waits on the channel."""
        self._ask(_Question(channel, ticket, codes, model.decode))

    def ask_for(
        self,
        channel: str,
        make: Callable[[FloatArray], FloatArray],
        rows: FloatArray,
        ticket: object = None,
    ) -> None:
        """Ask what a function makes of ``rows``, in place of what waits on the channel."""
        self._ask(_Question(channel, ticket, rows, make))

    def _ask(self, question: _Question) -> None:
        with self._news:
            if not self._closing:
                self._waiting[question.channel] = question
                self._news.notify()

    def forget(self) -> None:
        """Take back what waits; a question under way is answered nevertheless."""
        with self._news:
            self._waiting.clear()

    def close(self) -> None:
        """Forget what waits and return when the thread has ended."""
        with self._news:
            self._closing = True
            self._waiting.clear()
            self._news.notify()
        self.wait()

    def run(self) -> None:
        """Answer one question after the other until closed."""
        while (question := self._next()) is not None:
            self._answer(question)

    def _next(self) -> _Question | None:
        """Wait for a question; None when there will be no more."""
        with self._news:
            self._news.wait_for(lambda: self._closing or self._waiting)
            if self._closing:
                return None
            urgent = (channel for channel in _URGENT if channel in self._waiting)
            channel = next(urgent, next(iter(self._waiting)))
            return self._waiting.pop(channel)

    def _answer(self, question: _Question) -> None:
        try:
            reconstructions = question.make(question.rows)
        except Exception as error:
            _logger.exception("The model failed on the channel %r", question.channel)
            self.failed.emit(Unanswered(question.channel, question.ticket, _sentence(error)))
            return
        self.answered.emit(
            Answer(question.channel, question.ticket, question.rows, reconstructions)
        )


def _sentence(error: Exception) -> str:
    said = str(error).strip().splitlines()
    why = said[0] if said else type(error).__name__
    return f"The model could not make a reconstruction: {why}"
