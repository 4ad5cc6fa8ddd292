"""The third panel: how long and in what steps to train."""

from typing import Any

from pydantic import TypeAdapter

from aegui.specs import EarlyStoppingSpec, PlateauSpec, TrainingSpec
from aegui.specs.base import MAX_SEED
from aegui.ui.forms import Form
from aegui.ui.panels.fields import FloatField, IntField
from aegui.ui.panels.optional_line import OptionalLine
from aegui.ui.panels.spec_panel import SpecPanel

_FIELD_WIDTH = 40


class TrainingPanel(SpecPanel[TrainingSpec]):
    """Edits a ``TrainingSpec``. What has no field stays as it was."""

    def __init__(self) -> None:
        super().__init__("Training", 3, "training", TypeAdapter(TrainingSpec))
        self._epochs = IntField(1, 100_000)
        self._batch = IntField(1, 1_000_000)
        self._seed = IntField(0, MAX_SEED)
        self._stop_after, self._reduce_after = IntField(1, 100_000), IntField(1, 100_000)
        self._factor = FloatField()
        self._stopping = OptionalLine("Early stop", (self._stop_after,))
        self._plateau = OptionalLine("Reduce on plateau", (self._reduce_after, "×", self._factor))
        self._form = Form(label_width=44)
        self._shuffle = True
        self._min_delta = 0.0

        self._lay_out()

        for number in (self._epochs, self._batch, self._seed, self._stop_after, self._reduce_after):
            number.valueChanged.connect(self._edited)
        for part in (self._stopping, self._plateau, self._factor):
            part.edited.connect(self._edited)

    def _lay_out(self) -> None:
        self._form.add_pair(
            ("training.epochs", "Epochs", self._epochs),
            ("training.batch_size", "Batch", self._batch),
        )
        self._form.add_pair(("training.seed", "Seed", self._seed), self._stopping)
        self._form.add_line(self._plateau)
        self._form.add_message("training.plateau.factor", self._factor)
        for field in (self._stop_after, self._reduce_after, self._factor):
            field.setFixedWidth(_FIELD_WIDTH)
        self._stop_after.setAccessibleName("Patience of early stopping")
        self._reduce_after.setAccessibleName("Patience on a plateau")
        self._factor.setAccessibleName("Factor on a plateau")
        self._stopping.setToolTip(
            "End the run when the validation loss has not improved for so many epochs, "
            "and keep the best weights"
        )
        self._plateau.setToolTip(
            "Multiply the learning rate when the validation loss has not improved "
            "for so many epochs"
        )
        self.body.addWidget(self._form)
        self.body.addWidget(self._rest)

    def _fill(self, value: TrainingSpec) -> None:
        self._epochs.setValue(value.epochs)
        self._batch.setValue(value.batch_size)
        self._seed.setValue(value.seed)
        self._shuffle = value.shuffle
        stopping, plateau = value.early_stopping, value.plateau
        self._stopping.set_on(stopping is not None)
        self._plateau.set_on(plateau is not None)
        stopping, plateau = stopping or EarlyStoppingSpec(), plateau or PlateauSpec()
        self._stop_after.setValue(stopping.patience)
        self._min_delta = stopping.min_delta
        self._reduce_after.setValue(plateau.patience)
        self._factor.show_number(plateau.factor)

    def _read(self) -> dict[str, Any]:
        stopping = {"patience": self._stop_after.value(), "min_delta": self._min_delta}
        plateau = {"patience": self._reduce_after.value(), "factor": self._factor.content()}
        return {
            "epochs": self._epochs.value(),
            "batch_size": self._batch.value(),
            "seed": self._seed.value(),
            "shuffle": self._shuffle,
            "early_stopping": stopping if self._stopping.is_on else None,
            "plateau": plateau if self._plateau.is_on else None,
        }

    def _answering(self) -> list[Form]:
        return [self._form]
