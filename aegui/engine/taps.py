"""What every layer says on the way from row to reconstruction."""

from aegui.engine.backend import keras
from aegui.engine.models import Models
from aegui.specs import ArchitectureSpec, ConvLayer, DenseLayer, LayerSpec


def tapped(models: Models, architecture: ArchitectureSpec) -> keras.Model:
    """Return a model from rows to the outputs of all stages after the input, in their order.

    They are those of ``aegui.specs.stages``: hidden layers with the normalisation and dropout
    that come after them, the code, the decoder's layers, and the reconstruction, flat. It shares
    its weights with ``models``.
    """
    encoder, decoder = models.encoder, models.decoder
    names = [_last(f"encoder_{n}", layer) for n, layer in enumerate(architecture.encoder, start=1)]
    coming = keras.Model(
        encoder.input, [*(encoder.get_layer(name).output for name in names), encoder.output]
    )
    going = keras.Model(
        decoder.input,
        [
            *(decoder.get_layer(name).output for name in _decoder_names(architecture)),
            decoder.output,
        ],
    )
    rows = keras.Input(encoder.input.shape[1:], name="rows")
    to_code = _as_list(coming(rows))
    return keras.Model(rows, [*to_code, *_as_list(going(to_code[-1]))], name="tapped")


def _decoder_names(architecture: ArchitectureSpec) -> list[str]:
    layers = list(enumerate(architecture.decoder_layers, start=1))
    dense = [_last(f"decoder_{n}", x) for n, x in layers if isinstance(x, DenseLayer)]
    convolutions = [_last(f"decoder_{n}", x) for n, x in layers if isinstance(x, ConvLayer)]
    return [*dense, *(["decoder_image"] if convolutions else []), *convolutions]


def _last(name: str, layer: LayerSpec) -> str:
    """Return the name of the last Keras layer that a layer of the architecture became."""
    if layer.dropout:
        return f"{name}_dropout"
    return f"{name}_norm" if layer.batch_norm else name


def _as_list(outputs: object) -> list[object]:
    return list(outputs) if isinstance(outputs, list | tuple) else [outputs]
