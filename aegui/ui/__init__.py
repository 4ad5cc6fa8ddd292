"""The window: panels, views and what moves them. Qt lives here and in ``aegui.app``."""

import builtins

# PySide6 puts its own function here.
import PySide6.QtCore  # noqa: F401

# It reads the sources of every module that is imported from then on, to see whether it wants other
# names for Qt's methods. None of ours does, and reading TensorFlow's took 0.5 s and 105 MB, which
# `linecache` keeps.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
