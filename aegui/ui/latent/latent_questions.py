"""What hands on the Latent tab ask of a run's models, and where the answers go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from aegui.records import FloatArray
from aegui.ui.notice import Notice
from aegui.ui.workers.inference import Answer, InferenceThread, Unanswered

if TYPE_CHECKING:
    from aegui.analysis.chart import Chart

Show = Callable[[FloatArray], None]


@dataclass(frozen=True, eq=False)
class _Ticket:
    run: object
    show: Show


class LatentQuestions(QObject):
    """Knows the map that is shown and asks its model; the latest wish of each channel wins.

    It has an inference thread to itself: a gallery's many rows would keep the pointer waiting.
    """

    def __init__(self, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._notice = notice
        self._run = object()
        self.chart: Chart | None = None
        self._inference = InferenceThread(self)
        self._inference.answered.connect(self._take_answer)
        self._inference.failed.connect(self._take_failure)
        self._inference.start()

    def close(self) -> None:
        """End the inference thread."""
        self._inference.close()

    def forget(self) -> None:
        """Let another run begin: no map yet, and whatever the last one's models say is late."""
        self._inference.forget()
        self._run = object()
        self.chart = None

    def ask(
        self, channel: str, make: Callable[[FloatArray], FloatArray], rows: FloatArray, show: Show
    ) -> None:
        """Ask what a function makes of rows, (k, n); the answer goes to ``show``.

        It goes there also when a later epoch's model is shown meanwhile: what follows the hand
        need not wait for it. Of another run's answers nothing is shown.
        """
        self._inference.ask_for(channel, make, rows, _Ticket(self._run, show))

    @Slot(Answer)
    def _take_answer(self, answer: Answer) -> None:
        ticket = answer.ticket
        if isinstance(ticket, _Ticket) and self._is_in_view(ticket):
            ticket.show(answer.reconstructions)

    @Slot(Unanswered)
    def _take_failure(self, unanswered: Unanswered) -> None:
        if self._is_in_view(unanswered.ticket):
            self._notice.complain(unanswered.sentence)

    def _is_in_view(self, ticket: object) -> bool:
        """Tell whether a ticket is of the run in view, not of an earlier one."""
        return isinstance(ticket, _Ticket) and ticket.run is self._run
