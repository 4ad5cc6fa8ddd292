"""What others ask of a run between its chunks, done and written down."""

from collections.abc import Iterator

import numpy as np

from aegui.control import TrainingControl
from aegui.engine.program import Program
from aegui.records import RunEvent


class Wishes:
    """Looks at what is wanted of a run; what the views followed when it began is no news."""

    def __init__(self, control: TrainingControl, program: Program) -> None:
        self._control, self._program = control, program
        self._speed = control.speed

    def heed(self, position: float) -> Iterator[RunEvent]:
        """Do what is wanted now, at a place on the axis of epochs; yield what has changed."""
        wanted, program = self._control.take_learning_rate(), self._program
        # The optimizer keeps it in 32 bits.
        if wanted is not None and np.float32(wanted) != np.float32(program.learning_rate):
            text = f"Learning rate {program.learning_rate:.3g} → {wanted:.3g}"
            program.learning_rate = wanted
            yield RunEvent(position, "learning_rate", text)
        speed = self._control.speed
        if speed is not self._speed:
            text = f"Views: {self._speed.value} → {speed.value}"
            self._speed = speed
            yield RunEvent(position, "speed", text)
