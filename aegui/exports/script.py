"""An experiment as a Python program with NumPy and Keras alone."""

import textwrap

from aegui import __version__
from aegui.exports.data import data_section
from aegui.exports.model import model_sections
from aegui.exports.section import Section
from aegui.exports.training import training_sections
from aegui.exports.unlike import unlike
from aegui.records import History
from aegui.specs import DatasetSpec, ExperimentSpec, FileSpec

_WIDTH = 88
# What reads files that NumPy and Python's own library cannot.
_READERS = {"parquet": "polars", "images": "pillow"}


def sections(experiment: ExperimentSpec) -> list[Section]:
    """Return the parts of a program that makes data, model and training anew, in order.

    It begins with the run's own weights. The order of rows and random layers are drawn from the
    run's seed too, but not as aegui draws them: losses come out close to the run's, not the same.
    """
    start = Section(
        "The libraries",
        "Keras comes with TensorFlow. The seed makes the program's own result repeatable.",
        f"import keras\nimport numpy as np\n\n{_seed(experiment)}",
    )
    architecture, row_shape = experiment.architecture, experiment.dataset.row_shape
    models = model_sections(architecture, row_shape, experiment.training.seed)
    data = data_section(experiment.dataset)
    return [start, data, *models, *training_sections(experiment)]


def summary(experiment: ExperimentSpec) -> str:
    """Return what the program is, in a sentence."""
    return f"{experiment.title}: an autoencoder {experiment.shape}."


def keras_script(experiment: ExperimentSpec, history: History | None = None) -> str:
    """Return the text of a program that runs where NumPy and Keras are.

    With the ``history`` of a run it begins with what it does not do again; see ``unlike``.
    """
    origin = _origin(experiment.dataset)
    first, *others = sections(experiment)
    # A file's name may hold what would end the docstring.
    told = summary(experiment).replace("\\", "/").replace('"', "'")
    parts = [told, origin, "" if history is None else unlike(experiment, history)]
    head = '"""' + "\n\n".join(filter(None, parts)) + '\n"""'
    return "\n".join([head, "", first.code, *(_part(section) for section in others), ""])


def _part(section: Section) -> str:
    comment = textwrap.wrap(f"{section.heading}. {section.prose}", _WIDTH - 2)
    lines = "\n".join(f"# {line}" for line in comment)
    # Two empty lines around what is defined, as everywhere.
    gap = "\n\n\n" if section.code.startswith(("class ", "def ")) else "\n"
    end = "\n" if section.code.rpartition("\n\n\n")[2].startswith("def ") else ""
    return f"\n{lines}{gap}{section.code}{end}"


def _origin(dataset: DatasetSpec) -> str:
    """Return who wrote a program, which libraries it needs, and how to have them."""
    reader = _READERS.get(dataset.format.kind, "") if isinstance(dataset, FileSpec) else ""
    also = f", and {reader} to read the file" if reader else ""
    command = f"pip install tensorflow {reader}".rstrip()
    told = (
        f"Written by aegui {__version__}. It needs TensorFlow, which brings NumPy and Keras{also}:"
    )
    return f"{textwrap.fill(told, _WIDTH)}\n{command}"


def _seed(experiment: ExperimentSpec) -> str:
    return f"keras.utils.set_random_seed({experiment.training.seed})"
