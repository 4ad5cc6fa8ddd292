"""Pieces of figures that the lessons on digits share."""

import numpy as np

from aegui.analysis.ranking import Order, pick_rows
from aegui.data import Dataset
from aegui.records import FloatArray, IndexArray, TrainedModel
from aegui.records.figures import Figure, Numbers, Panel, Tiles

CLASSES = range(10)


def labels_of(dataset: Dataset) -> np.ndarray:
    """Return the class of each test row; raises ``ValueError`` where there are none."""
    if dataset.test_labels is None:
        raise ValueError("a lesson on digits needs rows with labels")
    return dataset.test_labels


def shape_of(dataset: Dataset) -> tuple[int, int]:
    """Return height and width of the pictures; raises ``ValueError`` where rows are none."""
    if dataset.image_shape is None:
        raise ValueError("a lesson on digits needs pictures")
    return dataset.image_shape


def gallery(dataset: Dataset, **models: TrainedModel) -> Figure:
    """Return one digit of each class above what each model makes of it."""
    rows = dataset.test[dataset.showcase()]
    lines = [rows, *(model.reconstruct(rows) for model in models.values())]
    names = ("original", *(name.replace("_", " ") for name in models))
    tiles = Tiles(np.concatenate(lines), shape_of(dataset), len(rows), row_names=names)
    return Figure("gallery", "Gallery", (Panel("One digit of each class", (tiles,)),), columns=1)


def extremes(
    dataset: Dataset, model: TrainedModel, values: Numbers, title: str, order: Order, count: int
) -> Panel:
    """Return the digits with the largest or the smallest values above their reconstructions."""
    chosen = pick_rows(order, values, count)
    rows = dataset.test[chosen]
    rebuilt: FloatArray = model.reconstruct(rows)
    captions = tuple(f"{values[row]:.3g}" for row in chosen)
    tiles = Tiles(
        np.concatenate([rows, rebuilt]),
        shape_of(dataset),
        len(rows),
        captions=("",) * len(rows) + captions,
        row_names=("original", "reconstruction"),
    )
    return Panel(title, (tiles,))


def best_rows(values: Numbers, count: int = 10) -> IndexArray:
    """Return the numbers of the rows with the smallest values."""
    return pick_rows("best", values, count)
