"""What a look at a run can find."""

from dataclasses import dataclass
from typing import Literal

from aegui.analysis.diagnosis.remedies import Remedy

Kind = Literal[
    "not_finite",
    "output_range",
    "collapse",
    "dead_units",
    "rate_too_large",
    "rate_too_small",
    "overfitting",
    "no_pattern",
]


@dataclass(frozen=True)
class Finding:
    """``message`` says what was found and ``why`` how that comes about, a sentence each."""

    kind: Kind
    message: str
    why: str
    remedy: Remedy | None = None

    @property
    def is_problem(self) -> bool:
        """Whether something went wrong, not only something worth knowing."""
        return self.kind != "no_pattern"
