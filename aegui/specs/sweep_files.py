"""Sweeps as JSON files."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aegui.specs.experiment import ExperimentSpec
from aegui.specs.files import build_experiment
from aegui.specs.problems import Problem, SpecError, problems_in
from aegui.specs.sweep import SweepSpec


def build_sweep(raw: dict[str, Any], source: str) -> SweepSpec:
    """Validate the parsed form of a sweep; raises ``SpecError`` naming what is wrong."""
    try:
        return SweepSpec.model_validate(raw)
    except ValidationError as error:
        raise SpecError(source, problems_in(error, raw)) from error


def parse_sweep(text: str, source: str) -> SweepSpec:
    """Read a sweep from JSON; raises ``SpecError``."""
    return build_sweep(_parse(text, source), source)


def read_experiment_or_sweep(path: Path) -> ExperimentSpec | SweepSpec:
    """Read a file of either kind: a sweep has a ``base``, the experiment that it varies.

    Raises
    ------
    SpecError
        The message names the file and what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(str(path), [Problem("", f"cannot be read ({error})")]) from error
    raw = _parse(text, str(path))
    return build_sweep(raw, str(path)) if "base" in raw else build_experiment(raw, str(path))


def _parse(text: str, source: str) -> dict[str, Any]:
    try:
        raw: Any = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise SpecError(source, [Problem("", f"is not JSON ({error})")]) from error
    if not isinstance(raw, dict):
        raise SpecError(source, [Problem("", "must hold one JSON object")])
    return raw
