"""The part of a Keras script that builds the three models."""

from dataclasses import dataclass
from math import prod

from aegui.exports.layer_lines import Lines
from aegui.exports.section import Section, Source, call
from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    DenseLayer,
    GaussianCorruption,
    MaskingCorruption,
    RowShape,
    VariationalCode,
)
from aegui.specs.stages import decoder_field, image_field

_SAMPLING = '''\
class Sampling(keras.layers.Layer):
    """Draws the code while training, and adds what its distribution costs to the loss."""

    def __init__(self, beta, features, **options):
        super().__init__(**options)
        self.first_beta, self.features = beta, features
        self.generator = keras.random.SeedGenerator()

    def build(self, shapes):
        constant = keras.initializers.Constant(self.first_beta)
        self.beta = self.add_weight(shape=(), initializer=constant, trainable=False)

    def call(self, inputs, training=None):
        mean, log_variance = inputs
        parts = keras.ops.exp(log_variance) + mean**2 - 1 - log_variance
        divergence = keras.ops.mean(keras.ops.sum(parts, axis=-1) / 2)
        # The other loss is a mean over features, so this is divided by their number.
        self.add_loss(self.beta * divergence / self.features)
        if not training:
            return mean
        noise = keras.random.normal(keras.ops.shape(mean), seed=self.generator)
        return mean + keras.ops.exp(log_variance / 2) * noise

    def compute_output_shape(self, shapes):
        return shapes[0]


'''

_MASKING = '''\
class Masking(keras.layers.Layer):
    """Sets a random share of its input to zero while training."""

    def __init__(self, share, **options):
        super().__init__(**options)
        self.share = share
        self.generator = keras.random.SeedGenerator()

    def call(self, inputs, training=None):
        if not training:
            return inputs
        chance = keras.random.uniform(keras.ops.shape(inputs), seed=self.generator)
        return keras.ops.where(chance < self.share, 0.0, inputs)


'''


_WEIGHTS = '''\
def weights(place):
    """Return what draws the first weights of a layer, by its place from the input."""
    seed = np.random.SeedSequence([{seed}, place]).generate_state(1)[0] & 0x7FFFFFFF
    return keras.initializers.GlorotUniform(int(seed))'''


def model_sections(architecture: ArchitectureSpec, row: RowShape, seed: int) -> list[Section]:
    """Return the code that makes ``encoder``, ``decoder`` and ``autoencoder`` for such rows.

    Their first weights are those that the engine draws from ``seed``: what comes out after some
    epochs depends on them far more than on the order of the rows.
    """
    width = architecture.code.width
    encoder = _encoder(architecture, row)
    return [
        Section(
            "The first weights",
            "They are those that the run began with: each layer's are drawn from the run's seed "
            "and from the layer's place.",
            _WEIGHTS.format(seed=seed),
        ),
        Section(
            "The encoder",
            f"It squeezes a row of {row.features} numbers into a code of {width}."
            + _corruption_prose(architecture),
            encoder.code,
        ),
        Section(
            "The decoder",
            f"It makes {row.features} numbers of the code again, the reconstruction.",
            _decoder(architecture, row, encoder.layers),
        ),
        Section(
            "The autoencoder",
            "One after the other; all three share their weights.",
            f"inputs = keras.Input(({row.features},))\n"
            'autoencoder = keras.Model(inputs, decoder(encoder(inputs)), name="autoencoder")',
        ),
    ]


def _corruption_prose(architecture: ArchitectureSpec) -> str:
    if architecture.corruption is None:
        return ""
    return " While training it sees a damaged row, and the clean one is to come out."


@dataclass(frozen=True)
class _Half:
    """The code of an encoder, and how many layers it has, its input included."""

    code: str
    layers: int


def _encoder(architecture: ArchitectureSpec, row: RowShape) -> _Half:
    lines = Lines("row")
    classes = ""
    match architecture.corruption:
        case GaussianCorruption(stddev=stddev):
            lines.add(call("keras.layers.GaussianNoise", stddev))
        case MaskingCorruption(share=share):
            classes = _MASKING
            lines.add(call("Masking", share))
    is_flat = not any(isinstance(layer, ConvLayer) for layer in architecture.encoder)
    if not is_flat:
        lines.add(call("keras.layers.Reshape", image_field(row)))
    for layer in architecture.encoder:
        if isinstance(layer, DenseLayer) and not is_flat:
            lines.add("keras.layers.Flatten()")
            is_flat = True
        lines.hidden(layer)
    if not is_flat:
        lines.add("keras.layers.Flatten()")
    _add_code(lines, architecture, row)
    if architecture.is_variational:
        classes += _SAMPLING
    start = f"row = keras.Input(({row.features},))"
    end = 'encoder = keras.Model(row, code, name="encoder")'
    return _Half(classes + "\n".join([start, *lines.text, end]), lines.place)


def _add_code(lines: Lines, architecture: ArchitectureSpec, row: RowShape) -> None:
    code = architecture.code
    if isinstance(code, VariationalCode):
        for name in ("mean", "log_variance"):
            lines.put(lines.trained("Dense", code.width), name)
        sampling = call("Sampling", code.beta_in(1), row.features)
        lines.text += [f"sampling = {sampling}", "code = sampling([mean, log_variance])"]
        lines.place += 1
        return
    l1 = Source(call("keras.regularizers.L1", code.l1))
    price = {"activity_regularizer": l1} if code.l1 else {}
    lines.add(lines.trained("Dense", code.width, activation=code.activation, **price), "code")


def _decoder(architecture: ArchitectureSpec, row: RowShape, place: int) -> str:
    # At its own place stands the decoder's input.
    lines = Lines("codes", place + 1)
    layers, output = architecture.decoder_layers, architecture.output_activation
    for layer in layers:
        if isinstance(layer, DenseLayer):
            lines.hidden(layer)
    field = decoder_field(layers, image_field(row))
    if field is None:
        lines.add(lines.trained("Dense", row.features, activation=output), "reconstruction")
    else:
        _add_picture(lines, architecture, field, row)
    start = f"codes = keras.Input(({architecture.code.width},))"
    end = 'decoder = keras.Model(codes, reconstruction, name="decoder")'
    return "\n".join([start, *lines.text, end])


def _add_picture(
    lines: Lines, architecture: ArchitectureSpec, field: tuple[int, ...], row: RowShape
) -> None:
    lines.add(lines.trained("Dense", prod(field), activation="relu"))
    lines.add(call("keras.layers.Reshape", field))
    height, width = field[0], field[1]
    for layer in architecture.decoder_layers:
        if isinstance(layer, ConvLayer):
            lines.hidden(layer, up=True)
            height, width = height * layer.stride, width * layer.stride
    activation = architecture.output_activation
    lines.add(lines.trained("Conv2D", 1, 3, padding="same", activation=activation))
    below, right = height - image_field(row)[0], width - image_field(row)[1]
    if below or right:
        # Strides that do not divide the sides have added rows and columns.
        lines.add(call("keras.layers.Cropping2D", ((0, below), (0, right))))
    lines.add(call("keras.layers.Reshape", (row.features,)), "reconstruction")
