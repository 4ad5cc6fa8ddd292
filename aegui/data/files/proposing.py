"""From a file and choices to the spec of its rows, and to a model that suits them."""

from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from aegui.data.dataset import DataError
from aegui.data.files.choices import Choices
from aegui.data.files.images import FOLDER
from aegui.data.files.last_stream import last_stream
from aegui.data.files.preparing import Prepared, prepare
from aegui.data.files.reading import Opened, open_file
from aegui.data.files.streamed import Streamed
from aegui.data.files.streaming import FileStream, prepare_stream
from aegui.data.files.watch import UNWATCHED, Watch
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    FileSpec,
    ImagesFormat,
    StreamSpec,
    TrainingSpec,
)
from aegui.specs.presets import preset
from aegui.specs.problems import problems_in

_WIDEST_CODE = 32
_WIDEST_LAYER = 512
_LEAST_BATCH, _LARGEST_BATCH = 16, 256
# Steps after which a small table is learned, by default.
_STEPS = 2000


def propose_file(path: Path, choices: Choices | None = None, watch: Watch = UNWATCHED) -> FileSpec:
    """Read a file and return the spec of its rows.

    Raises
    ------
    DataError
        It cannot be read, or does not suit the choices; the message names file, place and remedy.
    ReadingStoppedError
        The reading was called off.
    """
    return propose(open_file(path, choices, watch), choices, watch)


def propose(opened: Opened, choices: Choices | None = None, watch: Watch = UNWATCHED) -> FileSpec:
    """Return the spec of an opened file's rows under some choices.

    Raises
    ------
    DataError
        The file does not suit the choices, or rows that stay in it cannot be read.
    ReadingStoppedError
        The reading of these was called off.
    """
    choices = choices or Choices()
    prepared = prepare_opened(opened, choices, watch)
    spec = spec_of(opened, choices, prepared)
    if isinstance(prepared.stream, FileStream):
        last_stream.remember(spec, prepared, prepared.stream.stamp)
    return spec


def prepare_opened(
    opened: Opened, choices: Choices, watch: Watch, layout: StreamSpec | None = None
) -> Prepared:
    """Prepare the rows of an opened file; ``layout`` is how they were streamed before, if so."""
    if isinstance(opened.contents, Streamed):
        return prepare_stream(opened.contents, choices, opened.path, watch, layout)
    return prepare(opened.contents, choices, opened.path)


def spec_of(opened: Opened, choices: Choices, prepared: Prepared) -> FileSpec:
    """Return the spec of rows that are prepared; raises ``DataError``."""
    selection, block = prepared.selection, prepared.selection.block
    low, high = prepared.value_range
    try:
        return FileSpec(
            path=str(opened.path.absolute()),
            size=opened.identity.size,
            sha256=opened.identity.sha256,
            format=opened.format,
            columns=tuple(column.name for column in selection.columns),
            label=_label(opened, prepared),
            id_column=selection.id_column,
            missing=choices.missing,
            text=choices.text,
            scaling=choices.scaling,
            test_share=choices.test_share,
            seed=choices.seed,
            rows=prepared.rows,
            own_test_rows=prepared.own_test_rows,
            features=prepared.values.shape[1],
            image_shape=None if block is None else block.image_shape,
            low=low,
            high=high,
            classes=() if selection.label is None else selection.label.words,
            fit=prepared.fit,
            streaming=prepared.streaming,
        )
    except ValidationError as error:
        told = "; ".join(str(problem) for problem in problems_in(error))
        raise DataError(f"{opened.path} cannot be used so: {told}.") from error


def refit(spec: FileSpec, watch: Watch = UNWATCHED, *, rows: int) -> FileSpec:
    """Return the spec of at most ``rows`` rows of the same file; raises ``DataError``."""
    return propose_file(Path(spec.path), replace(Choices.of(spec), rows=rows), watch)


def suited_architecture(
    architecture: ArchitectureSpec, spec: FileSpec
) -> tuple[ArchitectureSpec, str]:
    """Return an architecture whose output and loss suit a file's rows, and why it was changed.

    The reason is empty where nothing was changed.
    """
    low, high = spec.value_range
    linear = {"output_activation": "linear", "loss": "mean_squared_error"}
    suited = architecture.model_copy(update=linear)
    if suited == architecture:
        return architecture, ""
    if spec.scaling == "standard":
        return suited, (
            "Standard scaling has mean 0 and spread 1, with values below 0 and above 1: a linear "
            "output reaches them all, and squared error measures them; a sigmoid or cross-entropy "
            "would not."
        )
    if low < 0 or high > 1:
        return suited, (
            f"The values lie in [{low:.4g}, {high:.4g}]: a linear output reaches them all, and "
            "squared error measures them; cross-entropy needs values in [0, 1]."
        )
    return architecture, ""


def suited_experiment(spec: FileSpec) -> tuple[ExperimentSpec, str]:
    """Return an experiment to begin with, its sizes made for a file's rows, and its reason.

    Pictures get the known dense model. Other rows get one hidden layer on both sides of a linear
    code of half to a quarter of the features.
    """
    if spec.image_shape is not None:
        architecture = preset("dense", spec)
    else:
        share = 2 if spec.features <= 8 else 4
        hidden = DenseLayer(width=min(_WIDEST_LAYER, 2 * spec.features), activation="elu")
        width = max(1, min(_WIDEST_CODE, spec.features // share))
        code = DenseCode(width=width, activation="linear")
        architecture = ArchitectureSpec(encoder=(hidden,), code=code, loss="mean_squared_error")
    architecture, reason = suited_architecture(architecture, spec)
    batch = min(spec.train_rows, _LARGEST_BATCH, max(_LEAST_BATCH, spec.train_rows // 8))
    epochs = max(10, min(200, _STEPS * batch // spec.train_rows))
    training = TrainingSpec(batch_size=batch, epochs=epochs)
    return ExperimentSpec(dataset=spec, architecture=architecture, training=training), reason


def _label(opened: Opened, prepared: Prepared) -> str | None:
    if prepared.selection.label is None:
        return None
    if isinstance(opened.format, ImagesFormat):
        return FOLDER
    return opened.label or prepared.selection.label.name
