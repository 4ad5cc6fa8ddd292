"""How a test row and its class are called."""

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.sentences import capitalised
from aegui.ui.views.text import error_text, grouped


def name_of(dataset: Dataset, row: int) -> str:
    """Return what stands for a test row everywhere: its own name, or its number in groups."""
    name, number = dataset.row_name(row), dataset.row_number(row)
    return grouped(number) if name == str(number) else name


def row_title(dataset: Dataset, row: int) -> str:
    """Return words for a row alone: ``Test digit 12``, or ``Row 12`` where a file counts rows."""
    place = f"{dataset.noun} {name_of(dataset, row)}"
    return f"Test {place}" if dataset.test_numbers is None else capitalised(place)


def class_words(dataset: Dataset, label: int) -> str:
    """Return words for a class: ``digit 7``, ``class setosa``."""
    return f"{dataset.class_noun} {dataset.class_name(label)}"


def describe_row(dataset: Dataset, row: int, errors: FloatArray | None = None) -> str:
    """Return words for a test row: ``digit 7 · test row 12 · error 23.4``.

    Of a file's rows these are ``class setosa · row 12``, by the file's own count.
    """
    labels = dataset.test_labels
    what = [] if labels is None else [class_words(dataset, int(labels[row]))]
    kind = "test row" if dataset.test_numbers is None else "row"
    error = [] if errors is None else [f"error {error_text(float(errors[row]), errors)}"]
    return " · ".join([*what, f"{kind} {name_of(dataset, row)}", *error])
