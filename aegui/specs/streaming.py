"""How rows are taken that stay in their file while they are learned."""

from typing import Annotated

from pydantic import Field

from aegui.specs.base import Spec

MOST_STREAMED_ROWS = 10**12


class StreamSpec(Spec):
    """Rows of a file that are read again in each epoch, since they do not fit into memory.

    An epoch takes the file's blocks of ``block_rows`` rows one after the other, in another order
    each time, and holds ``window_rows`` training rows of them at once, which its steps take in an
    order of chance. ``test_rows`` of the file's rows are held back for testing.
    """

    block_rows: Annotated[int, Field(ge=1, le=2**31 - 1)]
    window_rows: Annotated[int, Field(ge=1, le=2**31 - 1)]
    test_rows: Annotated[int, Field(ge=1, le=2**31 - 1)]

    def held_rows(self, batch: int, train_rows: int) -> int:
        """Return how many training rows are in memory at once: whole batches, all if they fit."""
        batches = max(1, min(self.window_rows // batch, -(-train_rows // batch)))
        return batches * batch
