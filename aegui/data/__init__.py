"""A ``DatasetSpec`` made into arrays."""

from aegui.data.array_files import ArrayFileError, Arrays, read_npy, read_npz
from aegui.data.dataset import DataError, Dataset, Labels, RowStream, Scale
from aegui.data.load import load_dataset, load_test_rows, preview_rows

__all__ = [
    "ArrayFileError",
    "Arrays",
    "DataError",
    "Dataset",
    "Labels",
    "RowStream",
    "Scale",
    "load_dataset",
    "load_test_rows",
    "preview_rows",
    "read_npy",
    "read_npz",
]
