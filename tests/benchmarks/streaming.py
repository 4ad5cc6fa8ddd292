"""Rows that stay in their file against the same rows in memory, and a file larger than memory.

Epochs are those of the model that aegui proposes for 32 columns of numbers, 32–64–8–64–32, and of
the smallest one, 32–2–32, which asks for rows faster than any other; there are as many test rows
on both sides, and the first epoch of each run is left out. Runs with the rows in memory and in the
file alternate. The large file is trained on for one epoch by ``aegui train
--data`` in a process of its own, whose ``peak_rss_mb`` counts from its beginning to its end.
"""

import json as json_format
import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import numpy as np
import typer
from report import at_least, at_most, show, write_json

SHARE = 0.7
MEGABYTES = 2000.0
FEATURES = 32
MODELS = {"32–64–8–64–32": False, "32–2–32": True}
_ROW_BYTES = 4 * FEATURES
_PART = 500_000
_TEST_SHARE = 0.04


def write_npy(path: Path, rows: int) -> None:
    """Write curves of two random numbers each, part by part."""
    waves = np.random.default_rng(1).normal(size=(2, FEATURES)).astype(np.float32) * 3
    values = np.lib.format.open_memmap(path, "w+", np.float32, (rows, FEATURES))
    for start in range(0, rows, _PART):
        chance = np.random.default_rng([2, start])
        part = values[start : start + _PART]
        part[...] = np.sin(chance.random((len(part), 2), dtype=np.float32) @ waves)
    values.flush()


def write_parquet(path: Path, npy: Path) -> None:
    """Write the rows of a NPY file as columns."""
    import polars as pl

    values = np.load(npy, mmap_mode="r")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        parts = []
        for start in range(0, len(values), 4 * _PART):
            parts.append(Path(folder) / f"{start:012}.parquet")
            frame = pl.DataFrame(values[start : start + 4 * _PART], [f"c{i}" for i in range(32)])
            frame.write_parquet(parts[-1])
        pl.scan_parquet(parts).sink_parquet(path)


def rows_each_second(path: Path, epochs: int, *, is_small: bool, stays: bool) -> float:
    """Return how many rows a run learns in a second, by the median of its epochs."""
    from aegui.control import TrainingControl
    from aegui.data.files import Choices, propose_file, suited_experiment
    from aegui.specs import DenseCode
    from aegui.workflow import WorkflowObserver, run_experiment

    spec = propose_file(path, Choices(stream=stays, test_share=_TEST_SHARE))
    experiment, _ = suited_experiment(spec)
    training = experiment.training.model_copy(update={"epochs": epochs + 1})
    architecture = experiment.architecture
    if is_small:
        code = DenseCode(width=2, activation="linear")
        architecture = architecture.model_copy(update={"encoder": (), "code": code})
    changes = {"training": training, "architecture": architecture}
    result = run_experiment(
        experiment.model_copy(update=changes), TrainingControl(), WorkflowObserver()
    )
    return spec.train_rows / median(record.seconds for record in result.history.records[2:])


def train_by_command(path: Path) -> dict[str, Any]:
    """Return the summary that the command line prints for a file."""
    with tempfile.TemporaryDirectory(prefix="aegui-benchmark-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "aegui", "train", "--data", path, "--stream", "--epochs", "1",
             "--json"],
            stdout=subprocess.PIPE,
            check=True,
            env=os.environ | {"AEGUI_HOME": folder},
        )  # fmt: skip
    return dict(json_format.loads(done.stdout.splitlines()[-1]))


def main(
    rows: Annotated[int, typer.Option(help="Rows that fit into memory.")] = 2_000_000,
    gigabytes: Annotated[float, typer.Option(help="Size of the large file; 0 for none.")] = 6.0,
    epochs: Annotated[int, typer.Option(min=1)] = 4,
    repeats: Annotated[int, typer.Option(min=1)] = 2,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Measure speed and memory of rows that stay in their file."""
    with tempfile.TemporaryDirectory(prefix="aegui-benchmark-") as folder:
        npy, parquet = Path(folder) / "rows.npy", Path(folder) / "rows.parquet"
        write_npy(npy, rows)
        write_parquet(parquet, npy)
        speeds: dict[str, dict[bool, list[float]]] = {}
        for (model, is_small), path in product(MODELS.items(), (npy, parquet)):
            ways: dict[bool, list[float]] = {False: [], True: []}
            for stays in (False, True) * repeats:
                ways[stays].append(rows_each_second(path, epochs, is_small=is_small, stays=stays))
            speeds[f"{path.suffix}, {model}"] = ways
        _show_speeds(speeds)
        large = {}
        if gigabytes:
            write_npy(npy, round(gigabytes * 1e9 / _ROW_BYTES))
            large = train_by_command(npy)
            _show_large(large, npy.stat().st_size)
    write_json(json, {"rows a second": speeds, "large": large})


def _show_speeds(speeds: dict[str, dict[bool, list[float]]]) -> None:
    lines = []
    for kind, ways in speeds.items():
        inside, outside = median(ways[False]), median(ways[True])
        share = outside / inside
        lines.append(
            (kind, f"{inside:,.0f}", f"{outside:,.0f}", f"{share:.2f}", at_least(share, SHARE, 2))
        )
    headings = ("file", "in memory", "in the file", "share", "limit")
    show("Rows learned in a second", headings, lines)


def _show_large(summary: dict[str, Any], size: int) -> None:
    peak, seconds = summary["peak_rss_mb"], summary["seconds"]
    line = (
        f"{size / 1e9:.1f} GB",
        f"{peak:.0f}",
        at_most(peak, MEGABYTES, 0),
        f"{seconds['prepare']:.1f}",
        f"{seconds['train']:.1f}",
        f"{seconds['total']:.1f}",
    )
    headings = ("file", "peak, MB", "limit", "prepare, s", "train, s", "total, s")
    show("One epoch by aegui train --data", headings, [line])


if __name__ == "__main__":
    typer.run(main)
