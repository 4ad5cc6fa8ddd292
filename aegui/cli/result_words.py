"""A finished run for standard output: as one line of JSON, or in words."""

import json
import math
from typing import Any

from aegui.records import Baselines, RunResult


def as_json_line(result: RunResult, baselines: Baselines | None) -> str:
    """Return the run's figures as one line: a JSON object, with null for what is not finite.

    ``baselines`` are the errors of answers that take no training. Raises ``ValueError`` for a run
    that did not finish.
    """
    figures = _figures(result)
    figures["baselines"] = baselines.figures() if baselines else None
    return json.dumps(_finite(figures), allow_nan=False)


def in_words(result: RunResult, baselines: Baselines | None, features: int) -> str:
    """Return the run's figures in a few lines for people, the mean error per feature first.

    ``features`` is the number of them in a row, over which the kept errors are summed. Raises
    ``ValueError`` for a run that did not finish.
    """
    figures = _figures(result)
    error, seconds = figures["error"], figures["seconds"]
    told = ""
    if error:
        told = f"mean error per feature {_error(error['mean'], features)}, "
        told += f"spread of the sums {error['std']:.3f}\n"
    where = f"kept in {result.folder}" if result.folder else "not kept"
    return (
        f"{told}loss {figures['loss']:.4f} · validation loss {figures['val_loss']:.4f} · "
        f"{figures['epochs']} epochs "
        f"in {seconds['train']:.1f} s\n{_baselines_in_words(baselines, features)}"
        f"{where}"
    )


def _figures(result: RunResult) -> dict[str, Any]:
    if result.summary is None:
        raise ValueError("a run that finished has a summary")
    wanted = {"loss", "val_loss", "epochs", "error", "seconds", "peak_rss_mb"}
    figures: dict[str, Any] = result.summary.model_dump(include=wanted)
    figures["run_dir"] = str(result.folder) if result.folder else None
    return figures


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _error(mean: float, features: int) -> str:
    return f"{mean / features:.4f} (sum {mean:.3f})"


def _baselines_in_words(baselines: Baselines | None, features: int) -> str:
    if baselines is None:
        return ""
    parts = [f"always the {baselines.mean_name}: {_error(baselines.mean.mean, features)}"]
    if baselines.pca is not None:
        parts.append(f"PCA of width {baselines.pca_width}: {_error(baselines.pca.mean, features)}")
    if baselines.floor:
        parts.append(f"no loss is below {baselines.floor:.4f}")
    return " · ".join(parts) + "\n"
