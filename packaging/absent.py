"""At the start of the frozen program: empty modules for what libraries import and nothing uses.

TensorFlow imports its profiler of other machines (21 MB) and what runs TensorFlow Lite's files
(12 MB), pyqtgraph the OpenGL of Qt (10 MB), for a kind of widget that has to be asked for.
"""

import sys
from types import ModuleType

_LITE_NUMBERS = "tensorflow.lite.python.metrics._pywrap_tensorflow_lite_metrics_wrapper"
for name in (
    "tensorflow.python.profiler.internal._pywrap_profiler_plugin",
    "tensorflow.lite.python.analyzer_wrapper._pywrap_analyzer_wrapper",
    "tensorflow.lite.python.interpreter_wrapper._pywrap_tensorflow_interpreter_wrapper",
    _LITE_NUMBERS,
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
):
    sys.modules[name] = ModuleType(name)


class QOpenGLWidget:
    """What two widgets of pyqtgraph's are derived from."""


vars(sys.modules["PySide6.QtOpenGLWidgets"])["QOpenGLWidget"] = QOpenGLWidget


class MetricsWrapper:
    """What TensorFlow Lite's writer of files imports, to count its users, and does not use."""


vars(sys.modules[_LITE_NUMBERS])["MetricsWrapper"] = MetricsWrapper
