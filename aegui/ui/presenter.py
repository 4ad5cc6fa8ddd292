"""One result on all views: a run as it learns, a run from the disk, the pretrained model."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from aegui.analysis.frames import strip_inputs
from aegui.data import Dataset
from aegui.records import (
    ChunkSnapshot,
    Continuation,
    EpochFrame,
    EpochSnapshot,
    FloatArray,
    History,
    IndexArray,
    RunResult,
    TrainedModel,
)
from aegui.runs import StoredRun
from aegui.specs import ExperimentSpec
from aegui.specs.words import LOSSES
from aegui.ui.shown import RunInView, Shown
from aegui.ui.views.gallery.gallery_view import GalleryView
from aegui.ui.views.train.train_view import TrainView
from aegui.ui.workers.inference import Answer, InferenceThread, Unanswered
from aegui.ui.workers.stored_model import StoredModel

_GALLERY, _DREAMS = "gallery", "dreams"


@dataclass(frozen=True, eq=False)
class _Ticket:
    """Of which run's model something was asked, and about which test rows; None for dreams."""

    run: RunInView
    indices: IndexArray | None = None


class Presenter(QObject):
    """Tells the views what to show and asks models on their behalf.

    ``began`` tells that another run takes the views, ``shown`` each model that is shown of it.
    """

    began = Signal(ExperimentSpec, Dataset)
    shown = Signal(Shown)
    ended_without_model = Signal()
    """The run is over before there was anything to show of it."""
    failed = Signal(str)

    def __init__(self, train: TrainView, gallery: GalleryView, parent: QObject) -> None:
        super().__init__(parent)
        self._train, self._gallery = train, gallery
        self._inference = InferenceThread(self)
        self._experiment: ExperimentSpec | None = None
        self._dataset: Dataset | None = None
        self._model: TrainedModel | None = None
        self._newest: EpochSnapshot | None = None
        self._run = RunInView()

        gallery.rows_requested.connect(self._ask_gallery)
        gallery.dreams_requested.connect(self._ask_dreams)
        self._inference.answered.connect(self._take_answer)
        self._inference.failed.connect(self._take_failure)
        self._inference.start()

    def close(self) -> None:
        """End the inference thread."""
        self._inference.close()

    def start_run(
        self, experiment: ExperimentSpec, dataset: Dataset, continuation: Continuation | None
    ) -> None:
        """Begin a run on all views, or go on with an earlier one."""
        self._begin(experiment, dataset)
        if continuation is not None:
            self._train.show_run(continuation.state.history.whole_epochs(), continuation.frames)

    @Slot(ChunkSnapshot)
    def show_chunk(self, snapshot: ChunkSnapshot) -> None:
        """Show the inside of an epoch of the run under way."""
        self._model = snapshot.model
        self._train.show_chunk(snapshot)

    @Slot(EpochSnapshot)
    def show_resumed(self, snapshot: EpochSnapshot) -> None:
        """Show the model that a run goes on with; its curves and pictures are there already."""
        self._show_live(snapshot)

    @Slot(History, EpochSnapshot)
    def show_epoch(self, history: History, snapshot: EpochSnapshot) -> None:
        """Show an epoch of the run under way."""
        self._train.show_epoch(history, snapshot.frame)
        self._show_live(snapshot)

    @Slot(History)
    def show_history(self, history: History) -> None:
        """Show that something happened to the run under way."""
        self._train.show_history(history)

    @Slot(RunResult)
    def end_run(self, result: RunResult) -> None:
        """Show the model that a run leaves: the last epoch's, the best, or one inside an epoch.

        Of a run that broke off it is that of the last epoch that was shown.
        """
        newest, self._newest = self._newest, None
        if result.model is None or result.row_errors is None:
            if newest is not None:
                name = f"Your model, epoch {newest.epoch}, before the run broke off"
                self._show_snapshot(newest, name, is_live=False)
            else:
                self.ended_without_model.emit()
            return
        name = f"Your model, {_epochs_in_words(result.history)}"
        self._show_result(result.history, result.frames, result.model, result.row_errors, name)

    def open_run(self, run: StoredRun, dataset: Dataset, name: str) -> None:
        """Show a run from the disk."""
        self._begin(run.card.experiment, dataset)
        model = StoredModel(run)
        self._show_result(run.card.history, run.frames, model, run.row_errors, name)

    @property
    def dataset(self) -> Dataset | None:
        """The rows of what is shown."""
        return self._dataset

    def _begin(self, experiment: ExperimentSpec, dataset: Dataset) -> None:
        self._experiment, self._dataset, self._model = experiment, dataset, None
        self._newest = None
        self._run = RunInView()
        architecture = experiment.architecture
        inputs = None if architecture.corruption is None else strip_inputs(experiment, dataset)
        self._train.start(
            experiment.title,
            LOSSES[architecture.loss],
            experiment.training.epochs,
            dataset,
            inputs,
        )
        self._gallery.start(dataset)
        self._gallery.set_dreams_available(architecture.is_variational)
        self.began.emit(experiment, dataset)

    def _show_live(self, snapshot: EpochSnapshot) -> None:
        self._newest = snapshot
        epochs = 0 if self._experiment is None else self._experiment.training.epochs
        name = f"Your model, epoch {snapshot.epoch} of {epochs}"
        self._show_snapshot(snapshot, name, is_live=True)

    def _show_snapshot(self, snapshot: EpochSnapshot, name: str, *, is_live: bool) -> None:
        self._model = snapshot.model
        self._gallery.show_errors(snapshot.row_errors)
        self._tell(snapshot.model, snapshot.row_errors, snapshot.epoch, name, is_live=is_live)

    def _show_result(
        self,
        history: History,
        frames: tuple[EpochFrame, ...],
        model: TrainedModel,
        row_errors: FloatArray,
        name: str,
    ) -> None:
        self._model = model
        self._train.show_run(history, frames)
        self._gallery.show_errors(row_errors)
        self._tell(model, row_errors, history.kept.epoch, name, is_live=False)

    def _tell(
        self, model: TrainedModel, row_errors: FloatArray, epoch: int, name: str, *, is_live: bool
    ) -> None:
        experiment, dataset = self._experiment, self._dataset
        if experiment is not None and dataset is not None:
            self.shown.emit(
                Shown(experiment, dataset, model, row_errors, epoch, is_live, name, self._run)
            )

    @Slot(object)
    def _ask_gallery(self, indices: IndexArray) -> None:
        if self._dataset is not None and self._model is not None:
            ticket = _Ticket(self._run, indices)
            self._inference.ask(_GALLERY, self._model, self._dataset.test[indices], ticket)

    @Slot(int, int)
    def _ask_dreams(self, count: int, seed: int) -> None:
        if self._model is not None and self._experiment is not None:
            width = self._experiment.architecture.code.width
            # The same seed at each epoch: the same dreams, told better.
            random = np.random.default_rng(seed)
            codes = random.standard_normal((count, width), dtype=np.float32)
            self._inference.ask_decode(_DREAMS, self._model, codes, _Ticket(self._run))

    @Slot(Answer)
    def _take_answer(self, answer: Answer) -> None:
        ticket = answer.ticket
        if not isinstance(ticket, _Ticket) or not self._is_in_view(ticket):
            return
        if ticket.indices is None:
            self._gallery.show_dreams(answer.reconstructions)
        else:
            self._gallery.show_reconstructions(ticket.indices, answer.reconstructions)

    @Slot(Unanswered)
    def _take_failure(self, unanswered: Unanswered) -> None:
        if self._is_in_view(unanswered.ticket):
            self.failed.emit(unanswered.sentence)

    def _is_in_view(self, ticket: object) -> bool:
        """Tell whether a ticket is of the run in view, not of an earlier one."""
        return isinstance(ticket, _Ticket) and ticket.run is self._run


def _epochs_in_words(history: History) -> str:
    if history.best is not None:
        return f"epoch {history.best.epoch} of {history.epochs}, the best"
    return f"{history.epochs} epoch{'s' * (history.epochs != 1)}"
