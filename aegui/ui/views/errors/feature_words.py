"""The errors of a feature in words and as a table, in the units of its file too."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.analysis.feature_errors import FeatureErrors
from aegui.data import Dataset
from aegui.ui.handing.export import Table
from aegui.ui.views.readout import feature_name, has_readout

SIZE, BIAS = "mean |x − x̂|", "mean x̂ − x"


def feature_words(errors: FeatureErrors, dataset: Dataset, place: int) -> str:
    """Return words for a file's column, by its place from 0: its error, and which way it goes.

    Where values were scaled, the scaled error stands behind that in the file's units.
    """
    size, bias = float(errors.size[place]), float(errors.bias[place])
    factor = float(_factors(dataset)[place])
    name = feature_name(dataset, place)
    told = f"{name}: {SIZE} {size * factor:.4g}, {BIAS} {bias * factor:+.4g}"
    return told if factor == 1.0 else f"{told} · scaled {size:.4f}, {bias:+.4f}"


def feature_table(errors: FeatureErrors | None, dataset: Dataset | None) -> Table:
    """Return a line for each feature; a file's columns have their names and units beside it."""
    if errors is None or dataset is None:
        return ("feature", "error", "bias"), ()
    columns: dict[str, list[Any]] = {"feature": list(range(1, len(errors.size) + 1))}
    if dataset.columns:
        columns["name"] = list(dataset.columns)
    columns["error"], columns["bias"] = errors.size.tolist(), errors.bias.tolist()
    if has_readout(dataset):
        factors = _factors(dataset)
        columns["error in units"] = (errors.size * factors).tolist()
        columns["bias in units"] = (errors.bias * factors).tolist()
    return tuple(columns), list(zip(*columns.values(), strict=True))


def _factors(dataset: Dataset) -> NDArray[np.float64]:
    """Return by how much a scaled feature is multiplied, (features,), to have its file's units."""
    factor = np.ones(1) if dataset.scale is None else dataset.scale.factor
    return np.broadcast_to(factor, (dataset.features,))
