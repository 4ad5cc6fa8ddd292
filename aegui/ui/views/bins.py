"""A histogram as a table."""

from aegui.records import Histogram
from aegui.ui.handing.export import Table


def bins_table(histogram: Histogram) -> Table:
    """Return the bins: where they begin and end, and how many rows are in each."""
    edges, counts = histogram.edges, histogram.counts
    rows = list(zip(edges[:-1].tolist(), edges[1:].tolist(), counts.tolist(), strict=True))
    return ("from", "to", "rows"), rows
