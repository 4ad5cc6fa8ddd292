"""The JSON files of a run's folder, read with a sentence for each way in which they can be bad."""

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from aegui.runs.folder import RunError, cannot_read
from aegui.sentences import first_line
from aegui.specs.problems import problems_in

Document = TypeVar("Document", bound=BaseModel)

_MOST_PROBLEMS = 2
_VERSION = 1


def read_document(path: Path, kind: type[Document]) -> Document:
    """Read one of a run's JSON files.

    Raises
    ------
    RunError
        The file is missing, cut off, not JSON, of something else, or of a newer aegui.
    """
    raw = read_json(path)
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        problems = problems_in(error, raw)
        told = "; ".join(str(problem) for problem in problems[:_MOST_PROBLEMS])
        raise RunError(f"{path} is not what aegui writes there: {told}.") from error


def read_json(path: Path) -> dict[str, Any]:
    """Return the one object that a JSON file holds, of a version that this aegui knows."""
    try:
        raw: Any = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise RunError(f"{path} is missing.") from error
    except OSError as error:
        raise cannot_read(path, error) from error
    except (ValueError, RecursionError) as error:
        why = first_line(error)
        raise RunError(f"{path} is damaged: it is cut off or not JSON ({why}).") from error
    if not isinstance(raw, dict):
        raise RunError(f"{path} is not what aegui writes there: it must hold one JSON object.")
    version = raw.get("schema_version")
    if isinstance(version, int) and version > _VERSION:
        raise RunError(
            f"{path} was written by a newer aegui: its schema version is {version}, and this "
            f"aegui reads version {_VERSION}. Update aegui to open it."
        )
    return raw
