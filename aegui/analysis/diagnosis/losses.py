"""What the losses of a run tell of it.

The thresholds were measured here; beside each stands what healthy and sick runs showed.
"""

from aegui.analysis.diagnosis import remedies
from aegui.analysis.diagnosis.evidence import Evidence
from aegui.analysis.diagnosis.finding import Finding
from aegui.records import EpochRecord, History
from aegui.specs import ExperimentSpec, VariationalCode

# Higher than before training by this much. Measured: healthy runs fall from epoch 1 on; a linear
# model with Adam at 0.1 stood at 14 times its first loss.
_WORSE = 0.05
# The loss goes up and down: it rose by this share in at least so many of so many epochs. Measured
# over 20 to 60 epochs: never in healthy runs; 10 times in 19 with Adam at 1 (elu code).
_RISE = 0.02
_RISES, _LOOKED_AT = 2, 4
# Changes below this share of the first loss are not worth a word, however they compare.
_SMALL = 1e-3

# Epochs that a run needs at its pace to get somewhere. Measured after epoch 2: at most 20 for
# 6000 digits at a tenth of Adam's usual rate, 370 at a hundredth.
_PATIENCE = 30
_EPOCHS_TO_JUDGE = 2
# Somewhere: this share of the way from guessing the mean to a perfect copy.
_SOMEWHERE = 0.1
# A run that slows down has arrived; one that is too slow goes on as it began.
_STEADY = 0.5

# Measured: over 230 epochs of six healthy runs the loss stayed within 0.3 % of its best; with 200
# to 1000 digits for about a million parameters it rose by 2 to 8 %.
_WORSE_THAN_BEST = 0.01
_EPOCHS_SINCE_BEST = 3


def find_rate_too_large(
    experiment: ExperimentSpec, history: History, _evidence: Evidence
) -> Finding | None:
    """Find a loss that is higher than before training, or goes up and down."""
    records = history.whole_epochs().records
    if len(records) < 2:
        return None
    rate = remedies.rate_in_force(experiment, history)
    if _validation(records[-1]) > (1 + _WORSE) * _validation(records[0]):
        message = "The loss is higher than before training."
    elif _goes_up_and_down(experiment, records):
        message = "The loss goes up and down."
    else:
        return None
    why = f"At a learning rate of {rate:.3g} steps overshoot."
    return Finding("rate_too_large", message, why, remedies.lower_rate(experiment, rate))


def _goes_up_and_down(experiment: ExperimentSpec, records: tuple[EpochRecord, ...]) -> bool:
    recent = [record for record in records[-_LOOKED_AT - 1 :] if record.loss is not None]
    if len(recent) <= _LOOKED_AT or _price_changed(experiment, recent[0]):
        return False
    least = _SMALL * _validation(records[0])
    pairs = zip(map(_training, recent), map(_training, recent[1:]), strict=False)
    return sum(after - before > max(_RISE * before, least) for before, after in pairs) >= _RISES


def find_rate_too_small(
    experiment: ExperimentSpec, history: History, evidence: Evidence
) -> Finding | None:
    """Find a loss that falls steadily, but so little that it gets nowhere in time."""
    records = history.whole_epochs().records
    if len(records) <= _EPOCHS_TO_JUDGE:
        return None
    first, before, now = (_validation(records[place]) for place in (0, -2, -1))
    fall, mean_fall = before - now, (first - now) / (len(records) - 1)
    has_moved = first - now > _SMALL * first
    if has_moved and fall < _STEADY * mean_fall:
        return None
    epochs_left = experiment.training.epochs - records[-1].epoch
    if _way_to_go(experiment, evidence) <= max(fall, 0.0) * max(_PATIENCE, epochs_left):
        return None
    rate = remedies.rate_in_force(experiment, history)
    return Finding(
        "rate_too_small",
        "The loss hardly falls.",
        f"At a learning rate of {rate:.3g} steps are so small that it gets nowhere in time.",
        remedies.higher_rate(experiment, rate),
    )


def _way_to_go(experiment: ExperimentSpec, evidence: Evidence) -> float:
    """Return how far the loss is above one worth having; of noise that is the mean's."""
    kind = experiment.architecture.loss
    worth = evidence.loss_of_mean(kind)
    if evidence.has_pattern:
        worth -= _SOMEWHERE * (worth - evidence.loss_of_copy(kind))
    return evidence.loss(kind) - worth


def find_overfitting(
    experiment: ExperimentSpec, history: History, _evidence: Evidence
) -> Finding | None:
    """Find a validation loss that rises while the training loss goes on falling."""
    records = [record for record in history.whole_epochs() if record.loss is not None]
    if not records:
        return None
    best, last = min(records, key=_validation), records[-1]
    if last.epoch - best.epoch < _EPOCHS_SINCE_BEST or _price_changed(experiment, best):
        return None
    least = max(_WORSE_THAN_BEST * _validation(best), _SMALL * _validation(history.records[0]))
    recent = records[-_EPOCHS_SINCE_BEST:]
    if any(_validation(record) - _validation(best) <= least for record in recent):
        return None
    training = [_training(record) for record in records[-_EPOCHS_SINCE_BEST - 1 :]]
    if training != sorted(training, reverse=True):
        # Too large a learning rate can look like it for a moment; then both losses jump about.
        return None
    is_watched = experiment.training.early_stopping is not None
    return Finding(
        "overfitting",
        f"Since epoch {best.epoch} new rows are rebuilt worse, those trained on better.",
        "It learns its rows by heart: fewer parameters, or an end at the best epoch, prevent that.",
        remedies.fewer_parameters(experiment.architecture)
        if is_watched
        else remedies.early_stopping(_EPOCHS_SINCE_BEST),
    )


def _price_changed(experiment: ExperimentSpec, since: EpochRecord) -> bool:
    """Tell whether the weight of the KL grew after an epoch: losses rise with it, as they may."""
    code = experiment.architecture.code
    return isinstance(code, VariationalCode) and since.epoch < code.warm_up_epochs


def _training(record: EpochRecord) -> float:
    """Return the training loss of an epoch without the KL; 0 for epoch 0, which has none."""
    return record.reconstruction or record.loss or 0.0


def _validation(record: EpochRecord) -> float:
    return record.val_loss if record.val_reconstruction is None else record.val_reconstruction
