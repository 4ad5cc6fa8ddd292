"""What the frozen program leaves out, each with its reason.

A rule is a reason and patterns of names, as ``fnmatch`` reads them: of files below the folder
``_internal``, or of modules. That nothing was left out that is needed shows
``aegui selftest``, which uses every part.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple

Entry = tuple[str, str, str]
"""Of PyInstaller's tables: where it goes, where it comes from, its kind."""


class Rule(NamedTuple):
    """Why something is left out, and what."""

    reason: str
    patterns: tuple[str, ...]
    exceptions: tuple[str, ...] = ()

    def covers(self, name: str) -> bool:
        """Tell whether the rule is for this file or module."""
        return _any_is(name, self.patterns) and not _any_is(name, self.exceptions)


def _any_is(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


# The About box and bug reports tell these versions.
METADATA = ("keras", "numpy", "PySide6-Essentials", "tensorflow-cpu")

MODULES_LEFT_OUT = (
    # Other windows, plots and compilers, which libraries use where they find them.
    *("tkinter", "matplotlib", "IPython", "numba", "pandas", "cupy", "jax", "torch", "openvino"),
    # Makers and testers of programs.
    *("pip", "setuptools", "pkg_resources", "wheel", "pytest", "hypothesis", "PyInstaller"),
    # The extra aegui[cluster]; without it a sentence says where a cluster can be had.
    *("dask", "distributed"),
    # polars for newer processors; it is carried in the form for all that TensorFlow runs on.
    "_polars_runtime_32",
    # Talks to other machines; neither TensorFlow nor Keras needs it on one.
    "grpc",
    # For those who type Python; its library is under the GPL.
    "readline",
    # Pictures in AVIF are not among those that aegui reads.
    "PIL._avif",
    # Text in pictures, which Pillow could draw.
    "PIL._imagingft",
    # Parts of Qt that pyqtgraph imports; of OpenGL it gets empty modules, see absent.py.
    *("PySide6.QtNetwork", "PySide6.QtTest", "PySide6.QtDBus"),
    *("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"),
)

# Of scikit-learn.
_LEARNING = (
    *("calibration", "cluster", "compose", "cross_decomposition", "datasets", "dummy", "ensemble"),
    *("feature_extraction", "feature_selection", "gaussian_process", "impute", "isotonic"),
    *("kernel_approximation", "manifold", "mixture", "multiclass", "multioutput", "naive_bayes"),
    *("neural_network", "pipeline", "random_projection", "semi_supervised", "tree"),
)

MODULES = (
    Rule(
        "tests of libraries",
        (
            "*.tests.*",
            "*.tests",
            "*.testing.tests.*",
            "keras.*_test",
            "tensorflow.*.kernel_tests.*",
        ),
    ),
    Rule(
        "Keras on other computing libraries",
        tuple(f"keras.src.backend.{name}*" for name in ("jax", "openvino", "torch")),
    ),
    Rule(
        "tables of other libraries, which scikit-learn would take",
        tuple(
            f"narwhals._{name}.*"
            for name in ("arrow", "dask", "duckdb", "ibis", "pandas_like", "spark_like")
        ),
    ),
    Rule(
        "colours of code in languages other than Python, and on paper",
        ("pygments.lexers.*", "pygments.formatters.*"),
        ("pygments.lexers._mapping", "pygments.lexers.python", "pygments.formatters._mapping"),
    ),
    Rule(
        "learning by other means than PCA and neighbours",
        tuple(f"sklearn.{name}{rest}" for name in _LEARNING for rest in ("", ".*")),
    ),
    Rule("signals over time", ("scipy.signal", "scipy.signal.*")),
    Rule("what Python's help() tells of Python", ("pydoc_data.topics",)),
)

# Files of their own, where others are packed in the program, which costs 7 MB: xz packs them to
# half of what the program's packing makes of them. None is wanted before the window shows.
_LOOSE = ("keras", "keras.*", "sklearn", "sklearn.*", "tensorflow._api", "tensorflow._api.*")

# Modules whose docstrings are used by others: of aegui's commands the help texts are made, of
# NumPy's functions those that numpy.ma has again. See bytecode.py.
_DOCSTRINGS_USED = ("aegui.cli*", "numpy.*")

FILES = (
    Rule(
        "texts of Qt's own dialogs in other languages: the window speaks English",
        ("PySide6/Qt/translations/*",),
    ),
    Rule(
        "Qt for devices without a window system, and for remote control",
        (
            *("PySide6/Qt/plugins/egldeviceintegrations/*", "PySide6/Qt/plugins/generic/*"),
            *(f"*/platforms/libq{name}.so" for name in ("eglfs", "linuxfb", "minimalegl", "vnc")),
            *("*/platforms/libqvkkhrdisplay.so", "*/lib/libQt6Egl*"),
        ),
    ),
    Rule(
        "Qt's network, and what it signs in with: nothing is fetched",
        (
            *("*/plugins/networkinformation/*", "*/plugins/tls/*", "*/lib/libQt6Network.*"),
            *("libkrb5*", "libgssapi*", "libk5crypto*", "libcom_err*", "libkeyutils*"),
        ),
    ),
    Rule(
        "pictures that Qt would read: files of pictures are read by Pillow",
        tuple(
            f"*/imageformats/libq{name}.so"
            for name in ("gif", "icns", "ico", "jpeg", "pdf", "tga", "tiff", "wbmp", "webp")
        ),
    ),
    Rule(
        "GTK as the build machine has it, for the sake of its file dialog; Qt's own is used",
        (
            "*/platformthemes/libqgtk3.so",
            *(
                f"lib{name}.so*"
                for name in ("atk-*", "cairo*", "gdk*", "gtk*", "pango*", "pixman*")
            ),
            *("libatk*", "libepoxy*", "libfribidi*", "libharfbuzz*", "libthai*", "libdatrie*"),
            *("libgraphite2*", "libgio*", "libgobject*", "libgmodule*", "libmount*", "libblkid*"),
            *("libselinux*", "libjpeg.*"),
        ),
    ),
    Rule(
        "TensorFlow's parts for tools and accelerators that nothing here loads",
        (
            "tensorflow/compiler/mlir/stablehlo/*",
            "tensorflow/compiler/tf2xla/ops/_xla_ops.so",
            # In its place, an empty module: see absent.py.
            "tensorflow/python/profiler/internal/_pywrap_profiler_plugin.so",
            "tensorflow/python/_pywrap_tfcompile.so",
            "tensorflow/python/framework/lib_native_proto_caster.so",
            "tensorflow/xla_aot_runtime_src/*",
            "tensorflow/include/*",
        ),
    ),
    Rule(
        "TensorFlow Lite's own interpreter: its files are written, not run",
        # In its place, empty modules: see absent.py.
        ("tensorflow/lite/python/*.so",),
    ),
    Rule(
        "compiled parts of modules that are left out",
        ("scipy/signal/*", *(f"sklearn/{name}/*" for name in _LEARNING)),
    ),
    Rule("matrices in a text format of their own", ("*/_fast_matrix_market/_fmm_core*",)),
    Rule(
        "examples and tests of libraries",
        ("*/tests/*", "pyqtgraph/examples/*", "*/testdata/*"),
    ),
    Rule(
        "what pip knows of makers of packages, and of the files of others",
        ("setuptools-*/*", "wheel-*/*", "*.dist-info/RECORD"),
    ),
    Rule(
        "typing stubs, sources and headers, which only a compiler reads",
        ("*.pyi", "*.pyx", "*.pxd", "*.h", "*.hpp", "*.c", "*.cpp", "*/py.typed"),
    ),
)


def sort_out(entries: Iterable[Entry]) -> tuple[list[Entry], dict[str, list[str]]]:
    """Return the files to carry, and the sources of those left out by the reason for it."""
    carried: list[Entry] = []
    left_out: dict[str, list[str]] = {rule.reason: [] for rule in FILES}
    names = set()
    for entry in entries:
        rule = next((rule for rule in FILES if rule.covers(entry[0])), None)
        if rule is None:
            carried.append(entry)
        else:
            names.add(entry[0])
            left_out[rule.reason].append(entry[1])
    # PyInstaller puts a link beside the program for each library of a folder below it.
    return [e for e in carried if e[2] != "SYMLINK" or e[1] not in names], left_out


def sort_out_modules(modules: Iterable[Entry]) -> tuple[list[Entry], list[str]]:
    """Return the modules to carry, and the names of those left out."""
    carried, left_out = [], []
    for module in modules:
        if any(rule.covers(module[0]) for rule in MODULES):
            left_out.append(module[0])
        else:
            carried.append(module)
    return carried, left_out


def uses_docstrings(module: str) -> bool:
    """Tell whether others use the docstrings of a module."""
    return _any_is(module, _DOCSTRINGS_USED)


def is_loose(module: str) -> bool:
    """Tell whether a module is a file of its own."""
    return _any_is(module, _LOOSE)
