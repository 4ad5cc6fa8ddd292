"""At the start of the frozen program: TensorFlow's remote profiler is not there.

TensorFlow imports it and uses it only when somebody profiles another machine; it is 21 MB.
"""

import sys
from types import ModuleType

_NAME = "tensorflow.python.profiler.internal._pywrap_profiler_plugin"
sys.modules[_NAME] = ModuleType(_NAME)
