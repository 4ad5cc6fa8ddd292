"""Sweeps as JSON files."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aegui.specs.experiment import ExperimentSpec
from aegui.specs.files import build_experiment, parse_object
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
    return build_sweep(parse_object(text, source), source)


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
    raw = parse_object(text, str(path))
    return build_sweep(raw, str(path)) if "base" in raw else build_experiment(raw, str(path))
