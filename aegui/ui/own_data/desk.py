"""The ways in which a person's own file comes into the panels."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from aegui.data.files import Choices, suited_architecture, suited_experiment
from aegui.specs import ExperimentSpec, FileSpec
from aegui.ui.own_data.dialog import DataDialog

_FILTER = "Data (*.csv *.tsv *.txt *.parquet *.npy *.npz *.gz *.idx *-ubyte *.zip);;All files (*)"


class DataDesk(QObject):
    """Asks for a file, shows it, and brings the experiment that its rows are to be learned by."""

    taken = Signal(ExperimentSpec)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: DataDialog | None = None
        self._folder = str(Path.home())

    @Slot()
    def ask_file(self) -> None:
        """Let a person choose a file."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open my data", self._folder, _FILTER)
        if name:
            self.show_file(Path(name))

    @Slot()
    def ask_folder(self) -> None:
        """Let a person choose a folder of pictures."""
        name = QFileDialog.getExistingDirectory(
            self._window, "Open a folder of pictures", self._folder
        )
        if name:
            self.show_file(Path(name))

    def show_file(self, path: Path) -> None:
        """Show what a file holds, and what can be learned of it."""
        self._show(path, Choices(), None)

    def change(self, experiment: ExperimentSpec) -> None:
        """Show the file of an experiment again, to choose otherwise."""
        if isinstance(experiment.dataset, FileSpec):
            spec = experiment.dataset
            choices = replace(Choices.of(spec), rows=None)
            self._show(Path(spec.path), choices, experiment)

    def _show(self, path: Path, choices: Choices, before: ExperimentSpec | None) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self._folder = str(path.parent)
        dialog = self.dialog = DataDialog(path, choices, self._window)
        dialog.chosen.connect(lambda spec: self.taken.emit(_experiment(spec, before)))
        dialog.finished.connect(self._forget)
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def close(self) -> None:
        """Call off what is read."""
        if self.dialog is not None:
            self.dialog.reject()


def _experiment(spec: FileSpec, before: ExperimentSpec | None) -> ExperimentSpec:
    """Return what to learn rows by: the model there was, where their number of features is so."""
    if before is None or before.dataset.row_shape != spec.row_shape:
        return suited_experiment(spec)[0]
    architecture, _ = suited_architecture(before.architecture, spec)
    return before.model_copy(update={"dataset": spec, "architecture": architecture})
