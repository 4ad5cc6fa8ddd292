"""How the weights are changed."""

from typing import Annotated, Literal

from pydantic import Field

from aegui.specs.base import Fraction, LearningRate, Spec


class AdamSpec(Spec):
    """Adam (Kingma & Ba, 2015)."""

    kind: Literal["adam"] = "adam"
    learning_rate: LearningRate = 0.001
    beta_1: Fraction = 0.9
    beta_2: Fraction = 0.999


class SgdSpec(Spec):
    """Stochastic gradient descent with momentum."""

    kind: Literal["sgd"] = "sgd"
    learning_rate: LearningRate = 0.01
    momentum: Fraction = 0.9


class RmspropSpec(Spec):
    """RMSprop (Tieleman & Hinton, 2012)."""

    kind: Literal["rmsprop"] = "rmsprop"
    learning_rate: LearningRate = 0.001
    rho: Fraction = 0.9


class AdamWSpec(Spec):
    """Adam with decoupled weight decay (Loshchilov & Hutter, 2019)."""

    kind: Literal["adamw"] = "adamw"
    learning_rate: LearningRate = 0.001
    weight_decay: Fraction = 0.004
    beta_1: Fraction = 0.9
    beta_2: Fraction = 0.999


OptimizerSpec = Annotated[AdamSpec | SgdSpec | RmspropSpec | AdamWSpec, Field(discriminator="kind")]
