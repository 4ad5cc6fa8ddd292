"""What the views show at the moment, for whoever looks further into it."""

from dataclasses import dataclass

from aegui.data import Dataset
from aegui.records import FloatArray, TrainedModel
from aegui.specs import ExperimentSpec


@dataclass(frozen=True, eq=False)
class Shown:
    """A model and the rows that it is judged on.

    ``row_errors`` is Σ|x − x̂| of each test row, ``epoch`` how many epochs the model has seen,
    ``is_live`` whether it is learning still, so that the next one is on its way. ``name`` is
    what the model is called for people, such as ``Your model, 10 epochs``.
    """

    experiment: ExperimentSpec
    dataset: Dataset
    model: TrainedModel
    row_errors: FloatArray
    epoch: int
    is_live: bool
    name: str = ""
