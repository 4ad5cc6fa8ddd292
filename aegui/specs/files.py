"""Experiments as JSON files."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aegui.specs.checks import check
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.problems import Problem, Severity, SpecError, problems_in


def parse_experiment(text: str, source: str) -> ExperimentSpec:
    """Read an experiment from JSON.

    Parameters
    ----------
    source
        What the text is called in messages, such as the file's name.

    Raises
    ------
    SpecError
        The text is not JSON, or not an experiment; each wrong field is named.
    """
    return build_experiment(parse_object(text, source, "one JSON object, an experiment"), source)


def parse_object(text: str, source: str, what: str = "one JSON object") -> dict[str, Any]:
    """Return a text's JSON object; raises ``SpecError``, saying that ``what`` was expected."""
    try:
        raw: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        # A plain ``ValueError`` is a whole number of more digits than Python reads.
        where = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        raise SpecError(source, [Problem("", f"is not JSON ({where}{error})")]) from error
    if not isinstance(raw, dict):
        raise SpecError(source, [Problem("", f"must hold {what}")])
    return raw


def build_experiment(raw: dict[str, Any], source: str) -> ExperimentSpec:
    """Validate the parsed form of an experiment; raises ``SpecError``."""
    try:
        return ExperimentSpec.model_validate(raw)
    except ValidationError as error:
        raise SpecError(source, problems_in(error, raw)) from error


def read_experiment(path: Path) -> ExperimentSpec:
    """Read an experiment file; raises ``SpecError`` naming the file and what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(str(path), [Problem("", f"cannot be read ({error})")]) from error
    return parse_experiment(text, str(path))


def require_runnable(experiment: ExperimentSpec, source: str) -> None:
    """Raise ``SpecError`` when the experiment's choices do not fit each other."""
    errors = [problem for problem in check(experiment) if problem.severity is Severity.ERROR]
    if errors:
        raise SpecError(source, errors)
