"""The third panel: how long and in what steps to train."""

from typing import Any

from pydantic import TypeAdapter

from aegui.specs import TrainingSpec
from aegui.specs.base import MAX_SEED
from aegui.ui.forms import Form
from aegui.ui.panels.fields import IntField
from aegui.ui.panels.spec_panel import SpecPanel


class TrainingPanel(SpecPanel[TrainingSpec]):
    """Edits a ``TrainingSpec``."""

    def __init__(self) -> None:
        super().__init__("Training", 3, "training", TypeAdapter(TrainingSpec))
        self._epochs = IntField(1, 100_000)
        self._batch = IntField(1, 1_000_000)
        self._seed = IntField(0, MAX_SEED)
        self._form = Form(label_width=44)
        self._shuffle = True

        self._form.add_pair(
            ("training.epochs", "Epochs", self._epochs),
            ("training.batch_size", "Batch", self._batch),
        )
        self._form.add_pair(("training.seed", "Seed", self._seed))
        self.body.addWidget(self._form)
        self.body.addWidget(self._rest)

        for field in (self._epochs, self._batch, self._seed):
            field.valueChanged.connect(self._edited)

    def _fill(self, value: TrainingSpec) -> None:
        self._epochs.setValue(value.epochs)
        self._batch.setValue(value.batch_size)
        self._seed.setValue(value.seed)
        self._shuffle = value.shuffle

    def _read(self) -> dict[str, Any]:
        return {
            "epochs": self._epochs.value(),
            "batch_size": self._batch.value(),
            "seed": self._seed.value(),
            "shuffle": self._shuffle,
        }

    def _forms(self) -> list[Form]:
        return [self._form]
