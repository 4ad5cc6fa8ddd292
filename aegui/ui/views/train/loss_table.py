"""The numbers behind the loss curves, for a file."""

from aegui.records import EpochRecord, History
from aegui.ui.handing.export import Table
from aegui.ui.views.loss_points import is_variational

_HEADERS = ("epoch", "training loss", "validation loss")
_VARIATIONAL_HEADERS = (
    "training reconstruction",
    "validation reconstruction",
    "training KL",
    "validation KL",
)


def loss_table(history: History) -> Table:
    """Return a line for each epoch, an empty cell where there is no number.

    The parts of a variational model's loss have columns of their own.
    """
    if not is_variational(history):
        return _HEADERS, [_losses(record) for record in history]
    rows = [(*_losses(record), *_parts(record)) for record in history]
    return (*_HEADERS, *_VARIATIONAL_HEADERS), rows


def _losses(record: EpochRecord) -> tuple[object, ...]:
    whole = record.fraction == 1
    return (
        record.epoch if whole else record.position,
        _cell(record.loss),
        record.val_loss,
    )


def _parts(record: EpochRecord) -> tuple[object, ...]:
    parts = (record.reconstruction, record.val_reconstruction, record.kl, record.val_kl)
    return tuple(_cell(part) for part in parts)


def _cell(number: float | None) -> float | str:
    return "" if number is None else number
