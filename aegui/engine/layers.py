"""Layers that Keras does not have. They are registered, so that saved models load in safe mode."""

from typing import Any

from aegui.engine.backend import keras

_PACKAGE = "aegui"


@keras.saving.register_keras_serializable(package=_PACKAGE)
class Sampling(keras.layers.Layer):
    """Draws a code from its mean and log-variance, and adds the price of what it says.

    While training z = μ + exp(½ log σ²) ε with ε from a standard normal (Kingma & Welling,
    2014); otherwise z = μ. The loss grows by β · KL / ``kl_scale``, KL being the divergence of
    the code's distribution from a standard normal, summed over the code and averaged over rows
    (β: Higgins et al., 2017). With ``kl_scale`` the number of features, a loss that is a mean
    over features is the evidence lower bound divided by that number when β is 1.

    ``beta`` is a variable: it can be changed while a compiled program goes on.
    """

    def __init__(self, beta: float = 1.0, kl_scale: float = 1.0, seed: int = 0, **options: Any):
        super().__init__(**options)
        self._initial_beta = beta
        self.kl_scale = kl_scale
        self.seed_generator = keras.random.SeedGenerator(seed)
        self.kl = keras.metrics.Mean(name="kl")
        self.val_kl = keras.metrics.Mean(name="val_kl")

    def build(self, input_shape: Any) -> None:
        """Make the variable that holds β."""
        self.beta = self.add_weight(
            shape=(),
            initializer=keras.initializers.Constant(self._initial_beta),
            trainable=False,
            name="beta",
        )
        super().build(input_shape)

    def call(self, inputs: list[Any], training: bool | None = None) -> Any:
        """Return codes, (rows, width), for [mean, log-variance] of that shape each."""
        mean, log_variance = inputs
        per_code = keras.ops.exp(log_variance) + keras.ops.square(mean) - 1.0 - log_variance
        divergence = keras.ops.mean(0.5 * keras.ops.sum(per_code, axis=-1))
        self.add_loss(self.beta * divergence / self.kl_scale)
        rows = keras.ops.shape(mean)[0]
        if not training:
            self.val_kl.update_state(divergence, sample_weight=rows)
            return mean
        self.kl.update_state(divergence, sample_weight=rows)
        noise = keras.random.normal(keras.ops.shape(mean), seed=self.seed_generator)
        return mean + keras.ops.exp(0.5 * log_variance) * noise

    def compute_output_shape(self, input_shape: Any) -> Any:
        """Return the shape of the mean."""
        return input_shape[0]

    def get_config(self) -> dict[str, Any]:
        """Return what the layer is made from."""
        return super().get_config() | {"beta": self._initial_beta, "kl_scale": self.kl_scale}


@keras.saving.register_keras_serializable(package=_PACKAGE)
class Masking(keras.layers.Layer):
    """Sets a random share of its input to zero while training (Vincent et al., 2008).

    Unlike Dropout it does not scale the rest up: the values that are left are the data's own.
    """

    def __init__(self, share: float = 0.5, seed: int = 0, **options: Any):
        super().__init__(**options)
        self.share = share
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        """Return the input, (rows, features), with zeros in places."""
        if not training:
            return inputs
        chance = keras.random.uniform(keras.ops.shape(inputs), seed=self.seed_generator)
        return keras.ops.where(chance < self.share, 0.0, inputs)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """Return the input's shape."""
        return input_shape

    def get_config(self) -> dict[str, Any]:
        """Return what the layer is made from."""
        return super().get_config() | {"share": self.share}
