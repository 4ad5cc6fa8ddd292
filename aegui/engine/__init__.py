"""Keras, and only here: build a model from a spec, train it, use it, save it.

Importing this package is cheap, and so is ``plain``, which uses models with NumPy; importing any
other of its modules brings in TensorFlow.
"""

import os

# Before TensorFlow is imported: its C++ side greets every start with lines meant for developers.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
