"""The part of a run's menu that gives it away: as a script, as one file, in other tools' forms."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from aegui.exports import keras_notebook, keras_script
from aegui.exports.tables import TABLE_ENDINGS
from aegui.places import BUNDLE_ENDING
from aegui.runs import RunCard, pack_run
from aegui.specs import FileSpec
from aegui.ui.handing.export import ask_where, file_name, save_as, write_text
from aegui.ui.handing.handing import Handing
from aegui.ui.workers.exports import write_exports

# Words, and which of ``aegui.run_exports.KINDS`` they stand for.
_MODELS = (
    ("Model for Keras…", "keras"),
    ("Model as TensorFlow SavedModel…", "saved_model"),
    ("Model as TFLite…", "tflite"),
)
_TABLES = (
    ("Codes of the test rows", "codes"),
    ("Reconstructions of the test rows", "reconstructions"),
    ("Errors of the test rows", "errors"),
)
_NAMES = {".csv": "CSV", ".npy": "NPY", ".parquet": "Parquet"}


def add_handing(menu: QMenu, card: RunCard, window: QWidget, handing: Handing) -> None:
    """Add what a run can leave as; what only a finished one can is left out for others."""
    _add_scripts(menu.addMenu("Keras script"), card, window)
    if card.summary is not None:
        _add_exports(menu.addMenu("Export to a folder"), card, window, handing)
        _add_bundles(menu, card, window, handing)
        add_report(menu, [card], window, handing)


def add_report(menu: QMenu, cards: Sequence[RunCard], window: QWidget, handing: Handing) -> None:
    """Add the way to a report of a run, or of several beside each other."""

    def save() -> None:
        name = cards[0].name if len(cards) == 1 else f"Comparison of {len(cards)} runs"
        path = ask_where(window, name, "html", "Report")
        if path is not None:
            handing.report([card.folder for card in cards], path)

    words = "Save report…" if len(cards) == 1 else f"Save report of {len(cards)} runs…"
    menu.addAction(words, save)


def _add_scripts(menu: QMenu, card: RunCard, window: QWidget) -> None:
    def save(ending: str, kind: str, text: str) -> None:
        save_as(window, card.name, ending, kind, lambda path: write_text(path, text))

    clipboard, run = QApplication.clipboard(), (card.experiment, card.history)
    menu.addAction("Copy", lambda: clipboard.setText(keras_script(*run)))
    menu.addAction("Save…", lambda: save("py", "Program", keras_script(*run)))
    menu.addAction("Save as notebook…", lambda: save("ipynb", "Notebook", keras_notebook(*run)))


def _add_exports(menu: QMenu, card: RunCard, window: QWidget, handing: Handing) -> None:
    def export(kinds: tuple[str, ...], ending: str = ".csv") -> None:
        title = "A folder, in which the run gets one of its own"
        chosen = QFileDialog.getExistingDirectory(window, title)
        if chosen:
            out = Path(chosen) / file_name(card.name)
            handing.hand_out(out, lambda: write_exports(card.folder, out, kinds, ending))

    for words, kind in _MODELS:
        menu.addAction(words, partial(export, (kind,)))
    for words, kind in _TABLES:
        forms = menu.addMenu(words)
        for ending in TABLE_ENDINGS:
            forms.addAction(f"As {_NAMES[ending]}…", partial(export, (kind,), ending))
    menu.addAction("All of these, tables as CSV…", partial(export, ()))


def _add_bundles(menu: QMenu, card: RunCard, window: QWidget, handing: Handing) -> None:
    def save(is_whole: bool, with_data: bool = False) -> None:
        path = ask_where(window, card.name, BUNDLE_ENDING[1:], "Run")
        if path is not None:
            handing.hand_out(
                path,
                lambda: pack_run(card.folder, path, is_whole=is_whole, with_data=with_data),
            )

    menu.setToolTipsVisible(True)
    menu.addAction("Save as .aegui file…", lambda: save(True)).setToolTip(
        "All of the run in one file, for another aegui"
    )
    menu.addAction("Save as small .aegui file…", lambda: save(False)).setToolTip(
        "Without the pictures of its epochs, and without what it could be continued from"
    )
    spec = card.experiment.dataset
    if isinstance(spec, FileSpec):
        menu.addAction("Save as .aegui file with its data…", lambda: save(True, True)).setToolTip(
            f"All of the run, and {spec.title} that it was trained on"
        )
