"""A run on its way to the disk."""

import dataclasses
import logging
from collections.abc import Callable

from aegui.analysis.frames import FrameMaker
from aegui.control import Progress
from aegui.data import Dataset
from aegui.records import (
    ChunkEnd,
    EpochEnd,
    Failure,
    RunEvent,
    RunObserver,
    RunResult,
    TrainingObserver,
)
from aegui.runs import RunError, RunWriter
from aegui.specs import ExperimentSpec, FileSpec

logger = logging.getLogger(__name__)

_STILL_TRYING = "The run goes on, and aegui tries again every few seconds."
_KEPT_AGAIN = "The run is kept again, with all that was missing."


class Keeping(TrainingObserver):
    """Passes news on and writes epochs to disk; a full disk ends the keeping, not the run.

    It is told at once, and tried again every few seconds. The test rows of ``dataset`` are kept
    with the run where they come from a person's own file, which may go.
    """

    def __init__(
        self,
        observer: RunObserver,
        writer: RunWriter | None,
        frames: FrameMaker,
        dataset: Dataset | None = None,
    ) -> None:
        self._observer = observer
        self._writer = writer
        self._frames = frames
        self._dataset = dataset
        self._is_behind = False

    def progressed(self, progress: Progress) -> None:
        """Write the state if it is time to, and pass the news on."""
        self._keep(lambda writer: writer.keep_up())
        self._observer.progressed(progress)

    def paused(self, is_paused: bool) -> None:
        """Write what is missing before the run waits."""
        if is_paused:
            self._keep(lambda writer: writer.keep_up(at_once=True))
        self._observer.paused(is_paused)

    def resumed(self, end: EpochEnd) -> None:
        """Pass on what the views can show of the model that a run goes on with."""
        self._observer.resume_shown(self._frames.snapshot(end))

    def chunk_ended(self, end: ChunkEnd) -> None:
        """Pass a chunk on as views can show it."""
        self._observer.chunk_shown(self._frames.chunk(end))

    def epoch_ended(self, end: EpochEnd) -> None:
        """Write an epoch, then pass it on: what is shown is kept."""
        snapshot = self._frames.epoch(end)
        self._keep(lambda writer: writer.write_epoch(end, self._frames.frames))
        self._observer.epoch_shown(end.record, snapshot)

    def happened(self, event: RunEvent) -> None:
        """Write an event, then pass it on."""
        self._keep(lambda writer: writer.write_event(event))
        self._observer.happened(event)

    def finish(self, experiment: ExperimentSpec, result: RunResult) -> RunResult:
        """Write what is to be kept, and return the result with the folder or what went wrong.

        The end is written also where an epoch could not be: there may be room again.
        """
        if self._writer is None:
            return result
        if result.model is None:
            self._writer.discard()
            return result
        weights = result.model.weights
        from aegui.engine.inference import save_keras

        try:
            if self._dataset is not None and isinstance(experiment.dataset, FileSpec):
                self._writer.write_test_rows(self._dataset)
            self._writer.finish(result, lambda path: save_keras(experiment, weights, path))
        except RunError as error:
            return dataclasses.replace(result, failure=_not_kept(error, result.failure))
        return dataclasses.replace(result, folder=self._writer.folder)

    def close(self) -> None:
        """Let go of the run's folder."""
        if self._writer is not None:
            self._writer.close()

    def _keep(self, write: Callable[[RunWriter], None]) -> None:
        if self._writer is None:
            return
        was_behind, problem = self._is_behind, ""
        try:
            write(self._writer)
        except RunError as error:
            problem = str(error)
        self._is_behind = self._writer.is_behind
        # Told once: that it failed again is no news.
        if self._is_behind and not was_behind:
            self._tell(f"{problem} {_STILL_TRYING}")
        elif was_behind and not self._is_behind:
            self._tell(_KEPT_AGAIN)

    def _tell(self, sentence: str) -> None:
        logger.info("%s", sentence)
        self._observer.keeping_changed(sentence)


def _not_kept(error: RunError, before: Failure | None) -> Failure:
    """Return the failure of a run that cannot be kept, and failed before that perhaps."""
    kept = "The model is kept in memory until the next run."
    remedy = "What was written before can be continued from the list of runs."
    if before is None:
        return Failure(str(error), kept, remedy)
    return dataclasses.replace(
        before,
        what=f"{before.what} {error}",
        kept=kept,
        remedy=f"{before.remedy} {remedy}",
    )
