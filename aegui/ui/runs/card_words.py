"""A kept run in words, for the list, the library and the comparison."""

from datetime import datetime
from typing import TYPE_CHECKING

from aegui.control import RunState

if TYPE_CHECKING:
    # It brings in the readers of runs, which the first paint need not wait for.
    from aegui.runs import RunCard

ERROR_WORDS = "error per feature"
"""The mean over test rows and features of |x − x̂|."""

_UNITS = ("B", "kB", "MB", "GB", "TB")


def title_of(card: "RunCard") -> str:
    """Return what heads a run in a list of one kind of data: its name, or its widths."""
    return card.about.name or card.experiment.shape


def group_of(card: "RunCard") -> str:
    """Return what a run is listed under: its sweep, or its data."""
    title = card.experiment.dataset.title
    return f"{title} · sweep over {card.group}" if card.group else title


def what_in_words(card: "RunCard") -> str:
    """Return a line such as ``today 10:41 · stopped`` or ``interrupted · continue``."""
    if card.is_running:
        return f"being trained · epoch {card.history.epochs}"
    when = moment_in_words(card.created.astimezone(), datetime.now().astimezone())
    if card.summary is None:
        return "interrupted · continue"
    if card.summary.status is RunState.FINISHED:
        return when
    return f"{when} · {card.summary.status.value}"


def error_in_words(card: "RunCard") -> str:
    """Return the mean error per feature with three figures, a dash where there is none."""
    return number_in_words(card.error_per_feature)


def number_in_words(value: float | None) -> str:
    """Return a number with four decimals, or three figures where these say nothing."""
    if value is None:
        return "–"
    return f"{value:.4f}" if value == 0 or 0.001 <= abs(value) < 1000 else f"{value:.3g}"


def size_in_words(size: float) -> str:
    """Return bytes as people say them: ``1.4 MB``."""
    unit = 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.0f}\u00a0{_UNITS[unit]}" if unit < 1 else f"{size:.1f}\u00a0{_UNITS[unit]}"


def moment_in_words(moment: datetime, now: datetime) -> str:
    """Return a time as people say it: ``today 10:41``, ``yesterday 17:05``, ``3 May 2026``."""
    days = (now.date() - moment.date()).days
    if days == 0:
        return f"today {moment:%H:%M}"
    if days == 1:
        return f"yesterday {moment:%H:%M}"
    return f"{moment.day} {moment:%b %Y}"
