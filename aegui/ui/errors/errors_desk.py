"""The errors of what is shown, worked out off the window's thread for the Errors tab."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Slot

from aegui.analysis.error_report import ErrorReport, report_errors
from aegui.analysis.feature_errors import FeatureErrors, feature_errors
from aegui.data import Dataset
from aegui.records import IndexArray
from aegui.specs import ExperimentSpec
from aegui.ui.notice import Notice
from aegui.ui.pace import Pace
from aegui.ui.presenter import Presenter
from aegui.ui.shown import Shown
from aegui.ui.views.errors.errors_view import ErrorsView
from aegui.ui.workers.inference import Answer, InferenceThread, Unanswered
from aegui.ui.workers.tasks import TaskThread

_REPORT, _FEATURES = "error report", "error features"
_LEAST_MS = 200


@dataclass(frozen=True, eq=False)
class _Ticket:
    """Which page asked, of which model."""

    page: str
    indices: IndexArray
    shown: Shown


class ErrorsDesk(QObject):
    """Works while somebody looks, and beside a training for a tenth of the time at most."""

    def __init__(
        self, view: ErrorsView, presenter: Presenter, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._notice = view, notice
        self._shown: Shown | None = None
        self._reported: Shown | None = None
        self._chosen: IndexArray | None = None
        # Counts the wishes for errors of features: only the newest goes on.
        self._wish = 0
        self._tasks = TaskThread(self)
        self._inference = InferenceThread(self)
        self._reports, self._features = Pace(_LEAST_MS, self), Pace(_LEAST_MS, self)

        presenter.began.connect(self._begin)
        presenter.shown.connect(self._take)
        view.looked_at.connect(self._look)
        view.rows_requested.connect(self._ask_rows)
        view.features_requested.connect(self._ask_features)
        self._reports.due.connect(self._work_out_report)
        self._features.due.connect(self._work_out_features)
        self._inference.answered.connect(self._take_answer)
        self._inference.failed.connect(self._take_failure)
        self._inference.start()

    def close(self) -> None:
        """Give up what is under way and end the threads."""
        self._wish += 1
        self._inference.close()
        self._tasks.close()

    @Slot(ExperimentSpec, Dataset)
    def _begin(self, _experiment: ExperimentSpec, dataset: Dataset) -> None:
        self._shown = self._reported = self._chosen = None
        self._wish += 1
        for key in (_REPORT, _FEATURES):
            self._tasks.forget(key)
        for pace in (self._reports, self._features):
            pace.forget()
        self._view.start(dataset)

    @Slot(Shown)
    def _take(self, shown: Shown) -> None:
        self._shown = shown
        self._look()

    @Slot()
    def _look(self) -> None:
        """Report what is shown, if that is another thing than was reported."""
        shown = self._shown
        if shown is not None and shown is not self._reported and self._view.isVisible():
            self._reports.wish(gently=shown.is_live)

    @Slot()
    def _work_out_report(self) -> None:
        shown = self._shown
        if shown is None:
            self._reports.finish()
            return
        self._tasks.submit(
            _REPORT,
            lambda: report_errors(shown.row_errors, shown.dataset),
            partial(self._show_report, shown),
            self._fail_report,
        )

    def _show_report(self, shown: Shown, report: ErrorReport) -> None:
        self._reported = shown
        self._view.show_report(report)
        self._reports.finish()

    def _fail_report(self, sentence: str) -> None:
        self._notice.say(f"The errors could not be worked out: {sentence}")
        self._reports.finish()

    @Slot(str, object)
    def _ask_rows(self, page: str, indices: IndexArray) -> None:
        shown = self._reported
        if shown is not None:
            ticket = _Ticket(page, indices, shown)
            self._inference.ask(page, shown.model, shown.dataset.test[indices], ticket)

    @Slot(object)
    def _ask_features(self, chosen: IndexArray | None) -> None:
        self._chosen = chosen
        is_live = self._reported is not None and self._reported.is_live
        if not is_live:
            # What a person chose before is not waited for.
            self._wish += 1
        self._features.wish(gently=is_live)

    @Slot()
    def _work_out_features(self) -> None:
        shown, chosen = self._reported, self._chosen
        if shown is None:
            self._features.finish()
            return
        self._wish += 1
        wish = self._wish

        def work_out() -> FeatureErrors | None:
            reconstruct = shown.model.reconstruct
            return feature_errors(
                shown.dataset.test, chosen, reconstruct, lambda: self._wish == wish
            )

        self._tasks.submit(_FEATURES, work_out, self._show_features, self._fail_features)

    def _show_features(self, errors: FeatureErrors | None) -> None:
        if errors is not None:
            self._view.show_features(errors)
        self._features.finish()

    def _fail_features(self, sentence: str) -> None:
        self._notice.say(f"The errors of each feature could not be worked out: {sentence}")
        self._features.finish()

    @Slot(Answer)
    def _take_answer(self, answer: Answer) -> None:
        ticket = answer.ticket
        # A page that is looked at through several epochs asks the same again and again.
        if isinstance(ticket, _Ticket) and self._is_in_view(ticket):
            made = np.asarray(answer.reconstructions)
            self._view.show_reconstructions(ticket.page, ticket.indices, made)

    @Slot(Unanswered)
    def _take_failure(self, unanswered: Unanswered) -> None:
        if self._is_in_view(unanswered.ticket):
            self._notice.complain(unanswered.sentence)

    def _is_in_view(self, ticket: object) -> bool:
        """Tell whether a ticket is of the run in view, not of an earlier one."""
        run = None if self._shown is None else self._shown.run
        return isinstance(ticket, _Ticket) and ticket.shown.run is run
