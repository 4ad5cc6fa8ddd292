"""A file whose rows stay in it: what one reading of them told."""

from dataclasses import dataclass

from aegui.data.files.contents import Contents
from aegui.data.files.facts import Facts, Gathering
from aegui.data.files.sources import Source, parts
from aegui.data.files.watch import Watch

_HEAD_ROWS = 20


@dataclass(frozen=True, eq=False)
class Streamed:
    """Rows that stay in their file: the first of them, and what all of them hold."""

    source: Source
    head: Contents
    facts: Facts

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.source.rows


def read_streamed(source: Source, watch: Watch) -> Streamed:
    """Read a file once from end to end, and keep of it what is to be known of all rows.

    Raises
    ------
    DataError
        It cannot be read.
    ReadingStoppedError
        The reading was called off.
    """
    gathering = Gathering()
    for start, stop in parts(source):
        watch.step("Looking at all rows", start / source.rows)
        gathering.add(source.read(start, stop))
    head = source.read(0, min(_HEAD_ROWS, source.rows))
    return Streamed(source, head, gathering.whole())
