"""The runtime's first use, done ahead of a person's."""

import numpy as np

from aegui.engine.inference import WeightedModel
from aegui.engine.models import build_models
from aegui.specs import ArchitectureSpec, DenseCode, RowShape


def warm_up() -> None:
    """Build and call a tiny model: TensorFlow's first operation takes up to 0.6 s of set-up."""
    architecture, row = ArchitectureSpec(code=DenseCode(width=1)), RowShape(2)
    weights = build_models(architecture, row).autoencoder.get_weights()
    model = WeightedModel(architecture, row, tuple(weights))
    model.reconstruct(np.zeros((1, 2), np.float32))
