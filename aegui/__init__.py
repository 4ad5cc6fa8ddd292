"""aegui: a desktop laboratory for autoencoders."""

import os

# Before numpy is imported. Its BLAS would wait for a second core that a training keeps busy: up
# to 25 ms for the two small products behind a drawn digit, on the window's own thread. TensorFlow
# has threads of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
