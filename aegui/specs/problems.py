"""What is wrong with a spec, said so that a person can mend it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import ValidationError


class Severity(Enum):
    """Whether a run can be started all the same."""

    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, at one field (``architecture.code.width``; empty for the whole)."""

    field: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class SpecError(ValueError):
    """A spec that cannot be used; ``problems`` name every field that is wrong."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__(f"{source}: " + "; ".join(str(problem) for problem in problems))


def problems_in(error: ValidationError, raw: object = None) -> list[Problem]:
    """Translate pydantic's findings into problems, one for each field.

    Parameters
    ----------
    raw
        The value that was validated. A discriminated union puts the name of the chosen kind
        into its paths; with ``raw`` at hand those names are left out.
    """
    return [
        Problem(
            _path(details["loc"], raw, key_is_missing=details["type"] == "missing"),
            _sentence(dict(details)),
        )
        for details in error.errors()
    ]


def _path(location: tuple[int | str, ...], raw: object, *, key_is_missing: bool) -> str:
    """Join a location with dots, leaving out the parts that are tags and not keys."""
    parts: list[str] = []
    here = raw
    for index, part in enumerate(location):
        names_missing_key = key_is_missing and index == len(location) - 1
        if isinstance(here, dict) and part not in here and not names_missing_key:
            continue
        parts.append(str(part))
        here = _child(here, part)
    return ".".join(parts)


def _child(value: object, key: int | str) -> object:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, (list, tuple)) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


_SENTENCES = {
    "extra_forbidden": "is not a setting that aegui knows; check its spelling or leave it out",
    "missing": "is missing",
    "greater_than_equal": "is {given}, but must be at least {ge:.10g}",
    "greater_than": "is {given}, but must be greater than {gt:.10g}",
    "less_than_equal": "is {given}, but must be at most {le:.10g}",
    "less_than": "is {given}, but must be less than {lt:.10g}",
    "int_parsing": "is {given}, but must be a whole number",
    "int_type": "is {given}, but must be a whole number",
    "int_from_float": "is {given}, but must be a whole number",
    "float_parsing": "is {given}, but must be a number",
    "float_type": "is {given}, but must be a number",
    "finite_number": "is {given}, but must be a finite number",
    "literal_error": "is {given}, but must be one of {expected}",
    "union_tag_invalid": "has the kind '{tag}', but must be one of {expected_tags}",
    "union_tag_not_found": "needs a 'kind'",
    "model_type": "is {given}, but must be an object with settings",
    "model_attributes_type": "is {given}, but must be an object with settings",
    "tuple_type": "is {given}, but must be a list",
    "too_long": "has {actual_length} entries, but may have at most {max_length}",
    "value_error": "{error}",
}


def _sentence(details: dict[str, Any]) -> str:
    template = _SENTENCES.get(details["type"], "is {given}: {msg}")
    words = details.get("ctx", {}) | {"given": _shown(details["input"]), "msg": details["msg"]}
    return template.format_map(words)


def _shown(value: object) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"
