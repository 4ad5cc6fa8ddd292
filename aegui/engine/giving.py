"""A trained model in forms that do without aegui: .keras, SavedModel, TFLite."""

import tempfile
from pathlib import Path
from typing import Any

from aegui.engine.backend import keras, tf
from aegui.engine.models import build_models
from aegui.records import FloatArray
from aegui.specs import DenseCode, ExperimentSpec, VariationalCode

PARTS = ("autoencoder", "encoder", "decoder")


def write_keras(experiment: ExperimentSpec, weights: tuple[FloatArray, ...], out: Path) -> None:
    """Write ``autoencoder.keras`` and those of its two halves into a folder.

    They are made of Keras' own layers, so that anybody's Keras loads them, in safe mode too. What
    works only while training is left out: the noise of a code, and damage to the input.

    Raises
    ------
    OSError
        A file cannot be written.
    """
    for name, model in _models(experiment, weights).items():
        model.save(out / f"{name}.keras")


def write_saved_models(
    experiment: ExperimentSpec, weights: tuple[FloatArray, ...], out: Path
) -> None:
    """Write a folder for each of the three models, in TensorFlow's own format.

    The signature ``serve`` takes rows (rows, features), or codes (rows, code width). Raises
    ``OSError`` as ``write_keras`` does.
    """
    for name, model in _models(experiment, weights).items():
        _export(model, out / name)


def write_tflite(experiment: ExperimentSpec, weights: tuple[FloatArray, ...], out: Path) -> None:
    """Write a ``.tflite`` file for each of the three models, by TensorFlow's own converter.

    Numbers stay in single precision; as many rows as are wanted go in at once, once the input is
    resized to them. Raises ``OSError`` as ``write_keras`` does.
    """
    for name, model in _models(experiment, weights).items():
        with tempfile.TemporaryDirectory(prefix="aegui-") as place:
            _export(model, Path(place))
            converted = tf.lite.TFLiteConverter.from_saved_model(place).convert()
        (out / f"{name}.tflite").write_bytes(converted)


def _models(experiment: ExperimentSpec, weights: tuple[FloatArray, ...]) -> dict[str, keras.Model]:
    experiment, weights = _without_training(experiment, weights)
    models = build_models(experiment.architecture, experiment.dataset.row_shape)
    models.autoencoder.set_weights(weights)
    return {name: getattr(models, name) for name in PARTS}


def _without_training(
    experiment: ExperimentSpec, weights: tuple[FloatArray, ...]
) -> tuple[ExperimentSpec, tuple[FloatArray, ...]]:
    """Return an experiment whose model answers the same, without layers of aegui's own."""
    architecture = experiment.architecture
    changes: dict[str, Any] = {"corruption": None, "decoder": architecture.decoder_layers}
    if isinstance(architecture.code, VariationalCode):
        # Outside training a code is its mean: log-variance and β say nothing.
        changes["code"] = DenseCode(width=architecture.code.width, activation="linear")
        before = experiment.stages.all[: experiment.stages.code_place]
        start = sum(len(stage.weights) for stage in before)
        mean, rest = slice(start + 2), slice(start + 5, None)
        weights = (*weights[mean], *weights[rest])
    plain = architecture.model_copy(update=changes)
    return experiment.model_copy(update={"architecture": plain}), weights


def _export(model: keras.Model, folder: Path) -> None:
    try:
        model.export(folder, format="tf_saved_model", verbose=False)
    except tf.errors.OpError as error:
        raise OSError(error.message) from error
