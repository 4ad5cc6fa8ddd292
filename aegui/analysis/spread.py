"""The spread over seeds, and whether two settings differ by more than that."""

import statistics
from collections.abc import Sequence


def mean_and_sd(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and the sample's standard deviation (n − 1), which is 0 for one value.

    Raises
    ------
    ValueError
        There are none.
    """
    return statistics.fmean(values), statistics.stdev(values) if len(values) > 1 else 0.0


def differ(a: Sequence[float], b: Sequence[float]) -> bool:
    """Tell whether two settings' values, one for each seed, show a difference.

    They do when their means are further apart than their standard deviations together: the bars
    mean ± sd do not overlap. Of one value no spread is known, so one shows nothing.

    Raises
    ------
    ValueError
        One of them is empty.
    """
    if not a or not b:
        raise ValueError("values of two settings are needed, and one has none")
    if len(a) == 1 or len(b) == 1:
        return False
    (mean_a, sd_a), (mean_b, sd_b) = mean_and_sd(a), mean_and_sd(b)
    return abs(mean_a - mean_b) > sd_a + sd_b
