"""All that the Errors tab shows of a model's errors, worked out at once."""

from dataclasses import dataclass

from aegui.analysis.class_errors import ErrorBox, classes_of, error_boxes, typical_rows
from aegui.analysis.error_ranks import RankedErrors, rank_errors
from aegui.analysis.histogram import error_histogram
from aegui.data import Dataset
from aegui.records import FloatArray, Histogram, IndexArray


@dataclass(frozen=True, eq=False)
class ErrorReport:
    """The errors of all test rows in their order, counted, and class by class.

    ``boxes`` has one for each class, or a single one without a label; ``most_typical`` and
    ``least_typical`` are row numbers.
    """

    ranked: RankedErrors
    histogram: Histogram
    boxes: tuple[ErrorBox, ...]
    most_typical: IndexArray
    least_typical: IndexArray


def report_errors(row_errors: FloatArray, dataset: Dataset) -> ErrorReport:
    """Return what is to be known of Σ|x − x̂| of each test row, (rows,).

    A class of the training rows that has no test row has a box without rows.
    """
    ranked = rank_errors(row_errors)
    labels = dataset.test_labels
    classes = () if labels is None else classes_of(labels, dataset.train_labels)
    most, least = typical_rows(ranked, labels, classes)
    boxes = error_boxes(ranked, labels, classes)
    return ErrorReport(ranked, error_histogram(row_errors), boxes, most, least)
