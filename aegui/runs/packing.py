"""A run as one file to hand on: an ``.aegui`` file, which is its folder as a zip archive."""

import zipfile
from pathlib import Path
from typing import BinaryIO

from aegui.runs.archives import packed_weights
from aegui.runs.bundle_limits import MB, MOST_BYTES, MOST_BYTES_IN_ALL
from aegui.runs.folder import (
    DATA,
    FRAMES,
    MODEL,
    STATE,
    TEST_ROWS,
    WEIGHTS,
    RunError,
    replace_file,
    writing,
)
from aegui.runs.own_file import require_own_file
from aegui.runs.reader import StoredRun, read_run
from aegui.specs import FileSpec, IdxFormat

_BULKY = (FRAMES, STATE, TEST_ROWS, MODEL)


def pack_run(folder: Path, path: Path, *, is_whole: bool = True, with_data: bool = False) -> None:
    """Write a finished run as one file, whole or not at all.

    Parameters
    ----------
    path
        Where to; what is there is replaced.
    is_whole
        With all that its folder has. Else without the pictures of its epochs, the test rows of a
        person's own file, the copy for Keras and what it could be continued from: the weights
        stay.
    with_data
        With the person's own file that it was trained on, which must be there as it was.

    Raises
    ------
    RunError
        The run is not finished or damaged, its data cannot be packed, or the file cannot be
        written.
    """
    run = read_run(folder)
    data = _data_file(run) if with_data else None
    left_out = () if is_whole else _BULKY
    names = [n for n in MOST_BYTES if n not in left_out and (folder / n).exists()]
    with writing(path):
        size = sum((folder / name).stat().st_size for name in names)
        size += data.stat().st_size if data else 0
        if size > MOST_BYTES_IN_ALL:
            raise RunError(
                f"{folder} is too large for one file: {size // MB} MB, where "
                f"{MOST_BYTES_IN_ALL // MB} MB can be packed. Save it without what is bulky."
            )
        replace_file(path, lambda file: _pack(run, names, data, file))


def _data_file(run: StoredRun) -> Path:
    """Return the person's own file that a run was trained on, if it can be packed."""
    spec = run.card.experiment.dataset
    if not isinstance(spec, FileSpec):
        raise RunError(f"{run.card.name} was not trained on a file, so there is none to pack.")
    path = Path(spec.path)
    if spec.size > MOST_BYTES[DATA]:
        raise RunError(
            f"{path} is too large to be packed: it has {spec.size // MB} MB, where "
            f"{MOST_BYTES[DATA] // MB} MB can be. Save the run without it."
        )
    if isinstance(spec.format, IdxFormat) and spec.label:
        raise RunError(
            f"{path} has its classes in a second file, {spec.label}, and one can be packed. Save "
            "both as one NPZ file, and train on that to hand it on."
        )
    require_own_file(spec, path)
    return path


def _pack(run: StoredRun, names: list[str], data: Path | None, file: BinaryIO) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for name in names:
            archive.write(run.card.folder / name, name)
        if data is not None:
            # As it is: what shrinks very much would be taken for a bomb by who opens it.
            archive.write(data, DATA, zipfile.ZIP_STORED)
        if STATE not in names and WEIGHTS not in names:
            archive.writestr(WEIGHTS, packed_weights(run.weights))
