"""How a test row is called."""

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.views.text import error_text, grouped


def number_of(row: int) -> str:
    """Return what stands for a test row everywhere: its number, counted from 0 as in files."""
    return grouped(row)


def describe_row(dataset: Dataset, row: int, errors: FloatArray | None = None) -> str:
    """Return words for a test row: ``digit 7 · test row 12 · error 23.4``."""
    labels = dataset.test_labels
    what = [] if labels is None else [f"{dataset.noun} {labels[row]}"]
    error = [] if errors is None else [f"error {error_text(float(errors[row]), errors)}"]
    return " · ".join([*what, f"test row {number_of(row)}", *error])
