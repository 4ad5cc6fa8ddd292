"""At the start of the frozen program: empty modules for what libraries import and nothing uses.

TensorFlow imports its profiler of other machines (21 MB), pyqtgraph the OpenGL of Qt (10 MB),
for a kind of widget that has to be asked for.
"""

import sys
from types import ModuleType

for name in (
    "tensorflow.python.profiler.internal._pywrap_profiler_plugin",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
):
    sys.modules[name] = ModuleType(name)


class QOpenGLWidget:
    """What two widgets of pyqtgraph's are derived from."""


vars(sys.modules["PySide6.QtOpenGLWidgets"])["QOpenGLWidget"] = QOpenGLWidget
