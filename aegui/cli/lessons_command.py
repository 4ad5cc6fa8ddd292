"""``aegui lessons``."""

from rich.console import Console
from rich.table import Table

from aegui.specs import LESSONS


def lessons() -> None:
    """List the named experiments."""
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "experiment", "layers", "what to see"):
        table.add_column(heading, overflow="fold")
    for lesson in LESSONS:
        experiment = lesson.experiment
        table.add_row(lesson.name, experiment.title, experiment.shape, lesson.summary)
    Console(highlight=False).print(table)
