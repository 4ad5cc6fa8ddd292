"""A ``DatasetSpec`` made into arrays."""

from aegui.data.dataset import DataError, Dataset, Labels
from aegui.data.load import load_dataset, preview_rows

__all__ = ["DataError", "Dataset", "Labels", "load_dataset", "preview_rows"]
