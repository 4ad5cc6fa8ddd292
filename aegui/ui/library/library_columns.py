"""The columns of the library's table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aegui.runs import RunCard
from aegui.ui.runs.card_words import (
    error_in_words,
    group_of,
    moment_in_words,
    number_in_words,
    size_in_words,
)

NAME, NOTE = "Name", "Note"
_WORDS = (NAME, "Data", "Shape", "Date", NOTE)


@dataclass(frozen=True)
class Column:
    """A column: what it says of a run, and what it is sorted by (None comes last)."""

    title: str
    words: Callable[[RunCard], str]
    value: Callable[[RunCard], Any]
    tip: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the column stands at the right."""
        return self.title not in _WORDS


def _epochs(card: RunCard) -> str:
    if card.is_running:
        return f"{card.history.epochs} · running"
    if card.summary is None:
        return f"{card.epochs_kept} · interrupted"
    return str(card.summary.epochs)


def _loss(card: RunCard) -> float | None:
    return card.history.kept.val_loss if len(card.history) else None


def _sigma(card: RunCard) -> float | None:
    error = card.summary.error if card.summary is not None else None
    return error.std if error is not None else None


def _sigma_in_words(card: RunCard) -> str:
    sigma = _sigma(card)
    return "–" if sigma is None else f"{sigma:.3g}"


def _mean_answer(card: RunCard) -> float | None:
    return card.baselines.mean.mean / card.experiment.dataset.features if card.baselines else None


def _pca(card: RunCard) -> float | None:
    pca = card.baselines.pca if card.baselines else None
    return pca.mean / card.experiment.dataset.features if pca else None


def _seconds(card: RunCard) -> float | None:
    return card.summary.seconds.train if card.summary is not None else None


def _date(card: RunCard) -> str:
    return moment_in_words(card.created.astimezone(), datetime.now().astimezone())


def _seconds_in_words(card: RunCard) -> str:
    seconds = _seconds(card)
    return "–" if seconds is None else f"{seconds:.1f}"


COLUMNS = (
    Column(NAME, lambda c: c.name, lambda c: c.name.casefold(), "F2 renames"),
    Column("Data", group_of, group_of),
    Column("Shape", lambda c: c.experiment.shape, lambda c: c.experiment.shape),
    Column("Epochs", _epochs, lambda c: c.history.epochs),
    Column("Val. loss", lambda c: number_in_words(_loss(c)), _loss),
    Column(
        "Error / feature",
        error_in_words,
        lambda c: c.error_per_feature,
        "Mean over test rows and features of |x − x̂|",
    ),
    Column(
        "σ",
        _sigma_in_words,
        _sigma,
        "Spread over the test rows of Σ|x − x̂|",
    ),
    Column(
        "Always mean",
        lambda c: number_in_words(_mean_answer(c)),
        _mean_answer,
        "Error per feature of always answering the training rows' mean",
    ),
    Column(
        "PCA",
        lambda c: number_in_words(_pca(c)),
        _pca,
        "Error per feature of PCA of the code's width, clipped to the data's range",
    ),
    Column("Seconds", _seconds_in_words, _seconds, "Training alone"),
    Column("Size", lambda c: size_in_words(c.size), lambda c: c.size, "On the disk"),
    Column("Date", _date, lambda c: c.created.timestamp()),
    Column(NOTE, lambda c: " ".join(c.about.note.split()), lambda c: c.about.note.casefold()),
)
