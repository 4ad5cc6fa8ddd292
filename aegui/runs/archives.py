"""A run's arrays as .npz files: what it can be continued from, and what the views showed."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from aegui.data import Arrays, read_npz
from aegui.records import EpochFrame, FloatArray, Histogram, History, TrainingState
from aegui.runs.folder import replace_file

UNREADABLE = (ValueError, KeyError, IndexError, TypeError)
"""What making sense of a damaged archive raises; ``ArrayFileError`` is a ``ValueError``."""

_PLACE = "place"


def write_state(path: Path, state: TrainingState) -> None:
    """Write all that a training needs to go on; its history is kept elsewhere."""
    place = {"epoch": state.epoch, "step": state.step, "callbacks": state.callbacks}
    arrays: Arrays = dict(state.arrays) | {_PLACE: np.array(json.dumps(place))}
    _write(path, arrays)


def write_weights(path: Path, weights: tuple[FloatArray, ...]) -> None:
    """Write weights alone, of a run that cannot be continued."""
    _write(path, _named(weights))


def packed_weights(weights: tuple[FloatArray, ...]) -> bytes:
    """Return what ``write_weights`` writes."""
    file = io.BytesIO()
    contents: dict[str, Any] = _named(weights)
    np.savez(file, **contents)
    return file.getvalue()


def read_state(path: Path, history: History) -> tuple[tuple[FloatArray, ...], TrainingState | None]:
    """Return a run's best or last weights, and its state if it can be continued.

    A file of ``write_weights`` has no state.

    Raises one of ``UNREADABLE`` for a damaged file.
    """
    arrays = _read(path)
    place = arrays.pop(_PLACE, None)
    best = _weights(arrays, "best_") or _weights(arrays, "weight_")
    if place is None:
        return best, None
    words = json.loads(str(place))
    state = TrainingState(
        epoch=int(words["epoch"]),
        step=int(words["step"]),
        arrays=arrays,
        callbacks=words["callbacks"],
        history=history,
    )
    return best, state


def read_place(path: Path) -> tuple[int, int]:
    """Return the epoch (from 1) that a state was taken in, and how many steps of it were done.

    Reads nothing else of the file. Raises one of ``UNREADABLE`` for a damaged file or for one
    that a run cannot go on from.
    """
    words = json.loads(str(read_npz(path, _PLACE)[_PLACE]))
    return int(words["epoch"]), int(words["step"])


def write_frames(path: Path, frames: tuple[EpochFrame, ...]) -> None:
    """Write the pictures of a run's epochs."""
    histograms = [frame.histogram for frame in frames]
    arrays: Arrays = {
        "position": np.array([frame.position for frame in frames]),
        "strip": np.stack([frame.strip for frame in frames]),
        "strip_errors": np.stack([frame.strip_errors for frame in frames]),
        "edges": np.stack([histogram.edges for histogram in histograms]),
        "counts": np.stack([histogram.counts for histogram in histograms]),
        "figures": np.array([(h.mean, h.std, h.n) for h in histograms], dtype=np.float64),
    }
    _write(path, arrays)


def read_frames(path: Path) -> tuple[EpochFrame, ...]:
    """Return the pictures of a run's epochs; none where there is no file.

    Raises one of ``UNREADABLE`` for a damaged file.
    """
    if not path.exists():
        return ()
    arrays = _read(path)
    return tuple(
        EpochFrame(
            position=float(arrays["position"][place]),
            strip=arrays["strip"][place],
            strip_errors=arrays["strip_errors"][place],
            histogram=Histogram(
                arrays["edges"][place],
                arrays["counts"][place],
                float(mean),
                float(std),
                int(count),
            ),
        )
        for place, (mean, std, count) in enumerate(arrays["figures"])
    )


def _named(weights: tuple[FloatArray, ...]) -> Arrays:
    return {f"weight_{place:03}": weight for place, weight in enumerate(weights)}


def _weights(arrays: Arrays, prefix: str) -> tuple[FloatArray, ...]:
    return tuple(arrays[name] for name in sorted(arrays) if name.startswith(prefix))


def _write(path: Path, arrays: Arrays) -> None:
    contents: dict[str, Any] = arrays
    replace_file(path, lambda file: np.savez(file, **contents))


def _read(path: Path) -> Arrays:
    arrays = read_npz(path)
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ValueError(f"{name} is not all finite")
        array.flags.writeable = False
    return arrays
