"""What rows, their codes and their reconstructions tell of a run.

The thresholds were measured here; beside each stands what healthy and sick runs showed.
"""

import numpy as np

from aegui.analysis.diagnosis import remedies
from aegui.analysis.diagnosis.evidence import Evidence
from aegui.analysis.diagnosis.finding import Finding
from aegui.analysis.diagnosis.remedies import Remedy
from aegui.records import History
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, NoiseSpec, check

# Some units wake up and some models leave their beginning in the first epoch only.
_EPOCHS_TO_JUDGE = 2

# Variance of the reconstructions as a share of the rows'. Measured from epoch 2 on: collapsed
# runs 1e-11 (relu code, Adam at 0.1 to 100; nine sigmoid layers), 2e-6 (L1 of 0.01), 4e-5 to
# 7e-6 (β of 100, epochs 4 to 6); healthy ones 0.008 (β of 20), 0.03 (digits) to 0.9.
_COLLAPSED = 1e-4
# |mean reconstruction − mean row|² as a share of that variance, where the one reconstruction is
# the mean: 0.02 to 0.09. On its way there: 1 to 2.6.
_AT_MEAN = 0.3

# A code whose mean varies less than this from row to row says nothing (Burda, Grosse &
# Salakhutdinov: "Importance weighted autoencoders", ICLR 2016). Measured: 0.003 to 0.006 (β of
# 100), 0.015 (β of 20), 0.04 and more (β of 1 to 5).
_SILENT_VARIANCE = 0.01
# A unit that is the same to the last digits. Measured: 0 for dead ones; 2e-4 and more for units
# of untrained sigmoid stacks and for those that came alive later.
_SAME = 1e-6

# A model of w units explains w / p of the variance of p independent numbers, measured 0.061 where
# that is 0.0625; what it explains beyond this much more it has found.
_MORE = 0.05


def find_output_range(
    experiment: ExperimentSpec, _history: History, evidence: Evidence
) -> Finding | None:
    """Find data that the output activation cannot reach."""
    low, high = float(evidence.rows.min()), float(evidence.rows.max())
    # Rounding may carry data a little over an edge.
    slack = 1e-3 * (high - low)
    # The rule of the panels, asked about the rows as they are instead of as they were announced.
    rows = NoiseSpec(features=evidence.rows.shape[1], low=low + slack, high=high - slack)
    problems = check(experiment.model_copy(update={"dataset": rows}))
    if all(problem.field != "architecture.output_activation" for problem in problems):
        return None
    activation = experiment.architecture.output_activation
    return Finding(
        "output_range",
        f"The output ({activation}) cannot reach the data, which go from {low:.3g} to {high:.3g}.",
        f"What {activation} never returns cannot be rebuilt, however long it trains.",
        remedies.linear_output(),
    )


def find_collapse(
    experiment: ExperimentSpec, history: History, evidence: Evidence
) -> Finding | None:
    """Find reconstructions that are all the same. For data without a pattern that is right."""
    if history.whole_epochs().epochs < _EPOCHS_TO_JUDGE or not evidence.has_pattern:
        return None
    if not evidence.kept_variance < _COLLAPSED:
        return None
    noun = "image" if experiment.dataset.image_shape else "row"
    is_mean = evidence.distance_from_mean < _AT_MEAN
    which = f"the mean {noun}" if is_mean else f"the same {noun}"
    why, remedy = _cause(experiment, history) or _cause_of_collapse(experiment, history)
    return Finding("collapse", f"All reconstructions are {which}.", why, remedy)


def find_dead_units(
    experiment: ExperimentSpec, history: History, evidence: Evidence
) -> Finding | None:
    """Find code units that tell no row from another."""
    if history.whole_epochs().epochs < _EPOCHS_TO_JUDGE:
        return None
    codes = evidence.codes
    spread, largest = codes.std(axis=0, dtype=np.float64), np.abs(codes).max(axis=0)
    if experiment.architecture.is_variational:
        dead = spread**2 < _SILENT_VARIANCE
    else:
        dead = spread <= _SAME * np.maximum(largest, 1)
    count, width = int(dead.sum()), codes.shape[1]
    if count == 0:
        return None
    always = "nearly the same for every row" if largest[dead].any() else "always 0"
    verb, they = ("is", "it carries") if count == 1 else ("are", "they carry")
    why, remedy = _cause(experiment, history) or (
        "Where they are they get hardly any gradient, so they stay there.",
        remedies.elu_code()
        if _has_relu_code(experiment.architecture)
        else remedies.tenth_of_rate(remedies.rate_in_force(experiment, history)),
    )
    message = f"{count} of {width} code units {verb} {always}: {they} nothing."
    return Finding("dead_units", message, why, remedy)


def find_no_pattern(
    experiment: ExperimentSpec, history: History, evidence: Evidence
) -> Finding | None:
    """Find rows of independent numbers: guessing their mean is right then, and no failure."""
    width, features = experiment.architecture.code.width, evidence.rows.shape[1]
    if history.epochs == 0 or width >= features or evidence.has_pattern:
        return None
    if evidence.explained > width / features + _MORE:
        return None
    return Finding(
        "no_pattern",
        "There is nothing to learn here: the numbers of a row do not depend on each other.",
        f"A code of {width} can carry about {width} of {features}; "
        "for the rest the mean is the best guess.",
    )


def _cause(experiment: ExperimentSpec, history: History) -> tuple[str, Remedy] | None:
    """Return the most suspicious of the choices that silence units, and what to do about it."""
    rate, usual = remedies.rate_in_force(experiment, history), remedies.usual_rate(experiment)
    if rate > 2 * usual:
        why = f"Steps at a learning rate of {rate:.3g} throw units where they have no gradient."
        return why, remedies.lower_rate(experiment, rate)
    lighter = remedies.lighter_price(experiment.architecture)
    if lighter is not None:
        return "What the code must pay for saying something is more than it gains.", lighter
    return None


def _cause_of_collapse(experiment: ExperimentSpec, history: History) -> tuple[str, Remedy]:
    architecture = experiment.architecture
    rate = remedies.rate_in_force(experiment, history)
    hidden = (*architecture.encoder, *architecture.decoder_layers)
    if rate < remedies.usual_rate(experiment) / 2:
        why = f"At a learning rate of {rate:.3g} it has hardly left its beginning."
        return why, remedies.higher_rate(experiment, rate)
    inner = {layer.activation for layer in hidden}
    if isinstance(architecture.code, DenseCode):
        inner.add(architecture.code.activation)
    if inner & {"sigmoid", "tanh"}:
        why = "Saturating layers weaken the gradient one after another; the first get none."
        return why, remedies.elu_everywhere(architecture)
    if architecture.loss == "mean_absolute_error":
        return "For this loss the median is a guess hard to leave.", remedies.squared_error()
    if _has_relu_code(architecture):
        return "Units that relu has silenced get no gradient.", remedies.elu_code()
    why = "It has found nothing better than one guess for all."
    return why, remedies.tenth_of_rate(rate)


def _has_relu_code(architecture: ArchitectureSpec) -> bool:
    code = architecture.code
    return isinstance(code, DenseCode) and code.activation == "relu"
