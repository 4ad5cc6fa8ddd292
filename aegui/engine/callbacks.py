"""Keras' own callbacks in a run, with counters that survive a stop."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.engine.backend import keras
from aegui.records import EpochRecord, RunEvent, TrainingState
from aegui.specs import TrainingSpec

_COUNTERS = {
    "early_stopping": ("wait", "best", "best_epoch", "stopped_epoch"),
    "plateau": ("wait", "best", "cooldown_counter"),
}
_WHOLE = {"wait", "best_epoch", "stopped_epoch", "cooldown_counter"}
_BEST = "best_"


class Callbacks:
    """Early stopping and learning rate on plateau, as the training asks for them.

    ``on_train_begin`` resets Keras' counters, so it is called once for a run; a run that goes on
    gets the counters that it had.
    """

    def __init__(
        self, training: TrainingSpec, model: keras.Model, state: TrainingState | None
    ) -> None:
        self._model = model
        self._all: dict[str, Any] = {}
        if training.early_stopping is not None:
            early = training.early_stopping
            self._all["early_stopping"] = keras.callbacks.EarlyStopping(
                patience=early.patience, min_delta=early.min_delta, restore_best_weights=True
            )
        if training.plateau is not None:
            plateau = training.plateau
            self._all["plateau"] = keras.callbacks.ReduceLROnPlateau(
                patience=plateau.patience, factor=plateau.factor
            )
        model.stop_training = False
        self._list = keras.callbacks.CallbackList(list(self._all.values()), model=model)
        self._list.on_train_begin()
        if state is not None:
            self._restore(state)

    @property
    def wants_stop(self) -> bool:
        """Whether early stopping has seen enough."""
        return bool(self._model.stop_training)

    def end_epoch(self, record: EpochRecord) -> Iterator[RunEvent]:
        """Show the callbacks a whole epoch; yield what they did."""
        before = float(self._model.optimizer.learning_rate)
        # Keras counts epochs from 0.
        logs = {"loss": record.loss, "val_loss": record.val_loss}
        self._list.on_epoch_end(record.epoch - 1, logs)
        after = float(self._model.optimizer.learning_rate)
        if after != before:
            text = f"No progress: learning rate reduced from {before:.3g} to {after:.3g}"
            yield RunEvent(record.position, "plateau", text)
        if self.wants_stop:
            waited = self._all["early_stopping"].patience
            epochs = f"{waited} epoch{'s' * (waited != 1)}"
            text = f"No better validation loss for {epochs}: stopped early"
            yield RunEvent(record.position, "early_stop", text)

    def restore_best(self, position: float) -> RunEvent | None:
        """At the run's end, at ``position``, put the best epoch's weights back.

        Returns that event; None where there is no best epoch, or the run ended with it.
        """
        early = self._all.get("early_stopping")
        if early is None or early.best_weights is None:
            return None
        epoch = early.best_epoch + 1
        if epoch == position:
            return None
        self._list.on_train_end()
        return RunEvent(epoch, "restored", f"The weights of epoch {epoch}, the best, were kept")

    def counters(self) -> dict[str, dict[str, float | None]]:
        """Return the counters by callback."""
        return {
            name: {counter: _plain(getattr(callback, counter)) for counter in _COUNTERS[name]}
            for name, callback in self._all.items()
        }

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the best weights, where there are any."""
        early = self._all.get("early_stopping")
        best = early.best_weights if early is not None else None
        return {f"{_BEST}{place:03}": np.array(array) for place, array in enumerate(best or ())}

    def _restore(self, state: TrainingState) -> None:
        for name, counters in state.callbacks.items():
            callback = self._all.get(name)
            if callback is not None:
                _set_counters(callback, counters)
        early = self._all.get("early_stopping")
        best = sorted(name for name in state.arrays if name.startswith(_BEST))
        if early is not None and best:
            early.best_weights = [state.arrays[name] for name in best]
        if early is not None and early.stopped_epoch:
            # It is continued because somebody wants to see more: its patience begins anew.
            early.stopped_epoch = early.wait = 0


def _set_counters(callback: Any, counters: Mapping[str, float | None]) -> None:
    for counter, value in counters.items():
        is_whole = counter in _WHOLE and value is not None
        setattr(callback, counter, int(value) if is_whole and value is not None else value)


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)
