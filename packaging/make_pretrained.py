"""Make the pretrained model in resources/pretrained: the lesson ``mnist``, trained for longer.

    python packaging/make_pretrained.py

The folder is that of a run, so it holds the experiment with its seed and the figures it reached;
the same machine makes the same weights again.
"""

import shutil
import tempfile
from pathlib import Path

from aegui.control import RunState, TrainingControl
from aegui.data import Dataset
from aegui.records import EpochRecord, EpochSnapshot
from aegui.specs import find_lesson
from aegui.workflow import WorkflowObserver, run_experiment

EPOCHS = 24
TARGET = Path(__file__).resolve().parent.parent / "resources" / "pretrained"


class Printer(WorkflowObserver):
    """An observer that prints a line for each epoch."""

    def data_ready(self, dataset: Dataset) -> None:
        """Say how much there is to learn from."""
        print(f"{len(dataset.train)} rows to train, {len(dataset.test)} to test")

    def epoch_shown(self, record: EpochRecord, _snapshot: EpochSnapshot) -> None:
        """Print the epoch's validation loss and mean error."""
        print(f"epoch {record.epoch}: loss {record.val_loss:.4f}, error {record.error:.2f}")


def main() -> None:
    """Train, and put the run's folder in place of the old one."""
    lesson = find_lesson("mnist").experiment
    training = lesson.training.model_copy(update={"epochs": EPOCHS})
    experiment = lesson.model_copy(update={"training": training})
    with tempfile.TemporaryDirectory() as folder:
        result = run_experiment(experiment, TrainingControl(), Printer(), Path(folder))
        if result.state is not RunState.FINISHED or result.folder is None:
            raise SystemExit(f"the run did not finish: {result.failure}")
        # The program reads weights and figures; the Keras file would be carried for nothing.
        (result.folder / "model.keras").unlink()
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(result.folder, TARGET)
    print(f"written to {TARGET}")


if __name__ == "__main__":
    main()
