"""How a test row is called."""

from aegui.data import Dataset
from aegui.records import FloatArray


def describe_row(dataset: Dataset, row: int, errors: FloatArray | None = None) -> str:
    """Return words for a test row: ``digit 7 · test row 12 · error 23.4``."""
    labels = dataset.test_labels
    what = [] if labels is None else [f"{dataset.noun} {labels[row]}"]
    error = [] if errors is None else [f"error {errors[row]:.1f}"]
    return " · ".join([*what, f"test row {row}", *error])
