"""The shapes that data take on their way through an architecture, and what that costs.

Everything here follows from the spec alone, so a window can say it before Keras is there, and
a file's weights can be checked before they are used.
"""

from dataclasses import dataclass
from itertools import chain
from math import ceil, prod

from aegui.specs.architecture import ArchitectureSpec
from aegui.specs.layers import ConvLayer, DenseLayer, LayerSpec, VariationalCode
from aegui.specs.row_shape import RowShape

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Stage:
    """What comes out of one layer: its shape for one row, and the shapes of the layer's weights.

    Of ``weights``, those in ``trained`` are changed by the optimizer.
    """

    shape: Shape
    weights: tuple[Shape, ...] = ()
    trained: tuple[Shape, ...] = ()

    @property
    def size(self) -> int:
        """Numbers in it."""
        return prod(self.shape)

    @property
    def label(self) -> str:
        """Its shape as people write it: ``32``, or ``14 × 14 × 16``."""
        return " × ".join(str(number) for number in self.shape)


@dataclass(frozen=True)
class Stages:
    """All stages, input to output; ``code_place`` is the code's place among them."""

    all: tuple[Stage, ...]
    code_place: int

    @property
    def parameters(self) -> int:
        """Number of trained numbers."""
        shapes = chain.from_iterable(stage.trained for stage in self.all)
        return sum(prod(shape) for shape in shapes)

    @property
    def weight_shapes(self) -> list[Shape]:
        """The shapes of all weights in Keras' order."""
        return list(chain.from_iterable(stage.weights for stage in self.all))

    @property
    def summary(self) -> str:
        """The sizes as people write them: ``784–32–784``."""
        return "–".join(str(stage.size) for stage in self.all)


def stages(architecture: ArchitectureSpec, row: RowShape) -> Stages:
    """Return the stages of an architecture for rows of a shape.

    Without pictures (``check`` calls that an error) a convolution is counted over a field of
    one row.
    """
    field = image_field(row)
    encoder = _encoder(architecture.encoder, field, row.features)
    code = _code(architecture, encoder[-1].size)
    decoder = _decoder(architecture, field, row.features)
    return Stages((*encoder, code, *decoder), code_place=len(encoder))


def image_field(row: RowShape) -> Shape:
    """Return (height, width, channels) of a row as a convolution sees it."""
    return (*(row.image_shape or (1, row.features)), 1)


def decoder_field(layers: tuple[LayerSpec, ...], field: Shape) -> Shape | None:
    """Return (height, width, channels) at which a decoder's convolutions begin, None without any.

    Each of them multiplies the sides by its stride; what then is too much is cut off.
    """
    convolutions = [layer for layer in layers if isinstance(layer, ConvLayer)]
    if not convolutions:
        return None
    factor = prod(layer.stride for layer in convolutions)
    return ceil(field[0] / factor), ceil(field[1] / factor), convolutions[0].filters


def _encoder(layers: tuple[LayerSpec, ...], field: Shape, features: int) -> list[Stage]:
    result = [Stage((features,))]
    shape = field
    for layer in layers:
        if isinstance(layer, ConvLayer):
            kernel = (layer.kernel_size, layer.kernel_size, shape[2], layer.filters)
            shape = (ceil(shape[0] / layer.stride), ceil(shape[1] / layer.stride), layer.filters)
            result.append(_stage(layer, shape, kernel, layer.filters))
        else:
            result.append(_dense(layer, result[-1].size))
    return result


def _code(architecture: ArchitectureSpec, before: int) -> Stage:
    width = architecture.code.width
    weights: tuple[Shape, ...] = ((before, width), (width,))
    if isinstance(architecture.code, VariationalCode):
        # Mean, log-variance, and the variable that holds β.
        return Stage((width,), (*weights, *weights, ()), (*weights, *weights))
    return Stage((width,), weights, weights)


def _decoder(architecture: ArchitectureSpec, field: Shape, features: int) -> list[Stage]:
    layers = architecture.decoder_layers
    start = decoder_field(layers, field)
    result: list[Stage] = []
    before, shape = architecture.code.width, start
    for layer in layers:
        if isinstance(layer, DenseLayer):
            result.append(_dense(layer, before))
            before = layer.width
    if start is None or shape is None:
        output: tuple[Shape, ...] = ((before, features), (features,))
        return [*result, Stage((features,), output, output)]
    unfold: tuple[Shape, ...] = ((before, prod(start)), (prod(start),))
    result.append(Stage(start, unfold, unfold))
    for layer in layers:
        if isinstance(layer, ConvLayer):
            kernel = (layer.kernel_size, layer.kernel_size, layer.filters, shape[2])
            shape = (shape[0] * layer.stride, shape[1] * layer.stride, layer.filters)
            result.append(_stage(layer, shape, kernel, layer.filters))
    output = ((3, 3, shape[2], 1), (1,))
    return [*result, Stage((features,), output, output)]


def _dense(layer: LayerSpec, before: int) -> Stage:
    if not isinstance(layer, DenseLayer):
        raise TypeError(f"{layer.kind} is not a dense layer")
    return _stage(layer, (layer.width,), (before, layer.width), layer.width)


def _stage(layer: LayerSpec, shape: Shape, kernel: Shape, channels: int) -> Stage:
    trained: tuple[Shape, ...] = (kernel, (channels,))
    fixed: tuple[Shape, ...] = ()
    if layer.batch_norm:
        # Scale and offset are trained; the moving mean and variance are only kept up to date.
        trained = (*trained, (channels,), (channels,))
        fixed = ((channels,), (channels,))
    return Stage(shape, (*trained, *fixed), trained)
