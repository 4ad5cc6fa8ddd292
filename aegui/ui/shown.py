"""What the views show at the moment, for whoever looks further into it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegui.data import Dataset
from aegui.records import FloatArray, TrainedModel
from aegui.specs import ExperimentSpec

if TYPE_CHECKING:
    from aegui.analysis.latent_map import LatentMap


class RunInView:
    """Stands for a run that several tabs look into.

    ``plane`` is the map that its codes were drawn on last, if any: principal components come with
    an arbitrary sign, and whoever fits a map keeps the directions of this one.
    """

    def __init__(self) -> None:
        self.plane: LatentMap | None = None


@dataclass(frozen=True, eq=False)
class Shown:
    """A model and the rows that it is judged on.

    ``row_errors`` is Σ|x − x̂| of each test row, ``epoch`` how many epochs the model has seen,
    ``is_live`` whether it is learning still, so that the next one is on its way. ``name`` is
    what the model is called for people, such as ``Your model, 10 epochs``. All models of a run
    have one ``run``.
    """

    experiment: ExperimentSpec
    dataset: Dataset
    model: TrainedModel
    row_errors: FloatArray
    epoch: int
    is_live: bool
    name: str = ""
    run: RunInView = field(default_factory=RunInView)
