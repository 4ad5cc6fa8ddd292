"""The part of a Keras script that trains and judges the model."""

from aegui.exports.section import Section, call, literal
from aegui.specs import ExperimentSpec, FileSpec, OptimizerSpec, VariationalCode

_OPTIMIZERS = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop", "adamw": "AdamW"}

_WARM_UP = '''\
class WarmUp(keras.callbacks.Callback):
    """Lets the weight of the divergence grow to its full size."""

    def on_epoch_begin(self, epoch, logs=None):
        sampling.beta.assign({beta} * min(1, (epoch + 1) / {epochs}))


'''

_RESULT = """\
reconstructions = autoencoder.predict(test, batch_size=1000, verbose=0)
errors = np.abs(test - reconstructions).sum(axis=1)
{loss}
print(f"validation loss {{loss:.4g}}")
print(f"error of a row: mean {{errors.mean():.4g}}, spread {{errors.std():.4g}}")"""
_LAST_LOSS = 'loss = history.history["val_loss"][-1]'
# The weights are those of the best epoch again, which need not be the last one.
_BEST_LOSS = "loss = autoencoder.evaluate(test, test, batch_size=1000, verbose=0)"


def training_sections(experiment: ExperimentSpec) -> list[Section]:
    """Return the code that trains ``autoencoder``, as ``history``, and prints how well."""
    training = experiment.training
    prose = (
        f"{training.epochs} epochs, in steps of {training.batch_size} rows. What goes in is also "
        "what is to come out."
    )
    return [
        Section("Training", prose, _training(experiment)),
        Section(
            "The result",
            "The error of a test row is the sum of |x − x̂| over its numbers.",
            _RESULT.format(loss=_BEST_LOSS if training.early_stopping else _LAST_LOSS),
        ),
    ]


def _training(experiment: ExperimentSpec) -> str:
    architecture, training = experiment.architecture, experiment.training
    classes, callbacks = _callbacks(experiment)
    lines = [
        *_optimizer(architecture.optimizer),
        f"autoencoder.compile(optimizer=optimizer, loss={literal(architecture.loss)})",
        "history = autoencoder.fit(",
        *_rows(experiment),
        f"    epochs={training.epochs},",
        "    validation_data=(test, test),",
    ]
    if callbacks:
        lines += ["    callbacks=[", *(f"        {callback}," for callback in callbacks), "    ],"]
    return classes + "\n".join([*lines, ")"])


def _rows(experiment: ExperimentSpec) -> list[str]:
    """Return what ``fit`` is to learn, and in which steps."""
    training, dataset = experiment.training, experiment.dataset
    size, shuffle = training.batch_size, training.shuffle
    if isinstance(dataset, FileSpec) and dataset.streaming is not None:
        return [
            f"    batches({size}, shuffle={shuffle}),",
            f"    steps_per_epoch=-(-train_rows // {size}),",
        ]
    return ["    train,", "    train,", f"    batch_size={size},", f"    shuffle={shuffle},"]


def _optimizer(spec: OptimizerSpec) -> list[str]:
    settings = spec.model_dump(exclude={"kind"})
    named = [f"    {name}={literal(value)}," for name, value in settings.items()]
    return [f"optimizer = keras.optimizers.{_OPTIMIZERS[spec.kind]}(", *named, ")"]


def _callbacks(experiment: ExperimentSpec) -> tuple[str, list[str]]:
    """Return the classes that callbacks need, and the callbacks."""
    code, training = experiment.architecture.code, experiment.training
    classes, callbacks = "", []
    if isinstance(code, VariationalCode) and code.warm_up_epochs:
        classes = _WARM_UP.format(beta=code.beta, epochs=code.warm_up_epochs)
        callbacks.append("WarmUp()")
    if training.early_stopping is not None:
        early = training.early_stopping.model_dump()
        callbacks.append(call("keras.callbacks.EarlyStopping", **early, restore_best_weights=True))
    if training.plateau is not None:
        callbacks.append(call("keras.callbacks.ReduceLROnPlateau", **training.plateau.model_dump()))
    return classes, callbacks
