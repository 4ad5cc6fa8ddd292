"""Experiments in forms that do without aegui."""

from aegui.exports.notebook import keras_notebook
from aegui.exports.script import keras_script

__all__ = ["keras_notebook", "keras_script"]
