"""The lines of a script that call one layer on another."""

from aegui.exports.section import Source, call
from aegui.specs import DenseLayer, LayerSpec

_WIDTH = 88


class Lines:
    """Lines of a functional model: each layer is called on what ``at`` names.

    ``place`` is that of the next layer, counted from the autoencoder's input.
    """

    def __init__(self, start: str, place: int = 1) -> None:
        self.text: list[str] = []
        self.at = start
        self.place = place

    def add(self, layer: str, name: str = "x") -> None:
        """Add a layer, and go on from what it says."""
        self.put(layer, name)
        self.at = name

    def put(self, layer: str, name: str) -> None:
        """Add a layer that the next one is not called on."""
        line = f"{name} = {layer}({self.at})"
        if len(line) > _WIDTH:
            function, _, values = layer.partition("(")
            # Of what comes last a line of its own, where that is much.
            inside = values[:-1].replace(", activity", ",\n    activity")
            line = f"{name} = {function}(\n    {inside}\n)({self.at})"
        self.text.append(line)
        self.place += 1

    def trained(self, kind: str, *values: object, **options: object) -> str:
        """Return the call of a layer that has weights, at this place."""
        options["kernel_initializer"] = Source(f"weights({self.place})")
        return call(f"keras.layers.{kind}", *values, **options)

    def hidden(self, layer: LayerSpec, *, up: bool = False) -> None:
        """Add a hidden layer with what belongs to it; ``up`` makes a convolution's sides grow."""
        if isinstance(layer, DenseLayer):
            self.add(self.trained("Dense", layer.width, activation=layer.activation))
        else:
            kind = "Conv2DTranspose" if up else "Conv2D"
            self.add(
                self.trained(
                    kind,
                    layer.filters,
                    layer.kernel_size,
                    strides=layer.stride,
                    padding="same",
                    activation=layer.activation,
                )
            )
        if layer.batch_norm:
            self.add("keras.layers.BatchNormalization()")
        if layer.dropout:
            self.add(call("keras.layers.Dropout", layer.dropout))
