"""Experiments in forms that do without aegui."""

from aegui.exports.files import ScriptError, save_script
from aegui.exports.notebook import keras_notebook
from aegui.exports.script import keras_script

__all__ = ["ScriptError", "keras_notebook", "keras_script", "save_script"]
