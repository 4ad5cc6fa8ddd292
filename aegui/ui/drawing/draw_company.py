"""What stands beside a drawing, worked out off the window's thread while the hand goes on."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Slot

from aegui.analysis.company import Background, Company, find_company, make_background
from aegui.data import Dataset, load_test_rows
from aegui.records import FloatArray, TrainedModel
from aegui.specs import DatasetSpec
from aegui.ui.pace import Pace
from aegui.ui.shown import RunInView
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.draw.near_rows import COUNT
from aegui.ui.views.row_field import RowField
from aegui.ui.workers.tasks import TaskThread

_BACKGROUND, _COMPANY = "draw background", "draw company"
# It follows the hand so often at most; the reconstruction does always.
_MS_BETWEEN_COMPANY, _MS_BETWEEN_BACKGROUNDS = 90, 300


@dataclass(frozen=True, eq=False)
class Subject:
    """A model to draw for, and the rows that it is judged on.

    ``dataset`` is None where they are not read yet: then ``spec`` says which they are. Models of
    one ``run`` may be taken for each other while it learns.
    """

    run: RunInView
    name: str
    model: TrainedModel
    field: RowField
    row_errors: FloatArray
    spec: DatasetSpec
    dataset: Dataset | None = None
    is_live: bool = False


class DrawCompany(QObject):
    """Encodes the test rows for the model at work, and finds each drawing's place among them.

    Two threads: the first takes a moment for each model, the second some ms for each drawing.
    """

    def __init__(self, view: DrawView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._subject: Subject | None = None
        self._background: tuple[Subject, Background] | None = None
        self._drawn: tuple[FloatArray, FloatArray] | None = None
        self._is_open = True
        self._slow, self._quick = TaskThread(self), TaskThread(self)
        self._backgrounds = Pace(_MS_BETWEEN_BACKGROUNDS, self)
        self._companies = Pace(_MS_BETWEEN_COMPANY, self)
        view.looked_at.connect(self._look)
        view.emptied.connect(self._forget_drawing)
        self._backgrounds.due.connect(self._make_background)
        self._companies.due.connect(self._find)

    def close(self) -> None:
        """Give up what is under way and end the threads."""
        self._is_open = False
        self._slow.close()
        self._quick.close()

    def take_subject(self, subject: Subject) -> None:
        """Compare with the rows as another model sees them; what another run's saw goes."""
        before, self._subject = self._subject, subject
        if before is None or before.run is not subject.run:
            self._background = self._drawn = None
            self._slow.forget(_BACKGROUND)
            self._quick.forget(_COMPANY)
            self._backgrounds.forget()
            self._companies.forget()
            self._view.start_company(None)
        self._look()

    def take_drawing(self, row: FloatArray, reconstruction: FloatArray) -> None:
        """Find what stands beside a drawn row (1, n) that was rebuilt as (1, n)."""
        self._drawn = row, reconstruction
        self._companies.wish(gently=True)

    @Slot()
    def _look(self) -> None:
        """Encode the test rows for the model at work, once somebody looks."""
        subject = self._subject
        is_known = self._background is not None and self._background[0] is subject
        if subject is not None and not is_known and self._view.isVisible():
            self._backgrounds.wish(gently=subject.is_live)

    @Slot()
    def _make_background(self) -> None:
        subject = self._subject
        if subject is None:
            self._backgrounds.finish()
            return
        like = subject.run.plane

        def work_out() -> Background | None:
            dataset = subject.dataset or load_test_rows(subject.spec)
            model, errors = subject.model, subject.row_errors
            return make_background(model, dataset, errors, like, lambda: self._is_wanted(subject))

        self._slow.submit(
            _BACKGROUND, work_out, partial(self._take_background, subject), self._lack_background
        )

    def _is_wanted(self, subject: Subject) -> bool:
        # A later epoch of the same run waits: the background of this one is of use meanwhile.
        now = self._subject
        return self._is_open and now is not None and now.run is subject.run

    def _take_background(self, subject: Subject, background: Background | None) -> None:
        if background is not None:
            self._background = subject, background
            subject.run.plane = background.plane
            self._view.start_company(background)
            # What is shown stays until then.
            self._companies.wish(gently=False)
        self._backgrounds.finish()
        self._look()

    def _lack_background(self, why: str) -> None:
        self._view.say_no_company(f"There are no test rows to compare with: {why}")
        self._backgrounds.finish()

    @Slot()
    def _find(self) -> None:
        known, drawn = self._background, self._drawn
        if known is None or drawn is None or drawn[0].shape[1] != known[0].field.features:
            self._companies.finish()
            return
        self._quick.submit(
            _COMPANY,
            lambda: find_company(known[1], *drawn, COUNT),
            partial(self._show, known[1].reach),
            self._lack_company,
        )

    def _show(self, reach: float, company: Company) -> None:
        if self._drawn is not None:
            self._view.show_company(company, reach)
        self._companies.finish()

    def _lack_company(self, why: str) -> None:
        self._view.say_no_company(f"What stands beside the drawing could not be found: {why}")
        self._companies.finish()

    @Slot()
    def _forget_drawing(self) -> None:
        self._drawn = None
