"""Lesson 5: depth where there is something to find."""

import math

import numpy as np

from aegui.analysis.lessons.circle import code_panel
from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.analysis.lessons.histograms import overlaid
from aegui.analysis.lessons.runs import by_setting, error_of, errors_of
from aegui.analysis.spread import differ
from aegui.records.figures import Curve, Dots, Figure, Line, Mark, Panel, Words
from aegui.records.trials import TrialOutcome

Groups = dict[int, tuple[TrialOutcome, ...]]

_FIELD = "depth"
_ALL = 4
_FAILURE = 3.0
"""A run deeper than the best depth has failed with this many times its error."""


def study(evidence: Evidence) -> Study:
    """Return error against depth, the histograms, and what codes make of the circle."""
    groups = _groups(evidence.own)
    one_number = evidence.part("one-number")
    if not groups and not one_number:
        return Study()
    figures: list[Figure] = []
    if groups:
        named = [(_layers(depth), runs) for depth, runs in groups.items()]
        bars = overlaid(named, bins=200, from_zero=True)
        figures.append(_depth_figure(groups))
        figures.append(Figure("histograms", "Histograms", (bars,), columns=1))
    figures.append(_circle(groups, one_number, evidence))
    return Study(tuple(figures), _facts(groups))


def _groups(runs: tuple[TrialOutcome, ...]) -> Groups:
    if not all(_FIELD in run.settings for run in runs):
        return {len(runs[0].experiment.architecture.encoder) + 1: runs}
    return {int(value): group for value, group in by_setting(runs, _FIELD).items()}


def _layers(depth: int) -> str:
    return f"{depth} layer{'s' * (depth > 1)} a side"


def failed_runs(groups: Groups) -> dict[int, int]:
    """Return for depths beyond the best one how many runs did three times as badly, or worse."""
    best = min(groups, key=lambda depth: float(np.mean(errors_of(groups[depth]))))
    limit = _FAILURE * float(np.mean(errors_of(groups[best])))
    deeper = {depth: runs for depth, runs in groups.items() if depth > best}
    counts = {depth: sum(e > limit for e in errors_of(runs)) for depth, runs in deeper.items()}
    return {depth: count for depth, count in counts.items() if count}


def _depth_figure(groups: Groups) -> Figure:
    any_runs = next(iter(groups.values()))
    dots = [(depth, error_of(run)) for depth, runs in groups.items() for run in runs]
    xs, ys = (np.array(values, np.float64) for values in zip(*dots, strict=True))
    depths = np.array(sorted(groups), np.float64)
    means = np.array([np.mean(errors_of(groups[int(depth)])) for depth in depths])
    features = any_runs[0].experiment.dataset.features
    marks: list[Mark] = [
        Curve(depths, means, "mean over the seeds", "0"),
        Dots(xs, ys, "one seed", "0", size=10),
        Line(features / math.pi, name="always ½: n/π"),
        Words("PCA: 0", 0.02, 0.93, "text"),
    ]
    for line, (depth, count) in enumerate(failed_runs(groups).items()):
        told = f"{count} of {len(groups[depth])} failed with {_layers(depth)}"
        # Where the errors of two and three layers leave room.
        marks.append(Words(told, 0.4, 0.1 + 0.06 * line, "text"))
    ticks = tuple((float(depth), str(depth)) for depth in range(1, _ALL + 1))
    panel = Panel(
        "Mean error, logarithmic",
        tuple(marks),
        "Layers a side",
        "Mean error of a row",
        log_y=True,
        x_ticks=ticks,
    )
    note = ", ".join(f"{_layers(int(d))} {mean:.3g}" for d, mean in zip(depths, means, strict=True))
    return Figure("error-by-depth", "Error by depth", (panel,), f"Means: {note}.", columns=1)


def _circle(groups: Groups, one_number: tuple[TrialOutcome, ...], evidence: Evidence) -> Figure:
    panels = [
        code_panel(f"{_layers(depth)}, two numbers", groups[depth][0], evidence.model_of)
        for depth in (1, 2)
        if depth in groups
    ]
    panels += [
        code_panel("One number: the circle tears", run, evidence.model_of) for run in one_number[:1]
    ]
    return Figure(
        "circle",
        "The circle",
        tuple(panels),
        note="The hue is the phase φ. A code of one number runs along a line, and a circle has no "
        "ends: somewhere rows of neighbouring phases get codes far apart.",
        columns=3,
    )


def _facts(groups: Groups) -> dict[str, float]:
    facts = {f"error_{depth}": float(np.mean(errors_of(runs))) for depth, runs in groups.items()}
    if len(groups) == _ALL:
        facts["features"] = float(groups[_ALL][0].experiment.dataset.features)
        best, second, *_ = sorted(groups, key=lambda depth: facts[f"error_{depth}"])
        facts["best_differs"] = float(differ(errors_of(groups[best]), errors_of(groups[second])))
        facts["failed_runs"] = float(sum(failed_runs(groups).values()))
    return facts
