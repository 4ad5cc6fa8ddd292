"""The model that comes with the program, with the rows that it is judged on."""

from aegui.data import DataError, Dataset, load_dataset
from aegui.places import resource
from aegui.runs import RunError, StoredRun, read_run


def read_pretrained() -> tuple[StoredRun, Dataset]:
    """Read run and data; takes a second, and is for a worker's thread.

    Raises
    ------
    RunError
        The run or its data cannot be had; the message says why.
    """
    run = read_run(resource("pretrained"))
    try:
        return run, load_dataset(run.card.experiment.dataset)
    except DataError as error:
        raise RunError(f"The pretrained model's data cannot be had: {error}") from error
