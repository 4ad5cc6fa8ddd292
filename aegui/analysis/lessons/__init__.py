"""The lessons' figures, and the facts that answer their questions: pure functions on runs."""

from collections.abc import Callable

from aegui.analysis.lessons import (
    features,
    mnist,
    mnist_conv,
    mnist_denoise,
    noise_deep,
    noise_simple,
    pca_or_not,
    plane,
    sine_layers,
)
from aegui.analysis.lessons.evidence import Evidence, Study

__all__ = ["Evidence", "Study", "study_lesson"]

_STUDIES: dict[str, Callable[[Evidence], Study]] = {
    "noise-simple": noise_simple.study,
    "noise-deep": noise_deep.study,
    "noise-deep-as-coded": noise_deep.study_as_coded,
    "noise-features": features.study_noise,
    "sine-features": features.study_sinusoids,
    "sine-layers": sine_layers.study,
    "mnist": mnist.study,
    "mnist-deep": plane.study_deep,
    "mnist-conv": mnist_conv.study,
    "mnist-denoise": mnist_denoise.study,
    "mnist-vae": plane.study_variational,
    "pca-or-not": pca_or_not.study,
}


def study_lesson(name: str, evidence: Evidence) -> Study:
    """Return what the runs of a lesson show so far.

    Facts that take more runs than there are, are left out; a question waits for them.

    Raises
    ------
    KeyError
        There is no lesson of this name.
    """
    return _STUDIES[name](evidence)
