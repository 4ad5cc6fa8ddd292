"""Which test rows to look at."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from aegui.records import IndexArray

Order = Literal["first", "best", "worst", "random", "class"]


def pick_rows(
    order: Order,
    errors: ArrayLike,
    count: int,
    labels: ArrayLike | None = None,
    label: int | None = None,
    seed: int = 0,
) -> IndexArray:
    """Choose at most ``count`` row numbers.

    Parameters
    ----------
    order
        ``first``: the rows as they come; ``best``, ``worst``: by error, equal ones as they
        come, and an error that is not a number counts as the greatest; ``random``: without
        repetition, the same for the same seed; ``class``: the first rows labelled ``label``.
    errors
        Σ|x − x̂| of each row, (rows,).
    count
        How many to choose; all there are when there are fewer.
    labels, label
        The class of each row and the one wanted; for ``class`` only.
    seed
        For ``random`` only.

    Raises
    ------
    ValueError
        When ``order`` is ``class`` and ``labels`` or ``label`` is missing.
    """
    values = np.nan_to_num(np.asarray(errors, dtype=np.float64), nan=np.inf, posinf=np.inf)
    if order == "best":
        rows = np.argsort(values, kind="stable")
    elif order == "worst":
        rows = np.argsort(-values, kind="stable")
    elif order == "random":
        rows = np.random.default_rng(seed).permutation(len(values))
    elif order == "class":
        if labels is None or label is None:
            raise ValueError("choosing rows by class takes labels and the label wanted")
        rows = np.flatnonzero(np.asarray(labels) == label)
    else:
        rows = np.arange(len(values))
    return rows[: max(count, 0)].astype(np.intp)
