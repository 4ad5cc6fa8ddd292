"""Sinusoids lie on a circle: the circle, and what codes make of it.

sin²(φ + t) = ½ − ½ cos 2φ cos 2t + ½ sin 2φ sin 2t, so a row is the point (cos 2φ, sin 2φ) in
the plane that −cos 2t and sin 2t span, around the row that is ½ everywhere.
"""

from collections.abc import Callable

import numpy as np

from aegui.data import preview_rows
from aegui.records import FloatArray, TrainedModel
from aegui.records.figures import Dots, Figure, Numbers, Panel
from aegui.records.trials import TrialOutcome

_ROWS = 1500

ModelOf = Callable[[TrialOutcome], TrainedModel]


def places_on_circle(rows: FloatArray) -> Numbers:
    """Return (cos 2φ, sin 2φ) of each row, (rows, 2), by least squares; all have length 1."""
    t = np.linspace(0.0, np.pi, rows.shape[1])
    waves = np.stack([-np.cos(2 * t), np.sin(2 * t)], axis=1) / 2
    places, *_ = np.linalg.lstsq(waves, (rows - 0.5).T.astype(np.float64), rcond=None)
    return places.T.astype(np.float64)


def phases(rows: FloatArray) -> Numbers:
    """Return 2φ of each row as a share of a full turn, in [0, 1)."""
    cosine, sine = places_on_circle(rows).T
    turns: Numbers = np.mod(np.arctan2(sine, cosine) / (2 * np.pi), 1.0)
    return turns


def circle_figure(run: TrialOutcome, model_of: ModelOf) -> Figure:
    """Return the circle beside the code that a network of width 2 makes of it."""
    rows = preview_rows(run.experiment.dataset, _ROWS)
    places = places_on_circle(rows) if rows.shape[1] > 2 else rows.astype(np.float64)
    circle = Dots(places[:, 0], places[:, 1], size=4, around=_around(rows))
    here = Panel("The rows, in their plane", (circle,), "−cos part", "sin part", square=True)
    code = code_panel("The code of two numbers", run, model_of)
    return Figure(
        "circle",
        "The circle",
        (here, code),
        note="The hue is the phase φ and comes back to where it began after half a turn of the "
        "wave. PCA of width 2 keeps this circle as it is; the code's sigmoids bend it.",
    )


def code_panel(title: str, run: TrialOutcome, model_of: ModelOf) -> Panel:
    """Return a run's code coloured by phase: in its plane, or one number against the phase."""
    rows = preview_rows(run.experiment.dataset, _ROWS)
    codes = model_of(run).encode(rows).astype(np.float64)
    around = _around(rows)
    if codes.shape[1] == 1:
        dots = Dots(around * 180, codes[:, 0], size=4, around=around)
        return Panel(title, (dots,), "Phase φ in degrees", "Code")
    dots = Dots(codes[:, 0], codes[:, 1], size=4, around=around)
    return Panel(title, (dots,), "First number", "Second number", square=True)


def _around(rows: FloatArray) -> Numbers:
    """Return the phase; rows of two features, both at the same place of the wave, have none."""
    return phases(rows) if rows.shape[1] > 2 else rows[:, 0].astype(np.float64)
