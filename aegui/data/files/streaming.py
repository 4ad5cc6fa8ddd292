"""Rows that stay in their file: split, and scaled by what one reading of them tells."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from aegui.data.dataset import DataError
from aegui.data.files.blocks import Blocks, drawn, used_rows
from aegui.data.files.choices import Choices
from aegui.data.files.digest import Stamp, stamp
from aegui.data.files.gathered import gather
from aegui.data.files.gathered_fit import fit_gathered
from aegui.data.files.preparing import (
    Prepared,
    require_difference,
    require_features,
    require_rows,
    require_share,
)
from aegui.data.files.scaling import scaled_rows
from aegui.data.files.selecting import select, without_values
from aegui.data.files.streamed import Streamed
from aegui.data.files.wanted import Wanted, block_rows, layout_of, wanted_of
from aegui.data.files.watch import Watch
from aegui.records import FloatArray, IndexArray
from aegui.specs import FitSpec, StreamSpec

# Numbers of the training rows that are at hand: for the views and the baselines.
_SAMPLE_VALUES = 8_000_000


@dataclass(frozen=True, eq=False)
class FileStream:
    """A ``RowStream`` of a file that must not change meanwhile."""

    streamed: Streamed
    wanted: Wanted
    blocks: Blocks
    fit: FitSpec
    stamp: Stamp

    @cached_property
    def counts(self) -> IndexArray:
        """How many training rows each block has, (blocks,)."""
        return self.blocks.train_counts

    @property
    def is_current(self) -> bool:
        """Whether the file is there as it was when the stream was made."""
        try:
            return stamp(self.streamed.source.path) == self.stamp
        except DataError:
            return False

    def read_into(self, rows: FloatArray, block: int) -> None:
        """Read a block's training rows into an array, (its count, features), scaled.

        Raises
        ------
        DataError
            The file is gone, or is not what it was.
        """
        path, (first, end) = self.streamed.source.path, self.blocks.span(block)
        selection = self.wanted.read(self.streamed, first, end)
        if stamp(path) != self.stamp:
            raise DataError(
                f"{path} was changed while it was learned. Put it back as it was, or open it anew "
                "for a new run."
            )
        train, _, _ = self.blocks.split(block, self.wanted.whole_rows(selection))
        scaled_rows(selection, train, self.fit, path, rows, first)


def prepare_stream(
    streamed: Streamed,
    choices: Choices,
    path: Path,
    watch: Watch,
    layout: StreamSpec | None = None,
) -> Prepared:
    """Choose columns and rows, split these, and find what training rows tell of their scale.

    Parameters
    ----------
    watch
        Hears how far it is: all rows are read once, and once more where some of them have gaps.
    layout
        How the rows of a run were streamed before; None for what is fit.

    Raises
    ------
    DataError
        The choices do not fit the contents, or too few rows or columns are left.
    ReadingStoppedError
        The reading was called off.
    """
    require_share(choices.test_share, path)
    before = stamp(path)
    wanted = wanted_of(streamed, choices, path)
    blocks, layout = _blocks(streamed, wanted, choices, layout, watch)
    gathered = gather(streamed, wanted, blocks, watch)
    selection = select(gathered.at_hand(), wanted.choices, path)
    sample = np.arange(len(blocks.sample))
    fit, value_range = fit_gathered(
        gathered, selection, sample, choices.scaling, choices.missing, path
    )
    require_features(selection, fit, path)
    require_difference(value_range, path)
    at_hand = np.arange(selection.rows)
    values = scaled_rows(selection, at_hand, fit, path)
    return Prepared(
        # Nobody asks for the values as they are in the file.
        selection=without_values(selection),
        values=values,
        numbers=gathered.numbers(),
        chosen=at_hand,
        train_rows=len(sample),
        rows=int(blocks.used.sum()),
        fit=fit,
        own_test_rows=None,
        value_range=value_range,
        streaming=layout,
        stream=FileStream(streamed, wanted, blocks, fit, before),
    )


def _blocks(
    streamed: Streamed, wanted: Wanted, choices: Choices, layout: StreamSpec | None, watch: Watch
) -> tuple[Blocks, StreamSpec]:
    """Divide a file's rows into those that train, test, and are not used."""
    path = streamed.source.path
    size = layout.block_rows if layout else block_rows(wanted, streamed)
    used = used_rows(_complete_rows(streamed, wanted, size, watch), choices.rows, choices.seed)
    rows = int(used.sum())
    require_rows(rows, streamed.rows, choices, path)
    layout = layout or layout_of(wanted, size, rows, choices.test_share)
    if layout.test_rows >= rows:
        raise DataError(f"{path}: its {rows} rows leave none to train on. Choose another file.")
    sample = max(2, _SAMPLE_VALUES // wanted.features)
    tests, sampled = drawn(rows, layout.test_rows, sample, choices.seed)
    return Blocks(streamed.rows, size, used, tests, sampled), layout


def _complete_rows(streamed: Streamed, wanted: Wanted, size: int, watch: Watch) -> IndexArray:
    """Return how many rows of each block of ``size`` rows can be learned, (blocks,)."""
    starts = np.arange(0, streamed.rows, size)
    counts = np.minimum(size, streamed.rows - starts)
    if wanted.may_lack_values:
        for place, start in enumerate(starts.tolist()):
            watch.step("Looking for gaps", place / len(starts))
            selection = wanted.read(streamed, start, start + int(counts[place]))
            counts[place] = np.count_nonzero(wanted.whole_rows(selection))
    return counts
