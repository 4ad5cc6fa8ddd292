"""What the key of the loss plot says about one epoch."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from aegui.records import EpochRecord
from aegui.ui.theme import Theme
from aegui.ui.views.key import KeyRow
from aegui.ui.views.loss_points import training_value, validation_value
from aegui.ui.views.text import loss_text

DOT = 7
"""Pixels across a dot where a curve is read."""

_WIDTH = 2


@dataclass(frozen=True)
class LossPens:
    """How the four curves are drawn: training dotted, validation solid, KL in another hue."""

    training: QPen
    validation: QPen
    kl_training: QPen
    kl_validation: QPen


def loss_pens(theme: Theme) -> LossPens:
    """Return the pens of a theme."""
    loss, kl = theme.series[:2]
    width = _WIDTH * theme.scale
    solid = [pg.mkPen(hue, width=width) for hue in (loss, kl)]
    dotted = [pg.mkPen(hue, width=width, style=Qt.PenStyle.DotLine) for hue in (loss, kl)]
    return LossPens(dotted[0], solid[0], dotted[1], solid[1])


def key_rows(record: EpochRecord, pens: LossPens) -> Sequence[KeyRow]:
    """Return what an epoch's record says, KL apart where there is one."""
    rows = [
        KeyRow(pens.training, "Training", loss_text(training_value(record))),
        KeyRow(pens.validation, "Validation", loss_text(validation_value(record))),
    ]
    if record.val_kl is not None:
        rows.append(KeyRow(pens.kl_training, "KL, training", _kl_text(record.kl)))
        rows.append(KeyRow(pens.kl_validation, "KL, validation", _kl_text(record.val_kl)))
    return rows


def _kl_text(nats: float | None) -> str:
    return "–" if nats is None or not math.isfinite(nats) else f"{nats:.2f}"
