"""Whether runs of one setting differ from those of another by more than their seeds do."""

import statistics
from collections.abc import Sequence


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
    spread = statistics.stdev(a) + statistics.stdev(b)
    return abs(statistics.fmean(a) - statistics.fmean(b)) > spread
