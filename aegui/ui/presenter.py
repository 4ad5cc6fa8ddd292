"""One result on all views: a run as it learns, a run from the disk, the pretrained model."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from aegui.data import Dataset
from aegui.records import (
    EpochSnapshot,
    FloatArray,
    History,
    IndexArray,
    RunResult,
    RunState,
    TrainedModel,
)
from aegui.runs import StoredRun
from aegui.specs import ExperimentSpec
from aegui.ui.views.draw_view import DrawView
from aegui.ui.views.gallery_view import GalleryView
from aegui.ui.views.train_view import TrainView
from aegui.ui.workers.inference import DRAW, Answer, InferenceThread
from aegui.ui.workers.stored_model import StoredModel

_STRIP, _GALLERY = "strip", "gallery"
_DRAWABLE = (28, 28)
_LOSS_NAMES = {
    "binary_crossentropy": "Binary cross-entropy",
    "mean_squared_error": "Mean squared error",
    "mean_absolute_error": "Mean absolute error",
}
_LOADING = "TensorFlow is loading; your reconstruction appears in a moment."


class Presenter(QObject):
    """Tells the views what to show and asks models on their behalf."""

    failed = Signal(str)

    def __init__(
        self, train: TrainView, gallery: GalleryView, draw: DrawView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._train, self._gallery, self._draw = train, gallery, draw
        self._inference = InferenceThread(self)
        self._dataset: Dataset | None = None
        self._model: TrainedModel | None = None
        self._pretrained: tuple[str, StoredModel] | None = None
        self._drawing_model: TrainedModel | None = None
        self._epochs = 0

        gallery.rows_requested.connect(self._ask_gallery)
        draw.reconstruction_requested.connect(self._ask_drawing)
        draw.pretrained_requested.connect(self.use_pretrained)
        self._inference.answered.connect(self._take_answer)
        self._inference.failed.connect(self._take_failure)
        self._inference.start()

    def close(self) -> None:
        """End the inference thread."""
        self._inference.close()

    def show_loading(self, is_loading: bool) -> None:
        """Say in the Draw tab that the engine is not there yet."""
        self._draw.set_waiting(_LOADING if is_loading else "")

    def start_run(self, experiment: ExperimentSpec, dataset: Dataset) -> None:
        """Begin a new run on all views."""
        self._dataset, self._model = dataset, None
        self._epochs = experiment.training.epochs
        loss_name = _LOSS_NAMES[experiment.architecture.loss]
        self._train.start(experiment.title, loss_name, self._epochs, dataset)
        self._gallery.start(dataset)

    @Slot(History, EpochSnapshot)
    def show_epoch(self, history: History, snapshot: EpochSnapshot) -> None:
        """Show an epoch of the run under way."""
        self._model = snapshot.model
        self._train.show_epoch(history, snapshot)
        self._gallery.show_errors(snapshot.row_errors)
        if self._is_drawable:
            self._draw_with(snapshot.model, f"Your model, epoch {snapshot.epoch} of {self._epochs}")

    @Slot(RunResult)
    def end_run(self, result: RunResult) -> None:
        """Show the model that a run leaves."""
        if result.model is None or result.row_errors is None:
            return
        if result.state is not RunState.FINISHED:
            self._show_last(result.history, result.row_errors, result.model)
        if self._is_drawable:
            epochs = result.history.epochs
            self._draw_with(result.model, f"Your model, {epochs} epoch{'s' * (epochs != 1)}")

    def open_run(self, run: StoredRun, dataset: Dataset, name: str) -> None:
        """Show a run from the disk."""
        self.start_run(run.card.experiment, dataset)
        model = StoredModel(run)
        self._show_last(run.card.history, run.row_errors, model)
        if self._is_drawable:
            self._draw_with(model, name)

    def set_pretrained(self, run: StoredRun) -> None:
        """Take the model to draw with until there is one of the person's own."""
        name = f"Pretrained model: {run.card.experiment.title}"
        self._pretrained = (name, StoredModel(run))
        if self._drawing_model is None:
            self.use_pretrained()

    @Slot()
    def use_pretrained(self) -> None:
        """Draw with the pretrained model."""
        if self._pretrained is None:
            self._draw.set_model(None)
            return
        name, model = self._pretrained
        self._draw_with(model, name)

    @property
    def _is_drawable(self) -> bool:
        return self._dataset is not None and self._dataset.image_shape == _DRAWABLE

    def _show_last(self, history: History, row_errors: FloatArray, model: TrainedModel) -> None:
        self._model = model
        self._train.show_result(history, row_errors)
        self._gallery.show_errors(row_errors)
        if self._dataset is not None:
            strip = self._dataset.test[self._dataset.showcase()]
            self._inference.ask(_STRIP, model, strip, ticket=self._dataset)

    def _draw_with(self, model: TrainedModel, name: str) -> None:
        self._drawing_model = model
        self._draw.set_model(name)

    @Slot(object)
    def _ask_gallery(self, indices: IndexArray) -> None:
        if self._dataset is not None and self._model is not None:
            self._inference.ask(_GALLERY, self._model, self._dataset.test[indices], ticket=indices)

    @Slot(object)
    def _ask_drawing(self, row: FloatArray) -> None:
        if self._drawing_model is not None:
            self._inference.ask(DRAW, self._drawing_model, row)

    @Slot(Answer)
    def _take_answer(self, answer: Answer) -> None:
        if answer.channel == DRAW:
            self._draw.show_reconstruction(answer.reconstructions, of=answer.rows)
        elif answer.channel == _GALLERY and isinstance(answer.ticket, np.ndarray):
            self._gallery.show_reconstructions(answer.ticket, answer.reconstructions)
        elif answer.channel == _STRIP and answer.ticket is self._dataset:
            self._train.show_strip(answer.reconstructions)

    @Slot(str, str)
    def _take_failure(self, _channel: str, sentence: str) -> None:
        self.failed.emit(sentence)
