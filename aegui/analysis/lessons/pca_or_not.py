"""A linear autoencoder beside a principal component analysis of the same width."""

from collections.abc import Callable

import numpy as np

from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.analysis.lessons.runs import by_setting
from aegui.analysis.spread import mean_and_sd
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.records.figures import Dots, Figure, Line, Panel
from aegui.records.trials import TrialOutcome

_TITLES = {"noise": "Uniform noise", "sinusoids": "Sinusoids", "mnist": "MNIST digits"}
# Below this share of PCA's error a difference comes from absolute against squared errors.
_HAIR = 0.01


def study(evidence: Evidence) -> Study:
    """Return a panel for each dataset: a dot for each seed, and PCA as a line."""
    groups = {
        str(kind): runs
        for kind, runs in by_setting(
            [run for run in evidence.own if "dataset" in run.settings], "dataset"
        ).items()
    }
    if not groups and evidence.own:
        groups = {evidence.own[0].experiment.dataset.kind: evidence.own}
    panels: list[Panel] = []
    facts: dict[str, float] = {}
    notes: list[str] = []
    for kind, runs in groups.items():
        width = runs[0].experiment.architecture.code.width
        dataset = evidence.dataset_of(runs[0].experiment.dataset)
        pca = pca_error(dataset, width)
        errors = [_clipped_error(dataset, evidence.model_of(run).reconstruct) for run in runs]
        panels.append(_panel(kind, runs, errors, f"PCA of width {width}: {pca:.3g}", pca))
        found = _compared(errors, pca) | {"features": float(dataset.features)}
        facts |= {f"{kind}_{name}": value for name, value in found.items()}
        notes.append(f"{_TITLES[kind]}: {_words(found)}")
    if not panels:
        return Study()
    note = "; ".join(notes) + ". All answers are held to the data's range."
    return Study((Figure("pca", "Network and PCA", tuple(panels), note, columns=3),), facts)


def pca_error(dataset: Dataset, width: int) -> float:
    """Return the mean over the test rows of Σ|x − x̂| of a PCA of a width.

    It is fitted to all training rows, as the network is, by the eigenvectors of their covariance
    (scikit-learn), where the quick baseline of every run takes a part of them. Fewer rows than
    components have all of their variance in as many as there are rows. Its answer is clipped to
    the data's range.
    """
    from sklearn.decomposition import PCA

    most = min(width, *dataset.train.shape)
    pca = PCA(most, svd_solver="covariance_eigh").fit(dataset.train)
    return _clipped_error(dataset, lambda rows: pca.inverse_transform(pca.transform(rows)))


def _clipped_error(dataset: Dataset, answer: Callable[[FloatArray], FloatArray]) -> float:
    """Return the mean error of answers that are held to the data's range, both alike."""
    rebuilt = np.clip(answer(dataset.test), *dataset.value_range)
    return float(np.abs(dataset.test - rebuilt).sum(axis=1).mean(dtype=np.float64))


def _panel(
    kind: str, runs: tuple[TrialOutcome, ...], errors: list[float], name: str, pca: float
) -> Panel:
    seeds = np.arange(1, len(runs) + 1, dtype=np.float64)
    marks = (
        Line(pca, name=name, tone="1"),
        Dots(seeds, np.array(errors), "linear network, one seed", "0", size=10),
        Line(0.0, tone="grid"),
    )
    ticks = tuple((float(seed), str(runs[int(seed) - 1].seed)) for seed in seeds)
    return Panel(_TITLES[kind], marks, "Seed", "Mean error of a row", x_ticks=ticks)


def _compared(errors: list[float], pca: float) -> dict[str, float]:
    """Return both errors, and by how much the network's is lower: nothing is said of one seed."""
    mean, sd = mean_and_sd(errors)
    facts = {"error": mean, "pca": pca}
    if len(errors) > 1:
        gain = pca - mean
        clear = abs(gain) > max(sd, _HAIR * pca)
        facts["gain"] = gain if clear else 0.0
    return facts


def _words(found: dict[str, float]) -> str:
    if "gain" not in found:
        return "one seed, which tells nothing of a difference"
    if found["gain"] == 0.0:
        return "no difference shown"
    return "the network is lower" if found["gain"] > 0 else "PCA is lower"
