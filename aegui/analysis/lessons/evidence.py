"""What a lesson's figures are made from, and what comes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aegui.data import Dataset, load_dataset
from aegui.records import TrainedModel
from aegui.records.figures import Figure
from aegui.records.trials import TrialOutcome
from aegui.specs import DatasetSpec
from aegui.specs.lessons import OWN, Facts


@dataclass(frozen=True, eq=False)
class Evidence:
    """The runs of a lesson that there are so far, by part; see ``specs.lessons.parts_of``.

    ``model_of`` makes a run's weights into a model; ``dataset_of`` finds a run's rows.
    """

    parts: Mapping[str, tuple[TrialOutcome, ...]]
    model_of: Callable[[TrialOutcome], TrainedModel]
    dataset_of: Callable[[DatasetSpec], Dataset] = load_dataset

    def part(self, name: str) -> tuple[TrialOutcome, ...]:
        """Return the runs of a part; none if it has not begun."""
        return tuple(self.parts.get(name, ()))

    @property
    def own(self) -> tuple[TrialOutcome, ...]:
        """The lesson's own runs."""
        return self.part(OWN)


@dataclass(frozen=True, eq=False)
class Study:
    """A lesson's figures, and the numbers that its question is answered from."""

    figures: tuple[Figure, ...] = ()
    facts: Facts = field(default_factory=dict)
