"""What a report of a run, or of several beside each other, has to tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aegui.analysis.histogram import error_histogram
from aegui.data import Dataset
from aegui.engine.plain import trained_model
from aegui.exports.report import Listing, Page, Table
from aegui.records import Baselines, ErrorFigures, FloatArray
from aegui.records.figures import Bars, Curve, Figure, Mark, Panel, Tiles
from aegui.runs import RunError, StoredRun, data_of
from aegui.specs.differences import difference_rows
from aegui.yardstick import baselines_if_any

MOST_RUNS = 6
"""Runs that are told of together: more hues cannot be told from each other."""
_CURVES = 4
_ERROR = "Sum of absolute error per row"


@dataclass(frozen=True, eq=False)
class Report:
    """The page, and the figures that are to be drawn for it."""

    page: Page
    figures: tuple[Figure, ...]


def make_report(runs: Sequence[StoredRun]) -> Report:
    """Return the report of one run, or of several in their order.

    The baselines are worked out where they are not kept, which brings in scikit-learn; a model
    that is not of Dense layers alone brings in TensorFlow.

    Raises
    ------
    RunError
        There is no run, or there are more than ``MOST_RUNS``.
    DataError
        The data of a run cannot be had.
    """
    if not 1 <= len(runs) <= MOST_RUNS:
        raise RunError(f"A report is of 1 to {MOST_RUNS} runs, not of {len(runs)}.")
    names = _names(runs)
    # Of each run its rows, and what is to be said where its file has changed or gone.
    data = [data_of(run) for run in runs]
    tables = [_numbers(names, runs)]
    if len(runs) > 1:
        tables.append(_differences(names, runs))
    said = [(run.card.about.note, warning) for run, (_, warning) in zip(runs, data, strict=True)]
    notes = tuple(
        f"{name}: {text}" if len(runs) > 1 else text
        for name, texts in zip(names, said, strict=True)
        for text in texts
        if text
    )
    listings = tuple(
        Listing(f"Settings of {name}", run.card.experiment.model_dump_json(indent=2))
        for name, run in zip(names, runs, strict=True)
    )
    title = names[0] if len(runs) == 1 else f"Comparison of {len(runs)} runs"
    page = Page(title, _summary(runs), notes, tuple(tables), listings)
    rows = [dataset for dataset, _ in data]
    galleries = (_gallery(*parts) for parts in zip(names, runs, rows, strict=True))
    return Report(page, (_losses(names, runs), *_errors(names, runs), *galleries))


def _names(runs: Sequence[StoredRun]) -> list[str]:
    """Return what the runs are called, with numbers where several are called the same."""
    seen: Counter[str] = Counter()
    names = []
    for run in runs:
        seen[run.card.name] += 1
        count = seen[run.card.name]
        names.append(run.card.name if count == 1 else f"{run.card.name} · {count}")
    return names


def _summary(runs: Sequence[StoredRun]) -> str:
    told = []
    for run in runs:
        experiment, created = run.card.experiment, run.card.created
        day = f"{created.day} {created:%B %Y}"
        told.append(f"{experiment.dataset.title} through {experiment.shape}, trained on {day}")
    return "; ".join(dict.fromkeys(told)) + "."


def _numbers(names: Sequence[str], runs: Sequence[StoredRun]) -> Table:
    baselines = [baselines_if_any(run.card.experiment, run.card.folder) for run in runs]
    columns = [_column(run, known) for run, known in zip(runs, baselines, strict=True)]
    # A line that no run has anything to say in is left out.
    lines = tuple(
        (name, tuple(column[name] for column in columns))
        for name in columns[0]
        if any(column[name] != "–" for column in columns)
    )
    note = (
        "The error of a row is the sum of |x − x̂| over its numbers, on the test rows, as mean ± "
        "standard deviation. The baselines are answers that take no training."
    )
    return Table("Numbers", tuple(names), lines, note)


def _column(run: StoredRun, baselines: Baselines | None) -> dict[str, str]:
    card, summary = run.card, run.card.summary
    features = card.experiment.dataset.features
    error = summary.error if summary else None
    return {
        "error": _spread(error),
        "error per feature": _number(error.mean / features if error else None),
        "always the training mean": _spread(baselines.mean if baselines else None),
        "PCA of the code's width": _spread(baselines.pca if baselines else None),
        "training loss": _number(summary.loss if summary else None),
        "validation loss": _number(summary.val_loss if summary else None),
        "floor of the loss": _number(baselines.floor if baselines else None),
        "epochs": str(summary.epochs) if summary else "–",
        "seconds of training": f"{summary.seconds.train:.1f}" if summary else "–",
        "parameters": str(card.experiment.stages.parameters),
        "ended": summary.status.value if summary else "–",
    }


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"


def _spread(figures: ErrorFigures | None) -> str:
    return "–" if figures is None else f"{figures.mean:.4g} ± {figures.std:.3g}"


def _differences(names: Sequence[str], runs: Sequence[StoredRun]) -> Table:
    rows = difference_rows([run.card.experiment for run in runs])
    lines = tuple((name, tuple(values)) for name, values in rows)
    note = "" if lines else "These runs have the same settings."
    return Table("What differs", tuple(names), lines, note)


def _losses(names: Sequence[str], runs: Sequence[StoredRun]) -> Figure:
    marks: list[Mark] = []
    for place, (name, run) in enumerate(zip(names, runs, strict=True)):
        records = run.card.history.records
        words = "validation" if len(runs) == 1 else name
        marks.append(_curve([(r.position, r.val_loss) for r in records], words, place))
        if len(runs) == 1:
            trained = [(r.position - 0.5, r.loss) for r in records if r.loss is not None]
            marks.append(_curve(trained, "training", place, dashed=True))
    note = ""
    if len({run.card.experiment.architecture.loss for run in runs}) > 1:
        note = "The losses are of different kinds: compare errors and not losses."
    panel = Panel("", tuple(marks), "Epoch", "Loss" if len(runs) == 1 else "Validation loss")
    return Figure("losses", "Losses", (panel,), note, columns=1)


def _curve(
    points: list[tuple[float, float]], name: str, place: int, *, dashed: bool = False
) -> Curve:
    x, y = np.array(points, dtype=np.float64).reshape(-1, 2).T
    is_told = np.isfinite(y)
    return Curve(x[is_told], y[is_told], name, str(place), dashed)


def _errors(names: Sequence[str], runs: Sequence[StoredRun]) -> list[Figure]:
    """Return a histogram over common bins; none where rows are of several widths."""
    if len({run.card.experiment.dataset.features for run in runs}) > 1:
        return []
    low = min(float(run.row_errors.min()) for run in runs)
    high = max(float(run.row_errors.max()) for run in runs)
    marks: list[Mark] = []
    for place, (name, run) in enumerate(zip(names, runs, strict=True)):
        histogram = error_histogram(run.row_errors, low=low, high=high)
        heights = histogram.counts.astype(np.float64)
        words = f"{name}: {histogram.mean:.3g}, σ {histogram.std:.2g}"
        is_over = len(runs) > 1
        marks.append(Bars(histogram.edges, heights, words, str(place), outlined=is_over))
    panel = Panel("", tuple(marks), _ERROR, "Rows")
    return [Figure("errors", "Errors of the test rows", (panel,), columns=1)]


def _gallery(name: str, run: StoredRun, dataset: Dataset) -> Figure:
    experiment = run.card.experiment
    rows = dataset.test[dataset.showcase()]
    model = trained_model(experiment.architecture, experiment.dataset.row_shape, run.weights)
    rebuilt = model.reconstruct(rows)
    panels = _curve_panels(rows, rebuilt)
    if dataset.image_shape is not None:
        panels = (_picture_panel(rows, rebuilt, dataset, dataset.image_shape),)
    return Figure("rows", f"Test rows, rebuilt by {name}", panels, columns=min(len(panels), 2))


def _picture_panel(
    rows: FloatArray, rebuilt: FloatArray, dataset: Dataset, shape: tuple[int, int]
) -> Panel:
    low, high = dataset.value_range
    shown = (np.concatenate([rows, rebuilt]) - low) / (high - low)
    errors = np.abs(rows - rebuilt).sum(axis=1)
    captions = ("",) * len(rows) + tuple(f"{error:.3g}" for error in errors)
    pictures = shown.clip(0.0, 1.0).astype(np.float32)
    names = ("original", "reconstruction")
    tiles = Tiles(pictures, shape, len(rows), captions=captions, row_names=names)
    return Panel("", (tiles,))


def _curve_panels(rows: FloatArray, rebuilt: FloatArray) -> tuple[Panel, ...]:
    place = np.arange(rows.shape[1], dtype=np.float64)
    return tuple(
        Panel(
            f"Row {number}",
            (
                Curve(place, row.astype(np.float64), "original", "muted", dashed=True),
                Curve(place, made.astype(np.float64), "reconstruction"),
            ),
            "Feature",
            "Value",
        )
        for number, (row, made) in enumerate(zip(rows[:_CURVES], rebuilt[:_CURVES], strict=True))
    )
