"""What no single field can know: choices that do not fit each other."""

from collections.abc import Iterator

from aegui.specs.dataset import DatasetSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.file_dataset import FileSpec
from aegui.specs.problems import Problem, Severity
from aegui.specs.streaming import StreamSpec

# More numbers than this (4 GB as float32, twice that while training) do not fit a usual machine.
MAX_VALUES = 1_000_000_000

_REACH = {
    "sigmoid": (0.0, 1.0),
    "relu": (0.0, float("inf")),
    "tanh": (-1.0, 1.0),
    "elu": (-1.0, float("inf")),
    "gelu": (-0.17, float("inf")),
    "linear": (float("-inf"), float("inf")),
}


def check(experiment: ExperimentSpec) -> list[Problem]:
    """Return what is impossible (errors) or suspicious (warnings) about an experiment."""
    return [
        *_check_size(experiment),
        *_check_batch(experiment),
        *_check_code(experiment),
        *_check_convolutions(experiment),
        *_check_output(experiment),
    ]


def is_runnable(problems: list[Problem]) -> bool:
    """Tell whether none of the problems is an error."""
    return all(problem.severity is not Severity.ERROR for problem in problems)


def _check_size(experiment: ExperimentSpec) -> Iterator[Problem]:
    dataset = experiment.dataset
    if isinstance(dataset, FileSpec) and dataset.streaming is not None:
        yield from _check_streaming(dataset.streaming, dataset.features)
        return
    if dataset.rows * dataset.features > MAX_VALUES:
        most = MAX_VALUES // dataset.features
        yield Problem(
            "dataset.rows",
            f"{dataset.rows:,} × {dataset.features:,} numbers need more than 4 GB; "
            f"with this many features take at most {most:,} rows".replace(",", " "),
        )


def _check_streaming(streaming: StreamSpec, features: int) -> Iterator[Problem]:
    """Look at what is in memory at once; a spec may be a stranger's."""
    for name, rows in streaming:
        if rows * features > MAX_VALUES:
            yield Problem(
                f"dataset.streaming.{name}",
                f"{rows:,} × {features:,} numbers at once need more than 4 GB; "
                f"with this many features take at most {MAX_VALUES // features:,}".replace(
                    ",", " "
                ),
            )


def _check_batch(experiment: ExperimentSpec) -> Iterator[Problem]:
    batch, rows = experiment.training.batch_size, experiment.dataset.train_rows
    if batch > rows:
        yield Problem(
            "training.batch_size", f"a batch of {batch} is larger than the {rows} training rows"
        )


def _check_code(experiment: ExperimentSpec) -> Iterator[Problem]:
    width, features = experiment.architecture.code.width, experiment.dataset.features
    if width >= features:
        yield Problem(
            "architecture.code.width",
            f"A code of {width} for {features} features is no bottleneck: it may copy the input",
            Severity.WARNING,
        )


def _check_convolutions(experiment: ExperimentSpec) -> Iterator[Problem]:
    if experiment.architecture.is_convolutional and experiment.dataset.image_shape is None:
        yield Problem(
            "architecture.encoder",
            f"Convolutions need pictures; {_rows_of(experiment.dataset)} are rows of numbers. "
            "Take dense layers, or MNIST digits",
        )


def _rows_of(dataset: DatasetSpec) -> str:
    return f"those in {dataset.title}" if dataset.kind == "file" else dataset.title.lower()


def _check_output(experiment: ExperimentSpec) -> Iterator[Problem]:
    low, high = experiment.dataset.value_range
    activation = experiment.architecture.output_activation
    least, most = _REACH[activation]
    inside_unit = low >= 0 and high <= 1
    if experiment.architecture.loss == "binary_crossentropy":
        if not inside_unit:
            yield Problem(
                "architecture.loss",
                f"Cross-entropy needs data in [0, 1]; these lie in [{low:g}, {high:g}]. "
                "Take mean squared error",
            )
        elif activation != "sigmoid":
            yield Problem(
                "architecture.loss",
                f"Cross-entropy reads the output as a probability; {activation} can leave [0, 1], "
                "sigmoid cannot",
                Severity.WARNING,
            )
    if low < least or high > most:
        yield Problem(
            "architecture.output_activation",
            f"{activation} cannot reach data in [{low:g}, {high:g}]; linear can",
            Severity.WARNING,
        )
