"""What may be changed where a run goes on as another experiment."""

from aegui.specs.architecture import ArchitectureSpec
from aegui.specs.dataset import DatasetSpec, MnistSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.file_dataset import FileSpec
from aegui.specs.optimizers import OptimizerSpec, SgdSpec


def why_not_continue(run: ExperimentSpec, wanted: ExperimentSpec) -> str | None:
    """Return why a run's weights cannot go on as another experiment; None when they can.

    The learning rate, β, batch, seed, rows and epochs may change. What the data are may not, nor
    what decides the shape of weights and of the optimizer's memory; and a random layer that was
    not there has no place in its random numbers to go on from.
    """
    old, new = run.architecture, wanted.architecture
    if _values(run.dataset) != _values(wanted.dataset):
        return f"it learned {_values(run.dataset)}, and the panels hold {_values(wanted.dataset)}"
    if _of_a_file(run.dataset) != _of_a_file(wanted.dataset):
        return f"it learned other columns of {run.dataset.title}, or scaled them otherwise"
    if run.stages.weight_shapes != wanted.stages.weight_shapes:
        return f"its weights are those of {run.shape}, and the panels ask for {wanted.shape}"
    if _memory(old.optimizer) != _memory(new.optimizer):
        return "another optimizer has no memory of its steps"
    if old.loss != new.loss:
        return "another loss has other errors to compare with"
    added = [words for words in _random_layers(new) if words not in _random_layers(old)]
    if added:
        return f"it has had no {added[0]}, whose random numbers begin with a run"
    return None


def has_same_test_rows(run: ExperimentSpec, wanted: ExperimentSpec) -> bool:
    """Tell whether two experiments test on the same rows; generated data have a split of their own.

    MNIST's test rows are its own, however many of the others are taken.
    """
    both_are_digits = all(isinstance(x.dataset, MnistSpec) for x in (run, wanted))
    return both_are_digits or run.dataset == wanted.dataset


def _values(dataset: DatasetSpec) -> str:
    """Return what the rows are, in words: kind, numbers in a row, smallest and largest value."""
    low, high = dataset.value_range
    is_a_name = isinstance(dataset, MnistSpec | FileSpec)
    title = dataset.title if is_a_name else dataset.title.lower()
    return f"{title} of {dataset.features} numbers in [{low:g}, {high:g}]"


def _of_a_file(dataset: DatasetSpec) -> object:
    """Return what a file's features stand for: which columns, and how their values are scaled."""
    return (dataset.columns, dataset.fit) if isinstance(dataset, FileSpec) else None


def _memory(optimizer: OptimizerSpec) -> str:
    """Return what kind of numbers an optimizer keeps for each weight."""
    if isinstance(optimizer, SgdSpec) and optimizer.momentum == 0:
        return "sgd without momentum"
    return optimizer.kind


def _random_layers(architecture: ArchitectureSpec) -> list[str]:
    """Return the random layers in words; those of a variational code show in the weights."""
    halves = {"encoder": architecture.encoder, "decoder": architecture.decoder_layers}
    dropped = [
        f"dropout in {half} layer {place}"
        for half, layers in halves.items()
        for place, layer in enumerate(layers, start=1)
        if layer.dropout
    ]
    return [*dropped, *(["corruption"] if architecture.corruption is not None else [])]
