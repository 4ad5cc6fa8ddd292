"""Parts of an experiment that may be left out: what a sweep sees of them while they are.

A setting inside such a part switches it on, with that kind's own defaults beside it; only one part
has a setting of a name, so there is nothing to ask.
"""

from typing import Any

from pydantic import BaseModel

from aegui.specs.layers import GaussianCorruption, MaskingCorruption
from aegui.specs.training import EarlyStoppingSpec, PlateauSpec

NONE = "none"
"""The kind of a part that is left out."""

_KINDS: dict[str, tuple[type[BaseModel], ...]] = {
    "architecture.corruption": (GaussianCorruption, MaskingCorruption),
    "training.early_stopping": (EarlyStoppingSpec,),
    "training.plateau": (PlateauSpec,),
}


def is_switch(field: str) -> bool:
    """Return whether a field is a whole part that is there or not, and has no kinds."""
    return len(_KINDS.get(field, ())) == 1


def settings_of_absent(field: str) -> dict[str, Any]:
    """Return the settings of a part that is left out, with the values that it would begin with.

    Empty for what cannot be left out.
    """
    settings: dict[str, Any] = {}
    for kind in _KINDS.get(field, ()):
        settings |= kind().model_dump(mode="json")
    return settings | {"kind": NONE} if "kind" in settings else settings


def switched(field: str, part: dict[str, Any] | None, name: str) -> dict[str, Any]:
    """Return a part as it is, or a new one that has a setting of this name."""
    if part is not None:
        return part
    defaults = (kind().model_dump(mode="json") for kind in _KINDS[field])
    return next(raw for raw in defaults if name in raw)
