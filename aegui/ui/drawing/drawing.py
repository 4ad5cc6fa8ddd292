"""Which model the Draw tab draws with, and what it makes of each drawing."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.runs import StoredRun
from aegui.specs import ExperimentSpec
from aegui.ui.drawing.draw_company import DrawCompany, Subject
from aegui.ui.presenter import Presenter
from aegui.ui.shown import RunInView, Shown
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.row_drag import HeldRow
from aegui.ui.views.row_field import DIGITS, RowField
from aegui.ui.workers.inference import DRAW, Answer, InferenceThread, Unanswered
from aegui.ui.workers.stored_model import StoredModel

_WARM_UP, _SHEET = "warm-up", "sheet"
_LOADING = "TensorFlow is loading; your reconstruction appears in a moment."


class Drawing(QObject):
    """Asks the models for the Draw tab; the reconstruction goes first, its company follows.

    The pretrained model draws until there is one of the person's own. A model of rows of numbers
    takes curves, and one of pictures pictures of its size; the person may go on with digits then.
    """

    failed = Signal(str)

    def __init__(self, view: DrawView, presenter: Presenter, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._pretrained: Subject | None = None
        self._own: Subject | None = None
        self._subject: Subject | None = None
        # Whether a person who trains on other rows would rather draw digits.
        self._prefers_digits = False
        self._is_loading = False
        self._company = DrawCompany(view, self)
        self._inference = InferenceThread(self)

        presenter.began.connect(self._begin)
        presenter.shown.connect(self._take)
        view.reconstruction_requested.connect(self._ask_drawing)
        view.sheet_requested.connect(self._ask_sheet)
        view.pretrained_requested.connect(self.use_pretrained)
        view.own_requested.connect(self._use_own)
        self._inference.answered.connect(self._take_answer)
        self._inference.failed.connect(self._take_failure)
        self._inference.start()

    def close(self) -> None:
        """Give up what is under way and end the threads."""
        self._inference.close()
        self._company.close()

    def show_loading(self, is_loading: bool) -> None:
        """Say that the engine is not there yet, where the model at work needs it."""
        self._is_loading = is_loading
        self._show_waiting()

    def set_pretrained(self, run: StoredRun) -> None:
        """Take the model to draw with until there is one of the person's own."""
        experiment = run.card.experiment
        name = f"Pretrained model: {experiment.title}"
        model = StoredModel(run)
        self._pretrained = Subject(
            RunInView(), name, model, DIGITS, run.row_errors, experiment.dataset
        )
        # The first call builds and traces the function; the first stroke need not wait for it.
        nothing = np.zeros((1, experiment.dataset.features), np.float32)
        self._inference.ask(_WARM_UP, model, nothing)
        if self._subject is None:
            self._draw_for(self._pretrained)
        else:
            self._offer_other()

    @Slot()
    def use_pretrained(self) -> None:
        """Draw digits with the pretrained model, as the person would rather do."""
        if self._pretrained is not None:
            self._prefers_digits = True
            self._draw_for(self._pretrained)
        elif self._subject is None:
            self._view.set_model(None)

    @Slot(HeldRow)
    def take_row(self, held: HeldRow) -> None:
        """Put a row of another tab onto the canvas that takes it."""
        subject, own = self._subject, self._own
        if subject is None or held.image_shape != subject.field.image_shape:
            if own is not None and held.image_shape == own.field.image_shape:
                self._use_own()
            elif held.image_shape == DIGITS.image_shape:
                self.use_pretrained()
        self._view.take_row(held)

    @Slot()
    def _use_own(self) -> None:
        self._prefers_digits = False
        if self._own is not None:
            self._draw_for(self._own)

    @Slot(ExperimentSpec, Dataset)
    def _begin(self, _experiment: ExperimentSpec, _dataset: Dataset) -> None:
        self._prefers_digits = False
        self._view.say_why_not("")

    @Slot(Shown)
    def _take(self, shown: Shown) -> None:
        """Draw with the model that is shown, if its rows can be drawn."""
        data = shown.dataset
        spec = shown.experiment.dataset
        field = RowField.of(data, spec)
        self._view.say_why_not(field.why_not)
        if not field.is_drawable:
            return
        self._own = Subject(
            shown.run, shown.name, shown.model, field, shown.row_errors, spec, data, shown.is_live
        )
        if self._prefers_digits and not field.takes_digits:
            self._offer_other()
        else:
            self._draw_for(self._own)

    def _draw_for(self, subject: Subject) -> None:
        self._subject = subject
        self._view.set_model(subject.name, subject.field)
        self._company.take_subject(subject)
        self._offer_other()
        self._show_waiting()

    def _show_waiting(self) -> None:
        model = None if self._subject is None else self._subject.model
        is_waiting = self._is_loading and isinstance(model, StoredModel) and model.needs_engine
        self._view.set_waiting(_LOADING if is_waiting else "")

    def _offer_other(self) -> None:
        subject, own = self._subject, self._own
        takes_digits = subject is None or subject.field.takes_digits
        if not takes_digits and self._pretrained is not None:
            self._view.offer_other("Draw a digit instead")
        elif own is not None and not own.field.takes_digits and subject is not own:
            self._view.offer_other(f"Draw a {own.field.noun} instead")
        else:
            self._view.offer_other("")

    @Slot(object)
    def _ask_drawing(self, row: FloatArray) -> None:
        if self._subject is not None:
            self._inference.ask(DRAW, self._subject.model, row, self._subject.run)

    @Slot(object)
    def _ask_sheet(self, rows: FloatArray) -> None:
        if self._subject is not None:
            self._inference.ask(_SHEET, self._subject.model, rows, self._subject.run)

    @Slot(Answer)
    def _take_answer(self, answer: Answer) -> None:
        # What a model of another run said is late; the drawing was asked about again.
        if self._subject is None or answer.ticket is not self._subject.run:
            return
        if answer.channel == DRAW:
            self._view.show_reconstruction(answer.reconstructions, of=answer.rows)
            self._company.take_drawing(answer.rows, answer.reconstructions)
        elif answer.channel == _SHEET:
            self._view.sheet.show_reconstructions(answer.rows, answer.reconstructions)

    @Slot(Unanswered)
    def _take_failure(self, unanswered: Unanswered) -> None:
        is_of_other = self._subject is None or unanswered.ticket is not self._subject.run
        if unanswered.channel == _WARM_UP or not is_of_other:
            self.failed.emit(unanswered.sentence)
