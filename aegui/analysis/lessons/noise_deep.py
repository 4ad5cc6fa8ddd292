"""Lesson 2: more layers on noise, as the post tells it and as it was coded."""

from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.analysis.lessons.histograms import overlaid
from aegui.analysis.lessons.noise_simple import guess_figures
from aegui.analysis.lessons.runs import by_setting, error_of, errors_of, spread_of
from aegui.analysis.spread import differ
from aegui.records.figures import Figure
from aegui.records.trials import TrialOutcome

Runs = tuple[TrialOutcome, ...]


def study(evidence: Evidence) -> Study:
    """Return the histograms of one and of four layers a side, over each other."""
    groups = by_setting(evidence.own, "depth") if _has_depth(evidence.own) else {4: evidence.own}
    return _compared(groups.get(1, ()), groups.get(4, ()), "4 layers a side")


def study_as_coded(evidence: Evidence) -> Study:
    """Return the histograms of lesson 1's network and of the deep one as it was coded."""
    simple = evidence.part("noise-simple")
    return _compared(simple, evidence.own, "4 layers a side, decoder as coded")


def _has_depth(runs: Runs) -> bool:
    """Whether runs come from the sweep, rather than from a press on Train."""
    return all("depth" in run.settings for run in runs)


def _compared(simple: Runs, deep: Runs, name: str) -> Study:
    if not simple and not deep:
        return Study()
    panel = overlaid([("1 layer a side", simple), (name, deep)])
    features = (simple or deep)[0].experiment.dataset.features
    guess_mean, guess_spread = guess_figures(features)
    note = f"Always answering ½: mean {guess_mean:g}, σ = {guess_spread:.3f}."
    facts: dict[str, float] = {"guess_mean": guess_mean, "guess_spread": guess_spread}
    facts["features"] = float(features)
    if simple and deep:
        one, four = errors_of(simple), errors_of(deep)
        facts |= {
            "simple_error": sum(one) / len(one),
            "deep_error": sum(four) / len(four),
            "simple_spread": spread_of(simple[0]),
            "deep_spread": spread_of(deep[0]),
        }
        if min(len(one), len(four)) > 1:
            facts["differs"] = float(differ(one, four))
        note += _difference(one, four)
    else:
        facts["deep_error" if deep else "simple_error"] = error_of((deep or simple)[0])
    return Study((Figure("comparison", "Comparison", (panel,), note, columns=1),), facts)


def _difference(one: list[float], four: list[float]) -> str:
    if len(one) < 2 or len(four) < 2:
        return " One seed each: nothing tells whether the difference would last."
    if not differ(one, four):
        return " No difference shown: the means are within the spread of the seeds."
    by = sum(four) / len(four) - sum(one) / len(one)
    return f" Over {len(one)} seeds the mean error differs by {by:+.2f}."
